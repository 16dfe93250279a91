"""What the command line of the desk can ask for."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

FAILED, USAGE = 1, 2
"""Exit codes: it could not; the command makes no sense."""


class Options(Struct, frozen=True):
    """What was asked for on the command line."""

    gateway: str
    """Empty where the command line names none."""
    token: str
    certificate: str
    look: dict[str, object]
    """What of the look was chosen for this once: fields of :class:`console.looks.Look`."""
    shot: Path | None
    seat: str
    size: tuple[int, int] | None
    dpr: float
    timeout: float
    verbose: bool
    links: tuple[str, ...] = ()
    """What shall be opened once the floor is there: `floor://seat/108`."""

    @property
    def names_a_floor(self) -> bool:
        """Whether the command line said which floor; otherwise it is the one of last time, or somebody is asked."""
        return bool(self.gateway)
