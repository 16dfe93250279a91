"""What a seat's state looks like and how it is told: shapes, words, and when it has lasted too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.phrases.reasons import beside, reason_name
from console.phrases.times import since_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm, Call, Seat, SiteInfo
from feeds.rules.masking import masked_number
from widgets.texts import Shape
from widgets.tones import Tone

FAR_SHAPES: Final[Mapping[str, Shape]] = {
    "offline": Shape.DASH,
    "ready": Shape.RING,
    "reserved": Shape.RING_DOT,
    "ringing": Shape.RING_DOT,
    "talking": Shape.DISC,
    "outbound": Shape.DISC,
    "internal": Shape.DISC,
    "hold": Shape.TWO_BARS,
    "acw": Shape.HALF_DISC,
    "fault": Shape.CROSS,
    "unknown": Shape.CROSS,
    "not_responding": Shape.CROSS,
}
"""Across the room. States that are not listed are off-queue and drawn as a square, like a break."""

SHAPES: Final[Mapping[str, Shape]] = {
    **FAR_SHAPES,
    "unknown": Shape.QUERY,
    "fault": Shape.CROSS,
    "not_responding": Shape.BARRED,
}
"""At the desk: what is wrong with a phone is told apart, because nearer eyes may act on it."""

FOLDED: Final[tuple[tuple[str, Shape, tuple[str, ...]], ...]] = (
    ("tally.talking", Shape.DISC, ("talking", "outbound", "internal")),
    ("tally.ready", Shape.RING, ("ready",)),
    ("tally.ringing", Shape.RING_DOT, ("ringing", "reserved")),
    ("tally.acw", Shape.HALF_DISC, ("acw",)),
    ("tally.hold", Shape.TWO_BARS, ("hold",)),
    ("tally.away", Shape.SQUARE, ("break", "training", "meeting", "coaching", "casework", "busy", "forced_busy")),
    ("state.not_responding", Shape.BARRED, ("not_responding",)),
    ("state.fault", Shape.CROSS, ("fault",)),
    ("state.unknown", Shape.QUERY, ("unknown",)),
    ("state.offline", Shape.DASH, ("offline",)),
)
"""Kindred states under one word, in the order of the legend."""


def shape_of(seat: Seat) -> Shape:
    """The shape of a seat's state; states that are not listed are off-queue and a square, like a break."""
    return SHAPES.get(seat.state, Shape.SQUARE)


def shade_of(seat: Seat) -> str:
    """The classic colour of a seat's state: `free`, `busy` with a caller or after one, `away`; none where it is odd."""
    shape = shape_of(seat)
    if shape is Shape.SQUARE:
        return "away"
    if shape is Shape.RING:
        return "free"
    return "busy" if shape in (Shape.RING_DOT, Shape.DISC, Shape.HALF_DISC, Shape.TWO_BARS) else ""


def seconds_of(sight: Sight, seat: Seat) -> float:
    """How long the state has lasted, by the desk's clock; a silent source's seats stand still."""
    return max(0.0, (sight.moment(seat.source) - seat.since) / 1000)


def tone_of(seat: Seat, seconds: float) -> Tone:
    """Whether the state has lasted too long."""
    if seat.critical_after_s is not None and seconds > seat.critical_after_s:
        return Tone.CRITICAL
    if seat.warn_after_s is not None and seconds > seat.warn_after_s:
        return Tone.WARN
    return Tone.CALM


def passed_limit(seat: Seat, tone: Tone) -> float | None:
    """The limit in seconds that a tone says was passed."""
    if tone is Tone.CRITICAL:
        return seat.critical_after_s
    return seat.warn_after_s if tone is Tone.WARN else None


def state_text(site: SiteInfo | None, seat: Seat, words: Words) -> str:
    """The state with its reason, by its name where the site has one."""
    state = words(f"state.{seat.state}")
    old = f"doubt.{seat.reason}"  # recordings from before seats had doubts of their own say them as the reason
    doubted = seat.state == "unknown" and words.has(old)
    reason = words(old) if doubted else reason_name(site, seat.reason, words)
    return beside(state, reason)


def doubt_text(seat: Seat, words: Words) -> str:
    """What contradicts what at a seat whose state is unknown for that; empty where nothing does."""
    known = [words(f"doubt.{code}") if words.has(f"doubt.{code}") else code for code in seat.doubt]
    return words("doubt.join").join(known)


def doubt_since(sight: Sight, seat: Seat, words: Words) -> str:
    """The same with the time of day since when, and the date where that was not today."""
    what = doubt_text(seat, words)
    if not what or seat.doubt_since is None:
        return what
    return words("doubt.since", what=what, time=since_text(sight.site, seat.doubt_since, sight.now))


def language_names(seat: Seat, words: Words) -> tuple[str, ...]:
    """The languages that whoever sits there speaks, by their names where the house has one."""
    return tuple(language_name(code, words) for code in seat.languages)


def language_name(code: str, words: Words) -> str:
    """What a language is called; its code where the house has no name for it."""
    key = f"language.{code.partition('-')[0]}"
    return words(key) if words.has(key) else code


def agent_name(at: Seat | Alarm, words: Words) -> str:
    """Who sits there in the desk's language, or sat there when an alarm of the seat came.

    The number where no name is known, nothing at an empty seat.
    """
    first, second = (at.agent_en, at.agent_zh) if words.language == "en" else (at.agent_zh, at.agent_en)
    return first or second or at.agent


def seat_number(seat: Seat) -> str:
    """The seat's own number."""
    return seat.key.partition(":")[2]


def calls_in_hand(sight: Sight) -> dict[tuple[str, str], Call]:
    """The legs that somebody has, by (call, agent): a seat knows its call, the numbers are with the leg."""
    return {(call.call, call.agent): call for call in sight.entities.of(Call) if call.agent}


def masked(number: str) -> str:
    """A caller's number as everybody who passes the screen may see it."""
    return masked_number(number) if number else ""
