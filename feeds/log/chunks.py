"""Copies packed together: tables of numbers as what is different from their neighbours, anything else as it is.

Copies of neighbouring minutes say nearly the same. One in their midst is whole, and each of the others says how much
more its numbers are than those of the next one on the way there. Whoever enters a recording wants single ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, repeat
from operator import add, sub
from typing import Final

import msgspec
from msgspec import Raw, Struct

from feeds.log.rows import LEVEL, expand, squeeze
from feeds.log.sums import BlockDamagedError

LEAST, MOST = 6, 24
"""Tables in a chunk, however large or small they are: more take less, and each is farther from the whole one."""
SMALL: Final = 1_024
"""Tables of fewer bytes are packed as they are: reading them is the longer part."""
CHUNK_BYTES: Final = 32_768
"""Others are packed together up to about here: more take less, and who wants one of them reads all."""

_encode = msgspec.msgpack.Encoder().encode
_rows = msgspec.msgpack.Decoder(list[list[int]]).decode

Table = tuple[tuple[int, ...], ...]
Columns = dict[int, list[int]]
"""Place in a row -> the numbers there, of all rows that have it; columns of noughts are left out."""


class Tables(Struct, array_like=True, gc=False):
    """Tables with rows of the same lengths."""

    names: list[bytes]
    lengths: list[tuple[int, int]]
    """(length of a row, how many like it follow one another)."""
    middle: int
    """Which one is whole."""
    tables: list[Raw]
    """The Columns of each."""


_plain = msgspec.msgpack.Decoder(dict[bytes, bytes]).decode
_tables = msgspec.msgpack.Decoder(Tables).decode
_one = msgspec.msgpack.Decoder(Columns).decode
_LISTS: Final = range(0x90, 0xA0)
"""The first byte of Tables; what was written before there were any begins otherwise."""


def pack_copies(
    copies: Iterable[tuple[bytes, bytes]], level: int = LEVEL
) -> Iterator[tuple[list[bytes], bytes]]:
    """Named copies as (names, body) of chunks; `level` says how much effort is made."""
    plain: list[tuple[bytes, bytes]] = []
    tables: dict[tuple[tuple[int, int], ...], list[tuple[bytes, list[list[int]]]]] = {}
    for name, body in copies:
        rows = _table(body)
        if rows is None:
            plain.append((name, body))
        else:
            tables.setdefault(tuple(_lengths(rows)), []).append((name, rows))
    for lengths, alike in tables.items():
        lots = -(-len(alike) // max(LEAST, min(MOST, CHUNK_BYTES // len(_encode(alike[0][1])))))
        for lot in range(lots):
            part = alike[len(alike) * lot // lots : len(alike) * (lot + 1) // lots]
            yield [name for name, _ in part], squeeze(_pack_tables(part, list(lengths)), level)
    for names, packed in _pack_plain(plain):
        yield names, squeeze(packed, level)


def _table(body: bytes) -> list[list[int]] | None:
    if len(body) < SMALL:
        return None
    try:
        rows = _rows(body)
    except msgspec.MsgspecError:
        return None
    return rows if rows and all(rows) and _encode(rows) == body else None


def _lengths(rows: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [(length, len(list(alike))) for length, alike in groupby(map(len, rows))]


def _pack_tables(part: Sequence[tuple[bytes, list[list[int]]]], lengths: list[tuple[int, int]]) -> bytes:
    found = [_columns(rows) for _, rows in part]
    middle = (len(part) - 1) // 2
    tables = [
        Raw(_encode(columns if place == middle else _differences(columns, found[_next(place, middle)])))
        for place, columns in enumerate(found)
    ]
    return _encode(Tables([name for name, _ in part], lengths, middle, tables))


def _next(place: int, middle: int) -> int:
    return place + 1 if place < middle else place - 1


def _columns(rows: Sequence[Sequence[int]]) -> Columns:
    places = range(max(map(len, rows)))
    columns = {place: [row[place] for row in rows if len(row) > place] for place in places}
    return {place: column for place, column in columns.items() if any(column)}


def _differences(columns: Columns, near: Columns) -> Columns:
    """How much more each number is than that of a table near by."""
    found = {}
    for key in sorted(columns.keys() | near.keys()):
        own, other = columns.get(key), near.get(key)
        if own != other:
            found[key] = list(map(sub, own or repeat(0), other or repeat(0)))
    return found


def _pack_plain(copies: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[list[bytes], bytes]]:
    held: dict[bytes, bytes] = {}
    size = 0
    for name, body in copies:
        if held and size + len(body) > CHUNK_BYTES:
            yield list(held), _encode(held)
            held, size = {}, 0
        held[name] = body
        size += len(body)
    if held:
        yield list(held), _encode(held)


class Chunk:
    """A chunk that was read; gives its copies one by one."""

    def __init__(self, body: bytes) -> None:
        """Raises BlockDamagedError."""
        self.body = body
        packed = expand(body)
        self._plain: dict[bytes, bytes] = {}
        self._tables: Tables | None = None
        self._known: dict[int, Columns] = {}
        try:
            if packed[:1] and packed[0] in _LISTS:
                self._tables = _tables(packed)
                self._places = {name: place for place, name in enumerate(self._tables.names)}
                lengths = self._tables.lengths
                self._sizes = [
                    sum(count for length, count in lengths if length > place)
                    for place in range(max(length for length, _ in lengths))
                ]
            else:
                self._plain = _plain(packed)
        except (msgspec.MsgspecError, ValueError) as error:
            raise BlockDamagedError(str(error)) from error

    @property
    def names(self) -> Collection[bytes]:
        """The names of its copies."""
        return self._plain.keys() if self._tables is None else self._places.keys()

    def get(self, name: bytes) -> bytes | Table:
        """A copy's bytes or rows. Raises BlockDamagedError, KeyError for one that is elsewhere."""
        if self._tables is None:
            return self._plain[name]
        place = self._places[name]
        try:
            return _table_of(self._columns(self._tables, place), self._tables.lengths)
        except (msgspec.MsgspecError, ValueError, LookupError) as error:
            raise BlockDamagedError(str(error)) from error

    def _columns(self, packed: Tables, place: int) -> Columns:
        """The columns of the table at a place, by way of those between it and the whole one."""
        found = self._known.get(place)
        if found is None:
            found = _one(packed.tables[place])
            if place != packed.middle:
                near = self._columns(packed, _next(place, packed.middle))
                found = {**near, **{
                    key: list(map(add, near[key], more)) if key in near else more for key, more in found.items()
                }}  # fmt: skip
            if list(map(len, found.values())) != list(map(self._sizes.__getitem__, found)):
                raise ValueError("columns of other lengths")
            self._known[place] = found
        return found


def _table_of(columns: Columns, lengths: Sequence[tuple[int, int]]) -> Table:
    rows: list[tuple[int, ...]] = []
    starts: dict[int, int] = {}
    for length, count in lengths:
        nothing, parts = [0] * count, []
        for place in range(length):
            start = starts.get(place, 0)
            starts[place] = start + count
            parts.append(columns[place][start : start + count] if place in columns else nothing)
        rows += zip(*parts, strict=True)
    return tuple(rows)
