"""Lines of a queue_log become facts: every word, every layout, any order, lost and repeated lines."""

from __future__ import annotations

from typing import TypeVar

import pytest
from msgspec.structs import replace

from config.asterisk import Asterisk, QueueName
from config.schema import Agent, Name, Queue, Site, SkillGroup
from feeds import facts as f
from feeds.importing.importer import facts_of, numbered
from feeds.importing.problems import Report

BEGIN = 1_716_000_000
NAME = Name(zh="甲", en="A")
SITE = Site(
    id="s",
    short="S",
    name=NAME,
    zone="Asia/Shanghai",
    groups=(SkillGroup(id="g", name=NAME),),
    queues=(Queue(id="claim", name=NAME, group="g", seat_type="", number="600"),),
    agents=(Agent(id="1001", name=NAME, team="", seat_type=""),),
)
Kind = TypeVar("Kind")


def log(*rows: str) -> str:
    """Lines with times in seconds after BEGIN: `12|c1|claim|1001|CONNECT|…`."""
    lines = []
    for row in rows:
        stamp, rest = row.split("|", 1)
        lines.append(f"{BEGIN + int(stamp)}|{rest}")
    return "\n".join(lines)


def translated(*rows: str) -> tuple[list[f.AnyFact], Report]:
    """Facts and report of such lines."""
    return facts_of(SITE, numbered(log(*rows)))


def only(found: list[f.AnyFact], kind: type[Kind]) -> list[Kind]:
    """The facts of one kind."""
    return [fact for fact in found if isinstance(fact, kind)]


def at(seconds: float) -> int:
    """Milliseconds of a moment in seconds after BEGIN."""
    return round((BEGIN + seconds) * 1000)


def states(found: list[f.AnyFact], seat: str) -> list[tuple[int, str, str]]:
    """(seconds after BEGIN, state, reason) of a seat."""
    changes = only(found, f.SeatChanged)
    return [(change.at // 1000 - BEGIN, change.state, change.reason) for change in changes if change.seat == seat]


ANSWERED = (
    "0|c1|claim|NONE|ENTERQUEUE||13800000001|1",
    "12|c1|claim|1001|CONNECT|12|c1.a|5",
    "72|c1|claim|1001|COMPLETECALLER|12|60|1",
)


def test_an_answered_call_is_a_leg_with_an_attempt_and_a_conversation() -> None:
    found, report = translated(*ANSWERED)
    assert found == [
        f.CallArrived(at=at(0), call="c1", number="13800000001"),
        f.LegJoined(at=at(0), leg="c1", call="c1", queue="claim", number="13800000001"),
        f.AttemptStarted(at=at(7), leg="c1", agent="1001"),
        f.SeatChanged(at=at(7), seat="1001", state="ringing", agent="1001", leg="c1"),
        f.AttemptEnded(at=at(12), leg="c1", agent="1001", result="answered"),
        f.LegAnswered(at=at(12), leg="c1", agent="1001"),
        f.SeatChanged(at=at(12), seat="1001", state="talking", agent="1001", leg="c1"),
        f.TalkEnded(at=at(72), leg="c1", by="caller"),
        f.SeatChanged(at=at(72), seat="1001", state="ready", agent="1001", reason="derived"),
        f.CallEnded(at=at(72), call="c1"),
    ]
    assert (report.lines, report.used, report.calls, report.problems) == (3, 3, 1, {})


def test_reported_durations_win_where_they_disagree_with_the_clock_by_more_than_rounding() -> None:
    found, _ = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "12|c1|claim|1001|CONNECT|15|c1.a|0",
        "72|c1|claim|1001|COMPLETEAGENT|15|57|1",
        "80|c2|claim|NONE|ENTERQUEUE||1|1",
        "90|c2|claim|NONE|ABANDON|1|1|7",
    )
    assert only(found, f.LegAnswered)[0].wait_ms == 15_000
    assert only(found, f.TalkEnded)[0].talk_ms == 57_000
    assert only(found, f.TalkEnded)[0].by == "agent"
    assert only(found, f.LegAbandoned)[0].wait_ms == 7_000


@pytest.mark.parametrize(
    ("words", "kind", "wait_ms"),
    [
        ("EXITWITHTIMEOUT|1|1|33", "timeout", 33_000),
        ("EXITWITHTIMEOUT|1", "timeout", None),
        ("EXITEMPTY|1|1|30", "no_agent", None),
        ("EXITWITHKEY|5|1|1|33", "ivr", 33_000),
        ("EXITWITHKEY|5|1", "ivr", None),
        ("WITHDRAW|1|1|30|moved", "queue", None),
    ],
)
def test_every_way_out_of_a_queue_is_a_flow_out_of_its_kind(words: str, kind: str, wait_ms: int | None) -> None:
    found, _ = translated("0|c1|claim|NONE|ENTERQUEUE||1|1", f"30|c1|claim|NONE|{words}")
    assert only(found, f.LegFlowedOut) == [f.LegFlowedOut(at=at(30), leg="c1", kind=kind, wait_ms=wait_ms)]  # type: ignore[arg-type]
    assert only(found, f.CallEnded) == []


@pytest.mark.parametrize(
    ("words", "kind", "talk_ms"),
    [
        ("TRANSFER|200|default", "blind", None),
        ("TRANSFER|200|default|12|55", "blind", 55_000),
        ("BLINDTRANSFER|200|default|12|55|1", "blind", 55_000),
        ("ATTENDEDTRANSFER|BRIDGE|7f3a|12|55|1", "attended", 55_000),
        ("ATTENDEDTRANSFER|LINK|a|b|12|55|1|", "attended", 55_000),
    ],
)
def test_a_transfer_ends_the_conversation_in_every_layout(words: str, kind: str, talk_ms: int | None) -> None:
    found, report = translated(*ANSWERED[:2], f"72|c1|claim|1001|{words}")
    assert only(found, f.LegTransferred) == [f.LegTransferred(at=at(72), leg="c1", kind=kind)]  # type: ignore[arg-type]
    assert only(found, f.TalkEnded) == [f.TalkEnded(at=at(72), leg="c1", by="transfer", talk_ms=talk_ms)]
    assert report.problems == {}


def test_a_phone_that_rings_in_vain_is_an_attempt_that_began_earlier() -> None:
    found, _ = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "20|c1|claim|SIP/1001|RINGNOANSWER|15000",
        "21|c1|claim|SIP/1001|RINGNOANSWER|0",
        "30|c1|claim|SIP/1001|RINGCANCELED|4000",
        "30|c1|claim|NONE|ABANDON|1|1|30",
    )
    assert only(found, f.AttemptStarted) == [
        f.AttemptStarted(at=at(second), leg="c1", agent="1001") for second in (5, 21, 26)
    ]
    assert [(fact.at, fact.result) for fact in only(found, f.AttemptEnded)] == [
        (at(20), "no_answer"),
        (at(21), "rejected"),
        (at(30), "caller_gone"),
    ]
    assert states(found, "1001") == [
        (5, "ringing", ""),
        (20, "ready", "derived"),
        (26, "ringing", ""),
        (30, "ready", "derived"),
    ]


