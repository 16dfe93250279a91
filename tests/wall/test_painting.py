"""A wall's pictures: the figures first, and what becomes of a window that no longer paints."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QGuiApplication, QPainter, QRegion
from pytestqt.qtbot import QtBot

from console.wall.panel import WallPanel
from console.wall.pulse import HangWatch, Pulse
from console.wall.window import WallWindow
from tests.wall import floors
from tests.wall.conftest import HandClock

pytestmark = pytest.mark.slow


def test_the_figures_come_first_and_the_rest_with_the_next_picture(qtbot: QtBot, faces: None) -> None:
    panel = WallPanel(gradual=True)
    panel.look_at(floors.sight(floors.floor()), 0.0)
    painted: list[bool] = []
    figure = panel.figures[0]
    paint = figure.paint_parts

    def note(painter: QPainter, region: QRegion) -> None:
        painted.append(panel.table.isVisible() or panel.tally.isVisible() or panel.alarms.isVisible())
        paint(painter, region)

    figure.paint_parts = note  # type: ignore[method-assign]
    made = WallWindow(panel, lambda: "")
    made.open()
    qtbot.waitUntil(lambda: panel.table.isVisible() and panel.tally.isVisible() and panel.alarms.isVisible())
    assert painted[0] is False
    made.stop()
    made.deleteLater()


def test_a_wall_without_a_floor_shows_all_of_itself_too(qtbot: QtBot, faces: None) -> None:
    panel = WallPanel(gradual=True)
    made = WallWindow(panel, lambda: "")
    made.open()
    qtbot.waitUntil(lambda: panel.table.isVisible() and panel.alarms.isVisible())
    made.stop()
    made.deleteLater()


def test_a_wall_that_paints_is_left_alone(qtbot: QtBot, clock: HandClock) -> None:
    paints = iter(range(1000))
    pulse = Pulse(lambda: next(paints), lambda: True, clock)
    with qtbot.assertNotEmitted(pulse.stalled):
        for _ in range(30):
            clock.pass_(2)
            pulse.check()


@pytest.mark.logs("has not painted", "starting again")
def test_a_wall_that_stops_painting_gets_a_new_window_and_then_a_new_start(qtbot: QtBot, clock: HandClock) -> None:
    pulse = Pulse(lambda: 7, lambda: True, clock)
    told: list[str] = []
    pulse.stalled.connect(lambda: told.append("stalled"))
    pulse.lost.connect(lambda: told.append("lost"))
    for _ in range(6):
        pulse.check()
        clock.pass_(2)
    assert told == ["stalled", "lost"]


def test_a_hidden_wall_need_not_paint(qtbot: QtBot, clock: HandClock) -> None:
    pulse = Pulse(lambda: 7, lambda: False, clock)
    with qtbot.assertNotEmitted(pulse.stalled):
        for _ in range(30):
            clock.pass_(2)
            pulse.check()


def test_the_clock_counts_what_was_really_painted(qtbot: QtBot, window: WallWindow) -> None:
    panel = window.findChild(WallPanel)
    assert isinstance(panel, WallPanel)
    before = panel.clock.paints
    panel.clock.set_text("09:41:00")
    qtbot.waitUntil(lambda: panel.clock.paints > before)
    before = panel.clock.paints
    panel.setUpdatesEnabled(False)  # the fault: the picture is frozen while the program runs
    panel.clock.set_text("09:41:01")
    QGuiApplication.processEvents()
    assert panel.clock.paints == before
    panel.setUpdatesEnabled(True)


def test_a_new_window_paints_again(qtbot: QtBot, window: WallWindow) -> None:
    panel = window.findChild(WallPanel)
    assert isinstance(panel, WallPanel)
    before, handle = panel.clock.paints, window.windowHandle()
    window.recreate()
    qtbot.waitUntil(lambda: panel.clock.paints > before)
    assert window.windowHandle() is not handle


def test_a_program_that_no_longer_answers_is_given_up() -> None:
    given_up = threading.Event()
    watch = HangWatch(given_up.set, rounds=3, round_s=0.01)
    watch.start()
    assert given_up.wait(5)
    watch.stop()
