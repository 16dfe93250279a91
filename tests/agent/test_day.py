"""An agent's day in words: the time line, the figures beside the team's, the calls."""

from __future__ import annotations

from msgspec.structs import replace

from console.agent.past import DAY, HOURS_2, call_lines, counts, timeline
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat
from feeds.records import LegRecord
from feeds.requests import AgentResult, AgentSpan
from feeds.states import SeatState
from tests.agent.test_present import KEY, a_sight
from tests.wall import floors
from widgets.texts import Shape
from widgets.tones import Tone

EN, ZH = Words("en"), Words("zh_CN")
MINUTE, HOUR = 60_000, 3600_000


def span(ago: int, state: SeatState, **more: str) -> AgentSpan:
    return AgentSpan(floors.NOW - ago, state, "001", **more)


def told(*spans: AgentSpan, **more: object) -> AgentResult:
    values: dict[str, object] = {"agent": "7", "begin": floors.NOW - 24 * HOUR, "end": floors.NOW, "known_from": 0}
    return AgentResult(**{**values, "spans": list(spans), **more})  # type: ignore[arg-type]


def seat_of(sight: Sight) -> Seat:
    seat = sight.entities[KEY]
    assert isinstance(seat, Seat)
    return seat


A_DAY = told(
    span(9 * HOUR, "ready"), span(3 * HOUR, "talking"), span(HOUR, "break", reason="meal"), span(MINUTE, "talking")
)


def test_two_hours_begin_in_the_middle_of_what_lasted_then_and_end_now() -> None:
    sight = a_sight()
    line = timeline(sight, seat_of(sight), A_DAY, HOURS_2, EN)
    assert [(one.shade, one.shape) for one in line.spans] == [
        ("dark", Shape.DISC), ("light", Shape.SQUARE), ("dark", Shape.DISC)
    ]  # fmt: skip
    assert line.spans[0].begin == 0.0 and line.spans[-1].end == 1.0
    assert abs(line.spans[1].begin - 0.5) < 0.01
    assert "Break \u00b7 meal" in line.spans[1].tip and "59:00" in line.spans[1].tip
    assert [words for _, _, words in line.legend] == ["Talking", "Away"]
    assert line.marks[0][0] == 0.0 and line.marks[-1] == (1.0, "14:32")


def test_what_lasts_still_is_told_up_to_now_and_not_beyond() -> None:
    sight = a_sight()
    tip = timeline(sight, seat_of(sight), A_DAY, HOURS_2, EN).spans[-1].tip
    assert "14:32:00" in tip and "00:52" in tip, "the floor's clock says 14:32:08"
    fresh = told(span(HOUR, "ready"), span(3000, "talking"))
    assert "00:00" in timeline(sight, seat_of(sight), fresh, HOURS_2, EN).spans[-1].tip


def test_the_whole_day_begins_when_the_agent_came() -> None:
    sight = a_sight()
    early = told(span(15 * HOUR, "offline"), *A_DAY.spans)
    line = timeline(sight, seat_of(sight), early, DAY, EN)
    assert (len(line.spans), line.spans[0].shade) == (4, "open")
    assert line.marks[0][1] == "05:32"


def test_a_state_that_lasts_too_long_stands_out_at_the_end_of_the_line() -> None:
    sight = a_sight(warn_after_s=50.0)
    tones = [one.tone for one in timeline(sight, seat_of(sight), A_DAY, HOURS_2, EN).spans]
    assert tones == [Tone.CALM, Tone.CALM, Tone.WARN]


def test_a_line_of_somebody_else_or_of_nobody_is_not_shown() -> None:
    sight = a_sight()
    assert timeline(sight, seat_of(sight), None, HOURS_2, EN).empty == "Asking\u2026"
    assert timeline(sight, seat_of(sight), replace(A_DAY, agent="8"), HOURS_2, EN).empty
    assert timeline(sight, seat_of(sight), told(), HOURS_2, EN).empty == "Nothing is known"


def test_figures_stand_beside_the_teams() -> None:
    own = {"answered": 41, "aht": 312.0, "occupancy": 87.2, "ring_no_answer": 2, "transfers": 3}
    team = {"answered": 42.66, "aht": 290.0, "occupancy": None, "ring_no_answer": 1.0, "transfers": 0.5}
    shown = counts(told(figures=own, team=team), EN)
    assert [(one.label, one.value, one.note) for one in shown] == [
        ("Answered", "41", "team 42.7"), ("Handle time", "05:12", "team 04:50"), ("Occupancy", "88%", ""),
        ("Missed", "2", "team 1.0"), ("Transfers", "3", "team 0.5"),
    ]  # fmt: skip
    assert counts(None, EN) == ()


def test_calls_come_newest_first_with_masked_numbers() -> None:
    leg = LegRecord(
        leg="l1", call="c1", queue="claim", joined_at=floors.NOW - HOUR, outcome="answered", wait_ms=9000,
        number="13812345621", talk_ms=61_000, concluded_at=floors.NOW - HOUR,
    )  # fmt: skip
    later = replace(leg, leg="l2", joined_at=floors.NOW - MINUTE, concluded_at=floors.NOW - MINUTE, talk_ms=None)
    lines = call_lines(a_sight(), [leg, later], EN)
    assert [line.key for line in lines] == ["l2", "l1"]
    assert lines[1].cells == ("13:32", "Claims", "138****5621", "01:01")
    assert lines[0].cells[-1] == "in progress"
    assert "waited 00:09" in lines[1].tip


def test_as_many_calls_are_listed_as_the_head_counts() -> None:
    leg = LegRecord(leg="l", call="c", queue="claim", joined_at=floors.NOW - HOUR, outcome="answered", talk_ms=1)
    calls = [replace(leg, leg=f"l{number}", joined_at=leg.joined_at + number) for number in range(60)]
    assert len(call_lines(a_sight(), calls, EN)) == 60


def test_calls_stand_by_the_time_that_is_shown_and_last_as_long_as_in_the_figures() -> None:
    leg = LegRecord(
        leg="l1", call="c1", queue="claim", joined_at=floors.NOW - HOUR, outcome="answered", wait_ms=30 * MINUTE + 400,
        talk_ms=60_200, concluded_at=floors.NOW - HOUR + 30 * MINUTE,
    )  # fmt: skip
    between = replace(leg, leg="l2", joined_at=leg.joined_at + 10 * MINUTE, concluded_at=leg.joined_at + 11 * MINUTE)
    lines = call_lines(a_sight(), [leg, between], EN)
    assert [line.cells[0] for line in lines] == ["14:02", "13:43"]
    assert lines[0].cells[-1] == "01:01" and "waited 30:01" in lines[0].tip
