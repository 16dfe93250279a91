"""A call's whole way by Asterisk's events, in every order in which they come."""

from __future__ import annotations

import itertools

import pytest

from feeds.facts import (
    AttemptEnded,
    AttemptStarted,
    CallArrived,
    CallEnded,
    HoldEnded,
    HoldStarted,
    LegAbandoned,
    TalkEnded,
)  # fmt: skip
from feeds.sources.asterisk.ami.messages import Message
from tests.asterisk_floor.paper import CALLER, OTHER_CALLER, START
from tests.asterisk_floor.stories import a_talk, a_wait
from tests.asterisk_floor.watched import signed_in


def test_a_call_in_the_usual_order_is_counted_shown_and_booked() -> None:
    watched = signed_in("8001")
    asterisk, (member,) = watched.asterisk, watched.asterisk.members
    assert watched.seat("8001") == "ready"
    stay = a_wait(watched)
    assert watched.states("claims") == ["waiting"]
    asterisk.wait(3000)
    phone = asterisk.ring(stay, member)
    watched.see()
    assert (watched.states("claims"), watched.seat("8001")) == (["ringing"], "ringing")
    asterisk.wait(2000)
    talk = asterisk.answer(stay, member, phone)
    watched.see()
    assert (watched.states("claims"), watched.seat("8001")) == (["talking"], "talking")
    asterisk.wait(30_000)
    asterisk.end(talk, "caller")
    watched.later()
    assert (watched.calls(), watched.seat("8001")) == ([], "ready")
    (leg,) = watched.legs.values()
    assert (leg.number, leg.agent, leg.wait_ms, leg.talk_ms, leg.acw_ms) == (CALLER, "8001", 5000, 30_000, 0)
    assert [fact.by for fact in watched.facts if isinstance(fact, TalkEnded)] == ["caller"]
    assert watched.kinds().count("CallArrived") == watched.kinds().count("CallEnded") == 1
    assert watched.books() == {"offered": 1, "answered": 1}
    watched.prove()


def test_a_phone_that_rings_before_the_queue_says_that_it_is_called_is_one_attempt() -> None:
    watched = signed_in("8001")
    asterisk, (member,) = watched.asterisk, watched.asterisk.members
    stay = a_wait(watched)
    phone = asterisk.phone_of(stay, member)
    asterisk.rings(phone)
    watched.see()
    assert watched.seat("8001") == "ringing"
    asterisk.called(stay, member, phone)
    watched.see()
    assert watched.states() == ["ringing"]
    asterisk.wait(1000)
    asterisk.answer(stay, member, phone)
    watched.see()
    assert len(watched.told(AttemptStarted)) == len(watched.told(AttemptEnded)) == 1
    assert watched.seats_told("8001") == ["ready", "ringing", "talking"]
    watched.prove()


ENDING = ("complete", "phone leaves", "caller leaves", "phone hangs up", "caller hangs up")


@pytest.mark.parametrize("without", ["", "Dest", "all"])
@pytest.mark.parametrize("reason", ["agent", "caller"])
def test_the_words_at_the_end_of_a_talk_mean_the_same_in_every_order(reason: str, without: str) -> None:
    found = set()
    for order in itertools.permutations(ENDING):
        if order.index("phone leaves") > order.index("phone hangs up"):
            continue  # a channel leaves its bridge before it is gone
        if order.index("caller leaves") > order.index("caller hangs up"):
            continue
        watched = signed_in("8001", wraps={"claims": 10})
        asterisk = watched.asterisk
        talk = a_talk(watched, asterisk.members[0])
        asterisk.wait(30_000)
        acts = {
            "complete": lambda: asterisk.complete(talk, reason, without=without),  # noqa: B023
            "phone leaves": lambda: asterisk.leave_bridge(talk.phone),  # noqa: B023
            "caller leaves": lambda: asterisk.leave_bridge(talk.caller),  # noqa: B023
            "phone hangs up": lambda: asterisk.hang_up(talk.phone),  # noqa: B023
            "caller hangs up": lambda: asterisk.hang_up(talk.caller),  # noqa: B023
        }
        began = asterisk.now
        for act in order:
            acts[act]()
            watched.see()
            asterisk.wait(3)
        asterisk.device("PJSIP/8001", "NOT_INUSE")
        watched.later(2000)
        assert watched.seat("8001") == "acw", order
        watched.later(10_000)
        assert (watched.calls(), watched.seat("8001")) == ([], "ready"), order
        assert watched.seats_told("8001")[-3:] == ["talking", "acw", "ready"], order
        (ended,) = watched.told(TalkEnded)
        (leg,) = watched.legs.values()
        found.add((ended.by, ended.at - began, leg.leg))  # type: ignore[attr-defined]
        assert len(watched.told(CallEnded)) == 1, order
        watched.prove()
    assert {one[0] for one in found} == {reason}
    assert {one[1] for one in found} == {0}, "the talk ended with the first word of it"
    assert len({one[2] for one in found}) == 1


