"""A clock that never goes back and, where the system has one, counts the time that the machine sleeps."""

from __future__ import annotations

import time


def steady() -> float:
    """Seconds since some moment in the past; only differences mean anything."""
    return time.clock_gettime(_BOOTTIME) if _BOOTTIME is not None else time.monotonic()


_BOOTTIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)
