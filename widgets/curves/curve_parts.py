"""What stands about curves and below them: axes, a faint grid, bands where facts are missing, and limits.

Like `widgets.curves.curve_plot` it brings pyqtgraph along: import it only when somebody wants curves.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from widgets.curves.curve_texts import CurvesText, LimitText
from widgets.faces import Side, face, width_of, write
from widgets.palette import Palette

AXIS_TEXT: Final = 12.0
ASCENT, LINE = 1.16, 1.446
"""How far a line of words reaches above its baseline and how high it is, as shares of its size."""
LIMIT_TEXT, LIMIT_HIGH, LIMIT_BASE = 11.0, 24.0, 16.75
"""Of the words at a limit: their size, how high their ground is, and how far below its upper edge they stand."""
_EVERYWHERE: Final = QRectF(-1e4, -1e6, 2e4, 2e6)


def stroke(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen like those of pyqtgraph, whose width is in pixels of the device whatever the scale of the data is."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def as_wide(pen: QPen, painter: QPainter) -> QPen:
    """A pen whose width is in pixels of the device, as wide on every screen."""
    # Of the device: the painter's own scale is that of the data wherever it was not reset.
    ratio = painter.device().devicePixelRatioF()
    if ratio == 1.0 or not pen.isCosmetic():
        return pen
    wide = QPen(pen)
    wide.setWidthF(pen.widthF() * ratio)
    return wide


class Axis(pg.AxisItem):
    """An axis that draws all ticks of a kind at once, and its words from pictures that are kept.

    pyqtgraph's own plays back a recording of single strokes and words, which was a seventh of a painting's work.
    """

    picture: Any

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        if self.picture is None:  # pyqtgraph itself forgets it when anything about the axis becomes another
            painter.setFont(face(AXIS_TEXT))  # by which it finds out how much room the words need
            line, ticks, words = self.generateDrawSpecs(painter) or (None, (), ())
            strokes = [line, *ticks] if line is not None else []
            kinds = [(pen, list(alike)) for pen, alike in groupby(strokes, key=itemgetter(0))]
            self.picture = [(pen, [QLineF(one, other) for _, one, other in alike]) for pen, alike in kinds], words
        strokes, words = self.picture
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen, lines in strokes:
            painter.setPen(pen)
            painter.drawLines(lines)
        ink = self.textPen().color()
        for box, _, text in words:
            if self.orientation == "left":
                down = box.center().y() + AXIS_TEXT * (ASCENT - LINE / 2)
                write(painter, box.right(), down, text, AXIS_TEXT, ink, side=Side.RIGHT)
            else:
                down = box.top() + AXIS_TEXT * ASCENT
                write(painter, box.center().x(), down, text, AXIS_TEXT, ink, side=Side.MIDDLE)


class Ground(pg.GraphicsObject):
    """What lies below the curves: a faint line at every hour, and bands where facts are missing.

    One item for all of it, because what is asked of an item at each painting costs more than its strokes; the axes' own
    grid costs more than all curves.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QLineF] = []
        self._bands: list[tuple[QRectF, QBrush]] = []
        self._pen = QPen()
        self.setZValue(-20)

    def show_grid(self, places: list[float], colours: Palette) -> None:
        """Draw lines there."""
        self._lines = [QLineF(place, -1e6, place, 1e6) for place in places]
        tint = QColor(colours.line)
        tint.setAlpha(110)
        self._pen = stroke(tint, 1)
        self.update()

    def show_bands(self, whole: CurvesText, colours: Palette, low: float, high: float) -> None:
        """Tint the steps that lack facts, and fainter the one that is not over."""
        self._bands = []
        unfinished = {whole.steps - 1} if whole.unfinished else set()
        for step in sorted(whole.incomplete | unfinished):
            missing = step in whole.incomplete
            tint = QColor(colours.low)
            tint.setAlpha(120 if missing else 36)
            brush = QBrush(tint, Qt.BrushStyle.Dense5Pattern if missing else Qt.BrushStyle.SolidPattern)
            self._bands.append((QRectF(step - 0.5, low, 1.0, high - low), brush))
        self.update()

    def boundingRect(self) -> QRectF:
        return _EVERYWHERE

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(as_wide(self._pen, painter))
        painter.drawLines(self._lines)
        for band, brush in self._bands:
            painter.fillRect(band, brush)


class Limits(pg.GraphicsObject):
    """The limits of a pane: a dashed line across it, and near its right end what limit that is."""

    def __init__(self) -> None:
        super().__init__()
        self._limits: tuple[LimitText, ...] = ()
        self._colours: Palette | None = None
        self._across = 0.0, 0.0

    def show_limits(self, limits: tuple[LimitText, ...], colours: Palette, across: tuple[float, float]) -> None:
        """Draw those limits from one step to another."""
        self._limits, self._colours, self._across = limits, colours, across
        self.update()

    def boundingRect(self) -> QRectF:
        return _EVERYWHERE

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        colours, place = self._colours, painter.transform()
        if colours is None or not self._limits:
            return
        left, right = (at * place.m11() + place.dx() for at in self._across)
        pen = stroke(colours.low, 1.2, Qt.PenStyle.DashLine)
        ground = QColor(colours.panel)
        ground.setAlpha(200)
        highest = max(one.value for one in self._limits)
        painter.resetTransform()
        painter.setPen(pen)
        for one in self._limits:
            down = one.value * place.m22() + place.dy()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawLine(QLineF(left, down, right, down))
            # Two limits lie close together: the words of the upper one stand above its line, clear of the other's.
            wide = width_of(one.label, LIMIT_TEXT)
            top = down - LIMIT_HIGH if one.value == highest else down
            box = QRectF(left + 0.99 * (right - left) - wide - 8, top, wide + 8, LIMIT_HIGH)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(box, ground)
            write(painter, box.left() + 4, top + LIMIT_BASE, one.label, LIMIT_TEXT, colours.mid)
