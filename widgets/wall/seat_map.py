"""A field of small cells, one a seat, each told apart by shape and standing out only when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import CAP_SHARE, centred_baseline, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_shape, draw_sign
from widgets.texts import SeatBlock, SeatCell, SeatLegend, Shape
from widgets.tile import Tile, fill, touches
from widgets.wall.seat_cell import Written, alarming, notch, places_of

HEAD, NOTE, HEAD_ROOM, GAP = 30.0, 26.0, 48.0, 8.0
SAMPLE, LEGEND_ROOM, LEGEND_GAP = 24.0, 44.0, 30.0
TALLEST = 190.0
"""How high a line of cells may become where few seats have a page to themselves."""
HEADS_GROW = 1.3
COUNT = re.compile(r"\d+")


class LegendPlace(Struct, frozen=True):
    """One thing that the legend explains, and where: a shape, or the notch where there is none."""

    shape: Shape | None
    label: str
    rect: QRectF


class SeatMap(Tile):
    """Blocks of seats one under the other; the number of columns follows from the reading distance."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._blocks: tuple[SeatBlock, ...] = ()
        self._columns = 9
        self._legend = SeatLegend()
        self._entries: tuple[LegendPlace, ...] = ()
        self._heads: list[QRectF] = []
        self._rects: list[tuple[SeatCell, QRectF]] = []

    @property
    def blocks(self) -> tuple[SeatBlock, ...]:
        return self._blocks

    @property
    def entries(self) -> tuple[LegendPlace, ...]:
        """What the legend explains, and where."""
        return self._entries

    @property
    def heads(self) -> tuple[QRectF, ...]:
        """What the blocks' headings cover, one a block."""
        size, note = self._head(HEAD), self._head(NOTE)
        return tuple(
            QRectF(0, rect.top(), min(_head_width(block, size, note, self.u(16)), rect.width()), rect.height())
            for block, rect in zip(self._blocks, self._heads, strict=True)
        )

    @property
    def cells(self) -> tuple[tuple[SeatCell, QRectF], ...]:
        """Every seat and its cell."""
        return tuple(self._rects)

    def set_blocks(self, blocks: tuple[SeatBlock, ...], columns: int) -> None:
        """Show those blocks with that many cells in a line; only cells and headings that differ are painted again."""
        old, self._blocks = self._blocks, blocks
        same_form = columns == self._columns and [_form(block) for block in old] == [_form(block) for block in blocks]
        self._columns = max(1, columns)
        if not same_form:
            self.relayout()
            self.update()
            return
        for before, block, head in zip(old, blocks, self._heads, strict=True):
            if before.note != block.note:
                self.update_part(head)
        fresh = [cell for block in blocks for cell in block.cells]
        for index, cell in enumerate(fresh):
            earlier, rect = self._rects[index]
            if earlier != cell:
                self._rects[index] = (cell, rect)
                self.update_part(rect)

    def set_legend(self, legend: SeatLegend) -> None:
        """Say what the shapes mean: beside the first heading, or on lines of its own where that leaves no room."""
        if legend != self._legend:
            self._legend = legend
            self.relayout()
            self.update()

    def relayout(self) -> None:
        """Stack the legend and the blocks, and share the height out among the lines of cells."""
        head = self._head(HEAD_ROOM)
        self._entries, top = self._placed_legend()
        lines = sum(-(-len(block.cells) // self._columns) for block in self._blocks)
        room = self.height() - top - len(self._blocks) * head
        pitch = max(self.u(GAP), min(room / max(1, lines), self._head(TALLEST)))
        width = (self.width() + self.u(GAP)) / self._columns
        self._rects, self._heads = [], []
        for block in self._blocks:
            self._heads.append(QRectF(0, top, self.width(), head))
            top += head
            for index, cell in enumerate(block.cells):
                line, column = divmod(index, self._columns)
                box = QRectF(column * width, top + line * pitch, width - self.u(GAP), pitch - self.u(GAP))
                self._rects.append((cell, box))
            top += -(-len(block.cells) // self._columns) * pitch

    def _head(self, units: float) -> float:
        """Headings and the legend grow less than the cells: who must act reads the cells."""
        return self.u(units * min(self._grow, HEADS_GROW))

    def _placed_legend(self) -> tuple[tuple[LegendPlace, ...], float]:
        """Where the legend stands, and how much of the height it takes for itself."""
        shown: list[tuple[Shape | None, str]] = list(self._legend.shapes)
        if self._legend.notched:
            shown.append((None, self._legend.notched))
        if not shown:
            return (), 0.0
        gap, room = self._head(LEGEND_GAP), float(self.width())
        widths = [self._head(SAMPLE + 10) + width_of(label, self._head(NOTE)) for _, label in shown]
        rows, across = 1, len(shown)
        first = self._blocks[0] if self._blocks else SeatBlock("")
        head = _head_width(first, self._head(HEAD), self._head(NOTE), self.u(16))
        beside = head + 2 * gap + _breadth(widths, across, gap) <= room
        while across > 1 and _breadth(widths, across, gap) > room:
            rows += 1
            across = ceil(len(shown) / rows)
        left, high = (room - _breadth(widths, across, gap), HEAD_ROOM) if beside else (0.0, LEGEND_ROOM)
        places = []
        for index, ((shape, label), width) in enumerate(zip(shown, widths, strict=True)):
            row, column = divmod(index, across)
            before = [max(widths[each::across]) + gap for each in range(column)]
            rect = QRectF(left + sum(before), row * self._head(high), width, self._head(high))
            places.append(LegendPlace(shape, label, rect))
        return tuple(places), 0.0 if beside else self._head(rows * LEGEND_ROOM + 8)

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        for entry in self._entries:
            if touches(region, entry.rect):
                self._paint_entry(painter, entry)
        for block, head in zip(self._blocks, self._heads, strict=True):
            if touches(region, head):
                self._paint_head(painter, block, head)
        for cell, rect in self._rects:
            if touches(region, rect):
                self._paint_cell(painter, cell, rect)

    def _paint_head(self, painter: QPainter, block: SeatBlock, head: QRectF) -> None:
        size, note = self._head(HEAD), self._head(NOTE)
        baseline = head.bottom() - self._head(14)
        room = head.width() - width_of(block.note, note) - self.u(16)
        title = shortened(block.title, size, False, room, middle=True)
        used = write(painter, 0, baseline, title, size, self.colours.mid) + self.u(16)
        write(painter, used, baseline, block.note, note, self.colours.low)

    def _paint_entry(self, painter: QPainter, entry: LegendPlace) -> None:
        size, sample = self._head(NOTE), self._head(SAMPLE)
        baseline = entry.rect.bottom() - self._head(14)
        middle = baseline - size * CAP_SHARE / 2
        box = QRectF(entry.rect.left(), middle - sample / 2, sample, sample)
        if entry.shape is None:
            self._paint_sample(painter, box)
        else:
            draw_shape(painter, entry.shape, box.center(), sample, self.colours.mid)
        write(painter, box.right() + self._head(10), baseline, entry.label, size, self.colours.mid)

    def _paint_sample(self, painter: QPainter, box: QRectF) -> None:
        """A cell in small with nothing in it but the notch."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colours.low, max(1.0, self.u(1.5))))
        painter.setBrush(self.colours.panel)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), self.u(4), self.u(4))
        self._paint_notch(painter, box.adjusted(0, 1, -1, 0), self.colours, 0.8)

    def _paint_cell(self, painter: QPainter, cell: SeatCell, rect: QRectF) -> None:
        colours = self.live_colours.greyed if cell.stale else self.colours
        loud = alarming(cell)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.edge(cell.tone), self.u(2)) if loud else Qt.PenStyle.NoPen)
        ground = colours.ground(cell.tone) if loud else colours.bg if cell.faint else colours.panel
        painter.setBrush(ground)
        if cell.faint and not loud:
            painter.setPen(QPen(colours.line, max(1.0, self.u(1.5))))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), self.u(6), self.u(6))
        if cell.notched:
            self._paint_notch(painter, rect, colours, self._grow)
        self._paint_words(painter, cell, rect, colours)
        if cell.stale and not self.stale:
            self.paint_hatch(painter, rect)

    def _paint_notch(self, painter: QPainter, rect: QRectF, colours: Palette, grow: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.d2)
        painter.drawPolygon(QPolygonF(notch(rect, self._unit, grow)))

    def _paint_words(self, painter: QPainter, cell: SeatCell, rect: QRectF, colours: Palette) -> None:
        places, loud = places_of(cell, rect, self._unit, self._grow), alarming(cell)
        shade = colours.d2 if cell.faint else colours.text(cell.tone) if loud else colours.hi
        draw_shape(painter, cell.shape, places.shape.center(), places.shape.width(), shade)
        if loud:
            draw_sign(painter, cell.tone, QPointF(places.sign.center()), places.sign.width(), colours)
        tone = colours.low if cell.faint else colours.hi
        for words, colour in ((places.title, tone), (places.since, colours.text(cell.tone) if loud else colours.mid)):
            _write(painter, words, colour)


def _write(painter: QPainter, words: Written, colour: QColor) -> None:
    baseline = centred_baseline(words.middle, words.size)
    write(painter, words.left, baseline, words.text, words.size, colour, words.bold)


def _breadth(widths: Sequence[float], across: int, gap: float) -> float:
    """How broad a legend of that many columns is."""
    return sum(max(widths[column::across]) for column in range(across)) + gap * (across - 1)


def _form(block: SeatBlock) -> tuple[str, str, int]:
    """What decides where everything stands: counts may change without anything moving."""
    return block.title, COUNT.sub("", block.note), len(block.cells)


def _head_width(block: SeatBlock, size: float, note: float, gap: float) -> float:
    """How far a heading reaches at most: with counts of three digits, so that nothing jumps when one gains a digit."""
    return width_of(block.title, size) + gap + width_of(COUNT.sub("000", block.note), note)
