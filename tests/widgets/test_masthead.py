"""The head of the wall says whose figures these are and how old, on every screen."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from console.theme import load_faces
from console.wall.grid import Density, places
from tests.widgets.written import Written
from widgets.palette import Palette
from widgets.texts import Badge, BannerText, MastheadText
from widgets.wall import masthead
from widgets.wall.masthead import CORNER, Masthead

pytestmark = pytest.mark.slow

SIZES = ((1920, 1080), (1280, 800), (1024, 768), (1080, 1920), (3440, 1440))
TEXT = MastheadText(
    short="95518", name="Beijing Service Centre", page="Special services", date="Fri 27 Nov", proof="Simulated 0.0 s",
    badges=(Badge("Simulated"),),
)  # fmt: skip
LOST = BannerText("No data for 00:02", "values as of 10:31:28  ·  reconnecting, attempt 1")
OLD = BannerText("数据中断 00:02", "显示 10:31:28 的数值  ·  正在重连（第 1 次）  ·  STALE")


def head(palette: Palette, size: tuple[int, int]) -> tuple[Masthead, QRectF]:
    """The head, and where the clock stands upon it."""
    where, made = places(*size, Density.S), Masthead(palette)
    made.setGeometry(where.masthead)
    made.set_look(palette, where.unit)
    clock = QRectF(where.clock.translated(-where.masthead.topLeft()))
    return made, clock


@pytest.mark.parametrize("name", ["Beijing Service Centre", "中国人民财产保险股份有限公司北京客户服务中心"])
def test_the_page_is_named_whole_and_the_floor_gives_way(
    name: str, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, masthead)
    for size in SIZES:
        made, clock = head(dark, size)
        made.set_text(replace(TEXT, name=name))
        written.paint(made)
        assert {"95518", "Special services", "Simulated", "Fri 27 Nov", "Simulated 0.0 s"} <= set(written.boxes), size
        boxes = [*written.boxes.values(), clock]
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), size


@pytest.mark.parametrize(
    ("date", "page", "modes"),
    [
        ("Thu 23 Dec 1999", "Special services 1/2", ("Replay", "Paused")),
        ("1999年12月23日 周四", "报案理赔组", ("回放", "已暂停")),
    ],
)
def test_a_paused_replay_with_its_year_leaves_the_page_its_name(
    date: str, page: str, modes: tuple[str, ...], dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, masthead)
    for size in SIZES:
        made, clock = head(dark, size)
        made.set_text(replace(TEXT, page=page, date=date, badges=tuple(Badge(mode, "", "replay") for mode in modes)))
        written.paint(made)
        assert {"95518", page, date, *modes} <= set(written.boxes), (size, list(written.boxes))
        boxes = [*written.boxes.values(), clock]
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), size
        assert written.sizes[page] >= 42 * made._unit * 0.69


@pytest.mark.parametrize("banner", [LOST, OLD], ids=["en", "zh_CN"])
def test_a_banner_says_how_old_and_of_which_moment_on_every_screen(
    banner: BannerText, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, masthead)
    for size in SIZES:
        made, clock = head(dark, size)
        made.set_text(replace(TEXT, banner=banner))
        written.paint(made)
        assert set(written.boxes) == {banner.title, banner.detail}, size
        assert not any(box.intersects(clock) for box in written.boxes.values()), size


@pytest.mark.parametrize("page", ["Special services", "Service", "专项服务组"])
def test_a_banner_over_what_is_partly_live_names_the_page_besides(
    page: str, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, masthead)
    lost = BannerText("Second exchange: no data for 3 d 00 h", "values of 11-19 14:32", partly=True)
    for size in SIZES:
        made, clock = head(dark, size)
        made.set_text(replace(TEXT, page=page, banner=lost))
        written.paint(made)
        assert set(written.boxes) == {lost.title, lost.detail, page}, size
        boxes = [*written.boxes.values(), clock]
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), size
        assert all(made.rect().contains(box.toAlignedRect()) for box in boxes[:-1]), size
        made.set_text(replace(TEXT, page="All queues", banner=lost))
        written.paint(made)
        assert "All queues" in written.boxes


def test_a_banner_on_an_upright_screen_leaves_the_clock_its_corner(dark: Palette) -> None:
    load_faces()
    made, clock = head(dark, (1080, 1920))
    made.set_text(replace(TEXT, banner=LOST))
    picture = made.grab().toImage()
    assert picture.pixelColor(clock.center().toPoint()) == dark.bg
    assert picture.pixelColor(round(made.width() - CORNER / 2), made.height() - 20) == dark.warnfill
    assert picture.pixelColor(20, 20) == dark.warnfill


@pytest.mark.parametrize("size", SIZES)
def test_a_lost_source_with_a_long_name_still_tells_the_age(
    size: tuple[int, int], dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, masthead)
    made, _ = head(dark, size)
    title = "数据源 上海灾备呼叫平台（二号楼三层机房甲区第四机柜）中断 00:42"
    made.set_text(replace(TEXT, banner=replace(OLD, title=title, partly=True)))
    written.paint(made)
    (said,) = (text for text in written.boxes if text.startswith("数据源"))
    assert said.endswith("00:42")


def test_a_floor_of_which_a_few_letters_would_be_left_is_not_named(
    dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, masthead)
    made, _ = head(dark, (1920, 1080))
    page = "Motor and Non-Motor Claims Reception Group 1"
    made.set_text(replace(TEXT, badges=(), name="PICC Property and Casualty Beijing Branch", page=page))
    written.paint(made)
    assert page in written.boxes
    assert not any(text.startswith("PI") and len(text) < 10 for text in written.boxes), list(written.boxes)
