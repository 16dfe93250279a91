"""A field whose cards, rows and rooms can be moved, by mouse or keyboard; whether they may is decided elsewhere."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from widgets.desk_texts import CellSource
from widgets.palette import Palette
from widgets.seats.field_geometry import CARD_HEIGHT, GAP, MARGIN, Standing
from widgets.seats.seat_field import SeatField

What = Literal["seat", "row", "room"]
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Carried(NamedTuple):
    """What is on its way: from which spot of the grid to which, and the cards that go along."""

    what: What
    begin: tuple[int, int]
    to: tuple[int, int]
    rows: tuple[int, ...]


class PlanField(SeatField):
    """A drawn floor being drawn.

    Signals: `dropped(str, object, object)` with what was moved (`seat`, `row` or `room`), from which spot of the grid
    to which (column, line); `removed()` when what is selected shall stand nowhere; `carried(object)` with the spot over
    which something is carried, None when it is no longer.
    """

    dropped = Signal(str, object, object)
    removed = Signal()
    carried = Signal(object)

    def __init__(self, palette: Palette, source: CellSource, parent: QWidget | None = None) -> None:
        super().__init__(palette, source, parent)
        self.what: What = "seat"
        """What a card stands for when it is moved: itself and all that are selected, its row, or its room."""
        self.load: Carried | None = None
        self._pressed: QPoint | None = None
        self.setMouseTracking(False)

    # Where

    def spot_at(self, point: QPoint) -> tuple[int, int]:
        """The spot of the floor's grid under a point of the window."""
        geometry = self.geometry_now
        wide, down = geometry.pitch
        at = self._spot(point)
        return int((at.x() - MARGIN * geometry.scale) // wide), int((at.y() - 4 * geometry.scale) // down)

    def spot_of(self, row: int) -> tuple[int, int] | None:
        """The spot on which a card stands, None for one that stands in no room."""
        one = self.geometry_now.standing_of(row)
        if one is None or one.block.places is None:
            return None
        column, line = one.place_of(row)
        return one.block.column + column, one.block.line + 1 + line

    def rect_at_spot(self, spot: tuple[int, int]) -> QRect:
        """Where a card on a spot of the grid would lie in the window."""
        geometry = self.geometry_now
        wide, down = geometry.pitch
        left, top = MARGIN * geometry.scale + spot[0] * wide, 4 * geometry.scale + spot[1] * down
        box = QRectF(left, top, wide - GAP * geometry.scale, CARD_HEIGHT * geometry.scale).toRect()
        return box.translated(-self.horizontalOffset(), -self.verticalOffset())

    def _room_at(self, point: QPoint) -> Standing | None:
        at = self._spot(point)
        for one in self.geometry_now.standing:
            if one.block.places is not None and one.frame.contains(at):
                return one
        return None

    # Carrying

    def pick_up(self, row: int, what: What | None = None) -> None:
        """Carry the card of a row from now on, or what it stands for."""
        kind = what or self.what
        spot = self.spot_of(row)
        if kind != "seat" and spot is None:
            return
        rows = [self.cards.place_of(key) for key in self.selected_keys()] if kind == "seat" else [row]
        begin = spot if spot is not None else self.spot_at(self.visualRect(self.cards.index(row, 0)).center())
        self._carry(Carried(kind, begin, begin, tuple(rows or [row])))

    def _carry(self, load: Carried | None) -> None:
        if load != self.load:
            self.load = load
            self.viewport().update()
            self.carried.emit(None if load is None else load.to)

    def put_down(self) -> None:
        """Leave what is carried where it is."""
        load = self.load
        self._carry(None)
        if load is not None and (load.to != load.begin or load.what == "seat"):
            self.dropped.emit(load.what, load.begin, load.to)

    def let_go(self) -> None:
        """Leave everything as it was."""
        self._pressed = None
        self._carry(None)

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self.load is not None:
            self._carry(self.load._replace(to=self.spot_at(point)))
            return
        pressed = self._pressed
        if pressed is None or (point - pressed).manhattanLength() < QApplication.startDragDistance():
            return
        index, room = self.indexAt(pressed), self._room_at(pressed)
        if index.isValid():
            self.pick_up(index.row())
        elif room is not None:
            spot = self.spot_at(pressed)
            self._carry(Carried("room", spot, spot, ()))
        if self.load is not None:
            self._carry(self.load._replace(begin=self.load.begin, to=self.spot_at(point)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self.load is not None:
            self.put_down()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing is opened here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.load is not None:
            self._carry_by_key(key)
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._take_current()
            self.pick_up(self.currentIndex().row())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain:
            self._take_current()
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _take_current(self) -> None:
        """Select the card that has the frame, as a press would: where the keyboard has just come, Qt selects none."""
        current, model = self.currentIndex(), self.selectionModel()
        if current.isValid() and not model.isSelected(current):
            model.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _carry_by_key(self, key: Qt.Key) -> None:
        load = self.load
        assert load is not None
        if key in _ARROWS:
            step = _ARROWS[key]
            to = max(0, load.to[0] + step[0]), max(0, load.to[1] + step[1])
            self._carry(load._replace(to=to))
            self._show_spot(to)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put_down()
        elif key == Qt.Key.Key_Escape:
            self.let_go()

    def _show_spot(self, spot: tuple[int, int]) -> None:
        """Scroll until a spot is in sight."""
        rect = self.rect_at_spot(spot)
        for bar, low, high, part in (
            (self.verticalScrollBar(), rect.top(), rect.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), rect.left(), rect.right(), self.viewport().width()),
        ):
            if low < 0:
                bar.setValue(bar.value() + low)
            elif high > part:
                bar.setValue(bar.value() + high - part)

    # Eyes

    def paint_over(self, painter: QPainter, colours: Palette) -> None:
        """Outlines of what is carried, where it would stand."""
        if self.load is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.info, 2.0)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in self._shadows(self.load):
            painter.drawRoundedRect(QRectF(rect), 6, 6)

    def _shadows(self, load: Carried) -> list[QRect]:
        across, down = load.to[0] - load.begin[0], load.to[1] - load.begin[1]
        if load.what == "seat":
            spots = [self.spot_of(row) for row in load.rows]
            placed = [(spot[0] + across, spot[1] + down) for spot in spots if spot is not None]
            loose = len(spots) - len(placed)
            return [self.rect_at_spot(spot) for spot in placed or [(load.to[0] + n, load.to[1]) for n in range(loose)]]
        for one in self.geometry_now.standing:
            block = one.block
            inside = block.places is not None and 0 <= load.begin[0] - block.column < block.columns
            if inside and 0 <= load.begin[1] - block.line <= block.lines:
                return [self._shadow_of(one, load, across, down)]
        return []

    def _shadow_of(self, one: Standing, load: Carried, across: int, down: int) -> QRect:
        wide, high = self.geometry_now.pitch
        if load.what == "room":
            return self._seen(one.frame).translated(round(across * wide), round(down * high))
        first = self.rect_at_spot((one.block.column, load.to[1]))
        return first.united(self.rect_at_spot((one.block.column + one.block.columns - 1, load.to[1])))
