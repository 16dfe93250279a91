"""Key frames in a log file: folded states, steps from one to the next, and once each the copies that many share."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from feeds.log.base import Chunked, KeyFrame, LogError, Packed
from feeds.log.chunks import Chunk, Table, pack_copies
from feeds.log.files import explaining
from feeds.log.rows import FRAMES, LASTING_LEVEL, STEPPED, expand, squeeze
from feeds.log.sums import BlockDamagedError

log = logging.getLogger("watchfloor.log")

CHUNKS_HELD: Final = 12
"""Chunks of copies kept at hand: each of the four windows asks for copies of its own past, of queues and of crews."""
LOOKED_AT: Final = 200
THINNED_AT_ONCE: Final = 12
"""So many frames are looked at when old ones are thinned out, and so many removed: a day's take a third of a second."""

_IS_THERE: Final = "SELECT 1 FROM copies WHERE name = ?"
_NEWEST_BEFORE: Final = (
    "SELECT rev, at, rev IN (SELECT frame FROM parts) FROM frames WHERE at < ? ORDER BY rev DESC LIMIT ?"
)
_NEWEST_WHOLE: Final = (
    "SELECT rev, NULL AS part, 0 AS place FROM frames WHERE rev <= :rev AND at <= :at ORDER BY rev DESC LIMIT 1"
)
_NEWEST: Final = (
    f"SELECT * FROM ({_NEWEST_WHOLE}) UNION ALL SELECT * FROM "
    "(SELECT rev, part, place FROM steps WHERE rev <= :rev AND at <= :at ORDER BY rev DESC LIMIT 1) "
    "ORDER BY rev DESC LIMIT 1"
)


class _FrameDamagedError(Exception):
    """A frame cannot be read; one not after `before` may be."""

    def __init__(self, before: int) -> None:
        self.before = before


def _before(rev: int, first: object) -> int:
    """The revision before the first that cannot be read, which a damaged row may put anywhere."""
    return min(rev, first if isinstance(first, int) else rev) - 1


def _sum_of(counts: Iterable[object]) -> int:
    """How many steps there are; a damaged row may say anything, which counts as none."""
    return sum(count for count in counts if isinstance(count, int))


def _write_chunk(cursor: sqlite3.Cursor, names: Iterable[bytes], body: bytes) -> None:
    chunk = cursor.execute("INSERT INTO chunks VALUES (NULL, ?)", (body,)).lastrowid
    cursor.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?)", [(name, chunk) for name in names])


