"""Turns the desk's actions into the lines of the page of shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from console.finder.matching import Entry, entry, found
from console.words import Words
from widgets.desk_texts import LineText

GROUPS = ("go", "seat", "alarm", "table", "view", "desk")
"""In the order in which they stand on the page."""


class Known(Struct, frozen=True):
    """An action as the page knows it: its keys as people read them."""

    id: str
    title: str
    group: str
    keys: str = ""
    usual: str = ""
    changed: bool = False


def lines(known: Sequence[Known], query: str, words: Words) -> tuple[LineText, ...]:
    """A line for each action that fits, group by group."""
    order = {group: place for place, group in enumerate(GROUPS)}
    shown = [one for one in known if one.id in fitting(known, query)]
    shown.sort(key=lambda one: order.get(one.group, len(order)))
    return tuple(
        LineText(
            key=one.id,
            cells=(
                words(f"actions.{one.group}"),
                one.title,
                one.keys or words("shortcuts.none"),
                words("shortcuts.changed", usual=one.usual or words("shortcuts.none")) if one.changed else "",
            ),
            faint=not one.keys,
            tip=one.title,
        )
        for one in shown
    )


def fitting(known: Sequence[Known], query: str) -> set[str]:
    """The ids of the actions whose name or keys hold what is looked for."""
    if not query.strip():
        return {one.id for one in known}
    entries: list[Entry] = [entry(one.id, "action", one.title, (one.keys, one.id)) for one in known]
    return {one.key for one in found(entries, query, {}, len(entries))}


def conflict(keys: str, other: str, words: Words) -> str:
    """What is said of a shortcut that another action has."""
    return words("shortcuts.conflict", keys=keys, name=other)
