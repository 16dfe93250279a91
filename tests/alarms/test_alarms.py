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

from console.alarms.present import (
    ACKNOWLEDGE,
    ORDERS,
    OUT,
    SHELVE,
    UNSHELVE,
    AlarmsText,
    Page,
    alarms,
    fitting,
    following,
)  # fmt: skip
from console.desk import Desk
from console.phrases.alarms import alarm_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm, Trunk
from feeds.facts import Tick
from feeds.requests import HelloResult, Scope
from feeds.states import TrunkState
from tests.desk.conftest import make_desk as make_desk
from tests.desk.conftest import options
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread
from tests.wall import floors
from tests.wall.floors import welcome
from widgets.tones import Tone

EN = Words("en")
RESCUE, SITE = "alarm:queue:rescue:longest_wait_now:now", "alarm:site:waiting:now"
TRUNK = "alarm:trunk:a:dead"
WAIT_MS = 60_000


def a_sight(rights: tuple[str, ...] = ("alarm.acknowledge",), **changes: object) -> Sight:
    entities = floors.floor()
    alarm = entities[RESCUE]
    assert isinstance(alarm, Alarm)
    entities.put(replace(alarm, **changes))
    return floors.sight(entities, welcome=unlimited("supervisor", *rights))


def unlimited(role: str, *rights: str) -> HelloResult:
    """A welcome to the whole floor."""
    return replace(welcome(role, *rights), scope=Scope())


def shown(sight: Sight, *chosen: str, page: Page = "open", unfolded: tuple[str, ...] = ()) -> AlarmsText:
    return alarms(sight, chosen or (RESCUE,), {}, EN, page=page, unfolded=unfolded)


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


def test_what_is_lost_stands_before_what_else_is_as_grave_and_is_told_by_its_name_and_how_long_it_lasts() -> None:
    text = shown(a_trunks(), TRUNK)
    assert [line.key for line in text.lines] == [TRUNK, RESCUE, SITE], "though the others are younger"
    assert text.lines[0].cells[2:4] == ("First carrier", "Trunk down, for 10:00")
    assert text.locate.enabled


def a_trunks(state: TrunkState = "down", **changes: object) -> Sight:
    """A floor with a trunk's alarm of ten minutes."""
    sight = replace(a_sight(), **changes)
    since = floors.NOW - 600_000
    sight.entities.put(Trunk(key="trunk:a", rev=1, state=state, since=since, zh="甲线", en="First carrier"))
    sight.entities.put(Alarm(
        key=TRUNK, rev=1, scope="trunk:a", figure="", window="now", level="critical", since=since + 5000, limit=5.0,
        value_since=since, rule="dead", zh="中继中断", en="Trunk down",
    ))  # fmt: skip
    return sight


def test_an_alarm_of_a_trunk_that_nobody_knows_says_so_and_counts_no_further() -> None:
    text = shown(a_trunks("unknown"), TRUNK)
    assert text.lines[0].cells[3] == "Trunk down, not known any more"
    assert shown(a_trunks(now=floors.NOW + 60_000), TRUNK).lines[0].cells[3] == "Trunk down, for 11:00"
    assert shown(a_trunks(now=floors.NOW + 60_000, stale=True), TRUNK).lines[0].cells[3] == "Trunk down, for 10:00"


@pytest.mark.parametrize("scope", [Scope(vendors=["v"]), Scope(queues=["claim"])], ids=["vendor", "queue"])
def test_what_is_the_whole_floors_is_offered_to_nobody_who_is_responsible_for_a_part(scope: Scope) -> None:
    ours = unlimited("supervisor", "alarm.acknowledge", "alarm.shelve")
    whole, part = a_trunks(welcome=ours), a_trunks(welcome=replace(ours, scope=scope))
    assert shown(whole, TRUNK).acknowledge.enabled
    assert set(shown(whole, TRUNK).lines[0].deeds) == {"alarm.acknowledge", "alarm.shelve", "locate"}
    text = shown(part, TRUNK)
    assert (text.acknowledge.enabled, text.acknowledge.why) == (False, EN("said.scope.alarm_all"))
    assert text.lines[0].deeds == ("locate",)


def test_a_recovered_alarm_stands_last_without_a_sign_and_its_duration_has_ended() -> None:
    sight = a_sight(ended_at=floors.NOW - 100_000, acknowledged_by="wang")
    text = shown(replace(sight, now=floors.NOW + 60_000))
    last = text.lines[-1]
    assert (last.key, last.signed, last.faint, last.tone) == (RESCUE, False, True, Tone.CALM)
    assert last.cells[3:] == ("Longest wait, was outside 02:00", "00:22", "Over, acknowledged by wang")
    assert text.note == "1 not acknowledged · 0 shelved"


def test_an_alarm_that_is_over_and_that_nobody_saw_keeps_its_sign_and_can_be_acknowledged() -> None:
    text = shown(a_sight(ended_at=floors.NOW - 100_000))
    last = text.lines[-1]
    assert (last.key, last.signed, last.acknowledged, last.faint) == (RESCUE, True, True, False)
    assert last.cells[5] == "Over, not acknowledged"
    assert text.acknowledge.enabled
    assert text.note.startswith("2 not acknowledged")


