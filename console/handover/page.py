"""The sheet as one page of A4: laid out once, drawn on the screen, a printer or a PDF alike."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from html import escape
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QIODevice, QMarginsF, QRectF, QSaveFile, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)
from PySide6.QtPrintSupport import QPrinter

from console.handover.present import Cell, FigureLine, Section, Sheet
from widgets.faces import FAMILIES
from widgets.tones import Tone

WIDTH, HEIGHT = 794.0, 1123.0
"""A4 at 96 dots per inch."""
MARGIN = 42.0
PADDING, INDENT = 2, 8
"""Of a cell of the figures, and how much further in a group's or a queue's name stands than what it belongs to."""
APART, USUAL = 5, 10
"""Between the headings of two columns, which would else read as one; with more columns than usual there is no room."""
LARGEST, SMALLEST, STEP = 12.5, 8.5, 0.5
"""Sizes of the type in pixels of that page (12.5 are 9.4 points): the largest at which all fits."""
_BETWEEN = [LARGEST - STEP * step for step in range(1, round((LARGEST - SMALLEST) / STEP))]
FEWEST = 3
"""Lines of a list that are left even on the fullest page."""
MOST = 120
"""More lines than these find no room on a page at any size, so that they need not be laid out."""
WORDS, ANYWHERE = QTextOption.WrapMode.WordWrap, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
"""Words are cut only where one of them has no room at any size, such as a long address in a note."""
INK, FAINT, RULE = "#1B2126", "#545F68", "#BCC3C8"

_STYLE = """
h1 {{ font-size: {title}px; margin: 0; }}
p {{ margin: 2px 0 0 0; }}
p.head {{ font-weight: bold; margin-top: {gap}px; }}
p.note, td.note {{ color: {faint}; }}
p.warning {{ font-weight: bold; }}
td.missed {{ font-weight: bold; }}
td.site, td.group {{ font-weight: bold; }}
td.muted {{ color: {faint}; }}
th {{ color: {faint}; font-weight: normal; }}
"""


class Page:
    """A sheet that is laid out. Where it does not fit at the smallest type, lists lose their last lines and say so."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.pixels = SMALLEST
        self._document = self._laid_out()

    def _laid_out(self) -> QTextDocument:
        """The page at the largest type at which all fits, else at the smallest with as many lines as fit.

        A long page takes tens of milliseconds to lay out: neither sizes nor lines are tried one by one.
        """
        lines = sum(len(section.lines) for section in self.sheet.sections)
        sheet = self.sheet = shortened(self.sheet, max(0, lines - MOST))
        if _fits(document := _document(sheet, LARGEST)):
            self.pixels = LARGEST
            return document
        wrap = WORDS if _is_narrow(document := _document(sheet, SMALLEST)) else ANYWHERE
        if wrap is ANYWHERE:
            document = _document(sheet, SMALLEST, wrap)
        if _fits(document):
            place = bisect_left(_BETWEEN, True, key=lambda size: _fits(_document(sheet, size, wrap)))
            if place < len(_BETWEEN):
                self.pixels = _BETWEEN[place]
                document = _document(sheet, self.pixels, wrap)
            return document
        most = sum(max(0, len(section.lines) - FEWEST) for section in sheet.sections)
        taken = bisect_left(range(most), True, key=lambda n: _fits(_document(shortened(sheet, n), SMALLEST, wrap)))
        self.sheet = shortened(sheet, taken)
        return _document(self.sheet, SMALLEST, wrap)

    @property
    def text(self) -> str:
        """All that stands on the page."""
        return self._document.toPlainText()

    def draw(self, painter: QPainter, scale: float) -> None:
        """Draw the page with its upper left corner at the origin, `scale` device pixels to one of its own."""
        painter.save()
        painter.scale(scale, scale)
        painter.translate(MARGIN, MARGIN)
        self._document.drawContents(painter, QRectF(0, 0, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN))
        painter.restore()

    def image(self, scale: float) -> QImage:
        """The page as a picture on white."""
        image = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        self.draw(painter, scale)
        painter.end()
        return image

    def write_pdf(self, path: Path) -> bool:
        """Write it as a PDF that holds its faces; False when it cannot be written."""
        file = QSaveFile(str(path))
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            return False
        writer = QPdfWriter(file)
        writer.setPageLayout(layout())
        writer.setResolution(300)
        writer.setTitle(f"{self.sheet.title} {self.sheet.span}")
        writer.setCreator("Watchfloor")
        painter = QPainter()
        if not painter.begin(writer):
            return False
        self.draw(painter, writer.resolution() / 96)
        return painter.end() and file.commit()

    def print_on(self, printer: QPrinter) -> bool:
        """Print it on a printer that was set up with :func:`layout`; False when it takes nothing."""
        painter = QPainter()
        if not painter.begin(printer):
            return False
        self.draw(painter, printer.resolution() / 96)
        return painter.end()


def layout() -> QPageLayout:
    """A4, upright; the margins are the page's own."""
    made = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    made.setMode(QPageLayout.Mode.FullPageMode)
    return made


