"""Faults made to happen: frozen and talkative consoles, lost rights, silent sources, full disks, wrong frames."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from config.load import load, shipped_sites
from config.schema import GatewaySettings, Site
from feeds import wire
from feeds.entities import Source
from feeds.facts import AnyFact, SeatChanged, Tick
from feeds.gateway.desk import SEND_BUFFER
from feeds.gateway.pump import PROGRESS_S
from feeds.gateway.serve import Gateway, GatewayError
from feeds.log.base import LogError
from feeds.requests import HelloParams
from tests.bench.feed_load import HEADER, masked
from tests.gateway.floors import START, a_morning, everybody_signs_in, small_site
from tests.gateway.harness import ListSource, Remembering, ToldSource, console, running_gateway, url_of


@contextlib.asynccontextmanager
async def raw_line(gateway: Gateway, token: str | None = "all-manager") -> AsyncIterator[ClientConnection]:
    """A WebSocket without a console behind it; says hello if it has a token."""
    protocols = [Subprotocol("watchfloor.v2"), Subprotocol(wire.SUBPROTOCOL)]
    async with connect(url_of(gateway), subprotocols=protocols, proxy=None, compression=None, max_size=None) as line:
        assert line.subprotocol == wire.SUBPROTOCOL, "another version is offered, this one is agreed"
        if token is not None:
            await line.send(wire.request("hello", HelloParams(token), 1), text=True)
        yield line


async def answer_to(line: ClientConnection, number: int | str | None) -> wire.Answer:
    while True:
        frame = wire.decode_frame(await line.recv())
        if isinstance(frame, wire.Answer) and frame.id == number:
            return frame


async def end_of(line: ClientConnection) -> tuple[int | None, str | None]:
    with contextlib.suppress(ConnectionClosed):
        async with asyncio.timeout(10):
            while True:
                await line.recv()
    return line.close_code, line.close_reason


# ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_sends_no_request_is_sent_away_and_whoever_asks_nonsense_is_answered(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            for bad in (b"[" * 1000, b"nonsense", b"[]", b'{"jsonrpc":"2.0","id":1}', b"[" * 60_000):
                async with raw_line(gateway) as line:
                    await line.send(bad, text=True)
                    assert (await end_of(line))[0] == wire.MALFORMED
            async with raw_line(gateway) as line:
                await line.send(b"\x00\x01")
                code, why = await end_of(line)
                assert code == wire.MALFORMED and why.startswith("not a frame of sound")
            async with raw_line(gateway) as line:
                await line.send("x" * (wire.INBOUND_LIMIT + 1))
                assert (await end_of(line))[0] == 1009
            async with raw_line(gateway) as line:
                await answer_to(line, 1)
                await line.send(wire.request("floor.paint", {"colour": "red"}, 2), text=True)
                error = (await answer_to(line, 2)).error
                assert error is not None and error.code == -32601 and "floor.paint" in error.message
                await line.send(wire.request("order", {"key": 1}, "three"), text=True)
                error = (await answer_to(line, "three")).error
                assert error is not None and error.code == -32602
                await line.send(wire.request("resync", {"more": [1]}, 4), text=True)
                assert (await answer_to(line, 4)).error is None
            assert gateway.services.engine.sources()[0].state == "up"

    asyncio.run(scenario())


def test_nobody_comes_in_without_a_valid_hello(tmp_path: Path) -> None:
    async def scenario() -> None:
        site = small_site()
        old = msgspec.structs.replace(site.tokens[0], id="old", expires="2020-01-01")
        site = msgspec.structs.replace(site, tokens=(old, *site.tokens[1:]))
        async with running_gateway(site, ToldSource(), tmp_path) as gateway:
            for token, code in (("wrong", wire.UNAUTHENTICATED), ("all-manager", wire.REVOKED)):
                async with raw_line(gateway, token) as line:
                    error = (await answer_to(line, 1)).error
                    assert error is not None and error.data is not None and error.data.retry == "reauth"
                    assert (await end_of(line))[0] == code
            async with raw_line(gateway, None) as line:
                await line.send(wire.request("resync", None, 1), text=True)
                assert (await end_of(line))[0] == wire.UNAUTHENTICATED
            async with raw_line(gateway, None) as line:
                await line.send(wire.request("hello", {"client": "no token"}, 1), text=True)
                assert (await end_of(line))[0] == wire.MALFORMED
            assert gateway.consoles == 0
            with pytest.raises(InvalidStatus):
                async with connect(url_of(gateway), subprotocols=[Subprotocol("watchfloor.v9")], proxy=None):
                    pass
            async with console(gateway, "wrong") as (_, memory):
                await memory.until(lambda: memory.state == "refused")
                assert "does not know the token" in memory.states[-1][1]

    asyncio.run(scenario())


def test_only_a_hello_without_a_good_token_is_told_to_ask_for_one(tmp_path: Path) -> None:
    resume = {"epoch": "x", "rev": "a"}
    mistyped = [
        ({"token": "all-manager", "resume": resume}, -32602, "no", "protocol"),
        (["all-manager"], -32602, "no", "protocol"),
        ({"token": 12}, -32602, "no", "protocol"),
        ({"token": "wrong", "resume": resume}, -32001, "reauth", "hello"),
        ({"client": "no token"}, -32001, "reauth", "hello"),
    ]

    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            for params, code, retry, rule in mistyped:
                async with raw_line(gateway, None) as line:
                    await line.send(wire.request("hello", params, 1), text=True)  # type: ignore[arg-type]
                    error = (await answer_to(line, 1)).error
                    assert error is not None and error.data is not None, params
                    assert (error.code, error.data.retry, error.data.rule) == (code, retry, rule), params
                    assert "the parameters of hello do not fit" in error.message
                    assert (await end_of(line))[0] == wire.MALFORMED

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_caller_that_says_nothing_is_sent_away_after_five_seconds(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway, raw_line(gateway, None) as line:
            begun = time.monotonic()
            assert (await end_of(line))[0] == wire.UNAUTHENTICATED
            assert 4.5 < time.monotonic() - begun < 7

    asyncio.run(scenario())


# ── slow and frozen consoles ─────────────────────────────────────────────────────────────────────────────────────────


async def churn(source: ToldSource, until: float) -> None:
    """Change all seats as fast as frames go out."""
    number = 0
    while time.monotonic() < until:
        number += 1
        at, state = START + number * 10, ("ready", "busy")[number % 2]
        facts = [SeatChanged(at=at, seat=f"s{n}", state=state, agent=f"a{n}") for n in range(8)]  # type: ignore[arg-type]
        await source.tell(*facts)
        await asyncio.sleep(0.005)  # a rate, not a wait for something


@pytest.mark.slow
def test_a_frozen_console_is_cut_and_the_others_do_not_notice(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            frozen = socket.socket()
            frozen.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            await asyncio.to_thread(frozen.connect, gateway.address)
            frozen.sendall(HEADER.encode())
            while b"\r\n\r\n" not in await asyncio.to_thread(frozen.recv, 200):
                pass
            frozen.sendall(masked(wire.request("hello", HelloParams("all-manager"), 1)))
            await memory.until(lambda: gateway.consoles == 2)
            (victim,) = (one for one in gateway.services.pump.subscribers if one.view.viewer.masked is False)
            held = 0
            begun = time.monotonic()
            churning = asyncio.create_task(churn(source, begun + 3 * PROGRESS_S))
            while gateway.consoles == 2:
                held = max(held, victim.transport.get_write_buffer_size())
                await asyncio.sleep(0.02)
                assert time.monotonic() - begun < 3 * PROGRESS_S
            assert held < 1_000_000 - 2 * SEND_BUFFER
            assert time.monotonic() - begun > PROGRESS_S - 1
            churning.cancel()
            await asyncio.gather(churning, return_exceptions=True)
            assert memory.snapshots == 1 and [state for state, _ in memory.states] == ["connecting", "live"]
            frozen.close()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_console_that_asks_and_never_reads_is_cut_as_well(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway, raw_line(gateway) as line:
            await answer_to(line, 1)
            line.transport.pause_reading()
            (one,) = gateway.services.pump.subscribers
            asked = wire.request("history", {"figure": "asa", "from": START - 800 * 900_000, "to": START}, 2)
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                async with asyncio.timeout(3 * PROGRESS_S):
                    while gateway.consoles:
                        await line.send(asked, text=True)
                        assert one.transport.get_write_buffer_size() < 500_000
                        await asyncio.sleep(0)
            await Remembering().until(lambda: not gateway.consoles)

    asyncio.run(scenario())


# ── rights that end ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """A copy of the demo site that may be edited."""
    return Path(shutil.copytree(shipped_sites()["demo"], tmp_path / "site"))


@pytest.mark.slow
@pytest.mark.logs("hold mistakes")
def test_a_revoked_token_is_shown_out_within_two_seconds(site_folder: Path, tmp_path: Path) -> None:
    async def scenario() -> None:
        site, access = load(site_folder), site_folder / "access.yaml"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-qa") as (_, qa),
            console(gateway, "demo-wall") as (_, wall),
        ):
            await qa.live()
            await wall.live()
            before = access.read_text("utf-8")
            access.write_text(before.replace("    role: qa\n", "    role: qa\n    revoked: true\n"), "utf-8")
            begun = time.monotonic()
            await qa.until(lambda: qa.state == "refused")
            assert time.monotonic() - begun < 2
            assert "revoked" in qa.states[-1][1]
            access.write_text("roles: [", "utf-8")
            assert gateway.consoles == 1
            marks = len(wall.beats)
            await wall.until(lambda: len(wall.beats) > marks + 1)
            assert wall.state == "live", "a file with mistakes changes nothing"
            access.write_text(before, "utf-8")
            await qa.until(lambda: qa.state == "live")

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_changed_scope_reaches_the_console_at_once(site_folder: Path, tmp_path: Path) -> None:
    async def scenario() -> None:
        site, access = load(site_folder), site_folder / "access.yaml"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-supervisor") as (_, memory),
        ):
            await memory.live()
            assert "figures:site:today" in memory.entities
            before = access.read_text("utf-8")
            limited = before.replace("    role: supervisor\n", "    role: supervisor\n    queues: [claim]\n")
            access.write_text(limited, "utf-8")
            await memory.until(lambda: "figures:site:today" not in memory.entities and memory.state == "live")
            assert "queue:claim" in memory.entities and "queue:vip" not in memory.entities

    asyncio.run(scenario())


# ── sources, logs, restarts ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_how_late_the_newest_fact_came_is_told_and_a_late_one_about_the_past_changes_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()

            def lag() -> int:
                return memory.beats[-1].sources[0].lag_ms

            async def told(ago_ms: int) -> None:
                count = len(memory.beats)
                await source.tell(Tick(at=memory.beats[-1].now - ago_ms))
                await memory.until(lambda: len(memory.beats) > count + 1)

            await source.tell()
            assert lag() == 0, "a proof of life without facts is no late fact"
            await told(600_000)
            assert 600_000 <= lag() < 640_000
            await told(0)
            assert lag() < 5_000
            await told(90_000)
            assert lag() < 5_000, "the present was told before"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_source_that_has_told_all_that_is_due_is_not_late_however_long_nothing_happens(tmp_path: Path) -> None:
    async def scenario() -> None:
        facts: list[AnyFact] = [Tick(at=START), Tick(at=START + 1000), Tick(at=START + 3_600_000)]
        async with (
            running_gateway(small_site(), ListSource(facts), tmp_path, at=START + 600_000) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            await memory.until(lambda: len(memory.beats) > 2)
            assert memory.beats[-1].sources[0].lag_ms == 0

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("source main is silent")
def test_a_source_that_falls_silent_is_told_of_within_its_five_seconds(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            assert memory.beats[-1].sources[0].state == "up"
            source.alive = False
            begun = time.monotonic()
            await memory.until(lambda: memory.beats[-1].sources[0].state == "silent")
            assert 4.4 < time.monotonic() - begun < 7.5
            assert memory.beats[-1].sources[0].age_ms > 5000
            await memory.until(lambda: memory.entities["source:main"].state == "silent")  # type: ignore[union-attr]
            assert memory.state == "live", "the link lives, the source does not"
            source.alive = True
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_source_that_says_why_nothing_comes_is_down_at_once_and_the_reason_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            await memory.until(lambda: source_of(memory) == ("up", ""))
            begun = time.monotonic()
            source.trouble = "the line is cut"
            await memory.until(lambda: source_of(memory) == ("down", "the line is cut"))
            await memory.until(lambda: memory.beats[-1].sources[0].text == "the line is cut")
            assert time.monotonic() - begun < 4, "sooner than its silence would be noticed"
            assert memory.beats[-1].sources[0].state == "down"
            assert memory.beats[-1].pace == 0
            source.trouble = ""
            await memory.until(lambda: source_of(memory) == ("up", "") and memory.beats[-1].pace == 1)

    asyncio.run(scenario())


def source_of(memory: Remembering) -> tuple[str, str]:
    found = memory.entities.get("source:main")
    return (found.state, found.text) if isinstance(found, Source) else ("", "")


@pytest.mark.slow
@pytest.mark.logs("facts cannot be kept")
def test_a_full_disk_stops_the_floor_and_says_so_until_there_is_room(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            session = gateway.services.engine.session
            append = session.log.append

            def full(facts: object) -> int:
                raise LogError(f"{session.log.path}: no space left")

            session.log.append = full  # type: ignore[method-assign, assignment]
            telling = asyncio.create_task(source.tell(*everybody_signs_in()))
            await memory.until(lambda: memory.beats[-1].sources[0].state == "down")
            assert memory.beats[-1].pace == 0 and not telling.done()
            assert memory.beats[-1].sources[0].text == "log.floor: no space left"
            session.log.append = append  # type: ignore[method-assign]
            await telling
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")
            assert session.log.position("main") == 8
            assert memory.beats[-1].sources[0].text == ""

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_disk_on_which_single_facts_still_find_room_counts_as_full(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            engine = gateway.services.engine
            log, append = engine.session.log, engine.session.log.append

            def nearly_full(facts: Sequence[tuple[AnyFact, int | None]]) -> int:
                if len(facts) > 1:
                    raise LogError("no space left")
                return append(facts)

            log.append = nearly_full  # type: ignore[method-assign, assignment]
            telling = asyncio.create_task(source.tell(*everybody_signs_in()))
            for number in range(4):
                await memory.until(lambda: memory.beats[-1].sources[0].state == "down")
                await engine.emit_own(Tick(at=START + number))
                rev, count = log.rev, len(memory.beats) + 1
                await memory.until(lambda r=rev, c=count: memory.beats[-1].rev >= r and len(memory.beats) >= c)
                assert memory.beats[-1].sources[0].text == "no space left"
            assert not telling.done()
            log.append = append  # type: ignore[method-assign]
            await telling
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")

    with caplog.at_level("INFO", "feeds.gateway.engine"):
        asyncio.run(scenario())
    said = [record.getMessage() for record in caplog.records if "be kept" in record.getMessage()]
    assert [one.partition(",")[0].partition(":")[0] for one in said] == [
        "facts cannot be kept", "facts can be kept again",
    ]  # fmt: skip


@pytest.mark.slow
def test_consoles_of_a_gateway_that_stops_are_told_to_come_back_and_do(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, facts = small_site(), a_morning()
        source = ToldSource()
        async with contextlib.AsyncExitStack() as stack:
            async with running_gateway(site, source, tmp_path) as gateway:
                port = gateway.address[1]
                memories: list[Remembering] = []
                for token in [one.id for one in site.tokens] * 3:
                    memories.append((await stack.enter_async_context(console(gateway, token)))[1])
                await asyncio.gather(*(memory.live() for memory in memories))
                await source.tell(*facts[:30])
                rev = gateway.services.engine.session.log.rev
                await asyncio.gather(*(m.until(lambda m=m: m.beats[-1].rev >= rev) for m in memories))
            assert all("restarts" in memory.states[-1][1] or memory.state != "live" for memory in memories)
            source = ToldSource()
            async with running_gateway(site, source, tmp_path, port=port) as gateway:
                await asyncio.gather(*(memory.live() for memory in memories))
                await source.tell(*facts[30:60])
                rev = gateway.services.engine.session.log.rev
                await asyncio.gather(*(m.until(lambda m=m: m.beats[-1].rev >= rev) for m in memories))
                assert {memory.snapshots for memory in memories} == {1}

    asyncio.run(scenario())


# ── the line itself ──────────────────────────────────────────────────────────────────────────────────────────────────


def with_certificate(site: Site, folder: Path) -> Site:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("not checked: TLS needs openssl to make a certificate")
    command = [
        openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    settings = GatewaySettings(frame_ms=10, certificate="cert.pem", private_key="key.pem")
    return msgspec.structs.replace(site, gateway=settings)


@pytest.mark.slow
def test_over_tls_everything_is_as_without_and_a_stranger_is_not_trusted(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = with_certificate(small_site(), tmp_path), ToldSource()
        trusting = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        async with (
            running_gateway(site, source, tmp_path, site_folder=tmp_path) as gateway,
            console(gateway, "all-wall", tls=trusting) as (_, memory),
            console(gateway, "all-wall") as (_, stranger),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: memory.entities["staff:site"].staffed == 8)  # type: ignore[union-attr]
            await stranger.until(lambda: stranger.state == "refused")
            assert "not trusted" in stranger.states[-1][1]
        (tmp_path / "key.pem").write_text("no key")
        with pytest.raises(GatewayError, match="cannot be used"):
            async with running_gateway(site, source, tmp_path, site_folder=tmp_path):
                pass

    asyncio.run(scenario())


def test_a_gateway_that_cannot_be_reached_is_tried_again_and_again() -> None:
    async def scenario() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        async with console(f"ws://127.0.0.1:{port}", "x") as (link, memory):
            await memory.until(lambda: len(memory.states) > 3)
            assert {state for state, _ in memory.states} == {"connecting"}
            assert "cannot be reached" in memory.states[-1][1]
            assert link.session is None

    asyncio.run(scenario())
