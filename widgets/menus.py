"""Menus below menus, made so that nothing of them is left when they go, and names in menus as they are written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class TickMenu(QMenu):
    """A menu that stays open while entries with a tick are ticked: of many, several may be wanted.

    By the mouse and by Space; Enter and all other entries close it, as in any menu.
    """

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if not self._tick(inside and event.button() == Qt.MouseButton.LeftButton):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._tick(event.key() == Qt.Key.Key_Space):
            super().keyPressEvent(event)

    def _tick(self, asked: bool) -> bool:
        action = self.activeAction()
        if not asked or action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


def below(menu: QMenu, title: str) -> QMenu:
    """A menu below another one.

    Not `menu.addMenu(title)`: of what Qt makes itself Python keeps an empty shell for ever, and a menu that is made
    anew with every change of the look leaves hundreds in an hour.
    """
    made = QMenu(title, menu)
    menu.addMenu(made)
    return made


def unmarked(name: str) -> str:
    """A name as the text of an entry or a button that shows it whole: Qt takes `&` for the mark of a key."""
    return name.replace("&", "&&")


def marked_off(text: str) -> str:
    """The name again that :func:`unmarked` made that text of."""
    return text.replace("&&", "&")
