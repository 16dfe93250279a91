"""Which queues whoever sits at a seat serves: told where the memberships say otherwise than what the floor shows.

Nobody has to order it here: a console of Asterisk, an agent's own code or another tool changes members as well. Who
signs in to several queues does so by one event each, so a change is told when the memberships have come to rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from config.schema import Site
from feeds.facts import AnyFact, SeatServes
from feeds.skills import by_site, shows
from feeds.sources.asterisk.agenda import Agenda
from feeds.sources.asterisk.persons import Person

REST_MS: Final = 500
"""For how long memberships must stay as they are, in the PBX's time: a capture tells the same as the floor itself."""


class Sitting:
    """Who sits at a seat, and which queues the floor shows that they serve, best first."""

    __slots__ = ("agent", "skills")

    def __init__(self, agent: str, skills: list[str]) -> None:
        self.agent, self.skills = agent, skills


class Serving:
    """What the floor shows at each seat, kept as the fold keeps it, and what is to be told of it."""

    def __init__(self, site: Site, agenda: Agenda, tell: Callable[[AnyFact], None]) -> None:
        self._agenda, self._tell = agenda, tell
        self._by_site = {agent.id: by_site(agent) for agent in site.agents}
        self._sittings: dict[str, Sitting] = {}

    def stand(self, seat: str, agent: str, skills: list[str]) -> None:
        """The floor has somebody at a seat from an earlier run, and shows this of them."""
        self._sittings[seat] = Sitting(agent, skills)

    def leave(self, seat: str) -> None:
        """Nobody is told to sit there any more; with that the floor forgets what they served."""
        self._sittings.pop(seat, None)

    def sit(self, person: Person, at: int) -> None:
        """Somebody was told to be at their seat; from whoever comes the floor expects what the site's list says."""
        sitting = self._sittings.get(person.seat)
        if sitting is not None and sitting.agent == person.agent:
            return
        for seat in [seat for seat, one in self._sittings.items() if one.agent == person.agent]:
            del self._sittings[seat]
        self._sittings[person.seat] = Sitting(person.agent, self._by_site.get(person.agent, []))
        self.change(person, at)

    def change(self, person: Person, at: int) -> None:
        """Somebody joined or left a queue, has another pause or penalty there or came to a seat: tell it later."""
        waits, person.rests_at = person.rests_at, at + REST_MS
        if not waits:
            self._agenda.at(person.rests_at, partial(self._rest, person))

    def _rest(self, person: Person, due: int) -> None:
        if person.rests_at > due:
            self._agenda.at(person.rests_at, partial(self._rest, person))
        elif person.rests_at:
            self.prove(person, due)

    def prove(self, person: Person, at: int, by: str = "") -> bool:
        """Tell at once what somebody serves, if the floor shows anything else; whether something was told."""
        person.rests_at = 0
        sitting = self._sittings.get(person.seat)
        if sitting is None or sitting.agent != person.agent or person.home is None:
            return False  # of whom no membership was ever told nothing is known
        queues = person.takes
        if shows(sitting.skills, queues):
            return False
        own = self._by_site.get(person.agent, [])
        places = {queue: place for place, queue in enumerate(own)}
        skills = sorted(queues, key=lambda queue: (queues[queue], places.get(queue, len(own)), queue))
        sitting.skills = skills
        told = {queue: queues[queue] for queue in skills}
        self._tell(SeatServes(at=at, seat=person.seat, agent=person.agent, queues=told, by=by))
        return True
