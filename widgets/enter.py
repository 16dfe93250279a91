"""Enter on a button presses it, as Space does, whatever is usual on this system."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QToolButton

ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def presses(event: QKeyEvent) -> bool:
    """Press the button that has the keyboard, for whatever lies around it and gets the key that it leaves alone.

    On some systems Qt's buttons take Enter themselves; elsewhere only those of dialogs do, and not where Enter in a
    field would press them too. Returns whether the key was for a button; one that is held down presses once.
    """
    button = QApplication.focusWidget()
    if event.key() not in ENTERS or event.modifiers() not in PLAIN:
        return False
    if not isinstance(button, QAbstractButton) or isinstance(button, QCheckBox):
        return False
    event.accept()
    if event.isAutoRepeat() or not button.isEnabled():
        return True
    if isinstance(button, QToolButton) and button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup:
        button.showMenu()
    else:
        button.click()
    return True
