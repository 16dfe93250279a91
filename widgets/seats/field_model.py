"""The cards of a field one after the other, as Qt asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from widgets.desk_texts import CellSource, FieldCell
from widgets.tables.keys_model import KeysModel


class FieldModel(KeysModel):
    """The cards one after the other; those in sight are kept as they were shown last."""

    def __init__(self, source: CellSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._shown: dict[str, FieldCell] = {}

    def cell(self, key: str) -> FieldCell:
        """The card of a key as it is shown."""
        found = self._shown.get(key)
        if found is None:
            found = self._shown[key] = self.source.cell(key)
        return found

    @property
    def rows(self) -> list[FieldCell]:
        """All cards as they are now, made for whoever wants to look at every one."""
        return [self.source.cell(key) for key in self.keys]

    def look_again(self, visible: Sequence[int]) -> list[tuple[int, FieldCell, FieldCell]]:
        """Take over what differs of the cards in sight and let go of the others.

        Returns the rows that differ, each with its card as it was and as it is.
        """
        before, self._shown = self._shown, {}
        keys, source, shown = self._keys, self.source, self._shown
        changed = []
        for row in visible:
            key = keys[row]
            cell = shown[key] = source.cell(key)
            was = before.get(key, cell)
            if was is not cell and was != cell:
                changed.append((row, was, cell))
        if changed:
            rows = [row for row, _, _ in changed]
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0))
        return changed

    def text_of(self, key: str, column: int) -> str:
        return self.cell(key).title

    def spoken_of(self, key: str, column: int) -> str:
        return self.source.spoken(key)

    def tip_of(self, key: str, column: int) -> str:
        return self.source.tip(key)
