"""`layout.yaml` of a site folder: the drawn floor as a text that a person can read, change and compare."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config.convert import Converter, TooMuch
from config.drawing import flaws, width
from config.layout_notes import notes_of
from config.mistakes import Mark, Mistakes, SiteError
from config.nodes import Mapping, decoded, read
from config.replacing import put_in_place
from config.schema import Layout, Room

FILE: Final = "layout.yaml"
_HEAD: Final = """\
# How the seats stand. The desk's editor writes this file (floor, "Edit layout"); by hand it is as good: `main.py check`
# tells what cannot be meant. A room has its upper left corner at `column`, `line` of the floor, counted in seats; its
# name takes the first line. In a row `.` is a place without a seat. Seats that stand in no room are shown below.
"""


def text_of(rooms: Sequence[Room], before: str = "") -> str:
    """The file for these rooms: seats stand in it below each other as they stand on the floor.

    `before` is what the file says now: people's comments in it stay beside their rooms and rows. Those of a row that is
    gone stand above its room, those of a room that is gone at the end.
    """
    notes, known = notes_of(before, _HEAD), {room.id for room in rooms}
    lines = [_HEAD, *notes.head, "layout:", "  rooms:" if rooms else "  rooms: []"]
    for room in rooms:
        rows = _aligned(room)
        beside = [notes.take(room.id, row) for row in rows]
        above = [*notes.rooms.get(room.id, ()), *notes.left(room.id)]
        name = f"{{zh: {_quoted(room.name.zh)}, en: {_quoted(room.name.en)}}}"
        lines += [*(f"    {text}" for text in above), f"    - id: {room.id}", f"      name: {name}"]
        lines += [f"      column: {room.column}", f"      line: {room.line}"]
        lines.append("      rows:" if room.rows else "      rows: []")
        for row, note in zip(rows, beside, strict=True):
            lines += [f"        {text}" for text in note.above]
            lines.append(f"        - {_quoted(row)}" + (f"  {note.behind}" if note.behind else ""))
    gone = [text for id_ in notes.rooms if id_ not in known for text in (*notes.rooms[id_], *notes.left(id_))]
    return "\n".join([*lines, *gone, *notes.foot]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string in double quotation marks


def _aligned(room: Room) -> list[str]:
    rows = [row.split() for row in room.rows]
    widths = [max((len(row[column]) for row in rows if column < len(row)), default=1) for column in range(width(room))]
    padded = [[word.ljust(widths[column]) for column, word in enumerate(row)] for row in rows]
    return [" ".join(row).rstrip() or "." for row in padded]


def layout_of(data: bytes, file: str) -> Layout:
    """What such a file says. Raises SiteError with every mistake in it."""
    mistakes = Mistakes()
    text = decoded(data, file, mistakes)
    root = None if text is None else read(text, file, mistakes)
    found = Layout()
    if isinstance(root, Mapping) and "layout" in root.pairs:
        converter = Converter(mistakes)
        node = root.pairs["layout"][1]
        with contextlib.suppress(TooMuch):
            found = converter.read(node, Layout)
        for flaw in () if mistakes else flaws(found.rooms):
            mistakes.add(node.mark, flaw.why)
    elif root is not None and not mistakes:
        mistakes.add(Mark(file, 1, 1), "holds no `layout:`")
    if mistakes:
        raise SiteError(mistakes.all())
    return found


def write(path: Path, text: str) -> None:
    """Put the file in place whole or not at all, kept when the machine loses power. Raises OSError."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(fresh, path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