def test_a_talk_whose_completion_is_never_told_ends_when_both_are_apart() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.wait(10_000)
    ended = asterisk.now
    asterisk.leave_bridge(talk.phone)
    asterisk.hang_up(talk.phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    (fact,) = watched.told(TalkEnded)
    assert isinstance(fact, TalkEnded)
    assert (fact.at, fact.by) == (ended, "unknown")
    assert watched.seat("8001") == "ready"
    assert not watched.told(CallEnded), "the caller goes on in the dialplan"
    asterisk.leave_bridge(talk.caller)
    asterisk.hang_up(talk.caller)
    watched.later()
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_an_agent_whose_caller_goes_on_with_somebody_else_has_wrap_up_from_the_own_end_of_the_talk() -> None:
    """Whom a supervisor takes over, or another tool takes away: AgentComplete comes when that caller hangs up."""
    watched = signed_in("8001", wraps={"claims": 8})
    asterisk = watched.asterisk
    (member,) = asterisk.members
    for taken in (True, True, False):
        talk = a_talk(watched, member)
        asterisk.wait(10_000)
        asterisk.leave_bridge(talk.phone)
        if taken:
            member.last_call = asterisk.now // 1000
        asterisk.device("PJSIP/8001", "NOT_INUSE")
        asterisk.hang_up(talk.phone)
        watched.later(1000)
        assert watched.seat("8001") == ("acw" if taken else "ready")
        watched.later(8000)
        assert watched.seat("8001") == "ready"
        asterisk.complete(talk, "caller")
        asterisk.hang_up(talk.caller)
        watched.later()
        assert watched.seat("8001") == "ready", "the queue's late word changes nothing"
    watched.prove()


# Hold


def test_hold_is_shown_and_its_time_is_no_talk_time() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.wait(10_000)
    asterisk.hold(talk.phone)
    watched.see()
    assert (watched.states(), watched.seat("8001")) == (["hold"], "hold")
    asterisk.wait(20_000)
    asterisk.hold(talk.phone, False)
    watched.see()
    assert (watched.states(), watched.seat("8001")) == (["talking"], "talking")
    asterisk.wait(5000)
    asterisk.hold(talk.phone)
    asterisk.wait(1000)
    asterisk.end(talk)
    watched.later()
    (leg,) = watched.legs.values()
    assert (leg.talk_ms, leg.hold_ms) == (15_000, 21_000)
    watched.prove()


def test_what_an_agent_does_with_a_second_line_does_not_hold_the_customer() -> None:
    watched = signed_in("8001", "8002")
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.hold(talk.phone)
    second = asterisk.line("PJSIP/8001", state=4)
    asterisk.up(second)
    asterisk.hold(second)
    asterisk.hold(second, False)
    watched.see()
    assert watched.states() == ["hold"], "it is the colleague who was taken back"
    asterisk.hold(talk.phone, False)
    asterisk.hold(second)
    watched.see()
    assert watched.states() == ["talking"]
    assert len(watched.told(HoldStarted)) == len(watched.told(HoldEnded)) == 1


# What may be wrong with the stream


def test_every_event_may_come_twice() -> None:
    watched = signed_in("8001", "8002", wraps={"claims": 5})
    asterisk, (first, second) = watched.asterisk, watched.asterisk.members
    stay = asterisk.join(asterisk.caller(), "claims")
    phone = asterisk.ring(stay, first)
    asterisk.wait(10_000)
    asterisk.no_answer(stay, first, phone, 10_000)
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    talk = asterisk.answer(stay, second, asterisk.ring(stay, second))
    asterisk.hold(talk.phone)
    asterisk.wait(3000)
    asterisk.hold(talk.phone, False)
    asterisk.end(talk)
    lost = asterisk.join(asterisk.caller(OTHER_CALLER), "claims")
    asterisk.wait(3000)
    asterisk.give_up(lost)
    for message in asterisk.take_said():
        watched.see(message)
        watched.see(message)
    watched.later(9000)
    assert watched.outcomes() == [("claims", "answered", None), ("claims", "abandoned", None)]
    assert [fact.agent for fact in watched.facts if isinstance(fact, AttemptStarted)] == ["8001", "8002"]
    assert len(watched.told(HoldStarted)) == len(watched.told(TalkEnded)) == len(watched.told(LegAbandoned)) == 1
    assert len(watched.told(CallArrived)) == len(watched.told(CallEnded)) == 2
    watched.prove()


def test_stamps_that_step_back_do_not_turn_the_clock_back() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.wait(10_000)
    asterisk.complete(talk)
    for act in (asterisk.leave_bridge, asterisk.hang_up):
        asterisk.wait(-15)
        act(talk.phone)
        act(talk.caller)
    asterisk.wait(30)
    watched.later()
    times = [fact.at for fact in watched.facts]
    assert times == sorted(times)
    assert [leg.talk_ms for leg in watched.legs.values()] == [10_000]
    watched.prove()


def test_the_servers_clock_is_put_right_by_what_it_is_off() -> None:
    watched = signed_in("8001")
    watched.model.offset_ms = 90_000
    a_wait(watched)
    assert [call.joined_at for call in watched.calls()] == [START + 90_000]


def test_a_clock_that_jumps_an_hour_ahead_does_not_take_the_floor_with_it() -> None:
    watched = signed_in("8001")
    a_wait(watched)
    joined = watched.model.now
    stamp = joined + 3_600_000
    watched.model.take(Message(f"Event: Reload\r\nTimestamp: {stamp // 1000}.000000\r\nModule: app_queue"), joined + 5)
    assert watched.model.now <= joined + 1_005
