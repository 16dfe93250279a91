"""Files of tables: there with all that was to be written, or as they were before."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from config.replacing import put_in_place


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[TextIO]:
    """A text file to write a table to; it takes the target's place when all of it is on the disk. Raises OSError.

    What is no ordinary file (a pipe, a device), or lies in a folder that takes no new ones, is written as it goes, and
    so is standard output, which `-` stands for: in UTF-8 as well, unless somebody reads it on a terminal.
    """
    if str(target) == "-":
        if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
            # Names in other encodings would be question marks.
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdout
        return
    place = target.resolve()
    fresh = place.with_name(f".{place.name}.new")
    try:
        out = _opened(fresh) if place.is_file() or not place.exists() else None
    except OSError:
        out = None
    if out is None:
        with _opened(target) as out:
            yield out
        return
    try:
        with out:
            yield out
        if place.exists():
            shutil.copymode(place, fresh)
        put_in_place(fresh, place)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")
