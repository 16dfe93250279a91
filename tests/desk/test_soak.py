"""Eight hours of a floor ten times the model's at a desk where somebody presses everything: nothing may grow.

It takes a minute, or as long as `WATCHFLOOR_SOAK_S` says, and stops sooner when eight hours were told: how
many are told in that time is a matter of the gateway's processor, and is printed.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from console.agent.panel import AgentPanel
from console.desk import Desk
from feeds.entities import Note, Seat
from tests.desk import growth
from tests.desk.conftest import options
from tests.desk.growth import Sample
from tests.desk.shift import process_that_serves

SECONDS = float(os.environ.get("WATCHFLOOR_SOAK_S", "60"))
LEAST_HOURS, LEAST_CYCLES = 0.5, 8
HOURS, TIMES = 8, 10
HOUR_MS = 3_600_000
WARM = 8
"""Cycles that are not counted: caches fill, windows are made for the first time, an allocator takes what it needs."""
WAIT_MS = 60_000
UNTIL_OPEN_MS = 90_000
"""For ten floors' morning at eight hours a minute, beside whatever else the machine has to do."""


@contextmanager
def a_big_floor(folder: Path) -> Iterator[str]:
    """The gateway as a process of its own, so that what it holds is not counted."""
    speed = HOURS * 3600 / SECONDS
    words = ["-m", "tests.desk.big_gateway", str(TIMES), f"{min(600.0, speed):g}", "09:00", str(folder)]
    with process_that_serves(folder, *words) as url:
        yield url


