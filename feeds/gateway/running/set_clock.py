"""Notices that somebody set the machine's clock, or that the machine slept: a floor can neither go back nor leap."""

from __future__ import annotations

import logging
import time
from typing import Final

from feeds.gateway.running.clock import PacedClock

log = logging.getLogger("feeds.gateway.running.set_clock")

PUT_BACK_MS: Final = 5000
"""By more than this no floor of a real source is ahead of the machine's clock, unless that was put back."""
LEAP_MS: Final = 60_000
"""A machine's clock that goes on by so much more than time has passed was put forward, or the machine slept."""


class SetClock:
    """Watches the clock of a live floor; of one that is paced there is nothing to notice."""

    def __init__(self, clock: PacedClock) -> None:
        self._clock = clock
        self._told_at: float | None = None
        """When it was told that the clock was put back, by the monotonic one; None while it was not."""
        self._looked: tuple[int, float] | None = None
        """The machine's clock and the monotonic one when they were last compared."""

    def put_back_ms(self, floor_now: int) -> int:
        """How far the floor is ahead of the machine's clock: it stands until it is caught up. 0 where it is not."""
        ahead = floor_now - self._clock.now() if self._clock.is_machines else 0
        return ahead if ahead > PUT_BACK_MS else 0

    def put_back(self, floor_now: int) -> str:
        """That the floor stands still for it, in words; empty where it does not."""
        ahead = self.put_back_ms(floor_now)
        if not ahead:
            return ""
        return f"the gateway's clock was put back: the floor stands still for {max(1, round(ahead / 60_000))} min"

    def tell(self, floor_now: int) -> None:
        """Log once that it was put back, and once that it has caught up."""
        put_back = self.put_back(floor_now)
        if put_back and self._told_at is None:
            log.warning("%s; if it was wrong before, start again with --fresh", put_back)
            self._told_at = time.monotonic()
        elif self._told_at is not None and not put_back:
            log.info("the clock has caught up with the floor")
            self._told_at = None

    def stands_ms(self) -> int:
        """For how long the floor has stood still for it: what comes from its source meanwhile is not of now."""
        return 0 if self._told_at is None else int((time.monotonic() - self._told_at) * 1000)

    def leapt(self) -> tuple[int, int] | None:
        """From when to when (UTC milliseconds) the clock left time out since this was last asked, if it did."""
        if not self._clock.is_machines:
            return None
        now, monotonic = self._clock.now(), time.monotonic()
        before, self._looked = self._looked, (now, monotonic)
        if before is None:
            return None
        leapt = now - before[0] - int((monotonic - before[1]) * 1000)
        if leapt <= LEAP_MS:
            return None
        log.warning("the clock was put forward by %d min, or this machine slept: a gap", round(leapt / 60_000))
        return before[0], now
