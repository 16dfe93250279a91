"""The people of the floor: signing in at a free seat, breaks when they are due and off the line, going home."""

from __future__ import annotations

import logging
from collections.abc import Callable
from random import Random

from msgspec import Struct

from config.schema import Agent, Site
from feeds.facts import SeatChanged, SeatState
from feeds.sources.simulator.agenda import FIRST, LAST, Agenda, Subject
from feeds.sources.simulator.roster import Duty, Pause

_log = logging.getLogger("watchfloor.simulator")

SEAT_SEARCH_MS = 60_000


class Held(Struct, frozen=True):
    """A supervisor's pause: it lasts until a supervisor ends it, or the agent goes home."""

    state: SeatState
    reason: str
    by: str


class Person(Subject):
    """An agent on the floor; `levels[queue]` is the skill level, 0 for none, `kind` the number of the seat type."""

    __slots__ = (
        "away", "due", "held", "id", "idle_since", "kind", "leg", "levels", "own_skills", "seat", "seat_type",
        "sent_off_by", "skills", "state", "until",
    )  # fmt: skip

    def __init__(self, agent: Agent, queues: dict[str, int], kinds: dict[str, int]) -> None:
        super().__init__()
        self.id = agent.id
        self.seat_type = agent.seat_type
        self.kind = kinds[agent.seat_type]
        self.own_skills = [(queues[skill.queue], skill.level) for skill in agent.skills if skill.queue in queues]
        self.levels = [0] * len(queues)
        self.serve(dict(self.own_skills))
        self.state: SeatState = "offline"
        self.seat = ""
        self.until = 0
        self.idle_since = 0
        self.due: list[Pause] = []
        self.away = False
        """On a break or another pause: nothing keeps this person busy."""
        self.held: Held | None = None
        self.sent_off_by = ""
        """Who ordered this person to log out, while that has not happened yet."""

    def serve(self, levels: dict[int, int]) -> None:
        """Have skills of these levels by queue, and no others."""
        self.skills = sorted(levels.items(), key=lambda pair: pair[1])
        for queue in range(len(self.levels)):
            self.levels[queue] = levels.get(queue, 0)


class Seats:
    """The free seats of a site by area; a site without seats has its agents' numbers instead."""

    def __init__(self, site: Site) -> None:
        self._areas = {seat.id: seat.area for seat in site.seats}
        self._free: dict[str, list[str]] = {}
        for seat in site.seats:
            self._free.setdefault(seat.area, []).append(seat.id)

    def take(self, person: Person, random: Random) -> str | None:
        """A seat in the person's own area if there is one, else anywhere; None when the house is full."""
        if not self._areas:
            return person.id
        free = self._free.get(person.seat_type) or max(self._free.values(), key=len)
        return free.pop(int(random.random() * len(free))) if free else None

    def give_back(self, seat: str) -> None:
        if seat in self._areas:
            self._free[self._areas[seat]].append(seat)


