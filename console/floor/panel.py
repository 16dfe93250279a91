"""The floor's panel: filters above, the seats below as a map or as a table."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedLayout, QWidget

from console.floor import keeping
from console.floor.choosing import Chosen
from console.floor.columns import COLUMNS, TableView, naming
from console.floor.editor import Editor
from console.floor.filters import Filters
from console.floor.keeping import FloorView, Keeping
from console.floor.lines import Lines
from console.floor.present import Cards
from console.orders import Orders
from console.panels import Panel
from console.rights import refusal
from console.sight import Sight
from console.words import Words
from widgets.desk_style import chevron
from widgets.menus import TickMenu
from widgets.menus import below as submenu
from widgets.palette import Palette
from widgets.seats.seat_field import SeatField
from widgets.tables.key_rows import KeyRows

WIDTHS = {"zh_CN": 78.0, "en": 112.0}
"""What a card wants for a usual name, and for a number of three digits beside a time."""
DIGITS, DIGIT = 3, 7.5
"""How wide a card is at least: names in Latin letters need more."""

LOWEST = 48
"""How low the seats may be: a row of them."""


class FloorPanel(Panel):
    """Seats by area or room, or as a table.

    Signals: `seat_chosen(str)` with the key of a seat, `seats_selected(tuple)` with the keys of all that are selected,
    `seat_opened(str)` when somebody wants to see all of it, `view_changed()` when there is something else to keep.
    """

    name = "floor"
    icon = "grid"
    closes = False
    seat_chosen = Signal(str)
    seats_selected = Signal(tuple)
    seat_opened = Signal(str)
    view_changed = Signal()

    def __init__(self, words: Words, palette: Palette, orders: Orders | None = None) -> None:
        super().__init__(words, palette)
        self.seat = ""
        self.selected: tuple[str, ...] = ()
        self.view = FloorView()
        self.cards = Cards()
        self.lines = Lines(self.cards)
        self.field = SeatField(palette, self.cards)
        self.table = KeyRows(palette, self.lines)
        self.editor = Editor(words, palette, self.cards, orders)
        self.edit = QPushButton()
        self.filters = Filters()
        self.search, self.overdue, self.clear = self.filters.search, self.filters.overdue, self.filters.clear
        self.group, self.vendor = self.filters.choices["group"], self.filters.choices["vendor"]
        self.toggle, self.columns = QPushButton(), QPushButton()
        self.out, self.usual, self.into = QPushButton("–"), QPushButton(), QPushButton("+")
        self._following = False
        self._keeping: Keeping | None = None
        self._build()
        self._wire()

    @property
    def chosen(self) -> Chosen:
        return self.filters.chosen

    def _build(self) -> None:
        tools = QWidget()
        inside = QHBoxLayout(tools)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for button in (self.toggle, self.columns, self.out, self.usual, self.into, self.edit):
            button.setProperty("part", "filter")
            inside.addWidget(button)
        self.filters.row.addWidget(tools)
        self.columns.setMenu(TickMenu(self.columns))
        self.columns.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.row = QWidget()
        row = QHBoxLayout(self.row)
        row.setContentsMargins(14, 0, 14, 6)
        row.addWidget(self.filters)
        self.stack = QWidget()
        self.stack.setMinimumHeight(LOWEST)  # and not the editor's, for whose sake the filters would be cut
        self.pages = QStackedLayout(self.stack)
        self.pages.setContentsMargins(0, 0, 0, 0)
        self.pages.addWidget(self.field)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.editor)
        self.body.addWidget(self.head)
        self.body.addWidget(self.row)
        self.body.addWidget(self.stack, 1)

    def _wire(self) -> None:
        self.filters.changed.connect(self.present_now)
        self.filters.left.connect(self._on_searched)
        self.toggle.clicked.connect(self.turn)
        self.edit.clicked.connect(self.draw)
        self.editor.left.connect(self._on_left)
        self.columns.menu().aboutToShow.connect(self._offer_columns)
        self.out.clicked.connect(lambda: self.zoom(-1))
        self.usual.clicked.connect(lambda: self.zoom(0))
        self.into.clicked.connect(lambda: self.zoom(1))
        self.field.zoomed.connect(lambda zoom: self.show_view(replace(self.view, zoom=zoom)))
        for view in (self.field, self.table):
            view.chosen.connect(self._on_chosen)
            view.opened.connect(self.seat_opened)
            view.selection_changed.connect(self._on_selected)
        self.field.verticalScrollBar().valueChanged.connect(self.field.look_again)
        self.table.verticalScrollBar().valueChanged.connect(self.table.look_again)
        self.table.sort_asked.connect(self._on_sort_asked)
        self.table.widened.connect(self._on_widened)

    @property
    def tips(self) -> dict[str, tuple[QWidget, str]]:
        """By action what does the same here, and the key of its tooltip: the shortcut belongs into that as well."""
        return {
            "floor.search": (self.search, "floor.search_tip"),
            "floor.turn": (self.toggle, "floor.toggle_tip"),
            "floor.zoom_in": (self.into, "floor.zoom_in"),
            "floor.zoom_out": (self.out, "floor.zoom_out"),
            "floor.zoom_usual": (self.usual, "floor.zoom_usual"),
        }

    # What others ask for

    def show_all(self) -> None:
        """Take all filters away."""
        self.filters.show_all()

    def find_seats(self) -> None:
        """Take the keyboard into the field that filters by a text."""
        self.filters.focus_search()

    def take_keyboard(self) -> None:
        """Take the keyboard to the seats.

        They are no focus proxy of the panel: Qt's Tab would go to the proxy past everything above it.
        """
        (self.table if self.view.mode == "table" else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def zoom(self, steps: int) -> None:
        """Show the map larger or smaller by steps, 0 for its usual size."""
        self.field.step_zoom(steps)

    def locate(self, key: str) -> None:
        """Bring a seat into sight and select it, without the filters if they hide it."""
        if self.drawing:
            self.editor.warn("floor.edit.locating")
            return
        if key not in self.cards.roll.keys and not self.chosen.everything:
            self.show_all()
        self.field.choose(key)
        self.table.select((key,) if self.table.rows.place_of(key) >= 0 else (), key)
        self.table.show_key(key)

    def show_only(self, kind: str, number: str) -> None:
        """Show the seats of a group, team, vendor or kind of seat and no others."""
        if self.drawing:  # a filter that nobody sees would be there when the drawing is over
            self.editor.warn("floor.edit.locating")
            return
        self.filters.show_only(kind, number)

    def show_view(self, view: FloorView) -> None:
        """Have the floor like that: map or table, its zoom, its columns."""
        if view == self.view:
            return
        self.view = view
        self.field.set_zoom(view.zoom)
        self._dress_view()
        self.present_now()
        self.view_changed.emit()

    def keep_in(self, path: Path) -> None:
        """Have the floor as it was left, and keep it there whenever it is changed."""
        self.show_view(keeping.load(path))
        self._keeping = Keeping(path, lambda: self.view, self)
        self.view_changed.connect(self._keeping.touch)

    def stop(self) -> None:
        """Keep what is not kept yet."""
        if self._keeping is not None:
            self._keeping.stop()

    @property
    def drawing(self) -> bool:
        """Whether somebody draws the floor now."""
        return self.pages.currentWidget() is self.editor

    def why_not_draw(self) -> str:
        """Why nobody can draw the floor now, empty when somebody can."""
        if self.sight is None or self.sight.site is None:
            return self.words("why.stale")
        return refusal(self.sight, "layout.save", self.words)

    def draw(self) -> None:
        """Begin to draw the floor: seats, rows and rooms are moved until that is saved or given up."""
        if self.sight is None or self.why_not_draw() or self.drawing:
            return
        self.row.hide()
        self.pages.setCurrentWidget(self.editor)
        self.cards.floor(self.sight, Chosen(), self.words)
        self.editor.begin(self.sight)
        self.editor.look_at(self.sight)

    def _on_searched(self) -> None:
        """Where nobody fits the keyboard stays in the text, which is to be another one."""
        if self.cards.roll.wanted:
            self.take_keyboard()

    def _on_left(self) -> None:
        self.row.show()
        self._dress_view()
        self.present_now()
        self.take_keyboard()

    def turn(self) -> None:
        """Show the table instead of the map, or the map again; who is selected stays selected."""
        if self.drawing:
            return
        had_focus = self.field.hasFocus() or self.table.hasFocus()
        selected, seat = self.selected, self.seat
        self._following = True
        try:
            self.show_view(replace(self.view, mode="map" if self.view.mode == "table" else "table"))
            shown = self.table if self.view.mode == "table" else self.field
            shown.select(selected, seat)
        finally:
            self._following = False
        self._note_selected()
        if had_focus:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.seat:
            shown.scrollTo(shown.currentIndex())

    # What is seen

    def dress(self) -> None:
        words = self.words
        self.field.set_look(self.colours, self._card_width())
        self.field.setAccessibleName(words("floor.title"))
        self.table.set_look(self.colours)
        self.table.setAccessibleName(words("floor.table_name"))
        self.filters.dress(words, self.colours)
        self.editor.dress(words, self.colours, self._card_width())
        self.columns.setText(words("floor.columns"))
        self.columns.setIcon(chevron(self.colours))
        self.columns.setToolTip(words("floor.columns_tip"))
        for button, key in ((self.out, "zoom_out"), (self.into, "zoom_in"), (self.usual, "zoom_usual")):
            button.setAccessibleName(words(f"floor.{key}"))
        self._dress_view()

    def _dress_view(self) -> None:
        words, is_table = self.words, self.view.mode == "table"
        self.toggle.setText(words("floor.as_map" if is_table else "floor.as_table"))
        self.usual.setText(f"{self.view.zoom:.0%}")
        self.columns.setVisible(is_table)
        for button in (self.out, self.usual, self.into):
            button.setVisible(not is_table)
        self.edit.setText(words("floor.edit"))
        self.edit.setVisible(not is_table)
        if not self.drawing or self.row.isVisibleTo(self):
            self.pages.setCurrentIndex(1 if is_table else 0)

    def present(self, sight: Sight) -> None:
        self.cards.rich = self.field.rich and not self.drawing
        if self.drawing:
            self.cards.floor(sight, Chosen(), self.words)
            self.editor.look_at(sight)
            return
        why = self.why_not_draw()
        self.edit.setEnabled(not why)
        self.edit.setToolTip(why or self.words("floor.edit_tip"))
        self.filters.let_go_of_gone(sight)
        text = self.cards.floor(sight, self.chosen, self.words, blocks=self.view.mode == "map")
        self.field.set_look(self.colours, self._card_width())
        self.head.set_legend(text.legend if text.total else ())
        self.filters.present(sight, self.cards.roll, self.words, text.note)
        if self.view.mode == "table":
            self._present_table(text.empty)
        else:
            was_away = self.field.cards.place_of(self.seat) < 0
            self.field.set_blocks(text.blocks, text.empty)
            self._note_selected()
            if was_away and self.seat and not self.selected:  # it was filtered away, and may be back
                self.field.choose(self.seat, show=False)

    def _card_width(self) -> float:
        """Wide enough for the numbers of this floor: a seat whose number is cut off is nobody's seat."""
        needed = WIDTHS["zh_CN"] + DIGIT * max(0, self.cards.roll.longest - DIGITS)
        return max(WIDTHS.get(self.words.language, 80.0), needed)

    def _present_table(self, empty: str) -> None:
        view = self.view.table
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        self.lines.order(view, self.words, hold=pressed)
        self.table.set_titles(self.lines.titles(self.words), view.sort, view.descending)
        self.table.freeze(naming(view))
        self.table.set_keys(self.lines.keys, empty)
        self.table.look_again()
        self._note_selected()

    # Hands

    def _on_chosen(self, key: str) -> None:
        if self._following or self.sender() is not (self.table if self.view.mode == "table" else self.field):
            return
        if key != self.seat:
            self.seat = key
            self.seat_chosen.emit(key)

    def _on_selected(self) -> None:
        if not self.table.rows.busy and not self.field.cards.busy:
            self._note_selected()

    def _note_selected(self) -> None:
        """What is selected in the view that is shown; the other one takes it over when it is."""
        if self._following:
            return
        selected = (self.table if self.view.mode == "table" else self.field).selected_keys()
        if selected != self.selected:
            self.selected = selected
            self.seats_selected.emit(selected)

    def _on_sort_asked(self, column: str) -> None:
        table = self.view.table
        descending = not table.descending if table.sort == column else False
        self.show_table(replace(table, sort=column, descending=descending))

    def _on_widened(self, column: str, width: int) -> None:
        table = self.view.table
        self.show_table(replace(table, widths={**table.widths, column: width}))

    def show_table(self, table: TableView) -> None:
        """Have the table like that."""
        self.show_view(replace(self.view, table=table))

    def _offer_columns(self) -> None:
        """The list of columns to be had, and by which to sort, for those who have no mouse."""
        menu, words, table = self.columns.menu(), self.words, self.view.table
        for old in menu.findChildren(QMenu):
            old.deleteLater()
        menu.clear()
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for name in COLUMNS:
            action = menu.addAction(words(f"floor.column.{name}"))
            action.setCheckable(True)
            action.setChecked(name in table.columns)
            action.setData(name)
            action.toggled.connect(lambda on, name=name: self._on_column(name, on))
        self._keep_a_column()
        menu.addSeparator()
        below = submenu(menu, words("floor.sort_by"))
        below.aboutToShow.connect(lambda: self._offer_sorting(below))
        usual = menu.addAction(words("floor.columns_usual"))
        usual.triggered.connect(lambda: self.show_table(TableView()))

    def _keep_a_column(self) -> None:
        """The last column cannot be taken away."""
        for action in self.columns.menu().actions():
            if action.isCheckable():
                action.setEnabled(self.view.table.columns != (action.data(),))

    def _offer_sorting(self, menu: QMenu) -> None:
        menu.clear()
        for name in self.view.table.columns:
            action = menu.addAction(self.words(f"floor.column.{name}"))
            action.setCheckable(True)
            action.setChecked(name == self.view.table.sort)
            action.triggered.connect(lambda _=False, name=name: self._on_sort_asked(name))

    def _on_column(self, name: str, on: bool) -> None:
        table = self.view.table
        wanted = {*table.columns, name} if on else {*table.columns} - {name}
        self.show_table(replace(table, columns=tuple(one for one in COLUMNS if one in wanted)))
        self._keep_a_column()
