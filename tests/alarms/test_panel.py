"""The alarms' panel against a real gateway: several at once, shelved by a form, the journal, its sign that blinks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, QRectF, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from console.alarms.forms import AsideForm
from console.alarms.present import ACKNOWLEDGE, LOCATE, ORDERS, OUT, SHELVE
from console.desk import Desk
from console.machine import motion
from console.questions import Question
from console.theme import palette
from console.words import Words
from feeds.entities import Alarm
from feeds.facts import Tick
from feeds.records import Happening
from feeds.requests import JournalParams, JournalResult
from feeds.rules.alarm_orders import DECISIVE, decided_on
from tests.alarms.test_alarms import RESCUE, SITE, a_sight, put, unlimited
from tests.desk.conftest import make_desk as make_desk
from tests.desk.conftest import options
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread

pytestmark = pytest.mark.slow

WAIT_MS = 60_000
QUEUES = ("claim", "dual")
KEYS = tuple(f"alarm:queue:{queue}:waiting:now" for queue in QUEUES)


@contextmanager
def desk_on_a_floor(tmp_path: Path, token: str = "all-manager") -> Iterator[Desk]:
    """A desk on a floor where two queues have an alarm, that of the site being a consequence of theirs."""
    source = ToldSource()
    facts = everybody_signs_in()
    for number in range(6):
        facts += a_call(number, QUEUES[number % 2], START + number, ends=False)
    facts += [Tick(at=START + seconds * 1000) for seconds in range(1, 60)]
    source._told.put_nowait((facts, asyncio.Event()))
    with gateway_in_a_thread(small_site(), source, tmp_path) as url:
        desk = Desk(options("--lang", "en", url=url, token=token))
        desk.start()
        try:
            yield desk
        finally:
            desk.stop()


def choose(desk: Desk, keys: tuple[str, ...], qtbot: QtBot) -> None:
    table = desk.alarms.table
    qtbot.waitUntil(lambda: all(table.lines.place_of(key) >= 0 for key in keys), timeout=WAIT_MS)
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.clearSelection()
    for key in keys:
        table.selectionModel().select(table.lines.index_of(key), how)


def test_several_alarms_are_acknowledged_with_one_press_each_by_an_order_of_its_own(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with desk_on_a_floor(tmp_path) as desk:
        panel = desk.alarms
        QAbstractItemModelTester(panel.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
        choose(desk, KEYS, qtbot)
        qtbot.waitUntil(panel.acknowledge.isEnabled, timeout=WAIT_MS)
        assert panel.table.lines.place_of("alarm:site:waiting:now") < 0
        qtbot.mouseClick(panel.acknowledge, Qt.MouseButton.LeftButton)
        places = panel.table.lines
        qtbot.waitUntil(lambda: all(places.rows[places.place_of(key)].acknowledged for key in KEYS), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: panel.outcome.text().startswith("2 of 2 done"), timeout=WAIT_MS)
        site = desk.session.live.entities["alarm:site:waiting:now"]
        assert site.acknowledged_by == "all-manager"  # type: ignore[union-attr]
        expected = [given.expect for given in desk.orders.all()]
        assert all(one is not None and set(one[key]) == set(DECISIVE) for one in expected for key in one or {})
        assert {key for one in expected for key in one or {}} == set(KEYS)


def test_the_keyboard_goes_from_a_button_that_has_done_its_work_to_the_alarms_and_stays_there(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with desk_on_a_floor(tmp_path) as desk:
        panel, lines = desk.alarms, desk.alarms.table.lines
        qtbot.waitUntil(lambda: all(lines.place_of(key) >= 0 for key in KEYS), timeout=WAIT_MS)
        panel.table.choose(KEYS[0])
        qtbot.waitUntil(panel.acknowledge.isEnabled, timeout=WAIT_MS)
        panel.acknowledge.setFocus()
        qtbot.keyClick(panel.acknowledge, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: lines.rows[lines.place_of(KEYS[0])].acknowledged, timeout=WAIT_MS)
        assert desk.window.focusWidget() is panel.table
        panel.table.choose(KEYS[1])
        qtbot.waitUntil(panel.acknowledge.isEnabled, timeout=WAIT_MS)
        assert desk.window.focusWidget() is panel.table, "whoever walks through the alarms goes on"


def test_an_alarm_that_has_changed_under_the_hand_is_left_alone_and_the_panel_says_so(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with desk_on_a_floor(tmp_path) as desk:
        choose(desk, KEYS[:1], qtbot)
        alarm = desk.session.live.entities[KEYS[0]]
        assert isinstance(alarm, Alarm)
        milder = decided_on(replace(alarm, level="warn"))
        desk.orders.give(KEYS[0], ACKNOWLEDGE, {"alarm": KEYS[0]}, expect={KEYS[0]: milder})
        qtbot.waitUntil(lambda: "has changed since this was decided" in desk.alarms.outcome.text(), timeout=WAIT_MS)
        still = desk.session.live.entities[KEYS[0]]
        assert isinstance(still, Alarm) and not still.acknowledged_by


def test_hundreds_of_alarms_that_are_acknowledged_at_once_do_not_hold_the_window_up(
    make_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(a_sight())
    presented: list[int] = []
    monkeypatch.setattr(desk.alarms, "present", lambda _: presented.append(len(desk.orders.all())))
    for number in range(300):
        desk.orders.give(f"alarm:{number}", ACKNOWLEDGE, {"alarm": f"alarm:{number}"})
    assert presented == [1], "the first is told at once"
    qtbot.waitUntil(lambda: presented[-1] == 300, timeout=WAIT_MS)


def test_a_line_is_acknowledged_and_located_by_its_own_buttons_where_there_is_room(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with desk_on_a_floor(tmp_path) as desk:
        panel, located = desk.alarms, []
        panel.located.connect(located.append)
        desk.window.resize(1600, 1000)
        desk.window.show()
        lines = panel.table.lines
        qtbot.waitUntil(lambda: all(lines.place_of(key) >= 0 for key in KEYS), timeout=WAIT_MS)
        qtbot.waitUntil(lambda: panel.deeds.shown, timeout=WAIT_MS)

        def press(key: str, deed: str) -> None:
            last = lines.index(lines.place_of(key), lines.columnCount() - 1)
            panel.table.scrollTo(last)
            box = panel.deeds.boxes(QRectF(panel.table.visualRect(last)))[deed]
            qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())

        choose(desk, KEYS[:1], qtbot)
        assert lines.rows[lines.place_of(KEYS[1])].deeds == (ACKNOWLEDGE, SHELVE, LOCATE)
        press(KEYS[1], ACKNOWLEDGE)
        qtbot.waitUntil(lambda: lines.rows[lines.place_of(KEYS[1])].acknowledged, timeout=WAIT_MS)
        assert not lines.rows[lines.place_of(KEYS[0])].acknowledged, "the one that was chosen before is left alone"
        assert lines.rows[lines.place_of(KEYS[1])].deeds == (SHELVE, LOCATE)
        press(KEYS[0], LOCATE)
        assert located == ["queue:claim"]
        desk.window.resize(1100, 800)
        qtbot.waitUntil(lambda: not panel.deeds.shown, timeout=WAIT_MS)


def test_an_alarm_is_shelved_by_a_form_with_its_reason_and_comes_back_from_the_shelf(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with desk_on_a_floor(tmp_path) as desk:
        panel = desk.alarms
        choose(desk, KEYS[:1], qtbot)
        qtbot.waitUntil(panel.buttons["shelve"].isEnabled, timeout=WAIT_MS)
        panel.buttons["shelve"].click()
        (form,) = panel.findChildren(AsideForm)
        form.reason.setText("the phones are being changed")
        form.times.button(30).click()
        form.yes.click()
        qtbot.waitUntil(lambda: panel.table.lines.place_of(KEYS[0]) < 0, timeout=WAIT_MS)
        panel.show_page("aside")
        qtbot.waitUntil(lambda: panel.table.lines.place_of(KEYS[0]) >= 0, timeout=WAIT_MS)
        assert panel.table.lines.rows[0].cells[4].endswith("the phones are being changed")
        choose(desk, KEYS[:1], qtbot)
        qtbot.waitUntil(panel.buttons["unshelve"].isEnabled, timeout=WAIT_MS)
        panel.buttons["unshelve"].click()
        panel.show_page("journal")
        acts = lambda: [line.cells[0] for line in panel.table.lines.rows]  # noqa: E731
        qtbot.waitUntil(lambda: {"Shelved", "Off the shelf", "Raised"} <= set(acts()), timeout=WAIT_MS)
        shelved = next(line for line in panel.table.lines.rows if line.cells[0] == "Shelved")
        assert shelved.cells[4] == "all-manager"
        assert shelved.cells[5].endswith("the phones are being changed")


def test_an_alarm_that_changes_while_its_form_is_open_is_not_put_aside_as_it_was_never_seen(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    panel, given = desk.alarms, []
    monkeypatch.setattr(desk.orders, "give", lambda *order, expect: given.append((order[0], expect)))
    before = a_sight(level="warn", rights=("alarm.shelve",))
    desk.window.look_at(before)
    panel.table.selectAll()
    assert set(panel.table.chosen_keys) == {RESCUE, SITE}
    panel.buttons["shelve"].click()
    (form,) = panel.findChildren(AsideForm)
    form.reason.setText("known")
    form.times.buttons()[0].click()
    desk.window.look_at(a_sight(level="critical", rights=("alarm.shelve",)))
    assert form.yes.isEnabled(), "of the other nothing has changed"
    form.yes.click()
    warned = before.entities[RESCUE]
    assert isinstance(warned, Alarm)
    assert {key: expect[key] for key, expect in given}[RESCUE] == decided_on(warned)


def test_the_form_says_when_there_is_nothing_left_to_decide(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("--lang", "en")
    panel = desk.alarms
    desk.window.look_at(a_sight(level="warn", rights=("alarm.shelve",)))
    panel.table.choose(RESCUE)
    panel.buttons["shelve"].click()
    (form,) = panel.findChildren(AsideForm)
    form.reason.setText("known")
    form.times.buttons()[0].click()
    assert form.yes.isEnabled()
    desk.window.look_at(a_sight(level="critical", rights=("alarm.shelve",)))
    assert (form.yes.isEnabled(), form.why.text()[:21]) == (False, "the alarm has changed")
    gone = a_sight(rights=("alarm.shelve",))
    gone.entities.drop(RESCUE)
    desk.window.look_at(gone)
    assert (form.yes.isEnabled(), form.why.text()[:22]) == (False, "there is no such alarm")
    desk.window.look_at(a_sight(level="warn", rights=()))
    assert "no right" in form.why.text()
    desk.window.look_at(a_sight(level="warn", rights=("alarm.shelve",)))
    assert (form.yes.isEnabled(), form.why.text()) == (True, "")
    form.reject()


def test_a_right_that_is_missing_is_said_on_the_button(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with desk_on_a_floor(tmp_path, "all-supervisor") as desk:
        choose(desk, KEYS[:1], qtbot)
        qtbot.waitUntil(desk.alarms.acknowledge.isEnabled, timeout=WAIT_MS)
        assert not desk.alarms.buttons["out_of_service"].isEnabled()
        assert "no right" in desk.alarms.buttons["out_of_service"].toolTip()


@pytest.mark.parametrize(
    ("minutes", "reason", "says"), [(0, "why", "how long"), (30, " ", "reason"), (30, "known", "")]
)
def test_the_form_says_what_it_lacks_and_asks_only_when_nothing_is(
    minutes: int, reason: str, says: str, qtbot: QtBot
) -> None:
    form = AsideForm(Words("en"), palette("light"), ["one", "two"], longest=90)
    qtbot.addWidget(form)
    asked: list[tuple[str, int]] = []
    form.asked.connect(lambda why, time: asked.append((why, time)))
    form.open()
    if minutes:
        form.times.button(minutes).click()
    form.reason.setText(reason)
    assert says in form.why.text()
    assert form.yes.isEnabled() is (not says)
    form.accept()
    assert asked == ([] if says else [("known", 30)])
    assert [button.text() for button in form.times.buttons()] == ["15 min", "30 min", "1 h", "90 min"]
    form.reject()


def test_a_long_advice_leaves_the_alarm_to_be_seen_that_it_is_about(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("--lang", "en", size=(853, 521))  # what 1280 by 800 are at 150 %
    panel, advice = desk.alarms, "Go to the seat, check phone and person, and report to the centre manager. " * 4
    for _ in range(3):
        desk.window.look_at(a_sight(advice_en=advice))
        panel.table.choose(RESCUE)
        QApplication.processEvents()
    assert panel.table.viewport().height() >= panel.table.rowHeight(0)
    assert panel.advice.text().startswith("What to do: Go to") and panel.advice.text().endswith("…")
    assert panel.advice.accessibleName() == panel.advice.toolTip() == f"What to do: {advice}"
    desk.window.resize(1600, 1200)
    board = desk.window.board
    board.main.resizeDocks([board.by_name["alarms"]], [400], Qt.Orientation.Vertical)
    QApplication.processEvents()
    desk.window.look_at(a_sight(advice_en=advice))
    assert panel.advice.text() == f"What to do: {advice}"


def test_the_form_names_several_alarms_in_a_line_each_however_long_their_names_are(qtbot: QtBot) -> None:
    names = [f"Seat {number} {'Featherstonehaugh ' * 8}Idle: 00:53" for number in range(9)]
    form = AsideForm(Words("en"), palette("light"), names, longest=240)
    qtbot.addWidget(form)
    form.open()
    said = [one for one in form.findChildren(QLabel) if one.text().startswith("Seat ")]
    assert len(said) == 6 and all(one.height() >= one.sizeHint().height() for one in said)
    assert all("…" in one.text() and one.text().endswith("Idle: 00:53") for one in said)
    assert [one.toolTip() for one in said] == names[:6] == [one.accessibleName() for one in said]
    assert form.height() < 473, "and their buttons stay on a small screen"
    form.reject()


@pytest.mark.slow
def test_the_sign_of_an_urgent_alarm_blinks_while_it_is_seen_and_not_where_motion_is_reduced(
    make_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    panel = desk.alarms
    panel.look_at(a_sight())
    qtbot.waitUntil(lambda: not panel.table.lit)
    qtbot.waitUntil(lambda: panel.table.lit)
    panel.look_at(a_sight(acknowledged_by="w"))
    assert not panel._blink.isActive()
    assert panel.table.lit
    for chosen, reduced, blinks in (
        ("still", False, False),
        ("usual", True, True),
        ("system", True, False),
        ("system", False, True),
    ):
        monkeypatch.setattr(motion, "reduced", lambda reduced=reduced: reduced)
        desk.window.choose_look(replace(desk.window.look, motion=chosen))
        panel.look_at(a_sight())
        assert panel._blink.isActive() is blinks, (chosen, reduced)
    panel.parentWidget().hide()
    qtbot.waitUntil(lambda: not panel._blink.isActive())


def test_beside_what_to_do_it_is_said_why_nothing_can_be_done_yet(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").alarms
    sight = a_sight(advice_en="Move people")
    assert sight.welcome is not None
    panel.look_at(replace(sight, welcome=replace(sight.welcome, shared=True)))
    panel.table.choose(RESCUE)
    assert panel.advice.text() == "What to do: Move people"
    assert panel.outcome.text() == "Write your name first: several people use this credential"
    panel.who.setText("Wang")
    assert (panel.outcome.text(), panel.acknowledge.isEnabled()) == ("", True)


def test_consequences_are_shown_and_hidden_by_arrow_keys(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    panel = make_desk("--lang", "en").alarms
    sight = a_sight()
    put(sight, cause=RESCUE)
    panel.look_at(sight)
    panel.table.choose(RESCUE)
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    assert [line.key for line in panel.table.lines.rows] == [RESCUE, SITE]
    panel.table.choose(SITE)
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert ([line.key for line in panel.table.lines.rows], panel.table.chosen_key) == ([RESCUE], RESCUE)


def test_what_a_shelved_alarm_keeps_quiet_is_shown_and_hidden_among_what_was_put_aside(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    panel = make_desk("--lang", "en").alarms
    sight = a_sight(shelved_until=10**15, suppressed_by="wang")
    put(sight, cause=RESCUE)
    panel.look_at(sight)
    panel.show_page("aside")
    panel.table.choose(RESCUE)
    assert panel.unfold.isVisibleTo(panel)
    qtbot.mouseClick(panel.unfold, Qt.MouseButton.LeftButton)
    assert [line.key for line in panel.table.lines.rows] == [RESCUE, SITE]
    panel.table.choose(SITE)
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert [line.key for line in panel.table.lines.rows] == [RESCUE]


def test_the_form_says_what_stays_quiet_with_an_alarm(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").alarms
    sight = a_sight()
    put(sight, cause=RESCUE)
    panel.look_at(replace(sight, welcome=unlimited("manager", *ORDERS)))
    panel.table.choose(RESCUE)
    for order, said in (
        (SHELVE, "Alarms that stay quiet with it: 1"),
        (OUT, "Alarms that follow and will tell by themselves: 1"),
    ):
        panel.buttons[order.partition(".")[2]].click()
        form = panel.findChildren(AsideForm)[-1]
        assert any(one.text().startswith(said) for one in form.findChildren(QLabel))
        form.reject()


def test_every_button_says_what_it_is_for_and_the_journal_tells_when_it_cannot_be_had(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    panel = make_desk("--lang", "en").alarms
    panel.look_at(a_sight())
    for button in (*panel.buttons.values(), panel.sound, *panel.pages.values()):
        assert button.text()
    assert panel.buttons["acknowledge"].accessibleDescription() == "Choose an alarm first"
    panel.show_page("journal")
    assert panel.table.accessibleName() == "Journal", "what is printed is called what it is"
    qtbot.waitUntil(lambda: "cannot be had" in panel.table._empty)


def test_a_journal_that_could_not_be_had_is_asked_for_again_when_the_gateway_is_back(
    make_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    panel = desk.alarms
    sight = a_sight()
    panel.look_at(sight)
    panel.show_page("journal")
    qtbot.waitUntil(lambda: "cannot be had" in panel.table._empty)
    asked: list[str] = []
    monkeypatch.setattr(desk.questions, "ask", lambda method, *_: asked.append(method))
    panel.look_at(sight)
    panel.present_now()
    assert not asked, "not again and again"
    for seen in (replace(sight, stale=True), sight):
        panel.look_at(seen)
        panel.present_now()
    assert asked == ["journal"]


def test_all_of_the_journal_is_brought_before_it_is_written_to_a_file(
    make_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    panel, sight = desk.alarms, a_sight()
    asked: list[tuple[JournalParams, Callable[[JournalResult], None], Callable[[str], None]]] = []

    def ask(_: str, params: JournalParams, __: type, told: Any, failed: Any) -> Question:
        asked.append((params, told, failed))
        return Question(desk.questions, -len(asked))

    monkeypatch.setattr(desk.questions, "ask", ask)
    panel.look_at(sight)
    panel.show_page("journal")
    (params, told, _) = asked.pop()
    assert params.limit == 500
    alarm = sight.entities.get(SITE)
    assert alarm is not None
    happened = [Happening(rev=n, at=sight.now - 1000 + n, what="raised", entity=alarm) for n in range(700)]
    told(JournalResult(0, sight.now, 0, happened[200:], 200))
    assert panel.table.lines.rowCount() == 500 and "200" in panel.advice.text()
    done: list[int] = []
    assert panel.table.whole is not None
    panel.table.whole(lambda: done.append(panel.table.lines.rowCount()))
    (params, told, failed) = asked.pop()
    assert params.limit == 5000 and not done
    failed("the connection broke")
    assert not done and not asked, "nothing is written that is not whole"
    assert panel.advice.text() == "The journal cannot be had: the connection broke", "and why is said beside the lines"
    panel.table.whole(lambda: done.append(panel.table.lines.rowCount()))
    (_, told, _) = asked.pop()
    told(JournalResult(0, sight.now, 0, happened))
    assert done == [700] and "cannot be had" not in panel.advice.text()
    panel.table.whole(lambda: done.append(-1))
    assert done == [700, -1] and not asked, "where all is listed nobody is asked"
    panel.show_page("open")
    panel.table.whole(lambda: done.append(-2))
    assert done[-1] == -2 and not asked, "nor for what is open"
