"""The strip of one state: its shape and words on the left, how long it has lasted in large digits on the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.desk_texts import BandText
from widgets.faces import Side, centred_baseline, fitted, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_shape, draw_sign
from widgets.tile import Tile, fill
from widgets.tones import Tone

HEIGHT = 72
TITLE, DETAIL, TIME = 17.0, 14.0, 32.0


class StateBand(Tile):
    """One state, standing out when it has lasted too long."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = BandText()
        self.setFixedHeight(HEIGHT)

    @property
    def text(self) -> BandText:
        return self._text

    def set_text(self, text: BandText) -> None:
        """Show that state."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(", ".join(filter(None, (text.title, text.detail, text.time))))
            self.update()

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.panel)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        text, colours, middle = self._text, self.colours, self.height() / 2
        alarming = text.tone in (Tone.WARN, Tone.CRITICAL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if alarming else QPen(colours.line, 1))
        painter.setBrush(colours.ground(text.tone) if alarming else colours.raised)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 6, 6)
        if alarming:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.edge(text.tone))
            painter.drawRoundedRect(QRectF(0, 0, 6, self.height()), 3, 3)
        draw_shape(painter, text.shape, QPointF(32, middle), 22, colours.hi)
        right = self.width() - 16.0
        if alarming:
            draw_sign(painter, text.tone, QPointF(right - 13, middle), 28, colours)
            right -= 38
        ink = colours.text(text.tone) if alarming else colours.hi
        size = fitted(text.time, TIME, True, max(60.0, right - 150), 0.6)
        right -= write(painter, right, centred_baseline(middle, size), text.time, size, ink, True, Side.RIGHT) + 12
        self._paint_words(painter, 58.0, right, middle, alarming)

    def _paint_words(self, painter: QPainter, left: float, right: float, middle: float, alarming: bool) -> None:
        text, colours = self._text, self.colours
        up = 11.0 if text.detail else 0.0
        size = fitted(text.title, TITLE, True, right - left, 0.75)
        title = shortened(text.title, size, True, right - left)
        write(painter, left, centred_baseline(middle - up, size), title, size, colours.hi, True)
        ink = colours.text(text.tone) if alarming else colours.mid
        detail = shortened(text.detail, DETAIL, alarming, right - left)
        if width_of(detail, DETAIL, alarming):
            write(painter, left, centred_baseline(middle + 13, DETAIL), detail, DETAIL, ink, alarming)


class Initial(Tile):
    """A round mark with the first letter of a name."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._letter = ""
        self.setFixedSize(48, 48)

    def set_letter(self, letter: str) -> None:
        """Show that letter; none leaves an empty round."""
        if letter != self._letter:
            self._letter = letter
            self.update()

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.panel)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.d2 if self._letter else self.colours.line)
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        baseline = centred_baseline(24, 21)
        write(painter, 24, baseline, self._letter, 21, self.colours.raised, True, Side.MIDDLE)
