"""Key frames close behind one another, kept as what is different in each from the one before it.

A whole frame gives every row of a table its number. Rows that come to be get the next ones, and nobody gets those of
rows that go, so a step names only what it changes, and many steps can be gone through column by column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import sub
from typing import Any, Final

import msgspec
from msgspec import Struct

from feeds.folding.numbers import LATER, MOMENT, MORE, OTHER, PLAIN, RISING, Told, differences, pack_numbers, shortest
from feeds.folding.tables import INTS, by_member, column_of, decoders

ALONG: Final = 0.35
ALONG_OTHER: Final = 0.7
"""The share of what was touched from which on a column, one of numbers or another, is told of all of it."""

Rows = list[tuple[int, list[int], list[tuple[int, list[int]]]]]
"""Of some owners: which one, the keys that went, the keys that came or have other numbers."""


class Order(Struct, array_like=True, gc=False):
    """What was touched in each step, oldest first."""

    counts: list[int]
    places: bytes
    """Numbers of names."""
    revs: bytes
    """Each as how much more it is than the one before, the first than that of the first step."""
    others: list[list[str]]
    """Names of other things that came to be, which get the next numbers behind the legs of the same step."""
    gone: list[list[int]]
    """Numbers of other names that are no longer there."""


class Steps(Struct, array_like=True, gc=False):
    """Some steps. Lists have a place for each of them; columns hold what all of them change, one behind the other."""

    scalars: list[list[int]]
    pieces: list[dict[str, bytes]]
    rows: list[dict[str, Rows]]
    points: list[list[list[float | None]]]
    """What trends got more."""
    ring: list[dict[str, list[tuple[int, bytes]]]]
    """By kind of copies: place and name of those that are others."""
    marks: list[dict[str, list[tuple[int, bytes]]]]
    """By kind of copies: quarter-hours that were added."""
    anew: dict[str, list[bool]]
    """Whether what was counted since a copy is counted since another one."""
    born: dict[str, list[int]]
    gone: dict[str, list[int]]
    counts: dict[str, list[int]]
    gone_rows: dict[str, bytes]
    born_cells: dict[str, Told]
    things: dict[str, bytes]
    """By column: whose cells have another value, each as how much more it is than the one before."""
    cells: dict[str, Told]
    """Of columns without counts: of everything of their table that was touched and is not new, in that order."""
    order: Order


_encode = msgspec.msgpack.Encoder().encode

Cell = tuple[int, Any, Any]
"""Which thing, its value, and the value before."""


class Step(Struct):
    """One step, as it was found."""

    scalars: list[int]
    pieces: dict[str, bytes]
    rows: dict[str, Rows]
    points: list[list[float | None]]
    ring: dict[str, list[tuple[int, bytes]]]
    marks: dict[str, list[tuple[int, bytes]]]
    anew: dict[str, bool]
    born: dict[str, int]
    born_cells: dict[str, list[Any]]
    gone: dict[str, list[int]]
    cells: dict[str, list[Cell]]
    touched: dict[str, list[int]]
    """Rows of things that are published, as they were touched."""
    touched_cells: dict[str, list[Any]]
    moved: list[tuple[int, int]]
    others: list[str]
    gone_others: list[int]

    @property
    def now(self) -> int:
        return self.scalars[1]

    @property
    def size(self) -> int:
        """About how many values it holds."""
        return len(self.moved) + sum(map(len, chain(self.cells.values(), self.born_cells.values())))


def pack_steps(steps: Sequence[Step]) -> bytes:
    """Some steps, of which there must be one, as bytes."""
    columns = sorted({name for step in steps for name in step.cells}, key=by_member)
    tables = [name for name in steps[0].born if any(step.born[name] or step.gone[name] for step in steps)]
    born = sorted({name for step in steps for name in step.born_cells}, key=by_member)
    along = {name for name in columns if _is_along(steps, name)}
    apart = [name for name in columns if name not in along]
    moved = list(chain.from_iterable(step.moved for step in steps))
    return _encode(Steps(
        scalars=[
            steps[0].scalars,
            *(list(map(sub, late.scalars, early.scalars)) for early, late in pairwise(steps)),
        ],
        pieces=[step.pieces for step in steps],
        rows=[step.rows for step in steps],
        points=[step.points for step in steps],
        ring=[step.ring for step in steps],
        marks=[step.marks for step in steps],
        anew={name: [step.anew[name] for step in steps] for name in steps[0].anew},
        born={name: [step.born[name] for step in steps] for name in tables},
        gone={name: [len(step.gone[name]) for step in steps] for name in tables},
        counts={name: [len(step.cells.get(name, ())) for step in steps] for name in apart},
        gone_rows={name: _differences(chain.from_iterable(step.gone[name] for step in steps)) for name in tables},
        born_cells={name: _born(steps, name) for name in born},
        things={name: _differences(c[0] for step in steps for c in step.cells.get(name, ())) for name in apart},
        cells={name: _cells(steps, name, along=name in along) for name in columns},
        order=Order(
            counts=[len(step.moved) for step in steps], places=pack_numbers(number for number, _ in moved),
            revs=_differences((rev for _, rev in moved), steps[0].scalars[0]),
            others=[step.others for step in steps], gone=[step.gone_others for step in steps],
        ),
    ))  # fmt: skip


def _born(steps: Sequence[Step], name: str) -> Told:
    found = [(step.now, value) for step in steps for value in step.born_cells.get(name, ())]
    values = [value for _, value in found]
    if name not in INTS:
        return OTHER, _encode(column_of(values))
    return shortest({
        PLAIN: values, MOMENT: [now - value for now, value in found],
        RISING: differences(values), LATER: differences(values, steps[0].now),
    })  # fmt: skip


def _is_along(steps: Sequence[Step], name: str) -> bool:
    """Whether it takes less to tell a column of everything that was touched than to say where it is others."""
    table = name.partition(".")[0]
    if table not in steps[0].touched:
        return False
    cells = touched = 0
    for step in steps:
        things = {thing for thing, _, _ in step.cells.get(name, ())}
        if not things <= set(step.touched[table]):
            return False
        cells, touched = cells + len(things), touched + len(step.touched[table])
    least = touched * (ALONG if name in INTS else ALONG_OTHER)
    return cells >= least


def _cells(steps: Sequence[Step], name: str, *, along: bool) -> Told:
    found = [(step.now, value, old) for step in steps for value, old in _changes(step, name, along=along)]
    values = [value for _, value, _ in found]
    if name in decoders and name not in INTS:
        return OTHER, _encode(column_of(values))
    return shortest({
        PLAIN: values, MOMENT: [now - value for now, value, _ in found], MORE: [value - old for _, value, old in found],
        RISING: differences(values), LATER: differences(values, steps[0].now),
    })  # fmt: skip


def _changes(step: Step, name: str, *, along: bool) -> Iterator[tuple[Any, Any]]:
    """Values and the values before."""
    cells = step.cells.get(name, ())
    if not along:
        return ((value, old) for _, value, old in cells)
    before = {thing: old for thing, _, old in cells}
    rows = step.touched[name.partition(".")[0]]
    return ((value, before.get(row, value)) for row, value in zip(rows, step.touched_cells[name], strict=True))


def _differences(numbers: Iterable[int], first: int = 0) -> bytes:
    return pack_numbers(differences(list(numbers), first))
