"""What the gateway does itself while a paced source is behind: it happens where the floor stands, not ahead of it."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest

from feeds.client import FeedClient
from feeds.entities import Note, Order
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import HOUR, Behind, Remembering, console, running_gateway

pytestmark = pytest.mark.usefixtures("orders_have_time")


async def noted(link: FeedClient, memory: Remembering, text: str) -> Note:
    given = await link.ask("order", OrderParams(secrets.token_hex(4), "handover.note", {"text": text}), OrderResult)
    assert given.state == "done"
    await memory.until(lambda: f"note:{given.order}" in memory.entities)
    note = memory.entities[f"note:{given.order}"]
    assert isinstance(note, Note)
    return note


@pytest.mark.slow
def test_an_order_makes_nothing_late_that_a_source_behind_the_clock_has_still_to_tell(tmp_path: Path) -> None:
    async def scenario() -> None:
        rest = [*a_call(1, "claim", START + HOUR + 1000, 0), *a_call(2, "vip", START + 2 * HOUR)]
        source = Behind(everybody_signs_in(), rest)
        async with (
            running_gateway(small_site(), source, tmp_path, speed=7200.0) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.begun.wait()
            floor, clock = gateway.services.engine.session.floor, gateway.services.engine.clock
            await memory.until(lambda: clock.now() > START + 2 * HOUR)
            stood = floor.now
            assert stood <= START + HOUR, "the source is behind"
            note = await noted(link, memory, "the line to Hebei is down")
            assert note.at == stood == floor.now
            source.go.set()
            await memory.until(lambda: floor.now > START + 2 * HOUR)
            told = floor.tally("queue:claim", START, START + 2 * HOUR)
            assert sum(told.cohort) > 0 and told.restated_at is None
            # And again where the clock is, when everything up to now is told.
            await memory.until(lambda: clock.waiting)
            assert (await noted(link, memory, "it is back")).at > START + 2 * HOUR

    asyncio.run(scenario())


@pytest.mark.slow
def test_an_order_during_the_telling_of_the_day_so_far_is_not_hours_old(tmp_path: Path) -> None:
    """It would be forgotten as an old one as soon as the floor is told up to now, and its end never be seen."""

    async def scenario() -> None:
        source = Behind(everybody_signs_in(), a_call(1, "claim", START + HOUR + 1000, 0))
        async with (
            running_gateway(small_site(), source, tmp_path, at=START + 8 * HOUR) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await source.begun.wait()
            await memory.until(lambda: link.session is not None)
            assert gateway.services.engine.session.floor.now < START + HOUR
            params = OrderParams("key", "handover.note", {"text": "the line to Hebei is down"})
            given = await link.ask("order", params, OrderResult)
            assert given.state == "done"
            assert memory.state == "connecting" and not memory.entities, "nothing is proved of what is hours old"
            source.go.set()
            await memory.live()
            note, order = memory.entities[f"note:{given.order}"], memory.entities[f"order:{given.order}"]
            assert isinstance(note, Note) and note.at >= START + 8 * HOUR
            assert isinstance(order, Order) and order.state == "done"

    asyncio.run(scenario())
