"""How waits end, and phones that ring meanwhile: given up, moved, timed out, refused, missed, busy or answered."""

from __future__ import annotations

import pytest

from feeds.entities import AgentDay
from feeds.facts import AttemptEnded, CallArrived, CallEnded, LegBlocked, LegFlowedOut
from tests.asterisk_floor.paper import CALLER
from tests.asterisk_floor.stories import a_wait
from tests.asterisk_floor.watched import signed_in


def test_a_caller_who_gives_up_is_abandoned_at_the_moment_of_the_abandon() -> None:
    watched = signed_in("8001")
    stay = a_wait(watched)
    watched.asterisk.wait(7000)
    watched.asterisk.give_up(stay)
    watched.later()
    assert watched.outcomes() == [("claims", "abandoned", None)]
    assert [leg.wait_ms for leg in watched.legs.values()] == [7000]
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_caller_who_gives_up_while_a_phone_rings_is_no_ring_no_answer() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    stay = a_wait(watched)
    phone = asterisk.ring(stay, asterisk.members[0])
    asterisk.wait(3000)
    asterisk.abandon(stay)
    asterisk.leave(stay)
    asterisk.dial_end(stay, phone, "CANCEL")
    asterisk.hang_up(phone)
    asterisk.hang_up(stay.caller)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    (leg,) = watched.legs.values()
    assert (leg.outcome, leg.while_ringing, leg.missed_at) == ("abandoned", True, [])
    assert watched.seat("8001") == "ready"
    assert watched.figure("claims", "ring_no_answer") == 0
    watched.prove()


@pytest.mark.parametrize("joins_ms", [5, 5000])
def test_a_caller_whom_the_gateway_moves_waits_in_the_other_queue_and_has_abandoned_nothing(joins_ms: int) -> None:
    watched = signed_in("8001")
    stay = a_wait(watched)
    caller = watched.model.calls.get(stay.caller.unique)
    assert caller is not None
    caller.moved_by_us = True
    watched.asterisk.abandon(stay)
    watched.asterisk.leave(stay)
    watched.asterisk.wait(joins_ms)
    second = watched.asterisk.join(stay.caller, "inquiry")
    watched.later()
    assert watched.outcomes() == [("claims", "flow_out", "queue")]
    assert [(call.queue, call.key) for call in watched.calls()] == [("inquiry", f"call:{stay.caller.unique}#2")]
    watched.asterisk.give_up(second)
    watched.later()
    assert watched.outcomes()[1:] == [("inquiry", "abandoned", None)], "the word counts for one move only"
    watched.prove()


def test_a_caller_whom_the_gateway_sends_away_had_time_left() -> None:
    watched = signed_in("8001")
    stay = a_wait(watched)
    caller = watched.model.calls.get(stay.caller.unique)
    assert caller is not None
    caller.moved_by_us = True
    watched.asterisk.leave(stay)
    watched.later()
    assert watched.outcomes() == [("claims", "flow_out", "queue")]


@pytest.mark.parametrize("abandons", [True, False])
@pytest.mark.parametrize(
    ("status", "kind"),
    [("TIMEOUT", "timeout"), ("LEAVEEMPTY", "no_agent"), ("LEAVEUNAVAIL", "no_agent"), ("WITHDRAW", "queue")],
)
def test_the_dialplans_word_says_why_a_caller_left_whose_channel_lives_on(
    status: str, kind: str, abandons: bool
) -> None:
    """Asterisk tells a caller whose time is up, or whose queue is empty, as one who gave up."""
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    asterisk.wait(20_000)
    if abandons:
        asterisk.abandon(stay)
    asterisk.leave(stay)
    asterisk.wait(2)
    asterisk.floor_end(stay.caller, "claims", status)
    asterisk.hang_up(stay.caller)
    watched.later()
    assert watched.outcomes() == [("claims", "flow_out", kind)]
    assert watched.books() == {"offered": 1, "flowed_out": 1}
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_caller_whose_time_is_up_in_the_queue_that_took_the_overflow_leaves_that_one() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched, "inquiry")
    asterisk.abandon(stay)
    asterisk.leave(stay)
    asterisk.floor_end(stay.caller, "claims", "TIMEOUT", "overflow:inquiry")
    asterisk.hang_up(stay.caller)
    watched.later()
    assert watched.outcomes() == [("inquiry", "flow_out", "timeout")]
    watched.prove()


