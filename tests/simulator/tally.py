"""A small tally of its own over simulated facts, sharing no code with the fold, to judge the simulator by."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import NormalDist, mean, stdev

from feeds import facts as f

HOUR = 3_600_000
DAY = 24 * HOUR
HANDLING = ("ringing", "talking", "hold", "outbound", "acw")
CONCLUSIONS = {f.LegAnswered: "answered", f.LegAbandoned: "abandoned", f.LegFlowedOut: "flowed"}


@dataclass(slots=True)
class Leg:
    """What became of one leg; moments in UTC milliseconds, durations in milliseconds."""

    call: str
    queue: str
    joined: int
    came_from: str = ""
    outcome: str = "waiting"
    wait: int = 0
    talk: int = 0
    hold: int = 0
    acw: int = 0
    mark: int = 0
    attempts: int = 0
    missed: int = 0
    agent: str = ""
    transferred: bool = False


@dataclass
class Tally:
    """Everything the tests ask about a stretch of facts [begin, end)."""

    begin: int
    end: int
    legs: dict[str, Leg] = field(default_factory=dict)
    time: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Seat milliseconds by hour since begin and state."""
    most_waiting: int = 0
    facts: int = 0

    def of(self, queue: str | None = None, begin: int | None = None, end: int | None = None) -> list[Leg]:
        """The legs that joined in a stretch."""
        first, last = self.begin if begin is None else begin, self.end if end is None else end
        return [leg for leg in self.legs.values() if first <= leg.joined < last and queue in (None, leg.queue)]

    def hour(self, hour: int) -> list[Leg]:
        """The legs that joined in an hour of the stretch."""
        return self.of(None, self.begin + hour * HOUR, self.begin + (hour + 1) * HOUR)

    def seconds(self, *states: str) -> float:
        """Seat seconds in some states."""
        return sum(hour[state] for hour in self.time.values() for state in states) / 1000

    def occupancy(self) -> float:
        """Handling over handling and idle, per cent."""
        busy = self.seconds(*HANDLING)
        return 100 * busy / (busy + self.seconds("ready"))

    def signed_in(self, hour: int) -> float:
        """Mean number of people signed in during an hour."""
        return sum(time for state, time in self.time[hour].items() if state != "offline") / HOUR


def figures(legs: Iterable[Leg], threshold: int = 20_000) -> dict[str, float]:
    """Answer rate by leg and F1 (per cent), ASA and longest wait (seconds), and counts."""
    legs = list(legs)
    answered = [leg for leg in legs if leg.outcome == "answered"]
    gone = [leg for leg in legs if leg.outcome == "abandoned"]
    offered = len(legs) or math.nan
    return {
        "offered": len(legs),
        "answered": len(answered),
        "abandoned": len(gone),
        "short": sum(leg.wait <= 5_000 for leg in gone),
        "blocked": sum(leg.outcome == "blocked" for leg in legs),
        "flowed": sum(leg.outcome == "flowed" for leg in legs),
        "answer_rate": 100 * len(answered) / offered,
        "f1": 100 * sum(leg.wait <= threshold for leg in answered) / offered,
        "asa": sum(leg.wait for leg in answered) / 1000 / (len(answered) or math.nan),
        "longest": max((leg.wait for leg in legs), default=0) / 1000,
    }


def tally(stream: Iterable[tuple[int, f.AnyFact]], begin: int, end: int) -> Tally:
    """Fold facts up to `end`; only seat time in [begin, end) is counted."""
    result = Tally(begin, end)
    seats: dict[str, tuple[str, int]] = {}
    waiting = 0
    for _, fact in stream:
        at = fact.at
        if at >= end:
            break
        result.facts += at >= begin
        if isinstance(fact, f.SeatChanged):
            if fact.seat in seats:
                _spend(result, *seats[fact.seat], at)
            seats[fact.seat] = fact.state, at
        elif isinstance(fact, f.LegJoined):
            result.legs[fact.leg] = Leg(fact.call, fact.queue, at, fact.came_from)
            waiting += 1
            if at >= begin:
                result.most_waiting = max(result.most_waiting, waiting)
        elif isinstance(fact, f.LegBlocked):
            result.legs[fact.leg] = Leg(fact.call, fact.queue, at, outcome="blocked")
        elif type(fact) in CONCLUSIONS:
            leg = result.legs[fact.leg]
            assert leg.outcome == "waiting"
            leg.outcome = CONCLUSIONS[type(fact)]
            leg.wait, leg.mark = at - leg.joined, at
            waiting -= 1
            if isinstance(fact, f.LegAnswered):
                leg.agent = fact.agent
        else:
            _handle(result.legs, fact)
    for state, since in seats.values():
        _spend(result, state, since, end)
    return result


def _handle(legs: dict[str, Leg], fact: f.AnyFact) -> None:
    if isinstance(fact, f.AttemptEnded):
        legs[fact.leg].attempts += 1
        legs[fact.leg].missed += fact.result == "no_answer"
    elif isinstance(fact, f.LegTransferred):
        legs[fact.leg].transferred = True
    elif isinstance(fact, f.HoldStarted | f.HoldEnded | f.TalkEnded | f.WorkEnded):
        leg = legs[fact.leg]
        passed = fact.at - leg.mark
        leg.mark = fact.at
        if isinstance(fact, f.HoldEnded):
            leg.hold += passed
        elif isinstance(fact, f.WorkEnded):
            leg.acw = passed
        else:
            leg.talk += passed


def _spend(result: Tally, state: str, since: int, until: int) -> None:
    since = max(since, result.begin)
    while since < until:
        hour = (since - result.begin) // HOUR
        stop = min(until, result.begin + (hour + 1) * HOUR)
        result.time[hour][state] += stop - since
        since = stop


@dataclass(frozen=True)
class Estimate:
    """A mean over independent values with the half width of its confidence interval."""

    mean: float
    half: float

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Whether a value lies in the interval, widened by `slack` (half a unit of the last printed digit)."""
        return abs(self.mean - value) <= self.half + slack

    def __str__(self) -> str:
        return f"{self.mean:.5g} ± {self.half:.2g}"


def estimate(values: Iterable[float], level: float = 0.99) -> Estimate:
    """Mean and Student's confidence interval of independent values (replications or batches)."""
    found = list(values)
    return Estimate(mean(found), _student(level, len(found) - 1) * stdev(found) / math.sqrt(len(found)))


def _student(level: float, freedom: int) -> float:
    """Two-sided quantile of Student's t by the Cornish-Fisher expansion, good to three digits from 5 degrees on."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    return (
        z
        + (z**3 + z) / 4 / freedom
        + (5 * z**5 + 16 * z**3 + 3 * z) / 96 / freedom**2
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384 / freedom**3
    )
