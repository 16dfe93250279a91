"""Asks the gateway for the past of whoever sits at the seat that is shown, again when something has happened there."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from console.phrases.states import seat_number
from console.questions import Question, Questions
from feeds.entities import Seat
from feeds.records import LegRecord
from feeds.requests import AgentParams, AgentResult, CallsParams, CallsResult

PAUSE_MS: Final = 2000
"""The past is asked for at most once in this time, however much happens at a seat."""
AGAIN_MS: Final = 10_000
"""Whoever has not answered in time is asked again after this, though nothing has happened at the seat."""


class Past(QObject):
    """What is known of one agent's day.

    Signals: `changed()` when an answer has come, or what was known is of somebody else.
    """

    changed = Signal()

    def __init__(self, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self.told: AgentResult | None = None
        self.calls: tuple[LegRecord, ...] = ()
        self.calls_total: int | None = None
        self.failed = ""
        """Why the last question for the day had no answer."""
        self.calls_failed = ""
        self.read: float | None = None
        """How much of the past the gateway has read for the calls, 0 to 1, where that takes its time."""
        self._seat: Seat | None = None
        self._asked_for: tuple[object, ...] = ()
        self._may_ask = True
        self._history = ""
        self._day: date | None = None
        self._open: dict[str, Question] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause)

    def follow(self, seat: Seat | None, *, ask: bool = True, history: str = "", day: date | None = None) -> None:
        """Be about whoever sits there; asks when that is somebody else or does something else, and on another day.

        Where there is nobody to `ask`, what was told of the same person stays, and of somebody else nothing is known.
        What was told of another `history` (epoch) is not known in this one.
        """
        if ask and not self._may_ask:
            self._pause.stop()  # whoever could not be asked is asked at once when they are back
        self._may_ask = ask
        if history != self._history:
            self._let_go()
        self._history, self._day = history, day
        if seat is None or not seat.agent:
            self._let_go()
            self._seat = None
            return
        if self._seat is None or seat.agent != self._seat.agent:
            self._let_go()
        self._seat = seat
        if ask and self._mark() != self._asked_for and not self._pause.isActive() and not self._open:
            self._ask()

    @property
    def seat(self) -> Seat | None:
        """Where the agent sits whom this is about."""
        return self._seat

    def stop(self) -> None:
        """Ask no more."""
        self._let_go()

    def _mark(self) -> tuple[object, ...]:
        seat = self._seat
        return () if seat is None else (self._day, seat.agent, seat.key, seat.state, seat.since, seat.reason)

    def _let_go(self) -> None:
        self._pause.stop()
        for question in self._open.values():
            question.drop()
        self._open.clear()
        self.told, self.calls, self.calls_total, self.read = None, (), None, None
        self.failed = self.calls_failed = ""
        self._asked_for = ()

    def _on_pause(self) -> None:
        if self._may_ask and self._mark() != self._asked_for and not self._open:
            self._ask()

    def _ask(self) -> None:
        seat, self._asked_for = self._seat, self._mark()
        if seat is None:
            return
        self._pause.start(PAUSE_MS)
        own = AgentParams(seat=seat_number(seat))
        calls = CallsParams("answered", scope=f"agent:{seat.agent}", limit=1000)
        self._open = {
            "agent": self._questions.ask("agent", own, AgentResult, self._on_told, self._on_failed),
            "calls": self._questions.ask("calls", calls, CallsResult, self._on_calls, self._on_no_calls),
        }
        self._open["calls"].reading.connect(self._on_reading)

    def _on_reading(self, share: float) -> None:
        self.read = share
        self.changed.emit()

    def _on_told(self, told: AgentResult) -> None:
        self._open.pop("agent", None)
        self.failed, self.told = "", told
        self.changed.emit()

    def _on_calls(self, told: CallsResult) -> None:
        self._open.pop("calls", None)
        self.calls, self.calls_total, self.read, self.calls_failed = tuple(told.calls), told.total, None, ""
        self.changed.emit()

    def _on_failed(self, why: str) -> None:
        self.failed = why
        self._ask_again("agent")

    def _on_no_calls(self, why: str) -> None:
        self.read, self.calls_failed = None, why
        self._ask_again("calls")

    def _ask_again(self, name: str) -> None:
        """After a while, unless the gateway said no."""
        question = self._open.pop(name, None)
        if question is None or question.error is None:
            self._asked_for = ()
            self._pause.start(AGAIN_MS)
        self.changed.emit()
