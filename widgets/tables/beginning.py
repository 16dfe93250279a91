"""Where a list begins when an arrow is pressed and nothing is chosen yet."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

NOTHING = QModelIndex()


def beginning(view: QAbstractItemView, event: QKeyEvent) -> QModelIndex:
    """What an arrow up or down chooses where nothing is: the line that the keyboard is on; else an invalid index.

    Qt would go on from there, past a first line of which nothing has shown that the keyboard is there.
    """
    arrow = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not arrow or not plain or view.selectionModel().hasSelection():
        return NOTHING
    current = view.currentIndex()
    return current if current.isValid() else view.model().index(0, 0)
