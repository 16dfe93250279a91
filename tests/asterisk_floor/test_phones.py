"""One phone, several ways: of two agents one after the other, behind Local channels, by two technologies or a hint."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from feeds.entities import Seat
from feeds.facts import CallEnded, SeatChanged
from tests.asterisk_floor.paper import NAMES, Line, Member, Talk, channel_of
from tests.asterisk_floor.stories import a_talk, a_wait
from tests.asterisk_floor.watched import Watched, signed_in

LOCAL = "Local/{}@from-queue/n"


def test_who_signs_in_at_a_phone_that_another_has_left_is_alone_there() -> None:
    watched = Watched()
    asterisk = watched.asterisk
    first = asterisk.member("claims", "8001", dynamic=True)
    watched.meet()
    asterisk.remove(first)
    second = Member("claims", "PJSIP/8001", NAMES["8002"], "PJSIP/8001", dynamic=True)
    asterisk.members.append(second)
    asterisk.tell_member(second, "QueueMemberAdded")
    watched.see()
    talk = a_talk(watched, second)
    watched.later()
    asterisk.end(talk)
    watched.later()
    seats = [fact for fact in watched.facts if isinstance(fact, SeatChanged) and fact.seat == "s8001"]
    told = [(fact.agent, fact.state) for fact in seats]
    assert told[:2] == [("8001", "ready"), ("", "offline")]
    assert {agent for agent, _ in told[2:]} == {"8002"}
    assert told[-1] == ("8002", "ready")
    watched.prove()


def local_talk(watched: Watched, member: Member) -> tuple[Talk, list[Line]]:
    """A talk with a phone behind a Local channel: the talk, the Local channel's other end and the phone."""
    asterisk = watched.asterisk
    stay = a_wait(watched)
    one = asterisk.phone_of(stay, member)
    two = asterisk.line(one.name.rpartition("-")[0], stay.caller, state=4)
    two.name = one.name[:-1] + "2"
    asterisk.said.pop()
    asterisk.say("Newchannel", channel_of(two))
    asterisk.called(stay, member, one)
    watched.see()
    phone = asterisk.line("PJSIP/8001", stay.caller, number="8001")
    watched.see()
    asterisk.say("DialBegin", channel_of(two), channel_of(phone, "Dest"), DialString="8001")
    for ringing in (phone, one):
        asterisk.rings(ringing)
        watched.see()
    asterisk.device("PJSIP/8001", "RINGING")
    watched.see()
    assert watched.seat("8001") == "ringing"
    asterisk.wait(3000)
    for line in (phone, two, one):
        asterisk.up(line)
    asterisk.enter(phone, "inner")
    asterisk.enter(two, "inner")
    asterisk.device("PJSIP/8001", "INUSE")
    asterisk.leave(stay)
    talk = asterisk.connect(stay, member, one)
    asterisk.enter(one, "outer")
    asterisk.enter(talk.caller, "outer")
    for message in asterisk.take_said():
        watched.see(message)
    assert watched.seats_told("8001") == ["ready", "ringing", "talking"]
    return talk, [two, phone]


@pytest.mark.parametrize("optimised", [False, True])
def test_a_phone_behind_a_local_channel_is_one_seat_all_the_way(optimised: bool) -> None:
    watched = Watched(wraps={"claims": 5})
    asterisk = watched.asterisk
    member = watched_local(watched)
    talk, (two, phone) = local_talk(watched, member)
    asterisk.wait(100)
    if optimised:  # the phone takes the place of the Local channel
        asterisk.leave_bridge(phone)
        asterisk.leave_bridge(talk.phone)
        asterisk.enter(phone, "outer")
        asterisk.leave_bridge(two)
        asterisk.hang_up(talk.phone)
        asterisk.hang_up(two)
    watched.later()
    assert (watched.states(), watched.seat("8001")) == (["talking"], "talking")
    found = watched.model.calls.leg(talk.caller.unique)
    assert found is not None
    assert watched.model.channels.behind(found[1].agent_channel) == phone.name
    asterisk.hold(phone)
    watched.see()
    assert watched.seat("8001") == "hold"
    asterisk.hold(phone, False)
    asterisk.wait(10_000)
    asterisk.complete(talk, "agent", without="Dest")
    asterisk.leave_bridge(talk.caller)
    for line in [phone] if optimised else [talk.phone, two, phone]:
        asterisk.leave_bridge(line)
        asterisk.hang_up(line)
    asterisk.hang_up(talk.caller)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    for message in asterisk.take_said():
        watched.see(message)
    watched.later(1000)
    watched.later(5000)
    assert watched.seats_told("8001") == ["ready", "ringing", "talking", "hold", "talking", "acw", "ready"]
    (leg,) = watched.legs.values()
    assert (leg.agent, leg.outcome, leg.talk_ms) == ("8001", "answered", 13_100)
    assert watched.differences() == set()
    shown = [fact.leg for fact in watched.facts if isinstance(fact, SeatChanged) and fact.state == "talking"]
    assert "" not in shown, "the phone behind the Local channel is no call of its own"
    watched.prove()


