"""Line icons on a 24 grid, drawn in a token's colour and remembered per size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from widgets.faces import pixel_ratio

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"


def icon_names() -> list[str]:
    """The names of all icons of the house."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


@lru_cache(maxsize=256)
def _pixmap(name: str, pixels: int, rgba: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    coloured = source.replace("currentColor", QColor.fromRgba(rgba).name())
    renderer = QSvgRenderer(coloured.encode())
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap


def icon_pixmap(name: str, pixels: float, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `pixels` logical pixels a side; raises `FileNotFoundError` for an unknown name."""
    pixmap = _pixmap(name, max(1, round(pixels * ratio)), colour.rgba()).copy()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def draw_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw the icon into the box."""
    pixmap = icon_pixmap(name, box.width(), colour, pixel_ratio(painter))
    painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))
