"""Has a page look at the floor: when something changed, when a second has passed, and when trust was lost or won."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from console.live import Live
from console.machine.steady import steady
from console.sight import Sight

PAUSE_MS = 50
"""A page looks at most once in this time unless told otherwise, at the first change after quiet at once.

It is the feed that tells ten times a second (console/feeding.py); a second clock of the same rhythm would let whatever
it tells wait once more."""


class Refresh(QObject):
    """Calls `show` with a fresh look at the floor, never more often than an eye can follow.

    Args:
        live: the floor.
        show: what is called.
        pause_ms: milliseconds between two looks that changes cause.
        wants: whether the page shows anything of the keys that changed; without it every change counts.
    """

    def __init__(
        self,
        live: Live,
        show: Callable[[Sight], None],
        parent: QObject | None = None,
        *,
        pause_ms: int = PAUSE_MS,
        wants: Callable[[Sight, frozenset[str]], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._live, self._show, self._pause_ms, self._wants = live, show, pause_ms, wants
        self._started = self._pending = False
        self.touched: frozenset[str] | None = None
        """Kinds of entities (`seat`) that changed before this look; None: it is a look at everything."""
        self._kinds: set[str] | None = None
        self._second, self._pause = QTimer(self), QTimer(self)
        for timer, slot in ((self._second, self._on_second), (self._pause, self._on_pause)):
            timer.setSingleShot(True)
            timer.setTimerType(Qt.TimerType.PreciseTimer)
            timer.timeout.connect(slot)
        live.changed.connect(self._on_changed)
        live.trust_changed.connect(self.look)
        live.link_changed.connect(self.look)

    def start(self) -> None:
        """Look now and from now on."""
        self._started = True
        self.look()
        self._await_second()

    def stop(self) -> None:
        """Look no more."""
        self._started = False
        self._second.stop()
        self._pause.stop()

    def look(self) -> None:
        """Look at everything at this moment."""
        self._kinds = None
        self._look()

    def _look(self) -> None:
        if not self._started:
            return
        self._pending = False
        self.touched, self._kinds = None if self._kinds is None else frozenset(self._kinds), set()
        begun = steady()
        try:
            self._show(self._live.sight())
        finally:
            # From beginning to beginning: a batch that comes in the same rhythm need not wait for the next look.
            spent = round((steady() - begun) * 1000)
            self._pause.start(max(self._pause_ms - spent, self._pause_ms // 2))

    def _on_changed(self, keys: frozenset[str]) -> None:
        if not self._started or (self._wants is not None and not self._wants(self._live.sight(), keys)):
            return
        if self._kinds is not None:
            self._kinds.update([key.partition(":")[0] for key in keys])
        if self._pause.isActive():
            self._pending = True
        else:
            self._look()

    def _on_pause(self) -> None:
        if self._pending:
            self._look()

    def _on_second(self) -> None:
        try:
            self._live.check()
            self.look()
        finally:  # whatever went wrong with one look: a clock that stands still would make old what is shown
            if self._started:
                self._await_second()

    def _await_second(self) -> None:
        """Wake up just after the floor's clock shows a new second, so that clock and durations step together."""
        wait = 1000
        if self._live.pace == 1.0:
            wait = 1000 - self._live.floor_time(steady()) % 1000 + 5
        self._second.start(wait if wait > 60 else wait + 1000)
