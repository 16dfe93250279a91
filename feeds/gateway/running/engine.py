"""What drives a gateway's floor: its source, its clock and the log; plays, pauses, seeks and notices silence."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Literal

from msgspec import Struct

from feeds.facts import FASTEST, AnyFact, GapSeen, SourceChanged, SourceState, Tick
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.past import Past
from feeds.gateway.running.session import Progress, Session
from feeds.gateway.running.set_clock import SetClock
from feeds.log.base import LogError
from feeds.said import said
from feeds.sources.base import Source, SourceError
from feeds.wire import Seeking, SourceBeat, catching_up

log = logging.getLogger("feeds.gateway.running.engine")

SILENT_MS: Final = 5000
"""A source without a proof of life for longer than this is silent (PROTOCOL rule 5)."""
TICK_MS: Final = 1000
TICK_S: Final = 0.25
SLICE, LEAST_SLICE = 250, 8
"""Facts folded at a time, at most and at least; between slices frames go out and consoles are answered."""
SLICE_S: Final = 0.02
"""A slice that takes longer is halved: facts told late cost up to a hundred times as much as others."""
RETRY_S: Final = 1.0
SETTLED_S: Final = 2 * RETRY_S
"""Facts can be kept again once all have been for this long: whatever still waits has been tried again meanwhile."""


class Seek(Struct):
    """How to go elsewhere in a recording: its span, and a function that makes the session standing at a moment.

    `tidy` is called when the one before is closed.
    """

    begins_at: int
    ends_at: int
    prepare: Callable[[int, Progress], Awaitable[Session]]
    tidy: Callable[[], None] = lambda: None


class Engine:
    """Runs one source into one session at a time.

    A live source proves its life by emitting, if only nothing; a paced one also by waiting for the clock.
    """

    def __init__(
        self,
        session: Session,
        source: Source,
        clock: PacedClock,
        *,
        seek: Seek | None = None,
        title: str = "",
        closing: Callable[[], None] = lambda: None,
    ) -> None:
        self.session = session
        self.source = source
        self.clock = clock
        self.seeking: Seeking | None = None
        self.ended = asyncio.Event()
        """The source has told everything."""
        self._seek = seek
        self._title = title
        self._closing = closing
        self._published: Callable[[Hub], None] = lambda hub: None
        self._changed: Callable[[], None] = lambda: None
        self._proved: Callable[[], Awaitable[object]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._playing: asyncio.Task[None] | None = None
        self._emitted_at = time.monotonic()
        self._slice = SLICE
        self._past = Past(clock, max(session.floor.now, source.begins_at))
        self._lag_ms = 0
        self._newest_at = 0
        """Time of the newest fact that was told."""
        self._state: SourceState = "up"
        self._trouble = ""
        """Why facts cannot be kept; empty while they can."""
        self._books = ""
        """Why the books of the gateway cannot be written; empty while they can."""
        self._kept_since: float | None = None
        """Since when all facts have been kept again, by the monotonic clock; None while there is no sign of it."""
        self._told_trouble = ""
        self._set_clock = SetClock(clock)
        self._stopped_by_end = False
        """Whether only the end of the recording keeps it from going on, and nobody who wants it to stand."""

    # ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def connect(
        self,
        published: Callable[[Hub], None],
        changed: Callable[[], None],
        proved: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """Have `published` called with the hub whenever another epoch begins, `changed` after facts were folded.

        At speed `max` the source waits for `proved` between facts: it has no clock that would leave consoles time.
        """
        self._published, self._changed, self._proved = published, changed, proved

    def start(self) -> None:
        """Begin to play behind what the log already has."""
        self._published(self.session.hub)
        self._play()
        ticking = asyncio.create_task(self._tick(), name="gateway ticks")
        self._tasks.add(ticking)

    async def stop(self) -> None:
        """Stop playing and close the log."""
        tasks = [*self._tasks, *([self._playing] if self._playing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.session.close()
        self._closing()

    def _play(self) -> None:
        self.ended.clear()
        self._newest_at = self._lag_ms = 0
        self._stopped_by_end = False
        self._emitted_at = time.monotonic()
        self._past = Past(self.clock, max(self.session.floor.now, self.source.begins_at))
        self._playing = asyncio.create_task(self._run_source(), name="gateway source")

    async def _run_source(self) -> None:
        after = self.session.log.position(self.source.id) or self.session.offset
        self._told_trouble = self.source.trouble
        await self._announce("down" if self._told_trouble else "up")
        try:
            await self.source.run(self.clock, self.emit, after)
        except SourceError as error:
            log.error("source %s went wrong for good: %s", self.source.id, error)
            await self._announce("down")
        except Exception:
            log.exception("source %s failed; the floor stands still until the gateway is started again", self.source.id)
            await self._announce("down")
        else:
            log.info("source %s has told everything", self.source.id)
            if self.source.mode != "live":
                self._stopped_by_end = not self.clock.paused
                self.clock.pause()
                await self._announce("up")
            self.ended.set()

    async def emit(self, facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        """Number, keep, fold and publish facts; an empty sequence is a proof of life. Awaiting it is back-pressure."""
        self._emitted_at = time.monotonic()
        done = 0
        while done < len(facts):
            begun, size = time.monotonic(), self._slice
            await self._take(facts[done : done + size])
            done += size
            took = time.monotonic() - begun
            self._slice = max(LEAST_SLICE, size // 2) if took > SLICE_S else min(SLICE, size * 2)
            self._changed()
            unpaced = math.isinf(self.clock.speed)
            if len(facts) > size or unpaced:
                await asyncio.sleep(0)
            if unpaced and self._proved is not None:
                await self._proved()
        newest = max((fact.at for fact, _ in facts), default=0)
        if facts and newest >= self._newest_at:  # what is told late about the past does not make the present older
            self._newest_at = newest
            self._lag_ms = max(0, self.clock.now() - newest)

    async def emit_own(self, fact: AnyFact, unless: Callable[[], bool] = lambda: False) -> None:
        """Fold a fact of the gateway's own, such as an acknowledgement; proves nothing about the source.

        One that waits for room in the log is left out once it is not true any more, which `unless` says.
        """
        await self._take([(fact, None)], proof=False, unless=unless)
        self._changed()

    async def _take(
        self, facts: Sequence[tuple[AnyFact, int | None]], *, proof: bool = True,
        unless: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        while not unless():
            if self._kept(facts):
                break
            await asyncio.sleep(RETRY_S)
        if proof:
            self._emitted_at = time.monotonic()

    def _kept(self, facts: Sequence[tuple[AnyFact, int | None]]) -> bool:
        try:
            self.session.take(facts)
        except LogError as error:
            if str(error) != self._trouble:
                log.error("facts cannot be kept, so the floor stands still: %s", error)
            self._trouble, self._kept_since = str(error), None
            return False
        if self._trouble and self._kept_since is None:
            self._kept_since = time.monotonic()
        return True

    def _notice_room(self) -> None:
        """Believe in a log again. A single fact that found room proves little: a batch may still be waiting for it."""
        if self._kept_since is not None and time.monotonic() - self._kept_since >= SETTLED_S:
            log.info("facts can be kept again")
            self._trouble, self._kept_since = "", None

    async def _tick(self) -> None:
        """Floor time passes although nothing happens; never ahead of a source that still has something to tell."""
        while True:
            await asyncio.sleep(TICK_S)
            self._notice_room()
            self._set_clock.tell(self.session.floor.now)
            await self._notice_leap()
            await self._notice_silence()
            clock = self.clock
            paced = self.source.mode != "live"
            if (
                (self._trouble and self._kept_since is None)
                or self.seeking
                or clock.paused
                or math.isinf(clock.speed)
                or (paced and not clock.waiting)
            ):
                continue
            at = clock.now()
            if at - self.session.floor.now >= TICK_MS:
                await self.emit_own(Tick(at=at))

    # ── how the source is ────────────────────────────────────────────────────────────────────────────────────────────

    def _age_ms(self) -> int:
        proved_at = self._emitted_at
        if self.source.mode != "live":
            proved_at = max(proved_at, self.clock.waited_at)
            if self.ended.is_set() or self.seeking is not None:
                return 0
        return int((time.monotonic() - proved_at) * 1000)

    def sources(self) -> list[SourceBeat]:
        """The state of every source for a beat."""
        age_ms = max(self._age_ms(), self._set_clock.stands_ms())
        state: Literal["up", "silent", "down"] = self._state
        if self._trouble or self.source.trouble or self._put_back_ms:
            state = "down"
        elif state == "up" and age_ms > SILENT_MS:
            state = "silent"
        # A paced source that waits for the clock has told everything that is due.
        told = self.source.mode != "live" and (self.clock.waiting or self.ended.is_set() or self.seeking is not None)
        return [SourceBeat(self.source.id, state, age_ms, 0 if told else self._lag_ms, self._why())]

    def _why(self) -> str:
        """Why the floor stands still, or why the gateway's books cannot be kept, in words; empty where all is well."""
        path = self.session.log.path
        trouble = self._trouble.replace(str(path), path.name)  # consoles need no folders of ours
        return trouble or self._set_clock.put_back(self.session.floor.now) or self._books or self.source.trouble

    @property
    def _put_back_ms(self) -> int:
        return self._set_clock.put_back_ms(self.session.floor.now)

    async def _notice_leap(self) -> None:
        """Nobody was seen in time that was left out, or never was: figures of it say that they are incomplete."""
        if self._trouble:  # what waits for room in the log was seen, and is told later
            return
        left_out = self._set_clock.leapt()
        if left_out is not None:
            begin, end = left_out
            await self.emit_own(GapSeen(at=max(end, self.session.floor.now), begin=begin, end=end))

    def tell_books(self, trouble: str) -> None:
        """Have beats say why the gateway's books cannot be written, with an empty text that they can again.

        The floor goes on meanwhile and its source is up as ever; but who watches must learn that somebody has to act.
        """
        self._books = trouble

    @property
    def pace(self) -> float:
        """Floor milliseconds per millisecond, for displays that count: 0 while nothing moves, or jumps at `max`."""
        return 0.0 if self._stands or math.isinf(self.clock.speed) else self.clock.speed

    @property
    def fastest(self) -> bool:
        """Whether floor time jumps on, as fast as the source can tell."""
        return math.isinf(self.clock.speed) and not self._stands

    @property
    def _stands(self) -> bool:
        return bool(self.seeking or self._trouble or self._put_back_ms) or self._state == "down"

    def now(self) -> int:
        """Floor time for displays, UTC milliseconds: never behind what was told."""
        return max(self.clock.now(), self.session.floor.now)

    @property
    def tells_the_past(self) -> bool:
        """Whether the source still tells what was before: nobody can have what the gateway itself does not have yet."""
        return self.source.mode != "live" and not self.ended.is_set() and self._past.is_told(self._newest_at)

    def catching_up(self) -> bytes | None:
        """The frame that says how far the past is told, while it is."""
        return catching_up(self._past.progress(self._newest_at)) if self.tells_the_past else None

    def own_time(self) -> int:
        """When what the gateway does itself happens, floor time in UTC milliseconds: the time of a fact of its own.

        That is now, but where a paced source is behind: what it has to tell up to now would all be late otherwise,
        each of it a correction of what had been told, which makes a source that is behind fall behind for good. One
        that still tells the past is hours behind, and nobody does anything hours ago.
        """
        told = self.source.mode == "live" or self.clock.waiting or self.ended.is_set() or self.tells_the_past
        return self.now() if told else self.session.floor.now or self.now()

    async def _notice_silence(self) -> None:
        if self._trouble:  # a source that waits for room in the log is not silent, and nothing told of it would be kept
            return
        silent, trouble = self._age_ms() > SILENT_MS, self.source.trouble
        if trouble != self._told_trouble:
            self._told_trouble = trouble
            await self._announce("down" if trouble else "up")
        elif trouble:
            return
        elif silent and self._state == "up":
            log.warning("source %s is silent", self.source.id)
            await self._announce("silent")
        elif not silent and self._state == "silent":
            log.info("source %s speaks again", self.source.id)
            await self._announce("up")

    async def _announce(self, state: SourceState) -> None:
        """Tell the floor about its source, if that is news."""
        self._state = state
        speed = min(self.clock.speed, FASTEST)
        source = "" if self.source.id == "main" else self.source.id
        known = self.session.floor.entity(f"source:{self.source.id}")
        orders = self.source.servant is not None
        told = (state, self.source.mode, speed, self._title, self.source.trouble, orders)
        names = ("state", "mode", "speed", "title", "text", "orders")
        if known is not None and told == tuple(getattr(known, name, "") for name in names):
            return
        at = self.session.floor.now or min(self.clock.now(), self.source.begins_at)
        fact = SourceChanged(
            at=at, source=source, state=state, mode=self.source.mode, speed=speed, title=self._title,
            text=self.source.trouble, orders=orders,
        )  # fmt: skip
        await self.emit_own(fact)

    # ── playing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def replay_refusal(self, what: str) -> str | None:
        """Why the floor's time cannot be paused, resumed, sped up or moved; None if it can."""
        if self.source.mode == "live":
            return said("replay.live", "this floor is live: its time cannot be changed")
        if what == "seek" and self._seek is None:
            text = "only a recording can be moved to another moment; this floor is simulated"
            return said("replay.simulated", text)
        if what == "seek" and self.seeking is not None:
            return said("replay.seeking", "a seek is on its way already: wait until it is done")
        return None

    async def set_speed(self, speed: float) -> None:
        """Pause (0), or go on at a speed; at the end that is for where a seek leads. Raises ValueError."""
        self.clock.set_speed(speed)
        if self.ended.is_set():
            self._stopped_by_end = speed > 0
            self.clock.pause()
        await self._announce(self._state)

    async def resume(self) -> None:
        """Go on as before the pause; at the end that is for where a seek leads."""
        if self.ended.is_set():
            self._stopped_by_end = True
        else:
            self.clock.resume()
        await self._announce(self._state)

    def span(self) -> tuple[int, int] | None:
        """The moments between which a seek can go, floor time in UTC milliseconds; None where it cannot."""
        return (self._seek.begins_at, self._seek.ends_at) if self._seek else None

    async def seek(self, to: int) -> None:
        """Stand at another moment of the recording, under a new epoch. Raises ValueError, LogError, SourceError.

        The floor as it was stays readable until the new one is complete; beats tell the progress meanwhile.
        """
        assert self._seek is not None
        if not self._seek.begins_at <= to <= self._seek.ends_at:
            raise ValueError("the recording does not reach there")
        self.seeking = Seeking(to, 0.0)

        def progress(done: float) -> None:
            self.seeking = Seeking(to, done)

        try:
            if self._playing is not None:
                self._playing.cancel()
                await asyncio.gather(self._playing, return_exceptions=True)
            fresh = await self._seek.prepare(to, progress)
            old, self.session = self.session, fresh
            self.clock.jump(to)
            if self._stopped_by_end:
                self.clock.resume()
            self._published(fresh.hub)
            old.close(keep_frame=False)
            await asyncio.to_thread(self._seek.tidy)
        finally:
            self.seeking = None
            self._play()
