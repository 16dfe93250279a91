"""What happened, in words that the list of an absence and the handover sheet share."""

from __future__ import annotations

from console.phrases.scopes import label_name, scope_name
from console.phrases.trunks import trunk_name
from console.sight import Sight
from console.words import Words
from feeds.entities import Notice, Order


def order_text(sight: Sight, order: Order, words: Words) -> str:
    """What was ordered, and for what."""
    name, about = order_name(order, words), about_text(sight, order.about, words)
    return f"{name} · {about}" if about else name


def order_name(order: Order, words: Words) -> str:
    """What people call an order."""
    key = f"order.{order.name}"
    return words(key) if words.has(key) else order.name


def about_text(sight: Sight, key: str, words: Words) -> str:
    """What people call the thing of that key; empty for a call, whose key says nothing to anybody."""
    kind, _, number = key.partition(":")
    if kind == "seat":
        return words("floor.seat", number=number)
    if kind in ("queue", "team", "switch"):
        return scope_name(sight, f"queue:{number}" if kind == "switch" else key, words) if number != "all" else ""
    if kind != "alarm":
        return ""
    kind, _, rest = number.partition(":")
    if kind in ("seat", "source", "trunk"):  # their scope is no part of the site
        name = rest.partition(":")[0]
        if kind == "trunk":
            return trunk_name(sight, name, words)
        return words("floor.seat", number=name) if kind == "seat" else name
    return scope_name(sight, "site" if kind == "site" else f"{kind}:{rest.partition(':')[0]}", words)


def mode_name(sight: Sight, value: str, words: Words) -> str:
    """What a switch is set to."""
    mode, _, queue = value.partition(":")
    key = f"handover.value.{mode}"
    site = sight.site
    return words(key, queue=label_name(site.queues if site else None, queue, words)) if words.has(key) else value


def receiver(sight: Sight, notice: Notice, words: Words) -> str:
    """To whom a notice is."""
    kind, _, number = notice.to.partition(":")
    if kind == "team":
        return label_name(sight.site.teams if sight.site else None, number, words)
    return words("floor.seat", number=number) if kind == "seat" else words("handover.floor")
