"""Midnight in the site's zone, days of 23 and 25 hours, gaps, lateness, and what the fold forgets."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from config.schema import FigureSettings
from feeds import facts
from feeds.counters import E_SERVICE_AREA, E_WAIT_AREA
from feeds.entities import AgentDay, AnyEntity, Figures, Order, Queue, Seat, Staff
from feeds.facts import SeatState
from feeds.figures import values
from feeds.floor import Floor
from feeds.folding import passing
from feeds.folding.core import Core
from feeds.folding.state import WINDOWS
from tests.feeds.floors import BEGIN, small_site

MINUTE = 60_000
HOUR = 60 * MINUTE


def moment(text: str, zone: str = "Asia/Shanghai") -> int:
    """UTC milliseconds of a local date and time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def of_today(floor: Floor, scope: str = "queue:qa") -> Figures:
    """The day's figures of a scope."""
    found = floor.entity(f"figures:{scope}:today")
    assert isinstance(found, Figures)
    return found


def test_a_call_over_midnight_belongs_to_yesterday_and_is_carried_into_today() -> None:
    floor = Floor(small_site())
    joined, answered = moment("2026-08-01 23:59:50"), moment("2026-08-02 00:00:06")
    floor.apply(facts.LegJoined(at=joined, leg="a", call="a", queue="qa"), 1)
    assert of_today(floor).values["offered"] == 1
    floor.apply(facts.Tick(at=moment("2026-08-02 00:00:00")), 2)
    fresh = of_today(floor)
    assert (fresh.values["offered"], fresh.values["carried_in"]) == (0, 1)
    waiting = floor.entity("queue:qa")
    assert isinstance(waiting, Queue)
    assert (waiting.waiting, waiting.oldest) == (1, joined)
    floor.apply(facts.LegAnswered(at=answered, leg="a", agent="a1"), 3)
    assert of_today(floor).values["answered"] == 0
    last = joined - joined % (15 * MINUTE)
    assert floor.tally("queue:qa", last, last + 15 * MINUTE).cohort[2] == 1
    agent = floor.entity("agent:a1")
    assert isinstance(agent, AgentDay)
    assert agent.answered == 1


def test_the_longest_wait_of_a_day_is_that_of_a_caller_of_the_evening_before_who_gave_up_after_midnight() -> None:
    floor = Floor(small_site())
    floor.apply(facts.LegJoined(at=moment("2026-08-01 23:50:00"), leg="a", call="a", queue="qa"), 1)
    floor.apply(facts.LegJoined(at=moment("2026-08-02 00:00:10"), leg="b", call="b", queue="qa"), 2)
    assert of_today(floor).values["longest_wait"] is None
    floor.apply(facts.LegAbandoned(at=moment("2026-08-02 00:05:00"), leg="a"), 3)
    assert of_today(floor).values["longest_wait"] == 900.0
    floor.apply(facts.LegAnswered(at=moment("2026-08-02 00:05:10"), leg="b", agent="a1"), 4)
    assert of_today(floor).values["longest_wait"] == 900.0
    found = floor.entity("figures:site:15m")
    assert isinstance(found, Figures)
    assert found.values["longest_wait"] == 900.0


def test_a_quarter_hours_longest_wait_is_of_those_who_left_in_it_and_it_tells_who_waited_when_it_began() -> None:
    floor = Floor(small_site())
    floor.apply(facts.LegJoined(at=moment("2026-08-01 10:10:00"), leg="a", call="a", queue="qa"), 1)
    floor.apply(facts.LegAnswered(at=moment("2026-08-01 10:20:00"), leg="a", agent="a1"), 2)
    floor.advance(moment("2026-08-01 10:31:00"))
    found = [
        values(floor.tally("group:ga", begin, begin + 15 * MINUTE), floor.site.figures, basis="cohort", by_call=True)[0]
        for begin in range(moment("2026-08-01 10:00:00"), moment("2026-08-01 10:45:00"), 15 * MINUTE)
    ]
    assert [one["longest_wait"] for one in found] == [None, 600.0, None]
    assert [one["carried_in"] for one in found] == [0, 1, 0]


