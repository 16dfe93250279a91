"""The colours of a theme by token, and what each tone looks like in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from PySide6.QtGui import QColor

from widgets.tones import Tone

STALE_STRENGTH, STALE_STRENGTH_HIGH = 0.58, 0.85
"""How much of a colour's difference from the window ground is left once its data is old; with high contrast more."""


SHADES = ("free", "busy", "away")
"""What the classic colours tell apart: green, amber, red."""


class Palette(Struct, frozen=True, dict=True):
    """The colours of one theme by token, as the design language names them."""

    name: str
    bg: QColor
    panel: QColor
    raised: QColor
    line: QColor
    hi: QColor
    mid: QColor
    low: QColor
    d1: QColor
    d2: QColor
    d3: QColor
    crit: QColor
    critbg: QColor
    critink: QColor
    warn: QColor
    warnfill: QColor
    warnbg: QColor
    warnink: QColor
    info: QColor
    infobg: QColor
    infoink: QColor
    free: QColor
    busy: QColor
    away: QColor
    classic: bool = False
    """Whether the grounds `free`, `busy` and `away` are wanted; grey is normal otherwise."""

    @classmethod
    def from_tokens(cls, tokens: Mapping[str, str], *, classic: bool = False) -> Palette:
        """Build a palette from token names to `#RRGGBB`; raises `KeyError` naming a missing token."""
        colours: dict[str, Any] = {field: QColor(tokens[field]) for field in cls._colours()}
        return cls(name=tokens["name"], classic=classic, **colours)

    @classmethod
    def _colours(cls) -> tuple[str, ...]:
        return tuple(field for field in cls.__struct_fields__ if field not in ("name", "classic"))

    @cached_property
    def greyed(self) -> Palette:
        """The same palette without any hue and nearer to the ground: the look of old data.

        A red or an amber has less contrast as a grey than plain text, so old alarms are written in the text's grey.
        """
        strength = STALE_STRENGTH_HIGH if self.is_firm else STALE_STRENGTH
        colours: dict[str, Any] = {field: _greyed(getattr(self, field), self.bg, strength) for field in self._colours()}
        colours["crit"] = colours["warn"] = colours["hi"]
        return Palette(name=f"{self.name}-stale", **colours)  # old states are no traffic light

    @cached_property
    def hatch(self) -> QColor:
        """The colour of the lines drawn over old data."""
        colour = QColor(self.low)
        colour.setAlpha(62)
        return colour

    @property
    def is_dark(self) -> bool:
        return self.bg.lightness() < 128

    @property
    def is_firm(self) -> bool:
        """Whether it is one of high contrast."""
        return self.name.startswith("contrast-")

    def shade(self, name: str) -> QColor:
        """The ground of something that is `free`, `busy`, `away` or none of these."""
        return getattr(self, name) if self.classic and name in SHADES else self.raised

    def text(self, tone: Tone) -> QColor:
        """The colour of a value of that tone."""
        if tone is Tone.CRITICAL:
            return self.crit
        if tone is Tone.WARN:
            return self.warn
        if tone is Tone.INFO:
            return self.info
        return self.low if tone is Tone.STALE else self.hi

    def fill(self, tone: Tone) -> QColor:
        """The colour of a shape, a block or a line that carries that tone."""
        if tone is Tone.WARN:
            return self.warnfill
        return self.d1 if tone in (Tone.CALM, Tone.STALE) else self.text(tone)

    def stroke(self, tone: Tone) -> QColor:
        """The colour of a thin line of that tone: on light grounds the fill of a warning would be too faint for one."""
        return self.warn if tone is Tone.WARN else self.fill(tone)

    def ground(self, tone: Tone) -> QColor:
        """The colour behind something of that tone."""
        if tone is Tone.CRITICAL:
            return self.critbg
        if tone is Tone.WARN:
            return self.warnbg
        return self.infobg if tone is Tone.INFO else self.panel

    def ink(self, tone: Tone) -> QColor:
        """The colour of a mark drawn upon `fill(tone)`."""
        if tone is Tone.CRITICAL:
            return self.critink
        return self.infoink if tone is Tone.INFO else self.warnink

    def edge(self, tone: Tone) -> QColor:
        """The colour of the bar and the outline of that tone (the fill alone can be too faint on light grounds)."""
        return self.text(tone) if tone in (Tone.CRITICAL, Tone.INFO) else self.fill(tone)


def mixed(over: QColor, under: QColor, share: float) -> QColor:
    """The colour that lies `share` (0 to 1) of the way from `under` to `over`."""
    return QColor.fromRgbF(
        under.redF() + (over.redF() - under.redF()) * share,
        under.greenF() + (over.greenF() - under.greenF()) * share,
        under.blueF() + (over.blueF() - under.blueF()) * share,
    )


def _greyed(colour: QColor, ground: QColor, strength: float) -> QColor:
    luma = 0.299 * colour.redF() + 0.587 * colour.greenF() + 0.114 * colour.blueF()
    return mixed(QColor.fromRgbF(luma, luma, luma), _grey_of(ground), strength)


def _grey_of(colour: QColor) -> QColor:
    luma = 0.299 * colour.redF() + 0.587 * colour.greenF() + 0.114 * colour.blueF()
    return QColor.fromRgbF(luma, luma, luma)
