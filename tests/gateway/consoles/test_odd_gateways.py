"""Gateways that say what no gateway should: a console tells what it met, is never live by it, and goes on trying."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from feeds import wire
from feeds.client import FeedClient, LinkState
from feeds.digest import Digest
from feeds.entities import AnyEntity, Queue
from feeds.said import parts
from tests.gateway.harness import Remembering, console

CUT = 0.0
"""A pause after which the line is closed when all is said."""
EMPTY = wire.snapshot("e", 1, 1, 1, [])
WELCOME: dict[str, Any] = {
    "epoch": "e", "rev": 1, "role": "wall", "rights": [], "scope": {}, "masked": True, "beat_ms": 1000, "now": 1,
}  # fmt: skip


def beat(**more: Any) -> bytes:
    params = {"epoch": "e", "rev": 1, "digest": Digest().text, "now": 5, "sources": [], **more}
    return json.dumps({"jsonrpc": "2.0", "method": "floor.beat", "params": params}).encode()


@contextlib.asynccontextmanager
async def odd_gateway(*frames: bytes | float, welcome: object = WELCOME) -> AsyncIterator[str]:
    """Welcomes everybody and says these frames; gives its address. A number is a pause in seconds."""

    async def speak(line: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            asked = wire.decode_request(await line.recv())
            await line.send(wire.encode({"jsonrpc": "2.0", "id": asked.id, "result": welcome}), text=True)
            for frame in frames:
                if isinstance(frame, bytes):
                    await line.send(frame, text=True)
                else:
                    await asyncio.sleep(frame)
            if CUT in frames:
                return
            await line.wait_closed()

    async with serve(speak, "127.0.0.1", 0, subprotocols=[Subprotocol(wire.SUBPROTOCOL)]) as server:
        yield "ws://{}:{}".format(*next(iter(server.sockets)).getsockname()[:2])


def reasons(memory: Remembering) -> list[str]:
    return [parts(reason).code for _, reason in memory.states]


@pytest.mark.parametrize("welcome", [{**WELCOME, "epoch": 3}, None, [], {}], ids=str)
def test_a_welcome_that_cannot_be_read_is_called_that_and_not_a_broken_line(welcome: object) -> None:
    async def scenario() -> None:
        async with odd_gateway(welcome=welcome) as url, console(url, "t") as (_, memory):
            await memory.until(lambda: reasons(memory).count("connect.unreadable") > 1)
            assert memory.state == "connecting"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "more",
    [
        {"sent_ms": 10**400}, {"sent_ms": -(10**19)}, {"now": 1 << 60},
        {"sources": [{"id": "m", "state": "up", "age_ms": 10**30, "lag_ms": 0}]},
    ],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_numbers_with_which_nobody_can_compute_are_not_proofs_of_life(more: dict[str, Any]) -> None:
    async def scenario() -> None:
        async with odd_gateway(EMPTY, beat(**more)) as url, console(url, "t") as (_, memory):
            await memory.until(lambda: "connect.unreadable" in reasons(memory))
            assert not memory.beats and "live" not in [state for state, _ in memory.states]

    asyncio.run(scenario())


class Clumsy(Remembering):
    """Fails at the first beats it is told."""

    failures = 2

    def on_beat(self, beat: wire.BeatParams) -> None:
        if self.failures:
            self.failures -= 1
            raise ZeroDivisionError("planted")
        super().on_beat(beat)


@pytest.mark.slow
@pytest.mark.logs("following .* failed")
def test_a_mistake_on_the_way_ends_the_connection_and_not_the_console(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        memory = Clumsy()
        async with odd_gateway(EMPTY, beat()) as url:
            client = FeedClient(url, "t", memory)
            running = asyncio.create_task(client.run())
            try:
                await memory.live()
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
        assert reasons(memory).count("connect.failed") == 2
        assert memory.snapshots == 3, "what was handed over may be half of something"

    asyncio.run(scenario())
    assert len([one for one in caplog.records if "failed" in one.getMessage()]) == 1, "told once"


@pytest.mark.logs("following .* failed")
def test_a_token_that_cannot_be_sent_is_told_and_tried_again() -> None:
    async def scenario() -> None:
        given = iter(["\udcff", "t"])
        async with odd_gateway(EMPTY, beat()) as url, console(url, lambda: next(given)) as (_, memory):  # type: ignore[arg-type]
            await memory.live()
            assert "connect.failed" in reasons(memory)

    asyncio.run(scenario())


# A snapshot in the middle, as after a jump in a recording


def queue(rev: int) -> Queue:
    return Queue(key="queue:q", rev=rev, waiting=rev, ringing=0, in_service=0)


def jump(rev: int) -> bytes:
    return wire.snapshot("e", rev, 1, 1, [wire.encode(queue(rev))])


def proof(rev: int) -> bytes:
    digest = Digest()
    digest.put("queue:q", rev)
    return beat(rev=rev, digest=digest.text)


class Watching(Remembering):
    """Keeps what was shown, and how trustworthy, whenever either changed."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, int | None]] = []

    def _note(self) -> None:
        (waiting,) = [one.waiting for one in self.entities.values() if isinstance(one, Queue)] or [None]
        self.shown.append((self.state, waiting))

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        super().on_snapshot(entities)
        self._note()

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        super().on_changed(entities, gone)
        self._note()

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        super().on_state(state, attempt, next_retry_s, reason)
        self._note()


@contextlib.asynccontextmanager
async def watched(url: str, liveness_s: float = 3.0) -> AsyncIterator[Watching]:
    memory = Watching()
    running = asyncio.create_task(FeedClient(url, "t", memory, liveness_s=liveness_s).run())
    try:
        yield memory
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.slow
def test_a_jump_is_shown_with_its_proof_and_nothing_is_called_old_meanwhile() -> None:
    change = wire.changed("e", 2, 3, [wire.encode(queue(3))], [])

    async def scenario() -> None:
        said = (jump(1), proof(1), 0.1, jump(2), 0.35, change, 0.35, proof(3))
        async with odd_gateway(*said) as url, watched(url) as memory:
            await memory.until(lambda: ("live", 3) in memory.shown)
        assert [one for one in memory.shown if one[0] == "stale"] == []
        assert memory.shown[memory.shown.index(("live", 1)) + 1 :] == [("live", 2), ("live", 3)]
        assert [one.rev for one in memory.beats] == [1, 3]

    asyncio.run(scenario())


def test_a_jump_whose_line_breaks_before_the_proof_is_not_live_and_is_where_the_next_one_goes_on() -> None:
    async def scenario() -> None:
        async with odd_gateway(jump(1), proof(1), jump(2), CUT) as url, watched(url) as memory:
            await memory.until(lambda: 2 in [waiting for _, waiting in memory.shown])
            await memory.until(lambda: memory.state == "stale")
        assert ("stale", 2) in memory.shown

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_jump_that_nobody_proves_leaves_the_old_picture_which_is_called_old_in_time() -> None:
    async def scenario() -> None:
        async with odd_gateway(jump(1), proof(1), jump(2)) as url, watched(url, liveness_s=0.5) as memory:
            await memory.until(lambda: memory.state == "stale")
            assert ("live", 2) not in memory.shown

    asyncio.run(scenario())
