"""The one place where the feed's thread meets Qt's: an asyncio thread on one side, one queued signal on the other."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.live import Batch, Beat, SourceBeat
from console.sight import LinkState
from console.steady import steady

if TYPE_CHECKING:
    from feeds.entities import AnyEntity
    from feeds.wire import BeatParams

PAUSE_S = 0.1
"""At most one signal per this many seconds; the first after quiet goes at once."""
JOIN_S = 5.0

log = logging.getLogger("console.link")


@dataclass(frozen=True, slots=True)
class Address:
    """Which gateway, with which credential; `certificate` is a file with the authority to trust, empty: the system."""

    url: str
    token: str | Callable[[], str] = ""
    certificate: str = ""
    name: str = "wall"


class Link(QObject):
    """Runs the feed's client in its own thread and collects what it says until the GUI thread takes it.

    Signals: `arrived()` when there is something to take. It is not sent again before it was taken, so a busy window
    gets fewer and fuller batches instead of a queue.
    """

    arrived = Signal()

    def __init__(self, address: Address, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._lock = threading.Lock()
        self._pending = Batch()
        self._told = False
        self._told_at = float("-inf")
        self._later: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin to follow the feed."""
        self._thread.start()

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
        self._note()

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        with self._lock:
            for entity in entities:
                self._pending.entities[entity.key] = entity
            for key in gone:
                self._pending.entities[key] = None
        self._note()

    def on_beat(self, beat: BeatParams) -> None:
        sources = tuple(SourceBeat(one.id, one.state, one.age_ms / 1000) for one in beat.sources)
        with self._lock:
            self._pending.beat = Beat(steady(), beat.now, sources, beat.pace)
        self._note()

    def on_state(self, state: str, attempt: int, next_retry_s: float | None, reason: str) -> None:
        next_at = None if next_retry_s is None else steady() + next_retry_s
        with self._lock:
            self._pending.link = LinkState(state, attempt, next_at, reason)
        self._note()

    def _note(self) -> None:
        """Tell the GUI thread, now or when the pause since the last telling is over."""
        if self._later is not None or self._loop is None:
            return
        wait = self._told_at + PAUSE_S - self._loop.time()
        if wait > 0:
            self._later = self._loop.call_later(wait, self._tell)
        else:
            self._tell()

    def _tell(self) -> None:
        self._later = None
        assert self._loop is not None
        with self._lock:
            if self._told:
                return
            self._told = True
        self._told_at = self._loop.time()
        self.arrived.emit()

    # The feed's thread

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            try:
                runner.run(self._follow())
            except asyncio.CancelledError:
                pass
            except Exception:
                log.exception("the feed's thread failed; the wall shows old data until it is started again")

    async def _follow(self) -> None:
        from feeds.client import FeedClient

        self._loop = asyncio.get_running_loop()
        address = self._address
        tls = ssl.create_default_context(cafile=address.certificate) if address.certificate else None
        client = FeedClient(address.url, address.token, self, tls=tls, name=address.name)
        while not self._stopping.is_set():
            self._task = self._loop.create_task(client.run(), name="feed client")
            if self._stopping.is_set():
                self._task.cancel()
            await self._until_interrupted(self._task)
        if self._later is not None:
            self._later.cancel()

    async def _until_interrupted(self, task: asyncio.Task[None]) -> None:
        try:
            await task
        except asyncio.CancelledError:
            if not self._again and not self._stopping.is_set():
                raise
            self._again = False

    def _interrupt(self) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
