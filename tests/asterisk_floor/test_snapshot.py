"""Everything at one moment, met by a model that knows nothing, or what was before an outage."""

from __future__ import annotations

import pytest

from feeds import entities
from feeds.entities import Call, Seat
from feeds.facts import CallEnded, LegAnswered, LegPrioritised, TalkEnded, WorkEnded
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.snapshot import Snapshot, snapshot_of, stand_in
from tests.asterisk_floor.paper import CALLER, OTHER_CALLER, START, THIRD_CALLER, PaperAsterisk, message_of
from tests.asterisk_floor.stories import a_talk, a_wait
from tests.asterisk_floor.watched import Watched, signed_in


def busy() -> PaperAsterisk:
    """Somebody waits, somebody's agent is called, somebody talks, somebody pauses."""
    asterisk = PaperAsterisk()
    for agent in ("8001", "8002", "8003"):
        asterisk.member("claims", agent)
    stay = asterisk.join(asterisk.caller(), "claims")
    asterisk.wait(2000)
    asterisk.answer(stay, asterisk.members[0], asterisk.ring(stay, asterisk.members[0]))
    asterisk.wait(20_000)
    second = asterisk.join(asterisk.caller(OTHER_CALLER), "claims")
    second.priority = 7
    asterisk.wait(3000)
    asterisk.ring(second, asterisk.members[1])
    asterisk.join(asterisk.caller(THIRD_CALLER), "inquiry")
    asterisk.pause("8003", True, "小休")
    asterisk.wait(1000)
    return asterisk


def test_a_gateway_that_comes_into_a_busy_floor_shows_it() -> None:
    asterisk = busy()
    asterisk.take_said()
    watched = Watched(asterisk)
    watched.meet()
    assert watched.differences() == set()
    assert watched.waiting() == {(stay.caller.unique, stay.queue) for stay in asterisk.stays}
    assert [watched.seat(agent) for agent in ("8001", "8002", "8003")] == ["talking", "ringing", "break"]
    (talk,) = [call for call in watched.calls() if call.state == "talking"]
    assert (talk.agent, talk.number) == ("8001", CALLER)
    assert talk.since == START + 2000, "TALK_SINCE says when it began"
    joined = {call.number: call.joined_at for call in watched.calls() if call.state == "waiting"}
    assert joined == {OTHER_CALLER: START + 22_000, THIRD_CALLER: START + 25_000}
    assert [(fact.leg, fact.priority) for fact in watched.facts if isinstance(fact, LegPrioritised)] == [
        (asterisk.stays[0].caller.unique, 7)
    ]
    watched.later()
    watched.prove()


@pytest.mark.parametrize("known", [False, True])
def test_a_pause_that_began_while_nobody_listened_is_as_old_as_asterisk_says(known: bool) -> None:
    watched = signed_in("8001", "8002") if known else Watched()
    asterisk = watched.asterisk
    if not known:
        asterisk.member("claims", "8001")
        asterisk.member("claims", "8002")
    watched.model.offset_ms = 40_000
    asterisk.wait(60_000)
    before = asterisk.now + 40_000
    asterisk.wait(20_000)
    asterisk.pause("8001", True, "小休")
    asterisk.members[1].paused, asterisk.members[1].paused_at = True, asterisk.now // 1000 - 50
    begun = asterisk.now + 40_000
    asterisk.wait(200_000)
    asterisk.take_said()
    watched.meet(before=before if known else None)
    first, second = (watched.entity(f"seat:s{agent}") for agent in ("8001", "8002"))
    assert isinstance(first, Seat) and isinstance(second, Seat)
    assert (first.state, first.since) == ("break", begun - begun % 1000)
    # Of what is older than what was seen last, that was otherwise.
    assert second.since == (before if known else begun - begun % 1000 - 50_000)
    watched.later()
    watched.prove()


def test_calls_that_were_met_go_on_by_events_as_if_they_had_been_seen_from_the_beginning() -> None:
    asterisk = busy()
    asterisk.take_said()
    watched = Watched(asterisk, wraps={"claims": 5})
    watched.meet()
    second, third = asterisk.stays
    phone = next(line for line in asterisk.lines if line.name.startswith("PJSIP/8002"))
    asterisk.wait(1000)
    talk = asterisk.answer(second, asterisk.members[1], phone)
    asterisk.wait(10_000)
    asterisk.end(talk)
    asterisk.give_up(third)
    watched.later(1000)
    assert watched.seat("8002") == "acw"
    watched.later(8000)
    assert watched.outcomes() == [
        ("claims", "answered", None), ("claims", "answered", None), ("inquiry", "abandoned", None)
    ]  # fmt: skip
    watched.prove()


