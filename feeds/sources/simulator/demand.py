"""Who calls: the callers of each half hour, with everything they will turn out to need drawn in advance.

A caller's needs are drawn when he appears, from a stream of his queue and half hour. So a scenario that brings more
callers, or an agent more or less on the floor, changes what happens to a caller but not who he is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from msgspec import Struct

from config.schema import Site
from config.simulation import Demand, Scenario, Simulation
from feeds.sources.simulator.agenda import Subject
from feeds.sources.simulator.days import Day, Span, span
from feeds.sources.simulator.people import Person
from feeds.sources.simulator.streams import Draw, drawer, stream

SLOTS = 48
SLOT_MINUTES = 30
NEVER = -1
PREFIXES = ("130", "131", "132", "135", "136", "137", "138", "139", "150", "151", "152", "158", "159", "186", "188")

WAITING, RINGING, TALKING, GONE = range(4)


class Leg(Subject):
    """A call's request for a person at one queue, and what its caller needs; durations in milliseconds."""

    __slots__ = (
        "acw", "agent", "at", "attended", "by_agent", "call", "came_from", "dispatches", "hold", "hold_share", "id",
        "number", "patience", "person", "priority", "queue", "stage", "talk", "transfer", "trunk",
    )  # fmt: skip

    def __init__(self, queue: int, at: int) -> None:
        super().__init__()
        self.queue = queue
        self.at = at
        """The moment of joining, UTC milliseconds."""
        self.stage = WAITING
        self.id = self.call = self.number = self.came_from = self.agent = ""
        self.patience = NEVER
        self.priority = 0
        self.talk = self.hold = self.acw = 0
        self.hold_share = self.transfer = 0.0
        """When in the talk the hold begins, when the call is passed on (0: never); shares of the talk."""
        self.attended = self.by_agent = self.dispatches = self.trunk = False
        self.person: Person | None = None


class Line(Struct):
    """One queue's demand made ready for drawing."""

    demand: Demand
    talk: Draw
    acw: Draw
    hold: Draw
    patience: Draw
    dispatches: float
    first: float
    """First requests on a plain weekday: what is offered less what comes by transfer."""
    onward: bool
    """Whether one of the queues that its callers are passed on to has callers of its own, and so is known."""


