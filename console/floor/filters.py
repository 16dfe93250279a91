"""The filters above the floor: a choice for each thing that tells seats apart, and one button to clear them."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from console.floor import choosing
from console.floor.choosing import Chosen
from console.floor.roll import Roll
from console.sight import Sight
from console.words import Words
from widgets.choice_button import ChoiceButton
from widgets.flow_row import FlowRow
from widgets.palette import Palette

KINDS = ("group", "team", "vendor", "skill", "language", "state")


class Filters(QWidget):
    """What is wanted of the floor.

    Signals: `changed(Chosen)` when somebody wants something else, `left()` when the keyboard goes from the text to the
    seats that fit it.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = Chosen()
        self._setting = False
        self._basis: tuple[object, ...] = ()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(120)
        self.choices = {kind: ChoiceButton() for kind in KINDS}
        self.overdue, self.clear = QPushButton(), QPushButton()
        self.overdue.setCheckable(True)
        for button in (self.overdue, self.clear):
            button.setProperty("part", "filter")
        self.row = FlowRow(self, spacing=6, grows=self.search)
        for widget in (self.search, *self.choices.values(), self.overdue, self.clear):
            self.row.addWidget(widget)
        for kind, button in self.choices.items():
            button.picked.connect(lambda key, kind=kind: self.choose(**{kind: key}))
        self.search.textChanged.connect(lambda text: self.choose(text=text.strip()))
        self.search.returnPressed.connect(self.left)
        for keys, slot in (("Down", self.left), ("Esc", self._on_escape)):
            shortcut = QShortcut(QKeySequence(keys), self.search, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self.overdue.toggled.connect(lambda on: self.choose(overdue=on))
        self.clear.clicked.connect(self.show_all)
        self.clear.hide()

    def choose(self, **wanted: object) -> None:
        """Want something else of these kinds."""
        if not self._setting:
            self._take(replace(self.chosen, **wanted))

    def _take(self, chosen: Chosen) -> None:
        if chosen == self.chosen:
            return
        before, self.chosen = self.chosen, chosen
        if chosen.overdue != before.overdue:
            self.overdue.setProperty("active", chosen.overdue)
            self.overdue.style().unpolish(self.overdue)
            self.overdue.style().polish(self.overdue)
        self.changed.emit(chosen)

    def show_all(self) -> None:
        """Take all filters away."""
        self._empty_all()
        self._take(Chosen())

    def show_only(self, kind: str, number: str) -> None:
        """Show the seats of a group, team, vendor or kind of seat and no others."""
        self._empty_all()
        if kind in self.choices:
            self.choices[kind].set_key(number)
        self._take(replace(Chosen(), **{kind: number}) if kind in Chosen.__struct_fields__ else Chosen())

    def let_go_of_gone(self, sight: Sight) -> None:
        """Want nothing of what the site has no more: nothing would fit it, and no button would say what is wanted."""
        gone = choosing.gone(self.chosen, sight.site)
        for kind in gone.keys() & self.choices.keys():
            self.choices[kind].set_key("")
        self.chosen = replace(self.chosen, **gone)

    def _empty_all(self) -> None:
        self._setting = True
        try:
            for button in self.choices.values():
                button.set_key("")
            self.search.setText("")
            self.overdue.setChecked(False)
        finally:
            self._setting = False

    def dress(self, words: Words, colours: Palette) -> None:
        """Give words and colours to the buttons."""
        self.search.setPlaceholderText(words("floor.search"))
        self.search.setAccessibleName(words("floor.search"))
        for kind, button in self.choices.items():
            button.set_look(colours, words(f"floor.{kind}"))
        self.overdue.setText(words("floor.overdue"))
        self.clear.setText(words("floor.show_all"))
        self._fit()

    def present(self, sight: Sight, roll: Roll, words: Words, note: str) -> None:
        """Offer what there is to choose from; `note` says how many are shown."""
        self.clear.setToolTip(note)
        basis = (sight.site, roll.total, sight.now // 1000, words.language)
        if basis != self._basis:
            self._basis = basis
            self._offer_labels(sight, words)
            self.offer_languages(roll, words)
        elif self.clear.isHidden() == self.chosen.everything:
            return
        self.clear.setVisible(not self.chosen.everything)
        self._fit()

    def _offer_labels(self, sight: Sight, words: Words) -> None:
        offered = {
            "group": choosing.group_choices(sight, words), "team": choosing.team_choices(sight, words),
            "vendor": choosing.vendor_choices(sight, words), "skill": choosing.skill_choices(sight, words),
            "state": choosing.state_choices(words),
        }  # fmt: skip
        for kind, choices in offered.items():
            self.choices[kind].set_choices(choices)

    def offer_languages(self, roll: Roll, words: Words) -> None:
        """Offer the languages that anybody speaks; no button where nobody speaks any."""
        button = self.choices["language"]
        choices = choosing.language_choices(roll.seats, words)
        if self.chosen.language and self.chosen.language not in {choice.key for choice in choices}:
            return  # who spoke it has left: what was chosen stays chosen, and says that nobody fits
        button.set_choices(choices)
        button.setVisible(len(choices) > 1)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return done

    def _fit(self) -> None:
        """Be as high as the lines into which the width breaks all that."""
        self.setFixedHeight(self.row.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 26)

    def _on_escape(self) -> None:
        """Take the text back, or go to the seats where there is none."""
        if self.search.text():
            self.search.clear()
        else:
            self.left.emit()

    def focus_search(self) -> None:
        """Begin to look for a seat."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
