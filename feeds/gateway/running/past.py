"""Whether a source that has just begun still tells, at once, what was before the clock's time, and how far it is."""

from __future__ import annotations

import math
import time
from typing import Final

from feeds.gateway.running.clock import PacedClock
from feeds.wire import CatchingUpParams

NEAR_S: Final = 10.0
"""A floor that is behind by no more seconds of its own pace was there a moment ago, such as before a restart."""
LOOK_S: Final = 15.0
PATIENCE_S: Final = 300.0
"""A source that would need longer than this at the pace of the last LOOK_S tells no past: it does not keep up."""


class Past:
    """The past from `begin` (floor time, UTC milliseconds) on, of a paced source that begins now."""

    def __init__(self, clock: PacedClock, begin: int) -> None:
        self._clock = clock
        self._begin = begin
        self._looked_at = time.monotonic()
        self._behind_ms = clock.now() - begin
        self._waits = clock.waits
        self._over = False

    def is_told(self, newest_at: int) -> bool:
        """Whether it is still being told, the newest of it of that time; once it is over it stays so."""
        if not self._over:
            clock, behind_ms = self._clock, self._clock.now() - max(newest_at, self._begin)
            near = behind_ms <= NEAR_S * 1000 * max(1.0, clock.speed)
            up_to_now = near or clock.waits > self._waits or math.isinf(clock.speed)
            self._over = up_to_now or self._is_slow(behind_ms)
        return not self._over

    def _is_slow(self, behind_ms: int) -> bool:
        moment = time.monotonic()
        spent_s = moment - self._looked_at
        if spent_s < LOOK_S:
            return False
        gained_ms = self._behind_ms - behind_ms
        self._looked_at, self._behind_ms = moment, behind_ms
        return behind_ms * spent_s > gained_ms * PATIENCE_S

    def progress(self, newest_at: int) -> CatchingUpParams:
        """How far it is told, with the newest of it of that time."""
        return CatchingUpParams(self._begin, max(newest_at, self._begin), self._clock.now())
