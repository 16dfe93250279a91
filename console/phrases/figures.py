"""Numbers as the wall writes them: how each figure is printed, beside which limit, and in which tone."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

from msgspec import Struct

from console.phrases.numbers import count_text
from console.sight import Sight
from console.words import Words
from feeds.definitions import DEFINITIONS
from feeds.entities import Limit
from widgets.elapsed import clock_text
from widgets.tones import Tone, worst

EMPTY = "—"
PERCENT, WHOLE_PERCENT, COUNT, DURATION = "percent", "whole_percent", "count", "duration"
_HIGH_IS_GOOD = ("answer_rate", "service_level")
_WHOLE = ("service_level", "occupancy", "utilisation")
_WORSE_OF = {"answer_rate_a2": ("answer_rate_a2", "answer_rate_a2_pessimistic")}
"""Figures whose tile takes the worse colour of several."""
_JUDGED_BY = {"waiting_mean": "waiting", "service_level_f1": "service_level_f8"}
"""A figure of a period, and the figure of the moment by whose limit it is judged where it has none of its own."""
_CONCLUDED = ("answered", "abandoned", "flowed_out", "blocked")
_SAMPLES = {
    "asa": ("answered",), "service_level_f4": ("answered",), "transfer_rate": ("answered",),
    "average_wait_abandoned": ("abandoned",), "average_wait": _CONCLUDED[:3], "service_level_f8": _CONCLUDED[:3],
    "ring_no_answer_rate": ("attempts",),
    **dict.fromkeys(("talk_time", "hold_time", "acw_time", "aht"), ("handled",)),
}  # fmt: skip
"""Counts of what a figure is made of; those that are not here are made of all that were concluded."""
_NOW_WINDOWS = ("now", "5m", "30m", "today")
"""Where to look for what is true now: any window of a scope carries it."""
ROW_FIGURES = (("longest_wait_now", "now"), ("answer_rate_a2", "30m"), ("waiting", "now"))
"""What a queue is judged by in its line or on its card, with the windows."""


class Printed(Struct, frozen=True):
    """A figure ready to show: `unit` apart from `text`, because it is set smaller."""

    text: str
    unit: str = ""
    muted: bool = False
    known: bool = True


def form_of(figure: str) -> str:
    """How a figure is written, by the unit of its definition."""
    definition = DEFINITIONS.get(figure)
    unit = definition.unit if definition is not None else "calls"
    if unit == "percent":
        return WHOLE_PERCENT if figure.startswith(_WHOLE) else PERCENT
    return DURATION if unit == "seconds" else COUNT


def number_text(figure: str, value: float | None) -> str:
    """The digits of a value without its unit; an em dash for an empty denominator.

    A time that runs is in its last whole second, any other is rounded up: 20.4 s are over a limit of 20 s.
    """
    if value is None:
        return EMPTY
    form = form_of(figure)
    if form == DURATION:
        running = figure in DEFINITIONS and DEFINITIONS[figure].basis == "now"
        return clock_text(value) if running else ended_text(value)
    if form == COUNT:
        return count_text(value)
    digits = 1 if form == PERCENT else 0
    shown = _towards_bad(figure, value, 10**digits)
    return f"{shown:.0f}" if shown in (0, 100) else f"{shown:.{digits}f}"


def ended_text(seconds: float) -> str:
    """A time that is over, of one call or as a figure of many, in whole seconds: rounded up."""
    return clock_text(ceil(round(seconds, 6)))


def _towards_bad(figure: str, value: float, parts: int) -> float:
    """Rounded so that a figure that misses its target never reads as if it met it: 79.8 % is no 80 %."""
    scaled = round(value * parts, 6)
    return (floor(scaled) if figure.startswith(_HIGH_IS_GOOD) else ceil(scaled)) / parts


def unit_text(figure: str, words: Words) -> str:
    """The unit behind the digits; empty for durations."""
    if form_of(figure) in (PERCENT, WHOLE_PERCENT):
        return words("unit.percent")
    return words("unit.calls") if figure == "waiting" else ""


def oldest_join(sight: Sight, scope: str) -> tuple[int, str] | None:
    """When (UTC milliseconds) the caller joined who waits longest in a scope, and the source that says so."""
    if scope.startswith("queue:"):
        alone = sight.queue(scope[len("queue:") :])
        return None if alone is None or alone.oldest is None else (alone.oldest, alone.source)
    found = [
        (queue.oldest, queue.source)
        for queue in sight.queues()
        if queue.oldest is not None and in_scope(scope, queue.key, queue.group, queue.seat_type)
    ]
    return min(found, default=None)


def in_scope(scope: str, key: str, group: str, seat_type: str) -> bool:
    """Whether a queue belongs to a scope."""
    kind, _, number = scope.partition(":")
    if kind == "group":
        return group == number
    return seat_type == number if kind == "seat_type" else scope in ("site", key)


def value_of(sight: Sight, scope: str, figure: str, window: str) -> float | None:
    """A figure's value; running durations are counted here, everything else was computed in the gateway.

    What is kept back is not made up from the part that is in sight.
    """
    if sight.withholds(scope, figure):
        return None
    if figure == "longest_wait_now":
        oldest = oldest_join(sight, scope)
        return None if oldest is None else max(0.0, (sight.moment(oldest[1]) - oldest[0]) / 1000)
    staff = sight.staff(scope) if figure == "staffed" and window == "now" else None
    if staff is not None:  # those of figures are as old as the last full minute
        return float(staff.staffed)
    for name in _windows(window):
        found = sight.figures(scope, name)
        if found is not None and figure in found.values:
            return found.values[figure]
    if figure == "waiting":
        queues = [queue for queue in sight.queues() if in_scope(scope, queue.key, queue.group, queue.seat_type)]
        return float(sum(queue.waiting for queue in queues)) if queues else None
    return None


def _windows(window: str) -> tuple[str, ...]:
    return _NOW_WINDOWS if window == "now" else (window,)


def printed(sight: Sight, scope: str, figure: str, window: str, words: Words) -> Printed:
    """A figure of a scope ready to show."""
    value = value_of(sight, scope, figure, window)
    figures = sight.figures(scope, window)
    muted = figures is not None and figure in figures.muted
    text = number_text(figure, value)
    return Printed(text, unit_text(figure, words) if value is not None else "", muted, value is not None)


def tone_of(sight: Sight, scope: str, figure: str, window: str) -> Tone:
    """The tone of a figure as the gateway decided it, the worse one where several share a tile.

    A ratio of too few calls or of none judges nothing; another one that shares its tile may be of enough of them.
    """
    tone = Tone.CALM
    together = [name for name in _WORSE_OF.get(figure, (figure,)) if _judges(sight, scope, name, window)]
    for name in together:
        alarm = sight.alarm(scope, name, window)
        if alarm is not None and alarm.ended_at is None:
            tone = worst(tone, Tone(alarm.level))
    for where in _windows(window):
        figures = sight.figures(scope, where)
        if figures is not None and figures.tones:
            for name in together:
                if name in figures.tones:
                    tone = worst(tone, Tone(figures.tones[name]))
    return tone


def _judges(sight: Sight, scope: str, figure: str, window: str) -> bool:
    figures = sight.figures(scope, window)
    return figures is None or (figure not in figures.muted and figures.values.get(figure, 0) is not None)


def tile_tone(sight: Sight, scope: str, figure: str, window: str) -> Tone:
    """The same for a tile, which has none while there is no number to it, however long its alarm lasts."""
    known = any(value_of(sight, scope, name, window) is not None for name in _WORSE_OF.get(figure, (figure,)))
    return tone_of(sight, scope, figure, window) if known else Tone.CALM


def number_tone(sight: Sight, scope: str, figure: str, window: str) -> Tone:
    """The tone to write a number in: none where it lies within its own limit again, however long its alarm lasts."""
    return tone_of_value(sight, scope, figure, window, value_of(sight, scope, figure, window))


def tone_of_value(sight: Sight, scope: str, figure: str, window: str, value: float | None) -> Tone:
    """The same of a value that stays on the screen while the floor goes on."""
    tone, limit = tone_of(sight, scope, figure, window), limit_of(sight, scope, figure)
    if tone is Tone.CALM or value is None or not _judges(sight, scope, figure, window):
        return Tone.CALM
    return tone if limit is None or _judged(sight, scope, value, limit) is not Tone.CALM else Tone.CALM


def acknowledged(sight: Sight, scope: str, figures: Iterable[tuple[str, str]]) -> tuple[bool, bool]:
    """Whether all standing alarms of these (figure, window) are acknowledged or put aside, and whether one is urgent.

    Urgent is a critical one that nobody acknowledged and that is not only a consequence of another.
    """
    found = [
        sight.alarm(scope, name, window) for figure, window in figures for name in _WORSE_OF.get(figure, (figure,))
    ]
    standing = [alarm for alarm in found if alarm is not None and alarm.ended_at is None]
    fresh = [alarm for alarm in standing if alarm.fresh]
    urgent = any(alarm.level == "critical" and not sight.cause_of(alarm) for alarm in fresh)
    return bool(standing) and not fresh, urgent


def limit_of(sight: Sight, scope: str, figure: str) -> Limit | None:
    """The most exact limit in force for a figure at a scope."""
    if sight.site is None:
        return None
    kind, of_kind = scope.partition(":")[0], None
    for limit in sight.site.limits:
        if limit.figure == figure:
            if limit.scope == scope:
                return limit
            if limit.scope == kind and of_kind is None:
                of_kind = limit
    return of_kind


def limit_over_time(sight: Sight, scope: str, figure: str) -> Limit | None:
    """The limit for a figure of a period: its own, else that of the live figure that it is of. None: a share of another
    figure, which was another one at every moment of the period.
    """
    limit = limit_of(sight, scope, figure)
    if limit is None and figure in _JUDGED_BY:
        limit = limit_of(sight, scope, _JUDGED_BY[figure])
    return limit if limit is not None and limit.relative_to is None else None


def limit_value(sight: Sight, scope: str, limit: Limit, tone: Tone) -> float | None:
    """The limit that matters now, in the figure's own unit: the critical one once that is passed.

    None where it follows from another figure that is unknown or nought: a share of nobody limits nothing.
    """
    bound = limit.critical if limit.better == "low" and tone is Tone.CRITICAL else limit.warn
    if limit.relative_to is None:
        return bound
    base = value_of(sight, scope, limit.relative_to, limit.window)
    if not base:
        return None
    # As it is written: a tile shall not be painted for what nobody sees.
    return float(_whole(base * bound / 100, high=limit.better == "high"))


def limit_text(figure: str, value: float, words: Words, *, high: bool = False) -> str:
    """A limit with its unit, without needless decimals; `high` where the figure shall not be below it.

    Callers and people come whole: more than 7.8 of them are more than 7.
    """
    form = form_of(figure)
    if form == DURATION:
        return clock_text(value)
    if form in (PERCENT, WHOLE_PERCENT):
        return f"{value:g}{words('unit.percent')}"
    return count_text(_whole(value, high=high))


def _whole(value: float, *, high: bool) -> int:
    rounded = round(value, 6)
    return ceil(rounded) if high else floor(rounded)


def judged(sight: Sight, scope: str, figure: str, window: str) -> Tone:
    """What a figure's value says of itself by its own limit, at this moment."""
    return _judged(sight, scope, value_of(sight, scope, figure, window), limit_of(sight, scope, figure))


