"""Orders about a recording's time: paused, resumed, at another speed, moved elsewhere."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any, Final

from feeds.gateway.books.store import AuditRow
from feeds.gateway.moments import spoken
from feeds.gateway.ordering.giver import Giver, Outcome
from feeds.gateway.running.engine import Engine
from feeds.said import said

log = logging.getLogger("feeds.gateway.ordering.replay_orders")

Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]
QUICK: Final = frozenset({"replay.pause", "replay.resume", "replay.speed"})
"""Those that are carried out one after the other; a seek takes its time."""
SPEEDS: Final = (1.0, 600.0)


def replay_orders(engine: Engine) -> dict[str, Act]:
    """What carries out each order about a recording's time."""

    async def pause(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        await engine.set_speed(0.0)
        return "done", ""

    async def resume(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        await engine.resume()
        return "done", ""

    async def speed(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        wanted = args["speed"]
        await engine.set_speed(math.inf if wanted == "max" else float(wanted))
        return "done", ""

    async def seek(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        return await _seek(engine, args["to"])

    acts = {"replay.pause": pause, "replay.resume": resume, "replay.speed": speed, "replay.seek": seek}
    return {name: _if_possible(engine, act) for name, act in acts.items()}


def _if_possible(engine: Engine, act: Act) -> Act:
    async def act_or_refuse(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        reason = refusal(engine, giver, row.name, args)
        return ("refused", reason) if reason is not None else await act(giver, args, row)

    return act_or_refuse


def refusal(engine: Engine, giver: Giver, name: str, args: dict[str, Any]) -> str | None:
    """Why an order about a recording's time would be refused, None if it would not."""
    if not giver.audience.everything:
        text = "the floor's time is everybody's: it is not moved with a credential or a view of a part of it"
        return said("scope.replay", text)
    if name == "replay.speed" and not _is_speed(args.get("speed")):
        slowest, fastest = SPEEDS
        text = "a speed is {slowest:g} to {fastest:g}, or max"
        return said("replay.speed", text, slowest=slowest, fastest=fastest)
    reason = engine.replay_refusal(name.partition(".")[2])
    if reason is not None or name != "replay.seek":
        return reason
    span, to = engine.span(), args.get("to")
    if isinstance(to, bool) or not isinstance(to, int) or span is None:
        return said("replay.to", "a seek needs `to`: floor time in UTC milliseconds")
    if not span[0] <= to <= span[1]:
        begin, end, wanted = (spoken(at, engine.session.site.zone) for at in (*span, to))
        text = "the recording reaches from {begin} to {end}; {wanted} is outside"
        return said("replay.outside", text, begin=begin, end=end, wanted=wanted)
    return None


def _is_speed(wanted: object) -> bool:
    slowest, fastest = SPEEDS
    return wanted == "max" or (
        isinstance(wanted, int | float) and not isinstance(wanted, bool) and slowest <= wanted <= fastest
    )


async def _seek(engine: Engine, to: int) -> Outcome:
    try:
        await engine.seek(to)
    except Exception:
        where = spoken(to, engine.session.site.zone)
        log.exception("seek to %s failed; the floor goes on where it was", where)
        raise
    return "done", ""
