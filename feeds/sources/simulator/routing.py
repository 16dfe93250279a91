"""Which agent takes which call: levels of skill, longest idle first, urgent queues first, oldest call first."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable

from config.schema import Site
from config.simulation import Routing
from feeds.sources.simulator.agenda import Agenda
from feeds.sources.simulator.demand import Leg
from feeds.sources.simulator.people import Person


class Router:
    """The waiting calls and the ready agents; `ring` is called with every pair it makes."""

    def __init__(self, site: Site, routing: Routing, agenda: Agenda, kinds: int) -> None:
        self._agenda = agenda
        self._keep = routing.keep_ready
        after = routing.level_after_s or (0.0,)
        levels = max((skill.level for agent in site.agents for skill in agent.skills), default=1)
        shares = [1000 * (routing.urgent_share if queue.priority > 0 else 1.0) for queue in site.queues]
        self._lend_all = [round(share * routing.lend_all_after_s) for share in shares]
        self._after = [
            [0] + [round(share * after[min(level, len(after)) - 1]) for level in range(1, levels + 1)]
            for share in shares
        ]
        """Milliseconds of waiting by queue and skill level."""
        self._priorities = [queue.priority for queue in site.queues]
        self._thresholds: list[list[int]] = [[] for _ in site.queues]
        self._ready: dict[Person, None] = {}
        self.waiting: list[list[Leg]] = [[] for _ in site.queues]
        self.ready_of = [0] * kinds
        """Ready agents by seat type."""
        self.ring: Callable[[Leg, Person], None]

    def know(self, skills: Iterable[list[int]]) -> None:
        """Learn from everybody's skill levels after which waits more people can be asked for a queue's calls."""
        for levels in skills:
            for queue, level in enumerate(levels):
                if level:
                    self._thresholds[queue].append(self._after[queue][level])
                if level > 1 and self._keep:
                    self._thresholds[queue].append(self._lend_all[queue])
        self._thresholds = [sorted(set(waits) - {0}) for waits in self._thresholds]

    def offer(self, leg: Leg) -> None:
        """Ring the best agent for a call, or let it wait in its place."""
        person = self._best(leg)
        if person is not None:
            self.withdraw(person)
            self.ring(leg, person)
            return
        insort(self.waiting[leg.queue], leg, key=_turn)
        self._expect_more(leg)

    def _expect_more(self, leg: Leg) -> None:
        now = self._agenda.now
        for wait in self._thresholds[leg.queue]:
            if leg.at + wait > now:
                self._agenda.add_while(leg.at + wait, self._widen, leg)

    def could(self, leg: Leg) -> bool:
        """Whether somebody is ready who may take a call now."""
        return self._best(leg) is not None

    def leave(self, leg: Leg) -> None:
        """Take a waiting call out of its queue."""
        self.waiting[leg.queue].remove(leg)

    def prioritise(self, leg: Leg, priority: int) -> None:
        """Have a call be taken before those of a lower priority in its queue, by anybody who serves it."""
        waits = leg in self.waiting[leg.queue]
        if waits:
            self.leave(leg)
        leg.priority = priority
        if waits:
            insort(self.waiting[leg.queue], leg, key=_turn)
            self._widen(leg)

    def relearn(self, person: Person) -> None:
        """A person serves other queues: they may have a call for which nobody was left to ask."""
        self.know([person.levels])
        for queue, _ in person.skills:
            for leg in self.waiting[queue]:
                self._expect_more(leg)
        if person in self._ready:
            self.withdraw(person)
            found = self.next_for(person)
            if found is not None:
                self.ring(found, person)
            else:
                self.stand_by(person)

    def next_for(self, person: Person) -> Leg | None:
        """Take the call that a free person should answer out of its queue; None if there is none."""
        best: Leg | None = None
        urgency = (0, 0)
        for queue, level in person.skills:
            if self.waiting[queue]:
                leg = self.waiting[queue][0]
                key = (-self._priorities[queue], leg.at)
                # The person asked is not among the ready yet: those who are stay ready.
                if (best is None or key < urgency) and self._may_ask(leg, level, self.ready_of[person.kind]):
                    best, urgency = leg, key
        if best is not None:
            del self.waiting[best.queue][0]
        return best

    def stand_by(self, person: Person) -> None:
        """Count a person among the ready."""
        self._ready[person] = None
        self.ready_of[person.kind] += 1

    def withdraw(self, person: Person) -> None:
        """Count a person no longer among the ready."""
        del self._ready[person]
        self.ready_of[person.kind] -= 1

    def longest_ready(self, kinds: Iterable[int], others: int = 0) -> Person | None:
        """The longest idle person of some seat types, if `others` more of the same type are ready."""
        found: Person | None = None
        wanted = {kind for kind in kinds if self.ready_of[kind] > others}
        for person in self._ready:
            if person.kind in wanted and (found is None or person.idle_since < found.idle_since):
                found = person
        return found

    def _widen(self, leg: Leg) -> None:
        person = self._best(leg)
        if person is not None:
            self.leave(leg)
            self.withdraw(person)
            self.ring(leg, person)

    def _best(self, leg: Leg) -> Person | None:
        queue, best, rank = leg.queue, None, (0, 0)
        for person in self._ready:
            level = person.levels[queue]
            if level:
                key = (level, person.idle_since)
                if (best is None or key < rank) and self._may_ask(leg, level, self.ready_of[person.kind] - 1):
                    best, rank = person, key
        return best

    def _may_ask(self, leg: Leg, level: int, others: int) -> bool:
        waited = self._agenda.now - leg.at
        if leg.priority:
            return True
        if waited < self._after[leg.queue][level]:
            return False
        return level == 1 or others >= self._keep or waited >= self._lend_all[leg.queue]


def _turn(leg: Leg) -> tuple[int, int]:
    return -leg.priority, leg.at
