"""What consoles ask of a gateway and what it answers: the parameters and results of every method."""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct, field

from feeds.entities import AnyEntity
from feeds.records import Happening, LegRecord
from feeds.said import Value
from feeds.states import OrderState, SeatState

EARLIEST: Final = -62_104_060_800_000
"""The first moment of the year 2: before it no calendar has a day in every zone."""
LATEST: Final = 2**53
"""The greatest number that every reader of JSON gives back as it was; as a moment it is far behind all others."""
Moment = Annotated[int, Meta(ge=EARLIEST, le=LATEST)]
"""Floor time that is asked for, UTC milliseconds."""
Count = Annotated[int, Meta(ge=-LATEST, le=LATEST)]
"""A number with which something is computed."""


class Resume(Struct, frozen=True, omit_defaults=True):
    """Where a returning console stands; `view` is the fingerprint that the gateway gave it.

    Whoever leaves it out vouches that credential and view are those of before.
    """

    epoch: str
    rev: int
    view: str = ""


class ViewRequest(Struct, frozen=True, omit_defaults=True):
    """What a console wants to see of what it may see; None or empty means everything."""

    queues: list[str] | None = None
    teams: list[str] | None = None


class HelloParams(Struct, frozen=True, omit_defaults=True):
    """The first frame: who, with which credential, from where on."""

    token: str
    client: str = ""
    resume: Resume | None = None
    view: ViewRequest | None = None


class HistoryParams(Struct, frozen=True, omit_defaults=True):
    """A figure over time. `begin`, `end` (sent as `from`, `to`) are floor time, UTC ms; `step` is seconds.

    A step is a day at most. `figure` may be the short id of its definition, such as A2. `queue` is short for the scope
    `queue:<queue>`; with neither it is the site.
    """

    figure: str
    begin: Moment = field(name="from")
    end: Moment = field(name="to")
    step: Count = 900
    queue: str = ""
    scope: str = ""


class CallsParams(Struct, frozen=True, omit_defaults=True):
    """Opens a figure: the calls behind its value at floor time `at` (UTC ms, None: now) in a window.

    `figure` may be the short id of its definition, such as A2. The calls come by `order`; `after` is the leg behind
    which to go on. Ask for further pages with the `at` of the first one, so that they are pages of the same list.
    """

    figure: str
    queue: str = ""
    at: Moment | None = None
    window: str = "today"
    scope: str = ""
    limit: Count = 1000
    after: str = ""
    order: str = "joined"
    """`joined`, `wait`, `queue`, `agent`, `outcome`, `handle` or `counted`; the other way round with `-` in front."""


LONGEST_SHIFT_MS: Final = 25 * 3600 * 1000
"""A day on which the clock is put back."""


class ShiftParams(Struct, frozen=True, omit_defaults=True):
    """A stretch of floor time as a whole, such as a shift: `begin`, `end` (sent as `from`, `to`) in UTC ms.

    It is a day at most, in whole quarters of an hour; `end` None means now. `figures` are those that are wanted, by
    their ids or those of their definitions, such as A2; the answer names the former. Without any it is all that are not
    true at one moment only.
    """

    begin: Moment = field(name="from")
    end: Moment | None = field(default=None, name="to")
    figures: list[str] = []


class JournalParams(Struct, frozen=True, omit_defaults=True):
    """What happened from `begin` to `end` (sent as `from`, `to`; floor time, UTC ms; `end` None means up to now).

    `kinds` are kinds of entities (`alarm`, `order` …), empty for all. Where there is more than `limit`, the newest.
    """

    begin: Moment = field(name="from")
    end: Moment | None = field(default=None, name="to")
    kinds: list[str] = []
    limit: Count = 500


class AgentParams(Struct, frozen=True, omit_defaults=True):
    """Asks about an agent, by number or by the seat where they sit, for the states in [begin, end), UTC milliseconds.

    None stands for as far back as is known, and for now; times are the floor's.
    """

    agent: str = ""
    seat: str = ""
    begin: Moment | None = field(name="from", default=None)
    end: Moment | None = field(name="to", default=None)


class OrderParams(Struct, frozen=True, omit_defaults=True):
    """A command. `key` makes it idempotent; `expires_ms` is how long after arrival it may still be begun.

    `expect` says on what it was decided, by keys of entities: the revision, or those members that matter with their
    values; None for an entity that was not there. An order is refused where any of it is otherwise by now.
    """

    key: str
    name: str
    args: dict[str, Any] = {}
    expect: dict[str, Any] | None = None
    reason: str = ""
    expires_ms: Count | None = None
    rehearse: bool = False


class Scope(Struct, frozen=True):
    """What a credential is limited to; an empty list means no limit of that kind."""

    teams: list[str] = []
    vendors: list[str] = []
    queues: list[str] = []


