"""Orders with care at a real gateway: looked at, given to many with a result for each, taken back; and what fails."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from config.schema import OrderSettings, Site
from console.agent.present import LOGOUT, MOVE, NOTICE, PAUSE, READY
from console.desk import Desk
from console.ordering.giving import Giving
from console.ordering.move import MoveForm, target_of
from console.ordering.notice import NoticeForm
from console.ordering.review import Review
from console.ordering.sheet import Sheet
from console.questions import Questions
from console.theme import palette
from console.words import Words
from feeds.answers import NotConnected
from feeds.commands import Ended, Join, LogOut, MoveSeat, Pause
from feeds.entities import Notice, Order, Seat
from feeds.facts import AnyFact, SeatChanged
from feeds.requests import AgentResult
from tests.desk.conftest import options
from tests.desk.test_orders import SignedIn
from tests.gateway.floors import START, small_site
from tests.gateway.harness import gateway_in_a_thread
from tests.gateway.servants import Obedient

pytestmark = pytest.mark.slow

WAIT_MS = 60_000
EN = Words("en")


class Told(Obedient):
    """An obedient servant that says which queues are served."""

    def serves(self, seat: str) -> dict[str, int] | None:
        return {"claim": 1}

    def tell_soon(self, fact: AnyFact) -> None:
        """Have the source tell something, from a thread that is not the gateway's."""
        self.source._told.put_nowait(([fact], asyncio.Event()))


class Floor:
    """A desk at a gateway, its servant, and the dialogs that were opened."""

    def __init__(self, desk: Desk, servant: Told) -> None:
        self.desk, self.servant = desk, servant
        self.sheets: list[Sheet] = []
        desk.room.opened.connect(self.sheets.append)

    def seat(self, name: str) -> Seat:
        found = self.desk.session.live.entities.get(f"seat:{name}")
        return found if isinstance(found, Seat) else Seat(key="", rev=0, state="unknown", since=0)

    def results(self) -> dict[str, str]:
        """What the review that is open says of each target."""
        review = self.sheets[-1]
        assert isinstance(review, Review)
        return {line.key.partition(":")[2]: line.cells[-1] for line in review.table.lines.rows}

    @property
    def review(self) -> Review:
        found = self.sheets[-1]
        assert isinstance(found, Review)
        return found


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def running(qtbot: QtBot, folder: Path, site: Site, tokens: tuple[str, ...]) -> Iterator[list[Floor]]:
    source = SignedIn()
    servant = Told(site, source)
    source.servant = servant
    with gateway_in_a_thread(site, source, folder) as url:
        desks = [Desk(options("--lang", "en", url=url, token=token)) for token in tokens]
        floors = [Floor(desk, servant) for desk in desks]
        try:
            for floor in floors:
                floor.desk.start()
                qtbot.waitUntil(lambda floor=floor: floor.seat("s1").state == "ready", timeout=WAIT_MS)
                cards = floor.desk.floor.field.cards
                qtbot.waitUntil(lambda cards=cards: cards.place_of("seat:s1") >= 0, timeout=WAIT_MS)
                floor.desk.floor.locate("seat:s1")
                ready = floor.desk.agent.buttons[READY]
                qtbot.waitUntil(ready.isEnabled, timeout=WAIT_MS)
            yield floors
        finally:
            for floor in floors:
                for sheet in filter(isValid, floor.sheets):
                    sheet.close()
                floor.desk.stop()


SITE = replace(small_site(), break_quota=1, orders=OrderSettings(reason_for=("seat.logout",)))


@pytest.fixture
def floor(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Floor]:
    for floors in running(qtbot, tmp_path, SITE, ("all-manager",)):
        yield floors[0]


def reviewed(qtbot: QtBot, floor: Floor) -> Review:
    """The review that was opened, when it knows what the order would do."""
    qtbot.waitUntil(lambda: bool(floor.sheets) and floor.review.rehearsal.complete, timeout=WAIT_MS)
    floor.review.present()  # as it does by itself a moment later
    return floor.review


