"""What can be done with the tables of a running desk, and the links to what is on its floor."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QTableWidget, QTableWidgetItem, QVBoxLayout
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.hands import links
from console.hands.links import Link, link_to, missing, parsed
from console.words import Words
from tests.wall import floors

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
EN = Words("en")
NO_SIZE = pytest.mark.qt_log_ignore("propagateSizeHints", "raise\\(\\)", "grabbing")


@pytest.fixture
def desk(make_desk: MakeDesk, qtbot: QtBot) -> Desk:
    made: Desk = make_desk("--lang", "en")
    made.window.look_at(floors.sight())
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def test_a_table_is_copied_with_its_key_and_the_desk_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.alarms.table.setFocus()
    qtbot.keyClick(desk.alarms.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Level", "Time", "Source"]
    assert len(lines) == 3
    assert "Copied" in desk.window.notice.accessibleName()
    desk.alarms.table.selectRow(1)
    desk.hands.actions.run("table.copy")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2


def test_the_same_key_in_a_field_copies_what_is_chosen_there(desk: Desk, qtbot: QtBot) -> None:
    desk.floor.search.setText("Zhang")
    desk.floor.search.setFocus()
    desk.floor.search.selectAll()
    qtbot.keyClick(desk.floor.search, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Zhang"


def test_every_list_of_the_desk_has_the_actions_once_it_has_the_keyboard(desk: Desk) -> None:
    for view in (desk.alarms.table, desk.queues.callers, desk.queues.cards, desk.floor.field):
        view.setFocus()
        assert desk.hands.tables.view is view
        assert {action.text() for action in desk.hands.tables.actions} <= {action.text() for action in view.actions()}


def test_a_table_in_a_dialog_that_nobody_told_of_it_has_them_too(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk.window)
    layout = QVBoxLayout(dialog)
    layout.setSizeConstraint(layout.SizeConstraint.SetNoConstraint)
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels(["one", "two"])
    table.setItem(0, 0, QTableWidgetItem("1"))
    table.setItem(0, 1, QTableWidgetItem("2"))
    layout.addWidget(table)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    table.setFocus()
    qtbot.waitUntil(lambda: desk.hands.tables.view is table)
    assert table.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "one\ttwo\n1\t2\n"
    dialog.close()
    dialog.deleteLater()


def test_without_a_table_the_desk_says_what_to_do_first(desk: Desk) -> None:
    desk.hands.tables.view = None
    assert not desk.hands.actions.run("table.csv")
    assert EN("why.no_table") in desk.window.notice.accessibleName()


@NO_SIZE
def test_csv_goes_into_a_file_that_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    desk.alarms.table.setFocus()
    assert desk.hands.actions.run("table.csv")
    dialog = desk.hands.tables.open
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith("Alarms-20261122-143208.csv")
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite), "what is there is not replaced unasked"
    dialog.fileSelected.emit(str(tmp_path / "alarms.csv"))
    dialog.close()
    rows = list(csv.reader(io.StringIO((tmp_path / "alarms.csv").read_text("utf-8-sig"))))
    assert rows[0][0] == "Level"
    assert len(rows) == 3
    assert "Saved" in desk.window.notice.accessibleName()


@NO_SIZE
@pytest.mark.parametrize("deed", ["csv", "pdf", "print"])
def test_a_table_that_has_only_a_part_of_its_lines_is_written_once_all_have_come(desk: Desk, deed: str) -> None:
    waiting: list[Callable[[], None]] = []
    desk.alarms.table.whole = waiting.append
    desk.alarms.table.setFocus()
    assert desk.hands.actions.run(f"table.{deed}")
    assert desk.hands.tables.open is None
    waiting.pop()()
    assert desk.hands.tables.open is not None
    desk.hands.tables.open.close()


@NO_SIZE
@pytest.mark.logs("could not be written")
def test_a_file_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.alarms.table.setFocus()
    desk.hands.actions.run("table.pdf")
    dialog = desk.hands.tables.open
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "missing" / "alarms.pdf"))
    dialog.close()
    assert "could not be saved" in desk.window.notice.accessibleName()


@NO_SIZE
def test_the_pages_are_looked_at_before_they_are_printed(desk: Desk, qtbot: QtBot) -> None:
    desk.alarms.table.setFocus()
    desk.hands.actions.run("table.print")
    preview = desk.hands.tables.open
    assert preview is not None
    assert preview.windowTitle() == "Print preview: Alarms"
    preview.close()
    assert desk.hands.tables.open is None


# Links


@pytest.mark.parametrize("key", ["seat:108", "queue:claim", "alarm:queue:rescue:longest_wait_now:now", "seat:A 1/ü"])
def test_a_link_leads_to_what_it_was_made_of(key: str) -> None:
    link = link_to(key)
    assert link is not None
    assert parsed(link.text, EN) == link
    assert link.key == key


def test_links_read_as_people_write_them() -> None:
    assert parsed(" floor://seat/108/ ", EN) == Link("seat", "108")
    assert link_to("seat:108") == Link("seat", "108")
    assert Link("seat", "108").text == "floor://seat/108"
    assert link_to("order:7") is None


@pytest.mark.parametrize("text", ["", "seat/108", "http://seat/108", "floor://", "floor://seat/", "floor://seat/%00"])
def test_a_text_that_is_no_link_is_told_so(text: str) -> None:
    assert "floor://" in str(parsed(text, EN))
    assert isinstance(parsed(text, EN), str)


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader_of_links(text: str) -> None:
    for one in (text, links.SCHEME + text, f"{links.SCHEME}seat/{text}"):
        found = parsed(one, EN)
        assert isinstance(found, str | Link)


def test_a_link_to_what_is_not_there_says_what_is_missing() -> None:
    sight = floors.sight()
    assert missing(sight, Link("seat", "108"), EN) == ""
    assert "999" in missing(sight, Link("seat", "999"), EN)
    assert "nowhere" in missing(sight, Link("queue", "nowhere"), EN)
    assert missing(sight, Link("alarm", "x"), EN) == EN("link.wrong.alarm")


def test_the_desk_opens_links(desk: Desk) -> None:
    assert desk.open_link("floor://seat/016") == ""
    assert desk.agent.seat == "seat:016"
    assert desk.open_link("floor://queue/disp") == ""
    assert desk.queues.cards.chosen_key == "queue:disp"
    assert desk.open_link("floor://alarm/site:waiting:now") == ""
    assert desk.alarms.table.chosen_key == "alarm:site:waiting:now"
    assert "no seat 999" in desk.open_link("floor://seat/999")


def test_the_link_to_what_is_chosen_is_copied_with_its_key(desk: Desk, qtbot: QtBot) -> None:
    desk.floor.field.setFocus()
    desk.floor.locate("seat:016")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(desk.window, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "floor://seat/016"
    desk.queues.cards.setFocus()
    desk.queues.cards.choose("queue:disp")
    qtbot.keyClick(desk.window, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "floor://queue/disp"


def test_a_table_that_is_gone_is_no_table_any_more(desk: Desk, qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    table.setParent(desk.window)
    table.show()
    table.setFocus()
    assert desk.hands.tables.view is table
    table.deleteLater()
    qtbot.waitUntil(lambda: desk.hands.tables.why_not() == EN("why.no_table"))
    desk.hands.opener.walker.step(1)
