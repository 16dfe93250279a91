"""What can be ordered for calls, why not where it cannot, and the deed that a choice comes to."""

from __future__ import annotations

import re
from typing import Any, Final

from console.ordering.deeds import Deed, Target
from console.phrases.figures import EMPTY
from console.phrases.scopes import queue_name, queues_in_order
from console.phrases.states import masked
from console.rights import refusal, source_refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Call
from feeds.rules.commands import HIGHEST_PRIORITY
from widgets.desk_texts import ActionText, Choice
from widgets.elapsed import clock_text

REQUEUE, PRIORITISE, REDIRECT, HANGUP = "call.requeue", "call.prioritise", "call.redirect", "call.hangup"
ORDERS: Final = (REQUEUE, PRIORITISE, REDIRECT, HANGUP)
ICONS: Final = {REQUEUE: "transfer", PRIORITISE: "star", REDIRECT: "headset", HANGUP: "hang-up"}
WAITING: Final = ("waiting", "ringing")
NUMBER: Final = re.compile(r"[0-9+*#]{1,32}")
"""As the gateway takes it (feeds.rules.commands); a test holds the two against each other."""


def calls_of(sight: Sight, keys: tuple[str, ...]) -> tuple[Call, ...]:
    """Those calls that are still there, in the order of their keys."""
    found = (sight.entities.get(key) for key in keys)
    return tuple(call for call in found if isinstance(call, Call) and call.state != "acw")


def actions(sight: Sight, keys: tuple[str, ...], words: Words) -> tuple[ActionText, ...]:
    """Every order for those calls, with why it cannot be given now."""
    return tuple(
        ActionText(order, words(f"order.{order}") + "…", ICONS[order], not why, why)
        for order in ORDERS
        for why in (why_not(sight, order, keys, words),)
    )


def why_not(sight: Sight, order: str, keys: tuple[str, ...], words: Words) -> str:
    """Why nobody here can give that order for those calls, empty when somebody can."""
    why = refusal(sight, order, words)
    if why:
        return why
    calls = calls_of(sight, keys)
    if not calls:
        return words("why.call_over")
    why = next(filter(None, (source_refusal(sight, call.source, words) for call in calls)), "")
    if why:
        return why
    if order in (REQUEUE, PRIORITISE) and all(call.state not in WAITING for call in calls):
        return words("why.call_answered")
    if order == REQUEUE and not queue_choices(sight, calls, words):
        return words("why.one_queue")
    return ""


def queue_choices(sight: Sight, calls: tuple[Call, ...], words: Words) -> tuple[Choice, ...]:
    """The queues that at least one of the calls does not wait in yet, with how many wait there."""
    here = {call.queue for call in calls}
    return tuple(
        Choice(queue.key.partition(":")[2], words("calls.queue", queue=queue_name(sight, queue.key, words),
                                                   waiting=queue.waiting))
        for queue in queues_in_order(sight)
        if here != {queue.key.partition(":")[2]}
    )  # fmt: skip


def argument_refusal(order: str, value: str, words: Words) -> str:
    """Why an order cannot be given with that argument, empty when it can."""
    if order == REDIRECT and not NUMBER.fullmatch(value):
        return words("why.number") if value else words("why.number_first")
    if order == REQUEUE and not value:
        return words("why.queue_first")
    return ""


def deed(sight: Sight, order: str, keys: tuple[str, ...], value: str | int, words: Words) -> Deed:
    """The order for each of the calls that are still there; `value` is queue, number or priority."""
    more: dict[str, Any] = {}
    if order == REQUEUE:
        more = {"queue": value}
    elif order == REDIRECT:
        more = {"to": value}
    elif order == PRIORITISE:
        more = {"priority": min(int(value), HIGHEST_PRIORITY)}
    calls = calls_of(sight, keys)
    if order == REQUEUE:  # whoever waits there already is not asked about
        calls = tuple(call for call in calls if call.queue != value) or calls
    cuts = order in (REDIRECT, HANGUP)
    return Deed(order, tuple(target_of(sight, call, more, words, is_cut=cuts) for call in calls))


def target_of(sight: Sight, call: Call, more: dict[str, Any], words: Words, *, is_cut: bool) -> Target:
    """A call as the target of an order: its masked number, where it waits and for how long.

    What would cut a waiting caller off would cut off the conversation of one who is answered until it comes.
    """
    waited = clock_text(max(0.0, (sight.moment(call.source) - call.joined_at) / 1000))
    expect = {call.key: {"agent": call.agent}} if is_cut else None
    detail = f"{waited} · {queue_name(sight, f'queue:{call.queue}', words)}"
    return Target(call.key, masked(call.number) or EMPTY, {"call": call.key, **more}, detail, expect)


def title(sight: Sight, order: str, keys: tuple[str, ...], words: Words) -> str:
    """`Requeue · 138****5678`, or how many."""
    return f"{words(f'order.{order}')} · {about(sight, keys, words)}"


def about(sight: Sight, keys: tuple[str, ...], words: Words) -> str:
    """One caller by the masked number, several by how many they are."""
    calls = calls_of(sight, keys)
    return masked(calls[0].number) or EMPTY if len(calls) == 1 else words("calls.count", count=len(calls))
