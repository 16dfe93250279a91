"""What the command line of the desk can ask for."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

FAILED, USAGE = 1, 2
"""Exit codes: it could not; the command makes no sense."""


class Options(Struct, frozen=True):
    """What was asked for on the command line."""

    gateway: str
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
