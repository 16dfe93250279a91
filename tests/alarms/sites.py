"""Small sites with alarm rules, and floors on which they are passed."""

from __future__ import annotations

from collections.abc import Iterable

from config.schema import Agent as Person
from config.schema import AlarmRule, Name, Queue, Seat, SeatType, Site, SkillGroup, Team, Threshold, Vendor
from feeds import facts
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.folding.state import AlarmMark

BEGIN = 1_785_590_400_000
"""2026-08-01 21:20 in Shanghai, a multiple of a minute."""


def name(text: str) -> Name:
    """The same word in both languages."""
    return Name(text, text)


def rule(id_: str = "r", **changes: object) -> AlarmRule:
    """A rule on the callers who wait at a queue, unless changed."""
    values: dict[str, object] = {"figure": "waiting", "scopes": ("queue",), "above": 2.0}
    if "state" in changes or "lost" in changes:
        values = {}
    return AlarmRule(id_, name(id_), **{**values, **changes})  # type: ignore[arg-type]


def site(*rules: AlarmRule, thresholds: tuple[Threshold, ...] = ()) -> Site:
    """Two queues in one group and one in another, four people of two teams at four seats."""
    return Site(
        id="x", short="x", name=name("x"), zone="Asia/Shanghai",
        groups=(SkillGroup("g", name("g")), SkillGroup("h", name("h"))),
        seat_types=(SeatType("t", name("t"), "g"), SeatType("u", name("u"), "h")),
        queues=(
            Queue("qa", name("qa"), "g", "t"), Queue("qb", name("qb"), "g", "t"), Queue("qc", name("qc"), "h", "u"),
        ),
        vendors=(Vendor("v", name("v")),), teams=(Team("own", name("own")), Team("theirs", name("theirs"), "v")),
        agents=tuple(
            Person(f"a{n}", name(f"a{n}"), "own" if n < 2 else "theirs", "t" if n % 2 else "u") for n in range(4)
        ),
        seats=tuple(Seat(f"s{n}", "t" if n % 2 else "u") for n in range(4)),
        thresholds=thresholds, alarms=rules,
    )  # fmt: skip


class Told:
    """A floor that is told facts by the second since BEGIN."""

    def __init__(self, of: Site) -> None:
        self.site = of
        self.marks: list[AlarmMark] = []
        self.floor = Floor(of, journal=self.marks.append)
        self.rows: list[AnyFact] = []
        self.tell(facts.SourceChanged(at=BEGIN, state="up"))

    def tell(self, *rows: AnyFact) -> None:
        """Fold those facts."""
        for fact in rows:
            self.rows.append(fact)
            self.floor.apply(fact, len(self.rows))

    def to(self, seconds: float) -> None:
        """Let time pass to that second, a Tick each."""
        first = self.floor.now // 1000 * 1000 + 1000
        self.tell(*(facts.Tick(at=at) for at in range(first, BEGIN + int(seconds * 1000) + 1, 1000)))

    def join(self, queue: str, legs: Iterable[str], at: float) -> None:
        """Callers come into a queue."""
        self.tell(*(facts.LegJoined(at=at_(at), leg=leg, call=leg, queue=queue) for leg in legs))

    def leave(self, legs: Iterable[str], at: float) -> None:
        """Callers give up."""
        self.tell(*(facts.LegAbandoned(at=at_(at), leg=leg) for leg in legs))


def at_(seconds: float) -> int:
    """A second since BEGIN as floor time."""
    return BEGIN + int(seconds * 1000)
