"""Tables of lines and lists of cards: Qt's rules for models, what is chosen, and what is heard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from widgets.card_list import CardList, CardModel
from widgets.desk_texts import CardText, LineText
from widgets.lines_table import LinesModel, LinesTable
from widgets.palette import Palette
from widgets.tones import Tone


def lines(*numbers: int, tone: Tone = Tone.CALM) -> list[LineText]:
    signed = tone is not Tone.CALM
    return [LineText(f"k{number}", (f"a{number}", f"b{number}"), tone, signed=signed) for number in numbers]


@pytest.fixture
def table(qtbot: QtBot, palette: Palette) -> LinesTable:
    made = LinesTable(palette)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_columns(("First", "Second"), (120, 0))
    made.show()
    return made


def test_the_models_keep_qts_rules_through_every_kind_of_change(qtbot: QtBot) -> None:
    model = LinesModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_titles(("First", "Second"))
    steps = [lines(1, 2, 3), lines(3, 1), lines(), lines(5, 4, 3, 2, 1), lines(1, 2, 9, tone=Tone.WARN)]
    for before, after in pairwise(steps):
        model.set_items(before)
        model.set_items(after)
        assert [row.key for row in model.rows] == [line.key for line in after]
    model.set_titles(("One", "Two"))
    model.set_titles(("One", "Two", "Three"))
    assert (model.columnCount(), model.rowCount()) == (3, 0)
    tester.deleteLater()


def test_the_cards_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = CardModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for keys in ("abc", "cab", "", "xyz"):
        model.set_items([CardText(key, key.upper()) for key in keys])
    assert model.data(model.index(1, 0)) == "Y"
    tester.deleteLater()


def test_the_chosen_line_stays_chosen_when_others_come_before_it(qtbot: QtBot, table: LinesTable) -> None:
    table.set_lines(lines(1, 2, 3), "")
    table.choose("k2")
    table.set_lines(lines(9, 8, 3, 2), "")
    assert table.chosen_key == "k2"
    with qtbot.waitSignal(table.chosen) as chosen:
        table.set_lines(lines(9), "")
    assert chosen.args == [""]


def test_enter_opens_the_chosen_line(qtbot: QtBot, table: LinesTable) -> None:
    table.set_lines(lines(1, 2, tone=Tone.CRITICAL), "")
    table.choose("k1")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["k2"]


def test_a_cell_is_heard_with_the_title_of_its_column(table: LinesTable) -> None:
    table.set_lines(lines(1), "")
    assert table.lines.data(table.lines.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Second: b1"


def test_a_card_is_heard_by_its_sentence_and_can_be_chosen_by_keys(qtbot: QtBot, palette: Palette) -> None:
    cards = CardList(palette)
    qtbot.addWidget(cards)
    cards.resize(280, 400)
    cards.show()
    cards.set_cards([CardText(key, key, spoken=f"queue {key}", tone=Tone.WARN) for key in "ab"])
    seen = QAccessible.queryAccessibleInterface(cards)
    assert {seen.child(row).text(QAccessible.Text.Name) for row in range(seen.childCount())} >= {"queue a", "queue b"}
    cards.choose("a")
    with qtbot.waitSignal(cards.chosen) as chosen:
        qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert chosen.args == ["b"]
    qtbot.keyClick(cards, Qt.Key.Key_Escape)
    assert cards.chosen_key == ""