def test_a_call_that_still_waits_is_not_held_against_the_answer_rate_of_a_quarter_hour_that_is_over() -> None:
    floor = Floor(small_site())
    begin = moment("2026-08-01 10:00:00")

    def rate() -> float | int | None:
        tally = floor.tally("site", begin, begin + 15 * MINUTE)
        return values(tally, floor.site.figures, basis="cohort", by_call=True)[0]["answer_rate_a2"]

    for rev, leg in enumerate("ab", 1):
        floor.apply(facts.LegJoined(at=begin + 14 * MINUTE, leg=leg, call=leg, queue="qa"), rev)
    floor.apply(facts.LegAnswered(at=begin + 14 * MINUTE + 1000, leg="a", agent="a1"), 3)
    floor.advance(begin + 15 * MINUTE + 1)
    assert rate() == 100.0
    floor.apply(facts.LegAbandoned(at=begin + 16 * MINUTE, leg="b"), 4)
    assert rate() == 50.0


def test_what_is_told_late_of_the_evening_changes_how_many_were_carried_over_midnight() -> None:
    floor = Floor(small_site())
    for rev, leg in enumerate("ab", 1):
        floor.apply(facts.LegJoined(at=moment("2026-08-01 23:59:00"), leg=leg, call=leg, queue="qa"), rev)
    floor.apply(facts.Tick(at=moment("2026-08-02 00:00:03")), 3)
    assert of_today(floor).values["carried_in"] == 2
    floor.apply(facts.LegAbandoned(at=moment("2026-08-01 23:59:58"), leg="a"), 4)
    assert of_today(floor).values["carried_in"] == 1
    floor.apply(facts.LegJoined(at=moment("2026-08-01 23:59:59"), leg="c", call="c", queue="qa"), 5)
    assert of_today(floor).values["carried_in"] == 2


def test_what_is_told_late_of_a_wait_and_a_conversation_counts_for_the_time_that_they_lasted() -> None:
    floor = Floor(small_site())
    floor.apply(facts.Tick(at=moment("2026-08-01 10:20:00")), 1)
    for rev, fact in enumerate([
        facts.LegJoined(at=moment("2026-08-01 10:10:00"), leg="a", call="a", queue="qa"),
        facts.LegAnswered(at=moment("2026-08-01 10:16:00"), leg="a", agent="a1"),
        facts.TalkEnded(at=moment("2026-08-01 10:18:00"), leg="a"),
    ], 2):  # fmt: skip
        floor.apply(fact, rev)
    for scope in ("site", "queue:qa"):
        first, second = (
            floor.tally(scope, begin, begin + 15 * MINUTE)
            for begin in (moment("2026-08-01 10:00:00"), moment("2026-08-01 10:15:00"))
        )
        assert (first.event[E_WAIT_AREA], first.event[E_SERVICE_AREA]) == (5 * MINUTE, 0)
        assert (second.event[E_WAIT_AREA], second.event[E_SERVICE_AREA]) == (MINUTE, 2 * MINUTE)
        assert first.restated_at == floor.now


def test_what_is_told_after_midnight_of_the_evening_before_is_not_of_an_agents_new_day() -> None:
    floor = Floor(small_site())
    before, after = moment("2026-08-01 23:59:50"), moment("2026-08-02 00:00:30")
    for rev, fact in enumerate([
        facts.LegJoined(at=before, leg="a", call="a", queue="qa"),
        facts.Tick(at=after),
        facts.AttemptStarted(at=before + 1000, leg="a", agent="a1"),
        facts.AttemptEnded(at=before + 2000, leg="a", agent="a1", result="no_answer"),
        facts.LegAnswered(at=before + 3000, leg="a", agent="a1"),
        facts.LegTransferred(at=before + 5000, leg="a", kind="blind"),
        facts.TalkEnded(at=before + 5000, leg="a"),
    ], 1):  # fmt: skip
        floor.apply(fact, rev)
    agent = floor.entity("agent:a1")
    assert isinstance(agent, AgentDay)
    assert (agent.attempts, agent.no_answers, agent.answered, agent.transfers, agent.handled) == (0, 0, 0, 0, 0)
    assert agent.talk_s == 0.0


def test_a_seat_told_out_of_order_takes_no_time_from_a_state_that_had_not_yet_begun() -> None:
    floor = Floor(small_site())
    told: list[tuple[str, SeatState]] = [("10:00:00", "ready"), ("10:05:00", "talking"), ("10:02:00", "break")]
    for rev, (time, state) in enumerate(told, 1):
        floor.apply(facts.SeatChanged(at=moment(f"2026-08-01 {time}"), seat="s1", state=state, agent="a1"), rev)
    floor.advance(moment("2026-08-01 10:15:00"))
    begin = moment("2026-08-01 10:00:00")
    spent = dict(zip(facts.SEAT_STATES, floor.tally("team:own", begin, begin + 15 * MINUTE).time, strict=True))
    assert {state: ms for state, ms in spent.items() if ms} == {"ready": 5 * MINUTE, "break": 10 * MINUTE}


