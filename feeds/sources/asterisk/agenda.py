"""What is to be done at a moment unless something comes before it: wrap-up that ends, events that never came."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from heapq import heappop, heappush

Due = Callable[[int], None]


class Agenda:
    """Things to do in order of time; each is called with its moment (UTC milliseconds)."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Due]] = []
        self._order = itertools.count()

    def at(self, due: int, act: Due) -> None:
        """Have something done at a moment."""
        heappush(self._heap, (due, next(self._order), act))

    @property
    def next_due(self) -> int | None:
        """When something is due next, UTC milliseconds; None when nothing is."""
        return self._heap[0][0] if self._heap else None

    def run(self, now: int) -> None:
        """Do what is due by `now`."""
        heap = self._heap
        while heap and heap[0][0] <= now:
            due, _, act = heappop(heap)
            act(due)
