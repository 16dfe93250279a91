"""YAML text as plain nodes that know where they stand; nothing in it is executed and nothing nests without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from config.mistakes import Mark, Mistakes, quoted
from config.yaml_errors import Quote, flaw

DEEPEST: Final = 40
"""Levels of nesting; a site needs six."""
LONGEST: Final = 16 * 1024 * 1024
"""Bytes in one file; ten thousand seats and agents need two million."""
MOST_MERGED: Final = 1_000_000
"""Pairs that merge keys may bring into a file: references to references multiply."""

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE: Final = "tag:yaml.org,2002:"
_KNOWN_TAGS: Final = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "seq", "map"))
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Scalar:
    """A single value as written; `plain` tells that it stands without quotation marks."""

    text: str
    plain: bool
    mark: Mark


@dataclass(slots=True)
class Sequence:
    """A list."""

    mark: Mark
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values; `pairs` holds the key's own node, for its position."""

    mark: Mark
    pairs: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


@dataclass(slots=True)
class Broken:
    """Something whose mistake has been told already."""

    mark: Mark


Node = Scalar | Sequence | Mapping | Broken


def decoded(data: bytes, file: str, mistakes: Mistakes) -> str | None:
    """The text of a file, None (and a mistake) when it is not UTF-8, too long or holds control characters."""
    if len(data) > LONGEST:
        mistakes.add(Mark(file), f"is longer than {LONGEST // 1024 // 1024} MiB: this is not a site's configuration")
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in data[:2]:  # with a mark of its order, or without
        mistakes.add(Mark(file, 1, 1), "is UTF-16 text; save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8-sig", "replace"), file)
        mistakes.add(place, f"the byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8")
        return None
    wrong = _UNPRINTABLE.search(text)
    if wrong:
        mistakes.add(_place(text[: wrong.start()], file), f"the control character U+{ord(wrong[0]):04X} is not allowed")
        return None
    return text


def _place(before: str, file: str) -> Mark:
    lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", before)
    return Mark(file, len(lines), len(lines[-1]) + 1)


def read(text: str, file: str, mistakes: Mistakes) -> Node | None:
    """The nodes of a YAML text.

    None when the text is no YAML (a mistake is added then) or empty. Mistakes inside become :class:`Broken` nodes.
    """
    found = len(mistakes)
    composer = _Composer(file, mistakes)
    try:
        for event in _events(text):
            composer.take(event)
    except MarkedYAMLError as error:
        found_flaw = flaw(error, text, composer.quote)
        mistakes.add(Mark(file, found_flaw.line, found_flaw.column), found_flaw.message)
        return None
    except _Stop as stop:
        mistakes.add(stop.mark, stop.message)
        return None
    except YAMLError as error:
        mistakes.add(Mark(file, 1, 1), f"is not YAML: {quoted(str(error))}")
        return None
    if composer.root is None and len(mistakes) == found:
        return Mapping(Mark(file, 1, 1))
    return composer.root


def _events(text: str) -> Iterator[Event]:
    # The C parser takes surrogate-free text only, which `decoded` guarantees.
    return yaml.parse(text, Loader=_LOADER)


