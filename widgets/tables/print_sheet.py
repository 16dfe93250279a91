"""Prints a table: black on white, headings on every page, pages numbered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from widgets.faces import FAMILIES
from widgets.tables.sheet import Sheet, columns_of

INK, GREY, LINE, BAND = QColor("#000000"), QColor("#444444"), QColor("#999999"), QColor("#ECECEC")
SIZE_PT, TITLE_PT, NOTE_PT, LEAST_PT, WRAPPED_PT = 9.0, 14.0, 8.0, 5.5, 8.0
"""The last: where even the smallest type has no room for all in one line, cells take several at a size to be read."""
MARGIN_MM = 14.0
DPI = 300
MOST_LINES = 12
"""Of a cell: more than a note of 500 letters takes."""
LINE_HEIGHT = 1.3
"""Of the second and further lines of a cell, as a multiple of the size."""


class PrintText(Sheet, frozen=True):
    """A table to print: `note` stands beneath its title, `page` makes "page 2 of 5" of the two numbers."""

    note: str = ""
    page: Callable[[int, int], str] = "{}/{}".format
    empty: str = ""


def page_layout(sheet: Sheet) -> QPageLayout:
    """A4, across where there are many columns."""
    letters = sum(max(min(len(cell), 40) for cell in column) for column in columns_of(sheet)) if sheet.headings else 0
    wide = len(sheet.headings) > 6 or letters > 100
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)


def as_pdf(text: PrintText) -> bytes:
    """The table as a PDF; in memory, because a writer that finds no room on the disk says so nowhere."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(page_layout(text))
    writer.setTitle(text.title)
    writer.setCreator("Watchfloor")
    print_sheet(text, writer)
    del writer
    buffer.close()
    return bytes(buffer.data().data())


def print_sheet(text: PrintText, device: QPagedPaintDevice) -> int:
    """Print onto a printer or into a PDF; returns how many pages there are."""
    painter = QPainter(device)
    try:
        return _Printing(text, device, painter).run()
    finally:
        painter.end()


