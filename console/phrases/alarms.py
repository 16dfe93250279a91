"""What an alarm says: where, which figure, its value, and the limit that it passed."""

from __future__ import annotations

from console.phrases.figures import figure_name, limit_of, limit_text, number_text, unit_text
from console.phrases.scopes import scope_name, source_of
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm


def alarm_title(sight: Sight, alarm: Alarm, words: Words) -> str:
    """An alarm in words: where, which figure, its value now, and the limit that it passed."""
    value: float | None = alarm.value
    if alarm.value_since is not None:
        value = max(0.0, (sight.moment(source_of(sight, alarm.scope)) - alarm.value_since) / 1000)
    text = number_text(alarm.figure, value) + (unit_text(alarm.figure, words) if value is not None else "")
    limit = limit_of(sight, alarm.scope, alarm.figure)
    high = limit.better == "high" if limit is not None else value is not None and value < alarm.limit
    back = value is not None and is_within(value, alarm.limit, high=high)
    return words(
        "alarm.within" if back else "alarm.under" if high else "alarm.over",
        scope=scope_name(sight, alarm.scope, words),
        figure=figure_name(alarm.figure, words),
        value=text,
        limit=limit_text(alarm.figure, alarm.limit, words),
    )


def is_within(value: float, limit: float, *, high: bool) -> bool:
    """Whether a figure is back within its limit: an alarm lasts a while longer, so that it does not flap."""
    return value >= limit if high else value <= limit
