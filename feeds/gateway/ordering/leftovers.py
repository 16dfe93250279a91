"""What a gateway that stopped left open: each of its orders is ended, in the books and on the floor.

Whoever was told that an order is on its way would otherwise wait for its end for ever.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable
from typing import Final, Protocol

import msgspec

from feeds.facts import OrderState
from feeds.folding.state import OrderRecord
from feeds.gateway.books.store import AuditRow, Store
from feeds.gateway.running.engine import Engine
from feeds.requests import OrderResult
from feeds.said import heard, said

LOST: Final = said("order.lost", "it may have happened before the gateway stopped: look at the floor")


class Teller(Protocol):
    """Has everybody see how an order ended."""

    def __call__(self, row: AuditRow, state: OrderState, text: str) -> Awaitable[None]: ...


class Concluder(Protocol):
    """Writes down how an order ended, by default now, and what its key answers from then on."""

    def __call__(
        self, row: AuditRow, state: OrderState, text: str, at: int | None = None
    ) -> Awaitable[OrderResult]: ...


async def end_leftovers(engine: Engine, store: Store, tell: Teller, conclude: Concluder) -> None:
    """End what books or floor have as asked for, and the other of both as ended or not at all."""
    for order, record in list(engine.session.floor.state.orders.items()):
        rows = await store.audit(order)
        if not rows:  # what a recording tells of is history, and was ended by its own gateway
            continue
        if record.ended and record.state not in {row.stage for row in rows}:
            await _take_end(engine, rows[0], record, conclude)
        elif record.state != rows[-1].stage:
            await _tell_end(store, rows[0], record, tell, conclude)
    for row in await store.unended():  # no floor knows it, or another one that these books are kept for
        await conclude(row, "unknown", LOST)


async def _take_end(engine: Engine, row: AuditRow, record: OrderRecord, conclude: Concluder) -> None:
    """Write down how an order ended where only the floor's log tells it: its key then answers as it did before."""
    state: OrderState = msgspec.convert(record.state, OrderState)
    is_live = engine.source.mode == "live"  # else floor time is not when it was
    at = min(record.at, int(time.time() * 1000)) if is_live else None
    await conclude(row, state, heard(record.text, record.code, record.values), at)


async def _tell_end(store: Store, row: AuditRow, record: OrderRecord, tell: Teller, conclude: Concluder) -> None:
    """Tell how an order ended where the books alone have it, as after a power cut, or that nobody knows."""
    kept = await store.answer(row.order)
    if kept is not None:
        end = msgspec.json.decode(kept, type=OrderResult)
        if end.state != record.state:
            await tell(row, end.state, heard(end.text, end.code, end.values))
    elif not record.ended:
        await tell(row, "unknown", LOST)
        await conclude(row, "unknown", LOST)
