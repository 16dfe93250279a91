"""Where the desk's panels stand: docks about the floor that can be moved, floated, closed and put back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from console import layouts
from console.panels import Panel
from console.words import Words


class Place(Struct, frozen=True):
    """A panel, where its dock stands at first, and how wide or high it is there."""

    panel: Panel
    area: Qt.DockWidgetArea
    size: int


class Docks(QObject):
    """The panels about the one that is always there.

    Signals: `shown(str, bool)` when a panel was opened or closed, however that happened.
    """

    shown = Signal(str, bool)

    def __init__(self, centre: Panel, places: Sequence[Place], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._centre, self._places = centre, tuple(places)
        self.by_name: dict[str, QDockWidget] = {}
        self.main = QMainWindow()
        self.main.setWindowFlags(Qt.WindowType.Widget)
        self.main.setCentralWidget(centre)
        self.main.setDockNestingEnabled(True)
        self.main.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        for place in self._places:
            self._add(place)
        self._size()
        self._usual = self.main.saveState(layouts.VERSION)

    def _add(self, place: Place) -> None:
        dock, name = QDockWidget(), place.panel.name
        dock.setObjectName(name)
        dock.setTitleBarWidget(place.panel.head)
        dock.setWidget(place.panel)
        close = place.panel.head.close_button
        if close is not None:
            close.clicked.connect(dock.close)
        self.main.addDockWidget(place.area, dock)
        dock.visibilityChanged.connect(lambda _=False, name=name: self._tell(name))
        self.by_name[name] = dock

    def _tell(self, name: str) -> None:
        self.shown.emit(name, not self.by_name[name].isHidden())

    def _size(self) -> None:
        upright = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        for side, way in ((True, Qt.Orientation.Horizontal), (False, Qt.Orientation.Vertical)):
            chosen = [place for place in self._places if bool(place.area & upright) is side]
            if chosen:
                docks = [self.by_name[place.panel.name] for place in chosen]
                self.main.resizeDocks(docks, [place.size for place in chosen], way)

    def dress(self, words: Words) -> None:
        """Name the docks, for their floating windows and for whoever hears them."""
        for name, dock in self.by_name.items():
            dock.setWindowTitle(words(f"{name}.title"))

    def open(self, name: str) -> None:
        """Show a panel that may have been closed; one that is no dock is always there."""
        dock = self.by_name.get(name)
        if dock is not None:
            dock.show()
            dock.raise_()

    def close(self, name: str) -> None:
        """Hide a panel."""
        dock = self.by_name.get(name)
        if dock is not None:
            dock.close()

    # What is kept

    def state(self) -> bytes:
        """How the docks stand, in Qt's own form."""
        return bytes(self.main.saveState(layouts.VERSION).data())

    def restore(self, state: bytes) -> bool:
        """Have them stand like that; False when it makes no sense to Qt."""
        return self.main.restoreState(QByteArray(state), layouts.VERSION)

    def reset(self) -> None:
        """Have every panel where it stands at first."""
        self.main.restoreState(self._usual, layouts.VERSION)
        for dock in self.by_name.values():
            dock.setFloating(False)
            dock.show()
        self._size()
