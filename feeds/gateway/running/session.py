"""One epoch at work: a log, the floor folded from it and the hub that publishes it; opened so that nothing is lost."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from config.schema import Site
from feeds.enduring import Enduring
from feeds.facts import AnyFact
from feeds.floor import Floor, folded_part
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.running.chronicle import Chronicle
from feeds.log.base import Entry, KeyFrame, Log, LogError
from feeds.log.sites import without_secrets
from feeds.records import Happening, LegRecord

log = logging.getLogger("feeds.gateway.running.session")

CLOSELY: Final = 3000
"""Facts at the end of the log during which moves out of sight are followed one by one, for consoles that come back."""
RETURNING: Final = 1000
"""So many facts are folded again at least, whatever key frame is newer: a gateway that was stopped kept its last one
after it had sent its consoles away, and of what left whose sight before that, a frame says nothing."""
HOUR_MS: Final = 3600 * 1000
FRAME_FACTS: Final = 5000
FRAME_MS: Final = 10 * 60 * 1000
"""A key frame is kept after so many facts or so much floor time, so that starting again folds little."""
FAR_FACTS: Final = 5 * FRAME_FACTS
"""The same far back in a log that is folded again: they take a tenth of the time at that."""
TELL_S: Final = 10.0
"""How often it is told how far a long folding is."""
CLOSE_MS: Final = 24 * HOUR_MS
APART_MS: Final = HOUR_MS
"""Frames that are older than a day are an hour apart, or FRAME_FACTS: they take sixteen times as much as facts do."""


Progress = Callable[[float], None]


class FloorLog(Log, Protocol):
    """What a session needs of a log file besides the contract."""

    @property
    def path(self) -> Path:
        """The file."""
        ...

    @property
    def site(self) -> Site:
        """The site that its facts were folded with."""
        ...

    def span(self) -> tuple[int, int] | None:
        """The earliest and the latest time of a fact, UTC milliseconds; None for an empty log."""
        ...

    def journal_from(self) -> int | None:
        """As :meth:`Past.journal_from`."""
        ...

    def rev_at(self, at: int) -> int:
        """The revision up to which everything has been told when the clock stands at `at` (UTC milliseconds)."""
        ...

    def thin_key_frames(self, before: int, facts: int, apart_ms: int) -> None:
        """Remove key frames from before a time without which the others are still at most so far apart."""
        ...

    def adopt(self, site: Site, *, refold: bool) -> None:
        """Speak of another site from now on, under a new epoch, and without key frames if facts are to be refolded."""
        ...


class BeginningLostError(Exception):
    """The floor that the log begins with is of an edited site or another version: without it facts give another one."""

    def __init__(self, why: str, at: int | None) -> None:
        super().__init__(why)
        self.at = at
        """Floor time up to which the log reaches, UTC milliseconds; None for an empty one."""


class Past(Protocol):
    """Where ledger and journal of a time can be read."""

    def legs(self, begin: int, end: int, queues: Sequence[str] | None = None) -> Iterator[LegRecord]:
        """As :meth:`feeds.log.base.Log.legs`."""
        ...

    def happenings(self, begin: int, end: int) -> Iterator[Happening]:
        """As :meth:`feeds.log.base.Log.happenings`."""
        ...

    def journal_from(self) -> int | None:
        """Since when all that happened is in there, UTC milliseconds; None: since the first fact."""
        ...


class Before(Past, Protocol):
    """What is known of the time before a session's own log."""

    @property
    def reading(self) -> float | None:
        """How much of its ledger is read, 0 to 1, for whoever asked for it first; None: nothing of it is being read."""
        ...

    def floor_at(self, at: int) -> Floor:
        """The floor as it was at a moment."""
        ...

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Its facts with after < rev ≤ until. Raises LogError."""
        ...

    def rev_at(self, at: int) -> int:
        """The revision up to which everything has been told at a moment; the last one where it is later."""
        ...


class Session:
    """A log and its floor. `offset` is what the floor's revisions are ahead of the log's (after a seek, else 0)."""

    def __init__(
        self, site: Site, store: FloorLog, begin: Floor | None = None, before: Before | None = None,
        progress: Progress = lambda share: None,
    ) -> None:  # fmt: skip
        """Fold what the log holds. `begin` is where an empty log begins, instead of at an empty floor, and goes on.

        `before` is what is known of the time before that. `progress` is told 0 to 1 now and then while much is folded.
        Raises BeginningLostError, LogError.
        """
        self.log = store
        self.before = before
        self.legs: list[LegRecord] = []
        self.site = site
        if begin is not None and store.rev == 0:
            store.key_frame(0, 0, *begin.frame())
            begin.ledger = self.legs.append
            self.floor, frame_rev = begin, 0
        else:
            self.floor, frame_rev = self._start(closely=not self._take_edited_site())
        try:
            self.hub = self._begin(frame_rev, progress)
        except LogError as error:
            newest = store.newest_key_frame()
            if newest is None or newest.rev <= frame_rev:
                raise
            self.legs.clear()
            self.floor, frame_rev = self._start()
            self.hub = self._begin(frame_rev, progress)
            log.warning("%s; consoles that are limited to a part of the floor begin anew", error)
        self._keep_owed()

    def _begin(self, after: int, progress: Progress) -> Hub:
        """Fold the log's facts behind a revision, where the floor stands."""
        self._folding = Enduring(self.floor, str(self.log.path))
        self._chronicle = Chronicle(self.floor)
        self.offset = self.floor.rev - after
        self._framed_rev = after
        self._framed_at = self.floor.now
        return self._fold_rest(after, progress)

    @property
    def epoch(self) -> str:
        """The identity of the history that is told."""
        return self.log.epoch

    def _take_edited_site(self) -> bool:
        """Whether the site was edited since the last run: consoles shall take all anew then, whatever they have."""
        try:
            former: Site | None = self.log.site
        except LogError:  # written by another version: no floor of it can be trusted to be one of this site
            former = None
        if former is not None and without_secrets(former) == without_secrets(self.site):
            return False
        refold = former is None or folded_part(former) != folded_part(self.site)
        if refold and self.log.newest_key_frame(rev=0) is not None:
            raise self._beginning_lost("the site was edited since the log began")
        log.info(
            "the site was edited since the last run: consoles begin anew%s",
            f", and {self.log.rev} facts are folded again" if refold else "",
        )
        self.log.adopt(self.site, refold=refold)
        return True

    def _start(self, *, closely: bool = False) -> tuple[Floor, int]:
        """A floor to go on from, and the revision up to which the log is in it: the newest key frame that can be used.

        If `closely`, at least RETURNING facts before the log's end, where that is not much farther.
        """
        days: int | None = self.site.gateway.retain_days
        for frame in self._frames(closely=closely):
            if frame is None:
                break
            rev = frame.rev
            try:
                floor = Floor.of_frame(
                    self.site, frame.state, frame.copy, frame.steps, retain_days=days, ledger=self.legs.append
                )  # fmt: skip
                if self.before is None and floor.rev != rev:  # facts would be left out, or folded twice
                    raise ValueError(f"it is of revision {floor.rev}")
                floor.make_whole(frame.copy.hold)  # what cannot be read must show now, not in the middle of a shift
                return floor, rev
            except Exception as error:  # a state of another version or site may fail in any way
                log.warning("the key frame at revision %d cannot be used (%s); folding from another", rev, error)
        if self.before is not None:
            raise self._beginning_lost("the floor that the log begins with cannot be read by this version")
        return Floor(self.site, retain_days=days, ledger=self.legs.append), 0

    def _frames(self, *, closely: bool) -> Iterator[KeyFrame | None]:
        """Key frames, best first; None for the log's beginning, where no floor is kept."""
        newest = self.log.newest_key_frame()
        back = self.log.rev - RETURNING
        if closely and newest is not None and newest.rev > back:
            older = self.log.newest_key_frame(max(0, back))
            if older is not None and newest.rev - older.rev <= FRAME_FACTS:
                yield older
            elif older is None and self.before is None and newest.rev <= FRAME_FACTS:
                yield None
        while newest is not None:
            yield newest
            newest = self.log.newest_key_frame(newest.rev - 1) if newest.rev > 0 else None

    def _beginning_lost(self, why: str) -> BeginningLostError:
        span = self.log.span()
        return BeginningLostError(why, span[1] if span else None)

    def _fold_rest(self, after: int, progress: Progress) -> Hub:
        begun = told_at = time.monotonic()
        closely, span = self.log.rev - CLOSELY, self.log.span()
        close_from = span[1] - 2 * CLOSE_MS if span else 0
        hub: Hub | None = None
        for entry in self.log.entries(after):
            if hub is None and entry.rev > closely:
                hub = Hub(self.site, self.floor, self.log.epoch)
            self._apply(entry.fact, entry.rev + self.offset)
            if hub is not None:
                hub.absorb()
            elif not entry.rev % FRAME_FACTS:
                self._keep_on_the_way(entry.rev, FRAME_FACTS if self.floor.now >= close_from else FAR_FACTS)
                progress((entry.rev - after) / (self.log.rev - after))
                if time.monotonic() - told_at > TELL_S:
                    told_at = time.monotonic()
                    log.info("folded %d of %d facts", entry.rev - after, self.log.rev - after)
        log.info(
            "epoch %s at revision %d: folded %d facts behind the key frame in %.2f s",
            self.log.epoch, self.floor.rev, self.log.rev - after, time.monotonic() - begun,
        )  # fmt: skip
        return hub or Hub(self.site, self.floor, self.log.epoch)

    def _keep_on_the_way(self, rev: int, facts: int) -> None:
        """Write what follows from the facts up to there, of a log that is folded again from far back.

        It is not held in memory, whoever is stopped meanwhile goes on from there, and the past has key frames: one
        where there were so many facts since the last.
        """
        try:
            self._keep_legs()
            # The gaps of what is lost are told at the end, and nobody would meet it again behind a frame.
            if rev - self._framed_rev >= facts and not self._folding.lost:
                self._write_frame(rev)
        except LogError as error:
            log.warning("%s", error)

    def _tell_lost(self) -> None:
        """Keep a gap for each minute that lacks a fact, so that its figures say so, now and when folded again."""
        for gap in self._folding.gaps():
            self._apply(gap, self.log.append([(gap, None)]) + self.offset)

    def _apply(self, fact: AnyFact, rev: int) -> None:
        self._folding.apply(fact, rev)
        self._chronicle.follow(fact, rev)

    def take(self, facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        """Number, keep and fold facts. Raises LogError; nothing has happened then."""
        last = self.log.append(facts)
        for rev, (fact, _) in enumerate(facts, last - len(facts) + 1):
            self._apply(fact, rev + self.offset)
        try:
            self._keep_owed()
            if last - self._framed_rev >= FRAME_FACTS or self.floor.now - self._framed_at >= FRAME_MS:
                self.keep_frame()
        except LogError as error:  # the facts are safe; what is derived from them is written with the next ones
            log.warning("%s", error)

    def keep_frame(self) -> None:
        """Write a key frame of the floor as it is. Raises LogError.

        What is derived from the facts up to there is written first: behind a frame nobody folds them again.
        """
        self._keep_owed()
        self._write_frame(self.log.rev)

    def _write_frame(self, rev: int) -> None:
        self.log.key_frame(rev, self.floor.now, *self.floor.frame())
        self._framed_rev, self._framed_at = rev, self.floor.now
        self.log.thin_key_frames(self.floor.now - CLOSE_MS, FRAME_FACTS, APART_MS)

    def _keep_owed(self) -> None:
        """Write what was derived from facts and is not written yet: ledger, journal, gaps. Raises LogError."""
        self._keep_legs()
        if self._folding.lost:
            self._tell_lost()
            self._keep_legs()

    def _keep_legs(self) -> None:
        if self.legs:
            self.log.write_legs(self.legs)
            self.legs.clear()
        if self._chronicle.new:
            self.log.write_happenings(self._chronicle.new)
            self._chronicle.new.clear()

    def floor_at(self, at: int) -> Floor:
        """The floor as it was at a moment of the past, folded anew from the nearest key frame; any thread may ask.

        Raises LogError.
        """
        frame = self.log.newest_key_frame(at=at)
        while frame is not None:
            rev = frame.rev
            try:
                days = self.site.gateway.retain_days
                floor = Floor.of_frame(self.site, frame.state, frame.copy, frame.steps, retain_days=days)
                if floor.rev - rev != self.offset:
                    raise ValueError(f"it is of revision {floor.rev - self.offset}")
                if floor.now > at:
                    if self.before is None:
                        raise ValueError("it is of another time")
                    return self.before.floor_at(at)  # a log that goes on from another begins with a floor
                return self._gone_on(floor, rev, at)
            except LogError:
                raise
            except Exception as error:  # a state of another version may fail in any way
                log.warning("the key frame at revision %d cannot be used (%s); folding from further back", rev, error)
                frame = self.log.newest_key_frame(rev - 1) if rev > 0 else None
        if self.before is not None:
            return self.before.floor_at(at)
        return self._gone_on(Floor(self.site, retain_days=self.site.gateway.retain_days), 0, at)

    def _gone_on(self, floor: Floor, after: int, at: int) -> Floor:
        folding = Enduring(floor, str(self.log.path))
        for entry in self.log.entries(after):
            if entry.fact.at > at:
                break
            folding.apply(entry.fact, entry.rev + self.offset)
        folding.mark()
        floor.advance(at)
        return floor

    def close(self, *, keep_frame: bool = True) -> None:
        """Let go of the log, after what is owed to it and a last key frame, so that the next start is quick.

        Where what is owed cannot be written there is no key frame either: the next start folds those facts again.
        """
        try:
            self._keep_owed()
            if keep_frame and self.log.rev != self._framed_rev:
                self.keep_frame()
        except LogError as error:
            log.warning("no last key frame, so the next start folds what is behind the one before: %s", error)
        finally:
            self.log.close()
