"""Which orders that did nothing go into the books: all of a person's, and of a program's endless ones their number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

MOST: Final = 60
SPAN_S: Final = 60.0
"""So many are kept of so many seconds; of the others only their number, when those are over."""


class _Span(Struct):
    begin: float
    kept: int = 0
    left_out: int = 0


class Sparing:
    """Counts by credential; `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._spans: dict[str, _Span] = {}

    def take(self, token: str) -> tuple[bool, int]:
        """One more of a credential: whether to keep it, and how many before it were not kept and are to be told now."""
        now, before = self._monotonic(), 0
        span = self._spans.get(token)
        if span is None or now - span.begin >= SPAN_S:
            before = span.left_out if span is not None else 0
            span = self._spans[token] = _Span(now)
        if span.kept == MOST:
            span.left_out += 1
            return False, before
        span.kept += 1
        return True, before

    def rest(self) -> dict[str, int]:
        """How many of each credential were not kept and are still to be told."""
        found = {token: span.left_out for token, span in self._spans.items() if span.left_out}
        self._spans.clear()
        return found
