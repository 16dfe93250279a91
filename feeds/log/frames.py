"""Key frames in a log file: folded states, and once each the copies that many of them share."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from feeds.log.base import KeyFrame, LogError, Packed
from feeds.log.files import explaining
from feeds.log.rows import FRAME_LEVEL, SCHEMA, BlockDamagedError, expand, pack_copies, squeeze, unpack_copies

log = logging.getLogger("watchfloor.log")

CHUNKS_HELD: Final = 12
"""Chunks of copies kept at hand: each of the four windows asks for copies of its own past, of queues and of crews."""


class Frames:
    """The tables `frames`, `copies` and `chunks` of a log; writes happen within the log's own transaction."""

    def __init__(self, path: Path, connection: sqlite3.Connection, guard: threading.RLock) -> None:
        self._path = path
        self._connection = connection
        self._guard = guard
        self._kept: set[bytes] | None = None
        """Names of the copies in the file, as soon as somebody asked."""
        self._chunks: deque[dict[bytes, bytes]] = deque(maxlen=CHUNKS_HELD)
        """The chunks of copies that were read last: neighbours are asked for together."""

    def write(
        self, cursor: sqlite3.Cursor, rev: int, at: int, state: bytes, copies: Mapping[bytes, Packed]
    ) -> list[bytes]:
        """Write a state and those of its copies that are not there yet; their names, for :meth:`keep`."""
        if self._kept is None:
            self._kept = {name for (name,) in cursor.execute("SELECT name FROM copies")}
        more = [name for name in copies if name not in self._kept]
        for names, body in pack_copies((name, copies[name].packed) for name in more):
            cursor.execute("INSERT INTO chunks VALUES (NULL, ?)", (body,))
            chunk = cursor.lastrowid
            cursor.executemany("INSERT OR REPLACE INTO copies VALUES (?, ?)", [(name, chunk) for name in names])
        cursor.execute("INSERT OR REPLACE INTO frames VALUES (?, ?, ?)", (rev, at, squeeze(state, FRAME_LEVEL)))
        return more

    def keep(self, names: Iterable[bytes]) -> None:
        """What was written is in the file for good."""
        if self._kept is not None:
            self._kept.update(names)

    def clear(self, cursor: sqlite3.Cursor) -> None:
        """Remove all of them."""
        for table in ("frames", "copies", "chunks"):
            cursor.execute(f"DELETE FROM {table}")
        self._kept = None
        self._chunks.clear()

    def newest(self, rev: int, at: int | None, *, damaged: bool) -> KeyFrame | None:
        """The last sound key frame not after a revision or floor time; None too where a damaged file cannot tell.

        Those of an older version's fold are of no use to this one.
        """
        with self._guard, explaining(self._path, "read its key frames"):
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        while version == SCHEMA:
            with self._guard, explaining(self._path, "read its key frames"):
                query = "SELECT rev, state FROM frames WHERE rev <= ? AND at <= ? ORDER BY rev DESC LIMIT 1"
                try:
                    row = self._connection.execute(query, (rev, (1 << 62) if at is None else at)).fetchone()
                except sqlite3.DatabaseError:
                    if not damaged:
                        raise
                    return None
            if row is None:
                return None
            try:
                return KeyFrame(row[0], expand(row[1]), self._copy)
            except BlockDamagedError:
                log.warning("%s: the key frame at revision %d is damaged, an older one is used", self._path, row[0])
                rev = row[0] - 1
        return None

    def _copy(self, name: bytes) -> bytes:
        with self._guard, explaining(self._path, "read its key frames"):
            for chunk in self._chunks:
                if name in chunk:
                    return chunk[name]
            query = "SELECT body FROM chunks WHERE id = (SELECT chunk FROM copies WHERE name = ?)"
            row = self._connection.execute(query, (name,)).fetchone()
            reason = "is missing"
            try:
                found = unpack_copies(row[0]) if row else {}
            except BlockDamagedError as error:
                found, reason = {}, f"is damaged ({error})"
            if name in found:
                self._chunks.appendleft(found)
                return found[name]
        raise LogError(f"{self._path}: a part of a key frame {reason}: restore a copy, or remove its key frames")
