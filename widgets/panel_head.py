"""The head of a panel: its title, its small English title, a note on the right, and what can be done with the panel."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QRegion
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from widgets import enter
from widgets.desk_texts import LegendItem
from widgets.faces import Side, centred_baseline, width_of, write
from widgets.icons import icon_pixmap
from widgets.palette import Palette
from widgets.shapes import stamp_shape
from widgets.tile import Tile, fill

HEIGHT, TITLE, SUB, NOTE = 40, 17.0, 14.0, 14.0
RADIUS = 8


class PanelHead(Tile):
    """A title bar; without `closes` it has no button."""

    def __init__(self, palette: Palette, parent: QWidget | None = None, *, closes: bool = False) -> None:
        super().__init__(palette, parent)
        self._title = self._subtitle = self._note = ""
        self._legend: tuple[LegendItem, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.close_button: QToolButton | None = None
        if closes:
            self.close_button = QToolButton(self)
            self.close_button.setProperty("part", "tiny")
            self.close_button.setIconSize(QSize(14, 14))
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 8, 0)
            row.addStretch(1)
            row.addWidget(self.close_button)
        self._draw_icons()

    def set_title(self, title: str, subtitle: str = "", close: str = "") -> None:
        """Name the panel; `close` says what its button does."""
        self._title, self._subtitle = title, subtitle
        self.setAccessibleName(title)
        if self.close_button is not None:
            self.close_button.setToolTip(close)
            self.close_button.setAccessibleName(close)
        self.update()

    def set_note(self, note: str) -> None:
        """Say something on the right."""
        if note != self._note:
            self._note = note
            self.update()

    def set_legend(self, legend: tuple[LegendItem, ...]) -> None:
        """Say on the right what the shapes mean and how many there are of each."""
        if legend != self._legend:
            self._legend = legend
            self.setAccessibleDescription(", ".join(f"{item.label} {item.count}" for item in legend))
            self.update()

    def set_colours(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.set_look(palette, 1.0)
        self._draw_icons()

    def _draw_icons(self) -> None:
        if self.close_button is not None:
            self.close_button.setIcon(QIcon(icon_pixmap("close", 14, self.live_colours.mid, 2.0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A panel in a window of its own has nothing else around its button."""
        if not enter.presses(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # the dock behind it is moved by its title bar

    mouseMoveEvent = mouseReleaseEvent = mouseDoubleClickEvent = mousePressEvent

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        """Rounded above; below, the panel goes on."""
        fill(painter, dirty, self.colours.panel)
        if dirty.left() < RADIUS or dirty.right() > self.width() - RADIUS:
            fill(painter, QRect(0, 0, self.width(), RADIUS), self.colours.bg)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colours.panel)
            painter.drawRoundedRect(QRectF(0, 0, self.width(), 3 * RADIUS), RADIUS, RADIUS)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        colours, middle = self.colours, self.height() / 2 + 2
        left = 14.0
        left += write(painter, left, centred_baseline(middle, TITLE), self._title, TITLE, colours.hi, True) + 8
        right = self.width() - (38.0 if self.close_button is not None else 14.0)
        needed = self._legend_width() if self._legend else width_of(self._note, NOTE)
        beside = left + width_of(self._subtitle, SUB) + 16
        if beside + (0 if self._legend else needed) <= right:
            left += write(painter, left, centred_baseline(middle, SUB), self._subtitle, SUB, colours.low) + 16
        if self._legend:
            self._paint_legend(painter, left, right, middle)
        elif left + needed <= right:
            write(painter, right, centred_baseline(middle, NOTE), self._note, NOTE, colours.mid, side=Side.RIGHT)

    def _legend_width(self) -> float:
        return sum(32 + width_of(f"{item.label} {item.count}", NOTE) for item in self._legend)

    def _paint_legend(self, painter: QPainter, left: float, right: float, middle: float) -> None:
        """From the right; where the room is short the words go first, then the last shapes."""
        size = NOTE if self._legend_width() <= right - left else 12.0
        worded = self._legend_width() * size / NOTE <= right - left
        texts = [f"{item.label} {item.count}" if worded else str(item.count) for item in self._legend]
        ends = accumulate(width_of(text, size) + 30 for text in texts)
        shown = sum(1 for end in ends if end - 10 <= right - left)
        for item, text in reversed([*zip(self._legend, texts, strict=True)][:shown]):
            write(painter, right, centred_baseline(middle, size), text, size, self.colours.mid, side=Side.RIGHT)
            right -= width_of(text, size) + 12
            stamp_shape(painter, item.shape, QPointF(right, middle), 12, self.colours.mid)
            right -= 18