def test_several_seats_are_paused_with_a_result_for_each_and_taken_back(qtbot: QtBot, floor: Floor) -> None:
    agent, keys = floor.desk.agent, ("seat:s0", "seat:s1", "seat:s2", "seat:s4")
    agent.show_selected(keys)
    assert agent.scope.key == "selected"
    agent.reason.setText("lunch")
    press(qtbot, agent.buttons[PAUSE])
    review = reviewed(qtbot, floor)
    QAbstractItemModelTester(review.table.lines)
    assert review.windowTitle() == "Pause · 4 targets"
    assert (review.what.text(), review.effect.text()) == ("Reason: lunch", "gets no calls from now on")
    assert floor.servant.served == []
    assert review.table.isColumnHidden(3), "there are no results yet"
    numbers = "1 of 2 may be on break, 1 free now, so 1 of these 2 would be refused"
    assert review.quota.text().endswith(numbers)
    effects = {line.key: line.cells[2] for line in review.table.lines.rows}
    assert effects["seat:s4"] == "Cannot be done: no place in team-1 after 1 above (0 of 1 are on break)"
    assert effects["seat:s0"] == "gets no calls from now on", "the first of the team"
    qtbot.waitUntil(review.go.isEnabled, timeout=WAIT_MS)
    assert review.go.text() == "Pause: 3"
    press(qtbot, review.go)
    qtbot.waitUntil(lambda: review.giving is not None and not review.giving.waiting, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: review.said.text() == "3 done", timeout=WAIT_MS)
    assert not review.quota.isVisibleTo(review)
    assert not review.table.isColumnHidden(3)
    found = floor.results()
    assert [found[name] for name in ("s0", "s1", "s2")] == ["done, the floor shows it"] * 3
    assert found["s4"] == "not given", "the second of a team"
    keys_given = {review.giving.keys[place] for place in keys if place != "seat:s4"} if review.giving else set()
    assert len(keys_given) == 3, "a key for each"
    qtbot.waitUntil(lambda: review.undo.text() == "Undo 3", timeout=WAIT_MS)
    press(qtbot, review.undo)
    qtbot.waitUntil(lambda: list(floor.results().values()).count("undone") == 3, timeout=WAIT_MS)
    assert [floor.seat(name).state for name in ("s0", "s1", "s2")] == ["ready"] * 3


def test_what_was_given_to_many_goes_on_where_the_dialog_is_closed_in_between(qtbot: QtBot, floor: Floor) -> None:
    agent, keys = floor.desk.agent, tuple(f"seat:s{number}" for number in range(8))
    agent.show_selected(keys)
    agent.reason.setText("training")
    press(qtbot, agent.buttons[PAUSE])
    review = reviewed(qtbot, floor)
    floor.servant.slow = asyncio.Event()
    qtbot.waitUntil(review.go.isEnabled, timeout=WAIT_MS)
    press(qtbot, review.go)
    giving = review.giving
    assert giving is not None and len(giving.keys) < 8
    review.reject()
    floor.servant.slow.set()
    qtbot.waitUntil(lambda: len(floor.servant.served) == 8, timeout=WAIT_MS)
    orders = floor.desk.orders
    qtbot.waitUntil(lambda: [one.phase for one in orders.all()] == ["done"] * 8, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not isValid(giving), timeout=WAIT_MS)


