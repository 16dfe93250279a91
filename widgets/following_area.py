"""A scrolled area that shows whatever in it has got the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class FollowingArea(QScrollArea):
    """Scrolls to what gets the keyboard within its window: Qt does so only for Tab from another part of the area.

    Not for a press of the mouse, under which nothing may move, nor where another window was in front meanwhile.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is None or now is None or not self.isAncestorOf(now):
            return
        if before.window() is now.window() and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.ensureWidgetVisible(now, 0, 0)
