"""The panel of the alarms: a table, and what can be done about the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from console.alarms.present import ACKNOWLEDGE, AlarmsText, alarms
from console.orders import Orders
from console.panels import Panel
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm
from widgets.desk_texts import ActionText
from widgets.fact_grid import label, set_text
from widgets.lines_table import LinesTable
from widgets.palette import Palette

WIDTHS = (112, 84, 130, 0, 84, 190)


class AlarmsPanel(Panel):
    """Alarms.

    Signals: `located(str)` with the scope of an alarm (`queue:claim`) that somebody wants to see.
    """

    name = "alarms"
    icon = "bell"
    located = Signal(str)

    def __init__(self, words: Words, palette: Palette, orders: Orders) -> None:
        super().__init__(words, palette)
        self.orders = orders
        self.text = AlarmsText(())
        self.table = LinesTable(palette)
        self.acknowledge, self.locate = QPushButton(), QPushButton()
        self.buttons = {"acknowledge": self.acknowledge, "locate": self.locate}
        self.outcome = label()
        row = QHBoxLayout()
        row.setContentsMargins(14, 4, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.acknowledge)
        row.addWidget(self.locate)
        row.addSpacing(8)
        row.addWidget(self.outcome, 1)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.setMinimumHeight(140)
        self.table.chosen.connect(lambda _: self.present_now())
        self.table.opened.connect(lambda _: self._on_locate())
        self.acknowledge.clicked.connect(self._on_acknowledge)
        self.locate.clicked.connect(self._on_locate)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._on_acknowledge)
        orders.changed.connect(self._on_order_changed)

    def dress(self) -> None:
        words = self.words
        self.table.set_look(self.colours)
        self.table.setAccessibleName(words("alarms.title"))
        titles = ("level", "time", "source", "text", "duration", "state")
        self.table.set_columns([words(f"alarms.{key}") for key in titles], WIDTHS)

    def present(self, sight: Sight) -> None:
        chosen = self.table.chosen_key
        text = self.text = alarms(sight, chosen, self.orders.latest(chosen), self.words)
        self.head.set_note(text.note)
        self.table.set_lines(text.lines, text.empty)
        self._show_action(self.acknowledge, text.acknowledge)
        self._show_action(self.locate, text.locate)
        why = text.acknowledge.why if text.lines else ""
        set_text(self.outcome, text.outcome or why)
        if self.outcome.property("tone") != text.outcome_tone.value:
            self.outcome.setProperty("tone", text.outcome_tone.value)
            self.outcome.style().unpolish(self.outcome)
            self.outcome.style().polish(self.outcome)

    def _show_action(self, button: QPushButton, action: ActionText) -> None:
        if button.text() != action.label:
            button.setText(action.label)
        button.setEnabled(action.enabled)
        said = f"{action.label}: {action.why}" if action.why else action.label
        if button.toolTip() != said:
            button.setToolTip(said)
            button.setAccessibleDescription(action.why)

    def _on_acknowledge(self) -> None:
        self.present_now()
        key = self.table.chosen_key
        if key and self.acknowledge.isEnabled():
            self.orders.give(key, ACKNOWLEDGE, {"alarm": key})

    def _on_locate(self) -> None:
        alarm = self.sight.entities.get(self.table.chosen_key) if self.sight is not None else None
        if isinstance(alarm, Alarm) and self.text.locate.enabled:
            self.located.emit(alarm.scope)

    def _on_order_changed(self, place: str) -> None:
        if place and place == self.table.chosen_key:
            self.present_now()