class _Stop(Exception):
    """The rest of this file is not worth reading."""

    def __init__(self, mark: Mark, message: str) -> None:
        self.mark, self.message = mark, message
        super().__init__(message)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; `key` waits for its value, `merges` are the values of `<<`."""

    node: Sequence | Mapping
    anchor: str | None
    key: Scalar | Broken | None = None
    merges: list[Node] = field(default_factory=list)


class _Composer:
    """Builds nodes from parser events with a stack of its own: depth is counted, never recursed into."""

    def __init__(self, file: str, mistakes: Mistakes) -> None:
        self.file, self.mistakes = file, mistakes
        self.root: Node | None = None
        self.quote: Quote | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self._merged = 0

    def mark(self, mark: Any) -> Mark:
        """Where a parser's mark stands; its class depends on the parser. The file's beginning for None."""
        return Mark(self.file, mark.line + 1, mark.column + 1) if mark else Mark(self.file, 1, 1)

    def take(self, event: Event) -> None:
        """The next event of the parser."""
        mark = self.mark(event.start_mark)
        if isinstance(event, ScalarEvent):
            if event.style in ("'", '"'):
                end = self.mark(event.end_mark)
                self.quote = Quote(mark.line, mark.column, end.line, end.column)
            self._place(self._scalar(event, mark), event.anchor)
        elif isinstance(event, (SequenceStartEvent, MappingStartEvent)):
            self._begin(event, mark)
        elif isinstance(event, (SequenceEndEvent, MappingEndEvent)):
            self._end()
        elif isinstance(event, AliasEvent):
            self._place(self._alias(event, mark), None)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Stop(mark, "a second document begins here (`---`); put it into a file of its own")

    def _scalar(self, event: ScalarEvent, mark: Mark) -> Node:
        if self._tag_refused(event.tag, mark):
            return Broken(mark)
        plain = not event.style and event.tag not in ("!", _CORE + "str")
        return Scalar(event.value, plain, mark)

    def _begin(self, event: SequenceStartEvent | MappingStartEvent, mark: Mark) -> None:
        if len(self._open) >= DEEPEST:
            raise _Stop(mark, f"is nested more than {DEEPEST} levels deep")
        self._tag_refused(event.tag, mark)
        node = Sequence(mark) if isinstance(event, SequenceStartEvent) else Mapping(mark)
        self._open.append(_Open(node, event.anchor))

    def _end(self) -> None:
        done = self._open.pop()
        if isinstance(done.node, Mapping):
            for value in done.merges:
                self._merge(done.node, value)
        self._place(done.node, done.anchor)

    def _alias(self, event: AliasEvent, mark: Mark) -> Node:
        name = event.anchor
        if name in self._anchors:
            return self._anchors[name]
        if any(name == one.anchor for one in self._open):
            self.mistakes.add(mark, f"`*{name}` stands inside its own anchor `&{name}`")
        else:
            self.mistakes.add(mark, f"`*{name}` has no anchor `&{name}` before it")
        return Broken(mark)

    def _tag_refused(self, tag: str | None, mark: Mark) -> bool:
        if tag is None or tag == "!" or tag in _KNOWN_TAGS:
            return False
        shown = "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
        self.mistakes.add(mark, f"the tag {quoted(shown)} is not allowed in a site")
        return True

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is None:
            top.key = self._key(node)
        else:
            self._pair(top, top.key, node)
            top.key = None

    def _key(self, node: Node) -> Scalar | Broken:
        if isinstance(node, (Scalar, Broken)):
            return node
        self.mistakes.add(node.mark, "a key must be a single word")
        return Broken(node.mark)

    def _pair(self, top: _Open, key: Scalar | Broken, value: Node) -> None:
        mapping = top.node
        if isinstance(key, Broken) or isinstance(mapping, Sequence):
            return
        if key.text == "<<" and key.plain:
            top.merges.extend(value.items if isinstance(value, Sequence) else [value])
            return
        earlier = mapping.pairs.get(key.text)
        if earlier is not None:
            where = f"line {earlier[0].mark.line}"
            self.mistakes.add(key.mark, f"{quoted(key.text)} is given twice, first on {where}; only one can be meant")
            return
        mapping.pairs[key.text] = (key, value)

    def _merge(self, into: Mapping, value: Node) -> None:
        if isinstance(value, Broken):
            return
        if not isinstance(value, Mapping):
            self.mistakes.add(value.mark, "`<<` takes a mapping or a list of mappings")
            return
        self._merged += len(value.pairs)
        if self._merged > MOST_MERGED:
            raise _Stop(into.mark, f"merge keys (`<<`) bring more than {MOST_MERGED:,} pairs into this file")
        for name, pair in value.pairs.items():
            into.pairs.setdefault(name, pair)
