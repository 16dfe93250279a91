"""What consoles ask of the past: a figure over time, and the calls behind a figure."""

from __future__ import annotations

import asyncio
from typing import Final

from feeds.counters import Tally
from feeds.definitions import DEFINITIONS
from feeds.figures import Live, Value, people_values, values
from feeds.folding.present import is_people
from feeds.folding.state import BUCKET
from feeds.gateway import refusals
from feeds.gateway.engine import Engine
from feeds.gateway.refusals import refusal
from feeds.requests import HistoryParams, HistoryResult
from feeds.rules.access import Audience
from feeds.wire import ErrorBody

MOST_POINTS: Final = 1000
AT_A_TIME: Final = 50
"""Points computed between frames."""


class Archive:
    """Answers from the engine's floor and log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def history(self, viewer: Audience, asked: HistoryParams) -> HistoryResult | ErrorBody:
        """A figure at a scope from `begin` to `end` in whole quarters of an hour; the last point may be unfinished."""
        scope = asked.scope or (f"queue:{asked.queue}" if asked.queue else "site")
        refused = _refused(viewer, asked.figure, scope)
        if refused is not None:
            return refused
        step_ms = asked.step * 1000
        if step_ms <= 0 or step_ms % BUCKET:
            return _bad(f"a step is a multiple of {BUCKET // 1000} seconds, not {asked.step}")
        begin = asked.begin - asked.begin % BUCKET
        count = -(-(asked.end - begin) // step_ms)
        if not 0 < count <= MOST_POINTS:
            return _bad(
                f"from {asked.begin} to {asked.end} there are {count} points; 1 to {MOST_POINTS} can be asked for"
            )
        floor = self._engine.session.floor
        points: list[Value] = []
        for number in range(count):
            start = begin + number * step_ms
            if start > floor.now:
                break
            points.append(self._value(asked.figure, scope, floor.tally(scope, start, start + step_ms), start + step_ms))
            if number % AT_A_TIME == AT_A_TIME - 1:
                await asyncio.sleep(0)
        return HistoryResult(asked.figure, scope, DEFINITIONS[asked.figure].definition_id, begin, asked.step, points)

    def _value(self, figure: str, scope: str, tally: Tally, end: int) -> Value:
        floor = self._engine.session.floor
        settings = floor.site.figures
        if is_people(scope):
            return people_values(tally, settings, Live())[0].get(figure)
        return values(tally, settings, basis="cohort", closed=end <= floor.now)[0].get(figure)


def _refused(viewer: Audience, figure: str, scope: str) -> ErrorBody | None:
    if figure not in DEFINITIONS:
        return _bad(f"there is no figure {figure!r}")
    if not viewer.covers(scope):
        return refusal(refusals.FORBIDDEN, f"{scope} is outside your scope", "access.scope")
    return None


def _bad(message: str) -> ErrorBody:
    return refusal(refusals.BAD_PARAMETERS, message, "protocol")
