"""Where this machine keeps what Watchfloor writes when no folder is named: logs, crash reports, recordings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

DATA_FOLDER = "WATCHFLOOR_DATA"


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder for data of this user: `WATCHFLOOR_DATA` if set, else the platform's place. It need not exist."""
    if environment.get(DATA_FOLDER):
        return Path(environment[DATA_FOLDER])
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "Watchfloor"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "watchfloor"
