"""What the command line of the wall can ask for."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Options(Struct, frozen=True):
    """What was asked for on the command line."""

    gateway: str
    token: str
    token_file: Path | None
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