def test_who_leaves_by_a_key_has_gone_back_to_the_menu() -> None:
    watched = signed_in("8001")
    stay = a_wait(watched)
    watched.asterisk.wait(9000)
    watched.asterisk.leave(stay)
    watched.see()
    assert watched.states() == ["waiting"], "perhaps an agent is just being connected"
    watched.later()
    assert watched.outcomes() == [("claims", "flow_out", "ivr")]
    assert [leg.wait_ms for leg in watched.legs.values()] == [9000]
    watched.prove()


def test_a_dialplan_that_says_nothing_hangs_up_on_who_has_waited_long_enough_and_nobody_has_given_up() -> None:
    watched = signed_in("8001")
    asterisk, first = watched.asterisk, a_wait(watched)
    asterisk.wait(3000)
    asterisk.far_end_gone(first.caller)
    asterisk.give_up(first)
    second = a_wait(watched)
    third = a_wait(watched)
    asterisk.wait(9000)
    asterisk.abandon(second)
    asterisk.leave(second)
    asterisk.far_end_gone(second.caller, soft=True)
    asterisk.hang_up(second.caller)
    asterisk.far_end_gone(third.caller, soft=True)
    asterisk.give_up(third)
    watched.later()
    assert watched.outcomes() == [
        ("claims", "abandoned", None), ("claims", "flow_out", "timeout"), ("claims", "abandoned", None),
    ]  # fmt: skip
    assert watched.books() == {"offered": 3, "abandoned": 2, "flowed_out": 1}
    watched.prove()


@pytest.mark.parametrize(("routed", "kind"), [(True, "ivr"), (False, "timeout")])
def test_who_is_out_of_the_queue_without_a_word_was_sent_on_where_the_dialplan_speaks_else_waited_too_long(
    routed: bool, kind: str
) -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    caller = asterisk.caller()
    if routed:
        asterisk.floor_route(caller, "claims")
    stay = asterisk.join(caller, "claims")
    asterisk.wait(9000)
    asterisk.abandon(stay)
    asterisk.leave(stay)
    watched.later()
    assert watched.outcomes() == [("claims", "flow_out", kind)]
    asterisk.hang_up(caller)
    watched.later()
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_an_announcement_to_the_agent_may_last_and_is_no_timeout() -> None:
    watched = signed_in("8001")
    asterisk, (member,) = watched.asterisk, watched.asterisk.members
    stay = a_wait(watched)
    phone = asterisk.ring(stay, member)
    asterisk.up(phone)
    asterisk.leave(stay)
    watched.later(8000)
    assert not watched.told(LegFlowedOut)
    asterisk.connect(stay, member, phone)
    watched.later()
    assert watched.states() == ["talking"]
    watched.prove()


@pytest.mark.parametrize(("status", "reason"), [("FULL", "full"), ("JOINEMPTY", "closed"), ("JOINUNAVAIL", "closed")])
@pytest.mark.parametrize("context", ["from-trunk", "from-elsewhere"])
def test_a_queue_that_cannot_be_joined_is_a_request_that_was_refused(status: str, reason: str, context: str) -> None:
    watched = signed_in("8001")
    caller = watched.asterisk.caller(context=context)
    watched.asterisk.floor_end(caller, "claims", status)
    watched.asterisk.hang_up(caller)
    watched.later()
    (blocked,) = watched.told(LegBlocked)
    assert isinstance(blocked, LegBlocked)
    assert (blocked.queue, blocked.reason, blocked.number) == ("claims", reason, CALLER)
    assert watched.books() == {"offered": 1, "blocked": 1}
    assert len(watched.told(CallArrived)) == len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_full_queue_that_should_have_taken_an_overflow_is_the_one_that_refused() -> None:
    watched = signed_in("8001")
    caller = watched.asterisk.caller()
    watched.asterisk.floor_end(caller, "claims", "FULL", "overflow:inquiry")
    watched.later()
    assert watched.books("claims") == {}
    assert watched.books("inquiry") == {"offered": 1, "blocked": 1}


