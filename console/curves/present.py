"""Turns the answers about a day's quarter-hours into curves, a line of words for each quarter, and a summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from console.phrases.figures import EMPTY, figure_name, limit_over_time, limit_text, number_text, unit_text
from console.phrases.numbers import count_text
from console.phrases.scopes import scope_name
from console.phrases.times import local
from console.sight import Sight
from console.words import Words
from feeds.requests import HistoryParams, HistoryResult
from widgets.curves.curve_texts import CurvesText, CurveText, LimitText, PaneText
from widgets.desk_texts import LineText
from widgets.tones import Tone, worst

STEP_S: Final = 900
HOURS: Final = (24, 8, 2)
HIGHEST_RATE: Final = 114.0
"""Where the axis of rates ends, per cent: above the line of a target of 95 there is room for its words."""
"""How much of the day can be looked at; 24 stands for all of it."""


class Pane(Struct, frozen=True):
    """Figures that share an axis, the strongest first."""

    key: str
    figures: tuple[str, ...]
    dashed: frozenset[str] = frozenset()


PANES: Final = (
    Pane("calls", ("offered", "answered")),
    Pane("rates", ("answer_rate_a2", "service_level_f1")),
    Pane("waiting", ("waiting_mean",)),
    Pane("agents", ("on_queue_mean", "staffed_mean", "need"), frozenset(("need",))),
)
FIGURES: Final = tuple(figure for pane in PANES for figure in pane.figures)

Found = Mapping[str, HistoryResult]


def questions(sight: Sight, scope: str, hours: int) -> list[HistoryParams]:
    """What must be asked to draw the day of a scope until now."""
    midnight = local(sight.site, sight.now).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    begin = int(midnight.timestamp() * 1000)
    quarter = STEP_S * 1000
    if hours < HOURS[0]:
        begin = max(begin, sight.now - sight.now % quarter + quarter - hours * 3_600_000)
    figures = [figure for figure in FIGURES if not sight.withholds(scope, figure)]
    return [HistoryParams(figure, begin, sight.now + 1, STEP_S, scope=scope) for figure in figures]


def curves(sight: Sight, scope: str, found: Found, words: Words) -> CurvesText:
    """All panes; figures that were not answered are left out."""
    steps = max((len(one.points) for one in found.values()), default=0)
    if not steps:
        return CurvesText()
    first = next(iter(found.values()))
    last_end = first.begin + steps * STEP_S * 1000
    return CurvesText(
        panes=tuple(_pane(sight, scope, pane, found, words) for pane in PANES),
        steps=steps,
        ticks=_ticks(sight, first.begin, steps),
        incomplete=frozenset(place for one in found.values() for place in one.incomplete),
        unfinished=last_end > sight.now,
    )


def _pane(sight: Sight, scope: str, pane: Pane, found: Found, words: Words) -> PaneText:
    made = []
    for place, figure in enumerate(pane.figures, 1):
        if figure not in found:
            continue
        values = tuple(None if value is None else float(value) for value in found[figure].points)
        made.append(
            CurveText(
                figure, figure_name(figure, words), values,
                tuple(tone(sight, scope, figure, found, step) for step in range(len(values))),
                weight=min(3, place), dashed=figure in pane.dashed,
            )
        )  # fmt: skip
    percent = pane.key == "rates"
    return PaneText(
        words(f"curves.pane.{pane.key}"), tuple(made), _limits(sight, scope, pane, words),
        low=_lowest(made) if percent else 0.0, high=HIGHEST_RATE if percent else None,
    )  # fmt: skip


def _lowest(made: list[CurveText]) -> float:
    """Where the axis of rates begins: rates that differ by a few per cent shall differ to the eye."""
    known = [value for curve in made for value in curve.values if value is not None]
    return max(0.0, min(50.0, min(known, default=50.0) // 10 * 10))


def _limits(sight: Sight, scope: str, pane: Pane, words: Words) -> tuple[LimitText, ...]:
    made = []
    for figure in pane.figures:
        limit = limit_over_time(sight, scope, figure)
        if limit is not None:
            sign = "≥" if limit.better == "high" else "≤"
            text = limit_text(limit.figure, limit.warn, words, high=limit.better == "high")
            made.append(LimitText(limit.warn, f"{figure_name(figure, words)} {sign} {text}"))
    return tuple(made)


def tone(sight: Sight, scope: str, figure: str, found: Found, step: int) -> Tone:
    """Whether a value of a quarter is beyond what the site wants, or agents on the queue are fewer than needed."""
    value = _at(found, figure, step)
    if value is None:
        return Tone.CALM
    if figure == "on_queue_mean":
        needed = _at(found, "need", step)
        return Tone.WARN if needed is not None and value < needed - 0.5 else Tone.CALM
    limit = limit_over_time(sight, scope, figure)
    offered = _at(found, "offered", step)
    least = sight.site.minimum_sample if sight.site is not None else 0
    if limit is None or (limit.better == "high" and (offered or 0) < least):
        return Tone.CALM  # of too few calls a rate says nothing, as everywhere
    for bound, grave in ((limit.critical, Tone.CRITICAL), (limit.warn, Tone.WARN)):
        if value < bound if limit.better == "high" else value > bound:
            return grave
    return Tone.CALM


def _at(found: Found, figure: str, step: int) -> float | None:
    one = found.get(figure)
    return one.points[step] if one is not None and step < len(one.points) else None


def _ticks(sight: Sight, begin: int, steps: int) -> tuple[tuple[float, str], ...]:
    """Full hours in the floor's own zone, as many as can be read."""
    every = 3 if steps > 56 else 2 if steps > 36 else 1 if steps > 10 else 0
    made = []
    for step in range(steps + 1):
        moment = local(sight.site, begin + step * STEP_S * 1000)
        if not every or (moment.minute == 0 and moment.hour % every == 0):
            made.append((step - 0.5, f"{moment:%H:%M}"))
    return tuple(made)


