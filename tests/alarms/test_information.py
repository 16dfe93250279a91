"""Alarms of the priority info: shown last and in blue until somebody has seen them; nothing is heard, nobody called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QColor

from config.load import load
from console.alarms.journal import lines as journal_lines
from console.desk import Desk
from console.finder.matching import Entry
from console.finder.present import hits
from console.handover.present import _sign
from console.wall.present import alarm_line
from console.window.attention import telling
from console.window.heading import top_bar
from console.words import Words
from feeds import facts
from feeds.entities import Alarm, AnyEntity
from feeds.records import Happening
from feeds.requests import JournalResult
from feeds.rules.alarm_rules import rule_watches
from tests.alarms.sites import Told, at_, rule, site
from tests.alarms.test_alarms import RESCUE, SITE, a_sight, put, shown
from tests.alarms.test_site import mistakes
from tests.alarms.test_sound import Room
from tests.desk.conftest import make_desk as make_desk
from widgets.tones import Tone

EN, ZH = Words("en"), Words("zh_CN")


def told_of(priority: str) -> Alarm:
    """The alarm of a rule of that priority, on a floor where callers wait."""
    told = Told(site(rule(priority=priority)))
    told.join("qa", "abc", 1)
    told.to(10)
    found = told.floor.entity("alarm:queue:qa:r")
    assert isinstance(found, Alarm)
    return found


def test_a_sites_rule_may_be_for_information_and_a_slip_is_told(tmp_path: Path) -> None:
    text = "\n  - {id: r, text: {zh: r, en: r}, figure: waiting, scopes: [queue], above: 3, priority: %s}"
    assert mistakes(tmp_path, text % "info") == []
    (found,) = load(tmp_path).alarms
    assert found.priority == "info"
    (slip,) = mistakes(tmp_path, text % "inform")
    assert slip.endswith("`inform` is not one of info, warn, critical (did you mean `info`?)")


@pytest.mark.parametrize(
    ("priority", "level", "info"), [("info", "warn", True), ("warn", "warn", False), ("critical", "critical", False)]
)
def test_an_alarm_tells_its_priority_and_older_desks_take_information_for_a_warning(
    priority: str, level: str, info: bool
) -> None:
    alarm = told_of(priority)
    assert (alarm.priority, alarm.level, alarm.info) == (priority, level, info)
    body = msgspec.json.decode(msgspec.json.encode(alarm))
    assert body["level"] == level
    assert body.get("info", False) is info
    older = {name: value for name, value in body.items() if name != "info"}
    again = msgspec.json.decode(msgspec.json.encode(older), type=AnyEntity)
    assert isinstance(again, Alarm)
    assert again.priority == level, "a gateway that does not tell it has no information"


def test_information_hides_no_warning_and_is_hidden_by_one() -> None:
    def causes(first: str, second: str) -> dict[str, str]:
        told = Told(site(rule("a", priority=first), rule("b", priority=second, scopes=("site",))))
        told.join("qa", "abc", 1)
        told.to(10)
        alarms = [one for one in told.floor.entities() if isinstance(one, Alarm)]
        return {one.key: one.cause for one in alarms if one.cause}

    assert causes("info", "warn") == {}
    assert causes("warn", "info") == {"alarm:site:b": "alarm:queue:qa:a"}
    assert causes("info", "info") == {"alarm:site:b": "alarm:queue:qa:a"}


def test_information_waits_to_be_seen_like_every_alarm() -> None:
    told = Told(site(rule(priority="info")))
    told.join("qa", "abc", 1)
    told.to(10)
    told.leave("abc", 11)
    told.to(30)
    key = "alarm:queue:qa:r"
    found = told.floor.entity(key)
    assert isinstance(found, Alarm)
    assert found.state == "returned"
    told.tell(facts.AlarmAcknowledged(at=at_(31), alarm=key, by="w"))
    found = told.floor.entity(key)
    assert isinstance(found, Alarm)
    assert (found.state, found.priority) == ("over", "info")
    assert [one.rule.priority for one in rule_watches(told.site)] == ["info"] * 3


# The desk


def test_information_stands_below_warnings_with_its_own_sign_and_word() -> None:
    sight = a_sight()
    put(sight, RESCUE, level="warn", info=True)
    lines = shown(sight).lines
    assert [(line.key, line.tone, line.signed, line.urgent) for line in lines] == [
        (SITE, Tone.WARN, True, False), (RESCUE, Tone.INFO, True, False),
    ]  # fmt: skip
    assert lines[1].cells[0] == "Info"
    put(sight, RESCUE, acknowledged_by="wang")
    assert shown(sight).lines[1].acknowledged
    put(sight, RESCUE, shelved_until=10**15)
    (aside,) = shown(sight, page="aside").lines
    assert (aside.tone, aside.cells[0]) == (Tone.INFO, "Info")


def test_the_head_counts_information_where_there_is_some() -> None:
    sight = a_sight()
    assert top_bar(sight, EN).alarms == ((Tone.CRITICAL, 1), (Tone.WARN, 1))
    put(sight, RESCUE, level="warn", info=True)
    text = top_bar(sight, EN)
    assert text.alarms == ((Tone.CRITICAL, 0), (Tone.WARN, 1), (Tone.INFO, 1))
    assert text.alarms_spoken == "Critical alarms: 0, warnings: 1, for information: 1"
    assert top_bar(sight, ZH).alarms_spoken.endswith("提示 1")


def test_of_information_nothing_is_heard_and_nobody_is_called(qapp: object) -> None:
    room, sight = Room(), a_sight()
    put(sight, RESCUE, level="warn", info=True)
    put(sight, SITE, info=True)
    room.sounding.look_at(sight)
    assert room.ear.heard == []
    assert telling(sight) == []
    put(sight, SITE, info=False)
    room.sounding.look_at(sight)
    assert room.ear.heard == ["warn"]


def test_wall_finder_journal_and_sheet_show_it_as_what_it_is() -> None:
    sight = a_sight()
    put(sight, RESCUE, level="warn", info=True)
    put(sight, SITE, ended_at=1, acknowledged_by="w")
    assert alarm_line(sight, EN, 0, 1, False).tone is Tone.INFO
    (hit,) = hits(sight, (Entry(RESCUE, "alarm", RESCUE, RESCUE),), {}, EN)
    assert hit.tone is Tone.INFO
    alarm = sight.entities[RESCUE]
    assert isinstance(alarm, Alarm)
    told = JournalResult(0, alarm.since + 1, 0, [Happening(at=alarm.since, rev=1, what="raised", entity=alarm)])
    (line,) = journal_lines(sight, told, EN)
    assert (line.tone, line.signed) == (Tone.INFO, True)
    assert [_sign(one) for one in ("critical", "warn", "info")] == ["■", "▲", "●"]


@pytest.mark.slow
def test_its_line_has_a_bar_and_a_sign_in_the_colour_of_information(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").alarms
    sight = a_sight()
    put(sight, RESCUE, level="warn", info=True)
    panel.look_at(sight)
    table = panel.table
    row = table.visualRect(table.lines.index_of(RESCUE))
    picture = table.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    bar = picture.pixelColor(round((row.left() + 2) * ratio), round(row.center().y() * ratio))
    assert bar == QColor(panel.colours.info)
    ground = picture.pixelColor(round((row.right() - 2) * ratio), round((row.top() + 3) * ratio))
    assert ground == QColor(panel.colours.panel), "grey is normal: the line itself stays as it is"
