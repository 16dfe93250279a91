"""Orders: rights, idempotency over restarts, refusals in clear words, and an audit that comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from feeds.client import FeedClient
from feeds.commands import Command, Ended, Pause
from feeds.entities import Order
from feeds.facts import AlarmAcknowledged, AnyFact, OrderChanged, Tick
from feeds.gateway.books.store import Store, StoreError
from feeds.gateway.ordering import orders as orders_module
from feeds.gateway.ordering.orders import Orders
from feeds.gateway.running import engine as engine_module
from feeds.log.base import LogError
from feeds.requests import OrderResult
from feeds.rules.orders import AVAILABLE, ORDERS
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.giving import ALARM, give, raise_an_alarm, refused
from tests.gateway.harness import ListSource, Remembering, ToldSource, console, running_gateway
from tests.gateway.servants import SlowServant, a_slow_floor

pytestmark = pytest.mark.usefixtures("orders_have_time")

def test_an_acknowledged_alarm_is_seen_by_everybody_and_twice_asked_is_once_done(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "only-claim") as (link, memory),
            console(gateway, "all-wall") as (_, wall),
        ):
            await memory.live()
            await wall.live()
            await raise_an_alarm(source, memory)
            done = await give(link, "alarm.acknowledge", "k1", args={"alarm": ALARM})
            assert done.state == "done"
            for one in (memory, wall):
                await one.until(lambda one=one: one.entities[ALARM].acknowledged_by == "only-claim")
            await memory.until(lambda: f"order:{done.order}" in memory.entities)
            told = memory.entities[f"order:{done.order}"]
            assert isinstance(told, Order)
            assert (told.name, told.state, told.by) == ("alarm.acknowledge", "done", "only-claim")
            assert not any(isinstance(one, Order) for one in wall.entities.values()), "a display is told of no orders"
            rev = gateway.services.engine.session.log.rev
            assert await give(link, "alarm.acknowledge", "k1", args={"alarm": ALARM}) == done
            again = await give(link, "alarm.acknowledge", "k2", args={"alarm": ALARM})
            assert (again.state, again.text) == ("refused", "already acknowledged by only-claim")
            facts = [entry.fact for entry in gateway.services.engine.session.log.entries(rev)]
            assert not any(isinstance(fact, AlarmAcknowledged) for fact in facts), "an alarm is acknowledged once"
            conflict = await refused(link, "alarm.acknowledge", key="k1", args={"alarm": "alarm:site:waiting:now"})
            assert conflict[0] == "orders.key_conflict"
            unseen = await give(link, "alarm.acknowledge", args={"alarm": "alarm:site:waiting:now"})
            assert (unseen.state, unseen.text) == ("refused", "there is no such alarm; it may have ended meanwhile")

    asyncio.run(scenario())


@pytest.mark.logs("the end of the order", "ends of orders that cannot be kept")
def test_a_key_answers_alike_after_a_restart_although_its_end_is_nowhere_but_on_the_floor(tmp_path: Path) -> None:
    async def first() -> OrderResult:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "only-claim") as (link, memory),
        ):
            await memory.live()
            await raise_an_alarm(source, memory)
            gateway.services.orders._store.conclude = _never  # type: ignore[method-assign]
            interrupted = asyncio.create_task(give(link, "alarm.acknowledge", "cut", args={"alarm": ALARM}))
            await memory.until(lambda: memory.entities[ALARM].acknowledged_by)  # type: ignore[union-attr]
            interrupted.cancel()
            await asyncio.gather(interrupted, return_exceptions=True)
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            console(gateway, "only-claim") as (link, memory),
        ):
            await memory.live()
            return await give(link, "alarm.acknowledge", "whole", args={"alarm": ALARM})

    async def second() -> tuple[OrderResult, OrderResult]:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            console(gateway, "only-claim") as (link, memory),
        ):
            await memory.live()
            whole = await give(link, "alarm.acknowledge", "whole", args={"alarm": ALARM})
            return whole, await give(link, "alarm.acknowledge", "cut", args={"alarm": ALARM})

    before = asyncio.run(first())
    whole, cut = asyncio.run(second())
    assert whole == before
    assert (cut.state, cut.text) == ("done", "")


async def _never(*_: Any) -> None:
    raise StoreError("the power failed here")


def test_every_order_that_is_not_carried_out_is_refused_in_clear_words(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
            console(gateway, "all-wall") as (wall, watched),
        ):
            await memory.live()
            await watched.live()
            for name in sorted(ORDERS - AVAILABLE):
                rule, message = await refused(link, name)
                assert rule == "orders.available" and "not available in this version" in message
                assert (await refused(wall, name))[0] == "access.rights"
            assert "no order" in (await refused(link, "seat.explode"))[1]
            assert (await refused(link, "alarm.acknowledge", key="k" * 201))[0] == "orders.key"
            assert (await refused(link, "alarm.acknowledge", expires_ms=0))[0] == "orders.expires"
            assert (await refused(link, "alarm.acknowledge", expect={"seat:s1": 99}))[0] == "orders.expect"
            rehearsed = await give(link, "handover.note", args={"text": "look at vip"}, rehearse=True)
            assert (rehearsed.state, rehearsed.text) == ("accepted", "rehearsed only: nothing was done")
            for rehearse in (True, False):
                live = await give(link, "replay.pause", rehearse=rehearse)
                assert (live.state, live.text) == ("refused", "this floor is live: its time cannot be changed")

    asyncio.run(scenario())


def test_the_intent_is_in_the_audit_before_anything_happens(tmp_path: Path) -> None:
    async def scenario() -> list[str]:
        source = ListSource([*everybody_signs_in(), Tick(at=START + 3_600_000)])
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            orders, store = gateway.services.orders, gateway.services.orders._store
            stages: list[str] = []

            async def pause(giver: object, args: object, row: object) -> tuple[str, str]:
                stages.extend(row.stage for row in await store.audit())
                return "done", ""

            orders._acts["replay.pause"] = pause  # type: ignore[assignment]
            async with console(gateway, "all-supervisor") as (link, memory):
                await memory.live()
                assert (await give(link, "replay.pause", reason="lunch")).state == "done"
            rows = await store.audit()
            assert [(row.stage, row.token, row.role, row.name, row.reason) for row in rows] == [
                ("asked", "all-supervisor", "supervisor", "replay.pause", "lunch"),
                ("done", "all-supervisor", "supervisor", "replay.pause", "lunch"),
            ]
            return stages

    assert asyncio.run(scenario()) == ["asked"]


@pytest.mark.logs("intent cannot be kept")
def test_without_an_audit_nothing_is_done(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ListSource([*everybody_signs_in(), Tick(at=START + 3_600_000)])
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            gateway.services.orders._store.intend = _never  # type: ignore[method-assign]
            async with console(gateway, "all-supervisor") as (link, memory):
                await memory.live()
                assert (await refused(link, "replay.pause"))[0] == "orders.audit"
            assert not gateway.services.engine.clock.paused

    asyncio.run(scenario())


def test_audit_rows_are_durable_by_the_databases_own_word(tmp_path: Path) -> None:
    store = Store(tmp_path / "gateway.db")

    def asked() -> object:
        with store._engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar()

    try:
        assert store._thread.submit(asked).result() == 2, "2 is FULL"
    finally:
        store.close()
    with pytest.raises(StoreError, match="choose another folder"):
        Store(tmp_path / "nowhere" / "gateway.db")


@pytest.mark.slow
def test_a_paced_floor_obeys_pause_speed_and_resume(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ListSource([*everybody_signs_in(), Tick(at=START + 36_000_000)])
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as (link, memory),
        ):
            await memory.live()
            assert (await give(link, "replay.speed", args={"speed": 60})).state == "done"
            await memory.until(lambda: memory.beats[-1].pace == 60)
            assert (await give(link, "replay.pause")).state == "done"
            await memory.until(lambda: memory.beats[-1].pace == 0)
            stood, count = memory.beats[-1].now, len(memory.beats)
            await memory.until(lambda: len(memory.beats) > count)
            assert memory.beats[-1].now == stood
            assert memory.beats[-1].sources[0].state == "up"
            assert (await give(link, "replay.resume")).state == "done"
            await memory.until(lambda: memory.beats[-1].pace == 60 and memory.beats[-1].now > stood)
            assert (await give(link, "replay.speed", args={"speed": 601})).state == "refused"
            assert (await give(link, "replay.speed", args={"speed": "fast"})).state == "refused"
            seek = await give(link, "replay.seek", args={"to": START})
            assert seek.state == "refused" and "only a recording" in seek.text

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["only-claim", "only-team-1", "only-north"])
def test_who_sees_a_part_of_the_floor_does_not_move_the_time_of_all_others(name: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ListSource([*everybody_signs_in(), Tick(at=START + 36_000_000)])
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, name) as (link, memory),
            console(gateway, "all-wall") as (_, wall),
        ):
            await memory.live()
            await wall.live()
            for order, args in (
                ("replay.pause", {}), ("replay.resume", {}), ("replay.speed", {"speed": 60}),
                ("replay.seek", {"to": START}),
            ):  # fmt: skip
                for rehearse in (True, False):
                    answer = await give(link, order, args=args, rehearse=rehearse)
                    assert (answer.state, answer.code) == ("refused", "scope.replay")
            assert gateway.services.engine.pace == 1

    asyncio.run(scenario())


# Orders that take their time


def order_state(memory: Remembering, order: str) -> str:
    """How far an order is, as everybody sees it."""
    found = memory.entities.get(f"order:{order}")
    return found.state if isinstance(found, Order) else ""


def a_pause(seat: str = "s1") -> dict[str, Any]:
    return {"args": {"seat": seat, "reason": "lunch"}}


PAUSE_S1 = Pause("s1", "lunch")


@pytest.fixture
def answers_soon(orders_have_time: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes longer than a moment is told as running."""
    monkeypatch.setattr(orders_module, "AT_ONCE_S", 0.05)


