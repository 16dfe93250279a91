"""What the bench of the feed measures can be followed: the bench runs too seldom to notice when it cannot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.bench.bench_feed import gateway
from tests.gateway.harness import console


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["pump", "tasks", "floor"])
def test_each_way_of_sending_is_live_with_its_changes(tmp_path: Path, mode: str) -> None:
    async def scenario(port: int) -> None:
        async with console(f"ws://127.0.0.1:{port}", "all-manager") as (_, memory):
            await memory.live()
            await memory.until(lambda: memory.frames > 3 and len(memory.beats) > 1)
            assert memory.snapshots == 1 and any(key.startswith("seat:") for key in memory.entities)

    with gateway(mode, 100, tmp_path) as (port, _):
        asyncio.run(scenario(port))
