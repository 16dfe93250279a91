"""The entries of a floor and their lines: everything is there once, and nothing is made anew that has not changed."""

from __future__ import annotations

from msgspec.structs import replace

from console.finder.index import Command, Index, alarm_name
from console.finder.matching import found
from console.finder.present import deeds, hit, hits
from console.sight import Entities
from console.words import Words
from feeds.entities import AgentDay, Alarm, Call, Queue, Seat
from feeds.requests import HelloResult, Scope
from tests.wall import floors
from widgets.texts import Shape
from widgets.tones import Tone

ZH, EN = Words("zh_CN"), Words("en")
COMMANDS = (
    Command("panel.next", "下一个面板", "前往", "F6", known=("Next panel",)),
    Command("alarm.first", "前往最严重的报警", "报警", why="无告警"),
)
CALL = Call(
    key="call:c1", rev=3, call="c1", queue="rescue", state="waiting", joined_at=floors.NOW - 9000,
    since=floors.NOW - 9000, number="13812345621",
)  # fmt: skip
RESTING = AgentDay(key="agent:9999", rev=2, zh="吴静", en="Wu Jing")


def floor() -> Entities:
    entities = floors.floor()
    seat = entities["seat:108"]
    assert isinstance(seat, Seat)
    entities.put(replace(seat, agent_zh="张敏", agent_en="Zhang Min", agent="2316", team="team-7", vendor="qingchuan"))
    entities.put(CALL)
    entities.put(RESTING)
    return entities


def grown(words: Words = ZH, entities: Entities | None = None, index: Index | None = None) -> Index:
    index = index or Index()
    index.begin(floors.sight(entities or floor()), COMMANDS, words)
    assert index.grow(30.0)
    return index


def keys(query: str, words: Words = ZH) -> list[str]:
    return [one.key for one in found(grown(words).entries, query, {})]


def test_seats_agents_queues_calls_alarms_and_commands_are_found_in_both_languages() -> None:
    for words in (ZH, EN):
        assert keys("zhang min", words)[0] == "seat:108"
        assert keys("张敏", words)[0] == "seat:108"
        assert keys("wujing", words) == ["agent:9999"]
        assert "queue:rescue" in keys("jiuyuan", words)[:3]
        assert "alarm:queue:rescue:longest_wait_now:now" in keys("rescue", words)
        assert keys("next panel", words)[0] == "command:panel.next"
        assert keys("5621", words)[0] == "call:c1"
    assert "seat:108" in keys("qingchuan")
    assert keys("108")[0] == "seat:108"


def test_a_callers_number_is_found_only_as_far_as_it_is_shown() -> None:
    assert keys("13812345621") == []


def test_every_entry_has_a_key_of_its_own() -> None:
    entries = grown().entries
    assert len({one.key for one in entries}) == len(entries) == 110 + 7 + 2 + 1 + 1 + 2


def test_only_what_got_another_name_is_made_anew() -> None:
    entities, index = floor(), Index()
    grown(ZH, entities, index)
    first = index.made
    seat = entities["seat:108"]
    assert isinstance(seat, Seat)
    entities.put(replace(seat, state="hold", rev=99))
    grown(ZH, entities, index)
    assert index.made == first, "another state is no other name"
    entities.put(replace(seat, agent_zh="李娜", rev=100))
    grown(ZH, entities, index)
    assert index.made == first + 1


def test_the_index_grows_in_steps() -> None:
    index = Index()
    index.begin(floors.sight(floor()), COMMANDS, ZH)
    steps = 0
    while not index.grow(0.0):
        steps += 1
    assert steps >= 1
    assert len(index.entries) == len(grown().entries)


def test_what_comes_and_goes_between_two_steps_does_not_end_the_look() -> None:
    entities, index, steps = floor(), Index(), 0
    likes = [next(entities.of(kind)) for kind in (Call, Seat, Queue, AgentDay)]
    calls = [one.key for one in entities.of(Call)]
    index.begin(floors.sight(entities), COMMANDS, ZH)
    more = True
    while more:
        for like in likes:
            entities.put(replace(like, key=f"{like.key}-{steps}"))
        more, steps = not index.grow(0.0), steps + 1
    assert steps > 1 and set(calls) <= {one.key for one in index.entries}


