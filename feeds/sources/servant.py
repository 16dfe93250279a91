"""A source that carries orders out."""

from __future__ import annotations

from typing import Protocol

from feeds.commands import Command, Ended


class Servant(Protocol):
    """A source that carries commands out."""

    async def serve(self, command: Command, by: str) -> Ended:
        """Carry a command out for the credential `by`, and look for what it did; returns within some ten seconds."""
        ...

    def serves(self, seat: str) -> dict[str, int] | None:
        """The queues that whoever sits at a seat serves now, with their penalties; None where nobody can tell."""
        ...
