"""A gateway in Windows' event loop: whoever is gone at a bad moment closes the door for nobody else."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from console.feeding import Address, Feed
from feeds import wire
from feeds.gateway.consoles import entrance as entrance_module
from feeds.requests import HelloParams
from tests.bench.feed_load import HEADER, masked
from tests.gateway.completions import Loop, NameDeleted, Policy, run
from tests.gateway.consoles.test_unread import a_deaf_line, ping_until_cut
from tests.gateway.floors import everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, console, running_gateway

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="it is the loop that all tests run in there"),
    # That loop leaves the transport of a line that was reset to the collector, which warns of it.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


def reset(line: socket.socket) -> None:
    """Close a line so that its peer gets a reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


async def a_console_that_is_reset(address: tuple[str, int]) -> None:
    """Come in, be told something, and be gone without a word."""
    line = socket.create_connection(address)
    line.sendall(HEADER.encode() + masked(wire.request("hello", HelloParams("all-wall"), 1)))
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    while b"snapshot" not in await loop.sock_recv(line, 1 << 16):
        pass
    reset(line)


def test_a_floor_is_followed_there_as_elsewhere(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console("ws://{}:{}".format(*gateway.address), "all-wall") as (_, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: memory.frames)

    run(scenario())


@pytest.mark.logs("consoles can come in again", "no further connection can be taken in")
def test_a_guest_that_is_gone_before_it_is_taken_in_closes_the_door_for_a_moment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance_module, "LOOK_S", 0.05)

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Loop)
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            url = "ws://{}:{}".format(*gateway.address)
            async with console(url, "all-wall") as (_, before):
                await before.live()
                for error in (NameDeleted(errno.EINVAL, "no longer available"), OSError(errno.ENOBUFS, "no room")):
                    loop.proactor.gone_before.append(error)
                    socket.create_connection(gateway.address).close()
                    async with console(url, "all-wall") as (_, memory):
                        await memory.live()
                assert before.state == "live" and [state for state, _ in before.states].count("live") == 1

    run(scenario())


def test_consoles_that_are_reset_leave_no_traceback_in_the_log(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            for _ in range(3):
                await a_console_that_is_reset(gateway.address)
            async with console("ws://{}:{}".format(*gateway.address), "all-wall") as (_, memory):
                await memory.live()
                while gateway.consoles > 1:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)

    run(scenario())


def test_who_pings_on_when_it_is_cut_fills_no_log(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            line = await a_deaf_line(gateway)
            await ping_until_cut(line, 20)
            line.close()

    run(scenario())


def test_a_connection_that_never_counts_as_closed_does_not_keep_the_gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance_module, "LONGEST_S", 0.2)

    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            assert gateway._entrance is not None
            (server,) = gateway._entrance._servers

            async def never() -> None:
                await asyncio.Event().wait()

            monkeypatch.setattr(server, "wait_closed", never)
            begun = time.monotonic()
        assert time.monotonic() - begun < 5

    asyncio.run(scenario())


def test_a_gateway_that_is_reset_leaves_no_traceback_in_the_log_of_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio.events, "_event_loop_policy", Policy())
    with socket.create_server(("127.0.0.1", 0)) as server:
        feed = Feed(Address("ws://{}:{}".format(*server.getsockname()), "all-wall"))
        feed.start()
        try:
            for _ in range(2):
                line, _ = server.accept()
                line.recv(1)
                reset(line)
        finally:
            feed.stop()


def test_a_gateway_whose_loop_knows_no_signals_ends_well_when_it_is_interrupted(
    tmp_path: Path, repository: Path
) -> None:
    start = (
        "import asyncio, signal, sys; from feeds.gateway.command import main; "
        "from tests.gateway.completions import Policy; asyncio.set_event_loop_policy(Policy()); "
        # Whoever runs in the background of a shell has inherited that it is not interrupted.
        "signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(main(sys.argv[1:]))"
    )
    words = ["--listen", "127.0.0.1:0", "--data", str(tmp_path), "--source", "simulator"]
    process = subprocess.Popen(
        [sys.executable, "-c", start, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=repository
    )
    assert process.stdout is not None and process.stderr is not None
    with process.stdout, process.stderr:
        try:
            assert process.stdout.readline().startswith(b"listening on")
            process.send_signal(signal.SIGINT)
            process.wait(30)
        finally:
            process.kill()
        said = process.stderr.read()
        assert process.wait() == 0, said
    assert b"Traceback" not in said
    (log,) = tmp_path.glob("*.floor")
    assert not log.with_name(log.name + "-wal").exists(), "it was closed whole"
