"""Where this machine keeps what Watchfloor writes when no folder is named: logs, crash reports, recordings."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path

DATA_FOLDER = "WATCHFLOOR_DATA"


class HomelessError(OSError):
    """Whoever runs this has no home folder, as in a container or a service; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(errno.ENOENT, f"no home folder of this user is known: set {DATA_FOLDER} to a folder for data")

    def __str__(self) -> str:
        return str(self.strerror)


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder for data of this user: `WATCHFLOOR_DATA` if set, else the platform's place. It need not exist.

    Raises HomelessError.
    """
    if environment.get(DATA_FOLDER):
        return Path(environment[DATA_FOLDER])
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or _home() / "AppData/Local") / "Watchfloor"
    return Path(environment.get("XDG_DATA_HOME") or _home() / ".local/share") / "watchfloor"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise HomelessError from None
