"""A site's mistakes: where each of them stands, what is wrong, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import NamedTuple

from msgspec import Struct


class Mark(NamedTuple):
    """A place in a file; `line` and `column` count from 1, both are 0 for a whole file or folder."""

    file: str
    line: int = 0
    column: int = 0


class Mistake(Struct, frozen=True):
    """One thing that is wrong in a site folder."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class SiteError(Exception):
    """A site cannot be used. `mistakes` holds every reason at once, ordered by file and position; never empty.

    `incomplete` is set when a file could not be read at all, so that nothing could be said about what refers to it.
    """

    def __init__(self, mistakes: Collection[Mistake], *, incomplete: bool = False) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda one: (one.file, one.line, one.column)))
        self.incomplete = incomplete
        super().__init__("\n".join(str(one) for one in self.mistakes))


class Mistakes:
    """Collects mistakes; the same one at the same place is kept once."""

    def __init__(self) -> None:
        self._found: dict[Mistake, None] = {}

    def __len__(self) -> int:
        return len(self._found)

    def add(self, mark: Mark, message: str) -> None:
        """Keep a mistake at a place."""
        self._found[Mistake(mark.file, mark.line, mark.column, message)] = None

    def all(self) -> tuple[Mistake, ...]:
        """What was found, in the order of finding."""
        return tuple(self._found)


def quoted(text: str) -> str:
    """A text as it appears in messages: in backquotes, on one line, shortened; a line's end at its end is seen."""
    flat = " ".join(text.split()) + ("\\n" if text.endswith("\n") and text.strip() else "")
    return f"`{flat[:60]}…`" if len(flat) > 60 else f"`{flat}`"


def did_you_mean(word: str, known: Collection[str]) -> str:
    """` (did you mean …?)` for the known word that comes nearest; empty where none is near."""
    # Long words are nobody's slip of the pen, and comparing them takes quadratic time.
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.55) if len(word) <= 80 else []
    if not near:
        folded = {one.casefold(): one for one in known}
        near = [folded[word.casefold()]] if word.casefold() in folded else []
    return f" (did you mean {quoted(near[0])}?)" if near else ""


def one_of(known: Collection[str]) -> str:
    """The known words, for a message; at most twelve of them."""
    shown = list(known)[:12]
    return ", ".join(shown) + (", …" if len(known) > len(shown) else "")
