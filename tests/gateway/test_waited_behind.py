"""Orders that waited for others: what they were decided on is looked at once more when their turn has come."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

import pytest

from feeds.client import FeedClient, Refused
from feeds.gateway.books.store import AuditRow, Store
from feeds.gateway.ordering import orders
from feeds.gateway.ordering.orders import Orders
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, console, running_gateway
from tests.gateway.test_ends import a_full_disk
from tests.gateway.test_layout import folder
from tests.gateway.test_orders import a_slow_floor
from tests.gateway.test_restart import free_port

__all__ = ["folder"]
pytestmark = pytest.mark.logs("tokens stay as they were")


async def order(link: FeedClient, name: str, expect: dict[str, Any] | None = None, **args: Any) -> OrderResult:
    return await link.ask("order", OrderParams(secrets.token_hex(4), name, args, expect), OrderResult)


def on_the_way(memory: Any) -> int:
    return sum(key.startswith("order:") for key in memory.entities)


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