def _judged(sight: Sight, scope: str, value: float | None, limit: Limit | None) -> Tone:
    if value is None or limit is None:
        return Tone.CALM
    base = 100.0 if limit.relative_to is None else value_of(sight, scope, limit.relative_to, limit.window)
    if base is None:
        return Tone.CALM
    for tone, bound in ((Tone.CRITICAL, limit.critical), (Tone.WARN, limit.warn)):
        if value < bound if limit.better == "high" else value > bound * base / 100:
            return tone
    return Tone.CALM


def _why_worse(
    sight: Sight, scope: str, figure: str, window: str, words: Words, tone: Tone, limit: Limit | None
) -> str:
    """Why a tile is coloured worse than its number: another figure colours it, or the colour has not gone yet."""
    if tone is Tone.CALM:
        return ""
    judges = _judges(sight, scope, figure, window)
    own = judged(sight, scope, figure, window) if judges else Tone.CALM
    if worst(tone, own) is own:
        return ""
    for other in _WORSE_OF.get(figure, ())[1:]:
        if tone_of(sight, scope, other, window) is tone and judged(sight, scope, other, window) is tone:
            shown = printed(sight, scope, other, window, words)
            return words("target.pessimistic", value=shown.text + shown.unit)
    return settling_text(figure, limit, words) if value_of(sight, scope, figure, window) is not None else ""


