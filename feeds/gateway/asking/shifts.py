"""What consoles ask of a stretch of time as a whole: a shift's figures, the floor at its end, and what happened."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Final

from feeds.definitions import MOMENTARY, STAFF_FIGURES, figure_named, no_figure
from feeds.entities import AnyEntity, Seat
from feeds.figures import values
from feeds.floor import Floor
from feeds.folding.scopes import counts_calls
from feeds.folding.state import BUCKET
from feeds.gateway import refusals
from feeds.gateway.asking.beside import Beside
from feeds.gateway.refusals import refusal
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.session import Past
from feeds.records import Happening
from feeds.requests import (
    LONGEST_SHIFT_MS,
    JournalParams,
    JournalResult,
    ShiftFigures,
    ShiftParams,
    ShiftResult,
)  # fmt: skip
from feeds.rules.access import Audience, place_of, shown
from feeds.said import said
from feeds.wire import ErrorBody

MOST_HAPPENINGS: Final = 5000
HANDED_OVER: Final = frozenset({"alarm", "switch", "source", "trunk", "notice", "note", "seat", "plan"})
"""Kinds of what the next shift has to know of."""
AWAY: Final = frozenset(
    {"break", "training", "meeting", "coaching", "casework", "not_responding", "forced_busy", "fault", "unknown"}
)
"""States of a seat that the next shift has to know of, however short."""


class Shifts:
    """Answers from the engine's floor and log."""

    def __init__(self, engine: Engine, beside: Beside) -> None:
        self._engine = engine
        self._beside = beside
        self._folding = asyncio.Lock()
        """Folding a floor of the past takes as much as a hundred frames: one at a time."""

    async def shift(self, viewer: Audience, asked: ShiftParams) -> ShiftResult | ErrorBody:
        """Figures of a shift and the floor at its end, of a past one as it was then. Raises LogError."""
        wanted: list[str] = []
        for text in asked.figures:
            figure = figure_named(text)
            if figure is None:
                return _bad(no_figure(text))
            if figure in MOMENTARY:
                return _bad(f"{figure} is true at one moment only, not of a shift")
            wanted.append(figure)
        now = self._engine.session.floor.now
        end = now if asked.end is None else min(now, asked.end)
        begin = asked.begin - asked.begin % BUCKET
        if not begin < end <= asked.begin + LONGEST_SHIFT_MS:
            text = "a shift has begun and is a day at most, not from {begin} to {end}"
            return _bad(said("question.shift", text, begin=asked.begin, end=end))
        floor = self._engine.session.floor
        if end < now:
            async with self._folding:
                floor = await self._beside.run(self._engine.session.floor_at, end)
        at, closed = floor.now, -(-end // BUCKET) * BUCKET
        scopes = [scope for scope in _scopes(floor) if viewer.covers(scope)]
        # So that they add up; 5,000 seats take ten milliseconds.
        figures = await self._beside.at_one_go(
            _figures(floor, scope, begin, closed, wanted, viewer) for scope in scopes
        )
        entities = await self._beside.in_slices(_handed_over(floor, key, viewer) for key in list(floor.keys()))
        seen = [one for one in entities if one is not None]
        return ShiftResult(begin, end, at, self._known_from([]), figures, seen)

    async def journal(self, viewer: Audience, asked: JournalParams) -> JournalResult | ErrorBody:
        """What happened in sight of the reader; the newest where it is more than wanted. Raises LogError."""
        if not 0 < asked.limit <= MOST_HAPPENINGS:
            return _bad(f"a limit is 1 to {MOST_HAPPENINGS}")
        session = self._engine.session
        end = session.floor.now + 1 if asked.end is None else asked.end
        logs: list[Past] = [session.log] if session.before is None else [session.before, session.log]
        happened, left_off = await self._beside.run(_read, logs, viewer, asked, end)
        return JournalResult(asked.begin, end, self._known_from(logs), happened, left_off)

    def _known_from(self, logs: list[Past]) -> int:
        """The first moment of which the log tells, or the journals of these logs where they begin later."""
        session = self._engine.session
        begins = [log.journal_from() for log in logs]
        latest = max((one for one in begins if one is not None), default=None)
        if latest is not None:
            return latest
        span = session.log.span()
        first = span[0] if span else session.floor.now
        return min(first, self._engine.source.begins_at) if session.before is not None else first


def _scopes(floor: Floor) -> Iterator[str]:
    yield "site"
    yield from (f"group:{group.id}" for group in floor.site.groups)
    yield from (f"queue:{queue}" for queue in floor.queues)


def _figures(
    floor: Floor, scope: str, begin: int, end: int, figures: list[str], viewer: Audience
) -> ShiftFigures:
    tally = floor.tally(scope, begin, end)
    by_call = counts_calls(scope) and end <= floor.now
    found, muted = values(tally, floor.site.figures, basis="cohort", by_call=by_call)
    wanted = figures or [name for name in found if name not in MOMENTARY]
    if not viewer.sees_staff(scope):
        wanted = [name for name in wanted if name not in STAFF_FIGURES]
    return ShiftFigures(
        scope, {name: found.get(name) for name in wanted}, [name for name in muted if name in wanted],
        tally.incomplete, tally.restated_at,
    )  # fmt: skip


def _handed_over(floor: Floor, key: str, viewer: Audience) -> AnyEntity | None:
    entity = floor.entity(key) if key.partition(":")[0] in HANDED_OVER else None
    if entity is None or (isinstance(entity, Seat) and not _stands_out(entity, floor.now)):
        return None
    return shown(viewer, entity) if viewer.sees(place_of(entity)) else None


def _stands_out(seat: Seat, now: int) -> bool:
    """Whether a seat is away, in trouble, or longer in a state than it should be."""
    return seat.state in AWAY or (seat.warn_after_s is not None and now - seat.since > seat.warn_after_s * 1000)


def _kind(one: Happening) -> str:
    return one.entity.key.partition(":")[0]


def _read(logs: list[Past], viewer: Audience, asked: JournalParams, end: int) -> tuple[list[Happening], int]:
    """The newest of what is wanted, and how much of it is older; of years no more is held than that."""
    kinds, count = frozenset(asked.kinds), 0
    newest = deque[Happening](maxlen=asked.limit)
    for log in logs:
        for one in log.happenings(asked.begin, end):
            if viewer.sees(place_of(one.entity)) and (not kinds or _kind(one) in kinds):
                newest.append(one)
                count += 1
    return [_shown(viewer, one) for one in newest], count - len(newest)


def _shown(viewer: Audience, one: Happening) -> Happening:
    return Happening(rev=one.rev, at=one.at, what=one.what, entity=shown(viewer, one.entity))


def _bad(message: str) -> ErrorBody:
    return refusal(refusals.BAD_PARAMETERS, message, "protocol")
