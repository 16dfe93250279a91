"""Members of queues as people at seats: from memberships, devices, channels and legs to one state for each seat.

One person may be a member of many queues, and by several phones; every event about that comes once for each, so a
state is worked out anew and told only when it differs. Source of the rules: HANDBOOK 1.8, shared facts on Asterisk 22.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from feeds.facts import AnyFact, SeatChanged, WorkEnded
from feeds.sources.asterisk.agenda import Agenda
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.channels import RINGING, UP, Channel, Channels, other_half
from feeds.sources.asterisk.doubting import (
    ABSENT,
    DEVICE_WORDS,
    GRACE_MS,
    NOT_IN_USE,
    UNKNOWN,
    contradictions,
    devices_of,
)  # fmt: skip
from feeds.sources.asterisk.legs import Attempt, Leg
from feeds.sources.asterisk.names import Names, interface_of_channel, plain_interface, whole
from feeds.sources.asterisk.persons import MOMENT, Membership, Person, Shown
from feeds.sources.asterisk.seating import Seating
from feeds.sources.asterisk.serving import Serving
from feeds.states import SeatState

log = logging.getLogger("feeds.sources.asterisk")


GONE_MS: Final = 1000
"""How long a phone whose talk is over may take to hang up."""
_AWAY: Final[frozenset[SeatState]] = frozenset(
    ("busy", "forced_busy", "break", "meeting", "training", "coaching")
)  # fmt: skip
"""States that somebody else may have put one into."""


class People:
    """All members by agent."""

    def __init__(
        self, names: Names, channels: Channels, agenda: Agenda, tell: Callable[[AnyFact], None], serving: Serving
    ) -> None:
        self._names, self._channels, self._agenda, self._tell = names, channels, agenda, tell
        self.serving = serving
        self._people: dict[str, Person] = {}
        self._seating = Seating(names)
        self._devices: dict[str, int] = {}
        """What devices say of themselves. Of two members with one device Asterisk brings only one up to date."""
        self.queue_wraps: dict[str, float] = {}
        """Wrap-up time of each queue (site's id), seconds."""

    def __iter__(self) -> Iterator[Person]:
        return iter(list(self._people.values()))

    @property
    def devices(self) -> Mapping[str, int]:
        """What members' devices say of themselves, by name."""
        return {name: state for name, state in self._devices.items() if self._seating.of_device(name)}

    def get(self, agent: str) -> Person | None:
        """Who has that agent number, if Asterisk has spoken of them."""
        return self._people.get(agent)

    def at_seat(self, seat: str) -> Person | None:
        """Who sits at a seat and is a member of any queue, else whoever was the last to."""
        found = [one for one in self._people.values() if one.seat == seat]
        return next((one for one in found if one.memberships), self._seating.occupant(seat))

    def of_channel(self, channel: Channel) -> Person | None:
        """Whose phone a channel is."""
        return self._seating.of_interface(channel.interface)

    def of_interface(self, interface: str) -> Person | None:
        """Whose phone an interface is."""
        return self._seating.of_interface(interface)

    def of_member(self, interface: str, member: str, at: int) -> Person:
        """Who a member is; made known by this. Raises ValueError for one without an interface."""
        if not interface:
            raise ValueError("a member without an interface")
        agent = self._names.agent(interface, member, at)
        person = self._people.get(agent)
        if person is None:
            person = self._people[agent] = Person(agent, self._names.seat(interface, agent))
        self._seating.claim(person, plain_interface(interface))
        if not person.memberships:
            self._move(person, self._names.seat(interface, agent), at)
        return person

    def known(self, agent: str, seat: str, at: int) -> Person:
        """Somebody whom the floor knows from an earlier run, of whom Asterisk has not spoken yet."""
        person = self._people.get(agent)
        if person is None:
            person = self._people[agent] = Person(agent, seat)
        return person

    def _move(self, person: Person, seat: str, at: int) -> None:
        """Somebody sits elsewhere now; whoever has taken the old seat since keeps it."""
        if seat == person.seat:
            return
        if person.shown.state != "offline" and self._seating.occupant(person.seat) is person:
            self._tell(SeatChanged(at=at, seat=person.seat, state="offline"))
            self.serving.leave(person.seat)
        person.seat, person.shown = seat, Shown()

    def settle(self, person: Person, at: int) -> None:
        """Memberships have begun or ended: let go of phones that are another's, and sit where they say."""
        self._seating.release(person)
        if not person.memberships:
            person.forced_by = ""
            return
        seats = [self._names.seat(plain_interface(one), person.agent) for _, one in person.memberships]
        if person.seat not in seats:
            self._move(person, seats[-1], at)

    # Members

    def on_member(self, message: Message, at: int, *, look: bool = True) -> None:
        """A row or an event that describes a member whole; without `look` its state is told later."""
        get = message.get
        interface = get("Interface") or get("Location", "")
        person = self.of_member(interface, get("MemberName") or get("Name", ""), at)
        queue = self._names.queue(message["Queue"], at)
        before, now = person.memberships.get((queue, interface)), Membership(message)
        if before is not None and before.paused and not now.paused:
            person.forced_by = ""
        person.memberships[queue, interface] = person.home = now
        device = now.device
        self._seating.sign_in(person, device)
        person.devices[device] = self._devices.get(device, whole(get("Status", "")))
        if look:
            if before is None or (before.penalty, before.paused) != (now.penalty, now.paused):
                self.serving.change(person, at)
            self.settle(person, at)
            self.refresh(person, at)

    def on_status(self, message: Message, at: int) -> None:
        """A member's device is in another state: the most frequent event of all, and told for each queue."""
        get = message.get
        interface = get("Interface", "")
        person = self.of_member(interface, get("MemberName", ""), at)
        membership = person.memberships.get((self._names.queue(message["Queue"], at), interface))
        if membership is not None:
            membership.last_call = whole(get("LastCall", ""), MOMENT)
        if membership is None or membership.device not in person.devices:
            self.on_member(message, at)
        elif membership.device not in self._devices:
            person.devices[membership.device] = whole(get("Status", ""))
            self.refresh(person, at)

    def on_removed(self, message: Message, at: int) -> None:
        """A member has left a queue. Raises ValueError for one without an interface."""
        get = message.get
        interface = get("Interface") or get("Location", "")
        if not interface:
            raise ValueError("a member without an interface")
        person = self._people.get(self._names.agent(interface, get("MemberName") or get("Name", ""), at))
        if person is not None:
            if person.memberships.pop((self._names.queue(message["Queue"], at), interface), None) is not None:
                self.serving.change(person, at)
            self.settle(person, at)
            self.refresh(person, at)

    def on_device(self, device: str, word: str, at: int, *, look: bool = True) -> None:
        """A device is in another state."""
        state = self._devices[device] = DEVICE_WORDS.get(word, UNKNOWN)
        for person in self._seating.of_device(device):
            person.devices[device] = state
            if look:
                self.refresh(person, at)

    def wrap_ms(self, person: Person, queue: str, interface: str) -> int:
        """How long nobody is given to this member after a call of that queue, milliseconds."""
        membership = person.memberships.get((queue, interface))
        own = membership.wrap_s if membership is not None else 0
        return int((own or self.queue_wraps.get(queue, 0)) * 1000)

    def last_call(self, person: Person, queue: str, interface: str) -> int:
        """When that queue held the member's last call for over, UTC seconds as Asterisk has them; -1 if unknown."""
        membership = person.memberships.get((queue, interface))
        return -1 if membership is None else membership.last_call

    def force(self, person: Person, by: str) -> None:
        """The next pause is not the person's own wish but that of `by`."""
        person.forced_by = by

    # Legs

    def ring(self, person: Person, leg: Leg, attempt: Attempt, at: int) -> None:
        """A phone rings for a leg."""
        person.attempts.append((leg, attempt))
        self.refresh(person, at)

    def quiet(self, person: Person, attempt: Attempt, at: int, *, look: bool = True) -> None:
        """The phone does not ring for it any more; without `look` what comes next is told by the caller."""
        person.attempts = [one for one in person.attempts if one[1] is not attempt]
        if look:
            self.refresh(person, at)

    def talk(self, person: Person, leg: Leg, at: int) -> None:
        """An agent has answered; after-call work on another leg is over by that."""
        if person.work is not None:
            self.end_work(person, at)
        person.talks.append(leg)
        self.refresh(person, at)

    def end_talk(self, person: Person, leg: Leg, at: int, work_until: int) -> None:
        """A conversation is over; work on it lasts until a moment, 0 for none."""
        person.talks = [one for one in person.talks if one is not leg]
        person.done |= {leg.agent_channel, other_half(leg.agent_channel)} - {""}
        if leg.transferred:
            self._refresh_beyond(person, at)
        else:
            self._agenda.at(at + GONE_MS, partial(self._still_there, person, leg.agent_channel))
        if work_until:
            if person.work is not None:
                self.end_work(person, at)
            person.work, person.work_until = leg, work_until
            self._agenda.at(work_until, lambda due: self._work_over(person, leg, due))
        self.refresh(person, at)

    def _refresh_beyond(self, person: Person, at: int) -> None:
        """Who is joined with what a talk has left of somebody is on a call with the customer, not with them."""
        for channel in map(self._channels.get, sorted(person.done)):
            for other in self._channels.joined_with(channel) if channel is not None else ():
                owner = self.of_channel(other)
                if owner is not None and owner is not person:
                    self.refresh(owner, at)

    def _still_there(self, person: Person, name: str, due: int) -> None:
        """Who has long hung up is gone; a phone that is joined with somebody goes on with a call that was passed on."""
        channel = self._channels.get(name)
        if name in person.done and channel is not None and self._channels.joined_with(channel):
            person.done.discard(name)
            self.refresh(person, due)

    def _work_over(self, person: Person, leg: Leg, due: int) -> None:
        if person.work is leg:
            self.end_work(person, due)
            self.refresh(person, due)

    def end_due_work(self, at: int) -> None:
        """After-call work that is over by now has ended when it was due, whatever is found out next."""
        for person in self:
            if person.work is not None and person.work_until <= at:
                self._work_over(person, person.work, person.work_until)

    def end_work(self, person: Person, at: int) -> None:
        """After-call work is over."""
        if person.work is not None:
            self._tell(WorkEnded(at=at, leg=person.work.name))
            person.work = None

    # States

    def refresh(self, person: Person, at: int, paused_at: int = 0) -> None:
        """Work a person's state out and tell it if it is another; a pause that began unseen with its own time."""
        channels = self._channels_now(person)
        state, reason, leg = self._state(person, channels, at)
        # A phone that is up with nobody on the other side explains nothing.
        on_a_call = any(channel.state != UP or channel.bridge for channel in channels)
        found = contradictions(person, state, self._devices, on_a_call)
        doubt = self._doubts_that_last(person, found, at) if found or person.doubts else found
        if doubt:
            state, reason = "unknown", ""
        agent = person.agent if state != "offline" else ""
        by = person.forced_by if person.forced_by and state in _AWAY else ""
        name, shown = leg.name if leg is not None else "", person.shown
        same = shown.state == state and shown.leg == name and shown.reason == reason
        if same and shown.agent == agent and shown.by == by and shown.doubt == doubt:
            return
        person.shown = Shown(state, agent, reason, by, name, doubt)
        if not self._seating.may_tell(person, state):
            return
        since = min(person.doubts[code] for code in doubt) if doubt else 0
        begun = paused_at if paused_at and self._is_paused(person) else at
        self._tell(
            SeatChanged(
                at=begun, seat=person.seat, state=state, agent=agent, reason=reason, by=by, leg=name, doubt=list(doubt),
                doubted_at=since,
            )
        )  # fmt: skip
        if agent:
            self.serving.sit(person, at)
        else:
            self.serving.leave(person.seat)

    def _is_paused(self, person: Person) -> bool:
        """Whether a pause is what is shown."""
        paused, reason = person.pause
        return paused and (person.shown.state, person.shown.reason) == (self._names.pause(reason), reason)

    def _doubts_that_last(self, person: Person, found: tuple[str, ...], at: int) -> tuple[str, ...]:
        """What contradicts somebody's state, once it has done so for long enough."""
        for code in [code for code in person.doubts if code not in found]:
            del person.doubts[code]
        for code in found:
            if code not in person.doubts:
                person.doubts[code] = at
                grace = GRACE_MS[code]
                if grace:
                    self._agenda.at(at + grace, partial(self._look_again, person, code, at))
        return tuple(code for code in found if at >= person.doubts[code] + GRACE_MS[code])

    def note_engaged(self, rows: Iterable[Message], at: int) -> None:
        """Whom queues hold for busy by what a look at them shows; no event tells when that ends."""
        for row in rows:
            agent = self._names.agent(row.get("Location", ""), row.get("Name", ""), at)
            person = self._people.get(agent)
            place = self._names.queue(row["Queue"], at), row.get("Location", "")
            membership = person.memberships.get(place) if person is not None else None
            if person is None or membership is None:
                continue
            engaged = row.get("InCall") == "1" and whole(row.get("Status", "")) == NOT_IN_USE
            membership.engaged = membership.engaged + 1 if engaged else 0
            self.refresh(person, at)

    def _state(self, person: Person, channels: list[Channel], at: int) -> tuple[SeatState, str, Leg | None]:
        if person.talks:
            leg = next((one for one in person.talks if not one.held), person.talks[0])
            return ("hold" if leg.held else "talking"), "", leg
        own = self._own_call(person, channels)
        if own is not None:
            return own, "", None
        for leg, attempt in person.attempts:
            if not attempt.closing:
                return "ringing", "", leg
        for channel in channels:
            if channel.state == RINGING:
                return "ringing", "", None
        if not person.memberships:
            return "offline", "", None
        if person.work is not None and at < person.work_until:
            return "acw", "", person.work
        return (*self._idle(person), None)

    def _channels_now(self, person: Person) -> list[Channel]:
        interfaces, channels = person.interfaces, []
        for interface in sorted(interfaces) if len(interfaces) > 1 else interfaces:
            if self._seating.of_interface(interface) is person:  # else somebody else has signed in there since
                channels += self._channels.of_interface(interface)
        if person.done:  # the end of a talk is told before its channel is gone
            person.done &= {channel.name for channel in channels}
            channels = [channel for channel in channels if channel.name not in person.done]
        return channels

    def _own_call(self, person: Person, channels: list[Channel]) -> SeatState | None:
        """What a call is that no queue brought: a consultation, a call out, one that was passed on."""
        for channel in channels:
            if channel.state != UP and not channel.originated:
                continue
            # The two halves of a Local channel and the phone behind it are one end of one call.
            others = [one for one in self._channels.joined_with(channel) if self.of_channel(one) is not person]
            if any(self._is_of_another(one, person) for one in others):
                return "internal"
            if others:
                return "outbound" if channel.calls else "talking"
            if channel.calls:
                peer = self._channels.get(channel.dialled)
                towards = self.of_interface(interface_of_channel(channel.dialled)) if peer else None
                return "internal" if towards is not None else "outbound"
        return None

    def _is_of_another(self, channel: Channel, person: Person) -> bool:
        owner = self.of_channel(channel)
        return owner is not None and owner is not person and channel.name not in owner.done

    def _idle(self, person: Person) -> tuple[SeatState, str]:
        """The state of somebody whom no call keeps busy, if nothing contradicts it."""
        devices = devices_of(person)
        if ABSENT.issuperset(devices):
            # Who signed in by a queue and has lost the phone has a fault; a member by configuration is not there.
            dynamic = any(one.dynamic for one in person.memberships.values())
            return ("fault" if dynamic else "offline"), ""
        paused, reason = person.pause
        return (self._names.pause(reason), reason) if paused else ("ready", "")

    def _look_again(self, person: Person, code: str, since: int, due: int) -> None:
        if person.doubts.get(code) == since:
            self.refresh(person, due)
