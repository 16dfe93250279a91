"""What a field of cards looks like: its headings, the frames of its rooms, its cards and the rings about them."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.desk_texts import FieldBlock, FieldCell
from widgets.faces import Side, centred_baseline, pixel_ratio, shortened, width_of, write
from widgets.palette import Palette
from widgets.seats.seat_card import draw_card
from widgets.tile import hatch_brush
from widgets.tones import Tone

HEAD_TEXT, EMPTY_TEXT = 14.0, 16.0
LEAST_HEAD = 0.9
"""Headings become no smaller than this share of their usual size."""
HANGS = 0.35
"""How far letters hang below their baseline at most, as a share of their size."""
RING = 8
"""How far the ring about a selected card may reach beyond it."""


def paint_empty(painter: QPainter, middle: QPoint, text: str, colours: Palette) -> None:
    """Say that there is no card, about that point."""
    write(painter, middle.x(), middle.y(), text, EMPTY_TEXT, colours.low, side=Side.MIDDLE)


def head_reach(head: QRect, scale: float) -> QRect:
    """A heading, with what of its letters hangs out below it where cards are small; `scale` is that of letters."""
    scale = max(scale, LEAST_HEAD)
    lowest = ceil(_head_baseline(head, scale) + HANGS * HEAD_TEXT * scale)
    return head.adjusted(0, 0, 0, max(0, lowest - head.bottom()))


def _head_baseline(head: QRect, scale: float) -> float:
    return centred_baseline(head.center().y() + 2 * scale, HEAD_TEXT * scale)


def paint_head(painter: QPainter, head: QRect, block: FieldBlock, scale: float, colours: Palette) -> None:
    """Write a block's title and, where it fits, its note."""
    scale = max(scale, LEAST_HEAD)
    size, baseline, room = HEAD_TEXT * scale, _head_baseline(head, scale), head.width() - 4 * scale
    shown = shortened(block.title, size, True, room)
    used = write(painter, head.left(), baseline, shown, size, colours.mid, True) + 7 * scale
    if used + width_of(block.note, size) <= room:
        write(painter, head.left() + used, baseline, block.note, size, colours.low)


def paint_frame(painter: QPainter, frame: QRect, colours: Palette) -> None:
    """Draw the outline of a room."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def paint_card(
    painter: QPainter, cell: FieldCell, rect: QRect, colours: Palette, scale: float, type_scale: float
) -> None:
    """Draw a card; one whose source is silent without hue and hatched."""
    draw_card(painter, cell, QRectF(rect), colours.greyed if cell.stale else colours, scale, type_scale)
    if cell.stale:
        painter.fillRect(rect, hatch_brush(colours.hatch.rgba(), 1.0, pixel_ratio(painter)))


def paint_ring(
    painter: QPainter, rect: QRect, tone: Tone, colours: Palette, scale: float, *, strong: bool
) -> None:
    """Draw the ring about a card that is selected, `strong` about the one that has the keys."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.info, (2.5 if strong else 1.8) * scale))
    out = 2.0 * scale if tone is not Tone.CALM else 1.0 * scale
    painter.drawRoundedRect(QRectF(rect).adjusted(-out, -out, out, out), 7 * scale, 7 * scale)
