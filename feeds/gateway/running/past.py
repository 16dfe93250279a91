"""Whether a source that has just begun still tells, at once, what was before the clock's time."""

from __future__ import annotations

import math
import time
from typing import Final

from feeds.gateway.running.clock import PacedClock

NEAR_S: Final = 10.0
"""A floor that is behind by no more seconds of its own pace was there a moment ago, such as before a restart."""
LONGEST_S: Final = 30.0
"""For so long at most a source is taken to tell what was before; then it does not keep up."""


class Past:
    """The past of a floor that stands at `stood_at` (floor time, UTC milliseconds) when its paced source begins."""

    def __init__(self, clock: PacedClock, stood_at: int) -> None:
        self._clock = clock
        self._stood_at = stood_at
        self._begun_at = time.monotonic()
        self._waits = clock.waits
        self._over = False

    def is_told(self, newest_at: int) -> bool:
        """Whether it is still being told, the newest of it of that time; once it is over it stays so."""
        if not self._over:
            clock = self._clock
            near = clock.now() - max(newest_at, self._stood_at) <= NEAR_S * 1000 * max(1.0, clock.speed)
            up_to_now = near or clock.waits > self._waits or math.isinf(clock.speed)
            self._over = up_to_now or time.monotonic() - self._begun_at >= LONGEST_S
        return not self._over
