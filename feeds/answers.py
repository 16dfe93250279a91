"""What a console asks its gateway and what becomes of it: each request waits for the answer with its number."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from feeds import wire

_BROKE: Final = "the connection broke before the gateway answered; what was asked may have happened"


class FeedError(Exception):
    """What goes wrong between a console and its gateway; the message says what to do."""


class NotConnected(FeedError):
    """There is no gateway to ask, or the connection broke before it answered: what was asked may have happened."""


class Unanswered(NotConnected):
    """The gateway has not answered in time, though the connection may be whole."""


class Refused(FeedError):
    """The gateway said no; `error` is its error object."""

    def __init__(self, error: wire.ErrorBody) -> None:
        super().__init__(error.message)
        self.error = error


class _Asked:
    """A question that waits, for so many seconds from when it was last heard that it is being worked on."""

    def __init__(self, patience_s: float, progress: Callable[[float], None] | None) -> None:
        self.patience_s, self.progress = patience_s, progress
        self.answer: asyncio.Future[wire.Answer] = asyncio.get_running_loop().create_future()
        self.limit: asyncio.Timeout | None = None

    async def answered(self) -> wire.Answer:
        """Wait. Raises TimeoutError."""
        async with asyncio.timeout(self.patience_s) as self.limit:
            return await self.answer

    def read(self, share: float) -> None:
        if self.limit is not None and not self.answer.done():
            self.limit.reschedule(asyncio.get_running_loop().time() + self.patience_s)
        if self.progress is not None:
            self.progress(share)


class Answers:
    """The answers that are waited for; numbers go on over all connections, so that none is taken for another's."""

    def __init__(self) -> None:
        self._asked: dict[int, _Asked] = {}
        self._number = 0

    async def ask(
        self, socket: ClientConnection, method: str, params: msgspec.Struct | dict[str, Any] | None, timeout_s: float,
        progress: Callable[[float], None] | None = None,
    ) -> wire.Answer:  # fmt: skip
        """Send a request and wait for its answer, which may be a refusal. Raises NotConnected, Unanswered.

        `progress` is called with how much of the past is read for it, 0 to 1; the time it has begins anew then.
        """
        self._number += 1
        number = self._number
        asked = self._asked[number] = _Asked(timeout_s, progress)
        try:
            await socket.send(wire.request(method, params, number), text=True)
            return await asked.answered()
        except TimeoutError:
            raise Unanswered(f"the gateway did not answer {method} within {timeout_s:g} s") from None
        except ConnectionClosed:
            raise NotConnected(f"the connection broke before {method} was sent") from None
        finally:
            self._asked.pop(number, None)
            asked.answer.cancel()

    def waiting_for(self, answer: wire.Answer) -> asyncio.Future[wire.Answer] | None:
        """Who waits for an answer, if anybody still does."""
        asked = self._asked.get(answer.id) if isinstance(answer.id, int) else None
        return None if asked is None or asked.answer.done() else asked.answer

    def read(self, told: wire.ReadingParams) -> None:
        """The gateway is at a question, and so far."""
        asked = self._asked.get(told.id) if isinstance(told.id, int) else None
        if asked is not None:
            asked.read(min(1.0, max(0.0, told.share)))

    def give_up(self) -> None:
        """The connection is lost: whoever waits must not wait for their deadline."""
        for asked in self._asked.values():
            if not asked.answer.done():
                asked.answer.set_exception(NotConnected(_BROKE))
