"""A test's own Asterisk: it starts clean, dies, comes back, stands still, reloads, keeps everybody to his rights."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import (
    DEADLINE_S,
    AsteriskFloor,
    QueuePlan,
    manager_of,
    many_queues,
    phones_of,
    small_floor,
    whole_floor,
    within,
)  # fmt: skip
from tests.asterisk.floor.configuration import PACKAGE
from tests.asterisk.floor.plan import members
from tests.asterisk.stories import CALLER, OTHER_CALLER, a_talk, logged


def ping(floor: AsteriskFloor, seconds: float) -> bool:
    """Whether the manager interface says a word within so many seconds."""
    with socket.create_connection(floor.ami, 5) as link:
        link.settimeout(seconds)
        try:
            return bool(link.recv(100))
        except TimeoutError:
            return False


def test_the_whole_floor_starts_without_a_warning_and_shows_its_queues(make_floor: MakeFloor) -> None:
    floor = make_floor(whole_floor())

    async def story() -> None:
        async with manager_of(floor, "viewer") as manager:
            rows = await manager.rows("QueueStatus")
        queues = {row["Queue"] for row in rows if row["Event"] == "QueueParams"}
        assert queues == {queue.name for queue in floor.plan.queues}
        assert len({row["StateInterface"] for row in rows if row["Event"] == "QueueMember"}) == 110
        names = {row["Name"] for row in rows if row["Event"] == "QueueMember"}
        assert f"8001 {floor.plan.person('8001').zh}" in names

    asyncio.run(story())
    bad = [line for line in floor.messages.read_text("utf-8").splitlines() if "WARNING" in line or "ERROR" in line]
    assert bad == []


def test_every_phone_of_the_whole_floor_registers(floor: AsteriskFloor) -> None:
    async def story() -> None:
        async with phones_of(floor, silent=True) as phones, manager_of(floor, "viewer") as manager:

            async def until_all_are_free() -> None:
                """The state of a phone follows its registration when Asterisk comes to it."""
                free = 0
                while free != 115:
                    rows = await manager.rows("DeviceStateList")
                    phones_free = (row for row in rows if row.get("Device", "").startswith("PJSIP/"))
                    free = sum(row["State"] == "NOT_INUSE" for row in phones_free)

            await phones.plug_all()
            await within(DEADLINE_S, "all 115 phones are free", until_all_are_free())

    asyncio.run(story())


def test_every_setting_of_the_package_is_in_force(floor: AsteriskFloor) -> None:
    assert {path.name for path in PACKAGE.glob("*.conf")} == {
        f"{name}_watchfloor.conf"
        for name in ("chan_websocket", "extensions", "manager", "queues", "websocket_client")
    }  # fmt: skip
    shown = floor.cli("manager show user gateway")
    for right in ("originate", "command", "config"):
        assert right in shown
    assert "TALK_SINCE" in floor.cli("manager show settings") + shown
    contexts = floor.cli("dialplan show")
    for name in (
        "floor-queue", "floor-mode", "floor-join", "floor-end", "floor-requeue", "floor-redirect", "ask",
        "talk-begins", "spy",
    ):  # fmt: skip
        assert f"[ Context '{name}' created" in contexts


def test_asterisk_that_is_killed_and_started_again_has_forgotten_its_calls(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))

    async def before() -> str:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            await a_talk(phones)
            connected = await manager.until(Event="AgentConnect")
            floor.kill()
            await within(5, "the connection is closed", manager.closed.wait())
            assert manager.all(Event="Shutdown") == []
            assert manager.all(Event="Hangup") == []
            return connected["Uniqueid"]

    async def after() -> list[str]:
        async with manager_of(floor, "gateway") as manager:
            return [row["Uniqueid"] for row in await manager.rows("CoreShowChannels")]

    asyncio.run(before())
    assert not floor.runs
    floor.start()
    assert asyncio.run(after()) == []
    assert logged(floor) == [("claims", "ENTERQUEUE"), ("claims", "CONNECT")], "no line tells of the end"


def test_asterisk_that_is_restarted_says_so_and_takes_calls_at_the_same_address(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))
    where = floor.ports

    async def before() -> None:
        async with manager_of(floor, "gateway") as manager:
            await asyncio.to_thread(floor.restart)
            await manager.until(Event="Shutdown")
            await within(5, "the connection is closed", manager.closed.wait())

    async def after() -> None:
        async with phones_of(floor, "8001") as phones:
            call, _ = await a_talk(phones)
            await call.hang_up()

    asyncio.run(before())
    assert floor.ports == where
    asyncio.run(after())


def test_asterisk_that_is_frozen_keeps_its_connections_and_says_nothing_until_it_is_thawed(
    make_floor: MakeFloor,
) -> None:
    floor = make_floor(small_floor(1))
    assert ping(floor, 5)
    floor.freeze()
    assert floor.runs
    assert not ping(floor, 0.3)
    floor.thaw()
    assert ping(floor, 5)


def test_two_floors_run_side_by_side_and_know_nothing_of_each_other(make_floor: MakeFloor) -> None:
    first, second = make_floor(small_floor(1)), make_floor(small_floor(1))
    assert first.ports.ami != second.ports.ami
    assert first.workspace != second.workspace

    async def story() -> None:
        async with phones_of(first, "8001") as one, phones_of(second, "8001") as other:
            await one.call("95501", CALLER)
            await other.call("95501", OTHER_CALLER)
            assert (await one["8001"].next_call()).caller == CALLER
            assert (await other["8001"].next_call()).caller == OTHER_CALLER

    asyncio.run(story())


def test_what_a_killed_test_run_left_is_ended_by_the_next_floor(make_floor: MakeFloor, repository: Path) -> None:
    code = "from tests.asterisk.floor import *; floor = AsteriskFloor(small_floor()); floor.start(); print(floor.pid)"
    words = [sys.executable, "-c", f"{code}; input()"]
    with subprocess.Popen(words, cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        left = int(run.stdout.readline())
        assert is_alive(left)
        run.kill()
    make_floor(small_floor())
    assert not is_alive(left)


def is_alive(pid: int) -> bool:
    """Whether there is a process that has not ended; one that only waits to be buried has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_queue_that_is_added_takes_calls_after_a_reload(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))
    queues = (*floor.plan.queues, QueuePlan("storm", "95520", members((8001, 8001, 0)), "暴雨", "Storm", "claims"))
    floor.change(floor.plan.with_queues(queues))

    async def story() -> None:
        async with phones_of(floor, "8001") as phones:
            await a_talk(phones, number="95520")

    asyncio.run(story())