def test_a_seat_that_signs_somebody_out_who_sits_elsewhere_by_now_leaves_them_there() -> None:
    floor = Floor(small_site())
    moves: list[tuple[str, SeatState]] = [("s1", "ready"), ("s2", "ready"), ("s1", "offline")]
    for rev, (seat, state) in enumerate(moves, 1):
        floor.apply(facts.SeatChanged(at=BEGIN + rev * 1000, seat=seat, state=state, agent="a1"), rev)
    found = floor.entity("seat:s2")
    assert isinstance(found, Seat)
    assert (found.agent, found.state) == ("a1", "ready")
    staff = floor.entity("staff:site")
    assert isinstance(staff, Staff)
    assert staff.staffed == 1


def test_a_seat_is_empty_since_its_agent_signed_out() -> None:
    floor = Floor(small_site())
    floor.apply(facts.SeatChanged(at=BEGIN, seat="s1", state="ready", agent="a1"), 1)
    floor.apply(facts.SeatChanged(at=BEGIN + 60_000, seat="s1", state="offline"), 2)
    found = floor.entity("seat:s1")
    assert isinstance(found, Seat)
    assert (found.state, found.since) == ("offline", BEGIN + 60_000)


@pytest.mark.parametrize(
    ("zone", "day", "hours"), [("Europe/Berlin", "2026-03-29", 23), ("Europe/Berlin", "2026-10-25", 25)]
)
def test_a_day_of_23_or_25_hours_is_cut_at_both_local_midnights(zone: str, day: str, hours: int) -> None:
    floor = Floor(small_site(zone=zone), alarms=False)
    begin = moment(f"{day} 00:00:00", zone)
    floor.apply(facts.Tick(at=begin), 1)
    floor.apply(facts.LegJoined(at=begin + hours * HOUR - 1, leg="a", call="a", queue="qa"), 2)
    assert of_today(floor).values["offered"] == 1
    floor.apply(facts.Tick(at=begin + hours * HOUR), 3)
    assert of_today(floor).values["offered"] == 0


def test_history_with_daylight_saving_in_shanghai_is_cut_where_it_was() -> None:
    """Shanghai kept summer time from 1986 to 1991: local midnight was 15:00 UTC then, not 16:00."""
    floor = Floor(small_site(), alarms=False)
    before = int(datetime(1990, 7, 1, 14, 59, 50, tzinfo=UTC).timestamp() * 1000)
    floor.apply(facts.LegJoined(at=before, leg="a", call="a", queue="qa"), 1)
    floor.apply(facts.Tick(at=before + 10_000), 2)
    assert of_today(floor).values["offered"] == 0


def test_a_gap_marks_every_window_and_quarter_hour_that_it_touches_and_no_other() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.Tick(at=BEGIN), 1)
    floor.apply(facts.Tick(at=BEGIN + 40 * MINUTE), 2)
    floor.apply(facts.GapSeen(at=BEGIN + 40 * MINUTE, begin=BEGIN + 31 * MINUTE, end=BEGIN + 32 * MINUTE), 3)
    flags = {window: _window(floor, window).incomplete for window in ("5m", "15m", "30m", "60m", "today")}
    assert flags == {"5m": False, "15m": True, "30m": True, "60m": True, "today": True}
    quarter = BEGIN - BEGIN % (15 * MINUTE) + 30 * MINUTE
    assert floor.tally("queue:qa", quarter, quarter + 15 * MINUTE).incomplete
    assert not floor.tally("queue:qa", quarter - 15 * MINUTE, quarter).incomplete
    rev = floor.rev
    floor.apply(facts.Tick(at=BEGIN + 70 * MINUTE), 4)
    assert not _window(floor, "30m").incomplete
    assert "figures:queue:qa:30m" in dict(floor.touched_since(rev))


def _window(floor: Floor, window: str) -> Figures:
    found = floor.entity(f"figures:queue:qa:{window}")
    assert isinstance(found, Figures)
    return found


