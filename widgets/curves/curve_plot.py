"""Panes of curves one above the other over one axis of time, drawn by pyqtgraph, which takes a second to load.

Import this module only when somebody wants curves, and outside the windows' thread, which it would hold up.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import pairwise
from math import ceil, cos, floor, log10, pi, sin
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from widgets.curves.curve_parts import AXIS_TEXT, Axis, Ground, Limits, as_wide, stroke
from widgets.curves.curve_texts import CurvesText, CurveText, PaneText
from widgets.faces import face
from widgets.palette import Palette
from widgets.tones import Tone

AXIS_WIDTH: Final = 46
ALONE: Final = 3.0
"""Half the stroke, in pixels, for a value that has no neighbours."""


def _grey(curve: CurveText, colours: Palette) -> QColor:
    return (colours.hi, colours.d1, colours.d2)[curve.weight - 1]


def _legend(text: PaneText, colours: Palette) -> str:
    """The pane's title, and its curves with the strokes that draw them."""
    parts = [f'<b style="color:{colours.mid.name()}">{escape(text.title)}</b>']
    for curve in text.curves:
        mark = "┄┄" if curve.dashed else "━━" if curve.weight == 1 else "──"
        parts.append(
            f'<span style="color:{_grey(curve, colours).name()}">{mark}</span> '
            f'<span style="color:{colours.mid.name()}">{escape(curve.label)}</span>'
        )
    return "&nbsp;&nbsp;&nbsp;".join(parts)


