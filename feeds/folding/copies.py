"""Copies of running totals at boundaries: what windows, quarter-hours and days are measured from.

All queues are copied together each slot, all crews together each minute. A copy never changes: a late fact puts another
in its place. So one copy can stand in many places, and a file needs to keep it once, under a name made of its content.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import count
from operator import add
from typing import Final, Self

import msgspec
from msgspec import Struct, field

CopyRow = tuple[int, ...]
"""One thing's totals at a boundary."""
NOTHING: Final[CopyRow] = (0,) * 64
"""Stands for things that were not yet known at a boundary; longer than any row."""

_numbers: Final = count()
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(tuple[CopyRow, ...]).decode

Fetch = Callable[[bytes], bytes | tuple[CopyRow, ...]]
"""Takes a copy's name, gives its packed bytes, or its rows where they are kept as such."""


class Copy:
    """The totals of all things of a kind at one boundary; read from its packed bytes when somebody looks into it."""

    __slots__ = ("_fetch", "_name", "_packed", "_rows", "number", "spent")

    def __init__(
        self, rows: tuple[CopyRow, ...] | None, *, name: bytes | None = None, fetch: Fetch | None = None
    ) -> None:
        self.number = next(_numbers)
        """No other copy ever has it: tells whether something was made of this very one, without holding on to it."""
        self.spent: tuple[list[int], list[int], list[int]] | None = None
        """What a reader of crews' time makes of the rows, once it has; see feeds.folding.core.Spent."""
        self._rows = rows
        self._packed: bytes | None = None
        self._name = name
        self._fetch = fetch

    @property
    def rows(self) -> tuple[CopyRow, ...]:
        """A row for each thing known at that moment, in the order in which they came to be."""
        if self._rows is None:
            if self._packed is None:
                self._get()
            if self._rows is None:
                self._rows = _unpack(self.packed)
        return self._rows

    def row(self, place: int) -> CopyRow:
        """The row of one thing; zeroes if it was not known yet."""
        rows = self.rows
        return rows[place] if place < len(rows) else NOTHING

    @property
    def packed(self) -> bytes:
        """The rows as bytes; equal rows give equal bytes."""
        if self._packed is None and self._rows is None:
            self._get()
        if self._packed is None:
            self._packed = _pack(self.rows)
        return self._packed

    def _get(self) -> None:
        if self._fetch is not None and self._name is not None:
            found = self._fetch(self._name)
            if isinstance(found, bytes):
                self._packed = found
            else:
                self._rows = found

    @property
    def lies_in(self) -> tuple[Collection[bytes], bytes] | None:
        """As :attr:`feeds.log.base.Packed.lies_in`. Raises LogError."""
        look = getattr(self._fetch, "lies_in", None)
        found: tuple[Collection[bytes], bytes] | None = None if look is None else look(self._name)
        return found

    @property
    def is_away(self) -> bool:
        """Whether nobody has looked into it and it would have to be fetched."""
        return self._rows is None and self._packed is None

    @property
    def name(self) -> bytes:
        """What the copy is called where it is kept: eight bytes that follow from its content."""
        if self._name is None:
            self._name = blake2b(self.packed, digest_size=8).digest()
        return self._name

    def plus(self, place: int, delta: Sequence[int]) -> Copy:
        """The copy with more in one thing's row."""
        rows = self.rows
        if place >= len(rows):
            rows += tuple((0,) * len(delta) for _ in range(len(rows), place + 1))
        return Copy((*rows[:place], tuple(map(add, rows[place], delta)), *rows[place + 1 :]))


class CopiesState(Struct, array_like=True, gc=False):
    """The names of all copies of a kind, as they are frozen."""

    ring: list[bytes] = field(default_factory=list)
    marks: list[tuple[int, bytes]] = field(default_factory=list)


