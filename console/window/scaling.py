"""The size of everything on the desk: Qt takes it on at a program's start, so another one means to start again.

So it holds for whatever anybody draws, dialogs and menus too, and nothing can be forgotten.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from console.looks import Look, scale_of

FACTOR = "QT_SCALE_FACTOR"
AGAIN = 91
"""How an application ends that wants to be started again."""


@contextlib.contextmanager
def scaled(look: Look) -> Iterator[None]:
    """While an application is made inside, everything in it becomes that much larger; on top of the user's factor."""
    before = os.environ.get(FACTOR)
    if look.text != 100:
        os.environ[FACTOR] = f"{_number(before) * scale_of(look):g}"
    try:
        yield
    finally:
        os.environ.pop(FACTOR, None)
        if before is not None:
            os.environ[FACTOR] = before


def _number(text: str | None) -> float:
    try:
        factor = float(text or 1)
    except ValueError:
        return 1.0
    return factor if factor > 0 else 1.0


def _without_size(arguments: list[str]) -> list[str]:
    """The size that was given for once has been chosen otherwise meanwhile."""
    kept, skip = [], False
    for argument in arguments:
        if skip or argument == "--text":
            skip = not skip
        elif not argument.startswith("--text="):
            kept.append(argument)
    return kept


def start_again() -> int:
    """Start this program once more with the same arguments; returns only where it could not take this one's place."""
    command = [sys.executable, *_without_size(sys.orig_argv[1:])]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)  # Windows: the new process is another one, and whoever waits for us shall wait on
