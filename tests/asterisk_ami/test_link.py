"""A connection to the manager interface, against a server that refuses, falls silent, and cuts where it hurts."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import socket
import sys

import pytest

from feeds.sources.asterisk.ami import link as link_module
from feeds.sources.asterisk.ami.link import DeniedError, LinkLostError, LoginRefusedError, connect
from feeds.sources.asterisk.ami.messages import AmiError
from tests.asterisk_ami.fake import BOOTED, DENIED, FakeAmi, Heard, block, error, linked, rows, run, success
from tests.gateway.two_addresses import two_addresses

REFUSED = re.escape(os.strerror(errno.ECONNREFUSED)) if os.name == "posix" else ".+"
JOIN = ("Event: QueueCallerJoin", "Queue: claims", "Uniqueid: floor-1.1")


async def refused(server: FakeAmi, secret: str = "word") -> AmiError:
    """How a connection fails."""
    with pytest.raises(AmiError) as caught:
        await connect("127.0.0.1", server.port, "gateway", secret, events=True)
    return caught.value


# Letting in


def test_a_login_tells_the_version_and_how_long_the_server_has_been_up() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            await link.booted()
            assert (link.version, link.boot_uptime_s) == ("11.0.0", 300)
        assert server.asked[0]["Events"] == "on"

    run(scenario)


def test_a_refused_login_names_the_user_and_what_to_compare_but_never_the_secret() -> None:
    async def scenario(server: FakeAmi) -> None:
        found = await refused(server, "hunter2")
        assert isinstance(found, LoginRefusedError)
        assert "'gateway' (Authentication failed); compare user, secret and `permit`" in str(found)
        assert "hunter2" not in str(found)

    run(scenario)


@pytest.mark.parametrize("secret", ["hunter2\r\nAction: Command", "hunter2\n", "hunter2\0", "hunter2\ud800"])
def test_a_secret_that_does_not_fit_into_a_line_is_refused_without_being_told_or_sent(secret: str) -> None:
    async def scenario(server: FakeAmi) -> None:
        found = await refused(server, secret)
        assert isinstance(found, LoginRefusedError)
        assert "hunter2" not in str(found)
        assert [one["Action"] for one in server.asked if one["Action"] != "Logoff"] == []

    run(scenario)


def test_an_asterisk_that_is_shutting_down_refuses_nobody_and_is_tried_again_soon() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Login", error("Asterisk is shutting down"))
        found = await refused(server)
        assert isinstance(found, LinkLostError)
        assert "shutting down" in str(found)
        assert "compare" not in str(found)

    run(scenario)


def test_a_login_that_the_address_may_not_give_is_a_refused_login() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Login", DENIED)
        assert isinstance(await refused(server), LoginRefusedError)

    run(scenario)


def test_a_port_without_a_server_says_what_to_look_at() -> None:
    async def scenario() -> None:
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
        with pytest.raises(LinkLostError, match=rf"127\.0\.0\.1:{port} \({REFUSED}\).*`enabled = yes`"):
            await connect("127.0.0.1", port, "gateway", "word", events=True)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("banner", "said"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "it says 'SSH-2.0-OpenSSH_9.2'"),
        (b"\xff\xfe\x00\r\n", "it says "),
        (b"x" * (1 << 20), "it says much without an end of a line"),
    ],
)
def test_another_service_is_told_by_what_it_says(banner: bytes, said: str) -> None:
    async def scenario(server: FakeAmi) -> None:
        assert f"is not Asterisk's manager port: {said}" in str(await refused(server))

    run(scenario, banner)


def test_a_server_that_closes_before_its_banner_is_no_manager_port() -> None:
    async def scenario() -> None:
        async def turn_away(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        async with await asyncio.start_server(turn_away, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(AmiError, match="closes at once"):
                await connect("127.0.0.1", port, "gateway", "word", events=True)

    asyncio.run(scenario())


@pytest.mark.skipif(sys.platform != "linux", reason="needs two addresses of this machine")
def test_a_server_is_found_at_the_second_address_of_its_name_when_the_first_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scenario(server: FakeAmi) -> None:
        with two_addresses(server.port, monkeypatch) as name:
            link = await connect(name, server.port, "gateway", "word", events=True)
            await link.close()

    run(scenario)


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "CONNECT_S", 0.05)

    async def scenario(server: FakeAmi) -> None:
        assert "it says nothing" in str(await refused(server))

    run(scenario, b"")


def test_a_server_that_boots_late_is_waited_for() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            waiting = asyncio.create_task(link.booted())
            await link.ping(5)
            assert not waiting.done()
            server.connections[0].say(BOOTED)
            await waiting
            assert link.boot_uptime_s == 300

    run(scenario, boots=False)


def test_a_server_that_never_says_it_is_booted_hints_at_the_users_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "BOOT_S", 0.05)

    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            with pytest.raises(LinkLostError, match="`read = system`"):
                await link.booted()

    run(scenario, boots=False)


def test_a_server_that_goes_before_it_is_booted_ends_the_waiting() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            waiting = asyncio.create_task(link.booted())
            server.connections[0].cut()
            with pytest.raises(LinkLostError, match="Asterisk closed the connection"):
                await waiting

    run(scenario, boots=False)


def test_booting_is_heard_of_where_it_is_not_among_the_wanted_events() -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server, wanted=frozenset({"Hangup"})) as link:
            await link.booted()

    run(scenario)


# Actions and their answers


def test_rows_are_gathered_whatever_comes_between_them() -> None:
    held: dict[str, str] = {}

    def keep(_: object, asked: dict[str, str]) -> None:
        held[asked["Queue"]] = asked["ActionID"]

    async def scenario(server: FakeAmi) -> None:
        heard = Heard()
        server.answers["QueueStatus"] = keep
        async with linked(server, heard) as link:
            one, two = (asyncio.create_task(link.rows("QueueStatus", {"Queue": name})) for name in ("claims", "rescue"))
            await server.heard("QueueStatus", 2)
            lists = [rows("QueueStatus", *_members(name)) for name in ("claims", "rescue")]
            client = server.connections[0]
            for first, second in zip(*lists, strict=True):
                client.say(first, action_id=held["claims"])
                client.say(JOIN)
                client.say(second, action_id=held["rescue"])
            assert [row["Name"] for row in await one] == ["claims 1", "claims 2"]
            assert [row["Name"] for row in await two] == ["rescue 1", "rescue 2"]
            assert heard.events() == ["QueueCallerJoin"] * 4

    run(scenario)


def _members(queue: str) -> list[tuple[str, ...]]:
    return [("Event: QueueMember", f"Queue: {queue}", f"Name: {queue} {number}") for number in (1, 2)]


def test_an_empty_list_and_one_that_was_cancelled_end() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("DBGetTree", *rows("DBGetTree"))
        end = ("Event: StatusComplete", "ActionID: {id}", "EventList: Cancelled")
        server.on("Status", success("EventList: start"), end)
        async with linked(server) as link:
            assert await link.rows("DBGetTree") == []
            assert await link.rows("Status") == []

    run(scenario)


def test_a_refused_list_says_which_and_why() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("QueueStatus", error("No such queue"))
        async with linked(server) as link:
            with pytest.raises(AmiError, match="QueueStatus: No such queue"):
                await link.rows("QueueStatus")

    run(scenario)


def test_a_refused_action_is_a_response_like_any_other() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("QueuePause", error("Interface not found"))
        async with linked(server) as link:
            answer = await link.action("QueuePause", {"Interface": "PJSIP/8001", "Paused": "true"})
            assert (answer["Response"], answer["Message"]) == ("Error", "Interface not found")

    run(scenario)


def test_a_missing_right_is_told_apart_from_a_refusal() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Originate", DENIED)
        async with linked(server) as link:
            with pytest.raises(DeniedError, match="may not give Originate"):
                await link.action("Originate")
            with pytest.raises(DeniedError):
                await link.rows("Originate")

    run(scenario)


def test_the_outcome_of_a_call_is_an_event_although_it_bears_the_actions_id() -> None:
    outcome = ("Event: OriginateResponse", "ActionID: {id}", "Response: Failure", "Reason: 0")

    async def scenario(server: FakeAmi) -> None:
        heard = Heard()
        # The other way round happens too: a call that fails at once.
        server.on("Originate", outcome, success("Message: Originate successfully queued"))
        async with linked(server, heard) as link:
            answer = await link.action("Originate", {"Channel": "Local/claims@ask"})
            assert answer["Message"] == "Originate successfully queued"
            event = await heard.until("OriginateResponse")
            assert event["ActionID"] == answer["ActionID"] == server.asked[-1]["ActionID"]

    run(scenario)


def test_headers_that_repeat_go_and_come() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Command", success("Output: one", "Output:", "Output: two: three"))
        async with linked(server) as link:
            answer = await link.action("Command", {"Variable": ["A=1", "B=2"], "Command": "core show version"})
            assert answer.all("Output") == ["one", "", "two: three"]
        assert "Variable: A=1\r\nVariable: B=2\r\nCommand: core show version" in server.texts[1]

    run(scenario)


def test_a_character_that_is_cut_across_reads_stays_whole() -> None:
    name = "8078 马秀红"
    data = f"Event: QueueMemberPause\r\nMemberName: {name}\r\n\r\n".encode()

    async def scenario(server: FakeAmi) -> None:
        for place in range(data.index(b"8078"), len(data)):
            heard = Heard()
            async with linked(server, heard):
                server.connections[-1].send(block(*JOIN) + data[:place])
                await heard.until("QueueCallerJoin")  # so that the beginning has been read alone
                server.connections[-1].send(data[place:])
                assert (await heard.until("QueueMemberPause"))["MemberName"] == name

    run(scenario)


@pytest.mark.parametrize("value", ["claims\r\nAction: Command", "claims\n", "cl\raims", "claims\0"])
def test_a_line_break_in_a_field_is_refused_before_anything_is_sent(value: str) -> None:
    async def scenario(server: FakeAmi) -> None:
        async with linked(server) as link:
            for fields in ({"Queue": value}, {value: "claims"}, {"Variable": ["A=1", value]}):
                with pytest.raises(ValueError, match="does not fit into one line"):
                    await link.action("QueuePause", fields)
            with pytest.raises(ValueError, match="does not fit into one line"):
                await link.action(value)
            await link.ping(5)
        assert server.names() == ["Ping"]

    run(scenario)
