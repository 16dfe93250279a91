"""A floor's state spread out at one moment, so that two moments can be compared cell by cell.

What follows from the rest is left out: who waits in which queue, how many of a crew are in which state, the day's
cohorts. Where for once it does not follow, there is no sheet, and a key frame is kept whole instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import astuple, fields

from feeds.counters import EVENT_SIZE
from feeds.folding.copies import CopiesState
from feeds.folding.state import (
    CREW_SIZE,
    MINUTE,
    OFFLINE,
    QUEUE_SLOT,
    CrewState,
    FloorState,
    Leaf,
    Level,
    QueueState,
)  # fmt: skip
from feeds.folding.tables import KINDS, Rows, derived, lists_of, row_of

SCALARS: Final = (
    "rev", "now", "begun", "slot_end", "minute_end", "bucket", "day", "next_day", "next_check", "horizon",
    "alarms_raised", "alarms_today", "alarm_group", "alarm_at",
)  # fmt: skip
PIECES: Final = (
    "tones", "alarms", "sources", "orders", "gaps", "oddities", "switches", "listening", "notices", "notes",
    "conditions", "layout", "serving", "trunks", "early",
)  # fmt: skip
"""Small members, which are kept anew when they are others."""
NUMBERS: Final = {
    "queue": ("joined_sum", "ringing", "in_service", "overdue", "carried_in"),
    "level": ("count", "last", "area", "peak"),
}
"""Single numbers of queues and of levels."""
_ABOUT_QUEUE: Final = ("id", "group", "seat_type", "zh", "en", "service_ms")
_ABOUT_CREW: Final = ("team", "vendor", "seat_type", "group", "queues")
_ON_THE_WAY: Final = {"agents.seat", "seats.crew"}
"""Columns that say what others say."""

_encode = msgspec.msgpack.Encoder().encode


class NoSheetError(Exception):
    """Something does not follow from the rest as it usually does."""


class Table(Struct):
    """Rows that come and go, with the columns whose cells change."""

    keys: list[Any]
    columns: dict[str, list[Any]]


class Sheet(Struct):
    """A floor's state at one moment; nothing in it changes with the floor."""

    scalars: list[int]
    tables: dict[str, Table]
    numbers: dict[str, list[int]]
    """`queue.ringing`, `level.area` -> the number of each queue, level; `settled` -> what :func:`settled_of` gives."""
    since: dict[str, dict[tuple[int, int], int]]
    """`queue`, `crew` -> (place, thing) -> what was counted since the newest copy, noughts left out."""
    rows: dict[str, list[dict[int, tuple[int, ...]]]]
    """What queues and levels have by quarter-hour or slot."""
    today: list[list[int]]
    trends: dict[str, list[float | None]]
    copies: dict[str, CopiesState]
    pieces: dict[str, bytes]
    order: dict[str, int]
    crews: int
    alike: list[Any]
    """What may not change at all as long as frames are kept as differences."""

    @property
    def now(self) -> int:
        """Floor time, UTC milliseconds."""
        return self.scalars[1]

    def things(self, kind: str) -> int:
        """How many things of a kind of copies there are: trunks and queues, or crews."""
        return len(self.today) + 1 if kind == "queue" else self.crews


def levels(state: FloorState) -> list[Level]:
    """All levels, in an order of their own."""
    return [*state.waits.values(), *state.services.values()]


def minute_begin(state: FloorState) -> int:
    """When the newest copy of crews was taken, UTC milliseconds."""
    return state.minute_end - MINUTE


def slots_since(leaf: Leaf, state: FloorState) -> int:
    """How many slots ago a leaf's totals changed, counted to the newest copy."""
    end = state.slot_end if leaf.slot == QUEUE_SLOT else state.minute_end
    return end // leaf.slot - 1 - leaf.changed


