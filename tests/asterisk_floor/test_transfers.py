"""Callers who are passed on: before, behind and between the other words that tell of it."""

from __future__ import annotations

import itertools

import pytest

from feeds.facts import CallEnded, LegTransferred, TalkEnded
from feeds.records import LegRecord
from tests.asterisk_floor.paper import Line, Talk
from tests.asterisk_floor.stories import a_talk
from tests.asterisk_floor.watched import Watched, signed_in

FOUR = ("transfer", "complete", "apart", "join")


def passed_on(watched: Watched, order: tuple[str, ...]) -> tuple[LegRecord, LegRecord]:
    """A blind transfer into the other queue, told in an order: both legs when all is over."""
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.wait(10_000)

    def apart() -> None:
        asterisk.leave_bridge(talk.phone)
        asterisk.leave_bridge(talk.caller)
        asterisk.hang_up(talk.phone)

    acts = {
        "transfer": lambda: asterisk.blind(talk, "95502"), "complete": lambda: asterisk.complete(talk, "transfer"),
        "apart": apart, "join": lambda: asterisk.join(talk.caller, "inquiry"),
    }  # fmt: skip
    for word in order:
        acts[word]()
        asterisk.wait(2)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    assert watched.states("inquiry") == ["waiting"]
    (stay,) = asterisk.stays
    second = asterisk.answer(stay, asterisk.members[1], asterisk.ring(stay, asterisk.members[1]))
    watched.later()
    asterisk.end(second, "caller")
    watched.later(10_000)
    first, last = sorted(watched.legs.values(), key=lambda leg: leg.joined_at)
    return first, last


@pytest.mark.parametrize("order", list(itertools.permutations(FOUR)))
def test_a_blind_transfer_is_one_in_every_order_of_its_words(order: tuple[str, ...]) -> None:
    watched = Watched(wraps={"claims": 5})
    watched.asterisk.member("claims", "8001")
    watched.asterisk.member("inquiry", "8002")
    watched.meet()
    first, second = passed_on(watched, order)
    assert (first.transferred, first.agent, second.agent) == ("blind", "8001", "8002")
    assert second.came_from == first.leg
    assert first.talk_ms == 10_000, "it ended with the first word of it"
    assert [fact.by for fact in watched.told(TalkEnded)][:1] == ["transfer"]  # type: ignore[attr-defined]
    assert "acw" in watched.seats_told("8001"), "who passes a call on has wrap-up too"
    assert watched.figure("claims", "transfers") == 1
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_transfer_that_failed_changes_nothing() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    before = len(watched.facts)
    asterisk.blind(talk, "95502", "Fail")
    asterisk.attended(talk.phone, talk.phone, "Fail")
    watched.later()
    assert watched.kinds()[before:] == []
    assert watched.states() == ["talking"]


def consultation(watched: Watched) -> tuple[Talk, Line, Line]:
    """The first agent talks, holds, and has called the second one: the talk, his second line, the colleague's phone."""
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.wait(5000)
    asterisk.hold(talk.phone)
    second = asterisk.line("PJSIP/8001", state=4)
    colleague = asterisk.line("PJSIP/8002", second)
    asterisk.rings(colleague)
    asterisk.up(colleague)
    asterisk.up(second)
    asterisk.enter(colleague, "consult")
    asterisk.enter(second, "consult")
    asterisk.device("PJSIP/8002", "INUSE")
    watched.see()
    assert [watched.seat(agent) for agent in ("8001", "8002")] == ["hold", "internal"]
    return talk, second, colleague


