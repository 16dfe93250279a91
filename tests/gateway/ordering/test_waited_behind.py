"""Orders that waited for others: what they were decided on is looked at once more when their turn has come."""

from __future__ import annotations

import asyncio
import secrets
import threading
from pathlib import Path
from typing import Any

import pytest

from feeds import wire
from feeds.client import FeedClient, Refused
from feeds.commands import Pause
from feeds.entities import Order
from feeds.facts import SeatChanged
from feeds.gateway.books.store import AuditRow, Store
from feeds.gateway.ordering import layouts, orders
from feeds.gateway.ordering.orders import Orders
from feeds.requests import OrderParams, OrderResult
from tests.gateway.books.test_ends import a_full_disk
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, console, free_port, running_gateway
from tests.gateway.ordering.test_breaks import site_with
from tests.gateway.ordering.test_layout import HALL, SIDE, SITE, folder, layout, save
from tests.gateway.raw_line import answer_to, end_of, raw_line
from tests.gateway.servants import Obedient, a_slow_floor

__all__ = ["folder"]
pytestmark = [pytest.mark.usefixtures("orders_have_time"), pytest.mark.logs("tokens stay as they were")]


async def order(link: FeedClient, name: str, expect: dict[str, Any] | None = None, **args: Any) -> OrderResult:
    return await link.ask("order", OrderParams(secrets.token_hex(4), name, args, expect), OrderResult)


def on_the_way(memory: Any) -> int:
    return sum(key.startswith("order:") for key in memory.entities)


@pytest.mark.parametrize("expect", [None, {"seat:s4": {"state": "ready"}}])
def test_a_break_that_waited_behind_another_is_not_given_to_a_seat_that_is_not_what_it_was(
    tmp_path: Path, expect: dict[str, Any] | None
) -> None:
    async def scenario() -> None:
        site, source = site_with(2), ToldSource()
        servant = Obedient(site, source)
        source.servant, servant.slow = servant, asyncio.Event()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
            console(gateway, "all-supervisor") as (other, others),
        ):
            await memory.live()
            await others.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: "seat:s4" in memory.entities)
            first = asyncio.create_task(order(link, "seat.pause", seat="s0", reason="用餐"))
            await memory.until(lambda: servant.served)
            meant = {} if expect else {"agent": "a4"}
            second = asyncio.create_task(order(other, "seat.pause", expect, seat="s4", reason="用餐", **meant))
            await others.until(lambda: on_the_way(others) == 2)
            now = SeatChanged(at=START, seat="s4", state="offline") if not expect else None
            await source.tell(now or SeatChanged(at=START, seat="s4", state="training", agent="a4", reason="course"))
            if not expect:
                await source.tell(SeatChanged(at=START, seat="s4", state="ready", agent="a5"))
            servant.slow.set()
            assert (await first).state == "done"
            ended = await second
            assert (ended.state, ended.code) == ("refused", "order.outdated" if expect else "seat.other")
            assert servant.served == [Pause("s0", "用餐")]

    asyncio.run(scenario())


def test_a_break_that_waited_behind_another_is_not_given_for_whoever_was_sent_away_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        site, source = site_with(2), ToldSource()
        servant = Obedient(site, source)
        source.servant, servant.slow = servant, asyncio.Event()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
            raw_line(gateway, "all-supervisor") as line,
        ):
            await memory.live()
            await answer_to(line, 1)
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: "seat:s4" in memory.entities)
            first = asyncio.create_task(order(link, "seat.pause", seat="s0", reason="用餐"))
            await memory.until(lambda: servant.served)
            second = OrderParams("key", "seat.pause", {"seat": "s4", "reason": "用餐"})
            await line.send(wire.request("order", second, 2), text=True)
            await memory.until(lambda: on_the_way(memory) == 2)
            monkeypatch.delitem(gateway.services.credentials._passes, "all-supervisor")
            await gateway._show_out()
            assert (await end_of(line))[0] == wire.REVOKED
            servant.slow.set()
            assert (await first).state == "done"
            ends = lambda: {one.by: one for one in memory.entities.values() if isinstance(one, Order)}  # noqa: E731
            await memory.until(lambda: ends()["all-supervisor"].state == "refused")
            assert ends()["all-supervisor"].code == "access.ended"
            assert servant.served == [Pause("s0", "用餐")]

    asyncio.run(scenario())


