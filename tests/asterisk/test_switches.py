"""The dialplan that sites include: switches that the next call obeys, what is told of it, and callers who are moved."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import (
    AsteriskFloor,
    FloorPlan,
    Manager,
    Phones,
    QueuePlan,
    manager_of,
    phones_of,
    small_floor,
)  # fmt: skip
from tests.asterisk.stories import CALLER, OTHER_CALLER, logged

VIP_CALLER = "13700000003"


@asynccontextmanager
async def on(floor: AsteriskFloor) -> AsyncIterator[tuple[Phones, Manager]]:
    """Phones and the gateway's own kind of connection."""
    async with phones_of(floor) as phones, manager_of(floor, "gateway") as manager:
        yield phones, manager


async def switch(manager: Manager, key: str, value: str) -> None:
    said = await manager.action("DBPut", Family="floor", Key=key, Val=value)
    assert said["Response"] == "Success", said


async def route(manager: Manager, caller: str = CALLER, since: int = 0) -> tuple[str, str]:
    """What the switch decided for a caller: queue and mode."""
    told = await manager.until(since=since, Event="UserEvent", UserEvent="FloorRoute", Caller=caller)
    return told["Queue"], told["Mode"]


async def end(manager: Manager) -> tuple[str, str, str]:
    """Queue, mode and queue status of a call that found no agent."""
    told = await manager.until(Event="UserEvent", UserEvent="FloorEnd")
    return told["Queue"], told["Mode"], told["Queuestatus"]


