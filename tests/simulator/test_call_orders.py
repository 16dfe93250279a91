"""Orders for the calls and switches of a simulated floor: what they do to callers who wait, ring and talk."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from feeds import facts as f
from feeds.commands import (
    Ended,
    HangUp,
    MoveSeat,
    Prioritise,
    Redirect,
    Requeue,
    SetSwitch,
)  # fmt: skip
from feeds.entities import Call, Seat, Switch
from tests.simulator.floors import demo, demo_with, queueing_site
from tests.simulator.tally import HOUR
from tests.simulator.world import MINUTE, TEN, World, busy_floor, of

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

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
