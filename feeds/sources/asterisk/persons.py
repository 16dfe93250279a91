"""A member of queues as a person: memberships, devices, phones, and what keeps them busy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.legs import Attempt, Leg
from feeds.sources.asterisk.names import whole
from feeds.states import SeatState

MOMENT: Final = 1 << 36
"""No second since 1970 that a header tells is later."""


class Membership:
    """A member of one queue; `interface` as Asterisk writes it, for actions."""

    __slots__ = (
        "device", "dynamic", "engaged", "interface", "last_call", "name", "paused", "paused_at", "penalty", "reason",
        "wrap_s",
    )  # fmt: skip

    def __init__(self, message: Message) -> None:
        get = message.get
        self.interface = get("Interface") or get("Location", "")
        self.name = get("MemberName") or get("Name", "")
        self.device = get("StateInterface") or self.interface
        self.dynamic = get("Membership", "") == "dynamic"
        self.penalty = whole(get("Penalty", ""))
        self.paused = get("Paused", "0") == "1"
        self.reason = get("PausedReason", "") if self.paused else ""
        self.paused_at = whole(get("LastPause", ""), MOMENT) if self.paused else 0
        """Since when, seconds by Asterisk's clock, 0 where it does not say."""
        self.wrap_s = whole(get("Wrapuptime", ""))
        self.last_call = whole(get("LastCall", ""), MOMENT)
        """When the last call was over, seconds by Asterisk's clock, which counts wrap-up from there."""
        self.engaged = 0
        """In how many looks one after the other the queue held the member for busy while the device was free."""


class Shown(NamedTuple):
    """What was told last of a seat."""

    state: SeatState = "offline"
    agent: str = ""
    reason: str = ""
    by: str = ""
    leg: str = ""
    doubt: tuple[str, ...] = ()


class Person:
    """An agent: memberships by (queue, interface), the state of each device, and what keeps them busy."""

    __slots__ = (
        "agent", "attempts", "devices", "done", "doubts", "forced_by", "home", "interfaces", "memberships", "rests_at",
        "seat", "shown", "talks", "work", "work_until",
    )  # fmt: skip

    def __init__(self, agent: str, seat: str) -> None:
        self.agent, self.seat = agent, seat
        self.memberships: dict[tuple[str, str], Membership] = {}
        self.home: Membership | None = None
        """The newest membership, kept when it has ended: by what to join a queue again."""
        self.devices: dict[str, int] = {}
        """By state interface as written."""
        self.interfaces: set[str] = set()
        """Whose channels are this person's."""
        self.talks: list[Leg] = []
        self.attempts: list[tuple[Leg, Attempt]] = []
        self.work: Leg | None = None
        self.work_until = 0
        self.done: set[str] = set()
        """Channels whose talk is over."""
        self.doubts: dict[str, int] = {}
        """What contradicts what, and since when; for a moment it is only suspected."""
        self.forced_by = ""
        self.rests_at = 0
        """When memberships that were changed will have come to rest, 0 where they have."""
        self.shown = Shown()

    @property
    def pause(self) -> tuple[bool, str]:
        """Whether every queue holds this person for paused, and why; who is called by any of them is not."""
        memberships = self.memberships.values()
        if not memberships or not all(one.paused for one in memberships):
            return False, ""
        return True, next((one.reason for one in memberships if one.reason), "")

    @property
    def paused_at(self) -> int:
        """Since when they all do, seconds by Asterisk's clock; 0 where one of them does not, or does not say."""
        begun = [one.paused_at for one in self.memberships.values()]
        return max(begun) if begun and all(begun) else 0

    @property
    def serves(self) -> dict[str, int]:
        """The queues of which this person is a member by any phone, with the lowest penalty there."""
        return _penalties(self.memberships.items())

    @property
    def takes(self) -> dict[str, int]:
        """Those of them that give this person calls: not where they are paused, unless they are paused everywhere."""
        open_ones = [(place, one) for place, one in self.memberships.items() if not one.paused]
        return _penalties(open_ones or self.memberships.items())


def _penalties(memberships: Iterable[tuple[tuple[str, str], Membership]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (queue, _), one in memberships:
        found[queue] = min(one.penalty, found.get(queue, one.penalty))
    return found
