"""Waiting until what the events tell shows something."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

SEEN_S: Final = 5.0
"""How long an order is looked for; then it is unknown, and said so in so many words."""


class Pulse:
    """Beats whenever events were used and their facts are kept; nothing is waited for longer than `within_s`.

    What holds while facts are still on their way holds for nobody yet: an order that is done must not be told before
    the fact that shows it.
    """

    def __init__(self, within_s: float = SEEN_S) -> None:
        self.within_s = within_s
        self._beat = asyncio.Event()
        self._under_way = False

    def hold(self) -> None:
        """Facts are on their way until the next beat."""
        self._under_way = True

    def beat(self) -> None:
        """Something may be otherwise now."""
        self._under_way = False
        self._beat.set()
        self._beat = asyncio.Event()

    async def seen(self, holds: Callable[[], bool], within_s: float | None = None) -> bool:
        """Whether something holds, now or soon; a shorter time may be said."""
        end = time.monotonic() + (self.within_s if within_s is None else within_s)
        while self._under_way or not holds():
            left = end - time.monotonic()
            if left <= 0:
                return False
            try:
                async with asyncio.timeout(left):
                    await self._beat.wait()
            except TimeoutError:
                return not self._under_way and holds()
        return True

    async def next(self) -> None:
        """Wait for the next beat, not for ever."""
        await self.seen(_Once())


class _Once:
    """Holds from the second time on."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        before, self._asked = self._asked, True
        return before
