"""What a source of facts is, and the floor's clock that paced sources follow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from feeds.facts import AnyFact, SourceMode
from feeds.sources.servant import Servant

Emit = Callable[[Sequence[tuple[AnyFact, int | None]]], Awaitable[None]]
"""Takes facts with their positions in the source; awaiting it is the back-pressure."""


class SourceError(Exception):
    """A source cannot be opened or went wrong for good; the message says what to do."""


class WishError(SourceError):
    """What a command line wishes for makes no sense, whatever there is; the message says what would."""


class Clock(Protocol):
    """The floor's time: real time for a live source, any pace for a simulated or recorded one."""

    @property
    def speed(self) -> float:
        """Floor seconds per second; 0 while paused, infinity for `max`."""
        ...

    def now(self) -> int:
        """Floor time in UTC milliseconds."""
        ...

    async def reach(self, at: int) -> None:
        """Return when floor time has come to `at`; at speed `max` at once, having moved the clock there."""
        ...


class Source(Protocol):
    """Something that tells facts: a simulator, a recording, an ACD."""

    @property
    def id(self) -> str:
        """The source's name in facts; `main` for the only one."""
        ...

    @property
    def mode(self) -> SourceMode:
        """Whether its facts are live, simulated or replayed."""
        ...

    @property
    def begins_at(self) -> int:
        """Floor time of its first fact, UTC milliseconds."""
        ...

    @property
    def ends_at(self) -> int | None:
        """Floor time of its last fact, None for a source without an end."""
        ...

    @property
    def servant(self) -> Servant | None:
        """Who carries orders out on what this source tells of; None where nobody can."""
        ...

    @property
    def trouble(self) -> str:
        """Why nothing comes at present, in words; empty while all is well."""
        ...

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit facts in order as the clock reaches them, beginning behind position `after`; returns at the end."""
        ...
