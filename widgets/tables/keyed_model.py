"""Rows that are told apart by a key, as a Qt model: a new list becomes the fewest changes that views must know of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.tips import plain

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ITEM = int(Qt.ItemDataRole.UserRole)
"""The role in which a row gives the whole value that it shows."""


class Keyed(Protocol):
    """Anything with a key of its own."""

    @property
    def key(self) -> str: ...


_Row = TypeVar("_Row", bound=Keyed)


class KeyedModel(QAbstractTableModel, Generic[_Row]):
    """A list of values; subclasses say what each shows (`text_of`, `spoken_of`, `tip_of`)."""

    columns: ClassVar[int] = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._places: dict[str, int] = {}
        self.busy = False
        """Whether rows come and go at this moment: whoever is told of it must not ask for other rows yet."""

    @property
    def rows(self) -> Sequence[_Row]:
        return self._rows

    def place_of(self, key: str) -> int:
        """The row that has that key, -1 when there is none."""
        return self._places.get(key, -1)

    def index_of(self, key: str) -> QModelIndex:
        """The first cell of that key's row; invalid when there is none."""
        place = self.place_of(key)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def set_items(self, fresh: Sequence[_Row]) -> int:
        """Show these rows in this order; rows that stay keep their selection. Returns how many were told as changed."""
        if [row.key for row in fresh] != [row.key for row in self._rows]:
            self.busy = True
            try:
                self._remove({row.key for row in fresh})
                self._append([row for row in fresh if row.key not in self._places])
                self._reorder([row.key for row in fresh])
            finally:
                self.busy = False
        last = self.columnCount() - 1
        changed = 0
        for place, row in enumerate(fresh):
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))
                changed += 1
        return changed

    def _remove(self, wanted: set[str]) -> None:
        place = len(self._rows)
        while place > 0:
            place -= 1
            if self._rows[place].key in wanted:
                continue
            last = place
            while place > 0 and self._rows[place - 1].key not in wanted:
                place -= 1
            self.beginRemoveRows(QModelIndex(), place, last)
            del self._rows[place : last + 1]
            self.endRemoveRows()
        self._places = {row.key: number for number, row in enumerate(self._rows)}

    def _append(self, rows: list[_Row]) -> None:
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self._places.update({row.key: first + number for number, row in enumerate(rows)})
        self.endInsertRows()

    def _reorder(self, keys: list[str]) -> None:
        before = [row.key for row in self._rows]
        if before == keys:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        self._rows = [self._rows[self._places[key]] for key in keys]
        self._places = {key: number for number, key in enumerate(keys)}
        moved = [self.index(self._places[before[index.row()]], index.column()) for index in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    # What Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken_of(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self.tip_of(row, index.column())) or None
        return None

    def text_of(self, row: _Row, column: int) -> str:
        """What a cell shows."""
        raise NotImplementedError

    def spoken_of(self, row: _Row, column: int) -> str:
        """What a screen reader says of a cell."""
        return self.text_of(row, column)

    def tip_of(self, row: _Row, column: int) -> str:
        """What is told while the mouse rests on a cell; empty for nothing."""
        return ""
