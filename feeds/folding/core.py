"""What every part of the fold works on: the floor's state and the lookups derived from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from config.schema import AlarmRule, Site, Threshold
from feeds.counters import Row
from feeds.entities import AnyEntity
from feeds.facts import AnyFact
from feeds.figures import Value
from feeds.folding.copies import Copies, Copy
from feeds.folding.state import AgentState, AlarmMark, CrewState, FloorState, Level, QueueState, SeatRecord
from feeds.records import LegRecord
from feeds.rules.alarm_rules import RuleWatch
from feeds.rules.alarms import Watch


class Moment(Struct):
    """What the questions of one instant share."""

    callers: dict[str, tuple[int, int]]
    """Scope -> (how many wait, since when the first); scopes where nobody waits are left out."""
    counts: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """Counts by scope and window length."""
    parts: dict[tuple[str, int], dict[str, tuple[int, int]]] = field(default_factory=dict)
    """What every one of feeds.folding.present.RATIOS is made of, by scope and window length."""
    figures: dict[tuple[str, str], tuple[dict[str, Value], list[str]]] = field(default_factory=dict)
    """All figures of a scope in a window, and those of too small a sample, once one was asked that needs them."""


Reader = Callable[["Core", Moment], tuple[Value, int | None]]
"""Reads a figure at a scope: (value, None), or (seconds so far, since when) for a running duration."""


class QueueWire(Struct):
    """What a fact about a queue touches."""

    demand: str
    """Bundle: the queue and the figures of all its scopes."""
    scopes: tuple[str, ...]
    waits: list[Level]
    """Of the queue and of the site: peaks cannot be added up, so each level that is asked for is counted itself."""
    services: list[Level]


class CrewWire(Struct):
    """What a fact about an agent touches, as bundles."""

    staff: str
    """Staffing of all scopes of the crew."""
    figures: str
    """Figures of team and vendor, which live on agents' facts only."""
    people: str
    """Figures of all other scopes of the crew: their shares of time move each minute."""
    scopes: tuple[str, ...]


Spent = tuple[list[int], list[int], list[int]]
"""Running totals of milliseconds idle, handling and logged in, of each crew."""


class Work(Struct):
    """What agents did with their time in a window, as long as `newest` is the newest copy and the minute lasts."""

    newest: Copy
    minute_end: int
    begin: Spent
    end: Spent
    shares: dict[tuple[str, str], float | None] = field(default_factory=dict)
    """(scope, figure) -> value."""


class Expected(Struct, frozen=True):
    """How many requests are still to come today, and from what that was reckoned (see :class:`feeds.figures.Rest`)."""

    count: float
    basis: str


Part = tuple[str, int]
"""What is added up of a scope's queues or crews, and the length of the window that it is for, if of one."""
Sum = tuple[tuple[int, ...], Row]
"""What it was made of, and the sums."""


Traits = tuple[list[str], list[str]]
"""The queues that somebody may serve and the languages that they speak, best first."""
NO_TRAITS: Final[Traits] = ([], [])


class Look(Struct, frozen=True):
    """A limit at a scope, with whatever does not change between two looks at it."""

    watch: Watch
    scope: str
    key: str
    read: Reader
    reference: Reader | None
    """Reads what the limit is relative to."""
    is_high: bool
    calm: float
    """Up to here nothing is wrong, or from here on if high is better; of a relative limit in per cent."""
    only_waiting: bool
    """Whether nothing can be wrong while nobody waits at the scope."""


class RuleLook(Struct, frozen=True):
    """A rule at a scope; one about a figure with how to read it."""

    watch: RuleWatch
    read: Reader | None


class PeopleRule(Struct):
    """A rule at a scope about how many people are in a state, and how many are."""

    watch: RuleWatch
    number: int
    """Its place among such rules."""
    above: float
    count: int


