"""The form of a notice: to whom, in which words, for how long."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from console import rights
from console.ordering.deeds import Deed, Target
from console.ordering.sheet import DeedForm
from console.sight import Sight
from console.words import Words
from feeds.rules.notices import LONGEST_MINUTES, LONGEST_TEXT
from widgets.choice_button import ChoiceButton
from widgets.desk_texts import Choice
from widgets.fact_grid import label, set_text
from widgets.number_field import NumberField
from widgets.palette import Palette

USUAL_MINUTES: Final = 30
SIZE = QSize(560, 260)


class Reader(Struct, frozen=True):
    """Somebody whom a notice can be for: its key among the choices, its words, and the `to` of each order."""

    key: str
    label: str
    places: tuple[tuple[str, str], ...]
    """Each `floor`, `team:<id>` or `seat:<id>` with how people call it."""


class NoticeForm(DeedForm):
    """Words for a seat, a team or the floor."""

    def __init__(
        self, readers: tuple[Reader, ...], words: Words, palette: Palette, sight: Sight, parent: QWidget
    ) -> None:
        super().__init__(words, palette, sight, parent)
        self.readers = readers
        self.to, self.text, self.minutes = ChoiceButton(room=260), QLineEdit(), NumberField()
        self.count = label("note")
        self.text.setMaxLength(LONGEST_TEXT)
        self.minutes.setRange(1, LONGEST_MINUTES)
        self.minutes.setValue(USUAL_MINUTES)
        self._build()
        self.to.picked.connect(lambda _: self.present())
        self.text.textChanged.connect(lambda _: self.present())
        self.text.returnPressed.connect(self.finish)
        self.resize(SIZE)

    def _build(self) -> None:
        words, grid = self.words, QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (key, field) in enumerate((("to", self.to), ("text", self.text), ("minutes", self.minutes))):
            name = label("label")
            name.setText(words(f"ordering.notice.{key}"))
            name.setBuddy(field)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            field.setAccessibleName(words(f"ordering.notice.{key}"))
        self.text.setPlaceholderText(words("ordering.notice.words"))
        self.to.set_look(self.colours, words("ordering.notice.to"))
        self.to.set_choices([Choice(one.key, one.label) for one in self.readers])
        self.to.set_key(self.readers[0].key)
        self.minutes.setSuffix(words("ordering.notice.unit"))
        self.go.setText(words("ordering.notice.review"))
        self.body.addLayout(grid)
        self.body.addWidget(self.count)
        self.body.addStretch(1)
        self.text.setFocus()

    def deed(self) -> Deed:
        """What is wanted now."""
        reader = next((one for one in self.readers if one.key == self.to.key), self.readers[0])
        text, minutes = self.text.text().strip(), self.minutes.value()
        return Deed(
            "notice.send",
            tuple(Target(to, name, {"to": to, "text": text, "minutes": minutes}) for to, name in reader.places),
        )

    def present(self) -> None:
        words = self.words
        self.set_heading(words("order.notice.send"))
        set_text(self.count, words("ordering.notice.count", count=len(self.text.text()), most=LONGEST_TEXT))
        why = rights.refusal(self.sight, "notice.send", words)
        if not why and not self.text.text().strip():
            why = words("said.notice.empty")
        self.set_why(why, can_go=not why)