def test_meeting_what_is_known_already_tells_nothing_new() -> None:
    asterisk = busy()
    watched = Watched(asterisk)
    watched.later(0)
    watched.meet()
    before = len(watched.facts)
    assert watched.meet() == []
    watched.later()
    assert [type(fact).__name__ for fact in watched.facts[before:]] == ["Tick"]


@pytest.mark.parametrize("late", range(1, 28))
def test_events_that_were_on_their_way_change_nothing_that_the_snapshot_has_shown(late: int) -> None:
    asterisk = busy()
    said = asterisk.take_said()
    watched = Watched(asterisk)
    watched.meet()
    watched.see(*said[-late:])
    watched.later(0)
    assert watched.differences() == set()
    assert watched.waiting() == {(stay.caller.unique, stay.queue) for stay in asterisk.stays}
    assert len(watched.talking()) == 1
    assert watched.books("claims")["offered"] == 2
    watched.prove()


# Outages


def outage(watched: Watched, ms: int = 30_000) -> None:
    """Nothing that was said is heard; then everything is looked at."""
    watched.asterisk.take_said()
    watched.asterisk.wait(ms)
    watched.meet()


def test_calls_that_ended_in_an_outage_are_over_when_they_were_last_known() -> None:
    watched = signed_in("8001", wraps={"claims": 5})
    asterisk = watched.asterisk
    talk, stay = a_talk(watched, asterisk.members[0]), a_wait(watched, "inquiry", OTHER_CALLER)
    last = asterisk.now
    asterisk.wait(5000)
    asterisk.end(talk)
    asterisk.give_up(stay)
    outage(watched)
    assert (watched.calls(), watched.seat("8001")) == ([], "ready")
    assert watched.outcomes() == [("claims", "answered", None), ("inquiry", "abandoned", None)]
    assert [fact.at for fact in watched.told(TalkEnded)] == [last]
    assert len(watched.told(CallEnded)) == 2
    watched.later()
    watched.prove()


def test_a_call_that_was_answered_in_an_outage_talks_since_the_dialplan_says_so() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    asterisk.wait(4000)
    answered = asterisk.now
    asterisk.answer(stay, asterisk.members[0], asterisk.ring(stay, asterisk.members[0]))
    outage(watched)
    assert watched.talking() == {(stay.caller.unique, "8001")}
    assert [fact.at for fact in watched.told(LegAnswered)] == [answered]
    assert watched.books() == {"offered": 1, "answered": 1}
    watched.prove()


def test_a_call_that_was_leaving_its_queue_when_the_connection_was_lost_is_not_counted_twice() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    phone = asterisk.ring(stay, asterisk.members[0])
    asterisk.up(phone)
    asterisk.leave(stay)
    watched.see()
    asterisk.connect(stay, asterisk.members[0], phone)
    for line in (phone, stay.caller):
        asterisk.enter(line, "talk")
    outage(watched)
    assert watched.talking() == {(stay.caller.unique, "8001")}
    assert watched.books() == {"offered": 1, "answered": 1}
    watched.later()
    watched.prove()


def test_a_caller_who_was_giving_up_when_the_connection_was_lost_has_given_up() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    asterisk.abandon(stay)
    watched.see()
    asterisk.leave(stay)
    asterisk.hang_up(stay.caller)
    outage(watched)
    watched.later()
    assert watched.outcomes() == [("claims", "abandoned", None)]
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


@pytest.mark.parametrize("seen", ["nothing", "the leave"])
@pytest.mark.parametrize("queue", ["inquiry", "claims"])
def test_a_caller_who_waits_elsewhere_after_an_outage_has_left_the_first_queue(seen: str, queue: str) -> None:
    if (seen, queue) == ("nothing", "claims"):
        return  # nobody can tell that from one long wait
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    asterisk.leave(stay)
    if seen == "the leave":
        watched.see()
    asterisk.join(stay.caller, queue)
    outage(watched)
    assert watched.waiting() == {(stay.caller.unique, queue)}
    assert watched.outcomes() == [("claims", "flow_out", "queue")]
    assert watched.differences() == set()
    watched.later()
    watched.prove()


def test_a_caller_who_left_and_hung_up_while_the_connection_was_lost_had_no_time_left() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    asterisk.leave(stay)
    watched.see()
    asterisk.hang_up(stay.caller)
    outage(watched)
    assert watched.outcomes() == [("claims", "flow_out", "timeout")]
    assert len(watched.told(CallEnded)) == 1
    watched.prove()


