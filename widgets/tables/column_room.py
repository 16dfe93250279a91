"""How the columns of a table share its width: nothing is cut as long as another column has more than it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

_Mode = QHeaderView.ResizeMode


def shared(usual: Sequence[int], needs: Sequence[int], room: int) -> list[int]:
    """The widths of columns that have so much room together.

    Each has its usual width, or what it needs where that is more. Where they do not all fit, those that need less than
    they have give the rest away; where that is not enough the widest are cut to one width, so that a time or a number
    stays whole beside a long text.
    """
    wanted = list(map(max, usual, needs))
    if sum(wanted) <= room:
        return wanted
    if sum(needs) > room:
        return levelled(needs, room)
    spare = [have - need for have, need in zip(wanted, needs, strict=True)]
    part = (sum(wanted) - room) / sum(spare)
    return [have - ceil(part * rest) for have, rest in zip(wanted, spare, strict=True)]


def levelled(needs: Sequence[int], room: int) -> list[int]:
    """What each needs but for the widest, which become equally wide."""
    left, found = max(0, room), list(needs)
    narrowest_first = sorted(range(len(needs)), key=needs.__getitem__)
    for number, column in enumerate(narrowest_first):
        found[column] = min(needs[column], left // (len(needs) - number))
        left -= found[column]
    return found


class ColumnRoom(QObject):
    """Gives the columns of a table their widths whenever its own is another, or what they need.

    A column whose usual width is 0 takes what is left. One that somebody makes wider or narrower by hand stays so, in
    another language or look too. What a column once needed it keeps while there is room, for what moves with every
    number cannot be read. A table that can be scrolled sideways has no need to cut anything.

    Signals: `made()` when somebody has made a column wider or narrower.
    """

    made = Signal()

    def __init__(self, table: QTableView, needs: Callable[[int], int]) -> None:
        """`needs` tells of a column how wide it must be for all that stands in it."""
        super().__init__(table)
        self._table, self._needs = table, needs
        self._usual: list[int] = []
        self._by_hand: dict[int, int] = {}
        self._by_hand_of: dict[str, dict[int, int]] = {}
        """What was done by hand to each set of columns that was ever shown."""
        self._most: dict[int, int] = {}
        """What each column has needed at most."""
        self._busy = False
        table.viewport().installEventFilter(self)
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def set_usual(self, widths: Sequence[int], of: str = "") -> None:
        """Have columns of those usual widths; `of` names the set, where a table shows now one, now another."""
        self._usual, self._by_hand, self._most = list(widths), self._by_hand_of.setdefault(of, {}), {}
        self.fit()

    @property
    def by_hand(self) -> dict[str, dict[int, int]]:
        """What was done by hand, pixels by column, to each set of columns."""
        return {name: dict(widths) for name, widths in self._by_hand_of.items()}

    def put_by_hand(self, widths: Mapping[str, Mapping[int, int]]) -> None:
        """Have columns as wide as they were made earlier."""
        for name, of in widths.items():
            self._by_hand_of.setdefault(name, {}).update(of)
        self.fit()

    def fit(self) -> None:
        """Share the table's width."""
        if self._busy or len(self._usual) != self._table.model().columnCount():
            return
        self._busy = True
        try:
            self._fit()
        finally:
            self._busy = False

    def _fit(self) -> None:
        table, header = self._table, self._table.horizontalHeader()
        columns = [column for column in range(len(self._usual)) if not header.isSectionHidden(column)]
        room = table.viewport().width()
        needs = [self._by_hand.get(column) or self._needs(column) for column in columns]
        usual = [self._by_hand.get(column) or self._usual[column] for column in columns]
        most = [
            need if column in self._by_hand else max(need, self._most.get(column, 0))
            for column, need in zip(columns, needs, strict=True)
        ]
        open_ended = [column for column in columns if not self._usual[column] and column not in self._by_hand]
        if table.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            room = max(room, sum(most if open_ended else map(max, usual, most)))
        if sum(most) <= room:
            needs = most
        self._most = dict(zip(columns, needs, strict=True))
        widths = shared(usual, needs, room)
        rest = max(0, table.viewport().width() - sum(widths)) // max(1, len(open_ended))
        for column, width in zip(columns, widths, strict=True):
            # Qt's own Stretch goes by the header, which is a margin narrower than what stands below it.
            mode = _Mode.Fixed if column in open_ended else _Mode.Interactive
            if header.sectionResizeMode(column) is not mode:
                header.setSectionResizeMode(column, mode)
            header.resizeSection(column, width + (rest if column in open_ended else 0))

    def _on_resized(self, column: int, before: int, after: int) -> None:
        if self._busy or not before or not after:  # a column that is about to be hidden or shown has not been widened
            return
        if self._table.horizontalHeader().sectionResizeMode(column) is _Mode.Interactive:
            self._by_hand[column] = after
            self.fit()
            self.made.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False
