"""What is shown of the notes: the open ones as lines, and whether one can be kept or settled now."""

from __future__ import annotations

from msgspec import Struct

from console.given import Given
from console.phrases.people import person_name
from console.phrases.times import date_text, local
from console.rights import outcome, refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Note
from feeds.rules.handover import LONGEST_NOTE, MOST_LINES
from widgets.desk_texts import ActionText, LineText
from widgets.tones import Tone

NOTE, SETTLE = "handover.note", "handover.settle"
PLACE = "handover"
"""Where on the screen the order of a new note belongs."""


class NotesText(Struct, frozen=True):
    """All that the box shows."""

    lines: tuple[LineText, ...] = ()
    empty: str = ""
    keep: ActionText = ActionText(NOTE, "")
    settle: ActionText = ActionText(SETTLE, "")
    outcome: str = ""
    tone: Tone = Tone.CALM


def notes(
    sight: Sight, written: str, chosen: str, given: tuple[Given | None, Given | None], words: Words
) -> NotesText:
    """The box: `written` is what stands in the editor, `given` the last orders of a note and of the chosen line."""
    found = sorted(sight.entities.of(Note), key=lambda one: (bool(one.settled_by), one.at))
    last = given[1] if given[1] is not None else given[0]
    said, tone = outcome(sight, last, words) if last is not None else ("", Tone.CALM)
    why_keep = _why_not_keep(sight, written, given[0], words)
    why_settle = _why_not_settle(sight, chosen, given[1], words)
    return NotesText(
        lines=tuple(_line(sight, note, words) for note in found),
        empty=words("handover.no_notes"),
        keep=ActionText(NOTE, words("handover.keep"), enabled=not why_keep, why=why_keep),
        settle=ActionText(SETTLE, words("handover.settle"), enabled=not why_settle, why=why_settle),
        outcome=said or (why_keep if written.strip() or refusal(sight, NOTE, words) else ""),
        tone=tone,
    )


def _line(sight: Sight, note: Note, words: Words) -> LineText:
    at = local(sight.site, note.at)
    time = f"{at:%H:%M}"
    if at.date() != local(sight.site, sight.now).date():
        time = f"{at:%m-%d} {time}"
    by = writer = person_name(sight.site, note.by, words)
    if note.settled_by:
        by = words("handover.settled", by=person_name(sight.site, note.settled_by, words))
    return LineText(
        key=note.key,
        cells=(time, " ".join(note.text.splitlines()), by),
        faint=bool(note.settled_by),
        tip=f"{date_text(sight.site, note.at, words, year=sight.replayed)} {time} · {writer}\n{note.text}",
    )


def _why_not_keep(sight: Sight, written: str, given: Given | None, words: Words) -> str:
    why = _why_not(sight, NOTE, words)
    text = written.strip()
    if why or not text:
        return why or words("why.note_empty")
    if len(text) > LONGEST_NOTE or len(text.splitlines()) > MOST_LINES:
        return words("handover.note_long", most=LONGEST_NOTE, lines=MOST_LINES)
    return words("why.waiting") if given is not None and not given.ended else ""


def _why_not_settle(sight: Sight, chosen: str, given: Given | None, words: Words) -> str:
    note = sight.entities.get(chosen)
    if not isinstance(note, Note):
        return words("why.choose_note")
    if note.settled_by:
        return words("why.note_settled")
    if given is not None and not given.ended:
        return words("why.waiting")
    return _why_not(sight, SETTLE, words)


def _why_not(sight: Sight, order: str, words: Words) -> str:
    """What stands in the way of either."""
    why = refusal(sight, order, words)
    limits = sight.welcome.scope if sight.welcome is not None else None
    if not why and limits is not None and (limits.teams or limits.vendors or limits.queues):
        return words("why.limited")
    return why