def put(sight: Sight, key: str = SITE, **changes: object) -> None:
    alarm = sight.entities[key]
    assert isinstance(alarm, Alarm)
    sight.entities.put(replace(alarm, **changes))


def test_a_consequence_is_folded_under_its_cause_and_not_counted() -> None:
    sight = a_sight()
    put(sight, cause=RESCUE)
    text = shown(sight)
    assert [line.key for line in text.lines] == [RESCUE]
    assert text.lines[0].cells[3].endswith("(+1)")
    assert (text.note, text.unfold.label) == ("1 not acknowledged · 0 shelved", "Show what follows (1)")
    unfolded = shown(sight, unfolded=(RESCUE,))
    assert [line.key for line in unfolded.lines] == [RESCUE, SITE]
    assert (unfolded.lines[1].faint, unfolded.lines[1].signed, unfolded.lines[1].cells[3][:1]) == (True, False, "└")
    put(sight, cause="alarm:queue:out-of-sight:waiting:now")
    assert [line.key for line in shown(sight).lines] == [RESCUE, SITE]


def test_what_follows_from_a_shelved_alarm_is_quiet_with_it_and_can_be_unfolded_where_that_lies() -> None:
    sight = a_sight(shelved_until=floors.NOW + 600_000, suppressed_by="wang", suppressed_reason="known")
    put(sight, cause=RESCUE)
    text = shown(sight)
    assert (text.lines, text.aside, text.note) == ((), 1, "0 not acknowledged · 1 shelved")
    assert sight.alarms() == []
    aside = shown(sight, page="aside")
    assert ([line.key for line in aside.lines], aside.unfold.label) == ([RESCUE], "Show what follows (1)")
    assert aside.lines[0].cells[3].endswith("(+1)")
    cause, quiet = shown(sight, page="aside", unfolded=(RESCUE,)).lines
    assert (cause.key, quiet.key, quiet.faint, quiet.signed) == (RESCUE, SITE, True, False)
    assert quiet.cells == ("Warning", "", "All queues", "└ Waiting 12, over 10", "Follows from the above")
    assert len(quiet.cells) == len(cause.cells)
    chosen = shown(sight, SITE, page="aside", unfolded=(RESCUE,))
    assert chosen.actions[UNSHELVE].why == EN("why.not_shelved")


def test_the_form_knows_how_many_stay_quiet_and_how_many_would_tell_by_themselves() -> None:
    sight = a_sight()
    put(sight, cause=RESCUE)
    assert (following(sight, SHELVE, (RESCUE,)), following(sight, OUT, (RESCUE,))) == (1, 1)
    assert following(sight, SHELVE, (RESCUE, SITE)) == 0, "what is shelved itself is not counted twice"
    team = replace(sight.entities[RESCUE], key="alarm:team:t:r", scope="team:t")
    sight.entities.put(team)
    put(sight, cause=team.key)
    assert (following(sight, SHELVE, (team.key,)), following(sight, OUT, (team.key,))) == (0, 1), "every team's tells"
    put(sight, cause=team.key, ended_at=floors.NOW)
    assert following(sight, OUT, (team.key,)) == 0


def test_of_alarms_that_came_one_upon_the_other_the_first_is_marked() -> None:
    sight = a_sight(number=7, group=7)
    put(sight, number=8, group=7)
    first, second = shown(sight).lines
    assert (first.cells[3][0], second.cells[3][0]) == ("①", "W")
    put(sight, number=8, group=8)
    assert shown(sight).lines[0].cells[3][0] != "①"


def test_what_is_put_aside_has_a_page_of_its_own_that_says_who_why_and_how_long() -> None:
    sight = a_sight(
        shelved_until=floors.NOW + 600_000, suppressed_by="desk", suppressed_name="Wang", suppressed_reason="known",
        suppressed_at=floors.NOW,
    )  # fmt: skip
    put(sight, out_of_service=True, suppressed_by="li", suppressed_reason="works", suppressed_at=floors.NOW)
    text = shown(sight, page="aside")
    assert shown(sight).lines == ()
    assert [line.key for line in text.lines] == [RESCUE, SITE]
    assert (text.lines[0].cells[1], text.lines[0].cells[4]) == ("10:00", "Shelved by Wang at 14:32: known")
    assert text.lines[1].cells[1] == "until returned"
    assert (text.aside, text.note) == (2, "0 not acknowledged · 1 shelved · 1 out of service")
    assert {order for order in ORDERS if text.actions[order].enabled} == set()
    managing = replace(sight, welcome=unlimited("manager", "alarm.*"))
    enabled = {order for order, action in shown(managing, RESCUE, SITE).actions.items() if action.enabled}
    assert enabled == {UNSHELVE, OUT, "alarm.return_to_service"}
    assert (fitting(managing, UNSHELVE, (RESCUE, SITE)), fitting(managing, SHELVE, (RESCUE, SITE))) == ([RESCUE], [])