def test_a_call_out_that_was_not_seen_to_begin_is_one() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    line = asterisk.line("PJSIP/8001", state=4)
    asterisk.up(line)
    trunk = asterisk.line("PJSIP/trunk", line, context="from-trunk")
    for one in (line, trunk):
        asterisk.up(one)
        asterisk.enter(one, "out")
    asterisk.device("PJSIP/8001", "INUSE")
    outage(watched)
    assert watched.seat("8001") == "outbound"


def test_every_difference_is_named() -> None:
    watched = signed_in("8001", "8002", "8003")
    asterisk = watched.asterisk
    stay, lost = a_wait(watched), a_wait(watched, "inquiry", OTHER_CALLER)
    assert watched.differences() == set()
    asterisk.pause("8001", True, "x")
    asterisk.remove(asterisk.members[1])
    asterisk.member("inquiry", "8004")
    asterisk.give_up(lost)
    asterisk.leave(stay)
    asterisk.join(stay.caller, "inquiry")
    extra = asterisk.caller("3")
    asterisk.take_said()
    call = stay.caller.unique
    assert watched.differences() == {
        "PJSIP/8001 in claims is paused (x)", "PJSIP/8002 is no member of claims", "PJSIP/8004 is a member of inquiry",
        f"call {lost.caller.unique} does not wait in inquiry", f"channel {lost.caller.name} is gone",
        f"call {call} does not wait in claims", f"call {call} waits in inquiry", f"channel {extra.name} was missed",
    }  # fmt: skip
    asterisk.pause("8001", False)
    asterisk.pause("8003", True)
    watched.see()
    asterisk.pause("8003", False)
    asterisk.take_said()
    assert "PJSIP/8003 in claims is not paused" in watched.differences()
    watched.meet()
    assert watched.differences() == set()


def test_a_phone_that_stopped_ringing_in_an_outage_rings_no_more() -> None:
    watched = signed_in("8001")
    asterisk, stay = watched.asterisk, a_wait(watched)
    phone = asterisk.ring(stay, asterisk.members[0])
    watched.see()
    assert watched.seat("8001") == "ringing"
    asterisk.no_answer(stay, asterisk.members[0], phone, 9000)
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    outage(watched)
    assert (watched.seat("8001"), watched.states()) == ("ready", ["waiting"])
    watched.prove()


def test_members_who_came_went_and_paused_in_an_outage_are_as_they_are() -> None:
    watched = signed_in("8001", "8002")
    asterisk = watched.asterisk
    asterisk.remove(asterisk.members[1])
    asterisk.member("inquiry", "8003")
    asterisk.pause("8001", True, "会议")
    outage(watched)
    assert [watched.seat(agent) for agent in ("8001", "8002", "8003")] == ["meeting", "offline", "ready"]
    assert watched.differences() == set()


def test_wrap_up_that_ended_in_an_outage_ended_when_it_was_due() -> None:
    watched = signed_in("8001", wraps={"claims": 5})
    asterisk = watched.asterisk
    asterisk.end(a_talk(watched, asterisk.members[0]))
    watched.later(1000)
    assert watched.seat("8001") == "acw"
    ended = next(fact.at for fact in watched.told(TalkEnded))
    outage(watched)
    assert [fact.at - ended for fact in watched.told(WorkEnded)] == [5000]
    assert watched.seats_told("8001")[-2:] == ["acw", "ready"]
    watched.prove()


def test_an_order_to_move_a_caller_that_came_to_nothing_is_forgotten() -> None:
    watched = signed_in("8001")
    stay = a_wait(watched)
    caller = watched.model.calls.get(stay.caller.unique)
    assert caller is not None
    caller.moved_by_us = True
    outage(watched)
    watched.asterisk.give_up(stay)
    watched.later()
    assert watched.outcomes() == [("claims", "abandoned", None)]


# After a restart of the gateway


def restarted(before: Watched) -> Watched:
    """A new gateway on the floor that an earlier one has left; nothing was met yet."""
    watched = Watched(before.asterisk, wraps={"claims": 5}, floor=before.floor)
    watched.legs = before.legs
    found = list(watched.floor.entities())
    calls, seats = [one for one in found if isinstance(one, Call)], [one for one in found if isinstance(one, Seat)]
    stand_in(watched.model, calls, seats, watched.floor.now)
    watched.fold()
    return watched


