"""Links to what is on the floor, `floor://seat/108`, to be sent to somebody who opens them at another desk."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from msgspec import Struct

from console.sight import Sight
from console.words import Words

SCHEME: Final = "floor://"
KINDS: Final = ("seat", "queue", "alarm")
LONGEST: Final = 300
"""A link that somebody was sent is a text of a stranger's."""


class Link(Struct, frozen=True):
    """Where a link leads: the kind of a thing and its number; `key` is the entity's."""

    kind: str
    number: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.number}"

    @property
    def text(self) -> str:
        return f"{SCHEME}{self.kind}/{quote(self.number, safe=':')}"


def link_to(key: str) -> Link | None:
    """The link to an entity; None for kinds that have none."""
    kind, _, number = key.partition(":")
    return Link(kind, number) if kind in KINDS and number else None


def parsed(text: str, words: Words) -> Link | str:
    """The link that a text is, or why it is none."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text.strip())  # the reason stays one line
    if not shown.startswith(SCHEME) or len(shown) > LONGEST:
        return words("link.wrong.form", link=shown[:60])
    kind, _, number = shown.removeprefix(SCHEME).partition("/")
    if kind and kind not in KINDS:
        return words("link.wrong.kind", kind=kind[:30])
    number = unquote(number.rstrip("/"))
    if not kind or not number or not number.isprintable():
        return words("link.wrong.form", link=shown[:60])
    return Link(kind, number)


def missing(sight: Sight, link: Link, words: Words) -> str:
    """Why a link leads nowhere on this floor; empty when it leads somewhere."""
    if sight.site is None:
        return words("link.wrong.waiting")
    if link.key in sight.entities:
        return ""
    return words(f"link.wrong.{link.kind}", number=link.number)
