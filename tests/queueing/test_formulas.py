"""Waiting lines by formula against published values, and against queues that are played through call by call."""

from __future__ import annotations

import csv
import heapq
import random
from collections import deque
from pathlib import Path

import pytest

from feeds.queueing import agents_needed, answered_within, mean_wait, predicted_wait, waiting_share


@pytest.fixture(scope="module")
def published(shared_data: Path) -> dict[str, str]:
    with (shared_data / "queueing" / "reference_values.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["value"] for row in csv.DictReader(file)}


def test_erlang_c_gives_the_published_values(published: dict[str, str]) -> None:
    load = 100 / 1800 * 180
    assert round(waiting_share(load, 14), 3) == float(published["P1"])
    assert round(answered_within(load, 180, 14, 20), 3) == float(published["P2"])
    found = mean_wait(load, 180, 14)
    assert found is not None and round(found, 2) == float(published["P5"])
    herzog = mean_wait(3.5 * 3, 180, 13)
    assert herzog is not None and round(herzog, 2) == float(published["H1"])
    shares = [float(one) for one in published["X1"].split(" / ")]
    load = 360 / 1800 * 240
    assert round(waiting_share(load, 55), 4) == shares[0]
    assert round(answered_within(load, 240, 55, 15), 4) == shares[1]


def test_the_handbooks_seats_for_a_language_are_needed() -> None:
    """HANDBOOK 6.3: seats for 80/20 at 300 s by calls an hour."""
    rows = {0.5: 1, 1: 1, 2: 1, 3: 2, 4: 2, 6: 2, 10: 3, 15: 3}
    assert {calls: agents_needed(calls / 12, 300, 20, 0.8) for calls in rows} == rows


@pytest.mark.parametrize("load", [0.3, 2.0, 9.7, 42.6, 180.0])
def test_one_agent_fewer_than_needed_is_too_few(load: float) -> None:
    needed = agents_needed(load, 234, 20, 0.8)
    assert needed is not None and needed > load
    assert answered_within(load, 234, needed, 20) >= 0.8 > answered_within(load, 234, needed - 1, 20)


def test_a_thousand_erlang_are_staffed_without_overflow_and_more_than_any_floor_has_are_not() -> None:
    found = agents_needed(1000, 200, 20, 0.8)
    assert found is not None and 1000 < found < 1040
    assert agents_needed(1e6, 200, 20, 0.8) is None
    assert agents_needed(0, 200, 20, 0.8) == 0
    with pytest.raises(ValueError, match="above 0"):
        agents_needed(1, 0, 20, 0.8)


def test_callers_at_every_place_wait_as_long_as_was_predicted() -> None:
    """A line of eight before five busy agents, played four thousand times."""
    dice, handle, agents, runs, places = random.Random(7), 240.0, 5, 4000, 8
    waited = [0.0] * places
    for _ in range(runs):
        busy = sorted(dice.expovariate(1 / handle) for _ in range(agents))
        heapq.heapify(busy)
        for place in range(places):
            free_at = heapq.heappop(busy)
            waited[place] += free_at
            heapq.heappush(busy, free_at + dice.expovariate(1 / handle))
    for place, total in enumerate(waited, 1):
        expected = predicted_wait(place, handle, agents)
        assert expected is not None and total / runs == pytest.approx(expected, rel=0.04)


def test_predictions_at_the_places_that_callers_find_make_the_mean_wait_of_erlang_c() -> None:
    """Who must wait finds k callers ahead with probability (1 − ρ)ρ^k; place k + 1 waits (k + 1) × AHT ÷ n."""
    load, handle, agents = 10.0, 180.0, 14
    busy = load / agents
    mean = sum((1 - busy) * busy**ahead * (predicted_wait(ahead + 1, handle, agents) or 0) for ahead in range(400))
    assert waiting_share(load, agents) * mean == pytest.approx(mean_wait(load, handle, agents))


def test_predictions_hold_in_a_queue_that_is_played_through() -> None:
    """What was predicted for callers on joining a busy queue is, on the mean, what they waited."""
    dice, handle, agents, load = random.Random(11), 100.0, 6, 5.4
    now, busy = 0.0, [0.0] * agents
    starts: deque[float] = deque()
    heapq.heapify(busy)
    predicted = waited = 0.0
    count = 0
    for _ in range(60_000):
        now += dice.expovariate(load / handle)
        while starts and starts[0] <= now:
            starts.popleft()
        start = max(now, heapq.heappop(busy))
        heapq.heappush(busy, start + dice.expovariate(1 / handle))
        if start > now:
            predicted += predicted_wait(len(starts) + 1, handle, agents) or 0.0
            waited += start - now
            count += 1
            starts.append(start)
    assert count > 10_000
    assert waited / count == pytest.approx(predicted / count, rel=0.03)


def test_nothing_is_predicted_without_a_handle_time_or_an_agent() -> None:
    assert predicted_wait(3, None, 5) is None
    assert predicted_wait(3, 200, 0) is None
