"""The wall: processor time at model load and a hundredfold, a tile set, memory over hours, the first figure."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from feeds.entities import AnyEntity
from tests.bench.harness import Row, processor_s, resident_mb, say

ROOT = Path(__file__).resolve().parent.parent.parent
SETTLE_S = 4.0
HOURS, PACE = 8, 600


def run(quick: bool = False) -> Iterable[Row]:
    """All rows of the wall."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with gateway(folder / "plain", 1) as url:
            rows += [_load(url, "model load, 1920×1080", 2.0, 8 if quick else 20), *_start(url, 3 if quick else 15)]
        with gateway(folder / "hundredfold", 100) as url:
            rows.append(_load(url, "100× model load, 1920×1080", 15.0, 8 if quick else 20))
        with gateway(folder / "hours", PACE) as url:
            rows += _memory(url, quick)
    rows += _painting(1920, 1080, 3.0, quick)
    rows += _painting(3840, 2160, 10.0, quick)
    return rows


@contextlib.contextmanager
def gateway(folder: Path, speed: float) -> Iterator[str]:
    """The demo floor from 10:20 on at that speed, in a process of its own."""
    command = [
        sys.executable, "main.py", "gateway", "--at", "10:20", "--speed", f"{speed:g}", "--listen", "127.0.0.1:0",
        "--data", str(folder), "--fresh",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "listening on" in line:
                yield line.split()[-1]
                break
        else:
            raise RuntimeError("the gateway ended before it listened")
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@contextlib.contextmanager
def wall(url: str, width: int = 1920, height: int = 1080) -> Iterator[int]:
    """A wall in a process of its own that is live; gives its process id."""
    process = _process("run", url, str(width), str(height))
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        if process.stdout.readline().strip() != "live":
            raise RuntimeError("the wall ended before it was live")
        yield process.pid
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def _process(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.wall_process", *arguments]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if environment.pop("PYTHONDONTWRITEBYTECODE", None):  # an installed program is compiled once, not at every start
        environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "watchfloor-bench-bytecode")
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)


def _load(url: str, name: str, goal: float, seconds: float) -> Row:
    say(f"  wall: {name} for {seconds:g} s")
    with wall(url) as number:
        time.sleep(SETTLE_S)
        used, begun = processor_s(number), time.perf_counter()
        time.sleep(seconds)
        share = 100 * (processor_s(number) - used) / (time.perf_counter() - begun)
        memory = resident_mb(number)
    return Row(f"wall at {name}", f"≤ {goal:g} % of a core", f"{share:.1f} % ({memory:.0f} MB)", share <= goal)


def _start(url: str, times: int) -> list[Row]:
    say("  wall: from the command to the first live figure")
    empty: list[float] = []
    first: list[float] = []
    _seconds_to_line("empty"), _seconds_to_line("first", url)
    for _ in range(times):
        empty.append(_seconds_to_line("empty"))
        first.append(_seconds_to_line("first", url))
    # Start by start: a machine that slows for a while slows both of a pair.
    ratio = statistics.median(ours / theirs for ours, theirs in zip(first, empty, strict=True))
    measured = f"{ratio:.2f}× ({statistics.median(first):.2f} s : {statistics.median(empty):.2f} s)"
    return [Row("first live figure against an empty window", "≤ 1.5×", measured, ratio <= 1.5)]


def _seconds_to_line(*arguments: str) -> float:
    begun = time.perf_counter()
    process = _process(*arguments)
    assert process.stdout is not None
    assert process.stdin is not None
    line = process.stdout.readline().strip()
    spent = time.perf_counter() - begun
    process.stdin.close()
    process.wait(20)
    process.stdout.close()
    if line != "painted":
        raise RuntimeError(f"{arguments[0]} ended before it painted")
    return spent


def _memory(url: str, quick: bool) -> list[Row]:
    seconds = (1 if quick else HOURS) * 3600 / PACE
    say(f"  wall: memory over {seconds * PACE / 3600:g} hours in {seconds:g} s")
    with wall(url) as number:
        time.sleep(20.0 if quick else 60.0)  # until the pictures of texts, whose number is bounded, are all there
        begin = resident_mb(number)
        time.sleep(seconds)
        end = resident_mb(number)
    growth = 100 * (end - begin) / begin
    hours, change = f"{seconds * PACE / 3600:g}", f"{growth:+.1f} % ({begin:.0f} → {end:.0f} MB)"
    return [
        Row("memory of the wall", "≤ 150 MB", f"{end:.0f} MB", end <= 150),
        Row(f"growth over {hours} accelerated hours", "≤ 3 %", change, growth <= 3),
    ]


def _painting(width: int, height: int, goal: float, quick: bool) -> list[Row]:
    from PySide6.QtCore import QCoreApplication

    from console import app
    from console.wall.panel import Look, WallPanel
    from tests.wall import floors

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app.application()
    panel = WallPanel(Look("dark", "zh_CN"))
    panel.resize(width, height)
    panel.show()
    site = floors.site()
    looks = [replace(floors.sight(_other_floor(step, site)), now=floors.NOW + step * 1000) for step in range(8)]
    for look in looks:
        panel.look_at(look, 0.0)
        QCoreApplication.processEvents()
    times = 40 if quick else 160
    begun = time.process_time()
    for step in range(times):
        panel.look_at(looks[step % 8], 0.0)
        QCoreApplication.processEvents()
    per_set = 1000 * (time.process_time() - begun) / times
    begun = time.process_time()
    for _ in range(10):
        panel.repaint()
        for child in (*panel.figures, panel.masthead, panel.clock, panel.table, panel.tally, panel.alarms):
            child.repaint()
    whole = 100 * (time.process_time() - begun)
    panel.close()
    panel.deleteLater()
    measured = f"{per_set:.2f} ms (everything anew: {whole:.0f} ms)"
    return [Row(f"a changed tile set at {width}×{height}", f"≤ {goal:g} ms", measured, per_set <= goal)]


def _other_floor(step: int, site: AnyEntity) -> object:
    """The floor of the mock-up a little later: all four figures, three queues and the seat counts differ.

    The site is the same, as on a floor that goes on: for another one the wall would find its pages anew.
    """
    import msgspec

    from feeds.entities import Figures, Queue, Staff
    from tests.wall import floors

    floor = floors.floor()
    floor.put(site)
    for key in ("figures:site:30m", "figures:queue:claim:30m", "figures:queue:rescue:30m"):
        found = floor[key]
        assert isinstance(found, Figures)
        values = {name: value if value is None else value + step % 4 for name, value in found.values.items()}
        floor.put(msgspec.structs.replace(found, values=values))
    for key in ("queue:claim", "queue:disp", "queue:rescue"):
        queue = floor[key]
        assert isinstance(queue, Queue)
        floor.put(msgspec.structs.replace(queue, waiting=1 + step % 6))
    staff = floor["staff:site"]
    assert isinstance(staff, Staff)
    floor.put(msgspec.structs.replace(staff, states={**staff.states, "talking": 60 + step, "ready": 18 - step}))
    return floor


if __name__ == "__main__":
    from tests.bench.harness import table

    sys.stdout.write(table(list(run("--quick" in sys.argv))) + "\n")
