"""What consoles ask about one agent: the states of the day one after the other, and the queues that are served now."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from feeds import agent_figures
from feeds.entities import AgentDay, Figures, Seat
from feeds.facts import SeatChanged
from feeds.gateway import refusals
from feeds.gateway.asking.beside import Beside
from feeds.gateway.refusals import refusal
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.session import Before, FloorLog, Session
from feeds.requests import AgentParams, AgentResult, AgentSpan
from feeds.rules.access import Audience, place_of
from feeds.said import said
from feeds.wire import ErrorBody

REACH_MS: Final = 24 * 3600 * 1000
"""How far back the states of an agent are told."""
HELD_MS: Final = 26 * 3600 * 1000
"""How long they are held: a day of 25 hours, and some."""
AT_A_TIME: Final = 5000
"""Facts read between frames."""
LAST: Final = 1 << 62
"""Later than any moment."""
MOST_SPANS: Final = 2000
"""Of one agent, whose state may flap; older ones are forgotten."""


class Diary:
    """The states of every agent as a log tells them, read on as far as the log goes whenever somebody asks.

    What was before a session's log, such as the part of a recording that it did not play, is read first.
    """

    def __init__(self, session: Session, begins_at: int) -> None:
        self.session = session
        since, span = session.floor.now - REACH_MS, session.log.span()
        first = session.floor.now if span is None else span[0]
        if session.before is not None:
            first = min(first, begins_at)
        self.known_from = max(first, since)
        """Floor time from which on it is complete; what is over for HELD_MS is forgotten as the floor goes on."""
        self._log: FloorLog = session.log
        self._rev = self._log.rev_at(since)
        self._before = session.before
        self._before_rev = 0 if self._before is None else self._before.rev_at(since)
        self._spans: defaultdict[str, list[AgentSpan]] = defaultdict(list)
        self._sitting: dict[str, str] = {}
        self._seats: dict[str, str] = {}
        """Where each agent sits: at one desk only, so the newer word wins, as on the floor."""

    async def read_on(self, beside: Beside) -> None:
        """Take what the log has got since."""
        more = True
        while more:
            more = await beside.run(self._read_some)
        self.known_from = max(self.known_from, self.session.floor.now - HELD_MS)

    def _read_some(self) -> bool:
        if self._before is not None:
            last = self._before.rev_at(LAST)
            self._before_rev = self._read(self._before, self._before_rev, last)
            if self._before_rev >= last:
                self._before = None
            return True
        self._rev = self._read(self._log, self._rev, self._log.rev)
        return self._rev < self._log.rev

    def _read(self, log: FloorLog | Before, after: int, last: int) -> int:
        until = min(after + AT_A_TIME, last)
        for entry in log.entries(after, until):
            if isinstance(entry.fact, SeatChanged):
                self._take(entry.fact)
        return until

    def _take(self, fact: SeatChanged) -> None:
        before, agent = self._sitting.get(fact.seat, ""), fact.agent
        left = self._seats.get(agent, fact.seat)
        is_elsewhere = left != fact.seat and self._sitting.get(left) == agent
        if fact.state == "offline" and is_elsewhere:
            agent = ""
        if before and before != agent:
            self._put(before, AgentSpan(fact.at, "offline", fact.seat, by=fact.by))
        self._sitting[fact.seat] = agent
        if agent:
            if is_elsewhere:
                self._sitting[left] = ""
            self._seats[agent] = fact.seat
            self._put(agent, AgentSpan(fact.at, fact.state, fact.seat, fact.reason, fact.by))

    def _put(self, agent: str, span: AgentSpan) -> None:
        spans = self._spans[agent]
        if spans and (spans[-1].state, spans[-1].reason, spans[-1].seat) == (span.state, span.reason, span.seat):
            return
        if spans and span.begin < spans[-1].begin:  # as on the floor: nothing ends before it has begun
            span = replace(span, begin=spans[-1].begin)
        spans.append(span)
        while len(spans) > 1 and spans[1].begin <= self.session.floor.now - HELD_MS:
            del spans[0]
        if len(spans) > MOST_SPANS:
            del spans[: MOST_SPANS // 4]

    def between(self, agent: str, begin: int, end: int) -> list[AgentSpan]:
        """The states in [begin, end) by when they began, and the one that lasted at the beginning."""
        spans = [span for span in self._spans.get(agent, ()) if span.begin < end]
        first = next((n for n in range(len(spans) - 1, -1, -1) if spans[n].begin <= begin), 0)
        return spans[first:]


class Agents:
    """Answers from the engine's log and its source."""

    def __init__(self, engine: Engine, beside: Beside) -> None:
        self._engine = engine
        self._beside = beside
        self._diary: Diary | None = None
        self._reading = asyncio.Lock()

    async def agent(self, viewer: Audience, asked: AgentParams) -> AgentResult | ErrorBody:
        """What is known of an agent in sight, by their number or by where they sit."""
        floor = self._engine.session.floor
        seat = floor.entity(f"seat:{asked.seat}") if asked.seat else None
        seen = isinstance(seat, Seat) and viewer.sees(place_of(seat))
        name = asked.agent or (seat.agent if seen and isinstance(seat, Seat) else "")
        agent = floor.entity(f"agent:{name}") if name else None
        if not isinstance(agent, AgentDay) or not viewer.sees(place_of(agent)):
            return refusal(refusals.NOT_FOUND, said("agent.unknown", "there is no such agent in sight"), "access.scope")
        end = floor.now + 1 if asked.end is None else min(asked.end, floor.now + 1)
        diary = await self._current_diary()
        begin = min(max(end - REACH_MS if asked.begin is None else asked.begin, diary.known_from), end)
        day = self._day_of(end)
        whole = diary.between(name, max(day, diary.known_from), end)
        servant = self._engine.source.servant
        serves = servant.serves(agent.seat) if servant is not None and agent.seat else None
        return AgentResult(
            agent=name, begin=begin, end=end, known_from=diary.known_from, spans=diary.between(name, begin, end),
            figures=agent_figures.own(agent, whole, max(day, diary.known_from), end),
            team=self._team(viewer, agent.team),
            serves=None if serves is None else {q: p for q, p in serves.items() if _seen(viewer, q)},
        )  # fmt: skip

    def _day_of(self, at: int) -> int:
        """Where the day of a moment began, UTC milliseconds."""
        local = datetime.fromtimestamp(at / 1000, self._engine.session.floor.zone)
        return int(local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp() * 1000)

    def _team(self, viewer: Audience, team: str) -> dict[str, agent_figures.Figure]:
        """What a team comes to, for whoever sees all of it."""
        floor = self._engine.session.floor
        figures = floor.entity(f"figures:team:{team}:today") if team else None
        if not isinstance(figures, Figures) or not viewer.sees(place_of(figures)):
            return {}
        days = (floor.entity(key) for key in floor.keys() if key.startswith("agent:"))  # noqa: SIM118 - no dict
        found = agent_figures.mean(one for one in days if isinstance(one, AgentDay) and one.team == team)
        return {**found, "aht": figures.values.get("aht"), "occupancy": figures.values.get("occupancy")}

    async def _current_diary(self) -> Diary:
        async with self._reading:
            session = self._engine.session
            if self._diary is None or self._diary.session is not session:
                self._diary = await self._beside.run(Diary, session, self._engine.source.begins_at)
            diary = self._diary
            await diary.read_on(self._beside)
            return diary


def _seen(viewer: Audience, queue: str) -> bool:
    return viewer.queues is None or queue in viewer.queues