class Frames:
    """A log's tables `frames`, `steps`, `parts`, `copies`, `chunks`; writes happen within the log's transaction."""

    def __init__(self, path: Path, connection: sqlite3.Connection, guard: threading.RLock) -> None:
        self._path = path
        self._connection = connection
        self._guard = guard
        self._chunks: deque[Chunk] = deque(maxlen=CHUNKS_HELD)
        """The chunks of copies that were read last: neighbours are asked for together."""

    def write(
        self, cursor: sqlite3.Cursor, rev: int, at: int, state: bytes, copies: Mapping[bytes, Packed], level: int
    ) -> None:
        """Write a state and those of its copies that are not there yet."""
        cursor.execute("INSERT OR REPLACE INTO frames VALUES (?, ?, ?)", (rev, at, squeeze(state, level)))
        self.write_copies(cursor, copies, level)

    def write_steps(self, cursor: sqlite3.Cursor, frame: int, places: Sequence[tuple[int, int]], packed: bytes) -> None:
        """Write steps that lead on from a frame, with revision and time of each."""
        row = (frame, len(places), squeeze(packed, LASTING_LEVEL))
        part = cursor.execute("INSERT INTO parts VALUES (NULL, ?, ?, ?)", row).lastrowid
        rows = [(rev, at, part, place) for place, (rev, at) in enumerate(places, 1)]
        cursor.executemany("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?)", rows)

    def write_copies(self, cursor: sqlite3.Cursor, copies: Mapping[bytes, Packed], level: int) -> None:
        """Write copies that are not there yet; the file is asked, because one of years has more than memory should."""
        more = {name: copies[name] for name in copies if not cursor.execute(_IS_THERE, (name,)).fetchone()}
        alone = list[bytes]()
        while more:
            name, copy = more.popitem()
            chunk = copy.lies_in
            if chunk is None:
                alone.append(name)
            else:
                _write_chunk(cursor, *chunk)
                for written in chunk[0]:
                    more.pop(written, None)
        alone.reverse()  # in their order again, as neighbours are alike
        for names, body in pack_copies(((name, copies[name].packed) for name in alone), level):
            _write_chunk(cursor, names, body)

    def thin(self, cursor: sqlite3.Cursor, before: int, facts: int, apart_ms: int) -> None:
        """Remove some of the frames from before a time whose neighbours are at most so many facts and so long apart.

        The first stays, which may be what the log begins with, and so does what steps lead on from.
        """
        newest = cursor.execute(_NEWEST_BEFORE, (before, LOOKED_AT)).fetchall()
        if not newest:
            return
        removed = 0
        (kept, kept_at, _), *rows = reversed(newest)
        for (rev, at, leads_on), (following, following_at, _) in pairwise(rows):
            if leads_on or following - kept > facts or following_at - kept_at > apart_ms:
                kept, kept_at = rev, at
            elif removed < THINNED_AT_ONCE:
                cursor.execute("DELETE FROM frames WHERE rev = ?", (rev,))
                removed += 1

    def clear(self, cursor: sqlite3.Cursor) -> None:
        """Remove all of them."""
        for table in ("frames", "copies", "chunks", "steps", "parts"):
            cursor.execute(f"DELETE FROM {table}")
        self._chunks.clear()

    def newest(self, rev: int, at: int | None, *, damaged: bool) -> KeyFrame | None:
        """The last sound key frame not after a revision or floor time; None too where a damaged file cannot tell.

        Those of an older version's fold are of no use to this one.
        """
        with self._guard, explaining(self._path, "read its key frames"):
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version < FRAMES:
            return None
        query = _NEWEST if version >= STEPPED else _NEWEST_WHOLE
        while True:
            try:
                with self._guard, explaining(self._path, "read its key frames"):
                    bounds = {"rev": rev, "at": (1 << 62) if at is None else at}
                    try:
                        found = self._connection.execute(query, bounds).fetchone()
                        return None if found is None else self._frame(*found)
                    except sqlite3.DatabaseError:
                        if not damaged:
                            raise
                        return None
            except _FrameDamagedError as error:
                log.warning("%s: the key frame at revision %d is damaged, an older one is used", self._path, found[0])
                rev = error.before

    def _frame(self, rev: int, part: int | None, place: int) -> KeyFrame:
        """The frame of that revision; `place` is how many steps are taken of its part."""
        read = self._connection.execute
        parts: list[tuple[int, int, bytes]] = []
        whole = rev
        if part is not None:
            query = (
                "SELECT id, count, body, frame FROM parts WHERE frame = (SELECT frame FROM parts WHERE id = ?) "
                "AND id <= ? ORDER BY id"
            )
            for number, count, body, whole in read(query, (part, part)):  # noqa: B007
                parts.append((number, place if number == part else count, body))
        row = read("SELECT state FROM frames WHERE rev = ?", (whole,)).fetchone()
        if row and part is not None:
            counted = read("SELECT count(*) FROM steps WHERE rev > ? AND rev <= ?", (whole, rev)).fetchone()
            if counted != (_sum_of(count for _, count, _ in parts),):
                # Each part can be read, so nobody else would notice that one between them is missing.
                raise _FrameDamagedError(min(_before(rev, whole) + 1, rev - 1))
        steps = []
        for number, count, body in parts:
            try:
                steps.append((expand(body), count))
            except BlockDamagedError as error:
                (first,) = read("SELECT min(rev) FROM steps WHERE part = ?", (number,)).fetchone()
                raise _FrameDamagedError(_before(rev, first)) from error
        try:
            return KeyFrame(rev, expand(row[0] if row else b""), _Copies(self), steps)
        except BlockDamagedError as error:
            raise _FrameDamagedError(_before(rev, whole)) from error

    def chunk(self, name: bytes) -> Chunk:
        """The chunk that holds a copy. Raises LogError."""
        with self._guard, explaining(self._path, "read its key frames"):
            for chunk in self._chunks:
                if name in chunk.names:
                    return chunk
            reason = "is missing"
            query = "SELECT body FROM chunks WHERE id = (SELECT chunk FROM copies WHERE name = ?)"
            row = self._connection.execute(query, (name,)).fetchone()
            try:
                if row and name in (found := Chunk(row[0])).names:
                    self._chunks.appendleft(found)
                    return found
            except BlockDamagedError as error:
                reason = f"is damaged ({error})"
        raise self._lost(reason)

    def copy(self, chunk: Chunk, name: bytes) -> bytes | Table:
        """A copy of a chunk. Raises LogError."""
        try:
            with self._guard:
                return chunk.get(name)
        except BlockDamagedError as error:
            raise self._lost(f"is damaged ({error})") from error

    def _lost(self, reason: str) -> LogError:
        return LogError(f"{self._path}: a part of a key frame {reason}: restore a copy, or remove its key frames")


class _Copies:
    """Gives the copies that a key frame names; see feeds.log.base.CopiesOf."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._held: dict[bytes, Chunk] = {}

    def __call__(self, name: bytes) -> bytes | Table:
        return self._frames.copy(self._held.get(name) or self._frames.chunk(name), name)

    def lies_in(self, name: bytes) -> Chunked:
        chunk = self._held.get(name) or self._frames.chunk(name)
        return chunk.names, chunk.body

    def hold(self, names: Iterable[bytes]) -> None:
        for name in names:
            if name not in self._held:
                chunk = self._frames.chunk(name)
                self._held.update(dict.fromkeys(chunk.names, chunk))
