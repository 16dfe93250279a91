"""What an order would do where the gateway cannot be asked: unknown, and asked again, which is no refusal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ordering import rehearsal
from console.ordering.deeds import Deed, Target
from console.ordering.rehearsal import AT_ONCE, Rehearsal
from console.questions import Questions
from feeds.answers import NotConnected, Refused
from feeds.requests import OrderParams, OrderResult
from feeds.wire import ErrorBody


class Gateway(QObject):
    """Accepts, refuses, or cannot be reached."""

    told = Signal(int, object)
    reading = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.there = True
        self.asked: list[object] = []

    def ask(self, number: int, method: str, params: object, answer: type) -> bool:
        assert isinstance(params, OrderParams)
        self.asked.append(params.args["seat"])
        if not self.there:
            self.told.emit(number, NotConnected("no link"))
        elif params.args["seat"] == "s0":
            self.told.emit(number, Refused(ErrorBody("forbidden", "not yours")))
        else:
            self.told.emit(number, OrderResult("o", "accepted"))
        return True


@pytest.fixture
def gateway(qapp: QApplication) -> Gateway:
    return Gateway()


@pytest.fixture
def questions(gateway: Gateway, qtbot: QtBot) -> Iterator[Questions]:
    """Stays until those that were asked are gone: Qt crashed where their owner went in the midst of it."""
    made = Questions(gateway)  # type: ignore[arg-type]
    yield made
    qtbot.waitUntil(lambda: not made.children())


def test_who_could_not_be_asked_about_is_not_refused_and_is_asked_about_again(
    gateway: Gateway, questions: Questions, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "AGAIN_MS", 20)
    targets = tuple(Target(f"seat:s{number}", f"s{number}", {"seat": f"s{number}"}) for number in range(AT_ONCE + 4))
    asking = Rehearsal(Deed("seat.ready", targets), questions)
    gateway.there = False
    asking.start()
    qtbot.waitUntil(lambda: len(gateway.asked) >= 2 * len(targets))
    assert not asking.answers and not asking.complete
    gateway.there = True
    qtbot.waitUntil(lambda: asking.complete)
    refused = {place for place, answer in asking.answers.items() if answer.state == "refused"}
    assert refused == {"seat:s0"}, "that one the gateway has refused"
    asking.stop()


def test_whoever_closes_the_review_has_nobody_asked_any_more(
    gateway: Gateway, questions: Questions, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "AGAIN_MS", 20)
    gateway.there = False
    asking = Rehearsal(Deed("seat.ready", (Target("seat:s1", "s1", {"seat": "s1"}),)), questions)
    asking.start()
    qtbot.waitUntil(lambda: asking._again.isActive())
    asking.stop()
    assert not asking._again.isActive()
    asked = len(gateway.asked)
    asking._on_again()
    assert len(gateway.asked) == asked, "nobody is left to be asked about"
