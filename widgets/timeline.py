"""A strip of time: what lasted from when to when, by shade and shape; the stretch under hand or key says itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QRegion
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.desk_texts import SpanText, TimelineText
from widgets.faces import Side, centred_baseline, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_shape
from widgets.tile import Tile, fill, hatch_brush
from widgets.tips import plain
from widgets.tones import Tone

STRIP, MARKS, LEGEND_ROW, TEXT = 28.0, 18.0, 20.0, 12.0
GLYPH, ROOM = 12.0, 18.0
"""How large the shape in a stretch is, and how wide the stretch must be to hold it."""


class Timeline(Tile):
    """Stretches in their shades; arrow keys go from one to the next, a screen reader hears the one that is chosen."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = TimelineText()
        self._chosen = -1
        self._rows: list[list[tuple[str, float]]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumWidth(120)
        self._fit()

    @property
    def text(self) -> TimelineText:
        return self._text

    @property
    def chosen(self) -> SpanText | None:
        """The stretch that was chosen by hand or key."""
        return self._text.spans[self._chosen] if 0 <= self._chosen < len(self._text.spans) else None

    def set_text(self, text: TimelineText) -> None:
        """Show that."""
        if text == self._text:
            return
        before = self.chosen
        self._text = text
        same = [n for n, span in enumerate(text.spans) if before is not None and span.tip[:5] == before.tip[:5]]
        self._chosen = same[0] if same else -1
        self.setAccessibleName(text.spoken or text.empty)
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def relayout(self) -> None:
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        """Give the legend as many rows as it needs."""
        rows: list[list[tuple[str, float]]] = [[]]
        left = 0.0
        for _, _, words in self._text.legend:
            wide = width_of(words, TEXT, False) + 34
            if rows[-1] and left + wide > self.width():
                rows.append([])
                left = 0.0
            rows[-1].append((words, left))
            left += wide
        self._rows = rows if self._text.legend else []
        self.setFixedHeight(round(STRIP + MARKS + LEGEND_ROW * len(self._rows)))

    # Painting

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.panel)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = QRectF(0.5, 0.5, self.width() - 1, STRIP - 1)
        painter.setPen(QPen(self.colours.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(strip, 4, 4)
        if self._text.empty:
            words = shortened(self._text.empty, TEXT, False, self.width() - 12)
            write(painter, 8, centred_baseline(STRIP / 2, TEXT), words, TEXT, self.colours.low, False)
            self._paint_focus(painter, strip)
            return
        for span in self._text.spans:
            self._paint_span(painter, span)
        if self.chosen is not None:
            painter.setPen(QPen(self.colours.info, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box(self.chosen).adjusted(-1, 0.5, 1, -0.5), 3, 3)
        else:
            self._paint_focus(painter, strip)
        self._paint_marks(painter)
        self._paint_legend(painter)

    def _paint_focus(self, painter: QPainter, strip: QRectF) -> None:
        if self.hasFocus():
            painter.setPen(QPen(self.colours.info, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(strip.adjusted(1, 1, -1, -1), 4, 4)

    def _box(self, span: SpanText) -> QRectF:
        wide = self.width() - 2.0
        left, right = 1 + span.begin * wide, 1 + span.end * wide
        return QRectF(left, 1.5, max(1.0, right - left - 1), STRIP - 3)

    def _paint_span(self, painter: QPainter, span: SpanText) -> None:
        box = self._box(span)
        ink = self._paint_shade(painter, box, span.shade, span.tone)
        if box.width() >= ROOM and span.shade != "none":
            draw_shape(painter, span.shape, box.center(), GLYPH, ink)

    def _paint_shade(self, painter: QPainter, box: QRectF, shade: str, tone: Tone = Tone.CALM) -> QColor:
        """Fill a box with a shade; the colour in which something is drawn upon it."""
        colours = self.colours
        painter.setPen(Qt.PenStyle.NoPen)
        if tone in (Tone.WARN, Tone.CRITICAL):
            painter.setBrush(colours.fill(tone))
            painter.drawRect(box)
            return colours.ink(tone)
        shades = {"dark": colours.d1, "middle": colours.d2, "light": colours.d3, "open": colours.raised}
        if shade in shades:
            painter.setBrush(shades[shade])
            if shade == "open":
                painter.setPen(QPen(colours.d3, 1))
                box = box.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRect(box)
        elif shade == "hatched":
            painter.setBrush(hatch_brush(colours.low.rgba(), 1.0, self.devicePixelRatioF()))
            painter.drawRect(box)
        return colours.panel if shade == "dark" else colours.hi

    def _paint_marks(self, painter: QPainter) -> None:
        for share, words in self._text.marks:
            x = share * (self.width() - 1)
            side = Side.LEFT if share < 0.08 else Side.RIGHT if share > 0.92 else Side.MIDDLE
            painter.setPen(QPen(self.colours.low, 1))
            painter.drawLine(QPointF(x, STRIP), QPointF(x, STRIP + 3))
            write(painter, x, centred_baseline(STRIP + 10, TEXT), words, TEXT, self.colours.low, False, side)

    def _paint_legend(self, painter: QPainter) -> None:
        known = {words: (shade, shape) for shade, shape, words in self._text.legend}
        for number, row in enumerate(self._rows):
            middle = STRIP + MARKS + LEGEND_ROW * (number + 0.5)
            for words, left in row:
                shade, shape = known[words]
                box = QRectF(left, middle - 8, 18, 16)
                ink = self._paint_shade(painter, box, shade)
                draw_shape(painter, shape, box.center(), 10, ink)
                write(painter, left + 23, centred_baseline(middle, TEXT), words, TEXT, self.colours.mid, False)

    # Hand and key

    def _at(self, x: float) -> int:
        return next((n for n, s in enumerate(self._text.spans) if self._box(s).left() <= x <= self._box(s).right()), -1)

    def _choose(self, number: int) -> None:
        if self._text.spans:
            self._chosen = max(0, min(number, len(self._text.spans) - 1))
            span = self._text.spans[self._chosen]
            self.setAccessibleDescription(span.tip)
            self.setToolTip(plain(span.tip))
            self.update()
            QToolTip.showText(self.mapToGlobal(self._box(span).bottomLeft().toPoint()), plain(span.tip), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().x()) if event.position().y() <= STRIP else -1
        if found >= 0:
            self._choose(found)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), plain(self._text.spans[found].tip) if found >= 0 else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._text.spans) - 1
        key = event.key()
        if key == Qt.Key.Key_Left:
            self._choose(self._chosen - 1 if self._chosen >= 0 else last)
        elif key == Qt.Key.Key_Right:
            self._choose(self._chosen + 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._chosen = -1
        super().focusOutEvent(event)
        self.update()
