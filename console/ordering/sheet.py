"""What the dialogs of orders have in common: they lie over the desk, speak as it does, and see the floor go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.ordering.deeds import Deed
from console.sight import Sight
from console.words import Words
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog


class Sheet(ScreenDialog):
    """A dialog with a title, a body, what stands in the way, and two buttons; subclasses fill the body."""

    def __init__(self, words: Words, palette: Palette, sight: Sight, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.words, self.colours, self.sight = words, palette, sight
        self.heading = label("name", wraps=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.why = label("note", wraps=True)
        self.leave, self.go = QPushButton(), QPushButton()
        self.below = QHBoxLayout()
        self.below.addWidget(self.why, 1)
        for button in (self.leave, self.go):
            button.setProperty("part", "big")
            button.setAutoDefault(False)
            self.below.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(10)
        whole.addWidget(self.heading)
        whole.addLayout(self.body, 1)
        whole.addLayout(self.below)
        self.leave.clicked.connect(self.reject)
        self.leave.setText(words("ordering.cancel"))

    def set_heading(self, text: str) -> None:
        """The title, on the dialog and in its frame."""
        set_text(self.heading, text)
        if self.windowTitle() != text:
            self.setWindowTitle(text)
            self.setAccessibleName(text)

    def set_why(self, text: str, *, can_go: bool) -> None:
        """Say what stands in the way, or nothing; the button is what it may be."""
        set_text(self.why, text)
        self.go.setEnabled(can_go)
        self.go.setToolTip(text)
        self.go.setAccessibleDescription(text)

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on; most are gone before somebody could choose otherwise."""

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now."""
        self.sight = sight
        if self.isVisible():
            self.present()

    def present(self) -> None:
        """Show what is known now; a dialog that shows nothing of the floor need not."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.present()


class DeedForm(Sheet):
    """A dialog that asks what an order still needs to know; its button hides it and hands the deed on.

    Signals: `wanted(Deed)` with what is to be done; whoever takes it ends the form, or has it come back as it was left.
    """

    wanted = Signal(object)

    def __init__(self, words: Words, palette: Palette, sight: Sight, parent: QWidget) -> None:
        super().__init__(words, palette, sight, parent)
        self.go.clicked.connect(self.finish)

    def deed(self) -> Deed:
        """What is wanted now; each form says it."""
        raise NotImplementedError

    def finish(self) -> None:
        """Hand on what is wanted, if that can still be given at this moment."""
        self.present()
        if self.go.isEnabled():
            self.hide()
            self.wanted.emit(self.deed())

    def come_back(self) -> None:
        """Be there again as it was left; Qt would select all that was written, and the next letter take its place."""
        self.open()
        field = self.focusWidget()
        if isinstance(field, QLineEdit):
            field.end(False)
