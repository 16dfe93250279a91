"""Files of tables: there with all that was to be written, or as they were before."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from config.replacing import written_beside


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[TextIO]:
    """A text file to write a table to; it takes the target's place when all of it is on the disk. Raises OSError.

    What cannot be replaced is written as it goes, and so is standard output, which `-` stands for: in UTF-8 as well,
    unless somebody reads it on a terminal.
    """
    if str(target) == "-":
        if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
            # Names in other encodings would be question marks.
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdout
        return
    with written_beside(target) as place, _opened(place) as out:
        yield out


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")