def test_after_a_restart_calls_that_go_on_keep_their_legs_and_the_others_are_over() -> None:
    before = signed_in("8001", "8002", "8003", wraps={"claims": 5})
    asterisk = before.asterisk
    worked = a_talk(before, asterisk.members[2], number="1")
    talk = a_talk(before, asterisk.members[0])
    gone = a_talk(before, asterisk.members[1], number=OTHER_CALLER)
    stay, given_up = a_wait(before, "inquiry", THIRD_CALLER), a_wait(before, "inquiry", "2")
    asterisk.hold(talk.phone)
    asterisk.end(worked)
    before.later(500)
    assert before.states() == ["acw", "hold", "talking", "waiting", "waiting"]
    joined = len([fact for fact in before.facts if type(fact).__name__ == "LegJoined"])
    asterisk.end(gone)
    asterisk.give_up(given_up)
    asterisk.take_said()
    asterisk.wait(10_000)
    watched = restarted(before)
    watched.meet(before=watched.floor.now)
    assert watched.states() == ["hold", "waiting"]
    assert watched.differences() == set()
    assert [watched.seat(agent) for agent in ("8001", "8002", "8003")] == ["hold", "ready", "ready"]
    asterisk.hold(talk.phone, False)
    asterisk.wait(1000)
    asterisk.end(talk)
    asterisk.give_up(stay)
    watched.later(9000)
    assert sorted(outcome for _, outcome, _ in watched.outcomes()) == ["abandoned"] * 2 + ["answered"] * 3
    assert len(watched.legs) == joined == 5
    assert not watched.floor.state.oddities


def test_after_a_restart_a_phone_that_rang_is_not_counted_as_ringing_for_ever() -> None:
    before = signed_in("8001")
    asterisk, stay = before.asterisk, a_wait(before)
    phone = asterisk.ring(stay, asterisk.members[0])
    before.see()
    assert before.states() == ["ringing"]
    asterisk.hang_up(phone)
    asterisk.device("PJSIP/8001", "NOT_INUSE")
    asterisk.take_said()
    watched = restarted(before)
    watched.meet()
    assert (watched.states(), watched.seat("8001")) == (["waiting"], "ready")
    queue = watched.entity("queue:claims")
    assert isinstance(queue, entities.Queue)
    assert (queue.waiting, queue.ringing) == (1, 0)


def test_after_a_restart_a_second_leg_keeps_its_name_and_the_next_one_gets_another() -> None:
    before = signed_in("8001")
    asterisk, stay = before.asterisk, a_wait(before)
    asterisk.leave(stay)
    second = asterisk.join(stay.caller, "inquiry")
    before.later()
    name = f"call:{stay.caller.unique}#2"
    assert [call.key for call in before.calls()] == [name]
    watched = restarted(before)
    watched.meet()
    assert [call.key for call in watched.calls()] == [name]
    asterisk.leave(second)
    asterisk.join(stay.caller, "claims")
    watched.later()
    assert [call.key for call in watched.calls()] == [f"call:{stay.caller.unique}#3"]


def test_after_a_restart_a_caller_between_two_queues_has_not_arrived_once_more() -> None:
    before = signed_in("8001")
    asterisk, stay = before.asterisk, a_wait(before)
    asterisk.leave(stay)
    before.later()
    assert before.calls() == [] and before.floor.state.inbound.total[0] == 1
    watched = restarted(before)
    watched.meet()
    asterisk.join(stay.caller, "inquiry")
    watched.later()
    assert [call.queue for call in watched.calls()] == ["inquiry"]
    assert watched.floor.state.inbound.total[0] == 1
    a_wait(watched, number=OTHER_CALLER)
    assert watched.floor.state.inbound.total[0] == 2


# Rows that lack something


@pytest.mark.logs(r".* is not in the site folder; .*")
def test_rows_that_lack_what_they_need_or_hold_garbage_are_passed_over() -> None:
    asterisk = busy()
    good = asterisk.snapshot()
    lists = [good.devices, good.queues, good.members, good.entries, good.channels]
    rows = [row for rows in lists for row in rows]
    for row in rows:
        lines = row.text.split("\r\n")
        for place in range(1, len(lines)):
            lacking = Message("\r\n".join(lines[:place] + lines[place + 1 :]))
            name = lines[place].partition(":")[0]
            garbage = Message("\r\n".join([*lines[:place], f"{name}: x", *lines[place + 1 :]]))
            for one in (lacking, garbage):
                Watched(asterisk).meet(snapshot_of([[one], rows]))
    assert snapshot_of([[message_of({"Event": "QueueEntry", "Queue": "claims"})]]) == Snapshot([], [], [], [], [])
