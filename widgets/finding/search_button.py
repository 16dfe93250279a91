"""A button that looks like a field to search in and tells the key that opens it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from widgets.faces import centred_baseline, shortened, width_of, write
from widgets.finding.finder_list import SMALL, draw_cap
from widgets.icons import draw_icon
from widgets.palette import Palette

HEIGHT, WANTED, LEAST, TEXT = 34, 200, 44, 14.0
"""It wants little, so that names beside it are whole, and takes whatever room is left."""


class SearchButton(QPushButton):
    """Opens the finder; where there is little room only its icon is left."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours, self._words, self._keys = palette, "", ""
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_look(self, palette: Palette, words: str, keys: str) -> None:
        """Set the colours, what may be searched, and the key that does the same."""
        self._colours, self._words, self._keys = palette, words, keys
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})" if keys else words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WANTED, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, middle = self._colours, self.height() / 2
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = QPen(colours.mid if self.underMouse() else colours.line, 1)
            painter.setPen(QPen(colours.info, 2.5) if self.hasFocus() else edge)
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
            draw_icon(painter, "search", QRectF(13, middle - 9, 18, 18), colours.mid)
            right = self.width() - 10.0
            if self._keys and right - 46 > width_of(self._keys, SMALL) + 60:
                right -= draw_cap(painter, self._keys, right, middle, colours) + 10
            text = shortened(self._words, TEXT, False, right - 42)
            if right > 80:
                write(painter, 42, centred_baseline(middle, TEXT), text, TEXT, colours.low)
        finally:
            painter.end()
