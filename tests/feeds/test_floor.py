"""The fold against a slow recomputation, and its own promises: conservation, determinism, freezing, resuming."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.counters import C_CALLS, C_CALLS_ANSWERED, C_FLOWED_ANSWERED, COHORT, E_LONGEST, EVENT, Tally
from feeds.definitions import DEFINITIONS
from feeds.entities import AnyEntity, Call, Figures
from feeds.facts import (
    SEAT_STATES,
    AgentFound,
    AnyFact,
    AttemptEnded,
    AttemptStarted,
    LegAbandoned,
    LegAnswered,
    LegBlocked,
    LegFlowedOut,
    LegJoined,
    QueueFound,
    SeatChanged,
    TalkEnded,
    Tick,
)  # fmt: skip
from feeds.figures import Rest, rest_values, values
from feeds.floor import FIGURE_WINDOWS, Floor
from feeds.folding.present import COUNTS, figure, live
from feeds.folding.state import PLAIN, WINDOWS
from feeds.folding.tallying import rolling, today
from feeds.records import LegRecord
from tests.examples import examples
from tests.feeds.brute import MINUTE, QUARTER, SLOT, Story
from tests.feeds.floors import BEGIN, delayed, made_up, small_site

PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
"""All but `explain`, which traces every line of the fold."""
SERVICE = {"qa": 20_000, "qb": 30_000}


def fold(rows: list[AnyFact], **options: Any) -> Floor:
    """A floor after all these facts."""
    floor = Floor(small_site(), **{"alarms": False, **options})
    for rev, fact in enumerate(rows, 1):
        floor.apply(fact, rev)
    return floor


def story(rows: list[AnyFact], now: int) -> Story:
    """The same facts told to the slow way."""
    told = Story(now)
    for fact in rows:
        told.tell(fact)
    return told


def counted(tally: Tally, names: tuple[str, ...], row: str) -> dict[str, int]:
    """A row of a tally by name."""
    return dict(zip(names, getattr(tally, row), strict=True))


def assert_windows(floor: Floor, told: Story) -> None:
    """Rolling windows of both queues equal the slow way, event basis and agents' time."""
    slot_begin = floor.now - floor.now % SLOT
    for queue, service in SERVICE.items():
        for window, length in WINDOWS.items():
            begin = slot_begin + SLOT - length
            expected = told.events(queue, begin, floor.now, service, 5_000)
            found = counted(rolling(floor, f"queue:{queue}", window), EVENT, "event")
            assert {key: found[key] for key in expected} == expected, (queue, window)
    minute_begin = floor.now - floor.now % MINUTE
    for team, people in (("own", {"a1", "a3", "a5"}), ("theirs", {"a0", "a2", "a4"})):
        for window, length in WINDOWS.items():
            time = rolling(floor, f"team:{team}", window).time
            expected = told.state_time(people, minute_begin - length, minute_begin)
            assert {state: ms for state, ms in zip(SEAT_STATES, time, strict=True) if ms} == expected, (team, window)


def assert_buckets(floor: Floor, told: Story, *, with_peaks: bool) -> None:
    """Every quarter-hour of both queues equals the slow way, cohort and event basis."""
    last = floor.now - floor.now % QUARTER
    for begin in range(BEGIN - BEGIN % QUARTER, last + 1, QUARTER):
        for queue, service in SERVICE.items():
            tally = floor.tally(f"queue:{queue}", begin, begin + QUARTER)
            expected = told.cohort(queue, begin, begin + QUARTER, service, 5_000)
            found = counted(tally, COHORT, "cohort")
            assert {key: found[key] for key in expected} == expected, (queue, begin)
            happened = told.events(queue, begin, begin + QUARTER - 1, service, 5_000)
            found = counted(tally, EVENT, "event")
            assert {key: found[key] for key in happened} == happened, (queue, begin)
            area, peak = told.levels(queue, begin, min(begin + QUARTER, floor.now))
            assert found["wait_area"] == area, (queue, begin)
            if with_peaks:
                assert found["wait_peak"] == peak, (queue, begin)


