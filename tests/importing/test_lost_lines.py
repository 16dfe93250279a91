"""Lines that were lost, came twice, late or out of order: what becomes of the calls and times that they told."""

from __future__ import annotations

import pytest

from feeds import facts as f
from tests.importing.logs import (
    ANSWERED,
    SITE,
    at,
    facts_of,
    numbered,
    only,
    translated,
)


def test_a_restart_loses_open_calls_and_leaves_a_gap() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "5|c2|claim|NONE|ENTERQUEUE||1|1",
        "8|c2|claim|1001|CONNECT|3|x|0",
        "100|NONE|NONE|NONE|QUEUESTART|",
        "160|c3|claim|NONE|ENTERQUEUE||1|1",
        "170|c3|claim|NONE|ABANDON|1|1|10",
        "180|NONE|NONE|NONE|QUEUESTART|",
    )
    assert only(found, f.GapSeen) == [f.GapSeen(at=at(100), begin=at(8), end=at(100))]
    assert [fact.at for fact in only(found, f.LegAbandoned)] == [at(8), at(170)]
    assert only(found, f.TalkEnded) == [f.TalkEnded(at=at(8), leg="c2")]
    assert (report.lost_calls, report.open_calls) == (2, 0)


def test_a_leg_whose_end_was_lost_is_closed_when_its_call_enters_again() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "50|c1|rescue|NONE|ENTERQUEUE||1|1",
    )
    assert only(found, f.LegFlowedOut) == [f.LegFlowedOut(at=at(50), leg="c1", kind="queue")]
    assert (report.lost_calls, report.open_calls) == (1, 1)


def beside(hours: int) -> list[tuple[int, str]]:
    """A short call every half hour, as lines with their times in seconds after BEGIN."""
    rows = []
    for number in range(2 * hours):
        begin = number * 1800 + 60
        rows += [(begin, f"b{number}|claim|NONE|ENTERQUEUE||1|1"), (begin + 5, f"b{number}|claim|NONE|ABANDON|1|1|5")]
    return rows


@pytest.mark.parametrize(
    ("wait", "talk"), [(13 * 3600, 50), (86_399, 5), (30 * 3600, 5), (3, 25 * 3600), (3, 70 * 3600), (46_800, 90_000)]
)
def test_a_call_of_any_length_is_one_call_while_the_log_has_its_last_line(wait: int, talk: int) -> None:
    rows = [
        (0, "c1|claim|NONE|ENTERQUEUE||1|1"),
        (wait, f"c1|claim|1001|CONNECT|{wait}|x|0"),
        (wait + talk, f"c1|claim|1001|COMPLETECALLER|{wait}|{talk}|1"),
    ]
    found, report = translated(*(f"{second}|{rest}" for second, rest in sorted(rows + beside(80))))
    assert (report.problems, report.lost_calls, report.open_calls) == ({}, 0, 0)
    assert only(found, f.LegAnswered) == [f.LegAnswered(at=at(wait), leg="c1", agent="1001")]
    assert only(found, f.TalkEnded) == [f.TalkEnded(at=at(wait + talk), leg="c1", by="caller")]
    assert not [fact for fact in only(found, f.LegAbandoned) if fact.leg == "c1"]


def test_a_call_that_gave_up_after_half_a_day_did_so_when_the_log_says() -> None:
    rows = [(0, "c1|claim|NONE|ENTERQUEUE||1|1"), (46_800, "c1|claim|NONE|ABANDON|1|1|46800")]
    found, report = translated(*(f"{second}|{rest}" for second, rest in sorted(rows + beside(20))))
    assert (report.problems, report.lost_calls) == ({}, 0)
    assert f.LegAbandoned(at=at(46_800), leg="c1") in found


def test_the_next_call_of_the_same_name_is_no_last_line_of_a_lost_one() -> None:
    rows = [
        (0, "c1|claim|NONE|ENTERQUEUE||1|1"),
        (108_000, "c1|claim|NONE|ENTERQUEUE||1|1"),
        (108_005, "c1|claim|NONE|ABANDON|1|1|5"),
    ]
    found, report = translated(*(f"{second}|{rest}" for second, rest in sorted(rows + beside(40))))
    assert (report.problems, report.lost_calls, report.open_calls) == ({}, 1, 0)
    ended = [(fact.leg, fact.at) for fact in only(found, f.LegAbandoned) if fact.leg.startswith("c1")]
    assert ended == [("c1", at(43_200)), ("c1#2", at(108_005))]


