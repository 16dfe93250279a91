"""Lines of a queue_log become facts: every word, every layout, and whom and what they name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.asterisk import Asterisk, QueueName
from config.schema import Agent, Name
from feeds import facts as f
from tests.importing.logs import (
    ANSWERED,
    SITE,
    at,
    facts_of,
    log,
    numbered,
    only,
    states,
    translated,
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
