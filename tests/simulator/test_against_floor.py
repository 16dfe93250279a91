"""The fold's figures of a simulated day are those of the tests' own tally, and every moment of it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import mean

import pytest

from feeds import facts as f
from feeds.counters import E_ANSWERED
from feeds.entities import Figures, Queue
from feeds.figures import Value, values
from feeds.floor import Floor
from feeds.sources.simulator.engine import Simulation
from tests.simulator.floors import demo, midnight
from tests.simulator.tally import DAY, HANDLING, HOUR, Leg, Tally, figures, tally

BEGIN = midnight()


class Kept:
    """Facts that pass by on the way to the tally."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self.facts: list[f.AnyFact] = []

    def __iter__(self) -> Iterator[tuple[int, f.AnyFact]]:
        for position, fact in self._simulation.facts():
            if fact.at < BEGIN + DAY:
                self.facts.append(fact)
            yield position, fact


@pytest.fixture(scope="module", params=["normal", "storm", "trunk_loss"])
def both(request: pytest.FixtureRequest) -> tuple[Floor, Tally]:
    """A floor and the tests' tally after the same evening and day."""
    kept = Kept(Simulation(demo(), 5, BEGIN - 2 * HOUR, request.param))
    told = tally(kept, BEGIN, BEGIN + DAY)
    floor = Floor(demo(), alarms=False)
    waiting: Counter[str] = Counter()
    queue_of: dict[str, str] = {}
    for rev, fact in enumerate(kept.facts, 1):
        floor.apply(fact, rev)
        if isinstance(fact, f.LegJoined):
            queue_of[fact.leg] = fact.queue
            waiting[fact.queue] += 1
        elif isinstance(fact, f.LegAnswered | f.LegAbandoned | f.LegFlowedOut):
            waiting[queue_of[fact.leg]] -= 1
        if rev % 4_999 == 0:
            adds_up(floor, waiting)
    floor.advance(BEGIN + DAY)
    return floor, told


def adds_up(floor: Floor, waiting: Counter[str]) -> None:
    """Conservation at every scope, and the waiting callers are those that joined and have not left."""
    for queue in demo().queues:
        entity = floor.entity(f"queue:{queue.id}")
        assert isinstance(entity, Queue)
        assert entity.waiting == waiting[queue.id]
    scopes = [
        "site",
        *(f"queue:{queue.id}" for queue in demo().queues),
        *(f"group:{group.id}" for group in demo().groups),
    ]
    for scope in scopes:
        entity = floor.entity(f"figures:{scope}:today")
        assert isinstance(entity, Figures)
        found = entity.values
        parts = ("answered", "abandoned", "flowed_out", "blocked", "pending")
        assert found["offered"] == sum(found[part] or 0 for part in parts), scope


def counted(floor: Floor, scope: str) -> dict[str, Value]:
    return values(floor.tally(scope, BEGIN, BEGIN + DAY), demo().figures, basis="cohort")[0]


def compare(found: dict[str, Value], legs: list[Leg], threshold: int) -> None:
    expected = figures(legs, threshold)
    names = {"offered": "offered", "answered": "answered", "abandoned": "abandoned", "short": "short_abandons",
             "blocked": "blocked", "flowed": "flowed_out"}  # fmt: skip
    assert {ours: found[theirs] for ours, theirs in names.items()} == {ours: expected[ours] for ours in names}
    concluded = [leg for leg in legs if leg.outcome != "waiting"]
    sure = figures(concluded, threshold)
    assert found["answer_rate_a1"] == pytest.approx(sure["answer_rate"], abs=1e-9)
    assert found["service_level_f1"] == pytest.approx(sure["f1"], abs=1e-9)
    assert found["asa"] == pytest.approx(sure["asa"], abs=1e-9)
    assert found["longest_wait"] == pytest.approx(sure["longest"], abs=1e-9)


@pytest.mark.slow
def test_counts_rates_and_waits_of_the_day_are_the_same(both: tuple[Floor, Tally]) -> None:
    floor, told = both
    settings = demo().figures
    compare(counted(floor, "site"), told.of(), settings.service_seconds * 1000)
    for queue in demo().queues:
        threshold = (queue.service_seconds or settings.service_seconds) * 1000
        compare(counted(floor, f"queue:{queue.id}"), told.of(queue.id), threshold)


@pytest.mark.slow
def test_every_seat_state_has_the_same_time(both: tuple[Floor, Tally]) -> None:
    floor, told = both
    period = floor.tally("site", BEGIN, BEGIN + DAY)
    found = {state: time for state, time in zip(f.SEAT_STATES, period.time, strict=True) if time and state != "offline"}
    assert {state: time / 1000 for state, time in found.items()} == {state: told.seconds(state) for state in found}
    assert set(HANDLING) < set(found)
    occupancy = values(period, demo().figures, basis="cohort")[0]["occupancy"]
    assert occupancy == pytest.approx(told.occupancy(), abs=1e-9)


@pytest.mark.slow
def test_handling_times_and_teams_are_the_same(both: tuple[Floor, Tally]) -> None:
    floor, told = both
    found = counted(floor, "site")
    booked = [leg for leg in told.legs.values() if leg.acw and BEGIN <= leg.mark < BEGIN + DAY]
    assert found["handled"] == len(booked) > 3_000
    assert found["talk_time"] == pytest.approx(mean(leg.talk for leg in booked) / 1000, abs=1e-9)
    assert found["hold_time"] == pytest.approx(mean(leg.hold for leg in booked) / 1000, abs=1e-9)
    assert found["acw_time"] == pytest.approx(mean(leg.acw for leg in booked) / 1000, abs=1e-9)
    team_of = {agent.id: agent.team for agent in demo().agents}
    for team in demo().teams:
        answered = [leg for leg in told.legs.values() if leg.agent and team_of[leg.agent] == team.id]
        inside = sum(BEGIN <= leg.joined + leg.wait < BEGIN + DAY for leg in answered)
        assert floor.tally(f"team:{team.id}", BEGIN, BEGIN + DAY).event[E_ANSWERED] == inside
