"""A site under inspection: its values by path, and where in the files each of them stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct

from config.convert import Path
from config.mistakes import Mark, Mistakes, did_you_mean, quoted
from config.nodes import Mapping, Node, Sequence
from config.schema import Site


class Inspection:
    """What every check of a loaded site needs; complaints about values that could not be read are dropped."""

    def __init__(
        self, site: Site, root: Node, folder: FilePath, figures: Collection[str], bad: set[Path], mistakes: Mistakes
    ) -> None:
        self.site, self.folder, self.figures = site, folder, figures
        self._root, self._bad, self._mistakes = root, bad, mistakes

    def is_bad(self, path: Path) -> bool:
        """Whether the value at a path, or one that holds it, could not be read and is a replacement."""
        return any(path[:length] in self._bad for length in range(len(path) + 1))

    def say(self, path: Path, message: str, *, key: bool = False) -> None:
        """Complain about the value at a path, or about its `key`."""
        if self.is_bad(path):
            return
        self._mistakes.add(self._find(path, key)[0], message)

    def where(self, path: Path) -> str:
        """The place of a value for use inside a message: `file:line`."""
        mark = self._find(path, False)[0]
        return f"{FilePath(mark.file).name}:{mark.line}"

    def is_written(self, path: Path) -> bool:
        """Whether the value is in the files, as against a default."""
        return self._find(path, False)[1]

    def unknown(self, path: Path, word: str, known: Collection[str], what: str, *, key: bool = False) -> bool:
        """Whether a word is not among the known ones; complains if so."""
        if word in known:
            return False
        hint = did_you_mean(word, known) or ("" if known else "; none is defined")
        self.say(path, f"there is no {what} {quoted(word)}{hint}", key=key)
        return True

    def each(self, pattern: str) -> Iterator[tuple[Path, Any]]:
        """The values that a pattern of field names and `*` leads to (`agents.*.skills.*.queue`), with their paths."""
        found: list[tuple[Path, Any]] = [((), self.site)]
        for step in pattern.split("."):
            found = [one for path, value in found for one in _children(path, value, step)]
        yield from found

    def _find(self, path: Path, key: bool) -> tuple[Mark, bool]:
        node = self._root
        mark = node.mark
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.pairs:
                name, node = node.pairs[step]
                mark = name.mark if key else node.mark
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                mark = node.mark
            else:
                return mark, False
        return mark, True


def _children(path: Path, value: Any, step: str) -> Iterator[tuple[Path, Any]]:
    if step != "*":
        if value is not None:
            yield (*path, step), getattr(value, step)
    elif isinstance(value, dict):
        yield from (((*path, name), one) for name, one in value.items())
    else:
        yield from (((*path, place), one) for place, one in enumerate(value))


def structs(value: Any, path: Path = ()) -> Iterator[tuple[Path, Struct]]:
    """A shape and every shape inside it, with their paths."""
    if isinstance(value, Struct):
        yield path, value
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if isinstance(inner, (Struct, tuple)):
                yield from structs(inner, (*path, name))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            if isinstance(inner, (Struct, tuple)):
                yield from structs(inner, (*path, place))
