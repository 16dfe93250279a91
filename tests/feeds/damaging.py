"""Damage to log files: single rows that say something else, and bytes and pages at random."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from feeds.log.rows import Row, expand, sealed

PAGE = 1024


def changed(path: Path, *statements: str) -> None:
    """Let SQL change a file behind the log's back."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def of_schema_5(path: Path) -> None:
    """Turn a file into one from before zstd: everything in it squeezed by zlib."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        query = "SELECT first, last, earliest, latest, body FROM blocks"
        for row in map(Row._make, connection.execute(query).fetchall()):
            before = sealed(row._replace(body=zlib.compress(expand(row.body[:-4]))))
            connection.execute("UPDATE blocks SET body = ? WHERE first = ?", (before.body, row.first))
        for table, column, key in (("frames", "state", "rev"), ("parts", "body", "id"), ("chunks", "body", "id")):
            for number, body in connection.execute(f"SELECT {key}, {column} FROM {table}").fetchall():
                before = zlib.compress(expand(body))
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (before, number))
        connection.execute("PRAGMA user_version=5")
        connection.commit()


def of_schema_4(path: Path) -> None:
    """Turn a file into one from before there were check sums."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in {"meta", "facts", "positions", "legs", "journal"} & set(tables):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN sum")
        connection.execute("DELETE FROM positions WHERE source = ''")
        connection.execute("UPDATE blocks SET body = substr(body, 1, length(body) - 4)")
        connection.execute("PRAGMA user_version=4")
        connection.commit()


def damages(whole: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each with one flipped byte, or pages swapped, blank or in the place of another; what was done."""
    dice = random.Random(seed)
    pages = len(whole) // PAGE
    for number in range(count):
        found = bytearray(whole)
        one, other = (slice(page * PAGE, (page + 1) * PAGE) for page in (dice.randrange(pages), dice.randrange(pages)))
        match number % 8:
            case 5:
                found[one], found[other] = found[other], found[one]
                name = f"pages {one.start // PAGE} and {other.start // PAGE} swapped"
            case 6:
                found[one] = bytes(PAGE)
                name = f"page {one.start // PAGE} blank"
            case 7:
                found[one] = found[other]
                name = f"page {other.start // PAGE} over {one.start // PAGE}"
            case _:
                place, bits = dice.randrange(len(whole)), dice.randrange(1, 256)
                found[place] ^= bits
                name = f"byte {place} ^ {bits:#x}"
        yield name, bytes(found)


def is_prefix(found: Sequence[object], whole: Sequence[object]) -> bool:
    """Whether it is the beginning of the whole, or all of it."""
    return list(found) == list(whole[: len(found)])
