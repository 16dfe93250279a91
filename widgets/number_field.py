"""A field for a whole number, whose digits stand as far from its border as the words of other fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

INSET = 7


class NumberField(QSpinBox):
    """Qt's own, which takes the padding of a style sheet for its frame and not for its text.

    The wheel turns its number only while it has the keyboard: whoever scrolls past it changes nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # and does not take it from the wheel
        self.lineEdit().setTextMargins(INSET, 0, INSET, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