def test_a_caller_who_is_sent_on_to_a_full_queue_has_flowed_out_of_one_and_was_refused_by_the_other() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    asterisk.abandon(stay)
    asterisk.leave(stay)
    asterisk.wait(5)
    asterisk.floor_end(stay.caller, "inquiry", "FULL")
    asterisk.hang_up(stay.caller)
    watched.later()
    assert watched.books("claims") == {"offered": 1, "flowed_out": 1}
    assert watched.books("inquiry") == {"offered": 1, "blocked": 1}
    watched.prove()


# Attempts


def test_a_busy_phone_was_called_and_has_rejected() -> None:
    watched = signed_in("8001", "8002")
    asterisk, (busy, other) = watched.asterisk, watched.asterisk.members
    stay = a_wait(watched)
    phone = asterisk.phone_of(stay, busy)
    asterisk.called(stay, busy, phone)
    asterisk.dial_end(stay, phone, "BUSY")
    asterisk.hang_up(phone, 17)
    asterisk.wait(4)
    asterisk.no_answer(stay, busy, phone, 0)
    asterisk.wait(1000)
    asterisk.answer(stay, other, asterisk.ring(stay, other))
    watched.later()
    results = [(fact.agent, fact.result) for fact in watched.facts if isinstance(fact, AttemptEnded)]
    assert results == [("8001", "rejected"), ("8002", "answered")]
    assert watched.talking() == {(stay.caller.unique, "8002")}
    assert watched.figure("claims", "ring_no_answer") == 1
    watched.prove()


@pytest.mark.parametrize("told_first", [True, False])
def test_a_phone_that_nobody_answers_is_one_attempt_however_often_its_end_is_told(told_first: bool) -> None:
    watched = signed_in("8001")
    asterisk, (member,) = watched.asterisk, watched.asterisk.members
    stay = a_wait(watched)
    phone = asterisk.ring(stay, member)
    asterisk.wait(15_000)
    asterisk.dial_end(stay, phone, "NOANSWER")
    if told_first:
        asterisk.no_answer(stay, member, phone, 15_000)
    asterisk.dial_end(stay, phone, "CANCEL")
    asterisk.hang_up(phone)
    watched.see()
    assert watched.seat("8001") == "ready", "also while the word why is missing"
    if not told_first:
        asterisk.wait(20)
        asterisk.no_answer(stay, member, phone, 15_000)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    assert [fact.result for fact in watched.facts if isinstance(fact, AttemptEnded)] == ["no_answer"]
    assert (watched.states(), watched.seat("8001")) == (["waiting"], "ready")
    agent = watched.entity("agent:8001")
    assert isinstance(agent, AgentDay)
    assert (agent.attempts, agent.no_answers) == (1, 1)
    watched.prove()


def test_of_all_phones_that_ring_one_is_answered_and_the_others_have_missed_nothing() -> None:
    watched = signed_in("8001", "8002", "8003")
    asterisk = watched.asterisk
    stay = a_wait(watched)
    phones = [asterisk.ring(stay, member) for member in asterisk.members]
    watched.see()
    assert [watched.seat(agent) for agent in ("8001", "8002", "8003")] == ["ringing"] * 3
    asterisk.wait(2000)
    asterisk.answer(stay, asterisk.members[1], phones[1])
    for place in (0, 2):
        asterisk.dial_end(stay, phones[place], "CANCEL")
        asterisk.hang_up(phones[place], 26)
        asterisk.device(asterisk.members[place].device, "NOT_INUSE")
    watched.later()
    assert [watched.seat(agent) for agent in ("8001", "8002", "8003")] == ["ready", "talking", "ready"]
    results = sorted((fact.agent, fact.result) for fact in watched.facts if isinstance(fact, AttemptEnded))
    assert results == [("8001", "caller_gone"), ("8002", "answered"), ("8003", "caller_gone")]
    assert watched.figure("claims", "ring_no_answer") == 0
    watched.prove()
