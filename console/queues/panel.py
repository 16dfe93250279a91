"""The panel of the queues: a card for each above, who waits in the chosen one below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from console.panels import Panel
from console.queues.present import queues
from console.sight import Sight
from console.words import Words
from widgets.card_list import CardList
from widgets.fact_grid import label, set_text
from widgets.lines_table import LinesTable
from widgets.palette import Palette

WIDTHS = (64, 44, 104, 0, 0)
MINE, THEIRS = 4, 3
"""Columns of which one is shown: the state where one queue is chosen, else the queue."""


class QueuesPanel(Panel):
    """Queues and callers."""

    name = "queues"
    icon = "people"

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__(words, palette)
        self.cards = CardList(palette)
        self.callers = LinesTable(palette)
        self.title = label("head")
        self.all = QPushButton()
        self.all.setProperty("part", "filter")
        row = QHBoxLayout()
        row.setContentsMargins(14, 6, 14, 4)
        row.addWidget(self.title, 1)
        row.addWidget(self.all)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.callers, 1)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(self.cards)
        self.parts.addWidget(below)
        self.parts.setStretchFactor(0, 3)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.body.addWidget(self.parts, 1)
        self.setMinimumWidth(280)
        self.cards.chosen.connect(lambda _: self.present_now())
        self.all.clicked.connect(self.cards.clearSelection)

    def locate(self, key: str) -> None:
        """Choose a queue and bring it into sight."""
        self.present_now()
        self.cards.choose(key)

    def dress(self) -> None:
        words = self.words
        self.cards.set_look(self.colours)
        self.callers.set_look(self.colours)
        self.cards.setAccessibleName(words("queues.title"))
        self.callers.setAccessibleName(words("queues.callers"))
        self.all.setText(words("queues.all"))
        titles = ("queues.wait", "queues.priority", "queues.number", "queues.queue", "queues.state")
        self.callers.set_columns([words(key) for key in titles], WIDTHS)

    def present(self, sight: Sight) -> None:
        chosen = self.cards.chosen_key
        text = queues(sight, chosen, self.words)
        self.head.set_note(text.note)
        self.cards.set_cards(text.cards)
        set_text(self.title, text.callers_title)
        self.all.setVisible(bool(chosen))
        self.callers.setColumnHidden(THEIRS, bool(chosen))
        self.callers.setColumnHidden(MINE, not chosen)
        self.callers.set_lines(text.callers, text.empty)