class People:
    """Signs people in and out and sends them on breaks; `employ` gives a free person work or keeps them ready."""

    def __init__(self, site: Site, agenda: Agenda, seats: Random) -> None:
        queues = {queue.id: number for number, queue in enumerate(site.queues)}
        kinds: dict[str, int] = {}
        for agent in site.agents:
            kinds.setdefault(agent.seat_type, len(kinds))
        self.kinds = kinds
        self._agenda = agenda
        self._random = seats
        self._seats = Seats(site)
        self._full = False
        self._people = {agent.id: Person(agent, queues, kinds) for agent in site.agents}
        self.employ: Callable[[Person], None]
        self.withdraw: Callable[[Person], None]

    @property
    def skills(self) -> list[list[int]]:
        """Every person's skill levels by queue."""
        return [person.levels for person in self._people.values()]

    def expect(self, duty: Duty) -> None:
        """Put a duty on the agenda; one that runs already begins at once, one that is over never does."""
        now = self._agenda.now
        if duty.end > now:
            self._agenda.add(max(duty.begin, now), self._sign_in, duty, FIRST)

    def at_seat(self, seat: str) -> Person | None:
        """Who sits at a seat now."""
        return next((person for person in self._people.values() if person.seat == seat), None)

    def turn(self, person: Person, state: SeatState, leg: str = "", reason: str = "", by: str = "") -> None:
        """Change a person's state and tell it."""
        person.stamp += 1
        person.state = state
        person.away = False
        self._agenda.facts.append(
            SeatChanged(
                at=self._agenda.now, seat=person.seat, state=state, agent=person.id, reason=reason, leg=leg, by=by
            )
        )

    def free(self, person: Person) -> None:
        """A person has finished something: home, to a pause that was ordered or is due, or back to work."""
        now = self._agenda.now
        if person.until <= now:
            self._sign_out(person)
        elif person.held is not None:
            self._keep_away(person, person.held)
        elif person.due:
            self._pause(person, person.due.pop(0))
        else:
            self.employ(person)

    def free_after(self, person: Person, milliseconds: int) -> None:
        """Let a person go on when the present state has lasted its time."""
        self._agenda.add_while(self._agenda.now + milliseconds, self.free, person)

    # What a supervisor orders; each returns whether it has happened, or waits until the person has finished something

    def hold_back(self, person: Person, held: Held) -> bool:
        """Give a person no work from now on, whatever the roster says."""
        person.held = held
        if person.state == "ready":
            self.withdraw(person)
        elif not person.away:
            return False
        self._keep_away(person, held)
        return True

    def let_work(self, person: Person) -> bool:
        """End a pause, the roster's too. A break that came due meanwhile is taken when the next work is finished."""
        person.held = None
        if not person.away:
            return person.state == "ready"
        self.employ(person)
        return True

    def send_off(self, person: Person, by: str) -> bool:
        """Log a person out until the next duty."""
        person.until, person.sent_off_by = self._agenda.now, by
        self._end_of_duty(person)
        return not person.seat

    def _keep_away(self, person: Person, held: Held) -> None:
        self.turn(person, held.state, reason=held.reason, by=held.by)
        person.away = True

    # The roster

    def _sign_in(self, duty: Duty) -> None:
        agenda, person = self._agenda, self._people[duty.agent]
        if duty.end <= agenda.now:
            return
        if person.state == "offline":
            seat = self._seats.take(person, self._random)
            self._say_whether_full(seat is None)
            if seat is None:
                agenda.add(agenda.now + SEAT_SEARCH_MS, self._sign_in, duty, FIRST)
                return
            person.seat = seat
            person.serve(dict(person.own_skills))
        person.until = duty.end
        person.due = []
        agenda.add(duty.end, self._end_of_duty, person, LAST)
        for pause in duty.pauses:
            if pause.at >= agenda.now:
                agenda.add(pause.at, self._pause_due, (person, pause))
        if person.state == "offline":
            self.employ(person)

    def _say_whether_full(self, full: bool) -> None:
        if full and not self._full:
            _log.warning("no seat is free for an agent who comes on duty: whoever has none yet waits for one")
        elif self._full and not full:
            _log.info("there are free seats again")
        self._full = full

    def _pause_due(self, whose: tuple[Person, Pause]) -> None:
        person, pause = whose
        if person.state == "ready":
            self.withdraw(person)
            self._pause(person, pause)
        elif person.state != "offline":
            person.due.append(pause)

    def _pause(self, person: Person, pause: Pause) -> None:
        self.turn(person, pause.state, reason=pause.reason)
        person.away = True
        self.free_after(person, pause.length)

    def _end_of_duty(self, person: Person) -> None:
        if person.until > self._agenda.now or person.state == "offline":
            return
        if person.state == "ready":
            self.withdraw(person)
            self._sign_out(person)
        elif person.away:
            self._sign_out(person)

    def _sign_out(self, person: Person) -> None:
        person.stamp += 1
        person.state = "offline"
        by, person.sent_off_by = person.sent_off_by, ""
        person.away, person.held = False, None
        self._agenda.facts.append(SeatChanged(at=self._agenda.now, seat=person.seat, state="offline", by=by))
        self._seats.give_back(person.seat)
        person.seat = ""
