"""Where every card and heading of a field stands, reckoned when it is asked for: ten thousand cards cost nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QRectF

from widgets.desk_texts import FieldBlock
from widgets.seats.field_layout import bands

CARD_HEIGHT, GAP, BLOCK_GAP, HEAD = 44.0, 5.0, 14.0, 28.0
STRETCH = 1.3
"""How much wider than wanted a card may become to fill the line."""
LEAST = 0.72
"""How much narrower than wanted a card of a drawn floor may become before the field scrolls sideways."""
MARGIN = 10.0


class Standing:
    """A block that has found its place: a grid of cards below a heading."""

    def __init__(
        self, block: FieldBlock, number: int, first: int, corner: tuple[float, float], pitch: tuple[float, float]
    ) -> None:
        self.block, self.number, self.first = block, number, first
        self.left, self.top = corner
        self.pitch = pitch
        self.columns = max(1, block.columns)
        self.head = QRect()
        self.frame = QRect()
        self._rows: dict[tuple[int, int], int] = {}
        self._by_line: dict[int, list[int]] = {}
        if block.places is not None:
            self._rows = {place: first + number for number, place in enumerate(block.places)}
            for (_, line), row in self._rows.items():
                self._by_line.setdefault(line, []).append(row)

    def place_of(self, row: int) -> tuple[int, int]:
        """In which column and line a row stands."""
        number = row - self.first
        if self.block.places is not None:
            return self.block.places[number]
        line, column = divmod(number, self.columns)
        return column, line

    def rows_in(self, first_line: int, last_line: int) -> list[int]:
        """The rows of some lines."""
        if self.block.places is None:
            begin, end = max(0, first_line) * self.columns, min((last_line + 1) * self.columns, len(self.block.keys))
            return list(range(self.first + begin, self.first + max(begin, end)))
        return [row for line in range(first_line, last_line + 1) for row in self._by_line.get(line, ())]

    def row_at(self, column: int, line: int) -> int:
        """The row that stands there, -1 when none does."""
        if self.block.places is not None:
            return self._rows.get((column, line), -1)
        number = line * self.columns + column
        return self.first + number if 0 <= column < self.columns and 0 <= number < len(self.block.keys) else -1


class Geometry:
    """All blocks of a field at one width and scale."""

    def __init__(self, blocks: Sequence[FieldBlock], width: float, wanted: float, scale: float) -> None:
        self.scale = scale
        self.size = CARD_HEIGHT * scale
        self.standing: list[Standing] = []
        self.width = self.height = 0.0
        self._rects: dict[int, QRect] = {}
        self._firsts = [0, *accumulate(len(block.keys) for block in blocks)]
        drawn = [number for number, block in enumerate(blocks) if block.places is not None]
        loose = [number for number, block in enumerate(blocks) if block.places is None]
        self.pitch = (wanted + GAP) * scale, (CARD_HEIGHT + GAP) * scale
        below = self._draw(blocks, drawn, width, wanted) if drawn else 4 * scale
        self._flow(blocks, loose, width, wanted, below)
        self.standing.sort(key=lambda one: one.first)
        self.firsts = [one.first for one in self.standing]

    def _draw(self, blocks: Sequence[FieldBlock], drawn: Sequence[int], width: float, wanted: float) -> float:
        """Blocks that have a place of their own; returns how far down they reach."""
        scale, margin = self.scale, MARGIN * self.scale
        across = max(blocks[number].column + blocks[number].columns for number in drawn)
        usual = (wanted + GAP) * scale
        wide = min(max((width - 2 * margin) / max(1, across), usual * LEAST), usual * STRETCH)
        self.pitch = wide, self.pitch[1]
        for number in drawn:
            block = blocks[number]
            left = margin + block.column * wide
            top = 4 * scale + block.line * self.pitch[1]
            one = Standing(block, number, self._firsts[number], (left, top + self.pitch[1]), self.pitch)
            gap = GAP * scale
            box = QRectF(left, top, block.columns * wide - gap, (block.lines + 1) * self.pitch[1] - gap)
            one.frame = box.adjusted(-3, 10 * scale, 3, 3).toRect()
            one.head = QRectF(left + 4, top + 12 * scale, block.columns * wide - gap, HEAD * scale).toRect()
            self.standing.append(one)
            self.height = max(self.height, box.bottom() + 8 * scale)
        self.width = 2 * margin + across * wide
        return self.height + 4 * scale

    def _flow(
        self, blocks: Sequence[FieldBlock], loose: Sequence[int], width: float, wanted: float, top: float
    ) -> None:
        """Blocks one after the other, side by side where that saves height."""
        if not loose:
            return
        scale, margin = self.scale, MARGIN * self.scale
        room = width - 2 * margin
        pitch = (wanted + GAP) * scale
        columns = max(1, int((room + GAP * scale) // pitch))
        found = bands([len(blocks[number].keys) for number in loose], columns, HEAD / (CARD_HEIGHT + GAP))
        inner = room - BLOCK_GAP * scale * max((band.last - band.first - 1 for band in found), default=0)
        pitch = max(min((inner + GAP * scale) / columns, pitch * STRETCH), 12.0)
        down = self.pitch[1]
        for band in found:
            left = margin
            for place in range(band.first, band.last):
                wide = band.columns[place - band.first]
                number = loose[place]
                corner = left, top + HEAD * scale
                one = Standing(blocks[number], number, self._firsts[number], corner, (pitch, down))
                one.columns = wide
                one.head = QRect(round(left), round(top), round(wide * pitch), round(HEAD * scale))
                one.frame = QRectF(left, top, wide * pitch, HEAD * scale + band.lines * down).toRect()
                self.standing.append(one)
                left += wide * pitch + BLOCK_GAP * scale
            top += (HEAD + 2) * scale + band.lines * down
        self.height = max(self.height, top + 4 * scale)

    # Questions

    def standing_of(self, row: int) -> Standing | None:
        """The block in which a row stands."""
        number = bisect_right(self.firsts, row) - 1
        while number >= 0 and not self.standing[number].block.keys:
            number -= 1
        return self.standing[number] if 0 <= row < self._firsts[-1] and number >= 0 else None

    def rect_of(self, row: int) -> QRect:
        """Where the card of a row stands; nowhere for a row that there is not. Not to be changed: it is kept."""
        found = self._rects.get(row)
        if found is None:
            one = self.standing_of(row)
            found = self._rects[row] = QRect() if one is None else self.rect_at(one, *one.place_of(row))
        return found

    def rect_at(self, one: Standing, column: int, line: int) -> QRect:
        """Where a card would stand at a place of a block."""
        wide, down = one.pitch
        return QRectF(
            one.left + column * wide, one.top + line * down, wide - GAP * self.scale, CARD_HEIGHT * self.scale
        ).toRect()

    def row_at(self, point: QPoint) -> int:
        """The row whose card lies there, -1 for none."""
        for one in self.standing:
            column, line = int((point.x() - one.left) // one.pitch[0]), int((point.y() - one.top) // one.pitch[1])
            row = one.row_at(column, line) if column >= 0 and line >= 0 else -1
            if row >= 0 and self.rect_of(row).contains(point):
                return row
        return -1

    def rows_between(self, top: int, bottom: int) -> list[int]:
        """The rows whose cards reach into a stripe."""
        found: list[int] = []
        for one in self.standing:
            if one.frame.top() > bottom or one.frame.bottom() + 8 < top:
                continue
            down = one.pitch[1]
            found += one.rows_in(max(0, int((top - one.top) // down)), int((bottom - one.top) // down))
        return found

    def row_beyond(self, row: int, way: int, reach: int) -> int:
        """The card above or below, nearest in its column; the same one at the edge."""
        here = self.rect_of(row)
        best, best_price = row, float("inf")
        span = reach + 12 * round(self.pitch[1])
        top, bottom = (here.bottom(), here.bottom() + span) if way > 0 else (here.top() - span, here.top())
        for other in self.rows_between(top, bottom):
            rect = self.rect_of(other)
            down = (rect.center().y() - here.center().y()) * way
            if down <= 2:
                continue
            price = abs(down - reach) * 4.0 + abs(rect.center().x() - here.center().x())
            if price < best_price:
                best, best_price = other, price
        return best
