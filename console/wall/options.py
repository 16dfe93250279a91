"""What the command line of the wall can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    gateway: str
    token: str
    certificate: str
    screen: str
    windowed: bool
    blink: bool
    page: str
    theme: str | None
    language: str | None
    density: str | None
    diagonal: float | None
    distance: float | None
    shot: Path | None
    width: int
    height: int
    dpr: float
    timeout: float
    verbose: bool
