"""A simulated floor tells a possible story, the same one each time, with all that a real one would tell."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from config.schema import Seat, Site
from config.simulation import Shift
from feeds import facts as f
from feeds.rules.pauses import PauseWords
from feeds.sources.base import SourceError
from feeds.sources.simulator.days import Day
from feeds.sources.simulator.engine import Simulation
from feeds.sources.simulator.outbound import OutboundWork, Task
from feeds.sources.simulator.people import Person
from feeds.sources.simulator.roster import Roster
from feeds.sources.simulator.story import EDITION, story
from tests.simulator.floors import TUESDAY, demo, midnight, queueing_site
from tests.simulator.lives import Lives
from tests.simulator.tally import DAY, HOUR, tally

MINUTE = 60_000

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


def told(
    hours: float = 24, scenario: str = "normal", seed: int = 1, begins_at: int | None = None, site: Site | None = None
) -> Iterator[f.AnyFact]:
    begin = midnight() if begins_at is None else begins_at
    facts = (fact for _, fact in Simulation(site or demo(), seed, begin, scenario).facts())
    return takewhile(lambda fact: fact.at < begin + hours * HOUR, facts)


@pytest.fixture(scope="module")
def two_days() -> list[f.AnyFact]:
    return list(told(48))


@pytest.fixture(scope="module")
def day(two_days: list[f.AnyFact]) -> list[f.AnyFact]:
    return list(takewhile(lambda fact: fact.at < midnight() + 24 * HOUR, two_days))


def test_every_call_agent_and_seat_lives_a_possible_life_for_two_days(two_days: list[f.AnyFact]) -> None:
    lives = Lives()
    for fact in two_days:
        lives.see(fact)
    assert len(lives.legs) > 13_000
    assert len(lives.seats) <= 110


def test_a_day_tells_everything_that_a_real_floor_would(day: list[f.AnyFact]) -> None:
    lives = Lives()
    for fact in day:
        lives.see(fact)
    assert set(lives.kinds) == {
        "CallArrived", "CallEnded", "LegJoined", "AttemptStarted", "AttemptEnded", "LegAnswered", "LegAbandoned",
        "HoldStarted", "HoldEnded", "LegTransferred", "TalkEnded", "WorkEnded", "SeatChanged", "TrunkChanged",
    }  # fmt: skip
    assert set(lives.states) == {
        "ready", "ringing", "talking", "hold", "acw", "outbound", "break", "training", "offline", "not_responding",
    }  # fmt: skip
    assert {fact.result for fact in day if isinstance(fact, f.AttemptEnded)} == {"answered", "no_answer", "caller_gone"}
    assert {fact.kind for fact in day if isinstance(fact, f.LegTransferred)} == {"blind", "attended"}
    reasons = {(fact.state, fact.reason) for fact in day if isinstance(fact, f.SeatChanged) and fact.reason}
    assert {("break", "用餐"), ("break", "小休"), ("training", "业务培训")} <= reasons
    assert {reason for _, reason in reasons} <= {one.reason for one in demo().pauses if one.name}


def test_people_are_away_for_reasons_in_the_language_that_is_spoken(day: list[f.AnyFact]) -> None:
    english = replace(demo(), language="en-CA", pauses=())
    seats = [fact for fact in told(24, site=english) if isinstance(fact, f.SeatChanged)]
    assert {(one.state, one.reason) for one in seats if one.reason} == {
        ("break", "Meal"), ("break", "Break"), ("training", "Training"),
        ("outbound", "Dispatching"), ("outbound", "Return visit"),
    }  # fmt: skip
    words = PauseWords.of(english)
    assert {words.state(one.reason) for one in seats if one.state == "break"} == {"break"}, "as when it is ordered"
    assert [replace(one, reason="") for one in seats] == [
        replace(fact, reason="") for fact in day if isinstance(fact, f.SeatChanged)
    ], "and nothing else is otherwise"
    assert story(english) != story(replace(english, language="zh")), "a log in the other words is not gone on with"
    assert story(replace(english, language="zh-CN")) == story(replace(english, language="zh"))


def test_positions_count_from_one_without_a_hole() -> None:
    facts = islice(Simulation(demo(), 1, midnight()).facts(), 5000)
    assert [position for position, _ in facts] == list(range(1, 5001))


def test_one_simulation_tells_the_same_story_twice_and_another_seed_another() -> None:
    simulation = Simulation(demo(), 1, midnight())
    first, again = (list(islice(simulation.facts(), 20_000)) for _ in range(2))
    assert first == again
    assert first != list(islice(Simulation(demo(), 2, midnight()).facts(), 20_000))


def test_the_story_does_not_depend_on_the_process_or_its_hash_seed(repository: Path) -> None:
    program = (
        "import hashlib, itertools, sys\n"
        "from feeds.facts import pack\n"
        "from feeds.sources.simulator.engine import Simulation\n"
        "from tests.simulator.floors import demo, midnight\n"
        "facts = itertools.islice(Simulation(demo(), 3, midnight()).facts(), 20_000)\n"
        "sys.stdout.write(hashlib.sha256(b''.join(pack(fact) for _, fact in facts)).hexdigest())\n"
    )
    facts = islice(Simulation(demo(), 3, midnight()).facts(), 20_000)
    here = hashlib.sha256(b"".join(f.pack(fact) for _, fact in facts)).hexdigest()
    for seed in ("0", "4242"):
        there = subprocess.run(
            [sys.executable, "-c", program], cwd=repository, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert there.stdout == here


STORY = (1, "5aed83150bcb83dc")
"""The edition of the simulator's stories, and the beginning of one of them."""


