"""What the gateway says of an order: English for every reader, with a code and values for those with other words.

A refusal or an end is a text all the way, that of a connection as well; one made by :func:`said` remembers besides what
it says, so that a console words it in its own language (`said.<code>` of resources/i18n). Whoever does not know the
code shows the English.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

Value = str | int | float | list[str]
"""What stands in a blank; by the blank's name a console knows whose name to show: `team`, `queue`, `queues` …"""

JOINT: Final = ", "


class Said(str):
    """An English text that remembers its code and the values in it. Plain text goes on the wire: see :func:`parts`."""

    code: str
    values: dict[str, Value]

    __slots__ = ("code", "values")


class Parts(Struct, frozen=True):
    """A text as it travels: `code` is empty where nobody gave it one."""

    text: str
    code: str = ""
    values: dict[str, Value] = {}


def said(code: str, text: str, /, **values: Value) -> Said:
    """That text with its blanks filled in, remembered as `code` with `values`; lists are joined by commas."""
    shown: dict[str, Any] = {name: JOINT.join(one) if isinstance(one, list) else one for name, one in values.items()}
    made = Said(text.format(**shown) if shown else text)
    made.code, made.values = code, values
    return made


def heard(text: str, code: str, values: dict[str, Value] | None = None) -> str:
    """A text as it came over the wire, with its code and values again; plain where nobody gave it a code."""
    if not code:
        return text
    made = Said(text)
    made.code, made.values = code, values or {}
    return made


def parts(text: str) -> Parts:
    """What to send of a text that may have been made by :func:`said`."""
    if isinstance(text, Said):
        return Parts(str(text), text.code, text.values)
    return Parts(text)
