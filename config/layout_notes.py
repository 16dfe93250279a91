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
    rows: dict[tuple[str, str], list[RowNote]] = field(default_factory=dict)
    """By room and the row's seats, one blank between them; one for each of the rows that are alike, in their order."""
    foot: list[str] = field(default_factory=list)

    def take(self, room: str, row: str) -> RowNote:
        """What stands beside the next row that is so; nobody else gets it."""
        found = self.rows.get(row_key(room, row))
        return found.pop(0) if found else RowNote()

    def left(self, room: str) -> list[str]:
        """What stood beside a room's rows that are not there any more."""
        notes = [note for key, found in self.rows.items() if key[0] == room for note in found]
        return [text for note in notes for text in (*note.above, note.behind) if text]


def row_key(room: str, row: str) -> tuple[str, str]:
    """How a row is found again: by its room and its seats, however they are aligned; one without any is a dot."""
    return room, " ".join(row.split()) or "."


def notes_of(text: str, own: str) -> Notes:
    """The comments of a layout file; those that `own`, the head that the editor writes, has itself are left out.

    What stands behind a room's name or place comes to stand above the room.
    """
    notes, mine, waiting, room = Notes(), set(own.splitlines()), list[str](), ""
    for line in text.splitlines():
        if not line.strip() or line in mine:
            continue
        comment = _COMMENT.match(line)
        if comment is not None:
            waiting.append(comment.group(1))
            continue
        named, row = _ROOM.match(line), _ROW.match(line)
        if row is not None and room:
            seats = next((one for one in row.groups()[:3] if one), "")
            notes.rows.setdefault(row_key(room, seats), []).append(RowNote(waiting, row.group(4) or ""))
            waiting = []
            continue
        behind = _behind(line)
        if named is not None:
            room = named.group(1)
            notes.rooms.setdefault(room, []).extend([*waiting, *behind])
            waiting = []
        elif room:  # a member of the room: what stands above it waits for the next row
            notes.rooms[room] += behind
        else:
            notes.head += [*waiting, *behind]
            waiting = []
    notes.foot = waiting
    return notes


def _behind(line: str) -> list[str]:
    """The comment behind what a line says, if it has one; a `#` in quotation marks begins none."""
    quote = ""
    for place, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#" and line[:place].endswith((" ", "\t")):
            return [line[place:]]
    return []
