"""A log's facts: sealed blocks of a thousand, the rows of its young end behind them, and where its sources stand."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from feeds.facts import AnyFact
from feeds.log.base import Entry, LogError
from feeds.log.checked import read_facts, read_positions, write_facts, write_positions
from feeds.log.files import UNREADABLE, explaining, is_damage
from feeds.log.rows import BLOCK, Row, pack_block, sealed, unpack_row
from feeds.log.salvage import Salvage
from feeds.log.sums import BlockDamagedError, check_times

log = logging.getLogger("watchfloor.log")

_BLOCKS: Final = "SELECT first, last, earliest, latest, body FROM blocks"
_BOUNDS: Final = "SELECT earliest, latest FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1"
"""The times between which all facts lie up to and with the block of a revision."""


class End(NamedTuple):
    """Where a log ends."""

    rev: int
    tail: Sequence[tuple[AnyFact, int | None]]
    """The facts behind the last block."""
    positions: dict[str, int]
    """By source: the greatest position stored."""

    @property
    def sealed(self) -> int:
        """The last revision of the blocks."""
        return self.rev - len(self.tail)


class Blocks:
    """A log's tables `blocks`, `facts`, `positions`; writes happen within the log's transaction.

    Whoever writes gives `end` what :meth:`write` gave once that is on the disk. `damage` says what could not be read of
    a broken file: the log then ends where the damage begins.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, guard: threading.RLock, *, writable: bool, holds_rows: bool
    ) -> None:
        """`holds_rows`: rows are written by :meth:`flush` only, as most would be gone with the next block."""
        self.end = End(0, (), {})
        self.damage: str | None = None
        self._path = path
        self._connection = connection
        self._guard = guard
        self._writable = writable
        self.holds_rows = holds_rows
        self._salvage: Salvage | None = None
        """Of a damaged file: the blocks that can be read."""

    # Writing

    def write(self, cursor: sqlite3.Cursor, facts: Sequence[tuple[AnyFact, int | None]]) -> End:
        """Write facts with their source positions behind the others; gives where the log ends with them."""
        rev, tail, known = self.end
        if len(tail) + len(facts) < BLOCK:
            self._write_rows(cursor, facts, rev + 1)
            tail = [*tail, *facts]
        else:
            tail = self._seal(cursor, [*tail, *facts], self.end.sealed)
        news = self._advanced(facts)
        positions = known | news
        write_positions(cursor, news, positions, rev + len(facts))
        return End(rev + len(facts), tail, positions)

    def flush(self, cursor: sqlite3.Cursor) -> None:
        """Write the rows that were held."""
        if self.holds_rows:
            write_facts(cursor, self.end.tail, self.end.sealed + 1)
            self.holds_rows = False

    def _seal(
        self, cursor: sqlite3.Cursor, entries: list[tuple[AnyFact, int | None]], begin: int
    ) -> list[tuple[AnyFact, int | None]]:
        if not self.holds_rows:
            cursor.execute("DELETE FROM facts")
        whole = len(entries) - len(entries) % BLOCK
        known = cursor.execute(_BOUNDS, (begin,)).fetchone()
        bounds = list(known) if known else []
        for start in range(0, whole, BLOCK):
            block = entries[start : start + BLOCK]
            times = [fact.at for fact, _ in block]
            earliest, latest = bounds = [min(times + bounds), max(times + bounds)]
            check_times(earliest, latest)
            first = begin + start + 1
            row = Row(first, first + len(block) - 1, earliest, latest, pack_block(block))
            cursor.execute("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", sealed(row))
        rest = entries[whole:]
        self._write_rows(cursor, rest, begin + whole + 1)
        return rest

    def _write_rows(self, cursor: sqlite3.Cursor, facts: Sequence[tuple[AnyFact, int | None]], first: int) -> None:
        if not self.holds_rows:
            write_facts(cursor, facts, first)

    def _advanced(self, facts: Sequence[tuple[AnyFact, int | None]]) -> dict[str, int]:
        found: dict[str, int] = {}
        if {position for _, position in facts} == {None}:  # those of an import, a long list
            return found
        for fact, position in facts:
            if position is not None:
                source = fact.source or "main"
                if position > found.get(source, self.end.positions.get(source, 0)):
                    found[source] = position
        return found

    # Reading

    def load(self) -> None:
        """Read where the log ends. Raises what files.UNREADABLE names when the file is damaged."""
        newest = self._connection.execute(f"{_BLOCKS} ORDER BY first DESC LIMIT 1").fetchone()
        last = unpack_row(Row(*newest))[-1].rev if newest else 0
        tail = list(read_facts(self._connection, last))
        rev = last + len(tail)
        self.end = End(rev, tail, read_positions(self._connection, rev))

    def load_readable(self) -> None:
        """Of a damaged file, take the facts from the beginning up to the first that cannot be read."""
        with self._guard:
            self._salvage = Salvage(self._path, self._connection)
            tail = []
            try:
                for entry in read_facts(self._connection, self._salvage.rev):
                    tail.append(entry)
            except UNREADABLE as error:
                log.debug("%s: %s", self._path, error)
            self.end = End(self._salvage.rev + len(tail), tail, {})
            self.damage = self._damaged_behind(self.end.rev)
        log.warning("%s", self.damage)

    def entries(self, after: int, until: int | None) -> Iterator[Entry]:
        """See :meth:`feeds.log.embedded.EmbeddedLog.entries`."""
        next_to = False
        while until is None or after < until:
            try:
                block = self._block_after(after, next_to=next_to)
            except LogError as error:
                if self._writable:
                    raise
                if self._salvage is None and is_damage(error.__cause__):
                    self.load_readable()
                    continue
                self.end, self.damage = End(after, (), self.end.positions), str(error)
                log.warning("%s", error)
                return
            if not block:
                return
            first, last = block[0].rev, block[-1].rev
            yield from block[max(0, after + 1 - first) : None if until is None else until + 1 - first]
            after, next_to = last, True

    def _block_after(self, after: int, *, next_to: bool) -> list[Entry]:
        """The sealed block, or the rows of the tail, with the first revision greater than `after`; empty at the end.

        `next_to` says that it is to begin there.
        """
        end = self.end
        if after >= end.rev:
            return []
        if after >= end.sealed:
            return [Entry(rev, fact, position) for rev, (fact, position) in enumerate(end.tail, end.sealed + 1)]
        try:
            block = unpack_row(self._row_holding(after + 1))
            if block[-1].rev <= after or (next_to and block[0].rev != after + 1):
                raise BlockDamagedError("a tree that lost a block leads to the one before it")
            return block
        except BlockDamagedError as error:
            raise LogError(self._damaged_behind(after)) from error

    def _row_holding(self, rev: int) -> Row:
        """The block with a revision. Raises LogError, BlockDamagedError."""
        with self._guard, explaining(self._path, "read its facts"):
            if self._salvage is not None:
                return self._salvage.holding(rev)
            query = f"{_BLOCKS} WHERE first <= ? ORDER BY first DESC LIMIT 1"
            row = self._connection.execute(query, (rev,)).fetchone()
        if row is None:
            raise BlockDamagedError("its first block is missing")
        return Row(*row)

    def _damaged_behind(self, rev: int) -> str:
        before = "; what lies before it can be played" if rev else "; nothing lies before it"
        return f"{self._path}: damaged behind revision {rev}: restore a copy{before}"

    def rev_at(self, at: int) -> int:
        """See :meth:`feeds.log.embedded.EmbeddedLog.rev_at`."""
        if self._salvage is not None:
            first = self._salvage.begin_later(at)
        else:
            with self._guard, explaining(self._path, "read its facts"):
                query = "SELECT first FROM blocks WHERE latest > ? ORDER BY latest, first LIMIT 1"
                row = self._connection.execute(query, (at,)).fetchone()
                first = row[0] if row else None
        for entry in self.entries(self.end.sealed if first is None else first - 1, None):
            if entry.fact.at > at:
                return entry.rev - 1
        return self.end.rev

    def span(self) -> tuple[int, int] | None:
        """The earliest and the latest time of a fact, UTC milliseconds; None for an empty log."""
        times = [fact.at for fact, _ in self.end.tail]
        if self._salvage is not None:
            times += self._salvage.bounds() or ()
        else:
            with self._guard, explaining(self._path, "read its facts"):
                times += self._connection.execute(_BOUNDS, (self.end.rev,)).fetchone() or ()
        return (min(times), max(times)) if times else None
