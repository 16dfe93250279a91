"""The handover sheet at a desk against a real gateway: made, kept up, written on, put on paper, and honest when old."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.handover.page import layout
from console.handover.panel import CHOSEN, HandoverDialog
from feeds.entities import Note
from tests.desk.conftest import options
from tests.desk.test_orders import SignedIn
from tests.gateway.floors import small_site
from tests.gateway.harness import gateway_in_a_thread

pytestmark = pytest.mark.slow

WAIT_MS = 60_000


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk of somebody who may do everything, on a floor where everybody is signed in."""
    with gateway_in_a_thread(small_site(), SignedIn(), tmp_path) as url:
        made = Desk(options("--lang", "en", url=url, token="all-manager"))
        made.start()
        try:
            qtbot.waitUntil(lambda: not made.session.live.stale, timeout=WAIT_MS)
            yield made
        finally:
            made.stop()


def opened(desk: Desk, qtbot: QtBot) -> HandoverDialog:
    assert desk.hands.actions.run("handover.open")
    dialog = desk.duty.handover
    qtbot.waitUntil(lambda: dialog.page is not None, timeout=WAIT_MS)
    return dialog


def test_the_sheet_of_today_is_made_printed_and_saved(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk, qtbot)
    assert dialog.page is not None
    for words in ("Handover sheet", "S Small", "All queues", "Nobody is away or overdue", "No notes"):
        assert words in dialog.page.text
    assert "Handover sheet" in dialog.preview.accessibleDescription(), "whoever hears the desk hears the page"
    assert not dialog.preview.pixmap().isNull()
    dialog.save_as(tmp_path / "sheet.pdf")
    assert dialog.said == f"Saved as {tmp_path / 'sheet.pdf'}"
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    dialog.save_as(tmp_path / "nowhere" / "sheet.pdf")
    assert "cannot be written" in dialog.said
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setPageLayout(layout())
    dialog.print_on(printer)
    assert "printer" in dialog.said and (tmp_path / "paper.pdf").exists()


def test_a_sheet_that_is_open_speaks_the_language_of_the_desk_throughout(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(desk, qtbot)
    assert dialog.page is not None and "Today" in dialog.page.text
    dialog.asking.drop()
    desk.window.choose_language("zh_CN")
    assert "Today" not in dialog.page.text and "今日" in dialog.page.text
    dialog.ask()
    assert dialog.page is not None, "the same time is no other one under another name"


def test_whatever_has_the_keyboard_on_the_sheet_shows_it(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(desk, qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    seen, unseen = set(), []
    while (now := dialog.focusWidget()) not in seen:
        seen.add(now)
        QApplication.processEvents()
        focused = now.grab().toImage()
        QTest.keyClick(now, Qt.Key.Key_Tab, delay=0)
        QApplication.processEvents()
        if now.grab().toImage() == focused:
            unseen.append(now.accessibleName() or type(now).__name__)
    assert dialog.area in seen
    assert unseen == []


@pytest.mark.slow
def test_a_note_is_kept_when_the_floor_shows_it_and_stands_on_the_sheet_until_it_is_settled(
    qtbot: QtBot, desk: Desk
) -> None:
    dialog = opened(desk, qtbot)
    notes = dialog.notes
    QAbstractItemModelTester(notes.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert not notes.keep.isEnabled() and "Write a note first" in notes.keep.toolTip()
    notes.editor.setPlainText("x" * 501)
    assert not notes.keep.isEnabled() and "too long" in notes.outcome.text()
    notes.editor.setPlainText("Trunk B reported\nticket 4711")
    qtbot.keyClick(notes.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "waiting for the floor" in notes.outcome.text()
    assert notes.editor.toPlainText(), "what is not kept yet is not taken away"
    qtbot.waitUntil(lambda: not notes.editor.toPlainText(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: next(desk.session.live.entities.of(Note), None) is not None, timeout=WAIT_MS)
    assert [note.text for note in desk.session.live.entities.of(Note)] == ["Trunk B reported\nticket 4711"]
    qtbot.waitUntil(lambda: dialog.page is not None and "□" in dialog.page.text, timeout=WAIT_MS)
    notes.table.selectRow(0)
    qtbot.mouseClick(notes.settle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "settled by all-manager" in (dialog.page.text if dialog.page else ""), timeout=WAIT_MS)
    assert not notes.settle.isEnabled() and "settled already" in notes.settle.toolTip()


def test_a_time_of_ones_own_is_taken_when_it_makes_sense_and_refused_with_words_when_not(
    qtbot: QtBot, desk: Desk
) -> None:
    dialog = opened(desk, qtbot)
    assert not dialog.begin.isEnabled(), "a shift has its own ends"
    dialog.choice.set_key(CHOSEN)
    dialog.choice.picked.emit(CHOSEN)
    assert dialog.begin.isEnabled()
    dialog.begin.setText("yesterday")
    dialog.begin.editingFinished.emit()
    assert "2026-11-26 08:00" in dialog.said
    dialog.begin.setText("2024-02-29 08:30")
    dialog.end.setText("2024-02-29 12:00")
    dialog.end.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.page is not None and "08:30–12:00" in dialog.page.text, timeout=WAIT_MS)
    dialog.end.setText("2024-02-28 12:00")
    dialog.end.editingFinished.emit()
    assert "by a day at most" in dialog.said
    dialog.begin.setText("2199-01-01 08:00")
    dialog.end.setText("2199-01-01 12:00")
    dialog.end.editingFinished.emit()
    assert dialog.said == "This time has not begun yet"


def test_when_the_gateway_is_gone_the_sheet_says_how_old_it_is(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(desk, qtbot)
    desk.session.link.stop()
    QCoreApplication.processEvents()  # what it had told already comes first
    desk.session.live.distrust()
    dialog._on_second()
    assert dialog.page is not None
    qtbot.waitUntil(lambda: "last known at" in (dialog.page.text if dialog.page else ""), timeout=WAIT_MS)
    dialog.ask()
    qtbot.waitUntil(lambda: "No sheet can be made" in dialog.said, timeout=WAIT_MS)
    assert "last known at" in dialog.page.text, "what was there stays there, with its age"


def test_when_the_gateway_is_back_it_is_asked_again_about_a_shift_that_is_over_too(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(desk, qtbot)
    dialog._second.stop()
    dialog._again.stop()
    qtbot.waitUntil(lambda: not dialog.asking.busy, timeout=WAIT_MS)
    desk.session.live.distrust()
    dialog._on_second()
    dialog._on_failed("there is no connection")
    qtbot.waitUntil(lambda: not desk.session.live.stale, timeout=WAIT_MS)
    assert "No sheet can be made" in dialog.said and not dialog.asking.busy
    dialog._on_second()
    qtbot.waitUntil(lambda: not dialog.said, timeout=WAIT_MS)


def test_the_sheet_speaks_the_desks_language_and_does_nothing_when_it_is_closed(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(desk, qtbot)
    desk.window.choose_language("zh_CN")
    assert dialog.windowTitle() == "交接班表"
    assert dialog.page is not None and "全部队列" in dialog.page.text
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog._second.isActive() and not dialog._again.isActive()


def test_without_a_floor_there_is_no_sheet_and_it_says_why(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(options("--lang", "en"))
    desk.window.show()
    try:
        desk.duty.open_handover()
        assert "once the gateway is connected" in desk.duty.handover.said
        assert not desk.duty.handover.print_out.isEnabled()
    finally:
        desk.stop()
