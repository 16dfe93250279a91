"""Every published entity: what a console knows of the floor, whole and absolute.

An entity has a `key` (`kind:id`) and the revision `rev` that last touched it. Times are `*_at` or `since`: whole
milliseconds since 1970 UTC of the *floor's* clock; a running duration is never sent. Percentages are 0–100, durations
in figures are seconds, both as floats; None means "empty denominator" and is shown as "—".
"""

from typing import Literal

from msgspec import Struct

from feeds.layout import Room
from feeds.said import Value
from feeds.states import (
    AlarmPhase,
    ListeningMode,
    ListeningState,
    OrderState,
    SeatState,
    SourceMode,
    SourceState,
    SwitchState,
    TrunkState,
)  # fmt: skip

Level = Literal["warn", "critical"]
Priority = Literal["info", "warn", "critical"]
ScopeKind = Literal["site", "group", "seat_type", "queue", "team", "vendor"]
CallState = Literal["waiting", "ringing", "talking", "hold", "acw"]
RestBasis = Literal["", "week", "yesterday", "profile", "linear"]


class Label(Struct, frozen=True, omit_defaults=True):
    """A thing's id and its name in both languages."""

    id: str
    zh: str
    en: str
    parent: str = ""
    """The group of a queue or seat type, the vendor of a team; empty otherwise."""


class Limit(Struct, frozen=True, omit_defaults=True):
    """The limits of a figure at a scope as in force, for printing beside the number."""

    figure: str
    scope: str
    window: str
    better: Literal["high", "low"]
    warn: float
    critical: float
    relative_to: str | None = None


class PageInfo(Struct, frozen=True, omit_defaults=True):
    """A wall page as configured."""

    id: str
    kind: str
    group: str = ""
    zh: str = ""
    en: str = ""


class HeadlineInfo(Struct, frozen=True):
    """A big figure of the wall as configured."""

    figure: str
    window: str


class ShiftInfo(Struct, frozen=True, omit_defaults=True):
    """A shift as configured; `hours` are `HH:MM-HH:MM` in the site's zone."""

    id: str
    zh: str
    en: str
    hours: str


