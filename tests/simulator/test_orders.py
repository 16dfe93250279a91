"""Orders on a simulated floor change what it does next, show in its facts, and lead to the same floor again."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from msgspec.structs import replace

from config.asterisk import Asterisk, PauseWord
from config.schema import Site
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
from feeds.entities import Call, Queue, Seat, Switch
from feeds.floor import Floor
from feeds.gateway.clock import PacedClock
from feeds.sources.base import SourceError
from feeds.sources.simulator.acting import Given
from feeds.sources.simulator.engine import Simulation
from feeds.sources.simulator.source import SimulatorSource
from tests.simulator.floors import demo, demo_with, midnight, queueing_site
from tests.simulator.lives import Lives
from tests.simulator.tally import HOUR

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

MINUTE = 60_000
BEGIN = midnight() + 9 * HOUR + 45 * MINUTE
TEN = BEGIN + 15 * MINUTE


class World:
    """A simulated floor that a test moves on and orders, folded as the gateway folds it."""

    def __init__(self, site: Site | None = None, until: int = TEN, begin: int = BEGIN, seed: int = 1) -> None:
        self.site = site or demo()
        self.run = Simulation(self.site, seed, begin).run()
        self.floor = Floor(self.site, alarms=False)
        self.facts: list[f.AnyFact] = []
        self.given: list[Given] = []
        for fact in self.run.switches.read(begin):
            self.floor.apply(fact, self.floor.rev + 1)
        self.to(until)

    def to(self, until: int) -> None:
        """Let floor time come to a moment."""
        self._take([fact for fact, _ in self.run.advance(until, 10**9)])
        self.now = until

    def _take(self, facts: list[f.AnyFact]) -> None:
        for fact in facts:
            self.floor.apply(fact, self.floor.rev + 1)
        self.facts += facts

    def order(self, command: Command, by: str = "boss") -> tuple[Ended, list[f.AnyFact]]:
        """Have a command carried out now: how it ended, and what was told at once."""
        given, before = Given(self.now, command, by), len(self.facts)
        ended = self.run.give(given)
        self.given.append(given)
        self.to(self.now)
        return ended, self.facts[before:]

    def done(self, command: Command) -> list[f.AnyFact]:
        """The same for one that must be done at once, without a word."""
        ended, facts = self.order(command)
        assert ended == Ended("done"), ended
        return facts

    def until_there_is(self, find: Callable[[], str | None], most: int = 2 * HOUR) -> str:
        """Let time pass until something is found."""
        end = self.now + most
        while self.now < end:
            found = find()
            if found is not None:
                return found
            self.to(self.now + 1_000)
        raise AssertionError("nothing of that kind came")

    def seat_in(self, *states: str) -> str:
        """A seat in one of these states."""
        return self.until_there_is(
            lambda: next(
                (
                    one.key.partition(":")[2]
                    for one in self.floor.entities()
                    if isinstance(one, Seat) and one.state in states
                ),
                None,
            )
        )

    def leg_in(self, state: str, queue: str = "") -> str:
        """The newest leg in a state."""

        def find() -> str | None:
            calls = [one for one in self.floor.entities() if isinstance(one, Call) and one.state == state]
            calls = [one for one in calls if queue in ("", one.queue)]
            return max(calls, key=lambda one: one.joined_at).key.partition(":")[2] if calls else None

        return self.until_there_is(find)

    def seat(self, name: str) -> Seat:
        found = self.floor.entity(f"seat:{name}")
        assert isinstance(found, Seat)
        return found

    def call(self, leg: str) -> Call | None:
        found = self.floor.entity(f"call:{leg}")
        assert found is None or isinstance(found, Call)
        return found


def of(facts: list[f.AnyFact], *kinds: type) -> list[f.AnyFact]:
    return [fact for fact in facts if isinstance(fact, kinds)]


def busy_floor() -> World:
    """Too few people: calls wait everywhere."""
    return World(demo_with(25))


# Seats


def test_a_paused_agent_gets_no_calls_until_made_ready_whatever_the_roster_says() -> None:
    free, world = World(), World()
    seat = world.seat_in("ready")
    assert world.now == free.now
    agent = world.seat(seat).agent
    facts = world.done(Pause(seat, "用餐"))
    assert facts == [f.SeatChanged(at=world.now, seat=seat, state="break", agent=agent, reason="用餐", by="boss")]
    begin = len(free.facts)
    free.to(TEN + 3 * HOUR)
    world.to(TEN + 3 * HOUR)
    # What would have happened: calls, and a break of the roster from which the agent comes back by itself.
    assert any(fact.agent == agent for fact in of(free.facts[begin:], f.AttemptStarted))
    states = [fact.state for fact in of(free.facts[begin:], f.SeatChanged) if fact.agent == agent]
    assert "break" in states and states[-1] != "break"
    assert world.seat(seat).state == "break" and world.seat(seat).by == "boss"
    told = [fact for fact in world.facts if isinstance(fact, f.SeatChanged | f.AttemptStarted) and fact.agent == agent]
    assert told[-1] == facts[0]
    world.done(MakeReady(seat))
    assert world.seat(seat).state in ("ready", "ringing", "outbound") and world.seat(seat).by == ""
    before = len(world.facts)
    world.to(world.now + HOUR)
    assert any(fact.agent == agent for fact in of(world.facts[before:], f.AttemptStarted))


@pytest.mark.parametrize("state", ["talking", "acw", "outbound"])
def test_a_pause_during_work_is_said_to_begin_later_and_does(state: str) -> None:
    world = World()
    seat = world.seat_in(state)
    ended, facts = world.order(Pause(seat, "小休"))
    assert ended.state == "done" and "the pause begins when the" in ended.text and not facts
    world.until_there_is(lambda: world.seat(seat).by or None)
    assert (world.seat(seat).state, world.seat(seat).by) == ("break", "boss")
    world.to(world.now + HOUR)
    assert world.seat(seat).state in ("break", "offline")


def test_a_supervisors_pause_takes_the_place_of_a_break_that_would_have_ended() -> None:
    world = World()
    seat = world.seat_in("break")
    world.done(Pause(seat, "会议"))
    assert world.seat(seat).state == "meeting"
    world.to(world.now + 70 * MINUTE)
    assert world.seat(seat).state == "meeting"


def test_ready_ends_a_break_and_a_pause_that_has_not_begun() -> None:
    world = World()
    seat = world.seat_in("break")
    world.done(MakeReady(seat))
    assert world.seat(seat).state != "break"
    talking = world.seat_in("talking")
    world.order(Pause(talking, "小休"))
    ended, _ = world.order(MakeReady(talking))
    assert ended.state == "done" and "takes calls again when the call is over" in ended.text
    world.until_there_is(lambda: "free" if world.seat(talking).state in ("ready", "ringing", "outbound") else None)


def test_a_site_says_itself_which_state_a_reason_is() -> None:
    own = replace(demo(), asterisk=Asterisk(pauses=(PauseWord("Haltestelle", "coaching"),)))
    world = World(own)
    for reason, state in (("haltestelle", "coaching"), ("anything", "busy"), ("用餐", "break")):
        seat = world.seat_in("ready")
        world.done(Pause(seat, reason))
        assert world.seat(seat).state == state


def test_a_logged_out_agent_leaves_now_or_after_the_call_and_comes_back_with_the_next_duty() -> None:
    world = World()
    seat = world.seat_in("ready")
    agent = world.seat(seat).agent
    assert world.done(LogOut(seat)) == [f.SeatChanged(at=world.now, seat=seat, state="offline", by="boss")]
    busy = world.seat_in("talking")
    ended, facts = world.order(LogOut(busy))
    assert (ended.state, facts) == ("done", []) and "logs out when the call is over" in ended.text
    world.until_there_is(lambda: "gone" if world.seat(busy).state == "offline" else None)
    assert world.seat(busy).by == "boss"
    assert world.order(LogOut(busy))[0] == Ended("refused", f"nobody is signed in at seat {busy}")
    later = Simulation(demo(), 1, BEGIN).run(world.given)
    days = [later.advance(midnight() + day * 24 * HOUR, 10**9) for day in (1, 4)]
    today, then = (
        [fact.at for fact, _ in day if isinstance(fact, f.AttemptStarted) and fact.agent == agent] for day in days
    )
    assert not [at for at in today if at > TEN] and then


def test_a_moved_agent_takes_the_calls_of_other_queues_until_the_end_of_the_duty() -> None:
    world = World()
    seat = world.seat_in("ready")
    agent = world.seat(seat).agent
    own = {skill.queue for one in demo().agents if one.id == agent for skill in one.skills}
    other = next(queue.id for queue in demo().queues if queue.id not in own)
    ended, _ = world.order(MoveSeat(seat, (Join(other),), tuple(own)))
    assert ended.state == "done" and f"serves {other} (1)" in ended.text
    queue_of = {fact.leg: fact.queue for fact in of(world.facts, f.LegJoined)}
    begin = len(world.facts)
    world.to(world.now + 2 * HOUR)
    queue_of |= {fact.leg: fact.queue for fact in of(world.facts, f.LegJoined)}
    answered = {queue_of[fact.leg] for fact in of(world.facts[begin:], f.AttemptStarted) if fact.agent == agent}
    assert answered == {other}


def test_a_move_brings_a_call_that_waited_for_somebody() -> None:
    world = World()
    for one in [one for one in world.floor.entities() if isinstance(one, Seat) and one.agent]:
        world.order(MoveSeat(one.key.partition(":")[2], (), tuple(queue.id for queue in demo().queues)))
    seat = world.seat_in("ready")
    queue = world.call(world.leg_in("waiting")).queue  # type: ignore[union-attr]
    oldest = world.floor.entity(f"queue:{queue}")
    assert isinstance(oldest, Queue) and oldest.waiting
    _, facts = world.order(MoveSeat(seat, (Join(queue),)))
    assert [fact.agent for fact in of(facts, f.AttemptStarted)] == [world.seat(seat).agent]


# Calls


@pytest.mark.parametrize("state", ["waiting", "ringing"])
def test_a_requeued_call_flows_out_and_waits_in_the_other_queue(state: str) -> None:
    world = busy_floor()
    leg = world.leg_in(state)
    call = world.call(leg)
    assert call is not None
    other = next(queue.id for queue in demo().queues if queue.id != call.queue)
    facts = world.done(Requeue(leg, other))
    out, joined = of(facts, f.LegFlowedOut, f.LegJoined)[:2]
    assert out == f.LegFlowedOut(at=world.now, leg=leg, kind="queue")
    assert (joined.queue, joined.came_from, joined.call, joined.number) == (other, leg, call.call, call.number)
    if state == "ringing":
        assert of(facts, f.AttemptEnded)[0].result == "caller_gone"
    assert world.call(leg) is None
    there = world.call(joined.leg)
    assert there is not None and there.queue == other
    world.to(world.now + HOUR)
    assert len([fact for fact in of(world.facts, f.CallEnded) if fact.call == call.call]) == 1
    assert world.order(Requeue(leg, other))[0] == Ended("refused", "this call is over")


def test_patience_is_the_callers_and_goes_along() -> None:
    free, world = busy_floor(), busy_floor()
    leg = world.leg_in("waiting")
    call = leg.rpartition(".")[0]
    free.to(TEN + 2 * HOUR)
    gave_up = [fact for fact in of(free.facts, f.LegAbandoned) if fact.leg == leg]
    while not gave_up:
        leg = world.until_there_is(
            lambda: next(
                (
                    one.key.partition(":")[2] for one in world.floor.entities()
                    if isinstance(one, Call) and one.state == "waiting"
                    and any(fact.leg == one.key.partition(":")[2] for fact in of(free.facts, f.LegAbandoned))
                ),
                None,
            )
        )  # fmt: skip
        call = leg.rpartition(".")[0]
        gave_up = [fact for fact in of(free.facts, f.LegAbandoned) if fact.leg == leg]
    mine = world.call(leg)
    assert mine is not None
    for queue in demo().queues:  # nobody answers, so that patience decides
        for one in [one for one in world.floor.entities() if isinstance(one, Seat) and one.agent]:
            world.order(MoveSeat(one.key.partition(":")[2], (), (queue.id,)))
    world.done(Requeue(leg, next(queue.id for queue in demo().queues if queue.id != mine.queue)))
    world.to(gave_up[0].at + 1)
    ends = [fact for fact in of(world.facts, f.CallEnded) if fact.call == call]
    assert [fact.at for fact in ends] == [gave_up[0].at]


def test_a_full_queue_refuses_a_requeued_call_and_nothing_happens() -> None:
    site = demo_with(25)
    queues = tuple(replace(queue, capacity=1) if queue.id == "claim" else queue for queue in site.queues)
    world = World(replace(site, queues=queues))
    world.until_there_is(lambda: "full" if world.floor.entity("queue:claim").waiting else None)  # type: ignore[union-attr]
    leg = world.until_there_is(
        lambda: next(
            (
                one.key.partition(":")[2] for one in world.floor.entities()
                if isinstance(one, Call) and one.state == "waiting" and one.queue != "claim"
                and world.floor.entity("queue:claim").waiting  # type: ignore[union-attr]
            ),
            None,
        )
    )  # fmt: skip
    ended, facts = world.order(Requeue(leg, "claim"))
    assert ended == Ended("refused", "claim is full: the call waits where it was") and not facts
    assert world.call(leg) is not None


def test_a_redirected_call_is_no_more_of_this_floor() -> None:
    world = busy_floor()
    leg = world.leg_in("waiting")
    assert world.done(Redirect(leg, "95502")) == [f.LegFlowedOut(at=world.now, leg=leg, kind="queue")]
    talking = world.leg_in("talking")
    facts = world.done(Redirect(talking, "95502"))
    assert of(facts, f.LegTransferred, f.TalkEnded) == [
        f.LegTransferred(at=world.now, leg=talking, kind="blind"),
        f.TalkEnded(at=world.now, leg=talking, by="transfer", work_follows=True),
    ]
    assert not of(facts, f.LegJoined, f.CallEnded)
    world.to(world.now + 2 * HOUR)
    for one in (leg, talking):
        assert len([fact for fact in of(world.facts, f.CallEnded) if fact.call == one.rpartition(".")[0]]) == 1


def test_a_prioritised_call_is_taken_before_those_that_waited_longer() -> None:
    world = World(queueing_site(240, 60, 3))
    waiting = [one for one in world.floor.entities() if isinstance(one, Call) and one.state == "waiting"]
    line = [one.key.partition(":")[2] for one in sorted(waiting, key=lambda one: one.joined_at)]
    assert len(line) > 5
    for place, priority in ((-1, 7), (-2, 3), (-3, 7)):
        facts = world.done(Prioritise(line[place], priority))
        assert facts == [f.LegPrioritised(at=world.now, leg=line[place], priority=priority)]
        assert world.call(line[place]).priority == priority  # type: ignore[union-attr]
    begin = len(world.facts)
    world.to(world.now + HOUR)
    rung = [fact.leg for fact in of(world.facts[begin:], f.AttemptStarted)]
    assert rung[:5] == [line[-3], line[-1], line[-2], line[0], line[1]]


def test_a_prioritised_call_is_offered_to_everybody_who_serves_its_queue_at_once() -> None:
    world = World()
    leg = world.until_there_is(
        lambda: next(
            (
                one.key.partition(":")[2]
                for one in world.floor.entities()
                if isinstance(one, Call) and one.state == "waiting" and _somebody_may(world, one.queue)
            ),
            None,
        )
    )
    assert len(of(world.done(Prioritise(leg, 1)), f.AttemptStarted)) == 1


def _somebody_may(world: World, queue: str) -> bool:
    ready = {one.agent for one in world.floor.entities() if isinstance(one, Seat) and one.state == "ready"}
    return any(agent.id in ready and any(skill.queue == queue for skill in agent.skills) for agent in demo().agents)


def test_hanging_up_ends_a_call_in_every_state() -> None:
    world = busy_floor()
    waiting = world.leg_in("waiting")
    assert world.done(HangUp(waiting)) == [
        f.LegAbandoned(at=world.now, leg=waiting), f.CallEnded(at=world.now, call=waiting.rpartition(".")[0])
    ]  # fmt: skip
    for state in ("ringing", "talking", "hold"):
        leg = world.leg_in(state)
        facts = world.done(HangUp(leg))
        assert [fact.call for fact in of(facts, f.CallEnded)] == [leg.rpartition(".")[0]]
        assert len(of(facts, f.LegAbandoned if state == "ringing" else f.TalkEnded)) == 1
        assert len(of(facts, f.HoldEnded)) == (state == "hold")
        assert world.order(HangUp(leg))[0] == Ended("refused", "this call is over")
    talking = world.leg_in("talking")
    for command in (Requeue(talking, "claim"), Prioritise(talking, 1)):
        assert world.order(command)[0] == Ended("refused", "an agent has this call already")


# Switches


def test_a_switch_sends_new_calls_elsewhere_and_is_read_back() -> None:
    world = World()
    facts = world.done(SetSwitch("claim", "overflow:enq"))
    assert facts == [
        f.SwitchRead(at=world.now, switch="claim", value="overflow:enq", asked="overflow:enq", proved=True, by="boss")
    ]
    switch = world.floor.entity("switch:claim")
    assert isinstance(switch, Switch) and (switch.state, switch.by) == ("on", "boss")
    begin = len(world.facts)
    world.to(world.now + HOUR)
    firsts = Counter(fact.queue for fact in of(world.facts[begin:], f.LegJoined) if not fact.came_from)
    assert firsts["claim"] == 0 and firsts["enq"] > 200
    world.done(SetSwitch("claim", "normal"))
    begin = len(world.facts)
    world.to(world.now + HOUR)
    assert any(fact.queue == "claim" for fact in of(world.facts[begin:], f.LegJoined))


@pytest.mark.parametrize("mode", ["announce", "callback", "backup"])
def test_a_call_that_a_switch_turns_away_arrives_and_ends_and_never_waits(mode: str) -> None:
    world = World()
    facts = world.done(SetSwitch("all", mode))
    assert {(fact.switch, fact.asked) for fact in facts} == {
        (one, mode) for one in ("all", *(q.id for q in demo().queues))
    }
    begin = len(world.facts)
    world.to(world.now + 10 * MINUTE)
    told = world.facts[begin:]
    assert len(of(told, f.CallArrived)) > 50
    assert not [fact for fact in of(told, f.LegJoined, f.LegBlocked) if not getattr(fact, "came_from", "")]
    arrived = {fact.call: fact.at for fact in of(told, f.CallArrived)}
    ended = {fact.call: fact.at for fact in of(told, f.CallEnded)}
    assert all(ended[call] == at + 8_000 for call, at in arrived.items() if at + 8_000 < world.now)


def test_all_wins_and_the_order_for_a_queue_says_so() -> None:
    world = busy_floor()
    world.done(SetSwitch("all", "announce"))
    assert world.order(SetSwitch("claim", "callback"))[0] == Ended("done", "`all` wins: calls go by announce")
    leg = world.leg_in("waiting")
    other = "claim" if world.call(leg).queue != "claim" else "enq"  # type: ignore[union-attr]
    ended, facts = world.order(Requeue(leg, other))
    assert ended.state == "failed" and "a switch turned it away" in ended.text, ended
    assert of(facts, f.LegFlowedOut, f.LegJoined) == [f.LegFlowedOut(at=world.now, leg=leg, kind="queue")]


def test_a_requeued_call_goes_where_the_switch_of_its_queue_sends_it() -> None:
    world = busy_floor()
    leg = world.leg_in("waiting", "claim")
    world.done(SetSwitch("enq", "overflow:rescue"))
    ended, facts = world.order(Requeue(leg, "enq"))
    assert ended == Ended("done", "a switch sends calls for enq elsewhere: it waits in rescue")
    assert of(facts, f.LegJoined)[0].queue == "rescue"


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
