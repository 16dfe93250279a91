"""Alarms as the fold keeps them: they come, get worse, are over; people take note of them or put them aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from feeds import facts
from feeds.folding.booking import odd, remove, touch
from feeds.folding.core import Core
from feeds.folding.state import MINUTE, AlarmMark, AlarmState
from feeds.rules.causes import Standing, causes, rank
from feeds.states import AlarmAct

RECOVERED_FOR: Final = 30 * MINUTE
"""How long an alarm that is over and was acknowledged stays in sight."""
ONE_UPON_THE_OTHER: Final = MINUTE
"""Alarms that come within this time after another belong to one group, of which one was first."""


class News:
    """What became of alarms in one round of evaluation: their causes and their order are worked out at its end."""

    def __init__(self) -> None:
        self.raised: list[str] = []
        self.again: list[str] = []
        """Those that stand and were put aside until now."""
        self.changed = False


def rise(floor: Core, news: News, key: str, fresh: AlarmState) -> None:
    """An alarm comes; where it is put aside it is only remembered."""
    state = floor.state
    before = state.alarms.get(key)
    if before is not None and before.suppressed:
        for name in (
            "shelved_until", "out_of_service", "suppressed_by", "suppressed_name", "suppressed_at", "suppressed_reason",
        ):  # fmt: skip
            setattr(fresh, name, getattr(before, name))
        fresh.number, fresh.group = before.number, before.group
    else:
        news.raised.append(key)
    state.gone.pop(key, None)
    state.alarms[key] = fresh
    news.changed = True
    touch(floor, key)


def worsen(floor: Core, news: News, key: str, level: int, limit: float) -> None:
    """A standing alarm is of another level; a graver one must be seen again."""
    alarm = floor.state.alarms[key]
    worse = level > alarm.level
    if worse:
        alarm.acknowledged_by, alarm.acknowledged_at, alarm.acknowledged_name = "", None, ""
    alarm.level, alarm.limit = level, limit
    if worse and not alarm.suppressed:
        mark(floor, key, "worse")
    news.changed = True
    touch(floor, key)


def fall(floor: Core, news: News, key: str) -> None:
    """An alarm is over; it stays in sight until somebody has acknowledged it."""
    alarm = floor.state.alarms.get(key)
    if alarm is None or alarm.ended_at is not None:
        return
    alarm.ended_at = floor.now
    if not alarm.suppressed:
        mark(floor, key, "returned")
    news.changed = True
    touch(floor, key)


def keep_value(
    floor: Core, key: str, value: float | None, since: int | None, limit: Callable[[int], float] | None = None
) -> None:
    """A standing alarm's value is this now; so is, for its level, a `limit` that moves."""
    alarm = floor.state.alarms.get(key)
    if alarm is None or alarm.ended_at is not None:
        return
    shown = None if since else value
    passed = alarm.limit if limit is None else limit(alarm.level)
    if shown != alarm.value or since != alarm.value_since or passed != alarm.limit:
        alarm.value, alarm.value_since, alarm.limit = shown, since, passed
        touch(floor, key)


def finish(floor: Core, news: News) -> None:
    """The end of a round: shelves that are over, which alarm came first, what is only a consequence, what is old."""
    _end_shelves(floor, news)
    if news.changed:
        _number(floor, [*news.raised, *news.again])
        relate(floor)
        _count(floor, news.raised)
    forget(floor)


def _end_shelves(floor: Core, news: News) -> None:
    over = [
        key for key, alarm in floor.state.alarms.items()
        if alarm.shelved_until is not None and alarm.shelved_until <= floor.now
    ]  # fmt: skip
    for key in over:
        alarm = floor.state.alarms[key]
        alarm.shelved_until = None
        mark(floor, key, "shelf_ended")
        _show_again(floor, news, key)


