"""A clock that never goes back and, where the system has one, counts the time that the machine sleeps."""

import time
from collections.abc import Callable
from typing import Final


def _clock() -> Callable[[], float]:
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    if boottime is None:
        return time.monotonic
    return lambda: time.clock_gettime(boottime)


now: Final = _clock()
"""Seconds since some moment in the past; only differences mean anything."""
