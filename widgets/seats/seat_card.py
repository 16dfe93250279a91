"""One card of a field: a shape, a name, a number and a time on a few square centimetres; more where there is room."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from widgets.desk_texts import FieldCell
from widgets.faces import Side, centred_baseline, fitted, pixel_ratio, put, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_sign, stamp_shape
from widgets.tones import Tone

NAME, SMALL, LEAST = 14.0, 12.0, 12.0
SIGN, SIGN_IN, SIGN_DOWN = 16.0, 5.0, 4.0
"""How large the sign of an alarm is, and how far its middle lies inside the upper right corner."""
TWO_LINES, ONE_LINE = 33.0, 18.0
"""Heights in pixels below which a card shows one line, and only its shape."""


def draw_card(
    painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float = 1.0, type_scale: float = 0.0
) -> None:
    """Draw a card into its rectangle; the sign of an alarm stands a little out of its corner.

    `scale` is that of its frame, `type_scale` that of its letters (0: the same). No letter is smaller than can be read:
    a small card shows less instead.
    """
    alarming = cell.tone in (Tone.WARN, Tone.CRITICAL)
    letters = type_scale or scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = min(scale, letters)
    ratio = pixel_ratio(painter)
    _draw_ground(painter, cell, rect, colours, frame, ratio)
    if cell.notched:
        _draw_notch(painter, rect, colours, frame)
    if rect.height() < ONE_LINE:
        _draw_shape_alone(painter, cell, rect, colours)
    elif rect.height() < TWO_LINES:
        _draw_line(painter, cell, rect, colours, max(letters, 0.75))
    elif cell.vacant and not alarming:
        _draw_vacant(painter, cell, rect, colours, letters)
    else:
        _draw_texts(painter, cell, rect, colours, letters, ratio)
    if alarming:
        corner = rect.topRight() + QPointF(-SIGN_IN, SIGN_DOWN) * frame
        draw_sign(painter, cell.tone, corner, _sign_size(frame), colours)


def _sign_size(frame: float) -> float:
    return SIGN * max(frame, 0.7)


def reach(cell: FieldCell, rect: QRect, scale: float = 1.0, type_scale: float = 0.0) -> QRect:
    """All that a card in that rectangle draws on: the sign of an alarm stands out of it."""
    if cell.tone not in (Tone.WARN, Tone.CRITICAL):
        return rect
    frame = min(scale, type_scale or scale)
    half = _sign_size(frame) / 2 + 1
    return rect.adjusted(0, -ceil(max(0.0, half - SIGN_DOWN * frame)), ceil(max(0.0, half - SIGN_IN * frame)), 0)


def _draw_ground(
    painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float, ratio: float
) -> None:
    """The frame, from a picture that is kept: rounded corners are most of the work of a card."""
    if cell.tone in (Tone.WARN, Tone.CRITICAL):
        edge, ground, pen = colours.edge(cell.tone), colours.ground(cell.tone), 2 * scale
    elif cell.vacant:
        edge, ground, pen = colours.line, None, 1.2 * scale
    else:
        edge, ground, pen = colours.line, colours.shade(cell.shade), scale
    fill = 0 if ground is None else ground.rgba()
    # On whole pixels of the device: where a pixel is shared, painting a part gives other edges than painting all of it.
    left, top = round(rect.left() * ratio), round(rect.top() * ratio)
    wide, high = round(rect.right() * ratio) - left, round(rect.bottom() * ratio) - top
    picture = _ground(wide, high, edge.rgba(), fill, pen, scale, cell.vacant, ratio)
    put(painter, left, top, picture, ratio)


@lru_cache(maxsize=256)
def _ground(
    wide: int, high: int, edge: int, fill: int, pen: float, scale: float, dashed: bool, ratio: float
) -> QPixmap:
    """The frame of a card that is so many pixels of the device wide and high."""
    picture = QPixmap(wide, high)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QPen(QColor.fromRgba(edge), pen)
    if dashed and not fill:
        line.setDashPattern([4, 3])
    painter.setPen(line)
    painter.setBrush(QColor.fromRgba(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = 1.0 * scale
    box = QRectF(0, 0, wide / ratio, high / ratio).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, 6 * scale, 6 * scale)
    painter.end()
    return picture


def _draw_shape_alone(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette) -> None:
    size = min(rect.height() - 5, rect.width() - 5, 11.0)
    stamp_shape(painter, cell.shape, rect.center(), size, colours.low if cell.vacant else colours.hi)


def _draw_line(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float) -> None:
    """The shape, and beside it the number where that fits."""
    size, glyph = max(LEAST, SMALL * scale), 11 * scale
    ink = colours.low if cell.vacant else colours.hi
    room = rect.width() - glyph - 12 * scale
    if width_of(cell.number, size) > room:
        _draw_shape_alone(painter, cell, rect, colours)
        return
    left = rect.left() + 5 * scale
    stamp_shape(painter, cell.shape, QPointF(left + glyph / 2, rect.center().y()), glyph, ink)
    baseline = centred_baseline(rect.center().y(), size)
    write(painter, left + glyph + 4 * scale, baseline, cell.number, size, colours.low if cell.vacant else colours.mid)


def _draw_texts(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float, ratio: float) -> None:
    alarming = cell.tone in (Tone.WARN, Tone.CRITICAL)
    ink = colours.text(cell.tone) if alarming else colours.mid
    small, name = max(LEAST, SMALL * scale), max(LEAST, NAME * scale)
    left, right, glyph = rect.left() + 8 * scale, rect.right() - 7 * scale, 11 * scale
    extra = _extra_lines(cell, rect.height(), small, name)
    upper, lower = rect.top() + rect.height() * 0.31, rect.top() + rect.height() * 0.73
    if extra:
        upper = rect.top() + 6 * scale + name * 0.62
        lower = upper + name * 0.62 + small * 0.95
    stamp_shape(painter, cell.shape, QPointF(left + glyph / 2, upper), glyph, colours.hi, ratio)
    room = rect.right() - left - glyph - (11 if alarming else 6 if cell.notched else 3) * scale
    size = fitted(cell.title, name, False, room - 5 * scale, 0.8)
    title = shortened(cell.title, size, False, room - 5 * scale)
    write(painter, left + glyph + 5 * scale, centred_baseline(upper, size), title, size, colours.hi, ratio=ratio)
    baseline = centred_baseline(lower, small)
    room = right - left - width_of(cell.number, small) - 5 * scale
    time = cell.time if width_of(cell.time, small, alarming) <= room else brief(cell.time)
    taken = width_of(time, small, alarming) + 5 * scale if time else 0.0
    number = shortened(cell.number, small, False, right - left - taken)
    write(painter, left, baseline, number, small, colours.mid, ratio=ratio)
    write(painter, right, baseline, time, small, ink, alarming, Side.RIGHT, ratio)
    middle = lower
    for text in cell.details[:extra]:
        middle += small * 1.4
        shown = shortened(text, small, False, right - left)
        write(painter, left, centred_baseline(middle, small), shown, small, colours.hi)
    if cell.chips and extra > len(cell.details):
        _draw_chips(painter, cell.chips, (left, right, middle + small * 1.65), colours, small)


def _extra_lines(cell: FieldCell, height: float, small: float, name: float) -> int:
    """How many lines fit below the two that every card has."""
    wanted = len(cell.details) + bool(cell.chips)
    spare, line = height - name * 1.24 - small * 1.9 - 4, small * 1.4
    fit = min(wanted, max(0, int(spare // line)))
    return fit if fit <= len(cell.details) or spare >= fit * line + small * 0.4 else len(cell.details)


def brief(time: str) -> str:
    """`1:06:37` as `1h06`, for a card that has no room for seconds; shorter times stay as they are."""
    parts = time.split(":")
    return f"{parts[0]}h{parts[1]}" if len(parts) == 3 else time


def _draw_chips(
    painter: QPainter, chips: tuple[str, ...], place: tuple[float, float, float], colours: Palette, size: float
) -> None:
    """Words in small frames from `place`'s left to its right end about its middle; those that do not fit are left out.

    A last `+2` tells how many those are.
    """
    left, right, middle = place
    for number, chip in enumerate(chips):
        rest = len(chips) - number - 1
        wide = width_of(chip, size) + 8
        tail = width_of(f"+{rest}", size) + 4 if rest else 0.0
        if left + wide + tail > right:
            write(painter, left, centred_baseline(middle, size), f"+{rest + 1}", size, colours.mid)
            return
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.panel)
        painter.drawRoundedRect(QRectF(left, middle - size * 0.7, wide, size * 1.4), size * 0.7, size * 0.7)
        write(painter, left + 4, centred_baseline(middle, size), chip, size, colours.mid)
        left += wide + 4


def _draw_vacant(painter: QPainter, cell: FieldCell, rect: QRectF, colours: Palette, scale: float) -> None:
    """Who is not there needs no shape: the number of the place and a word."""
    small = max(LEAST, SMALL * scale)
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