def line(key: str, words: Words = ZH):
    sight = floors.sight(floor())
    one = next(one for one in grown(words).entries if one.key == key)
    return hit(sight, one, {command.id: command for command in COMMANDS}, words)


def test_a_line_tells_state_and_what_enter_does() -> None:
    seat = line("seat:108", EN)
    assert (seat.title, seat.kind, seat.does) == ("Zhang Min", "Seat", "Open seat")
    assert seat.shape is not None
    assert "108" in seat.detail
    assert "Qingchuan 1" in seat.detail
    queue = line("queue:rescue")
    assert queue.detail == "排队 5 · 最长 03:12"
    alarm = line("alarm:queue:rescue:longest_wait_now:now", EN)
    assert alarm.tone is Tone.CRITICAL
    assert alarm.detail.startswith("02:02")
    call = line("call:c1")
    assert "12345" not in call.title
    assert "00:09" in call.detail
    command = line("command:alarm.first")
    assert command.why == "无告警"
    assert "F6" in line("command:panel.next").spoken


def test_what_has_gone_since_it_was_found_has_no_line() -> None:
    entries = grown().entries
    empty = floors.sight(Entities([floors.site()]))
    assert [one.key for one in hits(empty, entries, {}, ZH)] == []


def test_the_deeds_of_a_seat_say_why_they_cannot_be_done() -> None:
    sight = floors.sight(floor(), welcome=HelloResult("e", 1, "qa", [], Scope(), True, 1000, floors.NOW))
    offered = {one.id: one for one in deeds(sight, "seat:108", ("seat.ready", "seat.pause"), EN)}
    assert list(offered) == ["open", "locate", "seat.ready", "seat.pause", "link"]
    assert offered["seat.ready"].why == EN("why.no_right")
    assert offered["open"].why == ""
    assert {one.id for one in deeds(sight, "queue:rescue", (), EN)} == {"open", "link"}
    assert {one.id for one in deeds(sight, "alarm:site:waiting:now", (), EN)} == {"open", "locate", "link"}
    assert deeds(sight, "nothing:1", (), EN) == ()


def test_an_empty_seat_is_found_by_its_number_and_shown_as_empty() -> None:
    sight = floors.sight()
    vacant = next(seat for seat in sight.seats() if seat.state == "offline")
    shown = line(vacant.key)
    assert shown.title == "未登录"
    assert shown.shape is Shape.DASH


def test_an_alarm_about_one_seat_or_a_source_is_found_by_the_words_of_its_rule() -> None:
    seat = Alarm(
        key="alarm:seat:012:long", rev=1, scope="seat:012", figure="", window="now", level="warn", since=0, limit=900.0,
        rule="long", zh="小休超时", en="Long break",
    )  # fmt: skip
    source = replace(seat, key="alarm:source:main:lost", scope="source:main", rule="lost", en="No data", zh="无数据")
    names = [alarm_name(floors.sight(), one, Words("en")) for one in (seat, source)]
    assert names[0].startswith("Seat 012") and names[0].endswith("Long break")
    assert names[1].endswith("No data")


def test_what_is_gone_from_the_floor_is_not_kept() -> None:
    entities, index = floor(), Index()
    grown(ZH, entities, index)
    calls = [key for key in entities if key.startswith("call:")]
    assert calls
    before = index.kept
    for key in calls:
        entities.drop(key)
    grown(ZH, entities, index)
    assert index.kept == before - len(calls)


def test_a_look_that_is_begun_again_before_its_end_makes_nothing_twice() -> None:
    entities, index = floor(), Index()
    index.begin(floors.sight(entities), COMMANDS, ZH)
    assert not index.grow(0.0)
    made = index.made
    assert made > 0
    grown(ZH, entities, index)
    assert index.made == index.kept
