"""The sheet on one page: what fits, what is left off and said, as a PDF, in print and as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QFontDatabase, QTextDocument, QTextOption
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from console.handover import page as page_module
from console.handover.page import FEWEST, SMALLEST, Page, layout
from console.handover.present import Sheet
from console.sight import SourceSight
from console.theme import load_faces
from console.words import Words
from feeds.entities import (
    Note,
    Seat,
)
from feeds.requests import ShiftFigures
from tests.handover.shifts import BEGIN, END, look, made, told
from tests.wall import floors

ZH, EN = Words("zh_CN"), Words("en")


def crowded(count: int) -> Sheet:
    seats = [
        Seat(key=f"seat:{n:03}", rev=1, state="break", since=END - n * 1000, agent="a", agent_zh="周云")
        for n in range(count)
    ]
    return made(told(*seats), words=ZH)


def test_a_sheet_fits_one_page_at_a_size_that_can_be_read(qapp: QApplication) -> None:
    load_faces()
    page = Page(crowded(25))
    assert page.pixels >= SMALLEST
    assert page._document.size().height() <= 1123 - 84
    assert "024 周云" in page.text


def test_a_queues_name_that_takes_two_lines_stands_in_under_its_group_on_both(qapp: QApplication) -> None:
    load_faces()
    sheet = crowded(1)
    long = "Assistance abroad and repatriation of the insured and of those who travel with them " * 3
    lines = [
        replace(sheet.figures[0], title=title, depth=depth)
        for title, depth in (("Hotline", 0), ("Claims", 1), ("Assistance", 2), (long.strip(), 2))
    ]
    document = page_module._document(replace(sheet, figures=tuple(lines)), SMALLEST)
    assert document.size().height() > 0, "and is laid out by that"
    blocks, lefts = {}, []
    block = document.begin()
    while block.isValid():
        blocks[block.text()] = block
        block = block.next()
    for line in lines:
        left = document.documentLayout().blockBoundingRect(blocks[line.title]).left()
        layout = blocks[line.title].layout()
        lefts.append([left + layout.lineAt(number).naturalTextRect().left() for number in range(layout.lineCount())])
    assert len(lefts[3]) >= 2
    assert set(lefts[3]) == set(lefts[2])
    assert lefts[0] < lefts[1] < lefts[2]


@pytest.mark.slow
def test_what_does_not_fit_is_left_off_with_its_number_and_never_without_a_word(qapp: QApplication) -> None:
    load_faces()
    page = Page(crowded(200))
    left = page.sheet.sections[1]
    assert left.more > 0 and len(left.lines) + left.more == 200
    assert len(left.lines) > FEWEST
    assert f"… +{left.more}" in page.text
    assert page._document.size().height() <= 1123 - 84


@pytest.mark.parametrize(("lines", "most"), [(5, 1), (45, 6), (200, 10), (3000, 10)])
def test_a_page_is_laid_out_a_few_times_however_much_there_is_to_leave_off(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, lines: int, most: int
) -> None:
    load_faces()
    made_page, sizes = page_module._document, list[float]()

    def counted(sheet: Sheet, pixels: float, *wrap: QTextOption.WrapMode) -> QTextDocument:
        sizes.append(pixels)
        return made_page(sheet, pixels, *wrap)

    monkeypatch.setattr(page_module, "_document", counted)
    page = Page(crowded(lines))
    assert len(sizes) <= most
    assert page._document.size().height() <= 1123 - 84
    left = page.sheet.sections[1]
    assert len(left.lines) + left.more == lines
    if left.more:  # and nothing is left off that would have found room
        more = crowded(lines).sections[1].lines[: len(left.lines) + 1]
        sections = list(page.sheet.sections)
        sections[1] = replace(left, lines=more, more=left.more - 1)
        fuller = replace(page.sheet, sections=tuple(sections))
        assert made_page(fuller, page.pixels).size().height() > 1123 - 84


def lines_of(document: QTextDocument) -> list[list[str]]:
    """The lines into which each block is broken."""
    found, block = [], document.begin()
    while block.isValid():
        lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
        found.append([block.text()[one.textStart() : one.textStart() + one.textLength()] for one in lines])
        block = block.next()
    return found


def test_with_every_column_no_word_and_no_number_is_cut(qapp: QApplication) -> None:
    load_faces()
    values: dict[str, float | int | None] = {
        "offered": 13_440, "answered": 12_360, "abandoned": 850, "flowed_out": 110, "blocked": 14, "pending": 106,
        "answer_rate_a2": 88.61, "service_level_f1": 54.0, "asa": 12.0, "aht": 236.0, "longest_wait": 4000.0,
        "occupancy": 86.0,
    }  # fmt: skip
    site = floors.site()
    scopes = ["site", *(f"group:{one.id}" for one in site.groups), *(f"queue:{one.id}" for one in site.queues)]
    page = Page(made(told(figures=[ShiftFigures(scope, dict(values)) for scope in scopes])))
    broken = [line for lines in lines_of(page._document) for line in lines[:-1]]
    assert all(line.endswith((" ", "\u2028")) for line in broken)
    assert any(line == "■\u00a088.6%" for lines in lines_of(page._document) for line in lines)


def test_one_word_that_has_no_room_at_any_size_is_cut(qapp: QApplication) -> None:
    load_faces()
    note = Note(key="note:n", rev=1, text="https://" + "x" * 300, by="mei", at=BEGIN)
    page = Page(made(told(note)))
    assert page._document.size().width() <= 711 and page._document.size().height() <= 1123 - 84


def test_a_pdf_is_one_page_of_a4_and_holds_the_houses_faces(qapp: QApplication, tmp_path: Path) -> None:
    load_faces()
    assert "Floor Sans SC" in QFontDatabase.families()
    file = tmp_path / "交接班.pdf"
    assert Page(crowded(12)).write_pdf(file)
    body = file.read_bytes()
    assert body.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 595.000000 842.000000]" in body
    assert b"/FontFile" in body and b"/BaseFont /FloorSansSC-Regular" in body


def test_a_page_that_cannot_be_written_says_so(qapp: QApplication, tmp_path: Path) -> None:
    load_faces()
    assert not Page(crowded(1)).write_pdf(tmp_path / "nowhere" / "x.pdf")


def test_a_printer_gets_what_the_preview_shows(qapp: QApplication, tmp_path: Path) -> None:
    load_faces()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(layout())
    assert Page(crowded(3)).print_on(printer)
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_the_picture_of_the_page_is_dark_on_white(qapp: QApplication) -> None:
    load_faces()
    image = Page(crowded(3)).image(0.5)
    assert (image.width(), image.height()) == (397, 562)
    assert image.pixelColor(2, 2).lightness() == 255
    darkest = min(image.pixelColor(x, y).lightness() for x in range(20, 200) for y in range(20, 60))
    assert darkest < 90


def test_mode_badges_of_the_desk_do_not_matter_on_paper() -> None:
    sight = look(sources={"main": SourceSight("main", False, 0.4, floors.NOW, mode="simulated")})
    assert made(told(), sight=sight).warnings == (), "the answer says which floor it was, not the desk of now"
