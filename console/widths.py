"""How wide somebody made the columns of a table, kept for them beside their other habits."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from console.habits import Habits
from widgets.tables.lines_table import LinesTable

PAUSE_MS: Final = 400
"""A column that is drawn is as wide as it shall be once it has not moved for so long."""
LEAST, MOST = 20, 4000

ByHand = dict[str, dict[int, int]]
"""By set of columns: column -> pixels."""


class Widths(QObject):
    """Gives one table the widths that are kept under a name, and keeps those that are made later."""

    def __init__(self, habits: Habits, name: str, table: LinesTable) -> None:
        super().__init__(table)
        self._habits, self._name, self._room = habits, f"{name}/widths", table.room
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self._room.put_by_hand(read(habits.get(self._name)))
        self._room.made.connect(self._pause.start)

    def stop(self) -> None:
        """Keep what is not kept yet."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def _keep(self) -> None:
        self._habits.put(self._name, written(self._room.by_hand))


def written(widths: ByHand) -> str:
    """As it is kept: `open 0:120 3:400;journal 1:96`."""
    sets = {name: " ".join(f"{column}:{width}" for column, width in sorted(of.items())) for name, of in widths.items()}
    return ";".join(f"{name} {told}" for name, told in sets.items() if told)


def read(kept: str) -> ByHand:
    """What :func:`written` wrote; what makes no sense is left out."""
    found: ByHand = {}
    for part in kept.split(";"):
        name, _, told = part.partition(" ")
        for one in told.split():
            column, _, width = one.partition(":")
            if all(number.isascii() and number.isdigit() and len(number) < 6 for number in (column, width)):
                found.setdefault(name, {})[int(column)] = min(max(int(width), LEAST), MOST)
    return found
