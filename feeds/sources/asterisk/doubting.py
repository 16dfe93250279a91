"""Where membership, device and channel of an agent contradict each other: what disagrees, and for how long it may.

Asterisk tells of all three by events of their own, a moment apart, so a contradiction counts only when it has lasted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from feeds.sources.asterisk.names import interface_of_channel
from feeds.sources.asterisk.persons import Person
from feeds.states import SeatState

UNKNOWN, NOT_IN_USE, IN_USE, BUSY, INVALID, UNAVAILABLE, RINGING_DEVICE, RING_IN_USE, ON_HOLD = range(9)
DEVICE_WORDS: Final = {
    "UNKNOWN": UNKNOWN, "NOT_INUSE": NOT_IN_USE, "INUSE": IN_USE, "BUSY": BUSY, "INVALID": INVALID,
    "UNAVAILABLE": UNAVAILABLE, "RINGING": RINGING_DEVICE, "RINGINUSE": RING_IN_USE, "ONHOLD": ON_HOLD,
}  # fmt: skip
"""What DeviceStateChange says, in the numbers of the members' `Status`."""
GRACE_MS: Final = {
    "device_without_call": 3000, "device_unknown": 0, "call_without_device": 3000, "member_in_call": 0,
}  # fmt: skip
"""How long each may last before the seat is unknown; what is not proved is unknown at once."""
LOOKS: Final = 2
"""In how many looks one after the other a queue must hold a free member for busy: once it may be about to let go."""
_ENGAGED: Final = frozenset((IN_USE, BUSY, RING_IN_USE, ON_HOLD))
ABSENT: Final = frozenset((INVALID, UNAVAILABLE))
_UNPROVED: Final = ABSENT | {UNKNOWN}
_FREE: Final = frozenset((NOT_IN_USE, *ABSENT))
_TALKING: Final = frozenset(("talking", "hold"))


def devices_of(person: Person) -> set[int]:
    """The states of the devices by which somebody is a member now."""
    devices = person.devices
    return {devices.get(one.device, UNKNOWN) for one in person.memberships.values()}


def contradictions(person: Person, state: SeatState, told: Mapping[str, int], on_the_phone: bool) -> tuple[str, ...]:
    """What speaks against that somebody is in a state.

    `told` is what devices say of themselves, `on_the_phone` whether a channel of theirs is known.
    """
    if state in _TALKING:
        return ("call_without_device",) if _phone_is_free(person, told) else ()
    if not person.memberships or state in ("offline", "fault", "ringing", "internal", "outbound"):
        return ()
    devices = devices_of(person)
    if not on_the_phone and not _ENGAGED.isdisjoint(devices):
        return ("device_without_call",)
    if state == "acw":
        return ()
    if _UNPROVED.issuperset(devices):
        return ("device_unknown",)
    if not on_the_phone and any(one.engaged >= LOOKS for one in person.memberships.values()):
        return ("member_in_call",)
    return ()


def _phone_is_free(person: Person, told: Mapping[str, int]) -> bool:
    """Whether the very phone on which a queue's call goes on says that it is free, or not there.

    Of a device that is told by another name (a hint, the phone behind a Local channel) nothing can be concluded.
    """
    seen = False
    for leg in person.talks:  # hardly ever more than one
        if leg.agent_channel:
            seen = True
            if told.get(interface_of_channel(leg.agent_channel), IN_USE) not in _FREE:
                return False
    return seen
