"""The first look at a floor, by a bare socket: quick to begin, because nothing large is loaded for it.

Loading asyncio, TLS and the websocket library takes a wall about as long as loading Qt, and Python cannot load one
beside the other. So the feed is followed by as little as the protocol needs until the first picture is on the screen;
then feeds/client.py resumes where the glance stood. Whatever is not as expected ends the glance without a word: the
client meets the same and knows what to tell.
"""

from __future__ import annotations

import logging
import os
import socket
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from feeds import whole_frames, wire
from feeds.boottime import now
from feeds.following import Apply, Doubt, Follower, Proved, Swap, Unproved, catching_up_text
from feeds.hashes import sha1
from feeds.requests import HelloParams, HelloResult

if TYPE_CHECKING:
    from feeds.client import Handler

log = logging.getLogger("feeds.glance")

OPENING_S: Final = 2.0
"""How long the connection may take; whoever is farther away is left to the client."""
SILENCE_S: Final = 3.0
"""After so long without a frame nothing is live (PROTOCOL rule 5)."""
PIECE: Final = 256 * 1024
HEAD_LIMIT: Final = 16 * 1024
MAGIC: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""What a server proves with that it speaks WebSocket (RFC 6455, section 1.3)."""


class Unexpected(Exception):
    """Something that the client had better look at; the message is for the log."""


class Glance:
    """Follows a feed in the calling thread until it is ended, or until something is not as expected.

    `follower` and `proved_at` (of feeds.boottime) are what a client needs to go on from there.
    """

    def __init__(self, url: str, token: str | Callable[[], str], handler: Handler, name: str) -> None:
        self.url = url
        self.follower = Follower()
        self.proved_at = float("-inf")
        self._token = token
        self._handler = handler
        self._name = name
        self._socket: socket.socket | None = None
        self._left = b""
        self._ended = False
        self._unproved = Unproved(handler)

    def follow(self) -> None:
        """Connect and follow; returns when it is over, for whatever reason."""
        try:
            self._connect()
            self._hello()
            while not self._ended:
                self._take(wire.decode_frame(self._frame()))
        except (OSError, ValueError, Unexpected, wire.MalformedFrame) as reason:
            if not self._ended:
                log.debug("looking at %s is left to the client: %s", self.url, reason)
        finally:
            self._hang_up()

    def end(self) -> None:
        """Have it end; callable from any thread."""
        self._ended = True
        opened = self._socket
        if opened is not None:
            try:
                opened.shutdown(socket.SHUT_RD)  # wakes the thread that waits there; it can still say goodbye
            except OSError:
                log.debug("the glance at %s had ended already", self.url)

    def _connect(self) -> None:
        place = urlsplit(self.url)
        if place.scheme != "ws" or not place.hostname:
            raise Unexpected("only a plain connection is quick to make")
        # As bytes, because a text goes through the tables of international names, which would have to be loaded.
        host: Any = place.hostname.encode("ascii")
        opened = socket.create_connection((host, place.port or 80), OPENING_S)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = opened
        key = b64encode(os.urandom(16))
        path = (place.path or "/") + (f"?{place.query}" if place.query else "")
        opened.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key.decode()}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: {wire.SUBPROTOCOL}\r\n\r\n".encode("ascii")
        )
        status, headers = self._answer()
        proof = b64encode(sha1(key + MAGIC).digest()).decode()
        if "101" not in status or headers.get("sec-websocket-accept") != proof:
            raise Unexpected(f"no WebSocket there: {status}")
        if headers.get("sec-websocket-protocol") != wire.SUBPROTOCOL or "sec-websocket-extensions" in headers:
            raise Unexpected("another protocol was chosen")
        opened.settimeout(SILENCE_S)

    def _answer(self) -> tuple[str, dict[str, str]]:
        """The status line and the headers of the gateway's answer to the request for an upgrade."""
        while b"\r\n\r\n" not in self._left:
            if len(self._left) > HEAD_LIMIT:
                raise Unexpected("the answer does not end")
            self._left += self._piece()
        head, _, self._left = self._left.partition(b"\r\n\r\n")
        status, *lines = head.decode("ascii").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return status, {name.strip().lower(): value.strip() for name, _, value in pairs}

    def _hello(self) -> None:
        assert self._socket is not None
        token = self._token() if callable(self._token) else self._token
        hello = wire.request("hello", HelloParams(token, self._name), 1)
        self._socket.sendall(whole_frames.masked_text_frame(hello, os.urandom(4)))
        answer = wire.decode_frame(self._frame())
        if not isinstance(answer, wire.Answer) or answer.error is not None:
            raise Unexpected("there was no welcome")
        welcome = wire.decode_result(answer, HelloResult)
        self.follower.connected(welcome.view, welcome.resumed)

    def _take(self, frame: wire.Frame) -> None:
        if isinstance(frame, wire.CatchingUp):
            self._handler.on_state("connecting", 0, None, catching_up_text(frame.params))
        if not isinstance(frame, (wire.Snapshot, wire.Changed, wire.Beat)):
            return
        step = self.follower.frame(frame)
        if isinstance(step, (Swap, Apply)):
            self._unproved.take(step)
        elif isinstance(step, Proved):
            self._unproved.hand_over()
            first, self.proved_at = self.proved_at == float("-inf"), now()
            self._handler.on_beat(step.beat)
            if first:
                self._handler.on_state("live", 0, None, "")
        elif isinstance(step, Doubt):
            raise Unexpected(step.reason)

    def _frame(self) -> bytes:
        """The payload of the next frame: a whole text, for nothing else is ever sent to who asks for nothing."""
        kind, size = self._bytes(2)
        if kind != whole_frames.WHOLE_TEXT or size > 127:
            raise Unexpected(f"a frame that begins with {kind:#04x} {size:#04x}")
        if size > 125:
            size = int.from_bytes(self._bytes(2 if size == 126 else 8), "big")
        return self._bytes(size)

    def _bytes(self, count: int) -> bytes:
        if len(self._left) < count:
            pieces, have = [self._left], len(self._left)
            while have < count:
                pieces.append(self._piece())
                have += len(pieces[-1])
            self._left = b"".join(pieces)
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def _piece(self) -> bytes:
        assert self._socket is not None
        piece = self._socket.recv(PIECE)
        if not piece:
            raise Unexpected("the connection ended")
        return piece

    def _hang_up(self) -> None:
        if self._unproved:
            self.follower.forget()  # nobody has been given what it followed
        opened, self._socket = self._socket, None
        if opened is None:
            return
        try:
            opened.sendall(whole_frames.masked_goodbye(os.urandom(4)))
        except OSError:
            log.debug("%s hung up first", self.url)
        opened.close()