@given(seed=st.integers(0, 10_000), until=st.integers(1, 100))
@settings(max_examples=examples(15), deadline=None, phases=PHASES)
def test_every_count_equals_a_slow_recomputation(seed: int, until: int) -> None:
    rows = made_up(seed)
    rows = rows[: max(1, len(rows) * until // 100)]
    floor = fold(rows)
    told = story(rows, floor.now)
    assert_windows(floor, told)
    assert_buckets(floor, told, with_peaks=True)


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), worst=st.sampled_from([3_000, 40_000, 1_000_000]))
@settings(max_examples=examples(12), deadline=None, phases=PHASES)
def test_late_facts_end_in_the_figures_that_punctual_ones_would_have_given(seed: int, worst: int) -> None:
    rows = delayed(made_up(seed), seed, worst)
    floor = fold(rows)
    floor.advance(floor.now + 30_000)
    told = story(rows, floor.now)
    assert_buckets(floor, told, with_peaks=False)
    assert_windows(floor, told)


@pytest.mark.slow
@given(seed=st.integers(0, 10_000))
@settings(max_examples=examples(6), deadline=None, phases=PHASES)
def test_conservation_holds_at_every_revision_and_scope(seed: int) -> None:
    floor = Floor(small_site(), alarms=False)
    for rev, fact in enumerate(made_up(seed, calls=40), 1):
        floor.apply(fact, rev)
        for scope in ("site", "group:ga", "queue:qb", "seat_type:ta"):
            day, _ = values(today(floor, scope), floor.site.figures, basis="cohort", live=live(floor, scope))
            assert day["offered"] == _concluded(day) + day["pending"]
            hour, _ = values(rolling(floor, scope, "60m"), floor.site.figures, basis="event", live=live(floor, scope))
            assert hour["offered"] + hour["carried_in"] == _concluded(hour) + hour["waiting"]
            assert hour["carried_in"] >= 0


@pytest.mark.parametrize("late_s", [0, 3, 45, 600])
def test_a_flow_out_that_is_told_behind_its_answer_elsewhere_is_as_one_told_in_time(late_s: int) -> None:
    joined = [
        LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa"),
        LegJoined(at=BEGIN + 20_000, leg="c.2", call="c", queue="qb", came_from="c.1"),
    ]
    flowed = LegFlowedOut(at=BEGIN + 20_000, leg="c.1", kind="timeout")
    answered = LegAnswered(at=BEGIN + 25_000, leg="c.2", agent="a1")
    passed = Tick(at=BEGIN + 25_000 + late_s * 1000)
    found: list[dict[str, Any]] = []
    for rows in ([*joined, flowed, answered, passed], [*joined, answered, passed, flowed]):
        ledger: dict[str, LegRecord] = {}
        floor = Floor(small_site(), ledger=lambda leg, ledger=ledger: ledger.update({leg.leg: leg}))  # type: ignore[misc]
        for rev, fact in enumerate(rows, 1):
            floor.apply(fact, rev)
        now = live(floor, "queue:qa")
        day, _ = values(today(floor, "queue:qa"), floor.site.figures, basis="cohort", live=now)
        hour, _ = values(rolling(floor, "queue:qa", "60m"), floor.site.figures, basis="event", live=now)
        found.append({"day": day, "hour": hour, "elsewhere": ledger["c.1"].answered_elsewhere})
    assert found[0] == found[1]
    assert found[1]["elsewhere"] and found[1]["day"]["flowed_out"] == 1
    assert found[1]["day"]["answer_rate_a2"] is None, "nobody was lost here"


def assert_told_late_is_told_in_time(rows: list[AnyFact], late: list[int]) -> Tally:
    """Every count of both queues is the same where some of the facts are told five minutes after the others."""
    told_late = [rows[place] for place in late]
    punctual = [fact for place, fact in enumerate(rows) if place not in late]
    passed = Tick(at=rows[-1].at + 300_000)
    floors = [fold([*rows, passed]), fold([*punctual, passed, *told_late])]
    begin = BEGIN - BEGIN % QUARTER
    for queue in SERVICE:
        for bucket in range(begin, passed.at, QUARTER):
            first, second = (floor.tally(f"queue:{queue}", bucket, bucket + QUARTER) for floor in floors)
            assert second.cohort == first.cohort, (queue, bucket)
            assert second.event[:E_LONGEST] == first.event[:E_LONGEST], (queue, bucket)
        days = [today(floor, f"queue:{queue}").cohort for floor in floors]
        assert days[0] == days[1], queue
    late_floor = floors[1]
    assert Floor.thaw(small_site(), late_floor.freeze(), alarms=False).freeze() == late_floor.freeze()
    return floors[0].tally("site", begin, passed.at - passed.at % QUARTER + QUARTER)


