"""How much room the headings and the cells of a table take, whatever number stands in them just now."""

from __future__ import annotations

from functools import lru_cache

from widgets.faces import width_of
from widgets.texts import Cell

HEAD, ROW, BOLDER, TAIL, TAIL_GAP = 28.0, 40.0, 44.0, 36.0, 6.0
"""Type of headings, of cells, of bold ones and of what stands behind a number, and the gap before that, in units."""
_DIGITS = str.maketrans("123456789", "000000000")


def content_of(cell: Cell) -> float:
    """The room that a cell takes at the smallest type, in units: in bold, so that no tone moves anything."""
    size, tail = BOLDER if cell.bold else ROW, cell.tail.translate(_DIGITS)
    return width_of(cell.text.translate(_DIGITS), size, True) + (width_of(tail, TAIL) + TAIL_GAP if tail else 0.0)


@lru_cache(maxsize=64)
def halves(title: str) -> tuple[str, ...]:
    """A heading in two lines, parted where the longer one is shortest; in one where it is a single word."""
    words = title.split(" ")
    ways = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return min(ways, key=lambda way: max(width_of(line, HEAD) for line in way), default=(title,))
