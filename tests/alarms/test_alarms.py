"""Alarms as lines, acknowledged through a real gateway, and what they lead to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.alarms.present import AlarmsText, alarms
from console.desk import Desk
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm
from feeds.facts import Tick
from tests.desk.conftest import make_desk as make_desk
from tests.desk.conftest import options
from tests.desk.test_window import welcome
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread
from tests.wall import floors
from widgets.tones import Tone

EN = Words("en")
RESCUE, SITE = "alarm:queue:rescue:longest_wait_now:now", "alarm:site:waiting:now"
WAIT_MS = 15_000


def a_sight(**changes: object) -> Sight:
    entities = floors.floor()
    alarm = entities[RESCUE]
    assert isinstance(alarm, Alarm)
    entities.put(replace(alarm, **changes))
    return floors.sight(entities, welcome=welcome("supervisor", "alarm.acknowledge"))


def shown(sight: Sight, chosen: str = RESCUE) -> AlarmsText:
    return alarms(sight, chosen, None, EN)


def test_an_alarm_tells_where_what_since_when_and_whether_somebody_took_note() -> None:
    first, second = shown(a_sight()).lines
    assert first.cells == (
        "Critical", "14:30:06", "Rescue", "Longest wait 03:12, over 02:00", "02:02", "Not acknowledged",
    )  # fmt: skip
    assert (first.tone, first.signed, first.acknowledged) == (Tone.CRITICAL, True, False)
    assert second.cells[2:4] == ("All queues", "Waiting 12, over 10")


def test_acknowledged_alarms_stand_behind_those_that_nobody_took_note_of_and_say_who_did() -> None:
    lines = shown(a_sight(level="warn", acknowledged_by="wang")).lines
    assert [line.key for line in lines] == [SITE, RESCUE]
    assert (lines[1].cells[5], lines[1].acknowledged) == ("Acknowledged by wang", True)


def test_a_recovered_alarm_stands_last_without_a_sign_and_its_duration_has_ended() -> None:
    sight = a_sight(ended_at=floors.NOW - 100_000)
    text = shown(replace(sight, now=floors.NOW + 60_000))
    last = text.lines[-1]
    assert (last.key, last.signed, last.faint, last.tone) == (RESCUE, False, True, Tone.CALM)
    assert last.cells[3:] == ("Longest wait, was outside 02:00", "00:22", "Over, not acknowledged")
    assert text.note == "1 not acknowledged · 1 open"


def test_a_figure_that_is_back_within_its_limit_is_not_said_to_be_over_it() -> None:
    sight = a_sight()
    site_alarm = sight.entities[SITE]
    assert isinstance(site_alarm, Alarm)
    sight.entities.put(replace(site_alarm, value=0, limit=0.4))
    assert shown(sight).lines[1].cells[3] == "Waiting 0, back within 0.4"


def test_a_limit_that_follows_from_a_share_of_people_keeps_its_decimal() -> None:
    sight = a_sight()
    site_alarm = sight.entities[SITE]
    assert isinstance(site_alarm, Alarm)
    sight.entities.put(replace(site_alarm, limit=3.45))
    assert "over 3.5" in shown(sight).lines[1].cells[3] or "over 3.4" in shown(sight).lines[1].cells[3]


@pytest.mark.parametrize(
    ("sight", "chosen", "why"),
    [
        (a_sight(), "", "Choose an alarm first"),
        (a_sight(acknowledged_by="wang"), RESCUE, "Already acknowledged by wang"),
        (replace(a_sight(), welcome=welcome("wall")), RESCUE, "no right"),
        (replace(a_sight(), stale=True), RESCUE, "old"),
        (a_sight(), RESCUE, ""),
    ],
)
def test_an_alarm_that_cannot_be_acknowledged_says_why(sight: Sight, chosen: str, why: str) -> None:
    found = shown(sight, chosen).acknowledge
    assert why in found.why
    assert found.enabled is (not why)


def test_an_alarm_of_the_whole_floor_has_no_place_to_go_to() -> None:
    assert "whole floor" in shown(a_sight(), SITE).locate.why
    assert shown(a_sight(), RESCUE).locate.enabled


def test_when_the_chosen_alarm_goes_no_other_is_chosen_and_nothing_can_be_acknowledged(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    panel = make_desk("--lang", "en").alarms
    sight = a_sight()
    panel.look_at(sight)
    panel.table.choose(RESCUE)
    assert panel.acknowledge.isEnabled()
    sight.entities.drop(RESCUE)
    panel.look_at(sight)
    qtbot.waitUntil(lambda: not panel.acknowledge.isEnabled())
    assert (panel.table.chosen_key, panel.outcome.text()) == ("", "Choose an alarm first")
    assert [line.key for line in panel.table.lines.rows] == [SITE]


def test_locating_shows_the_queue_or_the_people_an_alarm_is_about(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    sight = a_sight()
    sight.entities.put(
        Alarm(
            key="alarm:vendor:yunling:occupancy:30m", rev=3, scope="vendor:yunling", figure="occupancy", window="30m",
            level="warn", since=floors.NOW, limit=85.0, value=91.0,
        )
    )  # fmt: skip
    desk.window.look_at(sight)
    desk.window.docks["queues"].close()
    desk.alarms.table.choose(RESCUE)
    qtbot.keyClick(desk.alarms.table, Qt.Key.Key_Return)
    assert desk.window.docks["queues"].isVisible()
    assert desk.queues.cards.chosen_key == "queue:rescue"
    desk.alarms.table.choose("alarm:vendor:yunling:occupancy:30m")
    desk.alarms.locate.click()
    assert desk.floor.chosen.vendor == "yunling"


def test_an_alarm_is_acknowledged_when_the_gateway_says_so(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    source = ToldSource()
    facts = everybody_signs_in()
    for number in range(3):
        facts += a_call(number, "claim", START + number, ends=False)
    facts += [Tick(at=START + seconds * 1000) for seconds in range(1, 60)]
    source._told.put_nowait((facts, asyncio.Event()))
    key = "alarm:queue:claim:waiting:now"
    with gateway_in_a_thread(small_site(), source, tmp_path) as url:
        desk = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        desk.start()
        try:
            table = desk.alarms.table
            qtbot.waitUntil(lambda: table.lines.place_of(key) >= 0, timeout=WAIT_MS)
            table.choose(key)
            qtbot.waitUntil(desk.alarms.acknowledge.isEnabled, timeout=WAIT_MS)
            qtbot.mouseClick(desk.alarms.acknowledge, Qt.MouseButton.LeftButton)
            assert "waiting for the floor" in desk.alarms.outcome.text()
            assert not table.lines.rows[table.lines.place_of(key)].acknowledged
            qtbot.waitUntil(lambda: table.lines.rows[table.lines.place_of(key)].acknowledged, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: "done" in desk.alarms.outcome.text(), timeout=WAIT_MS)
            assert desk.alarms.acknowledge.toolTip() == "Acknowledge: Already acknowledged by all-supervisor"
        finally:
            desk.stop()
