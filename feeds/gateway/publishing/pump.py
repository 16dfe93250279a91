"""Sends every console what changed since it was last told, as soon as its socket can take it and no sooner.

One pump serves all consoles. A task for each of them costs a wake-up per console and frame: with 500 consoles and
1,000 changes a second about 20 % of a core against 13 to 17 % for one loop over plain objects, at the same lateness
(tests/bench/bench_feed.py runs both). Whoever cannot take a frame is passed over: nothing waits in a queue, the next
frame simply says more. Frames are written to the transports between the library's own, which are written whole as well
(websockets' send_data), so they cannot mix; after a closing frame nothing is written.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from typing import Final

from websockets.asyncio.server import ServerConnection
from websockets.protocol import State

from feeds import whole_frames, wire
from feeds.gateway.publishing.outgoing import on_its_way
from feeds.gateway.publishing.views import Pages, View

log = logging.getLogger("feeds.gateway.publishing.pump")

PROGRESS_S: Final = 3.0
"""A console whose socket takes nothing for this long is cut (PROTOCOL rule 3)."""
FAREWELL_S: Final = 0.5
"""How long a console that is sent away may take to read why; one that does not read is cut without."""
BURST: Final = 16
"""Frames of a snapshot or a long way that one console is given at a time, before the others have their turn."""
PAGES_S: Final = 0.005
"""How soon a snapshot goes on where a socket took all, and how long all of them may hold up the loop: a floor of 5,000
seats has a hundred pages, of which a socket takes about five at once."""
WAY_S: Final = 1.5
"""How long a way is told to its end although more has changed: two of them lie within the three seconds of a proof."""
MOST_HELD: Final = 1_000_000
"""Bytes that are held for one console; a longer way is composed anew at every turn."""

WORD_S: Final = 0.9
"""How often a console at most is told why there is nothing to prove."""

BeatMaker = Callable[[View], wire.BeatParams]


class Way:
    """A long way to one revision, with the proof that it ends there.

    A line that carries the floor's changes of a second, but not those of a frame in time for the next one, would never
    come to an end if it was led on at every turn.
    """

    __slots__ = ("beat", "frames", "told", "until")

    def __init__(self, frames: list[tuple[int, bytes]], beat: bytes | None, until: float) -> None:
        self.frames = frames
        self.beat = beat
        self.until = until
        self.told = 0


class Subscriber:
    """One console's place in the feed: its view, and the revision up to which it has been told."""

    __slots__ = (
        "beat_due", "behind", "connection", "frames", "left_over", "name", "pages", "progress_at", "rev",
        "told_why_at", "transport", "view", "way",
    )  # fmt: skip

    def __init__(self, connection: ServerConnection, view: View, name: str) -> None:
        self.connection = connection
        self.transport: asyncio.WriteTransport = connection.transport
        self.view = view
        self.name = name
        self.rev = -1
        self.pages: Iterator[bytes] | None = None
        self.way: Way | None = None
        self.beat_due = True
        self.behind = True
        """More is to be told, or what was told is not taken yet: nothing of less weight may be sent."""
        self.progress_at = self.told_why_at = 0.0
        self.left_over = 0
        """Bytes that were on their way when last looked at, where the socket had not taken all."""
        self.frames = 0

    @property
    def takes_more(self) -> bool:
        """Whether the line is open, and has taken all that it was given."""
        open_ = self.connection.state is State.OPEN and not self.transport.is_closing()
        return open_ and not self.transport.get_write_buffer_size()

    def show_all(self, view: View) -> None:
        """Send the complete state of a view next."""
        self.view = view
        pages: Pages = view.pages()
        self.pages = iter(pages.frames)
        self.way = None
        self.rev = pages.rev
        self.beat_due = True

    def resume(self, rev: int) -> None:
        """Go on with what changed since `rev`."""
        self.rev = rev
        self.beat_due = True


