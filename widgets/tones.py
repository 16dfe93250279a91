"""Calm, info, warn, critical, stale: the only colour words that the widgets understand."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How urgently something wants to be looked at."""

    CALM = "calm"
    INFO = "info"
    WARN = "warn"
    CRITICAL = "critical"
    STALE = "stale"


_RANK = {Tone.CALM: 0, Tone.STALE: 1, Tone.INFO: 2, Tone.WARN: 3, Tone.CRITICAL: 4}


def worst(*tones: Tone) -> Tone:
    """The most urgent of the tones given; calm when there is none."""
    return max(tones, key=_RANK.__getitem__, default=Tone.CALM)
