"""A floor on a real Asterisk for tests; without an Asterisk they are skipped loudly, or fail where it is required."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator

import pytest

from tests.asterisk.floor import AsteriskFloor, FloorPlan, NoAsterisk, Program, find_program, whole_floor
from tests.asterisk.floor.programs import REQUIRE

MAKING_S = 400
"""The first test of a run waits for a tree that is being made, by itself or by another worker."""
MakeFloor = Callable[[FloorPlan], AsteriskFloor]


@pytest.fixture(scope="session")
def program() -> Program:
    """The Asterisk of this run; made when there is none and it can be."""
    try:
        return find_program()
    except NoAsterisk as reason:
        if os.environ.get(REQUIRE) == "1":
            pytest.fail(f"{REQUIRE} is set, and there is {reason}", pytrace=False)
        pytest.skip(f"not checked: what needs a real Asterisk: {reason}")


@pytest.fixture(scope="module")
def floor(program: Program) -> Iterator[AsteriskFloor]:
    """The whole floor, for one module's tests: no call, no phone; leave it as you found it."""
    with AsteriskFloor(whole_floor(), program) as running:
        yield running


@pytest.fixture
def make_floor(program: Program) -> Iterator[MakeFloor]:
    """Starts floors of a test's own: `make_floor(small_floor())`; they end with the test."""
    with contextlib.ExitStack() as running:
        yield lambda plan: running.enter_context(AsteriskFloor(plan, program))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses Asterisk carries its mark, and is slow: a tree may have to be made first."""
    for item in items:
        if "program" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.asterisk)
            item.add_marker(pytest.mark.slow)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(MAKING_S))