def _show_again(floor: Core, news: News, key: str) -> None:
    """What was put aside and stands must be seen; who put it aside has taken note of what is over by now."""
    alarm = floor.state.alarms[key]
    by, name = alarm.suppressed_by, alarm.suppressed_name
    alarm.suppressed_by = alarm.suppressed_name = alarm.suppressed_reason = ""
    alarm.suppressed_at = None
    if alarm.ended_at is None:
        alarm.acknowledged_by, alarm.acknowledged_at, alarm.acknowledged_name = "", None, ""
        news.again.append(key)
    else:
        for one in (key, *_over_with(floor, key)):
            _take_note(floor, one, by, name)
    news.changed = True
    touch(floor, key)


def _over_with(floor: Core, cause: str) -> list[str]:
    """Consequences that came and went while their cause kept them quiet: they would turn up once that is forgotten."""
    alarms = floor.state.alarms
    return [
        key for key, one in alarms.items()
        if one.cause == cause and one.ended_at is not None and not one.suppressed
    ]  # fmt: skip


def _take_note(floor: Core, key: str, by: str, name: str) -> None:
    alarm = floor.state.alarms[key]
    if not alarm.acknowledged_by:
        alarm.acknowledged_by, alarm.acknowledged_at, alarm.acknowledged_name = by, floor.now, name
        touch(floor, key)


def _number(floor: Core, raised: Iterable[str]) -> None:
    """Number what came; at one instant the narrow counts as first."""
    state = floor.state
    for key in sorted(raised, key=lambda key: (rank(state.alarms[key].scope), key)):
        alarm = state.alarms[key]
        state.alarms_raised += 1
        alarm.number = state.alarms_raised
        if floor.now - state.alarm_at > ONE_UPON_THE_OTHER or not state.alarm_group:
            state.alarm_group = alarm.number
        state.alarm_at = floor.now
        alarm.group = state.alarm_group


def relate(floor: Core) -> None:
    """Work out which standing alarms are only consequences of others; one that is over keeps its cause."""
    alarms = floor.state.alarms
    wider = floor.wires.wider
    found = causes(
        (
            _standing(floor, key, alarm) for key, alarm in alarms.items()
            if alarm.ended_at is None and not alarm.out_of_service
        ),
        lambda scope: wider.get(scope, frozenset()),
    )  # fmt: skip
    for key, alarm in alarms.items():
        cause = found.get(key, "") if alarm.ended_at is None else alarm.cause if alarm.cause in alarms else ""
        if cause != alarm.cause:
            alarm.cause = cause
            touch(floor, key)


def _standing(floor: Core, key: str, alarm: AlarmState) -> Standing:
    kind, _, name = alarm.scope.partition(":")
    sources = None
    if kind == "queue" and name in floor.queues:
        sources = frozenset({floor.queues[name].source or "main"})
    elif kind == "seat" and name in floor.state.seats:
        sources = frozenset({floor.state.seats[name].source or "main"})
    elif kind == "trunk" and name in floor.state.trunks:
        sources = frozenset({floor.state.trunks[name].source or "main"})
    subject = f"{alarm.figure}:{alarm.window}" if alarm.figure else ""
    return Standing(key, alarm.scope, subject, alarm.level, alarm.since, alarm.number, sources, alarm.suppressed)


def _count(floor: Core, raised: Iterable[str]) -> None:
    """Tell what was raised, and count those of the day that are nobody's consequence."""
    for key in sorted(raised, key=lambda key: floor.state.alarms[key].number):
        mark(floor, key, "raised")
        if not floor.state.alarms[key].cause:
            floor.state.alarms_today += 1
            touch(floor, "alarm_day:site")


def forget(floor: Core) -> None:
    """Let go of alarms that are over, were acknowledged and have been in sight for long enough."""
    alarms = floor.state.alarms
    if not alarms:
        return
    old = floor.now - RECOVERED_FOR
    gone = [
        key for key, alarm in alarms.items()
        if alarm.ended_at is not None and alarm.acknowledged_by and not alarm.suppressed
        and max(alarm.ended_at, alarm.acknowledged_at or 0) < old
    ]  # fmt: skip
    for key in gone:
        del alarms[key]
        remove(floor, key)
    if gone:
        relate(floor)


