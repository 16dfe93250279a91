"""Whose phone an interface is and who sits at a seat, where people sign in at any phone: the newest word decides."""

from __future__ import annotations

import logging

from feeds.sources.asterisk.names import Names, number_of, plain_interface
from feeds.sources.asterisk.persons import Person
from feeds.states import SeatState

log = logging.getLogger("feeds.sources.asterisk")


def phones_of(device: str) -> tuple[str, ...]:
    """Whose channels a state interface speaks of: its own, or those of the extension that a hint names (FreePBX)."""
    if device.startswith("hint:"):
        return tuple(f"{technology}/{number_of(device)}" for technology in ("PJSIP", "SIP"))
    return (plain_interface(device),)


class Seating:
    """Interfaces, devices and seats by person."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._by_interface: dict[str, Person] = {}
        self._by_device: dict[str, list[Person]] = {}
        self._occupants: dict[str, Person] = {}

    def of_interface(self, interface: str) -> Person | None:
        """Whose phone it is now."""
        return self._by_interface.get(interface)

    def of_device(self, device: str) -> list[Person]:
        """Whose state a device tells."""
        return list(self._by_device.get(device, ()))

    def occupant(self, seat: str) -> Person | None:
        """Of whom a seat was told last that they sit there."""
        return self._occupants.get(seat)

    def claim(self, person: Person, interface: str) -> None:
        """Somebody is at a phone; whoever was there before is not."""
        before = self._by_interface.get(interface)
        if not interface or before is person:
            return
        if before is not None:
            before.interfaces.discard(interface)
        technologies = {one.partition("/")[0] for one in person.interfaces}
        if technologies and interface.partition("/")[0] not in technologies:
            known = ", ".join(sorted(person.interfaces))
            log.debug("agent %s has several phones: %s and %s are shown as one seat", person.agent, known, interface)
        person.interfaces.add(interface)
        self._by_interface[interface] = person

    def sign_in(self, person: Person, device: str) -> None:
        """A membership says by which device somebody is reached."""
        people = self._by_device.setdefault(device, [])
        if person not in people:
            people.append(person)
        for phone in phones_of(device):
            self.claim(person, phone)

    def release(self, person: Person) -> None:
        """Let go of the devices and phones that no membership of somebody has any more.

        Who has signed out keeps the last phone until another signs in there: a call may go on.
        """
        memberships = list(person.memberships.values())
        devices = {one.device for one in memberships}
        for device in [one for one in person.devices if one not in devices]:
            del person.devices[device]
            self._by_device[device] = [one for one in self._by_device.get(device, ()) if one is not person]
        if not memberships:
            return
        phones = {plain_interface(one.interface) for one in memberships}
        phones |= {phone for device in devices for phone in phones_of(device)}
        for interface in person.interfaces - phones:
            person.interfaces.discard(interface)
            if self._by_interface.get(interface) is person:
                del self._by_interface[interface]

    def may_tell(self, person: Person, state: SeatState) -> bool:
        """Whether what somebody does is what their seat shows: one who has left does not empty another's seat."""
        if state != "offline":
            self._occupants[person.seat] = person
            return True
        return self._occupants.get(person.seat, person) is person
