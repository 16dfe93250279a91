"""How much processor time a simulated floor takes, measured without waiting for any clock."""

from __future__ import annotations

import time
from itertools import takewhile

import pytest

from feeds.sources.simulator.engine import Simulation
from feeds.sources.simulator.source import SimulatorSource
from tests.simulator.floors import demo, midnight
from tests.simulator.tally import DAY, HOUR
from tests.simulator.test_source import TEN, Watch, play

pytestmark = pytest.mark.bench


def test_a_whole_weekday_is_made_in_less_than_four_seconds() -> None:
    begin = midnight()
    started = time.process_time()
    count = sum(1 for _ in takewhile(lambda pair: pair[1].at < begin + DAY, Simulation(demo(), 1, begin).facts()))
    assert count > 70_000
    assert time.process_time() - started < 4.0


@pytest.mark.parametrize(("speed", "share"), [(100.0, 0.05), (600.0, 0.15)])
def test_a_fast_floor_takes_a_small_share_of_a_core(speed: float, share: float) -> None:
    started = time.process_time()
    play(SimulatorSource(demo(), live_from=midnight()), Watch(midnight(), speed, TEN + 2 * HOUR))
    assert time.process_time() - started < share * 12 * HOUR / 1000 / speed
