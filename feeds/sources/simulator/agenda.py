"""What is to happen when: the future events of the simulation in order of time."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from feeds.facts import AnyFact

FIRST, USUAL, LAST, ORDERED = 0, 1, 2, 3
"""Order within one millisecond: the next shift signs in before the last one leaves, and what a supervisor orders comes
when all else of that moment has happened."""

ALWAYS = -1


class Subject:
    """Somebody or something that events happen to; `stamp` grows with every change, so that outdated events lapse."""

    __slots__ = ("stamp",)

    def __init__(self) -> None:
        self.stamp = 0


class Agenda:
    """A clock in UTC milliseconds, the events to come, and the facts that came of those that happened."""

    __slots__ = ("_heap", "_number", "facts", "now")

    def __init__(self, begins_at: int) -> None:
        self.now = begins_at
        self.facts: list[AnyFact] = []
        self._heap: list[tuple[int, int, int, Callable[[Any], None], Any, int]] = []
        self._number = 0

    def add(self, at: int, action: Callable[[Any], None], subject: object, rank: int = USUAL) -> None:
        """Do `action(subject)` at a time, come what may."""
        self._number += 1
        heappush(self._heap, (at, rank, self._number, action, subject, ALWAYS))

    def add_while(self, at: int, action: Callable[[Any], None], subject: Subject) -> None:
        """Do `action(subject)` at a time unless the subject changes before."""
        self._number += 1
        heappush(self._heap, (at, USUAL, self._number, action, subject, subject.stamp))

    @property
    def next_at(self) -> int:
        """When the next event is due, UTC milliseconds; an outdated one counts until it has lapsed."""
        return self._heap[0][0]

    def step(self) -> None:
        """Let the next event happen."""
        at, _, _, action, subject, stamp = heappop(self._heap)
        if stamp == ALWAYS or subject.stamp == stamp:
            # Where clocks are put forward, a local time that does not exist lies before one that has passed.
            if at > self.now:
                self.now = at
            action(subject)
