"""Listening: who may be heard, how, by whom, and in which words it is refused.

A session hears the call of a seat, or the seat's call behind a leg in a queue; both must be in the giver's sight.
`listen`: the supervisor is heard by nobody. `whisper`: by the agent only. `barge`: by both. `take_over`: the caller is
joined to the supervisor and the agent's phone is hung up; there is no way back from it, and its end is the call's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from msgspec import Struct

from config.schema import Token
from feeds.entities import AnyEntity, Call, Listening, Seat
from feeds.said import said
from feeds.states import ListeningMode

MODES: Final[tuple[ListeningMode, ...]] = get_args(ListeningMode)
SPEAKING: Final = frozenset({"whisper", "barge", "take_over"})
"""Modes in which somebody hears the supervisor."""
AT_ONCE: Final = 4
"""Sessions that one console may have: more voices nobody can tell apart."""
NO_SESSION: Final = said("listen.gone", "there is no such session; it may have ended")
HEARD_STATES: Final = frozenset({"talking", "hold", "outbound", "internal"})
_PHONE: Final = re.compile(r"[0-9A-Za-z_.+*#-]{1,40}")


class Wish(Struct, frozen=True):
    """What `listening.start` asks for: a seat or a leg, a mode, and a phone instead of the console."""

    seat: str
    leg: str
    mode: ListeningMode
    phone: str


def wish(args: Mapping[str, Any]) -> Wish | str:
    """The arguments of `listening.start`, or what is wrong with them."""
    seat, leg, phone = (args.get(name, "") for name in ("seat", "call", "phone"))
    if not all(isinstance(one, str) for one in (seat, leg, phone)):
        return said("listen.texts", "`seat`, `call` and `phone` are texts")
    if bool(seat) == bool(leg):
        return said("listen.which", "say either the `seat` or the `call` that is to be heard")
    mode = mode_of(args.get("mode", "listen"))
    if mode is None:
        return _no_mode(args.get("mode"))
    if phone and not _PHONE.fullmatch(phone):
        return said("listen.phone", "'{phone}' is not the number of a phone", phone=phone)
    return Wish(seat.removeprefix("seat:"), leg.removeprefix("call:"), mode, phone)


def mode_of(word: object) -> ListeningMode | None:
    """A mode by its word; `take over` may be written with a space."""
    text = word.replace(" ", "_") if isinstance(word, str) else ""
    return next((mode for mode in MODES if mode == text), None)


def _no_mode(word: object) -> str:
    return said("listen.mode", "there is no mode {word}; there are {modes}", word=repr(word), modes=list(MODES))


def target_refusal(asked: Wish, found: AnyEntity | None) -> str | None:
    """Why the seat or call that was found in the giver's sight cannot be heard, None if it can."""
    if asked.seat:
        if not isinstance(found, Seat):
            return said("seat.unknown", "there is no seat '{seat}' in your sight", seat=asked.seat)
        if found.state not in HEARD_STATES:
            return said("listen.no_call", "seat {seat} has no call now", seat=asked.seat)
        return None
    if not isinstance(found, Call):
        return said("listen.no_leg", "there is no call '{leg}' in your sight; it may have ended", leg=asked.leg)
    if found.state not in ("talking", "hold"):
        return said("listen.nobody", "nobody talks with this caller now")
    return None


def phone_refusal(phone: str, token: Token) -> str | None:
    """Why listening may not go to that phone with a credential, whoever's it is; None if it may."""
    if not phone or not token.limited or phone in token.phones:
        return None
    text = "{phone} is not among the phones of this credential, which sees a part of the floor; listen at the console"
    return said("listen.other_phone", text, phone=phone)


def start_refusal(asked: Wish, running: Sequence[Listening], here: Sequence[Listening], *, is_seat: bool) -> str | None:
    """Why a session may not begin though its target can be heard.

    `running` are all sessions, `here` those of the giver's console; `is_seat`: the phone asked for is an agent's.
    """
    if len(here) >= AT_ONCE:
        text = "this console hears {count} calls already; stop one of them first"
        return said("listen.many", text, count=len(here))
    if is_seat:
        text = "{phone} is the phone of a seat; listening goes to a supervisor's own phone"
        return said("listen.seat_phone", text, phone=asked.phone)
    taken = next((one for one in running if one.mode == "take_over" and _same(asked, one)), None)
    if taken is not None:
        return said("listen.taken", "{by} has taken this call over", by=taken.by)
    mine = next((one for one in here if one.phone == asked.phone and _same(asked, one)), None)
    if mine is not None:
        text = "you hear this call already (session {session}); change its mode instead"
        return said("listen.already", text, session=mine.session)
    return None


def _same(asked: Wish, one: Listening) -> bool:
    return bool(asked.seat and asked.seat == one.seat) or bool(asked.leg and asked.leg == one.leg)


def mode_refusal(one: Listening, mode: object, *, by: str, here: bool) -> str | None:
    """Why a session's mode cannot be changed, None if it can; `here`: from the console that listens.

    A credential may be shared: nobody's microphone is opened from another desk.
    """
    if one.state == "ended":
        return NO_SESSION
    if one.by != by or not here:
        return said("listen.other", "only who listens may change how, at the console that listens")
    if mode_of(mode) is None:
        return _no_mode(mode)
    if one.state == "starting":
        return said("listen.early", "the session is not joined to the call yet; ask again in a moment")
    if one.mode == "take_over":
        text = "the call was taken over, its agent is gone; it can only be stopped, which ends the call"
        return said("listen.only_stop", text)
    if one.mode == mode_of(mode):
        return said("listen.same_mode", "the session is in mode {mode} already", mode=one.mode)
    return None


def meaning(mode: ListeningMode) -> str:
    """What a mode does, for the giver of the order."""
    return {
        "listen": said("listen.is_listen", "nobody hears you"),
        "whisper": said("listen.is_whisper", "the agent hears you, the caller does not"),
        "barge": said("listen.is_barge", "agent and caller hear you"),
        "take_over": said(
            "listen.is_take_over",
            "the caller talks with you alone, the agent's phone was hung up; when you stop, the call ends",
        ),
    }[mode]
