"""How old data looks: lines across it that any screen draws alike, and alarms that can still be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.palette import Palette
from widgets.tile import hatch_brush
from widgets.tones import Tone

pytestmark = pytest.mark.slow


def hatched(unit: float, ratio: float) -> QImage:
    """A white square of 80 logical pixels with black lines of old data over it."""
    image = QImage(round(80 * ratio), round(80 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 80, 80, hatch_brush(QColor("black").rgba(), unit, ratio))
    painter.end()
    return image


def lines_in_row(image: QImage, y: int) -> int:
    dark = [image.pixel(x, y) & 0xFF < 128 for x in range(image.width())]
    return sum(after and not before for before, after in zip([dark[-1], *dark], dark, strict=False))


@pytest.mark.parametrize(("unit", "ratio", "apart"), [(1.0, 1.0, 8), (2.0, 1.0, 16), (1.0, 2.0, 8), (0.5, 2.0, 8)])
def test_the_lines_over_old_data_are_as_far_apart_at_every_pixel_ratio_and_never_broken(
    qapp: QApplication, unit: float, ratio: float, apart: int
) -> None:
    image = hatched(unit, ratio)
    assert {lines_in_row(image, y) for y in range(image.height())} == {80 // apart}


def contrast(one: QColor, other: QColor) -> float:
    """By the WCAG formula."""

    def luminance(colour: QColor) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
        return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", [Tone.WARN, Tone.CRITICAL])
def test_an_old_alarm_can_be_read_like_any_other_old_value(palette: Palette, tone: Tone) -> None:
    old = palette.greyed
    assert contrast(old.text(tone), old.ground(tone)) >= 0.85 * contrast(old.text(Tone.CALM), old.ground(Tone.CALM))
    assert old.text(tone).hsvSaturation() == 0
