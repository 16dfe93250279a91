"""Limits and trends: what the fold looks at by itself as time passes."""

from __future__ import annotations

from functools import partial
from typing import Final

from config.schema import Threshold
from feeds.folding.alarming import News, fall, finish, keep_value, rise, worsen
from feeds.folding.booking import touch
from feeds.folding.core import Core, Look, Moment
from feeds.folding.present import moment
from feeds.folding.ruling import check_lost, check_rules
from feeds.folding.state import RING, AlarmState, Leaf
from feeds.rules.alarm_rules import Condition
from feeds.rules.alarm_rules import settle as settle_delay
from feeds.rules.alarms import CALM, CRITICAL, ToneState, Watch, judge, limit_of, settle

TREND_POINTS: Final = 60
WINDOWS_EVERY: Final = 20_000
"""How often limits on rolling windows are evaluated, floor milliseconds; those on figures of the moment every 5 s."""


def check_alarms(floor: Core) -> None:
    """Evaluate every limit once, at this instant of floor time."""
    tones, conditions, lookups, news = floor.state.tones, floor.state.conditions, floor.wires, News()
    if not tones and not conditions and asleep(floor):
        for rule in lookups.rules_on_loss:
            check_lost(floor, news, rule)
        finish(floor, news)
        return
    now = moment(floor)
    callers = now.callers
    # In between only what runs with the clock is looked at: a rolling window moves slowly.
    whole = not floor.now % WINDOWS_EVERY
    noted = {*tones, *conditions}
    for look in lookups.looks if whole else lookups.looks_now:
        calm = look.only_waiting and look.scope not in callers
        if look.key in noted or not (calm or _is_calm(floor, look, now)):
            _check(floor, news, look, now)
    if lookups.rules or lookups.rules_on_people:
        check_rules(floor, news, now, whole=whole)
    finish(floor, news)


def _is_calm(floor: Core, look: Look, now: Moment) -> bool:
    value, _ = look.read(floor, now)
    if value is None:
        return True
    if look.reference is None:
        return value >= look.calm if look.is_high else value <= look.calm
    return judge(look.watch.threshold, value, look.reference(floor, now)[0]) == CALM


def _check(floor: Core, news: News, look: Look, now: Moment) -> None:
    watch, threshold, tones = look.watch, look.watch.threshold, floor.state.tones
    value, since = look.read(floor, now)
    reference = None if look.reference is None else look.reference(floor, now)[0]
    tone = tones.get(watch.key)
    judged = judge(threshold, value, reference, CALM if tone is None else tone.tone)
    if tone is None:
        if judged == CALM:
            if watch.key in floor.state.conditions:
                _delay(floor, news, watch, CALM, value, since, reference)
            return
        tone = tones[watch.key] = ToneState()
    changed = settle(tone, judged, threshold)
    if changed:
        touch(floor, f"figures:{watch.scope}")
    if watch.is_delayed:
        within = judge(threshold, value, reference) == CALM  # a deadband keeps what is there, and brings nothing
        _delay(floor, news, watch, tone.tone, value, since, reference, over=within)
    elif changed and threshold.alarm:
        _alarm(floor, news, watch, tone.tone, value, since, reference)
    elif tone.tone != CALM and threshold.alarm:
        _keep(floor, watch, value, since, reference)
    if tone.tone == CALM and tone.times == 0:
        del tones[watch.key]


def _delay(
    floor: Core, news: News, watch: Watch, level: int, value: float | None, since: int | None,
    reference: float | None, *, over: bool = False,
) -> None:  # fmt: skip
    """An alarm that comes when its colour has lasted, and is over when the colour has been gone for long enough.

    A colour stays a while longer than what it is for: while the value is `over`, back within its limit, none comes.
    """
    conditions = floor.state.conditions
    condition = conditions.get(watch.key)
    if condition is None:
        if level == CALM:
            return
        condition = conditions[watch.key] = Condition()
    if over and level != CALM and not condition.raised:
        if condition.since < 0:
            condition.since = floor.now
        return
    alarm = floor.state.alarms.get(alarm_key(watch))
    shown = level if alarm is None else alarm.level
    turned = settle_delay(condition, watch.threshold, level != CALM, floor.now)
    if turned or (condition.raised and level not in (CALM, shown)):
        _alarm(floor, news, watch, level, value, since, reference)
    elif condition.raised:
        _keep(floor, watch, value, since, reference)
    if not condition.raised and condition.since < 0:
        del conditions[watch.key]


def _keep(floor: Core, watch: Watch, value: float | None, since: int | None, reference: float | None) -> None:
    """What a standing alarm is about moves, and with another figure its limit."""
    limit = None if reference is None else partial(limit_of, watch.threshold, reference=reference)
    keep_value(floor, alarm_key(watch), value, since, limit)


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
        keep_value(floor, key, value, since)  # first: whoever is told that it is worse is told with which value
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
    for key, read in floor.wires.trends:
        points = floor.state.trends.setdefault(key, [])
        value, _ = read(floor, now)
        points.extend([None if value is None else float(value)] * minutes)
        del points[:-TREND_POINTS]
        touch(floor, key)


LEVELS: Final = {1: "warn", CRITICAL: "critical"}