class Pump:
    """Keeps all subscribers up to date, at most one frame each per `frame_s` seconds."""

    def __init__(
        self,
        frame_s: float,
        beat: BeatMaker,
        unproved: Callable[[], bytes | None] = lambda: None,
        jumps: Callable[[], bool] = lambda: False,
    ) -> None:
        """`unproved` gives the frame that says why there is nothing to prove: beats that are due wait meanwhile.

        `jumps` says that floor time does. Nobody can count it on then, so every frame comes with a beat that tells it.
        """
        self.frame_s = frame_s
        self.subscribers: set[Subscriber] = set()
        self._beat = beat
        self._ask_why = unproved
        self._jumps = jumps
        self._why: bytes | None = None
        self._beats: dict[View, bytes] = {}
        self._absorb: Callable[[], bool] = lambda: False
        self._handle: asyncio.TimerHandle | None = None
        self._paging: asyncio.TimerHandle | None = None
        self._flushed_at = 0.0
        self._proved = asyncio.Event()
        """Nobody waits for a beat. It comes behind everything else that is to be told, so then all has been told."""
        self._proved.set()
        self._leaving: set[asyncio.Task[None]] = set()

    def publish(self, absorb: Callable[[], bool]) -> None:
        """From now on this is asked before every frame to take note of what changed."""
        self._absorb = absorb

    def add(self, subscriber: Subscriber) -> None:
        """Begin to serve a console; its first frames go out at once."""
        subscriber.progress_at = time.monotonic()
        self.subscribers.add(subscriber)
        self._proved.clear()
        self.notify()

    def remove(self, subscriber: Subscriber) -> None:
        """Forget a console."""
        self.subscribers.discard(subscriber)

    def notify(self) -> None:
        """Something is to be sent: the first change after quiet goes at once, the next ones a frame later."""
        if self._handle is None:
            loop = asyncio.get_running_loop()
            self._handle = loop.call_later(max(0.0, self._flushed_at + self.frame_s - time.monotonic()), self.flush)

    def beat(self) -> None:
        """Prove to everybody that the feed lives; goes the same way as data, so a blocked console gets none."""
        for subscriber in self.subscribers:
            subscriber.beat_due = True
            self._proved.clear()
        self.notify()

    async def proved(self) -> None:
        """Return when every console has had its beat; whoever is too slow for that is waited for PROGRESS_S at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PROGRESS_S):
                await self._proved.wait()

    def close(self) -> None:
        """Send nothing any more."""
        for handle in (self._handle, self._paging):
            if handle is not None:
                handle.cancel()
        self.subscribers.clear()
        for one in self._leaving:
            one.cancel()

    def flush(self) -> None:
        """Give everybody who can take it what is new. Runs by itself, see :meth:`notify`."""
        self._handle = None
        self._flushed_at = moment = time.monotonic()
        self._absorb()
        self._beats.clear()
        self._why = self._ask_why()
        behind, jumps = False, self._jumps()
        for subscriber in list(self.subscribers):
            subscriber.beat_due = subscriber.beat_due or jumps
            try:
                subscriber.behind = self._serve(subscriber, moment)
                behind = subscriber.behind or behind
            except Exception:
                log.exception("cutting %s: its frame could not be composed", subscriber.name)
                self._send_away(subscriber, wire.RESYNC, "what changed could not be told; ask for everything anew")
        if not any(one.beat_due and one.connection.state is State.OPEN for one in self.subscribers):
            self._proved.set()
        if behind:
            self.notify()
        self._page_soon()

    def _page_soon(self) -> None:
        if self._paging is None and any(one.pages is not None for one in self.subscribers):
            self._paging = asyncio.get_running_loop().call_later(PAGES_S, self._page_on)

    def _page_on(self) -> None:
        """Between frames, give more of a snapshot to whoever has taken what they were given.

        Where nobody has taken anything, the next frame is soon enough to look again.
        """
        self._paging = None
        begun, went_on = time.monotonic(), False
        for subscriber in [one for one in self.subscribers if one.pages is not None]:
            if subscriber.takes_more:
                subscriber.progress_at = begun
                went_on = self._page(subscriber) or went_on
                subscriber.left_over = on_its_way(subscriber.transport)
            elif (left := on_its_way(subscriber.transport)) < subscriber.left_over:
                subscriber.progress_at, subscriber.left_over, went_on = begun, left, True
            if time.monotonic() - begun > PAGES_S:
                break
        if went_on:
            self._page_soon()

    def _serve(self, subscriber: Subscriber, moment: float) -> bool:
        """Send what the socket can take; whether more is to come without anything changing."""
        transport = subscriber.transport
        left = on_its_way(transport)
        if left:
            if left < subscriber.left_over:
                subscriber.progress_at = moment
            subscriber.left_over = left
            if moment - subscriber.progress_at > PROGRESS_S:
                log.info("cutting %s: it took nothing for %.0f s", subscriber.name, PROGRESS_S)
                self._send_away(subscriber, wire.TOO_SLOW, f"nothing was read for {PROGRESS_S:.0f} seconds")
                return False
            return True
        subscriber.progress_at = moment
        if not subscriber.takes_more:
            return False
        if self._why is not None and subscriber.beat_due and moment - subscriber.told_why_at >= WORD_S:
            subscriber.told_why_at = moment
            subscriber.frames += 1
            transport.write(whole_frames.text_frame(self._why))
        if subscriber.way is not None and moment > subscriber.way.until:
            subscriber.way = None
        more = subscriber.pages is not None and self._page(subscriber)
        if subscriber.pages is None:
            more = self._tell(subscriber)
        subscriber.left_over = on_its_way(transport)
        return more or subscriber.left_over > 0

    def _page(self, subscriber: Subscriber) -> bool:
        assert subscriber.pages is not None
        transport = subscriber.transport
        for _ in range(BURST):
            frame = next(subscriber.pages, None)
            if frame is None:
                subscriber.pages = None
                return True
            transport.write(frame)
            subscriber.frames += 1
            if transport.get_write_buffer_size() or transport.is_closing():
                break
        return True

    def _tell(self, subscriber: Subscriber) -> bool:
        if subscriber.way is not None:
            return self._lead(subscriber, subscriber.way)
        view, rev = subscriber.view, subscriber.rev
        newest = view.hub.rev
        if rev != newest and not view.hub.resumable(view.viewer, rev):
            subscriber.show_all(view)
            return True
        frames = view.changed(rev) if rev != newest else []
        if len(frames) > 1:
            subscriber.way = way = self._way(subscriber, frames)
            return self._lead(subscriber, way)
        parts = [frame for _, frame in frames]
        if subscriber.beat_due and self._why is None:
            if not frames and rev != newest:
                parts.append(view.nothing_changed(rev))
            parts.append(self._beat_frame(view))
            subscriber.beat_due = False
        if parts:
            subscriber.rev = newest
            subscriber.frames += len(parts)
            subscriber.transport.write(parts[0] if len(parts) == 1 else b"".join(parts))
        return False

    def _way(self, subscriber: Subscriber, frames: list[tuple[int, bytes]]) -> Way:
        beat = self._beat_frame(subscriber.view) if subscriber.beat_due and self._why is None else None
        short = sum(len(frame) for _, frame in frames) <= MOST_HELD
        return Way(frames, beat, self._flushed_at + WAY_S if short else self._flushed_at)

    def _lead(self, subscriber: Subscriber, way: Way) -> bool:
        """Tell a long way as far as the socket takes it; whether there is more to be told then."""
        transport = subscriber.transport
        for rev, frame in way.frames[way.told : way.told + BURST]:
            transport.write(frame)
            subscriber.frames += 1
            subscriber.rev = rev
            way.told += 1
            if transport.get_write_buffer_size() or transport.is_closing():
                break
        if way.told < len(way.frames):
            return True
        if way.beat is not None:
            transport.write(way.beat)
            subscriber.frames += 1
            subscriber.beat_due = False
        subscriber.way = None
        return (subscriber.beat_due and self._why is None) or subscriber.rev != subscriber.view.hub.rev

    def _beat_frame(self, view: View) -> bytes:
        frame = self._beats.get(view)
        if frame is None:
            frame = self._beats[view] = whole_frames.text_frame(wire.beat(self._beat(view)))
        return frame

    def _send_away(self, subscriber: Subscriber, code: int, reason: str) -> None:
        self.remove(subscriber)
        task = asyncio.get_running_loop().create_task(_part(subscriber, code, reason), name="console sent away")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)


async def _part(subscriber: Subscriber, code: int, reason: str) -> None:
    """Say why behind what is not taken yet, then cut."""
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await subscriber.connection.close(code, reason)
    finally:
        subscriber.transport.abort()  # close() would wait for a buffer that the frozen peer never empties
