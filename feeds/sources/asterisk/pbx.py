"""The PBX as the rest sees it: two connections, one for events and one for actions, opened and lost together."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import Final

from config.asterisk import Asterisk
from feeds.sources.asterisk.ami.link import ACTION_S, AmiLink, DeniedError, LinkLostError, connect
from feeds.sources.asterisk.ami.messages import AmiError, Fields, Message

log = logging.getLogger("feeds.sources.asterisk")

PING_S: Final = 1.0
DEADLINE_S: Final = 3.0
"""A server that leaves a ping unanswered for so long is taken for frozen."""

CONNECTED: Final = b"Event: WatchfloorConnected\r\n\r\n"
"""Written into a capture where a connection begins: what is known from before is to be proved again."""

EXACT_S: Final = 0.5

Watcher = Callable[[Message], None]


class Pbx:
    """An Asterisk that may be connected or not.

    Actions go over a connection of their own, so that one that blocks cannot deafen the other. Whoever wants to see
    events as they come asks with :meth:`watch`.
    """

    def __init__(self, settings: Asterisk, secret: str, wanted: frozenset[str]) -> None:
        self.settings = settings
        self._secret = secret
        self._wanted = wanted
        self._events: AmiLink | None = None
        self._actions: AmiLink | None = None
        self._watchers: list[Watcher] = []
        self._on_messages: Callable[[list[Message]], None] = lambda messages: None
        self.capture: Callable[[bytes], None] | None = None
        """Gets what comes in over the connection of the events, as it is."""
        self._listing = 0
        self.offset_ms = 0
        """What this machine's clock is ahead of the server's."""

    @property
    def connected(self) -> bool:
        """Whether actions can be given now."""
        return self._actions is not None

    @property
    def heard_at(self) -> float:
        """When anything was last heard from the server, by the monotonic clock; 0 without a connection."""
        return self._events.heard_at if self._events else 0.0

    async def open(self, on_messages: Callable[[list[Message]], None]) -> float:
        """Connect twice, wait until the server is ready; when it was booted, seconds since 1970 by its own clock.

        Raises AmiError with what to do.
        """
        one = self.settings
        tls = ssl.create_default_context() if one.tls else None
        self._on_messages = on_messages
        events = await connect(
            one.host, one.port, one.user, self._secret, events=True, tls=tls, on_messages=self._hear,
            wanted=self._wanted,
        )  # fmt: skip
        if self.capture is not None:
            self.capture(CONNECTED)
            events.on_bytes = self.capture
        try:
            await events.booted()
            actions = await connect(one.host, one.port, one.user, self._secret, events=False, tls=tls)
        except BaseException:
            await events.close()
            raise
        self._events, self._actions = events, actions
        try:
            sent = time.time()
            server = await events.ping(DEADLINE_S)
            now = (sent + time.time()) / 2
            self.offset_ms = int((now - server) * 1000) if server else 0
            await self._filter(events)
        except BaseException:  # whoever is told that it did not open will not close it
            await self.close()
            raise
        return (server or now) - events.boot_uptime_s

    async def _filter(self, events: AmiLink) -> None:
        """Have the server send only what is wanted; a user who may not filter gets more, which costs time only."""
        try:
            for name in sorted(self._wanted):
                rule = {"Operation": "Add", "MatchCriteria": f"name({name})", "Filter": ""}
                answer = await events.action("Filter", rule)
                if answer.get("Response") != "Success":
                    log.info("Asterisk cannot filter events by name: %s", answer.get("Message", ""))
                    return
        except DeniedError as error:
            log.info("%s; without a filter (`eventfilter` in manager.conf) more is sent than is needed", error)

    def _hear(self, messages: list[Message]) -> None:
        self._on_messages(messages)
        if self._watchers:
            for message in messages:
                for watcher in list(self._watchers):
                    watcher(message)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Have every event told as it comes, until the function that is returned is called. Must not raise."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    async def action(self, action: str, fields: Fields | None = None, timeout_s: float = ACTION_S) -> Message:
        """Give an action; its response. Raises LinkLostError, DeniedError, ValueError; see :meth:`AmiLink.action`."""
        if self._actions is None:
            raise LinkLostError("Asterisk is not connected")
        return await self._actions.action(action, fields, timeout_s)

    async def rows(self, action: str, fields: Fields | None = None, timeout_s: float = ACTION_S) -> list[Message]:
        """Give a list action; its rows. Raises AmiError."""
        if self._actions is None:
            raise LinkLostError("Asterisk is not connected")
        return await self._actions.rows(action, fields, timeout_s)

    async def state_rows(self, action: str) -> list[Message]:
        """A list by the connection of the events: what came before it is older, what comes behind it newer.

        Raises AmiError.
        """
        if self._events is None:
            raise LinkLostError("Asterisk is not connected")
        self._listing += 1
        try:
            return await self._events.rows(action, timeout_s=4 * ACTION_S)
        finally:
            self._listing -= 1

    async def state_action(self, action: str, fields: Fields) -> Message:
        """An action by the connection of the events, so that its answer stands in a capture. Raises AmiError."""
        if self._events is None:
            raise LinkLostError("Asterisk is not connected")
        return await self._events.action(action, fields)

    async def stay(self, proved: Callable[[], Awaitable[None]]) -> None:
        """Ping both connections each second until one of them fails, then raise AmiError with why.

        `proved` is awaited whenever both have answered.
        """
        events, actions = self._events, self._actions
        if events is None or actions is None:
            raise LinkLostError("Asterisk is not connected")
        while True:
            if self._listing:  # a long list has its own time limit, and a ping waits behind it
                await asyncio.sleep(PING_S)
                continue
            sent = time.time()
            server, _ = await asyncio.gather(events.ping(DEADLINE_S), actions.ping(DEADLINE_S))
            took = time.time() - sent
            if server and took < EXACT_S:  # a slow answer tells little of clocks
                self.offset_ms = int((sent + took / 2 - server) * 1000)
            await proved()
            await asyncio.sleep(PING_S)

    def give_up(self, reason: str) -> None:
        """Cut both connections at once; whoever waits for them hears the reason."""
        for link in (self._events, self._actions):
            if link is not None:
                link.give_up(reason)

    async def close(self) -> None:
        """Close what is open."""
        links = [link for link in (self._events, self._actions) if link is not None]
        self._events = self._actions = None
        for link in links:
            await link.close()


__all__ = ["AmiError", "Pbx", "Watcher"]
