"""A table as plain text: what a view shows, to be copied, written as CSV or printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTreeView

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in the width of Chinese characters as well."""
GUARD = "'"
_LASTS = re.compile(r"\d\d:\d\d")
_SORTED = (" ↑", " ↓")
_SHOWN, _SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
_SIDE = Qt.ItemDataRole.TextAlignmentRole


class Sheet(Struct, frozen=True):
    """Headings and rows of text; every row has as many cells as there are headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns that are read from the right: numbers and how long something lasts."""


def sheet_of(view: QAbstractItemView, *, chosen: bool = False) -> Sheet:
    """What a view shows, as it is ordered and filtered there; with `chosen` the chosen rows alone, if there are any.

    A list view has no headings: its rows are what a screen reader says of them, unless it has `sheet` to say it better.
    """
    own = getattr(view, "sheet", None)
    if callable(own):
        made: Sheet = own(chosen=chosen)
        return made
    model = view.model()
    columns = _columns(view)
    rows = _rows(view, chosen)
    role = _SHOWN if isinstance(view, QTableView | QTreeView) else _SPOKEN
    headings = tuple(str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns)
    if not isinstance(view, QTableView | QTreeView):
        headings = (view.accessibleName(),)
    cells = tuple(tuple(_text(model, model.index(row, column), role) for column in columns) for row in rows)
    sides = [model.headerData(column, Qt.Orientation.Horizontal, _SIDE) for column in columns]
    numbers = frozenset(place for place, side in enumerate(sides) if int(side or 0) & int(Qt.AlignmentFlag.AlignRight))
    return Sheet(view.accessibleName(), headings, cells, numbers)


def _columns(view: QAbstractItemView) -> list[int]:
    """The columns in sight, from left to right."""
    count = view.model().columnCount()
    if isinstance(view, QTableView):
        header = view.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(count)]
        return [column for column in order if not view.isColumnHidden(column)]
    if isinstance(view, QTreeView):
        order = [view.header().logicalIndex(place) for place in range(count)]
        return [column for column in order if not view.isColumnHidden(column)]
    return list(range(min(1, count)))


def _rows(view: QAbstractItemView, chosen: bool) -> list[int]:
    picked = sorted({index.row() for index in view.selectionModel().selectedIndexes()}) if chosen else []
    every = picked or range(view.model().rowCount())
    if isinstance(view, QTableView):
        return [row for row in every if not view.isRowHidden(row)]
    return list(every)


def _text(model: QAbstractItemModel, index: QModelIndex, role: Qt.ItemDataRole) -> str:
    found = model.data(index, role)
    if found is None:  # an empty text is an empty cell
        found = model.data(index, _SPOKEN if role is _SHOWN else _SHOWN)
    return " ".join(str(found).split()) if found is not None else ""


def as_text(sheet: Sheet) -> str:
    """Lines of cells with tabs between, as spreadsheets and mails take them from the clipboard."""
    return "".join("\t".join(cells) + "\n" for cells in _for_a_spreadsheet(sheet))


def as_csv(sheet: Sheet) -> bytes:
    """CSV that Excel opens rightly: UTF-8 with its mark."""
    into = io.StringIO(newline="")
    csv.writer(into).writerows(_for_a_spreadsheet(sheet))
    return into.getvalue().encode("utf-8-sig")


def _for_a_spreadsheet(sheet: Sheet) -> Iterator[list[str]]:
    """Headings and rows with nothing that would be taken for a formula.

    Minutes and seconds have an hour in front, which a spreadsheet would take the minutes for.
    """
    yield [guarded(_unsorted(heading)) for heading in sheet.headings]
    for cells in sheet.rows:
        yield [guarded(_lasting(cell) if place in sheet.numbers else cell) for place, cell in enumerate(cells)]


def _unsorted(heading: str) -> str:
    """A heading without the mark of how a table is sorted: whoever reads the file goes by its name."""
    return heading[:-2] if heading.endswith(_SORTED) else heading


def _lasting(cell: str) -> str:
    return f"0:{cell}" if _LASTS.fullmatch(cell) else cell


def guarded(cell: str) -> str:
    """The cell, with a mark in front if a spreadsheet would take it for a formula; numbers are none."""
    if not cell.startswith(FORMULA):
        return cell
    try:
        float(cell.replace(",", "").rstrip("%"))
    except ValueError:
        return GUARD + cell
    return cell


def write(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file whole or not at all; raises FileExistsError for one that is there unless it may be replaced."""
    if not replace:
        path.touch(exist_ok=False)
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        if not replace:
            path.unlink(missing_ok=True)
        raise


def columns_of(sheet: Sheet) -> Sequence[Sequence[str]]:
    """The cells column by column, headings first."""
    return [(heading, *(row[place] for row in sheet.rows)) for place, heading in enumerate(sheet.headings)]
