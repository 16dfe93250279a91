"""Who is asked about an agent's day, and what the panel shows while nobody can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from console.agent import asking
from console.agent.asking import Past
from console.agent.past import HOURS_2, no_calls, timeline
from console.desk import Desk
from console.questions import Questions
from console.words import Words
from feeds.answers import NotConnected, Refused
from feeds.entities import Seat
from feeds.records import LegRecord
from feeds.requests import AgentParams, AgentResult, CallsResult
from feeds.wire import ErrorBody
from tests.agent.test_present import KEY, a_sight
from tests.desk.conftest import make_desk as make_desk
from tests.wall import floors

EN, ZH = Words("en"), Words("zh_CN")
OTHER = "seat:002"


A_LEG = LegRecord(leg="l", call="c", queue="claim", joined_at=floors.NOW - 1, outcome="answered", wait_ms=0, agent="7")


class Gateway(QObject):
    """Keeps what it is asked, to be answered when a test says so."""

    told = Signal(int, object)
    reading = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, str, object]] = []

    def ask(self, number: int, method: str, params: object, answer: type) -> bool:
        self.asked.append((number, method, params))
        return True

    def numbers(self, method: str) -> list[int]:
        return [number for number, name, _ in self.asked if name == method]

    def answer(self, method: str, answer: object) -> None:
        """To the newest question of that method."""
        self.told.emit(self.numbers(method)[-1], answer)


def a_day(agent: str = "7", **figures: float) -> AgentResult:
    figures = figures or {"answered": 41.0, "aht": 300.0}
    return AgentResult(agent=agent, begin=0, end=floors.NOW, known_from=0, spans=[], figures=dict(figures))


def some_calls(total: int) -> CallsResult:
    return CallsResult("answered", "agent:7", "answered/1", "today", 0, floors.NOW, floors.NOW, total, [], [])


def a_seat(key: str = KEY, agent: str = "7") -> Seat:
    seat = a_sight().entities[KEY]
    assert isinstance(seat, Seat)
    return replace(seat, key=key, agent=agent)


@pytest.fixture
def gateway(qapp: QApplication) -> Gateway:
    return Gateway()


@pytest.fixture
def past(gateway: Gateway) -> Iterator[Past]:
    made = Past(Questions(gateway))  # type: ignore[arg-type]
    yield made
    made.stop()


def test_the_day_of_one_person_is_never_shown_for_another_whom_nobody_can_be_asked_about(
    gateway: Gateway, past: Past, qtbot: QtBot
) -> None:
    past.follow(a_seat())
    gateway.answer("agent", a_day())
    gateway.answer("calls", some_calls(3))
    qtbot.waitUntil(lambda: past.told is not None and past.calls_total == 3)
    past.follow(a_seat(), ask=False)
    assert past.told is not None, "what was told of the same person stays while the link is gone"
    past.follow(a_seat(OTHER, "8"), ask=False)
    assert (past.told, past.calls_total, past.calls) == (None, None, ())
    assert len(gateway.asked) == 2, "there is nobody to ask"
    past.follow(a_seat(OTHER, "8"))
    assert gateway.asked[-2][2] == AgentParams(seat="002"), "asked at once when the link is back"


def test_the_panel_of_a_desk_whose_link_is_gone_has_no_figures_of_whom_was_shown_before(
    make_desk: Callable[..., Desk],
) -> None:
    panel, live = make_desk("--lang", "en").agent, a_sight()
    live.entities.put(replace(a_seat(OTHER, "8"), agent_en="Li Na"))
    panel.look_at(live)
    panel.show_seat(KEY)
    panel.past.told, panel.past.calls_total, panel.past.calls = a_day(), 1, (A_LEG,)
    panel.present_now()
    assert [frame.isHidden() for frame in panel.counts.findChildren(QFrame)].count(False) >= 5
    assert not panel.counts.isHidden() and panel.calls.lines.rows
    panel.look_at(replace(live, stale=True))
    panel.show_seat(OTHER)
    panel.present_now()
    assert panel.who.toolTip() == "Li Na" and panel.counts.isHidden()
    assert not panel.calls.lines.rows and "data is old" in panel.line.text.empty


def test_another_history_and_another_day_are_asked_about_anew(gateway: Gateway, past: Past, qtbot: QtBot) -> None:
    past.follow(a_seat(), history="one", day=date(2026, 11, 22))
    gateway.answer("agent", a_day())
    gateway.answer("calls", some_calls(3))
    qtbot.waitUntil(lambda: past.told is not None and past.calls_total == 3)
    past.follow(a_seat(), history="two", day=date(2026, 11, 22))
    assert (past.told, past.calls_total) == (None, None), "a recording was moved back: what was told lies ahead"
    assert len(gateway.numbers("agent")) == 2
    gateway.answer("agent", a_day())
    gateway.answer("calls", some_calls(1))
    qtbot.waitUntil(lambda: past.told is not None and past.calls_total == 1)
    past.follow(a_seat(), history="two", day=date(2026, 11, 23))
    past._pause.stop()  # the two seconds between questions are over
    past.follow(a_seat(), history="two", day=date(2026, 11, 23))
    assert len(gateway.numbers("agent")) == 3 and past.told is not None


def test_a_day_that_was_not_told_says_why_and_is_asked_for_again(
    gateway: Gateway, past: Past, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AGAIN_MS", 50)
    past.follow(a_seat())
    gateway.answer("agent", NotConnected("it went away"))
    qtbot.waitUntil(lambda: past.failed != "")
    sight = a_sight()
    assert "it went away" in timeline(sight, a_seat(), past.told, HOURS_2, EN, past.failed).empty
    gateway.answer("calls", NotConnected("it went away"))
    qtbot.waitUntil(lambda: past.calls_failed != "")
    assert no_calls(sight, past.calls_total, ZH, past.read, past.calls_failed) == "无法取得：it went away"
    qtbot.waitUntil(lambda: len(gateway.numbers("agent")) == 2)
    gateway.answer("agent", a_day())
    gateway.answer("calls", some_calls(0))
    qtbot.waitUntil(lambda: past.told is not None and past.calls_total == 0)
    assert (past.failed, past.calls_failed) == ("", "")


def test_what_the_gateway_said_no_to_is_not_asked_over_and_over(
    gateway: Gateway, past: Past, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AGAIN_MS", 0)
    monkeypatch.setattr(asking, "PAUSE_MS", 0)
    past.follow(a_seat())
    gateway.answer("agent", Refused(ErrorBody("forbidden", "not in your scope")))
    gateway.answer("calls", some_calls(0))
    qtbot.waitUntil(lambda: past.failed == "not in your scope" and past.calls_total == 0)
    for _ in range(5):
        past.follow(a_seat())
        QApplication.processEvents()  # the pause before the next question is nought here
    assert len(gateway.numbers("agent")) == 1