class _Curve(pg.GraphicsObject):
    """One curve: its line in grey, and on top of it what is beyond a limit, in hue and with a sign.

    Drawn by hand, because a plot's own items cost a millisecond each to be given another day.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text: CurveText | None = None
        self._pen = QPen()
        self._place: QTransform | None = None
        """From steps and values to pixels, as of the last painting; below what it gave."""
        self._line = QPainterPath()
        self._pieces: list[QLineF] = []
        self._beyond: list[tuple[Tone, list[QLineF], list[QPointF]]] = []
        self._colours: Palette | None = None
        self._box = QRectF()

    def show_curve(self, text: CurveText, colours: Palette, box: QRectF) -> None:
        """Show that curve; `box` is all that the pane shows."""
        if box != self._box:
            self.prepareGeometryChange()
            self._box = box
        self._text, self._colours, self._place = text, colours, None
        style = Qt.PenStyle.DashLine if text.dashed else Qt.PenStyle.SolidLine
        self._pen = stroke(_grey(text, colours), 2 if text.weight == 1 else 1, style)
        # Solid lines with round ends cost ten times as much to draw, and at this width nobody sees their ends.
        self._pen.setCapStyle(Qt.PenCapStyle.RoundCap if text.dashed else Qt.PenCapStyle.SquareCap)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box

    def _lay(self, text: CurveText, place: QTransform) -> None:
        """Find where everything lies in pixels."""
        across, up, left, top = place.m11(), place.m22(), place.dx(), place.dy()
        points = [
            None if value is None else (left + step * across, top + value * up)
            for step, value in enumerate(text.values)
        ]  # fmt: skip
        self._pieces, self._line = _pieces(points), QPainterPath()
        if text.dashed:  # dashes must go on over the corners
            self._line, self._pieces = _path(points), []
        self._pieces += _alone(points)
        self._beyond = []
        for tone in (Tone.WARN, Tone.CRITICAL):
            if tone in text.tones:
                wanted = [point if own is tone else None for point, own in zip(points, text.tones, strict=False)]
                found = [QPointF(*point) for point in wanted if point is not None]
                self._beyond.append((tone, _pieces(wanted), found))
        self._place = place

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        colours, text, place = self._colours, self._text, painter.transform()
        if colours is None or text is None:
            return
        if place != self._place:
            self._lay(text, place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.resetTransform()  # where a pixel is as wide as it is high Qt draws lines far more quickly
        painter.setPen(as_wide(self._pen, painter))
        painter.drawLines(self._pieces)
        painter.drawPath(self._line)
        for tone, pieces, _ in self._beyond:
            painter.setPen(as_wide(stroke(colours.edge(tone), 2.6), painter))
            painter.drawLines(pieces)
        for tone, _, points in self._beyond:
            painter.setPen(QPen(colours.text(tone), 1.0))
            painter.setBrush(colours.fill(tone))
            for point in points:
                draw_sign_at(painter, tone, point, 4.0)


_Point = tuple[float, float]


def _pieces(points: list[_Point | None]) -> list[QLineF]:
    """The lines between neighbours of which both are there: a gap stays a gap. One by one they are drawn quickest."""
    return [QLineF(*one, *other) for one, other in pairwise(points) if one is not None and other is not None]


def _alone(points: list[_Point | None]) -> list[QLineF]:
    """A stroke for each point that no line leads to or from, such as the first quarter after midnight."""
    framed = [None, *points, None]
    found = zip(framed, points, framed[2:], strict=False)
    return [
        QLineF(at[0] - ALONE, at[1], at[0] + ALONE, at[1])
        for before, at, after in found
        if at is not None and before is None and after is None
    ]


def _path(points: list[_Point | None]) -> QPainterPath:
    path, drawn = QPainterPath(), False
    for point in points:
        if point is not None:
            (path.lineTo if drawn else path.moveTo)(*point)
        drawn = point is not None
    return path


def draw_sign_at(painter: QPainter, tone: Tone, centre: QPointF, radius: float) -> None:
    """A triangle for a warning, an octagon for what is critical: the shape tells it, not the hue alone."""
    painter.drawPolygon(_sign(tone, radius).translated(centre))


@lru_cache(maxsize=8)
def _sign(tone: Tone, radius: float) -> QPolygonF:
    corners, turn = (3, -pi / 2) if tone is Tone.WARN else (8, pi / 8)
    angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
    return QPolygonF([QPointF(radius * cos(angle), radius * sin(angle)) for angle in angles])




class _Pane:
    """One pane: curves, limits, bands where facts are missing, and its part of the cursor."""

    def __init__(self, plot: Any) -> None:
        self.plot = plot
        self.curves: list[_Curve] = []
        self._dressed: object = None
        self._marked: object = None
        self._scaled: object = None
        self.ground, self.limits = Ground(), Limits()
        plot.addItem(self.ground, ignoreBounds=True)
        self.cursor = pg.InfiniteLine(angle=90, movable=False)
        plot.addItem(self.cursor, ignoreBounds=True)
        plot.addItem(self.limits, ignoreBounds=True)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(False, False)
        plot.getAxis("left").setWidth(AXIS_WIDTH)
        plot.titleLabel.setAttr("justify", "left")

    def show(self, text: PaneText, whole: CurvesText, colours: Palette, last: bool) -> None:
        """Show the pane; what has not changed since is left alone."""
        look = (colours.name, text.title, tuple((one.label, one.weight) for one in text.curves), whole.ticks, last)
        if look != self._dressed:
            self._dressed = look
            self._dress(text, colours, last, whole)
        low, high = _range(text)
        marks = (colours.name, text.limits, whole.incomplete, whole.unfinished, whole.steps, low, high)
        if marks != self._marked:
            self._marked = marks
            self.limits.show_limits(text.limits, colours, (-0.5, max(1, whole.steps) - 0.5))
            self.ground.show_bands(whole, colours, low, high)
        if (low, high, whole.steps) != self._scaled:
            self._scaled = (low, high, whole.steps)
            self.plot.setYRange(low, high, padding=0)
            self.plot.setXRange(-0.5, max(1, whole.steps) - 0.5, padding=0)
        while len(self.curves) < len(text.curves):
            self.curves.append(_Curve())
            self.plot.addItem(self.curves[-1], ignoreBounds=True)
        while len(self.curves) > len(text.curves):
            self.plot.removeItem(self.curves.pop())
        box = QRectF(-1, low, whole.steps + 2, high - low)
        for curve, one in zip(self.curves, text.curves, strict=True):
            curve.show_curve(one, colours, box)

    def _dress(self, text: PaneText, colours: Palette, last: bool, whole: CurvesText) -> None:
        self.plot.setTitle(_legend(text, colours), size="12px", justify="left")
        self.plot.titleLabel.setMaximumHeight(20)
        self.plot.layout.setRowFixedHeight(0, 20)
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(pg.mkPen(colours.line))
            axis.setTextPen(pg.mkPen(colours.mid))
            axis.setStyle(tickFont=face(AXIS_TEXT), tickLength=-4)
        bottom = self.plot.getAxis("bottom")
        bottom.setTicks([list(whole.ticks)])
        bottom.setStyle(showValues=last)
        self.plot.getViewBox().setBackgroundColor(colours.panel)
        self.ground.show_grid([step for step, _ in whole.ticks], colours)
        self.cursor.setPen(pg.mkPen(colours.info, width=1.2))


def _range(text: PaneText) -> tuple[float, float]:
    """What the axis of a pane shows, in steps, so that it does not move with every call."""
    known = [value for curve in text.curves for value in curve.values if value is not None]
    known += [limit.value for limit in text.limits]
    low = text.low if text.low is not None else min(known, default=0.0)
    high = text.high if text.high is not None else max(known, default=1.0) * 1.08
    high = max(high, low + 1)
    step = 10.0 ** floor(log10(high - low)) / 10
    return low, high if text.high is not None else ceil(high / step) * step


class CurvePlot(pg.GraphicsLayoutWidget):
    """Curves that can be read with mouse and keyboard.

    Signals: `pointed(int)` with the step at which the cursor stands, -1 where it is nowhere.
    """

    pointed = Signal(int)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.colours = palette
        self.text = CurvesText()
        self.step = -1
        self._panes: list[_Pane] = []
        self.ci.layout.setContentsMargins(6, 4, 12, 4)
        self.ci.layout.setSpacing(2)

    def set_look(self, palette: Palette) -> None:
        """Draw in another palette."""
        self.colours = palette
        self.set_text(self.text)

    def set_text(self, text: CurvesText) -> None:
        """Show those curves."""
        self.text = text
        self.setBackground(self.colours.panel)
        while len(self._panes) < len(text.panes):
            axes = {side: Axis(side) for side in ("left", "bottom")}
            plot = self.addPlot(row=len(self._panes), col=0, axisItems=axes)
            if self._panes:
                plot.setXLink(self._panes[0].plot)
            self._panes.append(_Pane(plot))
        for number, (pane, one) in enumerate(zip(self._panes, text.panes, strict=False)):
            pane.show(one, text, self.colours, last=number == len(text.panes) - 1)
        self.point_at(min(self.step, text.steps - 1) if self.step >= 0 else -1)

    def point_at(self, step: int) -> None:
        """Put the cursor at a step; -1 takes it away."""
        for pane in self._panes:
            pane.cursor.setVisible(step >= 0)
            pane.cursor.setPos(step)
        if step != self.step:
            self.step = step
            self.pointed.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self._panes or not self.text.steps:
            return
        box = self._panes[0].plot.getViewBox()
        place = box.mapSceneToView(self.mapToScene(event.position().toPoint()))
        step = round(place.x())
        if 0 <= step < self.text.steps:
            self.point_at(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.text.steps - 1
        moves = {
            Qt.Key.Key_Left: max(0, self.step - 1) if self.step >= 0 else last,
            Qt.Key.Key_Right: min(last, self.step + 1) if self.step >= 0 else last,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves and last >= 0:
            self.point_at(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
