"""Brings the floor to the panel: when something changed, when a second has passed, and when nothing can be trusted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from console.live import Live
from console.machine.steady import steady
from console.refresh import Refresh
from console.sight import Sight
from console.wall.panel import WallPanel

PAUSE_MS = 250
"""The page is presented at most once in this time, the first change after quiet at once."""
BLINK_MS = 500


class Display(QObject):
    """Looks at the floor for the panel, never more often than an eye can follow."""

    def __init__(self, live: Live, panel: WallPanel, *, blink: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel, self._blink = panel, blink
        self._lit = True
        self.looks = 0
        """How often the floor was brought to the panel; while looks fail, what the panel shows grows old unseen."""
        self._refresh = Refresh(live, self._show, self, pause_ms=PAUSE_MS, wants=panel.shows)
        self._blinker = QTimer(self)
        self._blinker.setTimerType(Qt.TimerType.PreciseTimer)
        self._blinker.timeout.connect(self._on_blink)

    def start(self) -> None:
        """Show what there is and keep it up to date from now on; before, nothing is shown of what changes."""
        self._refresh.start()

    def stop(self) -> None:
        """Touch the panel no more."""
        self._refresh.stop()
        self._blinker.stop()

    def keep_still(self) -> None:
        """Let no sign blink from now on."""
        self._blink = False
        self._follow_blinking()

    def present(self) -> None:
        """Show the floor as it is at this moment; nothing before the start and after the stop."""
        self._refresh.look()

    def _show(self, sight: Sight) -> None:
        self._panel.look_at(sight, steady())
        self._follow_blinking()
        self.looks += 1

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
