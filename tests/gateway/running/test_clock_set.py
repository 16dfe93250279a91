"""A gateway whose machine's clock is set: what it cannot show truly any more it does not show as live."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from feeds.entities import Figures
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running import attached
from feeds.gateway.running.attached import WallClock
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.shelf import open_session
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, console

DAY_S = 86_400.0


@pytest.mark.slow
@pytest.mark.logs("clock was put")
def test_a_clock_that_was_a_day_ahead_for_a_moment_leaves_no_floor_that_stands_still_and_looks_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, off_s = time.time, [0.0]
    monkeypatch.setattr(attached, "time", SimpleNamespace(time=lambda: real() + off_s[0]))

    async def scenario() -> None:
        site, store, begun = small_site(), Store(tmp_path / "gateway.db"), int(real() * 1000)
        engine = Engine(open_session(site, tmp_path / "log.floor"), ToldSource(begins_at=begun), WallClock())
        gateway = Gateway(site, engine, store)
        await gateway.start("127.0.0.1", 0)
        try:
            async with console(gateway, "all-wall") as (_, memory):

                def source() -> tuple[str, float]:
                    return memory.beats[-1].sources[0].state, memory.beats[-1].pace

                await memory.live()
                await memory.until(lambda: source() == ("up", 1.0))
                off_s[0] = DAY_S
                await memory.until(lambda: memory.beats[-1].now > (real() + DAY_S / 2) * 1000)
                await memory.until(lambda: engine.session.floor.now > (real() + DAY_S / 2) * 1000)
                assert source() == ("up", 1.0), "ahead is where time goes"
                off_s[0] = 0.0
                await memory.until(lambda: source() == ("down", 0.0))
                assert "clock was put back" in memory.beats[-1].sources[0].text
                await memory.until(lambda: memory.beats[-1].sources[0].age_ms > 1500)  # though its source goes on
                off_s[0] = DAY_S + 10
                await memory.until(lambda: source() == ("up", 1.0))
                assert memory.beats[-1].sources[0].text == "" and memory.beats[-1].sources[0].age_ms < 1500
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("clock was put forward by 60 min")
def test_figures_of_time_that_a_clock_left_out_say_that_they_are_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waited or was signed in seems to have been for an hour longer."""
    real, off_s = time.time, [0.0]
    monkeypatch.setattr(attached, "time", SimpleNamespace(time=lambda: real() + off_s[0]))

    async def scenario() -> None:
        site, store, begun = small_site(), Store(tmp_path / "gateway.db"), int(real() * 1000)
        engine = Engine(open_session(site, tmp_path / "log.floor"), ToldSource(begins_at=begun), WallClock())
        gateway = Gateway(site, engine, store)
        await gateway.start("127.0.0.1", 0)
        try:
            async with console(gateway, "all-wall") as (_, memory):

                def figures() -> Figures:
                    found = memory.entities["figures:site:15m"]
                    assert isinstance(found, Figures)
                    return found

                await memory.live()
                await memory.until(lambda: engine.session.floor.now > begun)  # its clock was looked at
                assert not figures().incomplete
                off_s[0] = 3600.0
                await memory.until(lambda: engine.session.floor.now > (real() + 3000) * 1000)
                await memory.until(lambda: figures().incomplete)
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())
