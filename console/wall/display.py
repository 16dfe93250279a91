"""Brings the floor to the panel: when something changed, when a second has passed, and when nothing can be trusted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from console.live import Live
from console.steady import steady
from console.wall.panel import WallPanel

PAUSE_MS = 250
"""The page is presented at most once in this time, the first change after quiet at once."""
BLINK_MS = 500


class Display(QObject):
    """Looks at the floor for the panel, never more often than an eye can follow."""

    def __init__(self, live: Live, panel: WallPanel, *, blink: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live, self._panel, self._blink = live, panel, blink
        self._started = self._pending = False
        self._lit = True
        self._second = self._timer(self._on_second, single=True)
        self._pause = self._timer(self._on_pause, single=True)
        self._blinker = self._timer(self._on_blink, single=False)
        live.changed.connect(self._on_changed)
        live.trust_changed.connect(self._on_trust_changed)
        live.link_changed.connect(self._on_trust_changed)

    def start(self) -> None:
        """Show what there is and keep it up to date from now on; before, nothing is shown of what changes."""
        self._started = True
        self.present()
        self._await_second()

    def stop(self) -> None:
        """Touch the panel no more."""
        for timer in (self._second, self._pause, self._blinker):
            timer.stop()

    def present(self) -> None:
        """Show the floor as it is at this moment."""
        self._pending = False
        self._panel.look_at(self._live.sight(), steady())
        self._pause.start(PAUSE_MS)
        self._follow_blinking()

    def _timer(self, slot: object, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    def _on_trust_changed(self) -> None:
        if self._started:
            self.present()

    def _on_changed(self, keys: frozenset[str]) -> None:
        if not self._started or not self._panel.shows(self._live.sight(), keys):
            return
        if self._pause.isActive():
            self._pending = True
        else:
            self.present()

    def _on_pause(self) -> None:
        if self._pending:
            self.present()

    def _on_second(self) -> None:
        self._live.check()
        self.present()
        self._await_second()

    def _await_second(self) -> None:
        """Wake up just after the floor's clock shows a new second, so that clock and durations step together."""
        wait = 1000
        if self._live.pace == 1.0:
            wait = 1000 - self._live.floor_time(steady()) % 1000 + 5
        self._second.start(wait if wait > 60 else wait + 1000)

    def _follow_blinking(self) -> None:
        wanted = self._blink and self._panel.blinks()
        if wanted and not self._blinker.isActive():
            self._blinker.start(BLINK_MS)
        elif not wanted and self._blinker.isActive():
            self._blinker.stop()
            self._show_lit(True)

    def _on_blink(self) -> None:
        self._show_lit(not self._lit)

    def _show_lit(self, lit: bool) -> None:
        self._lit = lit
        self._panel.set_lit(lit)
