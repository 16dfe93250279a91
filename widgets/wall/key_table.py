"""A short table to be read from afar: a name, blocks that show a count, and a few numbers a row."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, inf

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import CAP_SHARE, Side, centred_baseline, fitted, pixel_ratio, shortened, width_of, write
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.texts import Cell, Column, ColumnKind, TableRow
from widgets.tile import Tile, touches
from widgets.tones import Tone
from widgets.wall.blocks import BLOCK_PITCH, BLOCKS, blocks_picture
from widgets.wall.key_room import BOLDER, HEAD, ROW, TAIL, TAIL_GAP, content_of, halves

SUBLABEL, BENEATH, HALF_HEAD = 28.0, 24.0, 24.0
"""Type of what stands beside a name, of what does beneath it, and of headings that take two lines."""
HEAD_ROOM, FOOT_ROOM, PADDING = 60.0, 5.0, 35.0
COUNT = 84.0
"""The room of a count of three digits beside its blocks."""
GAP, LEAST_GAP, HEAD_GAP, CELL_GAP = 56.0, 20.0, 16.0, 8.0
SCALE_LEAST, SCALE_STEP = 0.55, 0.05
NAME_LEAST, NAME_MOST, SIGN_ROOM = 5.4, 0.42, 72.0
"""The least room of names in sizes of their type, the most as a share of the table, and that of a sign beside one."""
WHY_LEAST = 0.6  # the share of its size to which a name shrinks for what is said of its row


class _Place(Struct, frozen=True):
    """Where a column stands: its cell's left and right edge in pixels and whether its blocks are drawn."""

    column: int
    left: float
    right: float
    blocks: bool = False


class _Hit(Struct, frozen=True):
    """A line, all that it may reach, and its cells by place: reckoned once, because every painting asks for them."""

    row: QRectF
    reach: QRect
    cells: tuple[QRect, ...]