@pytest.mark.usefixtures("answers_soon")
def test_a_slow_order_holds_up_no_other_and_ends_as_an_entity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, memory):
            slow = await give(link, "seat.pause", "slow", **a_pause())
            assert (slow.state, slow.text) == ("running", "asked, and not seen yet")
            await memory.until(lambda: order_state(memory, slow.order) == "running")
            with monkeypatch.context() as later:
                later.setattr(orders_module, "AT_ONCE_S", 8.0)
                assert (await give(link, "seat.ready", args={"seat": "s2"})).state == "done"
            assert (await give(link, "seat.pause", **a_pause("s3"))).state == "running"
            assert servant.served[0] == (PAUSE_S1, "all-supervisor")
            servant.end(PAUSE_S1, Ended("unknown", "not seen"))
            await memory.until(lambda: order_state(memory, slow.order) == "unknown")
            assert len(servant.served) == 3
            rows = await gateway.services.orders._store.audit()
            assert [(row.stage, row.text) for row in rows if row.order == slow.order] == [
                ("asked", ""), ("unknown", "not seen")
            ]  # fmt: skip

    asyncio.run(scenario())


@pytest.mark.logs("facts cannot be kept")
def test_an_order_that_finds_the_disk_full_fails_at_once_and_is_not_done_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, _):
            log = gateway.services.engine.session.log
            append = log.append

            def full(facts: object) -> int:
                raise LogError("log.floor: no space left")

            log.append = full  # type: ignore[method-assign, assignment]
            with monkeypatch.context() as soon:
                soon.setattr(orders_module, "KEEPING_S", 0.1)
                result = await give(link, "seat.pause", "k", **a_pause())
            assert (result.state, result.text) == ("failed", "the floor's log cannot be written; nothing was done")
            log.append = append  # type: ignore[method-assign]
            assert (await give(link, "seat.ready", args={"seat": "s2"})).state == "done"
            assert await give(link, "seat.pause", "k", **a_pause()) == result
            assert PAUSE_S1 not in [command for command, _ in servant.served]

    asyncio.run(scenario())


