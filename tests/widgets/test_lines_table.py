"""Tables of lines and lists of cards: Qt's rules for models, what is chosen, and what is heard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.widgets.written import Written
from widgets import card_list
from widgets.card_list import CardList, CardModel
from widgets.desk_texts import CardText, LineText
from widgets.palette import Palette
from widgets.tables.lines_model import LinesModel
from widgets.tables.lines_table import LinesTable
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


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_line_is_chosen_alone_whatever_keys_are_held(
    qtbot: QtBot, table: LinesTable, held: Qt.KeyboardModifier
) -> None:
    """What a shortcut with Ctrl leads to must not be one line more under the buttons."""
    table.let_choose_several()
    table.set_lines(lines(1, 2, 3), "")
    table.choose("k1")
    qtbot.keyClick(table, Qt.Key.Key_F24, held)
    assert QGuiApplication.keyboardModifiers() == held
    for _ in range(2):
        table.choose("k3")
        assert table.chosen_keys == ("k3",)


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


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_the_first_arrow_chooses_the_first_line_and_not_the_one_behind_it(
    qtbot: QtBot, table: LinesTable, palette: Palette, key: Qt.Key
) -> None:
    table.let_choose_several()
    table.set_lines(lines(1, 2, 3), "")
    cards = CardList(palette)
    qtbot.addWidget(cards)
    cards.resize(280, 400)
    cards.show()
    cards.set_cards([CardText(key, key) for key in "abc"])
    for view in (table, cards):
        view.activateWindow()
        view.clearFocus()
        view.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(view.hasFocus)
        qtbot.keyClick(view, key)
    assert (table.chosen_keys, cards.chosen_key) == (("k1",), "a")
    for view in (table, cards):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (table.chosen_keys, cards.chosen_key) == (("k2",), "b")


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
    tips = [cards.cards.data(cards.cards.index(row, 0), Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert tips == ["a", "b"], "a name that is cut is told"
    cards.choose("a")
    with qtbot.waitSignal(cards.chosen) as chosen:
        qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert chosen.args == ["b"]
    qtbot.keyClick(cards, Qt.Key.Key_Escape)
    assert cards.chosen_key == ""


@pytest.mark.parametrize("size", [(280, 44), (320, 84), (700, 44), (700, 120), (1200, 84)])
def test_under_the_mouse_is_the_small_value_that_is_written_there_however_wide_the_card_is(
    qtbot: QtBot, palette: Palette, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    cards = CardList(palette)
    qtbot.addWidget(cards)
    cards.resize(*size)
    cards.show()
    facts = tuple((name, value, Tone.CALM) for name, value in (("Left", "1:15"), ("Share", "93.9%"), ("Free", "8/22")))
    cards.set_cards([CardText("a", "Name", value="12", unit="waiting", facts=facts)])
    written = Written(monkeypatch, card_list)
    written.paint(cards)
    middle = cards.visualRect(cards.cards.index(0, 0)).center().y()
    for number, (_, value, _) in enumerate(facts):
        box = written.boxes[value]
        for x in (box.left() + 1, box.right() - 1):
            assert cards.fact_at(QPoint(round(x), middle)) == number
    assert cards.fact_at(QPoint(round(written.boxes["12"].center().x()), middle)) == -1


def test_several_lines_can_be_chosen_where_the_table_lets_them(table: LinesTable, qtbot: QtBot) -> None:
    table.let_choose_several()
    table.set_lines(lines(1, 2, 3), "")
    table.selectAll()
    assert table.chosen_keys == ("k1", "k2", "k3")
    table.set_lines(lines(1, 3), "")
    assert set(table.chosen_keys) <= {"k1", "k3"}


def test_of_several_chosen_lines_those_that_stay_are_still_chosen_when_the_last_chosen_goes(
    table: LinesTable, qtbot: QtBot
) -> None:
    table.let_choose_several()
    table.set_lines(lines(1, 2, 3, 4), "")
    for row, held in ((0, Qt.KeyboardModifier.NoModifier), (2, Qt.KeyboardModifier.ControlModifier)):
        place = table.visualRect(table.lines.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)
    with qtbot.waitSignal(table.chosen) as chosen:
        table.set_lines(lines(1, 2, 4), "")
    assert table.chosen_keys == ("k1",) and chosen.args == ["k1"]
    table.set_lines(lines(2, 4), "")
    assert table.chosen_keys == (), "no neighbour takes the place of what has gone"


def test_the_sign_of_an_urgent_line_is_there_and_gone_and_the_others_stay(table: LinesTable) -> None:
    urgent, other = (LineText(key, ("", "x"), Tone.CRITICAL, signed=True, urgent=key == "u") for key in "uo")
    table.set_lines((urgent, other), "")

    def pictures() -> tuple[bytes, bytes]:
        image = table.viewport().grab().toImage()
        rects = [table.visible_rect_of(key).adjusted(6, 2, -2, -2) for key in "uo"]
        first, second = (image.copy(rect) for rect in rects)
        return bytes(first.constBits()), bytes(second.constBits())

    lit = pictures()
    table.set_lit(False)
    dark = pictures()
    assert (lit[0] != dark[0], lit[1] == dark[1]) == (True, True)
    table.set_lit(True)
    assert pictures() == lit


def test_arrows_to_the_sides_are_told(table: LinesTable, qtbot: QtBot) -> None:
    table.set_lines(lines(1), "")
    told: list[bool] = []
    table.turned.connect(told.append)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    table.choose("k1")
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert told == [True, False]
