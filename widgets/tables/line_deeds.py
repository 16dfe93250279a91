"""Buttons at the right end of a table's lines: one press for what is done most, without choosing the line first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QTableView

from widgets.desk_texts import LineText
from widgets.faces import Side, centred_baseline, width_of, write
from widgets.palette import Palette
from widgets.tables.keyed_model import KeyedModel

TEXT: Final = 13.0
PADDING, GAP, EDGE, RIM = 11.0, 6.0, 8.0, 4.0
SEEN_S: Final = 0.5
"""So long a button must have been under a hand that rests before anybody can mean it."""
_PRESSES: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class LineDeeds(QObject):
    """For the mouse alone: whoever offers them offers the same to the keyboard elsewhere.

    Lines move by themselves. A press on a button that has only just come under the hand is not for its line, and does
    nothing.

    Signals: `asked(str, str)` with the key of a line and that of the deed that was pressed there; `resized()` when the
    lines have another width, so that there may be room for them or none.
    """

    asked = Signal(str, str)
    resized = Signal()

    def __init__(
        self, table: QTableView, lines: KeyedModel[LineText], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(table)
        self._table, self._lines, self._clock = table, lines, clock
        self._hand: QPointF | None = None
        """Where the mouse was last seen; None while it is elsewhere."""
        self._slid_at = float("-inf")
        """When another button came under a hand that did not move."""
        self._labels: dict[str, str] = {}
        self._shown = False
        self._under: tuple[str, str] = ("", "")
        self._pressed: tuple[str, str] = ("", "")
        table.viewport().setMouseTracking(True)
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        for moved in (lines.rowsInserted, lines.rowsRemoved, lines.layoutChanged, lines.modelReset):
            moved.connect(lambda *_: QTimer.singleShot(0, self, self._on_moved))  # all that moves at once has moved

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """What the buttons say, by deed, from the left; each keeps its place in lines that have not all of them."""
        self._labels = dict(labels)
        self._table.viewport().update()

    def set_shown(self, shown: bool) -> None:
        """Show them, or leave their room to the words."""
        if shown != self._shown:
            self._shown = shown
            self._table.viewport().update()

    @property
    def shown(self) -> bool:
        """Whether there are buttons."""
        return self._shown

    @property
    def room(self) -> float:
        """How much of a line they take when they are shown."""
        each = (width_of(label, TEXT) + 2 * PADDING + GAP for label in self._labels.values())
        return sum(each) + EDGE if self._labels else 0.0

    def boxes(self, cell: QRectF) -> dict[str, QRectF]:
        """Where each button stands in the last cell of a line."""
        found: dict[str, QRectF] = {}
        right = cell.right() - EDGE
        for deed, label in reversed(self._labels.items()):
            width = width_of(label, TEXT) + 2 * PADDING
            found[deed] = QRectF(right - width, cell.top() + RIM, width, cell.height() - 2 * RIM - 1)
            right -= width + GAP
        return found

    def paint(self, painter: QPainter, cell: QRectF, line: LineText, colours: Palette) -> None:
        """Draw those that a line has."""
        boxes = self.boxes(cell) if self._shown else {}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for deed in line.deeds:
            box = boxes.get(deed)
            if box is None:
                continue
            hovered = self._under == (line.key, deed)
            painter.setPen(QPen(colours.info if hovered else colours.line, 1.0))
            painter.setBrush(colours.infobg if hovered else colours.raised)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            baseline = centred_baseline(box.center().y(), TEXT)
            write(painter, box.center().x(), baseline, self._labels[deed], TEXT, colours.hi, side=Side.MIDDLE)

    def at(self, point: QPointF) -> tuple[str, str]:
        """The line and the deed under a point of the viewport; both empty where there is none."""
        table = self._table
        index = table.indexAt(point.toPoint())
        last = self._lines.columnCount() - 1
        if not self._shown or not index.isValid() or index.column() != last:
            return "", ""
        line = self._lines.rows[index.row()]
        for deed, box in self.boxes(QRectF(table.visualRect(index))).items():
            if deed in line.deeds and box.contains(point):
                return line.key, deed
        return "", ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self.resized.emit()
        if kind == QEvent.Type.Leave:
            self._hand = None
            self._hover(("", ""))
        if not isinstance(event, QMouseEvent):
            return False
        under = self.at(event.position())
        self._follow(event.position(), under)
        if kind == QEvent.Type.MouseMove:
            return bool(self._pressed[0])
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind in _PRESSES:
            self._pressed = under if self._clock() - self._slid_at >= SEEN_S else ("", "")
            return bool(under[0])
        if kind == QEvent.Type.MouseButtonRelease and self._pressed[0]:
            pressed, self._pressed = self._pressed, ("", "")
            if pressed == under:
                self.asked.emit(*pressed)
            return True
        return False

    def _follow(self, point: QPointF, under: tuple[str, str]) -> None:
        """Note what is under the hand now, and whether that came there while the hand rested."""
        if point != self._hand:
            self._slid_at = float("-inf")
        elif under != self._under:
            self._slid_at = self._clock()
        self._hand = point
        self._hover(under)

    def _on_moved(self) -> None:
        """Lines may have moved under a hand that rests."""
        if self._hand is not None:
            self._follow(self._hand, self.at(self._hand))

    def _on_scrolled(self) -> None:
        """Somebody moved them."""
        if self._hand is not None:
            self._hover(self.at(self._hand))

    def _hover(self, under: tuple[str, str]) -> None:
        if under != self._under:
            before, self._under = self._under, under
            for key in {before[0], under[0]} - {""}:
                cell = self._lines.index(self._lines.place_of(key), self._lines.columnCount() - 1)
                self._table.viewport().update(self._table.visualRect(cell))
