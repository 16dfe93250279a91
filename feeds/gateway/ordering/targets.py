"""Whom an order to listen means: the seat, its call and the channel of the agent's phone, as far as the giver sees."""

from __future__ import annotations

from msgspec import Struct

from feeds.entities import AgentDay, AnyEntity, Call, Seat
from feeds.gateway.running.engine import Engine
from feeds.rules.access import Audience, place_of
from feeds.rules.listening import Wish, target_refusal
from feeds.said import said
from feeds.sources.tapping import Tapper


class Target(Struct, frozen=True):
    """What is to be heard; `leg` and `queue` are empty for a call that no queue knows."""

    channel: str
    seat: str = ""
    leg: str = ""
    queue: str = ""
    agent: str = ""


def find(engine: Engine, audience: Audience, asked: Wish, tapper: Tapper) -> Target | str:
    """The target, or why there is none that may be heard."""
    floor = engine.session.floor
    key = f"seat:{asked.seat}" if asked.seat else f"call:{asked.leg}"
    entity = floor.entity(key)
    if entity is not None and not audience.sees(place_of(entity)):
        entity = None
    reason = target_refusal(asked, entity)
    if reason is not None:
        return reason
    if isinstance(entity, Seat):
        call = call_of(engine, entity)
        if call is not None and not audience.sees(place_of(call)):
            return said("listen.call_hidden", "the call of seat {seat} is not in your sight", seat=asked.seat)
        if call is None and entity.call and not audience.everything:
            text = "the call of seat {seat} is not known yet; ask again in a moment"
            return said("listen.call_unknown", text, seat=asked.seat)
        channel = tapper.channel_of(asked.seat)
        leg, queue = (call.key.partition(":")[2], call.queue) if call is not None else ("", "")
        found = Target(channel or "", asked.seat, leg, queue, entity.agent)
    else:
        assert isinstance(entity, Call)
        channel = tapper.channel_of_leg(asked.leg)
        seat = _seat_of(floor.entity(f"agent:{entity.agent}"))
        found = Target(channel or "", seat, asked.leg, entity.queue, entity.agent)
    if not channel:
        return said("listen.no_channel", "the PBX knows of no channel on this call; it may have ended")
    return found


def call_of(engine: Engine, seat: Seat) -> Call | None:
    """The leg that a seat is busy with."""
    if not seat.call:
        return None
    floor = engine.session.floor
    for key in floor.keys():  # noqa: SIM118 - no dict
        if key.startswith("call:"):
            call = floor.entity(key)
            if isinstance(call, Call) and call.call == seat.call and call.agent == seat.agent:
                return call
    return None


def _seat_of(agent: AnyEntity | None) -> str:
    return agent.seat if isinstance(agent, AgentDay) else ""
