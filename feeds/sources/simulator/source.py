"""The simulated floor as a source: its facts at the pace of the floor's clock."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from config.schema import Site
from feeds.facts import AnyFact, SourceMode
from feeds.sources.base import Clock, Emit
from feeds.sources.simulator.days import Day
from feeds.sources.simulator.engine import NORMAL, Simulation

_log = logging.getLogger("watchfloor.simulator")

BATCH = 2000
"""The most facts in one emission."""
AT_ONCE_MS = 60_000
"""Floor time whose facts travel together at speed `max`."""
FLUSH_S = 0.010
"""A fact is told so much real time early, so that no tick of the clock overtakes it, and with it the facts of as much
time again, so that a fast floor costs no more than a wake-up each 10 ms."""


class SimulatorSource:
    """A source that simulates the site's floor.

    It begins at `begins_at` (by default midnight of the local day of `live_from`), tells everything up to `live_from`
    at once, so that figures since midnight are true, and goes on at the pace of the clock. The same site, seed,
    `begins_at` and scenario give the same facts at the same positions, so `run(after=…)` goes on behind any position.
    """

    def __init__(
        self, site: Site, *, live_from: int, seed: int = 1, scenario: str = NORMAL, begins_at: int | None = None
    ) -> None:
        """Times in UTC milliseconds. Raises SourceError when the site cannot be simulated or lacks the scenario."""
        if begins_at is None:
            begins_at = Day.of(live_from, ZoneInfo(site.zone)).at(0)
        self._simulation = Simulation(site, seed, begins_at, scenario)
        self._live_from = max(live_from, begins_at)

    @property
    def id(self) -> str:
        return "main"

    @property
    def mode(self) -> SourceMode:
        return "simulated"

    @property
    def begins_at(self) -> int:
        return self._simulation.begins_at

    @property
    def live_from(self) -> int:
        """Floor time, UTC milliseconds, up to which facts are told at once; a clock starts here."""
        return self._live_from

    @property
    def ends_at(self) -> int | None:
        return None

    @property
    def servant(self) -> None:
        """Nobody carries orders out here."""

    @property
    def trouble(self) -> str:
        """Why nothing comes at present, in words; empty while all is well."""
        return ""

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit facts behind position `after`, those before `live_from` at once; never returns by itself."""
        facts = self._simulation.facts()
        position, fact = await self._behind(facts, after)
        until = self._live_from
        while True:
            batch: list[tuple[AnyFact, int | None]] = []
            while fact.at <= until and len(batch) < BATCH:
                batch.append((fact, position))
                position, fact = next(facts)
            if batch:
                await emit(batch)
                await asyncio.sleep(0)
            if fact.at > until:
                until = await self._time_for(clock, fact)

    async def _behind(self, facts: Iterator[tuple[int, AnyFact]], after: int) -> tuple[int, AnyFact]:
        if after:
            _log.info(f"going on behind fact {after}")
        for position, fact in facts:
            if position > after:
                return position, fact
            if position % BATCH == 0:
                await asyncio.sleep(0)
        raise AssertionError("a simulation has no end")

    async def _time_for(self, clock: Clock, fact: AnyFact) -> int:
        """Wait until a fact is due; the floor time up to which facts may go with it."""
        while True:
            if math.isinf(clock.speed):
                # The clock goes where the facts are, not the other way round.
                await clock.reach(fact.at)
                return fact.at + AT_ONCE_MS
            await clock.reach(fact.at - _early(clock))
            # The pace may have changed while waiting.
            until = clock.now() + 2 * _early(clock)
            if fact.at <= until:
                return until


def _early(clock: Clock) -> int:
    """How early the first fact of a batch is told, floor milliseconds."""
    return 0 if math.isinf(clock.speed) else round(clock.speed * FLUSH_S * 1000)
