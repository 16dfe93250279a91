"""The feed's thread: follows a gateway and collects what it says until somebody takes it. Knows nothing of Qt.

A wall starts it before it loads Qt, so that the floor is there by the time there is a window to show it in. Until then
it only glances at the feed (feeds/glance.py): the client and what that needs are loaded when there is time for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from console.machine.steady import steady
from console.sight import LinkState
from feeds.said import parts

if TYPE_CHECKING:
    import asyncio
    from concurrent.futures import Future

    from feeds.client import FeedClient
    from feeds.entities import AnyEntity
    from feeds.glance import Glance
    from feeds.requests import HelloResult
    from feeds.wire import BeatParams

PAUSE_S = 0.1
"""One telling in about this many seconds; the first after quiet, and a change of the link's state, at once."""
SLACK_S = 0.025
"""A frame that comes so much early is told nevertheless, and one that is a little late is awaited: a gateway's frames
come in a rhythm of their own, and one that a telling has just missed would wait for the whole next pause."""
LATE_S = 0.01
ORDER_S = 10.0
"""An order that has no answer by then is unknown, and is asked after."""
PAST_S = 60.0
"""How long an answer about the past may take: in a recording of a large floor the first one is read from its facts."""
JOIN_S = 5.0

log = logging.getLogger("console.feeding")

T = TypeVar("T")


class Address(Struct, frozen=True):
    """Which gateway, with which credential; `certificate` is a file with the authority to trust, empty: the system."""

    url: str
    token: str | Callable[[], str] = ""
    certificate: str = ""
    name: str = "wall"


class SourceBeat(Struct, frozen=True):
    """What a beat says of one source: its state, and in real seconds its last proof of life and how late it tells.

    `why` is why it is not up, in the gateway's words; empty where nobody knows.
    """

    id: str
    state: str
    age: float
    lag: float = 0.0
    why: str = ""


class Beat(Struct, frozen=True):
    """A proof of life: when it came by our monotonic clock and the floor's time in it, in UTC milliseconds.

    `epoch` is of which history it is a proof, `seeking` how much is done (0 to 1) of a move to elsewhere in it.
    """

    at: float
    now: int
    sources: tuple[SourceBeat, ...] = ()
    pace: float | None = None
    epoch: str = ""
    seeking: float | None = None


class Batch(Struct):
    """Everything new since the last one: `None` stands for an entity that is gone, `whole` for a complete view.

    `welcome` is the gateway's greeting of the connection that is live now: who we are to it and what we may do.
    """

    entities: dict[str, AnyEntity | None] = field(default_factory=dict)
    whole: bool = False
    proof: float | None = None
    beat: Beat | None = None
    link: LinkState | None = None
    welcome: HelloResult | None = None


