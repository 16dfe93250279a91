"""Why an order cannot be given now, asked before somebody presses: the gateway's rules bind, the desk only mirrors."""

from __future__ import annotations

from console.given import Given
from console.phrases.said import worded
from console.sight import MAIN, Sight
from console.words import Words
from widgets.tones import Tone

_TONES = {"refused": Tone.WARN, "failed": Tone.CRITICAL, "unknown": Tone.WARN}


def may(sight: Sight, order: str) -> bool:
    """Whether our role has the right to give an order: by its name, by `feature.*` or by `*`."""
    welcome = sight.welcome
    wanted = ("*", order, order.partition(".")[0] + ".*")
    return welcome is not None and any(right in wanted for right in welcome.rights)


def refusal(sight: Sight, order: str, words: Words) -> str:
    """Why nobody here can give that order now, empty when somebody can."""
    if sight.stale:
        return words("why.stale")
    if not may(sight, order):
        return words("why.no_right")
    return ""


def source_refusal(sight: Sight, source: str, words: Words) -> str:
    """Why the source takes no orders for its seats and calls, empty when it does."""
    known = sight.sources.get(source or MAIN)
    if known is None:
        return ""
    if not known.orders:
        return words(f"why.{known.mode}" if known.mode != "live" else "why.no_orders")
    return words("why.source_silent") if known.stale else ""


def outcome(sight: Sight, given: Given, words: Words) -> tuple[str, Tone]:
    """What is known of an order, in words, with the tone of how much it wants to be looked at."""
    name = words(f"order.{given.name}")
    if given.phase in ("asked", "running"):
        key = "order.not_seen" if given.late else "order.waiting"
        return words(key, name=name), Tone.WARN if given.late else Tone.CALM
    said = "" if given.begun else worded(sight, given.code, given.values, given.text, words)
    why = f"{words('order.colon')}{said}" if said and given.phase != "undone" else ""
    key = "order.taken" if given.deferred else f"order.{given.phase}"
    return words(key, name=name) + why, _TONES.get(given.phase, Tone.CALM)
