"""Finds what a test leaves behind: threads, Qt timers, asyncio tasks, SQLite connections, and unexpected log lines."""

from __future__ import annotations

import asyncio.tasks
import gc
import logging
import re
import sqlite3
import sqlite3.dbapi2
import sys
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

GRACE = 1.0
OURS = ("main.py", "config", "console", "feeds", "widgets")


class Connection(sqlite3.Connection):
    """A connection that is known until it is closed: Python tells of a forgotten one now and then, and of no owner."""

    known: ClassVar[dict[int, Connection]] = {}

    def __init__(self, database: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(database, *arguments, **named)
        self.database = database
        self.known[id(self)] = self

    def close(self) -> None:
        super().close()
        self.known.pop(id(self), None)


def watch_connections() -> None:
    """Have every connection of this process known from now on."""
    watched = partial(sqlite3.connect, factory=Connection)
    sqlite3.connect = sqlite3.dbapi2.connect = watched


def running(with_qt: bool) -> set[int]:
    """The identities of all threads, tasks, connections and Qt timers that run now."""
    return {id(thing) for thing in _alive(with_qt)}


def left_running(before: set[int], with_qt: bool) -> list[str]:
    """What runs now and did not before, in words; gives it a second to end, because a thread that was told to may."""
    deadline = time.monotonic() + GRACE
    while left := [thing for thing in _alive(with_qt) if id(thing) not in before]:
        if time.monotonic() > deadline:
            return [_words(thing) for thing in left]
        threads = [thing for thing in left if isinstance(thing, threading.Thread)]
        if threads:
            threads[0].join(0.05)
        else:
            _let_go(with_qt)
    return []


def _let_go(with_qt: bool) -> None:
    """What only waits to be collected or deleted does not run."""
    gc.collect()
    if with_qt:
        from PySide6.QtCore import QCoreApplication

        delete_what_was_to_be_deleted()
        QCoreApplication.processEvents()
    time.sleep(0.01)  # the guard's own patience, after the test has ended


def delete_what_was_to_be_deleted() -> None:
    """What only an event loop would have deleted."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _alive(with_qt: bool) -> list[Any]:
    threads: list[Any] = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    tasks = [task for task in _all_tasks() if not task.done() and not task.get_loop().is_closed()]
    things = [*threads, *tasks, *Connection.known.values()]
    return things + (_qt_alive() if with_qt and "PySide6.QtCore" in sys.modules else [])


def _all_tasks() -> list[asyncio.Task[Any]]:
    """Of every loop, which asyncio's public all_tasks() cannot tell from outside a loop; the name changed in 3.12."""
    found: list[asyncio.Task[Any]] = []
    for name in ("_all_tasks", "_scheduled_tasks", "_eager_tasks"):
        found += [task for task in list(getattr(asyncio.tasks, name, ())) if isinstance(task, asyncio.Task)]
    return found


def _qt_alive() -> list[Any]:
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    kinds = _with_subclasses(QTimer) | _with_subclasses(QThread)
    found = [thing for thing in gc.get_objects() if type(thing) in kinds and isValid(thing)]
    main = QThread.currentThread()
    return [
        thing
        for thing in found
        if (thing.isActive() if isinstance(thing, QTimer) else thing.isRunning() and thing is not main)
    ]


def _with_subclasses(kind: type) -> set[type]:
    return {kind}.union(*(_with_subclasses(below) for below in type.__subclasses__(kind)))


def _words(thing: Any) -> str:
    if isinstance(thing, threading.Thread):
        return f"thread {thing.name!r}"
    if isinstance(thing, asyncio.Task):
        return f"task {thing.get_name()!r} of {getattr(thing.get_coro(), '__qualname__', thing.get_coro())}"
    if isinstance(thing, Connection):
        return f"SQLite connection to {thing.database}"
    return f"{type(thing).__name__} {thing.objectName()!r} of parent {thing.parent()!r}"


class LogLines(logging.Handler):
    """Collects, while entered, what our own code and asyncio log at level WARNING or above."""

    def __init__(self, root: Path) -> None:
        super().__init__(logging.WARNING)
        self._ours = tuple(str(root / name) for name in OURS)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.pathname.startswith(self._ours) or record.name == "asyncio":
            self._records.append(record)

    def unexpected(self, patterns: Sequence[str]) -> list[str]:
        """The lines that no pattern matches, with their level and topic."""
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self._records]
        return [line for line in lines if not any(re.search(pattern, line) for pattern in patterns)]

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        logging.getLogger().removeHandler(self)
