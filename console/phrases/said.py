"""What the gateway said, in the desk's words: a code with values is a sentence; English stays where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.phrases.scopes import label_of, scope_name
from console.sight import Sight
from console.words import Words
from feeds.said import Value

NAMED: Final[Mapping[str, str]] = {
    "queue": "queues", "queues": "queues", "left": "queues", "there": "queues", "team": "teams",
    "by": "people",
}  # fmt: skip
"""Blanks that hold the id of a thing with a name on this floor, and the list of the site that names it."""
LISTED: Final = "said.and"


def worded(sight: Sight, code: str, values: Mapping[str, Value], text: str, words: Words) -> str:
    """The sentence of a code with its values, `text` where this desk has no words for it."""
    key = f"said.{code}"
    if not code or not words.has(key):
        return text
    shown = {name: _shown(sight, name, value, words) for name, value in values.items()}
    try:
        return words(key, **shown)
    except (KeyError, ValueError, IndexError):  # a newer gateway may say it with other values
        return text


def _shown(sight: Sight, name: str, value: Value, words: Words) -> str:
    if isinstance(value, list):
        return words(LISTED).join(_one(sight, name, one, words) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    return _one(sight, name, str(value), words)


def _one(sight: Sight, name: str, value: str, words: Words) -> str:
    if name in NAMED:
        label = label_of(sight, NAMED[name], value)
        return words.name(label) if label is not None else words("said.all") if value == "all" else value
    if name == "scope":
        return scope_name(sight, value, words)
    if name in ("order", "mode", "value") and words.has(f"{name}.{value}"):
        return words(f"{name}.{value}")
    return value
