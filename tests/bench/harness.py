"""What all benches share: a row of the table, the table, and the processor time of a process."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

TICKS_PER_S = 100


class Row(Struct, frozen=True):
    """A line of the table; `kept` is None where there is nothing to keep, only to know."""

    work: str
    goal: str
    measured: str
    kept: bool | None = None


Bench = Callable[[bool], Iterable[Row]]
"""Takes whether it is to be quick, gives its rows."""


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table with columns of equal width."""
    lines = [("work", "goal", "measured", "")]
    lines += [(row.work, row.goal, row.measured, {True: "ok", False: "MISSED", None: ""}[row.kept]) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    shown.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(shown)


def best_rate(work: Callable[[], int], seconds: float = 0.5, rounds: int = 5) -> float:
    """Units per second of the best of several rounds; `work` does some units and says how many."""
    best = 0.0
    for _ in range(rounds):
        done, begun = 0, time.perf_counter()
        while (spent := time.perf_counter() - begun) < seconds / rounds or not done:
            done += work()
        best = max(best, done / spent)
    return best


def rates_in_turns(
    first: Callable[[], int], second: Callable[[], int], seconds: float, turn_s: float = 0.02
) -> tuple[float, float]:
    """Units per second of processor time of two works that take turns, so that a machine that slows hits both."""
    works = (first, second)
    done, spent = [0, 0], [0.0, 0.0]
    end = time.monotonic() + seconds
    while time.monotonic() < end or not all(done):
        for number, work in enumerate(works):
            begun = time.process_time()
            while (used := time.process_time() - begun) < turn_s:
                done[number] += work()
            spent[number] += used
    return done[0] / spent[0], done[1] / spent[1]


def processor_s(pid: int) -> float:
    """Processor time that a running process has used, seconds (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def resident_mb(pid: int) -> float:
    """Memory that a process holds, megabytes (Linux)."""
    line = next(
        line for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines() if line.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


def family_of(pid: int) -> list[int]:
    """A process and all that it and its children started and that still run (Linux)."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # some end while they are looked at
            parent = int(stat.read_text("ascii", "replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    family = [pid]
    for member in family:
        family += children.get(member, [])
    return family


def family_processor_s(pid: int) -> float:
    """Processor time that a process and all that it started have used, those that ended meanwhile too, seconds."""
    ticks = 0
    for member in family_of(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])  # its own, and of those that it buried
    return ticks / TICKS_PER_S


def family_mb(pid: int) -> float:
    """Memory of a process and all that it started, what several share counted once (Linux: PSS), megabytes."""
    kilobytes = 0
    for member in family_of(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{member}/smaps_rollup").read_text("ascii").splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def go_first(pids: Iterable[int], rank: int = 5) -> bool:
    """Have processes and what they started go before all others of the machine (Linux); False where that is forbidden.

    In a call centre the phones, the callers and whatever else a shared machine does stand elsewhere.
    """
    if sys.platform != "linux":
        return False
    family = [member for pid in pids for member in family_of(pid)]
    try:
        for pid in family:
            for task in Path(f"/proc/{pid}/task").iterdir():
                os.sched_setscheduler(int(task.name), os.SCHED_RR, os.sched_param(rank))
    except OSError:
        return False
    return True


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0–1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def say(text: str) -> None:
    """A line of progress, to the standard error stream."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
