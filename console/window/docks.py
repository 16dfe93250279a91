"""Where the desk's panels stand: docks about the floor, moved, floated, closed, tabbed, or put on a second screen."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from console.panels import Panel
from console.window import layouts
from console.window.afloat import Afloat
from console.window.layouts import Arrangement, Second
from console.window.narrow import STATE, Narrow, state_of
from console.window.second import SecondWindow
from console.words import Words
from widgets.palette import Palette
from widgets.screens import screen_of
from widgets.texts import BannerText

PLACES = ("first", "own", "second", "closed")
"""Where a panel can stand: in the first window, in a window of its own, in the second one, or nowhere."""


class Place(Struct, frozen=True):
    """A panel, where its dock stands at first, and how wide or high it is there."""

    panel: Panel
    area: Qt.DockWidgetArea
    size: int


class Docks(QObject):
    """The panels about the one that is always there.

    Signals: `shown(str, bool)` when a panel was opened or closed, however that happened; `moved()` whenever there is
    something new to be kept.
    """

    shown = Signal(str, bool)
    moved = Signal()

    def __init__(self, centre: Panel, places: Sequence[Place], palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._centre, self._places = centre, tuple(places)
        self._parked = Second()
        self._ended = False
        self._left: Arrangement | None = None
        """Where everything stood when the first window went; None while it is there."""
        self.by_name: dict[str, QDockWidget] = {}
        self.main, self.second = QMainWindow(), SecondWindow(palette)
        self.main.setWindowFlags(Qt.WindowType.Widget)
        self.main.setCentralWidget(centre)
        for window in (self.main, self.second.inner):
            window.setDockNestingEnabled(True)
            window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.narrow = Narrow(self.main, centre, self.by_name, self.place_of, self)
        for place in self._places:
            self._add(place)
        self.afloat = Afloat(self.by_name, palette, self)
        for place in self._places:
            if place.panel.head.close_button is not None:
                self.afloat.watch_button(place.panel.name, place.panel.head.close_button)
        self._size()
        self._usual = self.main.saveState(STATE)
        for watched in (self.main, self.second, *self.by_name.values()):
            watched.installEventFilter(self)
        self.second.closed.connect(self.gather)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        application.screenRemoved.connect(self.look_at_screens)
        application.screenAdded.connect(self.look_at_screens)

    def _add(self, place: Place) -> None:
        dock, name = QDockWidget(), place.panel.name
        dock.setObjectName(name)
        dock.setTitleBarWidget(place.panel.head)
        dock.setWidget(place.panel)
        close = place.panel.head.close_button
        if close is not None:
            close.clicked.connect(lambda _=False, name=name: self._close_by_button(name))
        self.main.addDockWidget(place.area, dock)
        dock.visibilityChanged.connect(lambda _=False, name=name: self._tell(name))
        dock.topLevelChanged.connect(lambda _=False, name=name: self._tell(name))
        self.by_name[name] = dock

    def _close_by_button(self, name: str) -> None:
        """Qt would give the keyboard to the next panel's button, and a second press would close that too."""
        dock, focused = self.by_name[name], QApplication.focusWidget()
        had_keyboard = focused is not None and dock.isAncestorOf(focused)
        self.close(name)
        if had_keyboard:
            self._centre.take_keyboard()

    def _tell(self, name: str) -> None:
        if self._ended:
            return
        self._show_second()
        self.shown.emit(name, self.place_of(name) != "closed")
        self.moved.emit()

    def _size(self) -> None:
        upright = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        for side, way in ((True, Qt.Orientation.Horizontal), (False, Qt.Orientation.Vertical)):
            docks = [self.by_name[place.panel.name] for place in self._places if bool(place.area & upright) is side]
            sizes = [place.size for place in self._places if bool(place.area & upright) is side]
            if docks:
                self.main.resizeDocks(docks, sizes, way)

    def end(self) -> None:
        """Close the second window for good; here, because whoever collects it later may be another thread."""
        if not self._ended:
            self._ended = True
            self.narrow.stop()
            self.second.hide()
            self.second.deleteLater()

    def go(self) -> None:
        """Have all other windows away for as long as the first one is; nothing counts as closed by that."""
        if not self._ended and self._left is None:
            self._left = self.arrangement()
            self.second.hide()
            self.afloat.go()

    def _come(self) -> None:
        """Have them back with the first one."""
        self._left = None
        self._show_second()
        self.afloat.come()

    def dress(self, words: Words, palette: Palette, shown: Palette, *, still: bool) -> None:
        """Name the docks, for their floating windows and for whoever hears them, and look like the rest."""
        for name, dock in self.by_name.items():
            dock.setWindowTitle(words(f"{name}.title"))
        self.second.set_look(palette, shown, words("desk.second"))
        self.afloat.set_look(shown)
        for window in (self.main, self.second.inner):
            window.setAnimated(not still)

    def set_banner(self, text: BannerText | None) -> None:
        """Have the second window say what the first one says."""
        self.second.set_banner(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing tells that a divider was moved, but what stands beside it changes its size.

        With the first window come those that belong to it.
        """
        kind = event.type()
        if kind in (QEvent.Type.Resize, QEvent.Type.Move):
            self.moved.emit()
            if watched is self.main and kind == QEvent.Type.Resize:
                self.narrow.suit()
            if kind == QEvent.Type.Resize and not self._ended:
                self.narrow.note_soon()  # once all of them have their sizes
        elif watched is self.main and kind == QEvent.Type.Show and not event.spontaneous() and not self._ended:
            self._come()
        return False

    # Opening, closing, moving

    def open(self, name: str) -> None:
        """Show a panel that may have been closed; one that is no dock is always there."""
        dock = self.by_name.get(name)
        if dock is not None:
            dock.show()
            dock.raise_()
        if self.is_in_second(name):
            self._show_second()
            self.second.raise_()
            self.second.activateWindow()

    def is_behind(self, name: str) -> bool:
        """Whether a panel is open, but nothing is seen of it because another one shares its place."""
        dock = self.by_name.get(name)
        if dock is None or not dock.isVisible() or not dock.visibleRegion().isEmpty():
            return False
        return any(window.tabifiedDockWidgets(dock) for window in (self.main, self.second.inner))

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        """Bring to the front what has got the keyboard: Tab goes through panels of which nothing is seen as well."""
        if now is None or self._ended:
            return
        for name, dock in self.by_name.items():
            if dock.isAncestorOf(now) and self.is_behind(name):
                dock.raise_()

    def close(self, name: str) -> None:
        """Hide a panel."""
        dock = self.by_name.get(name)
        if dock is not None:
            dock.close()

    def place_of(self, name: str) -> str:
        """Where a panel stands: one of :data:`PLACES`."""
        dock = self.by_name.get(name)
        if dock is not None and dock.isHidden():
            return "closed"
        if dock is not None and dock.isFloating():
            return "own"
        return "second" if self.is_in_second(name) else "first"

    def put_at(self, name: str, place: str) -> None:
        """Have a panel at one of :data:`PLACES`."""
        dock = self.by_name.get(name)
        if place == "closed":
            self.close(name)
            return
        if dock is not None:
            dock.show()
            dock.setFloating(place == "own")
        if place != "own":
            self.put(name, place == "second")
        self.open(name)

    def is_in_second(self, name: str) -> bool:
        """Whether a panel stands in the second window."""
        if name == self._centre.name:
            return self.second.inner.centralWidget() is self._centre
        dock = self.by_name.get(name)
        return dock is not None and dock.parentWidget() is self.second.inner

    @property
    def names(self) -> tuple[str, ...]:
        """Every panel, the one in the middle first."""
        return self._centre.name, *self.by_name

    def put(self, name: str, in_second: bool) -> None:
        """Have a panel in the second window, which opens for it, or in the first."""
        if name not in self.names or self.is_in_second(name) is in_second:
            return
        self._parked = Second()
        self._move(name, in_second)
        if name in self.by_name:
            self.by_name[name].show()
        if in_second and not self.second.isVisible():
            self.second.place(self.main.window())
        self._tell(name)

    def gather(self) -> None:
        """Have every panel in the first window."""
        for name in self.names:
            if self.is_in_second(name):
                self._move(name, False)
        self._show_second()
        self.moved.emit()

    def _move(self, name: str, in_second: bool) -> None:
        source, target = (self.main, self.second.inner) if in_second else (self.second.inner, self.main)
        if name == self._centre.name:
            source.takeCentralWidget()
            target.setCentralWidget(self._centre)
            self._centre.show()
            return
        dock = self.by_name[name]
        hidden = dock.isHidden()
        dock.setFloating(False)
        source.removeDockWidget(dock)
        area = next(place.area for place in self._places if place.panel.name == name)
        target.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea if in_second else area, dock)
        dock.setVisible(not hidden)

    def _show_second(self) -> None:
        """It is there as long as a panel is open in it."""
        here = [dock for name, dock in self.by_name.items() if self.is_in_second(name)]
        wanted = self.is_in_second(self._centre.name) or any(not dock.isHidden() for dock in here)
        if not wanted or self._left is not None:
            self.second.hide()
        elif self.main.window().isVisible() and not self.second.isVisible():
            self.second.show()

    # Screens

    def look_at_screens(self) -> None:
        """Bring back what stands on a screen that is gone, and put it there again when the screen comes back."""
        names = [screen.name() for screen in QGuiApplication.screens()]
        second = self._second_now()
        if second.panels and second.screen not in names:
            self.gather()
            self._parked = second
        elif self._parked.panels and self._parked.screen in names:
            parked, self._parked = self._parked, Second()
            self._open_second(parked)
        for dock in self.by_name.values():
            if dock.isFloating():
                self._bring_into_sight(dock)
        self._bring_into_sight(self.main.window())

    def _bring_into_sight(self, window: QWidget) -> None:
        centre = window.frameGeometry().center()
        if any(screen.geometry().contains(centre) for screen in QGuiApplication.screens()):
            return
        primary = QGuiApplication.primaryScreen()
        if primary is not None:
            room = primary.availableGeometry()
            window.resize(window.size().boundedTo(room.size()))
            window.move(room.topLeft() + (room.bottomRight() - room.topLeft()) / 8)

    # What is kept

    def state(self) -> bytes:
        """How the docks of the first window stand, in Qt's own form."""
        return state_of(self.main)

    def arrangement(self) -> Arrangement:
        """Where everything stands now, or stood when the first window went."""
        if self._left is not None:
            return self._left
        second = self._parked if self._parked.panels else self._second_now()
        return Arrangement(layouts.to_text(self.state()), layouts.to_text(self.narrow.roomy), second)

    def _second_now(self) -> Second:
        panels = tuple(name for name in self.names if self.is_in_second(name))
        if not panels:
            return Second()
        screen = screen_of(self.second)
        return Second(
            panels=panels,
            screen=screen.name() if screen is not None else "",
            geometry=layouts.to_text(bytes(self.second.saveGeometry().data())),
            docks=layouts.to_text(state_of(self.second.inner)),
        )

    def arrange(self, wanted: Arrangement) -> bool:
        """Have everything stand like that; False when it makes no sense to Qt, and then the usual desk is there."""
        self.gather()
        self._parked = Second()
        self.narrow.forget()
        docks, roomy = layouts.to_bytes(wanted.docks), layouts.to_bytes(wanted.roomy)
        sound = not docks or self.main.restoreState(QByteArray(roomy or docks), STATE)
        if sound and docks:
            self.narrow.stands_amply(roomy or docks)
            self.narrow.suit()
            if roomy and self.narrow.is_sharing:  # there is no more room now than there was then
                sound = self.main.restoreState(QByteArray(docks), STATE)
        if not sound:
            self.reset()
            return False
        names = [screen.name() for screen in QGuiApplication.screens()]
        if wanted.second.panels and wanted.second.screen in names:
            sound = self._open_second(wanted.second)
        else:
            self._parked = wanted.second
        self.narrow.suit()
        self.moved.emit()
        return sound

    def _open_second(self, wanted: Second) -> bool:
        known = [name for name in dict.fromkeys(wanted.panels) if name in self.names]
        for name in known:
            self._move(name, True)
        sound = layouts.is_geometry(wanted.geometry)
        if not self.second.restoreGeometry(QByteArray(layouts.to_bytes(wanted.geometry))):
            self.second.place(self.main.window())
        docks = layouts.to_bytes(wanted.docks)
        sound = (not docks or self.second.inner.restoreState(QByteArray(docks), STATE)) and sound
        for name in self.by_name:
            self.shown.emit(name, not self.by_name[name].isHidden())
        self._show_second()
        if not sound:
            self.gather()
        return sound

    def reset(self) -> None:
        """Have every panel where it stands at first."""
        self.gather()
        self._parked = Second()
        self.narrow.forget()
        self.main.restoreState(self._usual, STATE)
        for dock in self.by_name.values():
            dock.setFloating(False)
            dock.show()
        self._size()
        self.narrow.suit()
        self.moved.emit()
