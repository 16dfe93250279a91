"""Buttons in lines: pressed where they are, gone where there is no room, and no line is chosen by them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.desk_texts import LineText
from widgets.palette import Palette
from widgets.tables.line_deeds import LineDeeds
from widgets.tables.lines_table import LinesTable

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute

LABELS = {"see": "See it", "shelve": "Shelve", "go": "Go"}


@pytest.fixture
def table(qtbot: QtBot, palette: Palette) -> LinesTable:
    made = LinesTable(palette)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_columns(("What", "State"), (0, 360))
    made.let_do().set_labels(LABELS)
    made.let_do().set_shown(True)
    made.set_lines([LineText("a", ("one", "new"), deeds=("see", "go")), LineText("b", ("two", "seen"))], "")
    made.show()
    return made


@pytest.fixture
def asked(table: LinesTable) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    table.let_do().asked.connect(lambda key, deed: found.append((key, deed)))
    return found


def spot(table: LinesTable, key: str, deed: str) -> QPoint:
    index = table.lines.index(table.lines.place_of(key), 1)
    return table.let_do().boxes(QRectF(table.visualRect(index)))[deed].center().toPoint()


def press(qtbot: QtBot, table: LinesTable, point: QPoint) -> None:
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_a_button_is_pressed_where_it_stands_and_chooses_no_line_by_itself(
    qtbot: QtBot, table: LinesTable, asked: list[tuple[str, str]]
) -> None:
    press(qtbot, table, spot(table, "a", "see"))
    press(qtbot, table, spot(table, "a", "go"))
    assert asked == [("a", "see"), ("a", "go")]
    assert table.chosen_key == ""


def test_what_a_line_has_not_is_its_ground_and_chooses_it(
    qtbot: QtBot, table: LinesTable, asked: list[tuple[str, str]]
) -> None:
    press(qtbot, table, spot(table, "a", "shelve"))
    assert (asked, table.chosen_key) == ([], "a")
    press(qtbot, table, spot(table, "b", "go"))
    assert (asked, table.chosen_key) == ([], "b")


def test_who_lets_go_elsewhere_has_thought_better_of_it(
    qtbot: QtBot, table: LinesTable, asked: list[tuple[str, str]]
) -> None:
    qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=spot(table, "a", "see"))
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=spot(table, "a", "go"))
    assert (asked, table.chosen_key) == ([], "")


def test_where_there_is_no_room_the_words_have_it(
    qtbot: QtBot, table: LinesTable, asked: list[tuple[str, str]]
) -> None:
    where = spot(table, "a", "see")
    table.let_do().set_shown(False)
    press(qtbot, table, where)
    assert (asked, table.chosen_key) == ([], "a")


def look_of(table: LinesTable, key: str, deed: str) -> object:
    picture = table.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    at = spot(table, key, deed)
    box = table.let_do().boxes(QRectF(table.visualRect(table.lines.index(0, 1))))[deed]
    return picture.pixelColor(round(at.x() * ratio), round((box.top() + 3) * ratio)).name()


def move(table: LinesTable, point: QPoint) -> None:
    place = QPointF(point)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(table.viewport(), moved)


def test_the_button_under_the_mouse_looks_so_until_the_mouse_leaves(qtbot: QtBot, table: LinesTable) -> None:
    before = look_of(table, "a", "see")
    place = QPointF(spot(table, "a", "see"))
    deeds: LineDeeds = table.let_do()
    move(table, place.toPoint())
    assert deeds.at(place) == ("a", "see")
    assert look_of(table, "a", "see") != before
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    assert look_of(table, "a", "see") == before


def test_a_press_is_not_for_a_line_that_has_only_just_come_under_the_hand(
    qtbot: QtBot, table: LinesTable, asked: list[tuple[str, str]]
) -> None:
    deeds, now = table.let_do(), [100.0]
    deeds._clock = lambda: now[0]
    here = spot(table, "a", "see")
    move(table, here)
    rest = [LineText("a", ("one", "new"), deeds=("see", "go")), LineText("b", ("two", "seen"))]
    table.set_lines([LineText("graver", ("zero", "new"), deeds=("see", "go")), *rest], "")
    press(qtbot, table, here)
    assert (asked, table.chosen_key) == ([], ""), "whoever pressed meant another line"
    now[0] += 1.0
    press(qtbot, table, here)
    assert asked == [("graver", "see")], "by now it was there to be seen"
    table.set_lines(rest, "")
    move(table, here + QPoint(8, 2))
    press(qtbot, table, here + QPoint(8, 2))
    assert asked[1:] == [("a", "see")], "a hand that moves means what is under it"


def test_lines_that_somebody_scrolls_can_be_pressed_at_once(
    qtbot: QtBot, table: LinesTable, asked: list[tuple[str, str]]
) -> None:
    table.set_lines([LineText(f"k{number}", ("one", "new"), deeds=("see", "go")) for number in range(40)], "")
    here = spot(table, "k0", "see")
    move(table, here)
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    table.verticalScrollBar().setValue(table.rowHeight(0) * 3)
    press(qtbot, table, here)
    assert asked == [("k3", "see")]
