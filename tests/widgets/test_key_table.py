"""The wall's table at every reading distance: names can be read, and no number runs into another."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace

from console.theme import load_faces
from console.wall.grid import Density, places
from tests.widgets.written import Written
from widgets.palette import Palette
from widgets.texts import Cell, Column, ColumnKind, TableRow
from widgets.tones import Tone
from widgets.wall import key_table
from widgets.wall.key_table import KeyTable

pytestmark = pytest.mark.slow

SIZES = ((1920, 1080), (1280, 800), (1024, 768), (1080, 1920))
COLUMNS = (
    Column("Queue", ColumnKind.NAME), Column("Waiting", ColumnKind.GAUGE), Column("Longest"),
    Column("Answer rate", content=108), Column("Ready / staffed", content=121, optional=True),
)  # fmt: skip
TEAMS = (
    Column("Vendor / team", ColumnKind.NAME), Column("Talking", content=70), Column("Answered today", content=100),
    Column("Handle time today", optional=True), Column("Occupancy 30 min", content=90),
    Column("Ready / staffed", content=121),
)  # fmt: skip


def line(name: str, waiting: str = "128", longest: str = "1:02:34", tone: Tone = Tone.CRITICAL) -> TableRow:
    cells = (
        Cell(name), Cell(waiting, tone, bold=True, filled=6), Cell(longest, tone), Cell("100%", tone),
        Cell("0", tone, bold=True, tail="/ 38"),
    )  # fmt: skip
    return TableRow(name, cells, tone=tone)


def team(name: str) -> TableRow:
    cells = (Cell(name), Cell("12", bold=True), Cell("1,425", bold=True), Cell("03:27"), Cell("100%"), Cell("10"))
    return TableRow(name, (*cells[:-1], replace(cells[-1], bold=True, tail="/ 114")))


def table(palette: Palette, size: tuple[int, int], density: Density, columns: tuple[Column, ...]) -> KeyTable:
    where, made = places(*size, density), KeyTable(palette)
    made.setGeometry(where.table)
    made.set_look(palette, where.unit, density.grow)
    made.set_columns(columns, density.rows)
    return made


@pytest.mark.parametrize("density", Density)
def test_no_number_of_a_row_in_trouble_touches_another_nor_the_sign(
    density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    for size in SIZES:
        made = table(dark, size, density, COLUMNS)
        made.set_rows((line("Complaints"),))
        written.paint(made)
        boxes = [box for text, box in written.all if text not in {column.title for column in COLUMNS}]
        blocks = [place.left + made._blocks_width() for place in made._places if place.blocks and place.column == 1]
        assert "128" in written.boxes and "1:02:34" in written.boxes
        assert all(written.boxes["128"].left() >= right for right in blocks), size
        assert not any(one.intersects(other) for one, other in itertools.combinations([*boxes, *written.signs], 2)), (
            size, boxes,
        )  # fmt: skip
        assert all(box.left() >= 0 and box.right() <= made.width() for box in boxes), size


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("columns", [COLUMNS, TEAMS], ids=["queues", "teams"])
def test_usual_names_are_written_whole(
    columns: tuple[Column, ...], density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    names = ("Complaints", "Dispatch", "查勘调度") if columns is COLUMNS else ("Qingchuan 1", "Yunling 2", "晴川外包")
    for size in SIZES:
        made = table(dark, size, density, columns)
        made.set_rows(tuple(line(name) if columns is COLUMNS else team(name) for name in names))
        written.paint(made)
        assert set(names) <= set(written.boxes), (size, list(written.boxes))


@pytest.mark.parametrize("density", Density)
def test_why_a_row_is_tinted_is_always_said(
    density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    for size in SIZES:
        made = table(dark, size, density, COLUMNS)
        rows = (line("Complaints"), line("Dual agency", "0", "—", Tone.WARN))
        made.set_rows(rows)
        made.set_rows((rows[0], replace(rows[1], why="recovering")))
        written.paint(made)
        assert "recovering" in written.boxes, size
        (name,) = (box for text, box in written.all if text == "Dual agency")
        boxes = [name, written.boxes["recovering"], *written.signs]
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), size


def test_gaps_narrow_for_long_names_and_widen_again(dark: Palette) -> None:
    load_faces()
    made = table(dark, (1920, 1080), Density.S, COLUMNS)
    made.set_rows((line("VIP"),))
    wide = made._places[0].right
    made.set_rows((line("Complaints about claims in the north"),))
    assert made._places[0].right > wide
    assert [place.column for place in made._places] == [0, 1, 2, 3, 4]
    made.set_rows((line("VIP", "3"),))
    assert made._places[0].right == wide


@pytest.mark.parametrize("size", SIZES)
def test_names_that_differ_only_at_their_end_are_told_apart(
    size: tuple[int, int], dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    made = table(dark, size, Density.S, COLUMNS)
    made.set_rows(tuple(line(f"Nationwide motor claims reception and advice line {number}") for number in range(7)))
    written.paint(made)
    names = [text for text, _ in written.all if text.startswith("Nation")]
    assert [name[-1] for name in names] == list("0123456"), names
    assert len(set(names)) == 7


@pytest.mark.parametrize("density", Density)
def test_five_digits_of_staff_stand_clear_of_the_rate_beside_them(
    density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    for size in SIZES:
        made = table(dark, size, density, COLUMNS)
        row = line("VIP", "12,345", "12:02:34")
        made.set_rows((row, replace(row, cells=(*row.cells[:-1], Cell("12,345", bold=True, tail="/ 15,000")))))
        written.paint(made)
        boxes = [box for text, box in written.all if text not in {column.title for column in COLUMNS}]
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), (size, boxes)
        if "12,345" in written.boxes and "/ 15,000" in written.boxes:
            assert written.boxes["12,345"].height() > written.boxes["/ 15,000"].height() * 0.9, "read before the rest"


@pytest.mark.parametrize("size", SIZES)
def test_what_few_rows_have_more_goes_before_a_column_or_a_part_of_a_name(
    size: tuple[int, int], dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    made = table(dark, size, Density.S, COLUMNS)
    made.set_usual(1.0)
    made.set_rows((line("Complaints"), line("Dual agency")))
    usual = [place.column for place in made._places]
    made.set_look(dark, places(*size, Density.S).unit, 1.5)
    assert [place.column for place in made._places] == usual == [0, 1, 2, 3, 4]
    assert made._type > 1.0 or size == (1080, 1920), "and it is larger as far as there is room"
    written.paint(made)
    assert {"Complaints", "Dual agency"} <= set(written.boxes)


@pytest.mark.parametrize("size", SIZES)
def test_a_table_without_rows_has_headings_as_usual(
    size: tuple[int, int], dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, key_table)
    made = table(dark, size, Density.S, COLUMNS)
    made.set_usual(1.0)
    made.set_look(dark, places(*size, Density.S).unit, 1.5)
    written.paint(made)
    assert min(written.sizes.values()) >= places(*size, Density.S).unit * 22
    assert not any(one.intersects(other) for one, other in itertools.combinations(written.boxes.values(), 2))
