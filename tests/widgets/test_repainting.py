"""Each tile repaints only what differs: nothing for the same text, one cell for one number, one sign for a blink."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.theme import load_faces
from widgets.faces import Side
from widgets.palette import Palette
from widgets.texts import (
    AlarmText,
    BannerText,
    Cell,
    Column,
    ColumnKind,
    FigureText,
    MastheadText,
    SeatBlock,
    SeatCell,
    Shape,
    TableRow,
    TallyLine,
    TallyText,
)
from widgets.tile import Tile
from widgets.tones import Tone
from widgets.wall.alarm_line import AlarmLine
from widgets.wall.big_figure import BigFigure
from widgets.wall.clock import Clock
from widgets.wall.key_table import KeyTable
from widgets.wall.masthead import Masthead
from widgets.wall.seat_map import SeatMap
from widgets.wall.shape_tally import ShapeTally

pytestmark = pytest.mark.slow

FIGURE = FigureText("接通率", "Answered", "96.4", "%", "目标 ≥ 95%", trend=(95.0, 96.0, 96.4), trend_target=95.0)
COLUMNS = (
    Column("队列", ColumnKind.NAME),
    Column("排队", ColumnKind.GAUGE),
    Column("最长"),
    Column("接通率", content=108),
    Column("空闲", content=121, optional=True),
)


def row(key: str, waiting: int = 1, longest: str = "00:21", tone: Tone = Tone.CALM, urgent: bool = False) -> TableRow:
    cells = (
        Cell(key),
        Cell(str(waiting), bold=True, filled=waiting),
        Cell(longest),
        Cell("98%"),
        Cell("1", tail="/ 7"),
    )
    return TableRow(key, cells, "Claims", tone, urgent=urgent)


class Recorder:
    """Remembers the rectangles that a tile paints."""

    def __init__(self, tile: Tile, monkeypatch: pytest.MonkeyPatch) -> None:
        self.region = QRegion()
        self.events = 0
        original: Callable[[QPaintEvent], None] = tile.paintEvent

        def record(event: QPaintEvent) -> None:
            self.region = self.region.united(event.region())
            self.events += 1
            original(event)

        monkeypatch.setattr(tile, "paintEvent", record)

    def forget(self) -> None:
        self.region, self.events = QRegion(), 0

    @property
    def box(self) -> QRect:
        return self.region.boundingRect()


def shown(qtbot: QtBot, tile: Tile, width: int = 1248, height: int = 506) -> Tile:
    tile.resize(width, height)
    qtbot.addWidget(tile)
    with qtbot.waitExposed(tile):
        tile.show()
    return tile


def settle(qtbot: QtBot, widget: QWidget) -> None:
    from PySide6.QtCore import QCoreApplication

    for _ in range(3):
        QCoreApplication.processEvents()


def test_the_same_figure_paints_nothing_and_another_value_only_the_value(
    qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    tile = BigFigure(dark)
    paints = Recorder(tile, monkeypatch)
    shown(qtbot, tile, 445, 322)
    tile.set_text(FIGURE)
    settle(qtbot, tile)
    paints.forget()
    tile.set_text(replace(FIGURE))
    settle(qtbot, tile)
    assert paints.events == 0
    tile.set_text(replace(FIGURE, value="96.5"))
    settle(qtbot, tile)
    assert paints.events == 1
    assert paints.box.top() >= 80
    assert paints.box.bottom() <= 226


def test_one_number_of_a_table_paints_one_cell(qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    table = KeyTable(dark)
    paints = Recorder(table, monkeypatch)
    shown(qtbot, table)
    table.set_columns(COLUMNS, 7)
    table.set_rows((row("a"), row("b"), row("c")))
    settle(qtbot, table)
    paints.forget()
    table.set_rows((row("a"), row("b", longest="00:22"), row("c")))
    settle(qtbot, table)
    assert paints.box.width() < 200
    assert paints.box.height() < 70
    paints.forget()
    table.set_rows((row("a"), row("b", longest="00:22"), row("c")))
    settle(qtbot, table)
    assert paints.events == 0


def test_a_blink_paints_nothing_but_signs(qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    table = KeyTable(dark)
    paints = Recorder(table, monkeypatch)
    shown(qtbot, table)
    table.set_columns(COLUMNS, 7)
    table.set_rows((row("a"), row("b", tone=Tone.CRITICAL, urgent=True), row("c", tone=Tone.CRITICAL)))
    settle(qtbot, table)
    paints.forget()
    table.set_lit(False)
    settle(qtbot, table)
    assert paints.region.rectCount() == 1
    assert paints.box.width() < 60
    assert paints.box.height() < 60


def test_a_stale_tile_does_not_blink(qtbot: QtBot, dark: Palette) -> None:
    figure = BigFigure(dark)
    figure.resize(445, 322)
    qtbot.addWidget(figure)
    figure.set_text(replace(FIGURE, tone=Tone.CRITICAL, urgent=True))
    figure.set_stale(True)
    lit = figure.grab().toImage()
    figure.set_lit(False)
    assert figure.grab().toImage() == lit


def test_a_blinking_sign_disappears_and_returns(qtbot: QtBot, dark: Palette) -> None:
    figure = BigFigure(dark)
    figure.resize(445, 322)
    qtbot.addWidget(figure)
    figure.set_text(replace(FIGURE, tone=Tone.CRITICAL, urgent=True))
    lit = figure.grab().toImage()
    figure.set_lit(False)
    assert figure.grab().toImage() != lit
    figure.set_lit(True)
    assert figure.grab().toImage() == lit


def test_the_age_of_the_data_paints_only_its_own_line(
    qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = Masthead(dark)
    paints = Recorder(head, monkeypatch)
    shown(qtbot, head, 1527, 98)
    text = MastheadText("95518", "北京客服中心", "全部队列", "11月22日 周日", "实时  0.4 s")
    head.set_text(text)
    settle(qtbot, head)
    paints.forget()
    head.set_text(replace(text, proof="实时  0.9 s"))
    settle(qtbot, head)
    assert paints.box.width() <= 260
    assert paints.box.height() <= 44


def test_one_seat_of_a_map_paints_one_cell(qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    field = SeatMap(dark)
    paints = Recorder(field, monkeypatch)
    shown(qtbot, field, 1840, 848)
    cells = [SeatCell(str(number), str(2300 + number), Shape.DISC) for number in range(110)]
    field.set_blocks((SeatBlock("报案", "", tuple(cells)),), 11)
    settle(qtbot, field)
    paints.forget()
    cells[57] = replace(cells[57], shape=Shape.RING)
    field.set_blocks((SeatBlock("报案", "", tuple(cells)),), 11)
    settle(qtbot, field)
    assert paints.box.width() < 180
    assert paints.box.height() < 100


def test_every_tile_survives_being_tiny_and_being_huge(qtbot: QtBot, dark: Palette) -> None:
    figure, table, tally = BigFigure(dark), KeyTable(dark), ShapeTally(dark)
    figure.set_text(replace(FIGURE, label="一个长得根本放不下的指标名称" * 3, value="1234567890"))
    table.set_columns(COLUMNS, 3)
    table.set_rows((row("一个长得根本放不下的队列名称" * 4),))
    tally.set_text(TallyText("座席", "Agents", "101 / 110", (TallyLine(Shape.DISC, "通话", "Talking", 71),)))
    field, line, head, clock = SeatMap(dark), AlarmLine(dark), Masthead(dark), Clock(dark)
    field.set_blocks((SeatBlock("x", "", (SeatCell("1", "2301", Shape.DASH, "10:00", Tone.WARN, True),)),), 11)
    line.set_text(AlarmText("救援专席" * 30, "14:30:06 起" * 9, "另有 9 条", Tone.CRITICAL, pages=40))
    head.set_text(
        MastheadText("95518", "北京客服中心" * 9, "全部队列" * 9, banner=BannerText("数据中断" * 9, "x" * 300))
    )
    clock.set_text("14:32:08")
    for tile in (figure, table, tally, field, line, head, clock):
        qtbot.addWidget(tile)
        for width, height, unit in ((8, 8, 0.2), (90, 40, 0.5), (3000, 1500, 3.0)):
            tile.resize(width, height)
            tile.set_look(dark, unit, 2.0)
            assert not tile.grab().isNull()


def test_columns_give_way_when_there_is_no_room(qtbot: QtBot, dark: Palette) -> None:
    table = KeyTable(dark)
    qtbot.addWidget(table)
    table.set_columns(COLUMNS, 7)
    table.resize(1248, 506)
    table.relayout()
    assert [place.column for place in table._places] == [0, 1, 2, 3, 4]
    assert table._places[1].blocks
    table.set_look(dark, 1.0, 1.5)
    assert not table._places[1].blocks, "first the blocks go"
    table.set_look(dark, 1.0, 2.0)
    assert [place.column for place in table._places] == [0, 1, 2, 3], "then what is optional"


@pytest.mark.parametrize("unit", [0.4, 1.0, 2.0])
def test_a_panel_leaves_no_pixel_of_its_tile_unpainted_and_its_corners_to_the_ground(
    qtbot: QtBot, dark: Palette, unit: float
) -> None:
    tile = Tile(dark)
    qtbot.addWidget(tile)
    tile.resize(200, 120)
    tile.set_look(dark, unit)
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    tile.render(image)
    colours = {image.pixelColor(x, y).name() for x in range(200) for y in range(120)}
    assert "#ff00ff" not in colours
    corners = {image.pixelColor(x, y).name() for x in (0, 199) for y in (0, 119)}
    if unit >= 1:
        assert corners == {dark.bg.name()}
    edges = {image.pixelColor(100, 0).name(), image.pixelColor(0, 60).name(), image.pixelColor(199, 60).name()}
    assert edges == {dark.panel.name()}


def test_headings_of_a_table_are_of_one_size_with_a_gap_between_them(
    qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    from widgets.wall import key_table

    load_faces()
    written: list[tuple[float, float, float, float]] = []

    def note(painter: object, x: float, baseline: float, text: str, size: float, colour: object, **more: Side) -> float:
        width = key_table.width_of(text, size)
        left = x - width if more["side"] is Side.RIGHT else x
        written.append((left, left + width, baseline, size))
        return width

    table = KeyTable(dark)
    table.resize(1248, 506)
    table.set_look(dark, 1.0, 1.5)
    names = ("Queue", "Waiting", "Longest", "Answer rate", "Ready / staffed")
    table.set_columns(tuple(replace(column, title=name) for column, name in zip(COLUMNS, names, strict=True)), 4)
    monkeypatch.setattr(key_table, "write", note)
    shown(qtbot, table)
    settle(qtbot, table)
    assert len(written) >= len(names)
    assert len({size for *_, size in written}) == 1
    for line in {baseline for _, _, baseline, _ in written}:
        heads = [(left, right) for left, right, baseline, _ in written if baseline == line]
        assert all(right + 16 <= left for (_, right), (left, _) in itertools.pairwise(heads))


def test_where_there_is_one_page_how_many_alarms_there_are_stands_at_the_edge(
    qtbot: QtBot, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    from widgets.wall import alarm_line

    rights: dict[str, float] = {}

    def note(painter: object, x: float, baseline: float, text: str, *more: object, side: Side = Side.LEFT) -> float:
        rights[text] = x
        return 100.0

    monkeypatch.setattr(alarm_line, "write", note)
    for pages in (1, 6):
        line = AlarmLine(dark)
        line.set_text(AlarmText("t", "d", "1 more", Tone.CRITICAL, pages=pages))
        shown(qtbot, line, 1840, 52)
        settle(qtbot, line)
        assert rights["1 more"] == (1840 - 28 if pages == 1 else 1840 - 28 - 20 - 6 * 32)
