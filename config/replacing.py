"""Puts a finished file in another's place, also where somebody has that open for a moment."""

from __future__ import annotations

import contextlib
import errno
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

WAITS_S: Final = (0.01, 0.02, 0.05, 0.1, 0.2)
_BOOK: Final = b"SQLite format 3\0"


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a file the name of another, which is gone then. Raises OSError, and then neither has changed.

    Windows refuses while anybody has the other one open: a virus scanner, an indexer, or one of us who reads it.
    """
    for wait in WAITS_S:
        try:
            fresh.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    fresh.replace(path)


@contextlib.contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """Where to write what takes the target's place once the block has ended well. Raises OSError.

    That is the target itself where it is no ordinary file (a pipe, a device), or where its folder takes no new ones.
    A recording, a log or an audit is not replaced: nobody could make it again.
    """
    place = target.resolve()
    fresh = _begun(place)
    if fresh is None:
        yield target
        return
    try:
        yield fresh
        if place.exists():
            shutil.copymode(place, fresh)
        put_in_place(fresh, place)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _begun(place: Path) -> Path | None:
    """An empty file beside that place; None where what is to stand there is written to directly."""
    if place.exists() and not place.is_file():
        return None
    if _is_book(place):
        raise FileExistsError(errno.EEXIST, "it is a recording, a log or an audit, which would be lost", str(place))
    fresh = place.with_name(f".{place.name}.new")
    try:
        fresh.open("wb").close()
    except OSError:
        return None
    return fresh


def _is_book(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_BOOK)) == _BOOK
    except OSError:  # writing it will tell what is the matter
        return False
