"""The PBX as the gateway holds it: two connections that open, stay and end together."""

from __future__ import annotations

import asyncio
import time

import pytest

from config.asterisk import Asterisk
from feeds.sources.asterisk import pbx as pbx_module
from feeds.sources.asterisk.ami.link import LinkLostError, LoginRefusedError
from feeds.sources.asterisk.ami.messages import AmiError, Message
from feeds.sources.asterisk.pbx import Pbx
from tests.asterisk_ami.fake import DENIED, FakeAmi, Heard, error, rows, run, success

WANTED = frozenset({"FullyBooted", "QueueCallerJoin", "Hangup"})


def pbx_of(server: FakeAmi, secret: str = "word") -> Pbx:
    """What is not yet connected to the fake server."""
    return Pbx(Asterisk(port=server.port), secret, WANTED)


async def nothing() -> None:
    """What is done whenever both connections have answered."""


def nobody() -> set[str]:
    """The names of the tasks of connections that are open."""
    return {task.get_name() for task in asyncio.all_tasks() if task.get_name() == "ami reader"}


def test_opening_tells_when_the_server_was_booted_and_how_far_the_clocks_are_apart() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Filter", success())
        pbx = pbx_of(server)
        assert await pbx.open(lambda messages: None) == 1795657282.037237 - 300
        assert abs(pbx.offset_ms - (time.time() - 1795657282.037237) * 1000) < 10_000
        assert [one["Events"] for one in server.asked if one["Action"] == "Login"] == ["on", "off"]
        rules = [one["MatchCriteria"] for one in server.asked if one["Action"] == "Filter"]
        assert rules == ["name(FullyBooted)", "name(Hangup)", "name(QueueCallerJoin)"]
        await pbx.close()
        assert not pbx.connected

    run(scenario)


@pytest.mark.parametrize("answer", [DENIED, error("no such filter")])
def test_a_user_who_may_not_filter_hears_what_is_wanted_all_the_same(answer: tuple[str, ...]) -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Filter", answer)
        heard = Heard()
        pbx = pbx_of(server)
        await pbx.open(heard.take)
        server.connections[0].say(("Event: VarSet", "Value: 1"), ("Event: Hangup", "Cause: 16"))
        await heard.until("Hangup")
        assert heard.events() == ["Hangup"]
        await pbx.close()

    run(scenario)


def test_a_pbx_that_does_not_open_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pbx_module, "DEADLINE_S", 0.1)

    async def scenario(server: FakeAmi) -> None:
        with pytest.raises(LoginRefusedError):
            await pbx_of(server, "wrong").open(lambda messages: None)
        server.quiet("Ping")
        pbx = pbx_of(server)
        with pytest.raises(LinkLostError, match="did not answer Ping"):
            await pbx.open(lambda messages: None)
        assert not pbx.connected
        assert nobody() == set()

    run(scenario)


def test_a_second_connection_that_is_refused_closes_the_first() -> None:
    async def scenario(server: FakeAmi) -> None:
        letting_in = server.answers["Login"]

        def once(client: object, asked: dict[str, str]) -> None:
            server.secrets["gateway"] = "word" if asked["Events"] == "on" else "changed meanwhile"
            letting_in(client, asked)  # type: ignore[arg-type]

        server.answers["Login"] = once
        with pytest.raises(LoginRefusedError):
            await pbx_of(server).open(lambda messages: None)
        assert nobody() == set()

    run(scenario)


def test_without_a_connection_nothing_can_be_asked() -> None:
    async def scenario(server: FakeAmi) -> None:
        pbx = pbx_of(server)
        for asking in (pbx.action("Ping"), pbx.rows("QueueStatus"), pbx.state_rows("QueueStatus"), pbx.stay(nothing)):
            with pytest.raises(LinkLostError, match="not connected"):
                await asking
        assert pbx.heard_at == 0

    run(scenario)


def test_lists_of_the_floors_state_come_by_the_connection_of_the_events_and_orders_by_the_other() -> None:
    by: list[int] = []

    async def scenario(server: FakeAmi) -> None:
        server.on("Filter", success())
        server.on("QueueStatus", *rows("QueueStatus"))
        told = server.answers["QueueStatus"]

        def noted(client: object, asked: dict[str, str]) -> None:
            by.append(server.connections.index(client))  # type: ignore[arg-type]
            told(client, asked)  # type: ignore[arg-type]

        server.answers["QueueStatus"] = noted
        pbx = pbx_of(server)
        await pbx.open(lambda messages: None)
        await pbx.state_rows("QueueStatus")
        await pbx.rows("QueueStatus")
        assert by == [0, 1]
        await pbx.close()

    run(scenario)


def test_whoever_watches_sees_each_event_until_he_has_seen_enough() -> None:
    async def scenario(server: FakeAmi) -> None:
        server.on("Filter", success())
        heard, seen = Heard(), list[Message]()
        pbx = pbx_of(server)
        await pbx.open(heard.take)
        stop = pbx.watch(seen.append)
        server.connections[0].say(("Event: QueueCallerJoin", "Queue: claims"))
        await heard.until("QueueCallerJoin")
        stop()
        stop()
        server.connections[0].say(("Event: Hangup", "Cause: 16"))
        await heard.until("Hangup")
        assert [message.event for message in seen if message.event != "FullyBooted"] == ["QueueCallerJoin"]
        await pbx.close()

    run(scenario)


@pytest.mark.parametrize("which", [0, 1])
def test_when_either_connection_is_lost_staying_ends_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    monkeypatch.setattr(pbx_module, "PING_S", 0.0)

    async def scenario(server: FakeAmi) -> None:
        server.on("Filter", success())
        pbx = pbx_of(server)
        await pbx.open(lambda messages: None)
        staying = asyncio.create_task(pbx.stay(nothing))
        await server.heard("Ping", 4)
        server.connections[which].cut()
        async with asyncio.timeout(10):
            with pytest.raises(AmiError):
                await staying
        await pbx.close()
        assert nobody() == set()

    run(scenario)


def test_a_server_that_freezes_is_found_within_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pbx_module, "PING_S", 0.0)

    async def scenario(server: FakeAmi) -> None:
        server.on("Filter", success())
        pbx = pbx_of(server)
        await pbx.open(lambda messages: None)
        staying = asyncio.create_task(pbx.stay(nothing))
        await server.heard("Ping", 4)
        monkeypatch.setattr(pbx_module, "DEADLINE_S", 0.2)  # before, none may be missed however slow this machine is
        server.frozen = True
        async with asyncio.timeout(10):
            with pytest.raises(LinkLostError, match="did not answer Ping"):
                await staying
        await pbx.close()

    run(scenario)
