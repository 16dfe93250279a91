"""What people wrote beside the rooms and rows of a `layout.yaml`, kept when the desk's editor writes the file anew."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, field

_COMMENT: Final = re.compile(r"\s*(#.*)$")
_ROOM: Final = re.compile(r"\s*-?\s*id:\s*[\"']?([^\s\"'#]+)")
_ROW: Final = re.compile(r"\s*-\s*(?:\"([^\"]*)\"|'([^']*)'|([^#\"':]*?))\s*(?:\s(#.*))?$")


class RowNote(Struct):
    """Lines above a row, and what stands behind it."""

    above: list[str] = field(default_factory=list)
    behind: str = ""


class Notes(Struct):
    """The comments of a file: above everything, above a room, beside its rows, and what has lost its place."""

    head: list[str] = field(default_factory=list)
    rooms: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[tuple[str, str], RowNote] = field(default_factory=dict)
    """By room and the row's seats, one blank between them."""
    foot: list[str] = field(default_factory=list)


def row_key(room: str, row: str) -> tuple[str, str]:
    """How a row is found again: by its room and its seats, however they are aligned."""
    return room, " ".join(row.split())


def notes_of(text: str, own: str) -> Notes:
    """The comments of a layout file; those that `own`, the head that the editor writes, has itself are left out."""
    notes, mine, waiting, room, begun = Notes(), set(own.splitlines()), list[str](), "", False
    for line in text.splitlines():
        comment = _COMMENT.match(line)
        if comment is not None:
            if line not in mine:
                waiting.append(comment.group(1))
            continue
        if not line.strip():
            continue
        named, row = _ROOM.match(line), _ROW.match(line)
        if named is not None:
            room, begun = named.group(1), True
            notes.rooms.setdefault(room, []).extend(waiting)
        elif row is not None and room and any(row.groups()[:3]):
            behind = row.group(4) or ""
            if waiting or behind:
                notes.rows[row_key(room, next(filter(None, row.groups()[:3])))] = RowNote(waiting, behind)
        elif begun:
            continue  # a member of the room: what stands above it waits for the next row
        else:
            notes.head += waiting
        waiting = []
    notes.foot = waiting
    return notes
