"""The list of the orders of this desk: what was asked, of whom, and what became of it; and the notices that hold."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from console.ordering.deeds import UNDO, can_undo
from console.ordering.present import list_lines, notice_lines, phase_choices, summary
from console.ordering.sheet import Sheet
from console.orders import Orders
from console.pacing import Paced
from console.sight import Sight
from console.words import Words
from widgets.choice_button import ChoiceButton
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.tables.lines_table import LinesTable

WIDTHS: Final = (92, 120, 190, 0, 150)
NOTICE_WIDTHS: Final = (92, 160, 0, 110, 92)
COLUMNS: Final = ("time", "order", "about", "result", "reason")
NOTICE_COLUMNS: Final = ("time", "reader", "text", "by", "until")
SIZE = QSize(980, 620)


class OrdersPage(Sheet):
    """All orders of this desk, and all notices in sight."""

    def __init__(self, orders: Orders, words: Words, palette: Palette, sight: Sight, parent: QWidget) -> None:
        super().__init__(words, palette, sight, parent)
        self.orders = orders
        self.state, self.copy, self.undo = ChoiceButton(), QPushButton(), QPushButton()
        self.total, self.notices_head = label("note"), label("head")
        self.table, self.notices = LinesTable(palette), LinesTable(palette)
        row = QHBoxLayout()
        for part in (self.state, self.copy, self.undo):
            row.addWidget(part)
        row.addWidget(self.total, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.notices_head)
        self.body.addWidget(self.notices, 1)
        self._dress()
        self._changes = Paced(self.present, self)
        orders.changed.connect(self._on_changed)
        self.state.picked.connect(lambda _: self.present())
        self.table.chosen.connect(lambda _: self.present())
        self.copy.clicked.connect(self._on_copy)
        self.undo.clicked.connect(self._on_undo)
        self.resize(SIZE)

    def _dress(self) -> None:
        words = self.words
        self.set_heading(words("ordering.title"))
        self.state.set_look(self.colours, words("ordering.column.result"))
        self.state.set_choices(phase_choices(words))
        self.copy.setText(words("ordering.copy"))
        self.undo.setText(words("order.seat.undo"))
        for button in (self.copy, self.undo):
            button.setAutoDefault(False)
        self.table.set_look(self.colours)
        self.table.set_columns([words(f"ordering.column.{one}") for one in COLUMNS], WIDTHS)
        self.table.setAccessibleName(words("ordering.title"))
        self.notices.set_look(self.colours)
        self.notices.set_columns([words(f"ordering.column.{one}") for one in NOTICE_COLUMNS], NOTICE_WIDTHS)
        self.notices.setAccessibleName(words("ordering.notices"))
        set_text(self.notices_head, words("ordering.notices"))
        self.go.hide()
        self.leave.setText(words("ordering.close"))

    def set_look(self, words: Words, palette: Palette) -> None:
        """It may stand beside the work all day."""
        self.words, self.colours = words, palette
        self._dress()
        self.present()

    def present(self) -> None:
        words, orders = self.words, self.orders
        all_ = orders.all()
        self.table.set_lines(list_lines(all_, self.state.key, self.sight, words), words("ordering.none"))
        self.notices.set_lines(notice_lines(self.sight, words), words("ordering.no_notice"))
        set_text(self.total, summary(all_, words))
        given = orders.of_key(self.table.chosen_key)
        possible = given is not None and can_undo(given, self.sight.now) and not orders.waiting(given.place)
        why = words("why.stale") if self.sight.stale else "" if possible else words("ordering.undo_why")
        self.undo.setEnabled(not why)
        self.undo.setToolTip(why)
        self.copy.setEnabled(bool(all_))

    def _on_changed(self, _: str) -> None:
        if self.isVisible():
            self._changes.want()

    def _on_copy(self) -> None:
        """Put the lines that are shown into the clipboard, separated by tabs, for a table or a letter."""
        words = self.words
        rows = [[words(f"ordering.column.{one}") for one in COLUMNS]]
        rows += [list(line.cells) for line in self.table.lines.rows]
        QApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows) + "\n")

    def _on_undo(self) -> None:
        given = self.orders.of_key(self.table.chosen_key)
        if given is not None and can_undo(given, self.sight.now) and not self.sight.stale:
            self.orders.give(given.place, UNDO, {"order": given.order})
