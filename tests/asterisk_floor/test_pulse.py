"""What an order waits for is seen only when the facts that show it are kept."""

from __future__ import annotations

import asyncio

from feeds.sources.asterisk.pulse import Pulse


def test_what_holds_while_its_facts_are_on_their_way_is_not_seen_before_they_are_kept() -> None:
    async def scenario() -> None:
        pulse = Pulse(5.0)
        pulse.hold()
        waiting = asyncio.create_task(pulse.seen(lambda: True))
        await asyncio.sleep(0)
        assert not waiting.done()
        pulse.beat()
        assert await waiting
        assert await pulse.seen(lambda: True), "nothing is on its way"

    asyncio.run(scenario())


def test_facts_that_are_never_kept_are_not_seen() -> None:
    async def scenario() -> bool:
        pulse = Pulse(0.05)
        pulse.hold()
        return await pulse.seen(lambda: True)

    assert asyncio.run(scenario()) is False
