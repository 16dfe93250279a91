"""A manager interface on loopback that says what a test tells it, byte for byte, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Self

from feeds.sources.asterisk.ami.link import AmiLink, connect
from feeds.sources.asterisk.ami.messages import Message

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
BOOTED = ("Event: FullyBooted", "Privilege: system,all", "Uptime: 300", "LastReload: 300", "Status: Fully Booted")
PATIENCE_S = 10.0

Asked = dict[str, str]
Block = Sequence[str]


def block(*lines: str) -> bytes:
    """A message as it goes over the wire."""
    return "".join(line + "\r\n" for line in lines).encode() + b"\r\n"


def success(*more: str) -> Block:
    """A response that it was done; `{id}` stands for the action's id."""
    return ("Response: Success", "ActionID: {id}", *more)


def error(text: str) -> Block:
    """A response that it was not done."""
    return ("Response: Error", "ActionID: {id}", f"Message: {text}")


DENIED = error("Permission denied")


def rows(name: str, *of: Block) -> list[Block]:
    """A list: the response, its rows, and the event that ends it."""
    told = [(one[0], "ActionID: {id}", *one[1:]) for one in of]
    end = (f"Event: {name}Complete", "ActionID: {id}", "EventList: Complete", f"ListItems: {len(of)}")
    return [success("EventList: start", f"Message: {name} will follow"), *told, end]


class Connection:
    """One client as the fake server sees it."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.hears = False

    def say(self, *blocks: Block, action_id: str = "") -> None:
        """Send messages."""
        self.send(b"".join(block(*one) for one in blocks).replace(b"{id}", action_id.encode()))

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.writer.write(data)

    def cut(self) -> None:
        """End the connection behind what was sent."""
        self.writer.close()


Answer = Callable[[Connection, Asked], None]


class FakeAmi:
    """A server for some clients. `answers` holds what is said to an action; without one it is an unknown command."""

    def __init__(self, banner: bytes = BANNER, *, boots: bool = True) -> None:
        self.banner = banner
        self.boots = boots
        self.secrets = {"gateway": "word", "viewer": "word"}
        self.asked: list[Asked] = []
        self.texts: list[str] = []
        self.connections: list[Connection] = []
        self.answers: dict[str, Answer] = {"Login": self._login}
        self.frozen = False
        self._news = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self.on("Ping", success("Ping: Pong", "Timestamp: 1795657282.037237"))
        self.on("Logoff", ("Response: Goodbye", "ActionID: {id}", "Message: Thanks for all the fish."))

    def on(self, action: str, *blocks: Block) -> None:
        """Answer an action with these messages."""
        self.answers[action] = lambda connection, asked: connection.say(*blocks, action_id=asked["ActionID"])

    def quiet(self, action: str) -> None:
        """Leave an action without an answer."""
        self.answers[action] = lambda connection, asked: None

    def names(self) -> list[str]:
        """What was asked, in order, without the logins and their ends."""
        return [one["Action"] for one in self.asked if one["Action"] not in ("Login", "Logoff")]

    async def heard(self, action: str, times: int = 1) -> Asked:
        """Wait until an action has been asked so often; the last time."""
        async with asyncio.timeout(PATIENCE_S):
            while len(found := [one for one in self.asked if one["Action"] == action]) < times:
                self._news.clear()
                await self._news.wait()
        return found[-1]

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for connection in self.connections:
            connection.writer.transport.abort()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(writer)
        self.connections.append(connection)
        # A task of our own: one that asyncio makes for a server complains when it is cancelled.
        self._talks.add(asyncio.create_task(self._talk(reader, connection), name="fake manager"))

    async def _talk(self, reader: asyncio.StreamReader, connection: Connection) -> None:
        connection.send(self.banner)
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while not self.frozen:
                text = (await reader.readuntil(b"\r\n\r\n")).decode().removesuffix("\r\n\r\n")
                self.texts.append(text)
                self._take(connection, dict(line.split(": ", 1) for line in text.split("\r\n")))

    def _take(self, connection: Connection, asked: Asked) -> None:
        if self.frozen:
            return
        unknown = error(f"Invalid/unknown command: {asked['Action']}.")
        answer = self.answers.get(asked["Action"])
        if answer is None:
            connection.say(unknown, action_id=asked["ActionID"])
        else:
            answer(connection, asked)
        self.asked.append(asked)
        self._news.set()

    def _login(self, connection: Connection, asked: Asked) -> None:
        if self.secrets.get(asked["Username"]) != asked["Secret"]:
            connection.say(error("Authentication failed"), action_id=asked["ActionID"])
            connection.cut()
            return
        connection.hears = asked["Events"] == "on"
        connection.say(success("Message: Authentication accepted"), action_id=asked["ActionID"])
        if self.boots and connection.hears:
            connection.say(BOOTED)


class Heard:
    """What a link told, and a way to wait for it."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._news = asyncio.Event()

    def take(self, messages: list[Message]) -> None:
        self.messages += messages
        self._news.set()

    def events(self) -> list[str]:
        """The names of the events, FullyBooted left out."""
        return [message.event for message in self.messages if message.event != "FullyBooted"]

    async def until(self, event: str) -> Message:
        """Wait for an event."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := [message for message in self.messages if message.event == event]):
                self._news.clear()
                await self._news.wait()
        return found[-1]


@contextlib.asynccontextmanager
async def linked(server: FakeAmi, heard: Heard | None = None, **more: object) -> AsyncIterator[AmiLink]:
    """A link to the fake server that is closed at the end."""
    told = heard or Heard()
    link = await connect(
        "127.0.0.1", server.port, "gateway", "word", events=True, on_messages=told.take, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    try:
        yield link
    finally:
        await link.close()


def run(scenario: Callable[[FakeAmi], Awaitable[None]], banner: bytes = BANNER, *, boots: bool = True) -> None:
    """Play a scenario against a fake server."""

    async def life() -> None:
        async with FakeAmi(banner, boots=boots) as server:
            await scenario(server)

    asyncio.run(life())