def test_a_call_that_enters_again_is_another_leg_of_the_same_call() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "30|c1|claim|NONE|EXITWITHTIMEOUT|1|1|30",
        "31|c1|rescue|NONE|ENTERQUEUE||1|1",
        "40|c1|rescue|NONE|ABANDON|1|1|9",
    )
    assert [(leg.leg, leg.call, leg.queue, leg.came_from) for leg in only(found, f.LegJoined)] == [
        ("c1", "c1", "claim", ""),
        ("c1#2", "c1", "rescue", "c1"),
    ]
    assert len(only(found, f.CallArrived)) == 1
    assert only(found, f.LegAbandoned)[0].leg == "c1#2"
    assert report.new_queues == ["rescue"]


def test_a_call_that_comes_back_after_it_was_over_is_another_call_whose_leg_has_a_name_of_its_own() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "30|c1|claim|NONE|EXITWITHTIMEOUT|1|1|30",
        "1500|c1|claim|NONE|ENTERQUEUE||1|1",
        "1520|c1|claim|NONE|ABANDON|1|1|20",
        "9000|c2|claim|NONE|ENTERQUEUE||1|1",
        "9020|c2|claim|NONE|ABANDON|1|1|20",
        "80000|c1|claim|NONE|ENTERQUEUE||1|1",
        "80020|c1|claim|NONE|ABANDON|1|1|20",
    )
    assert [(leg.leg, leg.call, leg.came_from) for leg in only(found, f.LegJoined)] == [
        ("c1", "c1", ""), ("c1#2", "c1", ""), ("c2", "c2", ""), ("c1#3", "c1", ""),
    ]  # fmt: skip
    assert [leg.leg for leg in only(found, f.LegAbandoned)] == ["c1#2", "c2", "c1#3"]
    assert report.calls == 4
    assert not report.skipped


