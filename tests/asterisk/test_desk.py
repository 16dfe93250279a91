"""A shift at the desk on a real Asterisk: each order is done there, is seen there, and is taken back there."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.calls.present import HANGUP, PRIORITISE, REDIRECT, REQUEUE
from console.ordering.move import JOIN, MoveForm
from console.ordering.review import Review
from feeds.entities import Call, Figures, Order, Seat
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import USERS, AsteriskFloor, Behaviour, PracticePeople, small_floor
from tests.asterisk.floor.sites import TOKENS, write_site
from tests.asterisk.gateways import logged_counts, section
from tests.desk.shift import Shift, on_shift, product_gateway, verified

AGENTS = 4
CALLS_A_SECOND, SECONDS = 0.8, 50.0
"""More than four agents can take, so that somebody always waits; and for so long that on a slow machine, where many are
gone before an order arrives, somebody still does when the last is given."""
TRIES = 8
"""How often a call is looked for that is still there when the order arrives: practice people have little patience."""

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def floor(make_floor: MakeFloor) -> AsteriskFloor:
    return make_floor(replace(small_floor(agents=AGENTS), behaviour=Behaviour(talk=6.0, patience=12.0)))


@pytest.fixture
def shift(qtbot: QtBot, qapp: QApplication, tmp_path: Path, floor: AsteriskFloor) -> Iterator[Shift]:
    site = write_site(tmp_path / "site", floor, section(floor, resync_s=20))
    environment = {**os.environ, "WATCHFLOOR_ASTERISK_SECRET": USERS["gateway"]}
    data = tmp_path / "data"
    data.mkdir()
    words = ["--site", str(site), "--source", "asterisk"]
    with (
        product_gateway(data, *words, environment=environment) as url,
        on_shift(qtbot, url, TOKENS["supervisor"]) as made,
    ):
        made.until(lambda: getattr(made.desk.session.live.entities.get("source:main"), "state", "") == "up")
        yield made


def test_a_supervisor_runs_a_busy_hour_of_an_asterisk_from_the_window(
    shift: Shift, floor: AsteriskFloor, tmp_path: Path
) -> None:
    with PracticePeople(floor, seed=5) as people:
        shift.until(lambda: seat_of(shift, "8001").state == "ready")
        somebody_is_paused_and_that_is_taken_back(shift, floor)
        somebody_serves_another_queue_for_a_while(shift, floor)
        with contextlib.closing(people.begin_calls(CALLS_A_SECOND, SECONDS)) as calls:
            a_waiting_caller_goes_ahead(shift)
            a_waiting_caller_goes_to_another_queue(shift)
            a_talking_caller_is_sent_to_another_number(shift)
            a_caller_is_cut_off_after_a_look(shift)
            what_the_asterisk_refuses_is_said_in_words(shift)
            calls.wait()
        the_desk_has_the_same_books_as_the_asterisk(shift, floor)
    lines = verified(tmp_path / "data")
    for name, end in shift.done:
        assert any(name in line and end in line and "supervisor" in line for line in lines), (name, end)


def seat_of(shift: Shift, number: str) -> Seat:
    found = shift.desk.session.live.entities.get(f"seat:{number}")
    return found if isinstance(found, Seat) else Seat(key="", rev=0, state="unknown", since=0)


def member(floor: AsteriskFloor, queue: str, number: str) -> str:
    """What Asterisk says of somebody in a queue; empty for who is not in it."""
    lines = floor.cli(f"queue show {queue}").splitlines()
    return re.sub(r"\x1b\[[\d;]*m", "", next((line for line in lines if f"PJSIP/{number}" in line), ""))


def undone(shift: Shift, place: str) -> None:
    """Press what takes the last order back; both are told of it."""
    desk = shift.desk
    shift.until(desk.agent.undo.isVisible)
    before = desk.orders.latest(place)
    desk.agent.undo.click()
    assert before is not None

    def taken_back() -> bool:
        order = desk.session.live.entities.get(f"order:{before.order}")
        return isinstance(order, Order) and order.state == "undone"

    shift.until(taken_back)


def somebody_is_paused_and_that_is_taken_back(shift: Shift, floor: AsteriskFloor) -> None:
    desk = shift.desk
    desk.hands.opener.open("seat:8001")
    desk.agent.reason.setText("会议")
    shift.act("seat.pause", "seat:8001")
    seat = seat_of(shift, "8001")
    assert (seat.state, seat.reason, seat.by) == ("meeting", "会议", "supervisor")
    assert "paused:会议" in member(floor, "claims", "8001")
    undone(shift, "seat:8001")
    assert seat_of(shift, "8001").state == "ready"
    assert "paused" not in member(floor, "claims", "8001")


def somebody_serves_another_queue_for_a_while(shift: Shift, floor: AsteriskFloor) -> None:
    desk, opened = shift.desk, []
    desk.room.opened.connect(opened.append)
    assert desk.hands.actions.run("seat.move")
    form = opened[-1]
    assert isinstance(form, MoveForm)
    shift.until(lambda: form.serves == {"claims": 0})
    row = next(row for row in form.rows if row.queue == "inquiry")
    row.choice.set_key(JOIN)
    row.penalty.setValue(3)
    form.present()
    form.go.click()
    given = desk.orders.latest("seat:8001")
    assert given is not None
    shift.ends(given.key, "done")
    assert "with penalty 3" in member(floor, "inquiry", "8001")
    undone(shift, "seat:8001")
    assert member(floor, "inquiry", "8001") == ""


def ordered(shift: Shift, order: str, wanted: Callable[[Call], bool], write: Callable[[object], None]) -> Call:
    """Order something of a call that is still there when the order arrives."""
    desk, live = shift.desk, shift.desk.session.live
    opened: list[object] = []
    desk.room.opened.connect(opened.append)

    def found() -> list[Call]:
        return sorted((one for one in live.entities.of(Call) if wanted(one)), key=lambda call: -call.joined_at)

    for _ in range(TRIES):
        shift.until(found)
        call, count = found()[0], len(opened)
        before = desk.orders.latest(call.key)
        desk.window.look_at(live.sight())
        desk.calls.begin(order, (call.key,))
        if order != HANGUP:
            form = desk.calls.form
            assert form is not None and form.order == order
            write(form)
            form.present()
            form.go.click()
        for review in opened[count:]:
            if isinstance(review, Review):
                shift.until(lambda review=review: review.rehearsal.complete)
                review.go.click()
        given = desk.orders.latest(call.key)
        if given is None or given is before:  # it had gone while somebody thought about it
            continue
        shift.until(lambda key=given.key: desk.orders.of_key(key).ended)
        ended = desk.orders.of_key(given.key)
        if ended is not None and ended.phase == "done":
            shift.ends(given.key, "done")
            return call
    raise AssertionError(f"{order} was never done: {[(one.phase, one.text) for one in desk.orders.all()]}")


def a_waiting_caller_goes_ahead(shift: Shift) -> None:
    call = ordered(
        shift, PRIORITISE, lambda one: one.state == "waiting" and one.queue == "claims",
        lambda form: form.priority.setValue(7),
    )  # fmt: skip
    now = shift.desk.session.live.entities.get(call.key)
    assert now is None or (isinstance(now, Call) and now.priority == 7)


def a_waiting_caller_goes_to_another_queue(shift: Shift) -> None:
    call = ordered(
        shift, REQUEUE, lambda one: one.state == "waiting" and one.queue == "claims",
        lambda form: form.queue.set_key("inquiry"),
    )  # fmt: skip
    assert call.key not in shift.desk.session.live.entities, "the leg in the old queue is over"


def a_talking_caller_is_sent_to_another_number(shift: Shift) -> None:
    ordered(
        shift, REDIRECT, lambda one: one.state == "talking" and one.queue == "claims",
        lambda form: form.number.setText("95502"),
    )  # fmt: skip


def a_caller_is_cut_off_after_a_look(shift: Shift) -> None:
    call = ordered(shift, HANGUP, lambda one: one.state == "talking", lambda form: None)
    now = shift.desk.session.live.entities.get(call.key)
    assert now is None or (isinstance(now, Call) and now.state == "acw"), "only the agent's work on it is left"


def what_the_asterisk_refuses_is_said_in_words(shift: Shift) -> None:
    order = shift.give("seat:9999", "seat.ready", "refused", seat="9999")
    assert "9999" in order.text


def the_desk_has_the_same_books_as_the_asterisk(shift: Shift, floor: AsteriskFloor) -> None:
    desk, live = shift.desk, shift.desk.session.live
    shift.until(lambda: not list(live.entities.of(Call)))
    theirs = logged_counts(floor)["claims"]
    ours = live.entities.get("figures:queue:claims:today")
    assert isinstance(ours, Figures)
    assert ours.values["answered"] == theirs["answered"] > 0
    desk.window.look_at(live.sight())
    desk.asides.look_at(live.sight())
    desk.asides.open_figure("queue:claims", "answered", "today")
    figure = desk.asides.figure
    assert figure is not None
    shift.until(lambda: figure.found is not None)
    assert figure.found is not None and figure.found.total == theirs["answered"], "the figure opens to its calls"