def test_what_is_left_of_many_waits_for_a_floor_that_lives_and_is_noted_where_the_right_is_gone(
    qtbot: QtBot, floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders, words = floor.desk.orders, floor.desk.window.words
    sight = orders.sight()
    assert sight.welcome is not None
    targets = [target_of(sight.site, floor.seat(f"s{number}"), {"reason": "training"}, words) for number in range(8)]
    floor.servant.slow = asyncio.Event()
    giving = Giving("seat.pause", orders, words)
    giving.start(targets)
    giving.let_go()
    assert len(giving.keys) == 4
    monkeypatch.setattr(orders, "sight", lambda: replace(sight, stale=True))
    floor.servant.slow.set()
    qtbot.waitUntil(lambda: [one.phase for one in orders.all()] == ["done"] * 4, timeout=WAIT_MS)
    with qtbot.waitSignal(giving._again.timeout, timeout=WAIT_MS):
        pass  # it has looked once more
    assert (giving.left_out, giving.waiting) == ({}, 4), "what is old now may live again"
    monkeypatch.setattr(orders, "sight", lambda: replace(sight, welcome=replace(sight.welcome, rights=[])))
    qtbot.waitUntil(lambda: len(orders.all()) == 8, timeout=WAIT_MS)
    given_up = [one for one in orders.all() if one.phase == "refused"]
    assert {one.text for one in given_up} == {words("why.no_right")} and len(given_up) == 4
    qtbot.waitUntil(lambda: not isValid(giving), timeout=WAIT_MS)
    assert len(floor.servant.served) == 4


def test_an_order_that_is_looked_at_is_not_given_to_whoever_comes_to_sit_there(qtbot: QtBot, floor: Floor) -> None:
    agent = floor.desk.agent
    agent.show_selected(("seat:s1", "seat:s2"))
    press(qtbot, agent.buttons[LOGOUT])
    review = reviewed(qtbot, floor)
    review.reason.setText("they are ill")
    assert review.go.isEnabled()
    floor.servant.tell_soon(SeatChanged(at=START + 1000, seat="s1", state="ready", agent="a5"))
    qtbot.waitUntil(lambda: floor.seat("s1").agent == "a5", timeout=WAIT_MS)
    effects = lambda: {line.key: line.cells[2] for line in review.table.lines.rows}  # noqa: E731
    qtbot.waitUntil(lambda: "somebody else sits at seat s1 now" in effects()["seat:s1"], timeout=WAIT_MS)
    assert review.go.text() == "Sign out: 1"
    press(qtbot, review.go)
    qtbot.waitUntil(lambda: review.giving is not None and not review.giving.waiting, timeout=WAIT_MS)
    assert floor.servant.served == [LogOut("s2")]


def test_the_list_of_orders_that_stands_beside_the_work_follows_the_desks_looks(qtbot: QtBot, floor: Floor) -> None:
    window = floor.desk.window
    press(qtbot, floor.desk.agent.list)
    page = floor.sheets[-1]
    assert page.windowTitle() == "My orders"
    window.choose_language("zh_CN")
    window.choose_theme("light")
    qtbot.waitUntil(lambda: page.windowTitle() == "我的指令", timeout=WAIT_MS)
    assert page.colours.name == window.shown_colours.name


def test_the_button_says_how_many_orders_it_takes_back(qtbot: QtBot, floor: Floor) -> None:
    agent = floor.desk.agent
    agent.show_selected(("seat:s1", "seat:s2", "seat:s3"))
    agent.reason.setText("training")
    press(qtbot, agent.buttons[PAUSE])
    review = reviewed(qtbot, floor)
    qtbot.waitUntil(review.go.isEnabled, timeout=WAIT_MS)
    press(qtbot, review.go)
    qtbot.waitUntil(lambda: review.undo.isVisible() and review.undo.text() == "Undo 3", timeout=WAIT_MS)
    review.table.choose("seat:s2")
    qtbot.waitUntil(lambda: review.undo.text() == "Undo 1", timeout=WAIT_MS)
    press(qtbot, review.undo)
    qtbot.waitUntil(lambda: list(floor.results().values()).count("undone") == 1, timeout=WAIT_MS)
    assert [floor.seat(name).state for name in ("s1", "s2", "s3")] == ["training", "ready", "training"]


def test_the_second_press_of_a_double_click_does_nothing_to_the_results(qtbot: QtBot, floor: Floor) -> None:
    agent = floor.desk.agent
    agent.show_selected(("seat:s0", "seat:s2"))
    agent.reason.setText("lunch")
    press(qtbot, agent.buttons[PAUSE])
    review = reviewed(qtbot, floor)
    qtbot.waitUntil(review.go.isEnabled, timeout=WAIT_MS)
    under = review.go.geometry().center()
    press(qtbot, review.go)
    for ready in (lambda: review.go.isHidden(), lambda: review.undo.isVisible()):
        qtbot.waitUntil(ready, timeout=WAIT_MS)
        QApplication.processEvents()
        assert not isinstance(review.childAt(under), QPushButton)


def test_signing_out_needs_the_reason_that_the_site_asks_for(qtbot: QtBot, floor: Floor) -> None:
    press(qtbot, floor.desk.agent.buttons[LOGOUT])
    review = reviewed(qtbot, floor)
    assert review.reason.isVisible()
    assert (review.go.isEnabled(), review.why.text()) == (False, "This site asks for a reason: write it first")
    review.reason.setText("went home")
    press(qtbot, review.go)
    qtbot.waitUntil(lambda: review.said.text() == "done, the floor shows it", timeout=WAIT_MS)
    (given,) = floor.desk.orders.all()
    assert given.reason == "went home"


def test_a_move_is_chosen_from_what_is_served_now(qtbot: QtBot, floor: Floor) -> None:
    floor.servant.end = Ended("done", inverse=MoveSeat("s1", (Join("claim", 1),), ("vip",)))
    press(qtbot, floor.desk.agent.buttons[MOVE])
    form = floor.sheets[-1]
    assert isinstance(form, MoveForm)
    qtbot.waitUntil(lambda: form.serves == {"claim": 1}, timeout=WAIT_MS)
    rows = {row.queue: row for row in form.rows}
    assert (rows["claim"].now.text(), rows["vip"].now.text()) == ("serves · penalty 1", "does not serve")
    assert (form.go.isEnabled(), form.why.text()) == (False, "choose a queue to join or to leave")
    rows["vip"].choice.set_key("join")
    rows["vip"].penalty.setValue(3)
    rows["claim"].choice.set_key("leave")
    form.present()
    press(qtbot, form.go)
    agent = floor.desk.agent
    qtbot.waitUntil(lambda: "done" in agent.note.text(), timeout=WAIT_MS)
    assert floor.servant.served == [MoveSeat("s1", (Join("vip", 3),), ("claim",))]
    qtbot.waitUntil(agent.undo.isVisible, timeout=WAIT_MS)
    press(qtbot, agent.undo)
    qtbot.waitUntil(lambda: len(floor.servant.served) == 2, timeout=WAIT_MS)
    assert floor.servant.served[-1] == MoveSeat("s1", (Join("claim", 1),), ("vip",))


def a_move(floor: Floor) -> tuple[MoveForm, Silent]:
    """The form of a move of s1 whose question is answered when a test says so."""
    sight, carrier = floor.desk.session.live.sight(), Silent()
    form = MoveForm((floor.seat("s1"),), Questions(carrier), EN, palette("light"), sight, floor.desk.window)  # type: ignore[arg-type]
    floor.sheets.append(form)
    form.open()
    return form, carrier


class Silent(QObject):
    """Takes questions and tells nothing by itself."""

    told = Signal(int, object)
    reading = Signal(int, float)

    def ask(self, number: int, method: str, params: object, answer: type) -> bool:
        self.asked = number
        return True


def test_a_move_whose_queues_cannot_be_told_says_why_and_asks_again_when_the_link_is_back(
    qtbot: QtBot, floor: Floor
) -> None:
    form, carrier = a_move(floor)
    live = form.sight
    assert form.known.text() == EN("ordering.move.asking")
    form.look_at(replace(live, stale=True))
    carrier.told.emit(carrier.asked, NotConnected("it is closed"))
    qtbot.waitUntil(lambda: form.known.text() == EN("ordering.move.failed", why="it is closed"))
    form.look_at(live)
    assert (form.known.text(), carrier.asked) == (EN("ordering.move.asking"), 2)


def test_a_penalty_that_was_chosen_before_the_queues_were_told_stays_chosen(qtbot: QtBot, floor: Floor) -> None:
    form, carrier = a_move(floor)
    rows = {row.queue: row for row in form.rows}
    rows["vip"].choice.set_key("join")
    rows["vip"].penalty.setValue(3)
    carrier.told.emit(carrier.asked, AgentResult(form.seats[0].agent, 0, 1, 0, [], {"claim": 1, "vip": 7}))
    qtbot.waitUntil(lambda: form.serves is not None)
    assert (rows["vip"].penalty.value(), rows["claim"].penalty.value()) == (3, 1)


def test_the_queues_of_whoever_has_come_to_sit_there_are_not_told_as_those_of_whom_the_move_is_for(
    qtbot: QtBot, floor: Floor
) -> None:
    form, carrier = a_move(floor)
    carrier.told.emit(carrier.asked, AgentResult("somebody else", 0, 1, 0, [], {"claim": 1}))
    qtbot.waitUntil(lambda: form.question is None)
    assert form.serves is None and form.known.text() == EN("ordering.move.unknown")


def test_a_notice_says_who_will_see_it_and_stands_at_their_seats(qtbot: QtBot, floor: Floor) -> None:
    press(qtbot, floor.desk.agent.buttons[NOTICE])
    form = floor.sheets[-1]
    assert isinstance(form, NoticeForm)
    assert not form.go.isEnabled()
    form.to.set_key("team")
    form.text.setText("stay on the line")
    press(qtbot, form.go)
    review = reviewed(qtbot, floor)
    assert review.effect.text() == "2 signed in can see it, for 30 min"
    assert "Agent 1 s1" in review.hit.text() and "Agent 5 s5" in review.hit.text()
    press(qtbot, review.go)
    entities = floor.desk.session.live.entities
    qtbot.waitUntil(lambda: any(isinstance(one, Notice) for one in entities.values()), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "stay on the line" in floor.desk.agent.notices.text(), timeout=WAIT_MS)


def test_what_was_written_is_still_there_for_whoever_gives_its_review_up(qtbot: QtBot, floor: Floor) -> None:
    press(qtbot, floor.desk.agent.buttons[NOTICE])
    form = floor.sheets[-1]
    assert isinstance(form, NoticeForm)
    form.to.set_key("team")
    form.text.setText("stay on the lime")
    form.minutes.setValue(45)
    qtbot.waitUntil(form.text.hasFocus, timeout=WAIT_MS)
    qtbot.keyClick(form.text, Qt.Key.Key_Return)
    review = reviewed(qtbot, floor)
    assert not form.isVisible()
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    assert form.isVisible() and not review.isVisible()
    assert (form.to.key, form.text.text(), form.minutes.value()) == ("team", "stay on the lime", 45)
    qtbot.waitUntil(form.text.hasFocus, timeout=WAIT_MS)
    assert not form.text.hasSelectedText(), "the next letter would take the place of all"
    form.text.setText("stay on the line")
    press(qtbot, form.go)
    review = reviewed(qtbot, floor)
    assert "stay on the line" in review.what.text()
    press(qtbot, review.go)
    with qtbot.waitSignal(form.accepted):
        review.leave.click()
    assert not form.isVisible(), "it was sent"


def test_the_list_of_orders_is_narrowed_copied_and_takes_back(qtbot: QtBot, floor: Floor) -> None:
    agent = floor.desk.agent
    agent.reason.setText("lunch")
    press(qtbot, agent.buttons[PAUSE])
    qtbot.waitUntil(lambda: "done" in agent.note.text(), timeout=WAIT_MS)
    press(qtbot, agent.list)
    page = floor.desk.room.page(agent)
    assert page is not None
    QAbstractItemModelTester(page.table.lines)
    (line,) = page.table.lines.rows
    assert line.cells[1:] == ("Pause", "Agent 1 s1", "done, the floor shows it", "lunch")
    page.table.choose(line.key)
    page.copy.click()
    assert "Pause\tAgent 1 s1\tdone, the floor shows it\tlunch" in QApplication.clipboard().text()
    qtbot.waitUntil(page.undo.isEnabled, timeout=WAIT_MS)
    page.undo.click()
    qtbot.waitUntil(lambda: "undone" in [row.cells[3] for row in page.table.lines.rows], timeout=WAIT_MS)
    page.state.set_key("refused")
    page.present()
    assert page.table.lines.rows == []
    page.close()


def test_enter_presses_the_button_of_a_dialog_and_nothing_from_its_field(qtbot: QtBot, floor: Floor) -> None:
    press(qtbot, floor.desk.agent.buttons[LOGOUT])
    review = reviewed(qtbot, floor)
    review.reason.setText("went home")
    review.reason.setFocus()
    qtbot.waitUntil(review.reason.hasFocus, timeout=WAIT_MS)
    qtbot.keyClick(review.reason, Qt.Key.Key_Return)
    assert review.isVisible() and floor.desk.orders.all() == []
    review.go.setFocus()
    qtbot.keyClick(review.go, Qt.Key.Key_Return)
    assert [given.name for given in floor.desk.orders.all()] == [LOGOUT]
    review.leave.setFocus()
    qtbot.keyClick(review.leave, Qt.Key.Key_Return)
    assert not review.isVisible()


def test_every_control_of_the_dialogs_says_what_it_is(qtbot: QtBot, floor: Floor) -> None:
    agent = floor.desk.agent
    for name in (MOVE, NOTICE, LOGOUT):
        press(qtbot, agent.buttons[name])
        sheet = floor.sheets[-1]
        for control in sheet.findChildren(QWidget):
            if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible():
                said = control.accessibleName() or (control.text() if isinstance(control, QPushButton) else "")
                assert said or control.parent() is not sheet, type(control).__name__
        assert sheet.windowTitle()
        sheet.reject()


# What goes wrong


def test_a_right_that_is_revoked_while_the_dialog_is_open_takes_the_button_away(qtbot: QtBot, floor: Floor) -> None:
    press(qtbot, floor.desk.agent.buttons[LOGOUT])
    review = reviewed(qtbot, floor)
    review.reason.setText("went home")
    assert review.go.isEnabled()
    sight = floor.desk.session.live.sight()
    assert sight.welcome is not None
    narrowed = replace(sight, welcome=replace(sight.welcome, rights=["seat.pause"]))
    floor.desk.room.look_at(narrowed)
    assert (review.go.isEnabled(), review.why.text()) == (False, "Your role has no right to do this")
    review.go.click()
    assert floor.desk.orders.all() == []


def test_data_that_grows_old_while_the_dialog_is_open_takes_the_button_away(qtbot: QtBot, floor: Floor) -> None:
    press(qtbot, floor.desk.agent.buttons[NOTICE])
    form = floor.sheets[-1]
    assert isinstance(form, NoticeForm)
    form.text.setText("hello")
    assert form.go.isEnabled()
    floor.desk.room.look_at(replace(floor.desk.session.live.sight(), stale=True))
    assert (form.go.isEnabled(), form.why.text()) == (False, "The data is old: no order can be given")


def test_what_can_be_taken_back_waits_for_a_connection_that_lives(qtbot: QtBot, floor: Floor) -> None:
    desk, agent = floor.desk, floor.desk.agent
    agent.reason.setText("lunch")
    press(qtbot, agent.buttons[PAUSE])
    qtbot.waitUntil(lambda: agent.undo.isVisible(), timeout=WAIT_MS)
    page = desk.room.page(agent)
    assert page is not None
    page.table.choose(page.table.lines.rows[0].key)
    live = desk.session.live.sight()
    for stale in (True, False):
        seen = replace(live, stale=stale)
        agent.look_at(seen)
        desk.room.look_at(seen)
        page.present()
        assert agent.undo.isVisible() and (agent.undo.isEnabled(), page.undo.isEnabled()) == (not stale, not stale)
        assert page.undo.toolTip() == agent.undo.toolTip() == agent.why_no_undo()
    assert len(desk.orders.all()) == 1


@pytest.mark.slow
def test_two_supervisors_who_press_at_the_same_time_see_one_truth_and_the_second_is_told(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    for first, second in running(qtbot, tmp_path, small_site(), ("all-manager", "all-supervisor")):
        servant = first.servant
        servant.slow = asyncio.Event()
        for floor in (first, second):
            floor.desk.agent.reason.setText("lunch")
        press(qtbot, first.desk.agent.buttons[PAUSE])
        qtbot.waitUntil(lambda servant=servant: len(servant.served) == 1, timeout=WAIT_MS)
        press(qtbot, second.desk.agent.buttons[PAUSE])
        note = second.desk.agent.note
        qtbot.waitUntil(lambda note=note: "refused" in note.text(), timeout=WAIT_MS)
        assert 'all-manager has just asked for "Pause" here' in note.text()
        servant.slow.set()
        for floor in (first, second):
            qtbot.waitUntil(lambda floor=floor: floor.seat("s1").state == "break", timeout=WAIT_MS)
        assert servant.served == [Pause("s1", "lunch")]


def test_a_key_that_stands_for_another_order_is_refused_and_nothing_is_done(
    qtbot: QtBot, floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.orders.secrets.token_urlsafe", lambda _: "always the same")
    orders = floor.desk.orders
    orders.give("seat:s1", READY, {"seat": "s1"})
    qtbot.waitUntil(lambda: not orders.waiting("seat:s1"), timeout=WAIT_MS)
    orders.give("seat:s2", PAUSE, {"seat": "s2", "reason": "lunch"})
    qtbot.waitUntil(lambda: not orders.waiting("seat:s2"), timeout=WAIT_MS)
    given = orders.latest("seat:s2")
    assert given is not None
    assert (given.phase, given.code) == ("refused", "order.key_conflict")
    assert floor.seat("s2").state == "ready"


def test_an_order_of_this_desk_is_told_with_its_place_and_its_way_back(qtbot: QtBot, floor: Floor) -> None:
    agent = floor.desk.agent
    agent.reason.setText("lunch")
    press(qtbot, agent.buttons[PAUSE])
    qtbot.waitUntil(lambda: "done" in agent.note.text(), timeout=WAIT_MS)
    entities = floor.desk.session.live.entities

    def told() -> list[tuple[str, str, bool]]:
        found = [one for one in entities.values() if isinstance(one, Order)]
        return [(one.about, one.state, one.undo_until is not None) for one in found]

    qtbot.waitUntil(lambda: told() == [("seat:s1", "done", True)], timeout=WAIT_MS)
