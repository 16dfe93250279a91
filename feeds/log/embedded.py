"""The embedded log: one SQLite file that is the gateway's log and, closed, a recording with its site inside."""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Self

from config.schema import Site
from feeds.facts import AnyFact
from feeds.log.base import Entry, KeyFrame, LogError, Packed
from feeds.log.blocks import Blocks
from feeds.log.boots import CLOSED, went_down
from feeds.log.checked import Word, write_words
from feeds.log.files import Lock, explained, explaining
from feeds.log.frames import Frames
from feeds.log.records import Records
from feeds.log.rows import LASTING_LEVEL, LEVEL
from feeds.log.sites import packed_site
from feeds.log.sums import BlockDamagedError
from feeds.log.words import Words
from feeds.records import Happening, LegRecord

log = logging.getLogger("watchfloor.log")

Manner = Literal["log", "bulk", "read"]
"""A gateway's log; a recording written in one go that nobody reads meanwhile; reading only."""

_PRAGMAS: dict[Manner, tuple[str, ...]] = {
    "log": ("journal_mode=WAL", "synchronous=NORMAL", "journal_size_limit=16777216"),
    # A bulk file gets its name only when it is whole, so a crash leaves nothing that could be mistaken for one.
    # On small pages less of each body's last one stays empty: a seventh of the whole file with pages of 4096 bytes.
    "bulk": ("page_size=1024", "journal_mode=MEMORY", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-8192"),
    "read": ("query_only=ON",),
}


def new_epoch() -> str:
    """An identity that no log had before."""
    return secrets.token_hex(8)


class EmbeddedLog:
    """A log in one file; see :class:`feeds.log.base.Log`. Made by feeds.log.opening.

    One connection writes, guarded by a lock, so any thread may call; no method waits for another process. Facts lie in
    rows until there are a thousand, then in compressed blocks. `damage` says what could not be read of a broken file:
    the log then ends where the damage begins.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, manner: Manner, lock: Lock | None = None) -> None:
        self.path = path
        self._connection = connection
        self._writable = manner != "read"
        self._lock_file = lock
        self._guard = threading.RLock()
        self._blocks = Blocks(path, connection, self._guard, writable=self._writable, holds_rows=manner == "bulk")
        self._frames = Frames(path, connection, self._guard)
        self._records = Records(path, connection, self._guard)
        self._words = Words(path, connection, self._guard)
        for pragma in _PRAGMAS[manner]:
            connection.execute(f"PRAGMA {pragma}")

    @property
    def epoch(self) -> str:
        """The log's identity: two logs with the same epoch hold the same facts at the same revisions."""
        return self._words.epoch

    @property
    def site(self) -> Site:
        """The site that the facts speak of, as it was when the log was last opened for writing; without secrets."""
        return self._words.site

    @property
    def rev(self) -> int:
        """The newest revision, 0 for an empty log."""
        return self._blocks.end.rev

    @property
    def damage(self) -> str | None:
        """What could not be read of a broken file."""
        return self._blocks.damage

    def meta(self, name: str) -> Word:
        """What the file says about itself: epoch, site, zone, created_by; None if it does not say."""
        return self._words.read(name)

    def set_meta(self, name: str, value: str | bytes | int) -> None:
        """Keep a word about the log itself. Raises LogError."""
        with self._transaction("write to it") as cursor:
            write_words(cursor, {name: value})

    def begin_boot(self, boot: str) -> None:
        """Keep that the log is open since this boot of the machine, under a new epoch if an earlier one ended under it.

        Commits are not forced onto the disk one by one, so a power cut may lose the newest of them: other facts would
        get the revisions of those that consoles have seen, and no digest tells one from the other. Raises LogError.
        """
        told = self.meta("boot")
        if told == boot or not boot:
            return
        words: dict[str, Word] = {"boot": boot}
        down = went_down(told, boot)
        if down:
            log.warning("%s: the machine went down while it was open: consoles begin anew", self.path)
            words["epoch"] = new_epoch()
        self._connection.execute("PRAGMA synchronous=FULL")  # what may be lost must not be that something may be lost
        try:
            with self._transaction("write to it") as cursor:
                write_words(cursor, words)
        except LogError:  # a full disk: nothing else can be kept either, and that is said as long as it lasts
            if down:
                raise
        finally:
            self._connection.execute("PRAGMA synchronous=NORMAL")

    def adopt(self, site: Site, *, refold: bool) -> None:
        """Speak of another site from now on, under a new epoch: what consoles have of the old one is out of date.

        With `refold` key frames are removed, because facts give another floor now. Raises LogError; nothing has
        happened then.
        """
        with self._transaction("write the edited site to it") as cursor:
            words: dict[str, Word] = {"site": packed_site(site), "zone": site.zone, "epoch": new_epoch()}
            write_words(cursor, words)
            if refold:
                self._frames.clear(cursor)
                cursor.execute("DELETE FROM journal")
        self._words.forget_site()  # one's own writing is no other's commit

    def forget_secrets(self) -> None:
        """Keep what an older version wrote of tokens and PIN no longer; on a full disk the next start does it."""
        try:
            kept = packed_site(self.site)
        except LogError:  # whoever opens it is told of that, and writes another
            return
        if kept == self.meta("site"):
            return
        self._connection.execute("PRAGMA secure_delete=ON")
        try:
            self.set_meta("site", kept)
        except LogError as error:
            log.info("%s: what it says of tokens stays for now: %s", self.path, error)
        finally:
            self._connection.execute("PRAGMA secure_delete=OFF")
        self._words.forget_site()

    # Facts

    def append(self, facts: Sequence[tuple[AnyFact, int | None]]) -> int:
        """Store facts with their source positions in one transaction; the revision of the last. Raises LogError."""
        if facts:
            with self._transaction("write facts to it") as cursor:
                end = self._blocks.write(cursor, facts)
            self._blocks.end = end
        return self.rev

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries with after < rev ≤ until, in order. Facts appended meanwhile are found as well.

        Reading a damaged recording ends where the damage begins and sets `damage`; a log opened for writing raises
        LogError instead, because nothing may be appended behind a hole.
        """
        return self._blocks.entries(after, until)

    def rev_at(self, at: int) -> int:
        """The revision up to which a player has told everything when its clock stands at `at` (UTC milliseconds)."""
        return self._blocks.rev_at(at)

    def span(self) -> tuple[int, int] | None:
        """The earliest and the latest time of a fact, UTC milliseconds; None for an empty log."""
        return self._blocks.span()

    def position(self, source: str) -> int:
        """The greatest source position stored for a source, 0 if none; `main` is the site's only source."""
        return self._blocks.end.positions.get(source or "main", 0)

    # Key frames

    def key_frame(
        self, rev: int, at: int, state: bytes, copies: Mapping[bytes, Packed], *, level: int = LEVEL
    ) -> None:
        """Keep a folded state and the copies that it names, so that a later start need not fold from the beginning.

        `level` says how much effort is made for a smaller file.
        """
        with self._transaction("write a key frame to it") as cursor:
            self._frames.write(cursor, rev, at, state, copies, level)

    def thin_key_frames(self, before: int, facts: int, apart_ms: int) -> None:
        """Remove key frames from before a time (UTC ms) without which the others are still at most so far apart."""
        with self._transaction("thin out its key frames") as cursor:
            self._frames.thin(cursor, before, facts, apart_ms)

    def key_steps(self, frame: int, places: Sequence[tuple[int, int]], packed: bytes) -> None:
        """Keep key frames as steps that lead on from the whole one at revision `frame` and the steps kept behind it.

        `places` are revision and time of each step, `packed` is what is different; :meth:`key_copies` takes the rest.
        """
        with self._transaction("write key frames to it") as cursor:
            self._frames.write_steps(cursor, frame, places, packed)

    def key_copies(self, copies: Mapping[bytes, Packed]) -> None:
        """Keep the parts that key frames name: many at once take less than each with its frame."""
        with self._transaction("write key frames to it") as cursor:
            self._frames.write_copies(cursor, copies, LASTING_LEVEL)

    def newest_key_frame(self, rev: int | None = None, at: int | None = None) -> KeyFrame | None:
        """The last sound key frame not after a revision or floor time."""
        return self._frames.newest(
            self.rev if rev is None else min(rev, self.rev), at, damaged=self.damage is not None
        )  # fmt: skip

    # The ledger

    def write_legs(self, legs: Sequence[LegRecord]) -> None:
        """Keep ledger records; a record of the same leg is replaced."""
        with self._transaction("write to its ledger") as cursor:
            self._records.write_legs(cursor, legs)

    def legs(self, begin: int, end: int, queues: Sequence[str] | None = None) -> Iterator[LegRecord]:
        """Ledger records that joined, were concluded or were booked in [begin, end), UTC milliseconds, by join time."""
        return self._records.legs(begin, end, queues)

    # The journal

    def write_happenings(self, happenings: Sequence[Happening]) -> None:
        """Keep what happened; of one thing at one revision the last word wins."""
        with self._transaction("write to its journal") as cursor:
            self._records.write_happenings(cursor, happenings)

    def happenings(self, begin: int, end: int) -> Iterator[Happening]:
        """What happened in [begin, end), UTC milliseconds, in the order of revisions."""
        return self._records.happenings(begin, end)

    def journal_from(self) -> int | None:
        """Since when everything that happened is in the journal, UTC milliseconds; None: since the first fact."""
        if not self._records.has_journal():
            span = self.span()
            return span[1] if span else None
        begun = self.meta("journal_from")
        return begun if isinstance(begun, int) else None

    def close(self) -> None:
        """Flush and let go of the file."""
        try:
            self._flush_rows()
            self._end_boot()
        finally:
            self._let_go()

    def _end_boot(self) -> None:
        if not self._writable or self._lock_file is None:
            return
        try:
            if self.meta("boot"):
                self.set_meta("boot", CLOSED)
        except LogError as error:
            log.debug("consoles may begin anew the next time: %s", error)

    def _flush_rows(self) -> None:
        if self._blocks.holds_rows:
            with self._transaction("write facts to it") as cursor:
                self._blocks.flush(cursor)

    def _let_go(self) -> None:
        with self._guard, explaining(self.path, "close it"):
            self._connection.close()
        if self._lock_file is not None:
            self._lock_file.release()
            self._lock_file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, doing: str) -> Iterator[sqlite3.Cursor]:
        """All or nothing; what is held in memory is changed only after the commit."""
        if not self._writable:
            raise LogError(f"{self.path}: cannot {doing}: it was opened for reading only")
        with self._guard:
            try:
                cursor = self._connection.cursor()
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
            except (sqlite3.Error, UnicodeDecodeError, BlockDamagedError) as error:
                self._roll_back()
                raise explained(self.path, doing, error) from error
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def load(self) -> None:
        """Read where the log ends. Raises what files.UNREADABLE names when the file is damaged."""
        with self._guard:
            self._connection.execute("BEGIN")  # a gateway that writes on may seal the rows between two looks
            try:
                self._blocks.load()
            finally:
                self._roll_back()

    def load_readable(self) -> None:
        """Of a damaged file, take the facts from the beginning up to the first that cannot be read."""
        self._blocks.load_readable()