class _Printing:
    """One run over the pages; lengths are in the device's pixels."""

    def __init__(self, text: PrintText, device: QPagedPaintDevice, painter: QPainter) -> None:
        self._text, self._device, self._painter = text, device, painter
        self._unit = device.logicalDpiY() / 72
        page = device.pageLayout().paintRectPixels(round(device.logicalDpiY()))
        self._width, self._height = float(page.width()), float(page.height())
        self._size = SIZE_PT
        self._wraps = False
        self._widths = self._fitted()
        self._row = self._size * self._unit * 1.75
        self._counts: dict[tuple[str, float], int] = {}

    def run(self) -> int:
        head = (TITLE_PT + NOTE_PT) * self._unit * 1.9
        foot = NOTE_PT * self._unit * 2
        room = self._height - head - foot - self._tall(self._text.headings, bold=True)
        pages = self._divided(room)
        for number, rows in enumerate(pages):
            if number:
                self._device.newPage()
            self._paint_page(number, len(pages), rows, head)
        return len(pages)

    def _divided(self, room: float) -> list[Sequence[Sequence[str]]]:
        """The rows of each page; none is divided."""
        rows, pages, begin, used = self._text.rows, list[Sequence[Sequence[str]]](), 0, 0.0
        for number, cells in enumerate(rows):
            tall = self._tall(cells)
            if used + tall > room and number > begin:
                pages.append(rows[begin:number])
                begin, used = number, 0.0
            used += tall
        return [*pages, rows[begin:]]

    def _tall(self, cells: Sequence[str], *, bold: bool = False) -> float:
        """How high a row is."""
        if not self._wraps:
            return self._row
        counts = (self._lines(cell, width, bold) for cell, width in zip(cells, self._widths, strict=True))
        lines = max(counts, default=1)
        return self._row + (lines - 1) * self._size * self._unit * LINE_HEIGHT

    def _lines(self, cell: str, width: float, bold: bool) -> int:
        room = width - 2 * self._inset
        known = self._counts.get((cell, room))
        if known is None:
            known = self._counts[cell, room] = len(self._broken(cell, room, bold))
        return known

    def _broken(self, cell: str, room: float, bold: bool) -> list[str]:
        """The lines of a cell."""
        font = self._font(self._size, bold)
        if QFontMetricsF(font).horizontalAdvance(cell) <= room:
            return [cell]
        layout, option, found = QTextLayout(cell, font, self._painter.device()), QTextOption(), list[str]()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            found.append(cell[line.textStart() : line.textStart() + line.textLength()].strip())
        layout.endLayout()
        if len(found) > MOST_LINES:
            found[MOST_LINES - 1 :] = [" ".join(found[MOST_LINES - 1 :])]  # shortened when it is written
        return found

    @property
    def _inset(self) -> float:
        return self._size * self._unit * 0.3

    def _font(self, points: float, bold: bool = False) -> QFont:
        font = QFont(list(FAMILIES))
        font.setPixelSize(max(1, round(points * self._unit)))
        font.setBold(bold)
        return font

    def _fitted(self) -> list[float]:
        """The widths of the columns at the largest type at which all of them fit, else shared out."""
        columns = columns_of(self._text)
        wanted: list[float] = []
        while self._size >= LEAST_PT:
            plain, bold = QFontMetricsF(self._font(self._size)), QFontMetricsF(self._font(self._size, True))
            gap = self._size * self._unit
            wanted = [
                max([bold.horizontalAdvance(column[0]), *map(plain.horizontalAdvance, set(column[1:]))]) + gap
                for column in columns
            ]
            if sum(wanted) <= self._width:
                break
            self._size -= 0.5
        self._size = max(self._size, LEAST_PT)
        total = sum(wanted)
        if total <= self._width:
            spare = (self._width - total) / max(1, len(wanted))
            return [one + min(spare, one * 0.5) for one in wanted]
        self._wraps, more = True, WRAPPED_PT / self._size
        self._size = WRAPPED_PT
        return _shared([one * more for one in wanted], self._width)

    def _paint_page(self, number: int, pages: int, rows: Sequence[Sequence[str]], head: float) -> None:
        painter, unit, text = self._painter, self._unit, self._text
        painter.setPen(GREY)  # a preview has a pen of its own, and is told of a change alone
        painter.setPen(INK)
        self._say(text.title, QRectF(0, 0, self._width, TITLE_PT * unit * 1.6), TITLE_PT, bold=True)
        painter.setPen(GREY)
        self._say(text.note, QRectF(0, TITLE_PT * unit * 1.7, self._width, NOTE_PT * unit * 1.6), NOTE_PT)
        top = head
        tall = self._tall(text.headings, bold=True)
        painter.fillRect(QRectF(0, top, self._width, tall), BAND)
        painter.setPen(INK)
        self._paint_cells(text.headings, top, bold=True)
        top += tall
        for cells in rows:
            self._paint_cells(cells, top)
            top += self._tall(cells)
            painter.setPen(QPen(LINE, max(1.0, unit * 0.4)))
            painter.drawLine(0, round(top), round(self._width), round(top))
            painter.setPen(INK)
        if not text.rows:
            self._say(text.empty, QRectF(0, top + self._row * 0.5, self._width, self._row), SIZE_PT)
        painter.setPen(GREY)
        foot = QRectF(0, self._height - NOTE_PT * unit * 1.6, self._width, NOTE_PT * unit * 1.6)
        self._say(text.page(number + 1, pages), foot, NOTE_PT, side=Qt.AlignmentFlag.AlignRight)

    def _paint_cells(self, cells: Sequence[str], top: float, *, bold: bool = False) -> None:
        left, inset, step = 0.0, self._inset, self._size * self._unit * LINE_HEIGHT
        for cell, width in zip(cells, self._widths, strict=True):
            room = width - 2 * inset
            for number, line in enumerate(self._broken(cell, room, bold) if self._wraps else [cell]):
                self._say(line, QRectF(left + inset, top + number * step, room, self._row), self._size, bold=bold)
            left += width

    def _say(
        self,
        text: str,
        box: QRectF,
        points: float,
        *,
        bold: bool = False,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font = self._font(points, bold)
        self._painter.setFont(font)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self._painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def _shared(wanted: Sequence[float], whole: float) -> list[float]:
    """Widths that come to the whole at most: who wants less than an equal share of it leaves the rest to the others."""
    found, left = dict[int, float](), whole
    for rank, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        found[place] = min(wanted[place], left / (len(wanted) - rank))
        left -= found[place]
    return [found[place] for place in range(len(wanted))]
