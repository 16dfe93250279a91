"""A real gateway on loopback for tests, sources that do as they are told, and a console that remembers."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path

from config.schema import Site
from feeds.client import FeedClient, LinkState
from feeds.entities import AnyEntity
from feeds.facts import AnyFact, SourceMode
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine, Seek
from feeds.gateway.running.shelf import open_session
from feeds.requests import ViewRequest
from feeds.sources.base import Clock, Emit
from feeds.sources.servant import Servant
from feeds.wire import BeatParams
from tests.gateway.floors import START

PATIENCE_S = 60.0
HOUR = 3_600_000


class ToldSource:
    """A live source that says what a test tells it, and proves its life as long as it may."""

    def __init__(self, mode: SourceMode = "live", begins_at: int = START) -> None:
        self.id = "main"
        self.mode: SourceMode = mode
        self.begins_at = begins_at
        self.ends_at: int | None = None
        self.alive = True
        self.trouble = ""
        self.servant: Servant | None = None
        self._told: asyncio.Queue[tuple[Sequence[AnyFact], asyncio.Event]] = asyncio.Queue()
        self._position = 0

    async def tell(self, *facts: AnyFact) -> None:
        """Have facts emitted; returns when the gateway has taken them."""
        taken = asyncio.Event()
        await self._told.put((facts, taken))
        await taken.wait()

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit what is told, behind the position where the log stands."""
        self._position = after
        while True:
            try:
                async with asyncio.timeout(0.5):
                    facts, taken = await self._told.get()
            except TimeoutError:
                if self.alive:
                    await emit(())
                continue
            batch: list[tuple[AnyFact, int | None]] = []
            for fact in facts:
                self._position += 1
                batch.append((fact, self._position))
            await emit(batch)
            taken.set()


class ListSource:
    """A paced source over a list of facts, positions from 1."""

    def __init__(self, facts: Sequence[AnyFact], mode: SourceMode = "replay") -> None:
        self.id = "main"
        self.mode: SourceMode = mode
        self.trouble = ""
        self.servant: Servant | None = None
        self.facts = facts
        self.begins_at = facts[0].at
        self.ends_at: int | None = facts[-1].at

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit every fact behind `after` when its time has come."""
        for position, fact in enumerate(self.facts, 1):
            if position > after:
                await clock.reach(fact.at)
                await emit([(fact, position)])


class Behind(ListSource):
    """Has a lot to tell of the time up to now: an hour of it, and is then held up until `go`."""

    def __init__(self, first: Sequence[AnyFact], rest: Sequence[AnyFact]) -> None:
        super().__init__([*first, *rest], "simulated")
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        self._first = len(first)

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit the first facts; the others when it may."""
        await emit([(fact, position) for position, fact in enumerate(self.facts[: self._first], 1)])
        await clock.reach(self.begins_at + HOUR)
        self.begun.set()
        await self.go.wait()
        await emit([(fact, position) for position, fact in enumerate(self.facts, 1) if position > self._first])
        await clock.reach(self.begins_at + 1000 * HOUR)


class Remembering:
    """A console's memory: entities by key, beats and states, and a way to wait for any of it."""

    def __init__(self) -> None:
        self.entities: dict[str, AnyEntity] = {}
        self.snapshots = 0
        self.frames = 0
        self.beats: list[BeatParams] = []
        self.states: list[tuple[LinkState, str]] = []
        self._news = asyncio.Event()

    @property
    def state(self) -> LinkState:
        """The link's last word."""
        return self.states[-1][0] if self.states else "connecting"

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        self.entities = {entity.key: entity for entity in entities}
        self.snapshots += 1
        self._news.set()

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        for entity in entities:
            self.entities[entity.key] = entity
        for key in gone:
            self.entities.pop(key, None)
        self.frames += 1
        self._news.set()

    def on_beat(self, beat: BeatParams) -> None:
        self.beats.append(beat)
        self._news.set()

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        self.states.append((state, reason))
        self._news.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Return when the condition holds; fails after PATIENCE_S with what is known."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    self._news.clear()
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(0.05):
                            await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain; states {self.states[-5:]}, {len(self.entities)} entities") from None

    async def live(self) -> None:
        """Wait until the feed is proved."""
        await self.until(lambda: self.state == "live")


def free_port() -> int:
    """A port for a gateway that is started again where it was.

    It is none of those that systems hand out by themselves: whoever else runs here would be given it in between, and
    so would a console that tries to come back, which then finds itself there.
    """
    while True:
        port = secrets.randbelow(10_000) + 20_000  # every worker is given the same seed
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.asynccontextmanager
async def running_gateway(
    site: Site, source: ToldSource | ListSource, folder: Path, *, speed: float = 1.0, at: int | None = None,
    site_folder: Path | None = None, seek: Seek | None = None, port: int = 0,
) -> AsyncIterator[Gateway]:  # fmt: skip
    """A gateway on loopback whose log and store are in `folder`; started again with the same folder it goes on."""
    store = Store(folder / "gateway.db")
    try:
        session = open_session(site, folder / "log.floor")
        begin = at if at is not None else max(session.floor.now, source.begins_at)
        engine = Engine(session, source, PacedClock(begin, speed), seek=seek)
        gateway = Gateway(site, engine, store, site_folder)
        try:
            await gateway.start("127.0.0.1", port)
            yield gateway
        finally:
            await gateway.stop()
    finally:
        store.close()


def url_of(gateway: Gateway) -> str:
    """Where a running gateway can be reached."""
    scheme = "wss" if gateway.services.site.gateway.certificate else "ws"
    return "{}://{}:{}".format(scheme, *gateway.address)


@contextlib.asynccontextmanager
async def stopwatch() -> AsyncIterator[Callable[[], float]]:
    """Seconds since it was begun in which this process ran: one in which a busy machine had no turn for it is left out.

    What gateway and console do after some time they do by the loop of this process, which stood still then as well.
    """
    passed, loop = 0.0, asyncio.get_running_loop()

    async def count() -> None:
        nonlocal passed
        before = loop.time()
        while True:
            await asyncio.sleep(0.01)
            passed += min(0.05, loop.time() - before)
            before = loop.time()

    counting = asyncio.create_task(count(), name="test stopwatch")
    try:
        yield lambda: passed
    finally:
        counting.cancel()
        await asyncio.gather(counting, return_exceptions=True)


@contextlib.asynccontextmanager
async def console(
    gateway: Gateway | str, token: str, *, view: ViewRequest | None = None, **more: object
) -> AsyncIterator[tuple[FeedClient, Remembering]]:
    """A console that follows a gateway."""
    memory = Remembering()
    url = gateway if isinstance(gateway, str) else url_of(gateway)
    client = FeedClient(url, token, memory, view=view, **more)  # type: ignore[arg-type]
    running = asyncio.create_task(client.run(), name="test console")
    try:
        yield client, memory
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@contextlib.contextmanager
def gateway_in_a_thread(site: Site, source: ToldSource | ListSource, folder: Path, **more: object) -> Iterator[str]:
    """The same in a thread of its own, for tests whose thread belongs to Qt; gives the address."""
    ready: list[str] = []
    opened, done = threading.Event(), threading.Event()

    async def life() -> None:
        async with running_gateway(site, source, folder, **more) as gateway:  # type: ignore[arg-type]
            ready.append(url_of(gateway))
            opened.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(life()), name="test gateway")
    thread.start()
    try:
        assert opened.wait(PATIENCE_S), "the gateway did not open"
        yield ready[0]
    finally:
        done.set()
        thread.join(PATIENCE_S)
