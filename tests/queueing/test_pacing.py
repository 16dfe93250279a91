"""What a floor expects: when who waits is served, what a quarter needed, and what the rest of the day must reach."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from config.schema import FigureSettings, Queue, Site, Threshold
from feeds import facts
from feeds.counters import (
    C_ABANDONED,
    C_ANSWERED,
    C_ANSWERED_IN_TIME,
    C_BLOCKED,
    C_JOINED,
    COHORT_SIZE,
    EVENT_SIZE,
    Tally,
)
from feeds.entities import Call, Figures, Staff
from feeds.entities import Queue as QueueEntity
from feeds.facts import SEAT_STATES, AnyFact
from feeds.figures import Rest, course, need, rest_values
from feeds.floor import Floor
from tests.feeds.floors import small_site

MIDNIGHT = 1_785_513_600_000  # 2026-08-01 00:00 in Shanghai, a Saturday
MINUTE = 60_000
QUARTER = 15 * MINUTE
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def a_site(**figures: object) -> Site:
    settings = FigureSettings(**{"minimum_sample": 3, **figures})  # type: ignore[arg-type]
    return replace(
        small_site(),
        figures=settings,
        thresholds=(
            Threshold("answer_rate_a2", ("site", "queue"), "30m", "high", 95.0, 90.0),
            Threshold("service_level_f8", ("queue",), "30m", "high", 80.0, 65.0),
        ),
    )


def fold(site: Site, rows: list[AnyFact]) -> Floor:
    floor = Floor(site)
    for rev, fact in enumerate(sorted(rows, key=lambda fact: fact.at), 1):
        floor.apply(fact, rev)
    return floor


def answered(number: int | str, at: int, talk_s: int = 100, queue: str = "qa", agent: str = "a1") -> list[AnyFact]:
    """A call that is answered at once and talks for so long."""
    leg = f"l{number}"
    return [
        facts.CallArrived(at=at, call=f"c{number}"),
        facts.LegJoined(at=at, leg=leg, call=f"c{number}", queue=queue),
        facts.LegAnswered(at=at, leg=leg, agent=agent),
        facts.TalkEnded(at=at + talk_s * 1000, leg=leg),
        facts.CallEnded(at=at + talk_s * 1000, call=f"c{number}"),
    ]


def joined(name: str, at: int, queue: str = "qa", priority: int = 0) -> list[AnyFact]:
    rows: list[AnyFact] = [
        facts.CallArrived(at=at, call=f"c-{name}"),
        facts.LegJoined(at=at, leg=name, call=f"c-{name}", queue=queue),
    ]
    return [*rows, facts.LegPrioritised(at=at, leg=name, priority=priority)] if priority else rows


def signed_in(at: int, *agents: str, state: str = "talking") -> list[AnyFact]:
    return [facts.SeatChanged(at=at, seat=f"s{name[1:]}", agent=name, state=state) for name in agents]  # type: ignore[arg-type]


def turns(floor: Floor, queue: str = "qa") -> dict[str, float | None]:
    entity = floor.entity(f"queue:{queue}")
    assert isinstance(entity, QueueEntity)
    return entity.turns


BEGIN = MIDNIGHT + 10 * HOUR


def a_busy_queue() -> list[AnyFact]:
    """Three calls of 90, 100 and 110 s are over; a1 and a2, whose first skill is qa, are busy; three wait."""
    rows = signed_in(BEGIN, "a1", "a2", "a3")
    for number, talk in enumerate((90, 100, 110)):
        rows += answered(number, BEGIN + number * 1000, talk)
    at = BEGIN + 5 * MINUTE
    return [*rows, *joined("w1", at), *joined("w2", at + 1000), *joined("w3", at + 2000)]


def test_who_waits_is_told_place_times_handle_time_over_agents() -> None:
    floor = fold(a_site(), a_busy_queue())
    assert turns(floor) == {"w1": 50.0, "w2": 100.0, "w3": 150.0}  # 100 s ÷ 2 agents: a3 has qb as first skill


def test_a_higher_priority_goes_ahead_and_the_line_is_published_anew() -> None:
    floor = fold(a_site(), a_busy_queue())
    floor.entity("queue:qa")
    floor.apply(facts.LegPrioritised(at=floor.now + 1, leg="w3", priority=5), floor.rev + 1)
    assert turns(floor) == {"w3": 50.0, "w1": 100.0, "w2": 150.0}
    assert "queue:qa" in dict(floor.touched_since(floor.rev - 1))


def test_who_hears_it_ring_does_not_wait_in_line_any_more() -> None:
    floor = fold(a_site(), a_busy_queue())
    floor.apply(facts.AttemptStarted(at=floor.now + 1, leg="w2", agent="a1"), floor.rev + 1)
    assert turns(floor) == {"w2": 0.0, "w1": 50.0, "w3": 100.0}


def test_nobody_on_the_queue_or_no_handle_time_is_unknown_and_not_nought() -> None:
    rows = [*answered(1, BEGIN), *answered(2, BEGIN), *answered(3, BEGIN), *joined("w", BEGIN + 3 * MINUTE)]
    assert turns(fold(a_site(), rows)) == {"w": None}
    rows = [*signed_in(BEGIN, "a1"), *joined("w", BEGIN + 3 * MINUTE)]
    assert turns(fold(a_site(), rows)) == {"w": None}


def test_agents_who_leave_are_gone_from_the_prediction_with_the_next_minute() -> None:
    floor = fold(a_site(), a_busy_queue())
    rev = floor.rev
    at = floor.now + 1000
    floor.apply(facts.SeatChanged(at=at, seat="s2", agent="a2", state="break"), rev + 1)
    floor.apply(facts.Tick(at=at + MINUTE), rev + 2)
    assert turns(floor)["w1"] == 100.0
    assert "queue:qa" in dict(floor.touched_since(rev + 1))


def test_the_prediction_is_the_same_after_freezing_and_thawing() -> None:
    floor = fold(a_site(), a_busy_queue())
    assert turns(Floor.thaw(a_site(), floor.freeze())) == turns(floor)


def test_a_caller_speaks_what_the_queue_says_and_else_nothing_is_claimed() -> None:
    site = a_site()
    queues = tuple(replace(one, language="fr") if one.id == "qb" else one for one in site.queues)
    rows = [*joined("w1", BEGIN), *joined("w2", BEGIN, "qb"), *joined("x", BEGIN, "new")]
    floor = fold(replace(site, queues=queues), rows)
    spoken = {one.key: one.language for one in floor.entities() if isinstance(one, Call)}
    assert spoken == {"call:w1": "", "call:w2": "fr", "call:x": ""}
    assert Queue("q", site.name, "g", "t").language == ""


# The course of a day


def a_tally(**cohort: int) -> Tally:
    tally = Tally(cohort=[0] * COHORT_SIZE, event=[0] * EVENT_SIZE, time=[0] * len(SEAT_STATES))
    places = {"joined": C_JOINED, "blocked": C_BLOCKED, "answered": C_ANSWERED, "in_time": C_ANSWERED_IN_TIME}
    for name, value in cohort.items():
        tally.cohort[places[name]] = value
    return tally


def test_means_are_over_the_time_that_has_passed() -> None:
    rows = [*signed_in(BEGIN, "a1", "a2", state="ready"), *signed_in(BEGIN + 5 * MINUTE, "a2", state="break")]
    rows += [*joined("w", BEGIN + 6 * MINUTE), facts.Tick(at=BEGIN + 10 * MINUTE)]
    floor = fold(a_site(), rows)
    found = course(floor.tally("queue:qa", BEGIN, BEGIN + QUARTER), 600, 600)
    assert found == {"waiting_mean": 0.4, "staffed_mean": 2.0, "on_queue_mean": 1.5}
    whole = course(floor.tally("group:ga", BEGIN, BEGIN + QUARTER), 600, 600)
    assert whole["waiting_mean"] == 0.4


def test_who_is_in_a_state_that_nobody_knows_is_staffed_now_and_in_the_mean() -> None:
    rows = [*signed_in(BEGIN, "a1", "a2", state="ready"), *signed_in(BEGIN + 5 * MINUTE, "a2", state="unknown")]
    floor = fold(a_site(), [*rows, facts.Tick(at=BEGIN + 10 * MINUTE)])
    found = course(floor.tally("site", BEGIN, BEGIN + QUARTER), 600, 600)
    assert (found["staffed_mean"], found["on_queue_mean"]) == (2.0, 1.5)
    figures, staff = floor.entity("figures:site:30m"), floor.entity("staff:site")
    assert isinstance(figures, Figures) and isinstance(staff, Staff)
    assert figures.values["staffed"] == staff.staffed == 2
    assert figures.values["utilisation"] == 75.0
    assert figures.values["occupancy"] == 0.0
    signed_out = fold(a_site(), [*rows, *signed_in(BEGIN + 5 * MINUTE, "a2", state="offline")])
    assert isinstance(staff := signed_out.entity("staff:site"), Staff) and staff.staffed == 1


def test_a_quarter_needs_what_erlang_c_says_and_nothing_without_calls() -> None:
    # 50 requests in a quarter at 180 s are 10 erlang: 14 agents answer 88.8 % within 20 s, 13 only 79.5 %.
    assert need(a_tally(joined=48, blocked=2), 900, 180, 20, 80.0) == 14
    assert need(a_tally(joined=50), 900, 180, 20, None) == 14
    assert need(a_tally(), 900, None, 20, 80.0) == 0
    assert need(a_tally(joined=5), 900, None, 20, 80.0) is None
    assert need(a_tally(joined=5), 120, 180, 20, 80.0) is None


# The rest of the day


def test_the_rest_must_reach_what_the_day_lacks() -> None:
    """94 of 100 answered, 200 to come: (0.95 × 300 − 94) ÷ 200 = 95.5 %; in time (0.8 × 300 − 70) ÷ 200 = 85 %."""
    tally = a_tally(joined=100, answered=94, in_time=70)
    tally.cohort[C_ANSWERED] = 94
    tally.cohort[C_ABANDONED] = 6  # abandoned
    found = rest_values(tally, Rest(200.0, "profile"), 95.0, 80.0)
    assert found["expected_rest"] == 200.0
    assert round(found["rest_answer_rate"] or 0, 6) == 95.5
    assert round(found["rest_service_level"] or 0, 6) == 85.0


def test_who_waits_is_part_of_the_rest_and_who_waits_too_long_cannot_be_in_time() -> None:
    tally = a_tally(joined=100, answered=90, in_time=80)
    tally.cohort[C_ABANDONED] = 6
    found = rest_values(tally, Rest(96.0, "linear", waiting=4, late=3), 95.0, 80.0)
    assert round(found["rest_answer_rate"] or 0, 6) == round((0.95 * (96 + 100) - 90) / 100 * 100, 6)
    assert round(found["rest_service_level"] or 0, 6) == round((0.8 * (99 + 97) - 80) / 97 * 100, 6)


def test_a_day_that_cannot_be_saved_asks_for_more_than_everything() -> None:
    tally = a_tally(joined=100, answered=50, in_time=10)
    tally.cohort[C_ABANDONED] = 50
    assert (rest_values(tally, Rest(10.0, "linear"), 95.0, None)["rest_answer_rate"] or 0) > 100
    assert rest_values(tally, Rest(0.0, "linear"), 95.0, 80.0)["rest_answer_rate"] is None
    assert rest_values(tally, Rest(10.0, "linear"), None, None)["rest_service_level"] is None


def a_day(day: int, by_hour: dict[int, int], prefix: str) -> list[AnyFact]:
    """Calls spread over hours of a day that begins at `day`."""
    rows: list[AnyFact] = []
    for hour, count in by_hour.items():
        for number in range(count):
            rows += answered(f"{prefix}{hour}.{number}", day + hour * HOUR + number * HOUR // count, 10)
    return rows


def figures(floor: Floor) -> Figures:
    found = floor.entity("figures:queue:qa:today")
    assert isinstance(found, Figures)
    return found


def test_yesterdays_rest_is_scaled_by_how_busy_today_is() -> None:
    begin = MIDNIGHT - 2 * DAY + 20 * HOUR
    rows = answered(1, begin, 10)
    rows += a_day(MIDNIGHT - DAY, {9: 10, 15: 40}, "y")
    rows += a_day(MIDNIGHT, {9: 20}, "t")
    rows.append(facts.Tick(at=MIDNIGHT + 12 * HOUR))
    found = figures(fold(a_site(), rows))
    assert (found.rest_basis, found.values["expected_rest"]) == ("yesterday", 80.0)


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("Europe/Berlin", "2026-03-29"),  # its clocks are put forward at 02:00
        ("Europe/Berlin", "2026-03-30"),  # yesterday had 23 hours
        ("Europe/Berlin", "2026-10-25"),  # an hour twice
        ("Europe/Berlin", "2026-10-26"),
        ("Africa/Cairo", "2026-04-23"),  # its night ends at 01:00
        ("Africa/Cairo", "2026-04-24"),  # and so this day begins
        ("Africa/Cairo", "2026-04-25"),
        ("Africa/Cairo", "2026-10-30"),
    ],
)
def test_a_like_day_is_gone_by_up_to_the_same_time_of_its_clock(zone: str, today: str) -> None:
    """A day of 23 or 25 hours, or the day after one: what had come by noon is held against what had come by noon."""
    day = date.fromisoformat(today)

    def moment(days: int, hour: int, minute: int = 0) -> int:
        local = datetime.combine(day - timedelta(days=days), time(hour, minute), ZoneInfo(zone))
        return int(local.timestamp() * 1000)

    rows = answered("first", moment(2, 20), 10)
    for days, hour, count in ((1, 9, 10), (1, 12, 30), (1, 23, 10), (0, 1, 3), (0, 9, 17)):
        for number in range(count):
            rows += answered(f"{days}.{hour}.{number}", moment(days, hour, number), 10)
    rows.append(facts.Tick(at=moment(0, 12)))
    found = figures(fold(replace(a_site(), zone=zone), rows))
    assert (found.rest_basis, found.values["expected_rest"]) == ("yesterday", 80.0)


@pytest.mark.parametrize("by_hour", [{}, {12: 2}], ids=["closed", "nearly closed"])
def test_a_day_on_which_it_was_closed_is_no_like_day_of_one_that_is_open(by_hour: dict[int, int]) -> None:
    profile = tuple(10.0 if 8 <= hour < 18 else 0.0 for hour in range(24))
    rows = [*a_day(MIDNIGHT - 2 * DAY, {9: 40}, "f"), *a_day(MIDNIGHT - DAY, by_hour, "s")]
    rows += [*a_day(MIDNIGHT, {8: 20, 9: 20}, "m"), facts.Tick(at=MIDNIGHT + 10 * HOUR)]
    found = figures(fold(a_site(day_profile=profile), rows))
    assert (found.rest_basis, found.values["expected_rest"]) == ("profile", 160.0)  # 20 an hour for eight hours more


def test_the_sites_hourly_shares_count_only_from_where_the_floor_began_to_look() -> None:
    profile = tuple(10.0 if 8 <= hour < 18 else 0.0 for hour in range(24))
    rows = [*a_day(MIDNIGHT, {10: 20, 11: 20}, "t"), facts.Tick(at=MIDNIGHT + 12 * HOUR + MINUTE)]
    found = figures(fold(a_site(day_profile=profile), rows))
    assert (found.rest_basis, found.values["expected_rest"]) == ("profile", 120.0)  # 20 an hour for six hours more


def test_without_any_like_day_the_pace_of_the_last_hour_goes_on() -> None:
    rows = [*a_day(MIDNIGHT, {20: 20, 21: 12}, "t"), facts.Tick(at=MIDNIGHT + 22 * HOUR + MINUTE)]
    found = figures(fold(a_site(), rows))
    assert (found.rest_basis, found.values["expected_rest"]) == ("linear", 24.0)
    assert found.values["rest_answer_rate"] == (0.95 * (32 + 24) - 32) / 24 * 100


def test_what_is_told_late_of_today_or_of_the_day_before_changes_what_is_expected_at_once() -> None:
    begin, noon = MIDNIGHT - 2 * DAY + 20 * HOUR, MIDNIGHT + 12 * HOUR
    rows = answered(1, begin, 10)
    rows += a_day(MIDNIGHT - DAY, {9: 10, 15: 40}, "y")
    rows += a_day(MIDNIGHT, {9: 20}, "t")
    floor = fold(a_site(), [*rows, facts.Tick(at=noon)])
    expected = [figures(floor).values["expected_rest"]]
    late: list[list[AnyFact]] = [
        answered("late", MIDNIGHT + 9 * HOUR, 10),
        answered("later", MIDNIGHT - DAY + 20 * HOUR, 10),
        [facts.GapSeen(at=noon, begin=MIDNIGHT - DAY + HOUR, end=MIDNIGHT - DAY + 2 * HOUR)],
        [facts.Tick(at=noon + QUARTER)],
    ]
    for told in late:
        for fact in told:
            floor.apply(fact, floor.rev + 1)
        fresh = Floor.thaw(a_site(), floor.freeze())
        assert figures(floor) == figures(fresh), told
        expected.append(figures(floor).values["expected_rest"])
    assert expected[:3] == [80.0, 84.0, 86.1]
    assert expected[3] == 0.0, "with a gap yesterday is no like day any more, and the last hour was quiet"


def test_who_waits_since_before_midnight_is_no_part_of_what_the_new_day_must_reach() -> None:
    """They are of the day before, in every other figure of a day and among the calls behind this one."""
    rows = [*answered(1, MIDNIGHT - 2 * DAY + 20 * HOUR, 10), *a_day(MIDNIGHT - DAY, {9: 10, 15: 40}, "y")]
    for number in range(30):
        rows += joined(f"w{number}", MIDNIGHT - MINUTE)
    for number in range(4):
        rows += joined(f"g{number}", MIDNIGHT + MINUTE)
        rows.append(facts.LegAbandoned(at=MIDNIGHT + 2 * MINUTE, leg=f"g{number}"))
    found = figures(fold(a_site(), [*rows, facts.Tick(at=MIDNIGHT + 30 * MINUTE)])).values
    rest = found["expected_rest"]
    assert found["waiting"] == 30 and rest == 80.0
    assert found["rest_answer_rate"] == 0.95 * (4 + rest) / rest * 100
    assert found["rest_service_level"] == 0.8 * (4 + rest) / rest * 100


def test_what_came_in_the_open_quarter_is_not_expected_again() -> None:
    rows = [*a_day(MIDNIGHT, {20: 20, 21: 12}, "t"), facts.Tick(at=MIDNIGHT + 22 * HOUR + MINUTE)]
    rows += answered(999, MIDNIGHT + 22 * HOUR + 2 * MINUTE, 10)
    assert figures(fold(a_site(), rows)).values["expected_rest"] == 23.0


def test_too_few_calls_are_no_ground_for_a_forecast() -> None:
    found = figures(fold(a_site(), [*answered(1, BEGIN, 10), facts.Tick(at=BEGIN + HOUR)]))
    assert found.rest_basis == "" and "rest_answer_rate" not in found.values
