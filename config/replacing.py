"""Puts a finished file in another's place, also where somebody has that open for a moment."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

WAITS_S: Final = (0.01, 0.02, 0.05, 0.1, 0.2)


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
