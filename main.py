"""Watchfloor's one entry: turns its first argument into a program and does nothing else.

Standard library only, and a syntax that older Pythons can read too, until the environment is known to be complete.
"""

import contextlib
import difflib
import errno
import importlib
import os
import shutil
import signal
import subprocess
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, Sequence  # noqa: UP035 - collections.abc has no Sequence[str] where old Pythons read this

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # Python leaves it out where PYTHONSAFEPATH is set
    sys.path.insert(0, str(ROOT))
FAILED, USAGE, INTERRUPTED, SIGNALLED = 1, 2, 130, 128
PYTHONS = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"


class Command(NamedTuple):
    """A program: the module whose `main(argv) -> int` it is, and what must be there before that is imported."""

    module: str
    summary: str
    draws: bool = False
    groups: Sequence[str] = ()


COMMANDS = {
    "console": Command("console.command", "the supervisor's desk (the default)", draws=True),
    "wall": Command("console.wall.command", "the wallboard, full screen on a named screen", draws=True),
    "gateway": Command("feeds.gateway.command", "publish the feed from a source; needs no screen"),
    "replay": Command("", "a recording as if it were live (comes with a later release)", draws=True),
    "demo": Command("console.demo", "a simulated floor with its gateway, wall and desk on this machine", draws=True),
    "test": Command("console.selftest", "style, types, import walls, tests; --quick: under a minute", True, ("dev",)),
    "doctor": Command("console.doctor.command", "what this machine lacks; --zip FILE, --schema DIR, --json"),
    "check": Command("config.check", "every mistake in a site folder, at once"),
    "audit": Command("feeds.gateway.books.audit", "whether a gateway's audit of orders is whole, and what it says"),
    "import": Command("feeds.importing.command", "a recording from another system's file, such as queue_log"),
    "alarms": Command("feeds.reporting.alarms", "how many alarms a site's limits raise on a recording"),
    "figures": Command("feeds.reporting.command", "the floor's figures from a recording, as a table"),
}
INSTEAD = {
    "replay": "replay comes with a later release. Use `main.py gateway --source recorded:FILE` to play a recording to"
    " walls and desks, `main.py figures` for its figures",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command that the first argument names and return its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started it, or Python without a console (pyw) on Windows
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            speak(stream)
    name = arguments[0] if arguments else "console"
    if name in ("-h", "--help", "help"):
        sys.stdout.write(usage())
        return 0
    if name in ("-V", "--version"):
        sys.stdout.write(f"watchfloor {version()}\n")
        return 0
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        return refuse(f"there is no command {name!r}{hint} `main.py --help` lists them all.")
    if name in INSTEAD:
        return refuse(f"{INSTEAD[name]}.")
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        return run_with_another_python(arguments)
    return prepare_and_run(name, arguments)


def speak(stream: TextIOWrapper) -> None:
    """Have a stream take Chinese names, or show a mark for them instead of ending in a traceback."""
    if not hasattr(stream, "reconfigure"):  # before Python 3.7, which only looks for a newer one
        return
    stream.reconfigure(errors="replace")
    if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
        return
    try:
        "名".encode(stream.encoding)
    except UnicodeEncodeError:  # in a file or pipe of a Western Windows nothing but marks would be left of them
        stream.reconfigure(encoding="utf-8", errors="replace")


def usage() -> str:
    """What `--help` prints."""
    head = "usage: main.py [command] [arguments]   `main.py COMMAND --help` tells a command's own arguments"
    rows = "\n".join(f"  {name:<9}{command.summary}" for name, command in COMMANDS.items())
    return f"{head}\n\n{rows}\n\nWhat a command needs is installed beside main.py (.venv) when it is first used.\n"


def version() -> str:
    """The version that pyproject.toml states."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version"))


def refuse(message: str, code: int = USAGE) -> int:
    """Say in one line why nothing was done, and return the exit code that says so too."""
    with contextlib.suppress(OSError):  # nobody reads it any more
        sys.stderr.write(f"watchfloor: {message}\n")
    return code


def run_with_another_python(arguments: Sequence[str]) -> int:
    """Start again with a Python that will do, if this machine has one."""
    script = [str(ROOT / "main.py"), *arguments]
    found = [[path] for path in map(shutil.which, ("python3.13", "python3.12", "python3.11")) if path]
    if os.name == "nt" and shutil.which("py"):
        found += [["py", f"-3.{minor}"] for minor in (13, 12, 11)]
    for python in found:
        nowhere = subprocess.DEVNULL
        if subprocess.call([*python, "-c", PYTHONS], stdout=nowhere, stderr=nowhere) == 0:
            return become([*python, *script])
    if shutil.which("uv"):
        return become(["uv", "run", "--no-project", "--python", ">=3.11,<3.14", "python", *script])
    have = ".".join(map(str, sys.version_info[:2]))
    return refuse(f"needs Python 3.11, 3.12 or 3.13, but this is {have}. Install one of them, then try again.")


def become(command: Sequence[str]) -> int:
    """Go on as that program: whoever ends this process ends it. Windows has no such thing; there it is a child."""
    if os.name != "nt":
        sys.stderr.flush()
        os.execvp(command[0], list(command))
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return INTERRUPTED


def prepare_and_run(name: str, arguments: Sequence[str]) -> int:
    """Complete the environment, then run the command in it."""
    from config.environment import setup

    command = COMMANDS[name]
    try:
        code = setup.prepare(ROOT, arguments, command.groups)
    except KeyboardInterrupt:
        return refuse("stopped while setting up; the next run takes it up again.", INTERRUPTED)
    except setup.EnvironmentProblem as problem:
        if name != "doctor":
            return refuse(f"{problem} (`main.py doctor` tells more).", FAILED)
        refuse(f"{problem}.")
        code = None  # the doctor needs nothing but Python, and is wanted most when nothing else runs
    if code is not None:
        return code
    if command.draws:
        from console.machine import system_libraries

        lacking = system_libraries.before_qt(os.environ)
        if lacking:
            return refuse(lacking, FAILED)
    else:
        leave_when_asked()
    return run(name, command.module, arguments[1:])


def leave_when_asked() -> None:
    """Have a command that is asked to end clear away what it has half written, as it does after an interrupt."""
    for name in ("SIGTERM", "SIGHUP"):  # the latter when a terminal closes; nohup has it ignored, and so it stays
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(SIGNALLED + number))


def run(name: str, module: str, arguments: Sequence[str]) -> int:
    """Run a command; whatever it did not foresee becomes one clear line and a report on disk."""
    try:
        return int(importlib.import_module(module).main(list(arguments)))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # of a file, or of what takes the words
            return refuse(f"`{name}` met a full disk ({error.strerror}): free some space, then run it again.", FAILED)
        if isinstance(error, PermissionError) and error.filename is not None:
            return refuse(f"{error.filename}: {error.strerror}: check who owns it and its folders' rights.", FAILED)
        from config.environment import folders

        if isinstance(error, folders.HomelessError):
            return refuse(f"{error}.", FAILED)
        if os.environ.get("WATCHFLOOR_TRACEBACK"):
            raise
        from console.machine import mishap

        return refuse(mishap.report(name, error), FAILED)


def told(code: int) -> int:
    """The exit code, once all words have left: Python would tell of a closed pipe or a full disk by a traceback."""
    for stream in (sys.stderr, sys.stdout):
        try:
            stream.flush()
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if not isinstance(error, BrokenPipeError):
                code = code or refuse(f"standard output: cannot be written ({error.strerror}).", FAILED)
    return code


def enter(arguments: Sequence[str]) -> int:
    """Run main to its exit code, however it ends."""
    try:
        return told(main(arguments))
    except KeyboardInterrupt:
        return told(INTERRUPTED)
    except SystemExit as end:  # of argparse, or of whoever was asked to end
        return told(end.code if isinstance(end.code, int) else FAILED)
    except BrokenPipeError:  # of a stream that keeps nothing back
        return told(0)
    except OSError as error:  # the same, where the disk is full
        if error.errno != errno.ENOSPC:
            raise
        return told(refuse(f"standard output: cannot be written ({error.strerror}).", FAILED))


if __name__ == "__main__":
    sys.exit(enter(sys.argv[1:]))
