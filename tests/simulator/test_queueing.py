"""The simulator against published values of queueing theory, through the configuration types of a real floor.

Each case runs with a fixed seed; a metric's mean over batches (stretches of a stationary run, after the first one, or
independent days that start empty) must agree with the published value: inside the 99 % interval of Student's t, widened
by the rounding or the published interval of the reference.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import NormalDist

import pytest

from config.schema import Site
from feeds.sources.simulator.engine import Simulation
from tests.simulator.floors import midnight, queueing_site
from tests.simulator.tally import DAY, HOUR, Estimate, Leg, Tally, estimate, tally

pytestmark = pytest.mark.slow  # together they take a minute, and the quick part has one for all

Metric = Callable[[Sequence[Leg]], float]


@pytest.fixture(scope="module")
def published(shared_data: Path) -> Mapping[str, tuple[float, float]]:
    """By row id: value and uncertainty (half its 95 % interval widened to 99 %, or half a unit of the last digit)."""
    rows: dict[str, tuple[float, float]] = {}
    with (shared_data / "queueing" / "reference_values.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                value = float(row["value"])
            except ValueError:
                continue
            digits = len(row["value"].partition(".")[2])
            slack = 0.5 * 10.0**-digits
            if row["ci95_high"]:
                widen = NormalDist().inv_cdf(0.995) / NormalDist().inv_cdf(0.975)
                slack = max(slack, widen * (float(row["ci95_high"]) - float(row["ci95_low"])) / 2)
            rows[row["id"]] = value, slack
    return rows


def agrees(found: Estimate, reference: tuple[float, float], scale: float = 1.0) -> None:
    """The estimate, in units of 1/scale of the reference, holds the published value."""
    value, slack = reference
    assert found.holds(value * scale, slack * scale), f"simulated {found}, published {value * scale:.5g}"


def run(site: Site, days: int, seed: int = 1) -> Tally:
    begin = midnight(zone="UTC")
    return tally(Simulation(site, seed, begin).facts(), begin, begin + days * DAY)


def batches(found: Tally, length: int) -> list[list[Leg]]:
    """The legs of each stretch of `length` milliseconds, without the first stretch, which starts empty."""
    return stretches(found, length)[1:]


def stretches(found: Tally, length: int) -> list[list[Leg]]:
    """The legs of each stretch of `length` milliseconds in which somebody called."""
    split: dict[int, list[Leg]] = {}
    for leg in found.legs.values():
        split.setdefault((leg.joined - found.begin) // length, []).append(leg)
    return [split[place] for place in sorted(split)]


def mean_wait(legs: Sequence[Leg]) -> float:
    return sum(leg.wait for leg in legs) / len(legs) / 1000


def waited(legs: Sequence[Leg]) -> float:
    return sum(leg.wait > 0 for leg in legs) / len(legs)


def lost(legs: Sequence[Leg]) -> float:
    return sum(leg.outcome == "abandoned" for leg in legs) / len(legs)


def asa(legs: Sequence[Leg]) -> float:
    return mean_wait([leg for leg in legs if leg.outcome == "answered"])


def within(seconds: float, outcome: str = "answered") -> Metric:
    """The share of those with an outcome who waited no longer than that."""

    def share(legs: Sequence[Leg]) -> float:
        kind = [leg for leg in legs if leg.outcome == outcome]
        return sum(leg.wait <= seconds * 1000 for leg in kind) / len(kind)

    return share


def served_within(seconds: float) -> Metric:
    """The share of all callers who were answered after no longer than that."""
    return lambda legs: sum(leg.wait <= seconds * 1000 and leg.outcome == "answered" for leg in legs) / len(legs)


def queue_length(length_s: float) -> Metric:
    """The mean number waiting, by Little's law: waiting time spent over the length of the batch."""
    return lambda legs: sum(leg.wait for leg in legs) / 1000 / length_s