def test_a_flow_out_told_when_the_leg_that_was_answered_is_booked_already_counts_as_answered_elsewhere() -> None:
    rows: list[AnyFact] = [
        LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa"),
        LegFlowedOut(at=BEGIN + 20_000, leg="c.1", kind="queue"),
        LegJoined(at=BEGIN + 20_000, leg="c.2", call="c", queue="qb", came_from="c.1"),
        LegAnswered(at=BEGIN + 25_000, leg="c.2", agent="a1"),
        TalkEnded(at=BEGIN + 60_000, leg="c.2"),
    ]
    counted_all = assert_told_late_is_told_in_time(rows, [1])
    assert counted_all.cohort[C_FLOWED_ANSWERED] == 1


def test_a_leg_that_flowed_out_after_the_answer_is_not_answered_elsewhere_though_the_answer_is_told_later() -> None:
    rows: list[AnyFact] = [
        LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa"),
        LegAnswered(at=BEGIN + 10_000, leg="c.1", agent="a1"),
        LegJoined(at=BEGIN + 20_000, leg="c.2", call="c", queue="qb", came_from="c.1"),
        LegFlowedOut(at=BEGIN + 30_000, leg="c.2", kind="timeout"),
    ]
    counted_all = assert_told_late_is_told_in_time(rows, [1])
    assert counted_all.cohort[C_FLOWED_ANSWERED] == 0


def test_a_call_is_counted_where_it_asked_first_though_that_is_told_behind_its_next_request() -> None:
    rows: list[AnyFact] = [
        LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa"),
        LegAbandoned(at=BEGIN + 5_000, leg="c.1"),
        LegJoined(at=BEGIN + 2 * QUARTER, leg="c.2", call="c", queue="qb"),
        LegAnswered(at=BEGIN + 2 * QUARTER + 5_000, leg="c.2", agent="a1"),
    ]
    counted_all = assert_told_late_is_told_in_time(rows, [0, 1])
    assert (counted_all.cohort[C_CALLS], counted_all.cohort[C_CALLS_ANSWERED]) == (1, 1)


@pytest.mark.parametrize("late", [[1], [1, 2]])
def test_a_phone_that_rang_before_the_answer_is_an_attempt_though_it_is_told_behind_it(late: list[int]) -> None:
    rows: list[AnyFact] = [
        LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa"),
        AttemptStarted(at=BEGIN + 1_000, leg="c.1", agent="a1"),
        AttemptEnded(at=BEGIN + 9_000, leg="c.1", agent="a1", result="no_answer"),
        LegAnswered(at=BEGIN + 12_000, leg="c.1", agent="a3"),
    ]
    event = assert_told_late_is_told_in_time(rows, late).event
    assert event[EVENT.index("attempts")] == event[EVENT.index("no_answer")] == 1


def test_a_phone_whose_end_is_told_before_its_beginning_rings_no_more() -> None:
    """While another one does, and one whose beginning nobody told keeps no later one from ringing."""
    begun, ended = (AttemptStarted(at=BEGIN + 1_000, leg="c.1", agent="a1"),
                    AttemptEnded(at=BEGIN + 9_000, leg="c.1", agent="a1", result="no_answer"))  # fmt: skip
    waits = LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa")
    other = AttemptStarted(at=BEGIN + 2_000, leg="c.1", agent="a2")
    later = AttemptStarted(at=BEGIN + 10_000, leg="c.1", agent="a3")
    told: list[tuple[list[AnyFact], int]] = [
        ([waits, begun, ended], 0), ([waits, ended, begun], 0), ([waits, ended, begun, later], 1),
        ([waits, other, ended, begun], 1), ([waits, ended, later], 1),
    ]  # fmt: skip
    for rows, ringing in told:
        floor = fold(rows)
        call = floor.entity("call:c.1")
        assert isinstance(call, Call)
        assert live(floor, "queue:qa").ringing == ringing, rows
        assert call.state == ("ringing" if ringing else "waiting"), rows


