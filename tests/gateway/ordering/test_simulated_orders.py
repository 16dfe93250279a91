"""Orders on a simulated floor through a whole gateway: seen by everybody, and still in force after a restart."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.load import site_from_name_or_path
from config.schema import Site
from feeds.client import FeedClient
from feeds.entities import Seat, Switch
from feeds.facts import OrderChanged, SourceChanged, SwitchRead, Tick
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.given import GivenOrders
from feeds.gateway.running.playing import open_engine
from feeds.gateway.running.shelf import Wish
from feeds.log.embedded import EmbeddedLog
from feeds.requests import AgentParams, AgentResult, OrderParams, OrderResult
from feeds.sources.simulator.engine import Simulation
from feeds.sources.simulator.source import SimulatorSource
from tests.gateway.harness import Remembering, console

pytestmark = pytest.mark.usefixtures("orders_have_time")

SITE = site_from_name_or_path("demo")


@contextlib.asynccontextmanager
async def simulated(folder: Path, *, fresh: bool = False, site: Site = SITE) -> AsyncIterator[Gateway]:
    """The demo floor at two in the morning, as `main.py gateway` opens it."""
    store = Store(folder / "gateway.db")
    try:
        engine = open_engine(site, Wish("simulator", at="2025-11-18T02:00", speed=60.0, fresh=fresh), folder, store)
        gateway = Gateway(engine.session.site, engine, store, None)
        await gateway.start("127.0.0.1", 0)
        try:
            yield gateway
        finally:
            await gateway.stop()
    finally:
        store.close()


async def give(link: FeedClient, name: str, **args: object) -> tuple[str, str]:
    found = await link.ask("order", OrderParams(secrets.token_hex(4), name, args=args), OrderResult)
    return found.state, found.text


def switch(memory: Remembering, name: str) -> Switch | None:
    found = memory.entities.get(f"switch:{name}")
    assert found is None or isinstance(found, Switch)
    return found


def seats(memory: Remembering, state: str) -> list[Seat]:
    return [one for one in memory.entities.values() if isinstance(one, Seat) and one.state == state]


@pytest.mark.slow
def test_a_move_is_told_by_the_simulation_and_taken_back(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with simulated(tmp_path) as gateway, console(gateway, "demo-admin") as (link, memory):
            await memory.until(lambda: seats(memory, "ready"))
            assert await give(link, "replay.pause") == ("done", "")
            seat = seats(memory, "ready")[0].key.partition(":")[2]
            before = (await link.ask("agent", AgentParams(seat=seat), AgentResult)).serves
            assert before
            away, there = next(iter(before)), next(queue.id for queue in SITE.queues if queue.id not in before)
            args = {"seat": seat, "join": [{"queue": there, "penalty": 1}], "leave": [away]}
            moved = await link.ask("order", OrderParams("k", "seat.move", args=args), OrderResult)
            assert (moved.state, moved.code) == ("done", "sim.serves")
            now = (await link.ask("agent", AgentParams(seat=seat), AgentResult)).serves
            assert now == {**{queue: penalty for queue, penalty in before.items() if queue != away}, there: 1}
            await memory.until(lambda: set(memory.entities[f"seat:{seat}"].skills) == set(now))  # type: ignore[union-attr]
            assert (await give(link, "seat.undo", order=moved.order))[0] == "done"
            await memory.until(lambda: set(memory.entities[f"seat:{seat}"].skills) == set(before))  # type: ignore[union-attr]
            assert (await link.ask("agent", AgentParams(seat=seat), AgentResult)).serves == before

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_pause_and_a_switch_hold_over_a_restart_of_the_gateway(tmp_path: Path) -> None:
    async def first() -> str:
        async with simulated(tmp_path) as gateway, console(gateway, "demo-admin") as (link, memory):
            await memory.until(lambda: switch(memory, "claim") and seats(memory, "ready"))
            assert await give(link, "replay.pause") == ("done", "")
            assert await give(link, "switch.set", switch="claim", value="overflow:enq") == ("done", "")
            await memory.until(lambda: switch(memory, "claim").state == "on")  # type: ignore[union-attr]
            seat = seats(memory, "ready")[0].key
            assert await give(link, "seat.pause", seat=seat.partition(":")[2], reason="用餐") == ("done", "")
            await memory.until(lambda: memory.entities[seat].by)  # type: ignore[union-attr]
            assert await give(link, "replay.resume") == ("done", "")
            await memory.until(lambda: memory.beats[-1].now > gateway.services.engine.source.begins_at + 7_500_000)
            return seat

    async def second(seat: str) -> None:
        async with simulated(tmp_path) as gateway, console(gateway, "demo-admin") as (link, memory):
            await memory.until(lambda: seat in memory.entities and switch(memory, "claim"))
            paused, thrown = memory.entities[seat], switch(memory, "claim")
            assert isinstance(paused, Seat) and (paused.state, paused.reason) == ("break", "用餐")
            assert thrown is not None and (thrown.value, thrown.state) == ("overflow:enq", "on")
            assert await give(link, "seat.ready", seat=seat.partition(":")[2]) == ("done", "")
            engine = gateway.services.engine
            until = engine.session.floor.now + 600_000
            await memory.until(lambda: engine.session.floor.now > until)
            source = engine.source
            assert isinstance(source, SimulatorSource)
            told = [entry.fact for entry in engine.session.log.entries(0) if _is_placed(entry.fact)]
            run = Simulation(SITE, 1, source.begins_at).run(source._given)
            facts = [fact for fact, _ in run.advance(until, 10**9) if not isinstance(fact, SwitchRead)]
            assert len(source._given) == 3
            assert told[: len(facts)] == facts, "the log holds one story, told across the restart"

    seat = asyncio.run(first())
    asyncio.run(second(seat))


def _is_placed(fact: object) -> bool:
    return not isinstance(fact, Tick | OrderChanged | SourceChanged | SwitchRead)


@pytest.mark.slow
def test_a_fresh_floor_has_no_orders_of_the_one_before(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with simulated(tmp_path) as gateway, console(gateway, "demo-admin") as (link, memory):
            await memory.until(lambda: switch(memory, "all"))
            assert await give(link, "switch.set", switch="all", value="announce") == ("done", "")
            log = gateway.services.engine.session.log
            assert isinstance(log, EmbeddedLog)
            file = log.path.name
        async with simulated(tmp_path, fresh=True) as gateway, console(gateway, "demo-admin") as (link, memory):
            await memory.until(lambda: switch(memory, "all"))
            assert switch(memory, "all").state == "off"  # type: ignore[union-attr]
        store = Store(tmp_path / "gateway.db")
        try:
            assert GivenOrders(store, file).before == []
        finally:
            store.close()

    asyncio.run(scenario())


@pytest.mark.slow
def test_the_break_quota_holds_on_a_simulated_floor(tmp_path: Path) -> None:
    async def scenario() -> None:
        site = replace(SITE, break_quota=1)
        async with simulated(tmp_path, site=site) as gateway, console(gateway, "demo-admin") as (link, memory):
            await memory.until(lambda: seats(memory, "ready"))
            assert await give(link, "replay.pause") == ("done", "")
            away = {one.team for one in seats(memory, "break")}
            mates = [one for one in seats(memory, "ready") + seats(memory, "talking") if one.team not in away]
            first, second = next((a, b) for a in mates for b in mates if a.team == b.team and a.key < b.key)
            names = [one.key.partition(":")[2] for one in (first, second)]
            assert (await give(link, "seat.pause", seat=names[0], reason="小休"))[0] == "done"
            refused = await give(link, "seat.pause", seat=names[1], reason="小休")
            assert refused[0] == "refused" and refused[1].startswith(f"1 of 1 of {first.team} are on break")

    asyncio.run(scenario())
