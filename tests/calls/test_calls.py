"""Orders for waiting calls: what is offered, why not, what is asked, and each order followed to its own end."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication
from pytestqt.qtbot import QtBot

from console.calls.panel import CallForm
from console.calls.present import (
    HANGUP,
    NUMBER,
    ORDERS,
    PRIORITISE,
    REDIRECT,
    REQUEUE,
    actions,
    argument_refusal,
    deed,
    queue_choices,
    title,
    why_not,
)  # fmt: skip
from console.desk import Desk
from console.ordering.deeds import Target
from console.ordering.review import Review
from console.sight import Sight
from console.theme import palette
from console.words import Words
from feeds.commands import Command, Ended, HangUp, Prioritise, Redirect, Requeue
from feeds.entities import Call
from feeds.facts import AttemptStarted, CallArrived, LegAbandoned, LegAnswered, LegJoined, LegPrioritised, SeatChanged
from feeds.requests import HelloResult, Scope
from feeds.rules import commands
from tests.desk.conftest import make_desk as make_desk
from tests.desk.conftest import options
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread
from tests.queues.test_queues import a_call
from tests.wall import floors

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute

EN = Words("en")
WAIT_MS = 60_000
ONE, TWO = ("call:c2.1",), ("call:c2.1", "call:c4.1")


def a_floor(*rights: str) -> Sight:
    entities = floors.floor()
    for call in (
        a_call(2, "rescue", 192), a_call(4, "claim", 10, state="ringing"),
        a_call(5, "claim", 60, state="talking", agent="7"),
    ):  # fmt: skip
        entities.put(call)
    welcome = HelloResult("e", 1, "manager", list(rights or ("call.*",)), Scope(), False, 1000, floors.NOW)
    return replace(floors.sight(entities), welcome=welcome)


def test_every_order_is_offered_for_a_waiting_call() -> None:
    assert [(one.key, one.enabled) for one in actions(a_floor(), ONE, EN)] == [(order, True) for order in ORDERS]


@pytest.mark.parametrize(
    ("sight", "keys", "order", "why"),
    [
        (replace(a_floor(), stale=True), ONE, HANGUP, "data is old"),
        (a_floor("call.requeue"), ONE, HANGUP, "no right"),
        (a_floor(), ("call:gone",), REDIRECT, "The call is over"),
        (a_floor(), ("call:c5.1",), REQUEUE, "An agent has this call already"),
        (a_floor(), ("call:c5.1",), REDIRECT, ""),
        (a_floor("call.requeue"), ONE, REQUEUE, ""),
    ],
)
def test_what_cannot_be_ordered_says_why(sight: Sight, keys: tuple[str, ...], order: str, why: str) -> None:
    found = why_not(sight, order, keys, EN)
    assert why in found and bool(found) == bool(why)


def test_a_call_is_not_offered_the_queue_in_which_it_waits() -> None:
    sight = a_floor()
    call = sight.entities["call:c2.1"]
    assert isinstance(call, Call)
    keys = {choice.key for choice in queue_choices(sight, (call,), EN)}
    assert "rescue" not in keys and "claim" in keys
    other = sight.entities["call:c4.1"]
    assert isinstance(other, Call)
    assert {"rescue", "claim"} <= {choice.key for choice in queue_choices(sight, (call, other), EN)}


def test_an_argument_that_will_not_do_says_so_before_the_gateway_does() -> None:
    assert argument_refusal(REDIRECT, "", EN) == "Write a number first"
    assert "at most 32" in argument_refusal(REDIRECT, "010-12", EN)
    assert argument_refusal(REDIRECT, "+8610*9#", EN) == ""
    assert argument_refusal(REQUEUE, "", EN) == "Choose a queue first"
    assert NUMBER.pattern == commands._NUMBER.pattern == re.compile(NUMBER.pattern).pattern


def test_a_deed_has_a_target_for_each_call_with_what_the_gateway_wants_to_know() -> None:
    sight = a_floor()
    found = deed(sight, PRIORITISE, TWO, 500, EN)
    assert [target.args for target in found.targets] == [{"call": key, "priority": 100} for key in TWO]
    assert [(target.place, target.label) for target in found.targets] == [
        ("call:c2.1", "138****0002"), ("call:c4.1", "138****0004"),
    ]  # fmt: skip
    assert found.targets[0].detail == "03:12 · Rescue"
    assert [target.place for target in deed(sight, REQUEUE, TWO, "claim", EN).targets] == ["call:c2.1"]
    cut_off = deed(sight, HANGUP, TWO, "", EN)
    assert [target.expect for target in cut_off.targets] == [{key: {"agent": ""}} for key in TWO]
    assert deed(sight, HANGUP, ONE, "", EN).reviewed(sight) and deed(sight, REDIRECT, ONE, "9", EN).reviewed(sight)


def test_a_title_names_one_caller_masked_and_counts_several() -> None:
    assert title(a_floor(), REQUEUE, ONE, EN) == "Requeue · 138****0002"
    assert title(a_floor(), REQUEUE, TWO, EN) == "Requeue · 2 calls"


@pytest.fixture
def form(qtbot: QtBot, make_desk: Callable[..., Desk]) -> Callable[..., CallForm]:
    def make(order: str, sight: Sight | None = None) -> CallForm:
        desk = make_desk("--lang", "en")
        made = CallForm(order, ONE, EN, palette("light"), sight or a_floor(), desk.window)
        made.open()
        return made

    return make


def test_the_form_lets_nobody_go_on_before_what_it_asks_is_there(form: Callable[..., CallForm], qtbot: QtBot) -> None:
    made = form(REDIRECT)
    wanted: list[Any] = []
    made.wanted.connect(wanted.append)
    assert not made.go.isEnabled() and made.why.text() == "Write a number first"
    made.number.setText("95518")
    assert made.go.isEnabled()
    made.go.click()
    assert wanted[0].targets[0].args == {"call": "call:c2.1", "to": "95518"}


@pytest.mark.parametrize(("order", "typed"), [(REDIRECT, "400100"), (PRIORITISE, "20")])
def test_enter_goes_on_from_whatever_field_the_form_has(
    form: Callable[..., CallForm], qtbot: QtBot, order: str, typed: str
) -> None:
    made = form(order)
    made.open()
    wanted: list[object] = []
    made.wanted.connect(wanted.append)
    made.field.setFocus()
    if isinstance(made.field, QAbstractSpinBox):
        made.field.selectAll()
    qtbot.keyClicks(made.field, typed)
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert len(wanted) == 1 and str(made.value) == typed and not made.isVisible()


def test_a_right_that_goes_while_the_form_is_open_closes_the_way(form: Callable[..., CallForm]) -> None:
    made = form(PRIORITISE)
    assert made.go.isEnabled()
    made.look_at(a_floor("call.requeue"))
    assert not made.go.isEnabled() and "no right" in made.why.text()


class Switchboard:
    """A source's servant that does what is asked of calls, and shows it; what `refused` names it refuses."""

    def __init__(self, source: ToldSource) -> None:
        self.source = source
        self.served: list[Command] = []
        self.refused = ""

    def serves(self, seat: str) -> dict[str, int] | None:
        return None

    async def serve(self, command: Command, by: str) -> Ended:
        self.served.append(command)
        assert isinstance(command, Requeue | Redirect | Prioritise | HangUp)
        if command.leg == self.refused:
            return Ended("failed", "the switchboard would not")
        at = START + 60_000
        if isinstance(command, Prioritise):
            await self.source.tell(LegPrioritised(at=at, leg=command.leg, priority=command.priority))
        else:
            await self.source.tell(LegAbandoned(at=at, leg=command.leg))
        return Ended("done")