class Wires(Struct):
    """Derived from site and state, never frozen: lookups that keep the fold's inner loop short."""

    trends: list[tuple[str, Reader]]
    """Key of every trend, and how to read its figure."""
    acw_means: dict[str, float]
    seats_of: dict[str, int]
    traits: dict[str, Traits] = field(default_factory=dict)
    """By agent."""
    watches: list[Watch] = field(default_factory=list)
    watches_of: dict[str, list[Watch]] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    looks_now: list[Look] = field(default_factory=list)
    """Those on figures of the moment."""
    rules: list[RuleLook] = field(default_factory=list)
    """All but those on people."""
    rules_on_people: list[PeopleRule] = field(default_factory=list)
    counted: dict[int, dict[str, list[PeopleRule]]] = field(default_factory=dict)
    """The same by the state's place in SEAT_STATES, and by scope."""
    crowded: set[int] = field(default_factory=set)
    """Numbers of those among them that count more than allowed, or did so when they were last looked at."""
    rules_on_loss: list[RuleWatch] = field(default_factory=list)
    longest: dict[int, float] = field(default_factory=dict)
    """A state's place in SEAT_STATES -> milliseconds after which some rule looks at a seat that is in it."""
    standing: list[SeatRecord] = field(default_factory=list)
    """Seats for which some rule may have come to look up to `standing_until`; a late change ends that."""
    standing_until: int = 0
    told: dict[str, AlarmRule | Threshold] = field(default_factory=dict)
    """Key of an alarm, or id of a rule -> who has words for it."""
    wider: dict[str, frozenset[str]] = field(default_factory=dict)
    """Scope -> those that hold all of it."""
    staffed: dict[str, int] = field(default_factory=dict)
    """Agents that are there, of the scopes for which somebody asked."""
    work: dict[str, Work] = field(default_factory=dict)
    """By window."""
    retold: int = 0
    """How often something was told of quarter-hours that are over."""
    expected: dict[str, tuple[tuple[int, int, int], Expected | None]] = field(default_factory=dict)
    """By scope: what the rest of the day was expected to bring, and as of which quarter-hour, day and `retold`."""
    sums: dict[str, dict[Part, Sum]] = field(default_factory=dict)
    """By scope: what feeds.folding.summing keeps."""
    bundles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of a bundle -> keys of the published things that change together."""
    queues: dict[str, QueueWire] = field(default_factory=dict)
    crews: list[CrewWire] = field(default_factory=list)
    queues_of: dict[str, list[QueueState]] = field(default_factory=dict)
    crews_of: dict[str, list[CrewState]] = field(default_factory=dict)
    places_of: dict[str, list[int]] = field(default_factory=dict)
    """Scope -> the places of its crews, ascending."""
    languages: dict[str, str] = field(default_factory=dict)
    """What the callers of a queue speak, where that is not what callers of the floor speak."""


class Core:
    """State, clock and lookups of a floor; feeds.floor.Floor adds what others may call."""

    __slots__ = (
        "agents", "alarms_on", "bucket", "bundled", "cache", "crew_copies", "crews", "journal", "late_order", "ledger",
        "next_due", "now", "order", "pending", "queue_copies", "queues", "retain_days", "rev", "site", "slot_begin",
        "state", "wires", "zone",
    )  # fmt: skip

    site: Site
    zone: ZoneInfo
    alarms_on: bool
    retain_days: int | None
    ledger: Callable[[LegRecord], None] | None
    journal: Callable[[AlarmMark], None] | None
    state: FloorState
    rev: int
    now: int
    bucket: int
    slot_begin: int
    next_due: int
    queues: dict[str, QueueState]
    crews: list[CrewState]
    agents: dict[str, AgentState]
    queue_copies: Copies
    crew_copies: Copies
    order: dict[str, int]
    late_order: Callable[[], dict[str, int]] | None
    """Of a thawed floor whose order nobody has asked for yet: gives it."""
    pending: dict[str, int]
    """What was touched since the order was last settled -> revision; GONE for what was taken away."""
    bundled: dict[str, int]
    """The same of bundles: few, and touched by almost every fact, so they are not kept among the many."""
    cache: dict[str, AnyEntity]
    wires: Wires

    def apply(self, fact: AnyFact, rev: int) -> None:
        """Fold one fact in: what feeds.floor.Floor does, for parts of the fold that have a fact told once more."""
        raise NotImplementedError
