"""Where Asterisk brings the sound of a call: a websocket door that only one-time tokens open (chan_websocket)."""

from __future__ import annotations

import contextlib
import json
import logging
from http import HTTPStatus
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.typing import Subprotocol

from feeds.whole_frames import binary_frame

log = logging.getLogger("feeds.sources.asterisk.media")

SUBPROTOCOL: Final = Subprotocol("media")
BIGGEST: Final = 64 * 1024
UNSENT: Final = 8 * 1024
"""Bytes that may wait for Asterisk to take them: half a second of sound."""
CLOSING_S: Final = 0.5


class Guest(Protocol):
    """Who waits for a connection. Must return quickly and not raise."""

    def connected(self, media: MediaLink) -> None:
        """Asterisk has come with the token."""

    def heard(self, pcm: bytes) -> None:
        """Sound as it comes."""

    def disconnected(self, whole: bool) -> None:
        """The connection is over; `whole`: it was closed in good order, as Asterisk does when its channel ends."""


class MediaLink:
    """A channel's sound in both directions, and what is said about it."""

    def __init__(self, connection: ServerConnection) -> None:
        self.channel = ""
        """The channel's name, once MEDIA_START has come."""
        self.refused = 0
        """Frames that Asterisk could not take."""
        self._connection = connection
        self._paused = False
        self._plain = False

    def told(self, text: str) -> None:
        """A control message: JSON, or before Asterisk 22.8 words and `name:value` pairs."""
        event = self._parsed(text)
        name = event.get("event")
        if name == "MEDIA_START":
            self.channel = str(event.get("channel", ""))
        elif name in ("MEDIA_XOFF", "MEDIA_XON"):
            self._paused = name == "MEDIA_XOFF"

    def _parsed(self, text: str) -> dict[str, Any]:
        if text.startswith("{"):
            with contextlib.suppress(ValueError, RecursionError):
                found = json.loads(text)
                return found if isinstance(found, dict) else {}
            return {}
        self._plain = True
        name, _, rest = text.partition(" ")
        return {"event": name, **dict(pair.partition(":")[::2] for pair in rest.split())}

    def say(self, pcm: bytes) -> None:
        """Send sound; what Asterisk does not take now is dropped: late speech is worse than none."""
        connection = self._connection
        transport = connection.transport
        if self._paused or connection.state is not State.OPEN or transport.get_write_buffer_size() > UNSENT:
            self.refused += 1
            return
        transport.write(binary_frame(pcm))

    async def forget(self) -> None:
        """Have Asterisk drop what it has not played yet: it was meant for other ears."""
        with contextlib.suppress(ConnectionClosed):
            await self._connection.send("FLUSH_MEDIA" if self._plain else '{"command":"FLUSH_MEDIA"}', text=True)

    async def close(self) -> None:
        """Hang the channel up by closing."""
        await self._connection.close()


class MediaServer:
    """The door. Lets in who brings a token that :meth:`expect` was told, once."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._server: Server | None = None
        self._expected: dict[str, Guest] = {}
        self._let_in: dict[ServerConnection, Guest] = {}

    @property
    def port(self) -> int:
        """The port that is listened on."""
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def start(self) -> None:
        """Open the door. Raises OSError, ValueError."""
        host, _, port = self.address.rpartition(":")
        self._server = await serve(
            self._attend, host.strip("[]"), int(port), subprotocols=[SUBPROTOCOL], compression=None, max_size=BIGGEST,
            process_request=self._check, ping_interval=None, close_timeout=CLOSING_S, open_timeout=5,
            server_header=None,
        )  # fmt: skip

    async def stop(self) -> None:
        """Close the door and every connection."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def expect(self, token: str, guest: Guest) -> None:
        """Let this token in, once."""
        self._expected[token] = guest

    def expect_no_more(self, token: str) -> None:
        """Do not let it in."""
        self._expected.pop(token, None)

    def _check(self, connection: ServerConnection, request: Request) -> Response | None:
        tokens = parse_qs(urlsplit(request.path).query).get("token", [])
        guest = self._expected.pop(tokens[0], None) if len(tokens) == 1 else None
        if guest is None:
            log.warning("a media connection from %s without a token that is expected", connection.remote_address)
            return connection.respond(HTTPStatus.FORBIDDEN, "this door is for calls that are waited for\n")
        self._let_in[connection] = guest
        return None

    async def _attend(self, connection: ServerConnection) -> None:
        guest = self._let_in.pop(connection)
        media = MediaLink(connection)
        guest.connected(media)
        try:
            while True:
                data = await connection.recv()
                if isinstance(data, bytes):
                    guest.heard(data)
                else:
                    media.told(data)
        except ConnectionClosed:
            pass
        finally:
            guest.disconnected(connection.close_code in (1000, 1001))
