"""Orders for seats and calls without an Asterisk: done when it shows, unknown when it does not, and why not."""

from __future__ import annotations

import pytest

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
from feeds.entities import Seat
from feeds.sources.asterisk.ami.link import DeniedError
from tests.asterisk_floor.ordered import DENIED, LOST, Fields, Ordered
from tests.asterisk_floor.paper import Member, Stay, Talk, message_of
from tests.asterisk_floor.stories import a_talk, a_wait
from tests.asterisk_floor.watched import Watched

SEEN_LATE = "asked, not seen after 0.15 s: it may still come; trust the screen"


def floor_of(*agents: str, dynamic: bool = False) -> Ordered:
    """A floor whose Asterisk pauses, adds, removes, moves and hangs up as it is told."""
    watched = Watched()
    for agent in agents:
        watched.asterisk.member("claims", agent, dynamic=dynamic)
    watched.meet()
    floor = Ordered(watched)
    asterisk = watched.asterisk

    def pause(fields: Fields) -> None:
        for member in asterisk.members:
            if member.interface == fields["Interface"] and fields.get("Queue", member.queue) == member.queue:
                member.paused, member.reason = fields["Paused"] == "true", fields.get("Reason", "")
                asterisk.tell_member(member, "QueueMemberPause")

    def add(fields: Fields) -> None:
        made = Member(
            fields["Queue"], fields["Interface"], fields["MemberName"], fields["StateInterface"], True,
            int(fields["Penalty"]), fields["Paused"] == "true",
        )  # fmt: skip
        asterisk.members.append(made)
        asterisk.tell_member(made, "QueueMemberAdded")

    def remove(fields: Fields) -> None:
        for member in list(asterisk.members):
            if (member.queue, member.interface) == (fields["Queue"], fields["Interface"]):
                asterisk.remove(member)

    def penalty(fields: Fields) -> None:
        for member in asterisk.members:
            if (member.queue, member.interface) == (fields["Queue"], fields["Interface"]):
                member.penalty = int(fields["Penalty"])
                asterisk.tell_member(member, "QueueMemberPenalty")

    for name, effect in {"QueuePause": pause, "QueueAdd": add, "QueueRemove": remove, "QueuePenalty": penalty}.items():
        floor.on(name, effect)
    return floor


def redirects(floor: Ordered, stay: Stay, *, joins: str = "") -> None:
    """A Redirect takes a caller out of the queue, and perhaps into another one."""

    def effect(fields: Fields) -> None:
        floor.asterisk.abandon(stay)
        floor.asterisk.leave(stay)
        if joins:
            floor.asterisk.join(stay.caller, joins)

    floor.on("Redirect", effect)


# Seats


def test_a_pause_is_done_when_it_shows_and_names_who_ordered_it() -> None:
    floor = floor_of("8001")
    assert floor.order(Pause("s8001", "会议")) == Ended("done")
    seat = floor.watched.entity("seat:s8001")
    assert isinstance(seat, Seat)
    assert (seat.state, seat.reason, seat.by) == ("meeting", "会议", "supervisor")
    assert floor.order(MakeReady("s8001")) == Ended("done")
    assert floor.watched.seat("8001") == "ready"
    given = floor.pbx.given("QueuePause")
    assert given == [
        {"Interface": "PJSIP/8001", "Paused": "true", "Reason": "会议"}, {"Interface": "PJSIP/8001", "Paused": "false"}
    ]  # fmt: skip


def test_a_pause_during_a_call_says_that_it_begins_behind_it() -> None:
    floor = floor_of("8001")
    a_talk(floor.watched, floor.asterisk.members[0])
    assert floor.order(Pause("s8001", "会议")) == Ended("done", "the pause begins when the call is over")
    assert floor.watched.seat("8001") == "talking"


def test_a_pause_during_a_call_that_no_queue_brought_says_so_as_well() -> None:
    floor = floor_of("8001")
    line = floor.asterisk.line("PJSIP/8001", state=4)
    floor.asterisk.device("PJSIP/8001", "INUSE")
    floor.asterisk.line("PJSIP/trunk", line, context="from-trunk")
    floor.use()
    assert floor.watched.seat("8001") == "outbound"
    assert floor.order(Pause("s8001", "会议")) == Ended("done", "the pause begins when the call is over")


