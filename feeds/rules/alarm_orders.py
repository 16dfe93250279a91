"""Orders about alarms: what their arguments mean, whose name stands for them, and why they cannot be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from feeds.entities import Alarm, AnyEntity
from feeds.said import Said, said

OF_TEAMS: Final = frozenset({"seat", "team", "vendor"})
"""Kinds of scopes whose alarms are those of single teams; all others are every team's."""
OF_ALL: Final = frozenset({"source", "trunk"})
"""Kinds of scopes whose alarms everybody sees: who may quiet them for all must be responsible for all."""
DECISIVE: Final = ("number", "since", "level", "acknowledged_at", "ended_at", "shelved_until", "out_of_service")
"""What of an alarm decides about what to do with it; its value moves all the time and does not."""
LONGEST_NAME: Final = 40
LONGEST_REASON: Final = 200
"""Characters."""


class AlarmWish(Struct, frozen=True):
    """What somebody wants of an alarm: `name` says who, where several share the credential; `minutes` to shelve."""

    alarm: str
    name: str = ""
    reason: str = ""
    minutes: int = 0


def decided_on(alarm: Alarm) -> dict[str, Any]:
    """What an order about an alarm expects of it, so that it is not given about another state than the one seen."""
    return {member: getattr(alarm, member) for member in DECISIVE}


def outdated_refusal(order: str, alarm: AnyEntity | None) -> str:
    """Why an order is not carried out that was decided on an alarm in another state; the very reason, if it has one."""
    text = "the alarm has changed since this was decided; look at it again"
    return REFUSALS[order](alarm) or said("alarm.outdated", text)


def wish_of(order: str, args: dict[str, Any], *, shared: bool, longest: int) -> AlarmWish | str:
    """The wish in an order's arguments, or why they make none. `longest` is for how many minutes one may shelve."""
    key, name, reason = (args.get(word, "") for word in ("alarm", "name", "reason"))
    minutes = args.get("minutes", 0)
    if not isinstance(key, str) or not isinstance(name, str) or not isinstance(reason, str):
        return said("alarm.texts", "alarm, name and reason are texts")
    name, reason = name.strip(), reason.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        return said("alarm.name_long", "a name is one line of {most} characters at most", most=LONGEST_NAME)
    if shared and not name:
        text = "several people use this credential: give your name, so that it is known who it was"
        return said("alarm.name_missing", text)
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        text = "a reason is one line of {most} characters at most"
        return said("alarm.reason_long", text, most=LONGEST_REASON)
    if order in ("alarm.shelve", "alarm.out_of_service") and not reason:
        text = "give a reason: whoever comes next has to know why this alarm does not tell"
        return said("alarm.reason_missing", text)
    if order != "alarm.shelve":
        return AlarmWish(key, name, reason)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes <= longest:
        text = "an alarm is shelved for 1 to {longest} minutes; for longer take it out of service"
        return said("alarm.minutes", text, longest=longest)
    return AlarmWish(key, name, reason, minutes)


def acknowledge_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be acknowledged, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    if alarm.out_of_service or alarm.shelved_until is not None:
        return _aside(alarm)
    if alarm.acknowledged_by:
        by = alarm.acknowledged_name or alarm.acknowledged_by
        return said("alarm.acknowledged", "already acknowledged by {by}", by=by)
    return None


def shelve_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be shelved, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    if alarm.out_of_service or alarm.shelved_until is not None:
        return _aside(alarm)
    return None


def unshelve_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be taken off the shelf, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    if alarm.state == "shelved":
        return None
    return said("alarm.not_shelved", "it is not shelved; it may have come off the shelf meanwhile")


def out_of_service_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be taken out of service, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    return _aside(alarm) if alarm.out_of_service else None


def in_service_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be returned to service, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    return None if alarm.out_of_service else said("alarm.in_service", "it is in service already")


def effect_of(order: str, wish: AlarmWish) -> Said:
    """What an order about an alarm does, said before it is given."""
    if order == "alarm.acknowledge":
        return said("effect.acknowledge", "everybody sees that you have seen the alarm")
    if order == "alarm.shelve":
        text = "silent for everybody for {minutes} min, and what follows from it too; it comes back by itself"
        return said("effect.shelve", text, minutes=wish.minutes)
    if order == "alarm.unshelve":
        return said("effect.unshelve", "the alarm tells again, for everybody")
    if order == "alarm.out_of_service":
        return said("effect.out_of_service", "the alarm is silent for everybody until somebody returns it to service")
    return said("effect.in_service", "the alarm is in service again, for everybody")


REFUSALS: Final[dict[str, Callable[[AnyEntity | None], str | None]]] = {
    "alarm.acknowledge": acknowledge_refusal,
    "alarm.shelve": shelve_refusal,
    "alarm.unshelve": unshelve_refusal,
    "alarm.out_of_service": out_of_service_refusal,
    "alarm.return_to_service": in_service_refusal,
}


def _gone() -> str:
    return said("alarm.gone", "there is no such alarm; it may have ended meanwhile")


def _aside(alarm: Alarm) -> str:
    by = alarm.suppressed_name or alarm.suppressed_by
    if alarm.out_of_service:
        return said("alarm.out_already", "it is out of service already, by {by}", by=by)
    return said("alarm.shelved_already", "it is shelved already, by {by}", by=by)
