"""A frozen floor: its long tables as columns, which are quicker to read and half as long as rows.

What a table says of people and places that stay as they are is kept apart under a name made of its content, as copies
are: a file has it once for all its frames, and a process reads it once for all its floors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, repeat
from operator import sub
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import astuple, fields, replace

from feeds.folding.copies import Fetch
from feeds.folding.state import AgentState, CallState, FloorState, LegState, SeatRecord

if TYPE_CHECKING:
    from typing_extensions import Buffer

_KINDS: Final[dict[str, type[Struct]]] = {
    "agents": AgentState, "seats": SeatRecord, "legs": LegState, "calls": CallState,
}  # fmt: skip
"""Tables of things by id."""
_STEADY: Final = frozenset(
    ("agents.id", "agents.zh", "agents.en", "agents.crew", "seats.id", "seats.area", "seats.extension")
)
_KEYS: Final = (("seats", "seat:"), ("agents", "agent:"), ("legs", "call:"))
"""Tables whose things are published under keys of their own."""
_LONG: Final = 1 << 16
"""Numbers up to here are short enough; of longer ones that ascend the differences are kept."""


class Part(Struct, frozen=True):
    """A part of a state that many states share."""

    packed: bytes


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


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Frozen).decode
_strings = msgspec.msgpack.Decoder(list[str]).decode
_numbers = msgspec.msgpack.Decoder(list[int]).decode
_decoders: Final[dict[str, Callable[[Buffer], list[Any]]]] = {
    f"{table}.{each.name}": msgspec.msgpack.Decoder(list[each.type]).decode  # type: ignore[name-defined]
    for table, kind in _KINDS.items()
    for each in fields(kind)
} | {
    "order.others": _strings, "order.place": _numbers, "order.rev": _numbers,
    "gone.key": _strings, "gone.rev": _numbers, "gone.at": _numbers,
}  # fmt: skip


def pack_state(state: FloorState) -> tuple[bytes, dict[bytes, Part]]:
    """A state as bytes, and the parts that it names; equal states give equal bytes."""
    found: dict[str, Sequence[Any]] = {}
    counts = {"order": len(state.order), "gone": len(state.gone)}
    for table, kind in _KINDS.items():
        things = getattr(state, table)
        counts[table] = len(things)
        known = [f"{table}.{member}" for member in kind.__struct_fields__]
        members = zip(*map(astuple, things.values()), strict=True) if things else [()] * len(known)
        found.update(zip(known, members, strict=True))
    keys = _keys(found)
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
    columns = {name: _column(found[name]) for name in sorted(found, key=_by_member)}
    rest = replace(state, agents={}, seats={}, legs={}, calls={}, order={}, gone={})
    return _encode((rest, counts, columns, names)), {names[name]: part for name, part in parts.items()}


def unpack_state(packed: bytes, fetch: Fetch) -> FloorState:
    """The state that was packed; `fetch` gives the parts that it names.

    Raises msgspec.ValidationError for bytes of another version, KeyError or what `fetch` raises for a missing part.
    """
    frozen = _decode(packed)
    state, counts = frozen.rest, frozen.counts
    found: dict[str, Iterable[Any]] = {name: _steady(name, part, fetch) for name, part in frozen.steady.items()}
    for name, column in frozen.columns.items():
        table = "others" if name == "order.others" else name.partition(".")[0]
        found[name] = _values(_decoders[name](column.values), column.ascending, counts[table])
    for table, kind in _KINDS.items():
        found[f"{table}.id"] = ids = list(found[f"{table}.id"])
        members = [found[f"{table}.{member}"] for member in kind.__struct_fields__]
        setattr(state, table, dict(zip(ids, map(kind, *members), strict=True)))
    keys = [*_keys(found), *found["order.others"]]
    order = map(keys.__getitem__, found["order.place"])
    state.order = dict(zip(order, found["order.rev"], strict=True))
    gone = zip(found["gone.rev"], found["gone.at"], strict=True)
    state.gone = dict(zip(found["gone.key"], gone, strict=True))
    return state


def _name(body: bytes) -> bytes:
    return blake2b(body, digest_size=8).digest()


def _by_member(name: str) -> tuple[str, str]:
    table, _, member = name.partition(".")
    return member, table


def _keys(found: Mapping[str, Iterable[str]]) -> list[str]:
    return [prefix + name for table, prefix in _KEYS for name in found[f"{table}.id"]]


def _column(values: Sequence[Any]) -> Column:
    if len(values) > 1:
        first = values[0]
        if not isinstance(first, list) and values.count(first) == len(values):
            return Column(Raw(_encode(values[:1])))
        if type(first) is int and values[-1] > _LONG and sum(map(_is_less, values[1:], values)) < len(values) // 8:
            return Column(Raw(_encode([first, *map(sub, values[1:], values)])), ascending=True)
    return Column(Raw(_encode(values)))


def _is_less(value: int, before: int) -> bool:
    return value < before


def _values(values: list[Any], ascending: bool, count: int) -> Iterable[Any]:
    if ascending:
        return list(accumulate(values))
    if len(values) == count:
        return values
    if len(values) == 1:
        return repeat(values[0], count)
    raise msgspec.ValidationError(f"a column of {len(values)} values for {count} things")


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
        if _name(body) != part:
            raise msgspec.ValidationError(f"the part {name} is not what was kept")
        known = _known[part] = _decoders[name](body)
    return known
