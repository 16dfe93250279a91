"""Python's garbage is collected in the windows' thread alone: another would destroy objects of Qt that are not its own.

Python collects cycles in whichever thread happens to make the next object. The feed's thread makes many, and a window
that was let go of would then be destroyed there, which ends in a deadlock or a crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


class Tidying(QObject):
    """Collects when Python would have, looking once a second, from :meth:`start` to :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tidy)

    def start(self) -> None:
        """Take over from Python."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
            self._was_on = False

    def tidy(self) -> int:
        """Collect the oldest generation that is due, and the younger ones; returns it, -1 when none is."""
        limits, counts = gc.get_threshold(), gc.get_count()
        due = [age for age, (count, limit) in enumerate(zip(counts, limits, strict=True)) if limit and count > limit]
        if due:
            gc.collect(due[-1])
        return due[-1] if due else -1
