"""Alarm rules of a site: where each of them holds, when its limit is passed, and its delays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from config.schema import AlarmRule, Site, Threshold
from feeds.rules.alarms import CRITICAL, INFO, WARN

LEVEL_OF: Final = {"info": INFO, "warn": WARN, "critical": CRITICAL}


class RuleWatch(Struct, frozen=True):
    """A rule at one scope; rules about single seats and sources are watched once for all of them (`scope` is empty)."""

    scope: str
    rule: AlarmRule
    key: str
    """The key of its alarm."""


class Condition(Struct, array_like=True, gc=False):
    """A rule at a scope that holds (`raised`), or not, and since when the opposite is so (-1: it is not)."""

    raised: bool = False
    since: int = -1


def alarm_key(scope: str, rule: AlarmRule) -> str:
    """The key of a rule's alarm at a scope."""
    return f"alarm:{scope}:{rule.id}"


def rule_watches(site: Site, found: Iterable[str] = ()) -> list[RuleWatch]:
    """Every rule at every scope it holds for. `found` are ids of queues that the site does not know."""
    members = {
        "group": [one.id for one in site.groups], "seat_type": [one.id for one in site.seat_types],
        "queue": list(dict.fromkeys([*(one.id for one in site.queues), *found])),
        "team": [one.id for one in site.teams], "vendor": [one.id for one in site.vendors],
    }  # fmt: skip
    watches = []
    for rule in site.alarms:
        if rule.lost or rule.longer_s is not None:
            watches.append(RuleWatch("", rule, alarm_key("", rule)))
            continue
        scopes: dict[str, None] = {}
        for scope in rule.scopes:
            kind, colon, _ = scope.partition(":")
            named = [scope] if colon or kind == "site" else [f"{kind}:{one}" for one in members.get(kind, ())]
            scopes.update(dict.fromkeys(named))
        watches += [RuleWatch(scope, rule, alarm_key(scope, rule)) for scope in scopes]
    return watches


def limit_of(rule: AlarmRule) -> float:
    """The limit, in the value's own unit; of a lost source none but its delay, in seconds."""
    for limit in (rule.above, rule.below, rule.longer_s):
        if limit is not None:
            return limit
    return rule.on_delay_s


def is_outside(rule: AlarmRule, value: float | None, *, raised: bool) -> bool:
    """Whether a value is outside the limit; while the alarm is `raised` it must be better by the deadband to be in."""
    if value is None:
        return False
    if rule.below is not None:
        return value < rule.below + (rule.deadband if raised else 0.0)
    if rule.above is not None:
        return value > rule.above - (rule.deadband if raised else 0.0)
    return rule.longer_s is None or value > rule.longer_s


def settle(condition: Condition, rule: AlarmRule | Threshold, outside: bool, now: int) -> bool:
    """Take one evaluation at floor time `now` (ms) into the delays; True when the alarm comes or is over."""
    if outside == condition.raised:
        condition.since = -1
        return False
    if condition.since < 0:
        condition.since = now
    delay = rule.on_delay_s if outside else rule.off_delay_s
    if now - condition.since < delay * 1000:
        return False
    condition.raised, condition.since = outside, -1
    return True