def test_a_late_fact_restates_its_closed_quarter_hour_and_says_when() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 1)
    floor.apply(facts.Tick(at=BEGIN + 20 * MINUTE), 2)
    assert of_today(floor).restated_at is None
    floor.apply(facts.LegAnswered(at=BEGIN + 8_000, leg="a", agent="a1"), 3)
    assert of_today(floor).restated_at == BEGIN + 20 * MINUTE
    assert of_today(floor).values["service_level_f8"] == 100.0
    assert _window(floor, "30m").values["asa"] == 8.0


def test_what_is_told_late_of_seats_and_phones_says_so_too() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.SeatChanged(at=BEGIN, seat="s1", state="ready", agent="a1"), 1)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 2)
    floor.apply(facts.Tick(at=BEGIN + 40 * MINUTE), 3)
    quarters = [BEGIN - BEGIN % (15 * MINUTE) + number * 15 * MINUTE for number in range(4)]

    def restated(scope: str = "queue:qa") -> list[bool]:
        return [floor.tally(scope, begin, begin + 15 * MINUTE).restated_at is not None for begin in quarters]

    assert restated() == [False] * 4
    floor.apply(facts.AttemptStarted(at=BEGIN + 1_000, leg="a", agent="a1"), 4)
    assert restated() == [True, False, False, False]
    floor.apply(facts.SeatChanged(at=BEGIN + 20 * MINUTE, seat="s1", state="break", agent="a1"), 5)
    assert restated() == [True, True, True, False], "the last one is not closed yet"
    assert restated("team:own") == [True, True, True, False]
    assert restated("team:theirs") == [False] * 4
    assert floor.tally("site", quarters[1], quarters[2]).restated_at == BEGIN + 40 * MINUTE


def test_time_that_is_told_hours_late_is_of_the_state_in_which_it_was_spent_and_a_day_back_at_most() -> None:
    floor = Floor(small_site(), alarms=False)
    begin = moment("2026-08-01 10:00")
    told: list[tuple[int, SeatState, int]] = [(0, "ready", 0), (20, "break", 210), (240, "ready", 30 * 60)]
    for rev, (at, state, comes) in enumerate(told, 1):
        floor.advance(begin + comes * MINUTE)
        fact = facts.SeatChanged(at=begin + at * MINUTE, seat="s1", state=state, agent="a1")
        floor.apply(fact, rev)

    def spent(first: int, last: int, scope: str = "team:own") -> dict[str, float]:
        time = floor.tally(scope, begin + first * MINUTE, begin + last * MINUTE).time
        return {state: ms / MINUTE for state, ms in zip(facts.SEAT_STATES, time, strict=True) if ms}

    assert [spent(first, first + 15) for first in (0, 15, 30, 135)] == [
        {"ready": 15}, {"ready": 5, "break": 10}, {"break": 15}, {"break": 15},
    ]  # fmt: skip
    assert spent(0, 240) == {"ready": 20, "break": 220}
    assert (spent(240, 360), spent(360, 30 * 60, "site")) == ({"break": 120}, {"ready": 24 * 60})


def test_the_sources_own_count_of_the_wait_wins_over_a_stepped_clock() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 1)
    floor.apply(facts.LegAnswered(at=BEGIN - 3_000, leg="a", agent="a1", wait_ms=25_000), 2)
    found = of_today(floor)
    assert found.values["asa"] == 25.0
    assert found.values["service_level_f8"] == 0.0


@pytest.mark.slow
def test_old_quarter_hours_are_forgotten_and_the_kept_ones_stay_right() -> None:
    kept = Floor(small_site(), alarms=False, retain_days=1)
    all_of_it = Floor(small_site(), alarms=False, retain_days=None)
    for floor in (kept, all_of_it):
        for hour in range(24 * 5):
            at = BEGIN + hour * HOUR
            floor.apply(facts.LegJoined(at=at, leg=f"l{hour}", call=f"c{hour}", queue="qa"), 2 * hour + 1)
            floor.apply(facts.LegAbandoned(at=at + 9_000, leg=f"l{hour}"), 2 * hour + 2)
    assert len(kept.state.queues["qa"].cohort) < 60 < len(all_of_it.state.queues["qa"].cohort)
    end = all_of_it.now - all_of_it.now % (15 * MINUTE)
    for begin in range(end - 20 * HOUR, end, 15 * MINUTE):
        span = (begin, begin + 15 * MINUTE)
        assert kept.tally("site", *span) == all_of_it.tally("site", *span)
    assert len(kept.state.calls) < 60