def test_a_quarter_hour_has_no_more_callers_on_average_than_at_its_peak_however_late_they_are_told() -> None:
    floor, begin = Floor(small_site()), BEGIN - BEGIN % QUARTER + QUARTER
    floor.apply(Tick(at=begin + 2 * QUARTER + 60_000), 1)

    def seen() -> tuple[int, int]:
        tally = floor.tally("queue:qa", begin, begin + QUARTER)
        return tally.event[EVENT.index("wait_area")], tally.event[EVENT.index("wait_peak")]

    for number in range(3):
        floor.apply(LegJoined(at=begin, leg=f"l{number}", call=f"c{number}", queue="qa"), 2 + number)
    assert seen() == (3 * QUARTER, 3)
    for number in range(3):
        floor.apply(LegAbandoned(at=begin + (60_000 if number else 0), leg=f"l{number}"), 5 + number)
    area, peak = seen()
    assert area == 120_000 and peak >= 1
    floor.apply(LegJoined(at=begin + QUARTER, leg="m", call="m", queue="qa"), 8)
    floor.apply(LegAbandoned(at=begin + QUARTER, leg="m"), 9)
    next_one = floor.tally("queue:qa", begin + QUARTER, begin + 2 * QUARTER)
    assert next_one.event[EVENT.index("wait_peak")] == 0, "nobody was there"


def test_a_call_that_flows_out_of_the_queue_it_was_passed_on_to_is_not_answered_elsewhere() -> None:
    floor, ledger = Floor(small_site()), dict[str, LegRecord]()
    floor.ledger = lambda leg: ledger.update({leg.leg: leg})
    for rev, fact in enumerate([
        LegJoined(at=BEGIN, leg="c.1", call="c", queue="qa"), LegAnswered(at=BEGIN + 1000, leg="c.1", agent="a1"),
        LegJoined(at=BEGIN + 9000, leg="c.2", call="c", queue="qb"),
        LegFlowedOut(at=BEGIN + 30_000, leg="c.2", kind="no_agent"),
    ], 1):  # fmt: skip
        floor.apply(fact, rev)
    assert not ledger["c.2"].answered_elsewhere


def test_no_definition_speaks_of_all_requests_where_those_still_pending_are_left_out() -> None:
    floor = Floor(small_site())
    for rev, fact in enumerate([
        LegJoined(at=BEGIN, leg="a", call="a", queue="qa"), LegJoined(at=BEGIN, leg="b", call="b", queue="qa"),
        LegAnswered(at=BEGIN + 1000, leg="a", agent="a1"),
    ], 1):  # fmt: skip
        floor.apply(fact, rev)
    found, _ = values(today(floor, "site"), floor.site.figures, basis="cohort", live=live(floor, "site"))
    assert (found["offered"], found["pending"]) == (2, 1)
    left_out = [DEFINITIONS[name] for name, value in found.items() if value == 100.0]
    assert {"service_level_f1", "service_level_f5", "answer_rate_a4"} <= {one.id for one in left_out}
    for one in left_out:
        assert "offered" not in one.formula_en, one.id
        assert "requests" not in one.formula_en.replace("concluded requests", ""), one.id
        assert "请求" not in one.formula_zh.replace("已有结果的请求", "").replace("接通的请求", ""), one.id


def test_a_definition_names_what_it_leaves_out_of_the_concluded() -> None:
    floor = Floor(small_site())
    for rev, fact in enumerate([
        LegBlocked(at=BEGIN, leg="a", call="a", queue="qa", reason="full"),
        LegJoined(at=BEGIN, leg="b", call="b", queue="qa"), LegFlowedOut(at=BEGIN + 30_000, leg="b", kind="queue"),
        LegJoined(at=BEGIN + 30_000, leg="c", call="b", queue="qb"),
        LegAnswered(at=BEGIN + 40_000, leg="c", agent="a1"),
    ], 1):  # fmt: skip
        floor.apply(fact, rev)
    tally = today(floor, "site")
    found, _ = values(tally, floor.site.figures, basis="cohort")
    assert found["average_wait"] == 20.0, "the one that was refused did not wait"
    assert "concluded" not in DEFINITIONS["average_wait"].formula_en
    assert "已有结果" not in DEFINITIONS["average_wait"].formula_zh
    rest = rest_values(tally, Rest(8.0, "linear"), 50.0, None)
    assert rest["rest_answer_rate"] == (0.5 * (3 - 1 + 8) - 1) / 8 * 100
    assert "answered elsewhere" in DEFINITIONS["rest_answer_rate"].formula_en
    assert "他处接通" in DEFINITIONS["rest_answer_rate"].formula_zh