def occupancy(found: Tally, agents: int, length: int) -> Estimate:
    """Talking time over agents' time by batches of whole hours, without the first."""
    hours = length // HOUR
    spans = range(hours, (found.end - found.begin) // HOUR, hours)
    talk = [sum(found.time[hour]["talking"] for hour in range(span, span + hours)) for span in spans]
    return estimate(time / (agents * length) for time in talk)


LONG = 30
"""Days of a run whose intervals are narrow."""


def test_erlang_a_with_14_agents(published: Mapping[str, tuple[float, float]]) -> None:
    found = run(queueing_site(200, 180, 14, patience_s=300), LONG)
    parts = batches(found, 4 * HOUR)
    agrees(estimate(map(waited, parts)), published["P6"])
    agrees(estimate(map(lost, parts)), published["P7"])
    agrees(occupancy(found, 14, 4 * HOUR), published["P8"])
    agrees(estimate(map(mean_wait, parts)), published["P9"], 60)
    agrees(estimate(map(served_within(20), parts)), published["P10"])


def test_a_floor_whose_callers_are_less_patient_does_not_agree(published: Mapping[str, tuple[float, float]]) -> None:
    parts = batches(run(queueing_site(200, 180, 14, patience_s=200), 6), 4 * HOUR)
    with pytest.raises(AssertionError, match="published"):
        agrees(estimate(map(mean_wait, parts)), published["P9"], 60)


def patience(legs: Sequence[Leg]) -> float:
    """Seconds that callers wait on average until one gives up, all waits together: the mean patience in Erlang-A.

    Waits and losses of one floor vary together, so this tells patience far more exactly than either of them.
    """
    return sum(leg.wait for leg in legs) / 1000 / sum(leg.outcome == "abandoned" for leg in legs)


@pytest.mark.parametrize("wrong", [0.9, 1.0, 1.1])
def test_patience_that_is_a_tenth_wrong_does_not_agree(
    published: Mapping[str, tuple[float, float]], wrong: float
) -> None:
    # Published: mean number waiting over calls lost in the mean service time, Whitt's unit of time, in which 102 come.
    waiting, lost_share = published["W3"][0], published["W2"][0]
    expected = waiting / (102 * lost_share) * 100
    site = queueing_site(3672, 100, 100, patience_s=100 * wrong, places=200)
    found = estimate(map(patience, batches(run(site, 2), 2 * HOUR)))
    assert found.half < 4
    assert found.holds(expected, 0.2) is (wrong == 1.0), f"{found}, published {expected:.4g}"


@pytest.mark.parametrize("wrong", [0.9, 1.0, 1.1])
def test_so_it_is_with_few_agents(published: Mapping[str, tuple[float, float]], wrong: float) -> None:
    expected = published["P9"][0] * 60 / published["P7"][0]
    found = estimate(map(patience, batches(run(queueing_site(200, 180, 14, patience_s=300 * wrong), 40), DAY)))
    assert found.half < 20
    assert found.holds(expected, 1.0) is (wrong == 1.0), f"{found}, published {expected:.4g}"


def test_erlang_a_with_13_agents(published: Mapping[str, tuple[float, float]]) -> None:
    found = run(queueing_site(210, 180, 13, patience_s=300), LONG)
    agrees(estimate(map(mean_wait, batches(found, 4 * HOUR))), published["H2"])


def test_erlang_c_with_13_agents(published: Mapping[str, tuple[float, float]]) -> None:
    found = run(queueing_site(210, 180, 13), LONG)
    agrees(estimate(map(mean_wait, batches(found, 8 * HOUR))), published["H1"])


def test_erlang_c_with_14_agents(published: Mapping[str, tuple[float, float]]) -> None:
    found = run(queueing_site(200, 180, 14), LONG)
    parts = batches(found, 6 * HOUR)
    agrees(estimate(map(waited, parts)), published["P1"])
    agrees(estimate(map(served_within(20), parts)), published["P2"])
    agrees(occupancy(found, 14, 6 * HOUR), published["P3"])
    agrees(estimate(map(mean_wait, parts)), published["P5"])


def day_occupancy(found: Tally, agents: int, hours: int) -> Estimate:
    """Talking time over agents' time in the first hours of each day."""
    starts = range(0, (found.end - found.begin) // HOUR, 24)
    talk = [sum(found.time[hour]["talking"] for hour in range(start, start + hours)) for start in starts]
    return estimate(time / (agents * hours * HOUR) for time in talk)


def test_days_that_start_empty_without_abandonment(published: Mapping[str, tuple[float, float]]) -> None:
    # People stay two hours longer than callers come, so that everybody who waits at the end is answered.
    found = run(queueing_site(252, 120, 12, hours=(0, 8), staffed="00:00-10:00"), 60)
    days = stretches(found, DAY)
    assert len(days) == 60
    agrees(estimate(map(within(20), days)), published["C1"])
    agrees(estimate(map(asa, days)), published["C2"], 60)
    agrees(day_occupancy(found, 12, 8), published["C3"])


def test_days_that_start_empty_with_abandonment(published: Mapping[str, tuple[float, float]]) -> None:
    found = run(queueing_site(252, 120, 12, hours=(0, 8), staffed="00:00-10:00", patience_s=60), 60)
    days = stretches(found, DAY)
    agrees(estimate(sum(leg.outcome == "abandoned" for leg in legs) for legs in days), published["C4"])
    agrees(estimate(map(within(20), days)), published["C5"])
    agrees(estimate(map(with_abandonment, days)), published["C6"])
    agrees(estimate(map(asa, days)), published["C7"], 60)
    agrees(day_occupancy(found, 12, 8), published["C8"])


def with_abandonment(legs: Sequence[Leg]) -> float:
    """Served within 20 s over served and abandoned after 20 s."""
    served = [leg for leg in legs if leg.outcome == "answered"]
    late = sum(leg.outcome == "abandoned" and leg.wait > 20_000 for leg in legs)
    return sum(leg.wait <= 20_000 for leg in served) / (len(served) + late)


def test_a_telethon_with_24_lines_and_a_forced_exit(published: Mapping[str, tuple[float, float]]) -> None:
    site = queueing_site(
        50, 600, 12, hours=(6, 10), staffed="06:00-12:00", patience_s=120, places=12, timeout_s=120, weekend=0.0
    )
    weeks = stretches(run(site, 7 * 60), 7 * DAY)
    assert len(weeks) == 60
    agrees(estimate(sum(leg.outcome == "answered" for leg in legs) for legs in weeks), published["T1"])
    agrees(estimate(sum(leg.outcome == "abandoned" for leg in legs) for legs in weeks), published["T2"])
    agrees(estimate(sum(leg.outcome == "flowed" for leg in legs) for legs in weeks), published["T3"])
    agrees(estimate(map(asa, weeks)), published["T4"], 60)
    agrees(estimate(100 * served_within(60)(legs) for legs in weeks), published["T5"])


def test_whitts_basic_call_center_with_100_agents(published: Mapping[str, tuple[float, float]]) -> None:
    # The mean service time, Whitt's unit of time, is 100 s here.
    parts = batches(run(queueing_site(3672, 100, 100, patience_s=100, places=200), 2), 2 * HOUR)
    agrees(estimate(1 - waited(legs) for legs in parts), published["W1"])
    agrees(estimate(map(lost, parts)), published["W2"])
    agrees(estimate(map(queue_length(7200), parts)), published["W3"])
    agrees(estimate(map(asa, parts)), published["W6"], 100)
    agrees(
        estimate(mean_wait([leg for leg in legs if leg.outcome == "abandoned"]) for legs in parts), published["W7"], 100
    )
    for seconds, served, gave_up in ((10, "W8", "W9"), (20, "W10", "W11")):
        agrees(estimate(map(within(seconds), parts)), published[served])
        agrees(estimate(map(within(seconds, "abandoned"), parts)), published[gave_up])


@pytest.mark.parametrize(
    ("service", "patience", "rows"),
    [
        ("erlang_2", "erlang_2", ("W12", "W13")),
        ("exponential", "erlang_2", ("W15", "W16")),
        ("exponential", "lognormal", ("W17", "W18")),
    ],
)
def test_whitts_cases_with_other_distributions(
    published: Mapping[str, tuple[float, float]], service: str, patience: str, rows: tuple[str, str]
) -> None:
    site = queueing_site(3672, 100, 100, patience_s=100, places=200, service=service, patience=patience)
    parts = batches(run(site, 2), 2 * HOUR)
    agrees(estimate(map(lost, parts)), published[rows[0]])
    agrees(estimate(map(queue_length(7200), parts)), published[rows[1]])
