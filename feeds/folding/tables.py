"""A frozen floor: its long tables as columns, its totals as what came since their newest copy, and nothing twice.

What a table says of people and places that stay as they are is kept apart under a name made of its content, as copies
are: a file has it once for all its frames, and a process reads it once for all its floors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, islice, repeat
from operator import add, sub
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import astuple, fields, replace

from feeds.counters import EVENT_SIZE
from feeds.folding.copies import NOTHING, CopyRow, Fetch
from feeds.folding.numbers import Told, column_told, told_column
from feeds.folding.state import (
    CREW_SIZE,
    AgentState,
    CallState,
    CrewState,
    FloorState,
    Leaf,
    LegState,
    QueueState,
    SeatRecord,
)
from feeds.folding.unmade import Unmade

if TYPE_CHECKING:
    from typing_extensions import Buffer

KINDS: Final[dict[str, type[Struct]]] = {
    "agents": AgentState, "seats": SeatRecord, "legs": LegState, "calls": CallState,
}  # fmt: skip
"""Tables of things by id."""
_STEADY: Final = frozenset(
    ("agents.id", "agents.zh", "agents.en", "agents.crew", "seats.id", "seats.area", "seats.extension")
)
LASTING: Final = ("agents", "seats")
"""Tables of which nothing goes."""
KEYS: Final = (("seats", "seat:"), ("agents", "agent:"), ("legs", "call:"))
"""Tables whose things are published under keys of their own."""
_LONG: Final = 1 << 16
"""Numbers up to here are short enough; of longer ones that ascend the differences are kept."""


Rows = Sequence[CopyRow]


class Part(Struct, frozen=True):
    """A part of a state that many states share."""

    packed: bytes

    @property
    def lies_in(self) -> None:
        """It was made here: see :attr:`feeds.log.base.Packed.lies_in`."""


class Column(Struct, array_like=True, gc=False):
    """A member of all things of a table."""

    values: Raw
    """All values; or the one that all of them have; or the differences of ascending moments, the first to zero."""
    ascending: bool = False


class Frozen(Struct, array_like=True, gc=False):
    """A floor as it is kept. Columns are called `table.member`; those of one member lie together, as they are alike."""

    rest: FloorState
    counts: dict[str, int]
    columns: dict[str, Column]
    steady: dict[str, bytes]
    """Columns that are parts, by the part's name."""
    numbers: dict[str, Told] = {}
    """Columns of whole numbers; those of older files are among the others."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Frozen).decode
_strings = msgspec.msgpack.Decoder(list[str]).decode
_numbers = msgspec.msgpack.Decoder(list[int]).decode


def lists_of(kind: type[Struct]) -> list[str]:
    """The members of a kind that are lists."""
    return [each.name for each in fields(kind) if get_origin(each.type) is list]


def _cell(kind: Any) -> Any:
    """What a cell of a column is: of lists a tuple, as most of them are empty and there is but one empty tuple."""
    return tuple[get_args(kind)[0], ...] if get_origin(kind) is list else kind  # type: ignore[misc]


def _maker(kind: type[Struct]) -> Callable[..., Struct]:
    """Makes a thing of its cells."""
    lists = lists_of(kind)

    def made(*cells: Any) -> Struct:
        thing = kind(*cells)
        for name in lists:
            setattr(thing, name, list(getattr(thing, name)))
        return thing

    return made if lists else kind


_MAKERS: Final = {table: _maker(kind) for table, kind in KINDS.items()}
decoders: Final[dict[str, Callable[[Buffer], list[Any]]]] = {
    f"{table}.{each.name}": msgspec.msgpack.Decoder(list[_cell(each.type)]).decode  # type: ignore[misc]
    for table, kind in KINDS.items()
    for each in fields(kind)
} | {
    "order.others": _strings, "order.place": _numbers, "order.rev": _numbers,
    "gone.key": _strings, "gone.rev": _numbers, "gone.at": _numbers,
    "timers.due": _numbers, "timers.kind": _numbers, "timers.leg": _strings,
}  # fmt: skip


INTS: Final = frozenset(
    f"{table}.{each.name}" for table, kind in KINDS.items() for each in fields(kind) if each.type is int
) | {"gone.rev", "gone.at", "timers.due", "timers.kind", "order.place", "order.rev"}
"""Columns of whole numbers."""


def pack_state(state: FloorState, queues: Rows = (), crews: Rows = ()) -> tuple[bytes, dict[bytes, Part]]:
    """A state as bytes, and the parts that it names; equal states give equal bytes.

    `queues` and `crews` are the rows of their newest copies, which :func:`add_newest` must get again.
    """
    found: dict[str, Sequence[Any]] = {}
    counts = {"order": len(state.order), "gone": len(state.gone)}
    for table, kind in KINDS.items():
        things = getattr(state, table)
        counts[table] = len(things)
        known = [f"{table}.{member}" for member in kind.__struct_fields__]
        members = zip(*map(astuple, things.values()), strict=True) if things else [()] * len(known)
        found.update(zip(known, members, strict=True))
    for name, expected in derived(found).items():
        if list(found[name]) == expected:
            del found[name]
    keys = keys_of(found)
    places = {key: place for place, key in enumerate(keys)}
    others = [key for key in state.order if key not in places]
    places |= {key: place for place, key in enumerate(others, len(keys))}
    found["order.others"], counts["others"] = others, len(others)
    found["order.place"] = [places[key] for key in state.order]
    found["order.rev"] = list(state.order.values())
    found["gone.key"] = list(state.gone)
    found["gone.rev"], found["gone.at"] = [[each[part] for each in state.gone.values()] for part in (0, 1)]
    parts = {name: Part(_encode(found.pop(name))) for name in sorted(_STEADY)}
    names = {name: _name(part.packed) for name, part in parts.items()}
    numbers = {name: column_told(found.pop(name), state.now) for name in sorted(INTS & found.keys(), key=by_member)}
    columns = {name: column_of(found[name]) for name in sorted(found, key=by_member)}
    numbers.update(_pack_longest(state.queues.values(), state.now))
    rest = replace(
        state, agents={}, seats={}, legs={}, calls={}, order={}, gone={}, timers=sorted(state.timers),
        inbound=_since(state.inbound, queues),
        queues={
            key: replace(queue, leaf=replace(_since(queue.leaf, queues), longest={}))
            for key, queue in state.queues.items()
        },
        crews={key: _crew_since(crew, crews, state.now) for key, crew in state.crews.items()},
    )  # fmt: skip
    return _encode((rest, counts, columns, names, numbers)), {names[name]: part for name, part in parts.items()}


def unpack_state(packed: bytes, fetch: Fetch) -> tuple[FloorState, Callable[[], dict[str, int]]]:
    """The state that was packed, without what :func:`add_newest` adds and without the order, which the second gives.

    `fetch` gives the parts that it names. Raises msgspec.ValidationError for bytes of another version, KeyError or what
    `fetch` raises for a missing part.
    """
    state, columns = spread(packed, fetch)
    ids = {f"{table}.id": columns[f"{table}.id"] for table, _ in KEYS}
    others, places, revs = (columns[f"order.{member}"] for member in ("others", "place", "rev"))
    gather(state, columns)

    def order() -> dict[str, int]:
        keys = [*keys_of(ids), *others]
        return dict(zip(map(keys.__getitem__, places), revs, strict=True))

    return state, order


def spread(
    packed: bytes, fetch: Fetch, numbers: Callable[[Told, int], Any] = told_column
) -> tuple[FloorState, dict[str, Any]]:
    """A packed state without its tables, and the columns of those; steady ones belong to everybody.

    `numbers` makes a column of packed numbers and the floor's time.
    """
    frozen = _decode(packed)
    found: dict[str, Any] = {name: _steady(name, part, fetch) for name, part in frozen.steady.items()}
    for name, column in frozen.columns.items():
        table = "others" if name == "order.others" else name.partition(".")[0]
        found[name] = values_of(decoders[name](column.values), column.ascending, frozen.counts[table])
    for crew in frozen.rest.crews.values():
        crew.settled = crew.settled or crew.counts[:]
    longest = {name: frozen.numbers.pop(name, None) for name in _LONGEST}
    if None not in longest.values():
        _add_longest(frozen.rest, *(told_column(told, frozen.rest.now) for told in longest.values() if told))
    found.update((name, numbers(told, frozen.rest.now)) for name, told in frozen.numbers.items())
    return frozen.rest, found


_LONGEST: Final = ("longest.count", "longest.slot", "longest.wait")
"""How many longest waits each queue has, of which slots, how long."""


def _pack_longest(queues: Iterable[QueueState], now: int) -> dict[str, Told]:
    rows = [queue.leaf.longest for queue in queues]
    columns = (
        [len(row) for row in rows],
        [slot for row in rows for slot in row],
        [wait for row in rows for wait in row.values()],
    )
    return {name: column_told(column, now) for name, column in zip(_LONGEST, columns, strict=True)}


def _add_longest(state: FloorState, counts: list[int], slots: list[int], waits: list[int]) -> None:
    rows = zip(slots, waits, strict=True)
    for queue, count in zip(state.queues.values(), counts, strict=True):
        queue.leaf.longest = dict(islice(rows, count))


def gather(state: FloorState, found: dict[str, list[Any]]) -> None:
    """Put the tables of columns into a state, all but the order of changes."""
    for name, expected in derived(found).items():
        found.setdefault(name, expected)
    # Floors were kept before this was known of calls, and a log may begin with one.
    found.setdefault("calls.answered_at", [-1] * len(found["calls.id"]))
    for table, kind in KINDS.items():
        ids, members = found[f"{table}.id"], [found[f"{table}.{member}"] for member in kind.__struct_fields__]
        if any(len(column) != len(ids) for column in members):
            raise msgspec.ValidationError(f"the columns of the {table} are not equally long")
        setattr(state, table, Unmade(_MAKERS[table], dict(_looked_up(ids, range(len(ids)))), members))
    gone = zip(found["gone.rev"], found["gone.at"], strict=True)
    state.gone = dict(zip(found["gone.key"], gone, strict=True))


def add_newest(state: FloorState, queues: Rows, crews: Rows) -> None:
    """Make an unpacked state's totals whole: `queues` and `crews` are the rows of their newest copies."""
    for leaf in (state.inbound, *[queue.leaf for queue in state.queues.values()]):
        leaf.total = list(map(add, leaf.total, row_of(queues, leaf)))
    for crew in state.crews.values():
        total = list(map(add, crew.leaf.total or NOTHING[:CREW_SIZE], row_of(crews, crew.leaf)))
        for place, count in enumerate(crew.counts, EVENT_SIZE):
            if count:
                total[place] -= count * state.now
        crew.leaf.total = total


