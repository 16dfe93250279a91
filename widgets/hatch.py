"""A veil of fine lines over a panel whose values are old; it lets every click through."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.palette import Palette
from widgets.tile import hatch_brush


class Hatch(QWidget):
    """Lies over its parent and follows its size; hidden while the data is fresh."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._colours = palette
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)
        self.hide()

    def set_look(self, palette: Palette) -> None:
        """Take the lines' colour from another palette."""
        self._colours = palette
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Lie over the parent, or not."""
        if stale:
            self.setGeometry(self._under.rect())
            self.raise_()
        self.setVisible(stale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._under:
            self.setGeometry(self._under.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        origin = self.mapTo(self.window(), QPoint(0, 0))
        painter.setBrushOrigin(-origin.x(), -origin.y())
        painter.fillRect(event.rect(), hatch_brush(self._colours.hatch.rgba(), 1.0, painter.deviceTransform().m11()))
        painter.end()
