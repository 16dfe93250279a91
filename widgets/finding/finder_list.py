"""The list under a field that finds: a line for each hit, the chosen one with what Enter does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from widgets.faces import Side, centred_baseline, shortened, width_of, write
from widgets.finding.finder_texts import HitText
from widgets.icons import draw_icon
from widgets.palette import Palette
from widgets.shapes import draw_shape, draw_sign
from widgets.tables.keyed_model import ITEM, Index, KeyedModel
from widgets.tones import Tone

ROW = 40
TITLE, DETAIL, SMALL = 15.0, 13.0, 12.0


class HitModel(KeyedModel[HitText]):
    """The hits, best first."""

    def text_of(self, row: HitText, column: int) -> str:
        return row.title

    def spoken_of(self, row: HitText, column: int) -> str:
        return row.spoken

    def tip_of(self, row: HitText, column: int) -> str:
        return row.why


class _Painter(QStyledItemDelegate):
    """Draws one hit."""

    def __init__(self, hits: FinderList) -> None:
        super().__init__(hits)
        self._hits = hits

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: HitText = index.data(ITEM)
        colours = self._hits.colours
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect).adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(QPen(colours.info, 1.5))
            painter.setBrush(colours.infobg)
            painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
        middle = box.center().y()
        ink = colours.low if hit.why else colours.hi
        self._paint_lead(painter, hit, QPointF(box.left() + 22, middle), colours)
        right = box.right() - 12
        right -= self._paint_right(painter, hit, right, middle, chosen, colours)
        left, baseline = box.left() + 44, centred_baseline(middle, TITLE)
        title = shortened(hit.title, TITLE, True, max(80.0, right - left))
        left += write(painter, left, baseline, title, TITLE, ink, True) + 10
        told = shortened(hit.why or hit.detail, DETAIL, False, right - left)
        if len(told) > 1 or not told:
            write(painter, left, baseline, told, DETAIL, colours.low if hit.why else colours.mid)
        painter.restore()

    def _paint_lead(self, painter: QPainter, hit: HitText, centre: QPointF, colours: Palette) -> None:
        if hit.shape is not None:
            draw_shape(painter, hit.shape, centre, 15, colours.hi)
        elif hit.tone in (Tone.INFO, Tone.WARN, Tone.CRITICAL):
            draw_sign(painter, hit.tone, centre, 19, colours, solid=not hit.acknowledged)
        elif hit.icon:
            draw_icon(painter, hit.icon, QRectF(centre.x() - 10, centre.y() - 10, 20, 20), colours.mid)

    def _paint_right(
        self, painter: QPainter, hit: HitText, right: float, middle: float, chosen: bool, colours: Palette
    ) -> float:
        """What Enter does where the line is chosen, else what it is; returns the width that was used."""
        begin, baseline = right, centred_baseline(middle, SMALL)
        if hit.keys:
            right -= draw_cap(painter, hit.keys, right, middle, colours) + 10
        text = hit.does if chosen and not hit.why else hit.kind
        if chosen and not hit.why and text:
            right -= draw_cap(painter, "Enter", right, middle, colours) + 8
        ink = colours.info if chosen and not hit.why else colours.low
        right -= write(painter, right, baseline, text, SMALL, ink, side=Side.RIGHT) + 16
        return begin - right


def draw_cap(painter: QPainter, keys: str, right: float, middle: float, colours: Palette) -> float:
    """Draw a key's cap that ends at `right`, and return its width."""
    width = width_of(keys, SMALL) + 14
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.panel)
    painter.drawRoundedRect(QRectF(right - width, middle - 10, width, 20), 4, 4)
    write(painter, right - width / 2, centred_baseline(middle, SMALL), keys, SMALL, colours.mid, side=Side.MIDDLE)
    return width


class FinderList(QListView):
    """Hits one under the other; the keyboard stays in the field above.

    Signals: `picked(str)` with the key of a hit that was clicked.
    """

    picked = Signal(str)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colours = palette
        self._empty = ""
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.picked.emit(self.hits.rows[index.row()].key))

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.colours = palette
        self.viewport().update()

    def set_hits(self, hits: Sequence[HitText], empty: str, *, first: bool) -> None:
        """Show those hits; with `first` the best one is chosen, else the one that was, and none where that is gone."""
        had = bool(self.hits.rows)
        self.hits.set_items(hits)
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()
        if hits and (first or not had):
            self.setCurrentIndex(self.hits.index(0, 0))
            self.scrollToTop()

    @property
    def chosen_key(self) -> str:
        """The key of the chosen hit, empty when there is none."""
        found = self.selectionModel().selectedIndexes()
        return self.hits.rows[found[0].row()].key if found else ""

    @property
    def chosen_hit(self) -> HitText | None:
        place = self.hits.place_of(self.chosen_key)
        return self.hits.rows[place] if place >= 0 else None

    def step(self, lines: int) -> None:
        """Choose a hit so many lines further down; at either end it stays."""
        count = len(self.hits.rows)
        if count:
            row = min(count - 1, max(0, self.currentIndex().row() + lines))
            self.setCurrentIndex(self.hits.index(row, 0))

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose nothing where what was chosen goes; Qt would choose its neighbour, and Enter would open another."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clear()
        super().rowsAboutToBeRemoved(parent, start, end)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hits.rows or not self._empty:
            return
        painter = QPainter(self.viewport())
        try:
            middle = self.viewport().rect().center()
            write(painter, middle.x(), min(middle.y(), 60), self._empty, 14.0, self.colours.low, side=Side.MIDDLE)
        finally:
            painter.end()
