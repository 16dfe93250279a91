"""Everything at one moment, asked for: what a floor begins with, and what it is compared with every minute.

Differences are told as facts dated with the last moment at which something else was true; what cannot be known (when an
answered call had joined) is taken from what can, and the time between is marked as a gap by whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from feeds.entities import Call, Seat
from feeds.facts import AttemptEnded, WorkEnded
from feeds.sources.asterisk.ami.messages import Message, number
from feeds.sources.asterisk.calls import DAY_S
from feeds.sources.asterisk.channels import Channel
from feeds.sources.asterisk.legs import Caller, Leg
from feeds.sources.asterisk.names import whole
from feeds.sources.asterisk.persons import Person, Shown
from feeds.sources.asterisk.translation import Translation

LISTS: Final = ("DeviceStateList", "QueueStatus", "CoreShowChannels")
"""The list actions of a snapshot, in the order in which they are to be asked; an Asterisk may lack the first."""


NEEDED: Final = ("QueueStatus", "CoreShowChannels")


class Snapshot(Struct):
    """The rows of the lists. Rows of one list are of one moment; no event falls between them."""

    devices: list[Message]
    queues: list[Message]
    members: list[Message]
    entries: list[Message]
    channels: list[Message]


_HEADERS: Final = {
    "DeviceStateChange": ("Device",), "QueueParams": ("Queue",), "QueueMember": ("Queue", "Location"),
    "QueueEntry": ("Queue", "Channel", "Uniqueid"), "CoreShowChannel": ("Channel", "Uniqueid"),
}  # fmt: skip
"""What a row of each kind must say to be of use."""


def snapshot_of(lists: Sequence[Sequence[Message]]) -> Snapshot:
    """The rows of all lists, sorted by kind."""
    rows = [row for rows in lists for row in rows]
    return Snapshot(
        *([row for row in rows if row.event == kind and all(map(row.get, needed))] for kind, needed in _HEADERS.items())
    )


def note_priorities(model: Translation, snapshot: Snapshot) -> None:
    """Waiting calls' priorities, of which no event tells."""
    for row in snapshot.entries:
        caller = model.calls.get(row["Uniqueid"])
        if caller is not None and caller.leg is not None and caller.leg.waits:
            model.calls.prioritised(caller.leg, int(number(row.get("Priority", ""))), model.now)


