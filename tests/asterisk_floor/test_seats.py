"""Seats by Asterisk's events: wrap-up, pauses, phones that are lost or in use without a call, calls of their own."""

from __future__ import annotations

import pytest

from feeds.entities import Seat
from feeds.facts import WorkEnded
from tests.asterisk_floor.paper import OTHER_CALLER, message_of
from tests.asterisk_floor.stories import a_talk, a_wait
from tests.asterisk_floor.watched import Watched, signed_in

# Wrap-up


@pytest.mark.parametrize(("by_queue", "by_member", "lasts"), [(0, 0, 0), (10, 0, 10), (0, 20, 20), (10, 20, 20)])
def test_wrap_up_is_the_members_own_or_the_queues_or_none(by_queue: int, by_member: int, lasts: int) -> None:
    watched = Watched(wraps={"claims": by_queue} if by_queue else None)
    asterisk = watched.asterisk
    asterisk.member("claims", "8001", wrapup=by_member)
    watched.meet()
    talk = a_talk(watched, asterisk.members[0])
    asterisk.wait(10_400)
    asterisk.end(talk)
    ended = asterisk.now
    watched.later(1000)
    assert watched.seat("8001") == ("acw" if lasts else "ready")
    watched.later(lasts * 1000)
    assert watched.seat("8001") == "ready"
    over = [fact.at for fact in watched.told(WorkEnded)]
    assert over == ([ended - ended % 1000 + lasts * 1000] if lasts else []), "counted in whole seconds"
    watched.prove()


def test_wrap_up_times_are_read_from_the_configuration_unless_the_site_says_otherwise() -> None:
    watched = signed_in("8001", queues=("claims", "inquiry"), wraps={"inquiry": 3})
    config = {
        "Response": "Success", "Category-000000": "general", "Line-000000-000000": "shared_lastcall=yes",
        "Category-000001": "claims", "Line-000001-000000": "strategy=linear", "Line-000001-000001": "wrapuptime=7",
        "Category-000002": "inquiry", "Line-000002-000000": "wrapuptime=9",
        "Category-000003": "unheard", "Line-000003-000000": "wrapuptime=garbage",
    }  # fmt: skip
    watched.model.use_wraps(message_of(config))
    assert watched.model.people.queue_wraps == {"claims": 7, "inquiry": 3}
    del config["Line-000001-000001"]
    watched.model.use_wraps(message_of(config))
    assert watched.model.people.queue_wraps == {"inquiry": 3}, "a line that is gone counts no more"


def test_a_call_of_another_queue_that_comes_during_wrap_up_ends_it() -> None:
    watched = Watched(wraps={"claims": 30})
    asterisk = watched.asterisk
    claims, inquiry = asterisk.member("claims", "8001"), asterisk.member("inquiry", "8001")
    watched.meet()
    asterisk.end(a_talk(watched, claims))
    watched.later(5000)
    assert watched.seat("8001") == "acw"
    stay = a_wait(watched, "inquiry", OTHER_CALLER)
    phone = asterisk.ring(stay, inquiry)
    watched.see()
    assert watched.seat("8001") == "ringing"
    assert watched.states() == ["acw", "ringing"]
    asterisk.wait(2000)
    answered = asterisk.now
    talk = asterisk.answer(stay, inquiry, phone)
    watched.see()
    assert watched.states() == ["talking"]
    assert [fact.at for fact in watched.told(WorkEnded)] == [answered]
    asterisk.wait(60_000)
    asterisk.end(talk)
    watched.later()
    assert watched.seat("8001") == "ready"
    watched.prove()


def test_who_misses_a_call_during_wrap_up_is_in_wrap_up_again() -> None:
    watched = Watched(wraps={"claims": 30})
    asterisk = watched.asterisk
    claims, inquiry = asterisk.member("claims", "8001"), asterisk.member("inquiry", "8001")
    watched.meet()
    asterisk.end(a_talk(watched, claims))
    stay = a_wait(watched, "inquiry", OTHER_CALLER)
    phone = asterisk.ring(stay, inquiry)
    asterisk.wait(5000)
    asterisk.no_answer(stay, inquiry, phone, 5000)
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(1000)
    assert watched.seats_told("8001")[-3:] == ["acw", "ringing", "acw"]
    watched.later(30_000)
    assert watched.seat("8001") == "ready"


# Pauses


@pytest.mark.parametrize(
    ("reason", "state"), [("小休", "break"), ("会议", "meeting"), ("LUNCH", "break"), ("walkies", "busy"), ("", "busy")]
)
def test_a_pause_in_all_queues_is_what_its_reason_says(reason: str, state: str) -> None:
    watched = signed_in("8001", queues=("claims", "inquiry"))
    asterisk = watched.asterisk
    asterisk.pause("8001", True, reason)
    watched.see()
    seat = watched.entity("seat:s8001")
    assert isinstance(seat, Seat)
    assert (seat.state, seat.reason, seat.by) == (state, reason, "")
    asterisk.pause("8001", False)
    watched.see()
    assert watched.seats_told("8001") == ["ready", state, "ready"]


