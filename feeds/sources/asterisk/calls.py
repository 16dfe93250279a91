"""Events about calls into facts: arrivals, waits, attempts, answers, ends; conversations have a room of their own.

Why words wait for each other here: Leave comes before AgentConnect, so a leave says nothing by itself; a Redirect and
a time that is up look like an Abandon, so the dialplan's word or the caller's hang-up decides. Only who leaves by a key
is told of by nothing but the Leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from feeds.facts import (
    AnyFact,
    AttemptResult,
    CallArrived,
    CallEnded,
    FlowKind,
    LegAbandoned,
    LegBlocked,
    LegFlowedOut,
    LegJoined,
    LegPrioritised,
)  # fmt: skip
from feeds.sources.asterisk.agenda import Agenda
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.channels import UP, Channel, Channels
from feeds.sources.asterisk.legs import Attempt, Caller, Leg
from feeds.sources.asterisk.names import Names, caller_number, interface_of_channel, plain_interface, whole
from feeds.sources.asterisk.people import People
from feeds.sources.asterisk.persons import Person
from feeds.sources.asterisk.ringing import Ringing
from feeds.sources.asterisk.talks import Talks

LEAVE_MS: Final = 1500
"""How long a leave waits for an answer, an abandonment or the dialplan's word."""
CONNECTING_MS: Final = 30_000
"""The same while an agent has picked up and is played an announcement."""
ABANDON_MS: Final = 1000
"""How long an abandonment waits for the hang-up that tells it from a redirect."""
REJECTED_MS: Final = 1000
"""Nobody lets a phone ring so shortly: it was busy or could not be reached."""
DAY_S: Final = 86_400
"""No wait is longer, whatever a header says."""
_FLOWS: Final[dict[str, FlowKind]] = {
    "TIMEOUT": "timeout", "LEAVEEMPTY": "no_agent", "LEAVEUNAVAIL": "no_agent", "CONTINUE": "ivr", "WITHDRAW": "queue",
}  # fmt: skip
_TELLING: Final = frozenset(("PJSIP", "SIP", "IAX2"))
"""Technologies whose channels say each time that the far end has hung up; DAHDI and Local channels do not."""
_BLOCKS: Final = {"FULL": "full", "JOINEMPTY": "closed", "JOINUNAVAIL": "closed"}


