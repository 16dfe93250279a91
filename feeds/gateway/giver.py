"""Who gives an order: with which credential, with what in sight."""

from __future__ import annotations

from msgspec import Struct

from feeds.facts import OrderState
from feeds.gateway.credentials import Pass
from feeds.rules.access import Audience

Outcome = tuple[OrderState, str]
"""What an order came to, and why or how far."""


class Giver(Struct, frozen=True):
    """Who gives an order, and what they see of the floor."""

    credential: Pass
    audience: Audience
