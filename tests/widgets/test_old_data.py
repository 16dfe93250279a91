"""How old data looks: alarms that can still be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from widgets.palette import Palette
from widgets.tones import Tone


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
