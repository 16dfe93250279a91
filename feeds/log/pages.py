"""The rows of `blocks` found page by page in a damaged file: a tree that lost an upper page leads to few of them.

A leaf page says that it is one, and a row of `blocks` has a shape that no other table's has; whether it is what was
written, whoever takes it must find out. Source: sqlite.org/fileformat2.html, 1.3 (header), 1.6 (pages), 2.1 (records).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple

from feeds.log.rows import Row

_LEAF: Final = 0x0D
"""The first byte of a page with rows of a table."""
_CELLS: Final = 8
"""Where the places of a leaf's rows begin."""
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
"""Serial type of an integer -> its bytes; 8 and 9 stand for the numbers 0 and 1."""
_SHORTEST_BLOB: Final = 12
_MANY: Final = 1024
"""Pages that are read at once."""


class Place(NamedTuple):
    """Where a row begins: the page, counted from one, and the byte in it."""

    page: int
    offset: int


class Pages:
    """A file's pages, read past SQLite. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            head = file.read(100)
            length = file.seek(0, 2)
        size = int.from_bytes(head[16:18])
        self._size = 65_536 if size == 1 else max(size, 512)
        self._usable = self._size - head[20]
        self._count = length // self._size

    def places(self) -> dict[int, list[Place]]:
        """Where rows of `blocks` seem to lie, by their first revision; one that moved may have left its old self."""
        found: dict[int, list[Place]] = {}
        with self._path.open("rb") as file:
            number = 0
            while many := file.read(self._size * _MANY):
                for begin in range(0, len(many) - self._size + 1, self._size):
                    number += 1
                    if many[begin] == _LEAF:
                        page = many[begin : begin + self._size]
                        for first, offset in self._rows(page):
                            found.setdefault(first, []).append(Place(number, offset))
        return found

    def _rows(self, page: bytes) -> Iterator[tuple[int, int]]:
        """The first revisions and the offsets of what looks like rows of `blocks` on a leaf."""
        for at in range(_CELLS, min(_CELLS + 2 * int.from_bytes(page[3:5]), self._usable), 2):
            offset = int.from_bytes(page[at : at + 2])
            try:
                _, at_key = _varint(page, offset)
                first, at_record = _varint(page, at_key)
                _shape(page, at_record)
            except (IndexError, ValueError):
                continue
            yield first, offset

    def row(self, place: Place) -> Row:
        """The row at a place. Raises ValueError where it is not all there."""
        with self._path.open("rb") as file:
            page = self._page(file, place.page)
            try:
                length, at = _varint(page, place.offset)
                first, at = _varint(page, at)
                record = self._record(file, page, at, length)
                kinds, begin = _shape(record, 0)
            except IndexError as error:
                raise ValueError("a row that ends too early") from error
        numbers = []
        for kind in kinds:
            end = begin + _INTEGERS[kind]
            numbers.append(kind - 8 if kind >= 8 else int.from_bytes(record[begin:end], signed=True))
            begin = end
        last, earliest, latest = numbers
        return Row(first, last, earliest, latest, record[begin:])

    def _record(self, file: IO[bytes], page: bytes, at: int, length: int) -> bytes:
        """A record of so many bytes that begins on a page and may go on, page by page, elsewhere."""
        if length > self._count * self._size:
            raise ValueError("a row longer than the file")
        here = self._here(length)
        parts, missing = [page[at : at + here]], length - here
        following = page[at + here : at + here + 4]
        while missing > 0:
            page = self._page(file, int.from_bytes(following))
            parts.append(page[4 : min(self._usable, 4 + missing)])
            missing -= self._usable - 4
            following = page[:4]
        return b"".join(parts)

    def _here(self, length: int) -> int:
        """How many bytes of a record lie on the leaf itself."""
        most = self._usable - 35
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        some = least + (length - least) % (self._usable - 4)
        return some if some <= most else least

    def _page(self, file: IO[bytes], number: int) -> bytes:
        if not 1 <= number <= self._count:
            raise ValueError("a page that is not there")
        file.seek((number - 1) * self._size)
        page = file.read(self._size)
        if len(page) < self._size:
            raise ValueError("a page that is not there any more")
        return page


def _shape(record: bytes, begin: int) -> tuple[list[int], int]:
    """The serial types of a record's three integers, and where their values begin.

    Raises ValueError for what is no row of `blocks` (the key, which lies elsewhere; three integers; bytes), IndexError
    for what ends too early.
    """
    length, at = _varint(record, begin)
    kinds = []
    while at < begin + length:
        kind, at = _varint(record, at)
        kinds.append(kind)
    if len(kinds) != 5 or kinds[0] or kinds[4] < _SHORTEST_BLOB or kinds[4] % 2:
        raise ValueError("no row of blocks")
    if not _INTEGERS.keys() >= set(kinds[1:4]):
        raise ValueError("no row of blocks")
    return kinds[1:4], begin + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins. Raises IndexError."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9