class Somebody:
    """Presses everything that a desk has, over and over, and leaves it each time as it was."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self._turn = itertools.count()
        self.done: list[str] = []

    def cycle(self) -> None:
        """Once around."""
        turn = next(self._turn)
        window, hands = self.desk.window, self.desk.hands
        for name in window.rail:
            self._do(f"rail {name}", window.rail[name].click, window.rail[name].click)
        for id_ in [one.id for one in hands.actions if one.id.startswith(("theme.", "language.", "panel.", "floor."))]:
            self._do(id_, lambda id_=id_: hands.actions.run(id_))  # type: ignore[misc]
        for dock in list(window.docks.values()):
            self._do("float", lambda dock=dock: dock.setFloating(True), lambda dock=dock: dock.setFloating(False))  # type: ignore[misc]
        self._do("finder", lambda: hands.actions.run("finder.open"), lambda: hands.finder.close_again(back=False))
        self._do("handover", self.desk.duty.open_handover, self.desk.duty.handover.close)
        self._do("away", self.desk.duty.away.leave, self.desk.duty.away.curtain._lift)
        self._seats(turn)
        self._orders(turn)
        window.choose_theme("light")
        window.choose_language("en")
        window.reset_layout()
        self._close_all()
        self._breathe(0.3)
        # What is on its way is a matter of how fast the gateway answers; it gives up on those by itself.
        self.qtbot.waitUntil(self._answered, timeout=WAIT_MS)

    def _answered(self) -> bool:
        return all(given.phase != "asked" for given in self.desk.orders.all())

    def _do(self, name: str, press: Callable[[], object], back: Callable[[], object] | None = None) -> None:
        press()
        self._breathe(0.03)
        if back is not None:
            back()
        self.done.append(name)

    def _seats(self, turn: int) -> None:
        seats = list(self.desk.session.live.sight().seats())
        keys = sorted(seat.key for seat in seats)
        # Each time also one of whom there is most to tell: the panel has a line for each fact from then on.
        fullest = max(seats, key=lambda seat: (bool(seat.call), bool(seat.languages), len(seat.skills), seat.key))
        self._do("seat", lambda: self.desk.hands.opener.open(fullest.key))
        # A fast floor's gateway may take seconds for somebody's day, and the first figures of it make widgets.
        self.qtbot.waitUntil(self._told_of, timeout=WAIT_MS)
        for key in (keys[(turn * 37 + step * 211) % len(keys)] for step in range(5)):
            self._do("seat", lambda key=key: self.desk.hands.opener.open(key))  # type: ignore[misc]

    def _told_of(self) -> bool:
        panel = self.desk.window.findChild(AgentPanel)
        assert panel is not None
        seat = self.desk.session.live.sight().entities.get(panel.seat)
        nobody = not isinstance(seat, Seat) or not seat.agent
        return nobody or panel.past.told is not None or bool(panel.past.failed)

    def _orders(self, turn: int) -> None:
        """One that is done and one that is refused, so that both ends are seen again and again."""
        self.desk.orders.give("handover", "handover.note", {"text": f"note {turn}"})
        self.desk.orders.give("seat:nobody", "seat.ready", {"seat": "nobody"})
        self._breathe(0.2)
        notes = [note for note in self.desk.session.live.sight().entities.of(Note) if note.settled_at is None]
        for note in notes:
            self.desk.orders.give(note.key, "handover.settle", {"note": note.key})

    def _close_all(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.close()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def _breathe(self, seconds: float) -> None:
        """Hands take their time, and the floor goes on meanwhile."""
        self.qtbot.wait(round(seconds * 1000))


@pytest.mark.bench
@pytest.mark.timeout(round(SECONDS * 4) + 120)
@pytest.mark.qt_log_ignore("does not support raise")
def test_eight_hours_of_ten_floors_leave_memory_threads_timers_and_objects_as_they_were(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with a_big_floor(tmp_path) as url:
        desk = Desk(options("--lang", "en", "--theme", "light", url=url, token="demo-supervisor"))
        desk.window.resize(1600, 1000)
        desk.start()
        try:
            live = desk.session.live
            # The day until the floor opens is told first, and in no time: that would be hours that nobody worked.
            qtbot.waitUntil(lambda: live.complete and live.sight().now - _told(desk) < HOUR_MS, timeout=UNTIL_OPEN_MS)
            somebody, samples = Somebody(desk, qtbot), list[Sample]()
            begun, began = _told(desk), time.monotonic()
            while _goes_on((_told(desk) - begun) / HOUR_MS, time.monotonic() - began, len(samples)):
                somebody.cycle()
                samples.append(growth.sample([desk], len(live.entities)))
            hours = (_told(desk) - begun) / HOUR_MS
        finally:
            desk.stop()
    kept = samples[WARM:]
    sys.stderr.write(f"\n{hours:.1f} h of {TIMES} floors, {len(samples)} cycles\n  {kept[0]}\n  {kept[-1]}\n")
    assert len(kept) >= LEAST_CYCLES and hours >= LEAST_HOURS, "too little to tell"
    assert growth.grown(kept) == []


def _goes_on(hours: float, seconds: float, cycles: int) -> bool:
    """Until all hours were told or the time is over; and longer, where there is not enough to judge by."""
    enough = cycles >= WARM + LEAST_CYCLES
    return seconds < 3 * SECONDS and (not enough or (hours < HOURS and seconds < SECONDS))


def _told(desk: Desk) -> int:
    """Up to when the floor has been told: the youngest thing that happened, not a clock that runs by itself."""
    trends = [one.until for one in desk.session.live.entities.values() if type(one).__name__ == "Trend"]
    return max(trends, default=0)  # type: ignore[type-var]


# The judge


def steady_samples(count: int = 16) -> list[Sample]:
    wobble = itertools.cycle((0, 1, -1, 2))
    return [Sample(150.0 + next(wobble), 5, 20, 6, 900, 700, 200_000 + next(wobble) * 100, 3000) for _ in range(count)]


def test_what_only_wobbles_has_not_grown() -> None:
    assert growth.grown(steady_samples()) == []


@pytest.mark.parametrize(
    ("name", "each"),
    [
        ("resident_mb", 1.5), ("threads", 0.2), ("timers", 1), ("running_timers", 1), ("qobjects", 5), ("widgets", 2),
        ("python_objects", 1500),
    ],
)  # fmt: skip
def test_each_kind_of_leak_is_seen_and_named(name: str, each: float) -> None:
    samples = [replace(one, **{name: getattr(one, name) + each * n}) for n, one in enumerate(steady_samples())]
    (said,) = growth.grown(samples)
    assert said.startswith(f"{name} grew from ")


def test_a_floor_that_grows_is_no_leak() -> None:
    samples = [
        replace(one, entities=3000 + 100 * n, python_objects=one.python_objects + 5000 * n)
        for n, one in enumerate(steady_samples())
    ]
    assert growth.grown(samples) == []


class Leak(QObject):
    """Everything that a careless dialog leaves behind when it is closed and not deleted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dialog = QDialog(parent)
        self.timer = QTimer(self.dialog)
        self.timer.start(3_600_000)
        self.rows = [QWidget(self.dialog) for _ in range(4)]


@pytest.mark.slow
def test_a_planted_leak_is_found_at_a_real_desk(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    clean, leaky = list[Sample](), list[Sample]()
    for _ in range(8):
        desk.window.choose_theme("dark")
        desk.window.choose_theme("light")
        clean.append(growth.sample([desk]))
    for _ in range(8):
        Leak(desk.window)
        leaky.append(growth.sample([desk]))
    assert growth.grown(clean[2:]) == []
    said = " ".join(growth.grown(leaky))
    for name in ("timers", "running_timers", "qobjects", "widgets"):
        assert f"{name} grew" in said
    for left in desk.window.findChildren(QTimer):
        if left.interval() == 3_600_000:
            left.stop()
