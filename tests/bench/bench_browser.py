"""The desk beside pages in Chromium that follow the same floor: processor time and memory, one after the other.

Each has a screen of the same size to itself (Xvfb) and draws without a graphics card; the pages show their seats in a
room as large as the desk's, on cards as wide, at 1,000 seats and 1,000 changes a second. Of Chromium all processes are
counted, what several of them hold once; of the desk all that it holds, so that libraries which others of the machine
hold as well do it no favour. Chromium runs without what a page does not need. Screens are looked at from outside: who
did not take all changes, or did not paint, is not compared.

The canvas page (browser/canvas.js) draws what the desk's map draws: names, numbers, times that step each second,
shapes, blocks and how many are there, a legend with counts; only cards that changed, from pictures that are kept, at
the next animation frame or, in a row of its own, ten times a second like the desk. It has no filters, table, queues,
alarms, orders, finder, selection, tooltips, words for a screen reader or second language, and does not prove by the
digest what it has; the desk is charged for all of that. Perspective shows a table of seven columns and the desk beside
it one too; times do not run in Perspective, which shows since when instead.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from tests.bench.browser_page import chromium, page, pages, perspective
from tests.bench.desk_feeder import ROOT, feeder
from tests.bench.desk_window import Room
from tests.bench.harness import Row, family_mb, family_processor_s, resident_mb, say
from tests.displays import Display, a_display

SEATS = RATE = 1000
SIZE = 1600, 1000
SETTLE_S, LOOK_S = 5.0, 2.0
DESK_PAUSE_MS = 100
"""The desk is told of the floor ten times a second (console/feeding.py)."""
GOAL = "≤ 1/3"


class Cost(Struct, frozen=True):
    """What it takes to follow the floor."""

    cpu: float
    """Share of a core."""
    megabytes: float
    arrived: float
    """Share of the changes."""
    pictures: float
    """How many different pictures a second stood on the screen."""

    @property
    def kept_up(self) -> bool:
        return self.arrived >= 0.95 and self.pictures >= 1


def run(quick: bool = False) -> Iterable[Row]:
    """Two rows for each page: processor and memory."""
    if not chromium() or not shutil.which("Xvfb"):
        missing = "Xvfb" if chromium() else "Chromium"
        return [Row("the same floor in a browser", f"{GOAL} of its CPU and memory", f"no {missing} here: not compared")]
    seconds = 6.0 if quick else 20.0
    desk, room = of_the_desk("map", seconds)
    rows = []
    for name, pause in (("a canvas page", 0), ("a canvas page, 10 looks/s", DESK_PAUSE_MS)):
        rows += beside(name, desk, of_a_page("canvas", room, seconds, pause))
    if perspective() is None:
        return [*rows, Row("desk beside Perspective", GOAL, "no Perspective here: not compared")]
    desk, room = of_the_desk("table", seconds)
    return [*rows, *beside("Perspective, as tables", desk, of_a_page("perspective", room, seconds))]


def of_the_desk(mode: str, seconds: float) -> tuple[Cost, Room]:
    """What the desk takes, and how large its seats' room is."""
    say(f"  browser: the desk, its seats as a {mode}")
    with feeder(SEATS, RATE) as url, a_display(*SIZE) as display, _desk(url, mode, display) as desk:
        assert desk.stdin is not None
        assert desk.stdout is not None
        asked, told = desk.stdin, desk.stdout
        room = msgspec.json.decode(told.readline(), type=Room)

        def newest() -> int:
            asked.write("?\n")
            asked.flush()
            return int(told.readline())

        return _cost(desk.pid, newest, resident_mb, display, seconds), room


@contextlib.contextmanager
def _desk(url: str, mode: str, display: Display) -> Iterator[subprocess.Popen[str]]:
    with tempfile.TemporaryDirectory() as data:
        own = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display.name, "WATCHFLOOR_DATA": data}
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bench.desk_window", url, mode, *map(str, SIZE)], cwd=ROOT,
            env={**os.environ, **own}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            try:
                yield process
            finally:
                process.stdin.close()
                process.wait(20)


def of_a_page(name: str, room: Room, seconds: float, pause: int = 0) -> Cost:
    """What Chromium takes with that page, which looks at the floor again after so many milliseconds."""
    say(f"  browser: {name} in Chromium" + (f", a look each {pause} ms" if pause else ""))
    with feeder(SEATS, RATE) as feed, a_display(*SIZE) as display, pages() as site:
        measures = f"width={room.width}&height={room.height}&card={room.card}&pause={pause}"
        url = f"{site}/{name}.html?feed={feed}&{measures}"
        with page(url, display.name, *SIZE) as shown:
            shown.until_live()
            cost = _cost(shown.pid, lambda: int(shown.evaluate("seen.changes")), family_mb, display, seconds)
            shown.check()
            return cost


def _cost(
    pid: int, changes: Callable[[], int], memory: Callable[[int], float], display: Display, seconds: float
) -> Cost:
    time.sleep(SETTLE_S)
    known, used, begun = changes(), family_processor_s(pid), time.perf_counter()
    time.sleep(seconds)
    spent = time.perf_counter() - begun
    cpu, arrived = (family_processor_s(pid) - used) / spent, (changes() - known) / spent / RATE
    return Cost(cpu, memory(pid), arrived, display.pictures(LOOK_S) / LOOK_S)


def beside(name: str, desk: Cost, other: Cost) -> list[Row]:
    """The rows of a page; one that says what went wrong where either did not keep up."""
    pictures = f"{desk.pictures:.0f} and {other.pictures:.0f} pictures/s"
    if not (desk.kept_up and other.kept_up):
        told = f"{desk.arrived:.0%} and {other.arrived:.0%} of the changes, {pictures}: not compared"
        return [Row(f"desk beside {name}", GOAL, told, False)]
    cpu, memory = other.cpu / desk.cpu, other.megabytes / desk.megabytes
    processor = f"{_share(cpu)} ({desk.cpu:.0%} and {other.cpu:.0%} of a core; {pictures})"
    held = f"{_share(memory)} ({desk.megabytes:.0f} and {other.megabytes:.0f} MB)"
    return [
        Row(f"desk beside {name}: processor", GOAL, processor, cpu >= 3),
        Row(f"desk beside {name}: memory", GOAL, held, memory >= 3),
    ]


def _share(times: float) -> str:
    return f"1/{times:.1f}" if times >= 1 else f"{1 / times:.1f}×"