def test_of_two_maps_that_were_drawn_from_the_same_one_the_second_is_not_kept_over_the_first(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, go_on = layouts.write, threading.Event()

    def slowly(path: Path, text: str) -> None:
        assert go_on.wait(20)
        write(path, text)

    monkeypatch.setattr(layouts, "write", slowly)

    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
            console(gateway, "all-manager") as (other, others),
        ):
            await memory.live()
            await others.live()
            first = asyncio.create_task(save(link, [HALL]))
            await others.until(lambda: on_the_way(others) == 1)
            second = asyncio.create_task(save(other, [SIDE]))
            await others.until(lambda: on_the_way(others) == 2)
            go_on.set()
            assert (await first).state == "done"
            ended = await second
            assert (ended.state, ended.code) == ("refused", "order.outdated")
            await memory.until(lambda: layout(memory) is not None)
            kept = layout(memory)
            assert kept is not None and [room.id for room in kept.rooms] == ["hall"]

    asyncio.run(scenario())


def test_an_order_that_was_told_to_be_too_late_is_not_carried_out_when_it_arrives_by_the_line_that_broke(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with (
            a_slow_floor(tmp_path) as (gateway, servant, _, _),
            raw_line(gateway, "all-supervisor") as broken,
            raw_line(gateway, "all-supervisor") as line,
        ):
            for one in (broken, line):
                await answer_to(one, 1)
            again = OrderParams("key", "seat.ready", {"seat": "s1"}, expires_ms=0)
            await line.send(wire.request("order", again, 2), text=True)
            told = (await answer_to(line, 2)).error
            assert told is not None and told.data is not None and told.data.rule == "orders.expires"
            await broken.send(wire.request("order", OrderParams("key", "seat.ready", {"seat": "s1"}), 3), text=True)
            assert (await answer_to(broken, 3)).error == told
            assert servant.served == []
            other = OrderParams("key", "seat.ready", {"seat": "s2"})
            await line.send(wire.request("order", other, 4), text=True)
            conflict = (await answer_to(line, 4)).error
            assert conflict is not None and conflict.data is not None
            assert conflict.data.rule == "orders.key_conflict"
            rows = await gateway.services.orders._store.audit()
            assert {row.stage for row in rows} == {"refused"}

    asyncio.run(scenario())


@pytest.mark.logs("the end of the order", "ends of orders that cannot be kept")
def test_a_key_that_comes_while_a_gateway_takes_up_what_was_left_is_answered_when_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def before() -> OrderResult:
        async with a_slow_floor(tmp_path) as (gateway, _, link, _):
            a_full_disk(gateway)
            return await link.ask("order", OrderParams("key", "seat.ready", {"seat": "s1"}), OrderResult)

    async def after(port: int) -> OrderResult:
        came, asking = asyncio.Event(), list[asyncio.Task[OrderResult]]()
        audit, give = Store.audit, Orders.give

        async def ask() -> OrderResult:
            async with console(f"ws://127.0.0.1:{port}", "all-supervisor") as (link, memory):
                await memory.until(lambda: link.session is not None)
                again = OrderParams("key", "seat.ready", {"seat": "s1"}, expires_ms=0)
                return await link.ask("order", again, OrderResult)

        async def looked_up(self: Store, order: str | None = None) -> list[AuditRow]:
            if not asking:
                asking.append(asyncio.create_task(ask()))
                await came.wait()
            return await audit(self, order)

        async def given(self: Orders, *args: Any) -> Any:
            came.set()
            return await give(self, *args)

        monkeypatch.setattr(Store, "audit", looked_up)
        monkeypatch.setattr(Orders, "give", given)
        async with running_gateway(small_site(), ToldSource(), tmp_path, port=port):
            return await asking[0]

    told = asyncio.run(before())
    assert told.state == "done" and asyncio.run(after(free_port())) == told


def test_while_a_gateway_cannot_take_up_what_was_left_it_says_so_and_begins_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "KEEPING_S", 0.1)

    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, _):
            gateway.services.orders._begun.clear()
            with pytest.raises(Refused, match="nothing was done"):
                await order(link, "seat.ready", seat="s1")
            assert servant.served == []

    asyncio.run(scenario())