@pytest.mark.parametrize("order", list(itertools.permutations(("transfer", "complete", "swap"))))
def test_an_attended_transfer_is_one_in_every_order_of_its_words(order: tuple[str, ...]) -> None:
    watched = signed_in("8001", "8002", wraps={"claims": 5})
    asterisk = watched.asterisk
    talk, second, colleague = consultation(watched)

    def swap() -> None:
        asterisk.leave_bridge(talk.phone)
        asterisk.leave_bridge(second)
        asterisk.leave_bridge(colleague)
        asterisk.enter(colleague, talk.caller.bridge)
        asterisk.hang_up(second)
        asterisk.hang_up(talk.phone)

    acts = {
        "transfer": lambda: asterisk.attended(talk.phone, second),
        "complete": lambda: asterisk.complete(talk, "transfer"), "swap": swap,
    }  # fmt: skip
    for word in order:
        acts[word]()
        asterisk.wait(2)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(1000)
    assert [watched.seat(agent) for agent in ("8001", "8002")] == ["acw", "talking"]
    assert [fact.kind for fact in watched.told(LegTransferred)] == ["attended"]  # type: ignore[attr-defined]
    watched.later(6000)
    (leg,) = watched.legs.values()
    assert (leg.transferred, leg.agent) == ("attended", "8001")
    assert watched.books() == {"offered": 1, "answered": 1}
    before = len(watched.facts)
    watched.meet()
    assert watched.books() == {"offered": 1, "answered": 1}, "no agent of the queue has this call any more"
    assert len(watched.facts) == before
    asterisk.leave_bridge(colleague)
    asterisk.hang_up(talk.caller)
    asterisk.hang_up(colleague)
    asterisk.device("PJSIP/8002", "NOT_INUSE")
    watched.later()
    assert watched.seat("8002") == "ready"
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_second_line_that_is_passed_on_leaves_the_customer_with_the_agent() -> None:
    watched = signed_in("8001", "8002")
    asterisk = watched.asterisk
    talk, second, colleague = consultation(watched)
    asterisk.blind(Talk(colleague, second, "claims", asterisk.members[0], 0), "8003")
    asterisk.leave_bridge(second)
    asterisk.hang_up(second)
    asterisk.hold(talk.phone, False)
    watched.later()
    assert not watched.told(LegTransferred)
    assert watched.talking() == {(talk.caller.unique, "8001")}


def test_who_gets_the_same_caller_back_at_once_has_two_conversations() -> None:
    watched = signed_in("8001")
    asterisk, (member,) = watched.asterisk, watched.asterisk.members
    talk = a_talk(watched, member)
    asterisk.wait(5000)
    asterisk.blind(talk, "95501")
    asterisk.leave_bridge(talk.phone)
    asterisk.leave_bridge(talk.caller)
    asterisk.hang_up(talk.phone)
    stay = asterisk.join(talk.caller, "claims")
    asterisk.wait(50)
    second = asterisk.answer(stay, member, asterisk.ring(stay, member))
    asterisk.complete(talk, "transfer", without="all")
    watched.later()
    assert watched.states() == ["talking"]
    asterisk.wait(9000)
    asterisk.end(second)
    watched.later()
    legs = sorted(watched.legs.values(), key=lambda leg: leg.joined_at)
    assert [(leg.transferred, leg.talk_ms) for leg in legs] == [("blind", 5000), ("", 12_000)]
    watched.prove()