def test_a_call_that_does_not_come_back_ends_after_ten_minutes() -> None:
    found, _ = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "30|c1|claim|NONE|EXITWITHTIMEOUT|1|1|30",
        "5000|c2|claim|NONE|ENTERQUEUE||1|1",
    )
    assert only(found, f.CallEnded) == [f.CallEnded(at=at(630), call="c1")]


def test_queues_are_known_by_number_and_agents_by_the_number_behind_the_technology() -> None:
    found, report = translated(
        "0|c1|600|NONE|ENTERQUEUE||1|1",
        "2|c1|600|Local/1001@agents/n|CONNECT|2|x|0",
        "9|c1|600|Local/1001@agents/n|COMPLETEAGENT|2|7|1",
    )
    assert only(found, f.LegJoined)[0].queue == "claim"
    assert only(found, f.LegAnswered)[0].agent == "1001"
    assert (report.new_queues, report.new_agents) == ([], [])


def test_unknown_queues_and_agents_are_created_once_and_listed() -> None:
    found, report = translated(
        "0|c1|sales|NONE|ENTERQUEUE||1|1",
        "2|c1|sales|Alice|CONNECT|2|x|1",
        "9|c1|sales|Alice|COMPLETEAGENT|2|7|1",
        "10|c2|sales|NONE|ENTERQUEUE||1|1",
        "12|c2|sales|Alice|CONNECT|2|x|1",
    )
    assert only(found, f.QueueFound) == [f.QueueFound(at=at(0), queue="sales")]
    assert only(found, f.AgentFound) == [f.AgentFound(at=at(1), agent="Alice")]
    assert (report.new_queues, report.new_agents) == (["sales"], ["Alice"])
    assert report.open_calls == 1


@pytest.mark.parametrize("name", ["UNKNOWN", "NONE", ""])
def test_nobody_in_particular_gets_no_seat_and_no_attempt(name: str) -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        f"5|c1|claim|{name}|CONNECT|5|x|2",
        f"9|c1|claim|{name}|COMPLETEAGENT|5|4|1",
    )
    assert only(found, f.LegAnswered) == [f.LegAnswered(at=at(5), leg="c1", agent="")]
    assert only(found, f.TalkEnded) != []
    assert only(found, f.SeatChanged) + only(found, f.AttemptStarted) == []
    assert report.problems == {}


def test_an_agent_with_two_calls_at_once_talks_until_the_last_of_them_ends() -> None:
    found, _ = translated(
        "0|c1|claim|NONE|ENTERQUEUE||1|1",
        "0|c1|claim|1001|CONNECT|0|x|0",
        "5|c2|claim|NONE|ENTERQUEUE||1|1",
        "5|c2|claim|1001|CONNECT|0|x|0",
        "20|c2|claim|1001|COMPLETECALLER|0|15|1",
        "60|c1|claim|1001|COMPLETECALLER|0|60|1",
    )
    assert [(second, state) for second, state, _ in states(found, "1001")] == [
        (0, "talking"),
        (5, "talking"),
        (20, "talking"),
        (60, "ready"),
    ]


def test_who_only_appears_in_calls_is_offline_after_half_an_hour_without_one() -> None:
    found, _ = translated(
        *ANSWERED, "1000|c2|claim|NONE|ENTERQUEUE||1|1", "1001|c2|claim|1001|CONNECT|1|x|0",
        "1010|c2|claim|1001|COMPLETEAGENT|1|9|1", "9000|c3|claim|NONE|ENTERQUEUE||1|1",
    )  # fmt: skip
    assert states(found, "1001")[-3:] == [
        (1001, "talking", ""),
        (1010, "ready", "derived"),
        (1010 + 1800, "offline", ""),
    ]
    assert [fact.at for fact in found] == sorted(fact.at for fact in found)


def test_members_are_there_from_when_they_are_added_and_paused_with_their_reason() -> None:
    found, _ = translated(
        "0|NONE|claim|1001|ADDMEMBER|",
        "5|NONE|rescue|1001|ADDMEMBER|",
        "10|NONE|NONE|1001|PAUSEALL|用餐",
        "10|NONE|claim|1001|PAUSE|用餐",
        "10|NONE|rescue|1001|PAUSE|用餐",
        "40|NONE|claim|1001|UNPAUSE|",
        "40|NONE|rescue|1001|UNPAUSE|",
        "40|NONE|NONE|1001|UNPAUSEALL|",
        "50|NONE|claim|1001|PAUSE|one queue only",
        "9000|NONE|claim|1001|REMOVEMEMBER|",
        "9001|NONE|rescue|1001|REMOVEMEMBER|",
    )
    assert states(found, "1001") == [
        (0, "ready", ""),
        (10, "break", "用餐"),
        (40, "ready", ""),
        (9001, "offline", ""),
    ]