class Entity(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", gc=False):
    """What all entities share: values all the way down, so that none is part of a circle that is to be looked for."""

    key: str
    rev: int


class SiteInfo(Entity, frozen=True, kw_only=True, tag="site"):
    """The floor itself: names, structure, limits, wall pages. Key `site:<id>`."""

    short: str
    zh: str
    en: str
    zone: str
    groups: list[Label]
    seat_types: list[Label]
    queues: list[Label]
    teams: list[Label]
    vendors: list[Label]
    seats: int
    service_seconds: int
    minimum_sample: int
    limits: list[Limit]
    pages: list[PageInfo]
    headlines: list[HeadlineInfo]
    rotate_seconds: int
    theme: str
    language: str
    diagonal_inches: float
    farthest_metres: float
    pin_hash: str = ""
    classic_colours: bool = False
    shifts: list[ShiftInfo] = []
    longest_shelf_minutes: int = 240
    reason_for: list[str] = []
    """Orders that need a reason here."""
    break_quotas: dict[str, int] = {}
    """How many of a team may be sent on a break at once, by team; teams without a limit are not named."""
    pauses: dict[str, SeatState] = {}
    """The reasons of a pause that this site has a word for, and the state that each leads to."""
    spoken: str = ""
    """What callers speak (BCP 47) unless their queue says otherwise."""
    people: list[Label] = []
    """Whose credentials are whose; `id` is what stands as `by` in entities. Credentials without a name are left out."""
    reasons: list[Label] = []
    """What people call the reasons for which seats are paused or busy; `id` is what seats and orders have."""
    service_seconds_of: dict[str, int] = {}
    """T of the queues that have their own, by queue; of the others it is `service_seconds`."""


class Source(Entity, frozen=True, kw_only=True, tag="source"):
    """Where facts come from. Key `source:<id>` (`source:main` for the only one)."""

    state: SourceState
    mode: SourceMode
    speed: float
    since: int
    title: str = ""
    text: str = ""
    """Why it is not up."""
    drift: int = 0
    """Differences from the source's own state that were found and put right since the gateway started."""
    checked_at: int | None = None
    """When it was last compared."""
    orders: bool = False
    """Whether orders for seats, calls and switches can be carried out on it."""


class Seat(Entity, frozen=True, kw_only=True, tag="seat"):
    """A desk or phone and who sits there. Key `seat:<id>`.

    `warn_after_s`/`critical_after_s` tell when this state stands out (None: never), so that the display can count.
    """

    state: SeatState
    since: int
    agent: str = ""
    agent_zh: str = ""
    agent_en: str = ""
    team: str = ""
    vendor: str = ""
    seat_type: str = ""
    group: str = ""
    area: str = ""
    extension: str = ""
    reason: str = ""
    by: str = ""
    queue: str = ""
    call: str = ""
    """The call's own id, as in the `call` of its legs."""
    source: str = ""
    warn_after_s: float | None = None
    critical_after_s: float | None = None
    skills: list[str] = []
    """Queues that whoever sits there serves, best first: by the site's list, or as the source says that they do."""
    languages: list[str] = []
    """Languages that they speak (BCP 47), best first."""
    doubt: list[str] = []
    """What contradicts what, where the state is `unknown` for that."""
    doubt_since: int | None = None
    """When that was first seen."""


class Queue(Entity, frozen=True, kw_only=True, tag="queue"):
    """A queue now. Key `queue:<id>`; `oldest` is the join time of the longest waiting leg, `mean_join` the mean one."""

    waiting: int
    ringing: int
    in_service: int
    oldest: int | None = None
    mean_join: int | None = None
    group: str = ""
    seat_type: str = ""
    source: str = ""
    zh: str = ""
    en: str = ""
    turns: dict[str, float | None] = {}
    """Who waits, next first: leg -> predicted wait from this revision on in seconds (W11), None where unknown."""


class Call(Entity, frozen=True, kw_only=True, tag="call"):
    """An open leg of a call (waiting, talking, in after-call work). Key `call:<leg>`; gone when it is booked."""

    call: str
    queue: str
    state: CallState
    joined_at: int
    since: int
    number: str = ""
    agent: str = ""
    team: str = ""
    vendor: str = ""
    source: str = ""
    priority: int = 0
    language: str = ""
    """What the caller is expected to speak (BCP 47), by the queue; empty: what the floor's callers speak."""


class Staff(Entity, frozen=True, kw_only=True, tag="staff"):
    """How many agents of a scope are in which state. Key `staff:<scope>`; states with nobody are left out.

    A queue's agents are those who serve it first: by the site's list, or by what they were moved to.
    """

    scope: str
    states: dict[str, int]
    staffed: int
    seats: int = 0


class Figures(Entity, frozen=True, kw_only=True, tag="figures"):
    """The figures of a scope in a window. Key `figures:<scope>:<window>`.

    `values` maps figure ids to numbers or None; `muted` lists ratios whose denominator is below the minimum sample;
    `tones` the figures that are amber or red after hysteresis. `incomplete`: a gap lies in the window. `restated_at`:
    a late fact changed a closed part of the window.
    """

    scope: str
    window: str
    values: dict[str, float | int | None]
    muted: list[str] = []
    tones: dict[str, Level] = {}
    begin: int = 0
    """Where the day began for window `today`; 0 for rolling windows, which end now."""
    oldest: int | None = None
    """Join time of the longest waiting leg: from here `longest_wait_now` is counted."""
    mean_join: int | None = None
    """Mean join time of the waiting legs: from here `average_wait_now` is counted."""
    incomplete: bool = False
    restated_at: int | None = None
    rest_basis: RestBasis = ""
    """From what the rest of the day was reckoned; only for window `today`."""


class Trend(Entity, frozen=True, kw_only=True, tag="trend"):
    """A figure minute by minute for an hour, oldest first. Key `trend:<scope>:<figure>`; `until` ends the last."""

    scope: str
    figure: str
    until: int
    points: list[float | None]
    step_s: int = 60


class Alarm(Entity, frozen=True, kw_only=True, tag="alarm"):
    """Something outside its limits, or a moment ago. Key `alarm:<scope>:<figure>:<window>` or `alarm:<scope>:<rule>`.

    `rule` is empty for the alarm of a threshold, whose words are those of its figure; `zh`, `en` are those of a rule.
    `scope` may also be `seat:<id>`, `source:<id>` or `trunk:<id>`, `figure` is `state:<seat state>` where people in a
    state are counted, and empty for a single seat, a source and a trunk. One that is over stays until somebody has
    acknowledged it, and then a while as recovered.
    """

    scope: str
    figure: str
    window: str
    level: Level
    since: int
    limit: float | None
    """None where it follows from a figure that whoever reads this may not see."""
    value: float | int | None = None
    value_since: int | None = None
    """For running durations: the moment from which to count, instead of a value."""
    acknowledged_by: str = ""
    acknowledged_at: int | None = None
    ended_at: int | None = None
    acknowledged_name: str = ""
    """Who it was, where several people share the credential."""
    rule: str = ""
    zh: str = ""
    en: str = ""
    advice_zh: str = ""
    advice_en: str = ""
    below: bool = False
    """Whether the limit is one that the value fell below."""
    number: int = 0
    """Alarms are numbered as they come; to whoever sees a part of the floor this is `since`, and `group` is 0."""
    group: int = 0
    """The number of the first of those that came one upon the other: where it is `number`, this one was first."""
    cause: str = ""
    """The key of the alarm of which this one is only a consequence: it is neither counted nor sounded."""
    shelved_until: int | None = None
    out_of_service: bool = False
    suppressed_by: str = ""
    """Who shelved it or took it out of service; the credential, and the name where one was given."""
    suppressed_name: str = ""
    suppressed_at: int | None = None
    suppressed_reason: str = ""
    brought_back_by: str = ""
    """Who had it tell again; empty where its time on the shelf was over."""
    brought_back_name: str = ""
    team: str = ""
    seat_type: str = ""
    info: bool = False
    """Only for information. Its `level` is that of a warning, as which those show it who do not know this."""
    agent: str = ""
    """Who sat at the seat that it is about while it was so, and not who sits there since."""
    agent_zh: str = ""
    agent_en: str = ""
    relative_to: str = ""
    """The figure of which the limit is a share; empty for a limit of its own."""

    @property
    def priority(self) -> Priority:
        """How grave it is, of all that there is."""
        return "info" if self.info else self.level

    @property
    def state(self) -> AlarmPhase:
        """What it wants of people."""
        if self.out_of_service:
            return "out_of_service"
        if self.shelved_until is not None:
            return "shelved"
        if self.ended_at is None:
            return "acknowledged" if self.acknowledged_by else "unacknowledged"
        return "over" if self.acknowledged_by else "returned"

    @property
    def stands(self) -> bool:
        """Whether it holds now and is not put aside."""
        return self.state in ("unacknowledged", "acknowledged")

    @property
    def fresh(self) -> bool:
        """Whether somebody has yet to take note of it."""
        return self.state in ("unacknowledged", "returned")


class AlarmDay(Entity, frozen=True, kw_only=True, tag="alarm_day"):
    """How many alarms were raised since midnight, consequences of others left out. Key `alarm_day:site`."""

    begin: int
    raised: int


class AgentDay(Entity, frozen=True, kw_only=True, tag="agent"):
    """An agent and the counts of the day so far. Key `agent:<id>`; seconds in `*_s`."""

    zh: str
    en: str
    team: str = ""
    vendor: str = ""
    seat_type: str = ""
    seat: str = ""
    answered: int = 0
    handled: int = 0
    talk_s: float = 0.0
    hold_s: float = 0.0
    acw_s: float = 0.0
    attempts: int = 0
    no_answers: int = 0
    transfers: int = 0


class Order(Entity, frozen=True, kw_only=True, tag="order"):
    """A command on its way, or how it ended. Key `order:<id>`; `at` is when it came to this state.

    `about` is the key of what it was given for, `code` and `values` say the text for consoles with words of their own,
    up to `undo_until` (floor time) it can be undone.
    """

    name: str
    state: OrderState
    by: str
    at: int
    text: str = ""
    about: str = ""
    code: str = ""
    values: dict[str, Value] = {}
    undo_until: int | None = None


class Listening(Entity, frozen=True, kw_only=True, tag="listening"):
    """Somebody who listens to a call, or did a moment ago. Key `listening:<session>`.

    `starting`: not joined to the call yet. `waiting`: joined, but no sound has come. `on`: sound comes. `since` is when
    it came to this state, `began_at` when it was ordered; `phone` is the phone that rings instead of the console.
    """

    session: int
    state: ListeningState
    mode: ListeningMode
    by: str
    since: int
    began_at: int
    seat: str = ""
    leg: str = ""
    phone: str = ""
    order: str = ""
    reason: str = ""


class Notice(Entity, frozen=True, kw_only=True, tag="notice"):
    """A word to a seat, a team or the floor. Key `notice:<order>`, after the order that sent it; gone after `until`.

    `to` is `floor`, `team:<id>` or `seat:<id>`; `team` and `seat_type` are those of `to` when it was sent.
    """

    to: str
    text: str
    by: str
    since: int
    until: int
    team: str = ""
    seat_type: str = ""


class Note(Entity, frozen=True, kw_only=True, tag="note"):
    """What somebody wrote down for the next shift. Key `note:<order>`, after the order that wrote it.

    It stays until it is settled, and a day longer; a week at most.
    """

    text: str
    by: str
    at: int
    settled_by: str = ""
    settled_at: int | None = None


class Switch(Entity, frozen=True, kw_only=True, tag="switch"):
    """A switch of the source, as read back from it. Key `switch:<queue>` or `switch:all`, which wins.

    `on` and `off` are said only when what is written (`value`: normal, overflow:<queue>, announce, callback, backup)
    and what the dialplan answers (`asked`) agree; else it is `unsure`.
    """

    state: SwitchState
    value: str
    since: int
    checked_at: int
    asked: str = ""
    by: str = ""


class Trunk(Entity, frozen=True, kw_only=True, tag="trunk"):
    """A way to a carrier, as its source last told. Key `trunk:<id>`; those of which nothing was told have none.

    It is `unknown` while its source is down. `text` is the source's own word for the state.
    """

    state: TrunkState
    since: int
    zh: str = ""
    en: str = ""
    text: str = ""
    source: str = ""


class Layout(Entity, frozen=True, kw_only=True, tag="layout"):
    """The floor as somebody has drawn it. Key `layout:floor`; without one the map is laid out by area."""

    rooms: list[Room]
    since: int
    by: str = ""


AnyEntity = (
    SiteInfo | Source | Seat | Queue | Call | Staff | Figures | Trend | Alarm | AlarmDay | AgentDay | Order | Switch
    | Listening | Notice | Note | Layout | Trunk
)  # fmt: skip
