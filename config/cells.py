"""Text in the cells of a terminal, of which a Chinese character takes two."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """How many cells a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """A text filled up to so many cells, at the right edge of them if wanted; a longer one as it is."""
    space = " " * (cells - width(text))
    return space + text if right else text + space
