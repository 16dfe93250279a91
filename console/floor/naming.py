"""Asks for the two names of a room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from console.words import Words
from feeds.rules.layout import LONGEST_NAME


class RoomName(QDialog):
    """A room's name in Chinese and English; one of them is enough and then stands for both.

    Signals: `named(str, str)` with both names.
    """

    named = Signal(str, str)

    def __init__(self, parent: QWidget, words: Words, zh: str, en: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("floor.edit.room_name"))
        self.zh, self.en = QLineEdit(zh), QLineEdit(en)
        form = QFormLayout(self)
        for field, key in ((self.zh, "floor.edit.name_zh"), (self.en, "floor.edit.name_en")):
            field.setMaxLength(LONGEST_NAME)
            field.setMinimumWidth(220)
            field.setAccessibleName(words(key))
            form.addRow(words(key), field)
            field.textChanged.connect(self._on_changed)
        self.box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.box.button(QDialogButtonBox.StandardButton.Ok).setText(words("floor.edit.ok"))
        self.box.button(QDialogButtonBox.StandardButton.Cancel).setText(words("floor.edit.cancel"))
        self.box.accepted.connect(self._on_accepted)
        self.box.rejected.connect(self.reject)
        form.addRow(self.box)
        self._on_changed()

    def _names(self) -> tuple[str, str]:
        zh, en = self.zh.text().strip(), self.en.text().strip()
        return zh or en, en or zh

    def _on_changed(self) -> None:
        self.box.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self._names()[0]))

    def _on_accepted(self) -> None:
        self.accept()
        self.named.emit(*self._names())