def test_a_call_is_told_to_go_the_normal_way_while_no_switch_is_set(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await phones.call("95501", CALLER)
            assert await route(manager) == ("claims", "normal")
            joined = await manager.until(Event="QueueCallerJoin", Queue="claims")
            told = manager.all(Event="UserEvent", UserEvent="FloorRoute")[0]
            assert joined["Uniqueid"] in told["Uniqueid"].split("\n")

    asyncio.run(story())


def test_a_queue_with_a_chinese_name_is_reached_asked_and_overflowed_into_like_any_other(make_floor: MakeFloor) -> None:
    """Whom no pattern of the dialplan takes is cut off."""
    plan = small_floor()
    plan = dataclasses.replace(plan, queues=(*plan.queues, QueuePlan("理赔", "95509"), QueuePlan("车险二组", "95510")))

    async def story() -> None:
        async with on(make_floor(plan)) as (phones, manager):
            await phones.call("95509", CALLER)
            assert await route(manager) == ("理赔", "normal")
            await manager.until(Event="QueueCallerJoin", Queue="理赔", CallerIDNum=CALLER)
            await switch(manager, "mode/claims", "overflow:车险二组")
            await phones.call("95501", OTHER_CALLER)
            await manager.until(Event="QueueCallerJoin", Queue="车险二组", CallerIDNum=OTHER_CALLER)
            await manager.action("Originate", Channel="Local/理赔@ask", Application="NoOp", Async="true")
            told = await manager.until(Event="UserEvent", UserEvent="FloorAnswer")
            assert (told["Queue"], told["Mode"]) == ("理赔", "normal")

    asyncio.run(story())


@pytest.mark.parametrize("key", ["mode/claims", "mode/all"])
def test_the_next_call_obeys_an_overflow_and_waits_in_the_other_queue(make_floor: MakeFloor, key: str) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await phones.call("95501", OTHER_CALLER)
            await manager.until(Event="QueueCallerJoin", Queue="claims", CallerIDNum=OTHER_CALLER)
            await switch(manager, key, "overflow:inquiry")
            await phones.call("95501", CALLER)
            assert await route(manager) == ("claims", "overflow:inquiry")
            await manager.until(Event="QueueCallerJoin", Queue="inquiry", CallerIDNum=CALLER)

    asyncio.run(story())


def test_the_floors_switch_wins_over_the_queues_unless_it_is_normal(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await switch(manager, "mode/claims", "callback")
            await switch(manager, "mode/all", "announce")
            await phones.call("95501", CALLER)
            assert await route(manager) == ("claims", "announce")
            await switch(manager, "mode/all", "normal")
            await phones.call("95501", OTHER_CALLER)
            assert await route(manager, OTHER_CALLER) == ("claims", "callback")

    asyncio.run(story())


def test_an_announcement_ends_the_call_and_a_switch_taken_back_lets_the_next_one_in(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await switch(manager, "mode/claims", "announce")
            call = await phones.call("95501", CALLER)
            assert await end(manager) == ("claims", "announce", "")
            assert await call.until_ended() == "they hung up"
            assert (await manager.action("DBDel", Family="floor", Key="mode/claims"))["Response"] == "Success"
            await phones.call("95501", OTHER_CALLER)
            await manager.until(Event="QueueCallerJoin", CallerIDNum=OTHER_CALLER)

    asyncio.run(story())


def test_a_callback_is_told_and_kept_in_the_database(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with on(floor) as (phones, manager):
            await switch(manager, "mode/claims", "callback")
            call = await phones.call("95501", CALLER)
            told = await manager.until(Event="UserEvent", UserEvent="FloorCallback")
            assert (told["Queue"], told["Caller"]) == ("claims", CALLER)
            await call.until_ended()

    asyncio.run(story())
    assert f"claims:{CALLER}" in floor.cli("database show floor/callback")


def test_the_backup_site_is_called_and_when_it_is_away_the_call_ends(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await switch(manager, "mode/all", "backup")
            await phones.call("95501", CALLER)
            assert await end(manager) == ("claims", "backup", "")
            (backup,) = await phones.plug("backup")
            backup.answer_by_itself(hz=850)
            call = await phones.call("95501", OTHER_CALLER)
            await call.sound.hears(850)

    asyncio.run(story())


def test_a_word_that_is_no_mode_loses_no_caller(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await switch(manager, "mode/claims", "holiday")
            await phones.call("95501", CALLER)
            assert await route(manager) == ("claims", "holiday")
            await manager.until(Event="QueueCallerJoin", Queue="claims")

    asyncio.run(story())


def test_the_gateway_may_ask_what_a_switch_says_without_any_call(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (_, manager):
            await switch(manager, "mode/claims", "overflow:inquiry")
            for queue, mode in (("claims", "overflow:inquiry"), ("inquiry", "normal")):
                asked = {"Channel": f"Local/{queue}@ask", "Application": "NoOp", "Async": "true"}
                await manager.action("Originate", **asked)
                told = await manager.until(Event="UserEvent", UserEvent="FloorAnswer", Queue=queue)
                assert told["Mode"] == mode
            assert manager.all(Event="QueueCallerJoin") == []

    asyncio.run(story())


def test_a_switch_survives_a_restart(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def throw() -> None:
        async with manager_of(floor, "gateway") as manager:
            await switch(manager, "mode/claims", "announce")

    async def ask() -> None:
        async with manager_of(floor, "gateway") as manager:
            (row,) = await manager.rows("DBGet", Family="floor", Key="mode/claims")
            assert row["Val"] == "announce"

    asyncio.run(throw())
    floor.restart()  # in order; a switch thrown in the second before a SIGKILL is lost: Asterisk commits once a second
    asyncio.run(ask())


@pytest.mark.parametrize(
    ("plan", "status"),
    [(small_floor(1, capacity=1), "FULL"), (small_floor(1, join_empty="unavailable,invalid"), "JOINEMPTY")],
)
def test_a_queue_that_cannot_be_joined_is_told_by_the_dialplan_alone(
    make_floor: MakeFloor, plan: FloorPlan, status: str
) -> None:
    async def story() -> None:
        async with on(make_floor(plan)) as (phones, manager):
            if status == "FULL":
                await phones.call("95501", OTHER_CALLER)
                await manager.until(Event="QueueCallerJoin", CallerIDNum=OTHER_CALLER)
            call = await phones.call("95501", CALLER)
            assert await end(manager) == ("claims", "normal", status)
            await call.until_ended()
            assert manager.all(Event="QueueCallerJoin", CallerIDNum=CALLER) == []

    asyncio.run(story())


OWN_WAY = """
[ext-queues]
exten => claims,1,Queue(claims,t,,,1)
 same => n,Goto(floor-end,claims,1)
"""


def test_a_pbx_with_a_way_of_its_own_into_queues_keeps_it(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())
    with (floor.workspace / "etc/extensions_numbers.conf").open("a", encoding="utf-8") as numbers:
        numbers.write(OWN_WAY)
    floor.reload("pbx_config")
    floor.cli("dialplan set global FLOOR_JOIN ext-queues")

    async def story() -> None:
        async with on(floor) as (phones, manager):
            await phones.call("95501", CALLER)
            assert (await manager.until(Event="QueueCallerJoin"))["Context"] == "ext-queues"
            assert await end(manager) == ("claims", "normal", "TIMEOUT")

    asyncio.run(story())


def test_a_caller_whose_time_is_up_is_told_as_abandon_and_only_the_dialplan_knows_better(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with on(floor) as (phones, manager):
            for caller, seconds in ((OTHER_CALLER, "4"), (CALLER, "1")):
                floor.cli(f"dialplan set global FLOOR_MAXWAIT {seconds}")
                await phones.call("95501", caller)
                await manager.until(Event="QueueCallerJoin", CallerIDNum=caller)
            for caller in (CALLER, OTHER_CALLER):  # behind in line, and first
                told = await manager.until(Event="UserEvent", UserEvent="FloorEnd", CallerIDNum=caller)
                assert told["Queuestatus"] == "TIMEOUT"
                assert len(manager.all(Event="QueueCallerAbandon", CallerIDNum=caller)) == 1
                assert len(manager.all(Event="QueueCallerLeave", CallerIDNum=caller)) == 1

    asyncio.run(story())
    assert [event for _, event in logged(floor)] == ["ENTERQUEUE", "ENTERQUEUE", "EXITWITHTIMEOUT", "EXITWITHTIMEOUT"]


async def position_of(manager: Manager, caller: str, queue: str) -> int:
    """A caller's place in a queue; 0 when he is not in it."""
    rows = await manager.rows("QueueStatus", Queue=queue)
    return next((int(row["Position"]) for row in rows if row.get("CallerIDNum") == caller and "Position" in row), 0)


def test_a_caller_who_is_moved_goes_the_way_of_every_call_and_keeps_the_priority_he_is_given(
    make_floor: MakeFloor,
) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await phones.call("95502", OTHER_CALLER)
            await manager.until(Event="QueueCallerJoin", Queue="inquiry")
            await phones.call("95501", CALLER)
            joined = await manager.until(Event="QueueCallerJoin", Queue="claims")
            await manager.action("Setvar", Channel=joined["Channel"], Variable="QUEUE_PRIO", Value="9")
            since = len(manager.events)
            to = {"Channel": joined["Channel"], "Context": "floor-requeue", "Exten": "inquiry", "Priority": "1"}
            assert (await manager.action("Redirect", **to))["Response"] == "Success"
            assert await route(manager, since=since) == ("inquiry", "normal")
            await manager.until(since=since, Event="QueueCallerAbandon", Queue="claims")
            again = await manager.until(since=since, Event="QueueCallerJoin", Queue="inquiry")
            assert again["Uniqueid"] == joined["Uniqueid"]
            assert await position_of(manager, CALLER, "inquiry") == 1
            assert await position_of(manager, OTHER_CALLER, "inquiry") == 2

    asyncio.run(story())


def test_a_number_with_a_priority_in_the_database_is_put_first(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            await switch(manager, f"prio/{VIP_CALLER}", "10")
            for caller in (CALLER, VIP_CALLER):
                await phones.call("95501", caller)
                await manager.until(Event="QueueCallerJoin", CallerIDNum=caller)
            assert await position_of(manager, VIP_CALLER, "claims") == 1

    asyncio.run(story())


def test_a_waiting_caller_is_redirected_to_a_number_of_the_sites_own(make_floor: MakeFloor) -> None:
    async def story() -> None:
        async with on(make_floor(small_floor())) as (phones, manager):
            (supervisor,) = await phones.plug("7001")
            call = await phones.call("95501", CALLER)
            joined = await manager.until(Event="QueueCallerJoin")
            to = {"Channel": joined["Channel"], "Context": "floor-redirect", "Exten": "7001", "Priority": "1"}
            assert (await manager.action("Redirect", **to))["Response"] == "Success"
            await (await supervisor.next_call()).answer(hz=520)
            await call.sound.hears(520)

    asyncio.run(story())