class Waiting(ToldSource):
    """A source that begins with two callers in two queues."""

    def __init__(self) -> None:
        super().__init__()
        facts = everybody_signs_in()
        for number, queue in ((1, "claim"), (2, "dual")):
            call, telephone = f"c{number}", f"1381234567{number}"
            facts += [
                CallArrived(at=START + number, call=call, number=telephone),
                LegJoined(at=START + number, leg=f"l{number}", call=call, queue=queue, number=telephone),
            ]
        self._told.put_nowait((facts, asyncio.Event()))


@pytest.fixture
def servant() -> Switchboard:
    source = Waiting()
    source.servant = made = Switchboard(source)
    return made


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, servant: Switchboard) -> Iterator[Desk]:
    with gateway_in_a_thread(small_site(), servant.source, tmp_path) as url:
        made = Desk(options("--lang", "en", url=url, token="all-manager"))
        made.start()
        try:
            qtbot.waitUntil(lambda: len(made.queues.callers.lines.rows) == 2, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: made.room.sight is not None and not made.room.sight.stale, timeout=WAIT_MS)
            yield made
        finally:
            made.stop()


def reviewed(desk: Desk) -> Review:
    return next(one for one in desk.window.findChildren(Review) if one.isVisible())


BOTH = ("call:l1", "call:l2")


