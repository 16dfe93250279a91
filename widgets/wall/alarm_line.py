"""The foot of the wall: the gravest alarm in one line, and which of the pages is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import Side, centred_baseline, fitted, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.texts import AlarmText
from widgets.tile import Tile, touches
from widgets.tones import Tone

TEXT, DETAIL = 36.0, 34.0
DOT_PITCH, DOTS = 32.0, 9


class AlarmLine(Tile):
    """One line that says what is wrong, or that nothing is."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = AlarmText()

    @property
    def text(self) -> AlarmText:
        return self._text

    def set_text(self, text: AlarmText) -> None:
        """Show that text; the words and the page dots are painted again only when they differ."""
        old, self._text = self._text, text
        if old == text:
            return
        if (old.tone, old.acknowledged, old.pages) != (text.tone, text.acknowledged, text.pages):
            self.update()
            return
        if (old.title, old.detail, old.more) != (text.title, text.detail, text.more):
            self.update_part(self._words())
        if (old.page, old.held) != (text.page, text.held):
            self.update_part(self._dots())

    def blinking_rects(self) -> list[QRect]:
        if self._text.tone is not Tone.CRITICAL or self._text.acknowledged:
            return []
        return [QRectF(0, 0, self._text_left(), self.height()).toAlignedRect()]

    def _sign(self) -> QRectF:
        half = self.u(22 * self._grow)
        return QRectF(self.u(36 * self._grow) - half, self.height() / 2 - half, 2 * half, 2 * half)

    def _dots_width(self) -> float:
        if self._text.pages < 2:
            return self.u(8)
        if self._text.pages > DOTS:
            return width_of(f"{self._text.pages} / {self._text.pages}", self._page_size(), True) + self.u(36)
        return self.u(DOT_PITCH) * self._text.pages + self.u(28)

    def _page_size(self) -> float:
        """Of the number of the page, which stands there where dots would be too many to be counted."""
        return self.u(DETAIL * min(self._grow, 1.3))

    def _dots(self) -> QRectF:
        return QRectF(self.width() - self._dots_width(), 0, self._dots_width(), self.height())

    def _two_lines(self) -> bool:
        """Whether there is room for a second line: on an upright screen one is too short for what an alarm says."""
        return self.height() > self.u(TEXT * self._grow * 2.0)

    def _words(self) -> QRectF:
        if self._two_lines():
            return QRectF(self._text_left(), 0, self.width() - self._text_left(), self.height())
        right = self.width() - self._dots_width() - self.u(16)
        return QRectF(self._text_left(), 0, right - self._text_left(), self.height())

    def _text_left(self) -> float:
        return self.u(70 * self._grow) if self._text.tone is not Tone.CALM else self.u(35)

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        tone = self._text.tone if self._text.tone in (Tone.WARN, Tone.CRITICAL) else Tone.CALM
        self.paint_panel(painter, dirty, self.colours.ground(tone))

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        text, colours = self._text, self.colours
        middle = self.height() / 2
        steady = self._lit or text.acknowledged or text.tone is not Tone.CRITICAL or self.stale
        if text.tone is not Tone.CALM and steady and touches(region, self._sign()):
            centre = QPointF(self.u(36 * self._grow), middle)
            draw_sign(painter, text.tone, centre, self.u(37 * self._grow), colours, solid=not text.acknowledged)
        if touches(region, self._words()):
            self._paint_words(painter)
        if touches(region, self._dots()):
            self._paint_dots(painter, self.height() * 0.74 if self._two_lines() else middle)

    def _paint_words(self, painter: QPainter) -> None:
        text, colours, upright = self._text, self.colours, self._two_lines()
        first, second = (self.height() * (share if upright else 0.5) for share in (0.29, 0.74))
        alarming = text.tone is not Tone.CALM
        left, right = self._text_left(), self.width() - self._dots_width() - self.u(20)
        title_right = self.width() - self.u(28) if upright else right
        if text.more:
            size = self.u(DETAIL * min(self._grow, 1.3))
            right -= write(
                painter, right, centred_baseline(second, size), text.more, size, colours.mid, side=Side.RIGHT
            )
            right -= self.u(24)
            title_right = title_right if upright else right
        size = fitted(text.title, self.u(TEXT * self._grow), alarming, title_right - left, 0.5)
        title = shortened(text.title, size, alarming, title_right - left, middle=True)  # its end is how bad it is
        colour = colours.hi if alarming else colours.low
        wide = write(painter, left, centred_baseline(first, size), title, size, colour, alarming)
        left += 0.0 if upright else wide + self.u(28)
        size = self.u(DETAIL * (min(self._grow, 1.4) if upright else self._grow))
        if width_of(text.detail, size) * 0.7 > right - left and not upright:
            return
        size = fitted(text.detail, size, False, right - left, 0.5 if upright else 0.7)
        detail = shortened(text.detail, size, False, right - left)
        write(painter, left, centred_baseline(second, size), detail, size, colours.mid)

    def _paint_dots(self, painter: QPainter, middle: float) -> None:
        text, colours = self._text, self.colours
        if text.pages < 2:
            return
        if text.pages > DOTS:
            size = self._page_size()
            place = f"{text.page + 1} / {text.pages}"
            right = self.width() - self.u(28)
            write(painter, right, centred_baseline(middle, size), place, size, colours.mid, text.held, Side.RIGHT)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.width() - self.u(39) - self.u(DOT_PITCH) * (text.pages - 1)
        for number in range(text.pages):
            centre = QPointF(first + number * self.u(DOT_PITCH), middle)
            if number == text.page:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.hi)
                if text.held:
                    side = self.u(14)
                    painter.drawRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))
                else:
                    painter.drawEllipse(centre, self.u(7.5), self.u(7.5))
            else:
                painter.setPen(QPen(colours.mid, self.u(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(centre, self.u(7), self.u(7))
