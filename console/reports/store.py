"""Crash reports on disk: one small file each, without secrets and numbers, the oldest dropped when there are many."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import logging
import platform
import re
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from config.environment.folders import data_folder

FOLDER, SEEN = "crashes", ".seen"
MOST = 30
LONGEST = 64 * 1024
"""Bytes of a report; a traceback that is longer loses its middle."""
_NAME = re.compile(r"\d{8}T\d{6}Z(?:-\d+)?-[\w-]+\.txt")

log = logging.getLogger("console.reports")
_written: set[str] = set()


class Report(Struct, frozen=True):
    """A report: its file's name, when it happened (UTC) and in which part of the program."""

    name: str
    at: datetime.datetime
    part: str


def folder() -> Path:
    """Where the reports of this user are."""
    return data_folder() / FOLDER


def write(part: str, error: BaseException, about: Mapping[str, object] | None = None) -> Path | None:
    """Write down what failed; None when that cannot be done, or was done already since this program began.

    `part` is the word for where it happened (`panel-queues`), `about` what else helps to understand it.
    """
    trace = "".join(traceback.format_exception(error))
    mark = hashlib.sha256(f"{part}\n{trace}".encode(errors="replace")).hexdigest()
    if mark in _written:
        return None
    _written.add(mark)
    return write_text(part, f"{_head(part, about or {})}\n{trace}")


def write_text(part: str, text: str) -> Path | None:
    """Write down a report of that text, without secrets, numbers and names of this machine."""
    from console.doctor import redaction  # wanted only when something fails

    clean = redaction.Redactor(redaction.of_this_machine()).text(text)
    if len(clean) > LONGEST:
        clean = f"{clean[: LONGEST // 2]}\n[...]\n{clean[-LONGEST // 2 :]}"
    now = datetime.datetime.now(datetime.UTC)
    try:
        folder().mkdir(parents=True, exist_ok=True)
        path = _free(f"{now:%Y%m%dT%H%M%SZ}", re.sub(r"[^\w-]", "-", part))
        path.write_text(clean, encoding="utf-8")
        _drop_the_oldest()
    except OSError as trouble:
        log.warning("a crash report could not be written to %s (%s)", folder(), trouble.strerror)
        return None
    return path


def _free(stamp: str, part: str) -> Path:
    names = (f"{stamp}{'' if number == 0 else f'-{number}'}-{part}.txt" for number in range(1000))
    return next(path for path in (folder() / name for name in names) if not path.exists())


def _drop_the_oldest() -> None:
    for old in listed()[MOST:]:
        delete(old.name)


def _head(part: str, about: Mapping[str, object]) -> str:
    from console.doctor.diagnostics import version

    facts = {
        "Watchfloor": version(),
        "part": part,
        "at": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        **about,
    }
    qt = sys.modules.get("PySide6")
    if qt is not None:
        facts["PySide6"] = qt.__version__
    return "\n".join(f"{name}: {value}" for name, value in facts.items()) + "\n"


def take_faults(file: Path) -> None:
    """Make a report of what the interpreter wrote when it was killed by its own fault, and begin a clean file."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace").strip()
        if text:
            write_text("desk-killed", f"{_head('desk-killed', {})}\n{text}\n")
            with file.open("r+b") as opened:  # it is open in faulthandler already, which goes on at its new end
                opened.truncate(0)
    except FileNotFoundError:
        return
    except OSError as trouble:
        log.warning("what the last fault wrote cannot be read (%s)", trouble.strerror)


def listed() -> list[Report]:
    """All reports, the newest first."""
    with contextlib.suppress(OSError):
        names = sorted((path.name for path in folder().iterdir() if _NAME.fullmatch(path.name)), reverse=True)
        return [_report(name) for name in names]
    return []


def _report(name: str) -> Report:
    stamp, _, rest = name.removesuffix(".txt").partition("-")
    number, _, part = rest.partition("-")
    at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
    return Report(name, at, part if number.isdigit() and part else rest)


def fresh() -> list[Report]:
    """Those that were never offered."""
    seen = _seen()
    return [report for report in listed() if report.name not in seen]


def mark_offered() -> None:
    """All that are there now have been offered."""
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / SEEN).write_text("\n".join(report.name for report in listed()), encoding="utf-8")


def _seen() -> frozenset[str]:
    try:
        return frozenset((folder() / SEEN).read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return frozenset()


def text_of(name: str) -> str:
    """What a report says; empty when it is gone."""
    if not _NAME.fullmatch(name):
        return ""
    try:
        return (folder() / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def delete(name: str) -> bool:
    """Delete a report; False when that could not be done."""
    if not _NAME.fullmatch(name):
        return False
    try:
        (folder() / name).unlink(missing_ok=True)
    except OSError as trouble:
        log.warning("the crash report %s could not be deleted (%s)", name, trouble.strerror)
        return False
    return True


def forget_written() -> None:
    """Have the same failure written down again; each run of the program begins so."""
    _written.clear()
