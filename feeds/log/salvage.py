"""What can be read of a damaged file: its blocks from the first up to the one before the first that is missing."""

from __future__ import annotations

import logging
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from feeds.log.files import UNREADABLE
from feeds.log.pages import Pages, Place
from feeds.log.rows import Row, unpack_row
from feeds.log.sums import BlockDamagedError

log = logging.getLogger("watchfloor.log")

_QUERY = "SELECT first, last, earliest, latest, body FROM blocks WHERE first = ?"


class _Known(NamedTuple):
    """A block that checked out; `place` is where it lies if the tree does not lead to it."""

    first: int
    earliest: int
    latest: int
    place: Place | None


class Salvage:
    """The blocks of a damaged file that lead on from the first, each found through the tree or else page by page.

    No block is held: a log may be long.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._blocks: list[_Known] = []
        self.rev = 0
        """The last revision of the blocks, 0 where there are none."""
        # The tree first, because it has what a log's -wal file adds, and leads to nothing that is out of date.
        self._follow(self._in_tree)
        try:
            self._pages = Pages(path)
            self._places = self._pages.places()
            self._follow(self._in_pages)
        except OSError as error:
            log.debug("%s: %s", path, error)

    def _follow(self, find: Callable[[int], Iterator[tuple[Row, Place | None]]]) -> None:
        while any(self._takes(row, place) for row, place in find(self.rev + 1)):
            pass

    def _in_tree(self, first: int) -> Iterator[tuple[Row, None]]:
        try:
            found = self._connection.execute(_QUERY, (first,)).fetchone()
        except UNREADABLE as error:
            log.debug("%s: %s", self._path, error)
            return
        if found:
            yield Row(*found), None

    def _in_pages(self, first: int) -> Iterator[tuple[Row, Place]]:
        for place in self._places.get(first, ()):
            try:
                yield self._pages.row(place), place
            except ValueError as error:
                log.debug("%s: page %d: %s", self._path, place.page, error)

    def _takes(self, row: Row, place: Place | None) -> bool:
        """Take a block if it is the next one and its bytes are what was written."""
        try:
            entries = unpack_row(row)
        except BlockDamagedError as error:
            log.debug("%s: the block at revision %d: %s", self._path, row.first, error)
            return False
        if row.first != self.rev + 1:
            return False
        # What lies about may be of another recording. That its times go on from those before is unlikely enough.
        times = [entry.fact.at for entry in entries]
        if self._blocks:
            times += self._blocks[-1].earliest, self._blocks[-1].latest
        if place is not None and (row.earliest, row.latest) != (min(times), max(times)):
            return False
        self._blocks.append(_Known(row.first, row.earliest, row.latest, place))
        self.rev = row.last
        return True

    def holding(self, rev: int) -> Row:
        """The block that holds a revision. Raises BlockDamagedError."""
        found = bisect_right(self._blocks, rev, key=attrgetter("first")) - 1
        if found < 0:
            raise BlockDamagedError("no block can be read")
        first, place = self._blocks[found].first, self._blocks[found].place
        try:
            row = self._pages.row(place) if place is not None else next(self._in_tree(first), (None,))[0]
        except (OSError, ValueError) as error:
            raise BlockDamagedError(str(error)) from error
        if row is None:
            raise BlockDamagedError("what could be read cannot be read any more")
        return row

    def begin_later(self, at: int) -> int | None:
        """The first revision of the first block with a fact later than `at`, UTC milliseconds; None if none has."""
        found = bisect_right(self._blocks, at, key=attrgetter("latest"))
        return self._blocks[found].first if found < len(self._blocks) else None

    def bounds(self) -> tuple[int, int] | None:
        """The earliest and the latest time of a fact in blocks, UTC milliseconds; None without blocks."""
        return self._blocks[-1][1:3] if self._blocks else None
