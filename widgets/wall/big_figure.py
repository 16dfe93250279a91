"""One headline figure: label, value with its unit, target and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import fitted, shortened, width_of, write
from widgets.palette import Palette, mixed
from widgets.shapes import draw_sign
from widgets.texts import FigureText
from widgets.tile import Tile, touches
from widgets.tones import Tone
from widgets.wall.trend import draw_trend

LABEL, SUBLABEL, VALUE, UNIT, TARGET = 44.0, 28.0, 148.0, 60.0, 35.0
TREND_LEAST, TREND_GAP = 78.0, 16.0
"""How wide a trend is at least, and how far from the target's words."""
LEAST = 20.0
"""The smallest type of a target that says much; what is still too long ends in an ellipsis."""
PAGE_HEIGHT = 322.0
PADDING, SIGN_ROOM = 35.0, 92.0
BESIDE = (60.0, 60.0, 206.0, 290.0)
"""Baselines of label, sub-label, value and target where label and sub-label share a line; see `UNDER`."""
UNDER = (50.0, 83.0, 214.0, 295.0)
"""The same where the sub-label has a line of its own."""


class BigFigure(Tile):
    """A tile with one number that can be read across the room."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = FigureText("")
        self._baselines = BESIDE
        self._crowded: tuple[int, bool] | None = None
        """Whether label and sub-label need a line each, at which width: a tile that is not shown yet is not told it."""

    @property
    def text(self) -> FigureText:
        return self._text

    def set_text(self, text: FigureText) -> None:
        """Show that text; only the head, the value or the foot that differs is painted again."""
        old, self._text = self._text, text
        if old == text:
            return
        if (old.label, old.sublabel) != (text.label, text.sublabel):
            self._crowded = None
        if (old.tone, old.muted) != (text.tone, text.muted):
            self.update()
            return
        if (old.label, old.sublabel, old.acknowledged, old.urgent) != (
            text.label,
            text.sublabel,
            text.acknowledged,
            text.urgent,
        ):
            self.update_part(self._head())
        if (old.value, old.unit) != (text.value, text.unit):
            self.update_part(self._middle())
        if (old.target, old.trend, old.trend_target) != (text.target, text.trend, text.trend_target):
            self.update_part(self._foot())

    def is_crowded(self) -> bool:
        """Whether label and sub-label need a line each: as they are in alarm, so that no tone moves anything."""
        if self._crowded is None or self._crowded[0] != self.width():
            size, text = self._label_size(True), self._text
            beside = width_of(text.label, size, True) + self.u(16) + width_of(text.sublabel, self.u(SUBLABEL))
            self._crowded = self.width(), bool(text.sublabel) and beside > self._label_room(True)
        return self._crowded[1]

    def relayout(self) -> None:
        """Have what depends on the room worked out anew."""
        self._crowded = None

    def set_under(self, under: bool) -> None:
        """Put the sub-label under the label, or beside it: alike in all tiles of a row, so that they stay in line."""
        baselines = UNDER if under else BESIDE
        if baselines != self._baselines:
            self._baselines = baselines
            self.update()

    def blinking_rects(self) -> list[QRect]:
        if not self._text.urgent:
            return []
        return [self._sign_rect().toAlignedRect()]

    def _top(self) -> float:
        return max(0.0, (self.height() - self.u(PAGE_HEIGHT)) / 2)

    def _head(self) -> QRectF:
        return QRectF(0, 0, self.width(), self._top() + self.u(self._baselines[2] - 126))

    def _middle(self) -> QRectF:
        top = self._top() + self.u(self._baselines[2] - 122)
        return QRectF(self.u(14), top, self.width() - self.u(20), self.u(140))

    def _foot(self) -> QRectF:
        top = self._top() + self.u(self._baselines[2] + 20)
        return QRectF(self.u(14), top, self.width() - self.u(20), self.height() - top - self.u(6))

    def _sign_rect(self) -> QRectF:
        side = self.u(60)
        return QRectF(self.width() - self.u(54) - side / 2, self._top() + self.u(46) - side / 2, side, side)

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        tone, colours = self._text.tone, self.colours
        self.paint_panel(painter, dirty, colours.ground(tone))
        if tone not in (Tone.WARN, Tone.CRITICAL) or dirty.left() > self.u(13):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.edge(tone))
        painter.drawRoundedRect(QRectF(0, 0, self.u(12), self.height()), self.u(4), self.u(4))

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        if touches(region, self._head()):
            self._paint_head(painter)
        if touches(region, self._middle()):
            self._paint_value(painter)
        if touches(region, self._foot()):
            self._paint_foot(painter)

    def _label_room(self, alarming: bool) -> float:
        return self.width() - self.u(PADDING) - self.u(SIGN_ROOM if alarming else PADDING)

    def _label_size(self, alarming: bool) -> float:
        size = self.u(LABEL * min(self._grow, 1.2))
        return fitted(self._text.label, size, alarming, self._label_room(alarming), 0.6)

    def _paint_head(self, painter: QPainter) -> None:
        text, colours = self._text, self.colours
        alarming = text.tone in (Tone.WARN, Tone.CRITICAL)
        left, right = self.u(PADDING), self.u(PADDING) + self._label_room(alarming)
        top, second, *_ = (self._top() + self.u(baseline) for baseline in self._baselines)
        size = self._label_size(alarming)
        label = shortened(text.label, size, alarming, right - left)
        wide = write(painter, left, top, label, size, colours.hi if alarming else colours.mid, alarming)
        if second == top:
            left += wide + self.u(16)
        if width_of(text.sublabel, self.u(SUBLABEL)) <= right - left:
            colour = colours.mid if alarming else colours.low
            write(painter, left, second, text.sublabel, self.u(SUBLABEL), colour)
        if alarming and (self._lit or not text.urgent or self.stale):
            centre = QPointF(self._sign_rect().center())
            draw_sign(painter, text.tone, centre, self.u(50), colours, solid=not text.acknowledged)

    def _paint_value(self, painter: QPainter) -> None:
        text, colours = self._text, self.colours
        left, baseline = self.u(PADDING), self._top() + self.u(self._baselines[2])
        room = self.width() - left - self.u(48)
        tail = width_of(text.unit, self.u(UNIT)) + self.u(16) if text.unit else 0.0
        size = fitted(text.value, self.u(VALUE), True, room - tail, 0.4)
        colour = colours.mid if text.muted else colours.text(text.tone)
        left += write(painter, left, baseline, text.value, size, colour, True)
        unit_colour = colour if text.tone in (Tone.WARN, Tone.CRITICAL) else colours.mid
        write(painter, left + self.u(16), baseline, text.unit, self.u(UNIT), unit_colour)

    def _paint_foot(self, painter: QPainter) -> None:
        text, colours = self._text, self.colours
        alarming = text.tone in (Tone.WARN, Tone.CRITICAL)
        left, baseline = self.u(PADDING), self._top() + self.u(self._baselines[3])
        right = self.width() - self.u(38)
        wanted, room = self.u(TARGET * self._grow), right - left
        beside = room - self.u(TREND_LEAST + TREND_GAP)
        # A trend keeps its place as long as the target's words fit beside it, smaller if need be, with all they say.
        if text.trend and width_of(text.target, self.u(LEAST)) <= beside:
            room = beside
        size = fitted(text.target, wanted, False, room, LEAST / (TARGET * self._grow))
        target = shortened(text.target, size, False, room)
        left += write(painter, left, baseline, target, size, colours.hi if alarming else colours.mid)
        width = min(self.u(162), right - left - self.u(TREND_GAP))
        if width < self.u(70) or not text.trend:
            return
        place = QRectF(right - width, baseline - self.u(44), width, self.u(42))
        dashes = mixed(colours.hi, colours.ground(text.tone), 0.6)
        draw_trend(painter, text.trend, text.trend_target, place, colours.fill(text.tone), dashes, self._unit)
