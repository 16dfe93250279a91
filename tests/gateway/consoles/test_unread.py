"""Peers that send and never read what is sent back: they hold little, and are out when they are to go."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
from pathlib import Path

import pytest

from config.load import load, shipped_sites
from feeds import whole_frames, wire
from feeds.gateway.consoles import desk as desk_module
from feeds.gateway.consoles.desk import Desk
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import HelloParams, OrderParams
from tests.bench.feed_load import HEADER, masked
from tests.gateway.floors import small_site
from tests.gateway.harness import Remembering, ToldSource, running_gateway, stopwatch
from tests.gateway.raw_line import answer_to, end_of, raw_line

PING = bytes((0x89, 0x80 | 125)) + bytes(4) + b"x" * 125
"""A ping under a mask of zeros; what reads it has to send as much back."""


async def a_deaf_line(gateway: Gateway, token: str = "") -> socket.socket:
    """A connection that reads no more than its upgrade; says hello if it has a token."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, gateway.address)
    await loop.sock_sendall(line, HEADER.encode())
    told = b""
    while b"\r\n\r\n" not in told:
        told += await loop.sock_recv(line, 200)
    if token:
        await loop.sock_sendall(line, masked(wire.request("hello", HelloParams(token), 1)))
    return line


async def ping_until_cut(line: socket.socket, patience_s: float) -> None:
    """Send pings for as long as anybody takes them."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(patience_s):
        while True:
            try:
                await loop.sock_sendall(line, PING * 100)
            except OSError:
                return


def most_unread(gateway: Gateway) -> int:
    """The most that lies ready for a peer who does not take it, bytes."""
    return max((one.connection.transport.get_write_buffer_size() for one in gateway._desks), default=0)


async def watch(gateway: Gateway, most: list[int]) -> None:
    while True:
        most.append(most_unread(gateway))
        await asyncio.sleep(0)


@pytest.mark.parametrize("token", ["", "all-wall"])
def test_who_pings_and_never_reads_is_cut_before_it_holds_a_megabyte(tmp_path: Path, token: str) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            line, most = await a_deaf_line(gateway, token), [0]
            watching = asyncio.create_task(watch(gateway, most))
            try:
                await ping_until_cut(line, 20)
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
                line.close()
            assert max(most) < 1_000_000

    asyncio.run(scenario())


def test_a_console_whose_library_pings_and_that_reads_stays(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway, raw_line(gateway) as line:
            await answer_to(line, 1)
            for number in range(3000):
                pong = await line.ping(f"{number:0125}")
                if number % 100 == 0:
                    await pong
            await line.send(wire.request("resync", None, 2), text=True)
            await answer_to(line, 2)

    asyncio.run(scenario())


async def stuffed(gateway: Gateway) -> None:
    """Have more lie ready for a peer than its transport takes without complaint."""
    await Remembering().until(lambda: gateway._desks)
    (desk,) = gateway._desks
    await stuff(desk)


async def stuff(desk: Desk) -> None:
    desk.connection.transport.write(whole_frames.text_frame(bytes(8 << 20)))
    await Remembering().until(lambda: desk.connection.paused)


@pytest.mark.slow
def test_who_says_no_hello_and_never_reads_is_out_after_the_time_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "HELLO_S", 0.2)
    attend, attended = Desk.attend, list[Desk]()

    async def attend_stuffed(desk: Desk) -> None:
        await stuff(desk)
        attended.append(desk)
        await attend(desk)

    monkeypatch.setattr(Desk, "attend", attend_stuffed)

    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            line = await a_deaf_line(gateway)
            await Remembering().until(lambda: attended)
            async with stopwatch() as passed:
                await Remembering().until(lambda: not gateway._desks)
                assert passed() < 4, "the time for a goodbye, not that for a vanished peer"
            line.close()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_revoked_console_that_never_reads_keeps_nobody_elses_revocation_waiting(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_sites()["demo"], tmp_path / "site"))

    async def scenario() -> None:
        async with running_gateway(load(folder), ToldSource(), tmp_path, site_folder=folder) as gateway:
            deaf = await a_deaf_line(gateway, "demo-wall")
            await Remembering().until(lambda: gateway.consoles == 1)
            await stuffed(gateway)
            async with raw_line(gateway, "demo-manager") as line:
                await answer_to(line, 1)
                revoke(folder, "wall")
                await Remembering().until(lambda: gateway.consoles == 1)
                async with stopwatch() as passed:
                    revoke(folder, "manager")
                    assert (await end_of(line))[0] == wire.REVOKED
                    assert passed() < 3, "both revocations, each with its goodbye"
            deaf.close()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_gateway_stops_although_somebody_never_reads(tmp_path: Path) -> None:
    async def scenario() -> float:
        async with contextlib.AsyncExitStack() as stack:
            async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
                line = await a_deaf_line(gateway)
                await stuffed(gateway)
                passed = await stack.enter_async_context(stopwatch())
            line.close()
            return passed()

    assert asyncio.run(scenario()) < 5


@pytest.mark.slow
def test_what_a_revoked_console_still_sends_is_not_done(tmp_path: Path) -> None:
    """Orders without a number get no answer, and whoever answers no goodbye may send for a second more."""
    folder = Path(shutil.copytree(shipped_sites()["demo"], tmp_path / "site"))

    async def scenario() -> None:
        async with running_gateway(load(folder), ToldSource(), tmp_path, site_folder=folder) as gateway:
            loop, line = asyncio.get_running_loop(), await a_deaf_line(gateway, "demo-manager")
            await Remembering().until(lambda: gateway.consoles == 1)
            revoke(folder, "manager")
            await Remembering().until(lambda: not gateway.consoles)
            before = len(await gateway.services.orders._store.audit())
            for number in range(20):
                order = OrderParams(f"late-{number}", "notice.send", {"to": "floor", "text": "late"})
                try:
                    await loop.sock_sendall(line, masked(wire.request("order", order, None)))
                except OSError:
                    break
                await asyncio.sleep(0.01)
            await Remembering().until(lambda: not gateway._desks)
            assert len(await gateway.services.orders._store.audit()) == before
            line.close()

    asyncio.run(scenario())


def revoke(folder: Path, name: str) -> None:
    """Have a token of the demo site count no more."""
    access = folder / "access.yaml"
    text = access.read_text("utf-8")
    mark = f"  - id: {name}  # demo-{name}\n"
    assert mark in text
    changed = text.replace(mark, f"{mark}    revoked: true\n")
    fresh = folder / "access.new"
    fresh.write_text(changed, "utf-8")
    fresh.replace(access)
