"""Limits and trends: what the fold looks at by itself as time passes."""

from __future__ import annotations

from typing import Final

from config.schema import Threshold
from feeds.figures import Value
from feeds.folding.alarming import News, fall, finish, keep_value, rise, worsen
from feeds.folding.booking import touch
from feeds.folding.core import Core
from feeds.folding.present import Moment, figure, moment, ratio
from feeds.folding.ruling import check_rules, check_sources
from feeds.folding.state import RING, AlarmState, Leaf
from feeds.rules.alarms import CALM, CRITICAL, ToneState, Watch, judge, limit_of, settle

TREND_POINTS: Final = 60
WINDOWS_EVERY: Final = 20_000
"""How often limits on rolling windows are evaluated, floor milliseconds; those on figures of the moment every 5 s."""


def check_alarms(floor: Core) -> None:
    """Evaluate every limit once, at this instant of floor time."""
    tones, lookups, news = floor.state.tones, floor.wires, News()
    if not tones and not floor.state.conditions and asleep(floor):
        for rule in lookups.rules_on_sources:
            check_sources(floor, news, rule)
        finish(floor, news)
        return
    now = moment(floor)
    # In between only what runs with the clock is looked at: a rolling window moves slowly.
    whole = not floor.now % WINDOWS_EVERY
    for watch in lookups.watches if whole else lookups.watches_now:
        if watch.calm_unless_waiting and watch.scope not in now.callers and watch.key not in tones:
            continue
        _check(floor, news, watch, now)
    if lookups.rules or lookups.rules_on_people:
        check_rules(floor, news, now, whole=whole)
    finish(floor, news)


def _check(floor: Core, news: News, watch: Watch, now: Moment) -> None:
    threshold, tones = watch.threshold, floor.state.tones
    value: Value
    if watch.is_ratio:
        value, since = ratio(floor, watch.scope, threshold.figure, watch.length, now), None
    else:
        value, since = figure(floor, watch.scope, threshold.figure, threshold.window, now)
    tone = tones.get(watch.key)
    if value is None and tone is None:
        return
    reference = None
    if threshold.relative_to is not None:
        reference = figure(floor, watch.scope, threshold.relative_to, "now", now)[0]
    judged = judge(threshold, value, reference, CALM if tone is None else tone.tone)
    if tone is None:
        if judged == CALM:
            return
        tone = tones[watch.key] = ToneState()
    if settle(tone, judged, threshold):
        touch(floor, f"figures:{watch.scope}")
        if threshold.alarm:
            _alarm(floor, news, watch, tone.tone, value, since, reference)
    elif tone.tone != CALM and threshold.alarm:
        keep_value(floor, alarm_key(watch), value, since)
    if tone.tone == CALM and tone.times == 0:
        del tones[watch.key]


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
    floor: Core, news: News, watch: Watch, level: int, value: float | None, since: int | None, reference: float | None
) -> None:
    key = alarm_key(watch)
    threshold: Threshold = watch.threshold
    alarm = floor.state.alarms.get(key)
    if level == CALM:
        fall(floor, news, key)
        return
    limit = limit_of(threshold, level, reference)
    if alarm is not None and alarm.ended_at is None:
        worsen(floor, news, key, level, limit)
        return
    rise(floor, news, key, AlarmState(
        scope=watch.scope, figure=threshold.figure, window=threshold.window, level=level, since=floor.now,
        limit=limit, value=None if since else value, value_since=since,
    ))  # fmt: skip


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
