"""What somebody likes a panel to be like (cards or a table, sorted by what), kept for them beside the layout."""

from __future__ import annotations

import logging
from pathlib import Path

from console.machine import own_files

FILE = "habits.json"
MOST = 200

log = logging.getLogger("console.habits")


class Habits:
    """Short words by name. Without a path they last as long as the desk runs."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, str] = {}
        if path is not None:
            found, trouble = own_files.read(path, dict[str, str])
            self._kept = found or {}
            if trouble is not None:
                log.warning("what is kept in %s cannot be used (%s)", path.name, trouble)

    def get(self, name: str, usual: str = "") -> str:
        """What is kept under a name."""
        return self._kept.get(name, usual)

    def put(self, name: str, value: str) -> None:
        """Keep it from now on."""
        if self._kept.get(name) == value or (name not in self._kept and len(self._kept) >= MOST):
            return
        self._kept[name] = value
        if self._path is None:
            return
        try:
            own_files.write(self._path, self._kept)
        except OSError as trouble:
            log.warning("nothing could be kept in %s (%s)", self._path, trouble.strerror)
