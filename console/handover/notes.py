"""The notes for the next shift: those that are open, one that is being written, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from console.handover.writing import NOTE, PLACE, SETTLE, NotesText, notes
from console.orders import Orders
from console.sight import Sight
from console.words import Words
from widgets.action_button import show_action
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.tables.lines_table import LinesTable

WIDTHS = (100, 0, 100)


class Editor(QPlainTextEdit):
    """Where a note is written.

    Signals: `finished()` on Ctrl+Enter.
    """

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class NotesBox(QWidget):
    """Writes notes and settles them; both are orders, and what is shown as kept is what the floor shows."""

    def __init__(self, words: Words, palette: Palette, orders: Orders) -> None:
        super().__init__()
        self.words, self.orders = words, orders
        self.sight: Sight | None = None
        self.text = NotesText()
        self._sent = ""
        self.head, self.open_head = label("head"), label("head")
        self.editor = Editor()
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(104)
        self.keep, self.settle = QPushButton(), QPushButton()
        for button in (self.keep, self.settle):
            button.setAutoDefault(False)  # Enter in another field of the sheet keeps no note
        self.outcome = label("note", wraps=True)
        self.table = LinesTable(palette)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        below, under = QHBoxLayout(), QHBoxLayout()
        below.addWidget(self.outcome, 1)
        below.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        under.addStretch(1)
        under.addWidget(self.settle)
        column.addWidget(self.head)
        column.addWidget(self.editor)
        column.addLayout(below)
        column.addWidget(self.open_head)
        column.addWidget(self.table, 1)
        column.addLayout(under)
        self.editor.textChanged.connect(self.present_now)
        self.keep.clicked.connect(self._on_keep)
        self.settle.clicked.connect(self._on_settle)
        self.table.chosen.connect(lambda _: self.present_now())
        self.table.opened.connect(lambda _: self._on_settle())
        self.editor.finished.connect(self._on_keep)
        orders.changed.connect(self._on_order_changed)

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words = words
        set_text(self.head, words("handover.write"))
        set_text(self.open_head, words("handover.open_notes"))
        self.editor.setAccessibleName(words("handover.write"))
        self.editor.setPlaceholderText(words("handover.write_tip"))
        self.table.set_look(palette)
        self.table.setAccessibleName(words("handover.open_notes"))
        self.table.set_columns([words("alarms.time"), words("handover.notes"), words("handover.who")], WIDTHS)
        self.present_now()

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now."""
        self.sight = sight
        self.present_now()

    def present_now(self) -> None:
        """Show the notes and what can be done about them."""
        if self.sight is None:
            return
        chosen = self.table.chosen_key
        given = self.orders.latest(PLACE), self.orders.latest(chosen) if chosen else None
        text = self.text = notes(self.sight, self.editor.toPlainText(), chosen, given, self.words)
        self.table.set_lines(text.lines, text.empty)
        show_action(self.keep, text.keep)
        show_action(self.settle, text.settle)
        set_text(self.outcome, text.outcome)
        if self.outcome.property("tone") != text.tone.value:
            self.outcome.setProperty("tone", text.tone.value)
            self.outcome.style().unpolish(self.outcome)
            self.outcome.style().polish(self.outcome)

    def _on_keep(self) -> None:
        self.present_now()
        if self.keep.isEnabled():
            self._sent = self.editor.toPlainText()
            self.orders.give(PLACE, NOTE, {"text": self._sent.strip()})

    def _on_settle(self) -> None:
        self.present_now()
        if self.settle.isEnabled():
            key = self.table.chosen_key
            self.orders.give(key, SETTLE, {"note": key})

    def _on_order_changed(self, place: str) -> None:
        given = self.orders.latest(PLACE)
        if place == PLACE and given is not None and given.phase == "done" and self.editor.toPlainText() == self._sent:
            self.editor.clear()  # it stands in the list now; what was written meanwhile stays
        if place == PLACE or place == self.table.chosen_key:
            self.present_now()
