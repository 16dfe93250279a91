"""Everything a headline figure says is there, whole, apart from everything else, in every tone and at every size."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from console.theme import load_faces
from console.wall.grid import Density, places
from tests.widgets.written import Written
from widgets.palette import Palette
from widgets.texts import FigureText
from widgets.tones import Tone
from widgets.wall import big_figure
from widgets.wall.big_figure import BigFigure, line_up

pytestmark = pytest.mark.slow

SIZES = ((1280, 800), (1920, 1080), (1080, 1920))
ENGLISH = (
    FigureText("Answer rate", "30 min", "96.4", "%", "target ≥ 95%", trend=(95.0, 96.4), trend_target=95.0),
    FigureText("Service level", "30 min", "100", "%", "≥ 80% in 20 s", "at worst 79%", trend=(81.0, 82.0)),
    FigureText("Waiting", "now", "12", "", "limit 10", trend=(7.0, 12.0)),
    FigureText("Longest wait", "now", "03:12", "", "limit 02:00"),
)
CHINESE = (
    FigureText("接通率", "30 分", "96.4", "%", "目标 ≥ 95%", trend=(95.0, 96.4), trend_target=95.0),
    FigureText("服务水平", "30 分", "100", "%", "≥ 80%/20 秒", "恢复中", trend=(81.0, 82.0)),
    FigureText("排队", "Waiting", "12", "通", "阈值 10", trend=(7.0, 12.0)),
    FigureText("最长等待", "Longest", "03:12", "", "阈值 02:00"),
)


def row(palette: Palette, texts: tuple[FigureText, ...], size: tuple[int, int], density: Density) -> list[BigFigure]:
    """Four tiles as they stand on a page."""
    where, tiles = places(*size, density), [BigFigure(palette) for _ in range(4)]
    for tile, text, rect in zip(tiles, texts, where.tiles, strict=True):
        tile.setGeometry(rect)
        tile.set_look(palette, where.unit, density.grow)
        tile.set_text(text)
    line_up(tiles)
    return tiles


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh_CN"])
def test_no_word_of_a_figure_is_left_out_or_touches_another_in_any_tone(
    texts: tuple[FigureText, ...], density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, big_figure)
    sizes = [*((size, 1.0) for size in SIZES), ((1280, 800), 2.0)]
    for (size, dpr), tone in itertools.product(sizes, (Tone.CALM, Tone.WARN)):
        for tile, text in zip(row(dark, texts, size, density), texts, strict=True):
            tile.set_text(replace(text, tone=tone))
            written.paint(tile, dpr)
            said = {text.label, text.sublabel, text.value, text.unit, text.target, text.note} - {""}
            assert set(written.boxes) == said, (size, tone)
            boxes = [*written.boxes.values(), *written.signs]
            assert len(written.signs) == (tone is Tone.WARN)
            assert all(QRectF(tile.rect()).contains(box) for box in boxes), (size, tone, text)
            assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), (size, tone, text)


def test_a_figure_that_turns_amber_moves_nothing(dark: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    load_faces()
    written = Written(monkeypatch, big_figure)
    tile = row(dark, ENGLISH, (1280, 800), Density.S)[0]
    corners = []
    for tone in (Tone.CALM, Tone.WARN, Tone.CRITICAL):
        tile.set_text(replace(ENGLISH[0], tone=tone))
        written.paint(tile)
        corners.append({text: box.bottomLeft() for text, box in written.boxes.items()})
    assert corners[0] == corners[1] == corners[2]


@pytest.mark.parametrize("target", ["≥ 80% in 20 s", "target ≥ 99.5%", "目标 ≥ 95%"])
def test_the_words_of_a_target_take_no_trend_its_place(
    dark: Palette, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    load_faces()
    drawn = list[QRectF]()
    monkeypatch.setattr("widgets.wall.big_figure.draw_trend", lambda _, points, limit, at, *more: drawn.append(at))
    written = Written(monkeypatch, big_figure)
    for size in ((1920, 1080), (1280, 800)):
        tile = row(dark, (replace(ENGLISH[0], target=target), *ENGLISH[1:]), size, Density.S)[0]
        drawn.clear()
        written.paint(tile)
        (place,) = drawn
        assert place.right() <= tile.width() and written.boxes[target].right() <= place.left()


def test_a_target_that_says_too_much_ends_in_an_ellipsis_inside_the_tile(
    dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, big_figure)
    target, note = "target ≥ 95% of all that were offered and answered", "at worst 91.2% · gap · sample 8"
    long = replace(ENGLISH[0], target=target, note=note)
    for density in Density:
        tile = row(dark, (long, *ENGLISH[1:]), (1280, 800), density)[0]
        written.paint(tile)
        (shown,) = (text for text in written.boxes if text.startswith("target"))
        assert shown.endswith("…") and "95%" in shown
        assert all(box.right() <= tile.width() for box in written.boxes.values())


def test_only_a_row_that_lacks_the_room_puts_its_sub_labels_below(qapp: QApplication, dark: Palette) -> None:
    load_faces()
    assert [tile.is_crowded() for tile in row(dark, ENGLISH, (1280, 800), Density.S)] == [True, True, False, True]
    assert not any(tile.is_crowded() for tile in row(dark, CHINESE, (1280, 800), Density.S))


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh_CN"])
def test_targets_side_by_side_are_written_alike_and_so_are_values(
    texts: tuple[FigureText, ...], density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, big_figure)
    for size in SIZES:
        targets, values, baselines = set(), set(), set()
        for tile, text in zip(row(dark, texts, size, density), texts, strict=True):
            written.paint(tile)
            targets.add(written.sizes[text.target])
            values.add(written.sizes[text.value])
            baselines.add(round(written.boxes[text.target].bottom() * 4))
        assert len(targets) == len(values) == len(baselines) == 1, size


def test_digits_do_not_grow_when_a_neighbour_gets_shorter_but_a_very_long_one_is_small_alone(
    dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, big_figure)
    tiles = row(dark, CHINESE, (1920, 1080), Density.S)

    def sizes() -> list[float]:
        line_up(tiles)
        found = []
        for tile in tiles:
            written.paint(tile)
            found.append(written.sizes[tile.text.value])
        return found

    usual = sizes()
    tiles[3].set_text(replace(CHINESE[3], value="—"))
    assert sizes() == usual
    tiles[3].set_text(replace(CHINESE[3], value="11:02:34"))
    assert sizes()[:3] == usual[:3] and sizes()[3] < usual[3] * 0.8


def test_a_row_without_room_for_words_and_trends_has_no_trend_at_all(
    dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    drawn = list[QRectF]()
    monkeypatch.setattr("widgets.wall.big_figure.draw_trend", lambda _, points, limit, at, *more: drawn.append(at))
    written = Written(monkeypatch, big_figure)
    counts = []
    for density in Density:
        drawn.clear()
        for tile in row(dark, ENGLISH, (1920, 1080), density):
            written.paint(tile)
        counts.append(len(drawn))
    assert counts == [3, 3, 0]
    assert min(written.sizes[text.target] for text in ENGLISH[3:]) >= 50, "the room goes to the words"


def test_a_note_without_a_target_stands_in_its_place_clear_of_a_comma(
    dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, big_figure)
    tile = row(dark, ENGLISH, (1920, 1080), Density.S)[0]
    tile.set_text(replace(ENGLISH[0], target="", note="nobody staffed"))
    written.paint(tile)
    alone = written.boxes["nobody staffed"].bottom()
    tile.set_text(replace(ENGLISH[0], target="limit 8", note=""))
    written.paint(tile)
    assert alone == written.boxes["limit 8"].bottom()
