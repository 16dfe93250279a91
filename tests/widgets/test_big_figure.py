"""Everything a headline figure says is there, whole, apart from everything else, in every tone and at every size."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from console.theme import load_faces
from console.wall.grid import Density, places
from widgets.faces import CAP_SHARE, write
from widgets.palette import Palette
from widgets.texts import FigureText
from widgets.tones import Tone
from widgets.wall import big_figure
from widgets.wall.big_figure import BigFigure

pytestmark = pytest.mark.slow

SIZES = ((1280, 800), (1920, 1080), (1080, 1920))
ENGLISH = (
    FigureText("Answer rate", "30 min", "96.4", "%", "target ≥ 95%", trend=(95.0, 96.4), trend_target=95.0),
    FigureText("Service level", "30 min", "100", "%", "≥ 80% in 20 s · easing", trend=(81.0, 82.0)),
    FigureText("Waiting", "now", "12", "", "limit 10", trend=(7.0, 12.0)),
    FigureText("Longest wait", "now", "03:12", "", "limit 02:00"),
)
CHINESE = (
    FigureText("接通率", "30 分", "96.4", "%", "目标 ≥ 95%", trend=(95.0, 96.4), trend_target=95.0),
    FigureText("服务水平", "30 分", "100", "%", "≥ 80%/20 秒 · 回落中", trend=(81.0, 82.0)),
    FigureText("排队", "Waiting", "12", "通", "阈值 10", trend=(7.0, 12.0)),
    FigureText("最长等待", "Longest", "03:12", "", "阈值 02:00"),
)


class Written:
    """Takes the place of `write` and remembers where each text stands, capitals and digits only."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.boxes: dict[str, QRectF] = {}
        self.signs: list[QRectF] = []
        monkeypatch.setattr(big_figure, "write", self)
        sign = big_figure.draw_sign

        def signed(painter: QPainter, tone: Tone, centre: object, side: float, *more: object, **named: bool) -> None:
            self.signs.append(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))  # type: ignore[attr-defined]
            sign(painter, tone, centre, side, *more, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(big_figure, "draw_sign", signed)

    def __call__(
        self, painter: QPainter, x: float, baseline: float, text: str, pixels: float, colour: QColor, bold: bool = False
    ) -> float:
        width = write(painter, x, baseline, text, pixels, colour, bold)
        if text:
            self.boxes[text] = QRectF(x, baseline - pixels * CAP_SHARE, width, pixels * CAP_SHARE)
        return width


def painted(tile: BigFigure, dpr: float = 1.0) -> None:
    pixmap = QPixmap(tile.size() * dpr)
    pixmap.setDevicePixelRatio(dpr)
    tile.render(pixmap)


def row(palette: Palette, texts: tuple[FigureText, ...], size: tuple[int, int], density: Density) -> list[BigFigure]:
    """Four tiles as they stand on a page."""
    where, tiles = places(*size, density), [BigFigure(palette) for _ in range(4)]
    for tile, text, rect in zip(tiles, texts, where.tiles, strict=True):
        tile.setGeometry(rect)
        tile.set_look(palette, where.unit, density.grow)
        tile.set_text(text)
    crowded = any(tile.is_crowded() for tile in tiles)
    for tile in tiles:
        tile.set_under(crowded)
    return tiles


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh_CN"])
def test_no_word_of_a_figure_is_left_out_or_touches_another_in_any_tone(
    texts: tuple[FigureText, ...], density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch)
    sizes = [*((size, 1.0) for size in SIZES), ((1280, 800), 2.0)]
    for (size, dpr), tone in itertools.product(sizes, (Tone.CALM, Tone.WARN)):
        for tile, text in zip(row(dark, texts, size, density), texts, strict=True):
            written.boxes.clear()
            written.signs.clear()
            tile.set_text(replace(text, tone=tone))
            painted(tile, dpr)
            said = {text.label, text.sublabel, text.value, text.unit, text.target} - {""}
            assert set(written.boxes) == said, (size, tone)
            boxes = [*written.boxes.values(), *written.signs]
            assert len(written.signs) == (tone is Tone.WARN)
            assert all(QRectF(tile.rect()).contains(box) for box in boxes), (size, tone, text)
            assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), (size, tone, text)


def test_a_figure_that_turns_amber_moves_nothing(dark: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    load_faces()
    written = Written(monkeypatch)
    tile = row(dark, ENGLISH, (1280, 800), Density.S)[0]
    corners = []
    for tone in (Tone.CALM, Tone.WARN, Tone.CRITICAL):
        tile.set_text(replace(ENGLISH[0], tone=tone))
        painted(tile)
        corners.append({text: box.bottomLeft() for text, box in written.boxes.items()})
    assert corners[0] == corners[1] == corners[2]


@pytest.mark.parametrize("target", ["All queues · target ≥ 95%", "target ≥ 95% · easing", "整个现场 · 目标 ≥ 95%"])
def test_the_words_of_a_target_take_no_trend_its_place(
    dark: Palette, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    load_faces()
    drawn = list[QRectF]()
    monkeypatch.setattr("widgets.wall.big_figure.draw_trend", lambda _, points, limit, at, *more: drawn.append(at))
    written = Written(monkeypatch)
    for size in ((1920, 1080), (1280, 800)):
        tile = row(dark, (replace(ENGLISH[0], target=target), *ENGLISH[1:]), size, Density.S)[0]
        written.boxes.clear()
        drawn.clear()
        painted(tile)
        (place,) = drawn
        assert place.right() <= tile.width() and written.boxes[target].right() <= place.left()


def test_a_target_that_says_too_much_ends_in_an_ellipsis_inside_the_tile(
    dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch)
    long = replace(ENGLISH[0], target="All queues · target ≥ 95% · at worst 91.2% · gap")
    for density in Density:
        tile = row(dark, (long, *ENGLISH[1:]), (1280, 800), density)[0]
        written.boxes.clear()
        painted(tile)
        (shown,) = (text for text in written.boxes if text.startswith("All queues"))
        assert shown.endswith("…") and "95%" in shown
        assert written.boxes[shown].right() <= tile.width()


def test_only_a_row_that_lacks_the_room_puts_its_sub_labels_below(qapp: QApplication, dark: Palette) -> None:
    load_faces()
    assert [tile.is_crowded() for tile in row(dark, ENGLISH, (1280, 800), Density.S)] == [True, True, False, True]
    assert not any(tile.is_crowded() for tile in row(dark, CHINESE, (1280, 800), Density.S))
