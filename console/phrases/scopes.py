"""What people call a part of the floor: the site, a group, a queue, a team, a vendor."""

from __future__ import annotations

from console.sight import Sight
from console.words import Words
from feeds.entities import Label


def scope_name(sight: Sight, scope: str, words: Words) -> str:
    """What people call a scope."""
    kind, _, number = scope.partition(":")
    if kind == "site":
        return words("alarm.site")
    label = label_of(sight, f"{kind}s", number)
    return words.name(label) if label is not None else number


def source_of(sight: Sight, scope: str) -> str:
    queue = sight.queue(scope.partition(":")[2]) if scope.startswith("queue:") else None
    return queue.source if queue is not None else ""


def label_of(sight: Sight, field: str, number: str) -> Label | None:
    site = sight.site
    labels: list[Label] = getattr(site, field, []) if site is not None else []
    return next((label for label in labels if label.id == number), None)


def label_name(labels: list[Label] | None, number: str, words: Words) -> str:
    """What people call a thing of the site; its id where the site does not name it."""
    found = next((label for label in labels or () if label.id == number), None)
    return words.name(found) if found is not None else number
