"""Asks the gateway for the journal of the alarms, again when something has happened to one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from console.alarms import journal
from console.questions import Question, Questions
from console.sight import Sight
from feeds.requests import JournalResult

AGAIN_MS: Final = 10_000
"""A gateway that has not answered is asked again after this, though nothing has happened to an alarm."""


class Asking(QObject):
    """What is known of what happened to alarms in the last day.

    Signals: `changed()` when an answer has come, or why there is none.
    """

    changed = Signal()

    def __init__(self, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self.told: JournalResult | None = None
        self.failed = ""
        """Why the last question had no answer."""
        self._open: Question | None = None
        self._asked_for: tuple[object, ...] | None = None
        self._epoch = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._on_again)
        self._wanted: Callable[[], None] | None = None
        """What is to be done once all of it is listed."""

    def follow(self, sight: Sight) -> None:
        """Ask where there must be new lines; those of another history (epoch) are no lines of this one."""
        wanted = journal.mark(sight)
        if sight.epoch != self._epoch:
            self._epoch = sight.epoch
            self._let_go()
        if sight.stale and self.failed:
            self._asked_for = None  # whoever could not be asked is asked again when they are back
        if self._open is None and wanted != self._asked_for and not sight.stale and sight.site is not None:
            self._asked_for = wanted
            self._ask(sight, journal.MOST)

    def stop(self) -> None:
        """Ask no more."""
        self._again.stop()
        self._let_go()

    def _let_go(self) -> None:
        if self._open is not None:
            self._open.drop()
        self._open, self._wanted, self.told, self.failed = None, None, None, ""

    def _on_again(self) -> None:
        self._asked_for = None
        self.changed.emit()

    def bring_all(self, sight: Sight, then: Callable[[], None]) -> None:
        """Have all of it listed that a gateway tells at once, then go on with what that was wanted for."""
        if self._open is not None:
            self._open.drop()
            self._open = None
        elif self.told is not None and not self.told.left_off:
            then()
            return
        self._wanted = then
        self._ask(sight, journal.ALL)

    def _ask(self, sight: Sight, most: int) -> None:
        params = journal.question(sight, most)
        self._open = self._questions.ask("journal", params, JournalResult, self._on_told, self._on_untold)

    def _on_told(self, told: JournalResult) -> None:
        self._open, self.told, self.failed = None, told, ""
        wanted, self._wanted = self._wanted, None
        self.changed.emit()
        if wanted is not None:
            wanted()

    def _on_untold(self, why: str) -> None:
        refused = self._open is not None and self._open.error is not None
        self._open, self._wanted, self.failed = None, None, why
        if not refused:
            self._again.start(AGAIN_MS)
        self.changed.emit()