def test_a_leg_does_not_wait_for_ever_for_a_line_that_was_lost() -> None:
    found, report = translated("0|c1|claim|NONE|ENTERQUEUE||1|1", "80000|c2|claim|NONE|ENTERQUEUE||1|1")
    assert only(found, f.LegAbandoned) == [f.LegAbandoned(at=at(12 * 3600), leg="c1")]
    assert only(found, f.GapSeen) == [f.GapSeen(at=at(12 * 3600), begin=at(0), end=at(0) + 1)]
    assert (report.lost_calls, report.open_calls) == (1, 1)


def test_lines_out_of_order_by_seconds_find_their_places() -> None:
    inside = list(ANSWERED)
    swapped = [inside[1], inside[0], inside[2]]
    assert translated(*swapped)[0] == translated(*inside)[0]
    last_first = [inside[0], inside[2], inside[1]]
    assert only(translated(*last_first)[0], f.TalkEnded) == only(translated(*inside)[0], f.TalkEnded)


def test_a_clock_that_is_put_back_makes_no_negative_times() -> None:
    found, report = translated(
        "10|c1|claim|NONE|ENTERQUEUE||1|1",
        "8|c1|claim|1001|CONNECT|1|x|0",
        "18|c1|claim|1001|COMPLETECALLER|1|10|1",
    )
    assert [fact.at for fact in found] == sorted(fact.at for fact in found)
    assert only(found, f.LegAnswered) == [f.LegAnswered(at=at(10), leg="c1", agent="1001", wait_ms=1000)]
    assert only(found, f.TalkEnded) == [f.TalkEnded(at=at(18), leg="c1", by="caller", talk_ms=10_000)]
    assert report.problems == {}


def test_repeated_lines_are_counted_once() -> None:
    doubled = [line for line in ANSWERED for _ in range(2)]
    found, report = translated(*doubled)
    assert found == translated(*ANSWERED)[0]
    assert report.problems["repeated line"].count == 3
    assert report.problems["repeated line"].lines == [2, 4, 6]


def days_of_calls(days: int) -> list[str]:
    """A call each half hour of some days, with 45 minutes of conversation, as lines in order of time."""
    rows: list[tuple[int, str]] = []
    for number in range(48 * days):
        begin = number * 1800
        rows += [
            (begin, f"d{number}|claim|NONE|ENTERQUEUE||1|1"),
            (begin + 9, f"d{number}|claim|1001|CONNECT|9|x|0"),
            (begin + 2709, f"d{number}|claim|1001|COMPLETECALLER|9|2700|1"),
        ]
    return [f"{second}|{rest}" for second, rest in sorted(rows)]


@pytest.mark.parametrize(("begin", "end"), [(130, 131), (100, 139), (60, 288), (0, 432)])
def test_logs_that_overlap_are_put_together_and_nothing_counts_twice(begin: int, end: int) -> None:
    rows = days_of_calls(3)
    found, report = translated(*rows[:end], *rows[begin:])
    expected, whole = translated(*rows)
    assert found == expected
    assert report.problems["repeated line"].count == end - begin
    assert (report.calls, report.late_lines, report.open_calls) == (whole.calls, 0, 0)


@pytest.mark.parametrize("last", [3, 4, 5])
def test_an_earlier_log_behind_a_later_one_loses_no_line_and_all_of_it_is_said_to_be_late(last: int) -> None:
    later = f"{9 * 86_400}|e|claim|NONE|ENTERQUEUE||1|1", f"{9 * 86_400 + 5}|e|claim|NONE|ABANDON|1|1|5"
    earlier = ANSWERED[:2], ("80|c2|claim|NONE|ENTERQUEUE||1|1", ANSWERED[2], "90|c2|claim|NONE|ABANDON|1|1|10")
    rows = [*later, *[line for part in earlier for line in part][:last]]
    _, report = translated(*rows)
    assert (report.problems, report.late_lines) == ({}, last)


def test_calls_without_a_beginning_are_named_by_their_lines() -> None:
    _, report = translated(ANSWERED[1], ANSWERED[2], "200|c2|claim|NONE|ENTERQUEUE||1|1")
    assert report.problems["a call without a beginning"].lines == [1, 2]
    assert report.calls == 1


def test_fractions_milliseconds_and_microseconds_are_the_same_moment() -> None:
    rows = ["{}|c1|claim|NONE|ENTERQUEUE||1|1", "{}|c1|claim|NONE|ABANDON|1|1|2"]
    moments = {
        "fraction": ("1716000000.123456", "1716000002.623999"),
        "milliseconds": ("1716000000123", "1716000002623"),
        "microseconds": ("1716000000123456", "1716000002623999"),
    }
    found = {
        name: facts_of(SITE, numbered("\n".join(row.format(stamp) for row, stamp in zip(rows, stamps, strict=True))))[0]
        for name, stamps in moments.items()
    }
    assert found["fraction"] == found["milliseconds"] == found["microseconds"]
    assert only(found["fraction"], f.LegAbandoned) == [f.LegAbandoned(at=1716000002623, leg="c1")]


