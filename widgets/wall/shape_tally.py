"""How many are in which state: a bar in proportion and one line a state, told apart by shape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import Side, centred_baseline, fitted, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import stamp_shape
from widgets.texts import TallyLine, TallyText
from widgets.tile import Tile, touches

HEAD_ROOM, PADDING, FOOT_ROOM = 60.0, 30.0, 5.0


class ShapeTally(Tile):
    """Counts by shape without any hue."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = TallyText("")

    @property
    def text(self) -> TallyText:
        return self._text

    def set_text(self, text: TallyText) -> None:
        """Show that text; only the head, the bar or the lines that differ are painted again."""
        old, self._text = self._text, text
        if old == text:
            return
        if len(old.lines) != len(text.lines) or (old.label, old.sublabel) != (text.label, text.sublabel):
            self.update()
            return
        if old.total != text.total:
            self.update_part(QRectF(0, 0, self.width(), self.u(HEAD_ROOM)))
        if old.lines != text.lines:
            self.update_part(self._bar().adjusted(0, -2, 0, 2))
        for index, (before, after) in enumerate(zip(old.lines, text.lines, strict=True)):
            if before != after:
                place = self._line_rect(index)
                self.update_part(self._count_rect(place, after) if self._differ_by_count(before, after) else place)

    def _bar(self) -> QRectF:
        return QRectF(self.u(PADDING), self.u(74), self.width() - 2 * self.u(PADDING), self.u(34))

    def _line_rect(self, index: int) -> QRectF:
        top = self.u(122)
        pitch = (self.height() - top - self.u(FOOT_ROOM)) / max(1, len(self._text.lines))
        return QRectF(0, top + index * pitch, self.width(), pitch)

    def _differ_by_count(self, before: TallyLine, after: TallyLine) -> bool:
        """Whether a line is the same but for its count, and leaves what stands before it as much room."""
        rest = (before.shape, before.label, before.sublabel) == (after.shape, after.label, after.sublabel)
        return rest and self._count_width(before) == self._count_width(after)

    def _count_width(self, line: TallyLine) -> float:
        return width_of(_count_text(line), self._count_size(), True)

    def _count_size(self) -> float:
        return self.u(46 * self._grow)

    def _count_rect(self, place: QRectF, line: TallyLine) -> QRectF:
        width = self._count_width(line) + self.u(4)
        return QRectF(place.right() - self.u(PADDING) - width, place.top(), width + self.u(2), place.height())

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        text, colours = self._text, self.colours
        if touches(region, QRectF(0, 0, self.width(), self.u(HEAD_ROOM))):
            left = self.u(PADDING)
            used = write(painter, left, self.u(50), text.label, self.u(40), colours.mid)
            right = self.width() - self.u(PADDING)
            total = write(painter, right, self.u(50), text.total, self.u(44), colours.hi, True, Side.RIGHT)
            left += used + self.u(12)
            if left + width_of(text.sublabel, self.u(28)) <= right - total - self.u(12):
                write(painter, left, self.u(50), text.sublabel, self.u(28), colours.low)
        if touches(region, self._bar()):
            self._paint_bar(painter)
        for index, line in enumerate(text.lines):
            rect = self._line_rect(index)
            if touches(region, rect):
                count = self._count_rect(rect, line)
                self._paint_count(painter, line, rect)
                if touches(region, QRectF(rect.left(), rect.top(), count.left() - rect.left() - 2, rect.height())):
                    self._paint_line(painter, line, rect)

    def _paint_bar(self, painter: QPainter) -> None:
        bar, gap = self._bar(), self.u(4)
        counted = [line for line in self._text.lines if line.count]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not counted:
            painter.setBrush(self.colours.raised)
            painter.drawRoundedRect(bar, self.u(4), self.u(4))
            return
        total = sum(line.count or 0 for line in counted)
        room = bar.width() - gap * (len(counted) - 1)
        left = bar.left()
        for line in counted:
            width = room * (line.count or 0) / total
            painter.setBrush(getattr(self.colours, line.shade))
            painter.drawRoundedRect(QRectF(left, bar.top(), width, bar.height()), self.u(3), self.u(3))
            left += width + gap

    def _paint_line(self, painter: QPainter, line: TallyLine, rect: QRectF) -> None:
        colours, middle = self.colours, rect.center().y()
        grow = self._grow
        right = self.width() - self.u(PADDING)
        stamp_shape(painter, line.shape, QPointF(self.u(33 + 17 * grow), middle), self.u(34 * grow), colours.hi)
        left = self.u(43 + 44 * grow)
        size = self._label_size(left)
        baseline = centred_baseline(middle, size)
        room = right - self._count_width(line) - self.u(10) - left
        write(painter, left, baseline, shortened(line.label, size, False, room), size, colours.hi)
        widest = max((width_of(each.label, size) for each in self._text.lines), default=0.0)
        left += widest + self.u(22)
        if left + width_of(line.sublabel, self.u(28)) <= right - self._count_width(line) - self.u(10):
            write(painter, left, baseline, line.sublabel, self.u(28), colours.low)

    def _label_size(self, left: float) -> float:
        """One size for all labels, at which each leaves its count the room."""
        wanted, right = self.u(40 * self._grow), self.width() - self.u(PADDING + 10)
        sizes = (
            fitted(line.label, wanted, False, right - self._count_width(line) - left, 0.7) for line in self._text.lines
        )
        return min(sizes, default=wanted)

    def _paint_count(self, painter: QPainter, line: TallyLine, rect: QRectF) -> None:
        size, right = self._count_size(), self.width() - self.u(PADDING)
        baseline = centred_baseline(rect.center().y(), size)
        write(painter, right, baseline, _count_text(line), size, self.colours.hi, True, Side.RIGHT)


def _count_text(line: TallyLine) -> str:
    return "—" if line.count is None else str(line.count)
