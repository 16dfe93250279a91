"""One seat in words: state and call, the day so far, and why an order cannot be given."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from console.agent.present import LOGOUT, MOVE, NOTICE, PAUSE, READY, AgentText, agent
from console.given import Given, Phase
from console.ordering.present import list_lines, notice_lines
from console.sight import Sight, SourceSight
from console.words import Words
from feeds.entities import AgentDay, Call, Notice, Seat
from tests.wall import floors
from tests.wall.floors import welcome
from widgets.tones import Tone

EN, ZH = Words("en"), Words("zh_CN")
KEY = "seat:001"


def a_sight(*rights: str, **changes: object) -> Sight:
    entities = floors.floor()
    seat = entities[KEY]
    assert isinstance(seat, Seat)
    values: dict[str, object] = {
        "state": "talking", "agent": "7", "agent_zh": "张敏", "agent_en": "Zhang Min", "team": "team-7",
        "vendor": "qingchuan", "queue": "claim", "call": "c1", "since": floors.NOW - 60_000,
    }  # fmt: skip
    entities.put(replace(seat, **{**values, **changes}))
    entities.put(
        Call(
            key="call:c1.1", rev=1, call="c1", queue="claim", state="talking", joined_at=floors.NOW - 241_000,
            since=floors.NOW - 60_000, number="13812345621", agent="7",
        )
    )  # fmt: skip
    entities.put(
        AgentDay(
            key="agent:7", rev=1, zh="张敏", en="Zhang Min", team="team-7", answered=41, handled=40, talk_s=8000,
            hold_s=480, acw_s=4000, no_answers=2, transfers=3,
        )
    )  # fmt: skip
    return floors.sight(entities, welcome=welcome("supervisor", *(rights or ("seat.*", "notice.send"))))


def shown(sight: Sight, given: Given | None = None, reason: str = "", words: Words = EN) -> AgentText:
    return agent(sight, KEY, given, reason, words)


def why(text: AgentText) -> dict[str, str]:
    return {action.key: action.why for action in text.actions}


def given(phase: Phase, **more: object) -> Given:
    return Given("k", KEY, PAUSE, {}, phase, **more)  # type: ignore[arg-type]


def test_who_sits_there_with_team_vendor_and_kind_of_seat() -> None:
    text = shown(a_sight())
    assert (text.name, text.detail) == ("Zhang Min", "Seat 001 · agent 7")
    assert text.chips == ("Qingchuan 1", "Qingchuan Services", "Claims")
    assert shown(a_sight(), words=ZH).name == "张敏"


def test_the_call_in_hand_shows_its_queue_and_a_masked_number_and_how_long_it_had_waited() -> None:
    facts = {fact.label: fact.value for fact in shown(a_sight()).facts}
    assert facts["Caller"] == "138****5621 · waited 03:01"
    assert facts["Queue"] == "Claims"
    assert facts["Since"] == "14:31:08"


def test_what_is_not_of_today_is_told_with_its_day() -> None:
    days_ago = floors.NOW - 2 * 86_400_000
    sight = a_sight(since=days_ago)
    assert {fact.label: fact.value for fact in shown(sight).facts}["Since"] == "11-20 14:32"
    assert list_lines([given("done", given_at=days_ago)], "", sight, EN)[0].cells[0] == "11-20 14:32"
    assert list_lines([given("done", given_at=floors.NOW)], "", sight, EN)[0].cells[0] == "14:32:08"
    soon = floors.NOW + 1000
    sight.entities.put(Notice(key="notice:n", rev=1, to="floor", text="early", by="x", since=days_ago, until=soon))
    (line,) = notice_lines(sight, EN)
    assert (line.cells[0], line.cells[-1]) == ("11-20 14:32", "14:32:09")


def test_who_put_a_seat_on_pause_and_why_is_told() -> None:
    text = shown(a_sight(state="break", reason="meal", by="supervisor", call="", queue=""))
    assert text.band.title == "Break · meal"
    assert ("By", "supervisor") in [(fact.label, fact.value) for fact in text.facts]


def test_a_state_that_lasts_too_long_says_which_limit_it_passed() -> None:
    band = shown(a_sight(warn_after_s=50.0)).band
    assert (band.tone, band.detail, band.time) == (Tone.WARN, "over 00:50", "01:00")


def test_who_may_give_orders_sees_them_all_but_a_pause_needs_a_reason() -> None:
    rest = {READY: "", MOVE: "", NOTICE: "", LOGOUT: ""}
    assert why(shown(a_sight())) == {**rest, PAUSE: "Write a reason first"}
    assert why(shown(a_sight(), reason="meal")) == {**rest, PAUSE: ""}


def test_a_reason_that_the_gateway_would_find_too_long_cannot_be_sent() -> None:
    assert "too long" in why(shown(a_sight(), reason="会" * 27))[PAUSE]
    assert why(shown(a_sight(), reason="会" * 26))[PAUSE] == ""


def test_a_right_that_is_missing_is_named_at_its_button_alone() -> None:
    text = shown(a_sight("seat.ready", "seat.pause", "seat.move"), reason="meal")
    none = "Your role has no right to do this"
    assert why(text) == {READY: "", PAUSE: "", MOVE: "", NOTICE: none, LOGOUT: none}
    assert text.why == ""


@pytest.mark.parametrize(
    ("mode", "said"), [("simulated", "simulated"), ("replay", "recording"), ("live", "takes no orders")]
)
def test_a_floor_that_takes_no_orders_says_so_once_for_all_buttons(mode: str, said: str) -> None:
    sight = replace(a_sight(), sources={"main": SourceSight("main", False, 0.1, floors.NOW, mode=mode, orders=False)})
    assert said in shown(sight).why
    assert [action.key for action in shown(sight).actions if action.enabled] == [NOTICE], "which needs no source"


def test_a_simulated_floor_that_takes_orders_offers_them() -> None:
    sight = replace(a_sight(), sources={"main": SourceSight("main", False, 0.1, floors.NOW, "simulated")})
    assert shown(sight, reason="meal").why == ""
    assert all(action.enabled for action in shown(sight, reason="meal").actions)


def test_at_an_empty_seat_nobody_can_be_ordered() -> None:
    text = shown(a_sight(state="offline", agent="", agent_zh="", agent_en="", call="", vendor=""))
    assert (text.name, text.why) == ("Vacant", "Nobody is signed in at this seat")


def test_on_old_data_no_order_can_be_given() -> None:
    assert "old" in shown(replace(a_sight(), stale=True)).why


def test_a_second_press_waits_for_the_end_of_the_first() -> None:
    assert shown(a_sight(), given("running"), "meal").why == "The last order has not ended yet"
    assert set(why(shown(a_sight(), given("done"), "meal")).values()) == {""}


@pytest.mark.parametrize(
    ("what", "said", "tone"),
    [
        (given("asked"), "waiting for the floor", Tone.CALM),
        (given("running", late=True), "not seen after 5 s", Tone.WARN),
        (given("done"), "the floor shows it", Tone.CALM),
        (given("refused", text="two are away already"), "refused: two are away already", Tone.WARN),
        (given("failed", text="no such queue"), "failed: no such queue", Tone.CRITICAL),
        (given("unknown"), "trust the screen", Tone.WARN),
    ],
)
def test_an_orders_state_is_said_as_it_is(what: Given, said: str, tone: Tone) -> None:
    text = shown(a_sight(), what)
    assert said in text.note
    assert text.note_tone is tone


def test_a_seat_that_is_out_of_sight_is_not_shown_as_it_was() -> None:
    assert agent(floors.sight(), "seat:999", None, "", EN).hint == "This seat is not in sight any more"
    assert agent(floors.sight(), "", None, "", EN).hint == "Choose a seat on the floor"


def test_reasons_in_use_on_the_floor_are_offered_commonest_first() -> None:
    sight = a_sight()
    for number, reason in (("002", "meal"), ("003", "meal"), ("004", "tea")):
        seat = sight.entities[f"seat:{number}"]
        assert isinstance(seat, Seat)
        sight.entities.put(replace(seat, state="break", reason=reason))
    assert shown(sight).reasons == ("meal", "tea")
    sight.entities.put(replace(sight.site, pauses={"Lunch": "break", "tea": "break"}))
    assert shown(sight).reasons == ("meal", "tea", "Lunch")


def test_a_break_beyond_the_quota_says_its_numbers_before_anybody_presses() -> None:
    sight = a_sight()
    assert sight.site is not None
    sight.entities.put(replace(sight.site, pauses={"meal": "break", "course": "training"}, break_quotas={"team-7": 1}))
    assert why(shown(sight, reason="MEAL"))[PAUSE] == ""
    other = sight.entities["seat:002"]
    assert isinstance(other, Seat)
    sight.entities.put(replace(other, state="break", team="team-7"))
    text = shown(sight, reason="MEAL")
    assert why(text)[PAUSE] == text.pause_why == "1 of 1 of Qingchuan 1 are on break"
    assert why(shown(sight, reason="course"))[PAUSE] == "", "a course is no break"
    seat = sight.entities[KEY]
    assert isinstance(seat, Seat)
    sight.entities.put(replace(seat, state="break"))
    assert why(shown(sight, reason="meal"))[PAUSE] == "", "who is on a break already stays within the quota"


def test_a_notice_is_shown_at_the_seats_that_are_meant_while_it_holds() -> None:
    sight = a_sight()
    notice = Notice(
        key="notice:1", rev=1, to="team:team-7", text="stay", by="boss", since=floors.NOW - 1, until=floors.NOW + 1
    )
    for number, to in enumerate(("team:team-7", "team:other", "floor", KEY, "seat:002")):
        sight.entities.put(replace(notice, key=f"notice:{number}", to=to, text=to))
    sight.entities.put(replace(notice, key="notice:9", text="over", until=floors.NOW))
    assert {one.split()[1] for one in shown(sight).notices} == {"team:team-7", "floor", KEY}


def test_an_order_that_can_be_taken_back_offers_it_as_long_as_the_gateway_takes_it() -> None:
    late, soon = floors.NOW - 1, floors.NOW + 1000
    assert shown(a_sight(), given("done", order="o1", undo_until=soon)).can_undo
    assert not shown(a_sight(), given("done", order="o1", undo_until=late)).can_undo
    assert not shown(a_sight(), given("undone", order="o1", undo_until=soon)).can_undo
    assert shown(a_sight(), given("undone", text="undone by x")).note == "Pause: undone"


def test_several_seats_are_ordered_when_one_of_them_is_signed_in() -> None:
    sight = a_sight()
    empty = Seat(key="seat:900", rev=1, state="offline", since=0)
    seat = sight.entities[KEY]
    assert isinstance(seat, Seat)
    both = agent(sight, KEY, given("running"), "meal", EN, (seat, empty))
    assert both.why == "", "an order that is on its way for one is no reason for the others"
    assert all(action.label.endswith("…") for action in both.actions), "several are looked at first"
    assert agent(sight, KEY, None, "meal", EN, (empty,)).why == "Nobody is signed in at this seat"
    assert agent(sight, KEY, None, "meal", EN, (empty, empty)).why == "Nobody is signed in at any of these seats"
