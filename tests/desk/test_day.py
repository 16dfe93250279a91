"""A simulated morning run from the desk alone: every step is seen in the feed, and stands in the audit afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from feeds.entities import Alarm, Call, Note, Notice, Seat
from tests.desk.shift import Shift, on_shift, product_gateway, verified

NAME = "Wang Li"
T = TypeVar("T")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def shift(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shift]:
    """A floor with too few people at ten to nine, ten times as fast as life."""
    words = ["--site", "demo", "--source", "simulator", "--scenario", "short_staffing", "--at", "08:50"]
    with (
        product_gateway(tmp_path, *words, "--speed", "10", "--fresh") as url,
        on_shift(qtbot, url, "demo-supervisor") as made,
    ):
        yield made


def stop_the_clock(shift: Shift) -> None:
    shift.give("clock", "replay.pause")


def go_on(shift: Shift) -> None:
    shift.give("clock", "replay.resume")


def stopped_while(shift: Shift, there_are: Callable[[], list[T]]) -> T:
    """One of those that there are, with the clock stopped so that it stays one."""
    for _ in range(20):
        found = there_are()
        if found:
            return found[0]
        go_on(shift)
        shift.until(there_are)
        stop_the_clock(shift)
    raise AssertionError("there was never one when the clock had stopped")


def test_a_supervisor_runs_a_morning_from_the_window(shift: Shift, tmp_path: Path) -> None:
    an_alarm_is_acknowledged_and_located(shift)
    seat = somebody_is_paused_and_made_ready(shift)
    a_caller_is_sent_to_another_queue(shift)
    a_notice_goes_to_the_floor(shift)
    what_makes_no_sense_is_refused_with_words(shift)
    the_next_shift_gets_its_sheet(shift, seat, tmp_path)
    the_audit_has_all_of_it(shift, tmp_path)


def an_alarm_is_acknowledged_and_located(shift: Shift) -> None:
    desk = shift.desk
    shift.until(lambda: [one for one in desk.session.live.sight().alarms() if not one.acknowledged_by])
    stop_the_clock(shift)
    desk.window.look_at(desk.session.live.sight())
    alarm = next(one for one in desk.session.live.sight().alarms() if not one.acknowledged_by)
    desk.hands.opener.open(alarm.key)
    shift.until(lambda: desk.alarms.table.chosen_key == alarm.key)
    if (field := getattr(desk.alarms, "who", None)) is not None and field.isVisible():
        field.setText(NAME)  # the demo's token is shared: whoever takes note of an alarm says who they are
        shift.name = NAME
    order = shift.act("alarm.acknowledge", alarm.key)
    assert order.about == alarm.key
    now = desk.session.live.entities[alarm.key]
    assert isinstance(now, Alarm) and now.acknowledged_by == "supervisor"
    if alarm.scope != "site":
        assert desk.hands.actions.run("alarm.locate")
        kind, _, number = alarm.scope.partition(":")
        shown = desk.queues.cards.chosen_key if kind == "queue" else getattr(desk.floor.chosen, kind)
        assert shown == (alarm.scope if kind == "queue" else number)
        desk.floor.show_all()


def somebody_is_paused_and_made_ready(shift: Shift) -> str:
    desk, live = shift.desk, shift.desk.session.live
    key = stopped_while(shift, lambda: [seat.key for seat in shift.entities(Seat) if seat.state == "ready"])
    desk.hands.opener.open(key)
    desk.agent.reason.setText("培训")
    order = shift.act("seat.pause", key)
    assert order.about == key
    away = live.entities[key]
    assert isinstance(away, Seat) and (away.state, away.by) == ("training", "supervisor")
    desk.window.look_at(live.sight())
    assert desk.agent.band.text.title.startswith("Training"), "and the desk shows it"
    shift.act("seat.ready", key)
    back = live.entities[key]
    assert isinstance(back, Seat) and back.state == "ready"
    return key


def a_caller_is_sent_to_another_queue(shift: Shift) -> None:
    live = shift.desk.session.live

    def waiting() -> list[Call]:
        return [call for call in shift.entities(Call) if call.state == "waiting" and call.queue != "enq"]

    call = stopped_while(shift, waiting)
    order = shift.give(call.key, "call.requeue", call=call.key, queue="enq")
    assert order.about == call.key
    assert call.key not in live.entities, "the leg in the old queue is over"
    assert [one.queue for one in shift.entities(Call) if one.call == call.call] == ["enq"]


def a_notice_goes_to_the_floor(shift: Shift) -> None:
    order = shift.give("floor", "notice.send", to="floor", text="早会改到九点半", minutes=60)
    shift.until(lambda: shift.entities(Notice))
    (notice,) = shift.entities(Notice)
    assert (notice.key, notice.text, notice.by) == (f"notice:{order.key[6:]}", "早会改到九点半", "supervisor")


def what_makes_no_sense_is_refused_with_words(shift: Shift) -> None:
    order = shift.give("seat:999", "seat.ready", "refused", seat="999")
    assert "999" in order.text


def the_next_shift_gets_its_sheet(shift: Shift, seat: str, folder: Path) -> None:
    desk = shift.desk
    assert desk.hands.actions.run("handover.open")
    sheet = desk.duty.handover
    sheet.notes.editor.setPlainText("Trunk B reported, ticket 4711")
    sheet.notes.keep.click()
    given = desk.orders.latest("handover")
    assert given is not None
    shift.ends(given.key, "done")
    (note,) = shift.entities(Note)
    assert note.text == "Trunk B reported, ticket 4711"
    shift.until(lambda: sheet.page is not None and "ticket 4711" in sheet.page.text)
    assert sheet.page is not None
    orders = sum(name != "handover.settle" for name, _ in shift.done)
    for words in (
        "Day shift", "Simulated, not the real floor", "All queues", f"Acknowledged by {shift.name}", "早会改到九点半",
        "Make ready · Seat 999: refused", f"(orders {orders}, not ended well 1)",
    ):  # fmt: skip
        assert words in sheet.page.text, words
    sheet.save_as(folder / "sheet.pdf")
    assert (folder / "sheet.pdf").read_bytes().startswith(b"%PDF")
    sheet.close()


def the_audit_has_all_of_it(shift: Shift, folder: Path) -> None:
    lines = verified(folder)
    for name, end in shift.done:
        assert any(name in line and end in line and "supervisor" in line for line in lines), (name, end)
    assert sum("asked" in line for line in lines) == len(shift.done)
