"""Panels in windows of their own: before the desk, in sight, with an edge, to the tray and back with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.window import layouts
from tests.desk.minimising import spontaneous_close
from tests.desk.window.keeping import kept_by
from tests.wall import floors
from tests.wall.floors import welcome

pytestmark = pytest.mark.slow
MakeDesk = Callable[..., Desk]


class Shows(QObject):
    """Remembers in which order windows came."""

    def __init__(self, *windows: QWidget) -> None:
        super().__init__()
        self.came: list[QObject] = []
        for window in windows:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.came.append(watched)
        return False


def test_a_panel_in_a_window_of_its_own_comes_behind_the_desk_in_time_and_lies_before_it(make_desk: MakeDesk) -> None:
    left = make_desk()
    left.window.docks["agent"].setFloating(True)
    desk = make_desk()
    desk.window.hide()
    assert desk.window.board.arrange(left.window.board.arrangement())
    dock = desk.window.docks["agent"]
    shows = Shows(desk.window, dock)
    desk.window.show()
    QApplication.processEvents()
    assert shows.came == [desk.window, dock] and dock.isVisible() and dock.isFloating()
    assert desk.window.rail["agent"].isChecked()


def test_a_desk_that_goes_to_the_tray_takes_its_other_windows_along_and_brings_them_back(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk, path = make_desk(), tmp_path / layouts.FILE
    keeper, board = kept_by(desk, path), desk.window.board
    desk.window.docks["agent"].setFloating(True)
    desk.window.put("alarms", True)
    desk.window.stays = True
    desk.window.closeEvent(spontaneous_close())
    QApplication.processEvents()
    assert not desk.window.isVisible() and not board.second.isVisible() and not board.by_name["agent"].isVisible()
    keeper.keep()
    desk.window.show()
    QApplication.processEvents()
    assert board.second.isVisible() and board.by_name["agent"].isVisible()
    assert [board.place_of(name) for name in ("agent", "alarms")] == ["own", "second"]
    other = make_desk()
    assert other.window.restore(layouts.load(path)[0])
    places = [other.window.board.place_of(name) for name in ("agent", "alarms")]
    assert places == ["own", "second"], "nothing counts as closed because it was away"
    keeper.stop()


@pytest.mark.parametrize("place", ["own", "second"])
def test_a_window_of_panels_that_comes_to_the_front_has_the_keyboard_in_a_panel_and_not_on_its_button(
    make_desk: MakeDesk, qtbot: QtBot, place: str
) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight())
    desk.window.board.put_at("alarms", place)
    window = desk.alarms.window()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    close = desk.alarms.head.close_button
    assert close is not None
    close.setFocus()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: window.focusWidget() is desk.alarms.table)


@pytest.mark.parametrize("over", [200, 700])
def test_a_panel_that_is_dropped_at_the_end_of_the_screen_is_as_high_as_the_room_there(
    make_desk: MakeDesk, over: int
) -> None:
    desk = make_desk()
    desk.window.look_at(floors.sight(welcome=welcome("manager", "*")))
    dock, room = desk.window.docks["agent"], QApplication.primaryScreen().availableGeometry()
    dock.setFloating(True)
    dock.setGeometry(100, room.bottom() - 800 + over, 330, 800)
    QApplication.processEvents()
    QTest.mouseRelease(dock, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert dock.geometry().bottom() <= room.bottom() and dock.height() >= dock.minimumSizeHint().height()
    if over == 200:
        assert dock.geometry().top() == room.bottom() - 600, "it stays where it was dropped"


def test_a_panel_that_floats_has_an_edge_and_one_that_is_docked_has_none(make_desk: MakeDesk) -> None:
    desk = make_desk("--theme", "light")
    dock = desk.window.docks["agent"]
    for floats in (True, False):
        dock.setFloating(floats)
        QApplication.processEvents()
        edge = {dock.grab().toImage().pixelColor(x, 60).name() for x in (0, dock.width() - 1)}
        assert (edge == {desk.window.colours.mid.name()}) is floats
