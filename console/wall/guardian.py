"""Runs the wall as a child and starts it again when it asks for that, when it crashes, or when it falls silent.

A wall that hangs cannot be trusted to notice: its own watchdogs hang with it, and the screen goes on claiming to be
live. So the wall tells the guardian every second that it paints, and a wall that no longer does is killed, which takes
its window off the screen. Only a fork can be told so; on Windows a wall has nobody but its own watchdogs.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from console.machine.endings import ending_signals

RESTART = 75
SETTLED_S = 60.0
LONGEST_PAUSE_S = 30.0
ROUND_S = 1.0
SILENT_ROUNDS = 10
"""A wall that painted and then says nothing for so many rounds is killed."""
FIRST_ROUNDS = 60
"""How many rounds a wall may take until it paints for the first time."""
GUARDED = "WATCHFLOOR_GUARDED"
NO_DIALOGS = 0x0001 | 0x0002 | 0x8000
"""Windows' error mode without questions about failing disks, crashes and files."""
MAIN = Path(__file__).resolve().parent.parent.parent / "main.py"

SILENT = ", as one does that is killed because it paints nothing for too long"

log = logging.getLogger("console.wall.guardian")
_endings: list[str] = []
"""How the wall before this one ended, which it could not write down itself."""
_heart: list[int] = []
"""In the child: the pipe into which it beats."""
_asked: list[int] = []
"""In the guardian: the signals by which the system asked it to end while its wall ran."""


def beat() -> None:
    """Tell the guardian that the wall paints; nothing happens where none listens."""
    for pipe in _heart:
        with contextlib.suppress(OSError):  # a guardian that is gone or asleep is no trouble of the wall's
            os.write(pipe, b".")


def tell_endings() -> None:
    """Write down in the log of this wall, once it has one, how the one before it ended."""
    for ending in _endings:
        log.warning("%s", ending)
    _endings.clear()


def was_asked_to_end() -> bool:
    """Whether the last wall ended because the system asked for it, and not because somebody closed it."""
    return bool(_asked)


def wants_restart(code: int) -> bool:
    """Whether an exit code means a crash or a request: the restart code, a fatal signal, a Windows exception."""
    if code == RESTART or code > 0x80000000:
        return True
    return code < 0 and -code not in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM))


def guarded(child: Callable[[], int], arguments: Sequence[str], pause: Callable[[float], None] = time.sleep) -> int:
    """Run `child` until it ends for good and return its exit code.

    On POSIX it runs in a fork, which costs a millisecond and no second start of Python; the parent never loads Qt.
    On Windows, where there is no fork, the same command is started again with a mark in its environment, and nobody
    listens to its heart.
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
        silent = code == -getattr(signal, "SIGKILL", 9)
        _endings[:] = [f"the wall before this one ended with code {code}{SILENT if silent else ''}"]
        pause(wait)


def _forked(child: Callable[[], int]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    listening, beating = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(listening)
        os.set_blocking(beating, False)
        _heart[:] = [beating]
        _run(child)
    os.close(beating)
    try:
        return _awaited(number, listening)
    finally:
        os.close(listening)


def _run(child: Callable[[], int]) -> NoReturn:
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
        code = RESTART  # a wall that nobody attends must not stay dark for what the next floor may not have
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with_parent() -> None:
    """On Linux, end when the guardian is killed outright, so that no unguarded wall is left on the screen."""
    if sys.platform != "linux":
        return
    import ctypes

    death_signal = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(death_signal, signal.SIGTERM)


def _awaited(number: int, heart: int) -> int:
    """Wait for the child's end and return its exit code; what the system asks of the guardian is passed on to it."""
    asked = _asked
    asked.clear()

    def pass_on(received: int, _: object) -> None:
        asked.append(received)
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, received)

    before = {name: signal.signal(name, pass_on) for name in ending_signals()}
    try:
        killed = _fell_silent(heart)
        if killed:
            log.error("the wall has painted nothing for too long: killing it")
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        _, status = os.waitpid(number, 0)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    return -asked[0] if killed and asked else os.waitstatus_to_exitcode(status)


def _fell_silent(heart: int) -> bool:
    """Listen until the child ends (False) or has not beaten for too long (True).

    Rounds are counted instead of reading a clock: a guardian that slept with the machine, or was stopped together with
    its wall, must not blame the wall for that.
    """
    missed, patience = 0, FIRST_ROUNDS
    while missed < patience:
        if not select.select([heart], [], [], ROUND_S)[0]:
            missed += 1
        elif os.read(heart, 4096):
            missed, patience = 0, SILENT_ROUNDS
        else:
            return False
    return True


def _spawned(arguments: Sequence[str]) -> int:
    import subprocess

    _without_dialogs()
    command = [sys.executable, str(MAIN), "wall", *arguments]
    return subprocess.call(command, env={**os.environ, GUARDED: "1"})


def _without_dialogs() -> None:
    """Have Windows end a crashed wall at once: until somebody answered its question the old picture would stand."""
    if sys.platform != "win32":
        return
    import ctypes

    ctypes.windll.kernel32.SetErrorMode(NO_DIALOGS)  # children take it over
