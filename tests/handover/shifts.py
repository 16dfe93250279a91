"""A shift to make handover sheets of, as a gateway would tell it, by hand."""

from __future__ import annotations

from console.handover.present import FIGURES, Sheet, sheet
from console.handover.spans import Span
from console.sight import Sight
from console.words import Words
from feeds.entities import AnyEntity
from feeds.records import Happening
from feeds.requests import HelloResult, JournalResult, Scope, ShiftFigures, ShiftResult
from tests.wall import floors

EN = Words("en")
HOUR = 3_600_000
BEGIN = floors.NOW - floors.NOW % HOUR - 6 * HOUR
"""08:00 in Shanghai."""
END = BEGIN + 12 * HOUR
SPAN = Span(BEGIN, END, "Day shift", "Day shift · 08:00–20:00")
WELCOME = HelloResult("e", 1, "supervisor", ["handover.*"], Scope(), True, 1000, floors.NOW)


def told(*entities: AnyEntity, at: int = END, figures: list[ShiftFigures] | None = None, **more: object) -> ShiftResult:
    """What a gateway tells of that shift."""
    values = {"begin": BEGIN, "end": at, "at": at, "known_from": BEGIN - HOUR, **more}
    own = [ShiftFigures("site", dict.fromkeys(FIGURES, 96.4))] if figures is None else figures
    return ShiftResult(figures=own, entities=list(entities), **values)  # type: ignore[arg-type]


def happened(*happenings: Happening, known_from: int = BEGIN - HOUR) -> JournalResult:
    return JournalResult(BEGIN, END, known_from, list(happenings))


def look(**more: object) -> Sight:
    return floors.sight(welcome=WELCOME, **{"now": END + 1000, **more})


def made(
    shift: ShiftResult, journal: JournalResult | None = None, sight: Sight | None = None, words: Words = EN
) -> Sheet:
    found = sheet(SPAN, shift, journal or happened(), sight or look(), words)
    assert found is not None
    return found