def places_of(crews: Iterable[int], places: Iterable[int]) -> Counter[tuple[int, int]]:
    """How many seats are (crew, state)."""
    found = Counter(zip(crews, places, strict=True))
    return Counter({key: count for key, count in found.items() if key[0] >= 0 and key[1] != OFFLINE})


WAITING: Final = ("id", "queue", "joined", "answered")
"""The columns of legs from which it follows who waits."""


def settled_of(crews: Sequence[CrewState]) -> list[int]:
    """How many of each crew had settled in the first state, then in the second …"""
    return [count for column in zip(*[crew.settled for crew in crews], strict=True) for count in column]


def waiting_of(
    ids: Sequence[str], queues: Sequence[str], joined: Sequence[int], answered: Sequence[int]
) -> dict[str, dict[str, int]]:
    """Who waits, by queue: leg -> when it joined, UTC milliseconds."""
    found: dict[str, dict[str, int]] = {}
    for leg, queue, at, since in zip(ids, queues, joined, answered, strict=True):
        if since < 0:
            found.setdefault(queue, {})[leg] = at
    return found


def sheet_of(state: FloorState, queues: Rows, crews: Rows) -> Sheet:
    """The sheet of a state; `queues` and `crews` are the rows of their newest copies. Raises NoSheetError."""
    columns = _columns(state)
    all_queues, all_crews, all_levels = list(state.queues.values()), list(state.crews.values()), levels(state)
    _check(state, columns, all_queues, all_crews)
    numbers = {
        f"{kind}.{name}": [getattr(thing, name) for thing in things]
        for kind, things in (("queue", all_queues), ("level", all_levels))
        for name in NUMBERS[kind]
    }
    numbers["settled"] = settled_of(all_crews)
    leaves = [queue.leaf for queue in all_queues]
    return Sheet(
        scalars=[int(getattr(state, name)) for name in SCALARS],
        tables={**_things(columns), **_lists(state)},
        numbers=numbers,
        since={
            "queue": dict(_since_queues(state, [state.inbound, *leaves], queues)),
            "crew": dict(_since_crews(state, all_crews, crews)),
        },
        rows={
            "longest": [{at: (wait,) for at, wait in leaf.longest.items()} for leaf in leaves],
            "longest_in": [{at: (wait,) for at, wait in leaf.longest_in.items()} for leaf in leaves],
            "restated": [{at: (last,) for at, last in queue.restated.items()} for queue in all_queues],
            "crew_restated": [{at: (last,) for at, last in crew.restated.items()} for crew in all_crews],
            "cohort": [{at: tuple(row) for at, row in queue.cohort.items()} for queue in all_queues],
            "closed": [dict(level.closed) for level in all_levels],
        },
        today=[list(queue.today) for queue in all_queues],
        trends={name: list(points) for name, points in state.trends.items()},
        copies={"queue": state.queue_copies, "crew": state.crew_copies},
        pieces={
            **{name: _encode(getattr(state, name)) for name in PIECES},
            "queue_sources": _encode([queue.source for queue in all_queues]),
        },
        order=dict(state.order), crews=len(all_crews),
        alike=[
            [[getattr(queue, name) for name in _ABOUT_QUEUE] for queue in all_queues],
            [[key, *(getattr(crew, name) for name in _ABOUT_CREW)] for key, crew in state.crews.items()],
            [leaf.place for leaf in (*leaves, *(crew.leaf for crew in all_crews))],
            list(state.waits), list(state.services),
        ],
    )  # fmt: skip


def names_of(table: str) -> list[str]:
    """The columns of a table of KINDS."""
    return [f"{table}.{each.name}" for each in fields(KINDS[table])]


def _columns(state: FloorState) -> dict[str, Sequence[Any]]:
    found: dict[str, Sequence[Any]] = {}
    for table, kind in KINDS.items():
        things, names = getattr(state, table), names_of(table)
        members = zip(*map(astuple, things.values()), strict=True) if things else [()] * len(names)
        found.update(zip(names, members, strict=True))
        for member in lists_of(kind):
            found[f"{table}.{member}"] = [tuple(value) for value in found[f"{table}.{member}"]]
    return found


