"""Nodes into the frozen shapes of a site, led by the shapes' own types, with every mistake collected.

The expected type decides how a value is read, so `number: 0400` stays a text and an id of `no` is not a boolean. What
cannot be read is replaced by an empty value of the right type and its path remembered as bad: places in lists stay
where they are, and later checks do not complain a second time.
"""

from __future__ import annotations

import functools
import math
import re
import types
import typing
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from config.asterisk import Asterisk, PauseWord
from config.mistakes import Mark, Mistakes, did_you_mean, one_of, quoted
from config.nodes import Broken, Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]
"""Steps from a site to a value: field names, dictionary keys, places in lists."""

MOST_VALUES: Final = 2_000_000
"""Values in one site; ten thousand seats and agents need a quarter of a million, multiplied aliases far more."""

_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE: Final = frozenset(("true", "yes", "on"))
_FALSE: Final = frozenset(("false", "no", "off"))
_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9_]{0,17})")
_NUMBER: Final = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")

_PRINTED: Final = re.compile("[“”„‘’«][^“”„‘’«»]*[“”‘’»]")

_SECRET: Final = (
    "does not belong here, because a site is copied into every recording: set WATCHFLOOR_ASTERISK_SECRET, or write it "
    "into the file that `secret_file` names"
)
_ELSEWHERE: Final[dict[tuple[type[Struct], str], str]] = {
    (Asterisk, "secret"): _SECRET,
    (Asterisk, "password"): _SECRET,
    (PauseWord, "name"): "is not known here: move the whole line to the site's own `pauses`, where reasons have names",
}
"""Keys that people write and that are meant to stand somewhere else."""

S = TypeVar("S", bound=Struct)


