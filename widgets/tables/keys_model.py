"""Rows that are keys only, as a Qt model: what each of them shows is asked for when it is painted, told or heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QObject, Qt

from widgets.tables.keyed_model import NOWHERE, Index
from widgets.tips import plain

FEW = 200
"""With more places that come or go, or more rows that are held while others move, everything is told anew."""
MANY = 2000
"""When the list is so much longer or shorter it is not even looked for what has come or gone."""


class KeysModel(QAbstractTableModel):
    """A list of keys; subclasses say what a cell shows. Ten thousand rows cost no more than those that are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self._places: dict[str, int] | None = {}
        """The row of each key; None until somebody asks for one."""
        self.busy = False
        """Whether rows come and go at this moment: whoever is told of it must not ask for other rows yet."""

    @property
    def keys(self) -> Sequence[str]:
        return self._keys

    def place_of(self, key: str) -> int:
        """The row of that key, -1 when there is none; no row has an empty one."""
        return self._numbered().get(key, -1) if key else -1

    def index_of(self, key: str) -> QModelIndex:
        """The first cell of that key's row; invalid when there is none."""
        place = self.place_of(key)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def set_keys(self, fresh: Sequence[str]) -> bool:
        """Have these rows in this order; False when so much differs that views had to begin anew."""
        if self._keys == fresh:
            return True
        self.busy = True
        try:
            return self._change(list(fresh))
        finally:
            self.busy = False

    def _change(self, fresh: list[str]) -> bool:
        if abs(len(fresh) - len(self._keys)) > MANY:
            self._begin_anew(fresh)
            return False
        known = self._numbered()
        leaving, coming = list[tuple[int, int]](), [key for key in fresh if key not in known]
        if coming or len(fresh) < len(known):
            wanted = set(fresh)
            leaving = stretches([place for place, key in enumerate(self._keys) if key not in wanted])
        moving = bool(self._keys) and len(coming) < len(fresh)
        if max(len(leaving), len(coming)) > FEW or (moving and len(self.persistentIndexList()) > FEW):
            self._begin_anew(fresh)
            return False
        for first, last in reversed(leaving):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._keys[first : last + 1]
            self.endRemoveRows()
        if coming:
            first = len(self._keys)
            self.beginInsertRows(QModelIndex(), first, first + len(coming) - 1)
            self._keys += coming
            self.endInsertRows()
        if self._keys == fresh:
            self._put(fresh)
        else:
            self._reorder(fresh)
        return True

    def _begin_anew(self, fresh: list[str]) -> None:
        self.beginResetModel()
        self._put(fresh)
        self.endResetModel()

    def _put(self, keys: list[str]) -> None:
        self._keys, self._places = keys, None

    def _numbered(self) -> dict[str, int]:
        if self._places is None:
            self._places = dict(zip(self._keys, range(len(self._keys)), strict=True))
        return self._places

    def _reorder(self, fresh: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        held, before = self.persistentIndexList(), self._keys
        self._put(fresh)
        moved = [self.index(self.place_of(before[index.row()]), index.column()) for index in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    # What Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._keys):
            return None
        key = self._keys[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(key, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken_of(key, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self.tip_of(key, index.column())) or None
        return None

    def text_of(self, key: str, column: int) -> str:
        """What a cell shows."""
        raise NotImplementedError

    def spoken_of(self, key: str, column: int) -> str:
        """What a screen reader says of a cell."""
        return self.text_of(key, column)

    def tip_of(self, key: str, column: int) -> str:
        """What is told while the mouse rests on a cell; empty for nothing."""
        return ""


def spans(selection: QItemSelection) -> list[tuple[int, int]]:
    """The rows of a selection: first and last of each stretch, in ascending order."""
    ranges = (selection.at(number) for number in range(selection.count()))
    return sorted({(one.top(), one.bottom()) for one in ranges})


def stretches(places: list[int]) -> list[tuple[int, int]]:
    """Places in ascending order as stretches without a gap: first and last of each."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
