"""A line without axes that says where a figure comes from, with its target dashed across."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def trend_points(values: Sequence[float | None], target: float | None, room: QRectF) -> list[list[QPointF]]:
    """Where the line runs inside `room`; a missing value ends one piece and begins another."""
    present = [value for value in values if value is not None]
    if len(values) < 2 or not present:
        return []
    low, high = _range(present, target)
    step = room.width() / (len(values) - 1)
    pieces: list[list[QPointF]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            if pieces[-1]:
                pieces.append([])
            continue
        share = (value - low) / (high - low)
        pieces[-1].append(QPointF(room.left() + index * step, room.bottom() - share * room.height()))
    return [piece for piece in pieces if piece]


def _range(present: Sequence[float], target: float | None) -> tuple[float, float]:
    low, high = min(present), max(present)
    if target is not None:
        low, high = min(low, target), max(high, target)
    if high - low < 1e-9:
        return low - 1.0, high + 1.0
    margin = (high - low) * 0.06
    return low - margin, high + margin


def draw_trend(
    painter: QPainter,
    values: Sequence[float | None],
    target: float | None,
    room: QRectF,
    colour: QColor,
    target_colour: QColor,
    unit: float,
) -> None:
    """Draw the line, its end as a dot and the target as dashes; draws nothing below two values."""
    pieces = trend_points(values, target, room)
    if not pieces:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if target is not None:
        low, high = _range([value for value in values if value is not None], target)
        y = room.bottom() - (target - low) / (high - low) * room.height()
        pen = QPen(target_colour, 2 * unit)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
    pen = QPen(colour, 4 * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for piece in pieces:
        painter.drawPolyline(piece)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(pieces[-1][-1], 6 * unit, 6 * unit)