@pytest.mark.usefixtures("answers_soon")
@pytest.mark.logs("facts cannot be kept")
def test_an_order_that_ends_while_a_full_disk_keeps_that_it_runs_is_not_told_as_running_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "RETRY_S", 0.2)

    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, memory):
            log, tried = gateway.services.engine.session.log, asyncio.Event()
            append = log.append

            def full(facts: Sequence[tuple[AnyFact, int | None]]) -> int:
                if not tried.is_set() and isinstance(facts[0][0], OrderChanged) and facts[0][0].state == "running":
                    tried.set()
                    raise LogError("no room")
                return append(facts)

            log.append = full  # type: ignore[method-assign]
            asking = asyncio.create_task(give(link, "seat.pause", "slow", **a_pause()))
            await tried.wait()
            servant.end(PAUSE_S1, Ended("done"))
            assert (await asking).state in ("running", "done")
            rev = log.rev
            await memory.until(lambda: memory.beats[-1].rev >= rev)
            (shown,) = (one for one in memory.entities.values() if isinstance(one, Order))
            assert shown.state == "done"

    asyncio.run(scenario())


@pytest.mark.usefixtures("answers_soon")
def test_a_key_that_comes_again_is_running_while_it_runs_and_then_answers_the_end(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (_, servant, link, memory):
            first = await give(link, "seat.pause", "twice", **a_pause())
            again = await give(link, "seat.pause", "twice", **a_pause())
            assert (again.order, again.state) == (first.order, "running")
            assert (await refused(link, "seat.pause", key="twice", **a_pause("s2")))[0] == "orders.key_conflict"
            servant.end(PAUSE_S1, Ended("done", "seen"))
            await memory.until(lambda: order_state(memory, first.order) == "done")
            await wait_for_the_end(link, first)
            assert len(servant.served) == 1

    async def wait_for_the_end(link: FeedClient, first: OrderResult) -> None:
        last = await give(link, "seat.pause", "twice", **a_pause())
        while last.state == "running":  # seen by everybody a moment before it is written down
            last = await give(link, "seat.pause", "twice", **a_pause())
        assert last == OrderResult(first.order, "done", "seen")

    asyncio.run(scenario())


@pytest.mark.usefixtures("answers_soon")
def test_an_order_that_the_end_of_the_gateway_interrupted_is_unknown_when_asked_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (_, _, link, memory):
            first = await give(link, "seat.pause", "cut", **a_pause())
            await memory.until(lambda: order_state(memory, first.order) == "running")
        async with a_slow_floor(tmp_path) as (gateway, servant, link, memory):
            await memory.until(lambda: order_state(memory, first.order) == "unknown")  # told without being asked
            again = await give(link, "seat.pause", "cut", **a_pause())
            assert (again.order, again.state) == (first.order, "unknown")
            assert "may have happened" in again.text
            rows = await gateway.services.orders._store.audit(first.order)
            assert [row.stage for row in rows] == ["asked", "unknown"]
            assert servant.served == [], "nothing is done twice"

    asyncio.run(scenario())


@pytest.mark.logs(r"the order .* failed")
def test_a_servant_that_breaks_fails_its_order_and_no_other(tmp_path: Path) -> None:
    class Broken(SlowServant):
        def serves(self, seat: str) -> dict[str, int] | None:
            return None

        async def serve(self, command: Command, by: str) -> Ended:
            if isinstance(command, Pause):
                raise RuntimeError("a fault of ours")
            return await super().serve(command, by)

    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, _, link, _):
            gateway.services.engine.source.servant = Broken()  # type: ignore[misc]
            assert (await give(link, "seat.pause", **a_pause())).state == "failed"
            assert (await give(link, "seat.ready", args={"seat": "s2"})).state == "done"

    asyncio.run(scenario())


def test_a_floor_whose_source_takes_no_orders_and_a_seat_out_of_sight_are_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            a_slow_floor(tmp_path) as (gateway, servant, _, _),
            console(gateway, "only-team-1") as (link, memory),
        ):
            await memory.live()
            unseen = await give(link, "seat.ready", args={"seat": "s1"})
            assert (unseen.state, unseen.text) == ("refused", "there is no seat 's1' in sight")
            assert servant.served == []
            gateway.services.engine.source.servant = None  # type: ignore[misc]
            nobody = await give(link, "seat.ready", args={"seat": "s0"})
            assert (nobody.state, "takes no orders" in nobody.text) == ("refused", True)

    asyncio.run(scenario())


def test_orders_know_the_same_names_as_the_rules() -> None:
    orders = Orders(None, None)  # type: ignore[arg-type]
    assert set(orders._acts) == AVAILABLE
