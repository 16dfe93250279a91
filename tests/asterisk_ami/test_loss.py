"""What a connection makes of a server that is late, silent, gone or mad: it ends with a reason and leaves nothing."""

from __future__ import annotations

import asyncio
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.sources.asterisk.ami.link import AmiLink, LinkLostError
from tests.asterisk_ami.fake import Asked, Connection, FakeAmi, Heard, linked, rows, run, success
from tests.asterisk_ami.test_messages import PIECES
from tests.examples import examples

PAUSE = {"Interface": "PJSIP/8001", "Paused": "true"}
JOIN = ("Event: QueueCallerJoin", "Queue: claims")


async def lost(link: AmiLink) -> str:
    """Why a link ended."""
    async with asyncio.timeout(10):
        return str(await link.closed())


def test_an_answer_that_comes_after_its_time_is_nobodys_and_the_next_one_is_right() -> None:
    async def scenario(server: FakeAmi) -> None:
        heard = Heard()
        server.quiet("QueuePause")
        async with linked(server, heard) as link:
            with pytest.raises(LinkLostError, match=r"did not answer QueuePause within 0\.05 s"):
                await link.action("QueuePause", PAUSE, 0.05)
            late = (await server.heard("QueuePause"))["ActionID"]
            server.on("QueuePause", success("Message: the second"))
            server.connections[0].say(success("Message: the first"), success("Message: the first"), action_id=late)
            assert (await link.action("QueuePause", PAUSE))["Message"] == "the second"
            server.connections[0].say(JOIN)
            await heard.until("QueueCallerJoin")
            assert heard.events() == ["QueueCallerJoin"]

    run(scenario)


def test_an_answer_that_lay_in_the_socket_while_we_stood_still_ourselves_counts() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            answer = server.answers["Ping"]

            def stand_still(connection: Connection, asked: Asked) -> None:
                answer(connection, asked)
                threading.Event().wait(0.4)  # nothing of this process runs meanwhile

            server.answers["Ping"] = stand_still
            assert await link.ping(0.3) == 1795657282.037237

    run(scenario)


def test_rows_that_come_after_their_time_are_not_taken_for_events() -> None:
    begin, *others = rows("DeviceStateList", ("Event: DeviceStateChange", "Device: PJSIP/8001", "State: NOT_INUSE"))

    async def scenario(server: FakeAmi) -> None:
        heard = Heard()
        for times, known in ((1, []), (3, [begin])):  # none of the list has come in time, or its beginning has
            server.on("DeviceStateList", *known)
            async with linked(server, heard) as link:
                with pytest.raises(LinkLostError):
                    await link.rows("DeviceStateList", timeout_s=0.05)
                late = (await server.heard("DeviceStateList", times))["ActionID"]
                server.connections[-1].say(*([] if known else [begin]), *others, JOIN, action_id=late)
                await heard.until("QueueCallerJoin")
                assert heard.events() == ["QueueCallerJoin"]
                heard.messages.clear()
                server.on("DeviceStateList", begin, *others)
                assert [row["State"] for row in await link.rows("DeviceStateList")] == ["NOT_INUSE"]

    run(scenario)


def test_an_action_that_was_given_up_leaves_the_connection_as_it_was() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.quiet("QueueStatus")
        async with linked(server) as link:
            asking = asyncio.create_task(link.rows("QueueStatus"))
            await server.heard("QueueStatus")
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert await link.ping(5) == 1795657282.037237

    run(scenario)


def test_a_connection_that_is_cut_in_the_middle_of_a_line_ends_every_wait_with_the_reason() -> None:
    async def scenario(server: FakeAmi) -> None:
        heard = Heard()
        server.quiet("QueueStatus")
        server.quiet("QueuePause")
        async with linked(server, heard) as link:
            asked = (link.rows("QueueStatus"), link.action("QueuePause", PAUSE))
            waits = [asyncio.create_task(one) for one in asked]
            await server.heard("QueuePause")
            server.connections[0].send(b"Event: QueueCallerJoin\r\nQueue: cla")
            server.connections[0].cut()
            for wait in waits:
                with pytest.raises(LinkLostError, match="Asterisk closed the connection"):
                    await wait
            assert await lost(link) == "Asterisk closed the connection"
            assert heard.events() == []

    run(scenario)


