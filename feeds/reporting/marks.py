"""Which rows of a table are incomplete or restated, for a file beside it and for a line below it (HANDBOOK 1.9)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TextIO
from zoneinfo import ZoneInfo

from feeds.floor import Floor
from feeds.log.embedded import EmbeddedLog
from feeds.reporting.calendar import label
from feeds.reporting.columns import Cell, Column
from feeds.reporting.folding import in_progress

_SHOWN = 5
_NEVER: Final = 1 << 62
"""Later than any time, milliseconds."""


class Mark(NamedTuple):
    """Whether part of a row's time is missing in the source, and when its figures were last changed by late facts."""

    silent: bool
    restated_at: int | None
    lost: bool
    """Whether it misses what a damaged recording cannot tell any more: of its time, or how its calls ended."""
    cut: bool = False
    """The same of a recording that ends while calls are open."""

    @property
    def incomplete(self) -> bool:
        """Whether facts of its time are missing, for whichever reason."""
        return self.silent or self.lost or self.cut


def lost_from(log: EmbeddedLog) -> int | None:
    """From when on the facts of a damaged recording are lost, UTC milliseconds; None of a sound one, 0 if all are.

    Damage may be met only while the facts are read: to be asked behind that. Raises LogError.
    """
    if log.damage is None:
        return None
    span = log.span()
    return span[1] if span is not None else 0


def damage_note(log: EmbeddedLog, zone: ZoneInfo) -> str:
    """Where and when a damaged recording ends, to go behind "ends where the recording does"; empty of a sound one."""
    end = lost_from(log)
    return f", at {label(end, zone)} ({zone.key}): {log.damage}" if end else f": {log.damage}" if log.damage else ""


def _unfinished(floor: Floor, scope: str) -> Iterator[tuple[int, int]]:
    """When each leg of a scope in progress joined and was answered: what comes of it is counted there, unknown here."""
    for leg in in_progress(floor):
        if scope in ("site", f"queue:{leg.queue}"):
            yield leg.joined, max(leg.joined, leg.answered) + 1


class Doubts:
    """What a folded recording knows of its own flaws, for the site or a queue.

    With `outcomes` a row also counts what came later of the calls of its time.
    """

    def __init__(self, floor: Floor, scope: str, log: EmbeddedLog, *, outcomes: bool = True) -> None:
        self._gaps = list(floor.state.gaps)
        end = lost_from(log)
        self._lost = [] if end is None else [(end, _NEVER)]
        open_ = list(_unfinished(floor, scope))
        if self._lost and outcomes:
            self._lost += open_
        self._cut: list[tuple[int, int]] = []
        if open_ and not self._lost:
            self._cut = [(floor.now + 1, _NEVER), *(open_ if outcomes else ())]
        self._restated: dict[int, int] = {}
        for queue in floor.wires.queues_of.get(scope, ()):
            for bucket, at in queue.restated.items():
                self._restated[bucket] = max(at, self._restated.get(bucket, at))

    def mark(self, begin: int, end: int) -> Mark:
        """The mark of a row about [begin, end), UTC milliseconds."""
        return Mark(
            silent=any(first < end and last > begin for first, last in self._gaps),
            restated_at=max((at for on, at in self._restated.items() if begin <= on < end), default=None),
            lost=any(first < end and last > begin for first, last in self._lost),
            cut=any(first < end and last > begin for first, last in self._cut),
        )


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
    """A line for rows that are incomplete for one reason, for the other, and restated; none where there are none."""
    labels = _labels(columns)
    names = [" ".join(map(str, row[:labels])) for row in rows]
    for words, affected in (
        ("incomplete, because the source was silent or lost calls", [mark.silent for mark in marks]),
        ("incomplete, because the recording is damaged", [mark.lost for mark in marks]),
        ("incomplete, because the recording ends while calls are open", [mark.cut for mark in marks]),
        ("restated, by what came late", [mark.restated_at is not None for mark in marks]),
    ):
        found = [name for name, is_affected in zip(names, affected, strict=True) if is_affected]
        if found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            yield f"{words}: {', '.join(found[:_SHOWN])}{more}"


def _labels(columns: list[Column]) -> int:
    """How many columns say what a row is about."""
    return sum(not column.basis for column in columns)
