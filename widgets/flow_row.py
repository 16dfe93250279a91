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

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands in which line."""
        lines: list[list[QLayoutItem]] = [[]]
        left = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            wide = self._width(item)
            if lines[-1] and left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self.spacing()
        return lines

    def _width(self, item: QLayoutItem) -> int:
        least = item.minimumSize() if item.widget() is self._grows else item.sizeHint()
        return least.width()

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place what is shown; returns how high that is."""
        top = rect.top()
        for line in self._lines(rect.width()):
            high = max((item.sizeHint().height() for item in line), default=0)
            rest = rect.width() - sum(self._width(item) + self.spacing() for item in line) + self.spacing()
            left = rect.left()
            for item in line:
                wide = self._width(item) + (max(0, rest) if item.widget() is self._grows else 0)
                if move:
                    item.setGeometry(QRect(QPoint(left, top), QSize(wide, high)))
                left += wide + self.spacing()
            top += high + self.spacing()
        return max(0, top - self.spacing() - rect.top())
