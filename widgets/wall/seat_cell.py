"""Where the shape, the sign, the number and the time of a seat stand in its cell; nothing lies upon anything else."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF

from widgets.faces import fitted, shortened, width_of
from widgets.texts import SeatCell
from widgets.tones import Tone

NUMBER, SHAPE, SIGN, NOTCH, EDGE = 40.0, 42.0, 36.0, 18.0, 12.0
LEAST = 0.5
"""A name or a long extension shrinks to that share of a number's size before it is cut short."""


class Written(Struct, frozen=True):
    """A text at its size, and the middle of its left end."""

    text: str
    size: float
    left: float
    middle: float
    bold: bool

    @property
    def box(self) -> QRectF:
        """What its letters cover."""
        width = width_of(self.text, self.size, self.bold)
        return QRectF(self.left, self.middle - self.size * 0.4, width, self.size * 0.8)


class CellPlaces(Struct, frozen=True):
    """The parts of one cell; a part that a cell lacks is an empty rectangle or text."""

    shape: QRectF
    sign: QRectF
    title: Written
    since: Written


def alarming(cell: SeatCell) -> bool:
    """Whether a seat stands out: with a sign, its time beneath its number, and both in bold."""
    return cell.tone in (Tone.WARN, Tone.CRITICAL)


def places_of(cell: SeatCell, rect: QRectF, unit: float, grow: float) -> CellPlaces:
    """Lay a cell out in the room that it has, with the type of the reading distance as far as that goes."""
    loud, wide, high = alarming(cell), rect.width(), rect.height()
    size = min(NUMBER * grow * unit, high * (0.45 if cell.since else 0.56), wide * 0.24)
    glyph = min(SHAPE * grow * unit, high * 0.55, wide * 0.25)
    x, y = rect.left() + EDGE * unit + glyph / 2, rect.center().y()
    over, under = y - size * 0.55, y + size * 0.6
    shape, sign = _square(x, y, glyph), QRectF()
    if loud:  # beneath the shape, where it leaves the whole breadth to the number and the time
        shape = _square(x, over, min(glyph * 0.8, high * 0.38))
        sign = _square(x, under, min(SIGN * grow * unit, high * 0.38, wide * 0.22))
    left = rect.left() + (EDGE + EDGE * min(grow, 1.5)) * unit + glyph  # closer, a dash is a minus
    room = max(0.0, rect.right() - 0.8 * EDGE * unit - left)
    since = Written(cell.since, fitted(cell.since, size * 0.88, loud, room), left, under, loud)
    middle = over if cell.since else y
    if cell.notched:
        side = _notch_side(rect, unit, grow)
        room = max(0.0, min(room, rect.right() - 4 * unit - side + (middle - size * 0.4 - rect.top()) - left))
    size = fitted(cell.title, size, loud, room, LEAST)
    title = shortened(cell.title, size, loud, room, middle=True)
    return CellPlaces(shape, sign, Written(title, size, left, middle, loud), since)


def notch(rect: QRectF, unit: float, grow: float) -> list[QPointF]:
    """The corner that marks somebody from outside, as the points of a triangle."""
    side, corner = _notch_side(rect, unit, grow), rect.topRight() + QPointF(-1, 1)
    return [corner + QPointF(-side, 0), corner, corner + QPointF(0, side)]


def _notch_side(rect: QRectF, unit: float, grow: float) -> float:
    return min(NOTCH * grow * unit, rect.height() * 0.45)


def _square(x: float, y: float, side: float) -> QRectF:
    return QRectF(x - side / 2, y - side / 2, side, side)
