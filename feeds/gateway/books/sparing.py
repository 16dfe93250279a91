"""Which orders that did nothing go into the books: all of a person's, and of a program's endless ones their number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from feeds.gateway.books.store import AuditRow

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
    begun: float = 0.0
    """When the first of those came that are not kept and not told."""


class Left(Struct, frozen=True):
    """So many of a stage (refused, rehearsed) were not kept in the last so many seconds."""

    stage: str
    count: int
    seconds: float

    def row(self, at: int, token: str, role: str = "") -> AuditRow:
        """The books' line about them; `at` is real time, UTC ms."""
        text = f"{self.count} more orders were {self.stage} in the {self.seconds:.0f} s before"
        return AuditRow(at, "", "left_out", token, role, "", b"{}", text=text)


Kind = tuple[str, str]
"""Credential, and whether its orders were refused or rehearsed: who rehearses does not hide what was refused."""


class Sparing:
    """Counts by kind; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._rooms: dict[Kind, _Room] = {}

    def take(self, kind: Kind) -> tuple[bool, Left | None]:
        """One more of a kind: whether to keep it, and which that were not kept are to be told before it."""
        now, tell = self._monotonic(), None
        one = self._rooms.setdefault(kind, _Room(now, float(AT_ONCE)))
        one.at, one.room = now, min(float(AT_ONCE), one.room + (now - one.at) * A_SECOND)
        if one.left_out and now - one.begun >= TOLD_S:
            tell, one.left_out = Left(kind[1], one.left_out, now - one.begun), 0
        if one.room >= 1:
            one.room -= 1
            return True, tell
        if not one.left_out:
            one.begun = now
        one.left_out += 1
        return False, tell

    def rest(self) -> dict[Kind, Left]:
        """Those of each kind that were not kept and are still to be told."""
        now = self._monotonic()
        found = {
            kind: Left(kind[1], one.left_out, now - one.begun) for kind, one in self._rooms.items() if one.left_out
        }
        self._rooms.clear()
        return found
