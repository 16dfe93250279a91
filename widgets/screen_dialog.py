"""A dialog that is no larger than its screen: with large letters on a small one its buttons would be out of sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog

from widgets import enter
from widgets.screens import fitting


class ScreenDialog(QDialog):
    """Becomes smaller where there is no room for it, each time that it is opened: it may open on another screen."""

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            moved = self.testAttribute(Qt.WidgetAttribute.WA_Moved)  # then it stays where it is
            self.resize(fitting(self.size(), self if moved else self.parentWidget() or self))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter.presses(event):
            super().keyPressEvent(event)
