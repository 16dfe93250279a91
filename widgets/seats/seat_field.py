"""A field of cards in blocks, to be read at a glance and walked with the arrow keys: one card, one place.

It is a list view with an arrangement of its own, so that selection, tooltips and what a screen reader is told of each
card are those of Qt. Cards are made when they come into sight, and only those that differ are painted again.
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
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from widgets.desk_texts import CellSource, FieldBlock, FieldCell
from widgets.palette import Palette
from widgets.seats.field_geometry import CARD_HEIGHT, GAP, HEAD, Geometry
from widgets.seats.field_model import FieldModel
from widgets.seats.field_painting import RING, head_reach, paint_card, paint_empty, paint_frame, paint_head, paint_ring
from widgets.seats.seat_card import reach
from widgets.tables.keyed_model import Index
from widgets.tables.keys_model import spans, stretches

SCALES = (1.5, 1.4, 1.3, 1.2, 1.1)
"""Cards grow by so much where there is room for all of them nevertheless."""
ZOOMS = (0.35, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
MANY = 50
"""With more stretches selected all that is in sight is painted again when they change."""
RICH = 1.25
"""From this zoom on cards have room for more than two lines."""
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


class SeatField(QListView):
    """Blocks of cards; scrolls when there are more than fit.

    Signals: `chosen(str)` with the key of the card that is the current one, `selection_changed()`, `opened(str)` on
    Enter and on a double click, `zoomed(float)` when somebody zoomed by wheel or key.
    """

    chosen = Signal(str)
    selection_changed = Signal()
    opened = Signal(str)
    zoomed = Signal(float)

    def __init__(self, palette: Palette, source: CellSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours, self._wanted, self._zoom, self._grown = palette, 76.0, 1.0, 1.0
        self.blocks: tuple[FieldBlock, ...] = ()
        self.geometry_now = Geometry((), 100, self._wanted, 1.0)
        self._empty = ""
        self._looked_at: tuple[Geometry, int, QRect] | None = None
        self._in_sight: list[int] = []
        self._near: list[tuple[int, QRect, QRect]] = []
        """The rows that reach into sight: the card as it lies in the window now, and that with room for a ring."""
        self._spun = 0
        self.painted = 0
        """How many cards were ever painted: a measure for tests."""
        self.cards = FieldModel(source, self)
        self.setModel(self.cards)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._on_double_clicked)
        self._take_colours()

    # What is shown

    def set_look(self, palette: Palette, wanted_width: float) -> None:
        """Set the colours and how wide a card should be at least, in pixels."""
        if (palette, wanted_width) == (self._colours, self._wanted):
            return
        self._colours, self._wanted = palette, wanted_width
        self._take_colours()
        self.doItemsLayout()

    @property
    def zoom(self) -> float:
        return self._zoom

    def set_zoom(self, zoom: float, about: QPoint | None = None) -> None:
        """Show the cards that many times their usual size; what lies at `about` stays there."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if zoom == self._zoom:
            return
        at = about or QPoint(self.viewport().width() // 2, self.viewport().height() // 2)
        held = self.indexAt(at) if about is not None else self.currentIndex()
        if not held.isValid():
            held = self.indexAt(at)
        before = self.visualRect(held).center()
        self._zoom = zoom
        self.doItemsLayout()
        if held.isValid():
            after = self.visualRect(held).center()
            self.verticalScrollBar().setValue(self.verticalOffset() + after.y() - before.y())
            self.horizontalScrollBar().setValue(self.horizontalOffset() + after.x() - before.x())
        self.viewport().update()

    def step_zoom(self, steps: int, about: QPoint | None = None) -> None:
        """Zoom in or out by steps and tell of it."""
        nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - self._zoom))
        wanted = ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)] if steps else 1.0
        if wanted != self._zoom:
            self.set_zoom(wanted, about)
            self.zoomed.emit(wanted)

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

    # Arrangement

    def doItemsLayout(self) -> None:
        self._arrange()
        QAbstractItemView.doItemsLayout(self)

    def _arrange(self) -> None:
        """As large as fits without scrolling; small cards that scroll where even those do not fit."""
        width, height = self.viewport().width(), self.viewport().height()
        grown, found = 1.0, Geometry(self.blocks, width, self._wanted, 1.0)
        for larger in SCALES if found.height <= height and found.width <= width else ():
            other = Geometry(self.blocks, width, self._wanted, larger)
            if other.height <= height and other.width <= width:
                grown, found = larger, other
                break
        self._grown = grown
        self.geometry_now = (
            found if self._zoom == 1.0 else Geometry(self.blocks, width, self._wanted, grown * self._zoom)
        )

    @property
    def type_scale(self) -> float:
        """How large letters are: they grow more slowly than the cards, so that a larger card tells more."""
        return self._grown * (self._zoom if self._zoom <= 1.0 else 1.0 + (self._zoom - 1.0) * 0.1)

    @property
    def rich(self) -> bool:
        """Whether cards are large enough for more than two lines."""
        return self._zoom >= RICH

    def updateGeometries(self) -> None:
        seen, found = self.viewport().size(), self.geometry_now
        for bar, whole, part, step in (
            (self.verticalScrollBar(), found.height, seen.height(), (CARD_HEIGHT + GAP) * found.scale),
            (self.horizontalScrollBar(), found.width, seen.width(), found.pitch[0]),
        ):
            bar.setRange(0, max(0, round(whole) - part))
            bar.setPageStep(part)
            bar.setSingleStep(round(step))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        self.updateGeometries()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        rect = self.geometry_now.rect_of(index.row())
        return self._seen(rect) if rect.isValid() else rect

    def _seen(self, rect: QRect) -> QRect:
        """A rectangle of the field as it lies in the window now."""
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset())

    def _spot(self, point: QPoint) -> QPoint:
        """A point of the window as it lies in the field."""
        return point + QPoint(self.horizontalOffset(), self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.geometry_now.row_at(self._spot(point))
        return self.cards.index(row, 0) if 0 <= row < len(self.cards.keys) else QModelIndex()

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        rect = self.geometry_now.rect_of(index.row()) if index.isValid() else QRect()
        if not rect.isValid():
            return
        spare = round(HEAD * self.geometry_now.scale)
        for bar, low, high, part in (
            (self.verticalScrollBar(), rect.top(), rect.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), rect.left(), rect.right(), self.viewport().width()),
        ):
            if low - spare < bar.value():
                bar.setValue(low - spare)
            elif high + spare > bar.value() + part:
                bar.setValue(high + spare - part)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def visible_rows(self) -> list[int]:
        """The rows of all cards that are in sight now."""
        geometry, count = self.geometry_now, len(self.cards.keys)
        seen = QRect(self._spot(QPoint(0, 0)), self.viewport().size())
        if (geometry, count, seen) != self._looked_at:
            rows = geometry.rows_between(seen.top(), seen.bottom() + RING)
            near = seen.adjusted(-RING, 0, 0, RING)  # the sign of a card just outside of it reaches into it
            self._in_sight = [row for row in rows if row < count and geometry.rect_of(row).intersects(near)]
            self._near = self._reaching(seen)
            self._looked_at = geometry, count, seen
        return self._in_sight

    def _reaching(self, seen: QRect) -> list[tuple[int, QRect, QRect]]:
        geometry, count = self.geometry_now, len(self.cards.keys)
        found = []
        for row in geometry.rows_between(seen.top() - 2 * RING, seen.bottom() + 2 * RING):
            if row < count:
                rect = geometry.rect_of(row).translated(-seen.left(), -seen.top())
                found.append((row, rect, rect.adjusted(-RING, -RING, RING, RING)))
        return found

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
        for row, rect, ring in self._near:
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
