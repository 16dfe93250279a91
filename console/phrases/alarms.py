"""What an alarm says: where, which figure or what its rule is called, its value, and the limit that it passed."""

from __future__ import annotations

from console.phrases.figures import figure_name, limit_of, limit_text, number_text, unit_text
from console.phrases.figures import value_of as value_of_figure
from console.phrases.scopes import scope_name, source_of
from console.phrases.states import agent_name
from console.phrases.trunks import trunk_name
from console.sight import LOSSES, Sight
from console.words import Words
from feeds.entities import Alarm, Trunk
from widgets.elapsed import clock_text

_OF_WAITING = ("longest_wait_now", "average_wait_now")
"""Figures that have no value while nobody waits."""
_NAMESAKES = frozenset({"group", "seat_type", "team", "vendor"})
"""What is called like a queue often enough, so that its alarm needs another word."""


def alarm_title(sight: Sight, alarm: Alarm, words: Words) -> str:
    """An alarm in words: where, which figure, its value now, and the limit that it passed."""
    where = alarm_place(sight, alarm, words)
    if alarm.rule:
        return f"{where}  {ruled(sight, alarm, words)}"
    value = value_of(sight, alarm)
    text = number_text(alarm.figure, value) + (unit_text(alarm.figure, words) if value is not None else "")
    high = _is_from_below(sight, alarm, value)
    back = is_within(value, alarm.limit, high=high)
    if value is None and alarm.figure in _OF_WAITING:
        return words("alarm.nobody_waits", scope=where, figure=figure_name(alarm.figure, words))
    return words(
        "alarm.withheld"
        if alarm.limit is None
        else "alarm.within"
        if back
        else "alarm.under"
        if high
        else "alarm.over",
        scope=where,
        figure=figure_name(alarm.figure, words),
        value=text,
        limit=_limit(alarm, words, high=high),
    )


def alarm_text(sight: Sight, alarm: Alarm, words: Words) -> str:
    """Which figure is how far outside which limit; a wait that goes on is counted by the desk's clock."""
    if alarm.rule:
        return ruled(sight, alarm, words)
    value = value_of(sight, alarm)
    under = _is_from_below(sight, alarm, value)
    passed = _limit(alarm, words, high=under)
    if alarm.ended_at is not None:
        return words("alarms.was", figure=figure_name(alarm.figure, words), limit=passed)
    if value is None and alarm.figure in _OF_WAITING:
        return words("alarms.nobody_waits", figure=figure_name(alarm.figure, words), limit=passed)
    shown = number_text(alarm.figure, value) + (unit_text(alarm.figure, words) if value is not None else "")
    back = is_within(value, alarm.limit, high=under)
    return words(
        "alarms.withheld"
        if alarm.limit is None
        else "alarms.within"
        if back
        else "alarms.under"
        if under
        else "alarms.over",
        figure=figure_name(alarm.figure, words),
        value=shown,
        limit=passed,
    )


def ruled(sight: Sight, alarm: Alarm, words: Words) -> str:
    """An alarm of a rule in the words of the site, with its value and limit where it has any."""
    title = (alarm.en or alarm.zh) if words.language == "en" else (alarm.zh or alarm.en)
    if alarm.ended_at is not None:
        return title
    value = value_of(sight, alarm)
    if is_unproved(sight, alarm):
        return words("alarms.unproved", text=title)
    if alarm.scope.startswith(LOSSES):
        return title if value is None else words("alarms.lasts", text=title, time=clock_text(value))
    if value is None:
        return title
    if alarm.value_since is not None and not alarm.figure:
        return words("alarms.ruled_over", text=title, value=clock_text(value), limit=_limit_of_time(alarm, words))
    text = number_text(alarm.figure, value) + unit_text(alarm.figure, words)
    back = is_within(value, alarm.limit, high=alarm.below)
    return words(
        "alarms.ruled_within" if back else "alarms.ruled_under" if alarm.below else "alarms.ruled_over",
        text=title, value=text, limit=_limit(alarm, words, high=alarm.below),
    )  # fmt: skip


def alarm_place(sight: Sight, alarm: Alarm, words: Words) -> str:
    """What an alarm is about: a part of the floor, a seat with who sat there when it came, a source or a trunk."""
    kind, _, name = alarm.scope.partition(":")
    if kind == "seat":
        who = agent_name(alarm, words)
        return words("alarms.seat", seat=name, who=f" {who}" if who else "")
    if kind == "trunk":
        return trunk_name(sight, name, words)
    if kind == "source":
        return words("alarms.source_named", source=name) if name != "main" else words("alarms.source_main")
    called = scope_name(sight, alarm.scope, words)
    queues = sight.site.queues if sight.site is not None else ()
    if kind in _NAMESAKES and any(words.name(queue) == called for queue in queues):
        return words(f"alarms.namesake.{kind}", name=called)
    return called


def value_of(sight: Sight, alarm: Alarm) -> float | None:
    """The value of a standing alarm now, in its own unit."""
    if alarm.value_since is None:
        now = None
        if alarm.figure and alarm.ended_at is None and sight.entities.get(alarm.key) is alarm:
            # That of the alarm is as old as the last look at its limit, and beside it stands the figure itself.
            now = value_of_figure(sight, alarm.scope, alarm.figure, alarm.window)
        return alarm.value if now is None else now
    moment = sight.now if alarm.scope.startswith("source:") else sight.moment(source_of(sight, alarm.scope))
    return max(0.0, (moment - alarm.value_since) / 1000)


def is_unproved(sight: Sight, alarm: Alarm) -> bool:
    """Whether it stands only because nobody knows any more: the trunk's source is down."""
    trunk = sight.entities.get(alarm.scope)
    return isinstance(trunk, Trunk) and trunk.state == "unknown" and alarm.ended_at is None


def is_back(sight: Sight, alarm: Alarm) -> bool:
    """Whether the figure that it is about is within its limit again, though the alarm lasts a while longer."""
    if (alarm.rule and not alarm.figure) or alarm.scope.startswith(LOSSES):
        return False
    value = value_of(sight, alarm)
    return is_within(value, alarm.limit, high=alarm.below if alarm.rule else _is_from_below(sight, alarm, value))


def is_within(value: float | None, limit: float | None, *, high: bool) -> bool:
    """Whether a figure is back within its limit: an alarm lasts a while longer, so that it does not flap.

    Where there is no value, as nobody waits, nothing is amiss; the gateway takes it so as well. Of a limit that is not
    shown here nobody can say that it is kept.
    """
    return value is None or (limit is not None and (value >= limit if high else value <= limit))


def _is_from_below(sight: Sight, alarm: Alarm, value: float | None) -> bool:
    limit = limit_of(sight, alarm.scope, alarm.figure)
    if limit is not None:
        return limit.better == "high"
    return value is not None and alarm.limit is not None and value < alarm.limit


def _limit_of_time(alarm: Alarm, words: Words) -> str:
    return words("alarm.limit_withheld") if alarm.limit is None else clock_text(alarm.limit)


def _limit(alarm: Alarm, words: Words, *, high: bool) -> str:
    if alarm.limit is None:
        return words("alarm.limit_withheld")
    return limit_text(alarm.figure, alarm.limit, words, high=high)