def _since(leaf: Leaf, rows: Rows) -> Leaf:
    """A leaf with its totals as what came since the newest copy."""
    return replace(leaf, total=list(map(sub, leaf.total, row_of(rows, leaf))))


def _crew_since(crew: CrewState, rows: Rows, now: int) -> CrewState:
    """A crew with totals as what came since the newest copy, up to now: whoever is in a state is there until now.

    Nothing stands for totals of nought, and for a crew that has settled as it is.
    """
    leaf = _since(crew.leaf, rows)
    for place, count in enumerate(crew.counts, EVENT_SIZE):
        if count:
            leaf.total[place] += count * now
    if not any(leaf.total):
        leaf.total = []
    return replace(crew, leaf=leaf, settled=[] if crew.settled == crew.counts else crew.settled)


def row_of(rows: Rows, leaf: Leaf) -> CopyRow:
    return rows[leaf.place] if leaf.place < len(rows) else NOTHING


def derived(found: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Columns that usually say what others say already: who sits where, in which crew."""
    sitting, agents = found["seats.agent"], found["agents.id"]
    seat_of, crew_of = dict(zip(sitting, found["seats.id"], strict=True)), _looked_up(agents, found["agents.crew"])
    return {
        "agents.seat": list(map(seat_of.get, agents, repeat(""))),
        "seats.crew": list(map(crew_of.get, sitting, repeat(-1))),
    }


def _name(body: bytes) -> bytes:
    return blake2b(body, digest_size=8).digest()


_LIKE: Final = {"legs.call": "id", "timers.leg": "id", "timers.due": "joined"}
"""Columns that say what others of another member say."""


def by_member(name: str) -> tuple[str, str]:
    table, _, member = name.partition(".")
    return _LIKE.get(name, member), table


def keys_of(found: Mapping[str, Iterable[str]]) -> list[str]:
    return [prefix + name for table, prefix in KEYS for name in found[f"{table}.id"]]


def column_of(values: Sequence[Any]) -> Column:
    if len(values) > 1:
        first = values[0]
        if not isinstance(first, (list, tuple)) and values.count(first) == len(values):
            return Column(Raw(_encode(values[:1])))
        if type(first) is int and values[-1] > _LONG and sum(map(_is_less, values[1:], values)) < len(values) // 8:
            return Column(Raw(_encode([first, *map(sub, values[1:], values)])), ascending=True)
    return Column(Raw(_encode(values)))


def _is_less(value: int, before: int) -> bool:
    return value < before


def values_of(values: list[Any], ascending: bool, count: int) -> list[Any]:
    if ascending:
        return list(accumulate(values))
    if len(values) == count:
        return values
    if len(values) == 1:
        return values * count
    raise msgspec.ValidationError(f"a column of {len(values)} values for {count} things")


_lookups: Final[dict[tuple[int, int | str], tuple[Sequence[str], Sequence[Any], dict[str, Any]]]] = {}
"""By the identity of a steady column of ids and of what is looked up: both, so that they live on, and the lookup."""


def _looked_up(ids: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """Id -> value; of people and places that stay as they are, the same dict as last time."""
    steady = set(map(id, list(_known.values())))  # at one go: other threads thaw floors too
    if id(ids) not in steady or not (isinstance(values, range) or id(values) in steady):
        return dict(zip(ids, values, strict=True))
    key = id(ids), "place" if isinstance(values, range) else id(values)
    known = _lookups.get(key)
    if known is None or known[0] is not ids:
        if len(_lookups) >= _KNOWN_MOST:
            _lookups.clear()
        known = _lookups[key] = ids, values, dict(zip(ids, values, strict=True))
    return known[2]


_known: Final[dict[bytes, list[Any]]] = {}
"""Steady columns by name: read by all floors of this process, changed by none."""
_KNOWN_MOST: Final = 64
"""Those of a few sites; a floor of 5,000 seats has half a megabyte of them."""


def _steady(name: str, part: bytes, fetch: Fetch) -> list[Any]:
    known = _known.get(part)
    if known is None:
        if len(_known) >= _KNOWN_MOST:
            _known.clear()
        body = fetch(part)
        if not isinstance(body, bytes) or _name(body) != part:
            raise msgspec.ValidationError(f"the part {name} is not what was kept")
        known = _known[part] = decoders[name](body)
    return known
