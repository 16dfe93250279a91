"""Calls that agents dial out for: telling a surveyor after a claim was registered, and return visits."""

from __future__ import annotations

from collections import deque
from random import Random

from config.simulation import Simulation
from feeds.sources.simulator.agenda import Agenda
from feeds.sources.simulator.days import Day, span
from feeds.sources.simulator.people import People, Person
from feeds.sources.simulator.reasons import Reasons
from feeds.sources.simulator.routing import Router
from feeds.sources.simulator.streams import Draw, drawer, stream


class Task:
    """An outbound call to be made: since when (UTC milliseconds) and how long it will take (milliseconds)."""

    __slots__ = ("at", "length")

    def __init__(self, at: int, length: int) -> None:
        self.at = at
        self.length = length


class OutboundWork:
    """The outbound calls that wait for somebody."""

    def __init__(
        self, profile: Simulation, seed: int, agenda: Agenda, people: People, router: Router, reasons: Reasons
    ) -> None:
        outbound, cv = profile.outbound, profile.handling.talk_cv
        self._profile = profile
        self._reasons = reasons
        self._seed = seed
        self._agenda = agenda
        self._people = people
        self._router = router
        everybody = frozenset(people.kinds.values())
        self._dispatchers = frozenset(people.kinds[kind] for kind in outbound.dispatch_by) or everybody
        self._visitors = frozenset(people.kinds[kind] for kind in outbound.return_visits_by) or everybody
        self._dispatch: Draw = drawer("lognormal", outbound.dispatch_seconds * 1000, cv)
        self._visit: Draw = drawer("lognormal", outbound.return_visit_seconds * 1000, cv)
        self._first_after = round(profile.routing.dispatch_first_after_s * 1000)
        self._keep = profile.routing.visits_keep_ready
        self._random: Random = stream(seed, "dispatch")
        self._dispatches: deque[Task] = deque()
        self._visits: deque[Task] = deque()

    def expect_visits(self, day: Day) -> None:
        """Put a day's return visits on the agenda."""
        outbound = self._profile.outbound
        random = stream(self._seed, day.date, "visits")
        window = span(outbound.return_visit_window)
        begin, length = day.at(window.begin), day.at(window.end) - day.at(window.begin)
        for _ in range(round(outbound.return_visits * self._profile.weekday_factors[day.date.weekday()])):
            task = Task(begin + int(random.random() * length), round(self._visit(random)))
            if task.at >= self._agenda.now:
                self._agenda.add(task.at, self._visit_due, task)

    def dispatch(self, at: int) -> None:
        """A registered claim needs a surveyor now."""
        task = Task(at, round(self._dispatch(self._random)))
        person = self._router.longest_ready(self._dispatchers)
        if person is None:
            self._dispatches.append(task)
        else:
            self._router.withdraw(person)
            self._start(person, task, True)

    def take_urgent(self, person: Person) -> bool:
        """Give a free person a dispatch call that cannot wait for inbound calls any longer."""
        if not self._dispatches or person.kind not in self._dispatchers:
            return False
        if self._agenda.now - self._dispatches[0].at < self._first_after:
            return False
        self._start(person, self._dispatches.popleft(), True)
        return True

    def take(self, person: Person) -> bool:
        """Give a person for whom no call waits something to dial out for, if there is something."""
        if self._dispatches and person.kind in self._dispatchers:
            self._start(person, self._dispatches.popleft(), True)
            return True
        if self._visits and person.kind in self._visitors and self._router.ready_of[person.kind] >= self._keep:
            self._start(person, self._visits.popleft(), False)
            return True
        return False

    def _visit_due(self, task: Task) -> None:
        person = self._router.longest_ready(self._visitors, self._keep)
        if person is None:
            self._visits.append(task)
        else:
            self._router.withdraw(person)
            self._start(person, task, False)

    def _start(self, person: Person, task: Task, is_dispatch: bool) -> None:
        self._people.turn(person, "outbound", reason=self._reasons.dispatch if is_dispatch else self._reasons.visit)
        self._people.free_after(person, task.length)