def test_an_alarm_that_is_every_teams_cannot_be_silenced_by_whoever_has_some_and_the_button_says_so() -> None:
    sight = replace(a_sight(), welcome=welcome("vendor-lead", "alarm.*"))
    action = shown(sight).actions["alarm.acknowledge"]
    assert not action.enabled and "every team's" in action.why
    assert fitting(sight, SHELVE, (RESCUE, SITE)) == []
    own = sight.entities[RESCUE]
    assert isinstance(own, Alarm)
    sight.entities.put(replace(own, key="alarm:vendor:qingchuan:occupancy:30m", scope="vendor:qingchuan"))
    assert shown(sight, "alarm:vendor:qingchuan:occupancy:30m").actions["alarm.acknowledge"].enabled


def test_only_what_is_critical_and_unseen_blinks_and_old_data_does_not() -> None:
    assert [line.urgent for line in shown(a_sight()).lines] == [True, False]
    assert [line.urgent for line in shown(a_sight(acknowledged_by="w")).lines] == [False, False]
    assert [line.urgent for line in shown(replace(a_sight(), stale=True)).lines] == [False, False]


def test_an_alarm_of_a_rule_speaks_the_words_of_the_site_and_says_what_to_do() -> None:
    sight = a_sight()
    sight.entities.put(
        Alarm(
            key="alarm:seat:014:stuck", rev=3, scope="seat:014", figure="", window="now", level="warn", rule="stuck",
            since=floors.NOW - 5_000, limit=900.0, value_since=floors.NOW - 905_000, zh="话后整理过久",
            en="Wrap-up does not end", advice_zh="询问", advice_en="Ask whether help is needed",
        )
    )  # fmt: skip
    text = shown(sight, "alarm:seat:014:stuck")
    told = next(line for line in text.lines if line.key == "alarm:seat:014:stuck")
    assert told.cells[2].startswith("Seat 014")
    assert told.cells[3] == "Wrap-up does not end: 15:05, over 15:00"
    assert text.advice == "What to do: Ask whether help is needed"
    assert alarms(sight, ("alarm:seat:014:stuck",), {}, Words("zh_CN")).advice == "处置：询问"


def test_a_button_says_for_how_many_alarms_it_is_where_several_are_chosen() -> None:
    sight = a_sight()
    known = sight.entities[SITE]
    assert isinstance(known, Alarm) and known.fresh

    def labels(*chosen: str) -> list[str]:
        actions = alarms(sight, chosen, {}, EN).actions
        return [actions[order].label for order in (ACKNOWLEDGE, SHELVE)]

    assert labels(SITE) == ["Acknowledge", "Shelve…"]
    assert labels(SITE, RESCUE) == ["Acknowledge: 2", "Shelve: 2…"]
    sight.entities.put(replace(known, acknowledged_by="wang"))
    assert labels(SITE, RESCUE) == ["Acknowledge", "Shelve: 2…"], "those that it is for, and not those that are chosen"


def test_a_credential_that_several_people_share_asks_for_a_name_first() -> None:
    known = a_sight().welcome
    assert known is not None
    sight = replace(a_sight(), welcome=replace(known, shared=True))
    assert "name" in alarms(sight, (RESCUE,), {}, EN).acknowledge.why
    assert alarms(sight, (RESCUE,), {}, EN, name="Wang").acknowledge.enabled


def test_a_figure_that_is_back_within_its_limit_is_not_said_to_be_over_it() -> None:
    sight = a_sight()
    site_alarm = sight.entities[SITE]
    assert isinstance(site_alarm, Alarm)
    sight.entities.put(replace(site_alarm, limit=12.4))
    assert shown(sight).lines[1].cells[3] == "Waiting 12, back within its limit (12)"


def test_a_wait_of_nobody_is_not_said_to_be_over_its_limit() -> None:
    alarm = Alarm(
        key="alarm:queue:claim:longest_wait_now:now", rev=9, scope="queue:claim", figure="longest_wait_now",
        window="now", level="warn", since=0, limit=15.0,
    )  # fmt: skip
    assert alarm_text(floors.sight(), alarm, EN) == "Longest wait: nobody waits now, limit 00:15"


def test_a_limit_that_follows_from_a_share_of_people_is_told_in_whole_callers() -> None:
    """More than 3.45 of them are four, and four are over three: nobody has to think of half a caller."""
    sight = a_sight()
    site_alarm = sight.entities[SITE]
    assert isinstance(site_alarm, Alarm)
    sight.entities.put(replace(site_alarm, limit=3.45))
    assert shown(sight).lines[1].cells[3] == "Waiting 12, over 3"


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
    found = alarms(sight, (chosen,) if chosen else (), {}, EN).acknowledge
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
    assert (panel.table.chosen_key, panel.advice.text()) == ("", "Choose an alarm first")
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