def test_a_time_far_from_its_neighbours_is_garbage_and_a_long_silence_is_not() -> None:
    days = 3 * 86_400
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "900000000|x|claim|NONE|ENTERQUEUE||1|1",
        "5|c1|claim|NONE|ABANDON|1|1|5",
        f"{days}|c2|claim|NONE|ENTERQUEUE||1|1",
        f"{days + 4}|c2|claim|NONE|ABANDON|1|1|4",
    )
    assert [fact.call for fact in only(found, f.CallArrived)] == ["c1", "c2"]
    assert [fact.at for fact in only(found, f.LegAbandoned)] == [at(5), at(days + 4)]
    assert report.problems["time far from its neighbours"].lines == [2]


CALLS = (
    "0|c1|claim|NONE|ENTERQUEUE||1|1", "5|c1|claim|NONE|ABANDON|1|1|5",
    f"{40 * 86_400}|c2|claim|NONE|ENTERQUEUE||1|1", f"{40 * 86_400 + 4}|c2|claim|NONE|ABANDON|1|1|4",
)  # fmt: skip
YEARS_LATER = "900000000|x|claim|NONE|ENTERQUEUE||1|1"


@pytest.mark.parametrize("place", [0, 1, 2, 4])
def test_a_line_of_another_decade_at_an_end_of_a_log_stretches_nothing(place: int) -> None:
    found, report = translated(*CALLS[:place], YEARS_LATER, *CALLS[place:])
    assert [fact.call for fact in only(found, f.CallArrived)] == ["c1", "c2"]
    assert report.problems["time far from its neighbours"].lines == [place + 1]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_the_shortest_logs_lose_no_line(count: int) -> None:
    found, report = translated(*CALLS[:count])
    assert len(only(found, f.LegJoined)) == (count + 1) // 2
    assert (report.lines, report.skipped) == (count, 0)


@pytest.mark.parametrize("more", [(), ("200|c2|claim|NONE|ENTERQUEUE||1|1",)], ids=["at the end", "in the middle"])
def test_a_conversation_whose_beginning_was_lost_begins_when_its_end_says(more: tuple[str, ...]) -> None:
    found, report = translated(ANSWERED[0], ANSWERED[2], *more)
    (answered,) = only(found, f.LegAnswered)
    assert (answered.at, answered.agent, answered.wait_ms) == (at(12), "1001", None)
    (ended,) = only(found, f.TalkEnded)
    assert (ended.at, ended.by, ended.talk_ms) == (at(72), "caller", None)
    assert report.skipped == 0 and not only(found, f.LegAbandoned)


def test_an_end_that_comes_before_its_answer_waits_for_it() -> None:
    found, _ = translated(ANSWERED[0], ANSWERED[2], ANSWERED[1], "200|c2|claim|NONE|ENTERQUEUE||1|1")
    assert [(fact.at, fact.agent) for fact in only(found, f.LegAnswered)] == [(at(12), "1001")]
    assert [fact.leg for fact in only(found, f.AttemptStarted)] == ["c1"], "its own line tells of the ringing too"


def test_a_blind_transfer_that_is_written_down_behind_the_next_wait_ends_the_talk_before() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||13800000001|1",
        "2|c1|claim|1001|CONNECT|2|c1.a|1",
        "12|c1|rescue|NONE|ENTERQUEUE||13800000001|1",
        "12|c1|claim|1001|BLINDTRANSFER|95502|from-agent|2|10|1",
        "20|c1|rescue|1002|CONNECT|8|c1.b|2",
        "50|c1|rescue|1002|COMPLETECALLER|8|30|1",
    )
    assert (report.problems, report.lost_calls) == ({}, 0)
    assert [(fact.leg, fact.kind) for fact in only(found, f.LegTransferred)] == [("c1", "blind")]
    assert [(fact.leg, fact.at, fact.by) for fact in only(found, f.TalkEnded)] == [
        ("c1", at(12), "transfer"), ("c1#2", at(50), "caller"),
    ]  # fmt: skip


def test_a_talk_whose_end_was_never_written_down_was_over_when_the_call_waited_again() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||13800000001|1",
        "2|c1|claim|1001|CONNECT|2|c1.a|1",
        "12|c1|claim|NONE|ENTERQUEUE||13800000001|1",
        "20|c1|claim|1001|CONNECT|8|c1.b|2",
        "50|c1|claim|1001|COMPLETECALLER|8|30|1",
    )
    assert (report.problems, report.lost_calls) == ({}, 1)
    assert [(fact.leg, fact.at) for fact in only(found, f.TalkEnded)] == [("c1", at(12)), ("c1#2", at(50))]