def shortened(sheet: Sheet, taken: int) -> Sheet:
    """The sheet with so many lines fewer, each the last one of what is the longest list then."""
    left = [len(section.lines) for section in sheet.sections]
    for _ in range(taken):
        left[left.index(max(left))] -= 1
    sections = tuple(
        replace(section, lines=section.lines[:count], more=section.more + len(section.lines) - count)
        for section, count in zip(sheet.sections, left, strict=True)
    )
    return replace(sheet, sections=sections)


def _fits(document: QTextDocument) -> bool:
    return _is_narrow(document) and document.size().height() <= HEIGHT - 2 * MARGIN


def _is_narrow(document: QTextDocument) -> bool:
    return document.size().width() <= WIDTH - 2 * MARGIN + 1


def _document(sheet: Sheet, pixels: float, wrap: QTextOption.WrapMode = WORDS) -> QTextDocument:
    document = QTextDocument()
    option = QTextOption()
    option.setWrapMode(wrap)
    document.setDefaultTextOption(option)
    font = QFont(list(FAMILIES))
    font.setPixelSize(round(pixels))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    style = _STYLE.format(title=round(pixels * 1.7), gap=round(pixels * 0.7), faint=FAINT)
    document.setDefaultStyleSheet(style)
    document.setTextWidth(WIDTH - 2 * MARGIN)
    document.setHtml(f'<body style="color:{INK}">{"".join(_html(sheet))}</body>')
    document.setPageSize(QSizeF())  # one page, however long it were: what is too long is seen and shortened
    document.setTextWidth(WIDTH - 2 * MARGIN)
    return document


def _html(sheet: Sheet) -> Iterator[str]:
    yield f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td><h1>{escape(sheet.title)}</h1></td>'
    yield f'<td align="right"><b>{escape(sheet.site)}</b><br>{escape(sheet.span)}</td></tr></table>'
    yield f'<p class="note">{escape(sheet.made)}</p>'
    for warning in sheet.warnings:
        yield f'<p class="warning">▲ {escape(warning)}</p>'
    yield from _figures(sheet)
    for section in sheet.sections:
        yield from _section(section)
    line = "_" * 24
    cells = "".join(f'<td width="50%"><br>{escape(one)} {line}</td>' for one in sheet.signatures)
    yield f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>'


def _figures(sheet: Sheet) -> Iterator[str]:
    yield '<p class="head"></p>'
    yield f'<table width="100%" cellspacing="0" cellpadding="{PADDING}" style="border-collapse: collapse">'
    heads = zip(sheet.columns, sheet.targets, strict=True)
    apart = f'align="right" style="padding-left: {APART if len(sheet.columns) <= USUAL else PADDING}px"'
    cells = "".join(f'<th {apart}>{escape(name)}<br>{escape(target) or "&nbsp;"}</th>' for name, target in heads)
    yield f'<tr><th></th>{cells}</tr>'
    for line in sheet.figures:
        yield f"<tr>{_title(line)}{''.join(_cell(cell) for cell in line.cells)}</tr>"
    yield f'</table><p class="note">{escape(sheet.legend)}</p>'


def _title(line: FigureLine) -> str:
    kind = ("site", "group", "queue")[line.depth]
    # Of the cell, not of its text: a name that takes two lines keeps it on both.
    style = f"border-top: 1px solid {RULE}; padding-left: {PADDING + INDENT * line.depth}px"
    return f'<td class="{kind}" style="{style}">{escape(line.title)}</td>'


def _cell(cell: Cell) -> str:
    sign = {Tone.CRITICAL: "■\u00a0", Tone.WARN: "▲\u00a0"}.get(cell.missed, "")
    kind = "missed" if sign else "muted" if cell.muted else "plain"
    text = f"({cell.text})" if cell.muted else f"{sign}{cell.text}"
    return f'<td class="{kind}" align="right" style="border-top: 1px solid {RULE}">{escape(text)}</td>'


def _section(section: Section) -> Iterator[str]:
    yield f'<p class="head">{escape(section.title)}</p>'
    if not section.lines:
        yield f'<p class="note">{escape(section.empty)}</p>'
        return
    yield '<table width="100%" cellspacing="0" cellpadding="1" style="border-collapse: collapse">'
    for line in section.lines:
        yield f"<tr>{''.join(_field(text, place, len(line)) for place, text in enumerate(line))}</tr>"
    yield "</table>"
    if section.more:
        yield f'<p class="note">… +{section.more}</p>'


def _field(text: str, place: int, count: int) -> str:
    shown = escape(text).replace("\n", "<br>") or "&nbsp;"
    if place == 0:
        return f'<td width="2%" style="border-top: 1px solid {RULE}">{shown}</td>'
    width = "" if place == 2 else ' width="24%"' if place == count - 1 else ' width="19%"'
    kind = "note" if place == count - 1 else "plain"
    return f'<td class="{kind}"{width} style="border-top: 1px solid {RULE}">{shown}</td>'
