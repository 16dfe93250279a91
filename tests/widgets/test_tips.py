"""Tooltips show names and reasons as they were written, whatever they look like."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from widgets.desk_texts import LineText
from widgets.palette import Palette
from widgets.tables.lines_table import LinesTable
from widgets.tips import plain

WORDS = [
    "Smith & Sons", "if x < y", "<b>loud</b>", "known <img src='//elsewhere/x.png'>", "a\n<i>b</i>  c", "&lt;b&gt;",
]  # fmt: skip


def shown(tip: str) -> str:
    """What Qt makes of a tooltip."""
    if not Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("words", WORDS)
def test_nothing_in_a_tooltip_is_taken_for_html(words: str, qapp: QApplication) -> None:
    assert " ".join(shown(plain(words)).split()) == " ".join(words.split())
    assert shown(plain(words)).count("\n") == words.count("\n")


@pytest.mark.parametrize("words", WORDS)
def test_a_cell_tells_the_words_that_it_has_no_room_for_as_they_are(
    words: str, qtbot: QtBot, palette: Palette
) -> None:
    table = LinesTable(palette)
    qtbot.addWidget(table)
    table.set_columns(("What", "Why"), (0, 60))
    table.set_lines([LineText("a", ("one", words), tip="tip"), LineText("b", ("two", ""), tip=words)], "")
    assert shown(table.lines.data(table.lines.index(1, 0), Qt.ItemDataRole.ToolTipRole)).split() == words.split()
    table.resize(120, 200)
    table.show()
    at = table.visualRect(table.lines.index(1, 1)).center()
    asked = QHelpEvent(QHelpEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.viewport(), asked)
    assert shown(QToolTip.text()).split() == words.split()
    QToolTip.showText(QPoint(), "")
