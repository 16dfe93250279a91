"""What a plot of curves shows, as values: free of Qt and of what draws it."""

from __future__ import annotations

from msgspec import Struct

from widgets.tones import Tone


class CurveText(Struct, frozen=True):
    """One curve: `values` step by step, None where there is none, and the tone of each that is beyond its limit."""

    key: str
    label: str
    values: tuple[float | None, ...]
    tones: tuple[Tone, ...] = ()
    weight: int = 1
    """1 is the darkest and strongest of its pane, 3 the faintest."""
    dashed: bool = False


class LimitText(Struct, frozen=True):
    """A limit across a pane."""

    value: float
    label: str


class PaneText(Struct, frozen=True):
    """Curves that share an axis; `low` and `high` fix it, None lets it fit."""

    title: str
    curves: tuple[CurveText, ...]
    limits: tuple[LimitText, ...] = ()
    low: float | None = 0.0
    high: float | None = None


class CurvesText(Struct, frozen=True):
    """All panes over the same steps.

    `ticks` are (step, label). Steps in `incomplete` lack facts; the last one may be `unfinished`.
    """

    panes: tuple[PaneText, ...] = ()
    steps: int = 0
    ticks: tuple[tuple[float, str], ...] = ()
    incomplete: frozenset[int] = frozenset()
    unfinished: bool = False
