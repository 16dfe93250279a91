"""A label that wants the width of its words and does with less: what has no room goes from their middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ShortenedLabel(QLabel):
    """Plain words in one line, shortened only where they are painted; `part` is what it plays in the style sheet."""

    def __init__(self, part: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("part", part)
        self.setMinimumWidth(1)

    @property
    def shown(self) -> str:
        """What of the words is to be read now."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        try:
            place, role = self.contentsRect(), self.foregroundRole()
            side = int(self.alignment().value)
            self.style().drawItemText(painter, place, side, self.palette(), self.isEnabled(), shown, role)
        finally:
            painter.end()
