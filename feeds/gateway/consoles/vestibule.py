"""Stands at the gateway's address while its log is read, and tells whoever comes how far that is.

A log of a year whose site was edited is read for many minutes. Consoles that found nobody there could not tell that
from a gateway that is gone.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from types import TracebackType
from typing import Any, Final

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from feeds import starting

log = logging.getLogger("feeds.gateway.consoles.vestibule")

PATIENCE_S: Final = 1.0
"""A gateway that has read its log by then opens its own door, and nobody stands there before."""
OPENING_S: Final = 5.0
JOIN_S: Final = 5.0


class Vestibule:
    """Open between `with` and its end, in a thread of its own with a loop of its own: the gateway's has no turn yet.

    With port 0 nobody can know where to come to, and nothing is opened.
    """

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, *, patience_s: float = PATIENCE_S) -> None:
        self.share = 0.0
        """How much of the log is read, 0 to 1; see :meth:`progress`."""
        self._host, self._port, self._tls, self._patience_s = host, port, tls, patience_s
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="vestibule", daemon=True)

    def progress(self, share: float) -> None:
        """So much is read; callable from any thread."""
        self.share = share

    def __enter__(self) -> Vestibule:
        if self._port:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._port:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(JOIN_S)
        if not self._thread.is_alive():
            self._loop.close()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._stand())
        except Exception:
            log.exception("nobody is told that the log is read")  # and it is read nevertheless

    async def _stand(self) -> None:
        try:
            async with asyncio.timeout(self._patience_s):
                await self._over.wait()
            return
        except TimeoutError:
            log.info("consoles that come to %s:%d are told how much of the log is read", self._host, self._port)
        at_once: dict[str, Any] = {} if self._tls is None else {"ssl_handshake_timeout": OPENING_S}
        try:
            server = await serve(
                _nobody, self._host, self._port, ssl=self._tls, process_request=self._answer, compression=None,
                open_timeout=OPENING_S, server_header=None, **at_once,
            )  # fmt: skip
        except OSError as error:  # the gateway's own door will say so, and what to do
            log.warning("nobody can be told at %s:%d (%s)", self._host, self._port, error)
            return
        await self._over.wait()
        server.close()
        await server.wait_closed()

    async def _answer(self, connection: ServerConnection, request: Request) -> Response:
        answer = connection.respond(starting.STATUS, starting.told(self.share))
        answer.headers["Retry-After"] = "1"
        return answer


async def _nobody(connection: ServerConnection) -> None:
    """Everybody was answered before."""
