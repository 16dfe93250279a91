"""What callers speak, by the name that the floor's people use for it."""

from __future__ import annotations

from console.sight import Sight
from console.words import Words
from feeds.entities import Call


def language_of(sight: Sight, call: Call, words: Words) -> str:
    """The language of a caller: the queue's, else the floor's; the code where nobody has a word for it."""
    code = call.language or (sight.site.spoken if sight.site is not None else "")
    key = f"language.{code.partition('-')[0].lower()}"
    return words(key) if words.has(key) else code