def test_an_action_is_never_sent_again_after_a_loss() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.answers["QueuePause"] = lambda client, asked: client.cut()
        async with linked(server) as link:
            with pytest.raises(LinkLostError):
                await link.action("QueuePause", PAUSE)
            with pytest.raises(LinkLostError):
                await link.action("QueueAdd", {"Queue": "claims"})
        async with linked(server) as link:
            await link.booted()
            await link.ping(5)
        assert server.names() == ["QueuePause", "Ping"]

    run(scenario)


def test_a_broken_connection_is_a_lost_one() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            server.connections[0].writer.transport.abort()
            assert "connection" in await lost(link)
            with pytest.raises(LinkLostError):
                await link.ping(5)

    run(scenario)


def test_a_server_that_stops_reading_is_found_by_the_pings_deadline() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            await link.ping(5)
            server.frozen = True
            with pytest.raises(LinkLostError, match=r"did not answer Ping within 0\.1 s"):
                await link.ping(0.1)

    run(scenario)


def test_a_frozen_server_whose_buffers_are_full_holds_nobody_up() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.quiet("SendText")
        async with linked(server) as link:
            server.frozen = True
            server.connections[0].writer.transport.pause_reading()  # type: ignore[attr-defined]
            for _ in range(20):  # more than the buffers of both ends take
                with pytest.raises(LinkLostError):
                    await link.action("SendText", {"Message": "x" * (1 << 20)}, 0.01)
            with pytest.raises(LinkLostError, match="did not answer Ping"):
                await link.ping(0.05)

    run(scenario)


@pytest.mark.parametrize("uptime", ["", "soon", "nan", "1e999", "-5", "٣"])
def test_an_uptime_that_is_no_number_does_not_end_the_connection(uptime: str) -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Ping", success("Ping: Pong", f"Timestamp: {uptime}"))
        async with linked(server) as link:
            server.connections[0].say(("Event: FullyBooted", f"Uptime: {uptime}"))
            await link.booted()
            await link.ping(5)
            assert link.boot_uptime_s >= 0

    run(scenario, boots=False)


@given(st.lists(PIECES), st.booleans())
@settings(max_examples=examples(60))
def test_whatever_comes_the_connection_ends_with_a_reason_and_nobody_waits_for_ever(
    pieces: list[bytes], booted: bool
) -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            server.quiet("QueueStatus")
            waits = asyncio.create_task(link.rows("QueueStatus"))
            await server.heard("QueueStatus")
            server.connections[0].send(b"".join(pieces))
            server.connections[0].cut()
            async with asyncio.timeout(10):
                with pytest.raises(LinkLostError, match="Asterisk closed the connection"):
                    await waits
            with pytest.raises(LinkLostError):
                await link.booted()

    run(scenario, boots=booted)


def test_what_never_ends_is_no_manager_interface() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            server.connections[0].send(b"x" * (5 << 20))
            assert "no message ends within 4 MB" in await lost(link)

    run(scenario)


@pytest.mark.logs("what Asterisk sent could not be used")
def test_a_fault_of_whoever_listens_is_logged_and_is_the_reason_of_the_end() -> None:
    class Clumsy(Heard):
        def take(self, messages: object) -> None:
            raise KeyError("Queue")

    async def scenario(server: FakeAmi) -> None:
        async with linked(server, Clumsy()) as link:
            server.connections[0].say(JOIN)
            assert await lost(link) == "what Asterisk sent could not be used: KeyError('Queue')"

    run(scenario)


def test_closing_ends_what_waits_logs_off_and_leaves_no_task() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.quiet("QueueStatus")
        before = asyncio.all_tasks()
        async with linked(server) as link:
            waits = asyncio.create_task(link.rows("QueueStatus"))
            await server.heard("QueueStatus")
            await link.close()
            with pytest.raises(LinkLostError, match="the connection was closed"):
                await waits
            await link.close()
            assert await lost(link) == "the connection was closed"
        await server.heard("Logoff")
        ours = {task for task in asyncio.all_tasks() - before if task.get_name() == "ami reader"}
        assert ours == set()

    run(scenario)
