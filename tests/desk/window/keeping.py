"""Keeps how a desk of a test is left, as the program does."""

from __future__ import annotations

from pathlib import Path

from console.desk import Desk
from console.window.keeping import Keeper
from console.window.layouts import Saved


def kept_by(desk: Desk, path: Path, saved: Saved | None = None) -> Keeper:
    """The keeper of a desk's window, which begins with `saved` and writes to `path`."""
    return Keeper(desk.window, path, saved or Saved(), parent=desk)
