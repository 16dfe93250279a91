"""The frame about whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.palette import Palette

WIDTH = 2.5


def draw_focus(painter: QPainter, box: QRect, colours: Palette) -> None:
    """Draw the frame just inside a box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.info, WIDTH))
    half = WIDTH / 2
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), 5, 5)
