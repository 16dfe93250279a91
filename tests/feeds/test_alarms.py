"""Limits, hysteresis and the alarms that follow (HANDBOOK 1.11)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.schema import Better, Name, Queue, SeatType, Site, SkillGroup, Threshold
from feeds import facts
from feeds.entities import Alarm, Figures
from feeds.floor import Floor
from feeds.rules.alarms import CALM, CRITICAL, WARN, ToneState, judge, watches, worst_calm
from feeds.rules.alarms import settle as settle_tone
from tests.alarms.sites import Told, at_, site
from tests.feeds.floors import BEGIN, small_site

RATE = Threshold("answer_rate_a2", ("site",), "30m", "high", 95.0, 90.0)
WAIT = Threshold("longest_wait_now", ("queue",), "now", "low", 30.0, 60.0)


@pytest.mark.parametrize(
    ("threshold", "value", "tone"),
    [
        (RATE, 95.0, CALM), (RATE, 94.9, WARN), (RATE, 90.0, WARN), (RATE, 89.9, CRITICAL), (RATE, None, CALM),
        (WAIT, 30.0, CALM), (WAIT, 30.1, WARN), (WAIT, 60.0, WARN), (WAIT, 60.1, CRITICAL),
    ],
)  # fmt: skip
def test_a_value_on_the_limit_still_counts_as_the_better_side(
    threshold: Threshold, value: float | None, tone: int
) -> None:
    assert judge(threshold, value, None) == tone


@pytest.mark.parametrize("better", ["high", "low"])
@given(warn=st.floats(-1e3, 1e3), critical=st.floats(-1e3, 1e3), value=st.floats(-1e3, 1e3))
@settings(deadline=None)
def test_the_worst_calm_value_is_where_the_colours_begin(
    better: Better, warn: float, critical: float, value: float
) -> None:
    threshold = Threshold("answer_rate_a2", ("site",), "30m", better, warn, critical)
    calm = worst_calm(threshold)
    for each in (value, warn, critical):
        assert (judge(threshold, each, None) == CALM) == (each >= calm if better == "high" else each <= calm)


def test_a_limit_relative_to_staffing_moves_with_it() -> None:
    waiting = Threshold("waiting", ("site",), "now", "low", 5.0, 15.0, relative_to="staffed")
    assert judge(waiting, 4, 100) == CALM
    assert judge(waiting, 6, 100) == WARN
    assert judge(waiting, 16, 100) == CRITICAL
    assert judge(waiting, 1, 0) == CRITICAL
    assert judge(waiting, 0, 0) == CALM


@pytest.mark.parametrize("delay", [0.0, 20.0])
def test_a_standing_alarms_limit_moves_with_staffing_so_that_it_never_reads_as_within(delay: float) -> None:
    waiting = Threshold("waiting", ("site",), "now", "low", 50.0, 200.0, relative_to="staffed", off_delay_s=delay)
    on = Told(site(thresholds=(waiting,)))
    on.tell(*(facts.SeatChanged(at=at_(1), seat=f"s{n}", state="ready", agent=f"a{n}") for n in range(4)))
    on.join("qa", "abc", 2)
    on.to(30)
    alarm = on.floor.entity("alarm:site:waiting:now")
    assert isinstance(alarm, Alarm) and (alarm.value, alarm.limit) == (3, 2.0)
    on.tell(*(facts.SeatChanged(at=at_(31), seat=f"s{n}", state="offline") for n in (0, 1)))
    on.leave("a", 32)
    on.to(60)
    alarm = on.floor.entity("alarm:site:waiting:now")
    assert isinstance(alarm, Alarm) and alarm.stands
    assert (alarm.value, alarm.limit) == (2, 1.0), "two of two wait, which is beyond half of them"


@pytest.mark.parametrize("delay", [0.0, 1.0])
def test_an_alarm_that_gets_worse_or_better_has_the_value_that_made_it_so(delay: float) -> None:
    waiting = Threshold(
        "waiting", ("queue:qa",), "now", "low", 1.0, 3.0, raise_after=1, clear_after=1, off_delay_s=delay
    )  # fmt: skip
    on = Told(site(thresholds=(waiting,)))
    told: list[tuple[object, ...]] = []
    for at, legs, gone in ((1, "ab", ""), (6, "cd", ""), (11, "", "ab")):
        on.join("qa", legs, at)
        on.leave(gone, at)
        on.to(at + 4)
        alarm = on.floor.entity("alarm:queue:qa:waiting:now")
        assert isinstance(alarm, Alarm)
        told.append((alarm.level, alarm.value, alarm.limit))
    assert told == [("warn", 2, 1.0), ("critical", 4, 3.0), ("warn", 2, 1.0)]
    assert [(mark.act, mark.value) for mark in on.marks] == [("raised", 2), ("worse", 4)]


def test_a_tone_rises_after_two_evaluations_in_a_row_and_falls_after_four() -> None:
    tone = ToneState()
    history = []
    for judged in (CRITICAL, CALM, WARN, CRITICAL, CALM, CALM, CALM, WARN, CALM, CALM, CALM, CALM):
        settle_tone(tone, judged, WAIT)
        history.append(tone.tone)
    # One bad evaluation is not enough; two that agree on "at least amber" make amber; four calm ones make calm.
    assert history == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0]


def test_the_most_exact_limit_wins_at_its_scope() -> None:
    of_queue = {watch.scope: watch.threshold for watch in watches(small_site()) if watch.threshold.window == "now"}
    assert of_queue["queue:qb"].critical == 15.0
    assert of_queue["queue:qa"].critical == 40.0


def lonely(threshold: Threshold) -> Site:
    """One queue, one limit."""
    return Site(
        id="x", short="x", name=Name("x", "x"), zone="UTC", groups=(SkillGroup("g", Name("g", "g")),),
        seat_types=(SeatType("t", Name("t", "t"), "g"),), queues=(Queue("q", Name("q", "q"), "g", "t"),),
        thresholds=(threshold,),
    )  # fmt: skip


KEY = "alarm:queue:q:longest_wait_now:now"


def waiting_floor(seconds: int) -> Floor:
    """A caller has waited for so long."""
    floor = Floor(lonely(WAIT))
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="q"), 1)
    floor.apply(facts.Tick(at=BEGIN + seconds * 1000), 2)
    return floor


def test_an_overlong_wait_raises_an_alarm_that_counts_from_the_join_and_grows_worse() -> None:
    assert waiting_floor(33).entity(KEY) is None
    amber = waiting_floor(45).entity(KEY)
    assert isinstance(amber, Alarm)
    assert (amber.level, amber.value_since, amber.limit) == ("warn", BEGIN, 30.0)
    red = waiting_floor(75).entity(KEY)
    assert isinstance(red, Alarm)
    assert (red.level, red.limit, red.since) == ("critical", 60.0, amber.since)
    figures = waiting_floor(75).entity("figures:queue:q:30m")
    assert isinstance(figures, Figures)
    assert figures.tones == {"longest_wait_now": "critical"}


def test_an_acknowledged_alarm_must_be_seen_again_when_it_gets_worse() -> None:
    floor = waiting_floor(45)
    floor.apply(facts.AlarmAcknowledged(at=floor.now, alarm=KEY, by="wang"), 3)
    seen = floor.entity(KEY)
    assert isinstance(seen, Alarm)
    assert seen.acknowledged_by == "wang"
    floor.apply(facts.Tick(at=BEGIN + 80_000), 4)
    worse = floor.entity(KEY)
    assert isinstance(worse, Alarm)
    assert (worse.level, worse.acknowledged_by) == ("critical", "")


def test_an_alarm_that_is_over_stays_in_sight_until_acknowledged_and_then_for_half_an_hour() -> None:
    floor = waiting_floor(45)
    floor.apply(facts.LegAbandoned(at=BEGIN + 46_000, leg="a"), 3)
    floor.apply(facts.Tick(at=BEGIN + 80_000), 4)
    over = floor.entity(KEY)
    assert isinstance(over, Alarm)
    assert over.ended_at is not None and over.ended_at <= BEGIN + 80_000
    floor.apply(facts.Tick(at=BEGIN + 12 * 3_600_000), 5)
    returned = floor.entity(KEY)
    assert isinstance(returned, Alarm)
    assert returned.state == "returned"
    floor.apply(facts.AlarmAcknowledged(at=floor.now, alarm=KEY, by="wang"), 6)
    floor.apply(facts.Tick(at=floor.now + 20 * 60_000), 7)
    recovered = floor.entity(KEY)
    assert isinstance(recovered, Alarm)
    assert recovered.state == "over"
    floor.apply(facts.Tick(at=floor.now + 20 * 60_000), 8)
    assert floor.entity(KEY) is None
    assert KEY in floor.gone_since(7)


def test_too_small_a_sample_colours_nothing() -> None:
    floor = Floor(lonely(Threshold("answer_rate_a2", ("queue",), "30m", "high", 95.0, 90.0)))
    for number in range(19):
        floor.apply(facts.LegJoined(at=BEGIN + number, leg=f"l{number}", call=f"c{number}", queue="q"), 2 * number + 1)
        floor.apply(facts.LegAbandoned(at=BEGIN + number, leg=f"l{number}"), 2 * number + 2)
    floor.apply(facts.Tick(at=BEGIN + 60_000), 50)
    found = floor.entity("figures:queue:q:30m")
    assert isinstance(found, Figures)
    assert found.values["answer_rate_a2"] == 0.0
    assert "answer_rate_a2" in found.muted
    assert found.tones == {}
    floor.apply(facts.LegJoined(at=BEGIN + 60_000, leg="one more", call="one more", queue="q"), 51)
    floor.apply(facts.LegAbandoned(at=BEGIN + 60_500, leg="one more"), 52)
    floor.apply(facts.Tick(at=BEGIN + 120_000), 53)
    coloured = floor.entity("figures:queue:q:30m")
    assert isinstance(coloured, Figures)
    assert coloured.tones == {"answer_rate_a2": "critical"}


def test_a_queue_that_the_source_brings_along_is_watched_like_the_others() -> None:
    floor = Floor(lonely(WAIT))
    floor.apply(facts.QueueFound(at=BEGIN, queue="new"), 1)
    floor.apply(facts.LegJoined(at=BEGIN, leg="a", call="a", queue="new"), 2)
    floor = Floor.thaw(lonely(WAIT), floor.freeze())
    floor.apply(facts.Tick(at=BEGIN + 75_000), 3)
    raised = floor.entity("alarm:queue:new:longest_wait_now:now")
    assert isinstance(raised, Alarm)
    assert raised.level == "critical"
