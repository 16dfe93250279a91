"""The panel of the queues: cards or a table above, who waits in the chosen one below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from console.habits import Habits
from console.panels import Panel
from console.phrases.figures import figure_name, window_text
from console.phrases.scopes import queue_name, scope_name
from console.queues.present import FACTS, REST, QueuesText, queues
from console.queues.table import COLUMNS, MENU, NUMBERS, Order, lines
from console.sight import Sight
from console.words import Words
from widgets.card_list import CardList
from widgets.fact_grid import label, set_text
from widgets.menus import unmarked
from widgets.one_line import OneLine
from widgets.palette import Palette
from widgets.tables.lines_table import ROW, LinesTable
from widgets.tips import plain

CALLERS = ("wait", "left", "number", "queue", "priority", "language")
WIDTHS = (58, 78, 100, 0, 42, 64)
NUMBER, QUEUE, PRIORITY, LANGUAGE = 2, 3, 4, 5
"""Columns that may say nothing new: one queue is chosen, nobody goes ahead, everybody speaks the floor's language."""
NARROW = 430
HIGHEST = 4000
LOW, LEAST, LOWEST = 92, 54, 22
"""How high the list of callers is at first, and its lines at least: all queues shall be seen, and who waits is few.
Of the queues a line may be left, where large letters on a small screen leave no more: no panel covers another."""
ROOM_FOR_TITLES = 230
"""A panel that is lower has no column titles above the callers, so that a whole queue is seen besides."""
CARDS, TABLE = "cards", "table"
PAUSE_MS = 400
"""A divider that is drawn is where it shall be once it has not moved for so long."""