def _concluded(found: dict[str, Any]) -> int:
    return int(found["answered"] + found["abandoned"] + found["flowed_out"] + found["blocked"])


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(0, 400), max_size=4))
@settings(max_examples=examples(8), deadline=None, phases=PHASES)
def test_freezing_and_thawing_anywhere_gives_the_same_bytes_as_a_straight_fold(seed: int, cuts: list[int]) -> None:
    rows = delayed(made_up(seed, minutes=70), seed, 30_000)
    straight = fold(rows, alarms=True).freeze()
    assert fold(rows, alarms=True).freeze() == straight
    floor = Floor(small_site())
    for rev, fact in enumerate(rows, 1):
        floor.apply(fact, rev)
        if rev in cuts:
            floor = Floor.thaw(small_site(), floor.freeze())
    assert floor.freeze() == straight


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), worst=st.sampled_from([3_000, 90_000, 400_000]))
@settings(max_examples=examples(6), deadline=None, phases=PHASES)
def test_what_a_reader_of_changes_holds_is_what_a_floor_without_memory_would_build(seed: int, worst: int) -> None:
    """At every reading, so that nothing changes in silence, were it only until the next minute."""
    rows = delayed(made_up(seed, calls=12, minutes=25), seed, worst)
    rows += [Tick(at=rows[-1].at + minute * 60_000) for minute in range(1, 64)]
    floor = Floor(small_site())
    mirror, seen = {entity.key: entity for entity in floor.entities()}, 0
    for rev, fact in enumerate(rows, 1):
        floor.apply(fact, rev)
        if rev % 9 == 0 or isinstance(fact, (SeatChanged, Tick)):
            seen = _catch_up(floor, mirror, seen)
            fresh = Floor.thaw(small_site(), floor.freeze())
            assert mirror == {entity.key: entity for entity in fresh.entities()}, (rev, fact)


def test_a_queue_and_people_who_come_to_be_between_two_readings_are_in_the_sums_of_both() -> None:
    rows = made_up(5, calls=20, minutes=30)
    floor = fold(rows)
    at, rev = rows[-1].at, len(rows)
    late: list[AnyFact] = [
        QueueFound(at=at, queue="new"), AgentFound(at=at, agent="n1"),
        SeatChanged(at=at, seat="x1", state="ready", agent="n1"),
        LegJoined(at=at, leg="n", call="n", queue="new"), LegAnswered(at=at + 3, leg="n", agent="n1"),
        Tick(at=at + 61_000), TalkEnded(at=at + 62_000, leg="n"), Tick(at=at + 130_000),
    ]  # fmt: skip
    for more, fact in enumerate(late, 1):
        for _ in floor.entities():  # whoever reads now and then keeps sums
            pass
        floor.apply(fact, rev + more)
        fresh = Floor.thaw(small_site(), floor.freeze())
        assert {one.key: one for one in floor.entities()} == {one.key: one for one in fresh.entities()}, fact


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), often=st.integers(1, 40))
@settings(max_examples=examples(8), deadline=None, phases=PHASES)
def test_a_reader_of_changes_has_what_a_reader_of_everything_has(seed: int, often: int) -> None:
    """Reading now and then changes nothing, and what `touched_since` and `gone_since` tell is complete."""
    rows = delayed(made_up(seed, calls=40, minutes=70), seed, 30_000)
    floor, mirror, seen = Floor(small_site()), dict[str, AnyEntity](), 0
    mirror = {entity.key: entity for entity in floor.entities()}
    for rev, fact in enumerate(rows, 1):
        floor.apply(fact, rev)
        if rev % often == 0:
            seen = _catch_up(floor, mirror, seen)
    _catch_up(floor, mirror, seen)
    untouched = fold(rows, alarms=True)
    assert mirror == {entity.key: entity for entity in untouched.entities()}
    assert floor.freeze() == untouched.freeze()


def _catch_up(floor: Floor, mirror: dict[str, AnyEntity], seen: int) -> int:
    if seen < floor.horizon:
        # Tombstones do not reach back that far: such a reader starts anew.
        mirror.clear()
        mirror.update((entity.key, entity) for entity in floor.entities())
        return floor.rev
    for key in floor.gone_since(seen):
        mirror.pop(key, None)
    for key, rev in floor.touched_since(seen):
        entity = floor.entity(key)
        assert entity is not None and entity.rev == rev
        mirror[key] = entity
    return floor.rev


