"""Tones and palettes: contrast as the design promises, and old data without any hue."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.widgets.conftest import palette_of
from widgets.palette import SHADES, Palette
from widgets.tones import Tone, worst

pytestmark = pytest.mark.slow


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours by the WCAG formula."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_text_colour_can_be_read_on_its_ground(palette: Palette) -> None:
    for text in (palette.hi, palette.mid, palette.low):
        assert contrast(text, palette.panel) >= 4.5
        assert contrast(text, palette.bg) >= 4.5
    for tone in (Tone.WARN, Tone.CRITICAL, Tone.INFO):
        assert contrast(palette.text(tone), palette.ground(tone)) >= 4.5
        assert contrast(palette.ink(tone), palette.fill(tone)) >= 4.5


@pytest.mark.parametrize("name", ["contrast-light", "contrast-dark"])
def test_high_contrast_keeps_seven_to_one_for_every_text_on_every_ground_it_stands_on(
    repository: Path, qapp: QApplication, name: str
) -> None:
    palette = palette_of(repository, name)
    grounds = [getattr(palette, ground) for ground in ("bg", "panel", "raised", "critbg", "warnbg", "infobg", *SHADES)]
    for text in (palette.hi, palette.mid, palette.low):
        assert min(contrast(text, ground) for ground in grounds) >= 7
    for tone in (Tone.WARN, Tone.CRITICAL, Tone.INFO):
        for ground in (palette.bg, palette.panel, palette.raised, palette.ground(tone)):
            assert contrast(palette.text(tone), ground) >= 7
        assert contrast(palette.ink(tone), palette.fill(tone)) >= 7
    for edge in (palette.line, palette.d1, palette.d2, palette.d3, palette.info):
        assert contrast(edge, palette.panel) >= 3, "what is no text, but has to be seen"
    assert contrast(palette.greyed.hi, palette.greyed.panel) >= 7, "old data too"


def test_classic_colours_can_be_read_and_are_grey_again_once_old(palette: Palette) -> None:
    classic = replace(palette, classic=True)
    assert len({classic.shade(name).name() for name in (*SHADES, "")}) == 4
    for name in SHADES:
        assert contrast(palette.hi, classic.shade(name)) >= 4.5
        assert contrast(palette.mid, classic.shade(name)) >= 4.5
        assert palette.shade(name) == palette.raised, "grey is normal"
        assert classic.greyed.shade(name) == classic.greyed.raised


def test_old_data_has_no_hue_and_can_still_be_read(palette: Palette) -> None:
    grey = palette.greyed
    for field in Palette.__struct_fields__:
        colour = getattr(grey, field)
        if isinstance(colour, QColor):
            assert (
                max(colour.red(), colour.green(), colour.blue()) - min(colour.red(), colour.green(), colour.blue()) <= 1
            ), field
    assert contrast(grey.hi, grey.panel) >= 3.0


def test_calm_has_no_hue(palette: Palette) -> None:
    for colour in (palette.text(Tone.CALM), palette.fill(Tone.CALM)):
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        assert max(parts) - min(parts) < 0.06


@pytest.mark.parametrize(
    ("tones", "expected"),
    [
        ((), Tone.CALM),
        ((Tone.CALM, Tone.WARN), Tone.WARN),
        ((Tone.CRITICAL, Tone.WARN), Tone.CRITICAL),
        ((Tone.INFO, Tone.STALE), Tone.INFO),
    ],
)
def test_the_worst_tone_wins(tones: tuple[Tone, ...], expected: Tone) -> None:
    assert worst(*tones) is expected


def test_a_theme_that_lacks_a_token_is_refused(dark: Palette) -> None:
    with pytest.raises(KeyError, match="bg"):
        Palette.from_tokens({"name": "empty"})
