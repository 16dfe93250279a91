"""The floor's clock in a gateway: real time or any pace, paused and moved while sources follow it."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Final

LOOK_S: Final = 1.0
"""A source that waits for the clock proves at least this often that it lives."""


class PacedClock:
    """Floor time that runs at `speed` floor seconds per second; see :class:`feeds.sources.base.Clock`.

    `math.inf` is as fast as the source can: the clock then stands where the source last asked for.
    """

    is_machines = False
    """Whether it is the clock of this machine, which somebody may set."""

    def __init__(self, at: int, speed: float = 1.0) -> None:
        self._at = at
        self._since = time.monotonic()
        self._speed = speed
        self._resume_speed = speed if speed > 0 else 1.0
        self._changed = asyncio.Event()
        self.waited_at = time.monotonic()
        """When a source last asked or was seen waiting, by the monotonic clock."""
        self.waiting = False
        """Whether a source waits: everything before now has been told."""
        self.waits = 0
        """How often a source has had to wait."""

    @property
    def speed(self) -> float:
        """Floor seconds per second; 0 while paused, infinity for `max`."""
        return self._speed

    @property
    def paused(self) -> bool:
        """Whether floor time stands still."""
        return self._speed == 0

    def now(self) -> int:
        """Floor time in UTC milliseconds."""
        if self._speed == 0 or math.isinf(self._speed):
            return self._at
        return self._at + int((time.monotonic() - self._since) * 1000 * self._speed)

    def set_speed(self, speed: float) -> None:
        """Go on at another speed. Raises ValueError unless it is 0 or greater."""
        if not speed >= 0:
            raise ValueError(f"a speed of {speed} is not possible: use 0 to pause, 1 for real time, more to go faster")
        self._move(self.now(), speed)
        if speed > 0:
            self._resume_speed = speed

    def pause(self) -> None:
        """Stand still."""
        self.set_speed(0)

    def resume(self) -> None:
        """Go on as fast as before the pause."""
        if self.paused:
            self.set_speed(self._resume_speed)

    def jump(self, at: int) -> None:
        """Stand at another moment and go on from there."""
        self._move(at, self._speed)

    def _move(self, at: int, speed: float) -> None:
        self._at, self._since, self._speed = at, time.monotonic(), speed
        self._changed.set()

    async def reach(self, at: int) -> None:
        """Return when floor time has come to `at`; at speed `max` at once, having moved the clock there."""
        try:
            await self._wait(at)
        finally:
            self.waiting = False

    async def _wait(self, at: int) -> None:
        while True:
            self.waited_at = time.monotonic()
            if math.isinf(self._speed):
                self._at = max(self._at, at)
                return
            missing_ms = at - self.now()
            if missing_ms <= 0:
                return
            wait_s = LOOK_S if self.paused else min(LOOK_S, missing_ms / 1000 / self._speed)
            self._changed.clear()
            self.waiting = True
            self.waits += 1
            try:
                async with asyncio.timeout(wait_s):
                    await self._changed.wait()
            except TimeoutError:
                continue
