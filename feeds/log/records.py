"""A log's ledger and its journal: the calls behind its figures, and what happened that no fact says."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from feeds.log.base import LogError
from feeds.log.checked import is_summed, sum_column
from feeds.log.files import explaining
from feeds.log.sums import check_sum
from feeds.records import Happening, LegRecord

PART_MS: Final = 24 * 3600 * 1000
"""How much of the journal is read at a time."""

_pack = msgspec.msgpack.Encoder().encode
_unpack_leg = msgspec.msgpack.Decoder(LegRecord).decode
_unpack_happening = msgspec.msgpack.Decoder(Happening).decode


class Records:
    """The tables `legs` and `journal`; writes happen within the log's transaction.

    A record that cannot be read is an error, never left out: whoever opens a figure to its calls counts them.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, guard: threading.RLock) -> None:
        self._path = path
        self._connection = connection
        self._guard = guard

    def write_legs(self, cursor: sqlite3.Cursor, legs: Sequence[LegRecord]) -> None:
        """Keep ledger records; a record of the same leg is replaced."""
        rows = ((*_columns_of_leg(leg), _pack(leg)) for leg in legs)
        cursor.executemany("INSERT OR REPLACE INTO legs VALUES (?, ?, ?, ?, ?, ?, ?)", map(_with_sum, rows))

    def legs(self, begin: int, end: int, queues: Sequence[str] | None) -> Iterator[LegRecord]:
        """As :meth:`feeds.log.base.Log.legs`, by join time."""
        inside = " OR ".join(f"{column} >= :begin AND {column} < :end" for column in ("joined", "concluded", "booked"))
        with self._guard, explaining(self._path, "read its ledger"):
            rows = self._connection.execute(
                f"SELECT leg, queue, joined, concluded, booked, body, {self._sum()} FROM legs "
                f"WHERE {inside} ORDER BY joined, leg",
                {"begin": begin, "end": end},
            ).fetchall()
        for *row, found in rows:
            try:
                leg = _unpack_leg(row[-1])
            except (msgspec.MsgspecError, ValueError, TypeError) as error:
                raise self._damaged("ledger", "legs", "the calls of this time cannot all be listed") from error
            if _columns_of_leg(leg) != tuple(row[:-1]) or found not in (None, check_sum(*row)):
                raise self._damaged("ledger", "legs", "the calls of this time cannot all be listed")
            if queues is None or leg.queue in queues:
                yield leg

    def write_happenings(self, cursor: sqlite3.Cursor, happenings: Sequence[Happening]) -> None:
        """Keep what happened; of one thing at one revision the last word wins."""
        rows = ((*_columns_of_happening(one), _pack(one)) for one in happenings)
        cursor.executemany("INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?, ?)", map(_with_sum, rows))

    def happenings(self, begin: int, end: int) -> Iterator[Happening]:
        """As :meth:`feeds.log.base.Log.happenings`; nothing where there is no journal.

        It is read a part at a time: whoever writes waits for no years of it. Time never goes back from one revision to
        the next, so parts of time are parts of the order.
        """
        while self.has_journal() and (first := self._first_after(begin, end)) is not None:
            begin = first + PART_MS
            yield from self._happenings(first, min(begin, end))

    def _first_after(self, begin: int, end: int) -> int | None:
        with self._guard, explaining(self._path, "read its journal"):
            query = "SELECT min(at) FROM journal WHERE at >= ? AND at < ?"
            found: tuple[int | None] = self._connection.execute(query, (begin, end)).fetchone()
        return found[0]

    def _happenings(self, begin: int, end: int) -> Iterator[Happening]:
        with self._guard, explaining(self._path, "read its journal"):
            query = f"SELECT rev, key, at, body, {self._sum()} FROM journal WHERE at >= ? AND at < ? ORDER BY rev, key"
            rows = self._connection.execute(query, (begin, end)).fetchall()
        for *row, found in rows:
            try:
                one = _unpack_happening(row[-1])
            except (msgspec.MsgspecError, ValueError, TypeError) as error:
                raise self._damaged("journal", "journal", "what happened in this time cannot all be told") from error
            if _columns_of_happening(one) != tuple(row[:-1]) or found not in (None, check_sum(*row)):
                raise self._damaged("journal", "journal", "what happened in this time cannot all be told")
            yield one

    def has_journal(self) -> bool:
        """Whether there is one: a recording that was imported has none."""
        with self._guard, explaining(self._path, "read it"):
            found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone()
        return found is not None

    def _sum(self) -> str:
        return sum_column(summed=is_summed(self._connection))

    def _damaged(self, what: str, table: str, so: str) -> LogError:
        return LogError(f"{self._path}: its {what} (table {table}) is damaged, {so}: restore a copy")


def _columns_of_leg(leg: LegRecord) -> tuple[Any, ...]:
    return leg.leg, leg.queue, leg.joined_at, leg.concluded_at, leg.booked_at


def _columns_of_happening(one: Happening) -> tuple[Any, ...]:
    return one.rev, one.entity.key, one.at


def _with_sum(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return *row, check_sum(*row)