class Copies:
    """The copies of one kind: at the slots of a little over an hour, at quarter-hours for as long as they are kept.

    `slot` is their distance in milliseconds, `size` how many are kept; a copy's place is slot number modulo size.
    """

    __slots__ = ("marks", "newest", "ring", "size", "slot")

    def __init__(self, slot: int, size: int) -> None:
        self.slot = slot
        self.size = size
        self.newest = Copy(())
        self.ring: list[Copy] = [self.newest] * size
        self.marks: list[tuple[int, Copy]] = []
        """(bucket start, copy at that moment), ascending; left out while nothing changes."""

    def keep(self, copy: Copy, boundary: int) -> None:
        """Take a slot's copy in, instead of the one an hour ago. `boundary` in UTC milliseconds."""
        self.newest = self.ring[boundary // self.slot % self.size] = copy

    def mark(self, boundary: int) -> None:
        """Keep the newest copy as that of a quarter-hour too."""
        if not self.marks or self.marks[-1][1].rows != self.newest.rows:
            self.marks.append((boundary, self.newest))

    def forget(self, oldest: int) -> None:
        """Drop marks that no quarter-hour from `oldest` on needs."""
        keep = next((place for place, (begin, _) in enumerate(self.marks) if begin > oldest), len(self.marks))
        # The last mark before the horizon stays: it is where the first kept quarter-hour begins.
        del self.marks[: max(0, keep - 1)]

    def at_slot(self, number: int) -> Copy:
        """The copy at the boundary where a slot begins; right for slots of the last hour."""
        return self.ring[number % self.size]

    def at_mark(self, at: int) -> Copy:
        """The copy at a bucket boundary that has passed."""
        place = bisect_right(self.marks, at, key=_begin)
        return self.marks[place - 1][1] if place else EMPTY

    def add(self, place: int, at: int, delta: Sequence[int], newest_slot: int, bucket_end: int | None) -> None:
        """Count something late: into every copy of one thing taken since `at`, and into marks from `bucket_end` on."""
        changed: dict[int, Copy] = {}

        def late(copy: Copy) -> Copy:
            # One copy may stand in many places, and shall afterwards too.
            known = changed.get(id(copy))
            if known is None:
                known = changed[id(copy)] = copy.plus(place, delta)
            return known

        held = list(self.ring)  # keeps every copy alive meanwhile, so that no identity is given twice
        for slot in range(max(at // self.slot + 1, newest_slot - self.size + 1), newest_slot + 1):
            self.ring[slot % self.size] = late(self.ring[slot % self.size])
        self.newest = self.ring[newest_slot % self.size]
        del held
        if bucket_end is None:
            return
        marks = self.marks
        first = bisect_right(marks, bucket_end - 1, key=_begin)
        if first == len(marks) or marks[first][0] != bucket_end:
            marks.insert(first, (bucket_end, marks[first - 1][1] if first else EMPTY))
        marks[first:] = [(begin, late(copy)) for begin, copy in marks[first:]]

    def add_passing(self, place: int, at: int, rate: Sequence[int], newest_slot: int, ends: range) -> None:
        """Count what grew by `rate` each millisecond since `at`: into each copy as much as had passed at its moment.

        `ends` are the quarter-hours that began meanwhile; each has a mark of its own afterwards.
        """
        changed: dict[tuple[int, int], Copy] = {}

        def late(copy: Copy, boundary: int) -> Copy:
            passed = boundary - at
            known = changed.get((id(copy), passed))
            if known is None:
                known = changed[id(copy), passed] = copy.plus(place, [each * passed for each in rate])
            return known

        held = (*self.ring, *self.marks)  # as above
        for slot in range(max(at // self.slot + 1, newest_slot - self.size + 1), newest_slot + 1):
            self.ring[slot % self.size] = late(self.ring[slot % self.size], slot * self.slot)
        self.newest = self.ring[newest_slot % self.size]
        marks = self.marks
        for end in ends:
            first = bisect_right(marks, end - 1, key=_begin)
            if first == len(marks) or marks[first][0] != end:
                marks.insert(first, (end, marks[first - 1][1] if first else EMPTY))
        if ends:
            first = bisect_right(marks, ends[0] - 1, key=_begin)
            marks[first:] = [(begin, late(copy, begin)) for begin, copy in marks[first:]]
        del held

    # Freezing

    def __iter__(self) -> Iterator[Copy]:
        """All copies, some of them more than once."""
        yield from self.ring
        for _, copy in self.marks:
            yield copy

    def state(self) -> CopiesState:
        """Which copy stands where, by name."""
        return CopiesState([copy.name for copy in self.ring], [(begin, copy.name) for begin, copy in self.marks])

    @classmethod
    def of(cls, state: CopiesState, slot: int, size: int, newest_slot: int, fetch: Fetch) -> Self:
        """The copies whose names were frozen; each is fetched when somebody looks into it."""
        made = cls(slot, size)
        known: dict[bytes, Copy] = {}

        def named(name: bytes) -> Copy:
            copy = known.get(name)
            if copy is None:
                copy = known[name] = Copy(None, name=name, fetch=fetch)
            return copy

        if state.ring:
            made.ring = [named(name) for name in state.ring]
            made.newest = made.ring[newest_slot % size]
        made.marks = [(begin, named(name)) for begin, name in state.marks]
        return made


EMPTY: Final = Copy(())


def _begin(mark: tuple[int, Copy]) -> int:
    return mark[0]


def named(kinds: Sequence[Copies]) -> Mapping[bytes, Copy]:
    """Every copy of some kinds, by name."""
    return {copy.name: copy for copies in kinds for copy in copies}