def test_a_generated_queue_takes_the_package_by_addition_as_on_freepbx(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))
    etc = floor.workspace / "etc"
    bare = "[claims]\nstrategy = linear\nringinuse = yes\nmember => PJSIP/8001,0,8001,PJSIP/8001\n"
    (etc / "queues_floor.conf").write_text(f"{bare}\n[claims](+,watchfloor-queue)\n", "utf-8")
    floor.reload("app_queue")

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            await a_talk(phones)
            rows = await manager.rows("CoreShowChannels")
            assert any(row["ChanVariable"].removeprefix("TALK_SINCE=").isdigit() for row in rows)

    asyncio.run(story())
    assert "ringinuse disabled" in floor.cli("queue show claims")


def test_a_thousand_queues_start_within_seconds(make_floor: MakeFloor) -> None:
    began = time.monotonic()
    floor = make_floor(many_queues(1000))
    assert time.monotonic() - began < 20

    async def story() -> None:
        async with manager_of(floor, "viewer") as manager:
            rows = await manager.rows("QueueSummary")
        assert len(rows) == 1000

    asyncio.run(story())


@pytest.mark.parametrize(
    ("user", "action", "allowed"),
    [
        ("gateway", {"Action": "DBPut", "Family": "floor", "Key": "mode/vip", "Val": "normal"}, True),
        ("gateway", {"Action": "Command", "Command": "core show uptime"}, True),
        ("viewer", {"Action": "QueueSummary"}, True),
        ("viewer", {"Action": "DBPut", "Family": "floor", "Key": "mode/vip", "Val": "announce"}, False),
        ("viewer", {"Action": "QueuePause", "Interface": "PJSIP/8001", "Paused": "true"}, False),
        ("viewer", {"Action": "Originate", "Channel": "Local/vip@ask", "Application": "NoOp"}, False),
        ("limited", {"Action": "QueuePause", "Interface": "PJSIP/8001", "Paused": "false"}, True),
        ("limited", {"Action": "Command", "Command": "core show uptime"}, False),
        ("limited", {"Action": "Originate", "Channel": "Local/vip@ask", "Application": "NoOp"}, False),
    ],
    ids=lambda value: value["Action"] if isinstance(value, dict) else str(value),
)
def test_everybody_may_do_what_his_rights_say_and_nothing_else(
    floor: AsteriskFloor, user: str, action: dict[str, str], allowed: bool
) -> None:
    async def story() -> None:
        async with manager_of(floor, user) as manager:
            said = await manager.action(action["Action"], **{k: v for k, v in action.items() if k != "Action"})
            assert (said["Message"] != "Permission denied") is allowed
            assert (said["Response"] == "Success") is allowed, said

    asyncio.run(story())


def test_the_gateway_is_spared_the_events_that_a_floor_does_not_need(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))

    async def story() -> None:
        async with (
            phones_of(floor, "8001") as phones,
            manager_of(floor, "gateway") as gateway,
            manager_of(floor, "everything") as everything,
        ):
            call, _ = await a_talk(phones)
            await call.hang_up()
            for manager in (gateway, everything):
                await manager.until(Event="AgentComplete")
                await manager.until(Event="Hangup", ChannelStateDesc="Up")
            assert len(gateway.events) < len(everything.events) / 2
            assert gateway.all(Event="VarSet") == gateway.all(Event="Newexten") == []
            devices = {event["Device"] for event in gateway.all(Event="DeviceStateChange")}
            assert not any(device.startswith("Queue:") for device in devices)
            assert any(event["Device"].startswith("Queue:") for event in everything.all(Event="DeviceStateChange"))

    asyncio.run(story())


KILLED = """
import sys, time
from tests.asterisk.floor import AsteriskFloor, PracticePeople, find_program, small_floor
with AsteriskFloor(small_floor(), find_program()) as floor, PracticePeople(floor) as people:
    print(people._process.pid, floor.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.usefixtures("program")
def test_people_of_a_run_that_was_killed_go_with_it_and_take_no_calls_of_the_next(repository: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], cwd=repository, stdout=subprocess.PIPE, text=True) as run:
        try:
            assert run.stdout is not None
            said = run.stdout.readline()
            assert said, "the floor did not start; it says above why"
            people, asterisk = (int(word) for word in said.split())
            try:
                handle = os.pidfd_open(people)
                try:
                    run.kill()
                    run.wait()
                    assert select.select([handle], [], [], 15)[0], "the people are still there"
                finally:
                    os.close(handle)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(asterisk, signal.SIGKILL)
        finally:
            run.kill()
