"""A table of things that are made when somebody asks for them: whoever enters a large floor meets few of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
D = TypeVar("D")


class Unmade(dict[str, T]):
    """Things by id, of columns: what was asked for lies in the dict, and all of them as soon as somebody goes through.

    Things may be added; none may be taken away.
    """

    __slots__ = ("_columns", "_kind", "_places")

    def __init__(self, kind: Callable[..., T], ids: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
        super().__init__()
        self._kind = kind
        self._columns: Sequence[Sequence[Any]] | None = columns
        self._places = dict(zip(ids, range(len(ids)), strict=True))

    def __missing__(self, key: str) -> T:
        if self._columns is None:
            raise KeyError(key)
        place = self._places[key]
        made = self._kind(*[column[place] for column in self._columns])
        super().__setitem__(key, made)
        return made

    def made(self) -> dict[str, T]:
        """All of them, as a plain dict in their order."""
        if self._columns is not None:
            columns, self._columns = self._columns, None
            known = dict(super().items())
            super().clear()
            super().update(zip(self._places, map(self._kind, *columns), strict=True))
            super().update(known)
            self._places = {}
        return dict(super().items())

    @overload
    def get(self, key: str, default: None = None, /) -> T | None: ...
    @overload
    def get(self, key: str, default: T, /) -> T: ...
    @overload
    def get(self, key: str, default: D, /) -> T | D: ...
    def get(self, key: str, default: Any = None, /) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self.made())

    def __len__(self) -> int:
        return len(self.made())

    def __eq__(self, other: object) -> bool:
        return self.made() == (other.made() if isinstance(other, Unmade) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def keys(self) -> Any:
        return self.made().keys()

    def values(self) -> Any:
        return self.made().values()

    def items(self) -> Any:
        return self.made().items()
