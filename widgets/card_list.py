"""A list of cards, each with a name, one big number and three small ones; one of them can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from widgets.desk_texts import CardText
from widgets.faces import centred_baseline, fitted, shortened, width_of, write
from widgets.focus import draw_focus
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.tables.beginning import beginning
from widgets.tables.keyed_model import ITEM, Index, KeyedModel
from widgets.tile import hatch_brush
from widgets.tones import Tone

HEIGHT, LEAST, GAP = 84, 40, 5
ROOMY = 66
"""A card that is lower than this has its labels beside its name instead of beneath it."""
TITLE, SUB, VALUE, SMALL, FACT = 16.0, 12.0, 27.0, 12.0, 15.0
LOW_TITLE, LOW_VALUE = 14.0, 18.0


class CardModel(KeyedModel[CardText]):
    """The cards one after the other."""

    def text_of(self, row: CardText, column: int) -> str:
        return row.title

    def spoken_of(self, row: CardText, column: int) -> str:
        return row.spoken or row.title

    def tip_of(self, row: CardText, column: int) -> str:
        """With the whole name, for which a card may have no room."""
        return "\n".join(filter(None, (row.title, row.tip)))


def _room_of(rect: QRect) -> QRectF:
    """Where a card lies in the place that the list has for it."""
    return QRectF(rect).adjusted(8, 1, -8, 1 - GAP)


def _facts_of(card: CardText, box: QRectF) -> tuple[float, float]:
    """Where the first of the small values begins, and how far it is from each to the next."""
    left, right = box.left() + 14, box.right() - 6
    if box.height() < ROOMY:
        first = left + max(76.0, min(104.0, (right - left) * 0.36))
    else:
        first = left + max(72.0, width_of(card.value, VALUE, True) + 7 + width_of(card.unit, SMALL) + 10)
    return first, (right - first) / max(1, len(card.facts))


class _Painter(QStyledItemDelegate):
    """Draws one card."""

    def __init__(self, cards: CardList) -> None:
        super().__init__(cards)
        self._cards = cards

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._cards.height_of_a_card + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: CardText = index.data(ITEM)
        colours = self._cards.colours.greyed if card.stale else self._cards.colours
        box = _room_of(option.rect)
        alarming = card.tone in (Tone.WARN, Tone.CRITICAL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if alarming else QPen(colours.line, 1))
        painter.setBrush(colours.ground(card.tone) if alarming else colours.raised)
        painter.drawRoundedRect(box, 6, 6)
        if alarming:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.edge(card.tone))
            painter.drawRoundedRect(QRectF(box.left(), box.top(), 6, box.height()), 3, 3)
        if box.height() < ROOMY:
            self._paint_low(painter, card, box, colours, alarming)
        else:
            self._paint_words(painter, card, box, colours, alarming)
        if card.stale:
            painter.fillRect(box, hatch_brush(self._cards.colours.hatch.rgba(), 1.0, painter.deviceTransform().m11()))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._cards.colours.info, 2.5 if self._cards.hasFocus() else 2.0))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.restore()

    def _paint_words(self, painter: QPainter, card: CardText, box: QRectF, colours: Palette, alarming: bool) -> None:
        left, right = box.left() + 14, box.right() - 6
        if alarming:
            centre = QPointF(right - 13, box.top() + 19)
            draw_sign(painter, card.tone, centre, 20, colours, solid=not card.acknowledged)
        room = right - left - (32 if alarming else 6)
        title = shortened(card.title, TITLE, True, room)
        baseline = centred_baseline(box.top() + 18, TITLE)
        used = write(painter, left, baseline, title, TITLE, colours.hi, True) + 8
        if used + width_of(card.subtitle, SUB) <= room:
            write(painter, left + used, baseline, card.subtitle, SUB, colours.low)
        under = box.top() + 36 + (box.height() - 32) / 2
        ink = colours.text(card.value_tone) if alarming else colours.hi
        used = write(painter, left, centred_baseline(under - 4, VALUE), card.value, VALUE, ink, True) + 7
        write(painter, left + used, centred_baseline(under, SMALL), card.unit, SMALL, colours.mid)
        self._paint_facts(painter, card, box, under, colours)

    def _paint_low(self, painter: QPainter, card: CardText, box: QRectF, colours: Palette, alarming: bool) -> None:
        """Two lines: the name above the number, the labels above their values."""
        left, first = box.left() + 14, _facts_of(card, box)[0]
        middle, under = box.center().y() - 10, box.center().y() + 9
        title = shortened(card.title, LOW_TITLE, True, first - left - 6)
        write(painter, left, centred_baseline(middle, LOW_TITLE), title, LOW_TITLE, colours.hi, True)
        ink = colours.text(card.value_tone) if alarming else colours.hi
        used = write(painter, left, centred_baseline(under, LOW_VALUE), card.value, LOW_VALUE, ink, True) + 5
        used += write(painter, left + used, centred_baseline(under, SMALL), card.unit, SMALL, colours.mid) + 10
        if alarming and used + 9 < first - left:
            draw_sign(painter, card.tone, QPointF(left + used + 4, under), 15, colours, solid=not card.acknowledged)
        self._paint_facts(painter, card, box, under, colours, middle)

    def _paint_facts(
        self,
        painter: QPainter,
        card: CardText,
        box: QRectF,
        under: float,
        colours: Palette,
        above: float | None = None,
    ) -> None:
        first, pitch = _facts_of(card, box)
        for number, (label, value, tone) in enumerate(card.facts):
            x, loud = first + number * pitch, tone in (Tone.WARN, Tone.CRITICAL)
            label = shortened(label, SMALL, False, pitch - 5)
            middle = under - 19 if above is None else above
            write(painter, x, centred_baseline(middle, SMALL), label, SMALL, colours.mid)
            size = fitted(value, FACT, loud, pitch - 5, 0.7)
            ink = colours.text(tone) if loud else colours.low if number in card.muted else colours.hi
            write(painter, x, centred_baseline(under, size), value, size, ink, loud)


class CardList(QListView):
    """Cards one under the other, as high as lets all of them be seen, within reason.

    Signals: `chosen(str)` with the key of the chosen card, empty when none is any more; `opened(str, int)` on Enter or
    a double click with the place of the small value that is meant, -1 for the big one; `menu_asked(str, QPoint)` with
    the card that is meant, empty for none, and where on the screen a menu may open.
    """

    chosen = Signal(str)
    opened = Signal(str, int)
    menu_asked = Signal(str, QPoint)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colours = palette
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.height_of_a_card = HEIGHT
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)

    def _on_selected(self) -> None:
        if self.cards.busy:
            QTimer.singleShot(0, self, self._tell)
        else:
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.chosen_key)

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.colours = palette
        self.viewport().update()

    def set_cards(self, cards: Sequence[CardText]) -> None:
        """Show those cards."""
        self.cards.set_items(cards)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the cards as low as shows all of them, but not lower than can be read."""
        count = len(self.cards.rows)
        room = self.viewport().height() // count - GAP if count else HEIGHT
        fitting = max(LEAST, min(HEIGHT, room))
        if fitting != self.height_of_a_card:
            self.height_of_a_card = fitting
            self.scheduleDelayedItemsLayout()

    def fact_at(self, place: QPoint) -> int:
        """The place of the small value at a point of the view, -1 where the big one or none is."""
        index = self.indexAt(place)
        if not index.isValid():
            return -1
        card = self.cards.rows[index.row()]
        first, pitch = _facts_of(card, _room_of(self.visualRect(index)))
        if place.x() < first or not card.facts:
            return -1
        return min(len(card.facts) - 1, int((place.x() - first) / max(1.0, pitch)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self.cards.rows[index.row()].key, self.fact_at(event.position().toPoint()))
        event.accept()

    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not index.isValid() and self.chosen_key:
            index = self.currentIndex()
            place = self.visualRect(index).center()
        key = self.cards.rows[index.row()].key if index.isValid() else ""
        self.menu_asked.emit(key, self.viewport().mapToGlobal(place))

    @property
    def chosen_key(self) -> str:
        """The key of the chosen card, empty when there is none."""
        found = self.selectionModel().selectedIndexes()
        return self.cards.rows[found[0].row()].key if found else ""

    def choose(self, key: str) -> None:
        """Choose the card of that key and bring it into sight; an unknown key chooses nothing."""
        index = self.cards.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Choose nothing where what was chosen goes; Qt would choose its neighbour, and a button would mean another."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clear()
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_key:
            self.opened.emit(self.chosen_key, 1)
        elif event.key() == Qt.Key.Key_Escape and self.chosen_key:
            self.clearSelection()
        elif (begin := beginning(self, event)).isValid():
            self.choose(self.cards.rows[begin.row()].key)
        else:
            super().keyPressEvent(event)

    # Eyes

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            try:
                draw_focus(painter, self.viewport().rect(), self.colours)
            finally:
                painter.end()
