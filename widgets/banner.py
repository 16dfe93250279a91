"""One line over everything: old data, a connection that cannot be made, or something said once."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import centred_baseline, shortened, write
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.texts import BannerText
from widgets.tile import Tile, fill
from widgets.tips import plain
from widgets.tones import Tone

HEIGHT = 42
TITLE, TEXT = 18.0, 14.0


class Banner(Tile):
    """One line about everything that is not as it should be: old data, or a connection that cannot be made.

    With `presses` the keyboard reaches it too. Signals: `clicked()`.
    """

    clicked = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None, *, presses: bool = False) -> None:
        super().__init__(palette, parent)
        if presses:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text: BannerText | None = None
        self.setMinimumHeight(HEIGHT)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    focusOutEvent = focusInEvent

    @property
    def text(self) -> BannerText | None:
        return self._text

    def set_text(self, text: BannerText | None) -> None:
        """Say that, or be away."""
        if text == self._text:
            return
        self._text = text
        self.setVisible(text is not None)
        parent = self.parentWidget()
        if parent is not None:
            parent.update()
        self.setAccessibleName("" if text is None else f"{text.title}. {text.detail}")
        self.setToolTip("" if text is None else plain(text.detail))
        self.update()

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        calm = self._text is None or self._text.tone is not Tone.WARN
        fill(painter, dirty, self.colours.bg)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.infobg if calm else self.colours.warnfill)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        text, colours, middle = self._text, self.colours, self.height() / 2
        if text is None:
            return
        ink = colours.warnink if text.tone is Tone.WARN else colours.info
        self._paint_sign(painter, QPointF(30, middle))
        left, room = 54.0, self.width() - 70.0
        title = shortened(text.title, TITLE, True, room)
        used = write(painter, left, centred_baseline(middle, TITLE), title, TITLE, ink, True) + 20
        detail = shortened(text.detail, TEXT, False, room - used)
        write(painter, left + used, centred_baseline(middle, TEXT), detail, TEXT, ink)
        if self.hasFocus():
            painter.setPen(QPen(ink, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)

    def _paint_sign(self, painter: QPainter, centre: QPointF) -> None:
        """The sign as an outline, because the whole banner is its fill."""
        assert self._text is not None
        plain = self.colours.warnink if self._text.tone is Tone.WARN else self.colours.info
        tone = self._text.tone if self._text.tone is Tone.WARN else Tone.INFO
        draw_sign(painter, tone, centre, 24, replace(self.colours, warn=plain, info=plain), solid=False)
