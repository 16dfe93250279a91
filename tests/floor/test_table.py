"""The seats as a table: columns, order, and the selection that it shares with the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.floor import keeping
from console.floor.choosing import Chosen
from console.floor.columns import COLUMNS, USUAL, TableView, by_name, naming
from console.floor.keeping import FloorView
from console.floor.lines import Lines
from console.floor.panel import FloorPanel
from console.floor.present import Cards
from console.floor.roll import natural
from console.sight import Sight, SourceSight
from console.words import Words
from feeds.entities import Seat
from tests.desk.conftest import make_desk as make_desk
from tests.floor.test_panel import a_great_floor
from tests.floor.test_present import with_seat
from tests.wall import floors
from widgets.faces import width_of
from widgets.tables.key_rows import INSET, TEXT, RowsModel
from widgets.tables.sheet import sheet_of

MakeDesk = Callable[..., Desk]
EN, ZH = Words("en"), Words("zh_CN")


def lines_of(sight: Sight, view: TableView, words: Words = EN) -> Lines:
    cards = Cards()
    lines = Lines(cards)
    cards.floor(sight, Chosen(), words)
    lines.order(view, words)
    return lines


def as_table(desk: Desk, *, sort: str = "seat", descending: bool = False) -> FloorPanel:
    floor = desk.floor
    floor.show_view(FloorView(mode="table", table=TableView(sort=sort, descending=descending)))
    return floor


def test_the_columns_that_tell_seats_apart_stay_in_sight_where_they_stand_first(make_desk: MakeDesk) -> None:
    assert naming(TableView()) == 2
    assert naming(TableView(columns=("state", "agent"))) == 0
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    floor.table.horizontalScrollBar().setValue(100)
    assert (floor.table.staying, floor.table.horizontalScrollBar().value()) == (2, 100)
    floor.table.show_key("seat:090")
    assert floor.table.horizontalScrollBar().value() == 100


# Text and order


def test_every_column_has_a_title_and_a_text_for_every_seat() -> None:
    for words in (EN, ZH):
        lines = lines_of(floors.sight(), TableView(columns=tuple(COLUMNS)), words)
        assert all(title.label for title in lines.titles(words))
        assert len(lines.keys) == 110
        for key in lines.keys:
            assert len(lines.row(key).cells) == len(COLUMNS)


def test_a_caller_is_masked_in_the_table_too_and_a_doubt_is_the_reason() -> None:
    sight = with_seat(state="unknown", agent="7", doubt=["device_unknown"], doubt_since=floors.NOW, call="c1")
    lines = lines_of(sight, TableView(columns=("seat", "reason", "caller")))
    assert lines.row("seat:001").cells == ("001", "state of the phone not known since 14:32:08", "")


@pytest.mark.parametrize("column", list(COLUMNS))
@pytest.mark.parametrize("descending", [False, True])
def test_equal_rows_stay_in_the_order_of_their_numbers_and_nothing_comes_last(column: str, descending: bool) -> None:
    view = TableView(columns=tuple(COLUMNS), sort=column, descending=descending)
    lines = lines_of(floors.sight(), view)
    place = list(COLUMNS).index(column)
    texts = [lines.row(key).cells[place] for key in lines.keys]
    filled = [bool(text) for text in texts]
    assert filled == sorted(filled, reverse=True)
    if not COLUMNS[column].right:
        same: dict[str, list[str]] = {}
        for key, text in zip(lines.keys, texts, strict=True):
            same.setdefault(text, []).append(key)
        assert all(keys == sorted(keys) for keys in same.values())


def test_numbers_sort_as_numbers_and_names_by_pinyin() -> None:
    numbers = sorted(["A10", "9", "A9", "010", "8"], key=lambda text: natural(text) or ())
    assert numbers == ["8", "9", "010", "A9", "A10"]
    names = sorted(["张敏", "李雷", "Zhang", "陈晨"], key=lambda text: by_name(text) or b"")
    assert names == ["Zhang", "陈晨", "李雷", "张敏"]


def test_the_longest_in_a_state_comes_first_when_sorted_by_time_downwards() -> None:
    lines = lines_of(floors.sight(), TableView(sort="time", descending=True))
    seats = [lines.cards.roll.by_key[key] for key in lines.keys]
    there = [seat.since for seat in seats if seat.state != "offline"]
    assert there == sorted(there)
    assert all(seat.state == "offline" for seat in seats[len(there) :])


# The model


@pytest.mark.slow
def test_the_model_keeps_qts_rules_while_rows_columns_and_order_change(qtbot: QtBot) -> None:
    sight, cards = floors.sight(), Cards()
    lines = Lines(cards)
    model = RowsModel(lines)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    steps = [
        (TableView(), Chosen()),
        (TableView(sort="agent"), Chosen()), (TableView(sort="time"), Chosen(vendor="qingchuan")),
        (TableView(columns=("seat", "skills")), Chosen()), (TableView(columns=("seat",)), Chosen(text="nobody")),
        (TableView(descending=True), Chosen()),
    ]  # fmt: skip
    for number, (view, chosen) in enumerate(steps):
        cards.floor(replace(sight, now=floors.NOW + number * 1000), chosen, EN)
        lines.order(view, EN)
        model.set_titles(lines.titles(EN))
        model.set_keys(lines.keys)
        model.look_again(0, 30)
        assert (model.rowCount(), model.columnCount()) == (len(lines.keys), len(view.columns))
        assert [model.index(row, 0).data() for row in range(3) if row < len(lines.keys)] == [
            key[5:] for key in lines.keys[:3]
        ]
    tester.deleteLater()


def test_of_ten_thousand_rows_only_those_in_sight_are_made(make_desk: MakeDesk, qtbot: QtBot) -> None:
    floor = as_table(make_desk())
    floor.look_at(a_great_floor(10_000))
    qtbot.waitUntil(lambda: floor.lines.made > 0)
    assert floor.table.rows.rowCount() == 10_000
    assert floor.lines.made < 300


def test_a_column_grows_for_what_is_in_sight_and_not_where_somebody_chose_its_width(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    name, place = "Chenggang Liang-Wang", USUAL.index("agent")
    sight = floors.sight()
    seat = sight.entities["seat:003"]
    assert isinstance(seat, Seat)
    before = replace(seat, state="talking", agent="7")
    sight.entities.put(before)
    desk.window.look_at(sight)
    assert floor.table.columnWidth(place) == COLUMNS["agent"].width
    sight.entities.put(replace(before, agent_en=name))
    desk.window.look_at(sight)
    grown = floor.table.columnWidth(place)
    assert grown >= width_of(name, TEXT) + 2 * INSET
    assert floor.view.table.widths == {}, "nobody chose that"
    sight.entities.put(before)
    desk.window.look_at(sight)
    assert floor.table.columnWidth(place) == grown
    floor.show_table(replace(floor.view.table, widths={"agent": 80}))
    sight.entities.put(replace(before, agent_en=name * 2))
    desk.window.look_at(sight)
    assert floor.table.columnWidth(place) == 80


def test_a_double_press_on_the_end_of_a_head_makes_its_column_as_wide_as_what_is_in_sight(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    name, place = "Chenggang Liang-Wang", USUAL.index("agent")
    sight = floors.sight()
    seat = sight.entities["seat:003"]
    assert isinstance(seat, Seat)
    sight.entities.put(replace(seat, state="talking", agent="7", agent_en=name))
    floor.show_table(replace(floor.view.table, widths={"agent": 60}))
    desk.window.look_at(sight)
    floor.table.horizontalHeader().sectionHandleDoubleClicked.emit(place)
    assert floor.table.columnWidth(place) >= width_of(name, TEXT) + 2 * INSET


# Hands


def test_a_press_on_a_head_sorts_and_another_one_turns_the_order(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    header = floor.table.horizontalHeader()
    spot = header.viewport().rect().center()
    spot.setX(header.sectionViewportPosition(USUAL.index("agent")) + 20)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert (floor.view.table.sort, floor.view.table.descending) == ("agent", False)
    first = floor.table.rows.keys[0]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert floor.view.table.descending
    assert floor.table.rows.keys[0] != first
    assert floor.table.rows.headerData(USUAL.index("agent"), Qt.Orientation.Horizontal) == "Agent ↓"


def test_columns_are_chosen_from_the_menu_by_keyboard_or_mouse(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    menu = floor.columns.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Skills").trigger()
    assert "skills" in floor.view.table.columns
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Reason").trigger()
    assert "reason" not in floor.view.table.columns
    assert [title.key for title in floor.table.rows.titles] == list(floor.view.table.columns)


def test_the_list_of_columns_stays_open_while_several_are_ticked(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    menu = floor.columns.menu()
    menu.popup(floor.columns.mapToGlobal(floor.columns.rect().bottomLeft()))
    entries = {action.text(): action for action in menu.actions()}

    def click(name: str) -> None:
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entries[name]).center())

    click("Skills")
    assert menu.isVisible() and "skills" in floor.view.table.columns
    menu.setActiveAction(entries["Reason"])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible() and "reason" not in floor.view.table.columns
    for name in floor.view.table.columns[1:]:
        click(floor.words(f"floor.column.{name}"))
    last = entries[floor.words(f"floor.column.{floor.view.table.columns[0]}")]
    assert len(floor.view.table.columns) == 1 and not last.isEnabled()
    sorting = entries["Sort by"].menu()
    sorting.aboutToShow.emit()
    assert [action.text() for action in sorting.actions()] == [last.text()]
    click(last.text())
    menu.setActiveAction(last)
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible() and last.isChecked() and len(floor.view.table.columns) == 1
    click("Usual columns")
    assert not menu.isVisible() and floor.view.table.columns == USUAL


def test_ctrl_t_turns_map_and_table_and_who_is_selected_stays_selected(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight())
    floor = desk.floor
    floor.field.select(("seat:003", "seat:050", "seat:051"), "seat:050")
    assert floor.selected == ("seat:003", "seat:050", "seat:051")
    desk.window.activateWindow()
    floor.field.setFocus()
    floor.turn()
    assert floor.table.isVisible()
    assert set(floor.table.selected_keys()) == {"seat:003", "seat:050", "seat:051"}
    assert floor.table.chosen_key == "seat:050"
    floor.table.select(("seat:007",), "seat:007")
    floor.turn()
    assert floor.field.isVisible()
    assert floor.field.selected_keys() == ("seat:007",)


def test_several_selected_seats_are_told_at_once(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    with qtbot.waitSignal(floor.seats_selected) as told:
        floor.table.select(("seat:003", "seat:004"), "seat:004")
    assert told.args == [("seat:003", "seat:004")]
    assert desk.agent.seat == "seat:004"


def test_sorting_anew_keeps_the_selection_on_its_seats(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    floor.table.select(("seat:003", "seat:090"), "seat:090")
    floor.show_table(TableView(sort="agent", descending=True))
    assert set(floor.table.selected_keys()) == {"seat:003", "seat:090"}
    assert set(floor.selected) == {"seat:003", "seat:090"}


def test_the_selected_rows_can_be_copied_and_all_of_them_exported(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    floor.show_table(TableView(columns=("seat", "extension")))
    desk.window.look_at(floors.sight())
    floor.table.select(("seat:002", "seat:001"))
    sheet = sheet_of(floor.table, chosen=True)
    assert (sheet.headings, sheet.rows) == (("Seat ↑", "Extension"), (("001", "8001"), ("002", "8002")))
    assert len(sheet_of(floor.table).rows) == 110


def test_a_screen_reader_hears_a_row_by_its_sentence_and_a_cell_by_its_column(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = as_table(desk)
    desk.window.look_at(floors.sight())
    seen = QAccessible.queryAccessibleInterface(floor.table)
    names = [seen.child(row).text(QAccessible.Text.Name) for row in range(3 * len(USUAL))]
    assert any(name.startswith("Seat 001, ") for name in names)
    assert any(name.startswith("State: ") for name in names)


# What is kept


def test_columns_order_and_zoom_are_kept_for_the_user(tmp_path: Path) -> None:
    view = FloorView("table", 1.5, TableView(("seat", "skills"), "skills", True, {"skills": 300}))
    keeping.save(tmp_path / "floor.json", view)
    assert keeping.load(tmp_path / "floor.json") == view
    assert keeping.load(tmp_path / "none.json") == FloorView()


@pytest.mark.logs("cannot be used")
@pytest.mark.parametrize("text", [b"", b"{", b'{"mode":"cube"}', b"[" * 5000, b"\xff\xfe"])
def test_a_view_that_cannot_be_read_is_the_usual_one(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "floor.json").write_bytes(text)
    assert keeping.load(tmp_path / "floor.json") == FloorView()


def test_a_desk_that_comes_back_has_the_floor_as_it_was_left(make_desk: MakeDesk, tmp_path: Path) -> None:
    first, second = make_desk().floor, make_desk().floor
    first.keep_in(tmp_path / "floor.json")
    first.show_table(TableView(sort="agent"))
    first.turn()
    first.field.step_zoom(1)
    first.stop()
    second.keep_in(tmp_path / "floor.json")
    assert second.view == FloorView("table", 1.25, TableView(sort="agent"))
    assert (second.field.zoom, second.pages.currentWidget()) == (1.25, second.table)


def test_a_column_that_is_drawn_wider_waits_for_the_disk_once_and_not_with_every_pixel(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    written: list[FloorView] = []
    monkeypatch.setattr(keeping, "save", lambda path, view: written.append(view))
    floor = make_desk().floor
    floor.keep_in(tmp_path / "floor.json")
    for width in range(120, 180):
        floor.table.widened.emit("agent", width)
    assert not written
    qtbot.waitUntil(lambda: bool(written))
    assert [view.table.widths for view in written] == [{"agent": 179}]


def test_columns_of_another_version_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "floor.json").write_bytes(b'{"zoom":99,"table":{"columns":["seat","karma"],"sort":"karma"}}')
    assert keeping.load(tmp_path / "floor.json") == FloorView(table=TableView(columns=("seat",)))


def test_a_seat_of_a_silent_source_is_old_in_the_table() -> None:
    silent = {"main": SourceSight("main", False, 0.4, floors.NOW), "pbx": SourceSight("pbx", True, 9.0, floors.NOW)}
    lines = lines_of(replace(with_seat(source="pbx"), sources=silent), TableView())
    assert lines.row("seat:001").stale
    assert not lines.row("seat:002").stale