def _things(columns: Mapping[str, Sequence[Any]]) -> dict[str, Table]:
    return {
        table: Table(
            list(columns[f"{table}.id"]),
            {name: list(columns[name]) for name in names_of(table) if name not in _ON_THE_WAY},
        )
        for table in KINDS
    }


def _lists(state: FloorState) -> dict[str, Table]:
    gone = [(key, rev, at) for key, (rev, at) in state.gone.items()]
    tables = {}
    for table, members, rows in (
        ("gone", ("key", "rev", "at"), gone), ("timers", ("due", "kind", "leg"), sorted(state.timers)),
    ):  # fmt: skip
        columns = zip(*rows, strict=True) if rows else [()] * len(members)
        names = [f"{table}.{member}" for member in members]
        tables[table] = Table(list(rows), dict(zip(names, map(list, columns), strict=True)))
    return tables


def _check(
    state: FloorState, columns: Mapping[str, Sequence[Any]], queues: Sequence[QueueState], crews: Sequence[CrewState]
) -> None:
    for name, expected in derived(columns).items():
        if list(columns[name]) != expected:
            raise NoSheetError(name)
    waiting = waiting_of(*(columns[f"legs.{member}"] for member in WAITING))
    for queue in queues:
        if list(queue.waiting.items()) != list(waiting.get(queue.id, {}).items()):
            raise NoSheetError(f"who waits in {queue.id}")
    there = places_of(columns["seats.crew"], columns["seats.place"])
    counted = {
        (number, place): count
        for number, crew in enumerate(crews)
        for place, count in enumerate(crew.counts)
        if count
    }  # fmt: skip
    if there != counted:
        raise NoSheetError("who is in which state")
    if any(crew.staffed != sum(crew.counts) or crew.leaf.longest or crew.leaf.longest_in for crew in crews):
        raise NoSheetError("who is there")
    if state.inbound.longest or state.inbound.longest_in:
        raise NoSheetError("waits of trunks")


def _since_queues(state: FloorState, leaves: Sequence[Leaf], rows: Rows) -> Iterator[tuple[tuple[int, int], int]]:
    for number, leaf in enumerate(leaves):
        for place, (total, before) in enumerate(zip(leaf.total, row_of(rows, leaf), strict=False)):
            if total != before:
                yield (place, number), total - before
        if slots := slots_since(leaf, state):
            yield (EVENT_SIZE, number), slots


def _since_crews(state: FloorState, crews: Sequence[CrewState], rows: Rows) -> Iterator[tuple[tuple[int, int], int]]:
    """Of times only what was left, as moments since the copy: who is still in a state is known from the seats."""
    begin = minute_begin(state)
    totals = [list(crew.leaf.total) for crew in crews]
    for crew, total in zip(crews, totals, strict=True):
        for place, count in enumerate(crew.counts, EVENT_SIZE):
            if count:
                total[place] += count * begin
    for number, place, since in entered(state, begin):
        totals[number][EVENT_SIZE + place] += since
    for number, (crew, total) in enumerate(zip(crews, totals, strict=True)):
        before = row_of(rows, crew.leaf)[: len(total)]
        if tuple(total) != before:
            for place, (late, early) in enumerate(zip(total, before, strict=True)):
                if late != early:
                    yield (place, number), late - early
        if slots := slots_since(crew.leaf, state):
            yield (CREW_SIZE, number), slots


def entered(state: FloorState, begin: int) -> Iterator[tuple[int, int, int]]:
    """(crew, state, milliseconds since `begin`) of seats that came into their state behind it."""
    for seat in state.seats.values():
        if seat.since > begin and seat.crew >= 0 and seat.place != OFFLINE:
            yield seat.crew, seat.place, seat.since - begin
