"""What the fold remembers: plain mutable structs, so that a whole floor freezes to bytes and thaws to the same.

Counting works by running totals: every countable thing has one row of totals that only grows, and copies of that row
are kept at boundaries (feeds.folding.copies). A window is the totals now minus the copy at its beginning, so a fact
costs one addition whatever number of windows look at it. Structs are frozen without the names of their members.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from feeds.counters import COHORT_SIZE, EVENT_SIZE, Row
from feeds.facts import SEAT_STATES
from feeds.folding.copies import CopiesState
from feeds.layout import Room
from feeds.records import LegRecord
from feeds.rules.alarm_rules import Condition
from feeds.rules.alarms import ToneState
from feeds.said import Value

SECOND: Final = 1_000
MINUTE: Final = 60_000
BUCKET: Final = 15 * MINUTE
QUEUE_SLOT: Final = 10 * SECOND
CREW_SLOT: Final = MINUTE
HOUR: Final = 60 * MINUTE
WINDOWS: Final[dict[str, int]] = {"5m": 5 * MINUTE, "15m": 15 * MINUTE, "30m": 30 * MINUTE, "60m": 60 * MINUTE}
"""Rolling windows in milliseconds. They move in steps of a slot: 10 s for calls, a minute for agents' time."""
STATE_PLACE: Final[dict[str, int]] = {state: place for place, state in enumerate(SEAT_STATES)}
OFFLINE: Final = STATE_PLACE["offline"]
CREW_SIZE: Final = EVENT_SIZE + len(SEAT_STATES)
RING: Final[dict[int, int]] = {slot: HOUR // slot + 1 for slot in (QUEUE_SLOT, CREW_SLOT)}
"""Slot length -> how many copies reach back a little over an hour."""


class Level(Struct, array_like=True, gc=False):
    """How many at a time: mean and peak of callers waiting or in service, half-open, departures before arrivals."""

    count: int = 0
    last: int = 0
    area: int = 0
    """Count × milliseconds in the open bucket."""
    peak: int = 0
    closed: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Bucket start -> (area, peak); buckets with nobody are left out."""


class Leaf(Struct, array_like=True, gc=False):
    """One thing's running totals, and where its copies are."""

    total: Row
    slot: int
    """How far its copies lie apart, milliseconds: tells which kind they are."""
    place: int
    """Its row in the copies of its kind."""
    changed: int = 0
    """The slot number at whose beginning the totals last differed from the copy before."""
    longest: dict[int, int] = field(default_factory=dict)
    """Slot number -> longest wait of legs that ended in it, milliseconds."""
    longest_in: dict[int, int] = field(default_factory=dict)
    """Bucket start -> the same."""


def new_leaf(size: int, slot: int, place: int, now: int) -> Leaf:
    """An empty leaf with a row of `size` places, begun at a floor time."""
    return Leaf(total=[0] * size, slot=slot, place=place, changed=now // slot)


class QueueState(Struct, array_like=True, gc=False):
    """A queue: who waits in it and what has happened to its legs."""

    id: str
    group: str
    seat_type: str
    zh: str
    en: str
    service_ms: int
    leaf: Leaf
    cohort: dict[int, Row] = field(default_factory=dict)
    """Bucket start of the join -> cohort row."""
    today: Row = field(default_factory=lambda: [0] * COHORT_SIZE)
    waiting: dict[str, int] = field(default_factory=dict)
    """Leg -> join time."""
    joined_sum: int = 0
    ringing: int = 0
    in_service: int = 0
    overdue: int = 0
    """Waiting legs beyond the longest acceptable wait."""
    carried_in: int = 0
    """Kept for frames that have it; how many were waiting when a period began is counted from the copies."""
    restated: dict[int, int] = field(default_factory=dict)
    """Bucket start -> when a late fact changed it."""
    source: str = ""


class CrewState(Struct, array_like=True, gc=False):
    """Agents alike in team, seat type and first skills: the smallest group whose time is counted."""

    team: str
    vendor: str
    seat_type: str
    group: str
    queues: list[str]
    leaf: Leaf
    """Event counters, then time by state; in the totals, time is moments of leaving minus moments of entering."""
    counts: list[int] = field(default_factory=lambda: [0] * len(SEAT_STATES))
    staffed: int = 0
    settled: list[int] = field(default_factory=lambda: [0] * len(SEAT_STATES))
    """Counts as they stood at the last minute: what figures (not Staff) go by, so that they change once a minute."""
    restated: dict[int, int] = field(default_factory=dict)
    """Bucket start -> when a late fact changed what these people did in it."""


class AgentState(Struct, array_like=True, gc=False):
    """A person and the counts of the day."""

    id: str
    zh: str
    en: str
    crew: int
    """The crew's place among all."""
    seat: str = ""
    answered: int = 0
    handled: int = 0
    talk: int = 0
    hold: int = 0
    acw: int = 0
    attempts: int = 0
    no_answers: int = 0
    transfers: int = 0


class SeatRecord(Struct, array_like=True, gc=False):
    """A desk or phone as it is now."""

    id: str
    area: str = ""
    extension: str = ""
    agent: str = ""
    crew: int = -1
    """The place of the agent's crew among all; -1 where nobody sits."""
    place: int = OFFLINE
    """The state's place in SEAT_STATES."""
    since: int = 0
    reason: str = ""
    by: str = ""
    queue: str = ""
    call: str = ""
    """What it is busy with, as known when the state began."""
    source: str = ""
    doubt: list[str] = field(default_factory=list)
    doubted: int = 0
    """Since when `doubt` holds; 0 without any."""


class LegState(Struct, array_like=True, gc=False):
    """An open leg: waiting, in conversation or in after-call work."""

    id: str
    call: str
    queue: str
    joined: int
    number: str
    state: str = "waiting"
    since: int = 0
    rings: int = 0
    expired: bool = False
    overdue: bool = False
    agent: str = ""
    answered: int = -1
    wait: int = 0
    hold_since: int = -1
    hold: int = 0
    talk: int = -1
    talk_ended: int = -1
    rang: list[int] = field(default_factory=list)
    """When phones began to ring for it."""
    missed: list[int] = field(default_factory=list)
    """When a phone was not answered."""
    last_attempt: str = ""
    transferred: str = ""
    transferred_at: int = -1
    came_from: str = ""
    source: str = ""
    priority: int = 0


class CallState(Struct, array_like=True, gc=False):
    """A call: which queue asked first, whether a person ever answered, which legs flowed out unanswered."""

    id: str
    number: str = ""
    last: int = 0
    open: int = 0
    queue: str = ""
    joined: int = -1
    answered: bool = False
    ended: bool = False
    flowed: list[LegRecord] = field(default_factory=list)
    arrived: bool = False
    """Whether it was counted as arrived: a source that was started again may tell it once more."""
    answered_at: int = -1
    """When a person answered it last."""


class AlarmState(Struct, array_like=True, gc=False):
    """An alarm as it stands or stood."""

    scope: str
    figure: str
    window: str
    level: int
    since: int
    limit: float
    value: float | int | None = None
    value_since: int | None = None
    acknowledged_by: str = ""
    acknowledged_at: int | None = None
    ended_at: int | None = None
    acknowledged_name: str = ""
    rule: str = ""
    number: int = 0
    group: int = 0
    cause: str = ""
    shelved_until: int | None = None
    out_of_service: bool = False
    suppressed_by: str = ""
    suppressed_name: str = ""
    suppressed_at: int | None = None
    suppressed_reason: str = ""
    brought_back_by: str = ""
    brought_back_name: str = ""
    team: str = ""
    seat_type: str = ""
    agent: str = ""
    """Who sat at the seat that it is about while it was so."""

    @property
    def suppressed(self) -> bool:
        """Whether somebody put it aside."""
        return self.out_of_service or self.shelved_until is not None

    @property
    def stands(self) -> bool:
        """Whether it holds now and is not put aside."""
        return self.ended_at is None and not self.suppressed

    @property
    def waits(self) -> bool:
        """Whether only a person can change it: time passes without it."""
        return self.ended_at is not None and self.shelved_until is None and (
            self.out_of_service or not self.acknowledged_by
        )  # fmt: skip


class AlarmMark(Struct, array_like=True, gc=False):
    """What happened to which alarm, or who did what to it, at a moment: told while it is folded, not kept."""

    at: int
    alarm: str
    act: str
    level: int
    value: float | None = None
    limit: float = 0.0
    by: str = ""
    cause: str = ""


class SourceRecord(Struct, array_like=True, gc=False):
    """A source as last told."""

    state: str = "up"
    mode: str = "live"
    speed: float = 1.0
    since: int = 0
    title: str = ""
    text: str = ""
    drift: int = 0
    checked: int = 0
    orders: bool = False


class TrunkRecord(Struct, array_like=True, gc=False):
    """A trunk as last told."""

    state: str
    since: int
    text: str = ""
    source: str = ""


class SwitchRecord(Struct, array_like=True, gc=False):
    """A switch as last read back."""

    value: str
    asked: str
    proved: bool
    by: str
    since: int
    checked: int


class OrderRecord(Struct, array_like=True, gc=False):
    """A command as last told."""

    name: str
    state: str
    by: str
    at: int
    text: str = ""
    about: str = ""
    code: str = ""
    values: dict[str, Value] = {}
    undo_until: int | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in ("accepted", "running")


class ListeningRecord(Struct, array_like=True, gc=False):
    """A listening session as last told."""

    session: int
    state: str
    mode: str
    by: str
    since: int
    began_at: int
    seat: str = ""
    leg: str = ""
    phone: str = ""
    order: str = ""
    reason: str = ""


class NoticeRecord(Struct, array_like=True, gc=False):
    """A notice that holds."""

    to: str
    text: str
    by: str
    since: int
    until: int
    team: str = ""
    seat_type: str = ""


class NoteRecord(Struct, array_like=True, gc=False):
    """A note for the next shift."""

    text: str
    by: str
    at: int
    settled_by: str = ""
    settled_at: int = 0


class ServingRecord(Struct, array_like=True, gc=False):
    """Which queues somebody serves whose queues are not those of the site's list, or were not for a while."""

    agent: str
    queues: list[str]
    """Those that are served first come first."""
    home: int = -1
    """The place of the crew that they are of by the site's list, and again once they sign out; -1: as they are now."""


class EarlyRecord(Struct, array_like=True, gc=False):
    """What was told of a leg before what it follows from, as the log keeps facts, and when the first of that came."""

    since: int
    facts: list[bytes] = field(default_factory=list)


class LayoutRecord(Struct, array_like=True, gc=False):
    """The floor's map as drawn last."""

    rooms: list[Room]
    since: int
    by: str = ""


class FloorState(Struct, array_like=True, gc=False):
    """A frozen floor: everything that the future of the fold depends on."""

    rev: int = 0
    now: int = 0
    begun: bool = False
    slot_end: int = 0
    minute_end: int = 0
    bucket: int = 0
    day: int = 0
    next_day: int = 0
    next_check: int = 0
    queues: dict[str, QueueState] = field(default_factory=dict)
    crews: dict[str, CrewState] = field(default_factory=dict)
    agents: dict[str, AgentState] = field(default_factory=dict)
    seats: dict[str, SeatRecord] = field(default_factory=dict)
    legs: dict[str, LegState] = field(default_factory=dict)
    calls: dict[str, CallState] = field(default_factory=dict)
    waits: dict[str, Level] = field(default_factory=dict)
    services: dict[str, Level] = field(default_factory=dict)
    inbound: Leaf = field(default_factory=lambda: new_leaf(1, QUEUE_SLOT, 0, 0))
    """Calls that seized a trunk; the first row of the queues' copies."""
    queue_copies: CopiesState = field(default_factory=CopiesState)
    crew_copies: CopiesState = field(default_factory=CopiesState)
    timers: list[tuple[int, int, str]] = field(default_factory=list)
    """A heap of (due, kind, leg): kind 0 the service threshold, 1 the longest acceptable wait."""
    order: dict[str, int] = field(default_factory=dict)
    """Published things in order of last change -> revision."""
    gone: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Tombstones: key -> (revision, time)."""
    horizon: int = 0
    tones: dict[str, ToneState] = field(default_factory=dict)
    alarms: dict[str, AlarmState] = field(default_factory=dict)
    trends: dict[str, list[float | None]] = field(default_factory=dict)
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    orders: dict[str, OrderRecord] = field(default_factory=dict)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    oddities: dict[str, int] = field(default_factory=dict)
    """Facts that did not fit (a leg nobody knows, a second answer …) by kind."""
    switches: dict[str, SwitchRecord] = field(default_factory=dict)
    listening: dict[str, ListeningRecord] = field(default_factory=dict)
    """Sessions that go on or ended a moment ago, by number."""
    notices: dict[str, NoticeRecord] = field(default_factory=dict)
    """Those that hold, by the order that sent them."""
    notes: dict[str, NoteRecord] = field(default_factory=dict)
    """Notes for the next shift, by the order that wrote them."""
    conditions: dict[str, Condition] = field(default_factory=dict)
    """Alarm rules that hold, or that are about to hold or to be over, by the alarm's key."""
    alarms_raised: int = 0
    alarms_today: int = 0
    """Of the day, consequences of others left out."""
    alarm_group: int = 0
    """The number of the first of the alarms that came one upon the other."""
    alarm_at: int = 0
    """When the newest of them came."""
    layout: LayoutRecord | None = None
    serving: dict[str, ServingRecord] = field(default_factory=dict)
    """By seat, where somebody serves other queues than the site says."""
    trunks: dict[str, TrunkRecord] = field(default_factory=dict)
    early: dict[str, EarlyRecord] = field(default_factory=dict)
    """By leg."""


def _store_plainly(*records: type[Struct]) -> None:
    """Let the interpreter itself store members of records: several times as quick as msgspec's way, on every fact.

    msgspec looks at each value whether the garbage collector must know of it; of records without gc it never must.
    """
    for record in records:
        for name in ("__setattr__", "__delattr__"):
            type.__setattr__(record, name, getattr(object, name))


PLAIN: Final = (Level, Leaf, QueueState, CrewState, AgentState, SeatRecord, LegState, CallState)
"""What facts write to."""
_store_plainly(*PLAIN)
