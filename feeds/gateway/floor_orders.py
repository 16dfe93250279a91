"""Orders for seats, calls and switches: read by the rules, carried out by the source, ended as the source shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from feeds.entities import AnyEntity
from feeds.gateway.engine import Engine
from feeds.gateway.giver import Giver, Outcome
from feeds.gateway.store import AuditRow
from feeds.rules.access import place_of
from feeds.rules.commands import command_of

NAMES: Final = (
    "seat.ready", "seat.pause", "seat.logout", "seat.move", "call.requeue", "call.redirect", "call.prioritise",
    "call.hangup", "switch.set",
)  # fmt: skip
Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]


def floor_orders(engine: Engine) -> dict[str, Act]:
    """What each of these orders does on an engine's floor."""

    async def act(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        return await _serve(engine, giver, args, row)

    return dict.fromkeys(NAMES, act)


async def _serve(engine: Engine, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
    def look(key: str) -> AnyEntity | None:
        found = engine.session.floor.entity(key)
        return found if found is not None and giver.audience.sees(place_of(found)) else None

    servant = engine.source.servant
    if servant is None:
        kind = "a recording" if engine.source.mode == "replay" else "not to be ordered"
        return "refused", f"this floor is {kind}: its source takes no orders"
    command = command_of(row.name, args, look)
    if isinstance(command, str):
        return "refused", command
    ended = await servant.serve(command, giver.credential.token.id)
    return ended.order_state, ended.text
