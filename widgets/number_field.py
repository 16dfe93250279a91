"""A field for a whole number, whose digits stand as far from its border as the words of other fields."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

INSET = 7


class NumberField(QSpinBox):
    """Qt's own, which takes the padding of a style sheet for its frame and not for its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(INSET, 0, INSET, 0)
