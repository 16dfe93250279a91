"""The day's curves: what is asked, drawn, marked and said, with keyboard and mouse, and when it cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.curves import panel as panel_module
from console.curves.panel import CurvesWindow
from console.curves.present import FIGURES, curves, quarter_text, questions, reading, rows, summary, tone
from console.desk import Desk
from console.questions import Questions
from console.sight import Sight
from console.theme import palette
from console.words import Words
from feeds.entities import Limit
from feeds.facts import AnyFact, LegBlocked
from feeds.figures import values
from feeds.floor import Floor
from feeds.requests import HistoryParams, HistoryResult
from tests.desk.conftest import options
from tests.desk.minimising import bring_back, put_away
from tests.gateway.floors import START, a_call, a_morning, small_site
from tests.gateway.harness import ListSource, gateway_in_a_thread
from tests.wall import floors
from widgets.curves.curve_texts import CurveText
from widgets.tones import Tone

pytestmark = pytest.mark.slow

EN, ZH = Words("en"), Words("zh_CN")
QUARTER = 900_000
BEGIN = floors.NOW - floors.NOW % QUARTER - 3 * QUARTER
WAIT_MS = 60_000
POINTS: dict[str, list[float | None]] = {
    "offered": [100, 120, 80, 40], "answered": [99, 110, 70, 40], "answer_rate_a2": [99.0, 91.7, 87.5, 100.0],
    "service_level_f1": [90.0, 70.0, 60.0, 95.0], "waiting_mean": [0.4, 2.5, 3.0, 0.1],
    "on_queue_mean": [30.0, 28.0, 20.2, 30.0], "staffed_mean": [40.0, 40.0, 40.0, 40.0], "need": [28, 30, None, 20],
}  # fmt: skip


def found(**changes: Any) -> dict[str, HistoryResult]:
    return {
        figure: HistoryResult(figure, "site", "X/1", BEGIN, 900, POINTS[figure], **changes) for figure in FIGURES
    }  # fmt: skip


def with_limits() -> Sight:
    sight = floors.sight()
    assert sight.site is not None
    limits = [*sight.site.limits, Limit("service_level_f8", "site", "30m", "high", 80.0, 65.0)]
    sight.entities.put(replace(sight.site, limits=limits))
    return sight


def test_the_whole_day_is_asked_from_midnight_in_the_floors_zone_and_a_span_from_a_quarter() -> None:
    asked = questions(floors.sight(), "queue:claim", 24)
    assert [one.figure for one in asked] == list(FIGURES)
    assert quarter_text(floors.sight(), asked[0].begin, 0) == "00:00–00:15"
    assert asked[0].end == floors.NOW + 1 and asked[0].scope == "queue:claim"
    late = questions(floors.sight(), "site", 2)[0]
    assert late.begin % QUARTER == 0 and 0 <= floors.NOW - 7_200_000 - (late.begin - QUARTER) < QUARTER


def test_only_what_is_beyond_its_limit_has_a_tone() -> None:
    sight, answers = with_limits(), found()
    assert [tone(sight, "site", "answer_rate_a2", answers, step) for step in range(4)] == [
        Tone.CALM, Tone.WARN, Tone.CRITICAL, Tone.CALM,
    ]  # fmt: skip
    assert [tone(sight, "site", "on_queue_mean", answers, step) for step in range(4)] == [
        Tone.CALM, Tone.WARN, Tone.CALM, Tone.CALM,  # where no need is known nobody is short
    ]  # fmt: skip
    assert {tone(sight, "site", figure, answers, 1) for figure in ("offered", "need", "staffed_mean")} == {Tone.CALM}


def test_a_rate_of_too_few_calls_has_no_tone() -> None:
    answers = found()
    answers["offered"] = replace(answers["offered"], points=[3, 3, 3, 3])
    assert tone(with_limits(), "site", "answer_rate_a2", answers, 2) is Tone.CALM


def test_a_quarter_in_which_callers_were_refused_misses_its_service_level() -> None:
    """By the limit of the live figure, for which nobody is refused who did not wait."""
    facts: list[AnyFact] = [fact for number in range(30) for fact in a_call(number, "claim", START, number % 8)]
    facts += [LegBlocked(at=START, leg=f"b{n}", call=f"b{n}", queue="claim", reason="full") for n in range(10)]
    floor = Floor(small_site())
    for rev, fact in enumerate(sorted(facts, key=lambda fact: fact.at), 1):
        floor.apply(fact, rev)
    counted, _ = values(floor.tally("site", START, START + QUARTER), floor.site.figures, basis="cohort", by_call=True)
    answers = {name: HistoryResult(name, "site", "X/1", START, 900, [value]) for name, value in counted.items()}
    (level,) = (figure for figure in FIGURES if figure.startswith("service_level"))
    assert answers[level].points == [75.0]
    assert tone(with_limits(), "site", level, answers, 0) is Tone.WARN


def test_limits_are_drawn_and_gaps_and_the_open_quarter_are_marked() -> None:
    text = curves(with_limits(), "site", found(incomplete=[1]), EN)
    assert [pane.title for pane in text.panes] == [
        "Calls a quarter", "Answer rate and service level", "Callers waiting", "Agents and need",
    ]  # fmt: skip
    assert [limit.label for limit in text.panes[1].limits] == ["Answer rate ≥ 95%", "Service level, strict ≥ 80%"]
    assert (text.incomplete, text.unfinished, text.steps) == (frozenset({1}), True, 4)
    need = text.panes[3].curves[2]
    assert need.dashed and need.values == (28.0, 30.0, None, 20.0)


def test_the_axis_is_in_the_floors_zone() -> None:
    labels = [label for _, label in curves(with_limits(), "site", found(), EN).ticks]
    assert labels == ["13:45", "14:00", "14:15", "14:30", "14:45"]


def test_the_cursor_reads_all_values_of_a_quarter() -> None:
    text = reading(with_limits(), found(), 2, EN)
    assert text.startswith("14:15–14:30 · Offered 80 · Answered 70 · Answer rate 87.5%")
    assert "Needed —" in text
    assert reading(with_limits(), found(), 3, EN).endswith("not over yet")
    assert reading(with_limits(), found(incomplete=[2]), 2, EN).endswith("facts are missing")
    assert reading(with_limits(), {}, 0, EN) == ""


def test_the_summary_says_what_the_curves_show() -> None:
    assert summary(with_limits(), "site", found(), EN) == (
        "All queues: 340 offered and 319 answered in the time shown; busiest 14:00–14:15 with 120; "
        "answer rate below its target in 2 of 4 quarters; fewer agents on the queue than needed in 1"
    )
    assert summary(with_limits(), "site", found(), ZH).startswith("全部：所示时段请求 340")
    many = {**found(), "offered": replace(found()["offered"], points=[12_000, 3, 2, 1])}
    assert "12,006 offered" in summary(with_limits(), "site", many, EN)
    assert "with 12,000;" in summary(with_limits(), "site", many, EN)


def test_the_table_has_the_newest_quarter_first_and_marks_what_is_incomplete() -> None:
    lines = rows(with_limits(), "site", found(incomplete=[0]), EN)
    assert [line.cells[0] for line in lines] == ["14:30–14:45", "14:15–14:30", "14:00–14:15", "13:45–14:00 *"]
    assert lines[1].cells[1:] == ("80", "70", "87.5%", "60%", "3.0", "20.2", "40.0", "—")
    assert lines[1].tone is Tone.CRITICAL


class Asker(QObject):
    """Takes questions and answers all of them when a test wants it."""

    told = Signal(int, object)
    reading = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, HistoryParams]] = []

    def ask(self, number: int, method: str, params: HistoryParams, answer: type) -> bool:
        self.asked.append((number, params))
        return True

    def answer(self, answers: dict[str, HistoryResult] | Exception) -> None:
        asked, self.asked = self.asked, []
        for number, params in asked:
            self.told.emit(number, answers if isinstance(answers, Exception) else answers[params.figure])


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[tuple[CurvesWindow, Asker]]:
    asker = Asker()
    window = CurvesWindow(Questions(asker))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.set_look(EN, palette("light"))
    assert window.table is not None
    QAbstractItemModelTester(window.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    window.open_scope("site", with_limits())
    yield window, asker
    window.end()


def drawn(window: CurvesWindow, asker: Asker, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: window.plot is not None, timeout=WAIT_MS)
    asker.answer(found(incomplete=[1]))
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.plot, timeout=WAIT_MS)
    return window.plot


def test_a_sign_of_progress_is_shown_until_the_curves_can_be_drawn(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    assert window.progress.isVisible() and window.waiting.text() == "Preparing the curves…"
    drawn(window, asker, qtbot)
    assert not window.progress.isVisible()


def test_the_cursor_moves_with_the_arrow_keys_and_reads_out_what_is_there(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    plot = drawn(window, asker, qtbot)
    assert window.readout.text() == "Move the mouse or press ← → to read values"
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert window.readout.text().startswith("14:30–14:45") and window.readout.accessibleName() == window.readout.text()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert window.readout.text().startswith("14:15–14:30")
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert window.readout.text().startswith("13:45–14:00")
    assert plot.accessibleName() and "340 offered" in plot.accessibleDescription()


@pytest.mark.parametrize("width", [640, 920])
def test_all_values_of_a_quarter_have_room_and_move_no_curve(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot, width: int
) -> None:
    window, asker = opened
    window.resize(width, 680)
    plot = drawn(window, asker, qtbot)
    QApplication.processEvents()
    before = plot.geometry()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
        QApplication.processEvents()
        readout = window.readout
        wraps, text = int(Qt.TextFlag.TextWordWrap), readout.text()
        needed = readout.fontMetrics().boundingRect(0, 0, readout.width(), 10_000, wraps, text).height()
        assert needed <= readout.height() and readout.width() < width
    assert plot.geometry() == before


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_lines_of_the_grid_are_thin_however_much_the_data_is_scaled(qapp: QApplication, ratio: int) -> None:
    from widgets.curves.curve_parts import Ground  # pyqtgraph is loaded when curves are wanted

    grid, image = Ground(), QImage(80 * ratio, 20 * ratio, QImage.Format.Format_RGB32)
    grid.show_grid([2.0], palette("light"))
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(20.0, 1.0)
    grid.paint(painter, None)
    painter.end()
    assert sum(image.pixelColor(x, 10) != QColor("white") for x in range(image.width())) == ratio


def test_curves_are_drawn_anew_in_other_colours_and_words(opened: tuple[CurvesWindow, Asker], qtbot: QtBot) -> None:
    window, asker = opened
    plot = drawn(window, asker, qtbot)
    window.set_look(ZH, palette("dark"))
    assert plot.colours.is_dark and window.windowTitle() == "今日曲线"
    image = plot.grab().toImage()
    assert image.pixelColor(3, 3) == palette("dark").panel


def test_what_was_kept_of_a_curve_is_not_drawn_after_another_size_or_other_values(qtbot: QtBot) -> None:
    from widgets.curves.curve_plot import CurvePlot

    plot = CurvePlot(palette("light"))
    qtbot.addWidget(plot)
    plot.show()

    def shown() -> QImage:
        for _ in range(2):  # axes find their width when they are painted first
            plot.grab()
        return plot.grab().toImage()

    def drawn_anew() -> QImage:
        for pane, text in zip(plot._panes, plot.text.panes, strict=True):
            for curve, one in zip(pane.curves, text.curves, strict=True):
                curve.show_curve(one, plot.colours, curve.boundingRect())
                curve._place = None
        return plot.grab().toImage()

    text = curves(with_limits(), "site", found(), EN)
    calls, rates, *rest = text.panes
    lower = [replace(one, values=tuple(value and value - 5 for value in one.values)) for one in rates.curves]
    plot.set_text(text)
    first = shown()
    plot.setFixedSize(700, 380)
    second = shown()
    assert second == drawn_anew()
    plot.set_text(replace(text, panes=(calls, replace(rates, curves=tuple(lower)), *rest)))
    third = shown()
    assert third == drawn_anew()
    assert first.size() != second.size() and second != third


@pytest.mark.parametrize("dashed", [False, True])
def test_a_value_without_neighbours_is_drawn_too(qapp: QApplication, dashed: bool) -> None:
    from widgets.curves.curve_plot import _Curve

    def dark(*values: float | None) -> list[int]:
        curve, image = _Curve(), QImage(100, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        text = CurveText("offered", "Offered", values, (Tone.CALM,) * len(values), dashed=dashed)
        curve.show_curve(text, palette("light"), QRectF(0, 0, 4, 4))
        painter = QPainter(image)
        painter.scale(20.0, 10.0)
        curve.paint(painter, None)
        painter.end()
        return [x for x in range(100) if any(image.pixelColor(x, y) != QColor("white") for y in range(40))]

    assert not dark(None, None, None)
    alone = dark(None, None, 2.0, None, None)
    assert alone and min(alone) >= 35 and max(alone) <= 45
    assert dark(2.0), "the first quarter after midnight"


def test_the_table_takes_the_place_of_the_curves_and_another_scope_is_asked_for(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    drawn(window, asker, qtbot)
    window.as_table.click()
    assert not window.readout.isVisibleTo(window), "a table needs no hint how to read a curve"
    assert window.table is not None and window.stack.currentWidget() is window.table
    assert len(window.table.lines.rows) == 4
    claims = next(action for action in window.scopes.menu().actions() if action.text() == "Claims")
    claims.trigger()
    assert {params.scope for _, params in asker.asked} == {claims.data()}
    window.spans[2].click()
    assert asker.asked[-1][1].begin >= floors.NOW - 7_200_000


def test_the_curves_of_another_history_are_not_shown_when_a_recording_was_moved(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    plot = drawn(window, asker, qtbot)
    window.look_at(with_limits())
    assert not asker.asked and window.stack.currentWidget() is plot
    window.look_at(replace(with_limits(), epoch="elsewhere"))
    assert len(asker.asked) == len(FIGURES) and window.stack.currentWidget() is not plot
    assert not window.summary.text()
    asker.answer(found())
    qtbot.waitUntil(lambda: window.stack.currentWidget() is plot)


def test_an_answer_that_fails_is_said_and_what_is_drawn_stays(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window, asker = opened
    plot = drawn(window, asker, qtbot)
    window.ask()
    asker.answer(RuntimeError("the line is dead"))
    qtbot.waitUntil(window.trouble.isVisible)
    assert "the line is dead" in window.trouble.text()
    assert window.stack.currentWidget() is plot
    assert "could not be asked" in caplog.text


def test_a_machine_that_cannot_draw_still_has_the_table(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(panel_module, "import_module", refuse)
    asker = Asker()
    window = CurvesWindow(Questions(asker))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.set_look(EN, palette("light"))
    window.open_scope("site", with_limits())
    qtbot.waitUntil(window.trouble.isVisible)
    assert "cannot be drawn" in window.trouble.text()
    asker.answer(found())
    qtbot.waitUntil(lambda: window.table is not None and len(window.table.lines.rows) == 4)
    assert window.stack.currentWidget() is window.table
    window.end()
    assert "cannot be loaded" in caplog.text


def test_a_closed_window_asks_no_more(opened: tuple[CurvesWindow, Asker], qtbot: QtBot) -> None:
    window, asker = opened
    drawn(window, asker, qtbot)
    window.close()
    assert not window._again.isActive() and asker.asked == []


def test_whoever_reads_long_is_not_asked_the_same_again_before_the_end_of_it(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    window._again.setInterval(1)
    with qtbot.waitSignals([window._again.timeout] * 3, timeout=WAIT_MS):
        pass
    assert len(asker.asked) == len(FIGURES), "asked anew each half minute, what takes longer would never be drawn"
    drawn(window, asker, qtbot)
    qtbot.waitUntil(lambda: len(asker.asked) == len(FIGURES))


def test_a_window_that_was_put_away_while_it_asked_has_its_answer_when_it_is_brought_back(
    opened: tuple[CurvesWindow, Asker], qtbot: QtBot
) -> None:
    window, asker = opened
    put_away(window, qtbot)
    bring_back(window, qtbot)
    assert len(asker.asked) == len(FIGURES)
    drawn(window, asker, qtbot)
    put_away(window, qtbot)
    asker.asked.clear()
    window._let_go()
    bring_back(window, qtbot)
    qtbot.waitUntil(lambda: len(asker.asked) == len(FIGURES))  # what it shows would be of before


def test_the_scopes_are_those_of_the_floor_that_is_told(opened: tuple[CurvesWindow, Asker]) -> None:
    window, _ = opened
    elsewhere = replace(with_limits(), epoch="elsewhere")
    elsewhere.entities.drop("queue:claim")
    window.look_at(with_limits())
    assert "queue:claim" in [action.data() for action in window.scopes.menu().actions()]
    window.look_at(elsewhere)
    assert "queue:claim" not in [action.data() for action in window.scopes.menu().actions()]


def test_the_day_of_a_real_gateway_is_drawn(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    source = ListSource(a_morning(), mode="simulated")
    with gateway_in_a_thread(small_site(), source, tmp_path, speed=5000.0) as url:
        desk = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        desk.start()
        try:
            day: Callable[[], Any] = lambda: desk.session.live.sight().figures("site", "today")  # noqa: E731
            qtbot.waitUntil(lambda: day() is not None and day().values["offered"] == 24, timeout=WAIT_MS)
            desk.asides.look_at(desk.session.live.sight())
            desk.queues.curves_asked.emit("queue:claim")
            window = desk.asides.curves
            assert window is not None
            qtbot.waitUntil(lambda: len(window.found) == len(FIGURES), timeout=WAIT_MS)
            qtbot.waitUntil(lambda: window.stack.currentWidget() is window.plot, timeout=WAIT_MS)
            assert sum(value or 0 for value in window.found["offered"].points) == 6
        finally:
            desk.stop()
