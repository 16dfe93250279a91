"""Orders about alarms: read by the rules, told to the floor as facts that everybody sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from feeds.entities import Alarm, AnyEntity
from feeds.facts import (
    AlarmAcknowledged,
    AlarmInService,
    AlarmOutOfService,
    AlarmShelved,
    AlarmUnshelved,
    AnyFact,
)  # fmt: skip
from feeds.gateway.books.store import AuditRow
from feeds.gateway.ordering.giver import Giver, Outcome
from feeds.gateway.running.engine import Engine
from feeds.rules.access import place_of
from feeds.rules.alarm_orders import OF_ALL, OF_TEAMS, REFUSALS, AlarmWish, effect_of, wish_of
from feeds.rules.causes import stays_quiet
from feeds.rules.effects import Effect
from feeds.said import said

Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]
NAMES: Final = frozenset(REFUSALS)


def alarm_orders(engine: Engine) -> dict[str, Act]:
    """What carries out each order about an alarm."""

    async def act(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        wish = _meant(engine, giver, row.name, args)
        if isinstance(wish, str):
            return "refused", wish
        fact = _fact(row.name, wish, engine.own_time(), giver.credential.token.id)
        if isinstance(fact, AlarmAcknowledged):
            fact = msgspec.structs.replace(fact, also=_consequences(engine, giver, wish.alarm))
        await engine.emit_own(fact)
        return "done", ""

    return dict.fromkeys(NAMES, act)


def rehearse(engine: Engine, giver: Giver, order: str, args: dict[str, Any]) -> Effect | str:
    """What an order about an alarm would do and to which alarms, or why it would be refused."""
    wish = _meant(engine, giver, order, args)
    if isinstance(wish, str):
        return wish
    also: list[str] = []
    if order == "alarm.acknowledge":
        also = _consequences(engine, giver, wish.alarm)
    elif order == "alarm.shelve":
        also = _quiet_with(engine, giver, wish.alarm)
    return Effect(effect_of(order, wish), (wish.alarm, *also))


def _meant(engine: Engine, giver: Giver, order: str, args: dict[str, Any]) -> AlarmWish | str:
    """What is wanted of which alarm, or why it cannot be had."""
    longest = engine.session.site.alarm_settings.longest_shelf_minutes
    wish = wish_of(order, args, shared=giver.credential.token.shared, longest=longest)
    if isinstance(wish, str):
        return wish
    alarm = engine.session.floor.entity(wish.alarm) if wish.alarm.startswith("alarm:") else None
    if alarm is not None and not giver.audience.sees(place_of(alarm)):
        alarm = None
    return REFUSALS[order](alarm) or _beyond_scope(alarm, giver) or wish


def _beyond_scope(alarm: AnyEntity | None, giver: Giver) -> str | None:
    """Why an alarm is not whoever's it is who sees it: that of a queue is every team's, and silent for all of them."""
    if not isinstance(alarm, Alarm):
        return None
    kind = alarm.scope.partition(":")[0]
    if kind in OF_ALL and not giver.audience.everything:
        text = "this alarm is the whole floor's: it is not given to a credential or a view of a part of it"
        return said("scope.alarm_all", text)
    if giver.audience.teams is None or kind in OF_TEAMS:
        return None
    text = "this alarm is every team's: it is not given to a credential or a view of single teams"
    return said("scope.alarm", text)


def _consequences(engine: Engine, giver: Giver, cause: str) -> list[str]:
    """What is only a consequence of an alarm, as far as whoever acknowledges it sees."""
    floor = engine.session.floor
    found = (floor.entity(key) for key in floor.keys() if key.startswith("alarm:"))  # noqa: SIM118 - no dict
    return sorted(
        one.key for one in found
        if isinstance(one, Alarm) and one.cause == cause and one.fresh and giver.audience.sees(place_of(one))
    )  # fmt: skip


def _quiet_with(engine: Engine, giver: Giver, cause: str) -> list[str]:
    """What is silent together with an alarm that is shelved, as far as whoever shelves it sees."""
    floor = engine.session.floor
    shelved = floor.entity(cause)
    found = (floor.entity(key) for key in floor.keys() if key.startswith("alarm:"))  # noqa: SIM118 - no dict
    return sorted(
        one.key for one in found
        if isinstance(one, Alarm) and isinstance(shelved, Alarm) and one.cause == cause and one.stands
        and stays_quiet(shelved.scope, one.scope) and giver.audience.sees(place_of(one))
    )  # fmt: skip


def _fact(order: str, wish: AlarmWish, at: int, by: str) -> AnyFact:
    key, name, reason = wish.alarm, wish.name, wish.reason
    if order == "alarm.acknowledge":
        return AlarmAcknowledged(at=at, alarm=key, by=by, name=name)
    if order == "alarm.shelve":
        return AlarmShelved(at=at, alarm=key, by=by, until=at + wish.minutes * 60_000, reason=reason, name=name)
    if order == "alarm.unshelve":
        return AlarmUnshelved(at=at, alarm=key, by=by, name=name)
    if order == "alarm.out_of_service":
        return AlarmOutOfService(at=at, alarm=key, by=by, reason=reason, name=name)
    return AlarmInService(at=at, alarm=key, by=by, name=name)
