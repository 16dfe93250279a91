"""`main.py test`: style, types, import walls and tests, all of them every time, and a table of how each went."""

from __future__ import annotations

import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5
QUICK = "WATCHFLOOR_QUICK"
"""Tells the tests that somebody waits: properties are tried with fewer examples (tests/examples.py)."""
USAGE = """usage: main.py test [--quick] [pytest arguments]

  --quick   leave out the tests marked slow or bench, try properties with fewer examples: under a minute on two cores
Everything else goes to pytest: `main.py test tests/shell -k doctor`.
"""
RAM_DISK = Path("/dev/shm")
RAM_ROOM = 4 << 30
"""Bytes that must be free there; the files of a whole run take a tenth of that."""
_IMPORT_WALLS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


@dataclass(frozen=True)
class Step:
    """One check of the source: its name in the table and the command that makes it."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """How one step went."""

    name: str
    code: int
    seconds: float
    said: str = ""


@dataclass(frozen=True)
class Counts:
    """What pytest counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


STEPS = (
    Step("ruff", ("-m", "ruff", "check", ".")),
    Step("mypy", ("-m", "mypy")),
    Step("import walls", ("-c", _IMPORT_WALLS)),
)


def main(argv: Sequence[str]) -> int:
    """Run every check and every test; 0 only if all went well and at least one test ran."""
    arguments = list(argv)
    if arguments and arguments[0] in ("-h", "--help"):
        sys.stdout.write(USAGE)
        return 0
    quick = "--quick" in arguments
    arguments = [argument for argument in arguments if argument != "--quick"]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(check, STEPS))
    for result in results:
        if result.code:
            _write(f"\n── {result.name} ──\n{result.said.rstrip()}\n")
    counts = Counts()
    for name, selection in passes(quick, arguments):
        _write(f"\n── {name} ──\n")
        result, counted = run_tests(name, [*selection, *arguments], quick=quick)
        results.append(result)
        counts += counted
    _write(table(results))
    _write(f"{counts}\n")
    return int(any(result.code for result in results) or not counts.passed)


def passes(quick: bool, arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The runs of pytest and how each selects its tests: what measures something runs alone."""
    if any(argument.startswith("-m") for argument in arguments):
        return [("tests", [])]
    # Many slow tests wait for an Asterisk, a gateway or a timer: with a worker a core, cores had little to do at times.
    # The quick ones hardly wait, and each worker first loads all that it tests.
    own = any(argument.startswith(("-n", "--pdb", "-s")) for argument in arguments)
    workers = [] if own else ["-n", "3" if quick else "4"]
    if quick:
        # A file's tests stay together: what they share is made once, not once a worker.
        together = ["--dist", "loadfile"] if workers else []
        return [("tests", [*workers, *together, "-m", "not slow and not bench"])]
    return [("tests", [*workers, "-m", "not bench"]), ("measurements", ["-m", "bench"])]


def check(step: Step) -> Result:
    """Run one step and keep what it says."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *step.command],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    return Result(step.name, done.returncode, time.monotonic() - start, done.stdout + done.stderr)


def run_tests(name: str, arguments: Sequence[str], *, quick: bool = False) -> tuple[Result, Counts]:
    """Run pytest in sight of the person who waits, and count what it ran; a selection without tests is fine."""
    start = time.monotonic()
    # What measures something does so on the disk that there is.
    where = ram_disk() if name == "tests" else None
    with tempfile.TemporaryDirectory(prefix="watchfloor-", dir=where) as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments]
        variables = environment(quick)
        if where is not None:
            variables.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
        code = subprocess.call(command, cwd=ROOT, env=variables)
        counts = read_counts(report)
    return Result(name, 0 if code == NO_TESTS else code, time.monotonic() - start, str(counts)), counts


def environment(quick: bool) -> dict[str, str]:
    """What the tests find in their environment."""
    found = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    # Images of containers often forbid it, and then each of many processes compiles every module that it imports.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found | ({QUICK: "1"} if quick else {})


def ram_disk() -> Path | None:
    """Where files stay in memory, if programs may be started there and there is room; Linux only.

    A gateway writes each order for good before it carries it out, and tests that give many waited for the disk a
    quarter of their time. What a killed process has written is there in memory too.
    """
    try:
        about = os.statvfs(RAM_DISK) if sys.platform == "linux" else None
    except OSError:
        return None
    if about is None or about.f_flag & os.ST_NOEXEC or about.f_bavail * about.f_frsize < RAM_ROOM:
        return None
    return RAM_DISK if _memory_left() >= RAM_ROOM and os.access(RAM_DISK, os.W_OK | os.X_OK) else None


def _memory_left() -> int:
    """Bytes that processes can still have: a RAM disk is as large as it says only while there are so many."""
    for line in Path("/proc/meminfo").read_text("ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0


def read_counts(report: Path) -> Counts:
    """What a JUnit report says; nothing at all where pytest stopped before it wrote one."""
    if not report.exists():
        return Counts()
    total = Counts()
    for suite in xml.etree.ElementTree.parse(report).getroot().iter("testsuite"):
        keys = ("tests", "failures", "errors", "skipped")
        tests, failures, errors, skipped = (int(suite.get(key, 0)) for key in keys)
        total += Counts(max(0, tests - failures - errors - skipped), failures + errors, skipped)
    return total


def table(results: Sequence[Result]) -> str:
    """One row a step: its name, whether it went well, how long it took."""
    rows = [f"{result.name:<14}{'failed' if result.code else 'well':<8}{result.seconds:6.1f} s" for result in results]
    return "\n" + "\n".join(rows) + "\n\n"


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
