"""Orders on a simulated floor show in its facts, and lead to the same floor again."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from feeds import facts as f
from feeds.commands import (
    Command,
    Ended,
    HangUp,
    Join,
    LogOut,
    MakeReady,
    MoveSeat,
    Pause,
    Prioritise,
    Redirect,
    Requeue,
    SetSwitch,
)  # fmt: skip
from feeds.entities import Call, Seat
from feeds.gateway.running.clock import PacedClock
from feeds.sources.base import SourceError
from feeds.sources.simulator.acting import Given
from feeds.sources.simulator.engine import Simulation
from feeds.sources.simulator.source import SimulatorSource
from tests.simulator.floors import demo, demo_with
from tests.simulator.lives import Lives
from tests.simulator.tally import HOUR
from tests.simulator.world import BEGIN, MINUTE, TEN, World

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

# The same floor again


def storm_of_orders(world: World, seed: int, count: int) -> Counter[str]:
    """Orders of every kind at whatever is there, sensible or not."""
    random, ends = Random(seed), Counter[str]()
    queues = [queue.id for queue in demo().queues]
    for _ in range(count):
        world.to(world.now + random.randrange(20_000))
        seats = [one.key.partition(":")[2] for one in world.floor.entities() if isinstance(one, Seat)]
        calls = [one.key.partition(":")[2] for one in world.floor.entities() if isinstance(one, Call)]
        seat, leg = random.choice(seats), random.choice(calls or ["none.1"])
        queue, value = random.choice(queues), random.choice(["normal", "normal", "announce", "overflow:rescue"])
        command = random.choice([
            MakeReady(seat), MakeReady(seat), Pause(seat, random.choice(["用餐", "培训", "x"])), LogOut(seat),
            MoveSeat(seat, (Join(queue, random.randrange(4)),), (random.choice(queues),)), Requeue(leg, queue),
            Redirect(leg, "95502"), Prioritise(leg, random.randrange(9)), HangUp(leg),
            SetSwitch(random.choice([*queues, "all"]), value),
        ])  # fmt: skip
        ends[world.order(command)[0].state] += 1
    return ends


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_ordered_every_call_and_seat_lives_a_possible_life_and_again_the_same(seed: int) -> None:
    world = World(demo_with(40), seed=seed)
    ends = storm_of_orders(world, seed, 400)
    assert ends["done"] > 100 and ends["refused"] > 20
    world.to(world.now + HOUR)
    lives = Lives(ordered=True)
    for fact in world.facts:
        lives.see(fact)
    assert {"LegFlowedOut", "LegPrioritised", "SwitchRead"} <= set(lives.kinds)
    again = Simulation(demo_with(40), seed, BEGIN).run(world.given)
    assert [fact for fact, _ in again.advance(world.now, 10**9)] == world.facts
    other = Simulation(demo_with(40), seed, BEGIN).run(world.given[:-50])
    assert [fact for fact, _ in other.advance(world.now, 10**9)] != world.facts


# As a source


class Taken:
    """What a running source emitted."""

    def __init__(self) -> None:
        self.facts: list[tuple[f.AnyFact, int | None]] = []

    async def emit(self, facts: list[tuple[f.AnyFact, int | None]]) -> None:
        self.facts += facts

    def placed(self) -> list[tuple[f.AnyFact, int | None]]:
        return [pair for pair in self.facts if pair[1] is not None]


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is waited for is another's and has no event
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("speed", [0.0, 1.0, 600.0, math.inf])
def test_an_order_is_carried_out_where_the_floor_stands_at_any_speed_and_while_paused(speed: float) -> None:
    async def scenario() -> None:
        source, taken = SimulatorSource(demo(), live_from=TEN, begins_at=BEGIN), Taken()
        clock = PacedClock(TEN, speed)
        assert (await source.serve(SetSwitch("claim", "announce"), "boss")).state == "failed"
        running = asyncio.create_task(source.run(clock, taken.emit, 0))  # type: ignore[arg-type]
        await until(lambda: any(isinstance(fact, f.SwitchRead) for fact, _ in taken.facts))
        assert await source.serve(SetSwitch("claim", "announce"), "boss") == Ended("done")
        told = [fact for fact, place in taken.facts if isinstance(fact, f.SwitchRead) and place is not None]
        assert [(fact.switch, fact.by) for fact in told] == [("claim", "boss")], "done means that the fact was taken"
        if speed == 0:
            assert told[0].at == TEN == clock.now()
        times = [fact.at for fact, _ in taken.facts]
        assert times == sorted(times)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert (await source.serve(SetSwitch("claim", "normal"), "boss")).state == "failed"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_floor_that_is_taken_up_again_has_its_orders_at_the_same_positions() -> None:
    kept: list[Given] = []

    async def keep(given: Given) -> None:
        kept.append(given)

    async def play(source: SimulatorSource, after: int, commands: list[Command]) -> Taken:
        taken, clock = Taken(), PacedClock(TEN, 600.0)
        running = asyncio.create_task(source.run(clock, taken.emit, after))  # type: ignore[arg-type]
        await until(lambda: clock.waiting)
        for command in commands:
            await source.serve(command, "boss")
        at = clock.now()
        # Begun late in a floor that was slow to come there, the first facts are five minutes on already.
        await until(lambda: len(taken.placed()) >= 20 and taken.placed()[-1][0].at > at + 5 * MINUTE)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return taken

    async def scenario() -> None:
        site = demo_with(40)
        world = World(site)
        commands: list[Command] = [
            SetSwitch("claim", "overflow:enq"), Pause(world.seat_in("ready", "talking"), "用餐"),
            Requeue(world.leg_in("talking"), "rescue"), HangUp(world.leg_in("talking")),
        ]  # fmt: skip
        first = (await play(SimulatorSource(site, live_from=TEN, begins_at=BEGIN, keep=keep), 0, commands)).placed()
        assert len(kept) == len(commands)
        for after in (len(first) // 2, len(first) - 20, 0):
            source = SimulatorSource(site, live_from=TEN, begins_at=BEGIN, given=kept)
            again = (await play(source, after, [])).placed()
            length = min(len(again), len(first) - after)
            assert length >= 10 and again[:length] == first[after : after + length]
        read = await play(SimulatorSource(site, live_from=kept[0].at + MINUTE, begins_at=BEGIN, given=kept), 1, [])
        value = next(fact for fact, place in read.facts if place is None and fact.switch == "claim")  # type: ignore[union-attr]
        assert value.value == "overflow:enq"  # type: ignore[union-attr]

    asyncio.run(scenario())


def test_an_order_that_cannot_be_kept_is_not_carried_out() -> None:
    async def refuse(given: Given) -> None:
        raise SourceError("the disk is full, so nothing was done")

    async def scenario() -> None:
        source, taken = SimulatorSource(demo(), live_from=TEN, begins_at=BEGIN, keep=refuse), Taken()
        running = asyncio.create_task(source.run(PacedClock(TEN, 0.0), taken.emit, 0))  # type: ignore[arg-type]
        await until(lambda: any(place is None for _, place in taken.facts))
        ended = await source.serve(SetSwitch("claim", "announce"), "boss")
        assert ended == Ended("failed", "the disk is full, so nothing was done")
        assert not [fact for fact, place in taken.facts if isinstance(fact, f.SwitchRead) and place is not None]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(scenario())
