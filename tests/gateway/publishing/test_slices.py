"""How many facts are folded before consoles have their turn: as many as take a fiftieth of a second."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from feeds.facts import AnyFact, Tick
from feeds.gateway.running import engine as engine_module
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import LEAST_SLICE, SLICE, SLICE_S, Engine
from feeds.gateway.running.shelf import open_session
from tests.gateway.floors import START, small_site
from tests.gateway.harness import ToldSource


def test_dear_facts_are_folded_a_few_at_a_time_and_cheap_ones_by_the_hundred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(small_site(), tmp_path / "log.floor")
    engine = Engine(session, ToldSource(), PacedClock(START))
    moment, each_s, sizes = [0.0], [0.0], list[int]()
    take = session.take

    def timed(facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        take(facts)
        sizes.append(len(facts))
        moment[0] += each_s[0] * len(facts)

    monkeypatch.setattr(session, "take", timed)
    monkeypatch.setattr(engine_module, "time", SimpleNamespace(monotonic=lambda: moment[0]))
    told = [0]

    def emitted(count: int, seconds: float) -> list[int]:
        each_s[0] = seconds
        sizes.clear()
        positions = range(told[0] + 1, told[0] + count + 1)
        asyncio.run(engine.emit([(Tick(at=START + number), number) for number in positions]))
        told[0] += count
        assert sum(sizes) == count, "all of them, and none twice"
        return list(sizes)

    assert emitted(1000, 1e-6) == [SLICE] * 4
    dear = emitted(1000, 0.002)
    assert dear[0] == SLICE and all(size * 0.002 <= 2 * SLICE_S for size in dear[6:])
    assert min(emitted(1000, 0.5)[4:-1]) == LEAST_SLICE
    again = emitted(2000, 1e-6)
    assert again[0] == LEAST_SLICE and again[-2] == SLICE
    session.close()
