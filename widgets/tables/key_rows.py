"""A table of very many rows, of which only those in sight are made: sorted by its heads, several selected at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPointF,
    QRectF,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.desk_texts import RowSource, RowText, TitleText
from widgets.faces import Side, centred_baseline, shortened, width_of, write
from widgets.focus import draw_focus
from widgets.palette import Palette
from widgets.shapes import draw_sign, stamp_shape
from widgets.tables.frozen_table import FrozenTable
from widgets.tables.keyed_model import ITEM, NOWHERE, Index
from widgets.tables.keys_model import KeysModel, spans, stretches
from widgets.tile import hatch_brush
from widgets.tones import Tone

ROW, TEXT, INSET = 30, 14.0, 10
GLYPH = 11.0
WIDEST = 1.6
"""A column becomes by itself at most so many times as wide as it usually is."""
_FLAGS = QItemSelectionModel.SelectionFlag
_SELECTED = QStyle.StateFlag.State_Selected.value


class RowsModel(KeysModel):
    """The rows under their heads; the column called `state` has the shape of the state, `time` the sign of a tone."""

    def __init__(self, source: RowSource) -> None:
        super().__init__()
        self.source = source
        self.titles: tuple[TitleText, ...] = ()
        self.sorted_by: tuple[str, bool] = "", False
        """By which column the rows are sorted, and whether downwards: its head says so."""
        self._shown: dict[str, RowText] = {}
        self._fresh: list[RowText] = []

    def set_titles(self, titles: Sequence[TitleText], sort: str = "", descending: bool = False) -> bool:
        """Have these columns; whether others than before begin anew."""
        fresh, sorted_by = tuple(titles), (sort, descending)
        if [one.key for one in fresh] != [one.key for one in self.titles]:
            self.beginResetModel()
            self.titles, self.sorted_by, self._shown = fresh, sorted_by, {}
            self.endResetModel()
            return True
        if (fresh, sorted_by) != (self.titles, self.sorted_by):
            self.titles, self.sorted_by = fresh, sorted_by
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(fresh) - 1)
        return False

    def row(self, key: str) -> RowText:
        """The row of a key as it is shown."""
        found = self._shown.get(key)
        if found is None or len(found.cells) != len(self.titles):
            found = self._shown[key] = self.source.row(key)
            self._fresh.append(found)
        return found

    def look_again(self, first: int, last: int) -> int:
        """Take over what differs of the rows in sight and let go of the others; returns how many differed."""
        before, self._shown = self._shown, {}
        changed = 0
        for place in range(max(0, first), min(last + 1, len(self._keys))):
            key = self._keys[place]
            row = self._shown[key] = self.source.row(key)
            was = before.get(key)
            if was != row:
                self._fresh.append(row)
            if was is not None and was != row:
                changed += 1
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.titles) - 1))
        return changed

    def take_fresh(self) -> list[RowText]:
        """The rows in sight that have come there or are others than when somebody asked for them last."""
        found, self._fresh = [row for row in self._fresh if row.key in self._shown], []
        return found

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ITEM and index.isValid() and index.row() < len(self._keys):
            return self.row(self._keys[index.row()])
        return super().data(index, role)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal or section >= len(self.titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            title, (sort, descending) = self.titles[section], self.sorted_by
            return f"{title.label} {'↓' if descending else '↑'}" if title.key == sort else title.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.titles[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def text_of(self, key: str, column: int) -> str:
        return self.row(key).cells[column]

    def spoken_of(self, key: str, column: int) -> str:
        if column == 0:
            return self.source.spoken(key)
        return f"{self.titles[column].label}: {self.text_of(key, column)}"

    def tip_of(self, key: str, column: int) -> str:
        return self.source.tip(key)


def _about(row: RowText, title: TitleText) -> tuple[float, bool]:
    """How much of a cell there is before its words, and whether they are bold."""
    loud = row.tone in (Tone.WARN, Tone.CRITICAL) and title.key == "time"
    shaped = title.key == "state" and row.shape is not None
    return INSET + (GLYPH + 7 if shaped else 0) + (16 if loud else 0), loud


def _needed(rows: Sequence[RowText], title: TitleText, column: int) -> int:
    """How wide a column must be for what stands in it in those rows."""
    if title.key not in ("state", "time"):  # nothing but words
        return ceil(max([width_of(row.cells[column], TEXT) for row in rows])) + 2 * INSET
    found = [(*_about(row, title), row.cells[column]) for row in rows]
    return ceil(max(before + width_of(words, TEXT, bold) for before, bold, words in found)) + INSET


class _Painter(QStyledItemDelegate):
    """Draws a cell as part of its row."""

    def __init__(self, table: KeyRows) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, column, box = self._table, index.column(), option.rect
        row, title = table.rows.row(table.rows.keys[index.row()]), table.rows.titles[column]
        x, y, wide, high = box.x(), box.y(), box.width(), box.height()
        colours = table.colours.greyed if row.stale else table.colours
        alarming = row.tone in (Tone.WARN, Tone.CRITICAL)
        chosen = option.state.value & _SELECTED
        ground = colours.infobg if chosen else colours.ground(row.tone) if alarming else colours.panel
        painter.fillRect(box, ground)
        painter.fillRect(x, y + high - 1, wide, 1, colours.line)
        if column == 0 and alarming:
            painter.fillRect(x, y, 5, high, colours.edge(row.tone))
        right, middle = float(x + wide - INSET), y + high / 2
        before, loud = _about(row, title)
        if title.key == "state" and row.shape is not None:
            ink = colours.low if row.faint else colours.hi
            stamp_shape(painter, row.shape, QPointF(x + INSET + GLYPH / 2, middle), GLYPH, ink)
        if loud:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_sign(painter, row.tone, QPointF(x + INSET + 6, middle), 15, colours)
        left = x + before
        if words := row.cells[column]:
            ink = colours.text(row.tone) if loud else colours.low if row.faint else colours.hi
            words = shortened(words, TEXT, loud, right - left)
            at, side = (right, Side.RIGHT) if title.right else (left, Side.LEFT)
            write(painter, at, centred_baseline(middle, TEXT), words, TEXT, ink, loud, side)
        if row.stale:
            painter.fillRect(box, hatch_brush(table.colours.hatch.rgba(), 1.0, painter.deviceTransform().m11()))
        if index.row() == table.currentIndex().row() and table.hasFocus():
            rect = QRectF(box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(table.colours.info, 2))
            painter.drawLine(rect.topLeft() + QPointF(0, 1), rect.topRight() + QPointF(0, 1))
            painter.drawLine(rect.bottomLeft() - QPointF(0, 2), rect.bottomRight() - QPointF(0, 2))


class KeyRows(FrozenTable):
    """Rows to be sorted, selected and opened.

    Signals: `chosen(str)` with the key of the current row, `selection_changed()`, `opened(str)` on Enter or a double
    click, `sort_asked(str)` with the key of a column whose head was pressed, `widened(str, int)` when a column was
    given another width by hand.
    """

    chosen = Signal(str)
    selection_changed = Signal()
    opened = Signal(str)
    sort_asked = Signal(str)
    widened = Signal(str, int)

    def __init__(self, palette: Palette, source: RowSource, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._empty, self._setting = "", False
        self._grown: dict[str, int] = {}
        """How wide columns have become for what was in sight."""
        self._heads: dict[tuple[str, bool], int] = {}
        self.rows = RowsModel(source)
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.sectionClicked.connect(self._on_head)
        header.sectionResized.connect(self._on_resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.keys[index.row()]))

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.colours = palette
        self.viewport().update()

    def set_titles(self, titles: Sequence[TitleText], sort: str, descending: bool) -> None:
        """Have these columns, of which one says by what the rows are sorted."""
        chosen, current = self.selected_keys(), self.chosen_key
        self._setting = True
        try:
            if self.rows.set_titles(titles, sort, descending):
                self.select(chosen, current)
            self._fit()
        finally:
            self._setting = False

    def _fit(self) -> None:
        """Give columns their widths; the last one takes what is left."""
        header = self.horizontalHeader()
        for place, title in enumerate(self.rows.titles[:-1]):
            width = title.width if title.by_hand else max(title.width, self._grown.get(title.key, 0))
            if header.sectionSize(place) != width:
                header.resizeSection(place, width)

    def _grow(self) -> None:
        """Widen columns that would cut something in sight; they stay so, for what moves with every row is not read."""
        grown, fresh = dict(self._grown), self.rows.take_fresh()
        for place, title in enumerate(self.rows.titles[:-1] if fresh else ()):
            if not title.by_hand:
                most = max(_needed(fresh, title, place), self._needed_by_title(place, title))
                grown[title.key] = max(grown.get(title.key, 0), min(most, round(title.width * WIDEST)))
        if grown != self._grown:
            self._grown, self._setting = grown, True
            try:
                self._fit()
            finally:
                self._setting = False

    def _needed_by_title(self, place: int, title: TitleText) -> int:
        sorted_by = title.label, title.key == self.rows.sorted_by[0]
        if sorted_by not in self._heads:  # Qt asks the style sheet, which takes its time
            self._heads[sorted_by] = self.horizontalHeader().sectionSizeHint(place)
        return self._heads[sorted_by]

    def sizeHintForColumn(self, column: int) -> int:
        """What a double press on the end of a title makes of its column: all that is in sight is whole."""
        first, last = self.in_sight()
        shown = [self.rows.row(key) for key in self.rows.keys[first : last + 1]]
        return _needed(shown, self.rows.titles[column], column) if shown else 0

    def set_keys(self, keys: Sequence[str], empty: str) -> None:
        """Show those rows in that order, or say that there are none."""
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()
        if self.rows.keys == keys:
            return
        chosen, current = self.selected_keys(), self.chosen_key
        at = self.verticalScrollBar().value()
        if not self.rows.set_keys(keys):
            self.select(chosen, current)
            self.verticalScrollBar().setValue(at)

    def look_again(self) -> int:
        """Take over what differs of the rows in sight; returns how many that were."""
        changed = self.rows.look_again(*self.in_sight())
        self._grow()
        return changed

    def in_sight(self) -> tuple[int, int]:
        """The first and the last row in sight."""
        height = self.viewport().height()
        first, last = self.rowAt(0), self.rowAt(height - 1)
        return max(0, first), last if last >= 0 else len(self.rows.keys) - 1

    @property
    def chosen_key(self) -> str:
        """The key of the current row, empty when there is none."""
        current = self.currentIndex()
        return self.rows.keys[current.row()] if current.isValid() and current.row() < len(self.rows.keys) else ""

    def selected_keys(self) -> tuple[str, ...]:
        """The keys of the selected rows in the order of the table."""
        found = dict.fromkeys(
            key for first, last in spans(self.selectionModel().selection()) for key in self.rows.keys[first : last + 1]
        )
        return tuple(found)

    def select(self, keys: Sequence[str], current: str = "") -> None:
        """Select those rows, of which one is the current one; keys that are not here are left out."""
        if not self.rows.titles:
            return
        selection, last = QItemSelection(), self.rows.columnCount() - 1
        for top, bottom in stretches(sorted(place for key in keys if (place := self.rows.place_of(key)) >= 0)):
            selection.append(QItemSelectionRange(self.rows.index(top, 0), self.rows.index(bottom, last)))
        self.selectionModel().select(selection, _FLAGS.ClearAndSelect)
        index = self.rows.index_of(current or (keys[0] if keys else ""))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _FLAGS.NoUpdate)

    def show_key(self, key: str) -> None:
        """Bring a row into sight."""
        index = self.rows.index_of(key)
        if index.isValid():
            self.scrollTo(index)

    # Hands

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose nothing where what was chosen goes; Qt would choose its neighbour, and a button would mean another."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clearCurrentIndex()
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_key:
            self.opened.emit(self.chosen_key)
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and current.row() != previous.row() and current.row() < len(self.rows.keys):
            self.chosen.emit(self.rows.keys[current.row()])

    def _on_head(self, section: int) -> None:
        self.sort_asked.emit(self.rows.titles[section].key)

    def _on_resized(self, section: int, old: int, new: int) -> None:
        if not self._setting and section < len(self.rows.titles) - 1:
            self.widened.emit(self.rows.titles[section].key, new)

    # Eyes

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows.keys or not self._empty:
            return
        painter = QPainter(self.viewport())
        middle = self.viewport().rect().center()
        if self.hasFocus():  # which no row can show
            draw_focus(painter, self.viewport().rect(), self.colours)
        if width_of(self._empty, TEXT):
            write(painter, middle.x(), min(middle.y(), 60), self._empty, TEXT, self.colours.low, side=Side.MIDDLE)
        painter.end()
