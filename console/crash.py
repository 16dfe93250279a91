"""What happens to errors that nobody caught: one line in the log, a traceback on disk, and the program goes on."""

from __future__ import annotations

import faulthandler
import logging
import os
import shutil
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

LOG_BYTES, LOG_FILES = 1_000_000, 3
_LEVELS = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.INFO,
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}
log = logging.getLogger("console.crash")
_fault_file: list[object] = []


def keep_log(folder: Path, name: str, *, verbose: bool = False) -> None:
    """Write the log of this program to the screen and, if it can be, to a file that never grows beyond bounds."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.log"
        handlers.append(_bounded(path))
        faults = (folder / f"{name}-faults.txt").open("a", encoding="utf-8")
        _fault_file[:] = [faults]
        faulthandler.enable(faults)
    except OSError as trouble:
        sys.stderr.write(f"watchfloor: no log file in {folder} ({trouble.strerror})\n")
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, format=form, handlers=handlers, force=True)
    logging.getLogger("websockets").setLevel(logging.WARNING)


def _bounded(path: Path) -> logging.Handler:
    """A file of the log that never grows beyond bounds, and that says once when its disk takes no more."""
    import logging.handlers  # here and not above, because a desk's first picture does not wait for it

    class Bounded(logging.handlers.RotatingFileHandler):
        full = False

        def emit(self, record: logging.LogRecord) -> None:
            self.failed = False
            super().emit(record)
            self.full = self.failed

        def shouldRollover(self, record: logging.LogRecord) -> int:
            if self.stream is not None:
                self.stream.seek(0, 2)  # where it ends for everybody: from 3.13 on only what was written here counts
            return super().shouldRollover(record)

        def rotate(self, source: str, dest: str) -> None:
            try:
                super().rotate(source, dest)
            except PermissionError:  # Windows renames nothing that somebody else, such as a second wall, writes into
                shutil.copyfile(source, dest)
                os.truncate(source, 0)

        def handleError(self, record: logging.LogRecord) -> None:
            error = sys.exc_info()[1]
            if not isinstance(error, OSError):
                super().handleError(record)
                return
            self.failed = True
            if not self.full and sys.stderr is not None:  # else twenty lines for each, where room is short already
                sys.stderr.write(f"watchfloor: the log in {path} is not written on ({error.strerror})\n")

    return Bounded(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")


def catch_all() -> None:
    """Send what nobody caught, and what Qt says, to the log."""
    from PySide6.QtCore import qInstallMessageHandler

    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    qInstallMessageHandler(_from_qt)


def let_go() -> None:
    """Give errors and Qt's messages back to where they went before."""
    from PySide6.QtCore import qInstallMessageHandler

    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    qInstallMessageHandler(None)


def _uncaught(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, at)
        return
    log.error("an error that nobody foresaw", exc_info=(kind, error, at))
    _write_down(error)


def _uncaught_in_thread(hook: threading.ExceptHookArgs) -> None:
    name = hook.thread.name if hook.thread is not None else "a thread"
    error = hook.exc_value or hook.exc_type()
    log.error("an error that nobody foresaw in %s", name, exc_info=(hook.exc_type, error, hook.exc_traceback))
    _write_down(error)


def _write_down(error: BaseException) -> None:
    """Keep it for the next start; nothing that fails here may fail again."""
    from console.reports import store

    try:
        store.write("desk", error)
    except Exception:
        log.exception("a crash report could not be written")


def _from_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind.name, logging.WARNING), "%s", message)
