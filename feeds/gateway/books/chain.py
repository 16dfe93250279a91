"""The chain of the audit: every row carries the hash of the row before and of itself, so that a change shows.

A row's hash is SHA-256, in hexadecimal, over these values one after the other, each as `LENGTH:BYTES,` with LENGTH in
bytes and text in UTF-8 (a netstring): `watchfloor audit 1`, the row's number, its columns in the order of
:data:`COLUMNS`, and the hash of the row before; a missing value is `~,`. Before the first row stands :data:`GENESIS`.

What was written before there was a chain is bound by its first link: a row of the stage :data:`BEGUN` whose `args` hold
how many rows stood there and the hash over all of them.

The chain has no secret. It shows what was changed, taken out, put in between or moved without all later rows being
written anew; an end that was cut off, or a chain that was written anew as a whole, shows only against a head that was
noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal

from msgspec import Struct

FILE: Final = "gateway.db"
"""The file in a gateway's data folder that holds the audit and whatever else it remembers."""
COLUMNS: Final = ("at", "order", "stage", "token", "role", "name", "args", "reason", "text")
"""What of a row is hashed, beside its number and the hash of the row before."""
GENESIS: Final = "0" * 64
BEGUN: Final = "chained"
"""The stage of the row that begins a chain behind rows which had none."""
_FORM: Final = b"watchfloor audit 1"

Trouble = Literal["changed", "missing", "moved", "unchained", "foreign"]


class Link(Struct, frozen=True):
    """A row of the audit as it stands in the file; values as SQLite gives them, texts as bytes."""

    row: int
    values: tuple[Any, ...]
    """In the order of :data:`COLUMNS`."""
    before: Any = None
    hash: Any = None


class Head(Struct, frozen=True):
    """The end of a chain: the newest row and its hash; row 0 is that of an empty audit."""

    row: int
    hash: str

    def __str__(self) -> str:
        return f"{self.row}:{self.hash}"


class Break(Struct, frozen=True):
    """The first row at which a chain does not hold, and what is wrong there, in words."""

    row: int
    trouble: Trouble
    text: str


class Finding(Struct, frozen=True):
    """What a walk along a chain found."""

    rows: int
    """All rows that stand there."""
    older: int
    """Those of them that were written before there was a chain, and are bound by its first link."""
    head: Head
    broken: Break | None
    more: int
    """How many further rows do not fit either."""


Find = Callable[[str], int | None]
"""Gives the number of the row that says it was written behind the row of a hash."""


def _bytes(value: Any) -> bytes:
    if value is None:
        return b"~,"
    body = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
    return b"%d:%s," % (len(body), body)


def link_hash(row: int, values: Sequence[Any], before: Any) -> str:
    """The hash of a row: its number, its values in the order of :data:`COLUMNS`, and the hash of the row before."""
    return hashlib.sha256(b"".join(map(_bytes, (_FORM, row, *values, before)))).hexdigest()


def older_hash(rows: Iterable[tuple[int, Sequence[Any]]]) -> tuple[int, str]:
    """How many rows there are, and one hash over all of them: for those that were written before there was a chain."""
    count, digest = 0, hashlib.sha256(_bytes(_FORM))
    for row, values in rows:
        count += 1
        digest.update(b"".join(map(_bytes, (row, *values))))
    return count, digest.hexdigest()


def beginning(count: int, digest: str) -> bytes:
    """The `args` of a first link behind `count` rows that had no chain."""
    return json.dumps({"rows": count, "hash": digest}).encode()


def walk(links: Iterable[Link], find: Find) -> Finding:
    """Follow a chain from its first row to the last; `find` tells a row that was moved from one that is gone."""
    walker = _Walker(find)
    for link in links:
        walker.take(link)
    return walker.finding()


class _Walker:
    def __init__(self, find: Find) -> None:
        self._find = find
        self._older: list[tuple[int, Sequence[Any]]] = []
        self._rows = self._bound = self._more = 0
        self._at = Head(0, GENESIS)
        self._last = 0
        """The number of the row before; not that of the head where what has no hash was put in."""
        self._begun = False
        self._broken: Break | None = None

    def take(self, link: Link) -> None:
        self._rows += 1
        if not self._begun and link.hash is None:
            self._older.append((link.row, link.values))
            return
        found = self._trouble(link)
        if found is not None and self._broken is None:
            self._broken = found
        elif found is not None:
            self._more += 1
        self._begun, self._last = True, link.row
        if link.hash is not None:  # what has none is passed over, so that it counts as one break and not as two
            self._at = Head(link.row, _text(link.hash))

    def _trouble(self, link: Link) -> Break | None:
        before, own = _text(link.before), _text(link.hash)
        if link.hash is None:
            text = "carries no hash: it was put in by something that does not keep the chain"
            return Break(link.row, "unchained", f"row {link.row} {text}")
        if not self._begun:
            wrong = self._first(link)
            if wrong is not None:
                return wrong
        elif link.row != self._last + 1 or before != self._at.hash:
            return self._not_behind(link, before)
        if own != link_hash(link.row, link.values, before):
            text = "does not fit its own hash: it was changed after it was written, or forged"
            return Break(link.row, "changed", f"row {link.row} {text}")
        return None

    def _not_behind(self, link: Link, before: str) -> Break:
        """Why a row does not stand behind the one before it."""
        last, row = self._last, link.row
        moved = self._find(self._at.hash)
        if moved is not None and moved != row:
            text = f"row {row} is out of order: what was written behind row {last} now stands as row {moved}"
            return Break(row, "moved", text)
        if row > last + 1:
            gone = f"row {last + 1} is" if row == last + 2 else f"rows {last + 1} to {row - 1} are"
            return Break(last + 1, "missing", f"{gone} missing: row {row} stands behind row {last}")
        text = f"row {row} was written behind another row than row {last} as it is now: that one was replaced, or one"
        return Break(row, "foreign", f"{text} between them taken out, or row {row} was put in")

    def _first(self, link: Link) -> Break | None:
        """What is wrong with the first row of a chain."""
        older, self._older = self._older, []
        if _text(link.before) != GENESIS:
            what = f"row {link.row} is not the first that was written: what stood before it is missing"
            return Break(older[0][0] if older else 1, "missing", what)
        begins = _text(link.values[COLUMNS.index("stage")]) == BEGUN
        if not begins and not older and link.row == 1:
            return None
        if not begins:
            return Break(older[0][0] if older else 1, "foreign", "the rows before the chain are bound by no first link")
        count, digest = older_hash(older)
        try:
            noted = json.loads(link.values[COLUMNS.index("args")])
            holds = (noted["rows"], noted["hash"]) == (count, digest)
        except (ValueError, TypeError, KeyError):
            holds = False
        if not holds:
            what = (
                f"the {count} rows before the chain (up to row {link.row - 1}) are not those that its first link bound"
            )
            return Break(older[0][0] if older else 1, "changed", what)
        self._bound = count
        return None

    def finding(self) -> Finding:
        broken = self._broken
        if not self._begun and self._older:
            text = "the rows were written by a version that kept no chain; the next start of the gateway binds them"
            broken = Break(self._older[0][0], "unchained", text)
        return Finding(self._rows, self._bound, self._at, broken, self._more)


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)
