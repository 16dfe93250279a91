"""Drawing the floor by mouse and keyboard, and saving it: the map changes when the floor shows it and not before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.floor.editor import ORDER, PLACE, Editor
from console.floor.plan import rooms_of
from console.sight import Sight
from feeds.entities import Layout
from feeds.layout import Room
from feeds.requests import HelloResult, OrderParams, OrderResult, Scope
from tests.desk.conftest import make_desk as make_desk
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread
from tests.wall import floors

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
WAIT_MS = 60_000


def a_sight(*rooms: Room, rights: tuple[str, ...] = ("*",), rev: int = 7) -> Sight:
    entities = floors.floor()
    if rooms:
        entities.put(Layout(key="layout:floor", rev=rev, rooms=list(rooms), since=0))
    welcome = HelloResult(
        epoch="e", rev=1, role="manager", rights=list(rights), scope=Scope(), masked=True, beat_ms=1000, now=floors.NOW
    )
    return replace(floors.sight(entities), welcome=welcome)


HALL = Room("hall", "大厅", "Hall", 0, 0, ["001 002 003 .", ". . . 004"])
SIDE = Room("side", "侧厅", "Side", 6, 0, ["005"])


@pytest.fixture
def editor(make_desk: MakeDesk, qtbot: QtBot) -> Editor:
    desk = make_desk("--lang", "en")
    desk.window.look_at(a_sight(HALL, SIDE))
    desk.floor.draw()
    assert desk.floor.drawing
    return desk.floor.editor


def rows(editor: Editor, id_: str = "hall") -> list[str]:
    return next(room.rows for room in rooms_of(editor.steps.now) if room.id == id_)


def drag(editor: Editor, begin: QPoint, end: QPoint) -> None:
    view = editor.field.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(view, begin + (end - begin) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def spot(editor: Editor, column: int, line: int) -> QPoint:
    return editor.field.rect_at_spot((column, line)).center()


def test_a_seat_is_dragged_to_another_place_and_undone(editor: Editor) -> None:
    drag(editor, spot(editor, 0, 1), spot(editor, 1, 2))
    assert rows(editor) == [". 002 003 .", ". 001 . 004"]
    editor.undo()
    assert rows(editor) == HALL.rows
    editor.redo()
    assert rows(editor) == [". 002 003 .", ". 001 . 004"]


def test_what_was_drawn_is_given_up_by_a_second_press_alone(editor: Editor, qtbot: QtBot) -> None:
    left: list[bool] = []
    editor.left.connect(lambda: left.append(True))
    drag(editor, spot(editor, 0, 1), spot(editor, 1, 2))
    assert editor.steps.can_undo
    cancel = editor.buttons["cancel"]
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not left and "once more" in editor.note.text()
    editor.undo()
    editor.redo()
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not left, "somebody has gone on drawing"
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert left == [True]


def test_a_seat_that_is_dragged_into_the_open_stays_and_the_note_says_why(editor: Editor) -> None:
    drag(editor, spot(editor, 0, 1), spot(editor, 9, 5))
    assert rows(editor)[0] == "001 002 003 ."
    assert editor.note.text() == "There is no room; seats stand in rooms"


def test_rows_and_rooms_are_dragged_where_that_is_chosen(editor: Editor, qtbot: QtBot) -> None:
    qtbot.mouseClick(editor.kinds["row"], Qt.MouseButton.LeftButton)
    drag(editor, spot(editor, 0, 1), spot(editor, 0, 2))
    assert rows(editor) == [". . . 004", "001 002 003 ."]
    qtbot.mouseClick(editor.kinds["room"], Qt.MouseButton.LeftButton)
    drag(editor, spot(editor, 6, 1), spot(editor, 7, 3))
    side = editor.steps.now.halls[1]
    assert (side.column, side.line) == (7, 2)
    drag(editor, spot(editor, 7, 3), spot(editor, 1, 1))
    assert editor.steps.now.halls[1] == side
    assert editor.note.text() == "Another room stands there"


def test_a_room_is_dragged_by_its_head_whatever_is_chosen(editor: Editor) -> None:
    head = editor.field.geometry_now.standing[1].head.center()
    drag(editor, head, head + QPoint(0, round(2 * editor.field.geometry_now.pitch[1])))
    assert editor.steps.now.halls[1].line == 2


def test_the_same_by_keyboard_alone(editor: Editor, qtbot: QtBot) -> None:
    field = editor.field
    field.choose("seat:001")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(field, key)
    assert editor.note.text() == "Over Hall, column 2, line 2. Enter puts it down, Esc lets go."
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert rows(editor) == [". 002 003 .", ". 001 . 004"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Right)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert rows(editor) == [". 002 003 .", ". 001 . 004"]
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert rows(editor)[1] == ". . . 004"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(editor)[1] == ". 001 . 004"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_the_seat_that_has_the_frame_is_meant_before_any_arrow_was_pressed(
    editor: Editor, qtbot: QtBot, key: Qt.Key
) -> None:
    field = editor.field
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: field.hasFocus() and field.currentIndex().row() == 0)
    qtbot.keyClick(field, key)
    if key == Qt.Key.Key_Return:
        for step in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
            qtbot.keyClick(field, step)
    assert rows(editor) == [". 002 003 .", ". 001 . 004" if key == Qt.Key.Key_Return else ". . . 004"]


def test_looking_for_seats_while_somebody_draws_says_why_it_cannot_be_and_sets_no_filter(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(a_sight(HALL))
    desk.floor.draw()
    for look in (lambda: desk.floor.show_only("team", "t"), lambda: desk.floor.locate("seat:001")):
        desk.floor.editor.undo()
        look()
        assert "The layout is being drawn" in desk.floor.editor.note.text()
    assert desk.floor.chosen.everything


def test_a_seat_that_stands_in_no_room_is_dragged_into_one(editor: Editor) -> None:
    field = editor.field
    loose = field.visualRect(field.cards.index_of("seat:006")).center()
    drag(editor, loose, spot(editor, 0, 2))
    assert rows(editor)[1] == "006 . . 004"


def test_rooms_are_added_renamed_and_removed(editor: Editor, qtbot: QtBot) -> None:
    editor.add()
    assert editor.dialog is not None
    qtbot.keyClicks(editor.dialog.en, "Annex")
    editor.dialog.box.accepted.emit()
    assert (editor.steps.now.halls[-1].zh, editor.steps.now.halls[-1].en) == ("Annex", "Annex")
    editor.field.choose("seat:005")
    editor.rename()
    editor.dialog.zh.setText("东厅")
    editor.dialog.box.accepted.emit()
    assert (editor.steps.now.halls[1].zh, editor.steps.now.halls[1].en) == ("东厅", "Side")
    editor.remove()
    assert [hall.id for hall in editor.steps.now.halls] == ["hall", "room-1"]
    assert editor.field.cards.place_of("seat:005") >= 0, "it stands below the rooms"


def test_a_button_that_cannot_be_pressed_says_why(editor: Editor, make_desk: MakeDesk) -> None:
    assert (editor.buttons["save"].isEnabled(), editor.buttons["save"].toolTip()) == (False, "Nothing was changed")
    assert not editor.buttons["undo"].isEnabled()
    desk = make_desk("--lang", "en")
    desk.window.look_at(a_sight(HALL, rights=("seat.*",)))
    assert not desk.floor.edit.isEnabled()
    assert desk.floor.edit.toolTip() == "Your role has no right to do this"
    desk.floor.draw()
    assert not desk.floor.drawing


class Taken:
    """What the orders of a desk would have sent."""

    def __init__(self, desk: Desk) -> None:
        self.sent: list[OrderParams] = []
        desk.orders._carrier.order = self.take  # type: ignore[method-assign]
        self.desk = desk

    def take(self, params: OrderParams) -> bool:
        self.sent.append(params)
        return True

    def answer(self, **end: Any) -> None:
        self.desk.orders._on_answered(self.sent[-1].key, OrderResult("o1", **end))


def test_saving_is_an_order_with_what_it_was_drawn_from_and_ends_when_it_is_done(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    taken = Taken(desk)
    desk.window.look_at(a_sight(HALL, SIDE))
    desk.floor.draw()
    editor = desk.floor.editor
    drag(editor, spot(editor, 0, 1), spot(editor, 1, 2))
    editor.save()
    (params,) = taken.sent
    assert (params.name, params.expect) == (ORDER, {PLACE: 7})
    assert params.args["rooms"][0]["rows"] == [". 002 003 .", ". 001 . 004"]
    assert not editor.buttons["save"].isEnabled(), "another press would be a second order"
    taken.answer(state="refused", text="layout.yaml was changed by hand meanwhile")
    assert desk.floor.drawing
    assert "changed by hand" in editor.note.text()
    editor.save()
    taken.answer(state="done")
    assert not desk.floor.drawing
    assert desk.floor.field.blocks[0].places == ((0, 0), (1, 0), (2, 0), (3, 1)), "the map waits for the feed"


def test_a_floor_that_was_never_drawn_begins_with_its_areas_and_may_be_saved_at_once(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    taken = Taken(desk)
    desk.window.look_at(a_sight())
    desk.floor.draw()
    editor = desk.floor.editor
    assert [hall.en for hall in editor.steps.now.halls] == [row[2] for row in floors.QUEUES]
    assert editor.buttons["save"].isEnabled()
    editor.save()
    assert taken.sent[0].expect == {PLACE: None}
    assert sum(row.count("0") > 0 for room in taken.sent[0].args["rooms"] for row in room["rows"]) > 7


def test_that_somebody_else_saved_meanwhile_is_said(editor: Editor) -> None:
    editor.look_at(a_sight(HALL, rev=8))
    assert "Somebody has saved another layout" in editor.note.text()


@pytest.mark.slow
@pytest.mark.logs("tokens stay as they were")
def test_what_is_drawn_at_one_desk_is_a_file_and_the_map_of_another_one(
    make_desk: MakeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.yaml").write_text("id: x\n", "utf-8")
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path, site_folder=folder) as url:
        desks = [make_desk("--lang", "en", "--gateway", url, "--token", f"all-{role}") for role in ("manager", "wall")]
        for desk in desks:
            desk.start()
            qtbot.waitUntil(lambda desk=desk: desk.floor.field.cards.place_of("seat:s1") >= 0, timeout=WAIT_MS)
        first, second = (desk.floor for desk in desks)
        qtbot.waitUntil(lambda: not first.why_not_draw(), timeout=WAIT_MS)
        first.draw()
        first.editor.save()
        qtbot.waitUntil(lambda: not first.drawing, timeout=WAIT_MS)
        for floor in (first, second):
            qtbot.waitUntil(lambda floor=floor: floor.field.blocks[0].places is not None, timeout=WAIT_MS)
        assert (folder / "layout.yaml").read_text("utf-8").count("- id:") == len(first.field.blocks)
        assert second.why_not_draw()
    shutil.rmtree(folder)
