"""One headline figure: label, value with its unit, target and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import CAP_SHARE, fitted, shortened, width_of, write
from widgets.palette import Palette, mixed
from widgets.shapes import draw_sign
from widgets.texts import FigureText
from widgets.tile import Tile, touches
from widgets.tones import Tone
from widgets.wall.trend import draw_trend

LABEL, SUBLABEL, VALUE, UNIT, TARGET, NOTE = 44.0, 28.0, 148.0, 60.0, 35.0, 28.0
TREND, TREND_LEAST, TREND_GAP = 162.0, 78.0, 16.0
"""How wide a trend is, how wide at least, and how far from the words beside it."""
LEAST = 20.0
"""The smallest type of a target that says much; what is still too long ends in an ellipsis."""
ALIKE, LEGIBLE = 0.8, 0.75
"""The share of its size which a value gives up to be as large as its neighbours, and a target to leave a trend room."""
PAGE_HEIGHT = 322.0
PADDING, SIGN_ROOM = 35.0, 92.0
BESIDE = (60.0, 60.0, 206.0, 290.0)
"""Baselines of label, sub-label, value and target where label and sub-label share a line; see `UNDER`."""
UNDER = (50.0, 83.0, 214.0, 295.0)
"""The same where the sub-label has a line of its own."""


class RowForm(Struct, frozen=True):
    """What figures side by side have alike; sizes and widths in pixels, 0 where each takes what it finds."""

    under: bool = False
    """Whether sub-labels stand under the labels."""
    value: float = 0.0
    target: float = 0.0
    trend: float = TREND
    width: int = 0
    """Of the tile that it was made for."""


def line_up(figures: Sequence[BigFigure]) -> None:
    """Give figures side by side the same form, so that none of what they say stands out by its size or place."""
    if not any(figure.unsettled for figure in figures):
        return
    usual = figures[0].u(VALUE)
    values = [figure.value_size() for figure in figures]
    # A value that needs less room again stays as small: digits shall not grow and shrink with every call.
    values += [figure.form.value for figure in figures if figure.form.width == figures[0].width()]
    trends = any(figure.text.trend for figure in figures)
    beside, alone = (min(figure.target_size(trend) for figure in figures) for trend in (True, False))
    if trends and beside < figures[0].target_wanted() * LEGIBLE and beside < alone:
        trends = False
    target = beside if trends else alone
    form = RowForm(
        under=any(figure.is_crowded() for figure in figures),
        value=min((size for size in values if size >= usual * ALIKE), default=0.0),
        target=target,
        width=figures[0].width(),
        trend=min(figure.trend_room(target) for figure in figures) if trends else 0.0,
    )
    for figure in figures:
        figure.set_form(form)


class BigFigure(Tile):
    """A tile with one number that can be read across the room."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = FigureText("")
        self.form = RowForm()
        self._settled_width = -1
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
            self.form = replace(self.form, value=0.0)
        if _measured(old) != _measured(text):
            self._settled_width = -1
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
        if _foot_of(old) != _foot_of(text):
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
        self._crowded, self._settled_width = None, -1

    @property
    def unsettled(self) -> bool:
        """Whether it says or measures something else than when it took the form of its row."""
        return self._settled_width != self.width()

    def set_form(self, form: RowForm) -> None:
        """Take the form of the row."""
        self._settled_width = self.width()
        if form != self.form:
            self.form = form
            self.update()

    def value_size(self) -> float:
        """The size at which the value fits, in pixels."""
        text = self._text
        room = self.width() - self.u(PADDING) - self.u(48)
        tail = width_of(text.unit, self.u(UNIT)) + self.u(16) if text.unit else 0.0
        return fitted(text.value, self.u(VALUE), True, room - tail, 0.4)

    def target_wanted(self) -> float:
        """The size of a target that has all the room it wants, in pixels."""
        return self.u(TARGET * self._grow)

    def target_size(self, trend: bool) -> float:
        """The size at which the target fits, beside a trend or alone, in pixels."""
        room = self._foot_room() - (self.u(TREND_LEAST + TREND_GAP) if trend else 0.0)
        return fitted(self._text.target, self.target_wanted(), False, room, LEAST / (TARGET * self._grow))

    def trend_room(self, target: float) -> float:
        """How wide a trend beside a target of that size may be, in pixels."""
        words = width_of(self._text.target, target)
        left = self._foot_room() - words - self.u(TREND_GAP) if words else self._foot_room()
        return max(self.u(TREND_LEAST), min(self.u(TREND), left))

    def _foot_room(self) -> float:
        return self.width() - self.u(PADDING) - self.u(38)

    def _baselines(self) -> tuple[float, float, float, float]:
        return UNDER if self.form.under else BESIDE

    def blinking_rects(self) -> list[QRect]:
        if not self._text.urgent:
            return []
        return [self._sign_rect().toAlignedRect()]

    def _top(self) -> float:
        return max(0.0, (self.height() - self.u(PAGE_HEIGHT)) / 2)

    def _head(self) -> QRectF:
        return QRectF(0, 0, self.width(), self._top() + self.u(self._baselines()[2] - 126))

    def _middle(self) -> QRectF:
        top = self._top() + self.u(self._baselines()[2] - 122)
        return QRectF(self.u(14), top, self.width() - self.u(20), self.u(130))

    def _foot(self) -> QRectF:
        top = self._top() + self.u(self._baselines()[2] + 9)
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
        top, second, *_ = (self._top() + self.u(baseline) for baseline in self._baselines())
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
        left, baseline = self.u(PADDING), self._top() + self.u(self._baselines()[2])
        size = self.value_size()
        if self.form.value:
            size = min(size, self.form.value)
        colour = colours.mid if text.muted else colours.text(text.tone)
        left += write(painter, left, baseline, text.value, size, colour, True)
        unit_colour = colour if text.tone in (Tone.WARN, Tone.CRITICAL) else colours.mid
        write(painter, left + self.u(16), baseline, text.unit, self.u(UNIT), unit_colour)

    def _paint_foot(self, painter: QPainter) -> None:
        text, colours = self._text, self.colours
        alarming = text.tone in (Tone.WARN, Tone.CRITICAL)
        trend = self.form.trend if text.trend else 0.0
        size = min(self.form.target or self.target_wanted(), self.target_size(bool(self.form.trend)))
        baseline = self._top() + self.u(self._baselines()[3]) + max(0.0, size - self.u(TARGET)) * 0.3
        left, room = self.u(PADDING), self._foot_room()
        room -= self.form.trend + self.u(TREND_GAP) if self.form.trend else 0.0
        colour = colours.hi if alarming else colours.mid
        write(painter, left, baseline, shortened(text.target, size, False, room), size, colour)
        if text.note:
            above = baseline - max(self.u(44), size * CAP_SHARE + self.u(14)) if text.target else baseline
            small = fitted(text.note, self.u(NOTE * min(self._grow, 1.1)), False, room, 0.7)
            write(painter, left, above, shortened(text.note, small, False, room), small, colour)
        if not trend:
            return
        place = QRectF(left + self._foot_room() - trend, baseline - self.u(44), trend, self.u(42))
        dashes = mixed(colours.hi, colours.ground(text.tone), 0.6)
        draw_trend(painter, text.trend, text.trend_target, place, colours.stroke(text.tone), dashes, self._unit)


def _measured(text: FigureText) -> tuple[object, ...]:
    """What of a text the form of a row depends on."""
    return (text.label, text.sublabel, text.value, text.unit, text.target, bool(text.trend))


def _foot_of(text: FigureText) -> tuple[object, ...]:
    return (text.target, text.note, text.trend, text.trend_target)