def test_a_second_line_beside_a_local_channel_does_not_hold_the_customer() -> None:
    watched = Watched()
    asterisk = watched.asterisk
    talk, _ = local_talk(watched, watched_local(watched))
    second = asterisk.line("PJSIP/8001", state=4)
    asterisk.hold(second)
    watched.see()
    assert watched.states() == ["talking"]
    assert watched.talking() == {(talk.caller.unique, "8001")}


def watched_local(watched: Watched) -> Member:
    """A member behind a Local channel, known to the floor."""
    member = watched.asterisk.member("claims", "8001", LOCAL, "PJSIP/8001")
    watched.meet()
    return member


def test_a_device_says_itself_how_it_is_and_what_a_member_remembers_of_it_does_not_count() -> None:
    """Of two members with one device Asterisk brings only one up to date."""
    watched = signed_in("8001")
    asterisk = watched.asterisk
    asterisk.device("PJSIP/8001", "UNAVAILABLE")
    watched.see()
    asterisk.devices["PJSIP/8001"] = "NOT_INUSE"
    asterisk.tell_member(asterisk.members[0], "QueueMemberPenalty")
    asterisk.tell_member(asterisk.members[0])
    watched.see()
    assert watched.seat("8001") == "offline"


def test_a_hint_that_is_no_device_is_known_by_its_members_only() -> None:
    watched = Watched()
    asterisk = watched.asterisk
    member = asterisk.member("claims", "8001", LOCAL, "hint:8001@ext-local")
    watched.meet(replace(asterisk.snapshot(), devices=[]))
    assert watched.seat("8001") == "ready"
    asterisk.devices[member.device] = "UNAVAILABLE"
    asterisk.tell_member(member)
    watched.see()
    assert watched.seat("8001") == "offline"


def test_one_agent_with_two_technologies_is_one_seat(caplog: pytest.LogCaptureFixture) -> None:
    watched = Watched()
    asterisk = watched.asterisk
    sip = asterisk.member("claims", "8001")
    asterisk.member("claims", "8001", "SIP/{}")
    watched.meet()
    assert watched.seats_told("8001") == ["ready"]
    asterisk.device("SIP/8001", "UNAVAILABLE")
    watched.see()
    assert watched.seat("8001") == "ready", "the other phone is there"
    talk = a_talk(watched, sip)
    asterisk.end(talk)
    watched.later()
    assert watched.seats_told("8001") == ["ready", "ringing", "talking", "ready"]
    asterisk.remove(sip)
    watched.see()
    assert watched.seat("8001") == "offline", "the phone that is left is not there"
    watched.prove()


def test_channels_that_go_on_under_another_name_are_the_same_caller_and_agent() -> None:
    watched = signed_in("8001", "8002")
    asterisk = watched.asterisk
    talk, stay = a_talk(watched, asterisk.members[0]), a_wait(watched, number="2")
    phone = asterisk.ring(stay, asterisk.members[1])
    asterisk.rename(phone, "PJSIP/8002-0000ffff")
    asterisk.rename(talk.phone, "PJSIP/8001-0000fffe")
    for caller in (talk.caller, stay.caller):
        asterisk.rename(caller, f"{caller.name}<MASQ>")
    asterisk.hold(talk.phone)
    watched.see()
    assert [watched.seat(agent) for agent in ("8001", "8002")] == ["hold", "ringing"]
    asterisk.wait(3000)
    asterisk.abandon(stay)
    asterisk.leave(stay)
    asterisk.floor_end(stay.caller, "claims", "TIMEOUT")
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8002", "NOT_INUSE")
    watched.later()
    assert watched.outcomes()[-1] == ("claims", "flow_out", "timeout")
    assert not watched.told(CallEnded), "both are still there"
    assert watched.seat("8002") == "ready"
    assert watched.differences() == set()
    asterisk.hang_up(stay.caller)
    asterisk.end(talk)
    watched.later()
    assert len(watched.told(CallEnded)) == 2
    watched.prove()


