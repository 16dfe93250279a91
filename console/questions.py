"""What the desk asks the gateway about the past: each answer goes to whoever asked, or nowhere when they let go."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from console.phrases.said import worded
from console.sight import Sight
from console.words import Words
from feeds.answers import FeedError, NotConnected, Refused, Unanswered
from feeds.requests import CallsParams, CallsResult, HistoryParams, HistoryResult
from feeds.wire import ErrorBody

log = logging.getLogger("console.questions")

Told = Callable[[Any], None]
Failed = Callable[[str], None]


class Asker(Protocol):
    """What takes questions to the gateway (:class:`console.link.Link`)."""

    @property
    def told(self) -> SignalInstance: ...

    @property
    def reading(self) -> SignalInstance: ...

    def ask(self, number: int, method: str, params: Struct, answer: type) -> bool: ...


class Question(QObject):
    """One question on its way; let go of it with :meth:`drop` when its answer is not wanted any more.

    Signals: `told(object)` with the answer, `failed(str)` with why there is none, in words for whoever asked, and
    before that `reading(float)` with how much of the past is read for it, 0 to 1, where that takes more than a second.
    """

    told = Signal(object)
    failed = Signal(str)
    reading = Signal(float)

    def __init__(self, owner: Questions, number: int) -> None:
        super().__init__(owner)
        self._owner, self.number = owner, number
        self.error: ErrorBody | None = None
        """What the gateway said no with."""

    def drop(self) -> None:
        """Its answer is not wanted any more."""
        self._owner.forget(self.number)


class Questions(QObject):
    """Asks, and hands each answer to its question."""

    def __init__(self, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asker = asker
        self.words: Words | None = None
        """What it says in where there is no answer; None: as the feed says it, in English."""
        self.sight: Sight | None = None
        """The floor as it was looked at last, which knows what people call the things that are refused."""
        self._open: dict[int, Question] = {}
        self._number = 0
        asker.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        asker.reading.connect(self._on_reading, Qt.ConnectionType.QueuedConnection)

    def history(self, params: HistoryParams, told: Told, failed: Failed) -> Question:
        """Ask for a figure over time; `told` gets a HistoryResult."""
        return self.ask("history", params, HistoryResult, told, failed)

    def calls(self, params: CallsParams, told: Told, failed: Failed) -> Question:
        """Ask for the calls behind a figure; `told` gets a CallsResult."""
        return self.ask("calls", params, CallsResult, told, failed)

    def ask(self, method: str, params: Struct, answer: type, told: Told, failed: Failed) -> Question:
        """Ask; one of the two is called later, in this thread, unless the question is dropped before."""
        self._number += 1
        question = self._open[self._number] = Question(self, self._number)
        question.told.connect(told)
        question.failed.connect(failed)
        if not self._asker.ask(self._number, method, params, answer):
            self._asker.told.emit(self._number, NotConnected("there is no connection to the gateway yet"))
        return question

    def forget(self, number: int) -> None:
        """An answer to that number is not wanted any more."""
        question = self._open.pop(number, None)
        if question is not None:
            question.deleteLater()

    def _on_reading(self, number: int, share: float) -> None:
        if number in self._open:
            self._open[number].reading.emit(share)

    def _on_told(self, number: int, answer: object) -> None:
        question = self._open.get(number)
        if question is None:
            return
        self.forget(number)
        if not isinstance(answer, Exception):
            question.told.emit(answer)
        elif isinstance(answer, Refused):
            question.error = answer.error
            question.failed.emit(self._refused(answer.error))
        elif isinstance(answer, NotConnected) and self.words is not None:
            question.failed.emit(self.words("question.late" if isinstance(answer, Unanswered) else "question.no_link"))
        else:
            if not isinstance(answer, FeedError):
                log.error("a question could not be asked", exc_info=answer)
            question.failed.emit(str(answer))

    def _refused(self, error: ErrorBody) -> str:
        if self.words is None or self.sight is None or error.data is None:
            return error.message
        return worded(self.sight, error.data.code, error.data.values, error.message, self.words)
