"""The floor's panel: filters above, the field of seats below."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from console.floor import choosing
from console.floor.choosing import Chosen
from console.floor.present import Cards
from console.panels import Panel
from console.sight import Sight
from console.words import Words
from widgets.choice_button import ChoiceButton
from widgets.palette import Palette
from widgets.seat_field import SeatField

WIDTHS = {"zh_CN": 78.0, "en": 112.0}
"""How wide a card is at least: names in Latin letters need more."""

SEARCH_ROOM = 150
MANY = 300
"""With more seats only the clocks of those in sight run; they are set right before others come into sight."""


class FloorPanel(Panel):
    """Seats by area.

    Signals: `seat_chosen(str)` with the key of a seat, `seat_opened(str)` when somebody wants to see all of it.
    """

    name = "floor"
    icon = "grid"
    closes = False
    seat_chosen = Signal(str)
    seat_opened = Signal(str)

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__(words, palette)
        self.chosen = Chosen()
        self.seat = ""
        self.cards = Cards()
        self.field = SeatField(palette)
        self.search = QLineEdit()
        self.group, self.team, self.vendor, self.state = (ChoiceButton() for _ in range(4))
        self.overdue = QPushButton()
        self.overdue.setCheckable(True)
        self.overdue.setProperty("part", "filter")
        self.clear = QPushButton()
        self.clear.setProperty("part", "filter")
        above, row = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(14, 0, 14, 0)
        row.setContentsMargins(14, 0, 14, 6)
        row.setSpacing(6)
        self._above, self._row = above, row
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(70)
        row.addWidget(self.search, 10)
        for widget in (self.group, self.team, self.vendor, self.state, self.overdue, self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addWidget(self.head)
        self.body.addLayout(above)
        self.body.addLayout(row)
        self.body.addWidget(self.field, 1)
        self._wire()

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda text: self._choose(text=text.strip()))
        self.group.picked.connect(lambda key: self._choose(group=key))
        self.team.picked.connect(lambda key: self._choose(team=key))
        self.vendor.picked.connect(lambda key: self._choose(vendor=key))
        self.state.picked.connect(lambda key: self._choose(state=key))
        self.overdue.toggled.connect(lambda on: self._choose(overdue=on))
        self.clear.clicked.connect(self.show_all)
        self.field.chosen.connect(self._on_chosen)
        self.field.opened.connect(self.seat_opened)
        self.field.scrolled.connect(self._on_scrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_search()

    def _place_search(self) -> None:
        """In a line of its own where the filters leave no room for it."""
        buttons = (self.group, self.team, self.vendor, self.state, self.overdue, self.clear)
        needed = sum(button.sizeHint().width() + 6 for button in buttons if not button.isHidden())
        tight = needed + SEARCH_ROOM > self.width()
        if tight == (self._above.indexOf(self.search) >= 0):
            return
        self._above.setContentsMargins(14, 0, 14, 6 if tight else 0)
        if tight:
            self._row.removeWidget(self.search)
            self._above.addWidget(self.search)
        else:
            self._above.removeWidget(self.search)
            self._row.insertWidget(0, self.search, 10)

    def show_all(self) -> None:
        """Take all filters away."""
        for button in (self.group, self.team, self.vendor, self.state):
            button.set_key("")
        self.search.setText("")
        self.overdue.setChecked(False)
        self._choose(group="", team="", vendor="", seat_type="", state="", overdue=False, text="")

    def locate(self, key: str) -> None:
        """Bring a seat into sight and select it, without the filters if they hide it."""
        if self.field.cards.place_of(key) < 0 and not self.chosen.everything:
            self.show_all()
        self.field.choose(key)

    def show_only(self, kind: str, number: str) -> None:
        """Show the seats of a group, team, vendor or kind of seat and no others."""
        self.show_all()
        button = {"group": self.group, "team": self.team, "vendor": self.vendor}.get(kind)
        if button is not None:
            button.set_key(number)
        self._choose(**{kind: number})

    def dress(self) -> None:
        words = self.words
        self.field.set_look(self.colours, WIDTHS.get(words.language, 80.0))
        self.field.setAccessibleName(words("floor.title"))
        self.search.setPlaceholderText(words("floor.search"))
        self.search.setAccessibleName(words("floor.search"))
        self.search.setToolTip(words("floor.search_tip"))
        self.group.set_look(self.colours, words("floor.group"))
        self.team.set_look(self.colours, words("floor.team"))
        self.vendor.set_look(self.colours, words("floor.vendor"))
        self.state.set_look(self.colours, words("floor.state"))
        self.overdue.setText(words("floor.overdue"))
        self.clear.setText(words("floor.show_all"))

    def present(self, sight: Sight) -> None:
        words = self.words
        self.group.set_choices(choosing.group_choices(sight, words))
        self.team.set_choices(choosing.team_choices(sight, words))
        self.vendor.set_choices(choosing.vendor_choices(sight, words))
        self.state.set_choices(choosing.state_choices(words))
        visible = self.field.visible_keys() if len(self.field.cards.rows) > MANY else None
        text = self.cards.floor(sight, self.chosen, words, visible)
        self.head.set_legend(text.legend if text.total else ())
        self.field.set_blocks(text.blocks, text.empty)
        if self.seat and not self.field.chosen_key:  # it was filtered away, and may be back
            self.field.choose(self.seat, show=False)
        self.clear.setVisible(not self.chosen.everything)
        self.clear.setToolTip(text.note)
        self._place_search()

    def _choose(self, **wanted: object) -> None:
        chosen = replace(self.chosen, **wanted)
        if chosen != self.chosen:
            self.chosen = chosen
            self.overdue.setProperty("active", chosen.overdue)
            self.overdue.style().unpolish(self.overdue)
            self.overdue.style().polish(self.overdue)
            self.present_now()

    def _on_chosen(self, key: str) -> None:
        if key != self.seat:
            self.seat = key
            self.seat_chosen.emit(key)

    def _on_scrolled(self) -> None:
        if len(self.field.cards.rows) > MANY:
            self.present_now()

    def find_seats(self) -> None:
        """Take the keyboard into the field that filters by a text."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
