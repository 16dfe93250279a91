"""Does something when it is wanted, and seldom enough that doing it never holds the window up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from console.machine.steady import steady

PAUSE_MS = 100


class Paced(QObject):
    """Calls something at the first wish at once, and for all that follow together after a pause.

    The pause is twice as long as the call took: hundreds of orders that end one after the other would each have a list
    of hundreds presented anew.
    """

    def __init__(self, do: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._do, self._wanted = do, False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause)

    def want(self) -> None:
        """Have it done now, or with the next ones."""
        if self._pause.isActive():
            self._wanted = True
        else:
            self._go()

    def stop(self) -> None:
        """Do nothing more."""
        self._pause.stop()

    def _go(self) -> None:
        self._wanted = False
        begun = steady()
        try:
            self._do()
        finally:
            self._pause.start(max(PAUSE_MS, round((steady() - begun) * 2000)))

    def _on_pause(self) -> None:
        if self._wanted:
            self._go()
