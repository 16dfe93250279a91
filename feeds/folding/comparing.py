"""Finds what is different in a floor's sheet from the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from operator import sub
from typing import Any

from msgspec.structs import replace

from feeds.counters import C_LONGEST
from feeds.folding.sheets import NoSheetError, Sheet, Table
from feeds.folding.state import MINUTE
from feeds.folding.steps import Cell, Rows, Step, pack_steps
from feeds.folding.tables import KEYS, LASTING
from feeds.folding.watching import TREND_POINTS


class Stepper:
    """Finds what is different in one sheet from the one before it, and packs some of that together."""

    def __init__(self, whole: Sheet) -> None:
        """Begin at a whole frame."""
        self.steps: list[Step] = []
        self._sheet = whole
        self._since: dict[str, dict[tuple[int, int], int]] = {name: {} for name in whole.since}
        """As far as the steps tell it: of what the whole frame counted since its newest copies they know nothing."""
        self._ends: dict[str, int] = {}
        self._today = [row[:] for row in whole.today]
        self._numbers = {name: list(range(len(table.keys))) for name, table in whole.tables.items()}
        self._next = {name: len(table.keys) for name, table in whole.tables.items()}
        names = [prefix + name for table, prefix in KEYS for name in whole.tables[table].keys]
        known = set(names)
        others = [name for name in whole.order if name not in known]
        self._names = {name: number for number, name in enumerate([*names, *others])}
        self._next_name = len(self._names)
        rows = [(table, row) for table, _ in KEYS for row in range(len(whole.tables[table].keys))]
        self._rows_of = dict(enumerate(rows))
        """By a name's number: the table and row of what is called so."""
        self._others = {self._names[name] for name in others}
        self._order = {self._names[name]: rev for name, rev in whole.order.items()}

    @property
    def size(self) -> int:
        """About how many values the steps hold that are not packed yet."""
        return sum(step.size for step in self.steps)

    def step(self, sheet: Sheet) -> None:
        """Take the next sheet in. Raises NoSheetError where only a whole frame can tell it; this one is over then."""
        before = self._sheet
        if sheet.alike != before.alike or list(sheet.trends) != list(before.trends):
            raise NoSheetError("other queues, crews or levels")
        timers = _in_old_order(before.tables["timers"], sheet.tables["timers"])
        # The caller's own stays sorted: where this one cannot tell it, a whole frame gives rows their numbers by it.
        sheet = replace(sheet, tables={**sheet.tables, "timers": timers})
        born: dict[str, list[Any]] = {}
        born_cells: dict[str, list[Any]] = {}
        gone: dict[str, list[int]] = {}
        fallen: dict[str, list[Any]] = {}
        cells: dict[str, list[Cell]] = {}
        for name, table in sheet.tables.items():
            kept = _kept(name, before.tables[name], table)
            fallen[name], gone[name] = self._leave(name, before.tables[name], kept)
            first = len(before.tables[name].keys) - len(gone[name])
            born[name] = table.keys[first:]
            if born[name]:
                born_cells.update((column, values[first:]) for column, values in table.columns.items())
            self._compare(name, before.tables[name], table, kept, cells)
            self._numbers[name] += range(self._next[name], self._next[name] + len(born[name]))
            self._next[name] += len(born[name])
        for name, values in sheet.numbers.items():
            _compare(range(len(values)), before.numbers[name], values, cells, name)
        moved, others, gone_others = self._move(sheet, fallen["legs"], born)
        touched = self._touched(moved, born)
        self.steps.append(Step(
            sheet.scalars,
            {name: body for name, body in sheet.pieces.items() if body != before.pieces[name]},
            self._rows(sheet), _points(before, sheet), _ring(before, sheet), _marks(before, sheet),
            self._count(sheet, cells), {name: len(keys) for name, keys in born.items()}, born_cells, gone, cells,
            touched, self._touched_cells(sheet, touched), moved, others, gone_others,
        ))  # fmt: skip
        self._sheet = sheet

    def _leave(self, name: str, table: Table, kept: list[bool] | None) -> tuple[list[Any], list[int]]:
        """Keys and numbers of the rows that are gone."""
        if kept is None:
            return [], []
        goes = [not stays for stays in kept]
        gone = list(compress(table.keys, goes)), list(compress(self._numbers[name], goes))
        if gone[0] and name in LASTING:
            raise NoSheetError(f"some of the {name} are gone")
        self._numbers[name] = list(compress(self._numbers[name], kept))
        return gone

    def _compare(
        self, name: str, before: Table, table: Table, kept: list[bool] | None, cells: dict[str, list[Cell]]
    ) -> None:
        numbers = self._numbers[name]
        for column, values in table.columns.items():
            old = before.columns[column]
            _compare(numbers, old if kept is None else list(compress(old, kept)), values[: len(numbers)], cells, column)

    def _touched(self, moved: Sequence[tuple[int, int]], born: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {table: [] for table, _ in KEYS}
        for number, _ in moved:
            if number in self._rows_of:
                table, row = self._rows_of[number]
                if row < self._next[table] - len(born[table]):
                    found[table].append(row)
        return found

    def _touched_cells(self, sheet: Sheet, touched: Mapping[str, Sequence[int]]) -> dict[str, list[Any]]:
        found = {}
        for table, rows in touched.items():
            places = dict(zip(self._numbers[table], range(len(self._numbers[table])), strict=True))
            here = [places[row] for row in rows]
            for name, column in sheet.tables[table].columns.items():
                found[name] = [column[place] for place in here]
        return found

    def _count(self, sheet: Sheet, cells: dict[str, list[Cell]]) -> dict[str, bool]:
        """What was counted since the newest copies; whether those are others than in the step before."""
        anew = {}
        for name, place in (("queue", 3), ("crew", 4)):
            end = sheet.scalars[place]
            anew[name] = self._ends.get(name) != end
            self._ends[name] = end
            old = {} if anew[name] else self._since[name]
            found, things = sheet.since[name], sheet.things(name)
            changed = [
                (place * things + number, found.get((place, number), 0), old.get((place, number), 0))
                for place, number in sorted({**old, **found})
            ]
            if different := [cell for cell in changed if cell[1] != cell[2]]:
                cells[f"{name}_since"] = different
            self._since[name] = found
        return anew

    def _rows(self, sheet: Sheet) -> dict[str, Rows]:
        found: dict[str, Rows] = {}
        for name, owners in sheet.rows.items():
            for number, (old, new) in enumerate(zip(self._sheet.rows[name], owners, strict=True)):
                if old != new:
                    gone, changed = _rows_between(name, old, new)
                    found.setdefault(name, []).append((number, gone, changed))
        add_cohorts(self._today, found.get("cohort", ()), sheet.rows["cohort"], sheet.scalars[6])
        if self._today != sheet.today:
            raise NoSheetError("the day's cohorts")
        return found

    def _move(
        self, sheet: Sheet, fallen: Sequence[str], born: Mapping[str, Sequence[str]]
    ) -> tuple[list[tuple[int, int]], list[str], list[int]]:
        """What was touched, as (number of the name, revision); other names that came and numbers of those that went."""
        names, order = self._names, self._order
        for leg in fallen:
            order.pop(names.pop(f"call:{leg}"), None)
        for table, prefix in KEYS:
            for row, key in enumerate(born[table], self._next[table] - len(born[table])):
                names[prefix + key] = self._next_name
                self._rows_of[self._next_name] = table, row
                self._next_name += 1
        last, touched = self._sheet.scalars[0], []
        for name, rev in reversed(sheet.order.items()):
            if rev <= last:
                break
            touched.append((name, rev))
        touched.reverse()
        others = [name for name, _ in touched if name not in names]
        for name in others:
            names[name] = self._next_name
            self._others.add(self._next_name)
            self._next_name += 1
        moved = [(names[name], rev) for name, rev in touched]
        for number, rev in moved:
            order.pop(number, None)
            order[number] = rev
        gone = self._forget_others(sheet)
        if [(names.get(name), rev) for name, rev in sheet.order.items()] != list(order.items()):
            raise NoSheetError("the order of changes")
        return moved, others, gone

    def _forget_others(self, sheet: Sheet) -> list[int]:
        if len(sheet.order) == len(self._order):
            return []
        gone = [
            (name, number) for name, number in self._names.items() if number in self._others and name not in sheet.order
        ]
        for name, number in gone:
            del self._names[name]
            self._others.remove(number)
            self._order.pop(number, None)
        return [number for _, number in gone]

    def pack(self) -> bytes:
        """The steps since the last packing, of which there must be some, as bytes."""
        steps, self.steps = self.steps, []
        return pack_steps(steps)


def add_cohorts(
    today: Sequence[list[int]], changes: Rows | Sequence[Any], cohorts: Sequence[Mapping[int, Sequence[int]]], day: int
) -> None:
    """Bring the day's cohorts up to date: sums get as much more as those of quarter-hours, the longest wait stays."""
    for number, _, changed in changes:
        row = today[number]
        for bucket, more in changed:
            if bucket >= day:
                longest = max(row[C_LONGEST], cohorts[number][bucket][C_LONGEST])
                for place, amount in enumerate(more):
                    row[place] += amount
                row[C_LONGEST] = longest


def _in_old_order(before: Table, table: Table) -> Table:
    """Timers, which are sorted anew each time, with those of before in the order that they had there."""
    known, old = set(table.keys), set(before.keys)
    keys = [*(key for key in before.keys if key in known), *(key for key in table.keys if key not in old)]
    if sorted(keys) != table.keys:
        raise NoSheetError("a leg that came back runs out twice at one moment")
    return Table(keys, {name: [key[place] for key in keys] for place, name in enumerate(table.columns)})


def _kept(name: str, before: Table, table: Table) -> list[bool] | None:
    """Which rows of before are still there, None for all."""
    if before.keys == table.keys[: len(before.keys)]:
        return None
    known = set(table.keys)
    kept = [key in known for key in before.keys]
    stay = list(compress(before.keys, kept))
    if table.keys[: len(stay)] != stay:
        raise NoSheetError(f"{name} in another order")
    return kept


def _compare(
    numbers: Sequence[int], before: list[Any], values: list[Any], cells: dict[str, list[Cell]], name: str
) -> None:
    if before != values:
        cells[name] = [
            (number, value, old)
            for number, value, old in zip(numbers, values, before, strict=True)
            if value is not old and value != old
        ]


def _rows_between(
    name: str, old: Mapping[int, Sequence[int]], new: Mapping[int, Sequence[int]]
) -> tuple[list[int], list[tuple[int, list[int]]]]:
    gone = [key for key in old if key not in new]
    came = [key for key in new if key not in old]
    if [*(key for key in old if key in new), *came] != list(new):
        raise NoSheetError(f"{name} in another order")
    changed = [key for key, row in new.items() if old.get(key) != row]
    if name != "cohort":
        return gone, [(key, list(new[key])) for key in changed]
    return gone, [(key, list(map(sub, new[key], old[key])) if key in old else list(new[key])) for key in changed]


def _points(before: Sheet, sheet: Sheet) -> list[list[float | None]]:
    """What each trend got; nothing when no minute has passed."""
    minutes = (sheet.scalars[4] - before.scalars[4]) // MINUTE
    if not minutes:
        found: list[list[float | None]] = []
    else:
        found = [points[-minutes:] for points in sheet.trends.values()]
    more = found or [[] for _ in sheet.trends]
    for (name, points), new in zip(sheet.trends.items(), more, strict=True):
        if [*before.trends[name], *new][-TREND_POINTS:] != points:
            raise NoSheetError("trends")
    return found


def _ring(before: Sheet, sheet: Sheet) -> dict[str, list[tuple[int, bytes]]]:
    return {
        kind: [
            (place, name)
            for place, (name, old) in enumerate(zip(copies.ring, before.copies[kind].ring, strict=True))
            if name != old
        ]
        for kind, copies in sheet.copies.items()
    }  # fmt: skip


def _marks(before: Sheet, sheet: Sheet) -> dict[str, list[tuple[int, bytes]]]:
    found = {}
    for kind, copies in sheet.copies.items():
        old = before.copies[kind].marks
        if copies.marks[: len(old)] != old:
            raise NoSheetError("the past")
        found[kind] = copies.marks[len(old) :]
    return found
