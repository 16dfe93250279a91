"""Orders about a recording's time: paused, resumed, at another speed, moved elsewhere."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any, Final

from feeds.gateway.engine import Engine
from feeds.gateway.giver import Giver, Outcome
from feeds.gateway.moments import spoken
from feeds.gateway.store import AuditRow
from feeds.said import said

log = logging.getLogger("feeds.gateway.replay_orders")

Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]
QUICK: Final = frozenset({"replay.pause", "replay.resume", "replay.speed"})
"""Those that are carried out one after the other; a seek takes its time."""
SPEEDS: Final = (1.0, 600.0)


def replay_orders(engine: Engine) -> dict[str, Act]:
    """What carries out each order about a recording's time."""

    async def pause(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        return await _set_pace(engine, "pause", 0.0)

    async def resume(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        return await _set_pace(engine, "resume", None)

    async def speed(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        return await _set_speed(engine, args.get("speed"))

    async def seek(giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        return await _seek(engine, args.get("to"))

    return {"replay.pause": pause, "replay.resume": resume, "replay.speed": speed, "replay.seek": seek}


async def _set_speed(engine: Engine, wanted: object) -> Outcome:
    if wanted == "max":
        return await _set_pace(engine, "speed", math.inf)
    slowest, fastest = SPEEDS
    if isinstance(wanted, bool) or not isinstance(wanted, int | float) or not slowest <= wanted <= fastest:
        text = "a speed is {slowest:g} to {fastest:g}, or max"
        return "refused", said("replay.speed", text, slowest=slowest, fastest=fastest)
    return await _set_pace(engine, "speed", float(wanted))


async def _set_pace(engine: Engine, what: str, speed: float | None) -> Outcome:
    reason = engine.replay_refusal(what)
    if reason is not None:
        return "refused", reason
    await (engine.resume() if speed is None else engine.set_speed(speed))
    return "done", ""


async def _seek(engine: Engine, to: object) -> Outcome:
    reason = engine.replay_refusal("seek")
    if reason is not None:
        return "refused", reason
    span = engine.span()
    if isinstance(to, bool) or not isinstance(to, int) or span is None:
        return "refused", said("replay.to", "a seek needs `to`: floor time in UTC milliseconds")
    if not span[0] <= to <= span[1]:
        begin, end, wanted = (spoken(at, engine.session.site.zone) for at in (*span, to))
        text = "the recording reaches from {begin} to {end}; {wanted} is outside"
        return "refused", said("replay.outside", text, begin=begin, end=end, wanted=wanted)
    try:
        await engine.seek(to)
    except Exception:
        where = spoken(to, engine.session.site.zone)
        log.exception("seek to %s failed; the floor goes on where it was", where)
        raise
    return "done", ""
