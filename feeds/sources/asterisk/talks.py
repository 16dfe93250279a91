"""Conversations: who talks with whom, on hold or not, passed on or ended, and by whom.

AgentComplete, BridgeLeave and Hangup come in any order: the first of them tells when a conversation ended, the
AgentComplete who ended it. That it was passed on may be told before or behind all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from feeds.facts import AnyFact, EndedBy, HoldEnded, HoldStarted, LegAnswered, LegTransferred, TalkEnded
from feeds.sources.asterisk.agenda import Agenda
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.channels import Channel, Channels
from feeds.sources.asterisk.legs import ENDED_BY, Caller, Leg
from feeds.sources.asterisk.names import Names, interface_of_channel
from feeds.sources.asterisk.people import People
from feeds.sources.asterisk.persons import Person
from feeds.sources.asterisk.ringing import Ringing

REASON_MS: Final = 300
"""How long the end of a talk waits for the word by whom it was ended."""


class Talks:
    """Conversations of callers (by their channel's `Uniqueid`); `over` is told when a leg is."""

    def __init__(
        self, names: Names, channels: Channels, people: People, agenda: Agenda, ringing: Ringing,
        callers: dict[str, Caller], tell: Callable[[AnyFact], None], over: Callable[[Caller, Leg, int], None],
    ) -> None:  # fmt: skip
        self._names, self._channels, self._people, self._agenda = names, channels, people, agenda
        self._ringing, self._callers, self._tell, self._over = ringing, callers, tell, over

    def answer(self, leg: Leg, person: Person, interface: str, channel: str, at: int) -> None:
        """A leg is answered by somebody; phones that rang for it beside are still until they hang up."""
        self._ringing.stop(leg, interface, at, "answered")
        leg.answered, leg.agent, leg.interface, leg.agent_channel = at, person.agent, interface, channel
        leg.last_call = self._people.last_call(person, leg.queue, interface)
        self._tell(LegAnswered(at=at, leg=leg.name, agent=person.agent))
        self._people.talk(person, leg, at)

    def on_complete(self, message: Message, at: int) -> None:
        """The queue has done with a call; some of these lack all that names the channels."""
        get = message.get
        interface, call = message["Interface"], get("Uniqueid", "")
        caller = self._callers.get(call)
        leg = caller.leg if caller is not None else None
        if leg is None or not leg.talks or leg.interface != interface:
            queue = self._names.queue(message["Queue"], at)
            person = self._people.of_member(interface, get("MemberName", ""), at)
            legs = [one for one in person.talks if one.queue == queue and one.interface == interface]
            legs = [one for one in legs if call in ("", one.call)]  # else of one who was passed on long ago
            # A talk that seems to have ended is meant before one that goes on.
            leg = min(legs, key=lambda one: (one.ending < 0, one.answered), default=None)
            caller = self._callers.get(leg.call) if leg is not None else None
        if caller is None or leg is None:
            return
        by = ENDED_BY.get(get("Reason", ""), "unknown")
        person_now = self._people.get(leg.agent)
        mine = person_now is not None and leg.agent == self._names.agent(interface, get("MemberName", ""), at)
        wrap = self._people.wrap_ms(person_now, leg.queue, interface) if person_now is not None and mine else 0
        leg.completed = by, wrap
        if by == "transfer" and not leg.transferred:
            if leg.ending < 0:
                self.doubt(caller, leg, at)  # how it was passed on is told by another event
            return
        self.finish(caller, leg, leg.ending if leg.ending >= 0 else at)

    def finish(self, caller: Caller, leg: Leg, at: int) -> None:
        """A conversation is over, by what is known of its end."""
        # Wrap-up is counted by Asterisk in whole seconds of its own clock.
        person = self._people.get(leg.agent)
        by, wrap_ms = leg.completed or (self._passed_on(leg), self._wrap_untold(person, leg))
        if by == "transfer" and not leg.transferred:
            leg.transferred = True
            self._tell(LegTransferred(at=at, leg=leg.name, kind="blind"))
        until = at - at % 1000 + wrap_ms if wrap_ms else 0
        self._ringing.still(leg, at)
        leg.over, leg.held, leg.works = True, False, until > at
        self._tell(TalkEnded(at=at, leg=leg.name, by=by, work_follows=leg.works))
        if person is not None:
            self._people.end_talk(person, leg, at, until if leg.works else 0)
        self._over(caller, leg, at)

    def _wrap_untold(self, person: Person | None, leg: Leg) -> int:
        """The wrap-up of an agent whose caller goes on with somebody else: AgentComplete comes when that is over."""
        if person is None or not 0 <= leg.last_call < self._people.last_call(person, leg.queue, leg.interface):
            return 0
        return self._people.wrap_ms(person, leg.queue, leg.interface)

    def _passed_on(self, leg: Leg) -> EndedBy:
        return "transfer" if leg.transferred else "unknown"

    def on_apart(self, channel: Channel, at: int) -> None:
        """A channel has left a bridge or is gone: if a conversation was there, it may be over."""
        for caller, leg in self._talks_of(channel):
            if leg.ending < 0:
                self.doubt(caller, leg, at)

    def doubt(self, caller: Caller, leg: Leg, at: int) -> None:
        """A conversation seems to be over; AgentComplete will say so, or nothing will contradict."""
        leg.ending = at
        self._agenda.at(at + REASON_MS, partial(self._really_apart, caller, leg))

    def _talks_of(self, channel: Channel) -> list[tuple[Caller, Leg]]:
        caller = self._callers.get(channel.unique)
        found = [(caller, caller.leg)] if caller is not None and caller.leg is not None and caller.leg.talks else []
        person = self._people.of_channel(channel)
        for leg in person.talks if person is not None else ():
            other = self._callers.get(leg.call)
            if other is not None and leg.agent_channel == channel.name:
                found.append((other, leg))
        return found

    def _really_apart(self, caller: Caller, leg: Leg, due: int) -> None:
        if leg.over or leg.ending < 0:
            return
        stays = caller.leg is leg and leg.completed is None and not leg.transferred
        mine = self._channels.get(caller.channel) if stays else None
        for other in self._channels.joined_with(mine) if mine is not None else ():
            person = self._people.of_channel(other)
            if person is not None and person.agent == leg.agent:
                leg.ending, leg.agent_channel = -1, other.name  # the phone took the place of its Local channel
                return
        self.finish(caller, leg, leg.ending)

    def _talk_on(self, name: str) -> tuple[Person, Leg] | None:
        """Who talks with a customer on a channel, and the leg: a phone may have other calls besides."""
        person = self._people.of_interface(interface_of_channel(name))
        if person is None:
            return None
        for leg in person.talks:
            if name in (leg.agent_channel, self._channels.behind(leg.agent_channel)):
                return person, leg
        channel = self._channels.get(name)
        if channel is not None and channel.originated:
            return None
        for leg in person.talks:  # behind a Local channel of which not all is known
            if interface_of_channel(leg.agent_channel) != interface_of_channel(name):
                return person, leg
        return None

    def on_hold(self, channel: Channel, held: bool, at: int) -> None:
        """An agent puts the customer on hold or takes them back."""
        found = self._talk_on(channel.name)
        if found is None or found[1].held == held:
            return
        person, leg = found
        leg.held = held
        self._tell(HoldStarted(at=at, leg=leg.name) if held else HoldEnded(at=at, leg=leg.name))
        self._people.refresh(person, at)

    def on_transfer(self, names: tuple[str, ...], kind: str, at: int) -> None:
        """One of these channels, an agent's, has passed its caller on."""
        for name in names:
            found = self._talk_on(name)
            if found is not None and not found[1].transferred:
                self._pass_on(found[1], kind, at)
                return

    def _pass_on(self, leg: Leg, kind: str, at: int) -> None:
        leg.transferred = True
        self._tell(LegTransferred(at=at, leg=leg.name, kind="attended" if kind == "attended" else "blind"))
        caller = self._callers.get(leg.call)
        if caller is None:
            return
        # A Local channel that is not optimised away goes on between the caller and whoever has them now.
        runs_on = kind == "attended" or leg.agent_channel.startswith("Local/")
        caller.handed_over = leg.queue if runs_on else ""
        if leg.completed is not None:
            self.finish(caller, leg, leg.ending)
        elif leg.ending < 0:
            self.doubt(caller, leg, at)