@pytest.mark.skipif(sys.platform != "linux", reason="another C library may round a duration otherwise")
def test_a_simulator_that_tells_another_story_is_of_another_edition(day: list[f.AnyFact]) -> None:
    """A log of the former edition would be gone on with at positions that mean something else."""
    seats = [fact for fact in day if isinstance(fact, f.SeatChanged)]
    told = hashlib.sha256(repr([(fact.at, fact.seat, fact.state, fact.agent) for fact in seats]).encode())
    assert (EDITION, told.hexdigest()[:16]) == STORY, (
        "raise EDITION in feeds/sources/simulator/story.py, and STORY here"
    )


def test_whoever_leaves_has_finished_every_call(day: list[f.AnyFact]) -> None:
    busy: dict[str, str] = {}
    holder: dict[str, str] = {}
    seats: dict[str, str] = {}
    left = 0
    for fact in day:
        if isinstance(fact, f.LegAnswered):
            busy[fact.agent] = fact.leg
            holder[fact.leg] = fact.agent
        elif isinstance(fact, f.WorkEnded) or (isinstance(fact, f.TalkEnded) and not fact.work_follows):
            del busy[holder[fact.leg]]
        elif isinstance(fact, f.SeatChanged):
            if fact.state == "offline":
                left += 1
                assert seats[fact.seat] not in busy, fact
            seats[fact.seat] = fact.agent
    assert left > 100


def test_a_night_shift_works_across_midnight_and_days_follow_days(two_days: list[f.AnyFact]) -> None:
    begin = midnight()
    days = tally(((0, fact) for fact in two_days), begin, begin + 2 * DAY)
    assert 5 <= days.signed_in(24) <= 9
    calls = [len(days.of(None, begin + number * DAY, begin + (number + 1) * DAY)) for number in range(2)]
    assert all(6_900 < count < 7_500 for count in calls)


def test_everybody_has_two_days_off_in_every_week() -> None:
    # With as many people as are not off, nobody has to come in on a day off: so the days worked are the days due.
    site = replace(demo(), agents=tuple(agent for agent in demo().agents if agent.seat_type == "claim")[:56])
    assert site.simulation is not None
    profile = replace(
        site.simulation,
        shifts=(Shift(spans=("09:00-17:00",), count=40),),
        present=40,
        weekday_present=(1.0,) * 7,
    )
    roster = Roster(site, profile, 1, None)
    monday = Day(datetime.date(2025, 11, 17), ZoneInfo(site.zone))
    for week in range(8):
        worked = Counter(duty.agent for day in range(7) for duty in roster.of(monday.plus(7 * week + day)))
        assert set(worked.values()) == {5}


def test_a_saturday_has_the_calls_and_people_of_a_saturday() -> None:
    begin = midnight(TUESDAY + datetime.timedelta(days=4))
    saturday = tally(((0, fact) for fact in told(24, begins_at=begin)), begin, begin + DAY)
    assert len(saturday.of()) == pytest.approx(0.82 * 7_200, rel=0.06)
    assert saturday.signed_in(10) == pytest.approx(0.88 * 69, rel=0.1)


