"""Real clients that lose their gateway: `python -m tests.bench.feed_return PORT COUNT TOKEN,TOKEN,…`.

Says `ready` when all are live, reads a line when the gateway was killed, then tells how long each took to be live again
and how many needed a snapshot.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from feeds.client import FeedClient, LinkState
from feeds.entities import AnyEntity
from feeds.wire import BeatParams

PATIENCE_S = 30.0


class Counting:
    """Counts what a console is told."""

    def __init__(self) -> None:
        self.live_at: float | None = None
        self.snapshots = 0

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        self.snapshots += 1

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        pass

    def on_beat(self, beat: BeatParams) -> None:
        pass

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        self.live_at = time.monotonic() if state == "live" else None


async def all_live(consoles: list[Counting]) -> None:
    """Wait until everybody is live, or patience ends."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and any(one.live_at is None for one in consoles):  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def main() -> None:
    """Connect, lose, return, tell."""
    port, count, tokens = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
    consoles = [Counting() for _ in range(count)]
    links = [FeedClient(f"ws://127.0.0.1:{port}", tokens[n % len(tokens)], one) for n, one in enumerate(consoles)]
    running = [asyncio.create_task(link.run()) for link in links]
    await all_live(consoles)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    killed_at, before = time.monotonic(), sum(one.snapshots for one in consoles)
    while any(link.session is not None for link in links):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    for one in consoles:
        one.live_at = None
    await all_live(consoles)
    times = [one.live_at - killed_at for one in consoles if one.live_at is not None]
    snapshots = sum(one.snapshots for one in consoles) - before
    sys.stdout.write(json.dumps({"live_after_s": times, "snapshots": snapshots}) + "\n")
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
