"""Notices: a word of a supervisor's to a seat, a team or the whole floor, for a time; or why it cannot be sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec
from msgspec import Struct

from config.schema import Site
from feeds.entities import AnyEntity, Seat
from feeds.rules.access import Audience
from feeds.said import said

LONGEST_TEXT: Final = 200
LONGEST_MINUTES: Final = 720
FLOOR: Final = "floor"


class NoticeArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of `notice.send`: `to` is `floor`, `team:<id>` or `seat:<id>`."""

    to: str
    text: str
    minutes: int = 30


class Notice(Struct, frozen=True):
    """A notice that may be sent: to whom, where that is on the floor, and how long it holds (milliseconds)."""

    to: str
    text: str
    lasts_ms: int
    team: str = ""
    seat_type: str = ""


def notice_of(
    args: dict[str, Any], site: Site, viewer: Audience, look: Callable[[str], AnyEntity | None]
) -> Notice | str:
    """The notice that an order asks for, or why it cannot be sent. `look` gives entities that are in sight."""
    try:
        given = msgspec.convert(args, NoticeArgs)
    except msgspec.ValidationError as error:
        return said("args.unusable", "the arguments cannot be used: {error}", error=str(error))
    text = given.text.strip()
    if not text:
        return said("notice.empty", "a notice needs words")
    if len(text) > LONGEST_TEXT or not text.isprintable():
        return said("notice.long", "a notice is one line of at most {most} characters", most=LONGEST_TEXT)
    if not 1 <= given.minutes <= LONGEST_MINUTES:
        return said("notice.minutes", "a notice holds for 1 to {most} minutes", most=LONGEST_MINUTES)
    lasts_ms = given.minutes * 60_000
    kind, _, name = given.to.partition(":")
    if given.to == FLOOR:
        if not viewer.everything:
            return said("notice.floor", "the whole floor is not in your scope")
        return Notice(FLOOR, text, lasts_ms)
    if kind == "team":
        if name not in {team.id for team in site.teams} or not viewer.covers(given.to):
            return said("notice.team", "there is no team '{team}' that is wholly in your scope", team=name)
        return Notice(given.to, text, lasts_ms, team=name)
    if kind != "seat":
        return said("notice.to", "a notice goes to `floor`, team:<id> or seat:<id>")
    seat = look(given.to)
    if not isinstance(seat, Seat):
        return said("seat.unknown", "there is no seat '{seat}' in sight", seat=name)
    if not seat.agent:
        return said("seat.nobody", "nobody is signed in at seat {seat}", seat=name)
    return Notice(given.to, text, lasts_ms, team=seat.team, seat_type=seat.seat_type or seat.area)