def test_a_caller_who_is_passed_on_to_a_full_queue_was_answered_and_then_refused() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    talk = a_talk(watched, asterisk.members[0])
    asterisk.blind(talk, "95502")
    asterisk.leave_bridge(talk.phone)
    asterisk.floor_end(talk.caller, "inquiry", "FULL")
    asterisk.complete(talk, "transfer")
    asterisk.hang_up(talk.phone)
    asterisk.hang_up(talk.caller)
    watched.later()
    assert watched.books("claims") == {"offered": 1, "answered": 1}
    assert watched.books("inquiry") == {"offered": 1, "blocked": 1}
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_caller_who_takes_the_place_of_an_agents_waiting_call_goes_on_waiting() -> None:
    watched = Watched(wraps={"claims": 5})
    asterisk = watched.asterisk
    first = asterisk.member("claims", "8001")
    second = asterisk.member("inquiry", "8002")
    watched.meet()
    talk = a_talk(watched, first)
    asterisk.wait(3000)
    asterisk.hold(talk.phone)
    own = asterisk.line("PJSIP/8001", state=4, number="8001")
    asterisk.up(own)
    stay = asterisk.join(own, "inquiry")
    asterisk.wait(2000)
    watched.see()
    asterisk.place_taken(talk, stay)
    watched.later(2000)
    assert watched.states("inquiry") == ["waiting"]
    assert watched.books("inquiry") == {"offered": 1}, "nobody has given up"
    assert watched.differences() == set()
    assert watched.seat("8001") == "acw"
    phone = asterisk.ring(stay, second)
    asterisk.wait(1000)
    inquiry = asterisk.answer(stay, second, phone)
    watched.later()
    assert watched.seat("8002") == "talking"
    asterisk.wait(4000)
    asterisk.end(inquiry)
    watched.later(10_000)
    legs = sorted(watched.legs.values(), key=lambda leg: leg.joined_at)
    assert [(leg.queue, leg.outcome, leg.agent, leg.transferred) for leg in legs] == [
        ("claims", "answered", "8001", "attended"), ("inquiry", "answered", "8002", ""),
    ]  # fmt: skip
    assert legs[1].wait_ms == 5000, "since the agent's call joined"
    assert len(watched.told(CallEnded)) == 2
    assert not watched.calls()
    watched.prove()


def test_an_agent_to_whose_talk_another_agent_adds_the_customer_is_on_the_phone_until_the_end() -> None:
    watched = Watched(wraps={"inquiry": 2})
    asterisk = watched.asterisk
    asterisk.member("claims", "8001")
    member = asterisk.member("inquiry", "8002")
    watched.meet()
    own = asterisk.line("PJSIP/8001", state=4, number="8001")
    asterisk.up(own)
    stay = asterisk.join(own, "inquiry")
    talk = asterisk.answer(stay, member, asterisk.ring(stay, member))
    asterisk.wait(3000)
    between = asterisk.line("Local/_attended@transfer", end=";2")
    bridge = talk.phone.bridge
    asterisk.complete(talk, "caller")
    asterisk.leave_bridge(own)
    asterisk.enter(between, bridge)
    asterisk.hang_up(own)
    watched.later(1500)
    assert watched.seat("8002") == "talking"
    watched.later(5000)
    assert watched.seat("8002") == "talking"
    asterisk.leave_bridge(between)
    asterisk.leave_bridge(talk.phone)
    asterisk.hang_up(talk.phone)
    asterisk.hang_up(between)
    asterisk.device("PJSIP/8002", "NOT_INUSE")
    watched.later()
    assert watched.seat("8002") == "ready"
    watched.prove()


def test_who_picks_up_a_call_that_rings_elsewhere_is_who_talks() -> None:
    watched = signed_in("8001", "8002", wraps={"claims": 5})
    asterisk = watched.asterisk
    stay = asterisk.join(asterisk.caller(), "claims")
    rung = asterisk.ring(stay, asterisk.members[0])
    asterisk.wait(2000)
    watched.see()
    taking = asterisk.line("PJSIP/8002", state=4, number="8002")
    asterisk.up(taking)
    asterisk.hang_up(rung)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    asterisk.device("PJSIP/8002", "INUSE")
    asterisk.leave(stay)
    talk = asterisk.connect(stay, asterisk.members[0], taking)
    asterisk.enter(taking, "picked-up")
    asterisk.enter(stay.caller, "picked-up")
    watched.later(1000)
    assert [watched.seat(agent) for agent in ("8001", "8002")] == ["ready", "talking"]
    assert watched.talking() == {(stay.caller.unique, "8002")}
    asterisk.wait(5000)
    asterisk.end(talk)
    asterisk.device("PJSIP/8002", "NOT_INUSE")
    watched.later(1000)
    assert watched.seat("8002") == "ready", "wrap-up is the member's whom the queue had called"
    (leg,) = watched.legs.values()
    assert (leg.outcome, leg.agent) == ("answered", "8002")
    watched.prove()