class Meeting:
    """Brings a translation to what a snapshot shows. `before` is when the floor was last known to be true."""

    def __init__(self, translation: Translation, snapshot: Snapshot, at: int, before: int) -> None:
        self._model, self._snapshot, self._at, self._before = translation, snapshot, at, min(before, at)
        self._entries = {row["Uniqueid"]: row for row in snapshot.entries}

    def meet(self) -> None:
        """Take the snapshot for the truth. What is due by now is to be done behind it, by what is known then."""
        self._model.people.end_due_work(self._at)
        self._queues()
        self._channels()
        self._members()
        self._legs()
        self._model.calls.prove_attempts(self._at)
        self._talks()
        self._callers()
        for person in self._model.people:
            self._model.people.refresh(person, self._at, self._paused_at(person))
            self._model.people.serving.prove(person, self._at)

    def _paused_at(self, person: Person) -> int:
        """When a pause began that nobody saw begin, 0 where Asterisk does not say: not while somebody was watched."""
        if not person.paused_at:
            return 0
        begun = person.paused_at * 1000 + self._model.offset_ms
        return min(self._at, max(begun, self._before) if person.shown.agent else begun)

    def _queues(self) -> None:
        for row in self._snapshot.queues:
            self._model.names.queue(row["Queue"], self._at)

    # Channels

    def _channels(self) -> None:
        channels = self._model.channels
        there = {row["Channel"]: row for row in self._snapshot.channels}
        for channel in channels:
            row = there.get(channel.name)
            if row is None or row.get("Uniqueid") != channel.unique:
                channels.remove(channel.name)
        for name, row in there.items():
            known = channels.get(name)
            if known is None:
                known = channels.add(Channel(row, self._at - _duration_ms(row)))
                # At its birth it was not seen; who leads to another by his own dialling has the call's name.
                known.originated = known.unique == row.get("Linkedid", known.unique)
            known.state = whole(row.get("ChannelState", ""))
            known.application, known.talk_since = row.get("Application", ""), _talk_since(row) * 1000
            if (row.get("BridgeId") or "") != known.bridge:
                if row.get("BridgeId"):
                    channels.enter(known, row["BridgeId"])
                else:
                    channels.leave(known)

    # Members

    def _members(self) -> None:
        people, at = self._model.people, self._at
        for row in self._snapshot.devices:
            people.on_device(row.get("Device", ""), row.get("State", ""), at, look=False)
        self._model.trunks.prove({row["Device"]: row.get("State", "") for row in self._snapshot.devices}, at)
        there: set[tuple[str, str]] = set()
        for row in self._snapshot.members:
            queue, interface = self._model.names.queue(row["Queue"], at), row.get("Location", "")
            there.add((queue, interface))
            people.on_member(row, at, look=False)
        for person in people:
            for queue, interface in list(person.memberships):
                if (queue, interface) not in there:
                    del person.memberships[queue, interface]
            people.settle(person, at)

    # Waiting

    def _legs(self) -> None:
        """Legs that wait, and those that the model has waiting."""
        model, at = self._model, self._at
        names = {row.get("Uniqueid"): row["Channel"] for row in self._snapshot.channels}
        for caller in model.calls:
            caller.channel = names.get(caller.unique, caller.channel)
            leg, row = caller.leg, self._entries.get(caller.unique)
            if leg is None or not leg.waits:
                continue
            if row is None:
                self._left(caller, leg)
            elif leg.left >= 0 or leg.abandoned >= 0 or model.names.queue(row["Queue"], at) != leg.queue:
                model.calls.flow(caller, leg, self._end_of(leg), "queue")  # this is another stay
            else:
                caller.moved_by_us = False
        for unique, row in self._entries.items():
            queue = model.names.queue(row["Queue"], at)
            joined = at - whole(row.get("Wait", ""), DAY_S) * 1000
            channel = model.channels.get(row["Channel"])
            arrived = min(channel.created, joined) if channel is not None else joined
            caller = model.calls.caller(unique, row["Channel"], row.get("CallerIDNum", ""), arrived)
            if caller.leg is None or not caller.leg.waits:
                if caller.leg is not None:
                    model.calls.talks.finish(caller, caller.leg, self._end_of(caller.leg))
                model.calls.join(caller, queue, joined).shown_at = at
            if caller.leg is not None:
                model.calls.prioritised(caller.leg, int(number(row.get("Priority", ""))), at)

    def _left(self, caller: Caller, leg: Leg) -> None:
        """A leg that the model has waiting is in its queue no more."""
        model, mine = self._model, self._model.channels.get(caller.channel)
        agent = self._agent_with(mine)
        if mine is not None and agent is not None:
            person, channel = agent
            since = self._talk_began(channel, self._before)
            interface = self._member_of(person, leg.queue)
            model.calls.talks.answer(leg, person, interface, channel.name, max(leg.joined, since))
            leg.shown_at = self._at
        elif mine is None and leg.left >= 0 > leg.abandoned:
            model.calls.flow(caller, leg, leg.left, "timeout")
        elif mine is None:
            model.calls.lose(caller, leg, self._end_of(leg))
        elif leg.left < 0 and leg.abandoned < 0 and mine.application == "Queue":
            model.calls.doubt_wait(caller, leg, self._at)  # between the queue and the agent: an announcement, a gosub
        elif leg.left < 0 and leg.abandoned < 0:  # else its end is on the way already
            model.calls.flow(caller, leg, self._end_of(leg), "queue")

    def _end_of(self, leg: Leg) -> int:
        """When a leg ended: what was seen of that, else when it was last known to go on."""
        seen = [one for one in (leg.abandoned, leg.left) if one >= 0] if leg.waits else [leg.ending]
        return seen[0] if seen and seen[0] >= 0 else max(leg.joined, leg.answered, self._before)

    def _talk_began(self, phone: Channel, otherwise: int) -> int:
        return phone.talk_since + self._model.offset_ms if phone.talk_since else otherwise

    # Talking

    def _agent_with(self, channel: Channel | None) -> tuple[Person, Channel] | None:
        """The agent in one bridge with a channel."""
        for other in self._model.channels.joined_with(channel) if channel is not None else ():
            person = self._model.people.of_channel(other)
            if person is not None:
                return person, other
        return None

    def _member_of(self, person: Person, queue: str) -> str:
        """The interface by which somebody is a member of a queue, else of any."""
        found = [interface for name, interface in person.memberships if name == queue]
        return (found or [interface for _, interface in person.memberships] or [""])[0]

    def _talks(self) -> None:
        model, at = self._model, self._at
        for caller in model.calls:
            leg = caller.leg
            if leg is None or not leg.talks:
                continue
            agent = self._agent_with(model.channels.get(caller.channel))
            if agent is None or agent[0].agent != leg.agent:
                model.calls.talks.finish(caller, leg, self._end_of(leg))
            else:
                leg.agent_channel = agent[1].name
                leg.interface = leg.interface or self._member_of(agent[0], leg.queue)
        for row in self._snapshot.channels:
            channel = model.channels.get(row["Channel"])
            if row.get("Application") == "Queue" and channel is not None and channel.unique not in self._entries:
                self._talk_found(channel, row.get("ApplicationData", "").partition(",")[0], at)

    def _talk_found(self, channel: Channel, asterisk_queue: str, at: int) -> None:
        """A caller who talks with an agent, of whom the model knows nothing."""
        model, agent = self._model, self._agent_with(channel)
        caller = model.calls.get(channel.unique)
        if agent is None or not asterisk_queue or (caller is not None and caller.leg is not None):
            return
        queue = model.names.queue(asterisk_queue, at)
        if caller is not None and caller.handed_over == queue:
            return
        person, phone = agent
        since = self._talk_began(phone, at)
        caller = model.calls.caller(channel.unique, channel.name, channel.number, channel.created)
        # When it joined nobody says: at the latest when the agent's phone was called.
        leg = model.calls.join(caller, queue, min(phone.created, since))
        model.calls.talks.answer(leg, person, self._member_of(person, queue), phone.name, max(leg.joined, since))
        leg.shown_at = self._at

    def _callers(self) -> None:
        """Callers whose channels are gone and who are in no leg."""
        for caller in self._model.calls:
            if caller.leg is None and self._model.channels.get(caller.channel) is None:
                self._model.calls.gone(caller, self._before)