def test_a_call_that_only_seized_a_trunk_leaves_its_windows_for_every_reader() -> None:
    floor = Floor(small_site())
    floor.apply(facts.CallArrived(at=BEGIN, call="c"), 1)
    inbound, rev = dict[str, object](), 1
    for minute in range(1, 64):
        read = rev
        rev += 1
        floor.apply(facts.Tick(at=BEGIN + minute * 60_000), rev)
        for key, _ in floor.touched_since(read):
            entity = floor.entity(key)
            if isinstance(entity, Figures) and entity.scope == "site":
                inbound[entity.window] = entity.values["inbound"]
            elif isinstance(entity, Figures):
                assert entity.values.get("inbound") is None, "no trunk belongs to a queue"
        expected = {window: int(minute * 60_000 < length) for window, length in WINDOWS.items()}
        assert {window: inbound.get(window, 1) for window in WINDOWS} == expected, minute


def test_tombstones_last_ten_minutes_and_then_the_horizon_says_so() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 1)
    floor.apply(facts.LegAbandoned(at=BEGIN + 1_000, leg="a"), 2)
    floor.apply(facts.Tick(at=BEGIN + 9 * MINUTE), 3)
    assert floor.gone_since(1) == ["call:a"]
    assert floor.horizon == 0
    floor.apply(facts.Tick(at=BEGIN + 13 * MINUTE), 4)
    assert floor.horizon == 2
    assert floor.gone_since(2) == []


def test_an_order_is_seen_step_by_step_and_goes_half_an_hour_after_its_end() -> None:
    floor = Floor(small_site(), alarms=False)
    for rev, state in enumerate(("accepted", "running", "done"), 1):
        floor.apply(facts.OrderChanged(at=BEGIN + rev, order="o1", name="replay.seek", state=state, by="wang"), rev)  # type: ignore[arg-type]
        told = floor.entity("order:o1")
        assert isinstance(told, Order)
        assert (told.state, told.at, told.rev) == (state, BEGIN + rev, rev)
    floor.apply(facts.OrderChanged(at=BEGIN + 9, order="o2", name="replay.seek", state="running", by="wang"), 4)
    floor.apply(facts.Tick(at=BEGIN + 32 * MINUTE), 5)
    assert floor.entity("order:o1") is None
    assert "order:o1" in floor.gone_since(4)
    assert floor.entity("order:o2") is not None, "an order on its way stays in sight"


def test_a_person_who_appears_at_a_second_desk_leaves_the_first() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.SeatChanged(at=BEGIN, seat="s1", agent="a1", state="ready"), 1)
    floor.apply(facts.SeatChanged(at=BEGIN + 1_000, seat="s2", agent="a1", state="ready"), 2)
    first, second = floor.entity("seat:s1"), floor.entity("seat:s2")
    assert isinstance(first, Seat) and isinstance(second, Seat)
    assert (first.state, first.agent, second.agent) == ("offline", "", "a1")
    staff = floor.entity("staff:site")
    assert staff is not None and staff.staffed == 1  # type: ignore[union-attr]
    assert floor.state.oddities == {"agent_at_two_seats": 1}


def test_facts_that_fit_nothing_known_are_counted_and_change_no_figure() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 1)
    before = of_today(floor).values
    floor.apply(facts.LegAnswered(at=BEGIN, leg="nobody", agent="a1"), 2)
    floor.apply(facts.TalkEnded(at=BEGIN, leg="a"), 3)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 4)
    floor.apply(facts.WorkEnded(at=BEGIN, leg="nobody"), 5)
    assert of_today(floor).values == before
    assert sum(floor.state.oddities.values()) == 4


def test_a_period_that_lies_ahead_counts_nothing() -> None:
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 1)
    quarter = BEGIN - BEGIN % (15 * MINUTE)
    assert sum(floor.tally("site", quarter, quarter + 15 * MINUTE).event) > 0
    assert sum(floor.tally("site", quarter + 15 * MINUTE, quarter + 30 * MINUTE).event) == 0


def test_figures_are_right_again_after_a_floor_has_slept_for_hours() -> None:
    floor = Floor(small_site())
    for number, at in enumerate((BEGIN, BEGIN + 5 * HOUR, BEGIN + 9 * HOUR)):
        floor.apply(facts.LegJoined(at=at, leg=f"l{number}", call=f"c{number}", queue="qa"), 2 * number + 1)
        floor.apply(facts.LegAbandoned(at=at + 30_000, leg=f"l{number}"), 2 * number + 2)
        floor.advance(at + 50 * MINUTE)
        assert _window(floor, "60m").values["abandoned"] == 1
        assert _window(floor, "30m").values["abandoned"] == 0
        floor.advance(at + 61 * MINUTE)
        assert _window(floor, "60m").values["abandoned"] == 0


