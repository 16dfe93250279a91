"""The time of day in large digits, whose painting doubles as the display's pulse."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import Side, fitted, write
from widgets.palette import Palette
from widgets.tile import Tile, fill


class Clock(Tile):
    """A clock that never looks old, and that counts how often it was really painted."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = ""
        self.paints = 0

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Show that time, ready to read (`14:32:08`)."""
        if text != self._text:
            self._text = text
            self.update()

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        self.paints += 1
        room = QRectF(self.rect())
        size = fitted(self._text, self.u(66), True, room.width())
        write(painter, room.right(), self.u(70), self._text, size, self.colours.hi, True, Side.RIGHT)
