"""The wall's alarm line: what is wrong is said whole, on an upright screen in two lines."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace

from console.theme import load_faces
from console.wall.grid import Density, places
from tests.widgets.written import Written
from widgets.palette import Palette
from widgets.texts import AlarmText
from widgets.tones import Tone
from widgets.wall import alarm_line
from widgets.wall.alarm_line import AlarmLine

pytestmark = pytest.mark.slow

ALARM = AlarmText(
    "Special services  Longest wait 03:12  over 02:00", "since 14:30:06  ·  not acknowledged", "15 more",
    Tone.CRITICAL, page=1, pages=6,
)  # fmt: skip
SHORT = AlarmText(
    "查勘调度  最长等待 03:12  超过 02:00", "14:30:06 起  ·  未确认", "另有 15 条", Tone.CRITICAL, pages=6
)


@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("text", [ALARM, SHORT], ids=["en", "zh_CN"])
def test_an_upright_screen_says_all_of_an_alarm_in_two_lines(
    text: AlarmText, density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, alarm_line)
    for size in ((1080, 1920), (768, 1024)):
        where, made = places(*size, density), AlarmLine(dark)
        made.setGeometry(where.alarms)
        made.set_look(dark, where.unit, density.grow)
        made.set_text(text)
        written.paint(made)
        assert set(written.boxes) == {text.title, text.detail, text.more}, (size, list(written.boxes))
        assert written.boxes[text.title].bottom() < written.boxes[text.detail].top()
        boxes = [*written.boxes.values(), *written.signs]
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2)), size
        assert all(made.rect().contains(box.toAlignedRect()) for box in boxes), size
        assert written.boxes[text.more].right() <= made._dots().left() + 1


@pytest.mark.parametrize("density", Density)
def test_a_wide_screen_says_an_alarm_whole_before_what_is_less_grave(
    density: Density, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, alarm_line)
    for size in ((1920, 1080), (1280, 800)):
        where, made = places(*size, density), AlarmLine(dark)
        made.setGeometry(where.alarms)
        made.set_look(dark, where.unit, density.grow)
        made.set_text(ALARM)
        written.paint(made)
        assert {ALARM.title, ALARM.more} <= set(written.boxes), size
        assert len({round(box.center().y()) for box in written.boxes.values()}) == 1


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("pages", [10, 33, 120])
def test_the_number_of_the_page_stands_clear_and_wholly_within_what_is_painted_when_it_turns(
    pages: int, density: Density, held: bool, dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, alarm_line)
    for size in ((1920, 1080), (1366, 768), (1080, 1920)):
        where, made = places(*size, density), AlarmLine(dark)
        made.setGeometry(where.alarms)
        made.set_look(dark, where.unit, density.grow)
        made.set_text(replace(ALARM, page=pages - 1, pages=pages, held=held))
        written.paint(made)
        number = written.boxes[f"{pages} / {pages}"]
        assert number.left() >= made._dots().left(), size
        assert number.left() - written.boxes[ALARM.more].right() >= 20 * where.unit, size


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800), (1080, 1920)])
def test_an_alarm_whose_scope_has_a_very_long_name_still_says_how_bad_it_is(
    size: tuple[int, int], dark: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_faces()
    written = Written(monkeypatch, alarm_line)
    where, made = places(*size, Density.L), AlarmLine(dark)
    made.setGeometry(where.alarms)
    made.set_look(dark, where.unit, Density.L.grow)
    title = "Nationwide motor claims reception and advice in the northern provinces  Longest wait 03:12  over 02:00"
    made.set_text(replace(ALARM, title=title))
    written.paint(made)
    (said,) = (text for text in written.boxes if text.startswith("Nation"))
    assert said != title and said.endswith("03:12  over 02:00")
