"""The manager interface as tests see it: raw events in the order of their arrival, and actions with their answers."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable

from tests.asterisk.floor.reach import Reachable
from tests.asterisk.floor.server import USERS
from tests.asterisk.floor.waiting import DEADLINE_S

Event = dict[str, str]


class Manager:
    """One connection. `events` holds all that came; `until` looks for what must come."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.closed = asyncio.Event()
        self._news = asyncio.Event()
        self._numbers = itertools.count(1)
        self._answers: dict[str, asyncio.Future[list[Event]]] = {}
        self._rows: dict[str, list[Event]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None

    async def open(self, floor: Reachable, user: str) -> None:
        """Log in and wait until Asterisk is fully booted, before which it answers wrongly."""
        reader, self._writer = await asyncio.open_connection(*floor.ami)
        self._reading = asyncio.get_running_loop().create_task(self._read(reader))
        answer = await self.action("Login", Username=user, Secret=USERS[user])
        assert answer["Response"] == "Success", answer
        await self.until(Event="FullyBooted")

    async def close(self) -> None:
        """Hang up."""
        if self._writer:
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def action(self, name: str, **fields: str) -> Event:
        """Send an action; its Response, whatever it says."""
        return (await self._ask(name, fields))[0]

    async def rows(self, name: str, **fields: str) -> list[Event]:
        """Send an action that lists something; the rows."""
        answer = await self._ask(name, fields)
        assert answer[0]["Response"] == "Success", answer[0]
        return answer[1:]

    async def until(
        self, condition: Callable[[Event], bool] = lambda event: True, since: int = 0, deadline: float = DEADLINE_S,
        **fields: str,
    ) -> Event:  # fmt: skip
        """The first event, from number `since` on, with these fields for which the condition holds."""
        try:
            async with asyncio.timeout(deadline):
                for place in itertools.count(since):
                    while len(self.events) <= place:
                        self._news.clear()
                        await self._news.wait()
                    event = self.events[place]
                    if fields.items() <= event.items() and condition(event):
                        return event
        except TimeoutError:
            pass
        names = [event.get("Event", "?") for event in self.events[since:]]
        raise AssertionError(f"no event {fields} within {deadline:g} s; there were {names[-40:]}")

    def all(self, since: int = 0, **fields: str) -> list[Event]:
        """The events so far with these fields."""
        return [event for event in self.events[since:] if fields.items() <= event.items()]

    async def _ask(self, name: str, fields: dict[str, str]) -> list[Event]:
        assert self._writer is not None
        number = str(next(self._numbers))
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        lines = [f"Action: {name}", f"ActionID: {number}", *(f"{key}: {value}" for key, value in fields.items())]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        try:
            return await asyncio.wait_for(answer, DEADLINE_S)
        finally:
            self._answers.pop(number, None)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                *blocks, rest = (rest + data).split(b"\r\n\r\n")
                for block in blocks:
                    self._take(_parsed(block))
        self.closed.set()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the manager interface was closed"))

    def _take(self, message: Event) -> None:
        number = message.get("ActionID", "")
        waiting = self._answers.get(number)
        if waiting and "Response" in message and "Event" not in message:
            if message.get("EventList") == "start":
                self._rows[number] = [message]
            elif not waiting.done():
                waiting.set_result([message])
        elif waiting and number in self._rows:
            if message.get("EventList") == "Complete":
                waiting.set_result(self._rows.pop(number))
            else:
                self._rows[number].append(message)
        elif "Event" in message:
            self.events.append(message)
            self._news.set()


def _parsed(block: bytes) -> Event:
    """The headers of a message; of a header that repeats, all values, one a line."""
    message: Event = {}
    for line in block.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            value = value.removeprefix(" ")
            message[name] = f"{message[name]}\n{value}" if name in message else value
    return message


@contextlib.asynccontextmanager
async def manager_of(floor: Reachable, user: str = "everything") -> AsyncIterator[Manager]:
    """A connection to a floor's manager interface."""
    manager = Manager()
    try:
        await manager.open(floor, user)
        yield manager
    finally:
        await manager.close()
