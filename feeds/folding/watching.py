"""Limits and trends: what the fold looks at by itself as time passes."""

from __future__ import annotations

from typing import Final

from config.schema import Threshold
from feeds.figures import Value
from feeds.folding.booking import remove, touch
from feeds.folding.core import Core
from feeds.folding.present import figure, moment, ratio
from feeds.folding.state import MINUTE, RING, AlarmState, Leaf
from feeds.rules.alarms import CALM, CRITICAL, ToneState, Watch, judge, limit_of, settle

TREND_POINTS: Final = 60
WINDOWS_EVERY: Final = 20_000
"""How often limits on rolling windows are evaluated, floor milliseconds; those on figures of the moment every 5 s."""
RECOVERED_FOR: Final = 30 * MINUTE
"""How long an alarm that is over stays in sight."""


def check_alarms(floor: Core) -> None:
    """Evaluate every limit once, at this instant of floor time."""
    tones = floor.state.tones
    if not tones and asleep(floor):
        _forget_recovered(floor)
        return
    now = moment(floor)
    lookups = floor.wires
    watches = lookups.watches
    if floor.now % WINDOWS_EVERY:
        # In between only what runs with the clock is looked at: a rolling window moves slowly.
        watches = lookups.watches_now
    for watch in watches:
        if watch.calm_unless_waiting and watch.scope not in now.callers and watch.key not in tones:
            continue
        threshold = watch.threshold
        value: Value
        if watch.is_ratio:
            value, since = ratio(floor, watch.scope, threshold.figure, watch.length, now), None
        else:
            value, since = figure(floor, watch.scope, threshold.figure, threshold.window, now)
        if value is None and watch.key not in tones:
            continue
        reference = None
        if threshold.relative_to is not None:
            reference = figure(floor, watch.scope, threshold.relative_to, "now", now)[0]
        judged = judge(threshold, value, reference)
        tone = tones.get(watch.key)
        if tone is None:
            if judged == CALM:
                continue
            tone = tones[watch.key] = ToneState()
        if settle(tone, judged, threshold):
            touch(floor, f"figures:{watch.scope}")
            if threshold.alarm:
                _alarm(floor, watch, tone.tone, value, since, reference)
        elif tone.tone != CALM and threshold.alarm:
            _keep_value(floor, watch, value, since)
        if tone.tone == CALM and tone.times == 0:
            del tones[watch.key]
    _forget_recovered(floor)


def asleep(floor: Core) -> bool:
    """Whether nobody calls, nobody works and nothing was counted for over an hour: then no figure has a value."""
    state = floor.state
    if state.legs or not _quiet(floor, state.inbound):
        return False
    return all(not crew.staffed and _quiet(floor, crew.leaf) for crew in floor.crews) and all(
        _quiet(floor, queue.leaf) for queue in floor.queues.values()
    )


def _quiet(floor: Core, leaf: Leaf) -> bool:
    return floor.slot_begin // leaf.slot - leaf.changed >= RING[leaf.slot]


def alarm_key(watch: Watch) -> str:
    """One alarm per scope, figure and window."""
    return f"alarm:{watch.key}"


def _alarm(
    floor: Core, watch: Watch, level: int, value: float | None, since: int | None, reference: float | None
) -> None:
    key = alarm_key(watch)
    threshold: Threshold = watch.threshold
    alarm = floor.state.alarms.get(key)
    if level == CALM:
        if alarm is not None and alarm.ended_at is None:
            alarm.ended_at = floor.now
            touch(floor, key)
        return
    limit = limit_of(threshold, level, reference)
    if alarm is None or alarm.ended_at is not None:
        floor.state.gone.pop(key, None)
        floor.state.alarms[key] = AlarmState(
            scope=watch.scope, figure=threshold.figure, window=threshold.window, level=level, since=floor.now,
            limit=limit, value=None if since else value, value_since=since,
        )  # fmt: skip
    else:
        if level > alarm.level:
            # Worse than what was acknowledged: it must be seen again.
            alarm.acknowledged_by, alarm.acknowledged_at = "", None
        alarm.level, alarm.limit = level, limit
    touch(floor, key)


def _keep_value(floor: Core, watch: Watch, value: float | None, since: int | None) -> None:
    alarm = floor.state.alarms.get(alarm_key(watch))
    if alarm is None or alarm.ended_at is not None:
        return
    shown = None if since else value
    if shown != alarm.value or since != alarm.value_since:
        alarm.value, alarm.value_since = shown, since
        touch(floor, alarm_key(watch))


def _forget_recovered(floor: Core) -> None:
    old = floor.now - RECOVERED_FOR
    alarms = floor.state.alarms
    for key in [key for key, alarm in alarms.items() if alarm.ended_at is not None and alarm.ended_at < old]:
        del alarms[key]
        remove(floor, key)


def tones(floor: Core, scope: str, window: str) -> dict[str, int]:
    """Which figures of a scope are amber or red in a window (limits on `now` show in every window)."""
    found: dict[str, int] = {}
    for watch in floor.wires.watches_of.get(scope, ()):
        if watch.threshold.window in (window, "now"):
            tone = floor.state.tones.get(watch.key)
            if tone is not None and tone.tone:
                found[watch.threshold.figure] = tone.tone
    return found


def sample_trends(floor: Core, minutes: int = 1) -> None:
    """Once a minute: one more point for every trend; after `minutes` in which nothing happened, as many equal ones."""
    if not minutes:
        return
    now = moment(floor)
    for scope, name, window in floor.wires.trends:
        key = f"trend:{scope}:{name}"
        points = floor.state.trends.setdefault(key, [])
        value, _ = figure(floor, scope, name, window, now)
        points.extend([None if value is None else float(value)] * minutes)
        del points[:-TREND_POINTS]
        touch(floor, key)


LEVELS: Final = {1: "warn", CRITICAL: "critical"}