def _short_day(floor: Floor, begin: int, rev: int) -> int:
    """Somebody signs in, a call is answered and talked over, another gives up, everybody goes home."""
    for at, fact in (
        (0, facts.SeatChanged(at=begin, seat="s1", agent="a1", state="ready")),
        (1, facts.LegJoined(at=begin + 1_000, leg=f"x{begin}", call=f"x{begin}", queue="qa")),
        (2, facts.LegJoined(at=begin + 2_000, leg=f"y{begin}", call=f"y{begin}", queue="qb")),
        (3, facts.LegAnswered(at=begin + 9_000, leg=f"x{begin}", agent="a1")),
        (4, facts.LegAbandoned(at=begin + 70_000, leg=f"y{begin}")),
        (5, facts.TalkEnded(at=begin + 200_000, leg=f"x{begin}")),
        (6, facts.CallEnded(at=begin + 200_000, call=f"x{begin}")),
        (7, facts.CallEnded(at=begin + 200_000, call=f"y{begin}")),
        (8, facts.SeatChanged(at=begin + 400_000, seat="s1", state="offline")),
    ):
        floor.apply(fact, rev + at)
    return rev + 9


def test_nights_are_passed_over_and_leave_what_nights_gone_through_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = 0
    close_slot = passing._close_slot

    def counted(floor: Core) -> None:
        nonlocal closed
        closed += 1
        close_slot(floor)

    monkeypatch.setattr(passing, "_close_slot", counted)
    few, often = Floor(small_site()), Floor(small_site())
    few_rev = often_rev = 1
    for day in range(3):
        begin = BEGIN + day * 24 * HOUR
        few_rev = _short_day(few, begin, few_rev)
        often_rev = _short_day(often, begin, often_rev)
        for at in range(begin + 401_000, begin + 24 * HOUR, 41_000):
            often.apply(facts.Tick(at=at), often_rev)
            often_rev += 1
    passed_over = closed
    closed = 0
    end = BEGIN + 3 * 24 * HOUR
    few.advance(end)
    often.advance(end)
    assert {entity.key: _without_rev(entity) for entity in few.entities()} == {
        entity.key: _without_rev(entity) for entity in often.entities()
    }
    assert (few.slot_begin, few.state.minute_end, few.state.next_check, few.bucket) == (
        often.slot_begin, often.state.minute_end, often.state.next_check, often.bucket,
    )  # fmt: skip
    assert all(few.tally("site", at, at + 15 * MINUTE) == often.tally("site", at, at + 15 * MINUTE)
               for at in range(BEGIN - BEGIN % (15 * MINUTE), end - 15 * MINUTE, 15 * MINUTE))  # fmt: skip
    assert passed_over + closed < 2 * 3 * 8640 / 3, "most of three days' slots are passed over"


def _without_rev(entity: AnyEntity) -> list[object]:
    return [getattr(entity, name) for name in entity.__struct_fields__ if name != "rev"]


@pytest.mark.slow
def test_a_gateway_that_was_off_for_a_year_goes_through_quarter_hours_not_slots(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = 0
    close_slot = passing._close_slot

    def counted(floor: Core) -> None:
        nonlocal closed
        closed += 1
        close_slot(floor)

    monkeypatch.setattr(passing, "_close_slot", counted)
    floor = Floor(small_site())
    _short_day(floor, BEGIN, 1)
    floor.apply(facts.Tick(at=BEGIN + 365 * 24 * HOUR), 100)
    assert floor.bucket == floor.now - floor.now % (15 * MINUTE)
    assert closed < 365 * 96 + 1_000


@pytest.mark.parametrize("longest", [10, 20, 60])
def test_both_limits_of_a_wait_are_noticed_whichever_comes_first(longest: int) -> None:
    site = replace(small_site(), figures=FigureSettings(longest_acceptable_wait=longest))
    floor = Floor(site, alarms=False)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), 1)
    for second in (9, 10, 11, 19, 20, 21, 59, 60, 61):
        floor.advance(BEGIN + second * 1000)
        found = _window(floor, "5m").values
        assert (found["answer_rate_a2_pessimistic"] == 0.0) is (second > longest)
        assert (found["service_level_f8"] == 0.0) is (second > 20)
