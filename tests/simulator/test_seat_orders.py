"""Orders for the seats of a simulated floor: pauses, readiness, logging out and moves, as the roster goes on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.asterisk import Asterisk, PauseWord
from feeds import facts as f
from feeds.commands import (
    Ended,
    Join,
    LogOut,
    MakeReady,
    MoveSeat,
    Pause,
)  # fmt: skip
from feeds.entities import Queue, Seat
from feeds.sources.simulator.engine import Simulation
from tests.simulator.floors import demo, midnight
from tests.simulator.tally import HOUR
from tests.simulator.world import BEGIN, MINUTE, TEN, World, of

# Together they take seconds; the quick part has a minute for all.
pytestmark = [pytest.mark.usefixtures("orders_have_time"), pytest.mark.slow]


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
