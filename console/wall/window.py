"""The wall's window: full screen on its own screen, without a cursor, left only with the PIN."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from console.wall.panel import WallPanel
from console.wall.pin import Gate
from widgets.texts import PinText
from widgets.tile import fill

if TYPE_CHECKING:
    from widgets.wall.pin_pad import PinPad

SHIFT_MS = 120_000
PAD_MS = 60_000
"""How long a PIN pad that nobody uses may cover the floor."""
HOLD_MS = 2000
"""How long a finger must rest on the wall for it to ask for the PIN: its screen may have no keyboard."""
AWAY_S, LONGEST_AWAY_S, BACK_S = 3, 48, 60
"""How many seconds the wall may be out of sight before it comes back: a window that is being shown takes a moment.

Each time twice as long, for a desktop may take it off where its screen sleeps; as before once it was back for so long.
"""
FINGER = 40
"""Pixels by which a finger that rests may move."""
SHIFTS = (
    (0, 0), (8, 0), (8, 8), (0, 8), (-8, 8), (-8, 0), (-8, -8), (0, -8), (8, -8),
    (4, -4), (4, 4), (-4, 4), (-4, -4), (0, -4), (4, 0), (0, 4), (-4, 0),
)  # fmt: skip
"""Where the page stands one after the other, against burn-in: never more than 8 pixels from its place."""

log = logging.getLogger("console.wall.window")


def find_screen(wanted: str, screens: Sequence[QScreen]) -> QScreen | None:
    """The screen that somebody means: by its name, its number from 1 on, or a part of its model."""
    lowered = wanted.casefold()
    for screen in screens:
        if screen.name().casefold() == lowered:
            return screen
    if wanted.isdigit() and 1 <= int(wanted) <= len(screens):
        return screens[int(wanted) - 1]
    return next((screen for screen in screens if lowered and lowered in screen.model().casefold()), None)


def _names(screens: Sequence[QScreen]) -> str:
    return ", ".join(screen.name() or str(number) for number, screen in enumerate(screens, 1)) or "none"


class WallWindow(QWidget):
    """The kiosk around the page.

    Signals: `left()` when somebody gave the right PIN.
    """

    left = Signal()

    def __init__(self, panel: WallPanel, pin_hash: Callable[[], str], screen: str = "", *, kiosk: bool = True) -> None:
        super().__init__()
        self._panel, self._pin_hash, self._wanted, self._kiosk = panel, pin_hash, screen, kiosk
        self._gate = Gate()
        self._pad: PinPad | None = None
        self._leaving = self._found = self._warned = False
        self._shift = self._away = self._back = 0
        self._patience = AWAY_S
        panel.setParent(self)
        self.setWindowTitle("Watchfloor")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        if kiosk:
            self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
            self.setCursor(Qt.CursorShape.BlankCursor)
        self._shifter = QTimer(self)
        self._shifter.timeout.connect(self.shift)
        self._forgotten = QTimer(self)
        self._forgotten.setSingleShot(True)
        self._forgotten.timeout.connect(self._on_dismissed)
        self._held = QTimer(self)
        self._held.setSingleShot(True)
        self._held.timeout.connect(self.ask)
        self._held_at = QPoint()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screens_changed)
        application.screenRemoved.connect(self._on_screen_removed)
        for one in application.screens():
            one.geometryChanged.connect(self._on_screen_moved)

    @property
    def shown(self) -> bool:
        """Whether the window is on a screen, so that it has to paint."""
        handle = self.windowHandle()
        return self.isVisible() and handle is not None and handle.isExposed()

    def open(self) -> None:
        """Show the wall on its screen and keep it there."""
        self._shifter.start(SHIFT_MS)
        self._take_screen(QGuiApplication.screens())

    def stop(self) -> None:
        """Let go of timers and screens; the window may be closed now."""
        self._leaving = True
        self._shifter.stop()
        self._held.stop()
        self._on_dismissed()
        self.close()

    def recreate(self) -> None:
        """Throw the native window and its picture away and make new ones."""
        geometry = self.geometry()
        self.hide()
        self.destroy()
        self.create()
        self.setGeometry(geometry)
        self._show()

    def stay(self) -> None:
        """Come back where the wall was put away, minimised or by a key that shows the desktop; called each second.

        Whoever may put it away knows the PIN, and nobody else would ever fetch it back.
        """
        seen = self.shown and not self.isMinimized()
        if seen or not self._kiosk or not self.isVisible() or self._leaving:
            self._away, self._back = 0, self._back + 1
            if self._back >= BACK_S and self._patience > AWAY_S:
                self._patience = AWAY_S
                log.info("the wall is on its screen again")
            return
        self._away, self._back = self._away + 1, 0
        if self._away < self._patience:
            return
        if self._patience == AWAY_S:
            log.warning("somebody or something put the wall away: showing it again")
        self._away, self._patience = 0, min(LONGEST_AWAY_S, 2 * self._patience)
        self.hide()  # a window that is only shown again stays behind a desktop that somebody asked for
        self._show()
        self.raise_()
        self.activateWindow()

    def shift(self) -> None:
        """Move the page by a few pixels."""
        self._shift = (self._shift + 1) % len(SHIFTS)
        self._panel.move(*SHIFTS[self._shift])

    def ask(self) -> None:
        """Ask for the PIN, unless somebody is asked already."""
        if self._pad is not None:
            return
        from widgets.wall.pin_pad import PinPad

        words = self._panel.words
        asks = bool(self._pin_hash())
        text = PinText(
            title=words("pin.title"),
            prompt=words("pin.prompt") if asks else words("pin.none"),
            leave=words("pin.leave"),
            stay=words("pin.stay"),
        )
        unit = max(0.6, min(self.width() / 1920, self.height() / 1080))
        pad = PinPad(text, self._panel.palette_tokens, unit, asks, self)
        pad.entered.connect(self._on_entered)
        pad.dismissed.connect(self._on_dismissed)
        pad.used.connect(lambda: self._forgotten.start(PAD_MS))
        self._pad = pad
        pad.adjustSize()
        pad.move(self.rect().center() - pad.rect().center())
        pad.show()
        pad.raise_()
        pad.setFocus()
        self._forgotten.start(PAD_MS)

    def _on_entered(self, pin: str) -> None:
        hashed, pad, words = self._pin_hash(), self._pad, self._panel.words
        if pad is None:
            return
        if not hashed or self._gate.opens(pin, hashed):
            self._on_dismissed()
            self._leaving = True
            self.left.emit()
            return
        wait = self._gate.seconds_to_wait()
        pad.say(words("pin.wait", seconds=round(wait)) if wait > 0 else words("pin.wrong"))

    def _on_dismissed(self) -> None:
        self._forgotten.stop()
        if self._pad is not None:
            self._pad.hide()
            self._pad.deleteLater()
            self._pad = None
            self.setFocus()

    # Screens

    def _on_screens_changed(self, found: QScreen) -> None:
        found.geometryChanged.connect(self._on_screen_moved)
        self._take_screen(QGuiApplication.screens())

    def _on_screen_moved(self, _: QRect) -> None:
        """A screen has another size or place now: no window manager need see to it, and without one nobody does."""
        self._take_screen(QGuiApplication.screens())

    def _on_screen_removed(self, gone: QScreen) -> None:
        self._take_screen([screen for screen in QGuiApplication.screens() if screen is not gone])

    def _take_screen(self, screens: Sequence[QScreen]) -> None:
        """Go to the wanted screen.

        While it is away, hide: the other screens are somebody's desk. A screen that was never there may be a slip in
        the name, and a wall that nobody sees cannot tell: until the named one appears, the first one has to do.
        """
        screen = find_screen(self._wanted, screens) if self._wanted else QGuiApplication.primaryScreen()
        if screen is None and (self._found or not screens):
            if self.isVisible():
                log.warning(
                    "the screen %r is gone (there are: %s); the wall waits for it", self._wanted, _names(screens)
                )
            self.hide()
            return
        self._panel.no_screen = "" if screen is not None else self._wanted
        if screen is None:
            screen = screens[0]
            if not self._warned:
                self._warned = True
                log.warning(
                    "there is no screen %r; until there is, the wall is on %s (there are: %s)",
                    self._wanted,
                    screen.name() or "1",
                    _names(screens),
                )
        elif not self._found:
            self._found = True
            if self._warned:
                log.info("the screen %r is there now", self._wanted)
        if self._kiosk:
            if self.isVisible() and self.geometry() != screen.geometry():
                self.hide()  # a window manager lets nobody move a window that fills a screen
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
        self._show()

    def _show(self) -> None:
        if self._kiosk:
            self.showFullScreen()
        else:
            self.show()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._panel.setGeometry(QRect(QPoint(*SHIFTS[self._shift]), self.size()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, event.rect(), self._panel.palette_tokens.bg)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._kiosk and event.button() == Qt.MouseButton.LeftButton:
            self._held_at = event.position().toPoint()
            self._held.start(HOLD_MS)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = event.position().toPoint() - self._held_at
        if moved.manhattanLength() > FINGER:
            self._held.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        application = QGuiApplication.instance()
        ending = isinstance(application, QGuiApplication) and application.isSavingSession()
        if self._leaving or ending or not self._kiosk:
            event.accept()
            if not self._leaving:
                self._leaving = True
                self.left.emit()
            return
        event.ignore()
        self.ask()
