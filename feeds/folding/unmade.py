"""A table of things that are made when somebody asks for them: whoever enters a large floor meets few of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
D = TypeVar("D")

_NOTHING: Any = object()


class Unmade(dict[str, T]):
    """Things by id, of columns: what was asked for lies in the dict, and all of them as soon as somebody goes through.

    Things may be added, which come last, and taken away.
    """

    __slots__ = ("_columns", "_kind", "_places")

    def __init__(self, kind: Callable[..., T], places: dict[str, int], columns: Sequence[Sequence[Any]]) -> None:
        """`places` say where in the columns a thing is; from now on they are the table's own."""
        super().__init__()
        self._kind = kind
        self._columns: Sequence[Sequence[Any]] = columns
        self._places = places
        """Of those that are in the columns and were not taken away; none once all are made."""

    def __missing__(self, key: str) -> T:
        place = self._places[key]
        made = self._kind(*[column[place] for column in self._columns])
        super().__setitem__(key, made)
        return made

    def made(self) -> dict[str, T]:
        """All of them, as a plain dict in their order."""
        places = self._places
        if places:
            columns, self._columns, self._places = self._columns, (), {}
            known = dict(super().items())
            super().clear()
            if len(places) < len(columns[0]):
                columns = [[column[place] for place in places.values()] for column in columns]
            super().update(zip(places, map(self._kind, *columns), strict=True))
            super().update(known)
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

    def __delitem__(self, key: str) -> None:
        if self._places.pop(key, None) is None:
            super().__delitem__(key)
        else:
            super().pop(key, None)

    @overload
    def pop(self, key: str, /) -> T: ...
    @overload
    def pop(self, key: str, default: T, /) -> T: ...
    @overload
    def pop(self, key: str, default: D, /) -> T | D: ...
    def pop(self, key: str, default: Any = _NOTHING, /) -> Any:
        try:
            found = self[key]
        except KeyError:
            if default is _NOTHING:
                raise
            return default
        del self[key]
        return found

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self.made())

    def __len__(self) -> int:
        return len(self.made())

    def __bool__(self) -> bool:
        return bool(self._places) or super().__len__() > 0

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