class Feed:
    """Runs the feed's client in its own thread and collects what it says.

    Whoever listens is told, in that thread, that there is something to take, and not again before it was taken: a busy
    window gets fewer and fuller batches instead of a queue.
    """

    def __init__(self, address: Address, *, glance: bool = False) -> None:
        """With `glance` the feed is only glanced at until :meth:`settle` is called; see feeds/glance.py."""
        self._address = address
        self._glance: Glance | None = None
        if glance:
            from feeds.glance import Glance

            self._glance = Glance(address.url, address.token, self, address.name)
        self._lock = threading.Lock()
        self._pending = Batch()
        self._listener: Callable[[], None] | None = None
        self._told = False
        self._told_at = float("-inf")
        self._later: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._following: FeedClient | None = None
        self._again = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin to follow the feed."""
        self._thread.start()

    @property
    def started(self) -> bool:
        """Whether the thread was ever started."""
        return self._thread.ident is not None

    @property
    def failed(self) -> bool:
        """Whether the thread has ended although nobody stopped it: nothing will ever come from it again."""
        return self.started and not self._thread.is_alive() and not self._stopping.is_set()

    def listen(self, listener: Callable[[], None]) -> None:
        """Have it told from now on; what has come before lies ready to be taken."""
        self._listener = listener

    def settle(self) -> None:
        """What was urgent is done: there is time to load the client, which takes over from the glance."""
        glance = self._glance  # once, because the feed's thread lets go of it when the client takes over
        if glance is not None:
            glance.end()

    def stop(self) -> None:
        """End the thread and wait until it has ended."""
        self._stopping.set()
        self._interrupt()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)
        if self._thread.is_alive():
            log.error("the feed's thread did not end within %s s", JOIN_S)

    def reconnect(self) -> None:
        """Drop the connection and come back at once, resuming where we were; for a machine that has slept."""
        self._again = True
        self._interrupt()

    def ask(
        self, method: str, params: Struct, answer: type[T], progress: Callable[[float], None] | None = None
    ) -> Future[T] | None:
        """Ask the gateway in the feed's thread; None when nothing is followed yet, so that nothing can be sent.

        The future ends in that thread, with what FeedClient.ask returns or raises; `progress` is called in it.
        """
        import asyncio

        loop, client = self._loop, self._following
        if loop is None or client is None or loop.is_closed() or self._stopping.is_set():
            return None
        patience_s = ORDER_S if method == "order" else PAST_S
        return asyncio.run_coroutine_threadsafe(client.ask(method, params, answer, patience_s, progress), loop)

    def take(self) -> Batch:
        """Everything new since the last call; empty when there is nothing."""
        with self._lock:
            batch, self._pending = self._pending, Batch()
            self._told = False
        return batch

    # The client's handler: called in the feed's thread

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        with self._lock:
            self._pending.entities = {entity.key: entity for entity in entities}
            self._pending.whole = True
        self._note(at_once=False)  # the beat that proves it follows at once: told together, it is shown once

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        with self._lock:
            for entity in entities:
                self._pending.entities[entity.key] = entity
            for key in gone:
                self._pending.entities[key] = None
        self._note(early=SLACK_S)

    def on_beat(self, beat: BeatParams) -> None:
        pace = beat.pace or 1.0  # what is late by a floor minute at sixty times the pace is late by a second
        sources = tuple(
            SourceBeat(one.id, one.state, one.age_ms / 1000, one.lag_ms / 1000 / pace, one.text)
            for one in beat.sources
        )
        with self._lock:
            done = beat.seeking.done if beat.seeking is not None else None
            self._pending.beat = Beat(steady(), beat.now, sources, beat.pace, beat.epoch, done)
        self._note()

    def on_state(self, state: str, attempt: int, next_retry_s: float | None, reason: str) -> None:
        next_at = None if next_retry_s is None else steady() + next_retry_s
        said = parts(reason)
        with self._lock:
            self._pending.link = LinkState(state, attempt, next_at, said.text, said.code, said.values)
            if state == "live" and self._following is not None:
                self._pending.welcome = self._following.session
        self._tell()

    def _note(self, at_once: bool = True, early: float = 0.0) -> None:
        """Tell whoever listens, now or when the pause since the last telling is over."""
        wait = self._told_at + PAUSE_S - time.monotonic() if at_once else PAUSE_S
        if at_once and (wait <= early or self._loop is None):
            self._tell()
        elif self._later is None and self._loop is not None:
            self._later = self._loop.call_later(wait + LATE_S, self._tell)

    def _tell(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._listener is None:
            return
        with self._lock:
            if self._told:
                return
            self._told = True
        self._told_at = time.monotonic()
        self._listener()

    # The feed's thread

    def _run(self) -> None:
        glance = self._glance
        if glance is not None:
            try:
                glance.follow()
            except Exception:
                log.exception("the first look at the feed failed; it is followed in the usual way")
        if self._stopping.is_set():
            return
        import asyncio

        # Windows' usual loop has a traceback for every line that the gateway's end resets, and leaves its socket open.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            try:
                runner.run(self._follow())
            except asyncio.CancelledError:
                pass
            except Exception:
                log.exception("the feed's thread failed; the wall shows old data until it is started again")

    def _client(self) -> FeedClient:
        from feeds.client import FeedClient

        address, glance = self._address, self._glance
        trusted = Path(address.certificate) if address.certificate else None
        client = FeedClient(address.url, address.token, self, tls=trusted, name=address.name)
        if glance is not None:
            client.go_on(glance.follower, glance.proved_at)
            self._glance = None
        return client

    async def _follow(self) -> None:
        import asyncio

        client = self._following = self._client()
        self._loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            self._task = self._loop.create_task(client.run(), name="feed client")
            if self._stopping.is_set():
                self._task.cancel()
            await self._until_interrupted(self._task)
        if self._later is not None:
            self._later.cancel()

    async def _until_interrupted(self, task: asyncio.Task[None]) -> None:
        import asyncio

        try:
            await task
        except asyncio.CancelledError:
            if not self._again and not self._stopping.is_set():
                raise
            self._again = False

    def _interrupt(self) -> None:
        self.settle()
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
