"""Whether a running desk grows: what it holds, counted at like moments, and a judge who looks at the counts."""

from __future__ import annotations

import ctypes
import gc
import statistics
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from widgets.desk_texts import LineText

PARTS = 4
"""The first and the last so manieth of the samples are compared."""
LINE_OBJECTS = 3
"""What a line of a table is made of: itself, its tones, and its place in the table."""


class Sample(Struct, frozen=True):
    """What a process holds at a moment. `entities` is how much there is to hold: the floor is not the same all day."""

    resident_mb: float
    threads: int
    timers: int
    running_timers: int
    qobjects: int
    widgets: int
    python_objects: int
    entities: int = 0


class Allowance(Struct, frozen=True):
    """How much more there may be at the end than in the beginning: a share, and a number besides."""

    share: float = 0.0
    number: float = 0.0


ALLOWED = {
    "resident_mb": Allowance(0.04, 4.0),
    "threads": Allowance(),
    "timers": Allowance(0.0, 2),
    "running_timers": Allowance(0.0, 2),
    "qobjects": Allowance(0.01, 10),
    "widgets": Allowance(0.01, 6),
    "python_objects": Allowance(0.03, 2000),
}


def sample(roots: Sequence[QObject], entities: int = 0) -> Sample:
    """Count, after what only waits to be let go of is gone."""
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
        gc.collect()
    _trim()
    objects = _tree(roots)
    timers = [one for one in objects if isinstance(one, QTimer)]
    return Sample(
        resident_mb=_resident_mb(), threads=threading.active_count(), timers=len(timers),
        running_timers=sum(timer.isActive() for timer in timers), qobjects=len(objects),
        widgets=len(QApplication.allWidgets()), python_objects=_python_objects(), entities=entities,
    )  # fmt: skip


def _python_objects() -> int:
    """Python's own, less what counting leaves and what the floor brings.

    `findChildren` has Python keep what it has shown for as long as the window lives, also when Qt has deleted it. How
    many lines tables have is for the floor to say, and may be five times as many in the afternoon.
    """
    objects = gc.get_objects()
    gone = sum(isinstance(one, QObject) and not isValid(one) for one in objects)
    return len(objects) - gone - LINE_OBJECTS * sum(type(one) is LineText for one in objects)


def _tree(roots: Sequence[QObject]) -> list[QObject]:
    """Everything that hangs on these and on any window; what is nobody's child is found by Python's own list."""
    found: dict[int, QObject] = {}
    for root in (*roots, *QApplication.topLevelWidgets(), *_orphans()):
        for one in (root, *root.findChildren(QObject)):
            found[id(one)] = one
    return list(found.values())


def _orphans() -> list[QObject]:
    found = []
    for one in gc.get_objects():
        if isinstance(one, QTimer) and isValid(one) and one.parent() is None:
            found.append(one)
    return found


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20


def _trim() -> None:
    """Have the allocator give back what is free, or holes are counted; elsewhere than on glibc it cannot be told."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def grown(samples: Sequence[Sample], allowed: dict[str, Allowance] | None = None) -> list[str]:
    """What has grown, in words: the median of the last samples against that of the first ones.

    A median, because one sample may fall into a moment that is not like the others. Objects and memory of the floor
    itself may grow as the floor does.
    """
    size = max(1, len(samples) // PARTS)
    first, last = samples[:size], samples[-size:]
    floor = _median(last, "entities") / max(1.0, _median(first, "entities"))
    said = []
    for name, allowance in (allowed or ALLOWED).items():
        before, after = _median(first, name), _median(last, name)
        most = before * (1 + allowance.share) + allowance.number
        if name in ("python_objects", "resident_mb"):
            most *= max(1.0, floor)
        if after > most:
            said.append(f"{name} grew from {before:g} to {after:g}, {most:g} at most")
    return said


def _median(samples: Sequence[Sample], name: str) -> float:
    return float(statistics.median(getattr(one, name) for one in samples))


def kinds() -> Counter[str]:
    """How many Python objects there are of each type, for whoever looks for what has grown."""
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
