"""Which orders that did nothing go into the books: all of a person's, and of a program's endless ones their number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

AT_ONCE: Final = 300
"""So many of a credential are kept at once: whoever reviews an order for a floor has one rehearsed for each seat."""
A_SECOND: Final = 0.5
"""So many more are kept as time passes."""
TOLD_S: Final = 60.0
"""How often the number of those that are not kept is told."""


class _Room(Struct):
    at: float
    room: float
    left_out: int = 0
    told: float = 0.0
    """When their number was told last, or the first of them came."""


class Sparing:
    """Counts by credential; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._rooms: dict[str, _Room] = {}

    def take(self, token: str) -> tuple[bool, int]:
        """One more of a credential: whether to keep it, and how many that were not kept are to be told before it."""
        now, tell = self._monotonic(), 0
        one = self._rooms.setdefault(token, _Room(now, float(AT_ONCE)))
        one.at, one.room = now, min(float(AT_ONCE), one.room + (now - one.at) * A_SECOND)
        if one.left_out and now - one.told >= TOLD_S:
            tell, one.left_out, one.told = one.left_out, 0, now
        if one.room >= 1:
            one.room -= 1
            return True, tell
        if not one.left_out and not tell:
            one.told = now
        one.left_out += 1
        return False, tell

    def rest(self) -> dict[str, int]:
        """How many of each credential were not kept and are still to be told."""
        found = {token: one.left_out for token, one in self._rooms.items() if one.left_out}
        self._rooms.clear()
        return found
