"""The first look at a floor: a bare socket against a real gateway, and everything that it must leave to the client."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds import whole_frames
from feeds.client import FeedClient, LinkState
from feeds.entities import AnyEntity
from feeds.glance import Glance
from feeds.wire import BeatParams
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import (
    HOUR,
    PATIENCE_S,
    Behind,
    Remembering,
    ToldSource,
    gateway_in_a_thread,
    running_gateway,
    url_of,
)

ROOT = Path(__file__).resolve().parents[3]


class Watcher:
    """Remembers what it is told, and tells a waiting test of the first proof."""

    def __init__(self) -> None:
        self.entities: dict[str, AnyEntity] = {}
        self.snapshots = 0
        self.states: list[str] = []
        self.proved, self.told = threading.Event(), threading.Event()

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        self.entities = {entity.key: entity for entity in entities}
        self.snapshots += 1

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        self.entities |= {entity.key: entity for entity in entities}

    def on_beat(self, beat: BeatParams) -> None:
        self.proved.set()

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        self.states.append(state)
        self.told.set()


@contextlib.contextmanager
def glancing(url: str, token: str = "all-wall") -> Iterator[tuple[Glance, Watcher, threading.Thread]]:
    """A glance at work in a thread of its own."""
    watcher = Watcher()
    glance = Glance(url, token, watcher, "test")
    thread = threading.Thread(target=glance.follow, name="test glance")
    thread.start()
    try:
        yield glance, watcher, thread
    finally:
        glance.end()
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), "the glance does not end"


@contextlib.contextmanager
def answering(*pieces: bytes) -> Iterator[str]:
    """Something that is no gateway: it answers whatever is asked with these bytes and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            guest, _ = door.accept()
            with guest:
                guest.recv(65536)
                for piece in pieces:
                    guest.sendall(piece)

        thread = threading.Thread(target=serve, name="test stranger")
        thread.start()
        try:
            yield f"ws://127.0.0.1:{door.getsockname()[1]}"
        finally:
            thread.join(PATIENCE_S)


def test_a_glance_shows_the_whole_floor_and_that_it_is_proved(tmp_path: Path) -> None:
    with (
        gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url,
        glancing(url) as (glance, watcher, _),
    ):
        assert watcher.proved.wait(PATIENCE_S)
        glance.end()
    assert {"queue:claim", "queue:vip", "source:main"} <= set(watcher.entities)
    assert (watcher.snapshots, watcher.states) == (1, ["live"])
    assert glance.follower.resume() is not None
    assert glance.proved_at > 0


@pytest.mark.slow
def test_a_glance_gives_nothing_that_is_not_proved_and_says_what_it_waits_for(tmp_path: Path) -> None:
    source = Behind(everybody_signs_in(), a_call(1, "claim", START + 2 * HOUR, 0))
    with (
        gateway_in_a_thread(small_site(), source, tmp_path, at=START + 8 * HOUR) as url,
        glancing(url, "all-manager") as (glance, watcher, thread),
    ):
        assert watcher.told.wait(PATIENCE_S)
        thread.join(3.5)
        assert thread.is_alive(), "longer than a silent line is waited for"
        glance.end()
    assert set(watcher.states) == {"connecting"} and not watcher.snapshots
    assert glance.follower.resume() is None, "the client begins with what nobody has been given yet"


def test_a_client_resumes_where_the_glance_stood(tmp_path: Path) -> None:
    async def scenario() -> tuple[Watcher, Remembering, bool]:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            watcher, memory = Watcher(), Remembering()
            glance = Glance(url_of(gateway), lambda: "all-wall", watcher, "test")
            looking = asyncio.create_task(asyncio.to_thread(glance.follow))
            await asyncio.to_thread(watcher.proved.wait, PATIENCE_S)
            glance.end()
            await looking
            client = FeedClient(url_of(gateway), "all-wall", memory)
            client.go_on(glance.follower, glance.proved_at)
            running = asyncio.create_task(client.run())
            try:
                await memory.live()
                resumed = client.session is not None and client.session.resumed
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
            return watcher, memory, resumed

    watcher, memory, resumed = asyncio.run(scenario())
    assert resumed
    assert (watcher.snapshots, memory.snapshots) == (1, 0)
    assert "stale" not in [state for state, _ in memory.states]


def test_a_client_that_went_on_from_a_glance_turns_stale_when_nothing_proves_it_any_more() -> None:
    async def scenario() -> Remembering:
        memory = Remembering()
        client = FeedClient("ws://127.0.0.1:9", "all-wall", memory, liveness_s=0.2)
        glance = Glance("ws://127.0.0.1:9", "all-wall", memory, "test")
        glance.follower.epoch, glance.follower.rev, glance.follower.awaiting_snapshot = "e", 7, False
        client.go_on(glance.follower, glance.proved_at)
        running = asyncio.create_task(client.run())
        try:
            await memory.until(lambda: memory.state == "stale")
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        return memory

    assert asyncio.run(scenario()).snapshots == 0


@pytest.mark.parametrize("token", ["no such token", "x" * 5000])
def test_a_refused_glance_ends_without_a_word(tmp_path: Path, token: str) -> None:
    with (
        gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url,
        glancing(url, token) as (glance, seen, thread),
    ):
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    assert (seen.states, seen.snapshots, glance.follower.resume()) == ([], 0, None)


def test_a_glance_ends_with_its_gateway_and_what_it_saw_can_be_resumed(tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        watcher = Watcher()
        glance = Glance(url, "all-wall", watcher, "test")
        thread = threading.Thread(target=glance.follow, name="test glance")
        thread.start()
        assert watcher.proved.wait(PATIENCE_S)
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert glance.follower.resume() is not None


UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: watchfloor.v1\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\xff\xfe\r\n\r\n",
        UPGRADE + b"Sec-WebSocket-Accept: somebody else's\r\n\r\n",
        b"x" * 40_000,
    ],
)
def test_whatever_else_listens_there_is_left_to_the_client(answer: bytes) -> None:
    with answering(answer) as url, glancing(url) as (_, watcher, thread):
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    assert (watcher.states, watcher.snapshots) == ([], 0)


@pytest.mark.parametrize("url", ["ws://127.0.0.1:9", "wss://127.0.0.1:9", "ws://[", "ws://127.0.0.1:port", "ws://网:1"])
def test_an_address_that_cannot_be_looked_at_is_left_to_the_client(url: str) -> None:
    watcher = Watcher()
    Glance(url, "all-wall", watcher, "test").follow()
    assert watcher.states == []


def test_a_glance_that_was_ended_before_it_began_does_not_stay(tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        watcher = Watcher()
        glance = Glance(url, "all-wall", watcher, "test")
        glance.end()
        glance.follow()
    assert watcher.snapshots == 0


def test_a_glance_loads_neither_asyncio_nor_the_websocket_library_nor_tls() -> None:
    heavy = ("asyncio", "websockets", "ssl", "http.client", "PySide6")
    code = f"import sys, console.feeding, feeds.glance; sys.exit(', '.join(set({heavy}) & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_masked_frame_is_the_example_of_the_standard() -> None:
    masked = bytes.fromhex("8185 37fa213d 7f9f4d5158")  # RFC 6455, section 5.7
    assert whole_frames.masked_text_frame(b"Hello", bytes.fromhex("37fa213d")) == masked
    assert whole_frames.masked_text_frame(bytes(300), b"abcd")[:8] == b"\x81\xfe\x01\x2cabcd"
