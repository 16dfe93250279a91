"""Where the blocks of a field stand: side by side where that saves height, each in as many lines as its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

WIDEST = 4
"""At most so many blocks side by side, so that their headings can be read."""


class Band(Struct, frozen=True):
    """A stripe of the field: blocks `first` up to but without `last`, each with its number of columns."""

    first: int
    last: int
    lines: int
    columns: tuple[int, ...]


def bands(counts: Sequence[int], columns: int, head: float = 0.6) -> tuple[Band, ...]:
    """The arrangement of blocks of these sizes that is lowest; `head` is the height of a heading in lines.

    Blocks keep their order, and a block has at least one column even when it is empty.
    """
    columns = max(1, columns)
    best: list[tuple[float, tuple[Band, ...]]] = [(0.0, ())]
    for last in range(1, len(counts) + 1):
        options = []
        for first in range(max(0, last - WIDEST), last):
            band = _band(counts, first, last, columns)
            if band is not None:
                height, before = best[first]
                options.append((height + band.lines + head, (*before, band)))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _band(counts: Sequence[int], first: int, last: int, columns: int) -> Band | None:
    """These blocks side by side with the fewest lines, or None when they do not fit beside each other."""
    sizes = [max(1, count) for count in counts[first:last]]
    if len(sizes) > columns:
        return None
    if len(sizes) == 1:
        return Band(first, last, -(-sizes[0] // columns), (min(columns, sizes[0]),))
    lines = -(-sum(sizes) // columns)
    while True:
        widths = [-(-size // lines) for size in sizes]
        if sum(widths) <= columns:
            return Band(first, last, lines, tuple(widths))
        lines += 1
