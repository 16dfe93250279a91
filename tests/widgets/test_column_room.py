"""The width of a table's columns: what must be cut, who gives way, and how all of it can be read nevertheless."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from widgets.desk_style import style_sheet
from widgets.desk_texts import LineText
from widgets.faces import width_of
from widgets.palette import Palette
from widgets.tables.column_room import levelled, shared
from widgets.tables.lines_table import TEXT, LinesTable

PADDING = 6
"""Of a title, as the style sheet has it."""
LONG = "Answer rate 91.3%, below 95% since the line from Berlin fell silent"


@pytest.mark.parametrize(
    ("usual", "needs", "room", "widths"),
    [
        ((100, 0, 100), (60, 80, 40), 400, [100, 80, 100]), ((100, 0), (140, 80), 400, [140, 80]),
        ((100, 0, 100), (60, 150, 40), 300, [80, 150, 70]), ((100, 0, 100), (60, 150, 40), 250, [60, 150, 40]),
        ((100, 0, 100), (60, 250, 40), 250, [60, 150, 40]), ((60, 100, 0), (50, 200, 300), 250, [50, 100, 100]),
        ((100, 0), (60, 80), 0, [0, 0]),
    ],
    ids=["room for all", "more than usual", "some is given away", "all of it", "the widest is cut", "two", "no room"],
)  # fmt: skip
def test_nothing_is_cut_while_another_column_has_more_than_it_needs_and_then_the_widest(
    usual: tuple[int, ...], needs: tuple[int, ...], room: int, widths: list[int]
) -> None:
    assert shared(usual, needs, room) == widths


def test_columns_that_are_cut_to_one_width_leave_nothing_over_but_what_cannot_be_halved() -> None:
    assert [levelled((30, 90, 90, 90), room) for room in (200, 31)] == [[30, 56, 57, 57], [7, 8, 8, 8]]


@pytest.fixture
def table(qtbot: QtBot, palette: Palette) -> LinesTable:
    made = LinesTable(palette)
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.set_columns(("Time", "What", "State"), (90, 0, 220))
    made.show()
    return made


def line(text: str, state: str = "open", key: str = "k") -> LineText:
    return LineText(key, ("10:27:40", text, state))


def whole(table: LinesTable, column: int) -> bool:
    """Whether all words of a column have room."""
    for one in table.lines.rows:
        before, after, bold = table.about(one, column)
        if width_of(one.cells[column], TEXT, bold) > table.columnWidth(column) - before - after:
            return False
    return True


def filled(table: LinesTable) -> int:
    return sum(map(table.columnWidth, range(3)))


def test_a_long_text_takes_what_its_neighbours_do_not_need(table: LinesTable) -> None:
    table.set_lines([line("short")], "")
    assert [table.columnWidth(column) for column in (0, 2)] == [90, 220]
    table.set_lines([line(LONG)], "")
    assert all(whole(table, column) for column in range(3))
    assert table.columnWidth(2) < 220 and filled(table) == table.viewport().width()


def test_in_a_narrow_table_a_time_stays_whole_and_the_text_is_told_under_the_mouse(table: LinesTable) -> None:
    table.resize(260, 200)
    table.set_lines([line(LONG)], "")
    assert (whole(table, 0), whole(table, 1), whole(table, 2)) == (True, False, True)
    assert filled(table) == table.viewport().width()
    index = table.lines.index(0, 1)
    assert table.told_of(index, table.columnWidth(1)) == LONG
    table.set_lines([LineText("k", ("10:27:40", LONG, "open"), tip="Waits for Berlin")], "")
    assert table.told_of(index, table.columnWidth(1)) == f"{LONG}\nWaits for Berlin"
    assert table.told_of(table.lines.index(0, 0), table.columnWidth(0)) == "Waits for Berlin"
    table.resize(900, 200)
    assert table.told_of(index, table.columnWidth(1)) == "Waits for Berlin"


def test_columns_do_not_move_with_every_line_that_comes_and_goes(table: LinesTable) -> None:
    table.set_lines([line(LONG)], "")
    before = [table.columnWidth(column) for column in range(3)]
    table.set_lines([line("short")], "")
    assert [table.columnWidth(column) for column in range(3)] == before
    table.set_columns(("Time", "What", "State"), (90, 0, 220))
    assert table.columnWidth(2) == 220


def test_a_column_that_was_made_narrow_by_hand_stays_so(table: LinesTable) -> None:
    table.set_lines([line(LONG)], "")
    table.horizontalHeader().resizeSection(2, 40)
    table.set_lines([line(LONG, "not acknowledged")], "")
    table.resize(500, 200)
    assert table.columnWidth(2) == 40 and filled(table) == table.viewport().width()


def test_a_double_press_on_the_end_of_a_title_makes_its_column_as_wide_as_its_words(table: LinesTable) -> None:
    table.set_lines([line("short", "not acknowledged by anybody who is here")], "")
    table.horizontalHeader().resizeSection(2, 40)
    assert not whole(table, 2) and table.columnWidth(2) == 40, "although there is room for more"
    table.horizontalHeader().sectionHandleDoubleClicked.emit(2)
    assert whole(table, 2)


def test_a_width_by_hand_outlives_other_words_and_looks_and_comes_back_with_its_own_columns(table: LinesTable) -> None:
    table.set_lines([line("short")], "")
    table.horizontalHeader().resizeSection(2, 120)
    table.set_columns(("时间", "事情", "状态"), (90, 0, 220))
    assert table.columnWidth(2) == 120
    table.set_columns(("Who", "What"), (90, 0), "others")
    table.set_columns(("Who", "What", "Why"), (90, 0, 220), "more")
    assert table.columnWidth(2) == 220
    table.set_columns(("Time", "What", "State"), (90, 0, 260))
    assert table.columnWidth(2) == 120


def test_a_hidden_column_leaves_its_room_to_the_others(table: LinesTable) -> None:
    table.resize(260, 200)
    table.set_lines([line(LONG)], "")
    before = table.columnWidth(1)
    table.setColumnHidden(2, True)
    assert table.columnWidth(1) > before
    table.setColumnHidden(2, False)
    assert table.columnWidth(1) == before and whole(table, 2)


def test_a_table_that_can_be_scrolled_sideways_cuts_nothing(qtbot: QtBot, table: LinesTable) -> None:
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    table.resize(260, 200)
    table.set_lines([line(LONG)], "")
    assert all(whole(table, column) for column in range(3))
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)


def test_the_title_of_the_last_column_is_whole_where_the_columns_fill_the_table(
    qtbot: QtBot, table: LinesTable, palette: Palette
) -> None:
    table.setStyleSheet(style_sheet(palette))
    table.set_numbers(range(3))
    table.set_columns(("Time", "Answered", "Needed"), (400, 400, 400))
    table.set_lines([line("47", "46")], "")
    header = table.horizontalHeader()
    qtbot.waitUntil(lambda: sum(map(header.sectionSize, range(3))) >= table.viewport().width() - 3)
    end = header.sectionViewportPosition(2) + header.sectionSize(2)
    assert end - PADDING <= header.viewport().width()
