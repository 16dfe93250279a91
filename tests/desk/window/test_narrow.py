"""Where the window is narrow, docks share a place, and the keyboard is never in one that is not seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from console.desk import Desk
from console.hands.walking import panel_of
from console.panels import Panel
from tests.wall import floors
from tests.wall.floors import welcome

pytestmark = pytest.mark.slow
MakeDesk = Callable[..., Desk]


def test_where_the_window_is_narrow_docks_share_a_place_until_it_is_wide_again(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "zh_CN", size=(1600, 1000))
    desk.window.look_at(floors.sight())
    board, before = desk.window.board, desk.window.board.state()
    assert not board.narrow.is_sharing
    desk.window.resize(853, 533)
    QApplication.processEvents()
    assert board.narrow.is_sharing
    assert board.main.tabifiedDockWidgets(desk.window.docks["queues"]) == [desk.window.docks["agent"]]
    assert board.main.minimumSizeHint().width() <= board.main.width(), "nothing is cut off"
    narrow = board.arrangement()
    desk.window.resize(1600, 1000)
    QApplication.processEvents()
    assert not board.narrow.is_sharing
    assert board.main.tabifiedDockWidgets(desk.window.docks["queues"]) == []
    other = make_desk("--lang", "zh_CN", size=(853, 533))
    assert other.window.board.arrange(narrow)
    other.window.resize(1600, 1000)
    QApplication.processEvents()
    assert other.window.board.main.tabifiedDockWidgets(other.window.docks["queues"]) == []
    assert other.window.board.main.restoreState(QByteArray(before), 1)


def test_docks_that_shared_a_place_are_as_large_again_as_they_were_made(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en", size=(1600, 1000))
    desk.window.look_at(floors.sight())
    board, docks = desk.window.board, desk.window.docks
    board.main.resizeDocks([docks["queues"], docks["agent"]], [380, 400], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    before = {name: dock.size() for name, dock in docks.items()}
    for width in (1200, 1000, 940, 900, 880, 853):  # as a hand draws the edge
        desk.window.resize(width, 533)
        QApplication.processEvents()
    assert board.narrow.is_sharing
    left = board.arrangement()
    desk.window.resize(1600, 1000)
    QApplication.processEvents()
    assert {name: dock.size() for name, dock in docks.items()} == before
    other = make_desk("--lang", "en", size=(853, 533))
    assert other.window.board.arrange(left)
    other.window.resize(1600, 1000)
    QApplication.processEvents()
    assert other.window.docks["agent"].width() == before["agent"].width()
    board.close("queues")
    for width in (853, 1600):
        desk.window.resize(width, 1000)
        QApplication.processEvents()
    assert board.place_of("queues") == "closed", "what was closed meanwhile stays so"


def narrow_desk(make_desk: MakeDesk) -> Desk:
    """One on which queues and agent share a place, the agent behind."""
    desk = make_desk("--lang", "en", size=(853, 533))
    desk.window.look_at(floors.sight(welcome=welcome("manager", "*")))
    desk.window.activateWindow()
    QApplication.processEvents()
    desk.floor.locate("seat:016")
    QApplication.processEvents()
    assert not desk.queues.visibleRegion().isEmpty() and desk.agent.visibleRegion().isEmpty()
    return desk


def panel_with_the_keyboard(desk: Desk) -> Panel | None:
    """It must be seen."""
    QApplication.processEvents()
    panel = panel_of(desk.window.focusWidget())
    assert panel is None or not panel.visibleRegion().isEmpty(), panel.name
    return panel


def test_where_docks_share_a_place_the_keyboard_is_never_in_one_that_is_not_seen(make_desk: MakeDesk) -> None:
    desk = narrow_desk(make_desk)
    desk.queues.cards.setFocus()
    reached, panels = set[QWidget](), set[Panel | None]()
    while (now := desk.window.focusWidget()) not in reached:
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        panels.add(panel_with_the_keyboard(desk))
    assert {desk.floor, desk.agent, desk.queues, desk.alarms} <= panels


def test_where_docks_share_a_place_going_from_panel_to_panel_shows_each_with_its_list(make_desk: MakeDesk) -> None:
    desk = narrow_desk(make_desk)
    desk.alarms.table.setFocus()
    panels = []
    for _ in range(4):
        QTest.keyClick(desk.window, Qt.Key.Key_F6)
        panels.append(panel_with_the_keyboard(desk))
        assert not isinstance(desk.window.focusWidget(), QAbstractButton), "to its list, and not to its first button"
    assert panels == [desk.floor, desk.queues, desk.agent, desk.alarms]


def test_the_rail_brings_a_panel_to_the_front_that_stands_behind_another(make_desk: MakeDesk) -> None:
    desk = narrow_desk(make_desk)
    rail = desk.window.rail["agent"]
    rail.click()
    QApplication.processEvents()
    assert (rail.isChecked(), desk.agent.visibleRegion().isEmpty()) == (True, False)
    rail.click()
    assert (rail.isChecked(), desk.window.board.place_of("agent")) == (False, "closed")
