"""Notes for the next shift: what may be written down and by whom, and which of them may be settled."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec import Struct

from feeds.entities import AnyEntity, Note
from feeds.rules.access import Audience
from feeds.said import said

LONGEST_NOTE: Final = 500
MOST_LINES: Final = 8
MOST_NOTES: Final = 100
"""Notes at once: whoever comes next reads a page, not a book."""


class NoteArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of `handover.note`."""

    text: str


class Written(Struct, frozen=True):
    """A note that may be kept."""

    text: str


def note_of(args: dict[str, Any], viewer: Audience, kept: int) -> Written | str:
    """The note that an order asks for, or why it cannot be kept; `kept` is how many there are."""
    try:
        given = msgspec.convert(args, NoteArgs)
    except msgspec.ValidationError as error:
        return said("args.unusable", "the arguments cannot be used: {error}", error=str(error))
    if not viewer.everything:
        return said("note.floor", "notes are for the whole floor, which is not in your scope")
    lines = [line.strip() for line in given.text.strip().splitlines()]
    text = "\n".join(lines)
    if not text:
        return said("note.empty", "a note needs words")
    if len(text) > LONGEST_NOTE or len(lines) > MOST_LINES or not all(line.isprintable() for line in lines):
        text = "a note is at most {most} characters in at most {lines} lines"
        return said("note.long", text, most=LONGEST_NOTE, lines=MOST_LINES)
    if kept >= MOST_NOTES:
        text = "there are {count} notes already, {most} at most: settle those that are dealt with"
        return said("note.many", text, count=kept, most=MOST_NOTES)
    return Written(text)


def settle_refusal(note: AnyEntity | None, viewer: Audience) -> str | None:
    """Why a note cannot be settled, None if it can."""
    if not isinstance(note, Note) or not viewer.everything:
        return said("note.gone", "there is no such note in sight")
    if note.settled_by:
        return said("note.settled", "already settled by {by}", by=note.settled_by)
    return None