def test_beginning_at_noon_finds_the_people_on_duty_and_the_callers_of_the_same_day(day: list[f.AnyFact]) -> None:
    noon = midnight() + 12 * HOUR
    late = list(told(1, begins_at=noon))
    assert len({fact.seat for fact in late[:200] if isinstance(fact, f.SeatChanged) and fact.at == noon}) > 55
    calls = {fact.call: fact for fact in late if isinstance(fact, f.CallArrived)}
    same = {fact.call: fact for fact in day if isinstance(fact, f.CallArrived) and noon <= fact.at < noon + HOUR}
    assert calls == same


def test_a_storm_changes_nothing_before_it_and_keeps_the_callers_there_were(day: list[f.AnyFact]) -> None:
    storm = list(told(scenario="storm"))
    begins = midnight() + 15 * HOUR
    assert [fact for fact in storm if fact.at < begins] == [fact for fact in day if fact.at < begins]

    def callers(facts: list[f.AnyFact]) -> set[tuple[int, str]]:
        return {(fact.at, fact.number) for fact in facts if isinstance(fact, f.CallArrived)}

    assert callers(day) < callers(storm)
    claims = [sum(isinstance(fact, f.LegJoined) and fact.queue == "claim" and not fact.came_from
                  and begins <= fact.at < begins + 5 * HOUR for fact in facts) for facts in (day, storm)]  # fmt: skip
    assert claims[1] / claims[0] == pytest.approx(3.2, rel=0.1)


def test_an_announcement_takes_its_share_of_the_enquiries_and_nobody_else() -> None:
    storm, announced = (list(told(20, scenario=name)) for name in ("storm", "storm_announced"))
    begins = midnight() + 15 * HOUR + HOUR // 2
    assert [fact for fact in storm if fact.at < begins] == [fact for fact in announced if fact.at < begins]

    def callers(facts: list[f.AnyFact], queue: str) -> set[tuple[int, str]]:
        first = {fact.call: fact.queue for fact in reversed(facts) if isinstance(fact, f.LegJoined)}
        arrived = (fact for fact in facts if isinstance(fact, f.CallArrived) and fact.at >= begins)
        return {(fact.at, fact.number) for fact in arrived if first.get(fact.call) == queue}

    assert callers(announced, "claim") == callers(storm, "claim")
    assert callers(announced, "enq") < callers(storm, "enq")
    assert len(callers(announced, "enq")) / len(callers(storm, "enq")) == pytest.approx(0.55, abs=0.06)


@pytest.mark.logs("no seat is free")
def test_people_are_called_in_out_of_those_who_are_off(day: list[f.AnyFact]) -> None:
    begin, end = midnight() + 16 * HOUR, midnight() + 20 * HOUR
    reinforced = list(told(scenario="storm_reinforced"))

    def on_duty(facts: list[f.AnyFact]) -> set[str]:
        return {fact.agent for fact in facts if isinstance(fact, f.SeatChanged) and fact.state != "offline"}

    more = on_duty(reinforced) - on_duty(day)
    assert len(more) == 45
    states = [fact for fact in reinforced if isinstance(fact, f.SeatChanged) and fact.agent in more]
    assert min(fact.at for fact in states) > begin - 2 * MINUTE
    breaks = Counter(fact.agent for fact in states if fact.state == "break")
    assert max(breaks.values()) == 1
    assert {fact.reason for fact in states if fact.state == "break"} == {"小休"}
    seats = {fact.seat for fact in states}
    left = [fact.at for fact in reinforced if isinstance(fact, f.SeatChanged) and fact.state == "offline"]
    assert len(seats) <= 110
    assert sum(end <= at < end + HOUR for at in left) >= 45


def test_lost_trunks_block_their_share_of_the_calls_inside_the_window_only() -> None:
    facts = list(told(13, scenario="trunk_loss"))
    begins, ends = midnight() + 10 * HOUR, midnight() + int(11.5 * HOUR)
    blocked = [fact for fact in facts if isinstance(fact, f.LegBlocked)]
    assert all(begins <= fact.at < ends and fact.reason == "no_trunk" for fact in blocked)
    came = sum(isinstance(fact, f.CallArrived) and begins <= fact.at < ends for fact in facts)
    assert len(blocked) / (len(blocked) + came) == pytest.approx(0.45, abs=0.05)
    trunks = [(fact.at, fact.trunk, fact.state) for fact in facts if isinstance(fact, f.TrunkChanged)]
    assert trunks == [
        (midnight(), "main", "up"), (midnight(), "second", "up"), (begins, "second", "down"), (ends, "second", "up"),
    ]  # fmt: skip


