"""Where consoles come in: the addresses that are listened on, each opened again where the system has closed it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Any, Final

from websockets.asyncio.server import Server, ServerConnection, serve

log = logging.getLogger("feeds.gateway.consoles.entrance")

BACKLOG: Final = 1024
"""Consoles that may knock at once, as after a restart."""
TAKEN_AT_ONCE: Final = 64
"""Connections that are taken in before those are looked at that came: so many more than the door holds are open."""
LOOK_S: Final = 1.0
LONGEST_S: Final = 5.0
"""How long the end of all connections is waited for: one that was reset may never be counted out on Windows."""


class Place:
    """One address that is listened on; `socket` has the descriptor -1 once it is closed."""

    def __init__(self, listening: socket.socket) -> None:
        self.socket = listening
        self.family = listening.family
        self.address = listening.getsockname()
        self.complained = False

    def bound(self) -> socket.socket:
        """Another socket at the same address. Raises OSError."""
        fresh = socket.socket(self.family, socket.SOCK_STREAM)
        try:
            if os.name == "posix":  # as asyncio does; on Windows the option would let two programs have one port
                fresh.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if self.family == socket.AF_INET6:
                fresh.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            fresh.bind(self.address)
        except OSError:
            fresh.close()
            raise
        return fresh


class Entrance:
    """Listens, and hands every connection to `seat`. `options` go to :func:`websockets.asyncio.server.serve`."""

    def __init__(self, seat: Callable[[ServerConnection], Awaitable[None]], **options: Any) -> None:
        self._seat = seat
        # asyncio takes as many in at once as may wait, and may run out of descriptors before it looks at the first.
        self._options: dict[str, Any] = {**options, "backlog": TAKEN_AT_ONCE if os.name == "posix" else BACKLOG}
        self._servers: list[Server] = []
        self._places: list[Place] = []

    @property
    def address(self) -> tuple[str, int]:
        """Where consoles come in: host and port."""
        host, port = self._places[0].address[:2]
        return str(host), int(port)

    async def open(self, host: str, port: int) -> None:
        """Begin to listen. Raises OSError."""
        self._places = [Place(one) for one in await self._listen(host, port)]

    async def watch(self) -> None:
        """Open again what the system has closed, for ever.

        Windows' loop closes what it listens on when a guest is gone before it is taken in, as those of a port scanner
        are (python/cpython#93821): the floor would be served on, and no console come in any more.
        """
        while True:
            await asyncio.sleep(LOOK_S)
            for place in self._places:
                if place.socket.fileno() < 0:
                    await self._open_again(place)

    async def _open_again(self, place: Place) -> None:
        host, port = place.address[:2]
        fresh: socket.socket | None = None
        try:
            fresh = place.bound()
            (place.socket,) = await self._listen(sock=fresh)
        except OSError as error:
            if fresh is not None:
                fresh.close()
            if not place.complained:
                log.error("no console can come in at %s:%d (%s); tried again each second", host, port, error)
            place.complained = True
            return
        place.complained = False
        log.warning("the system had closed %s:%d; consoles can come in again", host, port)

    async def _listen(self, host: str | None = None, port: int | None = None, **more: Any) -> tuple[socket.socket, ...]:
        server = await serve(self._seat, host, port, **more, **self._options)
        self._servers = [one for one in self._servers if one.connections or any(s.fileno() >= 0 for s in one.sockets)]
        self._servers.append(server)
        _let_wait(server.sockets)
        return tuple(server.sockets)

    async def close(self, code: int, reason: str) -> None:
        """Let nobody in any more and tell those who are in why they have to leave."""
        for server in self._servers:
            server.close(code=code, reason=reason)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_S):
                for server in self._servers:
                    await server.wait_closed()


def _let_wait(listening: tuple[socket.socket, ...]) -> None:
    """Let as many knock at once as before, although fewer are taken in at a time."""
    if os.name != "posix":
        return
    for one in listening:
        with contextlib.closing(socket.socket(one.family, one.type, one.proto, os.dup(one.fileno()))) as same:
            same.listen(BACKLOG)
