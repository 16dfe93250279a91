"""The door under a crowd: who has not said hello makes room for who comes after, and what is open is bounded."""

from __future__ import annotations

import asyncio
import errno
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from websockets.asyncio.server import ServerConnection
from websockets.protocol import State

if sys.platform != "win32":
    import resource

log = logging.getLogger("feeds.gateway.consoles.door")

MOST_SILENT: Final = 2048
"""Connections that have not said hello, at most; a whole centre whose consoles come back at once is less."""
MOST_UNREAD: Final = 64 * 1024
"""Bytes of pongs that may lie ready for a peer: whoever pings without reading would have us hold them without end."""
TOLD_S: Final = 60.0
"""How often the same trouble is told."""
NETNAME_DELETED: Final = 64
"""Windows' error where a connection was reset before it was taken in."""
_NO_ROOM: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


def open_files() -> int | None:
    """How many files and connections this process may have open; None where nothing says so."""
    if sys.platform == "win32":
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


def open_more_files() -> None:
    """Take all that the system lets this process have open: the usual soft limit is for programs that use `select`."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == hard:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError) as error:  # macOS has a lower limit than it says
        log.info("the limit of open files stays at %d: %s", soft, error)


def most_silent() -> int:
    """How many may stand in the door: so many that as many consoles and the gateway's own files find room."""
    limit = open_files()
    return MOST_SILENT if limit is None else max(1, min(MOST_SILENT, limit // 2))


class Seldom:
    """Lets something be told once a minute, with how often it happened since; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._told_at: float | None = None
        self._count = 0

    def again(self) -> int:
        """It happened again: how often since it was last told if it is to be told now, else 0."""
        self._count += 1
        now = self._monotonic()
        if self._told_at is not None and now - self._told_at < TOLD_S:
            return 0
        self._told_at, count, self._count = now, self._count, 0
        return count


class Door:
    """Counts who has come and not said hello. One too many, and the oldest of the most crowded address is cut."""

    def __init__(self, most: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._silent: defaultdict[str, dict[ServerConnection, None]] = defaultdict(dict)
        self._address: dict[ServerConnection, str] = {}
        self._seldom = Seldom(monotonic)

    @property
    def silent(self) -> int:
        """How many have not said hello."""
        return len(self._address)

    def came(self, connection: ServerConnection) -> None:
        """Somebody has come."""
        address = str((connection.remote_address or ("?",))[0])
        self._silent[address][connection] = None
        self._address[connection] = address
        if len(self._address) > self._most:
            self._make_room()

    def left(self, connection: ServerConnection) -> None:
        """Somebody has gone, or said who they are: either way the door is free of them."""
        address = self._address.pop(connection, None)
        if address is None:
            return
        del self._silent[address][connection]
        if not self._silent[address]:
            del self._silent[address]

    def _make_room(self) -> None:
        crowded = max(self._silent, key=lambda address: len(self._silent[address]))
        oldest = next(iter(self._silent[crowded]))
        self.left(oldest)
        oldest.transport.abort()  # a goodbye would wait for whoever says nothing
        count = self._seldom.again()
        if count:
            log.warning(
                "too many connections say no hello, most of them from %s: the oldest are cut (%d since this was told), "
                "so that consoles come in; see what opens them there",
                crowded, count,
            )  # fmt: skip


def doorway(door: Door) -> type[ServerConnection]:
    """The kind of connection that tells a door when it comes and when it goes, and cannot be held open from outside."""

    class Guest(ServerConnection):
        _unread = 0
        """Bytes that the library has answered by itself since the peer had taken everything."""

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(transport)
            door.came(self)

        def data_received(self, data: bytes) -> None:
            if self.transport.is_closing():
                return  # Windows' loop hands over what it has read, and each pong would be a warning in the log
            before = self.transport.get_write_buffer_size()
            super().data_received(data)
            grown = self.transport.get_write_buffer_size() - before
            self._unread = grown if before == 0 else self._unread + grown
            if self._unread > MOST_UNREAD:
                log.info("cutting %s: it pings and does not read", self.remote_address)
                self.transport.abort()

        async def drain(self) -> None:
            # The library would say goodbye only when the peer has read all before it, and have no time limit for that.
            if self.state is State.OPEN:
                await super().drain()

        def connection_lost(self, exc: Exception | None) -> None:
            door.left(self)
            if not self.connection_lost_waiter.done():  # Windows' loop tells it twice where the peer reset the line
                super().connection_lost(exc)

    return Guest


def _is_gone(context: dict[str, Any]) -> bool:
    """Whether a loop only tells that a peer was gone already when it was taken in, or when its line was taken down.

    Windows' does, with a traceback for each.
    """
    error = context.get("exception")
    if isinstance(error, ConnectionError) and ("handle" in context or "socket" in context):
        return True
    return getattr(error, "winerror", None) == NETNAME_DELETED


class Overcrowded:
    """What a loop says when it cannot take in a connection: one line a minute, not a traceback each; all else as ever.

    asyncio tells it for every connection that waits, again each second. What it says of those that are gone is no news.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._loop = loop
        self._before = loop.get_exception_handler()
        self._seldom = Seldom(monotonic)
        loop.set_exception_handler(self._handle)

    def _handle(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        is_full = isinstance(error, OSError) and error.errno in _NO_ROOM
        if is_full and "accept" in str(context.get("message", "")).lower():
            if self._seldom.again():
                limit = open_files()
                log.error(
                    "no further connection can be taken in (%s)%s: raise the limit of open files (`ulimit -n`, "
                    "LimitNOFILE= of a service), or see who has so many connections open; asked again each second",
                    error, "" if limit is None else f", {limit} files and connections may be open",
                )  # fmt: skip
        elif _is_gone(context):
            log.debug("%s: %s", context.get("message"), error)
        elif self._before is not None:
            self._before(loop, context)
        else:
            loop.default_exception_handler(context)

    def close(self) -> None:
        """Let the loop say what it said before."""
        self._loop.set_exception_handler(self._before)
