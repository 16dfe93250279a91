"""When the journal of alarms is asked for: again where there was no answer, and anew in another history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.alarms import asking
from console.alarms.asking import Asking
from console.questions import Questions
from feeds.answers import NotConnected, Refused
from feeds.requests import JournalResult
from feeds.wire import ErrorBody
from tests.agent.test_asking import Gateway
from tests.wall import floors

SIGHT = floors.sight()
TOLD = JournalResult(0, floors.NOW, 0, [])


@pytest.fixture
def gateway(qapp: QApplication) -> Gateway:
    return Gateway()


@pytest.fixture
def journal(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    monkeypatch.setattr(asking, "AGAIN_MS", 20)
    made = Asking(Questions(gateway))  # type: ignore[arg-type]
    made.changed.connect(lambda: made.follow(SIGHT))
    yield made
    made.stop()


def test_a_journal_that_was_not_told_is_asked_for_again(gateway: Gateway, journal: Asking, qtbot: QtBot) -> None:
    journal.follow(SIGHT)
    gateway.answer("journal", NotConnected("late"))
    qtbot.waitUntil(lambda: journal.failed == "late")
    qtbot.waitUntil(lambda: len(gateway.asked) == 2)
    gateway.answer("journal", TOLD)
    qtbot.waitUntil(lambda: journal.told == TOLD)
    assert journal.failed == ""


def test_a_journal_that_was_refused_is_not(gateway: Gateway, journal: Asking, qtbot: QtBot) -> None:
    journal.follow(SIGHT)
    gateway.answer("journal", Refused(ErrorBody("forbidden", "not yours")))
    qtbot.waitUntil(lambda: journal.failed == "not yours")
    assert not journal._again.isActive() and len(gateway.asked) == 1


def test_the_journal_of_another_history_is_not_shown_in_this_one(
    gateway: Gateway, journal: Asking, qtbot: QtBot
) -> None:
    journal.follow(SIGHT)
    gateway.answer("journal", TOLD)
    qtbot.waitUntil(lambda: journal.told is not None)
    journal.follow(replace(SIGHT, epoch="moved"))
    assert journal.told is None and len(gateway.asked) == 2
