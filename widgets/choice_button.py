"""A button that shows what is chosen and opens the list of what can be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from widgets.desk_style import chevron
from widgets.desk_texts import Choice
from widgets.faces import shortened
from widgets.menus import marked_off, unmarked
from widgets.palette import Palette
from widgets.tips import plain

ROOM = 88.0
LEAST = 40
"""What is left of the words where a layout has no more room."""


class ChoiceButton(QPushButton):
    """One of several choices, the first of which stands for all; its words are cut off at `room` pixels.

    Where there is less room their end is cut off, and not both ends, which would leave something else to read.

    Signals: `picked(str)` with the key of what was chosen by hand.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, room: float = ROOM) -> None:
        super().__init__(parent)
        self._room = room
        self._choices: tuple[Choice, ...] = ()
        self._key = ""
        self._about = self._label = ""
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self._group: QActionGroup | None = None
        self.setAutoDefault(False)  # Enter in another field of a dialog is not for this list
        self.setProperty("part", "filter")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the words
        self._list = QMenu(self)
        self._list.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(self._list)

    @property
    def key(self) -> str:
        return self._key

    def set_look(self, palette: Palette, about: str) -> None:
        """Take the mark's colour, and what is chosen here, for those who hear it."""
        self._about = about
        self.setIcon(chevron(palette))
        self._write()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer those; what was chosen stays chosen while it is among them."""
        if tuple(choices) == self._choices:
            return
        before, self._choices = self._choices, tuple(choices)
        if [one.key for one in before] == [one.key for one in choices]:  # a list that is open stays where it is
            for action, choice in zip(self._list.actions(), choices, strict=True):
                action.setText(unmarked(choice.label))
            self._write()
            return
        self._list.clear()
        if self._group is not None:
            self._group.deleteLater()  # a list that is cleared keeps it
        group = self._group = QActionGroup(self._list)
        for choice in choices:
            action = self._list.addAction(unmarked(choice.label))
            action.setCheckable(True)
            action.setChecked(choice.key == self._key)
            action.setData(choice.key)
            group.addAction(action)
            action.triggered.connect(lambda _=False, key=choice.key: self._on_triggered(key))
        if all(choice.key != self._key for choice in choices) and choices:
            self._key = choices[0].key
        self._write()

    def set_key(self, key: str) -> None:
        """Have that chosen, without telling."""
        if key == self._key:
            return
        self._key = key
        for action in self._list.actions():
            action.setChecked(action.data() == key)
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with Enter as well, in dialogs and elsewhere, whatever is usual on this system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _on_triggered(self, key: str) -> None:
        self.set_key(key)
        self.picked.emit(key)

    def _write(self) -> None:
        label = next((choice.label for choice in self._choices if choice.key == self._key), "")
        if label != self._label:
            self._label = label
            self.updateGeometry()
        self._fit()
        self.setAccessibleName(f"{self._about}: {label}" if self._about else label)
        self.setToolTip(plain(self.accessibleName()))
        active = bool(self._key)
        if self.property("active") != active:
            self.setProperty("active", active)
            self.style().unpolish(self)
            self.style().polish(self)

    def _fit(self) -> None:
        text, room = shortened(self._label, 14, False, self._room), self.width() - self._around()
        if self.isVisible() and self.fontMetrics().horizontalAdvance(text) > room:
            text = shortened(self._label, 14, False, room)
        text = unmarked(text)
        if text != self.text():
            self.setText(text)

    def _around(self) -> int:
        """How much of the button is not its words."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(marked_off(self.text()))

    def sizeHint(self) -> QSize:
        """With room for all that `room` allows, however little is written now."""
        whole = self.fontMetrics().horizontalAdvance(shortened(self._label, 14, False, self._room))
        return QSize(self._around() + whole, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = self.sizeHint()
        return QSize(min(least.width(), self._around() + LEAST), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