def test_a_run_that_begins_while_a_trunk_is_lost_tells_that_it_is_down() -> None:
    begins = midnight() + 11 * HOUR
    facts = list(told(1, scenario="trunk_loss", begins_at=begins))
    trunks = [(fact.at, fact.trunk, fact.state) for fact in facts if isinstance(fact, f.TrunkChanged)]
    assert trunks[2:] == [(begins, "second", "down"), (begins + HOUR // 2, "second", "up")]


def test_short_staffing_takes_people_away_and_no_callers(day: list[f.AnyFact]) -> None:
    begin = midnight()
    usual, short = (
        tally(((0, fact) for fact in facts), begin, begin + 12 * HOUR)
        for facts in (day, told(12, scenario="short_staffing"))
    )
    assert short.signed_in(10) / usual.signed_in(10) == pytest.approx(0.856, abs=0.05)
    first = [leg.joined for leg in short.of() if not leg.came_from]
    assert first == [leg.joined for leg in usual.of() if not leg.came_from]


def test_a_transferred_caller_asks_again_elsewhere_under_the_same_call(day: list[f.AnyFact]) -> None:
    legs = {fact.leg: fact for fact in day if isinstance(fact, f.LegJoined)}
    again = [fact for fact in legs.values() if fact.came_from]
    passed_on = [fact.leg for fact in day if isinstance(fact, f.LegTransferred)]
    assert sorted(fact.came_from for fact in again) == sorted(passed_on)
    assert all(legs[fact.came_from].call == fact.call for fact in again)
    assert all(legs[fact.came_from].queue != fact.queue for fact in again)
    assert len(again) / len(legs) == pytest.approx(0.02, abs=0.006)


@pytest.mark.parametrize("offered", [None, 0.0])
def test_nobody_is_passed_on_to_a_queue_that_nobody_calls(offered: float | None) -> None:
    site = demo()
    assert site.simulation is not None
    # Claims' people help in these; either the profile does not know them at all, or says that nobody calls.
    helped = ("rescue", "dual", "disp", "enq")
    demands = tuple(
        demand if demand.queue not in helped else replace(demand, offered=offered)
        for demand in site.simulation.demands
        if offered is not None or demand.queue not in helped
    )
    site = replace(site, simulation=replace(site.simulation, demands=demands))
    legs = [fact for fact in told(11, site=site) if isinstance(fact, f.LegJoined)]
    assert len(legs) > 500
    assert not {fact.queue for fact in legs} & set(helped)


def test_a_few_breaks_overrun_their_plan(day: list[f.AnyFact]) -> None:
    began: dict[str, f.SeatChanged] = {}
    rests: list[float] = []
    for fact in day:
        if isinstance(fact, f.SeatChanged):
            before = began.get(fact.seat)
            if before is not None and before.state == "break" and before.reason == "小休" and fact.state != "offline":
                rests.append((fact.at - before.at) / 60_000)
            began[fact.seat] = fact
    assert len(rests) > 120
    assert 0.01 < sum(rest > 15.5 for rest in rests) / len(rests) < 0.12


def test_people_sit_in_their_own_area_while_there_is_room(day: list[f.AnyFact]) -> None:
    areas = {seat.id: seat.area for seat in demo().seats}
    types = {agent.id: agent.seat_type for agent in demo().agents}
    pairs = {(fact.seat, fact.agent) for fact in day if isinstance(fact, f.SeatChanged) and fact.agent}
    own = sum(areas[seat] == types[agent] for seat, agent in pairs)
    assert own / len(pairs) > 0.8


def test_surveyors_are_told_within_five_minutes_of_a_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    delays: list[int] = []
    start = OutboundWork._start

    def noted(self: OutboundWork, person: Person, task: Task, is_dispatch: bool) -> None:
        if is_dispatch:
            delays.append(self._agenda.now - task.at)
        start(self, person, task, is_dispatch)

    monkeypatch.setattr(OutboundWork, "_start", noted)
    assert sum(1 for _ in told()) > 50_000
    assert len(delays) == pytest.approx(2_000, rel=0.08)
    profile = demo().simulation
    assert profile is not None
    due = profile.outbound.dispatch_due_s * 1000
    assert sum(delay <= due for delay in delays) / len(delays) >= 0.97


@pytest.mark.logs("no seat is free")
def test_people_without_a_free_seat_wait_for_one() -> None:
    site = replace(queueing_site(60, 60, 4), seats=tuple(Seat(id=str(number), area="line") for number in range(3)))
    lives = Lives()
    for fact in told(2, site=site, begins_at=midnight(zone="UTC")):
        lives.see(fact)
    assert len(lives.at_seat) == 3


def test_a_site_without_seats_has_its_agents_numbers_for_seats() -> None:
    facts = list(told(1, site=queueing_site(60, 60, 4), begins_at=midnight(zone="UTC")))
    assert {fact.seat for fact in facts if isinstance(fact, f.SeatChanged)} == {"a000", "a001", "a002", "a003"}


def test_where_nobody_works_all_callers_give_up() -> None:
    result = Counter(
        type(fact).__name__ for fact in told(8, site=replace(queueing_site(50, 60, 2, patience_s=60), agents=()))
    )
    assert result["LegJoined"] > 300 and result["LegAbandoned"] > 300
    assert not result["SeatChanged"] and not result["LegAnswered"]


def test_a_full_queue_blocks_and_a_long_wait_flows_out() -> None:
    site = queueing_site(120, 600, 2, places=3, timeout_s=90)
    lives = Lives()
    result = Counter(type(fact).__name__ for fact in told(6, site=site, begins_at=midnight(zone="UTC")))
    for fact in told(6, site=site, begins_at=midnight(zone="UTC")):
        lives.see(fact)
        if isinstance(fact, f.LegBlocked):
            assert fact.reason == "full"
        if isinstance(fact, f.LegFlowedOut):
            assert fact.kind == "timeout"
    assert result["LegBlocked"] > 50
    assert result["LegFlowedOut"] > 50


def test_an_overflowing_caller_joins_the_other_queue() -> None:
    site = demo()
    assert site.simulation is not None
    demands = tuple(
        replace(demand, timeout_s=12.0, overflow="enq") if demand.queue == "claim" else demand
        for demand in site.simulation.demands
    )
    site = replace(site, simulation=replace(site.simulation, demands=demands))
    lives = Lives()
    flowed: list[str] = []
    joined: dict[str, f.LegJoined] = {}
    for fact in told(10, site=site):
        lives.see(fact)
        if isinstance(fact, f.LegFlowedOut):
            assert fact.kind == "queue"
            flowed.append(fact.leg)
        if isinstance(fact, f.LegJoined) and fact.came_from:
            joined[fact.came_from] = fact
    assert len(flowed) > 20
    assert all(joined[leg].queue == "enq" for leg in flowed)


@pytest.mark.parametrize("date", [datetime.date(2026, 3, 29), datetime.date(2026, 10, 25)])
def test_days_on_which_clocks_are_changed_are_days_like_others(date: datetime.date) -> None:
    site = replace(demo(), zone="Europe/Berlin")
    begin = midnight(date, "Europe/Berlin")
    end = midnight(date + datetime.timedelta(days=1), "Europe/Berlin")
    lives = Lives()
    for fact in told((end - begin) / HOUR, site=site, begins_at=begin):
        lives.see(fact)
    assert (end - begin) / HOUR in (23, 25)
    # A Sunday; the hour that is lost or told twice is one of the night, with few callers.
    assert lives.kinds["CallArrived"] == pytest.approx(0.74 * 7_050, rel=0.06)


def test_an_unknown_scenario_is_refused_with_a_hint() -> None:
    with pytest.raises(SourceError, match="did you mean “storm”"):
        Simulation(demo(), 1, midnight(), "strom")


def test_a_site_without_a_profile_is_refused() -> None:
    with pytest.raises(SourceError, match="no simulation profile"):
        Simulation(replace(demo(), simulation=None), 1, midnight())


def test_a_shift_that_is_no_span_is_refused() -> None:
    site = demo()
    assert site.simulation is not None
    wrong = replace(site, simulation=replace(site.simulation, shifts=(Shift(spans=("8-17",), count=1),)))
    with pytest.raises(SourceError, match="HH:MM-HH:MM"):
        next(Simulation(wrong, 1, midnight()).facts())
