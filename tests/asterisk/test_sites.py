"""The site that is written for a test's floor is one that `main.py check` finds well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from config.load import load
from config.tokens import find_token
from tests.asterisk.floor import FloorPlan, many_queues, small_floor, whole_floor
from tests.asterisk.floor.locks import Ports
from tests.asterisk.floor.reach import Reach
from tests.asterisk.floor.sites import TOKENS, write_site


@dataclass(frozen=True)
class Expected:
    plan: FloorPlan
    queues: int
    agents: int


@pytest.mark.slow
@pytest.mark.parametrize(
    "expected",
    [Expected(whole_floor(), 12, 110), Expected(small_floor(1), 2, 1), Expected(many_queues(1000), 1000, 10)],
    ids=["whole", "small", "many queues"],
)
def test_a_floors_site_holds_its_queues_and_agents_and_has_no_mistake(tmp_path: Path, expected: Expected) -> None:
    extra = "x-more: {anything: 1}\n"
    site = load(write_site(tmp_path / "site", Reach(expected.plan, Ports(1, 2, 3)), extra))
    assert [queue.id for queue in site.queues] == [queue.name for queue in expected.plan.queues]
    assert (len(site.queues), len(site.agents), len(site.seats)) == (expected.queues, expected.agents, expected.agents)
    assert site.agents[0].id == site.seats[0].extension == "8001"
    assert any(team.vendor for team in site.teams)
    supervisor = find_token(TOKENS["supervisor"], site.tokens)
    assert supervisor is not None
    assert supervisor.role == "supervisor"