# In words


def quarter_text(sight: Sight, begin: int, step: int) -> str:
    """`10:15–10:30` in the floor's own zone."""
    ends = (local(sight.site, begin + (step + more) * STEP_S * 1000) for more in (0, 1))
    return "–".join(f"{end:%H:%M}" for end in ends)


def value_text(figure: str, value: float | None, words: Words) -> str:
    """A value of a quarter; means of people and callers keep a decimal."""
    if value is None:
        return EMPTY
    if figure.endswith("_mean"):
        return f"{value:.1f}"
    percent = figure.startswith(("answer_rate", "service_level"))
    return number_text(figure, value) + (unit_text(figure, words) if percent else "")


def reading(sight: Sight, found: Found, step: int, words: Words) -> str:
    """All values of a quarter in one line, as the cursor tells them."""
    first = next(iter(found.values()), None)
    if first is None or not 0 <= step < len(first.points):
        return ""
    parts = [quarter_text(sight, first.begin, step)]
    parts += [
        f"{figure_name(figure, words)} {value_text(figure, _at(found, figure, step), words)}"
        for figure in FIGURES
        if figure in found
    ]
    if step in first.incomplete:
        parts.append(words("curves.incomplete"))
    elif first.begin + (step + 1) * STEP_S * 1000 > sight.now:
        parts.append(words("curves.unfinished"))
    return " · ".join(parts)


def rows(sight: Sight, scope: str, found: Found, words: Words) -> list[LineText]:
    """The same as lines of a table, the newest quarter first."""
    first = next(iter(found.values()), None)
    if first is None:
        return []
    made = []
    for step in reversed(range(len(first.points))):
        tones = tuple(tone(sight, scope, figure, found, step) for figure in FIGURES)
        mark = " *" if step in first.incomplete else ""
        cells = (
            quarter_text(sight, first.begin, step) + mark,
            *(value_text(figure, _at(found, figure, step), words) for figure in FIGURES),
        )
        tip = words("curves.incomplete") if mark else ""
        made.append(LineText(str(first.begin + step), cells, worst(*tones), tones=(Tone.CALM, *tones), tip=tip))
    return made


def summary(sight: Sight, scope: str, found: Found, words: Words) -> str:
    """What the curves say at a glance, also to whoever cannot see them: sums, the busiest quarter, what went wrong."""
    first = found.get("offered")
    if first is None:
        return ""
    offered = [int(value or 0) for value in first.points]
    answered = sum(int(value or 0) for value in found["answered"].points) if "answered" in found else 0
    sums = {"offered": count_text(sum(offered)), "answered": count_text(answered)}
    parts = [words("curves.sum", scope=scope_name(sight, scope, words), **sums)]
    if any(offered):
        busiest = max(range(len(offered)), key=offered.__getitem__)
        count = count_text(offered[busiest])
        parts.append(words("curves.busiest", quarter=quarter_text(sight, first.begin, busiest), count=count))
    late = [step for step in range(len(offered)) if tone(sight, scope, "answer_rate_a2", found, step) is not Tone.CALM]
    parts.append(words("curves.below", count=len(late), of=len(offered)))
    if "on_queue_mean" in found:  # who may not see how many there are cannot be told that they were enough
        steps = range(len(offered))
        short = [step for step in steps if tone(sight, scope, "on_queue_mean", found, step) is not Tone.CALM]
        parts.append(words("curves.short", count=len(short)))
    return words("curves.stop").join(parts)