def settling_text(figure: str, limit: Limit | None, words: Words) -> str:
    """That a figure is on its way back: a rate that missed its target rises, a wait or a count falls."""
    high = limit.better == "high" if limit is not None else figure.startswith(_HIGH_IS_GOOD)
    return words("target.recovering" if high else "target.easing")


def window_text(window: str, words: Words) -> str:
    """The window that a figure looks back on; empty for what is true now."""
    if window == "now":
        return ""
    if window.endswith("m") and window[:-1].isdigit():
        return words("window.minutes", count=window[:-1])
    key = f"window.{window}"
    return words(key) if words.has(key) else window


def target_text(sight: Sight, scope: str, figure: str, window: str, words: Words) -> str:
    """What stands beneath the number: its target or threshold, and what there is to say about the number, in a line."""
    target, note = target_and_note(sight, scope, figure, window, words)
    return " · ".join(filter(None, (target, note)))


def target_and_note(sight: Sight, scope: str, figure: str, window: str, words: Words) -> tuple[str, str]:
    """A number's target or threshold, and a note: a sample too small to judge, why its colour is worse, a gap."""
    if sight.withholds(scope, figure):
        return "", words("target.withheld")
    figures = sight.figures(scope, window)
    target, notes = "", []
    tone, limit = tone_of(sight, scope, figure, window), limit_of(sight, scope, figure)
    bound = None if limit is None else limit_value(sight, scope, limit, tone)
    if limit is not None and bound is not None:
        high = limit.better == "high"
        shown = limit_text(figure, bound, words, high=high)
        seconds = _service_seconds(sight, scope) if figure.startswith("service_level") else None
        if seconds is not None:
            target = words("target.within", limit=shown, seconds=seconds)
        else:
            target = words("target.at_least" if high else "target.at_most", limit=shown)
    elif limit is not None and limit.relative_to is not None and sight.withholds(scope, limit.relative_to):
        return "", words("target.limit_withheld")  # nor can be said on which side of it the number is
    elif limit is not None and limit.relative_to == "staffed":
        notes.append(words("target.nobody"))
    if why := _why_worse(sight, scope, figure, window, words, tone, limit):
        notes.append(why)
    elif figures is not None and figure in figures.muted:
        count = sum(figures.values.get(name) or 0 for name in _SAMPLES.get(figure, _CONCLUDED))
        notes.append(words("target.sample", count=count_text(count)))
    if figures is not None and figures.incomplete:
        notes.append(words("target.gap"))
    return target, " · ".join(notes)


def _service_seconds(sight: Sight, scope: str) -> int | None:
    """T of the queues in a scope, seconds; None where it is not the same for all of them, or not known."""
    site = sight.site
    if site is None:
        return None
    own, usual = site.service_seconds_of, site.service_seconds
    queues = [queue.key for queue in sight.queues() if in_scope(scope, queue.key, queue.group, queue.seat_type)]
    found = {own.get(key.partition(":")[2], usual) for key in queues} if own else {usual}
    return found.pop() if len(found) == 1 else None


def figure_name(figure: str, words: Words) -> str:
    """What a figure is called on a screen; by its definition where screens have no shorter word."""
    key = f"figure.{figure}"
    if words.has(key):
        return words(key)
    definition = DEFINITIONS.get(figure)
    return words.name(definition) if definition is not None else figure


def figure_subname(figure: str, words: Words) -> str:
    key = f"figure.{figure}"
    if words.has(f"{key}.sub"):
        return words.sub(f"{key}.sub")
    if words.has(key):
        return words.sub(key)
    definition = DEFINITIONS.get(figure)
    return words.subname(definition) if definition is not None else ""
