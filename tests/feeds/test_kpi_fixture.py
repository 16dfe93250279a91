"""The worked example of HANDBOOK 1.10 and Cisco's published vector, exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.schema import FigureSettings, Name, Queue, SeatType, Site, SkillGroup
from feeds import facts
from feeds.counters import (
    C_ABANDONED,
    C_ABANDONED_IN_TIME,
    C_ANSWERED,
    C_ANSWERED_BELOW_TIME,
    C_ANSWERED_IN_TIME,
    C_JOINED,
    COHORT_SIZE,
    E_ABANDONED,
    E_ABANDONED_IN_TIME,
    E_ANSWERED_IN_TIME,
    E_COMPLETED,
    E_EXPIRED,
    EVENT_SIZE,
    Tally,
)
from feeds.entities import Figures
from feeds.facts import AnyFact
from feeds.figures import percent, values
from feeds.floor import Floor
from feeds.folding.present import live

DAY = 1_785_542_400_000  # 2026-08-01T00:00:00Z
QUARTER = 15 * 60_000


def clock(text: str) -> int:
    """UTC milliseconds of `HH:MM:SS` on the fixture's day."""
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    return DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000


@pytest.fixture(scope="module")
def vector(shared_folder: Path) -> dict[str, Any]:
    """shared/domain/kpi_fixture.json."""
    found: dict[str, Any] = json.loads((shared_folder / "domain" / "kpi_fixture.json").read_text(encoding="utf-8"))
    return found


def facts_of(vector: dict[str, Any]) -> list[AnyFact]:
    """The fixture's twelve calls as facts in order of time; every agent sits at a seat and goes through its states."""
    rows: list[AnyFact] = []
    for call in vector["calls"]:
        rows.extend(_call(call))
    return sorted(rows, key=lambda fact: fact.at)


def _call(call: dict[str, Any]) -> Iterator[AnyFact]:
    name, at = call["id"], clock(call["at"])
    yield facts.LegJoined(at=clock(call["join"]), leg=name, call=name, queue="q")
    if call["outcome"] == "answer":
        talked = at + call["talk"] * 1000
        done = talked + call["acw"] * 1000
        yield facts.SeatChanged(at=at, seat=f"s-{name}", agent=f"a-{name}", state="talking", leg=name)
        yield facts.LegAnswered(at=at, leg=name, agent=f"a-{name}")
        yield facts.TalkEnded(at=talked, leg=name, work_follows=True)
        yield facts.SeatChanged(at=talked, seat=f"s-{name}", agent=f"a-{name}", state="acw", leg=name)
        yield facts.WorkEnded(at=done, leg=name)
        yield facts.SeatChanged(at=done, seat=f"s-{name}", agent=f"a-{name}", state="ready")
    elif call["outcome"] == "abandon":
        yield facts.LegAbandoned(at=at, leg=name)
    else:
        yield facts.LegFlowedOut(at=at, leg=name, kind="callback" if call["outcome"] == "callback" else "queue")


def site(**settings: bool) -> Site:
    """One queue, T = 20 s, shorts up to 5 s."""
    return Site(
        id="fixture", short="fixture", name=Name("夹具", "Fixture"), zone="UTC",
        groups=(SkillGroup("g", Name("组", "Group")),), seat_types=(SeatType("t", Name("型", "Type"), "g"),),
        queues=(Queue("q", Name("队", "Queue"), "g", "t"),), figures=FigureSettings(**settings),
    )  # fmt: skip


def folded(vector: dict[str, Any], until: str, **settings: bool) -> Floor:
    """The floor at a moment of the fixture, everything up to and including it having happened."""
    floor = Floor(site(**settings))
    rev = 0
    for fact in facts_of(vector):
        if fact.at <= clock(until):
            rev += 1
            floor.apply(fact, rev)
    floor.advance(clock(until))
    return floor


def test_the_cohort_of_the_quarter_hour_has_the_published_counts_and_ratios(vector: dict[str, Any]) -> None:
    expected = vector["cohort"]
    floor = folded(vector, "10:30:00")
    begin = clock("10:00:00")
    found, _ = values(floor.tally("queue:q", begin, begin + QUARTER), floor.site.figures, basis="cohort")
    assert found["offered"] == expected["offered"]
    assert found["answered"] == expected["answered"]
    assert found["abandoned"] == expected["abandoned"]
    assert found["short_abandons"] == expected["short"]
    assert found["flowed_out"] == expected["flowout"]
    assert found["pending"] == 0
    for formula in ("F1", "F2", "F3", "F4", "F5"):
        assert found[f"service_level_{formula.lower()}"] == pytest.approx(expected[formula], abs=0.005), formula
    assert found["service_level_f6"] == pytest.approx(expected["F6_default"], abs=0.005)
    assert found["asa"] == pytest.approx(expected["ASA"], abs=0.005)
    assert found["answer_rate_a1"] == pytest.approx(expected["ans"], abs=0.005)
    assert found["service_level_f2_dequeued"] == pytest.approx(expected["cisco_ignore_deq"], abs=0.005)
    assert found["service_level_f1_dequeued"] == pytest.approx(expected["cisco_neg_deq"], abs=0.005)
    assert found["service_level_f3_dequeued"] == pytest.approx(expected["cisco_pos_deq"], abs=0.005)
    assert found["answer_rate_no_flow"] == pytest.approx(expected["ans_noflow"], abs=0.005)
    assert found["answer_rate_no_flow_no_shorts"] == pytest.approx(expected["ans_noflow_noshort"], abs=0.005)
    row = floor.tally("queue:q", begin, begin + QUARTER).cohort
    assert (row[C_ANSWERED_IN_TIME], row[C_ABANDONED_IN_TIME]) == (expected["A_T"], expected["B_T"])


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"f6_count_flow_outs": True}, "F6_flow"),
        ({"f6_leave_out_shorts": True}, "F6_noshort"),
        ({"f6_leave_out_abandons": True}, "F6_noabandons"),
    ],
)
def test_each_switch_of_f6_gives_its_published_value(
    vector: dict[str, Any], settings: dict[str, bool], name: str
) -> None:
    floor = folded(vector, "10:30:00", **settings)
    begin = clock("10:00:00")
    found, _ = values(floor.tally("queue:q", begin, begin + QUARTER), floor.site.figures, basis="cohort")
    assert found["service_level_f6"] == pytest.approx(vector["cohort"][name], abs=0.005)


