"""Alarm rules in the fold: limits, deadband, delays, people in a state, single seats, lost sources."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.schema import SeatLimit, Threshold
from feeds import facts
from feeds.entities import Alarm, AlarmDay, Seat
from feeds.facts import SeatState
from feeds.figures import percent
from feeds.floor import Floor
from feeds.folding.present import staffed, states
from feeds.folding.state import STATE_PLACE, AlarmMark
from feeds.rules.alarm_rules import Condition, is_outside, rule_watches, settle
from feeds.rules.alarms import CALM, CRITICAL, WARN, judge
from tests.alarms.sites import BEGIN, Told, at_, rule, site
from tests.feeds.floors import delayed, made_up, small_site

WAITING = "alarm:queue:qa:r"


def alarm(told: Told, key: str = WAITING) -> Alarm:
    found = told.floor.entity(key)
    assert isinstance(found, Alarm)
    return found


def sit(told: Told, seat: int, state: SeatState, at: float, reason: str = "") -> None:
    told.tell(facts.SeatChanged(at=at_(at), seat=f"s{seat}", state=state, agent=f"a{seat}", reason=reason))


@pytest.mark.parametrize(
    ("value", "raised", "outside"),
    [(2.0, False, False), (2.1, False, True), (1.5, True, True), (1.0, True, False), (None, True, False)],
)
def test_while_an_alarm_is_raised_its_value_must_be_better_by_the_deadband(
    value: float | None, raised: bool, outside: bool
) -> None:
    assert is_outside(rule(above=2.0, deadband=1.0), value, raised=raised) is outside


@pytest.mark.parametrize(
    ("value", "raised", "outside"), [(90.0, False, False), (89.9, False, True), (91.0, True, True), (92.0, True, False)]
)
def test_a_limit_from_below_has_its_deadband_above_it(value: float, raised: bool, outside: bool) -> None:
    assert is_outside(rule(above=None, below=90.0, deadband=2.0), value, raised=raised) is outside


def test_the_deadband_of_a_threshold_holds_its_colour_and_raises_nothing() -> None:
    wait = Threshold("longest_wait_now", ("queue",), "now", "low", 30.0, 60.0, deadband=5.0)
    assert [judge(wait, 28.0, None, tone) for tone in (CALM, WARN, CRITICAL)] == [CALM, WARN, WARN]
    assert [judge(wait, 57.0, None, tone) for tone in (CALM, WARN, CRITICAL)] == [WARN, WARN, CRITICAL]
    rate = Threshold("answer_rate_a2", ("site",), "30m", "high", 95.0, 90.0, deadband=1.0)
    assert [judge(rate, 95.5, None, tone) for tone in (CALM, WARN)] == [CALM, WARN]


@pytest.mark.parametrize("limit", range(1, 100))
def test_a_rate_that_is_exactly_its_limit_is_within_it(limit: int) -> None:
    for of in (100, 1900):
        value = percent(limit * of // 100, of)
        assert judge(Threshold("abandon_rate", ("site",), "30m", "low", limit, 100.0), value, None) == CALM
        assert judge(Threshold("answer_rate_a2", ("site",), "30m", "high", limit, 0.0), value, None) == CALM


LONGEST = Threshold(
    "longest_wait_now", ("queue",), "now", "low", 30.0, 60.0, alarm=True, raise_after=1, on_delay_s=10.0,
    off_delay_s=60.0,
)  # fmt: skip
WAIT = "alarm:queue:qa:longest_wait_now:now"


def test_no_alarm_comes_of_what_is_over_while_its_colour_still_lasts() -> None:
    told = Told(site(thresholds=(LONGEST,)))
    told.join("qa", ["one"], 0.0)
    told.to(36)
    told.leave(["one"], 36.5)
    told.to(41)
    assert told.floor.state.tones, "the colour is there for a while"
    told.to(120)
    assert told.floor.entity(WAIT) is None
    assert told.marks == []


def test_no_alarm_comes_of_what_only_its_deadband_keeps() -> None:
    waiting = Threshold(
        "waiting", ("queue",), "now", "low", 3.0, 9.0, alarm=True, raise_after=1, deadband=2.0, on_delay_s=10.0,
    )  # fmt: skip
    told = Told(site(thresholds=(waiting,)))
    told.join("qa", ["one", "two", "three", "four"], 0.0)
    told.to(6)
    assert told.floor.state.tones
    told.leave(["one"], 6.5)
    told.to(60)
    assert told.floor.state.tones, "three are within the limit, but not by its deadband"
    assert told.floor.entity("alarm:queue:qa:waiting:now") is None
    told.join("qa", ["five"], 61.0)
    told.to(72)
    assert alarm(told, "alarm:queue:qa:waiting:now").value == 4


def test_a_moment_within_the_limit_does_not_begin_the_delay_anew_while_the_colour_lasts() -> None:
    told = Told(site(thresholds=(LONGEST,)))
    told.join("qa", ["one"], 0.0)
    told.join("qa", ["two"], 14.0)
    told.to(40)
    assert told.floor.state.tones
    told.leave(["one"], 40.5)
    told.to(44)
    assert told.floor.entity(WAIT) is None, "the second has waited for half a minute only at 44"
    told.to(51)
    assert alarm(told, WAIT).value_since == at_(14.0)


def test_a_wait_that_is_over_is_not_counted_on_while_its_alarm_lasts() -> None:
    told = Told(site(thresholds=(LONGEST,)))
    told.join("qa", ["one"], 0.0)
    told.to(50)
    assert alarm(told, WAIT).value_since == BEGIN
    told.leave(["one"], 50.5)
    told.to(60)
    found = alarm(told, WAIT)
    assert (found.value, found.value_since, found.ended_at) == (None, None, None)
    told.to(180)
    assert alarm(told, WAIT).ended_at is not None


def test_a_condition_that_goes_before_its_delay_was_never_there() -> None:
    condition, made = Condition(), rule(on_delay_s=10.0, off_delay_s=20.0)
    history = []
    for second, outside in ((0, 1), (5, 1), (10, 0), (15, 1), (20, 1), (25, 1), (30, 0), (40, 1), (45, 0), (65, 0)):
        settle(condition, made, bool(outside), second * 1000)
        history.append(condition.raised)
    assert history == [False] * 5 + [True] * 4 + [False]


def test_an_alarm_comes_after_its_on_delay_and_is_over_after_its_off_delay() -> None:
    told = Told(site(rule(on_delay_s=15.0, off_delay_s=30.0)))
    told.join("qa", "abc", 1)
    told.to(19)
    assert told.floor.entity(WAITING) is None
    told.to(20)
    assert (alarm(told).since, alarm(told).value, alarm(told).limit, alarm(told).en) == (at_(20), 3, 2.0, "r")
    told.leave("a", 21)
    told.to(54)
    assert alarm(told).state == "unacknowledged"
    told.to(55)
    assert (alarm(told).state, alarm(told).ended_at) == ("returned", at_(55))


def test_a_rule_holds_at_every_scope_it_names_and_at_queues_that_the_source_brings() -> None:
    watches = rule_watches(site(rule(scopes=("site", "group:g", "queue"))), ("qa", "new"))
    assert [watch.scope for watch in watches] == ["site", "group:g", "queue:qa", "queue:qb", "queue:qc", "queue:new"]


def test_more_people_in_a_state_than_allowed_raise_an_alarm_of_their_team() -> None:
    told = Told(site(rule(state="break", above=1.0, scopes=("team",))))
    for seat in range(4):
        sit(told, seat, "ready", 1)
    sit(told, 0, "break", 2)
    sit(told, 2, "break", 2)
    told.to(30)
    assert [key for key in told.floor.keys() if key.startswith("alarm:")] == []  # noqa: SIM118 - no dict
    sit(told, 3, "break", 31)
    told.to(40)
    found = alarm(told, "alarm:team:theirs:r")
    assert (found.value, found.figure, found.scope) == (2, "state:break", "team:theirs")
    assert told.floor.entity("alarm:team:own:r") is None
    sit(told, 3, "ready", 41)
    told.to(50)
    assert alarm(told, "alarm:team:theirs:r").state == "returned"


@pytest.mark.parametrize("seed", range(3))
def test_the_people_in_a_state_are_counted_along_as_one_who_looks_would_count_them(seed: int) -> None:
    rules = [
        rule("b", state="break", above=1.0, scopes=("site", "team", "queue")),
        rule("t", state="talking", above=1.0, scopes=("group", "vendor")),
        rule("o", state="offline", above=1.0, scopes=("site",)),
    ]
    floor = Floor(replace(small_site(), alarms=tuple(rules)))
    rows = delayed(made_up(seed, calls=30, minutes=90), seed, 90_000)
    rows.append(facts.SeatChanged(at=rows[-1].at, seat="s9", state="break", agent="new"))
    counted = 0
    for rev, fact in enumerate(rows, 1):
        floor.apply(fact, rev)
        for people in floor.wires.rules_on_people:
            scope = people.watch.scope
            assert people.count == states(floor, scope)[STATE_PLACE[people.watch.rule.state]], (rev, people.watch.key)
            assert staffed(floor, scope) == sum(states(floor, scope))
            counted += people.count
    assert counted


@pytest.mark.parametrize("seed", range(2))
def test_rules_of_a_floor_that_was_thawed_come_and_go_as_of_one_that_never_froze(seed: int) -> None:
    made = replace(
        small_site(),
        alarms=(
            rule("b", state="break", above=0.0, scopes=("site", "team"), off_delay_s=20.0),
            rule("s", state="break", longer_s=60.0, scopes=("site",)), rule("w", above=1.0, on_delay_s=10.0),
        ),
    )  # fmt: skip
    straight, thawed = Floor(made), Floor(made)
    rows = delayed(made_up(seed, calls=40, minutes=60), seed, 90_000)
    for rev, fact in enumerate(rows, 1):
        straight.apply(fact, rev)
        thawed.apply(fact, rev)
        if rev % 40 == 0:
            thawed = Floor.thaw(made, thawed.freeze())
    assert straight.state.alarms_raised > 3
    assert thawed.freeze() == straight.freeze()


def test_a_seat_of_which_is_told_late_is_found_as_soon_as_one_of_which_was_told_in_time() -> None:
    told = Told(site(rule(state="break", longer_s=60.0)))
    sit(told, 0, "ready", 1)
    told.to(70)
    sit(told, 0, "break", 15)
    told.to(80)
    assert alarm(told, "alarm:seat:s0:r").value_since == at_(15)


def test_one_seat_too_long_in_a_state_raises_an_alarm_that_counts_from_its_beginning() -> None:
    told = Told(site(rule(state="break", longer_s=60.0, reason="meal", scopes=("team:own",))))
    sit(told, 0, "break", 1, "meal")
    sit(told, 1, "break", 1, "smoke")
    sit(told, 2, "break", 1, "meal")
    told.to(59)
    assert told.floor.entity("alarm:seat:s0:r") is None
    told.to(81)
    found = alarm(told, "alarm:seat:s0:r")
    assert (found.value_since, found.limit, found.team, found.scope) == (at_(1), 60.0, "own", "seat:s0")
    assert [told.floor.entity(f"alarm:seat:s{n}:r") for n in (1, 2, 3)] == [None] * 3
    sit(told, 0, "ready", 90)
    told.to(120)
    assert alarm(told, "alarm:seat:s0:r").state == "returned"
    sit(told, 0, "break", 121, "Meal")  # as somebody else writes it
    told.to(240)
    again = alarm(told, "alarm:seat:s0:r")
    assert (again.state, again.value_since) == ("unacknowledged", at_(121))


def test_a_seats_limit_for_a_reason_holds_however_its_letters_are_written() -> None:
    limits = (SeatLimit("break", warn_s=60.0), SeatLimit("break", "Lunch", warn_s=1800.0))
    told = Told(replace(site(), seat_limits=limits))
    for number, reason in enumerate(("Lunch", "lunch", "smoke")):
        sit(told, number, "break", 1, reason)
    seats = [told.floor.entity(f"seat:s{number}") for number in range(3)]
    assert [seat.warn_after_s for seat in seats if isinstance(seat, Seat)] == [1800.0, 1800.0, 60.0]


@pytest.mark.parametrize("state", ["silent", "down"])
def test_a_source_that_is_lost_raises_an_alarm_also_while_nobody_is_on_the_floor(state: str) -> None:
    told = Told(site(rule(lost="source", on_delay_s=5.0, priority="critical")))
    told.to(3 * 3600)
    told.tell(facts.SourceChanged(at=at_(3 * 3600 + 1), state=state))  # type: ignore[arg-type]
    told.to(3 * 3600 + 30)
    found = alarm(told, "alarm:source:main:r")
    assert (found.level, found.value_since, found.state) == ("critical", at_(3 * 3600 + 1), "unacknowledged")
    told.tell(facts.SourceChanged(at=at_(3 * 3600 + 31), state="up"))
    told.to(3 * 3600 + 40)
    assert alarm(told, "alarm:source:main:r").state == "returned"


def test_how_often_a_tick_comes_and_a_night_that_is_slept_over_change_nothing() -> None:
    made = site(rule(lost="source"), rule("w", above=2.0, on_delay_s=10.0))
    rows = [
        facts.SourceChanged(at=BEGIN, state="up"),
        *(facts.LegJoined(at=at_(1), leg=leg, call=leg, queue="qa") for leg in "abc"),
        *(facts.LegAbandoned(at=at_(100), leg=leg) for leg in "abc"),
        facts.SourceChanged(at=at_(20_000), state="down"),
        facts.Tick(at=at_(30_000)),
    ]  # fmt: skip
    lines: list[list[AlarmMark]] = [[], []]
    seldom, often = (Floor(made, journal=line.append) for line in lines)
    for rev, fact in enumerate(rows, 1):
        while often.now and fact.at - often.now > 1000:
            often.apply(facts.Tick(at=often.now + 1000), rev - 1)
        seldom.apply(fact, rev)
        often.apply(fact, rev)
    assert [(mark.alarm, mark.act) for mark in lines[0]] == [
        ("alarm:queue:qa:w", "raised"), ("alarm:queue:qa:w", "returned"), ("alarm:source:main:r", "raised"),
    ]  # fmt: skip
    assert lines[0] == lines[1]


def test_the_alarms_of_the_day_are_counted_and_begin_anew_at_midnight() -> None:
    told = Told(site(rule()))
    for turn in range(3):
        told.join("qa", [f"{turn}{leg}" for leg in "abc"], 20 * turn + 1)
        told.to(20 * turn + 10)
        told.leave([f"{turn}{leg}" for leg in "abc"], 20 * turn + 11)
        told.to(20 * turn + 20)
    day = told.floor.entity("alarm_day:site")
    assert isinstance(day, AlarmDay)
    assert day.raised == 3
    told.tell(facts.Tick(at=at_(4 * 3600)))
    after = told.floor.entity("alarm_day:site")
    assert isinstance(after, AlarmDay)
    assert (after.raised, after.begin > day.begin) == (0, True)


def test_a_log_of_an_older_version_still_folds_and_its_state_still_thaws() -> None:
    old = facts.unpack(facts.pack(facts.AlarmAcknowledged(at=1, alarm="alarm:x", by="wang")))
    assert old == facts.AlarmAcknowledged(at=1, alarm="alarm:x", by="wang", name="", also=[])
    told = Told(site(rule()))
    told.join("qa", "abc", 1)
    told.to(10)
    frozen = told.floor.freeze()
    assert Floor.thaw(told.site, frozen).freeze() == frozen


def test_an_alarm_that_lasts_a_while_longer_counts_on_no_wait_that_has_ended() -> None:
    on = Told(site(rule("wait", figure="longest_wait_now", above=20.0, off_delay_s=60.0)))
    on.join("qa", "a", 2)
    on.to(40)
    alarm = on.floor.entity("alarm:queue:qa:wait")
    assert isinstance(alarm, Alarm) and alarm.value_since == at_(2)
    on.leave("a", 41)
    on.to(60)
    alarm = on.floor.entity("alarm:queue:qa:wait")
    assert isinstance(alarm, Alarm) and alarm.stands
    assert (alarm.value, alarm.value_since) == (None, None)