class HelloResult(Struct, frozen=True):
    """The gateway's welcome; `now` is floor time, `resumed` tells that changes follow instead of a snapshot."""

    epoch: str
    rev: int
    role: str
    rights: list[str]
    scope: Scope
    masked: bool
    beat_ms: int
    now: int
    resumed: bool = False
    view: str = ""
    sound_rate: int = 0
    """Samples a second of the sound in binary frames; 0 where nobody can listen."""
    shared: bool = False
    """Several people use this credential, so whoever takes note of an alarm has to give a name."""
    by: str = ""
    """The credential's id, as it stands as `by` in entities; `people` of the site tells whose it is."""
    role_zh: str = ""
    role_en: str = ""
    """What the site calls the role; empty where an older gateway does not say it."""


class HistoryResult(Struct, frozen=True):
    """A figure over time: `points` are its values in steps of `step` seconds from `begin` (UTC ms) on, None = empty.

    `incomplete` and `restated` are indexes of points: facts are missing there, or came after the period was closed.
    Days that the floor does not know, or does not keep any more, are None and incomplete.
    """

    figure: str
    scope: str
    definition: str
    begin: int
    step: int
    points: list[float | int | None]
    incomplete: list[int] = []
    restated: list[int] = []


class CallsResult(Struct, frozen=True):
    """The calls behind a figure's value, by join time: those that happened in [begin, end), seen at floor time `at`.

    `counted` says of each whether it counts for the numerator (of a plain count: always); the rest is only in the
    denominator. `total` counts those on other pages as well; `hidden` are those behind the value that are out of the
    reader's sight, so the value is made of `total + hidden` calls, of which `over` count for the numerator. `value` is
    the figure at `at` as it is published, None where that is a moment that has passed; `ratio` says whether it is
    `over` of `total + hidden`. Where a phone rang more than once for a call, `attempts` and `ring_no_answer` are more
    than their calls.
    """

    figure: str
    scope: str
    definition: str
    window: str
    begin: int
    end: int
    at: int
    total: int
    calls: list[LegRecord]
    counted: list[bool]
    hidden: int = 0
    over: int = 0
    value: float | int | None = None
    ratio: bool = False


class ShiftFigures(Struct, frozen=True, omit_defaults=True):
    """The figures of a scope over a shift; `muted` are ratios over too few calls, `incomplete` says that facts miss."""

    scope: str
    values: dict[str, float | int | None]
    muted: list[str] = []
    incomplete: bool = False
    restated_at: int | None = None


class ShiftResult(Struct, frozen=True):
    """A shift and the floor at its end: figures of site, groups and queues in [begin, end), seen at floor time `at`.

    `entities` are what a next shift has to know of: alarms, switches, sources, notices, notes, and the seats that are
    away, in trouble or overdue. `known_from` is the first moment that the log knows.
    """

    begin: int
    end: int
    at: int
    known_from: int
    figures: list[ShiftFigures]
    entities: list[AnyEntity]


class JournalResult(Struct, frozen=True):
    """What happened in [begin, end), oldest first; `left_off` counts what is older than the first of these.

    Nothing is known of the time before `known_from`.
    """

    begin: int
    end: int
    known_from: int
    happened: list[Happening]
    left_off: int = 0


class AgentSpan(Struct, frozen=True, omit_defaults=True):
    """A state of an agent from `begin` (UTC ms) on, until the next one begins."""

    begin: int
    state: SeatState
    seat: str
    reason: str = ""
    by: str = ""


class AgentResult(Struct, frozen=True, omit_defaults=True):
    """An agent's states in [begin, end), the first may have begun before; nothing is known before `known_from`.

    `serves` are the queues served now with their penalties, as the source tells; None where it does not tell.
    """

    agent: str
    begin: int
    end: int
    known_from: int
    spans: list[AgentSpan]
    serves: dict[str, int] | None = None
    figures: dict[str, float | int | None] = {}
    """Of the agent's day: answered, aht (seconds), occupancy (per cent), ring_no_answer, transfers."""
    team: dict[str, float | int | None] = {}
    """The same of the team: means of the counts of those who have worked today, and the team's own figures."""


class Quota(Struct, frozen=True, omit_defaults=True):
    """Of which team an order would take a break's place, and how many places there are.

    Of its `people` (signed in) `most` may be on break at once; `away` are, `soon` of those once their work is over.
    """

    team: str
    most: int
    people: int
    away: int = 0
    soon: int = 0

    @property
    def free(self) -> int:
        """How many more may go."""
        return max(0, self.most - self.away)


class OrderResult(Struct, frozen=True, omit_defaults=True):
    """What became of a command so far; the rest arrives as the entity `order:<order>`.

    Of a rehearsal: whether it would be `accepted` or `refused`, `text` is what it would do, `hits` are the keys of what
    it would reach in sight of whoever asks (500 at most), `hit_count` how many there are; the call in the hand of
    whoever sits at a seat is named by its leg. `code` and `values` are those of the text.
    Each is rehearsed by itself: of several with the same `quota` only as many will be accepted as it has places free.
    """

    order: str
    state: OrderState
    text: str = ""
    code: str = ""
    values: dict[str, Value] = {}
    hits: list[str] = []
    hit_count: int = 0
    quota: Quota | None = None
    """Of a rehearsal: whose place it would take or found none of; None where it takes none."""
