"""The field of cards: how blocks are arranged, how it is walked, what is heard, and what is painted again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from widgets.desk_texts import FieldBlock, FieldCell
from widgets.palette import Palette
from widgets.screens import screen_of
from widgets.seats.field_layout import bands
from widgets.seats.field_model import FieldModel
from widgets.seats.seat_field import SeatField
from widgets.tones import Tone


class Told:
    """Cards that a test can change: what a field asks for when they come into sight."""

    def __init__(self) -> None:
        self.cells: dict[str, FieldCell] = {}
        self.asked = 0

    def cell(self, key: str) -> FieldCell:
        self.asked += 1
        return self.cells.get(key) or FieldCell(key, f"Agent {int(key[5:])}", key[5:], "00:10")

    def spoken(self, key: str) -> str:
        return f"S{int(key[5:])}"

    def tip(self, key: str) -> str:
        return f"T{int(key[5:])}"


def blocks(*counts: int) -> list[FieldBlock]:
    made, number = [], 0
    for place, count in enumerate(counts):
        keys = tuple(f"seat:{number + one + 1:04d}" for one in range(count))
        number += count
        made.append(FieldBlock(f"Block {place}", f"{count}", keys))
    return made


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def field(qtbot: QtBot, dark: Palette, told: Told) -> SeatField:
    made = SeatField(dark, told)
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
    rects = [field.visualRect(field.cards.index(row, 0)) for row in range(len(field.cards.keys))]
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
    field.set_blocks([FieldBlock("Found", "2", ("seat:0004", "seat:0050"))])
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


def test_only_the_card_that_differs_is_painted_again(qtbot: QtBot, field: SeatField, told: Told) -> None:
    qtbot.waitUntil(lambda: field.painted >= 100)
    painted = field.painted
    told.cells["seat:0018"] = FieldCell("seat:0018", "Agent 18", "0018", "21:14", tone=Tone.WARN)
    assert field.look_again() == 1
    qtbot.waitUntil(lambda: field.painted > painted)
    assert field.painted - painted <= 4, "the card and at most the neighbours that its sign may touch"


def test_a_calm_card_that_differs_is_painted_alone(qtbot: QtBot, field: SeatField, told: Told) -> None:
    qtbot.waitUntil(lambda: field.painted >= 100)
    painted = field.painted
    told.cells["seat:0018"] = FieldCell("seat:0018", "Agent 18", "0018", "21:14")
    field.look_again()
    qtbot.waitUntil(lambda: field.painted > painted)
    assert field.painted - painted == 1


def on_the_screen(field: SeatField) -> QImage:
    for _ in range(3):
        QCoreApplication.processEvents()
    return screen_of(field).grabWindow(field.winId()).toImage()


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
def test_what_was_painted_bit_by_bit_is_what_painting_all_of_it_gives(
    field: SeatField, told: Told, zoom: float
) -> None:
    dice, keys = random.Random(5), [key for block in blocks(110) for key in block.keys]
    field.set_zoom(zoom)
    field.select(keys[20:24], keys[22])
    field.setFocus()
    on_the_screen(field)
    for step in range(25):
        for key in dice.sample(keys, 12):
            tone = dice.choice((Tone.CALM, Tone.CALM, Tone.WARN, Tone.CRITICAL))
            told.cells[key] = FieldCell(key, dice.choice(("Gy", "王芳")), key[5:], f"{step}:14", tone=tone)
        *others, last = blocks(40, 24, 6, 10, 10, 12, 8)
        field.set_blocks([*others, replace(last, note=f"{step}")])
        on_the_screen(field)
    bit_by_bit = on_the_screen(field)
    field.viewport().update()
    assert bit_by_bit == on_the_screen(field)


@pytest.mark.slow
@pytest.mark.parametrize("ratio", ["1.25", "1.5", "1.75"])
def test_cards_painted_bit_by_bit_leave_no_seams_on_screens_whose_pixels_are_no_whole_ones(ratio: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.widgets.bit_by_bit"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.split() == [ratio, "0"]


def test_the_same_floor_again_paints_nothing(qtbot: QtBot, field: SeatField) -> None:
    qtbot.waitUntil(lambda: field.painted >= 100)
    field.set_blocks(blocks(40, 24, 6, 10, 10, 12, 8))
    assert field.look_again() == 0


def test_of_ten_thousand_cards_only_those_in_sight_are_made(qtbot: QtBot, field: SeatField, told: Told) -> None:
    told.asked = 0
    field.set_blocks(blocks(4000, 3000, 3000))
    qtbot.waitUntil(lambda: told.asked > 0)
    assert told.asked < 400
    field.choose("seat:9999")
    assert field.viewport().rect().contains(field.visualRect(field.currentIndex()))


# Zoom


def test_the_wheel_with_ctrl_and_the_keys_zoom_and_tell_of_it(qtbot: QtBot, field: SeatField) -> None:
    before = field.visualRect(field.cards.index(0, 0)).size()
    field.setFocus()
    with qtbot.waitSignal(field.zoomed) as zoomed:
        qtbot.keyClick(field, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert zoomed.args == [1.25]
    assert field.visualRect(field.cards.index(0, 0)).height() > before.height()
    point = QPointF(field.visualRect(field.cards.index(3, 0)).center())
    for _ in range(2):
        turn = QWheelEvent(
            point, field.viewport().mapToGlobal(point), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(field.viewport(), turn)
    assert field.zoom == 0.8
    qtbot.keyClick(field, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert (field.zoom, field.visualRect(field.cards.index(0, 0)).size()) == (1.0, before)


def test_what_lies_under_the_pointer_stays_there_while_somebody_zooms(field: SeatField) -> None:
    field.set_blocks(blocks(400, 300, 300))
    field.choose("seat:0500")
    spot = field.visualRect(field.cards.index_of("seat:0500")).center()
    field.step_zoom(2, spot)
    assert abs(field.visualRect(field.cards.index_of("seat:0500")).center().y() - spot.y()) <= 1


def test_small_cards_still_show_letters_that_can_be_read_or_none(qtbot: QtBot, field: SeatField) -> None:
    for zoom in (0.35, 0.5, 0.65, 0.8, 2.0, 3.0):
        painted = field.painted
        field.set_zoom(zoom)
        qtbot.waitUntil(lambda painted=painted: field.painted > painted)
        rects = [field.visualRect(field.cards.index(row, 0)) for row in range(110)]
        for number, rect in enumerate(rects):
            assert not any(rect.intersects(other) for other in rects[number + 1 :])


# Several at once


def test_ctrl_adds_and_shift_selects_all_between_in_the_order_of_the_field(qtbot: QtBot, field: SeatField) -> None:
    def click(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = field.visualRect(field.cards.index(row, 0)).center()
        qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    click(3)
    click(7, Qt.KeyboardModifier.ControlModifier)
    assert field.selected_keys() == ("seat:0004", "seat:0008")
    click(2)
    with qtbot.waitSignal(field.selection_changed):
        click(5, Qt.KeyboardModifier.ShiftModifier)
    assert field.selected_keys() == ("seat:0003", "seat:0004", "seat:0005", "seat:0006")
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(field.selected_keys()) == 110


def test_those_that_are_filtered_away_are_no_longer_selected(field: SeatField) -> None:
    field.select(("seat:0002", "seat:0004", "seat:0050"), "seat:0004")
    field.set_blocks([FieldBlock("Found", "2", ("seat:0004", "seat:0050"))])
    assert (field.selected_keys(), field.chosen_key) == (("seat:0004", "seat:0050"), "seat:0004")


# A drawn floor


def drawn() -> list[FieldBlock]:
    room = FieldBlock(
        "Hall", keys=("seat:0001", "seat:0002", "seat:0003"), key="hall", places=((0, 0), (2, 0), (1, 1)), column=0,
        line=0, columns=4, lines=2,
    )  # fmt: skip
    other = replace(room, title="Side", keys=("seat:0004",), key="side", places=((0, 0),), column=5, line=1, columns=2)
    return [room, other, FieldBlock("Not placed", keys=("seat:0005", "seat:0006"))]


def test_seats_of_a_drawn_floor_stand_where_they_were_drawn(field: SeatField) -> None:
    field.set_blocks(drawn())
    one, two, three, four, five, six = (field.visualRect(field.cards.index(row, 0)) for row in range(6))
    wide = round(field.geometry_now.pitch[0])
    assert abs(two.left() - one.left() - 2 * wide) <= 1
    assert (three.left() > one.left(), three.top() > one.bottom()) == (True, True)
    assert four.left() > two.right()
    assert min(five.top(), six.top()) > max(three.bottom(), four.bottom())
    for row in range(6):
        assert field.indexAt(field.visualRect(field.cards.index(row, 0)).center()).row() == row


def test_a_drawn_floor_that_is_wider_than_the_window_scrolls_sideways(field: SeatField) -> None:
    keys = tuple(f"seat:{number:04d}" for number in range(1, 61))
    places = tuple((number, 0) for number in range(60))
    field.set_blocks([FieldBlock("Long", keys=keys, places=places, columns=60, lines=1)])
    assert field.horizontalScrollBar().maximum() > 0
    field.choose("seat:0060")
    assert field.viewport().rect().contains(field.visualRect(field.cards.index(59, 0)))


# The model


@pytest.mark.parametrize("factor", [1, 60, 300])
def test_the_model_keeps_qts_rules_through_every_kind_of_change(qtbot: QtBot, told: Told, factor: int) -> None:
    model = FieldModel(told)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    everything = [key for block in blocks(12 * factor) for key in block.keys]
    selection = QItemSelectionModel(model)
    steps = [
        everything, everything[3:9], everything[::-1], [], everything[:2], everything[5:] + everything[:5],
        everything[::2],
    ]  # fmt: skip
    for before, after in pairwise(steps):
        model.set_keys(before)
        kept = before[-1] if before else ""
        if kept:
            selection.setCurrentIndex(model.index_of(kept), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        whole = model.set_keys(after)
        assert list(model.keys) == after
        assert all(model.place_of(key) == place for place, key in enumerate(after))
        if whole and kept in after:
            assert model.keys[selection.currentIndex().row()] == kept
    tester.deleteLater()
