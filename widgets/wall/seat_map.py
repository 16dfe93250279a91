"""A field of small cells, one a seat, each told apart by shape and standing out only when something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import Side, centred_baseline, fitted, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_shape, draw_sign
from widgets.texts import SeatBlock, SeatCell, Shape
from widgets.tile import Tile, fill, touches
from widgets.tones import Tone

HEAD, HEAD_ROOM, GAP = 30.0, 48.0, 8.0


class SeatMap(Tile):
    """Blocks of seats one under the other; the number of columns follows from the reading distance."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._blocks: tuple[SeatBlock, ...] = ()
        self._columns = 11
        self._legend: tuple[tuple[Shape, str], ...] = ()
        self._rects: list[tuple[SeatCell, QRectF]] = []

    @property
    def blocks(self) -> tuple[SeatBlock, ...]:
        return self._blocks

    def set_blocks(self, blocks: tuple[SeatBlock, ...], columns: int) -> None:
        """Show those blocks with that many cells in a line; only cells that differ are painted again."""
        old, self._blocks = self._blocks, blocks
        same_form = columns == self._columns and [(b.title, b.note, len(b.cells)) for b in old] == [
            (b.title, b.note, len(b.cells)) for b in blocks
        ]
        self._columns = max(1, columns)
        if not same_form:
            self.relayout()
            self.update()
            return
        fresh = [cell for block in blocks for cell in block.cells]
        for index, cell in enumerate(fresh):
            before, rect = self._rects[index]
            if before != cell:
                self._rects[index] = (cell, rect)
                self.update_part(rect)

    def set_legend(self, legend: tuple[tuple[Shape, str], ...]) -> None:
        """Say at the top right what the shapes mean."""
        if legend != self._legend:
            self._legend = legend
            self.update()

    def relayout(self) -> None:
        """Stack the blocks and share the height out among their lines."""
        lines = sum(-(-len(block.cells) // self._columns) for block in self._blocks)
        heads = len(self._blocks)
        room = self.height() - heads * self.u(HEAD_ROOM)
        pitch = min(room / max(1, lines), self.u(150))
        width = (self.width() + self.u(GAP)) / self._columns
        top = 0.0
        self._rects = []
        for block in self._blocks:
            top += self.u(HEAD_ROOM)
            for index, cell in enumerate(block.cells):
                line, column = divmod(index, self._columns)
                box = QRectF(column * width, top + line * pitch, width - self.u(GAP), pitch - self.u(GAP))
                self._rects.append((cell, box))
            top += -(-len(block.cells) // self._columns) * pitch

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        if touches(region, QRectF(0, 0, self.width(), self.u(HEAD_ROOM))):
            self._paint_legend(painter)
        first = 0
        for block in self._blocks:
            top = self._rects[first][1].top() if block.cells and first < len(self._rects) else 0.0
            head = QRectF(0, top - self.u(HEAD_ROOM), self.width(), self.u(HEAD_ROOM))
            if touches(region, head):
                baseline = head.bottom() - self.u(14)
                used = write(painter, 0, baseline, block.title, self.u(HEAD), self.colours.mid) + self.u(16)
                write(painter, used, baseline, block.note, self.u(26), self.colours.low)
            first += len(block.cells)
        for cell, rect in self._rects:
            if touches(region, rect):
                self._paint_cell(painter, cell, rect)

    def _paint_legend(self, painter: QPainter) -> None:
        right, middle, size = float(self.width()), self.u(HEAD_ROOM - 24), self.u(26)
        needed = sum(width_of(label, size) + self.u(56) for _, label in self._legend)
        head = self._blocks[0] if self._blocks else SeatBlock("")
        if width_of(head.title, self.u(HEAD)) + width_of(head.note, size) + self.u(60) > right - needed:
            return
        for shape, label in reversed(self._legend):
            baseline = self.u(HEAD_ROOM - 14)
            right -= write(painter, right, baseline, label, size, self.colours.mid, side=Side.RIGHT) + self.u(20)
            draw_shape(painter, shape, QPointF(right, middle), self.u(22), self.colours.mid)
            right -= self.u(36)

    def _paint_cell(self, painter: QPainter, cell: SeatCell, rect: QRectF) -> None:
        colours = self.live_colours.greyed if cell.stale else self.colours
        alarming = cell.tone in (Tone.WARN, Tone.CRITICAL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.edge(cell.tone), self.u(2)) if alarming else Qt.PenStyle.NoPen)
        ground = colours.ground(cell.tone) if alarming else colours.bg if cell.faint else colours.panel
        painter.setBrush(ground)
        if cell.faint and not alarming:
            painter.setPen(QPen(colours.line, max(1.0, self.u(1.5))))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), self.u(6), self.u(6))
        if cell.notched:
            self._paint_notch(painter, rect, colours)
        self._paint_words(painter, cell, rect, colours, alarming)
        if cell.stale and not self.stale:
            self.paint_hatch(painter, rect)

    def _paint_notch(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        side = self.u(16)
        corner = rect.topRight() + QPointF(-1, 1)
        path = QPainterPath(corner + QPointF(-side, 0))
        path.lineTo(corner)
        path.lineTo(corner + QPointF(0, side))
        path.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.d2)
        painter.drawPath(path)

    def _paint_words(self, painter: QPainter, cell: SeatCell, rect: QRectF, colours: Palette, alarming: bool) -> None:
        grow = self._grow
        glyph = min(self.u(32 * grow), rect.height() * 0.5)
        middle = rect.center().y()
        centre = QPointF(rect.left() + self.u(12) + glyph / 2, middle)
        shade = colours.d2 if cell.faint else colours.text(cell.tone) if alarming else colours.hi
        left = centre.x() + glyph / 2 + self.u(12)
        right = rect.right() - self.u(18 if cell.notched and alarming else 10)
        size = min(self.u(30 * grow), rect.height() * 0.42)
        sign = min(self.u(28 * grow), rect.height() * 0.45) if alarming else 0.0
        title_width = width_of(cell.title, size, alarming)
        beneath = alarming and left + title_width + self.u(6) + sign > right
        lift = QPointF(0, glyph * 0.62) if beneath else QPointF()
        draw_shape(painter, cell.shape, centre - lift, glyph * (0.8 if beneath else 1.0), shade)
        if alarming:
            draw_sign(
                painter, cell.tone, centre + lift if beneath else QPointF(right - sign / 2, middle), sign, colours
            )
            right -= 0.0 if beneath else sign + self.u(6)
        small = size * 0.88
        size = fitted(cell.title, size, alarming, right - left, 0.6)
        title = shortened(cell.title, size, alarming, right - left)
        two_lines = bool(cell.since) and rect.height() > size * 2.1
        up = -size * 0.55 if two_lines else 0.0
        tone = colours.low if cell.faint else colours.hi
        write(painter, left, centred_baseline(middle + up, size), title, size, tone, alarming)
        if not cell.since:
            return
        colour = colours.text(cell.tone) if alarming else colours.mid
        if two_lines:
            small = fitted(cell.since, small, alarming, right - left)
            write(painter, left, centred_baseline(middle + size * 0.6, small), cell.since, small, colour, alarming)
        elif width_of(cell.since, small, alarming) < right - left - width_of(title, size, alarming) - self.u(6):
            write(painter, right, centred_baseline(middle, small), cell.since, small, colour, alarming, Side.RIGHT)