class KeyTable(Tile):
    """A table whose type grows with the reading distance and whose columns give way in a fixed order."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[TableRow, ...] = ()
        self._empty = ""
        self._capacity = 7
        self._usual = inf
        self._contents: list[float] = []
        """The room that the widest content of each column took since these names are there, in units."""
        self._tight = 0.0
        """From 0 to 1: how far gaps and headings give way to the names."""
        self._scale = 1.0
        """Of the type, where even then names would have no room."""
        self._places: list[_Place] = []
        self._hits: list[_Hit] = []

    @property
    def rows(self) -> tuple[TableRow, ...]:
        return self._rows

    def set_columns(self, columns: tuple[Column, ...], capacity: int, empty: str = "") -> None:
        """Set the headings, how many rows a page has, and what stands there when there is no row."""
        if (columns, capacity, empty) == (self._columns, self._capacity, self._empty):
            return
        self._columns, self._capacity, self._empty, self._rows = columns, max(1, capacity), empty, ()
        self._measure((), anew=True)
        self.relayout()
        self.update()

    def set_usual(self, grow: float) -> None:
        """Tell how large the type is where all rows are there: what few rows have more goes before any content does."""
        if grow != self._usual:
            self._usual = grow
            self.relayout()
            self.update()

    def set_rows(self, rows: tuple[TableRow, ...]) -> None:
        """Show those rows; only cells that differ are painted again."""
        old, self._rows = self._rows, rows
        if rows == old:
            return
        renamed = [row.cells[0].text for row in old] != [row.cells[0].text for row in rows]
        if (self._measure(rows, anew=renamed) or renamed) and self._is_moved():
            self.update()
            return
        if not rows or not old:
            self.update()
            return
        for index in range(max(len(old), len(rows))):
            before = old[index] if index < len(old) else None
            after = rows[index] if index < len(rows) else None
            if before != after:
                self._update_row(index, before, after)

    def _update_row(self, index: int, before: TableRow | None, after: TableRow | None) -> None:
        if index >= len(self._hits):
            return
        hit = self._hits[index]
        if before is None or after is None or _form(before) != _form(after):
            self.update(hit.reach)
            return
        for place, cell in zip(self._places, hit.cells, strict=True):
            if before.cells[place.column] != after.cells[place.column]:
                self.update(cell)

    def blinking_rects(self) -> list[QRect]:
        return [
            self._sign_rect(self._row_rect(index)).toAlignedRect()
            for index, row in enumerate(self._rows[: self._capacity])
            if row.urgent and not row.stale
        ]

    @property
    def _type(self) -> float:
        """How much larger than the mock-up's its type is."""
        return self._grow * self._scale

    def relayout(self) -> None:
        """Give every column its place, in the first of the ways in which the names can be read.

        Names take what they need, so that numbers stand far apart only where there is nothing else to show.
        """
        if not self._columns:
            return
        shown: list[int] = []
        blocks = False
        for shown, blocks, scale, whole in self._ways():
            self._scale = scale
            if self._names_fit(shown, blocks, whole):
                break
        self._places = self._placed(shown, blocks)
        self._hits = [self._hit(index) for index in range(self._capacity)]

    def _ways(self) -> Iterator[tuple[list[int], bool, float, bool]]:
        """Which columns are shown, whether with blocks, at which scale, and whether names must be whole.

        Blocks give way first, then the type as far as it is larger than usual, then optional columns, and at last the
        size of the type.
        """
        shown = list(range(1, len(self._columns)))
        ways = [True, False] if any(self._columns[number].kind is ColumnKind.GAUGE for number in shown) else [False]
        usual = scale = min(1.0, self._usual / self._grow)
        if usual < 1.0:
            yield from ((shown, blocks, 1.0, True) for blocks in ways)
            steps = ceil((1.0 - usual) / SCALE_STEP)
            yield from ((shown, False, 1.0 - step * SCALE_STEP, True) for step in range(1, steps))
        yield from ((shown, blocks, usual, False) for blocks in ways)
        for number in reversed(shown):
            if self._columns[number].optional:
                shown = [each for each in shown if each != number]
                yield shown, False, usual, False
        while scale > SCALE_LEAST * usual:
            scale = max(SCALE_LEAST * usual, scale - SCALE_STEP)
            yield shown, False, scale, False

    def _names_fit(self, shown: list[int], blocks: bool, whole: bool) -> bool:
        """Whether names can be read beside those columns; has gaps and headings give way as far as names want."""
        names, subnames = self._wanted_by_names()
        most = self.width() * NAME_MOST
        for self._tight in (0.0, 0.25, 0.5, 0.75, 1.0):
            if self._room_for_name(shown, blocks) >= min(subnames if self._tight <= 0.5 else names, most):
                break
        shrunk = names - 0.25 * (names - self.u(SIGN_ROOM * self._type))
        least = max(self.u(NAME_LEAST * ROW * self._type), names if whole else min(shrunk, most))
        return self._room_for_name(shown, blocks) >= least

    def _measure(self, rows: tuple[TableRow, ...], *, anew: bool) -> bool:
        """Note what room the contents take, all of their digits being as wide; whether one takes more than before.

        They keep it while the same names are there: no column shall move to and fro with every call.
        """
        before = [] if anew else self._contents
        self._contents = [
            max([
                column.content if column.kind is ColumnKind.NUMBER else 0.0,
                *(content_of(row.cells[number]) for row in rows if number),
                *before[number : number + 1],
            ])
            for number, column in enumerate(self._columns)
        ]
        return self._contents != before

    def _wanted_by_names(self) -> tuple[float, float]:
        """The room that the names want at their full size with a sign beside each, without and with sub-labels."""
        size, names, subnames = self.u(ROW * self._type), 0.0, 0.0
        for row in self._rows:
            name = width_of(row.cells[0].text, size, True) + self.u(SIGN_ROOM * self._type)
            beside = width_of(row.sublabel, self.u(SUBLABEL)) + self.u(14) if row.sublabel else 0.0
            names, subnames = max(names, name), max(subnames, name + beside)
        return names, subnames

    def _is_moved(self) -> bool:
        """Whether names that are now others move the columns."""
        before = self._places
        self.relayout()
        return before != self._places

    def _hit(self, index: int) -> _Hit:
        row = self._row_rect(index)
        top, bottom = ceil(row.top() + 1), int(row.bottom() - 1)
        # Whole pixels that no two cells share: a number that changes shall not have its neighbour painted as well.
        edges = [(round(place.left), round(place.right)) for place in self._places]
        cells = tuple(QRect(left, top, right - left, bottom - top) for left, right in edges)
        return _Hit(row, row.adjusted(0, -3, 0, 3).toAlignedRect(), cells)

    def _column_width(self, number: int, blocks: bool) -> float:
        column, content = self._columns[number], self._contents[number]
        if column.kind is not ColumnKind.GAUGE:
            title = width_of(column.title, HEAD)
            title -= (title - max(width_of(half, HALF_HEAD) for half in halves(column.title))) * self._tight
            least = min(GAP, LEAST_GAP * self._type)
            return self.u(max(content * self._type, title) + GAP - (GAP - least) * self._tight)
        count = self.u(max(COUNT, content + TAIL_GAP) * self._type)
        return count + (self._blocks_width() if blocks else self.u(24))

    def _blocks_width(self) -> float:
        return self.u(BLOCK_PITCH * BLOCKS - 8) * self._type

    def _room_for_name(self, shown: list[int], blocks: bool) -> float:
        taken = sum(self._column_width(number, blocks) for number in shown)
        return self.width() - 2 * self.u(PADDING) - taken

    def _placed(self, shown: list[int], blocks: bool) -> list[_Place]:
        left = self.u(PADDING)
        right = left + self._room_for_name(shown, blocks)
        places = [_Place(0, left, right)]
        for number in shown:
            left, right = right, right + self._column_width(number, blocks)
            places.append(_Place(number, left, right, blocks))
        return places

    def _pitch(self) -> float:
        return (self.height() - self.u(HEAD_ROOM + FOOT_ROOM)) / self._capacity

    def _row_rect(self, index: int) -> QRectF:
        pitch = self._pitch()
        return QRectF(0, self.u(HEAD_ROOM) + index * pitch, self.width(), pitch)

    def _sign_rect(self, row: QRectF) -> QRectF:
        side = self.u(44 * self._type)
        centre = self._places[0].right - self.u(40 * self._type) if self._places else side
        return QRectF(centre - side / 2, row.center().y() - side / 2, side, side)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        if touches(region, QRectF(0, 0, self.width(), self.u(HEAD_ROOM))):
            self._paint_head(painter)
        if not self._rows and self._empty:
            middle = self._row_rect(0).united(self._row_rect(self._capacity - 1)).center()
            baseline = centred_baseline(middle.y(), self.u(ROW))
            write(painter, middle.x(), baseline, self._empty, self.u(ROW), self.colours.low, side=Side.MIDDLE)
        for index, (row, hit) in enumerate(zip(self._rows, self._hits, strict=False)):
            if region.intersects(hit.reach):
                self._paint_row(painter, region, index, row, hit)

    def _head_size(self) -> tuple[float, bool]:
        """One size for all headings, at which each leaves a gap before it, and whether long ones take two lines."""
        wanted, half = self.u(HEAD * min(self._type, 1.3)), self.u(HALF_HEAD)
        whole, parted = [wanted], [half]
        for place in self._places:
            title, room = self._columns[place.column].title, place.right - place.left - self.u(HEAD_GAP)
            whole.append(fitted(title, wanted, False, room, 0.55))
            parted += (fitted(line, half, False, room, 0.55) for line in halves(title))
        return (min(whole), False) if min(whole) >= min(parted) else (min(parted), True)

    def _paint_head(self, painter: QPainter) -> None:
        size, two = self._head_size()
        for place in self._places:
            column = self._columns[place.column]
            number = column.kind is ColumnKind.NUMBER or (column.kind is ColumnKind.GAUGE and not place.blocks)
            x = place.right if number else place.left
            side = Side.RIGHT if number else Side.LEFT
            room = place.right - place.left - self.u(HEAD_GAP)
            parts = halves(column.title) if two and width_of(column.title, size) > room else (column.title,)
            for line, part in enumerate(reversed(parts)):
                write(painter, x, self.u(46 if not two else 52 - 26 * line), part, size, self.colours.low, side=side)

    def _paint_row(self, painter: QPainter, region: QRegion, index: int, row: TableRow, hit: _Hit) -> None:
        rect = hit.row
        colours = self.live_colours.greyed if row.stale else self.colours
        tinted = row.tone in (Tone.WARN, Tone.CRITICAL)
        if tinted:
            self._paint_tint(painter, row, rect, colours)
        elif index and self._rows[index - 1].tone not in (Tone.WARN, Tone.CRITICAL):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(colours.line, 1))
            y = round(rect.top())
            painter.drawLine(round(self.u(PADDING)), y, round(self.width() - self.u(PADDING)), y)
        for place, cell in zip(self._places, hit.cells, strict=True):
            if region.intersects(cell):
                self._paint_cell(painter, row, place, rect, colours)
        if row.stale and not self.stale:
            self.paint_hatch(painter, rect.adjusted(self.u(8), 2, -self.u(8), -2))

    def _paint_tint(self, painter: QPainter, row: TableRow, rect: QRectF, colours: Palette) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ground(row.tone))
        band = rect.adjusted(self.u(8), self.u(2), -self.u(8), -self.u(2))
        painter.drawRoundedRect(band, self.u(4), self.u(4))
        painter.setBrush(colours.edge(row.tone))
        painter.drawRoundedRect(QRectF(band.left(), band.top(), self.u(10), band.height()), self.u(4), self.u(4))

    def _paint_cell(self, painter: QPainter, row: TableRow, place: _Place, rect: QRectF, colours: Palette) -> None:
        cell = row.cells[place.column]
        kind = self._columns[place.column].kind
        if kind is ColumnKind.NAME:
            self._paint_name(painter, row, cell, place, rect, colours)
            return
        if kind is ColumnKind.GAUGE and place.blocks:
            self._paint_blocks(painter, cell, place, rect, colours)
        self._paint_number(painter, row, cell, place, rect, colours)

    def _paint_number(
        self, painter: QPainter, row: TableRow, cell: Cell, place: _Place, rect: QRectF, colours: Palette
    ) -> None:
        size = self.u((BOLDER if cell.bold else ROW) * self._type)
        baseline = centred_baseline(rect.center().y(), size)
        left, right = place.left + self.u(CELL_GAP), place.right
        if place.blocks and self._columns[place.column].kind is ColumnKind.GAUGE:
            left += self._blocks_width()
        if cell.tail:
            tail_size = self.u(TAIL * self._type)
            tinted = row.tone in (Tone.WARN, Tone.CRITICAL)
            tail_colour = colours.hi if tinted else colours.mid
            right -= write(painter, right, baseline, cell.tail, tail_size, tail_colour, side=Side.RIGHT)
            right -= self.u(TAIL_GAP)
        bold = cell.bold or cell.tone in (Tone.WARN, Tone.CRITICAL)
        colour = colours.low if cell.muted else colours.text(cell.tone)
        size = fitted(cell.text, size, bold, right - left)
        write(painter, right, baseline, cell.text, size, colour, bold, Side.RIGHT)

    def _paint_name(
        self, painter: QPainter, row: TableRow, cell: Cell, place: _Place, rect: QRectF, colours: Palette
    ) -> None:
        alarming = row.tone in (Tone.WARN, Tone.CRITICAL)
        size, small, middle = self.u(ROW * self._type), self.u(SUBLABEL), rect.center().y()
        room = place.right - place.left - (self.u(SIGN_ROOM * self._type) if alarming else self.u(20))
        colour = colours.mid if alarming else colours.low
        sublabel = row.why or row.sublabel
        beside = width_of(sublabel, small) + self.u(14)
        if row.why and self._is_above(cell.text, alarming, rect, room, beside):
            size = min(fitted(cell.text, size, alarming, room, WHY_LEAST), self._size_above(rect))
            beneath = self.u(BENEATH)
            high, why = (size + beneath) * CAP_SHARE + self.u(10), shortened(row.why, beneath, False, room)
            write(painter, place.left, middle + high / 2, why, beneath, colour)
            middle, sublabel = middle - (high - size * CAP_SHARE) / 2, ""
        elif row.why:
            room -= beside
            size = fitted(cell.text, size, alarming, room, WHY_LEAST)
        else:
            size = fitted(cell.text, size, alarming, room, 0.7)
        name, baseline = shortened(cell.text, size, alarming, room, middle=True), centred_baseline(middle, size)
        used = write(painter, place.left, baseline, name, size, colours.hi, alarming)
        if sublabel and (row.why or used + beside <= room):
            write(painter, place.left + used + self.u(14), baseline, sublabel, small, colour)
        steady = self._lit or not row.urgent or row.stale or self.stale
        if alarming and steady:
            sign = self._sign_rect(rect)
            draw_sign(
                painter, row.tone, QPointF(sign.center()), self.u(38 * self._type), colours, solid=not row.acknowledged
            )

    def _size_above(self, rect: QRectF) -> float:
        """The size of a name that has why its row is tinted beneath it."""
        return (rect.height() - self.u(18)) / CAP_SHARE - self.u(BENEATH)

    def _is_above(self, name: str, bold: bool, rect: QRectF, room: float, beside: float) -> bool:
        """Whether a name is whole or larger with what is said of its row beneath it, and not beside."""
        wanted, most = self.u(ROW * self._type), self._size_above(rect)
        above = min(fitted(name, wanted, bold, room, WHY_LEAST), most)
        along = fitted(name, wanted, bold, room - beside, WHY_LEAST)
        whole = width_of(name, above, bold) <= room, width_of(name, along, bold) <= room - beside
        return most >= wanted * WHY_LEAST and (whole[0], above) > (whole[1], along)

    def _paint_blocks(self, painter: QPainter, cell: Cell, place: _Place, rect: QRectF, colours: Palette) -> None:
        ratio = pixel_ratio(painter)
        filled, unit = max(0, min(cell.filled, BLOCKS)), self._unit * self._type
        picture = blocks_picture(filled, unit, colours.fill(cell.tone).rgba(), colours.d3.rgba(), ratio)
        top = rect.center().y() - 13 * unit
        painter.drawPixmap(QPointF(round(place.left * ratio) / ratio, round(top * ratio) / ratio), picture)


def _form(row: TableRow) -> tuple[object, ...]:
    """What of a row touches all its cells."""
    return (row.key, row.sublabel, row.why, row.tone, row.acknowledged, row.urgent, row.stale)
