"""A recording as a floor to serve: begun anywhere, moved anywhere, each time under a new epoch."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from config.bulk import in_bulk
from config.schema import Site
from feeds.enduring import Enduring
from feeds.floor import Floor
from feeds.gateway.moments import moment, spoken
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine, Seek
from feeds.gateway.running.session import BeginningLostError, Progress, Session
from feeds.gateway.running.shelf import Kept, Shelf, Wish, open_session, wish_name
from feeds.log.base import Entry
from feeds.records import Happening, LegRecord
from feeds.sources.base import SourceError
from feeds.sources.recorded import RecordedSource, open_source, state_at

log = logging.getLogger("feeds.gateway.running.recording")

TOLD_FACTS = 1024
"""How far it is is noted after so many facts."""


class Player:
    """Makes sessions that stand at a moment of one recording."""

    def __init__(self, site: Site, source: RecordedSource, shelf: Shelf, name: str) -> None:
        self.site = site
        self.source = source
        self._shelf = shelf
        self._name = name
        self._unneeded: list[str] = []
        self._ends_at = source.begins_at if source.ends_at is None else source.ends_at

    def reopened(self) -> Session | None:
        """The session that the last run left, None if there is none."""
        kept = self._shelf.recall(self._name)
        if kept is None:
            return None
        try:
            session = self._open(kept)
        except BeginningLostError as lost:
            log.info("%s: it is played on from there in a new one", lost)
            return self.at(kept.live_from if lost.at is None else min(lost.at, self._ends_at), self._shelf.progress)
        self._shelf.tell(kept.file, session.floor.rev)
        return session

    def at(self, moment_ms: int | None, progress: Progress = lambda share: None, *, fresh: bool = True) -> Session:
        """A new session standing at a moment, None: before the first fact. Folds from the nearest key frame.

        `fresh` says that a new one is wanted, so that it is no surprise.
        """
        floor: Floor | None = None
        if moment_ms is not None:
            days = self.site.gateway.retain_days
            floor = state_at(
                self.site, self.source.recording, moment_ms, retain_days=days, whole=True, progress=progress
            )  # fmt: skip
        kept = Kept(self._shelf.fresh_file("replay"), self.source.begins_at, moment_ms or self.source.begins_at)
        session = self._open(kept, floor)
        before = self._shelf.put_first(self._name, kept)
        if before is not None:
            self._unneeded.append(before)  # it may be open still, and then Windows removes nothing
        self._shelf.tell(kept.file, None, fresh=fresh)
        return session

    async def seek(self, moment_ms: int, progress: Progress) -> Session:
        """The same beside the loop."""
        return await asyncio.to_thread(self.at, moment_ms, progress)

    def tidy(self) -> None:
        """Remove the logs of sessions that are closed by now."""
        while self._unneeded:
            self._shelf.forget(self._unneeded.pop())

    def _open(self, kept: Kept, begin: Floor | None = None) -> Session:
        past = (
            None
            if begin is None and kept.live_from <= kept.begins_at
            else Unrolled(self.site, self.source, kept.live_from)
        )
        return open_session(self.site, self._shelf.folder / kept.file, begin, past, self._shelf.progress)


class Unrolled:
    """A recording up to a moment: its ledger, folded when it is asked for because it need not carry one, its journal
    as far as it has one, and its floor."""

    def __init__(self, site: Site, source: RecordedSource, until: int) -> None:
        self._site, self._source, self._until = site, source, until
        self._begin: int | None = None
        self._legs: list[LegRecord] = []
        self.reading: float | None = None
        """As :attr:`feeds.gateway.running.session.Before.reading`."""
        self._guard = threading.Lock()

    def legs(self, begin: int, end: int, queues: Sequence[str] | None = None) -> Iterator[LegRecord]:
        """As :meth:`feeds.log.base.Log.legs`; the first question about a day folds it, later ones are quick."""
        with self._guard:
            if self._begin is None or begin < self._begin:
                try:
                    self._unroll(begin)
                finally:
                    self.reading = None
        for leg in self._legs:
            moments = (leg.joined_at, leg.concluded_at, leg.booked_at)
            if (queues is None or leg.queue in queues) and any(at is not None and begin <= at < end for at in moments):
                yield leg

    def happenings(self, begin: int, end: int) -> Iterator[Happening]:
        """As :meth:`feeds.log.base.Log.happenings`."""
        return self._source.recording.happenings(begin, min(end, self._until))

    def journal_from(self) -> int | None:
        """As :meth:`feeds.gateway.running.session.Past.journal_from`: of a recording without one, nothing is known.

        What comes behind the entry is in the journal of whoever plays it.
        """
        begins = self._source.recording.journal_from()
        return None if begins is None else min(begins, self._until)

    def floor_at(self, at: int) -> Floor:
        """The floor as it was at a moment."""
        days = self._site.gateway.retain_days
        return state_at(self._site, self._source.recording, min(at, self._until), retain_days=days, whole=True)

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """As :meth:`feeds.log.base.Log.entries`; whoever asks names an end that :meth:`rev_at` gave."""
        return self._source.recording.entries(after, until)

    def rev_at(self, at: int) -> int:
        """As :meth:`feeds.gateway.running.session.Before.rev_at`."""
        return self._source.recording.rev_at(min(at, self._until))

    def _unroll(self, begin: int) -> None:
        recording, found = self._source.recording, dict[str, LegRecord]()

        def note(leg: LegRecord) -> None:
            found[leg.leg] = leg

        days = self._site.gateway.retain_days
        floor = state_at(self._site, recording, min(begin, self._until), retain_days=days, ledger=note)
        floor.alarms_on = False  # no call goes by them, and at 5,000 seats they take a third of the time
        folding = Enduring(floor, str(recording.path))
        with in_bulk():  # what is folded holds on to nothing, and the records that stay are looked through in vain
            first, last = floor.rev, self.rev_at(self._until)
            for entry in self.entries(first, last):
                if entry.rev % TOLD_FACTS == 0:
                    self.reading = (entry.rev - first) / (last - first)
                folding.apply(entry.fact, entry.rev)
        self._legs = sorted(found.values(), key=lambda leg: (leg.joined_at, leg.leg))
        self._begin = begin


def open_recorded(site: Site, wish: Wish, file: Path, shelf: Shelf) -> Engine:
    """An engine that plays a recording. Raises SourceError, LogError, or ValueError for a moment nobody understands."""
    source = open_source(file)
    try:
        site = speaking_of(source.site, site)
        player = Player(site, source, shelf, wish_name(wish, source.recording.epoch, str(file.resolve())))
        session = None if wish.fresh else player.reopened()
        if session is None:
            session = player.at(_begin(source, wish, site.zone), shelf.progress, fresh=wish.fresh)
        player.tidy()
    except BaseException:
        source.close()
        raise
    ends_at = source.begins_at if source.ends_at is None else source.ends_at
    seek = Seek(source.begins_at, ends_at, player.seek, player.tidy)
    clock = PacedClock(max(session.floor.now, source.begins_at), wish.speed)
    return Engine(session, source, clock, seek=seek, title=file.name, closing=source.close)


def _begin(source: RecordedSource, wish: Wish, zone: str) -> int | None:
    if wish.at is None:
        return None
    begin, end = moment(wish.at, zone, source.begins_at), source.ends_at or source.begins_at
    if not source.begins_at <= begin <= end:
        reaches = f"from {spoken(source.begins_at, zone)} to {spoken(end, zone)}"
        raise SourceError(f"the recording reaches {reaches}; {spoken(begin, zone)} is outside")
    return begin


def speaking_of(recorded: Site, wanted: Site) -> Site:
    """The site to serve: what the facts speak of, with the roles, tokens and displays of the gateway's own site."""
    if recorded.id == wanted.id:
        return wanted
    log.info("the recording is of %s; roles, tokens and wall are those of %s", recorded.id, wanted.id)
    return msgspec.structs.replace(
        recorded, roles=wanted.roles, tokens=wanted.tokens, wall=wanted.wall, gateway=wanted.gateway
    )