def test_agents_log_in_and_off() -> None:
    found, _ = translated(
        "0|c9|NONE|Agent/1001|AGENTLOGIN|SIP/1001-1",
        "4000|c9|NONE|Agent/1001|AGENTLOGOFF|SIP/1001-1|4000",
    )
    assert states(found, "1001") == [(0, "ready", ""), (4000, "offline", "")]


def test_a_dialled_number_is_the_trunk_of_the_call_that_follows() -> None:
    found, _ = translated("0|c1|NONE|NONE|DID|95518", *ANSWERED)
    assert only(found, f.CallArrived)[0].trunk == "95518"


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


def test_a_queue_may_be_called_unknown_but_not_none() -> None:
    found, report = translated("0|c1|UNKNOWN|NONE|ENTERQUEUE||1|1", "9|c2|NONE|NONE|ENTERQUEUE||1|1")
    assert [fact.queue for fact in only(found, f.LegJoined)] == ["UNKNOWN"]
    assert report.new_queues == ["UNKNOWN"] and report.problems["no call or no queue"].lines == [2]


def test_words_that_say_nothing_about_calls_are_no_garbage_and_strange_ones_are() -> None:
    _, report = translated(
        "0|NONE|NONE|NONE|CONFIGRELOAD|",
        "0|NONE|claim|1001|PENALTY|5",
        "1|c1|claim|1001|SOMETHINGNEW|5",
        "1|c1|claim|1001|何|5",
    )
    assert {kind: problem.lines for kind, problem in report.problems.items()} == {"unknown word": [3], "no word": [4]}
    assert report.used == 2


@pytest.mark.parametrize("member", ["1001 王芳", "PJSIP/1001", "Local/1001@from-queue/n", "王芳", "Fang Wang"])
def test_a_member_is_who_the_live_floor_takes_them_for(member: str) -> None:
    site = replace(SITE, agents=(Agent(id="1001", name=Name(zh="王芳", en="Fang Wang"), team="", seat_type=""),))
    rows = [row.replace("|1001|", f"|{member}|") for row in ANSWERED]
    found, report = facts_of(site, numbered(log(*rows)))
    assert [fact.agent for fact in only(found, f.LegAnswered)] == ["1001"]
    assert report.new_agents == []


def test_a_name_that_two_agents_have_is_nobodys() -> None:
    agents = tuple(Agent(id=one, name=Name(zh="王芳", en=""), team="", seat_type="") for one in ("1001", "1002"))
    rows = [row.replace("|1001|", "|王芳|") for row in ANSWERED]
    found, _ = facts_of(replace(SITE, agents=agents), numbered(log(*rows)))
    assert [fact.agent for fact in only(found, f.LegAnswered)] == ["王芳"]


def test_a_queue_that_asterisk_calls_otherwise_is_the_sites() -> None:
    site = replace(SITE, asterisk=Asterisk(queues=(QueueName("ext-600", "claim"),)))
    rows = [row.replace("|claim|", "|ext-600|") for row in ANSWERED]
    found, report = facts_of(site, numbered(log(*rows)))
    assert {fact.queue for fact in only(found, f.LegJoined)} == {"claim"}
    assert report.new_queues == []


def test_a_caller_who_takes_the_place_of_an_agents_waiting_call_is_answered_there() -> None:
    found, report = translated(
        "0|c1|claim|NONE|ENTERQUEUE||13800000001|1",
        "2|c1|claim|1001|CONNECT|2|c1.a|1",
        "10|c2|rescue|NONE|ENTERQUEUE||1001|1",
        "12|c1|claim|1001|ATTENDEDTRANSFER|APP|Queue|2|10|1",
        "20|c1|rescue|1002|RINGNOANSWER|3000",
        "25|c1|rescue|1002|CONNECT|15|c1.b|2",
        "40|c1|rescue|1002|COMPLETECALLER|15|15|1",
    )
    assert (report.problems, report.lost_calls) == ({}, 0)
    assert [(fact.leg, fact.queue) for fact in only(found, f.LegJoined)] == [("c1", "claim"), ("c2", "rescue")]
    assert [(fact.leg, fact.at) for fact in only(found, f.LegAnswered)] == [("c1", at(2)), ("c2", at(25))]
    assert [(fact.leg, fact.at) for fact in only(found, f.TalkEnded)] == [("c1", at(12)), ("c2", at(40))]
    assert {fact.call for fact in only(found, f.CallEnded)} == {"c1", "c2"}


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
