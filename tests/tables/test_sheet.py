"""A table as text: what is in sight in its order, safe for spreadsheets, whole on paper, never over a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtGui import QPageLayout, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from console.theme import load_faces
from widgets.desk_texts import LineText
from widgets.tables import print_sheet as print_sheet_module
from widgets.tables.lines_model import LinesModel
from widgets.tables.print_sheet import PrintText, as_pdf, page_layout, print_sheet
from widgets.tables.sheet import FORMULA, GUARD, Sheet, as_csv, as_text, guarded, sheet_of, write

SHEET = Sheet("报警", ("级别", "来源"), (("严重", "救援专席"), ("警告", "=1+1")))


def model() -> QStandardItemModel:
    made = QStandardItemModel(3, 3)
    made.setHorizontalHeaderLabels(["a", "b", "c"])
    for row in range(3):
        for column in range(3):
            made.setItem(row, column, QStandardItem(f"{'abc'[column]}{row}\n more"))
    return made


def test_a_table_gives_what_is_in_sight_in_the_order_of_its_columns(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    data = model()
    view.setModel(data)
    view.horizontalHeader().moveSection(2, 0)
    view.setColumnHidden(1, True)
    view.setRowHidden(0, True)
    view.setAccessibleName("letters")
    sheet = sheet_of(view)
    assert sheet == Sheet("letters", ("c", "a"), (("c1 more", "a1 more"), ("c2 more", "a2 more")))
    view.selectRow(2)
    assert sheet_of(view, chosen=True).rows == (("c2 more", "a2 more"),)
    view.clearSelection()
    assert len(sheet_of(view, chosen=True).rows) == 2, "nothing chosen means all"


def test_trees_and_lists_are_tables_as_well(qtbot: QtBot) -> None:
    data = model()
    tree, listed = QTreeView(), QListView()
    for view in (tree, listed):
        qtbot.addWidget(view)
        view.setModel(data)
        view.setAccessibleName("letters")
    assert sheet_of(tree).headings == ("a", "b", "c")
    assert sheet_of(listed) == Sheet("letters", ("letters",), (("a0 more",), ("a1 more",), ("a2 more",)))


class Spoken(LinesModel):
    def __init__(self) -> None:
        super().__init__()
        self.set_titles(["Time", "By"])
        self.right = frozenset([1])
        self.sorted_by = (0, True)
        cells = {"a": ("09:15", ""), "b": ("09:16", "03:47"), "c": ("", "1:03:12")}
        self.set_items([LineText(key, text) for key, text in cells.items()])


def test_an_empty_cell_is_empty_in_a_file_whatever_is_said_of_it_aloud(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(Spoken())
    assert [row[1] for row in sheet_of(view).rows] == ["", "03:47", "1:03:12"]


def test_what_lasts_minutes_is_not_hours_in_a_spreadsheet_and_headings_are_names_alone(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(Spoken())
    assert as_csv(sheet_of(view)).decode("utf-8-sig").splitlines() == [
        "Time,By", "09:15,", "09:16,0:03:47", ",1:03:12",
    ]  # fmt: skip


def test_text_has_tabs_between_cells_and_headings_on_top() -> None:
    assert as_text(SHEET) == "级别\t来源\n严重\t救援专席\n警告\t'=1+1\n", "which a spreadsheet takes as it is"
    sorted_ = Sheet("", ("Queue", "Longest ↓"), (("Claims", "05:30"),), numbers=frozenset({1}))
    assert as_text(sorted_) == "Queue\tLongest\nClaims\t0:05:30\n"


def test_csv_opens_in_excel_and_holds_no_formula() -> None:
    raw = as_csv(SHEET)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == [
        ["级别", "来源"], ["严重", "救援专席"], ["警告", "'=1+1"],
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "－a"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_guarded(cell: str) -> None:
    assert guarded(cell) == GUARD + cell


@pytest.mark.parametrize("cell", ["-5", "+3.5", "-12.5%", "-1,234", "03:12", "—", "张敏", "a=b", ""])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=6))
def test_csv_gives_every_cell_back_and_no_cell_begins_a_formula(rows: list[list[str]]) -> None:
    clean = [tuple(cell.replace("\r", "").replace("\0", "").replace("\n", "") for cell in row) for row in rows]
    sheet = Sheet("t", ("a", "b"), tuple(clean))
    read = list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"), newline="")))
    assert len(read) == len(clean) + 1
    for cells, wanted in zip(read[1:], clean, strict=True):
        for cell, want in zip(cells, wanted, strict=True):
            assert cell in (want, GUARD + want)
            assert not cell.startswith(FORMULA) or cell.replace(",", "").rstrip("%").strip()


def test_a_file_that_is_there_is_replaced_only_when_that_was_wanted(tmp_path: Path) -> None:
    path = tmp_path / "alarms.csv"
    write(path, b"one", replace=False)
    with pytest.raises(FileExistsError):
        write(path, b"two", replace=False)
    assert path.read_bytes() == b"one"
    write(path, b"three", replace=True)
    assert path.read_bytes() == b"three"
    assert [one.name for one in tmp_path.iterdir()] == ["alarms.csv"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write(tmp_path / "missing" / "alarms.csv", b"one", replace=True)
    assert list(tmp_path.iterdir()) == []


def printed(rows: int, columns: int = 2) -> PrintText:
    headings = tuple(f"Heading {column}" for column in range(columns))
    cells = tuple(tuple(f"cell {row} {column}" for column in range(columns)) for row in range(rows))
    return PrintText("Alarms", headings, cells, note="95518 · 22 Nov 2026", empty="Nothing here")


def pages(made: bytes) -> int:
    return made.count(b"/Type /Page\n")


def test_a_long_table_goes_on_over_pages_and_an_empty_one_has_one(qapp: QApplication) -> None:
    load_faces()
    for rows, least, most in ((0, 1, 1), (3, 1, 1), (200, 3, 6)):
        made = as_pdf(printed(rows))
        assert made.startswith(b"%PDF")
        assert least <= pages(made) <= most


def test_a_wide_table_lies_across(qapp: QApplication) -> None:
    assert page_layout(printed(3)).orientation() is QPageLayout.Orientation.Portrait
    assert page_layout(printed(3, 9)).orientation() is QPageLayout.Orientation.Landscape


def test_cells_that_are_far_too_long_are_shortened_and_break_nothing(qapp: QApplication) -> None:
    load_faces()
    text = replace(printed(2), rows=(("x" * 5000, "short"), ("", "字" * 900)))
    assert pages(as_pdf(text)) == 1


def test_a_long_note_is_printed_whole_in_lines_and_no_row_is_divided(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    said: list[str] = []
    write_one = print_sheet_module._Printing._say

    def listen(self: object, text: str, *others: Any, **more: Any) -> None:
        said.append(text)
        write_one(self, text, *others, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(print_sheet_module._Printing, "_say", listen)
    note = " ".join(f"word{number}" for number in range(60))
    text = replace(printed(2), headings=("Time", "Note"), rows=tuple((f"09:{row}", note) for row in range(10, 50)))
    made = as_pdf(text)
    assert pages(made) > 1
    for number in range(1, pages(made) + 1):
        begin = said.index(text.title)
        end = said.index(text.title, begin + 1) if number < pages(made) else len(said)
        page, said = said[begin:end], said[end:]
        times = [one for one in page if one.startswith("09:")]
        assert times and " ".join(page).count(note) == len(times), "all of each note stands on the page of its row"
    assert print_sheet_module._shared([10.0, 90.0, 200.0], 200.0) == [10.0, 90.0, 100.0]


def test_a_printer_gets_the_same_pages(qapp: QApplication, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    load_faces()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(page_layout(printed(200)))
    assert print_sheet(printed(200), printer) >= 3
