"""Saving the drawn floor: the rooms that an order brings, or why they cannot be kept."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from msgspec import Struct

from config.drawing import flaws
from feeds.layout import Room, plain
from feeds.rules.access import Audience
from feeds.said import said

LONGEST_NAME: Final = 40
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class LayoutArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of `layout.save`: all rooms; none of them lays the map out by area again."""

    rooms: list[Room]


def rooms_of(args: dict[str, Any], viewer: Audience) -> list[Room] | str:
    """The rooms to be kept, or why they are not."""
    if not viewer.everything:
        text = "the map is everybody's: it is not drawn with a credential or a view that is limited"
        return said("layout.limited", text)
    try:
        given = msgspec.convert(args, LayoutArgs)
    except msgspec.ValidationError as error:
        return said("args.unusable", "the arguments cannot be used: {error}", error=str(error))
    seen: set[str] = set()
    for room in given.rooms:
        if not _ID.fullmatch(room.id) or room.id in seen:
            return said("layout.id", "the id of the room '{room}' is none, or is used twice", room=room.id)
        seen.add(room.id)
        for name in (room.zh, room.en):
            if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
                text = "the name of a room is one line of 1 to {most} characters, in both languages"
                return said("layout.name", text, most=LONGEST_NAME)
        if not all(row.isprintable() and row.isascii() for row in room.rows):
            return said("layout.row", "a row of the room '{room}' is no list of seats", room=room.id)
    flaw = next(flaws(given.rooms), None)
    if flaw is not None:
        return said("layout.flaw", "this cannot be a floor: {why}", why=flaw.why)
    return [msgspec.structs.replace(room, rows=plain(room.rows)) for room in given.rooms]
