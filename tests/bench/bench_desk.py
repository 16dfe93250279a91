"""The desk: seats that change by the thousand on a visible map and table; sorting, filtering, opening a panel.

What one thread does at a stretch is judged by processor time, because a machine that has other work to do says nothing
about it; by the clock it is printed beside. From sending to painting it is the clock alone, on a quiet machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from statistics import median

import msgspec

from tests.bench.desk_feeder import ROOT, feeder
from tests.bench.desk_process import Seen
from tests.bench.harness import Row, percentile, say

INTERVAL_MS = 100
"""The frame interval of a desk: it is told of the floor ten times a second (console/feeding.py)."""


def run(quick: bool = False) -> Iterable[Row]:
    """All rows of the desk."""
    rows: list[Row] = []
    for seats in (1000, 10_000):
        for mode in ("map", "table"):
            last = seats == 10_000 and mode == "table"
            say(f"  desk: {seats:,} seats, {seats:,} changes a second, as a {mode}")
            seen = watched(seats, seats, mode, 5 if quick else 12, last)
            rows += _kept_up(seen, seats, mode)
            if last:
                rows += _deeds(seen.deeds)
    return rows


def watched(seats: int, rate: int, mode: str, seconds: float, deeds: bool) -> Seen:
    """What a desk in a process of its own saw of such a floor."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with feeder(seats, rate) as url:
        command = [sys.executable, "-m", "tests.bench.desk_process", url, mode, str(seconds), *(["sort"] * deeds)]
        told = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            timeout=180, check=True,
        )  # fmt: skip
        return msgspec.json.decode(told.stdout.splitlines()[-1], type=Seen)


def _kept_up(seen: Seen, seats: int, mode: str) -> list[Row]:
    work = f"{seats:,} seats, {seats:,} changes/s, {mode}"
    share = seen.changes / seats
    half, most = (percentile(seen.paints, part) - INTERVAL_MS for part in (0.5, 0.99))
    return [
        Row(f"{work}: keeps up", "≥ 95 % of changes", f"{share:.0%}, newest {seen.behind:.0f} ms old", share >= 0.95),
        Row(
            f"{work}: sent → painted", f"p50 ≤ 25 ms, p99 ≤ 100 ms above {INTERVAL_MS} ms",
            f"{half:+.0f} ms, {most:+.0f} ms ({len(seen.paints)} paints)", half <= 25 and most <= 100,
        ),
        Row(
            f"{work}: longest stall", "≤ 100 ms", f"{seen.busy:.0f} ms ({seen.stall:.0f} ms by the clock)",
            seen.busy <= 100,
        ),
        Row(f"{work}: cost", "to know", f"{seen.cpu:.0%} of a core, {seen.megabytes:.0f} MB"),
    ]  # fmt: skip


def _deeds(deeds: dict[str, list[tuple[float, float]]]) -> list[Row]:
    """Judged by the slowest kind's usual time: what is slow once only met something else that the machine did."""
    found = []
    for kind, goal in (("sort", 50), ("filter", 50), ("clear", 50), ("open", 150)):
        samples = {name: spent for name, spent in deeds.items() if name.split()[0] == kind}
        times, clocks = ({name: median(one[by] for one in many) for name, many in samples.items()} for by in (0, 1))
        worst = max(times, key=lambda name: times[name])
        measured = f"{median(times.values()):.0f} ms, at most {times[worst]:.0f} ms ({worst})"
        once = max(one[0] for many in samples.values() for one in many)
        measured += f", once {once:.0f} ms; {max(clocks.values()):.0f} ms by the clock"
        title = "10,000 seats: take the filter away" if kind == "clear" else f"10,000 seats: {kind}"
        found.append(Row(title, f"≤ {goal} ms", measured, times[worst] <= goal))
    return found


if __name__ == "__main__":
    from tests.bench.harness import table

    sys.stdout.write(table(list(run("--quick" in sys.argv))) + "\n")