def _duration_ms(row: Message) -> int:
    """How long a channel has lived: `00:01:02`."""
    total = 0
    for part in row.get("Duration", "0").split(":"):
        total = total * 60 + (int(part) if part.isdigit() else 0)
    return total * 1000


def _talk_since(row: Message) -> int:
    """When a membergosub says that the talk began, seconds since 1970; 0 where it does not."""
    for variable in row.all("ChanVariable"):
        name, _, value = variable.partition("=")
        if name == "TALK_SINCE" and value.isdigit():
            return int(value)
    return 0


def stand_in(model: Translation, calls: Sequence[Call], seats: Sequence[Seat], at: int) -> None:
    """Begin with the open legs and the seats that a floor has from an earlier run; the next meeting proves them."""
    model.calls.began = at if seats or calls else 0
    for seat in seats:
        place = seat.key.partition(":")[2]
        person = model.people.known(seat.agent or place, place, at)
        person.shown = Shown(seat.state, seat.agent, seat.reason, seat.by, "")
        if seat.agent:
            model.people.serving.stand(place, seat.agent, seat.skills)
    for call in calls:
        name = call.key.partition(":")[2]
        unique, _, count = name.partition("#")
        if call.state == "acw":
            model.out.append(WorkEnded(at=at, leg=name))
            continue
        caller = model.calls.standing(unique, call.number)
        caller.legs = max(caller.legs, int(count or 1) - 1)
        leg = model.calls.join(caller, call.queue, call.joined_at, name)
        if call.state == "ringing":  # whether a phone still rings is not known; the next attempt tells
            ringing = [seat.agent for seat in seats if seat.state == "ringing" and seat.call == call.call]
            model.out += [AttemptEnded(at=at, leg=name, agent=agent, result="caller_gone") for agent in ringing]
        if call.agent:
            person = model.people.known(call.agent, call.agent, at)
            leg.answered, leg.agent, leg.held = call.since, call.agent, call.state == "hold"
            person.talks.append(leg)
