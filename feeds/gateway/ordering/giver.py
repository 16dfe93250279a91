"""Who gives an order: with which credential, what in sight, at which console, and whether it may begin still."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from feeds.facts import OrderState
from feeds.gateway.credentials import Pass
from feeds.gateway.publishing.sound import Line
from feeds.rules.access import Audience
from feeds.said import said

EXPIRED: Final = said("order.expired", "the order expired before it could be carried out")
SENT_AWAY: Final = said("access.ended", "the right to give it ended or changed before its turn came; nothing was done")

Outcome = tuple[OrderState, str]
"""What an order came to, and why or how far."""


class Giver(Struct, frozen=True):
    """Who gives an order, what they see of the floor, and the line by which sound reaches them."""

    credential: Pass
    audience: Audience
    line: Line | None = None
    deadline: float | None = None
    """The monotonic second from which on the order must not begin any more; None for one that does not expire."""
    sent_away: Callable[[], bool] = lambda: False
    """Whether whoever gives it has no right to be here any more, or another one."""
    outdated: Callable[[], str | None] = lambda: None
    """Says in what the floor is not as the order expects it."""

    @property
    def late(self) -> bool:
        """Whether it is too late to begin: what waited behind others may have expired meanwhile."""
        return self.deadline is not None and time.monotonic() >= self.deadline

    def hindrance(self) -> str | None:
        """Why the order must not begin any more, None if it may: to be asked again after every wait for another one."""
        if self.late:
            return EXPIRED
        return SENT_AWAY if self.sent_away() else self.outdated()
