"""Where a tile writes what: takes the place of `write` and `draw_sign` in a module while they go on working."""

from __future__ import annotations

from types import ModuleType

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.faces import CAP_SHARE, Side, write
from widgets.tones import Tone


class Written:
    """Remembers the boxes of texts (capitals and digits only), their sizes in pixels, and the boxes of signs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> None:
        self.boxes: dict[str, QRectF] = {}
        self.sizes: dict[str, float] = {}
        self.all: list[tuple[str, QRectF]] = []
        """Every text, also where one is written more than once."""
        self.signs: list[QRectF] = []
        monkeypatch.setattr(module, "write", self)
        sign = getattr(module, "draw_sign", None)

        def signed(painter: QPainter, tone: Tone, centre: QPointF, side: float, *more: object, **named: bool) -> None:
            self.signs.append(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))
            sign(painter, tone, centre, side, *more, **named)  # type: ignore[misc]

        if sign is not None:
            monkeypatch.setattr(module, "draw_sign", signed)

    def __call__(
        self, painter: QPainter, x: float, baseline: float, text: str, pixels: float, colour: QColor,
        bold: bool = False, side: Side = Side.LEFT, ratio: float = 0.0,
    ) -> float:  # fmt: skip
        width = write(painter, x, baseline, text, pixels, colour, bold, side, ratio)
        if text:
            left = x if side is Side.LEFT else x - width if side is Side.RIGHT else x - width / 2
            box = QRectF(left, baseline - pixels * CAP_SHARE, width, pixels * CAP_SHARE)
            self.boxes[text], self.sizes[text] = box, pixels
            self.all.append((text, box))
        return width

    def paint(self, tile: QWidget, dpr: float = 1.0) -> None:
        """Forget what was written before and have the whole tile painted."""
        self.boxes.clear()
        self.sizes.clear()
        self.all.clear()
        self.signs.clear()
        pixmap = QPixmap(tile.size() * dpr)
        pixmap.setDevicePixelRatio(dpr)
        tile.render(pixmap)
