"""How many alarms there are of each level, as one button; grey where there are none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.faces import centred_baseline, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.tones import Tone

TEXT, SIGN = 17.0, 22.0
MARGIN, BETWEEN = 10, 16


class AlarmCounts(QAbstractButton):
    """A sign and a number for each level."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours, self._stale = palette, False
        self._counts: tuple[tuple[Tone, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setVisible(False)

    def set_counts(self, counts: tuple[tuple[Tone, int], ...], spoken: str) -> None:
        """Show those counts; without any level it is away."""
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
            self.setToolTip(spoken)
        if counts == self._counts:
            return
        self._counts = counts
        self.setVisible(bool(counts))
        self.updateGeometry()
        self.update()

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self._colours = palette
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Show the counts without any hue, or as usual."""
        self._stale = stale
        self.update()

    def sizeHint(self) -> QSize:
        parts = sum(SIGN + 7 + width_of(str(count), TEXT, True) for _, count in self._counts)
        return QSize(round(parts) + BETWEEN * max(0, len(self._counts) - 1) + 2 * MARGIN, 36)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter, self._colours.greyed if self._stale else self._colours)
        finally:  # a painter that outlives its paint event takes the whole program with it
            painter.end()

    def _paint(self, painter: QPainter, colours: Palette) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        middle, left = self.height() / 2, float(MARGIN)
        for tone, count in self._counts:
            centre = QPointF(left + SIGN / 2, middle)
            draw_sign(painter, tone, centre, SIGN, colours if count else colours.greyed, solid=count > 0)
            left += SIGN + 7
            ink = colours.hi if count else colours.low
            left += write(painter, left, centred_baseline(middle, TEXT), str(count), TEXT, ink, True) + BETWEEN
        if self.hasFocus():
            painter.setPen(QPen(self._colours.info, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
