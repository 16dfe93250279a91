"""The panel of one agent: who, state, call, the day so far, and the orders for the seat."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QScrollArea, QWidget
from PySide6.QtWidgets import QVBoxLayout as Column

from console.agent.present import LOGOUT, PAUSE, READY, AgentText, agent
from console.orders import Orders
from console.panels import Panel
from console.phrases.states import seat_number
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat
from feeds.rules.commands import LONGEST_REASON
from widgets.desk_style import chevron
from widgets.desk_texts import ActionText
from widgets.fact_grid import CountRow, FactGrid, label, set_text
from widgets.icons import icon_pixmap
from widgets.palette import Palette
from widgets.state_band import Initial, StateBand


class AgentPanel(Panel):
    """One seat, chosen elsewhere."""

    name = "agent"
    icon = "headset"

    def __init__(self, words: Words, palette: Palette, orders: Orders) -> None:
        super().__init__(words, palette)
        self.orders = orders
        self.seat = ""
        self.text = AgentText()
        self._sure = False
        self.hint = label("note", wraps=True)
        self.initial, self.band = Initial(palette), StateBand(palette)
        self.who, self.detail = label("name"), label("note")
        self.chips = [label("chip") for _ in range(3)]
        self.facts, self.counts = FactGrid(), CountRow()
        self.day, self.acts = label("head"), label("head")
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)  # of bytes, which the rule counts
        self.usual = QMenu(self.reason)
        self.pick = QAction(self.reason)
        self.reason.addAction(self.pick, QLineEdit.ActionPosition.TrailingPosition)
        self.buttons = {name: QPushButton() for name in (READY, PAUSE, LOGOUT)}
        self.keep = QPushButton()
        self.why, self.note = label("note", wraps=True), label(wraps=True)
        self.whole = QWidget()
        self.setMinimumWidth(270)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        head, names, chips = QHBoxLayout(), Column(), QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.initial)
        names.setSpacing(0)
        names.addWidget(self.who)
        names.addWidget(self.detail)
        head.addLayout(names, 1)
        chips.setSpacing(6)
        for chip in self.chips:
            chips.addWidget(chip)
        chips.addStretch(1)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.buttons[READY], 0, 0)
        buttons.addWidget(self.buttons[LOGOUT], 0, 1)
        buttons.addWidget(self.keep, 1, 1)
        pause = QHBoxLayout()
        pause.setSpacing(8)
        pause.addWidget(self.reason, 1)
        pause.addWidget(self.buttons[PAUSE])
        column = Column(self.whole)
        column.setContentsMargins(14, 4, 14, 14)
        column.setSpacing(10)
        for part in (head, chips, self.band, self.facts, self.day, self.counts, self.acts, buttons, pause):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addWidget(self.why)
        column.addWidget(self.note)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole.setObjectName("panel")
        area.setWidget(self.whole)
        self.hint.setContentsMargins(14, 8, 14, 8)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.hint)
        self.body.addWidget(area, 1)
        self.area = area

    def _wire(self) -> None:
        for name, button in self.buttons.items():
            button.setProperty("part", "big")
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(lambda _=False, name=name: self._on_pressed(name))
        self.keep.setProperty("part", "big")
        self.keep.clicked.connect(lambda: self._set_sure(False))
        self.reason.textChanged.connect(lambda _: self.present_now())
        self.reason.returnPressed.connect(lambda: self._on_pressed(PAUSE))
        self.pick.triggered.connect(self._on_pick)
        self.orders.changed.connect(self._on_order_changed)

    def show_seat(self, key: str) -> None:
        """Be about that seat from now on."""
        if key != self.seat:
            self.seat = key
            self._sure = False
            self.reason.clear()
            self.area.verticalScrollBar().setValue(0)
        self.present_now()

    def dress(self) -> None:
        words, colours = self.words, self.colours
        self.initial.set_look(colours, 1.0)
        self.band.set_look(colours, 1.0)
        set_text(self.day, words("agent.today"))
        set_text(self.acts, words("agent.orders"))
        self.reason.setPlaceholderText(words("agent.reason"))
        self.reason.setAccessibleName(words("agent.reason"))
        self.pick.setIcon(chevron(colours))
        self.pick.setToolTip(words("agent.usual"))
        self.keep.setText(words("agent.keep"))
        for name, button in self.buttons.items():
            button.setText(words(f"order.{name}"))

    def present(self, sight: Sight) -> None:
        text = agent(sight, self.seat, self.orders.latest(self.seat), self.reason.text(), self.words)
        self.text = text
        set_text(self.hint, text.hint)
        self.hint.setVisible(bool(text.hint))
        self.area.setVisible(not text.hint)
        if text.hint:
            return
        self.initial.set_letter(text.initial)
        set_text(self.who, text.name)
        set_text(self.detail, text.detail)
        for number, chip in enumerate(self.chips):
            set_text(chip, text.chips[number] if number < len(text.chips) else "")
            chip.setVisible(number < len(text.chips))
        self.band.set_text(text.band)
        self.facts.set_facts(text.facts)
        self.day.setVisible(bool(text.counts))
        self.counts.set_counts(text.counts)
        for action in text.actions:
            self._show_action(action)
        set_text(self.why, text.why)
        self.why.setVisible(bool(text.why))
        self._show_note(self.note, text)
        self.pick.setVisible(bool(text.reasons))

    def _show_action(self, action: ActionText) -> None:
        button = self.buttons[action.key]
        if action.key == LOGOUT:
            if not action.enabled:
                self._sure = False
            self.keep.setVisible(self._sure)
            action_label = self.words("agent.sure", name=self.text.name) if self._sure else action.label + "…"
        else:
            action_label = action.label
        if button.text() != action_label:
            button.setText(action_label)
        if button.isEnabled() != action.enabled:
            button.setEnabled(action.enabled)
        said = f"{action.label}: {action.why}" if action.why else action.label
        if button.toolTip() != said:
            button.setToolTip(said)
            button.setAccessibleDescription(action.why)
        colour = self.colours.hi if action.enabled else self.colours.low
        shown = f"{action.icon} {colour.name()}"
        if button.property("drawn") != shown:
            button.setProperty("drawn", shown)
            button.setIcon(QIcon(icon_pixmap(action.icon, 18, colour, 2.0)))

    def _show_note(self, note: QLabel, text: AgentText) -> None:
        set_text(note, text.note)
        note.setVisible(bool(text.note))
        if note.property("tone") != text.note_tone.value:
            note.setProperty("tone", text.note_tone.value)
            note.style().unpolish(note)
            note.style().polish(note)

    def _on_pressed(self, name: str) -> None:
        """Give the order, if it can still be given at this moment; signing out asks once more."""
        self.present_now()
        seat = self.sight.entities.get(self.seat) if self.sight is not None else None
        if not isinstance(seat, Seat) or not self.buttons[name].isEnabled():
            return
        if name == LOGOUT and not self._sure:
            self._set_sure(True)
            return
        args: dict[str, Any] = {"seat": seat_number(seat)}
        if name == PAUSE:
            args["reason"] = self.reason.text().strip()
        self._sure = False
        self.orders.give(self.seat, name, args)

    def _set_sure(self, sure: bool) -> None:
        self._sure = sure
        self.present_now()
        (self.keep if sure else self.buttons[LOGOUT]).setFocus()

    def _on_pick(self) -> None:
        self.usual.clear()
        for reason in self.text.reasons:
            self.usual.addAction(reason).triggered.connect(lambda _=False, reason=reason: self.reason.setText(reason))
        self.usual.popup(self.reason.mapToGlobal(self.reason.rect().bottomLeft()))

    def _on_order_changed(self, place: str) -> None:
        if place == self.seat:
            self.present_now()
