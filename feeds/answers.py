"""What a console asks its gateway and what becomes of it: each request waits for the answer with its number."""

import asyncio
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


class Answers:
    """The answers that are waited for; numbers go on over all connections, so that none is taken for another's."""

    def __init__(self) -> None:
        self._asked: dict[int, asyncio.Future[wire.Answer]] = {}
        self._number = 0

    async def ask(
        self, socket: ClientConnection, method: str, params: msgspec.Struct | dict[str, Any] | None, timeout_s: float
    ) -> wire.Answer:
        """Send a request and wait for its answer, which may be a refusal. Raises NotConnected, Unanswered."""
        self._number += 1
        number = self._number
        waiting: asyncio.Future[wire.Answer] = asyncio.get_running_loop().create_future()
        self._asked[number] = waiting
        try:
            await socket.send(wire.request(method, params, number), text=True)
            async with asyncio.timeout(timeout_s):
                return await waiting
        except TimeoutError:
            raise Unanswered(f"the gateway did not answer {method} within {timeout_s:g} s") from None
        except ConnectionClosed:
            raise NotConnected(f"the connection broke before {method} was sent") from None
        finally:
            self._asked.pop(number, None)
            waiting.cancel()

    def waiting_for(self, answer: wire.Answer) -> asyncio.Future[wire.Answer] | None:
        """Who waits for an answer, if anybody still does."""
        waiting = self._asked.get(answer.id) if isinstance(answer.id, int) else None
        return None if waiting is None or waiting.done() else waiting

    def give_up(self) -> None:
        """The connection is lost: whoever waits must not wait for their deadline."""
        for waiting in self._asked.values():
            if not waiting.done():
                waiting.set_exception(NotConnected(_BROKE))
