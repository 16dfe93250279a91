"""Shapes that carry meaning before colour does: what a seat is doing, how grave an alarm is."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from widgets.faces import pixel_ratio, put
from widgets.palette import Palette
from widgets.texts import Shape
from widgets.tones import Tone

BROADEST = 1.1
"""How broad a sign is at most, as a share of its size: the feet of the triangle reach out of its square."""


def draw_shape(painter: QPainter, shape: Shape, centre: QPointF, size: float, colour: QColor) -> None:
    """Draw the shape into a square of `size` pixels about `centre`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = size * 0.115
    half = size / 2
    box = QRectF(centre.x() - half, centre.y() - half, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape is Shape.DISC:
        painter.drawEllipse(box)
        return
    if shape is Shape.TWO_BARS:
        bar = size * 0.27
        for left in (centre.x() - size * 0.36, centre.x() + size * 0.36 - bar):
            painter.drawRoundedRect(QRectF(left, centre.y() - size * 0.4, bar, size * 0.8), bar * 0.2, bar * 0.2)
        return
    if shape is Shape.DASH:
        painter.drawRoundedRect(QRectF(box.left(), centre.y() - stroke / 2, size, stroke), stroke / 2, stroke / 2)
        return
    if shape is Shape.QUERY:
        _draw_query(painter, centre, size, QPen(colour, stroke * 1.15))
        return
    _draw_outlined(painter, shape, centre, size, QPen(colour, stroke))
    if shape in (Shape.SQUARE, Shape.CROSS):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape is Shape.RING_DOT:
        painter.drawEllipse(centre, size * 0.21, size * 0.21)
    elif shape is Shape.BARRED:
        reach = (half - stroke / 2) * 0.71
        painter.setPen(QPen(colour, stroke))
        painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))
    elif shape is Shape.HALF_DISC:
        painter.drawPie(box.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), 90 * 16, -180 * 16)


def stamp_shape(
    painter: QPainter, shape: Shape, centre: QPointF, size: float, colour: QColor, ratio: float = 0.0
) -> None:
    """The same from a picture that is kept, for those who draw hundreds of them; it stands on whole pixels.

    They tell the painter's pixel ratio, which otherwise is asked for each time.
    """
    ratio = ratio or pixel_ratio(painter)
    _put_about(painter, centre, _pictured(shape, round(size * 4), colour.rgba(), ratio), ratio)


def _put_about(painter: QPainter, centre: QPointF, picture: QPixmap, ratio: float) -> None:
    """Put a picture about that point, onto whole pixels."""
    half = picture.width() / ratio / 2
    put(painter, round((centre.x() - half) * ratio), round((centre.y() - half) * ratio), picture, ratio)


@lru_cache(maxsize=256)
def _pictured(shape: Shape, quarters: int, rgba: int, ratio: float) -> QPixmap:
    picture, painter, centre = _canvas(quarters / 4, ratio)
    draw_shape(painter, shape, centre, quarters / 4, QColor.fromRgba(rgba))
    painter.end()
    return picture


