"""One connection to the manager interface: log in, actions and their answers, events, and a ping with a deadline."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import secrets
import ssl
import time
from collections.abc import Callable
from typing import Final

from feeds.addresses import next_after_s
from feeds.sources.asterisk.ami.messages import BANNER, AmiError, Fields, Framer, Message, encode, number

log = logging.getLogger("feeds.sources.asterisk.ami")

CONNECT_S: Final = 5.0
ACTION_S: Final = 5.0
READ: Final = 1 << 16
BOOT_S: Final = 60.0
"""How long an Asterisk may take to be fully booted once it has let us in."""


class LinkLostError(AmiError):
    """The connection is gone, or the server does not answer in time."""


class LoginRefusedError(AmiError):
    """The server does not let this user in."""


class DeniedError(AmiError):
    """The manager user has no right to an action."""


class _Pending:
    """An action on its way: its response and, for a list action, the rows so far.

    Nobody may be waiting any more; then what still comes of it is only to be kept from being taken for events.
    """

    __slots__ = ("complete", "future", "response", "rows", "wants_rows")

    def __init__(self, wants_rows: bool) -> None:
        self.wants_rows = wants_rows
        self.response: Message | None = None
        self.rows: list[Message] = []
        self.complete = False
        self.future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

    def take(self, message: Message) -> bool:
        """Whether the message belongs to this action."""
        if "Event" not in message:
            self.response = message
            if not self.wants_rows or message.get("Response") != "Success" or message.get("EventList") is None:
                self._done()
            return True
        if not self.wants_rows or self.response is None:
            return False  # such as OriginateResponse: an event like any other
        if message.get("EventList", "").casefold() in ("complete", "cancelled"):
            self._done()
        elif not self.future.done():
            self.rows.append(message)
        return True

    def _done(self) -> None:
        self.complete = True
        if not self.future.done() and self.response is not None:
            self.future.set_result(self.response)

    def give_up(self) -> None:
        """Nobody waits any more."""
        self.future.cancel()
        self.rows.clear()

    def fail(self, error: AmiError) -> None:
        if not self.future.done():
            self.future.set_exception(error)
            self.future.exception()  # whoever gave up meanwhile need not hear of it


class AmiLink:
    """A logged-in connection. `on_messages` gets what answers no action, as it comes in, in order.

    Made by :func:`connect`; :meth:`closed` tells when and why it ended.
    """

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, framer: Framer,
        on_messages: Callable[[list[Message]], None],
    ) -> None:  # fmt: skip
        self._reader, self._writer, self._framer = reader, writer, framer
        self._on_messages = on_messages
        self._prefix = secrets.token_hex(4)
        self._numbers = itertools.count(1)
        self._pending: dict[str, _Pending] = {}
        self._lost: AmiError | None = None
        self._booted = asyncio.Event()
        self.on_bytes: Callable[[bytes], None] = lambda data: None
        """Gets everything as it comes in, for a capture."""
        self.heard_at = time.monotonic()
        """When the last byte came in, by the monotonic clock."""
        self.boot_uptime_s = 0
        """What FullyBooted said: how long the server had been up."""
        self.version = ""
        self._reading = asyncio.create_task(self._read(), name="ami reader")

    async def _read(self) -> None:
        error: AmiError = LinkLostError("Asterisk closed the connection")
        try:
            while data := await self._reader.read(READ):
                self.heard_at = time.monotonic()
                self.on_bytes(data)
                self._dispatch(self._framer.feed(data))
        except OSError as failure:
            error = LinkLostError(f"the connection to Asterisk broke: {failure.strerror or failure}")
        except AmiError as failure:
            error = failure
        except Exception as failure:  # whoever was told has a fault of its own; the reason must not be "closed"
            log.exception("what Asterisk sent could not be used")
            error = LinkLostError(f"what Asterisk sent could not be used: {failure!r}")
        finally:
            self._lose(error)

    def _lose(self, error: AmiError) -> None:
        self._lost = self._lost or error
        for pending in self._pending.values():
            pending.fail(self._lost)
        self._pending.clear()
        self._booted.set()
        self._writer.transport.abort()

    def _dispatch(self, messages: list[Message]) -> None:
        others = []
        for message in messages:
            action = message.get("ActionID") if self._pending else None
            if action is not None and (pending := self._pending.get(action)) is not None and pending.take(message):
                if pending.complete:
                    del self._pending[action]
                continue
            if message.event == "FullyBooted":
                self.boot_uptime_s = max(0, int(number(message.get("Uptime", ""))))
                self._booted.set()
            if "Event" in message:
                others.append(message)
        if others:
            self._on_messages(others)

    async def booted(self) -> None:
        """Return when the server can be asked everything. Raises LinkLostError."""
        try:
            async with asyncio.timeout(BOOT_S):
                await self._booted.wait()
        except TimeoutError:
            raise LinkLostError(
                f"Asterisk did not say within {BOOT_S:g} s that it is fully booted; it tells only a manager user with "
                "`read = system` in manager.conf"
            ) from None
        self._check()

    def _check(self) -> None:
        if self._lost is not None:
            raise LinkLostError(str(self._lost))

    async def _ask(self, action: str, fields: Fields, rows: bool, timeout_s: float) -> _Pending:
        self._check()
        name = f"{self._prefix}-{next(self._numbers)}"
        body = encode(action, name, fields)
        pending = self._pending[name] = _Pending(rows)
        try:
            async with asyncio.timeout(timeout_s):
                self._writer.write(body)
                await self._writer.drain()
                await pending.future
        except TimeoutError:
            if not pending.complete:  # else this process stood still itself, and the answer lay in its socket
                raise LinkLostError(f"Asterisk did not answer {action} within {timeout_s:g} s") from None
        except OSError as error:
            raise LinkLostError(f"the connection to Asterisk broke: {error.strerror or error}") from error
        finally:
            if not pending.complete:
                pending.give_up()
                if not rows:  # rows that come late must not be taken for events, so an unfinished list stays known
                    self._pending.pop(name, None)
        return pending

    async def action(self, action: str, fields: Fields | None = None, timeout_s: float = ACTION_S) -> Message:
        """Send an action; its response, whatever it says. Raises LinkLostError, ValueError; DeniedError without right.

        An action is never sent twice: after LinkLostError it may have been carried out.
        """
        pending = await self._ask(action, fields or {}, False, timeout_s)
        assert pending.response is not None
        _check_right(action, pending.response)
        return pending.response

    async def rows(self, action: str, fields: Fields | None = None, timeout_s: float = ACTION_S) -> list[Message]:
        """Send a list action; its rows. Raises LinkLostError, DeniedError, and AmiError where the server refuses."""
        pending = await self._ask(action, fields or {}, True, timeout_s)
        response = pending.response
        assert response is not None
        _check_right(action, response)
        if response.get("Response") != "Success":
            raise AmiError(f"{action}: {response.get('Message', 'refused')}")
        return pending.rows

    async def ping(self, timeout_s: float) -> float:
        """Prove that the server lives; its own clock in seconds since 1970 (0 where it does not tell)."""
        answer = await self.action("Ping", timeout_s=timeout_s)
        return number(answer.get("Timestamp", ""))

    def give_up(self, reason: str) -> None:
        """Cut the connection at once, for a reason that whoever waits for it hears."""
        self._lose(LinkLostError(reason))

    async def closed(self) -> AmiError:
        """Wait for the end of the connection, and why it came."""
        await asyncio.wait([self._reading])
        return self._lost or LinkLostError("the connection was closed")

    async def close(self) -> None:
        """Log off if that is possible, and close."""
        if self._lost is None:
            self._lost = LinkLostError("the connection was closed")
            try:
                self._writer.write(encode("Logoff", "bye", {}))
            except (OSError, RuntimeError) as error:
                log.debug("no farewell to Asterisk: %s", error)
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        self._writer.transport.abort()


def _check_right(action: str, response: Message) -> None:
    text = response.get("Message", "")
    if response.get("Response") == "Error" and "permission denied" in text.casefold():
        raise DeniedError(f"the manager user may not give {action}: {text}")


async def connect(
    host: str, port: int, user: str, secret: str, *, events: bool, tls: ssl.SSLContext | None = None,
    on_messages: Callable[[list[Message]], None] = lambda messages: None, wanted: frozenset[str] | None = None,
) -> AmiLink:  # fmt: skip
    """Connect and log in. Raises LinkLostError, LoginRefusedError, AmiError for what is no manager port."""
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(CONNECT_S):
            beside = next_after_s(host)
            reader, writer = await asyncio.open_connection(host, port, ssl=tls, limit=READ, happy_eyeballs_delay=beside)
    except TimeoutError:
        raise LinkLostError(f"{where} does not answer within {CONNECT_S:g} s; is that the address?") from None
    except OSError as error:
        raise LinkLostError(
            f"cannot connect to {where} ({_reason(error)}); is Asterisk running, with `enabled = yes` and "
            "this address in manager.conf?"
        ) from error
    try:
        link = await _welcome(reader, writer, where, on_messages, wanted)
    except BaseException:
        writer.transport.abort()
        raise
    try:
        await _login(link, where, user, {"Username": user, "Secret": secret, "Events": "on" if events else "off"})
    except BaseException:
        await link.close()
        raise
    return link


def _reason(error: OSError) -> str:
    """Why there is no connection; asyncio puts the address in the place of that where it has tried one."""
    told = error.strerror or str(error)
    return os.strerror(error.errno) if error.errno and told.startswith("Connect call failed") else told


async def _login(link: AmiLink, where: str, user: str, fields: Fields) -> None:
    try:
        answer = await link.action("Login", fields)
        reason = "" if answer.get("Response") == "Success" else answer.get("Message", "no reason")
    except (DeniedError, ValueError) as error:
        reason = str(error)
    if "shutting down" in reason.casefold():  # for a moment; nothing is wrong with the user
        raise LinkLostError(f"Asterisk at {where} is shutting down")
    if reason:
        raise LoginRefusedError(
            f"Asterisk at {where} refuses the manager user {user!r} ({reason}); compare user, secret and `permit` in "
            "manager.conf"
        )


async def _welcome(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, where: str,
    on_messages: Callable[[list[Message]], None], wanted: frozenset[str] | None,
) -> AmiLink:  # fmt: skip
    said = "says nothing"
    try:
        async with asyncio.timeout(CONNECT_S):
            line = await reader.readline()
        said = f"says {line[:60].decode('utf-8', 'replace').strip()!r}" if line else "closes at once (`authlimit`?)"
    except TimeoutError:
        line = b""
    except ValueError:  # more than a line can hold
        line, said = b"", "says much without an end of a line"
    except OSError as error:
        raise LinkLostError(f"{where} closed the connection: {error.strerror or error}") from error
    banner = line.decode("utf-8", "replace").strip()
    if not banner.startswith(BANNER):
        raise AmiError(f"{where} is not Asterisk's manager port: it {said}")
    booted = {"FullyBooted"}  # the link waits for it, whoever listens
    link = AmiLink(reader, writer, Framer(None if wanted is None else wanted | booted), on_messages)
    link.version = banner.removeprefix(BANNER)
    return link
