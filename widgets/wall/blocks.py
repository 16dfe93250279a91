"""A row of blocks, so many of them full: a small count that is seen before it is read."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

BLOCK_PITCH, BLOCKS = 38.0, 6


@lru_cache(maxsize=64)
def blocks_picture(filled: int, unit: float, full: int, empty: int, ratio: float) -> QPixmap:
    """A row of blocks, so many of them full, as a picture: seven rows of six would be most of a table's strokes."""
    wide, high = BLOCK_PITCH * BLOCKS * unit, 28 * unit
    pixmap = QPixmap(ceil(wide * ratio), ceil(high * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor.fromRgba(empty), max(1.0, 2 * unit))
    for number in range(BLOCKS):
        block = QRectF(number * BLOCK_PITCH * unit, 0, 30 * unit, 26 * unit)
        if number < filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor.fromRgba(full))
        else:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            block = block.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(block, 5 * unit, 5 * unit)
    painter.end()
    return pixmap
