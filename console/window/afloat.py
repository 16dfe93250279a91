"""Panels in windows of their own: in front of the desk, with an edge, and the keyboard where something can be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDockWidget, QWidget
from shiboken6 import isValid

from widgets.palette import Palette
from widgets.screens import screen_of


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
        elif kind == QEvent.Type.MouseButtonRelease and isinstance(watched, QDockWidget):
            QTimer.singleShot(0, self, partial(self._stay_in_sight, watched))  # once it is where it was dropped
        return False

    def _stay_in_sight(self, dock: QDockWidget) -> None:
        """Have nothing below the end of the screen: orders stand there, and no frame tells that they are missing."""
        if not isValid(dock) or not dock.isFloating():
            return
        place = dock.geometry()
        here = QGuiApplication.screenAt(QPoint(place.center().x(), place.top())) or screen_of(dock)
        end = here.availableGeometry().bottom() if here is not None else place.bottom()
        if place.bottom() > end:
            high = max(dock.minimumSizeHint().height(), place.height() - (place.bottom() - end))
            dock.setGeometry(place.x(), min(place.y(), end + 1 - high), place.width(), high)

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
