"""What somebody wants done, to one or to many, before it is given: a value that review and results are made of."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from console.given import Given
from console.sight import Sight
from feeds.entities import Seat

REVIEWED: Final = frozenset({"seat.logout", "call.hangup", "call.redirect", "notice.send", "switch.set"})
"""Orders that are looked at once more, whoever they hit."""
UNDO: Final = "seat.undo"


def can_undo(given: Given, now: int) -> bool:
    """Whether an order of this desk can still be taken back."""
    return given.phase == "done" and given.undo_until is not None and now <= given.undo_until and bool(given.order)


class Target(Struct, frozen=True):
    """One of those whom an order is for: its place on the screen, how people call it, and the order's arguments."""

    place: str
    label: str
    args: dict[str, Any]
    detail: str = ""

    def has_changed(self, sight: Sight) -> bool:
        """Whether somebody else sits there than the order is meant for, or nobody."""
        seat, agent = sight.entities.get(self.place), self.args.get("agent")
        return agent is not None and (not isinstance(seat, Seat) or seat.agent != agent)


class Deed(Struct, frozen=True):
    """An order for one or many targets, each of which will be an order of its own with its own key."""

    name: str
    targets: tuple[Target, ...]

    def reviewed(self, sight: Sight) -> bool:
        """Whether it is shown for review before it is given."""
        return len(self.targets) > 1 or self.asks_reason(sight) or self.name in REVIEWED

    def asks_reason(self, sight: Sight) -> bool:
        """Whether this site wants to know why."""
        return sight.site is not None and self.name in sight.site.reason_for and self.name != "seat.pause"


def seats_of(sight: Sight, key: str, selected: tuple[str, ...], scope: str) -> tuple[Seat, ...]:
    """The seats that an order is for: the one shown, those selected, or everybody of its team who is signed in."""
    shown = sight.entities.get(key)
    if scope == "selected":
        found = (sight.entities.get(one) for one in selected)
        return tuple(one for one in found if isinstance(one, Seat))
    if not isinstance(shown, Seat):
        return ()
    if scope == "team" and shown.team:
        team = [one for one in sight.seats() if one.team == shown.team and one.agent]
        return tuple(sorted(team, key=lambda one: one.key))
    return (shown,)
