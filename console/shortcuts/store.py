"""The shortcuts that somebody chose, in a file that can be read and mended by hand."""

from __future__ import annotations

import logging
from pathlib import Path

from msgspec import Struct

from config.environment.folders import data_folder
from console.machine import own_files

FILE = "shortcuts.json"
VERSION = 1

log = logging.getLogger("console.shortcuts")


class Kept(Struct, frozen=True):
    """What is kept: by the id of an action its shortcuts, blanks between them; usual ones are left out."""

    version: int = VERSION
    shortcuts: dict[str, str] = {}


def shortcuts_file() -> Path:
    """Where they are kept for this user."""
    return data_folder() / FILE


def load(path: Path) -> tuple[dict[str, str], bool]:
    """What was kept, and whether that could be read; a file that could not is put aside and the usual keys are used."""
    kept, trouble = own_files.read(path, Kept)
    if trouble is not None:
        log.warning("the shortcuts in %s cannot be used (%s); the usual ones are", path.name, trouble)
    return dict(kept.shortcuts) if kept is not None else {}, trouble is None


def save(path: Path, shortcuts: dict[str, str]) -> bool:
    """Keep them, whole or not at all; without any there is no file. Tells whether that worked."""
    try:
        if not shortcuts:
            path.unlink(missing_ok=True)
            return True
        own_files.write(path, Kept(shortcuts=dict(sorted(shortcuts.items()))))
    except OSError as trouble:
        log.warning("the shortcuts could not be kept in %s (%s)", path, trouble.strerror)
        return False
    return True
