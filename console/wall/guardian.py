"""Runs the wall as a child and starts it again when it asks for that or when it crashes."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

RESTART = 75
SETTLED_S = 60.0
LONGEST_PAUSE_S = 30.0
GUARDED = "WATCHFLOOR_GUARDED"
MAIN = Path(__file__).resolve().parent.parent.parent / "main.py"

log = logging.getLogger("console.wall.guardian")


def wants_restart(code: int) -> bool:
    """Whether an exit code means a crash or a request: the restart code, a fatal signal, a Windows exception."""
    if code == RESTART or code > 0x80000000:
        return True
    return code < 0 and -code not in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM))


def guarded(child: Callable[[], int], arguments: Sequence[str], pause: Callable[[float], None] = time.sleep) -> int:
    """Run `child` until it ends for good and return its exit code.

    On POSIX it runs in a fork, which costs a millisecond and no second start of Python; the parent never loads Qt.
    On Windows, where there is no fork, the same command is started again with a mark in its environment.
    """
    if os.environ.get(GUARDED):
        return child()
    run = (lambda: _forked(child)) if hasattr(os, "fork") else (lambda: _spawned(arguments))
    quick = 0
    while True:
        began = time.monotonic()
        code = run()
        if not wants_restart(code):
            return code
        quick = quick + 1 if time.monotonic() - began < SETTLED_S else 0
        wait = min(LONGEST_PAUSE_S, 2.0 ** (quick - 1)) if quick else 0.0
        log.warning("the wall ended with code %s; starting it again in %g s", code, wait)
        pause(wait)


def _forked(child: Callable[[], int]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number == 0:
        code = 1
        try:
            _die_with_parent()
            code = child()
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except KeyboardInterrupt:
            code = 130
        except BaseException:
            logging.getLogger("console.wall").exception("the wall failed")
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return _awaited(number)


def _die_with_parent() -> None:
    """On Linux, end when the guardian is killed outright, so that no unguarded wall is left on the screen."""
    if sys.platform != "linux":
        return
    import ctypes

    death_signal = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(death_signal, signal.SIGTERM)


def _awaited(number: int) -> int:
    def pass_on(received: int, _: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, received)

    before = {name: signal.signal(name, pass_on) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        _, status = os.waitpid(number, 0)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    return os.waitstatus_to_exitcode(status)


def _spawned(arguments: Sequence[str]) -> int:
    import subprocess

    command = [sys.executable, str(MAIN), "wall", *arguments]
    return subprocess.call(command, env={**os.environ, GUARDED: "1"})
