"""Notices when a wall no longer paints, or when its program no longer answers, and says what to do about it."""

from __future__ import annotations

import faulthandler
import logging
import os
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.machine.steady import steady

RESTART = 75
"""The exit code upon which the guardian starts the wall again."""
LIMIT_S = 4.0
"""Twice this, and a hang of `HANG_S`, come before the guardian kills a silent wall: from within more can be told."""
CHECK_MS = 1000
GAP_S = 3.0
"""Who did not look for so long stood still itself, and cannot say that the painting did."""
HANG_S = 8

log = logging.getLogger("console.wall.pulse")


class Pulse(QObject):
    """Watches a count that must grow while the wall is shown: how often its clock was really painted.

    Signals: `stalled()` when nothing was painted for four seconds, `lost()` when nothing was for another four.
    """

    stalled = Signal()
    lost = Signal()

    def __init__(
        self,
        paints: Callable[[], int],
        shown: Callable[[], bool],
        clock: Callable[[], float] = steady,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._paints, self._shown, self._clock = paints, shown, clock
        self._seen, self._warned = -1, False
        self._at = self._looked_at = clock()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Begin to watch."""
        self._at = self._looked_at = self._clock()
        self._timer.start(CHECK_MS)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def check(self) -> None:
        """Look at the count; a wall that is not shown need not paint."""
        count, moment = self._paints(), self._clock()
        stood_still, self._looked_at = moment - self._looked_at > GAP_S, moment
        if stood_still:
            self._at = moment
        if count != self._seen or not self._shown():
            if self._warned and count != self._seen:
                log.info("the wall paints again")
                self._warned = False
            self._seen, self._at = count, moment
            return
        if moment - self._at < LIMIT_S:
            return
        self._at = moment
        if self._warned:
            log.error("the wall still does not paint with a new window: starting again")
            self.lost.emit()
            return
        self._warned = True
        log.warning("the wall has not painted for %.0f s: making a new window", LIMIT_S)
        self.stalled.emit()


class HangWatch:
    """A thread that ends the program when the GUI thread no longer runs, so that it can be started again.

    It counts its own rounds instead of reading a clock, because a clock jumps when the machine has slept.
    """

    def __init__(self, give_up: Callable[[], None] | None = None, rounds: int = HANG_S, round_s: float = 1.0) -> None:
        self._give_up = give_up or _exit_for_restart
        self._rounds, self._round_s = rounds, round_s
        self._missed = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hang watch", daemon=True)

    def start(self) -> None:
        """Begin to count."""
        self._thread.start()

    def beat(self) -> None:
        """Call from the GUI thread at least every few seconds."""
        self._missed = 0

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(2 * self._round_s + 1)

    def _run(self) -> None:
        while not self._stop.wait(self._round_s):
            self._missed += 1
            if self._missed >= self._rounds:
                self._give_up()
                return


def _exit_for_restart() -> None:
    log.error("the wall's program has not answered for %s s: starting again", HANG_S)
    faulthandler.dump_traceback()
    os._exit(RESTART)
