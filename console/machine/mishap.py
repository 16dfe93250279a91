"""What a person is told, and a maintainer can read later, when a command fails in a way nobody foresaw."""

from __future__ import annotations

import datetime
import traceback

from config.environment.folders import HomelessError, data_folder


def report(command: str, error: BaseException) -> str:
    """Write the traceback below the data folder and return the one line that says what happened and where that is."""
    now = datetime.datetime.now(datetime.UTC)
    said = " ".join(str(error).split()) or "no further words"
    line = f"`{command}` failed: {type(error).__name__}: {said}."
    try:
        path = data_folder() / "crashes" / f"{now:%Y%m%dT%H%M%SZ}-{command}.txt"
    except HomelessError as trouble:
        return f"{line} The details could not be written: {trouble}."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace")
    except OSError as trouble:
        return f"{line} The details could not be written to {path.parent} ({trouble.strerror})."
    return f"{line} The details are in {path}; `main.py doctor --zip FILE` packs them without names and numbers."