def test_at_a_quarter_past_ten_every_live_figure_is_as_published(vector: dict[str, Any]) -> None:
    expected = vector["event_basis_at_10_15"]
    floor = folded(vector, "10:15:00")
    found = floor.entity("figures:queue:q:30m")
    assert isinstance(found, Figures)
    assert found.values["offered"] == expected["joins"]
    assert found.values["answered"] == expected["ans"]
    assert found.values["abandoned"] == expected["ab"]
    assert found.values["flowed_out"] == expected["flow"]
    assert found.values["waiting"] == expected["waiting"]
    assert found.values["service_level_f8"] == pytest.approx(expected["live_F8"])
    assert found.values["service_level_f8_ignore"] == pytest.approx(expected["live_ign"])
    assert found.values["service_level_f8_positive"] == pytest.approx(expected["live_pos"])
    oldest = live(floor, "queue:q").oldest
    assert oldest is not None
    assert (floor.now - oldest) / 1000 == expected["longest"]
    row = floor.tally("queue:q", clock("10:00:00"), clock("10:30:00")).event
    assert (row[E_ANSWERED_IN_TIME], row[E_ABANDONED_IN_TIME], row[E_EXPIRED]) == (
        expected["live_A"], expected["live_B"], expected["live_E"],
    )  # fmt: skip


def test_handle_time_is_booked_when_after_call_work_ends_and_state_time_is_split(vector: dict[str, Any]) -> None:
    floor = folded(vector, "10:30:00")
    begin = clock("10:00:00")
    for place, (average, handling) in enumerate(
        zip(vector["aht"]["call_based"], vector["aht"]["interval_seconds"], strict=True)
    ):
        tally = floor.tally("site", begin + place * QUARTER, begin + (place + 1) * QUARTER)
        found, _ = values(tally, floor.site.figures, basis="cohort")
        assert found["aht"] == pytest.approx(average, abs=0.005)
        talking, acw = facts.SEAT_STATES.index("talking"), facts.SEAT_STATES.index("acw")
        assert (tally.time[talking] + tally.time[acw]) / 1000 == handling


def test_the_example_goes_by_the_thresholds_of_every_site(vector: dict[str, Any]) -> None:
    given, settings = vector["params"], FigureSettings()
    assert (given["T"], given["short"]) == (settings.service_seconds, settings.short_seconds)
    begin, end = (clock(text) for text in given["interval"])
    assert (begin, end - begin) == (clock("10:00:00"), QUARTER)
    floor = folded(vector, "10:30:00")
    (exact,) = [call for call in vector["calls"] if clock(call["at"]) - clock(call["join"]) == given["T"] * 1000]
    joined = clock(exact["join"]) - clock(exact["join"]) % QUARTER
    row = floor.tally("queue:q", joined, joined + QUARTER).cohort
    assert (row[C_ANSWERED_IN_TIME] > row[C_ANSWERED_BELOW_TIME]) is given["inclusive"]


def test_what_asterisk_would_have_counted_at_a_quarter_past_ten_follows_from_the_same_facts(
    vector: dict[str, Any]
) -> None:
    expected, until = vector["asterisk_counters_at_10_15"], clock("10:15:00")
    row = folded(vector, "10:15:00").tally("queue:q", clock("10:00:00"), until + QUARTER).event
    assert (row[E_COMPLETED], row[E_ABANDONED], row[E_ABANDONED_IN_TIME]) == (
        expected["completed"], expected["ab"], expected["abSL"],
    )  # fmt: skip
    over = [
        leg for leg in vector["calls"]
        if leg["outcome"] == "answer" and clock(leg["at"]) + leg["talk"] * 1000 <= until
        and clock(leg["at"]) - clock(leg["join"]) <= 20_000
    ]  # fmt: skip
    assert len(over) == expected["inSL"]
    assert percent(len(over), row[E_COMPLETED]) == pytest.approx(expected["Perf"], abs=0.005)
    perf2 = percent(len(over) + row[E_ABANDONED_IN_TIME], row[E_COMPLETED] + row[E_ABANDONED])
    assert perf2 == pytest.approx(expected["Perf2"], abs=0.005)


def test_the_vector_of_the_cisco_manual_holds() -> None:
    """A_T 70, B_T 10, over T 20, total 100: F2 77.8 %, F1 70 %, F3 80 %."""
    cohort = [0] * COHORT_SIZE
    cohort[C_JOINED], cohort[C_ANSWERED], cohort[C_ANSWERED_IN_TIME] = 100, 90, 70
    cohort[C_ABANDONED] = cohort[C_ABANDONED_IN_TIME] = 10
    tally = Tally(cohort=cohort, event=[0] * EVENT_SIZE, time=[0] * len(facts.SEAT_STATES))
    found, _ = values(tally, FigureSettings(), basis="cohort")
    assert found["service_level_f2"] == pytest.approx(77.8, abs=0.05)
    assert found["service_level_f1"] == 70.0
    assert found["service_level_f3"] == 80.0
