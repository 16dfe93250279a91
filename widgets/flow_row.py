"""A row of widgets that goes on in the next line where the width ends; one may take what is left of its line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Lays widgets out as words are set; those that are hidden take no room."""

    def __init__(self, parent: QWidget, spacing: int = 6, grows: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._grows = grows
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        found = QSize()
        for item in self._items:
            found = found.expandedTo(item.minimumSize())
        return found

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands in which line, each with the room that it needs."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        left, gap = 0, self.spacing()
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            needs = item.sizeHint()
            if widget is self._grows:
                needs.setWidth(item.minimumSize().width())
            if lines[-1] and left + needs.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, needs))
            left += needs.width() + gap
        return lines

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place what is shown; returns how high that is."""
        top, gap = rect.top(), self.spacing()
        for line in self._lines(rect.width()):
            high = max((needs.height() for _, needs in line), default=0)
            rest = rect.width() - sum(needs.width() + gap for _, needs in line) + gap
            left = rect.left()
            for item, needs in line if move else ():
                wide = needs.width() + (max(0, rest) if item.widget() is self._grows else 0)
                item.setGeometry(QRect(QPoint(left, top), QSize(wide, high)))
                left += wide + gap
            top += high + gap
        return max(0, top - gap - rect.top())
