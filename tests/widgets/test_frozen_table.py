"""First columns that stay in sight: painted, found, pressed and heard where they are seen, whatever lies beneath."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.desk_texts import LineText
from widgets.palette import Palette
from widgets.tables.frozen_table import SHADOW
from widgets.tables.lines_table import LinesTable
from widgets.tables.sheet import sheet_of
from widgets.tones import Tone

NAME, NUMBER = 100, 60
LEFT = Qt.MouseButton.LeftButton


def lines(count: int = 4, name: str = "queue") -> list[LineText]:
    return [
        LineText(f"k{row}", (f"{name} {row}", *(f"{row}{column}{column}" for column in range(1, 9))), tone, signed=True)
        for row, tone in zip(range(count), (Tone.CALM, Tone.WARN, Tone.CRITICAL, Tone.CALM), strict=False)
    ]


@pytest.fixture
def table(qtbot: QtBot, palette: Palette) -> LinesTable:
    made = LinesTable(palette)
    qtbot.addWidget(made)
    made.resize(300, 260)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    made.set_columns(("Name", *(f"N{column}" for column in range(1, 9))), (NAME, *[NUMBER] * 8))
    made.set_numbers(range(1, 9))
    made.freeze(1)
    made.let_sort("Sort by")
    QAbstractItemModelTester(made.lines, made)
    made.set_lines(lines(), "")
    made.show()
    qtbot.waitExposed(made)
    return made


def scroll(table: LinesTable, to: int) -> None:
    table.horizontalScrollBar().setValue(to)


def seen(table: LinesTable, left: int, right: int) -> QImage:
    return table.viewport().grab().toImage().copy(left, 0, right - left, 128)


def centre(table: LinesTable, row: int, x: int) -> QPoint:
    return QPoint(x, table.rowViewportPosition(row) + 16)


def drag(head: QWidget, begin: int, end: int) -> None:
    """Press, move and let go; the test's own mouse moves without a button."""
    kinds = QEvent.Type
    for kind, x, held in (
        (kinds.MouseMove, begin, Qt.MouseButton.NoButton), (kinds.MouseButtonPress, begin, LEFT),
        (kinds.MouseMove, (begin + end) // 2, LEFT), (kinds.MouseMove, end, LEFT),
        (kinds.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):  # fmt: skip
        place = QPointF(x, 8)
        button = Qt.MouseButton.NoButton if kind is kinds.MouseMove else LEFT
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(head, QMouseEvent(kind, place, head.mapToGlobal(place), button, held, none))


def test_names_look_the_same_however_far_the_figures_are_scrolled(table: LinesTable) -> None:
    table.choose("k1")
    before = seen(table, 0, NAME - 1)
    for to in (1, 90, table.horizontalScrollBar().maximum()):
        scroll(table, to)
        assert table.strip == NAME
        assert seen(table, 0, NAME - 1) == before, to
    scroll(table, 0)
    assert (table.strip, seen(table, 0, NAME - 1) == before) == (0, True)


def test_the_title_of_the_names_stays_above_them_and_no_piece_of_another_beside_it(
    table: LinesTable, palette: Palette
) -> None:
    def title(left: int, right: int) -> QImage:
        head = table.horizontalHeader().viewport()
        return head.grab().toImage().copy(left, 0, right - left, head.height())

    def colours(picture: QImage) -> set[str]:
        return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}

    before = title(0, NAME - 1)
    assert len(colours(before)) > 2
    for to in (1, 90, table.horizontalScrollBar().maximum()):
        scroll(table, to)
        assert title(0, NAME - 1) == before, to
    scroll(table, NUMBER - 14)
    assert colours(title(NAME + SHADOW, NAME + 14)) == {palette.panel.name()}


def test_a_table_that_freezes_nothing_scrolls_as_a_whole(table: LinesTable) -> None:
    before = seen(table, 0, NAME - 1)
    table.freeze(0)
    scroll(table, 90)
    assert table.strip == 0
    assert seen(table, 0, NAME - 1) != before
    assert table.indexAt(centre(table, 0, 20)).column() == 1


def test_a_name_that_changes_while_it_is_scrolled_is_painted_anew(table: LinesTable) -> None:
    scroll(table, 200)
    before = seen(table, 0, NAME - 1)
    table.set_lines(lines(name="other"), "")
    assert seen(table, 0, NAME - 1) != before


def test_of_a_number_that_is_cut_in_two_no_piece_is_shown(table: LinesTable, palette: Palette) -> None:
    scroll(table, NUMBER - 14)  # of the first column of numbers the last 14 pixels would be seen: "1" of "011"
    rest = seen(table, NAME + SHADOW, NAME + 14)
    found = {rest.pixelColor(x, 10).name() for x in range(rest.width())}
    found |= {rest.pixelColor(x, y).name() for x in range(rest.width()) for y in range(4, 28)}
    assert found == {palette.panel.name()}
    scroll(table, NUMBER)
    whole = seen(table, NAME + SHADOW, NAME + NUMBER)
    assert len({whole.pixelColor(x, y).name() for x in range(whole.width()) for y in range(4, 28)}) > 2


def test_what_is_asked_for_at_a_place_is_what_is_seen_there(table: LinesTable) -> None:
    scroll(table, 130)
    over = table.indexAt(centre(table, 2, 20))
    assert (over.row(), over.column()) == (2, 0)
    beside = table.indexAt(centre(table, 2, NAME + 20))
    assert (beside.row(), beside.column()) == (2, 3)
    rect = table.visualRect(over)
    assert (rect.left(), rect.width()) == (0, NAME)
    assert table.indexAt(QPoint(20, 250)).isValid() is False, "below the last line"
    assert table.visible_rect_of("k2").left() == 0


def test_a_name_over_other_columns_is_chosen_and_opened_by_the_mouse(table: LinesTable, qtbot: QtBot) -> None:
    scroll(table, 130)
    qtbot.mouseClick(table.viewport(), LEFT, pos=centre(table, 1, 20))
    assert (table.chosen_key, table.horizontalScrollBar().value()) == ("k1", 130)
    with qtbot.waitSignal(table.cell_opened) as opened:
        qtbot.mouseDClick(table.viewport(), LEFT, pos=centre(table, 1, 20))
    assert opened.args == ["k1", 0]
    qtbot.mouseClick(table.viewport(), LEFT, pos=centre(table, 1, NAME + 20))
    with qtbot.waitSignal(table.cell_opened) as opened:
        qtbot.mouseDClick(table.viewport(), LEFT, pos=centre(table, 1, NAME + 20))
    assert opened.args == ["k1", 3]


def test_choosing_a_line_does_not_scroll_sideways_and_a_hidden_cell_comes_out_beside_the_names(
    table: LinesTable,
) -> None:
    scroll(table, 130)
    table.choose("k3")
    assert table.horizontalScrollBar().value() == 130
    table.scrollTo(table.lines.index(0, 1))
    assert table.columnViewportPosition(1) == NAME
    table.scrollTo(table.lines.index(0, 8), QAbstractItemView.ScrollHint.EnsureVisible)
    assert table.visualRect(table.lines.index(0, 8)).right() < table.viewport().width()


def test_arrow_keys_scroll_the_figures_and_up_and_down_go_on_choosing(table: LinesTable, qtbot: QtBot) -> None:
    table.choose("k0")
    qtbot.keyClick(table, Qt.Key.Key_Right)
    moved = table.horizontalScrollBar().value()
    assert moved > 0
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert (table.chosen_key, table.horizontalScrollBar().value()) == ("k1", moved)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.horizontalScrollBar().value() == 0
    table.freeze(0)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.horizontalScrollBar().value() == 0


def test_the_title_that_stays_sorts_by_its_own_column_and_the_others_by_theirs(table: LinesTable, qtbot: QtBot) -> None:
    scroll(table, 2 * NUMBER)
    head = table.horizontalHeader().viewport()
    for x, column in ((30, 0), (NAME + 30, 3)):
        with qtbot.waitSignal(table.sort_asked) as asked:
            qtbot.mouseClick(head, LEFT, pos=QPoint(x, 8))
        assert asked.args == [column]


def test_the_column_that_stays_is_widened_where_its_end_is_seen(table: LinesTable, qtbot: QtBot) -> None:
    scroll(table, 2 * NUMBER)
    head = table.horizontalHeader().viewport()
    drag(head, NAME - 2, NAME + 18)
    assert table.columnWidth(0) == table.strip == NAME + 20
    assert table.columnWidth(2) == NUMBER, "and none that lies beneath"


def test_where_names_would_fill_the_table_they_scroll_with_the_rest(table: LinesTable) -> None:
    scroll(table, 50)
    table.resize(round(NAME / 0.6) - 4, 260)
    assert (table.staying, table.strip) == (0, 0)
    table.resize(round(NAME / 0.6) + 8, 260)
    assert table.staying == 1


def test_what_is_copied_or_printed_has_every_column_once(table: LinesTable) -> None:
    before = sheet_of(table)
    scroll(table, 200)
    assert sheet_of(table) == before
    assert len(before.headings) == len(before.rows[0]) == 9


def test_a_name_is_heard_once_and_where_it_is_seen(table: LinesTable) -> None:
    scroll(table, 200)
    heard = QAccessible.queryAccessibleInterface(table)
    parts = [heard.child(place) for place in range(heard.childCount())]
    (name,) = (one for one in parts if one.text(QAccessible.Text.Name) == "Name: queue 1")
    assert table.viewport().mapFromGlobal(name.rect().topLeft()).x() == 0
