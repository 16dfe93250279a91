"""A list view whose items lie where a geometry says: blocks of cards that grow with the room, zoom and scroll."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from widgets.desk_texts import CellSource, FieldBlock
from widgets.seats.field_geometry import CARD_HEIGHT, GAP, HEAD, Geometry
from widgets.seats.field_model import FieldModel
from widgets.seats.field_painting import RING
from widgets.tables.keyed_model import Index

SCALES = (1.5, 1.4, 1.3, 1.2, 1.1)
"""Cards grow by so much where there is room for all of them nevertheless."""
ZOOMS = (0.35, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
RICH = 1.25
"""From this zoom on cards have room for more than two lines."""


class ArrangedView(QListView):
    """Blocks of cards; scrolls when there are more than fit.

    Signal: `zoomed(float)` when somebody zoomed by wheel or key.
    """

    zoomed = Signal(float)

    def __init__(self, source: CellSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: tuple[FieldBlock, ...] = ()
        self.wanted_width = 76.0
        """How wide a card should be at least, in pixels."""
        self._zoom = self._grown = 1.0
        self.geometry_now = Geometry((), 100, self.wanted_width, 1.0)
        self._looked_at: tuple[Geometry, int, QRect] | None = None
        self._in_sight: list[int] = []
        self.near: list[tuple[int, QRect, QRect]] = []
        """The rows that reach into sight: the card as it lies in the window now, and that with room for a ring."""
        self.cards = FieldModel(source, self)
        self.setModel(self.cards)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    # How large

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

    @property
    def type_scale(self) -> float:
        """How large letters are: they grow more slowly than the cards, so that a larger card tells more."""
        return self._grown * (self._zoom if self._zoom <= 1.0 else 1.0 + (self._zoom - 1.0) * 0.1)

    @property
    def rich(self) -> bool:
        """Whether cards are large enough for more than two lines."""
        return self._zoom >= RICH

    # Where

    def doItemsLayout(self) -> None:
        self._arrange()
        QAbstractItemView.doItemsLayout(self)

    def _arrange(self) -> None:
        """As large as fits without scrolling; small cards that scroll where even those do not fit."""
        width, height = self.viewport().width(), self.viewport().height()
        grown, found = 1.0, Geometry(self.blocks, width, self.wanted_width, 1.0)
        for larger in SCALES if found.height <= height and found.width <= width else ():
            other = Geometry(self.blocks, width, self.wanted_width, larger)
            if other.height <= height and other.width <= width:
                grown, found = larger, other
                break
        self._grown = grown
        self.geometry_now = (
            found if self._zoom == 1.0 else Geometry(self.blocks, width, self.wanted_width, grown * self._zoom)
        )

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
            self.near = self._reaching(seen)
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
