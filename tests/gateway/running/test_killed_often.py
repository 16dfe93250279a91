"""A gateway under load that is killed fifty times: its consoles are live again soon, and never with anything else."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from pathlib import Path

import msgspec
import pytest

from feeds import client as client_module
from feeds.client import FeedClient
from feeds.wire import BeatParams
from tests.gateway.harness import Remembering, free_port
from tests.gateway.running.test_restart import gateway_process, settled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")

KILLS, MEASURED = 50, 10
TOKENS = ("demo-manager", "demo-wall", "demo-vendor-lead", "demo-supervisor")
CONSOLES = 16
LOAD = ("--scenario", "storm", "--at", "06:00", "--speed", "20")
"""Twenty busy floors at once."""
WITHIN_S = 2.0

Proofs = dict[tuple[str, str, int], bytes]
"""What consoles of a token showed as live at a revision of an epoch."""


class Witness(Remembering):
    """Compares what it is to show as live with what all others of its token showed at the same revision."""

    def __init__(self, token: str, proofs: Proofs) -> None:
        super().__init__()
        self.compared = 0
        self._token, self._proofs = token, proofs

    def on_beat(self, beat: BeatParams) -> None:
        shown = msgspec.json.encode(sorted(self.entities.values(), key=lambda one: one.key))
        known = self._proofs.setdefault((self._token, beat.epoch, beat.rev), shown)
        assert known == shown, "live and wrong"
        self.compared += known is not shown
        super().on_beat(beat)


@contextlib.asynccontextmanager
async def watching(url: str, token: str, proofs: Proofs):  # type: ignore[no-untyped-def]
    memory = Witness(token, proofs)
    running = asyncio.create_task(FeedClient(url, token, memory).run(), name="witness")
    try:
        yield memory
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def live_again(memory: Witness, since: float) -> float:
    """Seconds from `since` until the console is live by a beat that came later."""
    count = len(memory.beats)
    await memory.until(lambda: len(memory.beats) > count and memory.state == "live")
    return time.monotonic() - since


async def killed(folder: Path, times: int) -> tuple[list[float], int]:
    """How long each console took to be live again each time, seconds, and how often two of them were compared."""
    port, proofs, took = free_port(), Proofs(), list[float]()
    url = f"ws://127.0.0.1:{port}"
    async with contextlib.AsyncExitStack() as stack:
        memories: list[Witness] = []
        for number in range(times + 1):
            async with gateway_process(port, folder, *LOAD):
                since = time.monotonic()
                if not memories:
                    for one in range(CONSOLES):
                        witness = watching(url, TOKENS[one % len(TOKENS)], proofs)
                        memories.append(await stack.enter_async_context(witness))
                    await asyncio.gather(*(settled(memory) for memory in memories))
                    continue
                took += await asyncio.gather(*(live_again(memory, since) for memory in memories))
                if number % 5 == 0:
                    async with watching(url, TOKENS[number // 5 % len(TOKENS)], proofs) as fresh:
                        await fresh.live()  # by a snapshot, while the others resumed
        assert len(took) == times * CONSOLES
        return took, sum(memory.compared for memory in memories)


@pytest.fixture(autouse=True)
def long_after_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time counts as if it had been."""
    monkeypatch.setattr(client_module, "SETTLED_S", 0.0)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_fifty_times_under_load_all_consoles_are_live_again_and_never_wrong(tmp_path: Path) -> None:
    _, compared = asyncio.run(killed(tmp_path, KILLS))
    assert compared > KILLS


@pytest.mark.bench
def test_killed_under_load_consoles_are_live_again_within_two_seconds(tmp_path: Path) -> None:
    took, _ = asyncio.run(killed(tmp_path, MEASURED))
    took.sort()
    assert took[int(len(took) * 0.95)] <= WITHIN_S, f"median {took[len(took) // 2]:.2f} s, last {took[-1]:.2f} s"
