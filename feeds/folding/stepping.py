"""From a whole key frame through the steps behind it; see feeds.folding.steps for how they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, repeat
from operator import add, sub
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import fields
from numpy.typing import NDArray

from feeds.counters import C_LONGEST, COHORT_SIZE, EVENT_SIZE
from feeds.facts import SEAT_STATES
from feeds.folding.copies import Fetch
from feeds.folding.numbers import LATER, MOMENT, MORE, OTHER, RISING, Told, width_of
from feeds.folding.sheets import PIECES, SCALARS, WAITING, levels, minute_begin, settled_of, waiting_of
from feeds.folding.state import CREW_SIZE, OFFLINE, QUEUE_SLOT, FloorState, Leaf
from feeds.folding.steps import Steps
from feeds.folding.tables import INTS, KEYS, KINDS, LASTING, Column, Rows, decoders, gather, row_of, spread, values_of
from feeds.folding.watching import TREND_POINTS

Numbers = NDArray[np.int64]

_NAMES: Final = {"gone": "gone.key", "timers": "timers.leg", **{table: f"{table}.id" for table in KINDS}}
"""A column of each table that is none of numbers."""

_decode = msgspec.msgpack.Decoder(Steps).decode
_column = msgspec.msgpack.Decoder(Column).decode
_pieces: Final = {
    **{each.name: msgspec.msgpack.Decoder(each.type).decode for each in fields(FloorState) if each.name in PIECES},
    "queue_sources": msgspec.msgpack.Decoder(list[str]).decode,
}


def unpack_steps(packed: bytes, fetch: Fetch, steps: Sequence[tuple[bytes, int]]) -> tuple[FloorState, Walk]:
    """The state to which steps led from a whole frame, without what :meth:`Walk.add_since` adds.

    `steps` are steps packed together, each with how many of them are taken. Raises as
    :func:`feeds.folding.tables.unpack_state` does, and ValueError or LookupError for steps from another frame.
    """
    state, columns = spread(packed, fetch, _column_of)
    walk = Walk(state, columns)
    for body, count in steps:
        walk.go(body, count)
    walk.end()
    return state, walk


class LateOrder(Struct):
    """What is published, in order of last change: worked out when somebody asks, as most who enter never do."""

    names: list[tuple[str, list[str]]]
    """What names begin with, and how they go on: those with the next numbers."""
    places: list[Numbers]
    """Numbers of the names that were touched, oldest first."""
    revs: list[Numbers]
    gone: list[int] = []
    """Numbers of the names that are no longer there."""

    def __call__(self) -> dict[str, int]:
        names = [prefix + name if prefix else name for prefix, some in self.names for name in some]
        places, revs = np.concatenate(self.places), np.concatenate(self.revs)
        last = np.full(len(names), -1)
        last[places] = np.arange(len(places))
        last[np.array(self.gone, np.int64)] = -1
        found = np.sort(last[last >= 0])
        keys = map(names.__getitem__, places[found].tolist())
        return dict(zip(keys, revs[found].tolist(), strict=True))


class Walk:
    """An unpacked whole frame that steps are taken from; `columns` are its tables'."""

    def __init__(self, state: FloorState, columns: dict[str, Any]) -> None:
        self._state = state
        due, kind, leg = map(list, zip(*state.timers, strict=True)) if state.timers else ([], [], [])
        columns.update({"timers.due": due, "timers.kind": kind, "timers.leg": leg})
        self._ints: dict[str, Numbers] = {
            name: column for name, column in columns.items() if isinstance(column, np.ndarray)
        }
        self._others: dict[str, list[Any]] = {
            name: column for name, column in columns.items() if name not in self._ints
        }  # fmt: skip
        """Columns of anything but numbers, and those of numbers that nobody has changed."""
        self._gone: dict[str, list[Numbers]] = {}
        self._queues = list(state.queues.values())
        self._crews = list(state.crews.values())
        self._levels = levels(state)
        self._numbers: dict[str, Numbers] = {}
        self._since = {
            "queue": np.zeros((EVENT_SIZE + 1, len(self._queues) + 1), np.int64),
            "crew": np.zeros((CREW_SIZE + 1, len(self._crews)), np.int64),
        }
        """(place, thing) -> what was counted since the newest copy."""
        self._bodies: dict[str, bytes] = {}
        self._cohorts: dict[tuple[int, int], list[int]] = {}
        """(queue, quarter-hour) -> the row of the whole frame, for those that are others now."""
        self._sizes = {table: len(columns[f"{table}.id"]) for table, _ in KEYS}
        sizes = [*self._sizes.values(), len(columns["order.others"])]
        self.order = LateOrder(
            [(prefix, columns[f"{table}.id"][:]) for table, prefix in KEYS] + [("", columns["order.others"])],
            [self._int("order.place")], [self._int("order.rev")],
        )  # fmt: skip
        self._named = sum(sizes)
        self._legs = list(range(self._named - sizes[-1] - self._sizes["legs"], self._named - sizes[-1]))
        """By a leg's row: the number of its name."""
        self._tables = np.repeat(np.arange(len(sizes)), sizes)
        """By a name's number: the place of its table in KEYS, or behind them for others."""
        self._rows_of = np.concatenate([np.arange(size) for size in sizes])
        self._scalars: list[int] = []

    def go(self, packed: bytes, count: int) -> None:
        """Take the first `count` of the steps packed together. Raises msgspec.ValidationError for fewer."""
        steps = _decode(packed)
        if not 0 < count <= len(steps.scalars):
            raise msgspec.ValidationError(f"there are not {count} steps in {len(steps.scalars)}")
        for rows in steps.rows[:count]:
            self._change_rows(rows)
        ids = self._name(steps, count)
        for table, counts in steps.gone.items():
            gone = np.cumsum(unpack_numbers(steps.gone_rows[table]))[: sum(counts[:count])]
            self._gone.setdefault(table, []).append(gone)
            if table == "legs":
                self.order.gone += map(self._legs.__getitem__, gone.tolist())
        nows = np.cumsum(np.array([scalars[1] for scalars in steps.scalars], np.int64))
        touched = self._touched(steps, count)
        for name, told in steps.born_cells.items():
            born = steps.born[name.partition(".")[0]]
            come = sum(born[:count])
            if told[0] == OTHER:
                more = (ids.get(name) or _others(name, told, sum(born)))[:come]
                if name.startswith(LASTING):  # what is steady belongs to other floors too
                    self._others[name] = [*self._others[name], *more]
                else:
                    self._others[name] += more
            else:
                self._ints[name] = np.concatenate((self._int(name), _numbers(told, nows, born)[:come]))
        self._change(steps, nows, count, touched)
        for table in self._sizes:
            self._sizes[table] += sum(steps.born.get(table, ())[:count])
        self._small(steps, count)

    def _name(self, steps: Steps, count: int) -> dict[str, list[str]]:
        """The names that things get, in the order in which they came to be, and what was touched.

        Gives the columns of ids of those that come to be.
        """
        ids = {
            name: _others(name, steps.born_cells[name], sum(steps.born[table]))
            for table, _ in KEYS if (name := f"{table}.id") in steps.born_cells
        }  # fmt: skip
        order, sizes, tables, rows = self.order, dict(self._sizes), list[int](), list[int]()
        for step in range(count):
            for place, (table, prefix) in enumerate(KEYS):
                born = steps.born[table][step] if f"{table}.id" in ids else 0
                if born:
                    if table == "legs":
                        self._legs += range(self._named, self._named + born)
                    first = sizes[table] - self._sizes[table]
                    order.names.append((prefix, ids[f"{table}.id"][first : first + born]))
                    tables += repeat(place, born)
                    rows += range(sizes[table], sizes[table] + born)
                    sizes[table] += born
                    self._named += born
            others = steps.order.others[step]
            order.names.append(("", others))
            self._named += len(others)
            tables += repeat(len(KEYS), len(others))
            rows += range(len(others))
            order.gone += steps.order.gone[step]
        self._tables = np.concatenate((self._tables, np.array(tables, np.int64)))
        self._rows_of = np.concatenate((self._rows_of, np.array(rows, np.int64)))
        moved = sum(steps.order.counts[:count])
        order.places.append(unpack_numbers(steps.order.places)[:moved])
        order.revs.append((np.cumsum(unpack_numbers(steps.order.revs)) + steps.scalars[0][0])[:moved])
        return ids

    def _touched(self, steps: Steps, count: int) -> dict[str, tuple[Numbers, list[int]]]:
        """Rows of each table that were touched and are not of the same step, and how many of each step."""
        places = self.order.places[-1]
        step_of = np.repeat(np.arange(count), steps.order.counts[:count])
        tables, rows = self._tables[places], self._rows_of[places]
        found = {}
        for place, (table, _) in enumerate(KEYS):
            born = np.array(steps.born.get(table, [0] * count)[:count])
            known = self._sizes[table] + np.cumsum(born) - born
            here = (tables == place) & (rows < known[step_of])
            found[table] = rows[here], np.bincount(step_of[here], minlength=count).tolist()
        return found

    def _change(self, steps: Steps, nows: Numbers, count: int, touched: dict[str, tuple[Numbers, list[int]]]) -> None:
        """Give cells the values that they have then."""
        starts = {}
        for kind, anew in steps.anew.items():
            last = max((step for step in range(count) if anew[step]), default=-1)
            starts[f"{kind}_since"] = max(0, last)
            if last >= 0:
                self._since[kind].fill(0)
        for name, told in steps.cells.items():
            table, _, member = name.partition(".")
            if name in steps.counts:
                counts = steps.counts[name]
                first, last = sum(counts[: starts.get(table, 0)]), sum(counts[:count])
                if first == last:
                    continue
                things = np.cumsum(unpack_numbers(steps.things[name]))[first:last]
            else:
                things, counts = touched[table]
                first, last = 0, len(things)
            if told[0] == OTHER:
                column = self._others[name]
                values = _others(name, told, sum(counts) if name in steps.counts else last)[first:last]
                for thing, value in zip(things.tolist(), values, strict=True):
                    column[thing] = value
                continue
            amounts = _numbers(told, nows[: len(counts)], counts)[first:last]
            numbers = self._cells(table, member, name)
            if told[0] == MORE:
                np.add.at(numbers, things, amounts)
            else:
                numbers[things] = amounts  # of several values for a thing the last one stays

    def _cells(self, table: str, member: str, name: str) -> Numbers:
        if name in INTS:
            return self._int(name)
        if table.endswith("_since"):
            return self._since[table.removesuffix("_since")].reshape(-1)
        known = self._numbers.get(name)
        if known is None:
            if table == "settled":
                values = settled_of(self._crews)
            else:
                owners: Sequence[Any] = self._queues if table == "queue" else self._levels
                values = [getattr(owner, member) for owner in owners]
            known = self._numbers[name] = np.array(values, np.int64)
        return known

    def _int(self, name: str) -> Numbers:
        known = self._ints.get(name)
        if known is None:
            known = self._ints[name] = np.array(self._others[name], np.int64)
        return known

    def _change_rows(self, changes: dict[str, Any]) -> None:
        for name, owned in changes.items():
            for number, gone, changed in owned:
                rows = self._rows(name, number)
                for key in gone:
                    del rows[key]
                if name == "closed":
                    rows.update((key, tuple(row)) for key, row in changed)
                elif name != "cohort":
                    rows.update((key, row[0]) for key, row in changed)
                else:
                    for key, more in changed:
                        old = rows.get(key) or [0] * COHORT_SIZE
                        self._cohorts.setdefault((number, key), old)
                        rows[key] = list(map(add, old, more))

    def _rows(self, name: str, number: int) -> dict[int, Any]:
        if name == "closed":
            return self._levels[number].closed
        if name == "crew_restated":
            return self._crews[number].restated
        queue = self._queues[number]
        owner: Any = queue.leaf if name in ("longest", "longest_in") else queue
        return getattr(owner, name)  # type: ignore[no-any-return]

    def _small(self, steps: Steps, count: int) -> None:
        self._scalars = list(map(sum, zip(*steps.scalars[:count], strict=True)))
        for step in range(count):
            self._bodies.update(steps.pieces[step])
            if steps.points[step]:
                for points, more in zip(self._state.trends.values(), steps.points[step], strict=True):
                    points += more
                    del points[:-TREND_POINTS]
            for kind, copies in (("queue", self._state.queue_copies), ("crew", self._state.crew_copies)):
                for place, name in steps.ring[step][kind]:
                    copies.ring[place] = name
                copies.marks += steps.marks[step][kind]

    # At the end

    def end(self) -> None:
        """Bring the state to where the last step led."""
        state = self._state
        for name, value in zip(SCALARS, self._scalars, strict=True):
            setattr(state, name, bool(value) if name == "begun" else value)
        sources = self._bodies.pop("queue_sources", None)
        if sources is not None:
            for queue, source in zip(self._queues, _pieces["queue_sources"](sources), strict=True):
                queue.source = source
        for name, body in self._bodies.items():
            setattr(state, name, _pieces[name](body))
        self._end_numbers()
        self._end_cohorts()
        self._end_tables()
        self._end_crews()

    def _end_crews(self) -> None:
        """How many of a crew are in which state follows from the seats."""
        crew = np.array(self._others["seats.crew"], np.int64)
        place, since = self._int("seats.place"), self._int("seats.since")
        counted = (crew >= 0) & (place != OFFLINE)
        self._seats = crew, place, since, counted
        size, many = len(SEAT_STATES), len(self._crews)
        self._counts = np.bincount(crew[counted] * size + place[counted], minlength=many * size).reshape(many, size)
        there = self._counts.sum(axis=1)
        for one, counts, staffed in zip(self._crews, self._counts.tolist(), there.tolist(), strict=True):
            one.counts, one.staffed = counts, staffed

    def _end_numbers(self) -> None:
        for name, numbers in self._numbers.items():
            table, _, member = name.partition(".")
            if table == "settled":
                for crew, counts in zip(self._crews, numbers.reshape(-1, len(self._crews)).T.tolist(), strict=True):
                    crew.settled = counts
            else:
                owners: Sequence[Any] = self._queues if table == "queue" else self._levels
                for owner, value in zip(owners, numbers.tolist(), strict=True):
                    setattr(owner, member, value)

    def _end_cohorts(self) -> None:
        """The day's cohorts got what its quarter-hours got."""
        for (number, bucket), old in self._cohorts.items():
            if bucket >= self._state.day:
                queue = self._queues[number]
                new, today = queue.cohort[bucket], queue.today
                longest = max(today[C_LONGEST], new[C_LONGEST])
                today[:] = map(add, today, map(sub, new, old))
                today[C_LONGEST] = longest

    def _end_tables(self) -> None:
        columns = self._others
        for table, gone in self._gone.items():
            names = {name for name in (*columns, *self._ints) if name.partition(".")[0] == table}
            size = len(columns[_NAMES[table]])
            stays = np.ones(size, bool)
            stays[np.concatenate(gone)] = False
            kept = stays.tolist()
            for name in names:
                if name in self._ints:
                    self._ints[name] = self._ints[name][stays]
                else:
                    columns[name] = list(compress(columns[name], kept))
        # A view gives whole numbers of Python's one by one: of many columns only a few are ever looked at.
        views: dict[str, Any] = {name: numbers.data for name, numbers in self._ints.items()}
        columns.update(views)
        timers = (columns.pop(f"timers.{name}") for name in ("due", "kind", "leg"))
        self._state.timers = sorted(zip(*timers, strict=True))
        gather(self._state, columns)
        waiting = waiting_of(*(columns[f"legs.{member}"] for member in WAITING))
        for queue in self._queues:
            queue.waiting = waiting.get(queue.id, {})

    def add_since(self, queues: Rows, crews: Rows) -> None:
        """Make totals whole; `queues` and `crews` are the rows of the newest copies."""
        state = self._state
        leaves = [state.inbound, *[queue.leaf for queue in self._queues]]
        _add(leaves, EVENT_SIZE, self._since["queue"], queues, state.slot_end // QUEUE_SLOT - 1)
        leaves = [crew.leaf for crew in self._crews]
        slot = leaves[0].slot if leaves else 1
        _add(leaves, CREW_SIZE, self._since["crew"], crews, state.minute_end // slot - 1)
        begin = minute_begin(state)
        numbers, places = np.nonzero(self._counts)
        for number, where, many in zip(
            numbers.tolist(), places.tolist(), self._counts[numbers, places].tolist(), strict=True
        ):
            self._crews[number].leaf.total[EVENT_SIZE + where] -= many * begin
        crew, place, since, counted = self._seats
        entered = counted & (since > begin)
        for number, where, at in zip(
            crew[entered].tolist(), place[entered].tolist(), since[entered].tolist(), strict=True
        ):
            self._crews[number].leaf.total[EVENT_SIZE + where] -= at - begin


def _add(leaves: Sequence[Leaf], size: int, since: Numbers, rows: Rows, newest: int) -> None:
    for leaf in leaves:
        leaf.total = list(row_of(rows, leaf)[: len(leaf.total) or size])
        leaf.changed = newest
    places, numbers = np.nonzero(since)
    amounts = since[places, numbers].tolist()
    for place, number, amount in zip(places.tolist(), numbers.tolist(), amounts, strict=True):
        if place == size:
            leaves[number].changed -= amount
        else:
            leaves[number].total[place] += amount


def unpack_numbers(packed: bytes) -> Numbers:
    """What feeds.folding.numbers packed. Raises msgspec.ValidationError for other bytes."""
    width = width_of(packed)
    if width == 1:
        return np.frombuffer(packed, np.int8, offset=1).astype(np.int64)
    planes = np.frombuffer(packed, np.uint8, offset=1).reshape(width, -1)
    return np.ascontiguousarray(planes.T).view(f"<i{width}").reshape(-1).astype(np.int64)


def _column_of(told: Told, now: int) -> Numbers:
    return _numbers(told, np.array([now]), None)


def _others(name: str, told: Told, count: int) -> list[Any]:
    """Values of anything but numbers, of which there are at least so many."""
    column = _column(told[1])
    values = decoders[name](column.values)
    return values_of(values, column.ascending, max(count, len(values)))


def _numbers(told: Told, nows: Numbers, counts: Sequence[int] | None) -> Numbers:
    """Numbers as they are, or how much more they are; `counts` says how many there are of each time, if not of one."""
    numbers = unpack_numbers(told[1])
    if counts is not None:
        numbers = numbers[: sum(counts)]
    if told[0] in (RISING, LATER):
        rising = np.cumsum(numbers)
        return rising + nows[0] if told[0] == LATER else rising
    if told[0] == MOMENT:
        return (nows if counts is None else np.repeat(nows, counts)) - numbers
    return numbers
