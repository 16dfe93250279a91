"""Rows with check sums: the facts of a log's young end, where it and its sources stand, its words about itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from feeds.facts import AnyFact, pack, unpack
from feeds.log.rows import SUMMED
from feeds.log.sums import BlockDamagedError, check_sum, check_times

Word = str | bytes | int | None

_END: Final = ""
"""The name, which no source has, under which `positions` says where the log ends."""


def is_summed(connection: sqlite3.Connection) -> bool:
    """Whether a file's rows have check sums. A gateway may bring the file up to date meanwhile."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] >= SUMMED)


def sum_column(*, summed: bool) -> str:
    """What to select for a row's check sum; NULL where it has none."""
    return "sum" if summed else "NULL"


def write_facts(cursor: sqlite3.Cursor, facts: Sequence[tuple[AnyFact, int | None]], first: int) -> None:
    """A row for each fact, the first at revision `first`. Raises BlockDamagedError for a time that cannot be."""
    rows: list[tuple[Any, ...]] = []
    for rev, (fact, position) in enumerate(facts, first):
        source, at, body = fact.source, fact.at, pack(fact)
        rows.append((rev, position, source, at, body, check_sum(rev, position, source, at, body)))
    if rows:
        check_times(*[row[3] for row in rows])
    cursor.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", rows)


def read_facts(connection: sqlite3.Connection, after: int) -> Iterator[tuple[AnyFact, int | None]]:
    """The facts of all rows, which follow a revision one by one.

    Raises BlockDamagedError at the first that is not what was written, sqlite3.DatabaseError.
    """
    summed = is_summed(connection)
    query = f"SELECT rev, position, source, at, body, {sum_column(summed=summed)} FROM facts ORDER BY rev"
    for expected, (*row, found) in enumerate(connection.execute(query), after + 1):
        if row[0] != expected:
            raise BlockDamagedError(f"no fact at revision {expected}")
        if summed and found != check_sum(*row):
            raise BlockDamagedError(f"a wrong check sum at revision {expected}")
        yield _fact(row)


def _fact(row: Sequence[Any]) -> tuple[AnyFact, int | None]:
    rev, position, source, at, body = row
    try:
        fact = unpack(body)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise BlockDamagedError(f"no fact in the row of revision {rev} ({error})") from error
    if (fact.source, fact.at) != (source, at) or not isinstance(position, int | None):
        raise BlockDamagedError(f"a row that says something else than its fact, at revision {rev}")
    check_times(at)
    return fact, position


def write_positions(cursor: sqlite3.Cursor, news: Mapping[str, int], positions: Mapping[str, int], end: int) -> None:
    """Keep the places of sources that are news, and of all of them and of the log's end a check sum."""
    rows = [*((source, position, None) for source, position in news.items()), (_END, end, _sum_of(positions, end))]
    cursor.executemany("INSERT OR REPLACE INTO positions VALUES (?, ?, ?)", rows)


def _sum_of(positions: Mapping[str, int], end: int) -> int:
    return check_sum(end, *sorted(positions.items()))


def read_positions(connection: sqlite3.Connection, rev: int) -> dict[str, int]:
    """The places of a log's sources, which was read up to a revision. Raises BlockDamagedError if it ended later."""
    summed = is_summed(connection)
    query = f"SELECT source, position, {sum_column(summed=summed)} FROM positions"
    rows = {source: (position, found) for source, position, found in connection.execute(query)}
    end, found = rows.pop(_END, (None, None))
    positions = {source: position for source, (position, _) in rows.items()}
    if not all(isinstance(source, str) and isinstance(position, int) for source, position in positions.items()):
        raise BlockDamagedError("the place of a source cannot be read")
    if summed and end != rev:
        raise BlockDamagedError(f"it ended at revision {end} and not at {rev}")
    if summed and found != _sum_of(positions, rev):
        raise BlockDamagedError("a wrong check sum of where its sources stand")
    return positions


def write_words(cursor: sqlite3.Cursor, words: Mapping[str, Word]) -> None:
    """Keep words about the log itself, in place of those of the same names."""
    rows: Iterable[tuple[Any, ...]] = ((name, value, check_sum(name, value)) for name, value in words.items())
    cursor.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", rows)


def read_word(connection: sqlite3.Connection, name: str) -> Word:
    """A word about the log itself; None if the file does not say. Raises BlockDamagedError."""
    summed = is_summed(connection)
    query = f"SELECT value, {sum_column(summed=summed)} FROM meta WHERE name = ?"
    row = connection.execute(query, (name,)).fetchone()
    if row is None:
        return None
    value, found = row
    if summed and found != check_sum(name, value):
        raise BlockDamagedError(f"a wrong check sum of {name!r}")
    if not isinstance(value, Word):
        raise BlockDamagedError(f"a number in place of {name!r}")
    return value
