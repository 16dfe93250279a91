"""Attempts: agents' phones that ring for a leg, and how each of them ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from feeds.facts import AnyFact, AttemptEnded, AttemptResult, AttemptStarted
from feeds.sources.asterisk.agenda import Agenda
from feeds.sources.asterisk.channels import Channel
from feeds.sources.asterisk.legs import Attempt, Leg
from feeds.sources.asterisk.people import People
from feeds.sources.asterisk.persons import Person

REASON_MS: Final = 300
"""How long a phone that has stopped ringing waits for the word why: RingNoAnswer may come behind the hang-up."""


class Ringing:
    """Begins and ends attempts."""

    def __init__(self, people: People, agenda: Agenda, tell: Callable[[AnyFact], None]) -> None:
        self._people, self._agenda, self._tell = people, agenda, tell

    def call(self, leg: Leg, person: Person, interface: str, channel: str, at: int) -> None:
        """A phone is called; the same word may come twice."""
        known = leg.attempts.get(interface)
        if known is None or not channel or known.channel != channel:
            self.start(leg, person, interface, channel, at)

    def start(self, leg: Leg, person: Person, interface: str, channel: str, at: int) -> None:
        """A phone begins to ring for a leg."""
        self.stop(leg, interface, at, "caller_gone")
        attempt = leg.attempts[interface] = Attempt(person.agent, interface, channel, at)
        self._tell(AttemptStarted(at=at, leg=leg.name, agent=person.agent))
        self._people.ring(person, leg, attempt, at)

    def stop(self, leg: Leg, interface: str, at: int, result: AttemptResult) -> None:
        """The ringing is over; who answered is looked at when the talk begins."""
        attempt = leg.attempts.pop(interface, None)
        if attempt is None:
            return
        leg.stopped[interface] = at
        self._tell(AttemptEnded(at=at, leg=leg.name, agent=attempt.agent, result=result))
        person = self._people.get(attempt.agent)
        if person is not None:
            self._people.quiet(person, attempt, at, look=result != "answered")

    def still(self, leg: Leg, at: int) -> None:
        """No phone rings for a leg that is over."""
        for interface in list(leg.attempts):
            self.stop(leg, interface, at, "caller_gone")

    def over(self, channel: Channel, at: int) -> None:
        """A phone's channel is gone."""
        person = self._people.of_channel(channel)
        for leg, attempt in list(person.attempts) if person is not None else ():
            if attempt.channel == channel.name and person is not None:
                attempt.closing = True
                self._people.refresh(person, at)
                self._agenda.at(at + REASON_MS, partial(self._silent, leg, attempt))

    def _silent(self, leg: Leg, attempt: Attempt, due: int) -> None:
        if leg.attempts.get(attempt.interface) is attempt:
            self.stop(leg, attempt.interface, due, "caller_gone")
