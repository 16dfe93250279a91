"""Labelled facts one under the other, and counts side by side, as labels that a screen reader reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from widgets.desk_texts import CountText, FactText


def label(part: str = "", *, wraps: bool = False) -> QLabel:
    """A plain label that plays a part of the style sheet; its text is never taken for HTML."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if part:
        made.setProperty("part", part)
    return made


def set_text(widget: QLabel, text: str) -> None:
    """Show that text; the same one costs nothing."""
    if widget.text() != text:
        widget.setText(text)


class FactGrid(QWidget):
    """Facts in two columns; labels are kept for the next facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._pairs: list[tuple[QLabel, QLabel]] = []

    def set_facts(self, facts: tuple[FactText, ...]) -> None:
        """Show those facts."""
        while len(self._pairs) < len(facts):
            pair = label("label"), label(wraps=True)
            pair[1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, widget in enumerate(pair):
                self._grid.addWidget(widget, len(self._pairs), column, Qt.AlignmentFlag.AlignTop)
            self._pairs.append(pair)
        for number, (name, value) in enumerate(self._pairs):
            fact = facts[number] if number < len(facts) else None
            for widget, text in ((name, fact.label if fact else ""), (value, fact.value if fact else "")):
                set_text(widget, text)
                widget.setVisible(fact is not None)


class CountRow(QWidget):
    """Numbers side by side, each in its frame, at most `columns` in a row."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 99) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._frames: list[tuple[QFrame, QLabel, QLabel, QLabel]] = []

    def set_counts(self, counts: tuple[CountText, ...]) -> None:
        """Show those numbers."""
        while len(self._frames) < len(counts):
            self._frames.append(self._frame())
        for number, (frame, name, value, note) in enumerate(self._frames):
            count = counts[number] if number < len(counts) else None
            frame.setVisible(count is not None)
            if count is not None:
                set_text(name, count.label)
                set_text(value, count.value)
                set_text(note, count.note)
                frame.setAccessibleName(f"{count.label} {count.value} {count.note}".strip())
        self.setVisible(bool(counts))

    def _frame(self) -> tuple[QFrame, QLabel, QLabel, QLabel]:
        frame = QFrame()
        frame.setProperty("part", "count")
        name, value, note = label("note"), label("value"), label("note")
        column = QVBoxLayout(frame)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(1)
        for widget in (name, value, note):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget)
        column.addStretch(1)
        place = len(self._frames)
        self._grid.addWidget(frame, place // self._columns, place % self._columns)
        self._grid.setColumnStretch(place % self._columns, 1)
        return frame, name, value, note