def test_two_callers_go_ahead_after_a_review_that_names_both_with_a_result_for_each(
    qtbot: QtBot, desk: Desk, servant: Switchboard
) -> None:
    servant.refused = "l2"
    desk.calls.begin(PRIORITISE, BOTH)
    form = desk.calls.form
    assert form is not None
    form.priority.setValue(42)
    form.go.click()
    review = reviewed(desk)
    qtbot.waitUntil(lambda: review.go.isEnabled(), timeout=WAIT_MS)
    assert servant.served == []
    assert [line.key for line in review.table.lines.rows] == list(BOTH)
    review.go.click()
    done: Callable[[], list[str]] = lambda: [line.cells[3] for line in review.table.lines.rows]  # noqa: E731
    qtbot.waitUntil(lambda: "done" in done()[0] and "failed" in done()[1], timeout=WAIT_MS)
    assert servant.served == [Prioritise("l1", 42), Prioritise("l2", 42)]
    call: Callable[[], Any] = lambda: desk.session.live.entities["call:l1"]  # noqa: E731
    qtbot.waitUntil(lambda: call().priority == 42, timeout=WAIT_MS)
    review.reject()


def test_a_caller_is_cut_off_only_after_a_review_that_says_what_that_means(
    qtbot: QtBot, desk: Desk, servant: Switchboard
) -> None:
    desk.calls.begin(HANGUP, ("call:l1",))
    review = reviewed(desk)
    qtbot.waitUntil(lambda: review.go.isEnabled(), timeout=WAIT_MS)
    assert "cut off" in review.effect.text() and servant.served == []
    review.go.click()
    qtbot.waitUntil(lambda: servant.served == [HangUp("l1")], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "call:l1" not in desk.session.live.entities, timeout=WAIT_MS)
    review.reject()


@pytest.mark.parametrize("seen", [True, False], ids=["the desk sees it", "the order overtakes it"])
def test_a_caller_who_is_answered_before_the_review_is_confirmed_is_not_cut_off(
    qtbot: QtBot, desk: Desk, servant: Switchboard, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    desk.calls.begin(HANGUP, BOTH)
    review = reviewed(desk)
    qtbot.waitUntil(lambda: review.go.isEnabled(), timeout=WAIT_MS)
    if not seen:
        monkeypatch.setattr(Target, "changed", lambda self, sight: None)
    at = START + 5000
    answered = [
        AttemptStarted(at=at, leg="l1", agent="a0"), LegAnswered(at=at, leg="l1", agent="a0"),
        SeatChanged(at=at, seat="s0", state="talking", agent="a0", leg="l1"),
    ]  # fmt: skip
    servant.source._told.put_nowait((answered, asyncio.Event()))
    entities = desk.session.live.entities
    qtbot.waitUntil(lambda: entities["call:l1"].state == "talking", timeout=WAIT_MS)  # type: ignore[union-attr]
    told = lambda: review.table.lines.rows[0].cells  # noqa: E731
    if seen:
        qtbot.waitUntil(lambda: "an agent has this call already" in told()[2], timeout=WAIT_MS)
    review.go.click()
    if not seen:
        qtbot.waitUntil(lambda: "refused: an agent has this call already" in told()[3], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: servant.served == [HangUp("l2")], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: review.giving is not None and not review.giving.waiting, timeout=WAIT_MS)
    review.reject()


def test_a_choice_for_a_caller_who_is_served_meanwhile_is_not_lost_in_silence(desk: Desk) -> None:
    menu = desk.calls.menu(("call:l1",))
    assert menu is not None
    requeue = menu.actions()[1]
    sight = desk.room.sight
    assert sight is not None and requeue.isEnabled()
    call = sight.entities["call:l1"]
    assert isinstance(call, Call)
    sight.entities.put(replace(call, state="talking"))
    requeue.trigger()
    told = desk.window.notice.text
    assert told is not None and "Requeue: An agent has this call already" in told.detail
    menu.deleteLater()


def test_the_menu_of_chosen_callers_greys_what_cannot_be_done_and_says_why(desk: Desk) -> None:
    desk.queues.callers.selectAll()
    menu = desk.calls.menu(desk.queues.callers.chosen_keys)
    assert menu is not None
    head, *entries = menu.actions()
    assert head.text() == "2 calls" and not head.isEnabled()
    assert [one.text() for one in entries] == ["Requeue…", "Prioritise…", "Redirect…", "Hang up…"]
    assert all(one.isEnabled() for one in entries)
    menu.deleteLater()
    gone = desk.calls.menu(("call:nobody",))
    assert gone is not None
    last = gone.actions()[-1]
    assert not last.isEnabled() and "The call is over" in last.text()
    gone.deleteLater()
