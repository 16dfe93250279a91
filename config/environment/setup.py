"""Makes the environment complete: the current one if it will do, else `.venv` beside main.py, from the lock file."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.environment.requirements import project_requirements, shortcomings

INSIDE = "WATCHFLOOR_INSIDE"
_UNREACHED = ("connection broken by", "Max retries exceeded", "Could not fetch URL", "Failed to establish")
_IN_USE = ("[WinError 5]", "[WinError 32]")
_FOUND_NONE = "(from versions: none)"
"""How pip says that it got nothing: of a network that it does not reach it warns before, unless told not to retry."""
_WAITING = "another Watchfloor is setting up; waiting for it"
_CLOSE = "close every Watchfloor that was started from this folder, then try again"
_USABLE = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"


class EnvironmentProblem(Exception):
    """Set-up cannot go on; the message says why and what to do."""


@dataclass(frozen=True)
class Places:
    """Where an environment's parts are, seen from the folder that holds main.py."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def lock(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def pyproject(self) -> Path:
        return self.root / "pyproject.toml"

    @property
    def stamp(self) -> Path:
        """Says `installing` until the last package is in, then `complete`, with the hash of the lock file."""
        return self.venv / "watchfloor-stamp"

    @property
    def aside(self) -> Path:
        """Where an environment goes that is thrown away."""
        return self.root / ".venv.old"

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def wanted_stamp(self) -> str:
        return "complete " + hashlib.sha256(self.lock.read_bytes()).hexdigest()

    def read_stamp(self) -> str | None:
        """The stamp's text; None in an environment that somebody else made (uv, or a developer by hand)."""
        try:
            return self.stamp.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def stamp_is_good(self) -> bool:
        return self.read_stamp() in (None, self.wanted_stamp())

    def was_interrupted(self) -> bool:
        return (self.read_stamp() or "").startswith("installing")

    def is_current(self) -> bool:
        """Whether this very process runs in `.venv`."""
        return self.venv.is_dir() and self.venv.samefile(sys.prefix)


def say(text: str) -> None:
    """Progress for the person who waits; never on standard output, which belongs to the command."""
    sys.stderr.write(f"watchfloor: {text}\n")
    sys.stderr.flush()


def lacking(places: Places, groups: Iterable[str] = ()) -> list[str]:
    """What keeps the current environment from being complete, one line each; empty when it is complete."""
    if places.is_current() and not places.stamp_is_good():
        return ["the packages in .venv are not those of requirements.lock"]
    return shortcomings(project_requirements(places.pyproject, groups))


def prepare(root: Path, arguments: Sequence[str], groups: Iterable[str] = ()) -> int | None:
    """Make sure that the command can run, installing what is missing.

    Returns None when this process may go on. Otherwise the command has been run again inside `.venv` and this is its
    exit code (on Linux the call then never returns). Raises EnvironmentProblem when it cannot be done.
    """
    places, groups = Places(root), tuple(groups)
    if not lacking(places, groups):
        return None
    been_here = os.environ.get(INSIDE) == str(places.venv)
    if not places.is_current() and not been_here and places.stamp_is_good() and _is_usable(places):
        return start_again(places, arguments)
    try:
        with _only_one(places):
            if places.is_current():
                if lacking(places, groups):
                    _install(places)
                importlib.invalidate_caches()
                return None
            if been_here:
                raise EnvironmentProblem(f"Python does not start inside {places.venv}: delete it, then try again")
            _make_and_install(places)
    except OSError as error:
        why = error.strerror or error
        raise EnvironmentProblem(
            f"cannot set up {places.venv}: {why}. Make the folder writable, or run this once as its owner"
        ) from error
    return start_again(places, arguments)


def start_again(places: Places, arguments: Sequence[str]) -> int:
    """Run main.py again by the Python in `.venv`; gives its exit code on Windows and never returns elsewhere."""
    command = [str(places.python), str(places.root / "main.py"), *arguments]
    environment = {**os.environ, INSIDE: str(places.venv)}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    try:  # exec on Windows would give the prompt back while the program still runs
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 130


def _make_and_install(places: Places) -> None:
    if places.was_interrupted() or not _is_usable(places):
        _clear(places)
    problem = ""
    for tool in _tools():
        try:
            if not _is_usable(places):
                say(f"making {places.venv} with {tool}")
                _make(places, tool)
            if not places.stamp_is_good():
                _install_with(places, tool)
            return
        except EnvironmentProblem as error:
            problem = str(error)
            say(problem)
            _clear(places)
    raise EnvironmentProblem(f"could not set up {places.venv}: {problem}")


def _tools() -> list[str]:
    return ["uv", "pip"] if shutil.which("uv") else ["pip"]


