"""Every figure once more, the slow way: from the finished story of each leg and seat, without any running total."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from feeds import facts
from feeds.facts import AnyFact

SLOT = 10_000
MINUTE = 60_000
QUARTER = 15 * MINUTE


@dataclass
class Leg:
    """A leg's story, times in UTC milliseconds; None for what has not happened."""

    queue: str
    call: str
    joined: int
    came_from: str = ""
    outcome: str = "waiting"
    at: int | None = None
    kind: str = ""
    agent: str = ""
    talk_ended: int | None = None
    work: bool = False
    booked: int | None = None
    holds: list[list[int]] = field(default_factory=list)
    attempts: list[int] = field(default_factory=list)
    misses: list[int] = field(default_factory=list)

    @property
    def wait(self) -> int:
        """Wait until the outcome."""
        assert self.at is not None
        return max(0, self.at - self.joined)

    @property
    def hold(self) -> int:
        """Time on hold."""
        return sum(end - begin for begin, end in self.holds)

    @property
    def talk(self) -> int:
        """Conversation without hold."""
        assert self.talk_ended is not None and self.at is not None
        return max(0, self.talk_ended - self.at - self.hold)


@dataclass
class Story:
    """All legs and seat states that a list of facts tells, whatever order they came in."""

    now: int
    legs: dict[str, Leg] = field(default_factory=dict)
    seats: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)

    def tell(self, fact: AnyFact) -> None:
        """Take one fact in; facts of one leg come in order."""
        if isinstance(fact, facts.SeatChanged):
            self.seats.setdefault(fact.seat, []).append((fact.at, fact.state, fact.agent))
        elif isinstance(fact, facts.LegJoined):
            self.legs[fact.leg] = Leg(fact.queue, fact.call, fact.at, fact.came_from)
        elif isinstance(fact, facts.LegBlocked):
            self.legs[fact.leg] = Leg(fact.queue, fact.call, fact.at, outcome="blocked", at=fact.at)
        elif hasattr(fact, "leg"):
            self._of_leg(self.legs[fact.leg], fact)

    def _of_leg(self, leg: Leg, fact: Any) -> None:
        match fact:
            case facts.LegAnswered():
                leg.outcome, leg.at, leg.agent = "answered", fact.at, fact.agent
            case facts.LegAbandoned():
                leg.outcome, leg.at = "abandoned", fact.at
            case facts.LegFlowedOut():
                leg.outcome, leg.at, leg.kind = "flowed", fact.at, fact.kind
            case facts.AttemptStarted():
                leg.attempts.append(fact.at)
            case facts.AttemptEnded() if fact.result in ("no_answer", "rejected"):
                leg.misses.append(fact.at)
            case facts.HoldStarted():
                leg.holds.append([fact.at, fact.at])
            case facts.HoldEnded():
                leg.holds[-1][1] = fact.at
            case facts.TalkEnded():
                leg.talk_ended, leg.work = fact.at, fact.work_follows
                leg.booked = None if fact.work_follows else fact.at
            case facts.WorkEnded():
                leg.booked = fact.at

    def elsewhere(self, leg: Leg) -> bool:
        """Whether a flowed-out leg's call was answered by a later leg."""
        return leg.outcome == "flowed" and any(
            other.call == leg.call and other.outcome == "answered" and other is not leg for other in self.legs.values()
        )

    def events(self, queue: str, begin: int, end: int, service: int, short: int) -> dict[str, int]:
        """Counts of what happened in [begin, end], event basis."""
        count = dict.fromkeys(
            ("joined", "blocked", "answered", "answered_in_time", "wait_answered", "abandoned", "abandoned_in_time",
             "short", "wait_abandoned", "flowed", "flowed_in_time", "flowed_answered", "expired", "completed", "booked",
             "talk", "hold", "held", "acw", "attempts", "no_answer", "longest"), 0,
        )  # fmt: skip

        def inside(at: int | None) -> bool:
            return at is not None and begin <= at <= end

        for leg in self.legs.values():
            if leg.queue != queue:
                continue
            count["attempts"] += sum(inside(at) for at in leg.attempts)
            count["no_answer"] += sum(inside(at) for at in leg.misses)
            if leg.outcome == "blocked":
                count["blocked"] += inside(leg.at)
                continue
            count["joined"] += inside(leg.joined)
            ended = self.now if leg.at is None else leg.at
            if inside(leg.joined + service + 1) and ended - leg.joined > service:
                count["expired"] += 1
            if inside(leg.at):
                count["longest"] = max(count["longest"], leg.wait)
                count[leg.outcome] += 1
                count[f"{leg.outcome}_in_time"] += leg.wait <= service
                if leg.outcome == "flowed":
                    count["flowed_answered"] += self.elsewhere(leg)
                else:
                    count[f"wait_{leg.outcome}"] += leg.wait
                count["short"] += leg.outcome == "abandoned" and leg.wait <= short
            count["completed"] += inside(leg.talk_ended)
            if inside(leg.booked):
                assert leg.booked is not None and leg.talk_ended is not None
                count["booked"] += 1
                count["talk"] += leg.talk
                count["hold"] += leg.hold
                count["held"] += leg.hold > 0
                count["acw"] += leg.booked - leg.talk_ended
        return count

    def cohort(self, queue: str, begin: int, end: int, service: int, short: int) -> dict[str, int]:
        """Counts of the legs that joined in [begin, end)."""
        count = dict.fromkeys(
            ("joined", "blocked", "answered", "answered_in_time", "answered_below_time", "answered_at_once",
             "abandoned", "abandoned_in_time", "short", "flowed", "flowed_in_time", "flowed_answered", "wait_answered",
             "wait_abandoned", "wait_short", "wait_flowed", "talk", "hold", "held", "acw", "calls", "calls_answered",
             "longest"), 0,
        )  # fmt: skip
        for leg in self.legs.values():
            if leg.queue != queue or not begin <= leg.joined < end:
                continue
            same = [other for other in self.legs.values() if other.call == leg.call]
            if same[0] is leg:
                count["calls"] += 1
                count["calls_answered"] += any(other.outcome == "answered" for other in same)
            if leg.outcome == "blocked":
                count["blocked"] += 1
                continue
            count["joined"] += 1
            if leg.at is None:
                continue
            wait = leg.wait
            count["longest"] = max(count["longest"], wait)
            count[leg.outcome] += 1
            count[f"{leg.outcome}_in_time"] += wait <= service
            count[f"wait_{leg.outcome}"] += wait
            if leg.outcome == "answered":
                count["answered_below_time"] += wait < service
                count["answered_at_once"] += wait < 1000
            elif leg.outcome == "abandoned" and wait <= short:
                count["short"] += 1
                count["wait_short"] += wait
            elif leg.outcome == "flowed":
                count["flowed_answered"] += self.elsewhere(leg)
            if leg.talk_ended is not None:
                count["talk"] += leg.talk
                count["hold"] += leg.hold
                count["held"] += leg.hold > 0
                if leg.booked is not None:
                    count["acw"] += leg.booked - leg.talk_ended
        return count

    def levels(self, queue: str, begin: int, end: int) -> tuple[int, int]:
        """(area, peak) of callers waiting in [begin, end), half-open, departures before arrivals."""
        spans = [
            (max(leg.joined, begin), min(self.now if leg.at is None else leg.at, end))
            for leg in self.legs.values() if leg.queue == queue and leg.outcome != "blocked"
        ]  # fmt: skip
        still = sum(1 for leg in self.legs.values() if leg.queue == queue and leg.outcome == "waiting")
        spans = [span for span in spans if span[1] > span[0]]
        area = sum(last - first for first, last in spans)
        peak = max((sum(first <= at < last for first, last in spans) for at, _ in spans), default=0)
        # The quarter-hour that is open also holds this very instant.
        return area, max(peak, still) if begin <= self.now <= end else peak

    def state_time(self, agents: set[str], begin: int, end: int) -> dict[str, int]:
        """Milliseconds of agents by state in [begin, end)."""
        count: dict[str, int] = {}
        for changes in self.seats.values():
            for place, (at, state, agent) in enumerate(changes):
                until = changes[place + 1][0] if place + 1 < len(changes) else self.now
                overlap = min(until, end) - max(at, begin)
                if agent in agents and state != "offline" and overlap > 0:
                    count[state] = count.get(state, 0) + overlap
        return count
