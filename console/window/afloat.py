"""Panels in windows of their own: in front of the desk, with an edge, and the keyboard where something can be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDockWidget, QWidget
from shiboken6 import isValid

from widgets.palette import Palette


class Edge(QWidget):
    """The edge of a dock that floats: without a frame of the system it would run into the desk beneath it."""

    def __init__(self, dock: QDockWidget, palette: Palette) -> None:
        super().__init__(dock)
        self.colours = palette
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def fit(self) -> None:
        """Lie about the dock while it floats."""
        dock = self.parentWidget()
        assert isinstance(dock, QDockWidget)
        self.setGeometry(dock.rect())
        self.setVisible(dock.isFloating())
        self.raise_()

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self.colours = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setPen(QPen(self.colours.mid, 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        finally:
            painter.end()


class Afloat(QObject):
    """Looks after docks that stand in other windows than the first.

    Signals: `entered(str)` with the panel whose window came to the front with the keyboard on the button that closes
    the panel: Qt gives it to whatever is first there, and a key pressed without a look would close it.
    """

    entered = Signal(str)

    def __init__(self, docks: Mapping[str, QDockWidget], palette: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self._docks = docks
        self._gone: list[QDockWidget] = []
        """Those that are away with the first window."""
        self._edges = {name: Edge(dock, palette) for name, dock in docks.items()}
        for name, dock in docks.items():
            dock.installEventFilter(self)
            dock.topLevelChanged.connect(lambda _=False, name=name: self._edges[name].fit())

    def watch_button(self, name: str, button: QWidget) -> None:
        """Know the button that closes a panel."""
        button.setProperty("closes", name)
        button.installEventFilter(self)

    def set_look(self, palette: Palette) -> None:
        """Have edges of another palette."""
        for edge in self._edges.values():
            edge.set_look(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            name = watched.property("closes")
            if name and event.reason() is Qt.FocusReason.ActiveWindowFocusReason:
                QTimer.singleShot(0, self, partial(self.entered.emit, name))
        elif kind == QEvent.Type.Resize and isinstance(watched, QDockWidget):
            self._edges[watched.objectName()].fit()
        return False

    def go(self) -> None:
        """Be away for as long as the first window is."""
        self._gone = self._floating()
        for dock in self._gone:
            dock.hide()

    def come(self) -> None:
        """Be there again, behind the first window in time.

        A window manager that knew a panel before the window that it belongs to would have it covered by that.
        """
        coming = {*self._gone, *self._floating()}
        for dock in coming:
            dock.hide()
        self._gone = []
        if coming:
            QTimer.singleShot(0, self, partial(self._show, coming))

    def _floating(self) -> list[QDockWidget]:
        return [dock for dock in self._docks.values() if dock.isFloating() and not dock.isHidden()]

    def _show(self, docks: set[QDockWidget]) -> None:
        for dock in docks:
            if isValid(dock) and dock.isFloating():
                dock.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
                dock.show()
                dock.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