class QueuesPanel(Panel):
    """Queues and callers.

    Signals: `figure_asked(str, str, str)` with scope, figure and window that somebody wants to open;
    `curves_asked(str)` with the scope whose day somebody wants to see; `calls_asked(tuple, QPoint)` with the keys of
    waiting calls about which somebody wants to order something, and where a menu may open.
    """

    name = "queues"
    icon = "people"
    unseen = frozenset({"seat"})
    figure_asked = Signal(str, str, str)
    curves_asked = Signal(str)
    calls_asked = Signal(tuple, QPoint)

    def __init__(self, words: Words, palette: Palette, habits: Habits | None = None) -> None:
        super().__init__(words, palette)
        self.habits = habits or Habits()
        self.text: QueuesText | None = None
        self.cards, self.table, self.callers = CardList(palette), LinesTable(palette), LinesTable(palette)
        self.title, self.trunks = label("head"), OneLine("trouble")
        self.all, self.order = QPushButton(), QPushButton()
        self.as_cards, self.as_table = QPushButton(), QPushButton()
        self.rest, self.curves = QPushButton(), QPushButton()
        self.stack = QStackedWidget()
        self.sorted_by = _kept_order(self.habits)
        self._low = False
        self._below = _kept_height(self.habits)
        """How high the callers are where there is room, as somebody made them."""
        self._divided = QTimer(self)
        self._divided.setSingleShot(True)
        self._divided.setInterval(PAUSE_MS)
        self._lay_out()
        self._wire()
        self._show_form(self.habits.get("queues/form", CARDS))

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(10, 0, 10, 4)
        tools.setSpacing(4)
        for button in (self.as_cards, self.as_table, self.curves):
            button.setProperty("part", "filter")
        for button in (self.as_cards, self.as_table):
            button.setCheckable(True)
            tools.addWidget(button)
        self.rest.setProperty("part", "link")
        tools.addWidget(self.rest, 1)
        tools.addWidget(self.curves)
        for button in (self.all, self.order):
            button.setProperty("part", "filter")
        row = QHBoxLayout()
        row.setContentsMargins(14, 4, 10, 2)
        row.addWidget(self.title, 1)
        row.addWidget(self.order)
        row.addWidget(self.all)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.callers, 1)
        self.stack.addWidget(self.cards)
        self.stack.addWidget(self.table)
        for view in (self.cards, self.table):
            view.setMinimumHeight(LOWEST)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(self.stack)
        self.parts.addWidget(below)
        self.parts.setStretchFactor(0, 1)
        self.parts.setStretchFactor(1, 0)
        self.parts.setSizes([400, self._below])
        self.parts.setChildrenCollapsible(False)
        self.trunks.hide()
        self.body.addLayout(tools)
        self.body.addWidget(self.trunks)
        self.body.addWidget(self.parts, 1)
        self.setMinimumWidth(280)

    def _wire(self) -> None:
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.callers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.freeze(1)
        self.table.let_menu()
        self.table.set_numbers(NUMBERS)
        self.callers.setMinimumHeight(LEAST)
        self.callers.let_menu()
        self.callers.let_choose_several()
        self.cards.chosen.connect(lambda _: self.present_now())
        self.table.chosen.connect(lambda _: self.present_now())
        self.callers.chosen.connect(lambda _: self._show_order())
        self.all.clicked.connect(self.show_all)
        self.as_cards.clicked.connect(lambda: self._show_form(CARDS))
        self.as_table.clicked.connect(lambda: self._show_form(TABLE))
        self.curves.clicked.connect(lambda: self.curves_asked.emit(self.chosen_scope))
        self.rest.clicked.connect(lambda: self.figure_asked.emit(self.chosen_scope, REST, "today"))
        self.order.clicked.connect(self._on_order)
        self.rest.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rest.customContextMenuRequested.connect(self._on_rest_menu)
        self.cards.opened.connect(self._on_card_opened)
        self.cards.menu_asked.connect(self._on_menu)
        self.table.cell_opened.connect(self._on_cell_opened)
        self.table.menu_asked.connect(lambda key, _, place: self._on_menu(key, place))
        self.table.sort_asked.connect(self._on_sort)
        self.callers.menu_asked.connect(lambda _, __, place: self._on_callers_menu(place))
        self.callers.opened.connect(lambda _: self._on_order())
        self.parts.splitterMoved.connect(lambda *_: self._divided.start())
        self._divided.timeout.connect(self._on_divided)

    def _on_divided(self) -> None:
        """Keep where somebody drew the divider to."""
        if not self._low:
            self._below = self.parts.sizes()[1]
            self.habits.put("queues/callers", str(self._below))

    def stop(self) -> None:
        """Keep what is not kept yet."""
        if self._divided.isActive():
            self._divided.stop()
            self._on_divided()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < ROOM_FOR_TITLES
        if low != self._low:
            self._low = low
            self.callers.horizontalHeader().setVisible(not low)
            self.callers.setMinimumHeight(ROW if low else LEAST)
            # The least there is for callers, the rest for the queues.
            self.parts.setSizes([400, 0 if low else self._below])

    # What is chosen

    def _list(self) -> CardList | LinesTable:
        return self.cards if self.stack.currentWidget() is self.cards else self.table

    @property
    def chosen_scope(self) -> str:
        """The chosen queue as a scope, else the site."""
        return self._list().chosen_key or "site"

    def locate(self, key: str) -> None:
        """Choose a queue and bring it into sight."""
        self.present_now()
        self._list().choose(key)

    def _show_form(self, form: str) -> None:
        """Show cards or the table, with the same queue chosen."""
        chosen = self._list().chosen_key
        wanted = self.table if form == TABLE else self.cards
        self.stack.setCurrentWidget(wanted)
        self.as_cards.setChecked(wanted is self.cards)
        self.as_table.setChecked(wanted is self.table)
        self.habits.put("queues/form", TABLE if wanted is self.table else CARDS)
        self.present_now()
        if chosen:
            wanted.choose(chosen)

    # What is seen

    def dress(self) -> None:
        words = self.words
        for view in (self.cards, self.table, self.callers):
            view.set_look(self.colours)
        self.cards.setAccessibleName(words("queues.title"))
        self.table.setAccessibleName(words("queues.title"))
        self.callers.setAccessibleName(words("queues.callers"))
        for button, key in (
            (self.all, "all"), (self.as_cards, "cards"), (self.as_table, "table"), (self.curves, "curves"),
            (self.order, "order"),
        ):  # fmt: skip
            button.setText(words(f"queues.{key}"))
            button.setToolTip(words(f"queues.{key}.tip"))
        # Of a double click the second press would else meet another caller than the first, for whom a button has come.
        self.title.setMinimumHeight(self.order.sizeHint().height())
        self.table.set_columns(
            [words(f"queues.column.{one.key}") for one in COLUMNS], [one.width for one in COLUMNS]
        )  # fmt: skip
        self.rest.setAccessibleName(self.rest.toolTip() or words("queues.rest"))
        self.table.let_sort(words("floor.sort_by"))
        self.table.show_sorted(self.sorted_by.column, self.sorted_by.downwards)
        self.callers.set_columns([words(f"queues.{key}") for key in CALLERS], WIDTHS)

    def show_all(self) -> None:
        """List the callers of all queues."""
        self._list().clearSelection()

    def why_all(self) -> str:
        """Why there is nothing to list besides, empty where one queue is chosen."""
        return "" if self._list().chosen_key else self.words("why.all_queues")

    def present(self, sight: Sight) -> None:
        chosen = self._list().chosen_key
        text = self.text = queues(sight, chosen, self.words)
        self.head.set_note(text.note)
        self._show_trunks(text)
        if self._list() is self.cards:
            self.cards.set_cards(text.cards)
        else:
            self.table.set_lines(lines(sight, self.sorted_by, self.words), "")
        set_text(self.title, text.callers_title)
        if self.rest.text() != text.rest:
            self.rest.setText(text.rest)
        if self.rest.toolTip() != text.rest_tip:
            self.rest.setToolTip(text.rest_tip)
            self.rest.setAccessibleName(text.rest_tip or self.words("queues.rest"))
        self.rest.setEnabled(bool(text.rest))
        self.all.setVisible(bool(chosen))
        narrow = self.width() < NARROW
        self.callers.setColumnHidden(QUEUE, bool(chosen))
        # The tip has the number; in which queue somebody waits, and for how long yet, matters more.
        self.callers.setColumnHidden(NUMBER, narrow and not chosen)
        self.callers.setColumnHidden(PRIORITY, narrow and not text.priorities)
        self.callers.setColumnHidden(LANGUAGE, narrow and not chosen and not text.languages)
        self.callers.set_lines(text.callers, text.empty)
        self._show_order()

    def _show_trunks(self, text: QueuesText) -> None:
        trunks, tone = self.trunks, text.trunks_tone.value
        trunks.set_whole(text.trunks)
        trunks.setVisible(bool(text.trunks))
        if trunks.property("tone") != tone:
            trunks.setProperty("tone", tone)
            trunks.style().unpolish(trunks)
            trunks.style().polish(trunks)
        if trunks.toolTip() != (tip := plain(text.trunks_tip)):
            trunks.setToolTip(tip)

    def _show_order(self) -> None:
        self.order.setVisible(bool(self.callers.chosen_keys))

    # What is opened

    def _on_card_opened(self, key: str, place: int) -> None:
        figure, window = FACTS[place] if place >= 0 else ("waiting", "now")
        self.figure_asked.emit(key, figure, window)

    def _on_cell_opened(self, key: str, column: int) -> None:
        one = COLUMNS[column]
        self.figure_asked.emit(key, one.figure or "answer_rate_a2", one.window or "30m")

    def _on_sort(self, column: int) -> None:
        self.sorted_by = self.sorted_by.pressed(column)
        self.habits.put("queues/sort", f"{self.sorted_by.column} {int(self.sorted_by.downwards)}")
        self.table.show_sorted(self.sorted_by.column, self.sorted_by.downwards)
        self.present_now()

    def _on_menu(self, key: str, place: QPoint) -> None:
        if self.sight is not None:
            self.menu_of(key or "site", self.sight).popup(place)

    def _on_rest_menu(self, place: QPoint) -> None:
        self._on_menu(self.chosen_scope, self.rest.mapToGlobal(place))

    def menu_of(self, key: str, sight: Sight) -> QMenu:
        """What can be opened of a queue, or of all of them."""
        words, menu = self.words, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = queue_name(sight, key, words) if key.startswith("queue:") else scope_name(sight, key, words)
        menu.addAction(unmarked(name)).setEnabled(False)
        for figure, window in MENU:
            name = " · ".join(filter(None, (figure_name(figure, words), window_text(window, words))))
            menu.addAction(words("figures.open", name=name)).triggered.connect(
                partial(self.figure_asked.emit, key, figure, window)
            )
        menu.addSeparator()
        menu.addAction(words("queues.curves.tip")).triggered.connect(partial(self.curves_asked.emit, key))
        _add_actions(menu, self._list())
        return menu

    def _on_callers_menu(self, place: QPoint) -> None:
        if self.callers.chosen_keys:
            self.calls_asked.emit(self.callers.chosen_keys, place)

    def _on_order(self) -> None:
        corner = self.order.mapToGlobal(self.order.rect().bottomLeft())
        self.calls_asked.emit(self.callers.chosen_keys, corner)


def _add_actions(menu: QMenu, view: QAbstractItemView) -> None:
    """What can be done with any table, where somebody gave it such actions."""
    actions: Sequence[QAction] = view.actions()
    if actions:
        menu.addSeparator()
        menu.addActions(actions)


def _kept_order(habits: Habits) -> Order:
    try:
        column, downwards = (int(part) for part in habits.get("queues/sort", "-1 0").split())
    except ValueError:
        return Order()
    return Order(column, bool(downwards)) if -1 <= column < len(COLUMNS) else Order()


def _kept_height(habits: Habits) -> int:
    kept = habits.get("queues/callers")
    return min(max(int(kept), LOW), HIGHEST) if kept.isdecimal() and len(kept) < 6 else LOW
