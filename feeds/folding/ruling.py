"""The site's own alarm rules, looked at as time passes: figures, people in a state, single seats, what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from feeds.folding.alarming import News, fall, keep_value, rise
from feeds.folding.core import Core, Moment
from feeds.folding.state import MINUTE, STATE_PLACE, AlarmState, SeatRecord, SourceRecord, TrunkRecord
from feeds.rules.alarm_rules import LEVEL_OF, Condition, RuleWatch, alarm_key, is_outside, limit_of, settle
from feeds.rules.pauses import same_reason


def check_rules(floor: Core, news: News, now: Moment, *, whole: bool) -> None:
    """Evaluate rules once; `whole` also those about windows and single seats, which move slowly."""
    conditions, crowded = floor.state.conditions, floor.wires.crowded
    for number in sorted(crowded):
        people = floor.wires.rules_on_people[number]
        _take(floor, news, people.watch.key, people.watch.scope, people.watch, people.count, None)
        if people.count <= people.above and people.watch.key not in conditions:
            crowded.remove(number)
    standing = _standing(floor) if whole else {}
    for look in floor.wires.rules:
        watch, rule = look.watch, look.watch.rule
        if rule.lost:
            check_lost(floor, news, watch)
        elif rule.longer_s is not None:
            if whole:
                _seats(floor, news, watch, standing[STATE_PLACE[rule.state]])
        elif look.read is not None and (whole or rule.window == "now"):
            value, since = look.read(floor, now)
            _take(floor, news, watch.key, watch.scope, watch, value, since)


def check_lost(floor: Core, news: News, watch: RuleWatch) -> None:
    """Whether sources or trunks are there. While nobody knows how a trunk is, its alarm neither comes nor goes."""
    rule, conditions = watch.rule, floor.state.conditions
    things: Mapping[str, SourceRecord | TrunkRecord] = (
        floor.state.sources if rule.lost == "source" else floor.state.trunks
    )
    for name, thing in things.items():
        scope = f"{rule.lost}:{name}"
        key = alarm_key(scope, rule)
        if thing.state == "up":
            if key in conditions:
                _take(floor, news, key, scope, watch, None, None)
        elif thing.state == "unknown":
            _wait(conditions, key)
        else:
            alarm, since = floor.state.alarms.get(key), thing.since
            if rule.lost == "trunk" and alarm is not None and alarm.ended_at is None and alarm.value_since is not None:
                since = alarm.value_since  # it stood while nobody knew, and counts on
            _take(floor, news, key, scope, watch, (floor.now - since) / 1000.0, since)
    begin, end = f"alarm:{rule.lost}:", f":{rule.id}"
    for key in [key for key in conditions if key.startswith(begin) and key.endswith(end)]:
        scope = key.removeprefix("alarm:").removesuffix(end)
        if scope.partition(":")[2] not in things:  # the site has it no longer
            _take(floor, news, key, scope, watch, None, None)


def _wait(conditions: dict[str, Condition], key: str) -> None:
    """Nothing is known: an alarm stays as it is, and what was about to come or to go must last anew for as long."""
    condition = conditions.get(key)
    if condition is not None:
        condition.since = -1
        if not condition.raised:
            del conditions[key]


def _standing(floor: Core) -> dict[int, list[SeatRecord]]:
    """By the states that rules about single seats are for: the seats that are in them for longer than some rule says.

    Once a minute all seats are looked at for all rules, it is all that a large floor pays; until the next time only
    those for which it may come to that. Who has come into a state since has not been there for long enough.
    """
    now, lookups = floor.now, floor.wires
    longest = lookups.longest
    found: dict[int, list[SeatRecord]] = {place: [] for place in longest}
    if found and now > lookups.standing_until:
        until = lookups.standing_until = now + int(min(MINUTE, *longest.values()))
        lookups.standing = [
            seat for seat in floor.state.seats.values()
            if seat.place in longest and seat.since + longest[seat.place] < until
        ]  # fmt: skip
    for seat in lookups.standing:
        if seat.place in longest and now - seat.since > longest[seat.place] and seat.since:
            found[seat.place].append(seat)
    return found


def _seats(floor: Core, news: News, watch: RuleWatch, standing: Iterable[SeatRecord]) -> None:
    rule, state = watch.rule, floor.state
    longest, now = (rule.longer_s or 0.0) * 1000, floor.now
    crews = _crews(floor, watch)
    ours = f":{rule.id}"
    beyond: set[str] = set()
    for seat in standing:
        if now - seat.since <= longest:
            continue
        if (rule.reason and not same_reason(rule.reason, seat.reason)) or not _is_of(floor, seat, watch, crews):
            continue
        scope = f"seat:{seat.id}"
        key = alarm_key(scope, rule)
        beyond.add(key)
        _take(floor, news, key, scope, watch, (now - seat.since) / 1000.0, seat.since)
    known = [key for key in state.conditions if key.startswith("alarm:seat:") and key.endswith(ours)]
    for key in known:
        if key not in beyond:
            _take(floor, news, key, key.removeprefix("alarm:").removesuffix(ours), watch, None, None)


def _crews(floor: Core, watch: RuleWatch) -> set[int] | None:
    """Places of the crews that a rule about single seats holds for; None for all."""
    if "site" in watch.rule.scopes:
        return None
    found: set[int] = set()
    for scope, crews in floor.wires.crews_of.items():
        if scope in watch.rule.scopes or scope.partition(":")[0] in watch.rule.scopes:
            found.update(crew.leaf.place for crew in crews)
    return found


def _is_of(floor: Core, seat: SeatRecord, watch: RuleWatch, crews: set[int] | None) -> bool:
    if crews is None or seat.crew in crews:
        return True
    # Nobody sits there: the seat is of the block in which it stands.
    return seat.crew < 0 and any(scope in watch.rule.scopes for scope in ("seat_type", f"seat_type:{seat.area}"))


def _take(
    floor: Core, news: News, key: str, scope: str, watch: RuleWatch, value: float | None, since: int | None
) -> None:
    """Take one evaluation of a rule at a scope."""
    rule, conditions = watch.rule, floor.state.conditions
    condition = conditions.get(key)
    outside = is_outside(rule, value, raised=condition is not None and condition.raised)
    if condition is None:
        if not outside:
            return
        condition = conditions[key] = Condition()
    if settle(condition, rule, outside, floor.now):
        if condition.raised:
            rise(floor, news, key, _fresh(floor, scope, watch, value, since))
        else:
            fall(floor, news, key)
    elif condition.raised and (value is not None or rule.figure):  # a figure may have none: nobody waits any more
        alarm = floor.state.alarms.get(key)
        if alarm is not None and alarm.ended_at is None and since != alarm.value_since:
            _of_seat(floor, alarm)  # another one has sat down there, and for as long
        keep_value(floor, key, value, since)
    if not condition.raised and condition.since < 0:
        del conditions[key]


def _fresh(floor: Core, scope: str, watch: RuleWatch, value: float | None, since: int | None) -> AlarmState:
    rule = watch.rule
    alarm = AlarmState(
        scope=scope, figure=rule.figure or (f"state:{rule.state}" if rule.above is not None else ""),
        window=rule.window, level=LEVEL_OF[rule.priority], since=floor.now, limit=limit_of(rule),
        value=None if since else value, value_since=since, rule=rule.id,
    )  # fmt: skip
    _of_seat(floor, alarm)
    return alarm


def _of_seat(floor: Core, alarm: AlarmState) -> None:
    """Whom the alarm of a seat is about: who sits there now."""
    if alarm.scope.startswith("seat:"):
        seat = floor.state.seats[alarm.scope.removeprefix("seat:")]
        crew = floor.crews[seat.crew] if seat.crew >= 0 else None
        alarm.team, alarm.seat_type = (crew.team, crew.seat_type) if crew else ("", seat.area)
        alarm.agent = seat.agent
