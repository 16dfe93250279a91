"""Shapes can be told apart without any colour; icons exist, parse and take the colour they are given."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets import shapes
from widgets.elapsed import age_text, clock_text
from widgets.icons import icon_names, icon_pixmap
from widgets.palette import Palette
from widgets.shapes import draw_shape, draw_sign
from widgets.texts import Shape
from widgets.tones import Tone

pytestmark = pytest.mark.slow


def canvas() -> QImage:
    image = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def drawn(shape: Shape) -> QImage:
    image = canvas()
    painter = QPainter(image)
    draw_shape(painter, shape, QPointF(24, 24), 34, QColor("white"))
    painter.end()
    return image


def signed(tone: Tone, palette: Palette, solid: bool) -> QImage:
    image = canvas()
    painter = QPainter(image)
    draw_sign(painter, tone, QPointF(24, 24), 40, palette, solid=solid)
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> int:
    """How many pixels of the two differ clearly in opacity."""
    return sum(
        abs(one.pixelColor(x, y).alpha() - other.pixelColor(x, y).alpha()) > 100 for x in range(48) for y in range(48)
    )


def test_every_two_states_differ_in_shape_alone(qapp: QApplication) -> None:
    images = {shape: drawn(shape) for shape in Shape}
    for one, other in itertools.combinations(Shape, 2):
        assert difference(images[one], images[other]) > 40, (one, other)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("size", [12, 15, 20, 37, 50, 100])
@pytest.mark.parametrize("tone", [Tone.CRITICAL, Tone.WARN, Tone.INFO])
def test_the_picture_of_a_sign_cuts_nothing_off(qapp: QApplication, tone: Tone, size: int, ratio: float) -> None:
    white = QColor("white").rgba()
    image = shapes._signed(tone, size * 4, (white, white, white), ratio).toImage()
    wide, high = image.width(), image.height()
    edge = [(x, y) for x in range(wide) for y in (0, high - 1)] + [(x, y) for x in (0, wide - 1) for y in range(high)]
    assert not any(image.pixelColor(x, y).alpha() for x, y in edge)


def test_alarm_signs_differ_in_shape_alone_and_by_acknowledgement(dark: Palette) -> None:
    tones = (Tone.CRITICAL, Tone.WARN, Tone.INFO)
    for one, other in itertools.combinations(tones, 2):
        assert difference(signed(one, dark, False), signed(other, dark, False)) > 40
    for tone in tones:
        assert difference(signed(tone, dark, True), signed(tone, dark, False)) > 200


def test_calm_has_no_sign(dark: Palette) -> None:
    assert difference(signed(Tone.CALM, dark, True), canvas()) == 0


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icon_pixmap(name, 24, QColor("#FF0000"), 2.0).toImage()
    colours = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    inked = [colour for colour in colours if colour.alpha() > 200]
    assert len(inked) > 20
    assert all(colour.red() > 240 and colour.green() < 16 for colour in inked)


def test_icons_keep_to_the_grid_and_the_stroke(repository: Path) -> None:
    for path in (repository / "resources" / "icons").glob("*.svg"):
        text = path.read_text("utf-8")
        assert 'viewBox="0 0 24 24"' in text
        assert 'stroke-width="1.75"' in text
        assert 'stroke="currentColor"' in text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "00:00"), (0, "00:00"), (61.9, "01:01"), (3599, "59:59"), (3600, "1:00:00"), (90_061, "1 d 01 h")],
)
def test_a_duration_takes_few_characters(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.44, "0.4 s"), (9.94, "9.9 s"), (12.7, "12 s"), (75, "01:15")])
def test_an_age_grows_coarser(seconds: float, text: str) -> None:
    assert age_text(seconds) == text
