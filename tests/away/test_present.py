"""What an absence reads like, from a journal made by hand."""

from __future__ import annotations

from msgspec.structs import replace

from console.away.present import AwayText, away
from console.phrases.happenings import about_text
from console.sight import SourceSight
from console.words import Words
from feeds.entities import Alarm, AnyEntity, Note, Notice, Order, Source, Switch, Trunk
from feeds.facts import FASTEST
from feeds.records import Happening
from feeds.requests import JournalResult
from tests.wall import floors
from widgets.tones import Tone

EN, ZH = Words("en"), Words("zh_CN")
MINUTE = 60_000
SINCE = floors.NOW - 30 * MINUTE
ALARM = Alarm(
    key="alarm:queue:rescue:waiting:now", rev=1, scope="queue:rescue", figure="waiting", window="now", level="warn",
    since=SINCE + MINUTE, limit=4.0, value=5,
)  # fmt: skip


def happened(minute: int, what: str, entity: AnyEntity) -> Happening:
    return Happening(rev=minute, at=SINCE + minute * MINUTE, what=what, entity=replace(entity, rev=minute))


def told(*happenings: Happening, known_from: int = 0, left_off: int = 0) -> JournalResult:
    return JournalResult(SINCE, floors.NOW, known_from, list(happenings), left_off)


def text(*happenings: Happening, own: tuple[str, ...] = (), words: Words = EN, **more: int) -> AwayText:
    return away(floors.sight(), SINCE, floors.NOW, told(*happenings, **more), own, words)


def test_an_alarm_is_one_line_however_often_it_came_and_those_that_stand_come_first() -> None:
    over = replace(ALARM, ended_at=SINCE + 5 * MINUTE)
    grave = replace(ALARM, key="alarm:queue:vip:waiting:now", scope="queue:vip", level="critical")
    seen = replace(grave, acknowledged_by="mei")
    found = text(
        happened(1, "raised", grave), happened(2, "acknowledged", seen),
        happened(3, "raised", ALARM), happened(5, "returned", over), happened(7, "raised", ALARM),
        happened(9, "returned", over), happened(8, "sent", Notice(
            key="notice:n", rev=1, to="floor", text="early", by="lu", since=SINCE, until=floors.NOW)),
    )  # fmt: skip
    assert [line.cells[2:] for line in found.lines] == [
        ("VIP", "Waiting 5, over 4", "Acknowledged by mei"),
        ("Rescue", "Waiting, was outside 4", "Over · 2 times"),
        ("the floor", "early", "lu"),
    ]
    assert [(line.tone, line.acknowledged, line.faint) for line in found.lines[:2]] == [
        (Tone.CRITICAL, True, False), (Tone.CALM, False, True),
    ]  # fmt: skip
    assert found.note == "Alarms: 2 · others: 1"
    assert list(found.targets.values()) == ["alarm:queue:vip:waiting:now", "queue:rescue"]


def test_who_took_an_alarm_off_the_shelf_is_told_although_nobody_suppresses_it_any_more() -> None:
    back = replace(ALARM, brought_back_by="desk", brought_back_name="Li")
    (line,) = text(happened(3, "unshelved", back)).lines
    assert line.cells[-1].endswith("Li")


def test_orders_of_this_desk_are_no_news_and_those_of_others_lead_to_their_seat() -> None:
    mine = Order(key="order:1", rev=1, name="seat.ready", state="done", by="mei", at=SINCE, about="seat:012")
    other = replace(mine, key="order:2", name="seat.pause", state="refused", by="lu", text="nobody there")
    seen = replace(other, key="order:3", name="alarm.acknowledge", state="done", about=ALARM.key)
    found = text(
        happened(1, "done", mine), happened(2, "refused", other), happened(3, "done", seen), own=("1", "")
    )  # fmt: skip
    (line,) = found.lines
    assert line.cells == ("Order", "14:04:08", "Seat 012", "Pause · refused: nobody there", "lu")
    assert found.targets == {line.key: "seat:012"}


def test_modes_that_changed_are_told_with_what_they_are_now() -> None:
    source = Source(key="source:main", rev=1, state="down", mode="live", speed=1.0, since=0, text="no answer")
    slow = replace(source, state="up", mode="replay", speed=0.0, text="")
    fast = replace(slow, speed=FASTEST)
    switch = Switch(
        key="switch:claim", rev=1, state="on", value="overflow:enq", since=SINCE, checked_at=SINCE, by="mei"
    )
    found = text(
        happened(1, "down", source), happened(2, "up", slow), happened(3, "changed", switch),
        happened(4, "written", Note(key="note:n", rev=1, text="trunk B\nticket", by="lu", at=SINCE)),
        happened(5, "up", fast),
        happened(6, "down", Trunk(key="trunk:a", rev=1, state="down", since=SINCE, zh="甲线", en="First carrier")),
    )  # fmt: skip
    assert found.lines[0].signed
    assert [line.cells[0::2] + line.cells[3:4] for line in found.lines] == [
        ("Trunk", "First carrier", "", "down"),
        ("Source", "main", "", "up · Replay · Max"),
        ("Note", "New note", "lu", "trunk B ticket"),
        ("Switch", "Claims", "mei", "overflow to Enquiries"),
        ("Source", "main", "", "up · Replay · Paused"),
        ("Source", "main", "", "down · no answer"),
    ]
    assert [line.tone for line in found.lines] == [Tone.WARN, Tone.CALM, Tone.CALM, Tone.CALM, Tone.CALM, Tone.WARN]
    assert set(found.targets.values()) == {"queue:claim"}


def test_the_title_tells_from_when_to_when_and_what_is_not_known_is_said() -> None:
    assert text().title == "While you were away 14:02:08–14:32:08 (30:00)"
    assert text().empty == "No alarm, order or change of mode meanwhile"
    since = away(floors.sight(), SINCE - 24 * 60 * MINUTE, None, told(), (), ZH)
    assert since.title == "自 11月21日 周六 14:02:08 起的变化"
    assert text(known_from=SINCE + MINUTE).warning.startswith("The gateway's journal begins at 14:03:08")
    assert text(left_off=7).warning == "Only the newest are listed, 7 older ones are not"


def test_a_replayed_floor_is_told_in_its_own_time() -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.4, floors.NOW, mode="replay", speed=60)})
    assert away(sight, SINCE, floors.NOW, told(), (), EN).title.startswith("While you were away 14:02:08")


def test_whatever_an_order_is_about_has_a_name_that_people_know() -> None:
    named = {
        "seat:012": "Seat 012", "queue:rescue": "Rescue", "switch:claim": "Claims", "team:team-1": "Claims 1",
        "alarm:queue:rescue:waiting:now": "Rescue", "alarm:site:occupancy:30m": "All queues",
        "alarm:seat:012:long-break": "Seat 012", "alarm:source:main:lost": "main", "call:l1": "", "": "",
    }  # fmt: skip
    assert {key: about_text(floors.sight(), key, EN) for key in named} == named
