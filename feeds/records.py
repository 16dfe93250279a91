"""What a log keeps beside its facts, asked for and not pushed: legs as they went, and what happened on the floor."""

from typing import Literal

from msgspec import Struct

from feeds.entities import AnyEntity
from feeds.states import AttemptResult, FlowKind

Outcome = Literal["waiting", "answered", "abandoned", "flow_out", "blocked"]


class LegRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One leg as the ledger keeps it: the very calls behind a number.

    Times are UTC milliseconds, durations milliseconds. Written when the leg is concluded and again when it is booked
    (talk over, after-call work over), so the newest record of a `leg` wins.
    """

    leg: str
    call: str
    queue: str
    joined_at: int
    outcome: Outcome
    concluded_at: int | None = None
    wait_ms: int = 0
    number: str = ""
    agent: str = ""
    team: str = ""
    vendor: str = ""
    short: bool = False
    ringing: bool = False
    """A phone rings for it now; only while it waits."""
    while_ringing: bool = False
    flow_kind: FlowKind | None = None
    answered_elsewhere: bool = False
    service_ms: int = 20_000
    """The threshold T that applied."""
    talk_ms: int | None = None
    hold_ms: int = 0
    acw_ms: int = 0
    talk_ended_at: int | None = None
    booked_at: int | None = None
    rang_at: list[int] = []
    """When phones began to ring for it."""
    missed_at: list[int] = []
    """When a phone was not answered or the call was rejected."""
    last_attempt: AttemptResult | None = None
    transferred: str = ""
    transferred_at: int | None = None
    came_from: str = ""
    """The leg that led here, empty at the first, and to whoever sees a part of the floor."""
    source: str = ""


class Happening(Struct, frozen=True, kw_only=True):
    """Something that happened on the floor, as the journal keeps it.

    `entity` is what it happened to, as it was right after; `what` is `raised`, `worse`, `eased`, `returned`,
    `acknowledged`, `shelved`, `unshelved`, `out_of_service`, `in_service` or `changed` of an alarm, the state of an
    order, a source or a trunk, and `changed`, `sent`, `written` or `settled` of the rest.
    """

    rev: int
    at: int
    what: str
    entity: AnyEntity
