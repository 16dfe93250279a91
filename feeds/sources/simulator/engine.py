"""The simulated floor: an endless, reproducible stream of facts from a site's profile, a seed and a beginning."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import count
from zoneinfo import ZoneInfo

from config.schema import Site
from config.simulation import Scenario
from config.simulation import Simulation as Profile
from feeds.commands import Ended
from feeds.facts import AnyFact
from feeds.sources.base import SourceError, WishError
from feeds.sources.simulator.acting import Acting, Given
from feeds.sources.simulator.agenda import FIRST, ORDERED, Agenda
from feeds.sources.simulator.calls import Calls
from feeds.sources.simulator.days import Day
from feeds.sources.simulator.demand import SLOT_MINUTES, SLOTS, Callers
from feeds.sources.simulator.outbound import OutboundWork
from feeds.sources.simulator.people import People, Person
from feeds.sources.simulator.reasons import reasons_of
from feeds.sources.simulator.roster import Roster
from feeds.sources.simulator.routing import Router
from feeds.sources.simulator.streams import stream
from feeds.sources.simulator.switches import Switches
from feeds.sources.simulator.trunks import Trunks

NORMAL = "normal"


def scenario_of(profile: Profile, name: str) -> Scenario | None:
    """The scenario of a name; None for a normal day. Raises WishError for a name that the profile does not have."""
    known = {scenario.id: scenario for scenario in profile.scenarios}
    if name in known:
        return known[name]
    if name in ("", NORMAL):
        return None
    near = difflib.get_close_matches(name, known, 1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    named = ", ".join(dict.fromkeys([NORMAL, *known]))
    raise WishError(f"the site has no scenario “{name}” (it has: {named}){hint}")


class Simulation:
    """A simulated floor: the same arguments give the same facts, in every process and at every time.

    `begins_at` is the UTC millisecond of its first moment: those on duty sign in then, callers of the day before that
    moment are left out, and from there days follow days without an end.
    """

    def __init__(self, site: Site, seed: int, begins_at: int, scenario: str = NORMAL) -> None:
        """Raises SourceError for a site without a simulation profile, or one whose profile does not fit the site."""
        if site.simulation is None:
            raise SourceError(f"the site “{site.id}” has no simulation profile: give it a simulation section")
        _check(site, site.simulation)
        self.site = site
        self.seed = seed
        self.begins_at = begins_at
        self.scenario = scenario_of(site.simulation, scenario)

    def facts(self) -> Iterator[tuple[int, AnyFact]]:
        """Every fact with its position (1, 2, 3 …), in order of time, without an end."""
        agenda = self.run().agenda
        told, step, position = agenda.facts, agenda.step, 0
        while True:
            step()
            if told:
                for fact in told:
                    position += 1
                    yield position, fact
                told.clear()

    def run(self, given: Sequence[Given] = ()) -> Run:
        """A run from the beginning, in which these commands are given at their moments."""
        return Run(self, given)


def _check(site: Site, profile: Profile) -> None:
    queues, kinds = {queue.id for queue in site.queues}, {agent.seat_type for agent in site.agents}
    outbound = profile.outbound
    for demand in profile.demands:
        for queue in (demand.queue, *demand.secondary, *([demand.overflow] if demand.overflow else [])):
            if queue not in queues:
                raise SourceError(f"the simulation's demand names the queue “{queue}”, which the site does not have")
        if len(demand.hourly_share_pct) != 24:
            raise SourceError(f"the demand of “{demand.queue}” needs 24 hourly shares")
    for kind in (*outbound.dispatch_by, *outbound.return_visits_by):
        if kind not in kinds:
            raise SourceError(f"outbound work is given to the seat type “{kind}”, which no agent of the site has")
    for factors in (profile.weekday_factors, profile.weekday_present):
        if len(factors) != 7:
            raise SourceError("the simulation's weekday factors must be seven, Monday to Sunday")


class Run:
    """One run of a simulation: the parts and what ties them together."""

    def __init__(self, simulation: Simulation, given: Sequence[Given] = ()) -> None:
        site, seed, scenario = simulation.site, simulation.seed, simulation.scenario
        profile = site.simulation
        assert profile is not None
        zone = ZoneInfo(site.zone)
        self.begins_at = simulation.begins_at
        self.agenda = Agenda(simulation.begins_at)
        self._people = People(site, self.agenda, stream(seed, "seats"))
        self._router = Router(site, profile.routing, self.agenda, len(self._people.kinds))
        self._router.know(self._people.skills)
        self._outbound = OutboundWork(profile, seed, self.agenda, self._people, self._router, reasons_of(site))
        self._callers = Callers(site, profile, seed, scenario)
        self._trunks = Trunks(site, scenario, self.agenda)
        self.switches = Switches([queue.id for queue in site.queues], self.agenda.facts.append)
        self._calls = Calls(
            site, profile, seed, self.agenda, self._people, self._router, self._outbound, self._callers, self.switches
        )
        self._acting = Acting(site, self.agenda, self._people, self._router, self._calls, self.switches)
        self._ended = Ended("unknown")
        self._position = 0
        self._roster = Roster(site, profile, seed, scenario)
        self._people.employ = self._employ
        self._people.withdraw = self._router.withdraw
        self._router.ring = self._calls.ring
        self._begin(Day.of(simulation.begins_at, zone))
        for one in given:
            self.agenda.add(one.at, self._act, one, ORDERED)

    @property
    def now(self) -> int:
        """Up to when it has run, UTC milliseconds."""
        return self.agenda.now

    @property
    def next_at(self) -> int:
        """When something is due next, UTC milliseconds."""
        return self.agenda.next_at

    def advance(self, until: int, most: int) -> list[tuple[AnyFact, int | None]]:
        """Let happen what is due up to a moment, until at least `most` facts are told; the facts with positions."""
        agenda, told = self.agenda, self.agenda.facts
        while len(told) < most and agenda.next_at <= until:
            agenda.step()
        facts: list[tuple[AnyFact, int | None]] = list(zip(told, count(self._position + 1), strict=False))
        self._position += len(told)
        told.clear()
        return facts

    def give(self, one: Given) -> Ended:
        """Have a command carried out at its moment, up to which all else has happened; its facts come by advance."""
        self.agenda.add(one.at, self._act, one, ORDERED)
        self.agenda.step()
        return self._ended

    def serves(self, seat: str) -> dict[str, int] | None:
        """The queues of whoever sits at a seat, with their penalties; None for an empty one."""
        return self._acting.serves(seat)

    def _act(self, one: Given) -> None:
        self._ended = self._acting.act(one.command, one.by)

    def _begin(self, day: Day) -> None:
        for duty in self._roster.of(day.plus(-1)):
            self._people.expect(duty)
        self._trunks.begin(day)
        self._day(day)
        past = [slot for slot in range(SLOTS) if day.at(slot * SLOT_MINUTES) <= self.agenda.now]
        self._slot((day, past[-1] if past else 0))

    def _day(self, day: Day) -> None:
        for duty in self._roster.of(day):
            self._people.expect(duty)
        self._outbound.expect_visits(day)
        self._trunks.expect(day)
        tomorrow = day.plus(1)
        self.agenda.add(tomorrow.at(0), self._day, tomorrow, FIRST)

    def _slot(self, which: tuple[Day, int]) -> None:
        day, slot = which
        for leg in self._callers.of(day, slot):
            if leg.at >= self.agenda.now:
                self.agenda.add(leg.at, self._calls.arrive, leg)
        following = (day, slot + 1) if slot + 1 < SLOTS else (day.plus(1), 0)
        self.agenda.add(following[0].at(following[1] * SLOT_MINUTES), self._slot, following, FIRST)

    def _employ(self, person: Person) -> None:
        """Give a free person the most urgent work there is, or count them among the ready."""
        if self._outbound.take_urgent(person):
            return
        leg = self._router.next_for(person)
        if leg is not None:
            self._calls.ring(leg, person)
        elif not self._outbound.take(person):
            person.idle_since = self.agenda.now
            self._people.turn(person, "ready")
            self._router.stand_by(person)