def test_a_pause_that_is_refused_is_not_blamed_on_who_ordered_it_when_the_agent_pauses_himself() -> None:
    for error in ("It is a bad day", DENIED):
        floor = floor_of("8001")
        floor.pbx.errors["QueuePause"] = error
        ended = floor.order(Pause("s8001", "会议"))
        assert ended.state == "failed"
        assert ("Asterisk refuses: It is a bad day" if isinstance(error, str) else str(error)) == ended.text
        floor.asterisk.pause("8001", True, "会议")
        floor.use()
        seat = floor.watched.entity("seat:s8001")
        assert isinstance(seat, Seat)
        assert (seat.state, seat.by) == ("meeting", "")


def test_an_order_of_which_nothing_is_seen_is_unknown_after_its_time() -> None:
    floor = floor_of("8001", dynamic=True)
    for name in ("QueuePause", "QueueRemove", "QueueAdd"):
        floor.pbx.effects[name] = lambda fields: None
    for command in (Pause("s8001", "会议"), LogOut("s8001"), MoveSeat("s8001", (Join("inquiry"),))):
        assert floor.order(command) == Ended("unknown", SEEN_LATE)


COMMANDS: list[Command] = [
    MakeReady("s8001"), Pause("s8001", "x"), LogOut("s8001"), MoveSeat("s8001", (), ("claims",)),
    SetSwitch("claims", "announce"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_without_a_connection_nothing_is_done_and_one_that_is_lost_leaves_it_unknown(command: Command) -> None:
    floor = floor_of("8001", dynamic=True)
    floor.pbx.connected = False
    assert floor.order(command) == Ended("failed", "Asterisk is not connected: nothing was done")
    assert floor.pbx.asked == []
    floor.pbx.connected = True
    for name in ("QueuePause", "QueueRemove", "DBPut"):
        floor.pbx.errors[name] = LOST
    assert floor.order(command) == Ended("unknown", f"{LOST}: it may have happened; trust the screen")


def test_an_order_that_is_seen_only_after_the_connection_came_back_is_done() -> None:
    floor = floor_of("8001")
    floor.pbx.effects["QueuePause"] = lambda fields: None
    member = floor.asterisk.members[0]
    beats = 0

    def use() -> None:
        nonlocal beats
        beats += 1
        if beats == 3:  # the event was lost with the connection; the next one begins with everything
            member.paused, member.reason = True, "会议"
            floor.watched.meet()
        floor.pulse.beat()

    floor.use = use  # type: ignore[method-assign]
    assert floor.order(Pause("s8001", "会议")) == Ended("done")


def test_nobody_is_at_a_seat_that_asterisk_does_not_know() -> None:
    floor = floor_of("8001")
    assert floor.order(MakeReady("s9999")) == Ended("failed", "Asterisk knows nobody at seat s9999")


def test_who_signed_in_is_signed_out_and_a_member_by_configuration_is_not() -> None:
    floor = floor_of("8001", dynamic=True)
    assert floor.order(LogOut("s8001")) == Ended("done")
    assert floor.watched.seat("8001") == "offline"
    fixed = floor_of("8001")
    ended = fixed.order(LogOut("s8001"))
    assert (ended.state, "claims" in ended.text) == ("refused", True)
    assert fixed.pbx.asked == []


def test_a_move_joins_first_then_leaves_and_keeps_the_pause() -> None:
    floor = floor_of("8001", dynamic=True)
    floor.watched.model.names.queue("inquiry", 0)
    floor.asterisk.pause("8001", True, "小休")
    floor.use()
    ended = floor.order(MoveSeat("s8001", (Join("inquiry", 3),), ("claims",)))
    assert ended == Ended("done", inverse=MoveSeat("s8001", (Join("claims", 0),), ("inquiry",)))
    assert [name for name, _ in floor.pbx.asked] == ["QueueAdd", "QueuePause", "QueueRemove"]
    (added,) = floor.pbx.given("QueueAdd")
    assert (added["Paused"], added["MemberName"], added["StateInterface"]) == ("true", "8001 徐芳芳", "PJSIP/8001")
    assert [(one.queue, one.penalty) for one in floor.asterisk.members] == [("inquiry", 3)]
    seat = floor.watched.entity("seat:s8001")
    assert isinstance(seat, Seat)
    assert (seat.state, seat.reason) == ("break", "小休")


def test_who_is_called_by_one_queue_and_paused_in_another_is_called_by_the_queue_of_a_move_too() -> None:
    floor = floor_of("8001", dynamic=True)
    floor.asterisk.member("claims", "8001", "Local/{}@from-queue/n", "PJSIP/8001", dynamic=True)
    floor.watched.model.names.queue("inquiry", 0)
    floor.asterisk.members[-1].paused = True
    floor.watched.meet()
    assert floor.watched.seat("8001") == "ready"
    assert floor.order(MoveSeat("s8001", (Join("inquiry"),))).state == "done"
    assert [one.paused for one in floor.asterisk.members if one.queue == "inquiry"] == [False]


def test_a_move_to_a_queue_that_is_served_already_sets_the_penalty_of_that_membership() -> None:
    floor = floor_of("8001")
    floor.asterisk.member("inquiry", "8001", "Local/{}@from-queue/n", "PJSIP/8001")
    floor.watched.meet()
    ended = floor.order(MoveSeat("s8001", (Join("claims", 5),)))
    assert ended == Ended("done", inverse=MoveSeat("s8001", (Join("claims", 0),)))
    assert floor.pbx.given("QueuePenalty") == [{"Queue": "claims", "Interface": "PJSIP/8001", "Penalty": "5"}]


def test_which_queues_are_served_is_told_from_the_memberships_with_their_penalties() -> None:
    floor = floor_of("8001", dynamic=True)
    floor.watched.model.names.queue("inquiry", 0)
    floor.order(MoveSeat("s8001", (Join("inquiry", 3),), ()))
    assert floor.acting.serves("s8001") == {"claims": 0, "inquiry": 3}
    assert floor.acting.serves("s9999") is None


def test_a_move_is_not_done_by_half_because_of_a_name_or_a_fixed_membership() -> None:
    floor = floor_of("8001", dynamic=True)
    ended = floor.order(MoveSeat("s8001", (Join("claims", 1), Join("nowhere")), ()))
    assert ended == Ended("failed", "Asterisk has no queue nowhere")
    fixed = floor_of("8001")
    assert fixed.order(MoveSeat("s8001", (Join("inquiry"),), ("claims",))).state == "refused"
    assert floor.pbx.asked == fixed.pbx.asked == []


def test_a_move_that_asterisk_carries_out_by_half_says_so() -> None:
    floor = floor_of("8001", dynamic=True)
    floor.watched.model.names.queue("inquiry", 0)
    for error in ("It is a bad day", DENIED):
        floor.pbx.errors["QueueRemove"] = error
        ended = floor.order(MoveSeat("s8001", (Join("inquiry", 3),), ("claims",)))
        why = "Asterisk refuses: It is a bad day" if isinstance(error, str) else str(error)
        assert ended == Ended("failed", f"{why}; done by half: look at the queues of the seat")
    assert floor.order(LogOut("s8001")) == Ended("failed", str(DENIED)), "nothing was done at all"


def test_who_left_every_queue_can_be_brought_back_by_the_same_phone() -> None:
    floor = floor_of("8001", dynamic=True)
    left = floor.order(MoveSeat("s8001", (), ("claims",)))
    assert left == Ended("done", inverse=MoveSeat("s8001", (Join("claims"),)))
    assert left.inverse is not None
    assert floor.order(left.inverse) == Ended("done", inverse=MoveSeat("s8001", (), ("claims",)))
    assert floor.watched.seat("8001") == "ready"


# Calls


def waiting(queue: str = "claims") -> tuple[Ordered, Stay]:
    """A floor where somebody waits."""
    floor = floor_of("8001")
    floor.watched.model.names.queue("inquiry", 0)
    return floor, a_wait(floor.watched, queue)


def talking() -> tuple[Ordered, Talk]:
    """A floor where somebody talks."""
    floor = floor_of("8001")
    return floor, a_talk(floor.watched, floor.asterisk.members[0])


def test_a_requeued_call_waits_in_the_other_queue_and_has_abandoned_nothing() -> None:
    floor, stay = waiting()
    redirects(floor, stay, joins="inquiry")
    assert floor.order(Requeue(stay.caller.unique, "inquiry")) == Ended("done")
    assert floor.pbx.given("Redirect") == [
        {"Channel": stay.caller.name, "Context": "floor-requeue", "Exten": "inquiry", "Priority": "1"}
    ]
    assert floor.watched.outcomes() == [("claims", "flow_out", "queue")]
    floor.watched.prove()


def test_a_requeued_call_that_a_switch_sends_elsewhere_says_where_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    floor, stay = waiting("inquiry")
    monkeypatch.setattr(floor.acting._switches, "leads_to", lambda queue: "overflow:inquiry")
    redirects(floor, stay, joins="inquiry")
    ended = floor.order(Requeue(stay.caller.unique, "claims"))
    assert ended == Ended("done", "a switch sends calls for claims elsewhere: it waits in inquiry")


def test_a_call_that_the_other_queue_does_not_take_is_told_where_it_waits_again() -> None:
    floor, stay = waiting("inquiry")
    redirects(floor, stay, joins="inquiry")
    ended = floor.order(Requeue(stay.caller.unique, "claims"))
    assert ended == Ended("failed", "claims does not take calls now: it waits in inquiry again, at its place")
    (told,) = floor.pbx.given("Setvar")
    assert told == {"Channel": stay.caller.name, "Variable": "FLOOR_BACK", "Value": "inquiry:1"}


@pytest.mark.parametrize("error", ["No such channel", DeniedError("Permission denied")])
def test_a_call_is_moved_also_where_its_way_back_cannot_be_told(error: str | DeniedError) -> None:
    floor, stay = waiting()
    redirects(floor, stay, joins="inquiry")
    floor.pbx.errors["Setvar"] = error
    assert floor.order(Requeue(stay.caller.unique, "inquiry")) == Ended("done")


@pytest.mark.parametrize(("calls", "state"), [("4", "done"), ("5", "failed")])
def test_a_call_is_not_taken_out_of_its_queue_for_one_that_is_full(calls: str, state: str) -> None:
    floor = floor_of("8001")
    stay = a_wait(floor.watched)
    redirects(floor, stay, joins="inquiry")
    row = message_of({"Event": "QueueParams", "Queue": "inquiry", "Max": "5", "Calls": calls})
    floor.pbx.entries = lambda: [row]  # type: ignore[method-assign]
    assert floor.order(Requeue(stay.caller.unique, "inquiry")).state == state
    assert bool(floor.pbx.given("Redirect")) == (state == "done")


def test_a_requeued_call_that_never_arrives_is_a_failure() -> None:
    floor, stay = waiting()
    redirects(floor, stay)
    ended = floor.order(Requeue(stay.caller.unique, "inquiry"))
    assert ended == Ended("failed", "the call left its queue and did not come to inquiry")


@pytest.mark.parametrize("error", ["Channel does not exist", DENIED, LOST])
def test_a_caller_who_was_not_moved_and_gives_up_has_given_up(error: object) -> None:
    floor, stay = waiting()
    floor.pbx.errors["Redirect"] = error  # type: ignore[assignment]
    ended = floor.order(Requeue(stay.caller.unique, "inquiry"))
    assert ended.state == ("unknown" if error is LOST else "failed")
    if error is LOST:
        floor.watched.meet()
    floor.asterisk.give_up(stay)
    floor.watched.later()
    assert floor.watched.outcomes() == [("claims", "abandoned", None)]


def test_a_waiting_call_is_redirected_and_one_that_ended_meanwhile_is_no_success() -> None:
    floor, stay = waiting()
    redirects(floor, stay)
    assert floor.order(Redirect(stay.caller.unique, "7001")) == Ended("done")
    floor, stay = waiting()
    floor.on("Redirect", lambda fields: floor.asterisk.give_up(stay))
    why = "the call has ended: its caller hung up, or nobody took it at 7001"
    assert floor.order(Redirect(stay.caller.unique, "7001")) == Ended("failed", why)


def test_a_talk_is_redirected_by_a_blind_transfer_on_the_agents_channel() -> None:
    floor, talk = talking()

    def effect(fields: Fields) -> None:
        floor.asterisk.blind(talk, fields["Exten"])
        floor.asterisk.leave_bridge(talk.phone)
        floor.asterisk.leave_bridge(talk.caller)
        floor.asterisk.complete(talk, "transfer")

    floor.on("BlindTransfer", effect)
    assert floor.order(Redirect(talk.caller.unique, "7001")) == Ended("done")
    assert floor.pbx.given("BlindTransfer") == [
        {"Channel": talk.phone.name, "Context": "floor-redirect", "Exten": "7001"}
    ]
    assert floor.watched.figure("claims", "transfers") == 1


def test_a_call_is_hung_up_when_it_is_gone_not_when_it_moved() -> None:
    floor, talk = talking()
    floor.on("Hangup", lambda fields: floor.asterisk.end(talk, "caller"))
    assert floor.order(HangUp(talk.caller.unique)) == Ended("done")
    floor, stay = waiting()
    redirects(floor, stay, joins="inquiry")
    floor.pbx.effects["Hangup"] = floor.pbx.effects["Redirect"]
    assert floor.order(HangUp(stay.caller.unique)) == Ended("unknown", SEEN_LATE)


def test_a_waiting_caller_whom_the_gateway_hangs_up_on_is_not_one_whose_time_was_up() -> None:
    floor, stay = waiting()
    other = floor.asterisk.caller()
    floor.asterisk.far_end_gone(other)
    floor.asterisk.hang_up(other)
    floor.watched.see()

    def effect(fields: Fields) -> None:
        floor.asterisk.abandon(stay)
        floor.asterisk.leave(stay)
        floor.asterisk.far_end_gone(stay.caller, soft=True)
        floor.asterisk.hang_up(stay.caller)

    floor.on("Hangup", effect)
    assert floor.order(HangUp(stay.caller.unique)) == Ended("done")
    floor.watched.later()
    assert floor.watched.outcomes() == [("claims", "abandoned", None)]


@pytest.mark.parametrize("error", ["No such channel", DENIED])
def test_a_caller_on_whom_asterisk_does_not_hang_up_has_not_given_up_when_sent_elsewhere(error: object) -> None:
    floor, stay = waiting()
    other = floor.asterisk.caller()
    floor.asterisk.far_end_gone(other)
    floor.asterisk.hang_up(other)
    floor.watched.see()
    floor.pbx.errors["Hangup"] = error  # type: ignore[assignment]
    assert floor.order(HangUp(stay.caller.unique)).state == "failed"
    floor.asterisk.abandon(stay)
    floor.asterisk.leave(stay)
    floor.watched.later()
    ((queue, outcome, _),) = floor.watched.outcomes()
    assert (queue, outcome) == ("claims", "flow_out")


def test_a_priority_is_done_when_asterisk_tells_it_back() -> None:
    floor, stay = waiting()
    floor.on("QueueChangePriorityCaller", lambda fields: setattr(stay, "priority", int(fields["Priority"])))
    assert floor.order(Prioritise(stay.caller.unique, 7)) == Ended("done")
    assert [call.priority for call in floor.watched.calls()] == [7]
    floor.pbx.effects["QueueChangePriorityCaller"] = lambda fields: None
    assert floor.order(Prioritise(stay.caller.unique, 9)) == Ended("failed", "Asterisk kept the priority 7")
    floor.pbx.errors["QueueStatus"] = DENIED
    ended = floor.order(Prioritise(stay.caller.unique, 9))
    assert ended == Ended("unknown", f"asked, but it cannot be looked up: {DENIED}")
    del floor.pbx.errors["QueueStatus"]
    floor.asterisk.stays.clear()
    assert floor.order(Prioritise(stay.caller.unique, 9)).text == "the call has left its queue meanwhile"


def test_a_call_that_is_over_or_taken_is_left_alone() -> None:
    floor, talk = talking()
    assert floor.order(Requeue(talk.caller.unique, "inquiry")) == Ended("refused", "an agent has this call already")
    for command in (Requeue("none", "claims"), Redirect("none", "1"), Prioritise("none", 1), HangUp("none")):
        assert floor.order(command) == Ended("failed", "this call is over")
    assert floor.pbx.asked == []


def test_a_value_that_does_not_fit_into_a_line_is_a_failure_not_a_crash() -> None:
    floor, stay = waiting()

    def cannot(fields: Fields) -> None:
        raise ValueError("the header 'Exten' of 'Redirect' does not fit into one line")

    floor.pbx.effects["Redirect"] = cannot
    ended = floor.order(Redirect(stay.caller.unique, "7001"))
    assert (ended.state, "one line" in ended.text) == ("failed", True)
    floor.asterisk.give_up(stay)
    floor.watched.later()
    assert floor.watched.outcomes() == [("claims", "abandoned", None)]


def test_nobody_is_sent_where_the_dialplan_has_no_way() -> None:
    floor, stay = waiting()
    redirects(floor, stay)
    floor.pbx.told["Getvar"] = {"Value": "0"}
    ended = floor.order(Redirect(stay.caller.unique, "7009"))
    assert (ended.state, "there is no 7009 in [floor-redirect]" in ended.text) == ("failed", True)
    ended = floor.order(Requeue(stay.caller.unique, "inquiry"))
    assert (ended.state, "there is no inquiry in [floor-requeue]" in ended.text) == ("failed", True)
    assert not floor.pbx.given("Redirect")
