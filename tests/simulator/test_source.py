"""The simulator as a source: a coherent morning at once, then the pace of the clock, and on from any position."""

from __future__ import annotations

import asyncio
import datetime
import math
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from feeds.facts import AnyFact
from feeds.sources.base import Source
from feeds.sources.simulator.engine import Simulation
from feeds.sources.simulator.source import BATCH, SimulatorSource
from tests.simulator.floors import TUESDAY, demo, midnight
from tests.simulator.tally import HOUR

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

TEN = midnight() + 10 * HOUR
Batch = Sequence[tuple[AnyFact, int | None]]


class Enough(Exception):
    """The test has seen what it wanted."""


class Watch:
    """A clock that comes a little late, as real ones do, and stops the run at a floor time."""

    def __init__(self, at: int, speed: float = 1.0, until: int | None = None) -> None:
        self.speed = speed
        self.asked: list[int] = []
        self.before_reach: Callable[[Watch], None] | None = None
        self._at = at
        self._until = until

    def now(self) -> int:
        return self._at

    async def reach(self, at: int) -> None:
        self.asked.append(at)
        if self.before_reach is not None:
            self.before_reach(self)
        if self._until is not None and at > self._until:
            raise Enough
        self._at = max(self._at, at if math.isinf(self.speed) else at + 3)


class Seen:
    """What was emitted, and where the clock stood; what is read back and has no position is kept apart."""

    def __init__(self, clock: Watch, most: int | None = None) -> None:
        self.clock = clock
        self.facts: list[tuple[AnyFact, int | None]] = []
        self.batches: list[tuple[int, int, Batch]] = []
        self.read: list[AnyFact] = []
        self._most = most

    async def emit(self, batch: Batch) -> None:
        if batch and all(position is None for _, position in batch):
            self.read += [fact for fact, _ in batch]
            return
        self.facts += batch
        self.batches.append((self.clock.now(), len(self.clock.asked), batch))
        if self._most is not None and len(self.facts) >= self._most:
            raise Enough


def play(source: Source, clock: Watch, after: int = 0, most: int | None = None) -> Seen:
    seen = Seen(clock, most)

    async def run() -> None:
        with pytest.raises(Enough):
            await source.run(clock, seen.emit, after)

    asyncio.run(run())
    return seen


def test_it_begins_at_midnight_of_the_day_it_goes_live() -> None:
    source = SimulatorSource(demo(), live_from=TEN)
    begins = datetime.datetime.fromtimestamp(source.begins_at / 1000, ZoneInfo("Asia/Shanghai"))
    assert (begins.date(), begins.hour, begins.minute) == (TUESDAY, 0, 0)
    assert (source.live_from, source.ends_at, source.mode, source.id) == (TEN, None, "simulated", "main")


def test_the_morning_is_told_at_once_without_waiting_for_the_clock() -> None:
    seen = play(SimulatorSource(demo(), live_from=TEN), Watch(TEN, until=TEN + 60_000))
    morning = [batch for _, asked, batch in seen.batches if asked == 0]
    told = [pair for batch in morning for pair in batch]
    expected = [(fact, place) for place, fact in islice(Simulation(demo(), 1, midnight()).facts(), len(told))]
    assert told == expected
    assert max(fact.at for fact, _ in told) <= TEN
    assert all(fact.at > TEN for fact, _ in seen.facts[len(told) :])
    assert len(told) > 15_000
    assert all(len(batch) == BATCH for batch in morning[:-1])


@pytest.mark.parametrize("speed", [1.0, 100.0, 600.0])
def test_afterwards_facts_keep_pace_a_touch_early_and_never_late(speed: float) -> None:
    seen = play(SimulatorSource(demo(), live_from=TEN), Watch(TEN, speed, TEN + HOUR))
    live = [(at, batch) for at, asked, batch in seen.batches if asked]
    assert sum(len(batch) for _, batch in live) > 5_000
    for at, batch in live:
        # The clock is at most its own lateness behind the first fact, and facts at most 20 ms of real time ahead.
        assert all(at - 3 <= fact.at <= at + speed * 20 for fact, _ in batch)


def test_when_it_goes_live_it_reads_every_switch_back() -> None:
    seen = play(SimulatorSource(demo(), live_from=TEN), Watch(TEN, until=TEN + 60_000), 20_000)
    assert [(fact.switch, fact.value, fact.asked, fact.proved) for fact in seen.read] == [  # type: ignore[union-attr]
        (switch, "normal", "normal", True) for switch in ("all", *(queue.id for queue in demo().queues))
    ]
    assert all(TEN - 60_000 < fact.at <= TEN for fact in seen.read)


def test_at_high_speed_facts_travel_together() -> None:
    seen = play(SimulatorSource(demo(), live_from=TEN), Watch(TEN, 600.0, TEN + HOUR))
    live = [batch for _, asked, batch in seen.batches if asked]
    assert len(live) <= HOUR / 6_000 + 1


def test_at_speed_max_the_clock_follows_the_facts() -> None:
    clock = Watch(midnight(), math.inf)
    seen = play(SimulatorSource(demo(), live_from=midnight()), clock, most=30_000)
    assert all(at <= batch[0][0].at for at, _, batch in seen.batches[1:])
    assert seen.facts[-1][0].at - clock.now() <= 60_000


def test_a_slower_pace_while_waiting_makes_no_fact_early() -> None:
    clock = Watch(TEN, 600.0, TEN + 60_000)

    def slow_down(clock: Watch) -> None:
        clock.speed = 1.0

    clock.before_reach = slow_down
    seen = play(SimulatorSource(demo(), live_from=TEN), clock)
    assert all(fact.at <= at + 20 for at, asked, batch in seen.batches if asked for fact, _ in batch)


@pytest.fixture(scope="module")
def whole() -> Seen:
    """The morning and an hour after it, told without a stop."""
    return play(SimulatorSource(demo(), live_from=TEN), Watch(TEN, until=TEN + HOUR))


@pytest.mark.parametrize("after", [1, 4_321, 25_000])
def test_it_goes_on_behind_any_position_as_if_it_had_never_stopped(after: int, whole: Seen) -> None:
    rest = play(SimulatorSource(demo(), live_from=TEN), Watch(TEN, until=TEN + HOUR), after)
    assert rest.facts == whole.facts[after:]


def test_a_later_live_moment_of_the_same_beginning_tells_the_same_facts(whole: Seen) -> None:
    later = SimulatorSource(demo(), live_from=TEN + HOUR, begins_at=midnight())
    again = play(later, Watch(TEN + HOUR, until=TEN + HOUR))
    assert again.facts[: len(whole.facts)] == whole.facts


def test_other_work_gets_its_turn_while_it_catches_up() -> None:
    turns = 0

    async def run() -> None:
        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        clock = Watch(TEN, until=TEN + 1_000)
        task = asyncio.create_task(other())
        with pytest.raises(Enough):
            await SimulatorSource(demo(), live_from=TEN).run(clock, Seen(clock).emit, 20_000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert turns >= 20_000 // BATCH


def test_it_can_be_cancelled_between_facts() -> None:
    async def run() -> None:
        reached = asyncio.Event()

        class Still(Watch):
            async def reach(self, at: int) -> None:
                reached.set()
                await asyncio.Event().wait()

        async def swallow(batch: Batch) -> None:
            assert batch

        emit: Callable[[Batch], Awaitable[None]] = swallow
        task = asyncio.create_task(SimulatorSource(demo(), live_from=TEN).run(Still(TEN), emit, 0))
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
