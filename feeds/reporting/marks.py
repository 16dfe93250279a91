"""Which rows of a table are incomplete or restated, for a file beside it and for a line below it (HANDBOOK 1.9)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO
from zoneinfo import ZoneInfo

from feeds.floor import Floor
from feeds.reporting.calendar import label
from feeds.reporting.columns import Cell, Column

_SHOWN = 5


class Mark(NamedTuple):
    """Whether part of a row's time is missing in the source, and when its figures were last changed by late facts."""

    incomplete: bool
    restated_at: int | None


class Doubts:
    """What a folded recording knows of its own flaws, for the site or a queue."""

    def __init__(self, floor: Floor, scope: str) -> None:
        self._gaps = list(floor.state.gaps)
        self._restated: dict[int, int] = {}
        for queue in floor.wires.queues_of.get(scope, ()):
            for bucket, at in queue.restated.items():
                self._restated[bucket] = max(at, self._restated.get(bucket, at))

    def mark(self, begin: int, end: int) -> Mark:
        """The mark of a row about [begin, end), UTC milliseconds."""
        incomplete = any(first < end and last > begin for first, last in self._gaps)
        return Mark(incomplete, max((at for on, at in self._restated.items() if begin <= on < end), default=None))


def write_marks(
    columns: list[Column], rows: list[list[Cell]], marks: Sequence[Mark], zone: ZoneInfo, out: TextIO
) -> None:
    """One line for each row, in the same order: its labels, the bases of its figures, its mark."""
    labels = _labels(columns)
    basis = "+".join(dict.fromkeys(column.basis for column in columns if column.basis))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(column.name for column in columns[:labels]), "basis", "incomplete", "restated_at"])
    for row, mark in zip(rows, marks, strict=True):
        restated = "" if mark.restated_at is None else label(mark.restated_at, zone)
        writer.writerow([*row[:labels], basis, int(mark.incomplete), restated])


def notes(columns: list[Column], rows: list[list[Cell]], marks: Sequence[Mark]) -> Iterator[str]:
    """A line for the incomplete rows and one for the restated, none where there are none."""
    labels = _labels(columns)
    names = [" ".join(map(str, row[:labels])) for row in rows]
    for words, affected in (
        ("incomplete, because the source was silent or lost calls", [mark.incomplete for mark in marks]),
        ("restated, by what came late", [mark.restated_at is not None for mark in marks]),
    ):
        found = [name for name, is_affected in zip(names, affected, strict=True) if is_affected]
        if found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            yield f"{words}: {', '.join(found[:_SHOWN])}{more}"


def _labels(columns: list[Column]) -> int:
    """How many columns say what a row is about."""
    return sum(not column.basis for column in columns)
