"""The simulated floor as a source: its facts at the pace of the floor's clock."""

from __future__ import annotations

import asyncio
import logging
import math
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from config.schema import Site
from feeds.commands import Command, Ended
from feeds.facts import AnyFact, SourceMode
from feeds.said import said
from feeds.sources.base import Clock, Emit, SourceError
from feeds.sources.simulator.acting import Given
from feeds.sources.simulator.days import Day
from feeds.sources.simulator.engine import NORMAL, Run, Simulation

_log = logging.getLogger("watchfloor.simulator")

BATCH = 2000
"""The most facts in one emission."""
AT_ONCE_MS = 60_000
"""Floor time whose facts travel together at speed `max`."""
FLUSH_S = 0.010
"""A fact is told so much real time early, so that no tick of the clock overtakes it, and with it the facts of as much
time again, so that a fast floor costs no more than a wake-up each 10 ms."""
SEEN_S: Final = 8.0
"""How long a command waits for its facts to be taken."""
NOT_YET: Final = Ended(
    "failed", said("sim.not_yet", "the simulated floor is not live yet: nothing was done; ask again in a moment")
)
STOPPED: Final = Ended(
    "unknown", said("sim.stopped", "the simulated floor stopped: look at it when it is there again")
)

Keep = Callable[[Given], Awaitable[None]]
"""Makes a command durable before it is carried out; raises SourceError."""


async def _forget(given: Given) -> None:
    """Commands are not kept: a floor that is never taken up again does not need them."""


class SimulatorSource:
    """A source that simulates the site's floor, and carries commands out on it.

    It begins at `begins_at` (by default midnight of the local day of `live_from`), tells everything up to `live_from`
    at once, so that figures since midnight are true, and goes on at the pace of the clock. The same site, seed,
    `begins_at`, scenario and commands give the same facts at the same positions, so `run(after=…)` goes on behind any
    position. Facts without a position are what is read back of the switches when it goes live.

    A command is carried out at the moment at which the floor stands, at any speed and while time is paused; what it
    causes at once is told at once, what takes time when time goes on.
    """

    def __init__(
        self,
        site: Site,
        *,
        live_from: int,
        seed: int = 1,
        scenario: str = NORMAL,
        begins_at: int | None = None,
        given: Sequence[Given] = (),
        keep: Keep = _forget,
    ) -> None:
        """Times in UTC milliseconds; `given` are the commands of earlier runs, `keep` is where new ones go.

        Raises SourceError when the site cannot be simulated or lacks the scenario.
        """
        if begins_at is None:
            begins_at = Day.of(live_from, ZoneInfo(site.zone)).at(0)
        self._simulation = Simulation(site, seed, begins_at, scenario)
        self._live_from = max(live_from, begins_at)
        self._given = list(given)
        self._keep = keep
        self._asked: deque[tuple[Command, str, asyncio.Future[Ended]]] = deque()
        self._woken = asyncio.Event()
        self._live = False
        self._running: Run | None = None

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
    def servant(self) -> SimulatorSource:
        """Itself."""
        return self

    @property
    def trouble(self) -> str:
        """Why nothing comes at present, in words; empty while all is well."""
        return ""

    async def serve(self, command: Command, by: str) -> Ended:
        """Carry a command out for the credential `by`: done when its facts were taken."""
        if not self._live:
            return NOT_YET
        ended: asyncio.Future[Ended] = asyncio.get_running_loop().create_future()
        self._asked.append((command, by, ended))
        self._woken.set()
        await asyncio.wait([ended], timeout=SEEN_S)
        if ended.done():
            return ended.result()
        text = "asked, not seen after {seconds:g} s: it may still come; trust the screen"
        return Ended("unknown", said("order.unseen", text, seconds=SEEN_S))

    def serves(self, seat: str) -> dict[str, int] | None:
        """The queues that whoever sits at a seat serves now, with their penalties."""
        return self._running.serves(seat) if self._running is not None and self._live else None

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit facts behind position `after`, those before `live_from` at once; never returns by itself."""
        run = self._running = self._simulation.run(self._given)
        try:
            facts = await self._behind(run, after)
            until = self._live_from
            while True:
                facts += run.advance(until, BATCH - len(facts))
                if facts:
                    await emit(facts[:BATCH])
                    del facts[:BATCH]
                    await asyncio.sleep(0)
                elif run.next_at <= until:
                    continue
                elif not self._live:
                    self._live = True
                    await emit([(fact, None) for fact in run.switches.read(max(run.now, run.begins_at))])
                elif self._asked:
                    await self._carry_out(run, clock, emit)
                else:
                    until = await self._time_for(clock, run.next_at, until)
        finally:
            self._live = False
            while self._asked:
                _settle(self._asked.popleft()[2], STOPPED)

    async def _behind(self, run: Run, after: int) -> list[tuple[AnyFact, int | None]]:
        """Run up to a position; the facts behind it that came with it."""
        if after:
            _log.info(f"going on behind fact {after}")
        position = 0
        while position < after:
            facts = run.advance(sys.maxsize, min(BATCH, after - position))
            position += len(facts)
            if position >= after:
                return facts[len(facts) - (position - after) :]
            await asyncio.sleep(0)
        return []

    async def _carry_out(self, run: Run, clock: Clock, emit: Emit) -> None:
        """Carry out what was asked first. Nobody waits for the clock meanwhile, so that it ticks not."""
        at = max(run.now, clock.now())
        facts = run.advance(at, sys.maxsize)
        command, by, ended = self._asked.popleft()
        given = Given(at, command, by)
        try:
            await self._keep(given)
            self._given.append(given)
            end = run.give(given)
            facts += run.advance(at, sys.maxsize)
        except SourceError as error:
            end = Ended("failed", str(error))
        try:
            await emit(facts)
            _settle(ended, end)
        finally:
            _settle(ended, STOPPED)

    async def _time_for(self, clock: Clock, due: int, told: int) -> int:
        """Wait until something is due or asked; the floor time up to which facts may be told then."""
        while not self._woken.is_set():
            if math.isinf(clock.speed):
                # The clock goes where the facts are, not the other way round.
                await clock.reach(due)
                return due + AT_ONCE_MS
            await self._reach(clock, due - _early(clock))
            # The pace may have changed while waiting.
            until = clock.now() + 2 * _early(clock)
            if due <= until:
                return until
        self._woken.clear()
        return told

    async def _reach(self, clock: Clock, at: int) -> None:
        """Return when the clock has come so far, or something is asked."""
        reaching = asyncio.ensure_future(clock.reach(at))
        waking = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait((reaching, waking), return_when=asyncio.FIRST_COMPLETED)
            if reaching.done():
                reaching.result()
        finally:
            reaching.cancel()
            waking.cancel()
            await asyncio.gather(reaching, waking, return_exceptions=True)


def _settle(ended: asyncio.Future[Ended], end: Ended) -> None:
    if not ended.done():
        ended.set_result(end)


def _early(clock: Clock) -> int:
    """How early the first fact of a batch is told, floor milliseconds."""
    return 0 if math.isinf(clock.speed) else round(clock.speed * FLUSH_S * 1000)
