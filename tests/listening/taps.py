"""A tapper that does as a test says, a source that has it, and consoles that hear."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

from config.schema import Site
from feeds import wire
from feeds.client import FeedClient
from feeds.entities import Listening
from feeds.facts import AnyFact
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import OrderParams, OrderResult
from feeds.sources.tapping import Hearer, TapError, Tapper
from feeds.states import ListeningMode
from tests.gateway.floors import QUEUES, START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import PATIENCE_S, Remembering, ToldSource, running_gateway, url_of

TONE = bytes(range(160)) * 2
"""20 ms of something."""


class FakeTap:
    """A tap that a test moves on."""

    def __init__(self, channel: str, mode: ListeningMode, hearer: Hearer, phone: str) -> None:
        self.channel, self.mode, self.hearer, self.phone = channel, mode, hearer, phone
        self.said: list[bytes] = []
        self.closed = False
        self.kept: str | None = None
        self.refuses = ""

    async def switch(self, mode: ListeningMode) -> None:
        if self.refuses:
            raise TapError(self.refuses)
        self.mode = mode

    def say(self, pcm: bytes) -> None:
        self.said.append(pcm)

    async def close(self, keep_caller: str | None = None) -> None:
        self.closed, self.kept = True, keep_caller


class FakeTapper:
    """Opens fake taps on the channels that it was told of."""

    rate = 8000

    def __init__(self) -> None:
        self.channels: dict[str, str] = {}
        self.legs: dict[str, str] = {}
        self.taps: list[FakeTap] = []
        self.reason: str | None = None
        self.cannot_open = ""
        self.stopped = False
        self._opened = asyncio.Event()

    async def tap(self, count: int = 1) -> FakeTap:
        """The newest tap, once there are so many."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.taps) < count:
                self._opened.clear()
                await self._opened.wait()
        return self.taps[-1]

    def channel_of(self, seat: str) -> str | None:
        return self.channels.get(seat)

    def channel_of_leg(self, leg: str) -> str | None:
        return self.legs.get(leg)

    def trouble(self) -> str | None:
        return self.reason

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        self.stopped = True

    async def open(self, channel: str, mode: ListeningMode, hearer: Hearer, phone: str = "") -> FakeTap:
        if self.cannot_open:
            raise TapError(self.cannot_open)
        tap = FakeTap(channel, mode, hearer, phone)
        self.taps.append(tap)
        self._opened.set()
        return tap


class TappedSource(ToldSource):
    """A live source at whose calls somebody may listen."""

    def __init__(self, tapper: Tapper) -> None:
        super().__init__()
        self.tapper = tapper


class Hearing(Remembering):
    """A console's memory that keeps what it hears as well."""

    def __init__(self) -> None:
        super().__init__()
        self.sounds: list[wire.Sound] = []

    def on_sound(self, sound: wire.Sound) -> None:
        self.sounds.append(sound)
        self._news.set()

    def sessions(self) -> list[Listening]:
        """What is known of sessions, oldest first."""
        found = [one for one in self.entities.values() if isinstance(one, Listening)]
        return sorted(found, key=lambda one: one.session)

    async def session(self, state: str, place: int = -1) -> Listening:
        """Wait until a session (the newest) is in a state."""
        await self.until(lambda: self.sessions() and self.sessions()[place].state == state)
        return self.sessions()[place]

    async def order(self, result: OrderResult, state: str) -> str:
        """Wait until an order is in a state; its text."""
        key = f"order:{result.order}"
        await self.until(lambda: key in self.entities and self.entities[key].state == state)  # type: ignore[union-attr]
        text: str = self.entities[key].text  # type: ignore[union-attr]
        return text


async def give(link: FeedClient, name: str, **args: Any) -> OrderResult:
    """Give an order with a key of its own."""
    return await link.ask("order", OrderParams(secrets.token_hex(4), name, args), OrderResult)


@contextlib.asynccontextmanager
async def hearing(gateway: Gateway, token: str) -> AsyncIterator[tuple[FeedClient, Hearing]]:
    """A console that follows a gateway and hears."""
    memory = Hearing()
    client = FeedClient(url_of(gateway), token, memory, sound=memory)
    running = asyncio.create_task(client.run(), name="test console")
    try:
        await memory.live()
        yield client, memory
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def talking(number: int, queue: str = "claim", agent: int = 0) -> list[AnyFact]:
    """A call that an agent has answered and that goes on."""
    return a_call(number, queue, START + 1000 * number, agent, ends=False)


class Tapped(NamedTuple):
    """A source and its tapper that does as it is told."""

    source: TappedSource
    tapper: FakeTapper


@contextlib.asynccontextmanager
async def tapped_gateway(folder: Path, site: Site | None = None) -> AsyncIterator[tuple[Gateway, Tapped]]:
    """A gateway on a floor where agent 0 talks with a caller of the queue `claim`, agent 1 with one of `dual`."""
    tapper = FakeTapper()
    tapper.channels = {f"s{number}": f"PJSIP/800{number}-0000000{number}" for number in range(8)}
    tapper.legs = {"l1": "PJSIP/8000-00000000", "l2": "PJSIP/8001-00000001"}
    async with gateway_with(tapper, folder, site) as (gateway, source):
        yield gateway, Tapped(source, tapper)


@contextlib.asynccontextmanager
async def gateway_with(
    tapper: Tapper, folder: Path, site: Site | None = None, talks: int = 2
) -> AsyncIterator[tuple[Gateway, TappedSource]]:
    """The same with any tapper; the first `talks` agents talk."""
    source = TappedSource(tapper)
    async with running_gateway(site or small_site(), source, folder) as gateway:
        calls = [fact for number in range(talks) for fact in talking(number + 1, list(QUEUES)[number % 4], number)]
        await source.tell(*everybody_signs_in(), *sorted(calls, key=lambda fact: fact.at))
        yield gateway, source