def test_a_pause_in_one_of_several_queues_is_none() -> None:
    watched = signed_in("8001", queues=("claims", "inquiry"))
    watched.asterisk.pause("8001", True, "小休", ("claims",))
    watched.later()
    assert watched.seats_told("8001") == ["ready"]
    watched.asterisk.pause("8001", True, "小休", ("inquiry",))
    watched.see()
    assert watched.seat("8001") == "break"
    watched.asterisk.pause("8001", False, "", ("inquiry",))
    watched.see()
    assert watched.seat("8001") == "ready"


def test_the_last_queue_without_a_pause_is_left_and_the_seat_is_paused() -> None:
    watched = signed_in("8001", queues=("claims", "inquiry"))
    asterisk = watched.asterisk
    asterisk.pause("8001", True, "小休", ("claims",))
    asterisk.remove(asterisk.members[1])
    watched.see()
    assert watched.seat("8001") == "break"


def test_a_phone_that_was_not_answered_is_paused_by_asterisk_as_not_responding() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    stay = a_wait(watched)
    phone = asterisk.ring(stay, asterisk.members[0])
    asterisk.wait(10_000)
    asterisk.no_answer(stay, asterisk.members[0], phone, 10_000)
    asterisk.pause("8001", True, "Auto-Pause")
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    assert watched.seat("8001") == "not_responding"


def test_who_paused_somebody_is_named_for_that_pause_only() -> None:
    watched = signed_in("8001")
    asterisk, people = watched.asterisk, watched.model.people
    person = people.get("8001")
    assert person is not None

    def by() -> str:
        seat = watched.entity("seat:s8001")
        assert isinstance(seat, Seat)
        return seat.by

    people.force(person, "supervisor")
    asterisk.pause("8001", True, "会议")
    watched.see()
    assert by() == "supervisor"
    asterisk.pause("8001", False)
    asterisk.pause("8001", True, "会议")
    watched.see()
    assert by() == "", "this pause is the agent's own"
    people.force(person, "supervisor")
    (member,) = asterisk.members
    asterisk.remove(member)
    watched.see()
    assert watched.seat("8001") == "offline"
    member.paused, member.reason = True, "会议"
    asterisk.members.append(member)
    asterisk.tell_member(member, "QueueMemberAdded")
    watched.see()
    assert (watched.seat("8001"), by()) == ("meeting", ""), "who signs in paused has done so himself"


# Who is there


def test_a_member_who_is_added_is_ready_and_one_who_is_removed_is_gone() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    member = asterisk.member("claims", "8002", dynamic=True)
    asterisk.tell_member(member, "QueueMemberAdded")
    watched.see()
    assert watched.seat("8002") == "ready"
    assert watched.entity("agent:8002") is not None
    asterisk.remove(member)
    watched.see()
    assert watched.seats_told("8002") == ["ready", "offline"]


@pytest.mark.parametrize(("dynamic", "state"), [(False, "offline"), (True, "fault")])
def test_a_lost_phone_is_a_fault_of_who_signed_in_and_absence_of_who_is_configured(dynamic: bool, state: str) -> None:
    watched = Watched()
    watched.asterisk.member("claims", "8001", dynamic=dynamic)
    watched.meet()
    assert watched.seat("8001") == "ready"
    watched.asterisk.device("PJSIP/8001", "UNAVAILABLE")
    watched.see()
    assert watched.seat("8001") == state
    watched.asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.see()
    assert watched.seat("8001") == "ready"


def test_a_phone_of_which_nothing_is_known_is_unknown_not_ready() -> None:
    watched = signed_in("8001")
    watched.asterisk.device("PJSIP/8001", "UNKNOWN")
    watched.see()
    seat = watched.entity("seat:s8001")
    assert isinstance(seat, Seat)
    assert (seat.state, seat.reason, seat.doubt) == ("unknown", "", ["device_unknown"])
    assert seat.doubt_since == seat.since


def test_a_device_in_use_without_a_call_is_unknown_after_three_seconds_and_ready_again() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    asterisk.device("PJSIP/8001", "INUSE")
    watched.later(2900)
    assert watched.seat("8001") == "ready"
    watched.later(200)
    assert watched.seat("8001") == "unknown"
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(100)
    assert watched.seats_told("8001") == ["ready", "unknown", "ready"]


def test_each_time_a_device_is_in_use_without_a_call_has_three_seconds_of_its_own() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    asterisk.device("PJSIP/8001", "INUSE")
    watched.later(1000)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(1900)
    asterisk.device("PJSIP/8001", "INUSE")
    watched.later(1000)
    assert watched.seats_told("8001") == ["ready"]
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(5000)
    assert watched.seats_told("8001") == ["ready"]


def test_a_call_out_is_shown_as_one_and_a_call_to_a_colleague_as_internal() -> None:
    watched = signed_in("8001", "8002")
    asterisk = watched.asterisk
    line = asterisk.line("PJSIP/8001", state=4)
    asterisk.device("PJSIP/8001", "INUSE")
    trunk = asterisk.line("PJSIP/trunk", line, context="from-trunk")
    watched.see()
    assert watched.seat("8001") == "outbound"
    asterisk.up(trunk)
    asterisk.enter(trunk, "out")
    asterisk.enter(line, "out")
    watched.later()
    assert watched.seat("8001") == "outbound"
    for one in (trunk, line):
        asterisk.leave_bridge(one)
        asterisk.hang_up(one)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    assert watched.seats_told("8001") == ["ready", "outbound", "ready"]
    assert "CallArrived" not in watched.kinds()
