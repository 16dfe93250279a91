"""A line to a gateway without a console behind it, for tests of what goes over it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from feeds import wire
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import HelloParams
from tests.gateway.harness import url_of


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
