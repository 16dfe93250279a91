"""A block of facts as columns: facts of a kind together, member by member, which packs into half of what rows take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from operator import sub
from typing import Any, Final, get_args

import msgspec
from msgspec import Raw
from msgspec.structs import astuple, fields

from feeds.facts import AnyFact

Group = tuple[str, dict[str, Raw]]
"""Facts of a kind by its tag: member -> its values, or the one value that all of them have; defaults are left out."""

_KINDS: Final[dict[str, type[AnyFact]]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyFact)}
_TAGS: Final = {kind: tag for tag, kind in _KINDS.items()}

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[bytes, list[int], list[int | None], list[Group]]).decode


def pack_columns(positions: Sequence[int | None], facts: Sequence[AnyFact]) -> bytes:
    """Facts and their positions: which kind comes when, the times as differences, then the columns of each kind."""
    groups: dict[type, list[AnyFact]] = {}
    for fact in facts:
        groups.setdefault(type(fact), []).append(fact)
    places = {kind: place for place, kind in enumerate(groups)}
    kinds = bytes([places[type(fact)] for fact in facts])
    times = [fact.at for fact in facts]
    times[1:] = map(sub, times[1:], times)
    return _encode((kinds, times, _thin(positions), [(_TAGS[kind], _columns(group)) for kind, group in groups.items()]))


def _columns(group: Sequence[AnyFact]) -> dict[str, Sequence[Any]]:
    kind = type(group[0])
    defaults = _defaults(kind)
    found: dict[str, Sequence[Any]] = {}
    for name, column in zip(kind.__struct_fields__, zip(*map(astuple, group), strict=True), strict=True):
        if name != "at" and column.count(defaults[name]) < len(column):
            found[name] = _thin(column)
    return found


def _thin(column: Sequence[Any]) -> Sequence[Any]:
    """The column, or its only value once; facts share no lists, as whoever folds them may keep those."""
    first = column[0]
    return column[:1] if not isinstance(first, (list, dict)) and column.count(first) == len(column) else column


def unpack_columns(body: bytes) -> tuple[Iterator[int | None], list[AnyFact]]:
    """Positions and facts in their order. Raises msgspec.MsgspecError or ValueError for anything else."""
    kinds, times, positions, groups = _decode(body)
    moments: list[list[int]] = [[] for _ in groups]
    for place, at in zip(kinds, accumulate(times), strict=True):
        moments[place].append(at)
    following = [_facts(group, ats).__next__ for group, ats in zip(groups, moments, strict=True)]
    facts = [following[place]() for place in kinds]
    return _spread(positions, len(facts)), facts


def _facts(group: Group, moments: Sequence[int]) -> Iterator[AnyFact]:
    tag, columns = group
    decoders = _decoders(tag)
    names = tuple(name for name in columns if name in decoders)
    values = [_spread(decoders[name](columns[name]), len(moments)) for name in names]
    return map(_maker(tag, names), moments, *values)


def _spread(column: Sequence[Any], count: int) -> Iterator[Any]:
    if len(column) != count and len(column) != 1:
        raise ValueError(f"a column of {len(column)} values for {count} facts")
    return repeat(column[0], count) if len(column) == 1 else iter(column)


@lru_cache
def _defaults(kind: type[AnyFact]) -> dict[str, Any]:
    """Members -> default; those without one have one that no value equals."""
    return {
        each.name: each.default if each.default_factory is msgspec.NODEFAULT else each.default_factory()
        for each in fields(kind)
    }


@lru_cache
def _decoders(tag: str) -> dict[str, Callable[[Raw], list[Any]]]:
    """Of each member but the time; members that a newer version wrote are passed over as ever."""
    if tag not in _KINDS:
        raise ValueError(f"no fact is called {tag!r}")
    return {
        each.name: msgspec.msgpack.Decoder(list[each.type]).decode  # type: ignore[name-defined]
        for each in fields(_KINDS[tag])
        if each.name != "at"
    }


@lru_cache(maxsize=1024)
def _maker(tag: str, names: tuple[str, ...]) -> Callable[..., AnyFact]:
    """Makes a fact of its time and some members.

    Source text of our own members' names, as dataclasses do it: `kind(**dict(zip(names, values)))` takes five times as
    long, and reading a recording is mostly this.
    """
    known = ", ".join(f"{name}={name}" for name in ("at", *names))
    made: Callable[..., AnyFact] = eval(f"lambda {', '.join(('at', *names))}: _fact({known})", {"_fact": _KINDS[tag]})
    return made
