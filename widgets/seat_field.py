"""A field of cards in blocks, to be read at a glance and walked with the arrow keys: one card, one place.

It is a list view with an arrangement of its own, so that selection, tooltips and what a screen reader is told of each
card are those of Qt. Only cards that differ are painted again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QResizeEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from widgets.desk_texts import FieldBlock, FieldCell
from widgets.faces import centred_baseline, shortened, width_of, write
from widgets.field_layout import Band, bands
from widgets.keyed_model import Index, KeyedModel
from widgets.palette import Palette
from widgets.seat_card import draw_card
from widgets.tile import hatch_brush
from widgets.tones import Tone

CARD_HEIGHT, GAP, BLOCK_GAP, HEAD = 44.0, 5.0, 14.0, 28.0
STRETCH = 1.3
"""How much wider than wanted a card may become to fill the line."""
SCALES = (1.5, 1.4, 1.3, 1.2, 1.1)
"""Cards grow by so much where there is room for all of them nevertheless."""
MARGIN = 10.0
_STEPS = {
    QAbstractItemView.CursorAction.MoveLeft: (-1, 0),
    QAbstractItemView.CursorAction.MoveRight: (1, 0),
    QAbstractItemView.CursorAction.MoveUp: (0, -1),
    QAbstractItemView.CursorAction.MoveDown: (0, 1),
    QAbstractItemView.CursorAction.MovePageUp: (0, -1),
    QAbstractItemView.CursorAction.MovePageDown: (0, 1),
}


class FieldModel(KeyedModel[FieldCell]):
    """The cards one after the other."""

    def text_of(self, row: FieldCell, column: int) -> str:
        return row.title

    def spoken_of(self, row: FieldCell, column: int) -> str:
        return row.spoken or row.title

    def tip_of(self, row: FieldCell, column: int) -> str:
        return row.tip


class SeatField(QListView):
    """Blocks of cards; scrolls when there are more than fit.

    Signals: `chosen(str)` with the key of the card that was selected, `opened(str)` on Enter and on a double click,
    `scrolled()` before other cards are painted.
    """

    chosen = Signal(str)
    opened = Signal(str)
    scrolled = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours, self._scale, self._wanted = palette, 1.0, 76.0
        self._heads: list[tuple[str, str]] = []
        self._counts: list[int] = []
        self._bands: list[tuple[Band, float, float]] = []
        self._rects: list[QRect] = []
        self._head_rects: list[QRect] = []
        self._height = 0
        self._empty = ""
        self.painted = 0
        """How many cards were ever painted: a measure for tests."""
        self.cards = FieldModel(self)
        self.setModel(self.cards)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
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

    def set_blocks(self, blocks: Sequence[FieldBlock], empty: str = "") -> None:
        """Show those blocks; `empty` is said where there is no card at all."""
        heads = [(block.title, block.note) for block in blocks]
        counts = [len(block.cells) for block in blocks]
        same_form = counts == self._counts
        cells = [cell for block in blocks for cell in block.cells]
        if same_form and heads != self._heads:
            for number, (before, after) in enumerate(zip(self._heads, heads, strict=True)):
                if before != after and number < len(self._head_rects):
                    self.viewport().update(self._seen(self._head_rects[number]))
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()
        self._heads, self._counts = heads, counts
        self.cards.set_items(cells)
        if not same_form:
            self.doItemsLayout()

    def choose(self, key: str, *, show: bool = True) -> None:
        """Select the card of that key and, with `show`, bring it into sight; an unknown key selects nothing."""
        index = self.cards.index_of(key)
        if not index.isValid():
            self.clearSelection()
            return
        if index != self.currentIndex() or not self.chosen_key:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if show:
            self.scrollTo(index)

    @property
    def chosen_key(self) -> str:
        """The key of the selected card, empty when there is none."""
        found = self.selectedIndexes()
        return self.cards.rows[found[0].row()].key if found else ""

    # Arrangement

    def doItemsLayout(self) -> None:
        self._arrange()
        QAbstractItemView.doItemsLayout(self)

    def _arrange(self) -> None:
        """As large as fits without scrolling; small cards that scroll where even those do not fit."""
        for scale in SCALES:
            self._arrange_at(scale)
            if self._height <= self.viewport().height():
                return
        self._arrange_at(1.0)

    def _arrange_at(self, scale: float) -> None:
        self._scale = scale
        width = self.viewport().width() - 2 * MARGIN * self._scale
        pitch = (self._wanted + GAP) * scale
        columns = max(1, int((width + GAP * scale) // pitch))
        found = bands(self._counts, columns, HEAD / (CARD_HEIGHT + GAP))
        room = width - BLOCK_GAP * scale * max((band.last - band.first - 1 for band in found), default=0)
        pitch = max(min((room + GAP * scale) / columns, pitch * STRETCH), 20.0)
        self._rects, self._head_rects, self._bands = [], [], []
        top = 4 * scale
        for band in found:
            left, bottom = MARGIN * scale, top + HEAD * scale
            for number in range(band.first, band.last):
                wide = band.columns[number - band.first]
                self._head_rects.append(QRect(round(left), round(top), round(wide * pitch), round(HEAD * scale)))
                for place in range(self._counts[number]):
                    line, column = divmod(place, wide)
                    box = QRectF(
                        left + column * pitch,
                        bottom + line * (CARD_HEIGHT + GAP) * scale,
                        pitch - GAP * scale,
                        CARD_HEIGHT * scale,
                    )
                    self._rects.append(box.toRect())
                left += wide * pitch + BLOCK_GAP * scale
            end = bottom + band.lines * (CARD_HEIGHT + GAP) * scale
            self._bands.append((band, top, end))
            top = end + 2 * scale
        self._height = round(top + 4 * scale)

    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round((CARD_HEIGHT + GAP) * self._scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        self.updateGeometries()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._rects):
            return QRect()
        return self._seen(self._rects[index.row()])

    def _seen(self, rect: QRect) -> QRect:
        """A rectangle of the field as it lies in the window now."""
        return rect.translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        wanted = point + QPoint(0, self.verticalOffset())
        for row in self._rows_between(wanted.y(), wanted.y()):
            if self._rects[row].contains(wanted):
                return self.cards.index(row, 0)
        return QModelIndex()

    def _rows_between(self, top: int, bottom: int) -> range:
        """The cards of the bands that reach into a stripe."""
        touched = [band for band, start, end in self._bands if start <= bottom and end >= top]
        if not touched:
            return range(0)
        first = sum(self._counts[: touched[0].first])
        return range(first, min(sum(self._counts[: touched[-1].last]), len(self._rects), len(self.cards.rows)))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid() or index.row() >= len(self._rects):
            return
        rect, bar = self._rects[index.row()], self.verticalScrollBar()
        spare = round(HEAD * self._scale)
        if rect.top() - spare < bar.value():
            bar.setValue(rect.top() - spare)
        elif rect.bottom() + spare > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() + spare - self.viewport().height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scrolled.emit()
        self.viewport().update()

    def visible_keys(self) -> set[str]:
        """The keys of all cards that are in sight now."""
        top = self.verticalOffset()
        bottom = top + self.viewport().height()
        return {
            self.cards.rows[row].key
            for row in self._rows_between(top, bottom)
            if self._rects[row].top() <= bottom and self._rects[row].bottom() >= top
        }

    # Hands

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, current = len(self._rects), self.currentIndex()
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
        return self.cards.index(self._row_beyond(row, step[1], self.viewport().height() if far else 0), 0)

    def _row_beyond(self, row: int, way: int, reach: int) -> int:
        """The card above or below, nearest in its column; the same one at the edge."""
        here = self._rects[row]
        best, best_price = row, float("inf")
        for other, rect in enumerate(self._rects):
            down = (rect.center().y() - here.center().y()) * way
            if down <= 2:
                continue
            price = abs(down - reach) * 4.0 + abs(rect.center().x() - here.center().x())
            if price < best_price:
                best, best_price = other, price
        return best

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose nothing where what was chosen goes; Qt would choose its neighbour, and a button would mean another."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clear()
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.cards.rows[self.currentIndex().row()].key)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged here, and no rubber band is drawn."""

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index) if index.isValid() else QItemSelection(), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-8, -8, 8, 8)
        return region

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(self.visualRect(index).adjusted(-8, -8, 8, 8))
        if current.isValid() and current.row() < len(self.cards.rows):
            self.chosen.emit(self.cards.rows[current.row()].key)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.cards.rows[index.row()].key)

    # Eyes

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """A list view would arrange all cards anew; here a card that differs is painted again and that is all."""
        self.viewport().update(self.visualRect(top_left).adjusted(-2, -6, 6, 2))

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
            if not self.cards.rows:
                self._paint_empty(painter, colours)
            self._paint_heads(painter, event.region(), colours)
            self._paint_cards(painter, event.region(), colours)
        finally:  # a painter that outlives its paint event takes the whole program with it
            painter.end()

    def _paint_empty(self, painter: QPainter, colours: Palette) -> None:
        size = 16 * self._scale
        middle = self.viewport().rect().center()
        left = middle.x() - width_of(self._empty, size) / 2
        write(painter, left, min(middle.y(), 140 * self._scale), self._empty, size, colours.low)

    def _paint_heads(self, painter: QPainter, region: QRegion, colours: Palette) -> None:
        size = 14 * self._scale
        for (title, note), rect in zip(self._heads, self._head_rects, strict=True):
            seen = self._seen(rect)
            if not region.intersects(seen):
                continue
            baseline = centred_baseline(seen.center().y() + 2 * self._scale, size)
            room = seen.width() - 4 * self._scale
            shown = shortened(title, size, True, room)
            used = write(painter, seen.left(), baseline, shown, size, colours.mid, True) + 7 * self._scale
            if used + width_of(note, size) <= room:
                write(painter, seen.left() + used, baseline, note, size, colours.low)

    def _paint_cards(self, painter: QPainter, region: QRegion, colours: Palette) -> None:
        bounds = region.boundingRect()
        first, last = bounds.top() + self.verticalOffset() - 8, bounds.bottom() + self.verticalOffset() + 8
        chosen, current = self.selectionModel(), self.currentIndex()
        rings = []
        for row in self._rows_between(first, last):
            rect = self._seen(self._rects[row])
            if not region.intersects(rect.adjusted(-2, -6, 6, 2)):
                continue
            cell = self.cards.rows[row]
            own = self._colours.greyed if cell.stale else colours
            draw_card(painter, cell, QRectF(rect), own, self._scale)
            if cell.stale:
                painter.fillRect(rect, hatch_brush(self._colours.hatch.rgba(), 1.0, painter.deviceTransform().m11()))
            self.painted += 1
            if chosen.isRowSelected(row, QModelIndex()) or (row == current.row() and self.hasFocus()):
                rings.append((rect, cell))
        for rect, cell in rings:
            self._paint_ring(painter, QRectF(rect), cell, colours)

    def _paint_ring(self, painter: QPainter, rect: QRectF, cell: FieldCell, colours: Palette) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(colours.info, (2.5 if self.hasFocus() else 2.0) * self._scale)
        painter.setPen(pen)
        out = 2.0 * self._scale if cell.tone is not Tone.CALM else 1.0 * self._scale
        painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), 7 * self._scale, 7 * self._scale)
