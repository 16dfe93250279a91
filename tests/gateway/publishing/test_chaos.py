"""A real console and a real gateway with a proxy between them that loses, doubles, swaps, delays and cuts frames."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from feeds import whole_frames, wire
from feeds.client import FeedClient
from feeds.gateway.consoles.serve import Gateway
from feeds.wire import BeatParams
from tests.gateway.floors import QUEUES, START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, running_gateway, url_of
from tests.gateway.publishing.test_feed import floor_view

CHAOS_S = 20.0
KEPT = 40


class Proxy:
    """Carries whole frames; those to the console suffer while `wild`."""

    def __init__(self, there: str, rng: random.Random) -> None:
        self.wild = True
        self.faults = 0
        self.url = ""
        self._there, self._rng = there, rng
        self._old: list[str | bytes] = []

    async def serve(self, near: ServerConnection) -> None:
        protocols = [Subprotocol(wire.SUBPROTOCOL)]
        async with connect(self._there, subprotocols=protocols, proxy=None, compression=None) as far:
            asks = asyncio.create_task(self._ask(near, far.send), name="chaos up")
            with contextlib.suppress(ConnectionClosed):
                await self._tell(near, far)
            asks.cancel()
            await asyncio.gather(asks, return_exceptions=True)
            near.transport.abort()

    async def _ask(self, near: ServerConnection, send: object) -> None:
        assert callable(send)
        async for frame in near:
            await send(frame)

    async def _tell(self, near: ServerConnection, far: object) -> None:
        held: list[str | bytes] = []
        async for frame in far:  # type: ignore[attr-defined]
            fault = self._rng.randrange(60) if self.wild else 99
            self._old = [*self._old[-KEPT:], frame]
            self.faults += fault < 7
            match fault:
                case 0:
                    continue
                case 1:
                    await near.send(frame)
                case 2:
                    held.append(frame)
                    continue
                case 3:
                    await near.send(self._rng.choice(self._old))
                case 4:
                    await asyncio.sleep(self._rng.random() * 0.4)
                case 5:
                    near.transport.write(whole_frames.text_frame(str(frame).encode())[: self._rng.randint(1, 90)])
                    return
                case 6:
                    await near.send(str(frame)[: self._rng.randint(0, 90)])
                    continue
            await near.send(frame)
            for one in held:
                await near.send(one)
            held.clear()


@contextlib.asynccontextmanager
async def chaos(gateway: Gateway, rng: random.Random) -> AsyncIterator[Proxy]:
    proxy = Proxy(url_of(gateway), rng)
    async with serve(
        proxy.serve, "127.0.0.1", 0, subprotocols=[Subprotocol(wire.SUBPROTOCOL)], compression=None, ping_interval=None
    ) as server:
        proxy.url = "ws://{}:{}".format(*next(iter(server.sockets)).getsockname()[:2])
        yield proxy


class Checking(Remembering):
    """Compares with the floor itself whenever a proof is about the floor as it is."""

    def __init__(self, gateway: Gateway, token: str) -> None:
        super().__init__()
        self.compared = 0
        self._gateway, self._token = gateway, token

    def on_beat(self, beat: BeatParams) -> None:
        super().on_beat(beat)
        session = self._gateway.services.engine.session
        if (beat.epoch, beat.rev) == (session.epoch, session.floor.rev):
            self.compared += 1
            assert self.entities == floor_view(self._gateway, self._token), "live and wrong"


@pytest.mark.slow
@pytest.mark.logs("asking .* for a snapshot")
def test_through_a_wild_proxy_a_real_console_is_never_live_and_wrong_and_recovers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.client.RETRY_CAP_S", 0.2)

    async def scenario() -> None:
        rng, source = random.Random(11), ToldSource()
        async with running_gateway(small_site(), source, tmp_path) as gateway, chaos(gateway, rng) as proxy:
            memories = [Checking(gateway, token) for token in ("all-wall", "only-claim", "only-north")]
            clients = [FeedClient(proxy.url, memory._token, memory) for memory in memories]
            running = [asyncio.create_task(client.run(), name="chaos console") for client in clients]
            try:
                await source.tell(*everybody_signs_in())
                end, number = time.monotonic() + CHAOS_S, 0
                while time.monotonic() < end:
                    number += 1
                    await source.tell(*a_call(number, rng.choice(list(QUEUES)), START + number * 40_000, number % 8))
                    await asyncio.sleep(0.05)  # a rate, not a wait for something
                proxy.wild = False
                for memory in memories:
                    await memory.until(
                        lambda m=memory: m.state == "live" and m.entities == floor_view(gateway, m._token)
                    )
                assert proxy.faults > 20 and all(memory.compared > 3 for memory in memories)
                assert not [task for task in running if task.done()]
            finally:
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    asyncio.run(scenario())
