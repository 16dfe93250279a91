"""A table whose first columns stay in sight while the others are scrolled sideways beneath them, their titles as well.

They are painted over the scrolled ones, and whatever asks where something is gets the place where it is seen: there is
one view with one model and one selection, for the mouse, the keyboard and those who hear it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from widgets.palette import Palette
from widgets.tables.keyed_model import Index

MOST: Final = 0.6
"""The share of the table's width that stays at most; with less room fewer columns stay."""
SHADOW: Final = 6
MARGIN: Final = 6
"""Beside a title, as the style has it."""
_SPLIT = Qt.CursorShape.SplitHCursor
_HINT = QAbstractItemView.ScrollHint


class FrozenTable(QTableView):
    """Has as many first columns stay as :meth:`freeze` says, none before; they come in the order of the model."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colours = palette
        self._frozen = 0
        self.setHorizontalHeader(_FrozenHeader(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalHeader().sectionResized.connect(self._on_scrolled)

    def freeze(self, columns: int) -> None:
        """Have that many of the first columns stay."""
        if columns != self._frozen:
            self._frozen = columns
            self._on_scrolled()

    @property
    def staying(self) -> int:
        """How many of the first columns stay where there is so much room."""
        room, count = self.viewport().width() * MOST, 0
        for column in range(min(self._frozen, self.model().columnCount() if self.model() is not None else 0)):
            room -= self.columnWidth(column)
            if room < 0:
                break
            count = column + 1
        return count

    @property
    def strip(self) -> int:
        """How wide the part is that lies over the scrolled columns; 0 while nothing is beneath it."""
        return self._width_of(self.staying) if self.horizontalOffset() > 0 else 0

    def _width_of(self, columns: int) -> int:
        return sum(self.columnWidth(column) for column in range(columns))

    def frozen_at(self, x: int) -> int:
        """The column that lies over the others at that place, -1 where none does."""
        if 0 <= x < self.strip:
            for column in range(self.staying):
                x -= self.columnWidth(column)
                if x < 0:
                    return column
        return -1

    def _on_scrolled(self, *_: int) -> None:
        # Qt moves what it has painted, and what stays with it.
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    # Where things are

    def indexAt(self, point: QPoint) -> QModelIndex:
        column = self.frozen_at(point.x())
        return super().indexAt(point) if column < 0 else self.model().index(self.rowAt(point.y()), column)

    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        if self.strip and index.isValid() and index.column() < self.staying:
            rect.moveLeft(self._width_of(index.column()))
        return rect

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _HINT.EnsureVisible) -> None:
        """Bring a cell into sight; one that stays needs no scrolling sideways, any other stands beside those."""
        bar, staying = self.horizontalScrollBar(), self.staying
        before = bar.value()
        super().scrollTo(index, hint)
        if index.isValid() and index.column() < staying:
            bar.setValue(before)
        elif index.isValid() and staying:
            hidden = self._width_of(staying) - self.columnViewportPosition(index.column())
            bar.setValue(bar.value() - max(0, hidden))

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        super().dataChanged(first, last, roles)
        if self._frozen and first.column() < self._frozen and self.strip:  # Qt takes them for out of sight
            self.viewport().update(0, 0, self.strip, self.viewport().height())

    # What is seen

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        strip = self.strip
        if strip:
            painter = QPainter(self.viewport())
            try:
                self._paint_strip(painter, strip)
            finally:
                painter.end()

    def _paint_strip(self, painter: QPainter, strip: int) -> None:
        """Paint what stays, and anew what it cuts: of a number cut in two, the rest would be read for another one."""
        columns, cut, bottom = self.laid_over(strip), self.cut_by(strip), 0
        painter.fillRect(0, 0, cut[1].right() + 1 if cut else strip, self.viewport().height(), self.colours.panel)
        delegate, option = self.itemDelegate(), QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~QStyle.StateFlag.State_Selected
        for row in self._rows_in_sight():
            top, high = self.rowViewportPosition(row), self.rowHeight(row)
            bottom = top + high
            for column, place in (*columns, cut) if cut else columns:
                index = self.model().index(row, column)
                chosen = self.selectionModel().isSelected(index)
                option.state = plain | QStyle.StateFlag.State_Selected if chosen else plain
                option.rect = QRect(place.left(), top, place.width(), high)
                painter.save()
                painter.setClipRect(option.rect)
                delegate.paint(painter, option, index)
                painter.restore()
        edge(painter, strip, bottom, self.colours)

    def laid_over(self, strip: int) -> list[tuple[int, QRect]]:
        """The columns that stay, and where each lies."""
        found, left = [], 0
        for column in range(self.staying if strip else 0):
            width = self.columnWidth(column)
            found.append((column, QRect(left, 0, width, self.viewport().height())))
            left += width
        return found

    def cut_by(self, strip: int) -> tuple[int, QRect] | None:
        """The column of which a part lies under those that stay, and where the rest of it is."""
        column = self.columnAt(strip)
        if column < 0 or self.columnViewportPosition(column) >= strip:
            return None
        end = self.columnViewportPosition(column) + self.columnWidth(column)
        return column, QRect(strip, 0, end - strip, self.viewport().height())

    def _rows_in_sight(self) -> Iterator[int]:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            yield from range(first, (last if last >= 0 else self.model().rowCount() - 1) + 1)


class _FrozenHeader(QHeaderView):
    """The titles: those of columns that stay lie over the others and are pressed and widened where they are seen."""

    def __init__(self, table: FrozenTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._held = False
        """Whether the mouse was pressed on a title that stays and has not been let go."""
        self._widened: tuple[int, float] | None = None
        """The column that is being widened there, and where it begins."""
        self.setSectionsClickable(True)

    @property
    def _inset(self) -> int:
        """How much further to the right the titles begin than their columns: the style gives them a margin."""
        return self.viewport().x()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        table, strip = self._table, self._table.strip
        if not strip:
            return
        painter, high, end = QPainter(self.viewport()), self.viewport().height(), strip - self._inset
        over = [(column, QRect(one.left(), 0, one.width(), high)) for column, one in table.laid_over(strip)]
        cut = table.cut_by(strip)
        rests = [(cut[0], QRect(end, 0, cut[1].width() + self._inset, high))] if cut else []
        try:
            for clip, sections in ((QRect(0, 0, end, high), over), (QRect(end, 0, self.width(), high), rests)):
                for column, place in sections:
                    painter.save()
                    painter.setClipRect(clip & place)
                    painter.fillRect(place, table.colours.panel)
                    if clip.left() == 0 or self._fits(column, place.width()):
                        self.paintSection(painter, place, column)
                    painter.restore()
            edge(painter, end, high, table.colours)
        finally:
            painter.end()

    def _fits(self, column: int, width: int) -> bool:
        """Whether a title is whole in so little room; a piece of one says nothing."""
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return self.fontMetrics().horizontalAdvance(title) + 2 * MARGIN <= width

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self._held = self._column_at(x) >= 0
        grip = self._grip_at(x)
        if event.button() == Qt.MouseButton.LeftButton and grip >= 0:
            self._widened = (grip, x - self.sectionSize(grip))
        else:
            super().mousePressEvent(self._meant(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._widened is not None:
            column, before = self._widened
            self.resizeSection(column, max(self.minimumSectionSize(), round(x - before)))
        elif not event.buttons() and self._column_at(x) >= 0:
            self.viewport().setCursor(_SPLIT if self._grip_at(x) >= 0 else Qt.CursorShape.ArrowCursor)
        else:
            if not event.buttons():
                self.viewport().unsetCursor()
            super().mouseMoveEvent(self._meant(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._widened is None:
            super().mouseReleaseEvent(self._meant(event))
        self._held, self._widened = False, None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._held = self._column_at(event.position().x()) >= 0
        super().mouseDoubleClickEvent(self._meant(event))

    def _column_at(self, x: float) -> int:
        found = self._titles_over()
        return next((column for column, begin, end in found if begin <= x < end), -1)

    def _titles_over(self) -> list[tuple[int, int, int]]:
        """The columns that stay, and from where to where each of their titles is seen."""
        strip = self._table.strip
        places = self._table.laid_over(strip)
        return [(column, one.left(), min(one.right() + 1, strip - self._inset)) for column, one in places]

    def _grip_at(self, x: float) -> int:
        """The column that stays by whose end it is widened there; Qt does that only with what it has in sight."""
        near = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        for column, _, end in self._titles_over():
            if end - near <= x < end and self.sectionResizeMode(column) is QHeaderView.ResizeMode.Interactive:
                return column
        return -1

    def _meant(self, event: QMouseEvent) -> QMouseEvent:
        """The event where Qt has the title that is pressed: out of sight, to the left."""
        if not self._held:
            return event
        place = event.position() - QPointF(self.offset(), 0)
        return QMouseEvent(
            event.type(), place, event.scenePosition(), event.globalPosition(), event.button(), event.buttons(),
            event.modifiers(), event.pointingDevice(),
        )  # fmt: skip


def edge(painter: QPainter, right: int, height: int, colours: Palette) -> None:
    """Draw where the columns that stay end: the others vanish beneath a line and its shadow."""
    shade = QColor(0, 0, 0, 46)
    fading = QLinearGradient(right, 0, right + SHADOW, 0)
    fading.setColorAt(0.0, shade)
    fading.setColorAt(1.0, QColor(0, 0, 0, 0))
    painter.fillRect(right, 0, SHADOW, height, fading)
    painter.fillRect(right - 1, 0, 1, height, colours.d2)
