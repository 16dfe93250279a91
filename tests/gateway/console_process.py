"""`python -m tests.gateway.console_process URL TOKEN`: a console that says each word of its link in a line."""

from __future__ import annotations

import asyncio
import sys

from feeds.client import FeedClient, LinkState
from feeds.wire import BeatParams
from tests.gateway.harness import Remembering


class Talking(Remembering):
    """Says what it is told."""

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        super().on_state(state, attempt, next_retry_s, reason)
        self._say(state)

    def on_beat(self, beat: BeatParams) -> None:
        super().on_beat(beat)
        self._say(f"beat {beat.sources[0].age_ms}")

    def on_snapshot(self, entities: list) -> None:  # type: ignore[type-arg]
        super().on_snapshot(entities)
        self._say("snapshot")

    def _say(self, word: str) -> None:
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(FeedClient(sys.argv[1], sys.argv[2], Talking()).run())
