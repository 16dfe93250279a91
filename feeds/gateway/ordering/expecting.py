"""What an order was decided on, held against what its giver sees now."""

from __future__ import annotations

from typing import Final

import msgspec

from feeds.entities import AnyEntity, Call
from feeds.gateway.ordering import alarm_orders
from feeds.gateway.ordering.floor_orders import sight
from feeds.gateway.ordering.giver import Giver
from feeds.gateway.running.engine import Engine
from feeds.requests import OrderParams
from feeds.rules.access import shown
from feeds.rules.alarm_orders import outdated_refusal
from feeds.rules.commands import ANSWERED
from feeds.said import said

LONGEST_ABOUT: Final = 200


def why_outdated(engine: Engine, giver: Giver, params: OrderParams) -> str | None:
    """In what the floor is not as an order expects it, None where it is.

    `expect` maps keys of entities to what the order was decided on: a revision, or members with their values. What the
    giver does not see is not there: else it could be asked so what exists, what it holds and when it changes.
    """
    look = sight(engine, giver)
    for key, expected in (params.expect or {}).items():
        entity = look(key)
        if _is_as_expected(None if entity is None else shown(giver.audience, entity), expected):
            continue
        if params.name in alarm_orders.NAMES and key == params.args.get("alarm"):
            return outdated_refusal(params.name, entity)
        if params.name.startswith("call.") and isinstance(entity, Call) and entity.agent:
            return ANSWERED
        text = "{key} has changed since the order was decided; look at it again"
        return said("order.outdated", text, key=key[:LONGEST_ABOUT])
    return None


def _is_as_expected(entity: AnyEntity | None, expected: object) -> bool:
    """Whether an entity, as whoever expects it sees it, has the revision or the members that are expected of it."""
    if entity is None or not isinstance(expected, dict):
        return (None if entity is None else entity.rev) == expected
    seen = msgspec.to_builtins(entity)
    return all(
        member in entity.__struct_fields__ and seen.get(member, getattr(entity, member)) == value
        for member, value in expected.items()
    )
