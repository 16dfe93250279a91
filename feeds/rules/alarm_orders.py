"""Orders about alarms: what their arguments mean, whose name stands for them, and why they cannot be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from feeds.entities import Alarm, AnyEntity

LONGEST_NAME: Final = 40
LONGEST_REASON: Final = 200
"""Characters."""


class AlarmWish(Struct, frozen=True):
    """What somebody wants of an alarm: `name` says who, where several share the credential; `minutes` to shelve."""

    alarm: str
    name: str = ""
    reason: str = ""
    minutes: int = 0


def wish_of(order: str, args: dict[str, Any], *, shared: bool, longest: int) -> AlarmWish | str:
    """The wish in an order's arguments, or why they make none. `longest` is for how many minutes one may shelve."""
    key, name, reason = (args.get(word, "") for word in ("alarm", "name", "reason"))
    minutes = args.get("minutes", 0)
    if not isinstance(key, str) or not isinstance(name, str) or not isinstance(reason, str):
        return "alarm, name and reason are texts"
    name, reason = name.strip(), reason.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        return f"a name is one line of {LONGEST_NAME} characters at most"
    if shared and not name:
        return "several people use this credential: give your name, so that it is known who it was"
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        return f"a reason is one line of {LONGEST_REASON} characters at most"
    if order in ("alarm.shelve", "alarm.out_of_service") and not reason:
        return "give a reason: whoever comes next has to know why this alarm does not tell"
    if order != "alarm.shelve":
        return AlarmWish(key, name, reason)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes <= longest:
        return f"an alarm is shelved for 1 to {longest} minutes; for longer take it out of service"
    return AlarmWish(key, name, reason, minutes)


def acknowledge_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be acknowledged, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    if alarm.out_of_service or alarm.shelved_until is not None:
        return _aside(alarm)
    if alarm.acknowledged_by:
        return f"already acknowledged by {alarm.acknowledged_name or alarm.acknowledged_by}"
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
    return None if alarm.state == "shelved" else "it is not shelved; it may have come off the shelf meanwhile"


def out_of_service_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be taken out of service, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    return _aside(alarm) if alarm.out_of_service else None


def in_service_refusal(alarm: AnyEntity | None) -> str | None:
    """Why an alarm cannot be returned to service, None if it can."""
    if not isinstance(alarm, Alarm):
        return _gone()
    return None if alarm.out_of_service else "it is in service already"


REFUSALS: Final[dict[str, Callable[[AnyEntity | None], str | None]]] = {
    "alarm.acknowledge": acknowledge_refusal,
    "alarm.shelve": shelve_refusal,
    "alarm.unshelve": unshelve_refusal,
    "alarm.out_of_service": out_of_service_refusal,
    "alarm.return_to_service": in_service_refusal,
}


def _gone() -> str:
    return "there is no such alarm; it may have ended meanwhile"


def _aside(alarm: Alarm) -> str:
    how = "out of service" if alarm.out_of_service else "shelved"
    return f"it is {how} already, by {alarm.suppressed_name or alarm.suppressed_by}"
