"""Asks the gateway for all that a sheet is made of, and hands it over when both answers are there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.handover.present import FIGURES, OTHERWISE, WHEN_OVER
from console.handover.spans import Span
from console.questions import Question, Questions
from feeds.requests import JournalParams, JournalResult, ShiftParams, ShiftResult

KINDS = ["order", "source", "trunk"]
MOST = 5000


class Asking(QObject):
    """One sheet's questions at a time; asking again lets go of those that are on their way.

    Signals: `told(object, object, object)` with the span, its ShiftResult and its JournalResult; `failed(str)`.
    """

    told = Signal(object, object, object)
    failed = Signal(str)

    def __init__(self, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._open: list[Question] = []
        self._span: Span | None = None
        self._shift: ShiftResult | None = None
        self._journal: JournalResult | None = None

    @property
    def busy(self) -> bool:
        return bool(self._open)

    def ask(self, span: Span, now: int) -> None:
        """Ask about a span; one that has not ended at `now` is asked about up to the gateway's own now."""
        self.drop()
        self._span, self._shift, self._journal = span, None, None
        end = span.end if span.end <= now else None
        shift = ShiftParams(span.begin, end, [*FIGURES, *WHEN_OVER.values(), *OTHERWISE])
        journal = JournalParams(span.begin, end, KINDS, MOST)
        self._open = [
            self._questions.ask("shift", shift, ShiftResult, self._on_shift, self._on_failed),
            self._questions.ask("journal", journal, JournalResult, self._on_journal, self._on_failed),
        ]

    def drop(self) -> None:
        """Let go of what was asked."""
        for question in self._open:
            question.drop()
        self._open = []

    def _on_shift(self, told: ShiftResult) -> None:
        self._shift = told
        self._hand_over()

    def _on_journal(self, told: JournalResult) -> None:
        self._journal = told
        self._hand_over()

    def _hand_over(self) -> None:
        if self._shift is not None and self._journal is not None:
            self._open = []
            self.told.emit(self._span, self._shift, self._journal)

    def _on_failed(self, why: str) -> None:
        self.drop()
        self.failed.emit(why)
