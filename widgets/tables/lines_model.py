"""Lines under their column titles, as Qt's tables and those who hear them read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from widgets.desk_texts import LineText
from widgets.tables.keyed_model import Index, KeyedModel


class LinesModel(KeyedModel[LineText]):
    """The lines under their column titles."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self.right: frozenset[int] = frozenset()
        """Columns of numbers, written flush right."""
        self.sorted_by = (-1, False)

    def set_titles(self, titles: Sequence[str]) -> None:
        """Name the columns; another number of them begins anew."""
        fresh = tuple(titles)
        if len(fresh) != len(self._titles):
            self.beginResetModel()
            self._rows, self._places, self._titles = [], {}, fresh
            self.endResetModel()
        elif fresh != self._titles:
            self._titles = fresh
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(fresh) - 1)

    def title(self, column: int) -> str:
        """What a column is called, without the mark of the one by which the lines are sorted."""
        return self._titles[column]

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self._titles):
            mark = (" ↓" if self.sorted_by[1] else " ↑") if section == self.sorted_by[0] else ""
            return self._titles[section] + mark
        if way is Qt.Orientation.Vertical:
            return self.sentence(section) if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sentence(self, place: int) -> str:
        """A whole line, for those who hear the table line by line."""
        return ", ".join(cell for cell in self._rows[place].cells if cell) if place < len(self._rows) else ""

    def text_of(self, row: LineText, column: int) -> str:
        return row.cells[column] if column < len(row.cells) else ""

    def spoken_of(self, row: LineText, column: int) -> str:
        title = self._titles[column] if column < len(self._titles) else ""
        return f"{title}: {self.text_of(row, column)}"

    def tip_of(self, row: LineText, column: int) -> str:
        return row.tip or self.text_of(row, column)
