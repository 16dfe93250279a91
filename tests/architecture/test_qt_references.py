"""PySide6 must keep the references that it takes: 6.12.0 on Python 3.11 loses None and True until it aborts."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 100_000


class Emitter(QObject):
    """Says yes. *Signals:* `said(bool)`."""

    said = Signal(bool)


def drift(one: object, act: Callable[[int], None]) -> int:
    """How far 100,000 calls move the reference count of that object."""
    act(0)
    before = sys.getrefcount(one)
    for number in range(CALLS):
        act(number)
    return abs(sys.getrefcount(one) - before)


@pytest.mark.parametrize("one", [None, True], ids=["None", "True"])
def test_a_hundred_thousand_emits_lose_no_reference(qtbot: QtBot, one: object) -> None:
    emitter, heard = Emitter(), [0]

    def hear(_yes: bool) -> None:
        heard[0] += 1

    emitter.said.connect(hear)
    assert drift(one, lambda _number: emitter.said.emit(True)) < CALLS // 1000
    assert heard == [CALLS + 1]


@pytest.mark.parametrize("one", [None, True], ids=["None", "True"])
def test_a_hundred_thousand_void_calls_lose_no_reference(qtbot: QtBot, one: object) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert drift(one, lambda number: label.setText("odd" if number % 2 else "even")) < CALLS // 1000
    assert label.text() == "odd"