def mark(floor: Core, key: str, act: AlarmAct, by: str = "") -> None:
    """Tell whoever counts alarms what happened to one."""
    if floor.journal is not None:
        alarm = floor.state.alarms[key]
        value = alarm.value if alarm.value_since is None else (floor.now - alarm.value_since) / 1000.0
        floor.journal(AlarmMark(floor.now, key, act, alarm.level, value, alarm.limit, by, alarm.cause))


# What people do


def on_acknowledged(floor: Core, fact: facts.AlarmAcknowledged) -> None:
    """Somebody has seen an alarm, and with it what is only its consequence; one that is over keeps the name."""
    for key in (fact.alarm, *fact.also):
        alarm = floor.state.alarms.get(key)
        if alarm is None or alarm.acknowledged_by or alarm.suppressed:
            continue
        alarm.acknowledged_by, alarm.acknowledged_at, alarm.acknowledged_name = fact.by, fact.at, fact.name
        touch(floor, key)
        mark(floor, key, "acknowledged", fact.by)


def on_shelved(floor: Core, fact: facts.AlarmShelved) -> None:
    """An alarm is put aside for a time."""
    alarm = floor.state.alarms.get(fact.alarm)
    if alarm is None or alarm.suppressed or fact.until <= floor.now:
        odd(floor, "alarm_not_shelved")
        return
    alarm.shelved_until = fact.until
    _put_aside(floor, fact, "shelved")


def on_out_of_service(floor: Core, fact: facts.AlarmOutOfService) -> None:
    """An alarm tells nothing more; one that was shelved is taken off the shelf for it."""
    alarm = floor.state.alarms.get(fact.alarm)
    if alarm is None or alarm.out_of_service:
        odd(floor, "alarm_not_out_of_service")
        return
    alarm.shelved_until, alarm.out_of_service = None, True
    _put_aside(floor, fact, "out_of_service")


def _put_aside(floor: Core, fact: facts.AlarmShelved | facts.AlarmOutOfService, act: AlarmAct) -> None:
    alarm = floor.state.alarms[fact.alarm]
    alarm.suppressed_by, alarm.suppressed_name, alarm.suppressed_at = fact.by, fact.name, fact.at
    alarm.suppressed_reason = fact.reason
    alarm.brought_back_by = alarm.brought_back_name = ""
    touch(floor, fact.alarm)
    mark(floor, fact.alarm, act, fact.by)
    relate(floor)


def on_unshelved(floor: Core, fact: facts.AlarmUnshelved) -> None:
    """An alarm is taken off the shelf before its time."""
    alarm = floor.state.alarms.get(fact.alarm)
    if alarm is None or alarm.shelved_until is None:
        odd(floor, "alarm_not_on_the_shelf")
        return
    alarm.shelved_until = None
    mark(floor, fact.alarm, "unshelved", fact.by)
    _back(floor, fact)


def on_in_service(floor: Core, fact: facts.AlarmInService) -> None:
    """An alarm tells again."""
    alarm = floor.state.alarms.get(fact.alarm)
    if alarm is None or not alarm.out_of_service:
        odd(floor, "alarm_in_service_already")
        return
    alarm.out_of_service = False
    mark(floor, fact.alarm, "in_service", fact.by)
    _back(floor, fact)


def _back(floor: Core, fact: facts.AlarmUnshelved | facts.AlarmInService) -> None:
    news, key = News(), fact.alarm
    alarm = floor.state.alarms[key]
    alarm.brought_back_by, alarm.brought_back_name = fact.by, fact.name
    _show_again(floor, news, key)
    _number(floor, news.again)
    relate(floor)


HANDLERS: dict[type, Callable[[Any, Any], None]] = {
    facts.AlarmAcknowledged: on_acknowledged,
    facts.AlarmShelved: on_shelved,
    facts.AlarmUnshelved: on_unshelved,
    facts.AlarmOutOfService: on_out_of_service,
    facts.AlarmInService: on_in_service,
}
