"""What people call a part of the floor: the site, a group, a queue, a team, a vendor."""

from __future__ import annotations

from console.sight import Sight
from console.words import Words
from feeds.entities import Label, Queue, Trunk


def scope_name(sight: Sight, scope: str, words: Words) -> str:
    """What people call a scope."""
    kind, _, number = scope.partition(":")
    if kind == "site":
        return words("alarm.site")
    label = label_of(sight, f"{kind}s", number)
    return words.name(label) if label is not None else number


def queues_in_order(sight: Sight) -> list[Queue]:
    """The queues as the site lists them, then those that only the source knows."""
    order = {label.id: place for place, label in enumerate(sight.site.queues)} if sight.site is not None else {}
    return sorted(sight.queues(), key=lambda queue: (order.get(queue.key.partition(":")[2], len(order)), queue.key))


def queue_name(sight: Sight, key: str, words: Words) -> str:
    """What people call the queue of that key; what its source calls it where the site does not know it."""
    number = key.partition(":")[2]
    label, queue = label_of(sight, "queues", number), sight.queue(number)
    if label is not None:
        return words.name(label)
    return (words.name(queue) if queue is not None else "") or number


def source_of(sight: Sight, scope: str) -> str:
    thing = sight.entities.get(scope)
    return thing.source if isinstance(thing, Queue | Trunk) else ""


def label_of(sight: Sight, field: str, number: str) -> Label | None:
    site = sight.site
    found = getattr(site, field, None) if site is not None else None
    labels: list[Label] = found if isinstance(found, list) else []  # `seats` is a number
    return next((label for label in labels if label.id == number), None)


def label_name(labels: list[Label] | None, number: str, words: Words) -> str:
    """What people call a thing of the site; its id where the site does not name it."""
    found = next((label for label in labels or () if label.id == number), None)
    return words.name(found) if found is not None else number
