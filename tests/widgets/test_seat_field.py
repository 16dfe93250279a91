"""The field of cards: how blocks are arranged, how it is walked, what is heard, and what is painted again."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from widgets.desk_texts import FieldBlock, FieldCell
from widgets.field_layout import bands
from widgets.palette import Palette
from widgets.seat_field import FieldModel, SeatField
from widgets.tones import Tone


def blocks(*counts: int) -> list[FieldBlock]:
    made, number = [], 0
    for place, count in enumerate(counts):
        cells = []
        for _ in range(count):
            number += 1
            cells.append(
                FieldCell(f"seat:{number:04d}", f"Agent {number}", f"{number:04d}", "00:10", spoken=f"S{number}")
            )
        made.append(FieldBlock(f"Block {place}", f"{count}", tuple(cells)))
    return made


@pytest.fixture
def field(qtbot: QtBot, dark: Palette) -> SeatField:
    made = SeatField(dark)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.set_blocks(blocks(40, 24, 6, 10, 10, 12, 8))
    made.show()
    qtbot.waitExposed(made)
    return made


# Arrangement


def test_small_blocks_stand_side_by_side_as_on_the_mock_up() -> None:
    found = bands([40, 24, 6, 10, 10, 12, 8], 10)
    assert [(band.last - band.first, band.lines) for band in found] == [(1, 4), (2, 3), (2, 2), (2, 2)]


@given(st.lists(st.integers(0, 60), max_size=9), st.integers(1, 30))
def test_every_block_has_room_for_its_cards_and_no_band_is_too_wide(counts: list[int], columns: int) -> None:
    found = bands(counts, columns)
    assert [number for band in found for number in range(band.first, band.last)] == list(range(len(counts)))
    for band in found:
        assert sum(band.columns) <= columns
        for number, wide in zip(range(band.first, band.last), band.columns, strict=True):
            assert wide * band.lines >= counts[number]


def test_no_two_cards_overlap(field: SeatField) -> None:
    rects = [field.visualRect(field.cards.index(row, 0)) for row in range(len(field.cards.rows))]
    assert len(rects) == 110
    for number, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[number + 1 :])


def test_a_card_is_found_under_the_mouse(field: SeatField) -> None:
    for row in (0, 39, 40, 109):
        index = field.cards.index(row, 0)
        field.scrollTo(index)
        assert field.indexAt(field.visualRect(index).center()).row() == row


def test_a_thousand_cards_scroll_and_the_last_one_comes_into_sight(field: SeatField) -> None:
    field.set_blocks(blocks(400, 300, 300))
    assert field.verticalScrollBar().maximum() > 500
    field.choose("seat:1000")
    rect = field.visualRect(field.cards.index(999, 0))
    assert field.viewport().rect().contains(rect)


# Hands


def test_arrows_walk_to_the_neighbours_and_enter_opens(qtbot: QtBot, field: SeatField) -> None:
    field.setFocus()
    field.choose("seat:0001")
    qtbot.keyClick(field, Qt.Key.Key_Right)
    assert field.chosen_key == "seat:0002"
    before = field.visualRect(field.currentIndex())
    qtbot.keyClick(field, Qt.Key.Key_Down)
    after = field.visualRect(field.currentIndex())
    assert (after.left(), after.top() > before.top()) == (before.left(), True)
    qtbot.keyClick(field, Qt.Key.Key_End)
    assert field.chosen_key == "seat:0110"
    with qtbot.waitSignal(field.opened) as opened:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened.args == ["seat:0110"]


def test_a_click_chooses_and_a_double_click_opens(qtbot: QtBot, field: SeatField) -> None:
    place = field.visualRect(field.cards.index(5, 0)).center()
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["seat:0006"]
    with qtbot.waitSignal(field.opened) as opened:
        qtbot.mouseDClick(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["seat:0006"]


def test_who_is_chosen_stays_chosen_when_the_others_are_filtered_away(field: SeatField) -> None:
    field.choose("seat:0050")
    everything = blocks(40, 24, 6, 10, 10, 12, 8)
    cells = tuple(cell for block in everything for cell in block.cells if cell.key in ("seat:0050", "seat:0004"))
    field.set_blocks([FieldBlock("Found", "2", cells)])
    assert field.chosen_key == "seat:0050"
    field.set_blocks(everything)
    assert field.chosen_key == "seat:0050"


def test_when_the_chosen_card_is_filtered_away_no_neighbour_is_chosen_instead(qtbot: QtBot, field: SeatField) -> None:
    field.choose("seat:0050")
    with qtbot.assertNotEmitted(field.chosen):
        field.set_blocks(blocks(40))
    assert field.chosen_key == ""
    assert not field.currentIndex().isValid()


# Ears


def test_a_screen_reader_hears_every_card_by_its_sentence(field: SeatField) -> None:
    seen = QAccessible.queryAccessibleInterface(field)
    names = {seen.child(row).text(QAccessible.Text.Name) for row in range(seen.childCount())}
    assert {"S1", "S40", "S110"} <= names


# Eyes


def test_only_the_card_that_differs_is_painted_again(qtbot: QtBot, field: SeatField) -> None:
    qtbot.waitUntil(lambda: field.painted >= 100)
    painted = field.painted
    changed = blocks(40, 24, 6, 10, 10, 12, 8)
    cells = list(changed[0].cells)
    cells[17] = replace(cells[17], time="21:14", tone=Tone.WARN)
    changed[0] = replace(changed[0], cells=tuple(cells))
    field.set_blocks(changed)
    qtbot.waitUntil(lambda: field.painted > painted)
    assert field.painted - painted <= 9, "the card and at most the neighbours that its sign may touch"


def test_the_same_floor_again_paints_nothing(qtbot: QtBot, field: SeatField) -> None:
    assert field.cards.set_items([cell for block in blocks(40, 24, 6, 10, 10, 12, 8) for cell in block.cells]) == 0


# The model


def test_the_model_keeps_qts_rules_through_every_kind_of_change(qtbot: QtBot) -> None:
    model = FieldModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    everything = [cell for block in blocks(12) for cell in block.cells]
    selection = QItemSelectionModel(model)
    steps = [everything, everything[3:9], everything[::-1], [], everything[:2], everything[5:] + everything[:5]]
    for before, after in pairwise(steps):
        model.set_items(before)
        kept = before[-1].key if before else ""
        if kept:
            selection.setCurrentIndex(model.index_of(kept), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        model.set_items(after)
        assert [row.key for row in model.rows] == [cell.key for cell in after]
        if kept in {cell.key for cell in after}:
            assert model.rows[selection.currentIndex().row()].key == kept
    tester.deleteLater()
