"""A field of cards in blocks, to be read at a glance and walked with the arrow keys: one card, one place.

Selection, tooltips and what a screen reader is told of each card are those of a list view of Qt. Cards are made when
they come into sight, and only those that differ are painted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from widgets.desk_texts import CellSource, FieldBlock, FieldCell
from widgets.focus import draw_focus
from widgets.palette import Palette
from widgets.seats.arranged_view import ArrangedView
from widgets.seats.field_painting import RING, head_reach, paint_card, paint_empty, paint_frame, paint_head, paint_ring
from widgets.seats.seat_card import reach
from widgets.tables.keyed_model import Index
from widgets.tables.keys_model import spans, stretches

MANY = 50
"""With more stretches selected all that is in sight is painted again when they change."""
_STEPS = {
    QAbstractItemView.CursorAction.MoveLeft: (-1, 0),
    QAbstractItemView.CursorAction.MoveRight: (1, 0),
    QAbstractItemView.CursorAction.MoveUp: (0, -1),
    QAbstractItemView.CursorAction.MoveDown: (0, 1),
    QAbstractItemView.CursorAction.MovePageUp: (0, -1),
    QAbstractItemView.CursorAction.MovePageDown: (0, 1),
}
_FLAGS = QItemSelectionModel.SelectionFlag
NO_ROWS: Final[frozenset[int]] = frozenset()


class SeatField(ArrangedView):
    """Cards that are looked at, chosen and opened.

    Signals: `chosen(str)` with the key of the card that is the current one, `selection_changed()`, `opened(str)` on
    Enter and on a double click, and those of :class:`ArrangedView`.
    """

    chosen = Signal(str)
    selection_changed = Signal()
    opened = Signal(str)

    def __init__(self, palette: Palette, source: CellSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._colours = palette
        self._empty = ""
        self._spun = 0
        self.painted = 0
        """How many cards were ever painted: a measure for tests."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._on_double_clicked)
        self._take_colours()

    # What is shown

    def set_look(self, palette: Palette, wanted_width: float) -> None:
        """Set the colours and how wide a card should be at least, in pixels."""
        if (palette, wanted_width) == (self._colours, self.wanted_width):
            return
        self._colours, self.wanted_width = palette, wanted_width
        self._take_colours()
        self.doItemsLayout()

    def set_blocks(self, blocks: Sequence[FieldBlock], empty: str = "") -> None:
        """Show those blocks; `empty` is said where there is no card at all."""
        fresh = tuple(blocks)
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()
        before = self.blocks
        if fresh == before:
            self.look_again()
            return
        self.blocks = fresh
        if _forms(before) == _forms(fresh):  # only headings and their notes differ
            self._repaint_heads()
            self.look_again()
            return
        chosen, current = self.selected_keys(), self.chosen_key
        if not self.cards.set_keys([key for block in fresh for key in block.keys]):
            self.select(chosen, current)
        self.doItemsLayout()
        self.look_again()

    def _repaint_heads(self) -> None:
        for standing in self.geometry_now.standing:
            before, standing.block = standing.block, self.blocks[standing.number]
            if (before.title, before.note) != (standing.block.title, standing.block.note):
                self.viewport().update(head_reach(self._seen(standing.head), self.type_scale))

    def look_again(self) -> int:
        """Take over what differs of the cards in sight; returns how many that were."""
        changed = self.cards.look_again(self.visible_rows())
        if changed:
            region, ringed = QRegion(), self._ringed_rows()
            for row, was, cell in changed:
                rect, wide = self._seen(self.geometry_now.rect_of(row)), row in ringed
                region += self._reach(was, rect, wide).united(self._reach(cell, rect, wide))
            self.viewport().update(region)
        return len(changed)

    def _reach(self, cell: FieldCell, rect: QRect, ringed: bool) -> QRect:
        """All that must be painted for a card, with the ring about one that is selected.

        A pixel about it as well: on a screen of one and a half pixels to the pixel its edge lies there.
        """
        if ringed:
            return rect.adjusted(-RING, -RING, RING, RING)
        return reach(cell, rect, self.geometry_now.scale, self.type_scale).adjusted(-1, -1, 1, 1)

    def _ringed_rows(self) -> frozenset[int]:
        """The rows in sight about which there is a ring."""
        chosen, rows = self.selectionModel(), self.visible_rows()
        focused = self.hasFocus()
        if not focused and not chosen.hasSelection():
            return NO_ROWS
        found = {self.currentIndex().row()} if focused else set[int]()
        if rows and chosen.hasSelection():
            upper, lower = min(rows), max(rows)
            for first, last in spans(chosen.selection()):
                found.update(range(max(first, upper), min(last, lower) + 1))
        return frozenset(found)

    def choose(self, key: str, *, show: bool = True) -> None:
        """Select the card of that key alone and, with `show`, bring it into sight; an unknown key selects nothing."""
        index = self.cards.index_of(key)
        if not index.isValid():
            self.clearSelection()
            return
        if index != self.currentIndex() or self.selected_keys() != (key,):
            self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect)
        if show:
            self.scrollTo(index)

    def select(self, keys: Sequence[str], current: str = "") -> None:
        """Select those cards, of which one is the current one; keys that are not here are left out."""
        selection = QItemSelection()
        for first, last in stretches(sorted(place for key in keys if (place := self.cards.place_of(key)) >= 0)):
            selection.append(QItemSelectionRange(self.cards.index(first, 0), self.cards.index(last, 0)))
        self.selectionModel().select(selection, _FLAGS.ClearAndSelect)
        index = self.cards.index_of(current or (keys[0] if keys else ""))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _FLAGS.NoUpdate)

    def selected_keys(self) -> tuple[str, ...]:
        """The keys of the selected cards, in the order of the field."""
        keys = self.cards.keys
        found = spans(self.selectionModel().selection())
        return tuple(key for first, last in found for key in keys[first : last + 1])

    @property
    def chosen_key(self) -> str:
        """The key of the current card if it is selected, else of the first selected one; empty when there is none."""
        current = self.currentIndex()
        if current.isValid() and self.selectionModel().isSelected(current):
            return self.cards.keys[current.row()]
        return next(iter(self.selected_keys()), "")

    # Hands

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and _zoom_steps(event) is not None:
            event.accept()  # here these keys mean the map's size, whatever they mean elsewhere in the window
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._spun += event.angleDelta().y()
        steps = int(self._spun / 120)
        self._spun -= steps * 120
        if steps:
            self.step_zoom(steps, event.position().toPoint())
        event.accept()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, current = len(self.cards.keys), self.currentIndex()
        if not count:
            return QModelIndex()
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self.cards.index(0, 0)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self.cards.index(count - 1, 0)
        if not current.isValid() or current.row() >= count:
            return self.cards.index(0, 0)
        if action not in _STEPS:
            return current
        step, row = _STEPS[action], current.row()
        if step[0]:
            return self.cards.index(min(count - 1, max(0, row + step[0])), 0)
        far = action in (
            QAbstractItemView.CursorAction.MovePageUp, QAbstractItemView.CursorAction.MovePageDown
        )  # fmt: skip
        return self.cards.index(self.geometry_now.row_beyond(row, step[1], self.viewport().height() if far else 0), 0)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose nothing where what was chosen goes; Qt would choose its neighbour, and a button would mean another."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clearCurrentIndex()
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.cards.keys[self.currentIndex().row()])
            return
        steps = _zoom_steps(event)
        if steps is not None:
            self.step_zoom(steps)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged here, and no rubber band is drawn."""

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Of a click the card under it; with Shift all cards from where it began, in the order of the field."""
        index = self.indexAt(rect.bottomRight())
        if not command & _FLAGS.Current:
            found = self.indexAt(rect.center())
            selection = QItemSelection(found, found) if found.isValid() else QItemSelection()
            self.selectionModel().select(selection, command)
            return
        begin = self.indexAt(rect.topLeft())
        if begin.isValid() and index.isValid():
            first, last = sorted((begin.row(), index.row()))
            chosen = QItemSelection(self.cards.index(first, 0), self.cards.index(last, 0))
            self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        seen = self.viewport().rect()
        if selection.count() >= MANY:
            return QRegion(seen)
        region = QRegion()
        for index in selection.indexes():
            rect = self.visualRect(index).adjusted(-RING, -RING, RING, RING)
            if rect.intersects(seen):
                region += rect
        return region

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.selection_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(self.visualRect(index).adjusted(-RING, -RING, RING, RING))
        if current.isValid() and current.row() < len(self.cards.keys):
            self.chosen.emit(self.cards.keys[current.row()])

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.cards.keys[index.row()])

    # Eyes

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """A list view would arrange all cards anew; here those that differ are painted again and that is all."""

    def _take_colours(self) -> None:
        painted = QPalette(self.palette())
        painted.setColor(QPalette.ColorRole.Base, self._colours.panel)
        painted.setColor(QPalette.ColorRole.Window, self._colours.panel)
        self.setPalette(painted)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            colours = self._colours
            painter.fillRect(event.rect(), colours.panel)
            if not self.cards.keys:
                middle = self.viewport().rect().center()
                paint_empty(painter, QPoint(middle.x(), min(middle.y(), 140)), self._empty, colours)
                if self.hasFocus():  # which no card can show
                    draw_focus(painter, self.viewport().rect(), colours)
            self._paint_heads(painter, event.region(), colours)
            self._paint_cards(painter, event.region(), colours)
            self.paint_over(painter, colours)
        finally:  # a painter that outlives its paint event takes the whole program with it
            painter.end()

    def _paint_heads(self, painter: QPainter, region: QRegion, colours: Palette) -> None:
        for standing in self.geometry_now.standing:
            if standing.block.places is not None and region.intersects(self._seen(standing.frame)):
                paint_frame(painter, self._seen(standing.frame), colours)
            head = self._seen(standing.head)
            if region.intersects(head_reach(head, self.type_scale)):
                paint_head(painter, head, standing.block, self.type_scale, colours)

    def _paint_cards(self, painter: QPainter, region: QRegion, colours: Palette) -> None:
        ringed, current, focused = self._ringed_rows(), self.currentIndex().row(), self.hasFocus()
        scale, type_scale, keys, rings = self.geometry_now.scale, self.type_scale, self.cards.keys, []
        whole = region.boundingRect() if region.rectCount() == 1 else QRect()
        for row, rect, ring in self.near:
            inside = whole.contains(ring)
            if not inside and not region.intersects(ring):
                continue
            cell = self.cards.cell(keys[row])
            if row in ringed:
                rings.append((rect, cell, focused and row == current))
            if inside or region.intersects(self._reach(cell, rect, ringed=False)):
                paint_card(painter, cell, rect, colours, scale, type_scale)
                self.painted += 1
        for rect, cell, strong in rings:
            paint_ring(painter, rect, cell.tone, colours, min(scale, 1.5), strong=strong)

    def paint_over(self, painter: QPainter, colours: Palette) -> None:
        """Draw above the cards; a plain field has nothing there."""


def _zoom_steps(event: QEvent) -> int | None:
    """How many steps a key zooms in, 0 for the usual size, None for a key that does not zoom."""
    if not isinstance(event, QKeyEvent) or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}.get(Qt.Key(event.key()))


def _forms(blocks: Sequence[FieldBlock]) -> list[tuple[object, ...]]:
    """All of blocks but what their headings say."""
    return [(one.keys, one.places, one.column, one.line, one.columns, one.lines) for one in blocks]