@pytest.mark.slow
@given(seed=st.integers(0, 10_000))
@settings(max_examples=examples(4), deadline=None, phases=PHASES)
def test_how_often_ticks_come_does_not_matter(seed: int) -> None:
    rows = [fact for fact in made_up(seed, minutes=40) if not isinstance(fact, Tick)]
    # A night of six hours in the middle: slots that are passed over must leave what slots gone through leave.
    middle = rows[len(rows) // 2].at
    rows = [fact if fact.at <= middle else replace(fact, at=fact.at + 6 * 3_600_000) for fact in rows]
    end = rows[-1].at + 3 * 3_600_000 + 1
    many = sorted([*rows, *(Tick(at=at) for at in range(rows[0].at, end, 7_300))], key=lambda fact: fact.at)
    few, often = fold(rows, alarms=True), fold(many, alarms=True)
    few.advance(end)
    often.advance(end)
    assert _content(few) == _content(often)
    assert (few.slot_begin, few.state.minute_end, few.state.trends) == (
        often.slot_begin, often.state.minute_end, often.state.trends,
    )  # fmt: skip


def _content(floor: Floor) -> dict[str, Any]:
    return {
        entity.key: [getattr(entity, name) for name in entity.__struct_fields__ if name != "rev"]
        for entity in floor.entities()
    }


@given(seed=st.integers(0, 10_000))
@settings(max_examples=examples(6), deadline=None, phases=PHASES)
def test_the_short_way_to_a_figure_gives_what_the_formulas_give(seed: int) -> None:
    floor = fold(made_up(seed, calls=300))
    asked = ("answer_rate_a1", "answer_rate_a2", "answer_rate_a2_pessimistic", "service_level_f1", "service_level_f8")
    for scope in ("site", "queue:qa", "group:gb"):
        for window in WINDOWS:
            found, muted = values(
                rolling(floor, scope, window), floor.site.figures, basis="event", live=live(floor, scope)
            )
            for name in (*asked, "abandon_rate", *COUNTS):
                expected = None if name in muted else found[name]
                assert figure(floor, scope, name, window)[0] == expected
            for name in ("occupancy", "utilisation"):
                assert figure(floor, scope, name, window)[0] == found[name]
                assert figure(floor, scope, name, window)[0] == found[name]


def test_what_facts_write_to_holds_nothing_that_the_collector_must_know_of() -> None:
    assert PLAIN
    for record in PLAIN:
        assert not record.__struct_config__.gc, record


def test_an_empty_denominator_is_none_and_a_small_sample_is_muted() -> None:
    floor = fold(made_up(1, calls=3))
    found = floor.entity("figures:queue:qa:5m")
    assert isinstance(found, Figures)
    assert found.values["answer_rate_a2"] is None
    assert "answer_rate_a2" in found.muted
    assert found.values["offered"] == 0


def test_every_rate_and_mean_of_calls_is_muted_below_the_minimum_sample() -> None:
    """One long wrap-up would else colour the mean of all of them."""
    few, many = fold(made_up(1, calls=12)), fold(made_up(1, calls=4_000))
    # Agents' time has no sample of calls, a maximum no mean, and what is now or expected no period.
    judged = {one.id for one in DEFINITIONS.values() if one.unit in ("percent", "seconds")} - {
        one.id for one in DEFINITIONS.values() if one.basis in ("now", "day", "split") or one.id == "longest_wait"
    }
    for scope, windows in (("site", FIGURE_WINDOWS), ("queue:qa", FIGURE_WINDOWS), ("team:own", FIGURE_WINDOWS)):
        for window in windows:
            figures, later = few.entity(f"figures:{scope}:{window}"), many.entity(f"figures:{scope}:{window}")
            assert isinstance(figures, Figures) and isinstance(later, Figures)
            assert set(figures.muted) == judged & set(figures.values), (scope, window)
            assert window != "today" or scope != "site" or not later.muted


def test_every_scope_has_figures_in_every_window() -> None:
    keys = set(Floor(small_site()).keys())
    for scope in ("site", "group:ga", "seat_type:tb", "queue:qa", "team:own", "vendor:v"):
        assert {f"figures:{scope}:{window}" for window in FIGURE_WINDOWS} <= keys
        assert f"staff:{scope}" in keys


def test_a_period_off_the_quarter_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="quarter of an hour"):
        Floor(small_site()).tally("site", BEGIN + 1, BEGIN + QUARTER)