class TooMuch(Exception):
    """There are more values than any site has; `mark` is where counting stopped."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        super().__init__(f"more than {MOST_VALUES:,} values: aliases must not multiply")


class Field(typing.NamedTuple):
    """A field of a shape: its name, resolved type, and whether it must be given."""

    name: str
    annotation: Any
    required: bool
    default: Any


@functools.cache
def fields_of(shape: type[Struct]) -> tuple[Field, ...]:
    """The fields of a shape with resolved types, in order."""
    hints = typing.get_type_hints(shape)
    found = []
    for one in msgspec.structs.fields(shape):
        default = one.default
        if default is msgspec.NODEFAULT and one.default_factory is not msgspec.NODEFAULT:
            default = one.default_factory()
        found.append(Field(one.name, hints[one.name], one.required, default))
    return tuple(found)


class Converter:
    """Reads nodes as types; `bad` holds the paths whose values are replacements."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.bad: set[Path] = set()
        self._values = 0

    def read(self, node: Node, annotation: Any, path: Path = ()) -> Any:
        """The value of a node as `annotation` wants it. Raises TooMuch, and TypeError for a type it does not know."""
        self._values += 1
        if self._values > MOST_VALUES:
            raise TooMuch(node.mark)
        if isinstance(node, Broken):
            return self._replaced(annotation, path)
        origin = get_origin(annotation)
        if origin in (Union, types.UnionType):
            return self._union(node, get_args(annotation), path)
        if origin is Literal:
            return self._literal(node, annotation, path)
        if origin is tuple:
            return self._tuple(node, annotation, path)
        if origin is dict:
            return self._dict(node, annotation, path)
        if isinstance(annotation, type) and issubclass(annotation, Struct):
            return self._struct(node, annotation, path)
        return self._scalar(node, annotation, path)

    def _refuse(self, node: Node, annotation: Any, path: Path, message: str) -> Any:
        self.mistakes.add(node.mark, message)
        return self._replaced(annotation, path)

    def _replaced(self, annotation: Any, path: Path) -> Any:
        self.bad.add(path)
        return empty(annotation)

    def _scalar(self, node: Node, annotation: Any, path: Path) -> Any:
        wanted = _WANTED.get(annotation)
        if wanted is None:
            raise TypeError(f"{'.'.join(map(str, path))}: no reading for {annotation!r}")
        if not isinstance(node, Scalar):
            return self._refuse(node, annotation, path, f"expects {wanted}, not {_kind(node)}")
        if node.plain and node.text in _NULL:
            hint = ' (for the word "null" use quotation marks)' if annotation is str and node.text else ""
            return self._refuse(node, annotation, path, f"is empty; expects {wanted}{hint}")
        if annotation is str and node.plain and _PRINTED.fullmatch(node.text):
            message = f"{quoted(node.text)} has quotation marks of print, which belong to the text; write \"…\""
            return self._refuse(node, annotation, path, message)
        value = _text_as(annotation, node)
        if value is None:
            hint = "; leave the quotation marks away" if not node.plain else ""
            return self._refuse(node, annotation, path, f"expects {wanted}, not {quoted(node.text)}{hint}")
        return value

    def _literal(self, node: Node, annotation: Any, path: Path) -> Any:
        known = [str(one) for one in get_args(annotation)]
        if isinstance(node, Scalar) and node.text in known:
            return get_args(annotation)[known.index(node.text)]
        named = [one for one in known if one]  # what is empty is written by leaving it out
        if not isinstance(node, Scalar):
            return self._refuse(node, annotation, path, f"expects one of {one_of(named)}, not {_kind(node)}")
        hint = did_you_mean(node.text, named)
        return self._refuse(node, annotation, path, f"{quoted(node.text)} is not one of {one_of(named)}{hint}")

    def _union(self, node: Node, members: tuple[Any, ...], path: Path) -> Any:
        if types.NoneType in members and isinstance(node, Scalar) and node.plain and node.text in _NULL:
            return None
        others = [one for one in members if one is not types.NoneType]
        for member in others[:-1]:
            trial = Converter(Mistakes())
            value = trial.read(node, member, path)
            if not trial.bad:
                return value
        return self.read(node, others[-1], path)

    def _tuple(self, node: Node, annotation: Any, path: Path) -> Any:
        members = get_args(annotation)
        if not isinstance(node, Sequence):
            entry = _entry(members[0], node.text) if isinstance(node, Scalar) and len(node.text) <= 40 else ""
            hint = f"; write [{entry}]" if entry else ""
            return self._refuse(node, annotation, path, f"expects a list, not {_kind(node)}{hint}")
        if len(members) == 2 and members[1] is Ellipsis:
            return tuple(self.read(item, members[0], (*path, place)) for place, item in enumerate(node.items))
        if len(node.items) != len(members):
            message = f"expects a list of {len(members)}, not of {len(node.items)}"
            return self._refuse(node, annotation, path, message)
        pairs = zip(node.items, members, strict=True)
        return tuple(self.read(item, member, (*path, place)) for place, (item, member) in enumerate(pairs))

    def _dict(self, node: Node, annotation: Any, path: Path) -> Any:
        if not isinstance(node, Mapping):
            return self._refuse(node, annotation, path, f"expects `key: value` pairs, not {_kind(node)}")
        wanted = get_args(annotation)[1]
        return {name: self.read(value, wanted, (*path, name)) for name, (_, value) in node.pairs.items()}

    def _struct(self, node: Node, shape: type[S], path: Path) -> S:
        fields = fields_of(shape)
        names = [one.name for one in fields]
        if not isinstance(node, Mapping):
            message = f"expects `key: value` pairs ({one_of(names)}), not {_kind(node)}"
            return typing.cast(S, self._refuse(node, shape, path, message))
        for name, (key, _) in node.pairs.items():
            if (shape, name) in _ELSEWHERE:
                self.mistakes.add(key.mark, f"{quoted(name)} {_ELSEWHERE[shape, name]}")
            elif name not in names:
                hint = did_you_mean(name, names) or f"; known here: {one_of(names)}"
                hint = "; a number has a point and no comma" if name.isdecimal() and key.plain else hint
                self.mistakes.add(key.mark, f"{quoted(name)} is not known here{hint}")
        values = {}
        for one in fields:
            pair = node.pairs.get(one.name)
            if pair is not None:
                values[one.name] = self.read(pair[1], one.annotation, (*path, one.name))
            elif one.required:
                self.mistakes.add(node.mark, f"`{one.name}` is missing")
                values[one.name] = self._replaced(one.annotation, (*path, one.name))
        return shape(**values)


def _entry(member: Any, text: str) -> str:
    """A text as an entry of a list: alone, or as the field of what the list holds; empty where that needs more."""
    if not (isinstance(member, type) and issubclass(member, Struct)):
        return text
    required = [one.name for one in fields_of(member) if one.required]
    return f"{{{required[0]}: {text}}}" if len(required) == 1 else ""


def empty(annotation: Any) -> Any:
    """The plainest value of a type, as a replacement for one that could not be read."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        members = get_args(annotation)
        return None if types.NoneType in members else empty(members[0])
    if origin is Literal:
        return get_args(annotation)[0]
    if origin is tuple:
        members = get_args(annotation)
        return () if members[-1] is Ellipsis else tuple(empty(one) for one in members)
    if origin is dict:
        return {}
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return annotation(**{one.name: empty(one.annotation) for one in fields_of(annotation) if one.required})
    return annotation()


_WANTED: Final[dict[Any, str]] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.plain and node.text in _NULL else quoted(node.text)
    return "a list" if isinstance(node, Sequence) else "`key: value` pairs"


def _text_as(annotation: Any, node: Scalar) -> str | int | float | bool | None:
    if annotation is str:
        return node.text
    if not node.plain:
        return None
    if annotation is bool:
        word = node.text.lower()
        return True if word in _TRUE else False if word in _FALSE else None
    if annotation is int:
        return int(node.text.replace("_", "")) if _WHOLE.fullmatch(node.text) else None
    if not _NUMBER.fullmatch(node.text):
        return None
    number = float(node.text.replace("_", ""))
    return number if math.isfinite(number) else None
