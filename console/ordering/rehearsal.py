"""Asks the gateway what an order would do to each of its targets, before it is given."""

from __future__ import annotations

import secrets
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from console.ordering.deeds import Deed, Target
from console.questions import Question, Questions
from feeds.requests import OrderParams, OrderResult

AT_ONCE: Final = 8
"""Questions on their way at a time: a hundred at once would only wait for each other."""
AGAIN_MS: Final = 2000
"""Whoever could not be asked about, as while there is no connection, is asked about again after this."""


class Rehearsal(QObject):
    """The answers for one deed, by place.

    Signals: `changed()` when another answer has come.
    """

    changed = Signal()

    def __init__(self, deed: Deed, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.deed = deed
        self.answers: dict[str, OrderResult] = {}
        self._questions = questions
        self._left = list(deed.targets)
        self._open: dict[str, Question] = {}
        self._unanswered: list[Target] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._on_again)

    @property
    def complete(self) -> bool:
        """Whether every target has its answer."""
        return len(self.answers) == len(self.deed.targets)

    def start(self) -> None:
        """Ask; the first few at once, the others as answers come."""
        while self._left and len(self._open) < AT_ONCE:
            self._ask(self._left.pop(0))

    def stop(self) -> None:
        """Let go of what is on its way."""
        self._again.stop()
        self._unanswered.clear()
        self._left.clear()
        for question in self._open.values():
            question.drop()
        self._open.clear()

    def _ask(self, target: Target) -> None:
        params = OrderParams(secrets.token_urlsafe(12), self.deed.name, target.args, target.expect, rehearse=True)
        place = target.place

        def told(answer: OrderResult) -> None:
            self._take(place, answer)

        def failed(why: str) -> None:
            if question.error is None:  # no word of the gateway's, and nothing that speaks against the order
                self._ask_later(target)
                return
            more = question.error.data
            code, values = (more.code, more.values) if more is not None else ("", {})
            self._take(place, OrderResult("", "refused", why, code, values))

        question = self._open[place] = self._questions.ask("order", params, OrderResult, told, failed)

    def _ask_later(self, target: Target) -> None:
        self._open.pop(target.place, None)
        self._unanswered.append(target)
        if not self._again.isActive():
            self._again.start(AGAIN_MS)
        self.start()

    def _on_again(self) -> None:
        self._left += self._unanswered
        self._unanswered.clear()
        self.start()

    def _take(self, place: str, answer: OrderResult) -> None:
        self._open.pop(place, None)
        self.answers[place] = answer
        self.changed.emit()
        self.start()