def _is_usable(places: Places) -> bool:
    try:
        return subprocess.run([places.python, "-c", _USABLE], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def _clear(places: Places) -> None:
    if not os.path.lexists(places.venv):
        return
    ours = places.stamp.exists() or (places.venv / "pyvenv.cfg").exists()
    if not ours and (not places.venv.is_dir() or any(places.venv.iterdir())):
        raise EnvironmentProblem(f"{places.venv} is in the way and is no Python environment: move it, then try again")
    say(f"{places.venv} is unfinished or does not run: making it anew")
    shutil.rmtree(places.aside, ignore_errors=True)
    if places.venv.is_symlink():
        shutil.rmtree(places.venv)
    try:  # all of it or nothing: Windows moves no folder out of which a program runs, and would delete half of it
        places.venv.rename(places.aside)
    except PermissionError as error:
        raise EnvironmentProblem(f"{places.venv} is in use: {_CLOSE}") from error
    shutil.rmtree(places.aside)


def _make(places: Places, tool: str) -> None:
    places.venv.mkdir(exist_ok=True)
    _write_stamp(places, places.wanted_stamp().replace("complete", "installing"))
    if tool == "uv":
        _run(["uv", "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(places.venv)], {})
        return
    try:
        _run([sys.executable, "-m", "venv", str(places.venv)], {})
    except EnvironmentProblem as error:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise EnvironmentProblem(
            f"Python {version} cannot make an environment ({error}). On Debian and Ubuntu: "
            f"sudo apt install python{version}-venv"
        ) from error


def _install(places: Places) -> None:
    """Install into the environment that this process runs in; nothing of it that is replaced has been imported yet."""
    problem, again = "", places.was_interrupted()
    for tool in _tools():
        try:
            _install_with(places, tool, again)
            return
        except EnvironmentProblem as error:
            problem = str(error)
            say(problem)
    raise EnvironmentProblem(f"could not complete {places.venv}: {problem}")


def _install_with(places: Places, tool: str, again: bool = False) -> None:
    _write_stamp(places, places.wanted_stamp().replace("complete", "installing"))
    python, lock = str(places.python), str(places.lock)
    say(f"installing the packages of {places.lock.name} with {tool}; the first time this takes a minute or two")
    if tool == "uv":
        command = ["uv", "pip", "install", "--python", python, "--require-hashes", "-r", lock]
        _run(command + ["--reinstall"] * again, {"VIRTUAL_ENV": str(places.venv)})
    else:
        if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
            _run([python, "-m", "ensurepip", "--upgrade"], {})
        command = [python, "-m", "pip", "install", "--require-hashes", "--no-input", "-r", lock]
        settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONIOENCODING": "utf-8"}
        _run(command + ["--force-reinstall"] * again, settings, why=install_trouble)
    _write_stamp(places, places.wanted_stamp())


def _write_stamp(places: Places, text: str) -> None:
    places.stamp.write_text(text + "\n", encoding="utf-8")


def install_trouble(said: str) -> str:
    """What to do about packages that pip could not put in, from what it said; empty when nobody can tell."""
    if any(word in said for word in _IN_USE):
        return f"files of it are in use: {_CLOSE}"
    return index_trouble(said)


def index_trouble(said: str, environment: Mapping[str, str] = os.environ) -> str:
    """What to do about packages that pip could not get, from what it said; empty when that is not why it failed.

    No address is repeated: that of a company's own index may hold a password.
    """
    unreached = any(word in said for word in _UNREACHED)
    if not unreached and _FOUND_NONE not in said:
        return ""
    if environment.get("PIP_NO_INDEX"):
        return (
            "no package index is asked (PIP_NO_INDEX), and the folder that PIP_FIND_LINKS names lacks the packages of "
            "requirements.lock: put them there, or unset PIP_NO_INDEX"
        )
    named = " that PIP_INDEX_URL names" if environment.get("PIP_INDEX_URL") else ""
    trouble = "could not be reached" if unreached else "could not be reached, or lacks the packages"
    return (
        f"the package index{named} {trouble}: name one with PIP_INDEX_URL, or without a network set PIP_NO_INDEX=1 and "
        "PIP_FIND_LINKS to a folder that holds the packages of requirements.lock"
    )


def _run(command: Sequence[str], more: Mapping[str, str], why: Callable[[str], str] | None = None) -> None:
    """Run a tool. `why` turns its errors into what to do; they are shown all the same, as they come."""
    # Standard output stays the terminal, where pip draws how far it is. The lock of `_only_one` goes to the tool too,
    # which works on when this program is killed: the next must not make the environment anew under its hands.
    with subprocess.Popen(
        command, stdout=sys.stderr, stderr=None if why is None else subprocess.PIPE, stdin=subprocess.DEVNULL,
        env={**os.environ, **more}, text=True, encoding="utf-8", errors="replace", close_fds=os.name == "nt",
    ) as process:  # fmt: skip
        said = []
        for line in process.stderr or ():
            said.append(line)
            sys.stderr.write(line)
            sys.stderr.flush()
    if process.returncode:
        reason = why("".join(said)) if why is not None else ""
        ended = f"{' '.join(command[:4])} … ended with exit code {process.returncode}"
        raise EnvironmentProblem(f"{reason} ({ended})" if reason else ended)


@contextlib.contextmanager
def _only_one(places: Places) -> Iterator[None]:
    """Two programs started at the same time on a fresh machine: one sets up, the other waits for it."""
    with (places.root / ".venv.busy").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            how = msvcrt.LK_NBLCK
            while True:
                try:
                    msvcrt.locking(file.fileno(), how, 1)
                    break
                except OSError:
                    if how == msvcrt.LK_NBLCK:
                        say(_WAITING)
                    how = msvcrt.LK_LOCK  # which tries for ten seconds
        else:
            import fcntl

            os.set_inheritable(file.fileno(), True)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(_WAITING)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
