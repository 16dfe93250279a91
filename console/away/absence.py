"""Notices that nobody is at the desk, and that somebody is back, by what reaches the desk's windows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from console.machine.steady import steady

HANDS = frozenset(
    {
        QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.KeyPress,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip
"""What only hands do."""
IDLE, HIDDEN, SLEPT, LEFT = "idle", "hidden", "slept", "left"
"""Why somebody counts as away."""
MINUTE_MS = 60_000


class Absence(QObject):
    """Whether somebody is here. Looks at native windows, whose events are few, and never at widgets, whose are many.

    Signals: `began(str, float)` with why, and the steady second since when; `ended(float)` with that second again.
    """

    began = Signal(str, float)
    ended = Signal(float)

    def __init__(self, clock: Callable[[], float] = steady, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit_ms = 0
        self._seen = clock()
        self._since: float | None = None
        self._why = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_focus_window)

    @property
    def away(self) -> bool:
        return self._since is not None

    @property
    def seen(self) -> float:
        """The steady second at which somebody was last seen."""
        return self._seen if self._since is None else self._since

    def set_minutes(self, minutes: int) -> None:
        """How long without a hand is an absence; 0 for never."""
        self._limit_ms = minutes * MINUTE_MS
        self._arm()

    def watch(self, window: QWindow) -> None:
        """Look at a native window from now on; looking twice is looking once."""
        window.removeEventFilter(self)
        window.installEventFilter(self)

    def stop(self) -> None:
        """Notice nothing any more."""
        self._timer.stop()
        self._limit_ms = 0
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._on_focus_window)

    def leave(self) -> None:
        """Somebody says that they go."""
        self._begin(LEFT, self._clock())

    def sleep(self, seconds: float) -> None:
        """The machine was asleep for that long, and nobody can have sat here."""
        self._begin(SLEPT, min(self._seen, self._clock() - seconds))

    def hide(self, hidden: bool) -> None:
        """The desk's window was put away, or is shown again."""
        if hidden:
            self._begin(HIDDEN, self._clock())
        elif self._why == HIDDEN:
            self.come()

    def come(self) -> None:
        """Somebody is here."""
        self._seen = self._clock()
        if self._since is not None:
            since, self._since, self._why = self._since, None, ""
            self._arm()
            self.ended.emit(since)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in HANDS and self._why != LEFT:  # who said that they go say when they are back
            if self._since is None:
                self._seen = self._clock()
            else:
                self.come()
        return False

    def _on_focus_window(self, window: QWindow | None) -> None:
        if window is not None:
            self.watch(window)

    def _begin(self, why: str, since: float) -> None:
        if self._since is None:
            self._since, self._why = since, why
            self._timer.stop()
            self.began.emit(why, since)
        elif why == LEFT:
            self._why = LEFT

    def _arm(self) -> None:
        """Look again when there may have been no hand for long enough; each touch need not start the timer anew."""
        if not self._limit_ms or self._since is not None:
            self._timer.stop()
            return
        left = self._limit_ms - (self._clock() - self._seen) * 1000
        self._timer.start(max(50, round(left)))

    def _on_timeout(self) -> None:
        if (self._clock() - self._seen) * 1000 >= self._limit_ms - 20:
            self._begin(IDLE, self._seen)
        else:
            self._arm()
