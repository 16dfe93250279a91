"""Who gives an order: with which credential, with what in sight, at which console."""

from __future__ import annotations

from msgspec import Struct

from feeds.facts import OrderState
from feeds.gateway.credentials import Pass
from feeds.gateway.sound import Line
from feeds.rules.access import Audience

Outcome = tuple[OrderState, str]
"""What an order came to, and why or how far."""


class Giver(Struct, frozen=True):
    """Who gives an order, what they see of the floor, and the line by which sound reaches them."""

    credential: Pass
    audience: Audience
    line: Line | None = None
