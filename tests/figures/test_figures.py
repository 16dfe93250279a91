"""A figure opened: what it is made of in words, its calls page by page, and what is said where there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.figure_names import FIGURES
from console.desk import Desk
from console.figures.panel import PAGE, REST, FigureWindow
from console.figures.present import COLUMNS, NOT_OF_CALLS, Asked, call_lines, figure, shown
from console.phrases.figures import number_text
from console.questions import Questions
from console.theme import palette
from console.words import Words
from feeds.answers import NotConnected
from feeds.definitions import DEFINITIONS
from feeds.entities import Alarm, Queue
from feeds.ledger import behind
from feeds.records import LegRecord
from feeds.requests import CallsParams, CallsResult
from tests.desk.conftest import options
from tests.desk.minimising import bring_back, put_away
from tests.gateway.floors import a_morning, small_site
from tests.gateway.harness import ListSource, gateway_in_a_thread
from tests.wall import floors
from widgets.tables.sheet import sheet_of
from widgets.tones import Tone

EN, ZH = Words("en"), Words("zh_CN")
WAIT_MS = 60_000


def a_leg(place: int, **changes: Any) -> LegRecord:
    values = {
        "leg": f"l{place}", "call": f"c{place}", "queue": "claim", "joined_at": floors.NOW - 60_000 + place,
        "outcome": "answered", "wait_ms": 4000, "number": "138****5678", "agent": "1101", "talk_ms": 60_000,
        "acw_ms": 5000,
    }  # fmt: skip
    return LegRecord(**{**values, **changes})


def a_result(count: int = 2, total: int | None = None, **changes: Any) -> CallsResult:
    values: dict[str, Any] = {
        "figure": "answer_rate_a2", "scope": "queue:claim", "definition": "A2/2", "window": "30m",
        "begin": floors.NOW - 1_800_000, "end": floors.NOW + 1, "at": floors.NOW, "total": total or count,
        "calls": [a_leg(number) for number in range(count)], "counted": [True] * count, "over": count, "ratio": True,
        "value": 96.4,
    }  # fmt: skip
    return CallsResult(**{**values, **changes})


def facts(asked: Asked, found: CallsResult | None, words: Words = EN) -> dict[str, str]:
    return {fact.label: fact.value for fact in figure(floors.sight(), asked, found, words).facts}


ASKED = Asked("queue:claim", "answer_rate_a2", "30m")


def test_a_figure_says_its_formula_window_definition_source_and_parts() -> None:
    found = facts(ASKED, a_result(98, total=97, over=95, hidden=3))
    assert found["Formula"] == DEFINITIONS["answer_rate_a2"].formula_en
    assert found["Definition"] == "A2/2 · HANDBOOK 1.3"
    assert found["Window"].startswith("30 min · ") and found["Window"].endswith("14:32:08")
    assert found["Made of"] == "95 ÷ 100 calls"
    assert found["Out of sight"].startswith("3 of them out of your scope")
    assert facts(ASKED, None, ZH)["口径"] == DEFINITIONS["answer_rate_a2"].formula_zh


def test_the_value_is_the_one_that_the_gateway_counted_with_the_calls() -> None:
    text = figure(floors.sight(), ASKED, a_result(value=12.0), EN)
    assert (text.title, text.value, text.target) == ("Answer rate · Claims", "12.0%", "target ≥ 95%")
    assert figure(floors.sight(), ASKED, None, EN).value == "97.1%"


def test_figures_of_time_say_why_no_calls_stand_behind_them_and_all_others_can_be_opened() -> None:
    assert {name for name in FIGURES if behind(name) is None} == NOT_OF_CALLS
    text = figure(floors.sight(), Asked("site", "occupancy", "30m"), None, EN)
    assert text.why_none.startswith('No calls stand behind "Occupancy"')


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("words", [EN, ZH])
def test_every_figure_opens_in_both_languages(name: str, words: Words) -> None:
    found = a_result(figure=name, ratio=False)
    text = figure(floors.sight(), Asked("site", name, "today"), found if behind(name) else None, words)
    assert text.title and len(text.facts) >= 4


def test_what_counts_only_below_is_faint_and_says_so() -> None:
    legs = [a_leg(1), a_leg(2, outcome="abandoned", short=True, agent="", talk_ms=None, acw_ms=0)]
    lines = call_lines(floors.sight(), a_result(calls=legs, counted=[True, False]), EN)
    assert [line.faint for line in lines] == [False, True]
    assert lines[0].cells[3:] == ("answered", "00:04", "1101", "01:05", "counts")
    assert lines[1].cells[3:] == ("short abandon", "00:04", "—", "—", "only below")


def test_a_caller_who_waits_has_waited_until_now_and_an_unmasked_number_is_masked() -> None:
    leg = a_leg(1, outcome="waiting", joined_at=floors.NOW - 75_000, number="13812345678", talk_ms=None, wait_ms=0)
    (line,) = call_lines(floors.sight(), a_result(1, calls=[leg]), EN)
    assert (line.cells[2], line.cells[4]) == ("138****5678", "01:15")


def test_a_call_lasts_as_long_in_its_line_as_in_the_figure_that_it_makes() -> None:
    leg = a_leg(1, wait_ms=20_400, talk_ms=60_000, hold_ms=0, acw_ms=5_100)
    found = a_result(1, calls=[leg], figure="longest_wait", value=20.4)
    (line,) = call_lines(floors.sight(), found, EN)
    assert line.cells[4] == figure(floors.sight(), Asked("site", "longest_wait", "30m"), found, EN).value == "00:21"
    assert line.cells[6] == number_text("aht", 65.1) == "01:06"


def test_a_caller_who_waited_then_is_listed_as_of_the_moment_of_the_figure() -> None:
    leg = a_leg(1, outcome="waiting", joined_at=floors.NOW - 200_000, talk_ms=None, wait_ms=0)
    (line,) = call_lines(floors.sight(), a_result(1, calls=[leg], at=floors.NOW - 100_000), EN)
    assert line.cells[4] == "01:40"


def test_no_calls_and_only_hidden_ones_are_told_apart() -> None:
    assert "none happened" in shown(a_result(0, total=0), 0, EN)
    assert shown(a_result(0, total=0, hidden=4), 0, EN).endswith("all calls behind this figure (4)")
    assert shown(a_result(2, total=1234), 200, EN) == "200 of 1,234 calls shown"


class Asker(QObject):
    """Takes questions and answers when a test wants it."""

    told = Signal(int, object)
    reading = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, CallsParams]] = []

    def ask(self, number: int, method: str, params: CallsParams, answer: type) -> bool:
        self.asked.append((number, params))
        return True

    def answer(self, found: object) -> None:
        self.told.emit(self.asked[-1][0], found)


@pytest.fixture
def opened(qtbot: QtBot) -> tuple[FigureWindow, Asker]:
    asker = Asker()
    window = FigureWindow(Questions(asker))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.set_look(EN, palette("light"))
    assert window.table is not None
    QAbstractItemModelTester(window.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    window.open_figure(ASKED, floors.sight())
    return window, asker


def test_how_far_the_gateway_is_that_reads_the_past_is_shown_until_it_has_answered(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    assert window.count.text() == EN("figures.asking") and window.progress.isHidden()
    asker.reading.emit(asker.asked[-1][0], 0.437)
    qtbot.waitUntil(lambda: not window.progress.isHidden())
    assert window.count.text() == "The gateway reads the past: 43%"
    assert window.progress.value() == 43 and window.progress.accessibleName() == window.count.text()
    asker.answer(a_result(2))
    qtbot.waitUntil(lambda: "2 of" in window.count.text() or "2 calls" in window.count.text())
    assert window.progress.isHidden()
    window.ask_again()
    asker.reading.emit(asker.asked[0][0], 0.9)  # of the question before, late
    QCoreApplication.sendPostedEvents()
    assert window.progress.isHidden() and window.count.text() == EN("figures.asking")


def test_the_window_asks_for_the_newest_calls_and_for_more_when_the_end_comes_into_sight(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    first = asker.asked[-1][1]
    assert (first.limit, first.order, first.at, first.after) == (PAGE, "-joined", None, "")
    assert window.count.text() == "Asking the gateway…"
    asker.answer(a_result(PAGE, total=PAGE + 5))
    qtbot.waitUntil(lambda: len(table.lines.rows) == PAGE)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: len(asker.asked) == 2)
    more = asker.asked[-1][1]
    assert (more.after, more.at) == (f"l{PAGE - 1}", floors.NOW)
    rest = [a_leg(number) for number in range(PAGE, PAGE + 5)]
    asker.answer(a_result(5, total=PAGE + 5, calls=rest, value=None))
    qtbot.waitUntil(lambda: len(table.lines.rows) == PAGE + 5)
    assert window.count.text() == "205 of 205 calls shown" and window.value.text() == "96.4%"


def test_every_call_is_brought_before_all_of_them_are_written_to_a_file(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table, done = window.table, list[int]()
    assert table is not None and table.whole is not None
    total = PAGE + REST + 5
    asker.answer(a_result(PAGE, total=total))
    qtbot.waitUntil(lambda: len(table.lines.rows) == PAGE)
    table.whole(lambda: done.append(len(table.lines.rows)))
    for begin, end in ((PAGE, PAGE + REST), (PAGE + REST, total)):
        more = asker.asked[-1][1]
        assert (more.limit, more.after, more.at) == (REST, f"l{begin - 1}", floors.NOW) and not done
        calls = [a_leg(number) for number in range(begin, end)]
        asker.answer(a_result(end - begin, total=total, calls=calls, value=None))
        qtbot.waitUntil(lambda end=end: len(table.lines.rows) == end)
    assert done == [total]
    table.whole(lambda: done.append(0))
    assert done == [total, 0], "nothing is asked where all is there"


def test_a_printed_list_of_calls_says_which_figure_they_make(opened: tuple[FigureWindow, Asker], qtbot: QtBot) -> None:
    window, asker = opened
    asker.answer(a_result(1))
    assert window.table is not None
    qtbot.waitUntil(lambda: bool(window.table.lines.rows))
    title = sheet_of(window.table).title
    assert title.startswith("Calls behind the figure · Answer rate · Claims · 30 min · ")


def test_a_title_sorts_in_the_gateway_and_one_that_cannot_does_nothing(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    asker.answer(a_result(3))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 3)
    wait = next(place for place, column in enumerate(COLUMNS) if column[0] == "wait")
    table.sort_asked.emit(wait)
    assert asker.asked[-1][1].order == "-wait"
    asker.answer(a_result(3))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 3)
    table.sort_asked.emit(wait)
    assert asker.asked[-1][1].order == "wait"
    asked = len(asker.asked)
    table.sort_asked.emit(2)
    assert len(asker.asked) == asked


def test_calls_that_cannot_be_sorted_now_stay_as_they_are_and_are_sorted_when_the_link_is_back(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    asker.answer(a_result(3, total=9))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 3)
    wait = next(place for place, column in enumerate(COLUMNS) if column[0] == "wait")
    window.look_at(floors.sight(stale=True))
    table.sort_asked.emit(wait)
    assert window.count.text() == "Asking the gateway…"
    asker.answer(NotConnected("it is closed"))
    qtbot.waitUntil(window.trouble.isVisible)
    assert len(table.lines.rows) == 3 and window.count.text() == "3 of 9 calls shown"
    assert table.lines.sorted_by == (0, True), "its title says how they stand"
    window.look_at(floors.sight())
    again = asker.asked[-1][1]
    assert (again.order, again.after) == ("-wait", "")
    asker.answer(a_result(4, total=9))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 4)
    assert table.lines.sorted_by == (wait, True) and not window.trouble.isVisible()


@pytest.mark.logs("a question could not be asked")
def test_a_question_that_fails_says_why_in_words(opened: tuple[FigureWindow, Asker], qtbot: QtBot) -> None:
    window, asker = opened
    asker.answer(RuntimeError("it is closed"))
    qtbot.waitUntil(window.trouble.isVisible)
    assert window.trouble.text() == "The calls could not be had: it is closed"
    assert window.table is not None and not window.table._empty, "that there were none is said by an answer alone"


def test_calls_that_are_listed_speak_the_language_of_the_desk(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    asker.answer(a_result(2))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 2)
    window.set_look(ZH, palette("light"))
    assert [line.cells[3] for line in table.lines.rows] == ["接通", "接通"]
    assert [line.cells[1] for line in table.lines.rows] == ["报案", "报案"]


def test_calls_stay_until_newer_ones_are_there_and_are_asked_for_again_when_the_link_is_back(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    asker.answer(a_result(3))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 3)
    live, cut = floors.sight(), floors.sight(stale=True)
    window.look_at(cut)
    window.ask_again()
    assert window.count.text() == "Asking the gateway…" and len(table.lines.rows) == 3
    asker.answer(NotConnected("it is closed"))
    qtbot.waitUntil(window.trouble.isVisible)
    assert len(table.lines.rows) == 3 and window.count.text() == "3 of 3 calls shown"
    asked = len(asker.asked)
    window.look_at(live)
    assert len(asker.asked) == asked + 1 and not window.trouble.isVisible()
    again = asker.asked[-1][1]
    assert (again.at, again.after) == (None, "")
    window.look_at(live)
    asker.answer(a_result(2, value=50.0))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 2)
    assert len(asker.asked) == asked + 1 and window.value.text() == "50.0%"


def test_calls_of_another_history_are_asked_for_when_a_recording_was_moved(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    asker.answer(a_result(3))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 3)
    asked = len(asker.asked)
    window.look_at(floors.sight())
    assert len(asker.asked) == asked
    window.look_at(floors.sight(epoch="elsewhere"))
    again = asker.asked[-1][1]
    assert len(asker.asked) == asked + 1 and (again.at, again.after) == (None, "")
    assert not table.lines.rows and window.count.text() == "Asking the gateway…"
    asker.answer(a_result(2, value=50.0))
    qtbot.waitUntil(lambda: len(table.lines.rows) == 2)
    assert window.value.text() == "50.0%"


def test_the_calls_and_the_value_of_another_history_are_gone_where_it_tells_none(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    table = window.table
    assert table is not None
    asker.answer(a_result(3, value=12.0))
    qtbot.waitUntil(lambda: window.value.text() == "12.0%")
    window.look_at(floors.sight(epoch="elsewhere"))
    asker.answer(NotConnected("it is closed"))
    qtbot.waitUntil(window.trouble.isVisible)
    assert (window.value.text(), table.lines.rows, window.count.text()) == ("97.1%", [], "")


@pytest.mark.parametrize(("language", "day"), [(EN, "22 Nov"), (ZH, "11月22日")])
def test_what_was_asked_for_today_is_not_called_so_after_midnight(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot, language: Words, day: str
) -> None:
    window, asker = opened
    window.set_look(language, palette("light"))
    window.open_figure(replace(ASKED, window="today"), floors.sight())
    asker.answer(a_result(3, window="today"))
    qtbot.waitUntil(lambda: window.found is not None)

    today = figure(floors.sight(), replace(ASKED, window="today"), window.found, language).window
    assert today.startswith(language("window.today")) and day not in today
    window.look_at(floors.sight(now=floors.NOW + 10 * 3600 * 1000))
    later = figure(window.sight, replace(ASKED, window="today"), window.found, language).window
    assert day in later and language("window.today") not in later
    assert window.table is not None and later in window.table.accessibleName()


def test_a_closed_window_lets_go_of_its_question(opened: tuple[FigureWindow, Asker], qtbot: QtBot) -> None:
    window, asker = opened
    window.close()
    asker.answer(a_result(3))
    QApplication.processEvents()
    assert window.table is not None and len(window.table.lines.rows) == 0


def test_a_window_that_was_put_away_while_it_asked_has_its_answer_when_it_is_brought_back(
    opened: tuple[FigureWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    put_away(window, qtbot)
    bring_back(window, qtbot)
    asker.answer(a_result(3))
    qtbot.waitUntil(lambda: window.table is not None and len(window.table.lines.rows) == 3)


def test_a_figure_opens_against_a_real_gateway(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    source = ListSource(a_morning(), mode="simulated")
    with gateway_in_a_thread(small_site(), source, tmp_path, speed=5000.0) as url:
        desk = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        desk.start()
        try:
            qtbot.waitUntil(lambda: desk.session.live.sight().queue("claim") is not None, timeout=WAIT_MS)
            day: Callable[[], Any] = lambda: desk.session.live.sight().figures("site", "today")  # noqa: E731
            qtbot.waitUntil(lambda: day() is not None and day().values["offered"] == 24, timeout=WAIT_MS)
            desk.asides.look_at(desk.session.live.sight())
            desk.asides.open_figure("site", "answer_rate_a2", "today")
            window = desk.asides.figure
            assert window is not None and window.table is not None
            table = window.table
            qtbot.waitUntil(lambda: len(table.lines.rows) > 0, timeout=WAIT_MS)
            found = window.found
            assert found is not None and found.value == found.over * 100 / (found.total + found.hidden)
            assert all("****" in line.cells[2] for line in table.lines.rows)
            qtbot.keyClick(window, Qt.Key.Key_Escape)
            assert not window.isVisible()
        finally:
            desk.stop()


@pytest.mark.parametrize(("value", "missed"), [(None, ""), (20.0, ""), (95.0, "beyond its limit")])
def test_an_opened_figure_is_beyond_its_limit_only_while_its_value_is(value: float | None, missed: str) -> None:
    entities = floors.floor()
    queue = entities["queue:rescue"]
    assert isinstance(queue, Queue) and isinstance(entities["alarm:queue:rescue:longest_wait_now:now"], Alarm)
    entities.put(replace(queue, oldest=None, waiting=0))
    found = a_result(0, figure="longest_wait_now", scope="queue:rescue", window="now", ratio=False, value=value)
    text = figure(floors.sight(entities), Asked("queue:rescue", "longest_wait_now", "now"), found, EN)
    assert text.missed == missed
    assert (text.tone is Tone.CALM) is not missed


def test_the_tone_of_an_opened_figure_is_the_floors() -> None:
    text = figure(floors.sight(), Asked("queue:rescue", "answer_rate_a2", "30m"), None, EN)
    assert (text.tone, text.missed) == (Tone.CRITICAL, "beyond its limit")
    assert figure(floors.sight(), ASKED, None, EN).missed == ""