class Calls:
    """All callers by their channel's `Uniqueid`. `tell` gets the facts; `trunks` are contexts where calls come in."""

    def __init__(
        self, names: Names, channels: Channels, people: People, agenda: Agenda, tell: Callable[[AnyFact], None],
        trunks: frozenset[str],
    ) -> None:  # fmt: skip
        self._names, self._channels, self._people, self._agenda, self._tell = names, channels, people, agenda, tell
        self._trunks = trunks
        self._ringing = Ringing(people, agenda, tell)
        self._callers: dict[str, Caller] = {}
        self.began = 0
        """When this run took over from an earlier one, UTC milliseconds."""
        self.hears_requests = False
        """Whether it is told when a far end hangs up, for which a user of the interface may lack the event."""
        self.late = False
        """Whether the event that is used now happened before what is known."""
        self.talks = Talks(names, channels, people, agenda, self._ringing, self._callers, tell, self._over)

    def __iter__(self) -> Iterator[Caller]:
        return iter(list(self._callers.values()))

    def get(self, call: str) -> Caller | None:
        """The caller of that name, while the call lasts."""
        return self._callers.get(call)

    def leg(self, name: str) -> tuple[Caller, Leg] | None:
        """An open leg by its name, with its caller."""
        found = ((caller, caller.leg) for caller in self if caller.leg is not None)
        return next(((caller, leg) for caller, leg in found if leg.name == name), None)

    def ahead_of(self, leg: Leg) -> int:
        """How many callers wait before this one in its queue: with a higher priority, or with the same for longer."""
        place = -leg.priority, leg.joined
        waiting = (one.leg for one in self if one.leg is not None and one.leg.queue == leg.queue and one.leg.waits)
        return sum((-one.priority, one.joined) < place for one in waiting)

    # Arrival and waiting

    def on_new_channel(self, channel: Channel, at: int) -> None:
        """A channel came to be; a call from outside if it begins in a trunk's context."""
        if channel.originated and channel.context in self._trunks:
            self.caller(channel.unique, channel.name, channel.number, at, trunk=channel.interface)

    def caller(self, unique: str, channel: str, number: str, at: int, trunk: str = "") -> Caller:
        """The caller of that name, known from now on."""
        found = self._callers.get(unique)
        if found is None:
            found = self._callers[unique] = Caller(unique, channel, caller_number(number))
            known = self._channels.get(channel)
            if known is not None and known.created < self.began:
                # It may have had legs before that nobody remembers: its next ones must not take their names.
                found.before = at // 1000
            self._tell(CallArrived(at=at, call=unique, number=found.number, trunk=trunk))
        return found

    def standing(self, unique: str, number: str) -> Caller:
        """A caller whom the floor knows from an earlier run."""
        return self._callers.setdefault(unique, Caller(unique, "", number))

    def on_join(self, message: Message, at: int) -> None:
        """A call begins to wait in a queue."""
        get = message.get
        caller = self.caller(message["Uniqueid"], message["Channel"], get("CallerIDNum", ""), at)
        queue = self._names.queue(message["Queue"], at)
        leg = caller.leg
        if leg is not None:
            waits = leg.waits and leg.queue == queue and leg.left < 0 and leg.abandoned < 0
            if waits or (self.late and at <= leg.shown_at):
                return  # known by a snapshot already
            self._close(caller, leg, at)
        self.join(caller, queue, at)

    def join(self, caller: Caller, queue: str, at: int, name: str = "") -> Leg:
        """A leg begins. `name` is given where one goes on that the floor knows already."""
        came_from = leg_name(caller) if caller.legs else ""
        caller.legs += 1
        caller.moved_by_us, caller.handed_over = False, ""
        leg = caller.leg = Leg(name or leg_name(caller), caller.unique, queue, at)
        if not name:
            self._tell(
                LegJoined(
                    at=at, leg=leg.name, call=caller.unique, queue=queue, number=caller.number, came_from=came_from
                )
            )
        return leg

    def _close(self, caller: Caller, leg: Leg, at: int) -> None:
        """The caller is somewhere else, so this leg is over; that it was passed on may be told behind the next join."""
        if leg.waits:
            self._flow(caller, leg, leg.left if leg.left >= 0 else at, "queue")
        elif leg.ending < 0:
            self.talks.doubt(caller, leg, at)

    def _waiting(self, message: Message) -> tuple[Caller, Leg] | None:
        caller = self._callers.get(message.get("Uniqueid", ""))
        leg = caller.leg if caller is not None else None
        if caller is None or leg is None or not leg.waits:
            return None
        queue = message.get("Queue")
        return (caller, leg) if queue is None or self._names.queue(queue, leg.joined) == leg.queue else None

    def on_leave(self, message: Message, at: int) -> None:
        """A call is not in its queue any more; why is what the next events say."""
        found = self._waiting(message)
        if found is None:
            return
        caller, leg = found
        leg.left = at
        if leg.abandoned < 0:
            self._agenda.at(at + LEAVE_MS, partial(self._left, caller, leg))

    def doubt_wait(self, caller: Caller, leg: Leg, at: int) -> None:
        """A wait is over by a snapshot, and what came of it may be on its way."""
        leg.left = at
        self._agenda.at(at + LEAVE_MS, partial(self._left, caller, leg))

    def _left(self, caller: Caller, leg: Leg, due: int) -> None:
        if caller.leg is not leg or not leg.waits or leg.abandoned >= 0:
            return
        if due < leg.left + CONNECTING_MS and any(self._picked_up(one) for one in leg.attempts.values()):
            self._agenda.at(due + LEAVE_MS, partial(self._left, caller, leg))
            return
        self._flow(caller, leg, leg.left, "queue" if caller.moved_by_us else "ivr")

    def _picked_up(self, attempt: Attempt) -> bool:
        channel = self._channels.get(attempt.channel)
        return channel is not None and channel.state == UP

    def on_abandon(self, message: Message, at: int) -> None:
        """The caller hung up, or was taken out of the queue by somebody."""
        found = self._waiting(message)
        if found is None:
            return
        caller, leg = found
        leg.abandoned = at
        if caller.moved_by_us:
            self._flow(caller, leg, at, "queue")
        elif (channel := self._channels.get(caller.channel)) is None or channel.hung_up:
            self._abandon(caller, leg)
        else:
            self._agenda.at(at + ABANDON_MS, partial(self._still_there, caller, leg))

    def _still_there(self, caller: Caller, leg: Leg, due: int) -> None:
        if caller.leg is leg and leg.waits:
            channel = self._channels.get(caller.channel)
            # Of one whose way the dialplan tells it would have told the end, too: somebody has sent them elsewhere.
            self._flow(caller, leg, leg.abandoned, "ivr" if channel is not None and channel.routed else "timeout")

    def _abandon(self, caller: Caller, leg: Leg) -> None:
        self._ringing.still(leg, leg.abandoned)
        self._tell(LegAbandoned(at=leg.abandoned, leg=leg.name))
        self._over(caller, leg, leg.abandoned)

    def _flow(self, caller: Caller, leg: Leg, at: int, kind: FlowKind) -> None:
        self._ringing.still(leg, at)
        self._tell(LegFlowedOut(at=at, leg=leg.name, kind=kind))
        self._over(caller, leg, at)

    def _over(self, caller: Caller, leg: Leg, at: int) -> None:
        if caller.leg is leg:
            caller.leg = None
        if caller.leg is None and self._channels.get(caller.channel) is None:
            self._end(caller, at)

    def _end(self, caller: Caller, at: int) -> None:
        if self._callers.pop(caller.unique, None) is not None:
            self._tell(CallEnded(at=at, call=caller.unique))

    def on_floor_end(self, message: Message, at: int) -> None:
        """The dialplan says how a stay in a queue ended, or that there was none."""
        status = message.get("Queuestatus", "")
        # The queue that it names is the one that was called, also where the call waited in another one.
        caller = self._callers.get(message.get("Uniqueid", ""))
        leg = caller.leg if caller is not None else None
        if caller is not None and leg is not None and leg.waits and leg.left >= 0 and status in _FLOWS:
            self._flow(caller, leg, leg.left, _FLOWS[status])
        elif status in _BLOCKS:
            caller = self.caller(message["Uniqueid"], message["Channel"], message.get("CallerIDNum", ""), at)
            if leg is not None:
                self._close(caller, leg, at)
            self._block(caller, message, status, at)

    def _block(self, caller: Caller, message: Message, status: str, at: int) -> None:
        caller.legs += 1
        mode, _, other = message.get("Mode", "").partition(":")
        queue = self._names.queue(other if mode == "overflow" else message["Queue"], at)
        self._tell(
            LegBlocked(
                at=at, leg=leg_name(caller), call=caller.unique, queue=queue, number=caller.number,
                reason="full" if _BLOCKS[status] == "full" else "closed",
            )
        )  # fmt: skip

    def on_place_taken(self, waits: tuple[str, ...], by: str, channel: str, at: int) -> None:
        """Whom an agent passed on while the agent's own call waited waits in its place; no event of the queue says so.

        `waits` are the calls one of which had the place, `by` is the call that has it now.
        """
        left = next((one for one in map(self._callers.get, waits) if one is not None and one.unique != by), None)
        leg = left.leg if left is not None else None
        known = self._channels.get(channel)
        if left is None or leg is None or not leg.waits or known is None:
            return
        caller = self._callers.get(by)
        if caller is None:  # one whom the agent had called, or of whom nothing was known: the leg's call has arrived
            caller = self._callers[by] = Caller(by, channel, caller_number(known.number))
        if caller.leg is not None:
            self._close(caller, caller.leg, at)
        left.leg, caller.leg, leg.call = None, leg, by
        caller.handed_over = ""

    def prioritised(self, leg: Leg, priority: int, at: int) -> None:
        """A waiting leg's priority is known."""
        if leg.priority != priority:
            leg.priority = priority
            self._tell(LegPrioritised(at=at, leg=leg.name, priority=priority))

    def on_rename(self, old: str, fresh: str) -> None:
        """A channel goes on under another name: a call was picked up, or taken from somebody."""
        legs = {one.name: one for person in self._people for one in person.talks}
        for caller in self:
            if caller.channel == old:
                caller.channel = fresh
            if caller.leg is not None:
                legs[caller.leg.name] = caller.leg
        for leg in legs.values():
            if leg.agent_channel == old:
                leg.agent_channel = fresh
            for attempt in leg.attempts.values():
                if attempt.channel == old:
                    attempt.channel = fresh

    # Attempts

    def on_called(self, message: Message, at: int) -> None:
        """A member's phone is called for a waiting leg."""
        found = self._waiting(message)
        if found is not None:
            interface = message["Interface"]
            person = self._people.of_member(interface, message.get("MemberName", ""), at)
            self._ringing.call(found[1], person, interface, message.get("DestChannel", ""), at)

    def on_no_answer(self, message: Message, at: int) -> None:
        """A phone was not answered, was busy or could not be reached."""
        found = self._waiting(message)
        if found is not None:
            rang = whole(message.get("RingTime", ""))
            result: AttemptResult = "rejected" if rang < REJECTED_MS else "no_answer"
            leg, interface = found[1], message["Interface"]
            if interface not in leg.attempts and leg.stopped.get(interface, -1) < at - rang:
                # It began while nobody could hear of it.
                person = self._people.of_member(interface, message.get("MemberName", ""), at)
                self._ringing.start(leg, person, interface, message.get("DestChannel", ""), max(leg.joined, at - rang))
            self._ringing.stop(leg, interface, at, result)

    # Conversation

    def on_connect(self, message: Message, at: int) -> None:
        """Caller and agent are joined."""
        get = message.get
        caller = self.caller(message["Uniqueid"], message["Channel"], get("CallerIDNum", ""), at)
        interface = message["Interface"]
        person = self._people.of_member(interface, get("MemberName", ""), at)
        queue, leg = self._names.queue(message["Queue"], at), caller.leg
        if leg is not None and leg.talks and (leg.agent == person.agent or (self.late and at <= leg.shown_at)):
            return  # known by a snapshot already
        if leg is None or not leg.waits or leg.queue != queue:
            if leg is not None:
                self._close(caller, leg, at)
            leg = self.join(caller, queue, at - whole(get("HoldTime", ""), DAY_S) * 1000)
        if interface not in leg.attempts:
            begun = max(leg.joined, at - whole(get("RingTime", ""), DAY_S) * 1000)
            self._ringing.start(leg, person, interface, get("DestChannel", ""), begun)
        other = self._picked_up_by(interface, get("DestChannel", ""))
        if other is not None and other is not person:
            self._ringing.stop(leg, interface, at, "caller_gone")
            person = other
        self.talks.answer(leg, person, interface, get("DestChannel", ""), at)

    def _picked_up_by(self, interface: str, channel: str) -> Person | None:
        """Who has taken a call that rang at another's phone: the queue goes on naming the member whom it had called."""
        taken = interface_of_channel(channel)
        return self._people.of_interface(taken) if channel and taken != plain_interface(interface) else None

    def prove_attempts(self, at: int) -> None:
        """Phones that rang for a waiting leg and are gone have stopped; why, nobody told."""
        for caller in self:
            leg = caller.leg
            for interface, attempt in list(leg.attempts.items()) if leg is not None else ():
                if leg is not None and self._channels.get(attempt.channel) is None:
                    self._ringing.stop(leg, interface, at, "caller_gone")

    # Ends

    def lose(self, caller: Caller, leg: Leg, at: int) -> None:
        """A wait of which no end was told is over, and the caller is gone."""
        leg.abandoned = at
        self._abandon(caller, leg)

    def flow(self, caller: Caller, leg: Leg, at: int, kind: FlowKind) -> None:
        """A wait of which no end was told is over; the caller is still there."""
        self._flow(caller, leg, at, kind)

    def gone(self, caller: Caller, at: int) -> None:
        """A caller whose hang-up was never told is gone."""
        self._end(caller, at)

    def on_hangup(self, channel: Channel, at: int) -> None:
        """A channel is gone (and out of its bridge already)."""
        self.talks.on_apart(channel, at)
        self._ringing.over(channel, at)
        caller = self._callers.get(channel.unique)
        if caller is None:
            return
        leg = caller.leg
        if leg is None:
            self._end(caller, at)
        elif leg.waits and leg.abandoned >= 0 and self._ended_here(channel):
            self._flow(caller, leg, leg.abandoned, "timeout")
        elif leg.waits and leg.abandoned >= 0:
            self._abandon(caller, leg)
        elif leg.waits and leg.left >= 0:
            self._flow(caller, leg, leg.left, "ivr")
        elif leg.waits:
            self._agenda.at(at + LEAVE_MS, lambda due: self._vanished(caller, leg, at))

    def has_left(self, channel: Channel) -> bool:
        """Whether a caller's queue has told already that they wait no more."""
        caller = self._callers.get(channel.unique)
        return caller is not None and caller.leg is not None and caller.leg.abandoned >= 0

    def _ended_here(self, channel: Channel) -> bool:
        """Whether it was the dialplan that ended a channel, not its far end."""
        tells = channel.name.partition("/")[0] in _TELLING
        return tells and self.hears_requests and not channel.hung_up

    def _vanished(self, caller: Caller, leg: Leg, at: int) -> None:
        if caller.leg is leg and leg.waits:
            self.lose(caller, leg, leg.abandoned if leg.abandoned >= 0 else at)


def leg_name(caller: Caller) -> str:
    """The name of the newest leg: the call's own for the first."""
    count = caller.legs + caller.before
    return caller.unique if count <= 1 else f"{caller.unique}#{count}"