def moved(watched: Watched, agent: str, phone: str) -> Member:
    """Somebody signs in at a phone."""
    member = Member("claims", f"PJSIP/{phone}", NAMES[agent], f"PJSIP/{phone}", dynamic=True)
    watched.asterisk.members.append(member)
    watched.asterisk.devices.setdefault(member.device, "NOT_INUSE")
    watched.asterisk.tell_member(member, "QueueMemberAdded")
    watched.see()
    return member


def who_at(watched: Watched) -> dict[str, str]:
    """Who sits at which seat."""
    seats = [one for one in watched.floor.entities() if isinstance(one, Seat)]
    return {seat.key: seat.agent for seat in seats if seat.agent}


def test_people_who_change_desks_are_shown_where_they_are_and_ordered_there() -> None:
    watched = Watched()
    first = watched.asterisk.member("claims", "8001", dynamic=True)
    watched.meet()
    watched.asterisk.remove(first)
    watched.see()
    second = moved(watched, "8001", "8003")
    assert who_at(watched) == {"seat:s8003": "8001"}
    other = moved(watched, "8002", "8001")
    assert who_at(watched) == {"seat:s8003": "8001", "seat:s8001": "8002"}
    found = watched.model.people.at_seat("s8001")
    assert found is not None and found.agent == "8002", "an order for a seat is for who sits there"
    watched.asterisk.remove(second)
    watched.see()
    assert who_at(watched) == {"seat:s8001": "8002"}
    talk = a_talk(watched, other)
    assert watched.seat("8001") == "talking"
    watched.asterisk.end(talk)
    watched.later()
    watched.asterisk.remove(other)
    watched.see()
    moved(watched, "8001", "8001")
    assert who_at(watched) == {"seat:s8001": "8001"}, "back on the next day"
    watched.prove()


def test_who_leaves_after_another_has_come_does_not_empty_the_seat() -> None:
    watched = Watched()
    first = watched.asterisk.member("claims", "8001", dynamic=True)
    watched.meet()
    moved(watched, "8002", "8001")
    assert who_at(watched) == {"seat:s8001": "8002"}
    watched.asterisk.remove(first)
    watched.see()
    assert who_at(watched) == {"seat:s8001": "8002"}
    assert watched.seat("8001") == "ready"


def test_a_hints_phone_is_the_members_own() -> None:
    watched = Watched()
    asterisk = watched.asterisk
    member = asterisk.member("claims", "8001", LOCAL, "hint:8001@ext-local")
    watched.meet()
    phone = asterisk.line("PJSIP/8001", number="8001", state=4)
    watched.see()
    asterisk.devices[member.device] = "INUSE"
    asterisk.tell_member(member)
    watched.see()
    watched.later(5000)
    assert watched.seat("8001") == "outbound", "its own call, not a device in use for no reason that is known"
    assert watched.model.people.of_interface(phone.name.rpartition("-")[0]) is not None


def test_a_phone_that_began_to_ring_while_nobody_could_hear_of_it_is_a_ring_no_answer_all_the_same() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    stay = a_wait(watched)
    line = asterisk.phone_of(stay, asterisk.members[0])
    asterisk.take_said()  # AgentCalled and the rest were told to nobody
    asterisk.wait(12_000)
    asterisk.no_answer(stay, asterisk.members[0], line, 12_000)
    watched.see()
    assert watched.figure("claims", "ring_no_answer") == 1


def test_of_two_calls_at_one_phone_the_one_that_is_not_on_hold_is_what_the_agent_does() -> None:
    watched = signed_in("8001")
    asterisk, (member,) = watched.asterisk, watched.asterisk.members
    first = a_talk(watched, member)
    second = a_wait(watched)
    phone = asterisk.ring(second, member)
    asterisk.hold(first.phone)
    talk = asterisk.answer(second, member, phone)
    watched.later()
    found = watched.entity("seat:s8001")
    assert isinstance(found, Seat)
    assert (found.state, found.call) == ("talking", talk.caller.unique)
    asterisk.hold(talk.phone)
    watched.see()
    assert watched.seat("8001") == "hold"


