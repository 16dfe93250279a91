"""Covers a desk that somebody has left: nothing can be read or pressed by accident until they are back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from widgets.faces import Side, shortened, write
from widgets.palette import Palette

TITLE, LINE, EDGE = 34.0, 16.0, 12


class Curtain(QWidget):
    """Over all of a window.

    Signals: `lifted()` when a key or a button was pressed.
    """

    lifted = Signal()

    def __init__(self, window: QWidget, palette: Palette) -> None:
        super().__init__(window)
        self._window, self._colours = window, palette
        self._lines: tuple[str, ...] = ()
        self._before: QWidget | None = None
        """What had the keyboard when the window was covered."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        window.installEventFilter(self)
        self.hide()

    def set_look(self, palette: Palette, lines: tuple[str, ...]) -> None:
        """Say those lines, the first of them large."""
        self._colours, self._lines = palette, lines
        self.setAccessibleName(". ".join(lines))
        self.update()

    def lower(self) -> None:
        """Cover the window and take the keyboard from everything below."""
        self._before = self._window.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        super().raise_()
        self.setFocus()

    def lift(self) -> None:
        """Uncover the window, and give the keyboard back to where it was."""
        before, self._before = self._before, None
        had = self._window.focusWidget() is self
        self.hide()
        if had and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:  # no shortcut of what cannot be seen
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._lift()  # Tab too, which would go on to what lies below
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._lift()

    def _lift(self) -> None:
        self.lift()
        self.lifted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colours.bg)
        middle = self.rect().center()
        for place, line in enumerate(self._lines):
            first = place == 0
            size, ink = (TITLE, self._colours.hi) if first else (LINE, self._colours.mid)
            baseline = middle.y() - 40 if first else middle.y() + 28 * place
            line = shortened(line, size, first, self.width() - 2 * EDGE)
            write(painter, middle.x(), baseline, line, size, ink, first, Side.MIDDLE)
        painter.end()
