"""Orders on a real Asterisk: done only when it shows, refused with a reason, and no figure lies because of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from feeds.entities import Seat, Switch
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import manager_of, phones_of, small_floor
from tests.asterisk.gateways import Books, calls_of, ended, logged_counts, order, seat_state, skills, watched
from tests.asterisk.stories import CALLER, OTHER_CALLER, a_talk
from tests.gateway.harness import Remembering, stopwatch

pytestmark = pytest.mark.usefixtures("orders_have_time")


def switch_state(memory: Remembering, name: str) -> tuple[str, str]:
    found = memory.entities.get(f"switch:{name}")
    return (found.state, found.value) if isinstance(found, Switch) else ("", "")


def test_a_seat_is_paused_with_a_chinese_reason_made_ready_and_moved(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (_, link, memory):
            assert phones
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            assert await ended(link, memory, "seat.pause", seat="8001", reason="会议") == ("done", "")
            seat = memory.entities["seat:8001"]
            assert isinstance(seat, Seat)
            assert (seat.state, seat.reason, seat.by) == ("meeting", "会议", "supervisor")
            assert (await order(link, "seat.ready", seat="8001")).state == "done"
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            moved = {"seat": "8001", "join": [{"queue": "inquiry", "penalty": 3}]}
            assert await ended(link, memory, "seat.move", **moved) == ("done", "")
            assert "PJSIP/8001" in floor.cli("queue show inquiry")
            await memory.until(lambda: "inquiry" in skills(memory, "8001"))
            state, text = await ended(link, memory, "seat.logout", seat="8001")
            assert state == "refused"
            assert "claims" in text
            assert "inquiry" not in text, "only what cannot be left is named"
            assert await ended(link, memory, "seat.move", seat="8001", leave=["inquiry"]) == ("done", "")
            assert "PJSIP/8001" not in floor.cli("queue show inquiry")
            await memory.until(lambda: "inquiry" not in skills(memory, "8001"))

    asyncio.run(story())


def test_what_cannot_be_ordered_is_refused_with_a_reason(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001"), watched(floor, tmp_path) as (_, link, memory):
            for name, args, word in (
                ("seat.pause", {"seat": "8001"}, "reason"),
                ("seat.pause", {"seat": "8002", "reason": "会议"}, "signed in"),
                ("seat.ready", {"seat": "9999"}, "no seat"),
                ("seat.move", {"seat": "8001", "join": [{"queue": "nowhere"}]}, "no queue"),
                ("call.hangup", {"call": "call:none"}, "over"),
                ("switch.set", {"switch": "claims", "value": "overflow:claims"}, "itself"),
                ("switch.set", {"switch": "claims", "value": "party"}, "announce"),
                ("seat.pause", {"seat": "8001", "reason": "x", "more": 1}, "more"),
            ):
                state, text = await ended(link, memory, name, **args)
                assert (state, word in text) == ("refused", True), (name, text)

    asyncio.run(story())


def test_a_waiting_call_is_moved_up_moved_to_another_queue_and_is_no_abandonment(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor) as phones, watched(floor, tmp_path) as (_, link, memory):
            await phones.call("95501", CALLER)
            await memory.until(lambda: len(calls_of(memory, "claims")) == 1)
            await phones.call("95501", OTHER_CALLER)
            await memory.until(lambda: len(calls_of(memory, "claims")) == 2)
            second = max(calls_of(memory, "claims"), key=lambda call: call.joined_at)
            assert await ended(link, memory, "call.prioritise", call=second.key, priority=7) == ("done", "")
            await memory.until(lambda: max(call.priority for call in calls_of(memory, "claims")) == 7)
            async with manager_of(floor, "gateway") as manager:
                rows = await manager.rows("QueueStatus", Queue="claims")
            places = {row["CallerIDNum"]: row["Position"] for row in rows if row["Event"] == "QueueEntry"}
            assert places[OTHER_CALLER] == "1"
            assert await ended(link, memory, "call.requeue", call=second.key, queue="inquiry") == ("done", "")
            assert [call.number for call in calls_of(memory, "inquiry")] == [OTHER_CALLER]
            (rest,) = calls_of(memory, "claims")
            assert await ended(link, memory, "call.hangup", call=rest.key) == ("done", "")

    asyncio.run(story())
    outcomes = {(leg.queue, leg.number): (leg.outcome, leg.flow_kind) for leg in Books(tmp_path).legs.values()}
    assert outcomes["claims", OTHER_CALLER] == ("flow_out", "queue")
    assert logged_counts(floor)["claims"]["abandoned"] == 2, "Asterisk's own book takes the requeued one for abandoned"


def test_a_talking_caller_is_sent_to_a_number_and_the_agent_keeps_wrap_up(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor(agents=2, strategy="linear"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, watched(floor, tmp_path) as (_, link, memory):
            await a_talk(phones)
            await memory.until(lambda: [call.state for call in calls_of(memory)] == ["talking"])
            assert await ended(link, memory, "call.redirect", call=calls_of(memory)[0].key, to="95502") == ("done", "")
            await memory.until(lambda: seat_state(memory, "8001") == "acw")
            await memory.until(lambda: bool(calls_of(memory, "inquiry")))

    asyncio.run(story())


def test_no_caller_is_put_into_a_queue_that_is_full(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor(capacity=1))

    async def story() -> None:
        async with phones_of(floor) as phones, watched(floor, tmp_path) as (_, link, memory):
            await phones.call("95501", CALLER)
            await phones.call("95502", OTHER_CALLER)
            await memory.until(lambda: sorted(call.queue for call in calls_of(memory)) == ["claims", "inquiry"])
            call = calls_of(memory, "inquiry")[0].key
            state, text = await ended(link, memory, "call.requeue", call=call, queue="claims")
            assert (state, text) == ("failed", "claims is full (at most 1 may wait): nothing was done")
            assert f"!{OTHER_CALLER}!" in floor.cli("core show channels concise")
            assert len(calls_of(memory, "inquiry")) == 1

    asyncio.run(story())


def test_who_is_put_into_a_queue_that_takes_nobody_waits_again_at_their_place(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    """Only the join tells of `joinempty`: by then the caller has left the other queue."""
    floor = make_floor(small_floor().with_queue("claims", members=(), join_empty="no"))

    async def story() -> None:
        async with phones_of(floor) as phones, watched(floor, tmp_path) as (_, link, memory):
            await phones.call("95502", CALLER)
            await memory.until(lambda: len(calls_of(memory, "inquiry")) == 1)
            await phones.call("95502", OTHER_CALLER)
            await memory.until(lambda: len(calls_of(memory, "inquiry")) == 2)
            first = min(calls_of(memory, "inquiry"), key=lambda call: call.joined_at)
            state, text = await ended(link, memory, "call.requeue", call=first.key, queue="claims")
            assert state == "failed"
            assert text == "claims does not take calls now: it waits in inquiry again, at its place"
            await memory.until(lambda: len(calls_of(memory, "inquiry")) == 2)
            async with manager_of(floor, "gateway") as manager:
                rows = await manager.rows("QueueStatus", Queue="inquiry")
            places = {row["CallerIDNum"]: row["Position"] for row in rows if row["Event"] == "QueueEntry"}
            assert places == {CALLER: "1", OTHER_CALLER: "2"}
            # Once: who goes on from there, and finds no agent, is not sent to and fro.
            again = next(call for call in calls_of(memory, "inquiry") if call.number == CALLER)
            state, _ = await ended(link, memory, "call.requeue", call=again.key, queue="claims")
            assert state == "failed" and len(calls_of(memory, "inquiry")) == 2

    asyncio.run(story())
    outcomes = [(leg.queue, leg.outcome) for leg in Books(tmp_path).legs.values() if leg.number == CALLER]
    assert outcomes.count(("claims", "blocked")) == 2


def test_who_is_moved_in_a_pause_keeps_its_reason(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor().with_queue("claims", members=()))

    async def story() -> None:
        async with phones_of(floor, "8001"), watched(floor, tmp_path) as (_, link, memory):
            floor.cli("queue add member PJSIP/8001 to claims")
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            assert await ended(link, memory, "seat.pause", seat="8001", reason="会议") == ("done", "")
            moved = {"seat": "8001", "join": [{"queue": "inquiry", "penalty": 3}], "leave": ["claims"]}
            assert await ended(link, memory, "seat.move", **moved) == ("done", "")
            assert seat_state(memory, "8001") == "meeting"
            assert "paused:会议" in floor.cli("queue show inquiry")

    asyncio.run(story())


def test_a_switch_is_on_when_written_read_back_and_said_by_the_dialplan(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor) as phones, watched(floor, tmp_path) as (_, link, memory):
            await memory.until(lambda: switch_state(memory, "claims") == ("off", "normal"))
            done = await ended(link, memory, "switch.set", switch="claims", value="overflow:inquiry")
            assert done == ("done", "")
            assert switch_state(memory, "claims") == ("on", "overflow:inquiry")
            await phones.call("95501", CALLER)
            await memory.until(lambda: len(calls_of(memory, "inquiry")) == 1)
            assert await ended(link, memory, "switch.set", switch="all", value="announce") == ("done", "")
            assert switch_state(memory, "all") == ("on", "announce")
            state, text = await ended(link, memory, "switch.set", switch="claims", value="normal")
            assert (state, "all" in text) == ("done", True)
            assert await ended(link, memory, "switch.set", switch="all", value="normal") == ("done", "")
            await memory.until(lambda: switch_state(memory, "claims") == ("off", "normal"))

    asyncio.run(story())


def test_a_switch_that_somebody_turns_at_asterisks_console_is_seen(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with watched(floor, tmp_path) as (_, _, memory):
            await memory.until(lambda: switch_state(memory, "inquiry") == ("off", "normal"))
            floor.cli("database put floor mode/inquiry callback")
            async with stopwatch() as passed:
                await memory.until(lambda: switch_state(memory, "inquiry") == ("on", "callback"))
                assert passed() < 5

    asyncio.run(story())


@pytest.mark.logs(r".*may not give Originate.*no switch can be proved")
def test_who_may_not_act_in_asterisk_hears_it_and_nothing_is_done(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001"), watched(floor, tmp_path, user="viewer") as (_, link, memory):
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            state, text = await ended(link, memory, "seat.pause", seat="8001", reason="会议")
            assert state == "failed"
            assert "may not give QueuePause" in text
            await memory.until(lambda: switch_state(memory, "claims")[0] == "unsure")
            assert seat_state(memory, "8001") == "ready"

    asyncio.run(story())
