"""Where the desk's window is too narrow for all of its docks: they share a place until there is room for them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

STATE = 1
"""The version of Qt's own bytes: another one is not restored."""
LOW = 176
"""How high what stands below becomes where docks share a place, in pixels."""


def state_of(window: QMainWindow) -> bytes:
    """How the docks of a window stand, in Qt's own form."""
    return bytes(window.saveState(STATE).data())


class Narrow(QObject):
    """Has the docks of a window share a place, as tabs, where it is too narrow for all, and only there.

    `place_of` tells by name where a dock stands.
    """

    def __init__(
        self,
        main: QMainWindow,
        centre: QWidget,
        docks: Mapping[str, QDockWidget],
        place_of: Callable[[str], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._main, self._centre, self._docks, self._place_of = main, centre, docks, place_of
        self.roomy = b""
        """How the docks stood when there was room, in Qt's own form; empty while there is."""
        self._needed = 0
        """How wide the window must be for all of them, in pixels."""
        self._ample: tuple[object, bytes] = None, b""
        """What stood where when the docks last had the sizes that they were given, and Qt's bytes of that."""
        self._noting = QTimer(self)
        self._noting.setSingleShot(True)
        self._noting.setInterval(0)
        self._noting.timeout.connect(self._note)
        self._corner(right=True)

    @property
    def is_sharing(self) -> bool:
        """Whether docks share a place because the window is narrow."""
        return bool(self.roomy)

    def suit(self) -> None:
        """Have docks share a place, or have each its own again, as the window's width asks for."""
        width = self._main.width()
        if not self.is_sharing:
            needed = self._main.minimumSizeHint().width()
            if width < needed:
                standing, ample = self._ample
                self._needed = needed
                self.roomy = ample if standing == self._standing() else state_of(self._main)
                self._share()
        elif width >= self._needed:
            roomy, self.roomy = self.roomy, b""
            self._corner(right=True)
            self._main.restoreState(QByteArray(roomy), STATE)

    def forget(self) -> None:
        """Begin as if there were room."""
        self.roomy = b""
        self._corner(right=True)

    def stands_amply(self, state: bytes) -> None:
        """Take Qt's bytes for how the docks stand now with the sizes that they were given."""
        self._ample = self._standing(), state

    def note_soon(self) -> None:
        """Note how the docks stand once the event loop is reached again."""
        self._noting.start()

    def stop(self) -> None:
        """Note nothing any more."""
        self._noting.stop()

    def _note(self) -> None:
        """Remember how docks stand while they are as large as they were made: a window that becomes narrow takes from
        the middle first and then from them, and what they have then is nobody's wish.
        """
        middle, least = self._centre.size(), self._centre.minimumSizeHint()
        if self.is_sharing or not self._centre.isVisible():
            return
        if middle.width() > least.width() and middle.height() > least.height():
            self.stands_amply(state_of(self._main))

    def _standing(self) -> object:
        return [(name, self._place_of(name), self._main.dockWidgetArea(dock)) for name, dock in self._docks.items()]

    def _share(self) -> None:
        """Everything that stands upright comes to the right, one behind the other."""
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        here = [dock for dock in self._docks.values() if dock.parentWidget() is self._main and not dock.isFloating()]
        upright = [dock for dock in here if self._main.dockWidgetArea(dock) in (left, right)]
        shown = [dock for dock in upright if not dock.isHidden()]
        for dock in upright:
            hidden = dock.isHidden()
            self._main.addDockWidget(right, dock)
            if dock is not upright[0]:
                self._main.tabifyDockWidget(upright[0], dock)
            dock.setVisible(not hidden)
        if shown:
            shown[0].raise_()
            least = max(dock.minimumSizeHint().width() for dock in shown)
            self._main.resizeDocks([shown[0]], [least], Qt.Orientation.Horizontal)  # the floor needs the room
        self._corner(right=False)
        low = [dock for dock in here if self._main.dockWidgetArea(dock) is Qt.DockWidgetArea.BottomDockWidgetArea]
        self._main.resizeDocks(low, [LOW] * len(low), Qt.Orientation.Vertical)

    def _corner(self, *, right: bool) -> None:
        """Who has the corner below on the right: what stands on the right, or what stands below."""
        side = Qt.DockWidgetArea.RightDockWidgetArea if right else Qt.DockWidgetArea.BottomDockWidgetArea
        self._main.setCorner(Qt.Corner.BottomRightCorner, side)
