"""The ground every wall tile stands on: scale, palette, old-data look and repainting of the changed part only."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QWidget

from widgets.faces import pixel_ratio
from widgets.palette import Palette

RADIUS = 10.0


def hatch_brush(colour_rgba: int, unit: float, pixel_ratio: float) -> QBrush:
    """A brush of fine diagonal lines, 8 units but at least 8 logical pixels apart, crisp at any pixel ratio."""
    return _hatch(colour_rgba, max(1.0, unit) * pixel_ratio, pixel_ratio)


@lru_cache(maxsize=16)
def _hatch(colour_rgba: int, scale: float, pixel_ratio: float) -> QBrush:
    side = max(4, round(8 * scale))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(colour_rgba), max(1.0, scale)))
    for ends in (0, side, 2 * side):  # the neighbours' lines reach into the corners: without them every line is dashed
        painter.drawLine(QPointF(-side, ends + side), QPointF(ends + side, -side))
    painter.end()
    brush = QBrush(pixmap)
    # A brush takes no notice of its picture's pixel ratio: it would be twice as coarse, and blurred.
    brush.setTransform(QTransform.fromScale(1 / pixel_ratio, 1 / pixel_ratio))
    return brush


class Tile(QWidget):
    """A rectangle of the wall that paints itself from values and repaints only what changed.

    Lengths inside a tile are given in units of the 1920×1080 page and multiplied by the unit of the screen.
    """

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_palette = palette
        self._unit = 1.0
        self._grow = 1.0
        self._stale = False
        self._lit = True
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_look(self, palette: Palette, unit: float, grow: float = 1.0) -> None:
        """Set the colours, the pixels a unit has, and how much larger than the mock-up its small texts are."""
        if (palette, unit, grow) == (self._own_palette, self._unit, self._grow):
            return
        self._own_palette, self._unit, self._grow = palette, unit, grow
        self.relayout()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Show everything without hue and hatched, or as usual."""
        if stale != self._stale:
            self._stale = stale
            self.update()

    def set_lit(self, lit: bool) -> None:
        """Switch the blinking signs on or off; only their rectangles are painted again."""
        if lit == self._lit:
            return
        self._lit = lit
        for rect in self.blinking_rects():
            self.update(rect)

    def blinking_rects(self) -> list[QRect]:
        """Where unacknowledged critical signs are; a tile without any returns an empty list."""
        return []

    @property
    def stale(self) -> bool:
        return self._stale

    @property
    def colours(self) -> Palette:
        """The palette to paint with now."""
        return self._own_palette.greyed if self._stale else self._own_palette

    @property
    def live_colours(self) -> Palette:
        """The palette as it is with fresh data."""
        return self._own_palette

    def u(self, units: float) -> float:
        """That many units in pixels."""
        return units * self._unit

    def rect_of(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A rectangle given in units, in pixels."""
        return QRectF(self.u(x), self.u(y), self.u(width), self.u(height))

    def update_part(self, rect: QRectF) -> None:
        """Ask for a repaint of that part of the tile."""
        self.update(rect.toAlignedRect().adjusted(-1, -1, 1, 1))

    def relayout(self) -> None:
        """Work out positions anew; called when the size or the scale changed."""

    def resizeEvent(self, event: object) -> None:
        self.relayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            self.paint_ground(painter, event.rect())
            self.paint_parts(painter, event.region())
            if self._stale:
                self.paint_hatch(painter, QRectF(event.rect()))
        finally:  # a painter that outlives its paint event takes the whole program with it
            painter.end()

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        """Paint the panel behind everything; corners only when they are asked for."""
        self.paint_panel(painter, dirty, self.colours.panel)

    def paint_panel(self, painter: QPainter, dirty: QRect, colour: QColor) -> None:
        """Fill the tile as a panel with rounded corners on the window's ground."""
        radius = self.u(RADIUS)
        corner = int(radius) + 1
        if self.rect().adjusted(corner, 0, -corner, 0).contains(dirty) or self.rect().adjusted(
            0, corner, 0, -corner
        ).contains(dirty):
            fill(painter, dirty, colour)
            return
        right, bottom = self.width() - corner, self.height() - corner
        for x, y in ((0, 0), (right, 0), (0, bottom), (right, bottom)):
            fill(painter, QRect(x, y, corner, corner), self.colours.bg)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        """Paint the parts that the region touches."""

    def paint_hatch(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the lines of old data over `rect`, continuous across tiles."""
        origin = self.mapTo(self.window(), QPoint(0, 0))
        painter.setBrushOrigin(-origin.x(), -origin.y())
        colour = self._own_palette.hatch
        painter.fillRect(rect, hatch_brush(colour.rgba(), self._unit, pixel_ratio(painter)))


def fill(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill a rectangle; the first `fillRect` would have PySide6 make all 169 gradients that Qt knows by name."""
    painter.setBackground(colour)
    painter.eraseRect(rect)


def touches(region: QRegion, rect: QRectF) -> bool:
    """Whether a part lies in the region to be painted."""
    return bool(region.intersects(rect.toAlignedRect()))
