"""A person as a round picture with the first letter of a name."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from widgets.faces import Side, centred_baseline, write
from widgets.palette import Palette

SPACE = 6
"""Free pixels after the circle, because a button puts its text close to its picture."""


@lru_cache(maxsize=64)
def _drawn(initial: str, pixels: int, ground: int, ink: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round((pixels + SPACE) * ratio), round(pixels * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(ground))
    painter.drawEllipse(QRectF(0, 0, pixels, pixels))
    size = pixels * 0.56
    write(
        painter, pixels / 2, centred_baseline(pixels / 2, size), initial, size, QColor.fromRgba(ink), True, Side.MIDDLE
    )
    painter.end()
    return pixmap


def avatar_pixmap(name: str, pixels: int, palette: Palette, ratio: float = 2.0) -> QPixmap:
    """The first letter of a name in a circle, `pixels` wide and `SPACE` after it; without a name an empty circle."""
    return _drawn(name.strip()[:1].upper(), pixels, palette.d1.rgba(), palette.raised.rgba(), ratio)