def test_who_calls_out_by_a_click_is_calling_out_from_the_moment_the_own_phone_is_answered() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    own = asterisk.line("PJSIP/8001")
    asterisk.rings(own)
    asterisk.device("PJSIP/8001", "RINGING")
    watched.see()
    assert watched.seat("8001") == "ringing"
    asterisk.up(own)
    asterisk.device("PJSIP/8001", "INUSE")
    outside = asterisk.line("PJSIP/trunk", own, number="05557777")
    asterisk.say("DialBegin", channel_of(own), channel_of(outside, "Dest"), DialString="trunk/05557777")
    watched.later()
    assert watched.seat("8001") == "outbound", "while it rings there"
    asterisk.up(outside)
    asterisk.enter(own, "out")
    asterisk.enter(outside, "out")
    watched.later()
    assert watched.seat("8001") == "outbound"


def test_a_phone_that_is_up_with_nobody_is_not_ready() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    own = asterisk.line("PJSIP/8001")
    asterisk.rings(own)
    asterisk.up(own)
    asterisk.device("PJSIP/8001", "INUSE")
    watched.later(5000)
    assert watched.seat("8001") == "unknown"
    asterisk.hang_up(own)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    assert watched.seat("8001") == "ready"


@pytest.mark.parametrize("kind", ["blind", "attended"])
def test_who_passes_a_caller_on_from_behind_a_local_channel_talks_no_more(kind: str) -> None:
    """It is not optimised away (`/n`, as FreePBX has it): it goes on between the caller and whoever has them now."""
    watched = Watched(wraps={"claims": 5})
    asterisk = watched.asterisk
    asterisk.member("inquiry", "8002")
    talk, (two, phone) = local_talk(watched, watched_local(watched))
    asterisk.wait(5000)
    colleague = asterisk.line("PJSIP/8002")
    asterisk.rings(colleague)
    if kind == "attended":
        second = asterisk.line("PJSIP/8001", state=4)
        for line in (colleague, second):
            asterisk.up(line)
            asterisk.enter(line, "consult")
        asterisk.device("PJSIP/8002", "INUSE")
        asterisk.attended(phone, second)
        asterisk.leave_bridge(second)
        asterisk.hang_up(second)
    else:
        asterisk.blind(Talk(two, phone, "claims", talk.member, 0), "8002")
        asterisk.up(colleague)
        asterisk.device("PJSIP/8002", "INUSE")
    asterisk.leave_bridge(two)
    asterisk.leave_bridge(phone)
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    if kind == "attended":
        asterisk.leave_bridge(colleague)
    asterisk.enter(colleague, "beyond")
    asterisk.enter(two, "beyond")
    watched.later(2000)
    assert [watched.seat(agent) for agent in ("8001", "8002")] == ["ready", "talking"]
    assert not watched.talking(), "no agent of the queue has this call any more"
    watched.meet()
    assert watched.books() == {"offered": 1, "answered": 1}
    asterisk.wait(9000)
    asterisk.complete(talk, "caller")
    for line in (two, colleague, talk.phone, talk.caller):
        asterisk.leave_bridge(line)
        asterisk.hang_up(line)
    asterisk.device("PJSIP/8002", "NOT_INUSE")
    watched.later(9000)
    assert [watched.seat(agent) for agent in ("8001", "8002")] == ["ready", "ready"]
    (leg,) = watched.legs.values()
    assert (leg.transferred, leg.agent, leg.talk_ms) == (kind, "8001", 5000)
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_the_queues_last_word_on_a_caller_who_was_passed_on_does_not_end_the_agents_next_talk() -> None:
    watched = Watched()
    asterisk = watched.asterisk
    member = watched_local(watched)
    talk, (two, phone) = local_talk(watched, member)
    asterisk.wait(5000)
    asterisk.blind(Talk(two, phone, "claims", member, 0), "95502")
    asterisk.leave_bridge(two)
    asterisk.leave_bridge(phone)
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    second = a_talk(watched, member)
    watched.later()
    asterisk.complete(talk, "caller")
    asterisk.leave_bridge(talk.caller)
    asterisk.hang_up(talk.caller)
    watched.later()
    assert watched.talking() == {(second.caller.unique, "8001")}
    assert watched.seat("8001") == "talking"
    watched.prove()