class Callers:
    """Draws the callers of a site, half hour by half hour."""

    def __init__(self, site: Site, profile: Simulation, seed: int, scenario: Scenario | None) -> None:
        self._profile = profile
        self._seed = seed
        self._scenario = scenario
        self._measures = [(span(measure.window), measure) for measure in scenario.measures] if scenario else []
        demands = {demand.queue: demand for demand in profile.demands}
        self._lines = [
            (number, self._line(demands[queue.id])) for number, queue in enumerate(site.queues) if queue.id in demands
        ]

    def _line(self, demand: Demand) -> Line:
        handling, patience, outbound = self._profile.handling, self._profile.patience, self._profile.outbound
        return Line(
            demand=demand,
            talk=drawer(handling.talk_distribution, demand.talk_mean_s * 1000, handling.talk_cv),
            acw=drawer(handling.acw_distribution, demand.acw_mean_s * 1000, handling.acw_cv),
            hold=drawer("exponential", demand.hold_mean_s * 1000 / (handling.hold_probability or 1), 1),
            patience=drawer(patience.distribution, (demand.patience_mean_s - patience.minimum_s) * 1000, patience.cv),
            dispatches=outbound.dispatch_per_call if demand.queue in outbound.dispatch_queues else 0.0,
            first=max(0.0, demand.offered - self._passed_on_to(demand.queue)),
            onward=self._offered_at(demand.secondary) > 0,
        )

    def _offered_at(self, queues: Sequence[str]) -> float:
        return sum(demand.offered * queues.count(demand.queue) for demand in self._profile.demands)

    def _passed_on_to(self, queue: str) -> float:
        """Transfers that a queue can expect on a plain weekday."""
        transfers = 0.0
        for demand in self._profile.demands:
            everywhere = self._offered_at(demand.secondary)
            if everywhere:
                share = self._offered_at([other for other in demand.secondary if other == queue]) / everywhere
                transfers += demand.offered * share * self._profile.handling.transfer_probability
        return transfers

    def of(self, day: Day, slot: int) -> list[Leg]:
        """The callers of a half hour (0–47) in order of arrival, with the ids of their calls."""
        begin, end = day.at(slot * SLOT_MINUTES), day.at((slot + 1) * SLOT_MINUTES)
        legs: list[Leg] = []
        for queue, line in self._lines:
            legs += self._of_queue(day, slot, queue, line, begin, end)
        legs.sort(key=lambda leg: (leg.at, leg.queue))
        prefix = f"{day.date:%y%m%d}-{slot // 2:02d}{slot % 2 * 30:02d}-"
        for number, leg in enumerate(legs, 1):
            leg.call = f"{prefix}{number:03d}"
            leg.id = leg.call + ".1"
        return legs

    def _of_queue(self, day: Day, slot: int, queue: int, line: Line, begin: int, end: int) -> list[Leg]:
        demand, profile = line.demand, self._profile
        random = stream(self._seed, day.date, slot, demand.queue)
        noise = max(0.0, random.gauss(1.0, profile.handling.half_hour_rate_noise))
        calls = line.first * self._share(demand, slot) * profile.weekday_factors[day.date.weekday()]
        rate = calls * noise / (SLOT_MINUTES * 60_000)
        legs = self._draw(random, queue, line, rate, begin, end)
        if self._scenario is None:
            return legs
        factor = _of(self._scenario.demand, demand.queue, 1.0)
        for inside in _parts(span(self._scenario.window), day, begin, end):
            extra = stream(self._seed, day.date, slot, demand.queue, "scenario")
            legs = [leg for leg in legs if not inside[0] <= leg.at < inside[1] or extra.random() < factor]
            legs += self._draw(extra, queue, line, rate * max(0.0, factor - 1.0), *inside)
            for leg in legs:
                if inside[0] <= leg.at < inside[1]:
                    leg.trunk = extra.random() < self._scenario.trunk_loss_share
                    leg.talk = round(leg.talk * self._scenario.talk_factor)
        for number, (window, measure) in enumerate(self._measures):
            for inside in _parts(window, day, begin, end):
                reached = stream(self._seed, day.date, slot, demand.queue, "measure", number)
                deflected, talk = _of(measure.deflected, demand.queue, 0.0), _of(measure.talk, demand.queue, 1.0)
                legs = [leg for leg in legs if not inside[0] <= leg.at < inside[1] or reached.random() >= deflected]
                for leg in legs:
                    if inside[0] <= leg.at < inside[1]:
                        leg.talk = round(leg.talk * talk)
        return legs

    def _share(self, demand: Demand, slot: int) -> float:
        """The half hour's share of a day's calls; smoothed, it leans towards the hour next to it."""
        hour, second = divmod(slot, 2)
        shares = demand.hourly_share_pct
        share = shares[hour] / 200
        if self._profile.smooth_hours:
            slope = (shares[(hour + 1) % 24] - shares[hour - 1]) / 1600
            share = max(0.0, share + (slope if second else -slope))
        return share

    def _draw(self, random: Random, queue: int, line: Line, rate: float, begin: int, end: int) -> list[Leg]:
        """A Poisson stream of callers, `rate` a millisecond, from begin up to end."""
        legs: list[Leg] = []
        at = begin + random.expovariate(rate) if rate > 0 else float(end)
        while at < end:
            leg = Leg(queue, int(at))
            self.equip(leg, line, random)
            legs.append(leg)
            at += random.expovariate(rate)
        return legs

    def again(self, queue: int, at: int, random: Random) -> Leg:
        """A leg with fresh needs for somebody who is passed on to a queue; it is not passed on again."""
        leg = Leg(queue, at)
        for number, line in self._lines:
            if number == queue:
                self.equip(leg, line, random)
                leg.transfer = 0.0
                leg.patience = NEVER if line.demand.patience_mean_s <= 0 else self._stays(line, random)
        return leg

    @staticmethod
    def elsewhere(leg: Leg, queue: int, at: int) -> Leg:
        """A leg for the same caller, with the same needs and what is left of the patience, at another queue."""
        again = Leg(queue, at)
        for name in ("talk", "acw", "hold", "hold_share", "transfer", "attended", "by_agent", "dispatches"):
            setattr(again, name, getattr(leg, name))
        again.patience = NEVER if leg.patience == NEVER else max(0, leg.at + leg.patience - at)
        return again

    def equip(self, leg: Leg, line: Line, random: Random) -> None:
        """Draw what a caller needs; the number of draws never depends on what came out."""
        handling = self._profile.handling
        leg.talk = max(1, round(line.talk(random)))
        leg.acw = round(line.acw(random))
        hold = round(line.hold(random))
        leg.hold = hold if random.random() < handling.hold_probability else 0
        leg.hold_share = 0.1 + 0.8 * random.random()
        passed, when = random.random(), 0.3 + 0.5 * random.random()
        leg.transfer = when if passed < handling.transfer_probability and line.onward else 0.0
        leg.attended = random.random() < handling.attended_share
        leg.by_agent = random.random() < 0.15
        leg.dispatches = random.random() < line.dispatches
        # Nobody's number: the four figures that the wire masks are zeros.
        leg.number = f"{PREFIXES[int(random.random() * len(PREFIXES))]}0000{int(random.random() * 10_000):04d}"
        leg.patience = self._patience(line, random)

    def _patience(self, line: Line, random: Random) -> int:
        kind, patience = random.random(), self._profile.patience
        wrong = random.expovariate(1.0) * patience.wrong_number_mean_s
        leaving = patience.announcement_s + random.expovariate(1.0) * patience.announcement_mean_s
        staying = self._stays(line, random)
        if kind < patience.wrong_number_share:
            return round(wrong * 1000)
        if kind < patience.wrong_number_share + patience.announcement_share:
            return round(leaving * 1000)
        return NEVER if line.demand.patience_mean_s <= 0 else staying

    def _stays(self, line: Line, random: Random) -> int:
        return round(self._profile.patience.minimum_s * 1000 + line.patience(random))


def _of(shares: dict[str, float], queue: str, default: float) -> float:
    """What is given for a queue, or for all others."""
    return shares.get(queue, shares.get("*", default))


def _parts(window: Span, day: Day, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """What of a window lies between two moments of a day: it may have begun on the day before."""
    for first in (day, day.plus(-1)):
        inside = max(begin, first.at(window.begin)), min(end, first.at(window.end))
        if inside[0] < inside[1]:
            yield inside