def _canvas(size: float, ratio: float) -> tuple[QPixmap, QPainter, QPointF]:
    """An empty picture with room for something of that size, what paints on it, and its middle."""
    side = ceil(size) + 2
    picture = QPixmap(ceil(side * ratio), ceil(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, painter, QPointF(side / 2, side / 2)


def _draw_outlined(painter: QPainter, shape: Shape, centre: QPointF, size: float, pen: QPen) -> None:
    """The stroked part of a shape: a square, a cross or a ring."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    stroke = pen.widthF()
    if shape is Shape.CROSS:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        arm = size * 0.32
        painter.drawLine(centre + QPointF(-arm, -arm), centre + QPointF(arm, arm))
        painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm))
        return
    painter.setPen(pen)
    half = size / 2 - stroke * (1.1 if shape is Shape.SQUARE else 0.5)
    box = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
    if shape is Shape.SQUARE:
        painter.drawRoundedRect(box, stroke, stroke)
    else:
        painter.drawEllipse(box)


def _draw_query(painter: QPainter, centre: QPointF, size: float, pen: QPen) -> None:
    """A question mark, drawn rather than typeset so that it is as bold as the other shapes."""
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    radius, top = size * 0.24, centre.y() - size * 0.2
    path = QPainterPath(QPointF(centre.x() - radius, top))
    path.arcTo(QRectF(centre.x() - radius, top - radius, 2 * radius, 2 * radius), 180, -225)
    path.quadTo(QPointF(centre.x(), top + radius * 1.3), QPointF(centre.x(), centre.y() + size * 0.16))
    painter.drawPath(path)
    dot = pen.widthF() * 0.62
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawEllipse(QPointF(centre.x(), centre.y() + size * 0.4), dot, dot)


def _octagon(centre: QPointF, radius: float) -> QPolygonF:
    step = pi / 4
    turn = step / 2
    reach = radius / cos(turn)
    return QPolygonF([centre + QPointF(reach * cos(turn + step * n), reach * sin(turn + step * n)) for n in range(8)])


def _triangle(centre: QPointF, radius: float) -> QPolygonF:
    wide = radius * 1.1
    return QPolygonF(
        [
            QPointF(centre.x(), centre.y() - radius * 0.93),
            QPointF(centre.x() + wide, centre.y() + radius * 0.93),
            QPointF(centre.x() - wide, centre.y() + radius * 0.93),
        ]
    )


def _outline(tone: Tone, centre: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath()
    if tone is Tone.CRITICAL:
        path.addPolygon(_octagon(centre, radius))
    elif tone is Tone.WARN:
        path.addPolygon(_triangle(centre, radius))
    else:
        path.addEllipse(centre, radius, radius)
    path.closeSubpath()
    return path


def draw_sign(
    painter: QPainter, tone: Tone, centre: QPointF, size: float, palette: Palette, *, solid: bool = True
) -> None:
    """Draw the alarm sign of a tone: solid while nobody has acknowledged it, an outline afterwards.

    It comes from a picture that is kept and stands on whole pixels.
    """
    if tone in (Tone.CALM, Tone.STALE):
        return
    edge, full = palette.text(tone), palette.fill(tone).rgba() if solid else 0
    mark = palette.ink(tone) if solid else edge
    ratio = pixel_ratio(painter)
    _put_about(painter, centre, _signed(tone, round(size * 4), (edge.rgba(), full, mark.rgba()), ratio), ratio)


@lru_cache(maxsize=64)
def _signed(tone: Tone, quarters: int, inks: tuple[int, int, int], ratio: float) -> QPixmap:
    """A sign as a picture: `inks` are the colours of its edge, its ground (0: none) and its mark."""
    size = quarters / 4
    edge, full, mark = inks
    picture, painter, centre = _canvas(size * BROADEST, ratio)
    stroke = size * 0.075
    pen = QPen(QColor.fromRgba(edge), stroke)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor.fromRgba(full) if full else Qt.BrushStyle.NoBrush)
    painter.drawPath(_outline(tone, centre, size / 2 - stroke / 2))
    _draw_mark(painter, tone, centre, size, QColor.fromRgba(mark))
    painter.end()
    return picture


def _draw_mark(painter: QPainter, tone: Tone, centre: QPointF, size: float, colour: QColor) -> None:
    """The exclamation mark, or the i of an information, drawn rather than typeset so that it sits dead centre."""
    down = size * 0.1 if tone is Tone.WARN else 0.0
    width = size * 0.085
    stem, dot = size * 0.27, width * 1.25
    top = centre.y() - (stem + dot * 1.5) / 2 + down
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    stem_top = top if tone is not Tone.INFO else top + dot * 1.5
    dot_top = top + stem + dot * 0.5 if tone is not Tone.INFO else top
    painter.drawRoundedRect(QRectF(centre.x() - width / 2, stem_top, width, stem), width * 0.4, width * 0.4)
    painter.drawEllipse(QRectF(centre.x() - dot / 2, dot_top, dot, dot))
