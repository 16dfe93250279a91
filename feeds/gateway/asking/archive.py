"""What consoles ask of the past: a figure over time, and the calls behind a figure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from config.mistakes import did_you_mean
from feeds.counters import Tally
from feeds.definitions import DEFINITIONS, MOMENTARY, STAFF_FIGURES, figure_named, no_figure
from feeds.entities import Figures
from feeds.figures import Live, Value, course, handle_seconds, need, people_values, values
from feeds.folding.ledger import open_records
from feeds.folding.pacing import target_of
from feeds.folding.scopes import counts_calls, is_people
from feeds.folding.state import BUCKET, CREW_SLOT, MINUTE, QUEUE_SLOT, WINDOWS
from feeds.gateway import refusals
from feeds.gateway.asking.beside import Beside
from feeds.gateway.asking.rings import OF_RINGS, Rings
from feeds.gateway.refusals import refusal
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.session import Past
from feeds.ledger import Opened, Span, behind, is_share
from feeds.records import LegRecord
from feeds.requests import CallsParams, CallsResult, HistoryParams, HistoryResult
from feeds.rules.access import Audience, leg_visible, place_of, shown_leg
from feeds.said import said
from feeds.wire import ErrorBody

MOST_POINTS: Final = 1000
MOST_CALLS: Final = 10_000
LONGEST_STEP_S: Final = 24 * 3600
"""A step is seconds while moments are milliseconds; whoever mixes them up asks for weeks."""
REACH_MS: Final = 2 * 3600 * 1000
"""How far beyond a window a leg may have joined or been booked of which something happened inside."""
COURSE: Final = frozenset(("waiting_mean", "staffed_mean", "on_queue_mean", "need"))
"""Figures that only a period has."""
_COURSE_OF: Final = {"waiting": "waiting_mean", "staffed": "staffed_mean"}
"""What a figure of the moment is called over time."""


class Archive:
    """Answers from the engine's floor and log."""

    def __init__(self, engine: Engine, beside: Beside) -> None:
        self._engine = engine
        self._beside = beside
        self._rings = Rings(beside)
        self._last: tuple[tuple[Past, int, int, int], int, list[LegRecord]] | None = None
        """The records read last, of which moment and at which revision: for further pages, and in another order."""
        self._folding = asyncio.Lock()
        """What was before is folded when it is asked for: nobody who waits for that takes a thread meanwhile."""

    @property
    def reading(self) -> float | None:
        """How much of the past is read, 0 to 1, while that takes its time; None: it is not being read."""
        before = self._engine.session.before
        return None if before is None else before.reading

    async def history(self, viewer: Audience, asked: HistoryParams) -> HistoryResult | ErrorBody:
        """A figure at a scope from `begin` to `end` in whole quarters of an hour; the last point may be unfinished."""
        meant = self._meant(viewer, asked)
        if isinstance(meant, ErrorBody):
            return meant
        figure, scope = meant
        if figure in MOMENTARY:
            instead = f"; its course over the day is {_COURSE_OF[figure]}" if figure in _COURSE_OF else ""
            return _bad(f"{figure} is true at one moment only{instead}")
        step_ms = asked.step * 1000
        if not 0 < asked.step <= LONGEST_STEP_S or step_ms % BUCKET:
            most = f"{LONGEST_STEP_S} (a day) at most"
            return _bad(f"a step is a multiple of {BUCKET // 1000} seconds and {most}, not {asked.step}")
        begin = asked.begin - asked.begin % BUCKET
        count = -(-(asked.end - begin) // step_ms)
        if not 0 < count <= MOST_POINTS:
            return _bad(
                f"from {asked.begin} to {asked.end} there are {count} points; 1 to {MOST_POINTS} can be asked for"
            )
        floor, known_from = self._engine.session.floor, self._known_from()
        told = HistoryResult(figure, scope, DEFINITIONS[figure].definition_id, begin, asked.step, [])
        starts = range(begin, min(begin + count * step_ms, floor.now + 1), step_ms)

        def point(start: int) -> tuple[Tally, Value]:
            tally = floor.tally(scope, start, start + step_ms)
            is_known = start + step_ms > known_from
            return tally, self._value(figure, scope, tally, start, start + step_ms) if is_known else None

        for number, (tally, value) in enumerate(await self._beside.in_slices(map(point, starts))):
            told.points.append(value)
            if tally.incomplete or starts[number] < known_from:
                told.incomplete.append(number)
            if tally.restated_at is not None:
                told.restated.append(number)
        return told

    def _known_from(self) -> int:
        """The first day that the floor counts, UTC milliseconds; what was before it was not seen, or is forgotten."""
        session = self._engine.session
        floor, span = session.floor, session.log.span()
        first = span[0] if span else floor.now
        if session.before is not None:
            first = min(first, self._engine.source.begins_at)
        first = self._midnight(first)
        if floor.retain_days is None:
            return first
        return max(first, self._midnight(floor.now) - floor.retain_days * LONGEST_STEP_S * 1000)

    async def calls(self, viewer: Audience, asked: CallsParams) -> CallsResult | ErrorBody:
        """The legs behind a figure, at most `limit` of them, from the one behind `after` on. Raises LogError."""
        meant = self._meant(viewer, asked)
        if isinstance(meant, ErrorBody):
            return meant
        figure, scope = meant
        opened = behind(figure)
        if opened is None:
            return _bad(f"no calls stand behind {figure}: it is made of agents' time or of trunks")
        if asked.window not in ("now", "today", *WINDOWS) or not 0 < asked.limit <= MOST_CALLS:
            return _bad(f"a window is now, today or one of {', '.join(WINDOWS)}; a limit is 1 to {MOST_CALLS}")
        if asked.window == "now" and DEFINITIONS[figure].basis != "now":
            return _bad(f"{figure} is of a period: its window is today or one of {', '.join(WINDOWS)}")
        if asked.order.removeprefix("-") not in _ORDERS:
            return _bad(f"calls can be ordered by {', '.join(_ORDERS)}, not by {asked.order!r}")
        span = self._span(scope, asked)
        legs = await self._legs(span, again=asked.at is not None)
        inside: Callable[[LegRecord], bool] | None = partial(self._inside, scope)
        if figure in OF_RINGS and _of_people(scope):
            legs = await self._rings.at_phones(self._engine.session, legs, span, partial(self._is_of, scope))
            inside = None
        chosen = await self._beside.run(_chosen, viewer, opened, span, legs, inside, asked)
        if chosen is None:
            text = "there is no call '{call}' to go on after; ask again from the first page"
            return _bad(said("question.page", text, call=asked.after))
        return CallsResult(
            figure, scope, DEFINITIONS[figure].definition_id, asked.window, span.begin, span.end, span.at,
            chosen.total, chosen.shown, chosen.counted,
            hidden=chosen.hidden, over=chosen.over, value=self._published(figure, scope, asked.window, span.at),
            ratio=is_share(figure),
        )  # fmt: skip

    def _meant(self, viewer: Audience, asked: HistoryParams | CallsParams) -> tuple[str, str] | ErrorBody:
        """Figure and scope that are asked about; whether a scope exists is told only to whoever may see it."""
        figure = figure_named(asked.figure)
        if figure is None:
            return _bad(no_figure(asked.figure))
        scope = asked.scope or (f"queue:{asked.queue}" if asked.queue else "site")
        if scope.startswith("agent:"):
            return self._meant_of_agent(viewer, figure, scope, asked)
        if not viewer.covers(scope):
            outside = said("question.scope", "{scope} is outside your scope", scope=scope)
            return refusal(refusals.FORBIDDEN, outside, "access.scope")
        kind, _, name = scope.partition(":")
        known = self._names()
        if scope != "site" and kind not in known:
            return _bad(f"{scope!r} is no scope; write site or one of {', '.join(f'{kind}:ID' for kind in known)}")
        if scope != "site" and name not in known[kind]:
            near = did_you_mean(name, [one for one in known[kind] if viewer.covers(f"{kind}:{one}")])
            text = "there is no {kind} '{name}'{near}"
            gone = said("question.gone", text, kind=kind.replace("_", " "), name=name, near=near)
            return refusal(refusals.NOT_FOUND, gone, "protocol")
        if figure in STAFF_FIGURES and not viewer.sees_staff(scope):
            text = "{figure} of {scope} tells of people who are outside your scope"
            people = said("question.people", text, figure=figure, scope=scope)
            return refusal(refusals.FORBIDDEN, people, "access.scope")
        return figure, scope

    def _meant_of_agent(
        self, viewer: Audience, figure: str, scope: str, asked: HistoryParams | CallsParams
    ) -> tuple[str, str] | ErrorBody:
        agent = self._engine.session.floor.entity(scope)
        if agent is None or not viewer.sees(place_of(agent)):
            return refusal(refusals.NOT_FOUND, said("agent.unknown", "there is no such agent in sight"), "access.scope")
        if isinstance(asked, HistoryParams):
            return _bad("an agent has calls, but no figures over time; ask `agent` for the states of the day")
        return figure, scope

    def _names(self) -> dict[str, list[str]]:
        floor = self._engine.session.floor
        site = floor.site
        return {
            "queue": list(floor.queues), "group": [one.id for one in site.groups],
            "seat_type": [one.id for one in site.seat_types], "team": [one.id for one in site.teams],
            "vendor": [one.id for one in site.vendors],
        }  # fmt: skip

    def _span(self, scope: str, asked: CallsParams) -> Span:
        floor = self._engine.session.floor
        at = floor.now if asked.at is None else min(asked.at, floor.now)
        if asked.window in WINDOWS:
            slot = CREW_SLOT if _of_people(scope) else QUEUE_SLOT
            return Span(at - at % slot + slot - WINDOWS[asked.window], at + 1, at, by_join=False)
        local = datetime.fromtimestamp(at / 1000, floor.zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        by_join = asked.window == "today" and not _of_people(scope)
        return Span(int(local.timestamp() * 1000), at + 1, at, by_join=by_join)

    async def _legs(self, span: Span, *, again: bool) -> list[LegRecord]:
        """Every record that may matter, as of the moment, by join time; what the floor holds open is the last word."""
        session = self._engine.session
        key, rev = (session.log, span.begin, span.end, span.at), session.floor.rev
        if self._last is not None and self._last[0] == key and (again or self._last[1] == rev):
            return self._last[2]
        logs: list[Past] = [session.log] if session.before is None else [session.before, session.log]
        # One that ends while the log is read may be neither in there nor open afterwards; what the log has is newer.
        before = open_records(session.floor)
        kept = [await self._kept(log, span.begin - REACH_MS, span.end + REACH_MS) for log in logs]
        listed = await self._beside.run(_listed, [before, *kept, open_records(session.floor)], span.at)
        self._last = key, rev, listed
        return listed

    async def _kept(self, log: Past, begin: int, end: int) -> list[LegRecord]:
        if log is not self._engine.session.before:
            return await self._beside.run(_read, log, begin, end)
        async with self._folding:
            return await self._beside.run(_read, log, begin, end)

    def _inside(self, scope: str, leg: LegRecord) -> bool:
        kind, _, name = scope.partition(":")
        if kind == "agent":
            return name == leg.agent
        if kind in ("team", "vendor"):
            return name == (leg.team if kind == "team" else leg.vendor)
        queue = self._engine.session.floor.queues.get(leg.queue)
        if kind in ("group", "seat_type"):
            return queue is not None and name == (queue.group if kind == "group" else queue.seat_type)
        return kind == "site" or name == leg.queue

    def _is_of(self, scope: str, agent: str) -> bool:
        """Whether an agent is who a scope of people names, or of the team or vendor that it names."""
        kind, _, name = scope.partition(":")
        if kind == "agent":
            return name == agent
        floor = self._engine.session.floor
        known = floor.agents.get(agent)
        return known is not None and name == getattr(floor.crews[known.crew], kind)

    def _published(self, figure: str, scope: str, window: str, at: int) -> Value:
        """A figure as consoles see it now; None for a moment that has passed and where no number is sent."""
        floor = self._engine.session.floor
        found = floor.entity(f"figures:{scope}:{'60m' if window == 'now' else window}") if at == floor.now else None
        return found.values.get(figure) if isinstance(found, Figures) else None

    def _value(self, figure: str, scope: str, tally: Tally, begin: int, end: int) -> Value:
        floor = self._engine.session.floor
        settings = floor.site.figures
        if figure in COURSE:
            return self._course(figure, scope, tally, begin, end)
        if is_people(scope):
            return people_values(tally, settings, Live())[0].get(figure)
        by_call = counts_calls(scope) and end <= floor.now
        return values(tally, settings, basis="cohort", by_call=by_call)[0].get(figure)

    def _course(self, figure: str, scope: str, tally: Tally, begin: int, end: int) -> Value:
        """A mean over a period of which a part may still lie ahead, or the agents that it needed."""
        floor = self._engine.session.floor
        passed = (min(end, floor.now) - begin) / 1000.0
        if figure != "need":
            if is_people(scope) and figure == "waiting_mean":
                return None
            counted = max(0, min(end, floor.state.minute_end - MINUTE) - begin) / 1000.0
            return course(tally, passed, counted).get(figure)
        if is_people(scope):
            return None
        settings = floor.site.figures
        handle = handle_seconds(tally, settings.minimum_sample)
        if handle is None:
            handle = handle_seconds(floor.tally(scope, self._midnight(begin), end), settings.minimum_sample)
        queue = floor.queues.get(scope.partition(":")[2]) if scope.startswith("queue:") else None
        within = settings.service_seconds if queue is None else queue.service_ms / 1000.0
        target = target_of(floor, scope, ("service_level_f8", "service_level_f1"))
        return need(tally, passed, handle, within, target)

    def _midnight(self, at: int) -> int:
        """Where the local day of a moment began, or the quarter-hour after that in a zone that is off the clock."""
        local = datetime.fromtimestamp(at / 1000, self._engine.session.floor.zone)
        begin = int(local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp() * 1000)
        return begin + -begin % BUCKET


_ORDERS: Final[dict[str, Callable[[tuple[LegRecord, bool], int], Any]]] = {
    "joined": lambda one, at: _place(one[0]),
    "wait": lambda one, at: (_wait(one[0], at), one[0].joined_at, one[0].leg),
    "queue": lambda one, at: (one[0].queue, *_place(one[0])),
    "agent": lambda one, at: (one[0].agent, *_place(one[0])),
    "outcome": lambda one, at: (one[0].outcome, *_place(one[0])),
    "handle": lambda one, at: ((one[0].talk_ms or 0) + one[0].hold_ms + one[0].acw_ms, *_place(one[0])),
    "counted": lambda one, at: (one[1], *_place(one[0])),
}


class _Chosen(NamedTuple):
    """Of the legs behind a figure, in order: a page of those in sight, whether each counts, and how many there are."""

    shown: list[LegRecord]
    counted: list[bool]
    total: int
    hidden: int
    over: int


def _chosen(
    viewer: Audience, opened: Opened, span: Span, legs: list[LegRecord], inside: Callable[[LegRecord], bool] | None,
    asked: CallsParams,
) -> _Chosen | None:  # fmt: skip
    """None where the leg is not there behind which the page begins; without `inside` all legs are of the scope."""
    parts = [(leg, part) for leg in legs if (inside is None or inside(leg)) and (part := opened.part(leg, span))]
    found = [(leg, part == "over") for leg, part in parts if leg_visible(viewer, leg)]
    if asked.order != "joined":
        order = _ORDERS[asked.order.removeprefix("-")]
        found.sort(key=lambda one: order(one, span.at), reverse=asked.order.startswith("-"))
    begin = 0
    if asked.after:
        begin = next((number for number, (leg, _) in enumerate(found, 1) if leg.leg == asked.after), 0)
        if not begin:
            return None
    page, over = found[begin : begin + asked.limit], sum(part == "over" for _, part in parts)
    shown = [shown_leg(viewer, leg) for leg, _ in page]
    return _Chosen(shown, [counted for _, counted in page], len(found), len(parts) - len(found), over)


def _listed(read: Iterable[list[LegRecord]], at: int) -> list[LegRecord]:
    """Every leg once, by its newest record, as it was at a moment, by join time."""
    found = {leg.leg: leg for legs in read for leg in legs}
    seen = (_as_of(leg, at) for leg in found.values())
    return sorted((leg for leg in seen if leg is not None), key=_place)


def _read(log: Past, begin: int, end: int) -> list[LegRecord]:
    return list(log.legs(begin, end))


def _as_of(leg: LegRecord, at: int) -> LegRecord | None:
    """A record as it was at a moment that may be past; None if the leg had not joined.

    One that still waited is told to all who could see it wait: nothing of what came later may be in it.
    """
    if leg.joined_at > at:
        return None
    if leg.concluded_at is not None and leg.concluded_at > at:
        rang, missed = ([one for one in moments if one <= at] for moments in (leg.rang_at, leg.missed_at))
        return LegRecord(
            leg=leg.leg, call=leg.call, queue=leg.queue, joined_at=leg.joined_at, outcome="waiting", number=leg.number,
            service_ms=leg.service_ms, rang_at=rang, missed_at=missed, ringing=len(rang) > len(missed),
            came_from=leg.came_from, source=leg.source,
        )  # fmt: skip
    return leg


def _wait(leg: LegRecord, at: int) -> int:
    """How long a caller had waited, or waits still."""
    return at - leg.joined_at if leg.outcome == "waiting" else leg.wait_ms


def _place(leg: LegRecord) -> tuple[int, str]:
    """Where a leg stands in every list: the order in which pages go on."""
    return leg.joined_at, leg.leg


def _of_people(scope: str) -> bool:
    """Whether a scope is of one agent or several: their calls count when things happen, whenever callers joined."""
    return is_people(scope) or scope.startswith("agent:")


def _bad(message: str) -> ErrorBody:
    return refusal(refusals.BAD_PARAMETERS, message, "protocol")
