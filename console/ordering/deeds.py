"""What somebody wants done, to one or to many, before it is given: a value that review and results are made of."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from console.given import Given
from console.sight import Sight
from feeds.entities import Call, Seat
from feeds.requests import OrderResult

REVIEWED: Final = frozenset({"seat.logout", "call.hangup", "call.redirect", "notice.send", "switch.set"})
"""Orders that are looked at once more, whoever they hit."""
UNDO: Final = "seat.undo"


def can_undo(given: Given, now: int) -> bool:
    """Whether an order of this desk can still be taken back."""
    return given.phase == "done" and given.undo_until is not None and now <= given.undo_until and bool(given.order)


class Target(Struct, frozen=True):
    """One of those whom an order is for: its place on the screen, how people call it, and the order's arguments.

    `expect` is what the gateway shall find of it, else the order is not given.
    """

    place: str
    label: str
    args: dict[str, Any]
    detail: str = ""
    expect: dict[str, Any] | None = None

    def changed(self, sight: Sight) -> OrderResult | None:
        """Why it is not whom the order is meant for any more, None while it is.

        Somebody else sits there, or nobody; or the caller has been answered, or is gone.
        """
        now, agent = sight.entities.get(self.place), self.args.get("agent")
        if agent is not None and (not isinstance(now, Seat) or now.agent != agent):
            return OrderResult("", "refused", code="seat.other", values={"seat": self.args["seat"]})
        if self.expect is not None and "call" in self.args:
            if not isinstance(now, Call):
                return OrderResult("", "refused", code="call.over")
            if now.agent != self.expect[self.place]["agent"]:
                code = "call.answered" if now.agent else "order.outdated"
                return OrderResult("", "refused", code=code, values={"key": self.label})
        return None


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
