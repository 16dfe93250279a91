"""Puts a window away and brings it back, and waits until it has heard so.

Where there is no screen Qt may tell a window so more than once.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Heard(QObject):
    """Notes which events a window gets."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.kinds: list[QEvent.Type] = []
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.kinds.append(event.type())
        return False


def put_away(window: QWidget, qtbot: QtBot) -> None:
    """Minimise it."""
    heard = Heard(window)
    window.showMinimized()
    qtbot.waitUntil(lambda: QEvent.Type.Hide in heard.kinds)


def bring_back(window: QWidget, qtbot: QtBot) -> None:
    """Restore it."""
    heard = Heard(window)
    window.showNormal()
    qtbot.waitUntil(lambda: QEvent.Type.Show in heard.kinds)


def spontaneous_close() -> QCloseEvent:
    """A close that a hand or the system asked for, not the program."""
    class ByHand(QCloseEvent):
        def spontaneous(self) -> bool:
            return True

    return ByHand()
