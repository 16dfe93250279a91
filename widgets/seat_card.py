"""One card of a field: a shape, a name, a number and a time on a few square centimetres."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from widgets.desk_texts import FieldCell
from widgets.faces import Side, centred_baseline, fitted, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_shape, draw_sign
from widgets.tones import Tone

NAME, SMALL = 14.0, 12.0
SIGN = 16.0


def draw_card(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float = 1.0) -> None:
    """Draw a card into its rectangle; the sign of an alarm stands a little out of its corner."""
    alarming = cell.tone in (Tone.WARN, Tone.CRITICAL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_ground(painter, cell, rect, colours, scale)
    if cell.vacant and not alarming:
        _draw_vacant(painter, cell, rect, colours, scale)
        return
    if cell.notched:
        _draw_notch(painter, rect, colours, scale)
    ink = colours.text(cell.tone) if alarming else colours.hi
    left, glyph = rect.left() + 8 * scale, 11 * scale
    upper, lower = rect.top() + rect.height() * 0.31, rect.top() + rect.height() * 0.73
    draw_shape(painter, cell.shape, QPointF(left + glyph / 2, upper), glyph, colours.hi)
    room = rect.right() - left - glyph - (11 if alarming else 6 if cell.notched else 3) * scale
    size = fitted(cell.title, NAME * scale, False, room - 5 * scale, 0.8)
    title = shortened(cell.title, size, False, room - 5 * scale)
    write(painter, left + glyph + 5 * scale, centred_baseline(upper, size), title, size, colours.hi)
    small = SMALL * scale
    baseline = centred_baseline(lower, small)
    right = rect.right() - 7 * scale
    taken = width_of(cell.time, small, alarming) + 5 * scale if cell.time else 0.0
    number = shortened(cell.number, small, False, right - left - taken)
    write(painter, left, baseline, number, small, colours.mid)
    write(painter, right, baseline, cell.time, small, ink if alarming else colours.mid, alarming, Side.RIGHT)
    if alarming:
        draw_sign(painter, cell.tone, rect.topRight() + QPointF(-5, 4) * scale, SIGN * scale, colours)


def _draw_ground(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float) -> None:
    alarming = cell.tone in (Tone.WARN, Tone.CRITICAL)
    if alarming:
        painter.setPen(QPen(colours.edge(cell.tone), 2 * scale))
        painter.setBrush(colours.ground(cell.tone))
    elif cell.vacant:
        pen = QPen(colours.line, 1.2 * scale)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(QPen(colours.line, scale))
        painter.setBrush(colours.shade(cell.shade))
    inset = 1.0 * scale
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 6 * scale, 6 * scale)


def _draw_vacant(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float) -> None:
    """Who is not there needs no shape: the number of the place and a word."""
    small = SMALL * scale
    upper, lower = rect.top() + rect.height() * 0.31, rect.top() + rect.height() * 0.73
    middle, room = rect.center().x(), rect.width() - 10 * scale
    write(painter, middle, centred_baseline(upper, small), cell.number, small, colours.low, side=Side.MIDDLE)
    size = fitted(cell.title, small, False, room, 0.8)
    title = shortened(cell.title, size, False, room)
    write(painter, middle, centred_baseline(lower, size), title, size, colours.low, side=Side.MIDDLE)


def _draw_notch(painter: QPainter, rect: QRectF, colours: Palette, scale: float) -> None:
    side, corner = 10 * scale, rect.topRight() + QPointF(-2, 2) * scale
    path = QPainterPath(corner + QPointF(-side, 0))
    path.lineTo(corner)
    path.lineTo(corner + QPointF(0, side))
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.d2)
    painter.drawPath(path)
