"""Every fact: something that happened on the floor, with its source's UTC time in milliseconds.

Facts are frozen and form one tagged union, so a log row says what it is. A fact never carries a running duration and
never a figure. `source` is empty for the site's only source. Times are whole milliseconds since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from feeds.layout import Room
from feeds.said import Value
from feeds.states import FASTEST as FASTEST
from feeds.states import SEAT_BUCKETS as SEAT_BUCKETS
from feeds.states import SEAT_STATES as SEAT_STATES
from feeds.states import AttemptResult as AttemptResult
from feeds.states import BlockReason as BlockReason
from feeds.states import Bucket as Bucket
from feeds.states import EndedBy as EndedBy
from feeds.states import FlowKind as FlowKind
from feeds.states import ListeningMode as ListeningMode
from feeds.states import ListeningState as ListeningState
from feeds.states import OrderState as OrderState
from feeds.states import SeatState as SeatState
from feeds.states import SourceMode as SourceMode
from feeds.states import SourceState as SourceState
from feeds.states import TrunkState as TrunkState


class Fact(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact"):
    """What all facts share."""

    at: int
    source: str = ""


class Tick(Fact, frozen=True, kw_only=True, tag="tick"):
    """Time has passed; nothing else happened."""


class SourceChanged(Fact, frozen=True, kw_only=True, tag="source_changed"):
    """A source came up, fell silent or went down; `speed` is floor seconds per second: 0 is paused, FASTEST `max`."""

    state: SourceState
    mode: SourceMode = "live"
    speed: float = 1.0
    title: str = ""
    text: str = ""
    """Why it is not up, in words."""
    orders: bool = False
    """Whether it carries orders out."""


class SourceChecked(Fact, frozen=True, kw_only=True, tag="source_checked"):
    """A source was asked for everything again and compared with what it had told.

    `drift` is how many differences were found and put right since the gateway started, `found` names those of this
    time (twenty at most).
    """

    drift: int
    found: list[str] = []


class GapSeen(Fact, frozen=True, kw_only=True, tag="gap_seen"):
    """Facts between `begin` and `end` are missing: the buckets they touch are incomplete, never filled."""

    begin: int
    end: int


class TrunkChanged(Fact, frozen=True, kw_only=True, tag="trunk_changed"):
    """A trunk of the site came up or went down, or nobody knows; `text` is what the source calls that state."""

    trunk: str
    state: TrunkState
    text: str = ""


class QueueFound(Fact, frozen=True, kw_only=True, tag="queue_found"):
    """The source speaks of a queue that the site does not know."""

    queue: str


class AgentFound(Fact, frozen=True, kw_only=True, tag="agent_found"):
    """The source speaks of an agent whom the site does not know."""

    agent: str


class CallArrived(Fact, frozen=True, kw_only=True, tag="call_arrived"):
    """A call seized a trunk. `number` is the caller's number as the source tells it (masked only on the wire)."""

    call: str
    number: str = ""
    trunk: str = ""


class CallEnded(Fact, frozen=True, kw_only=True, tag="call_ended"):
    """The caller is gone and no leg of the call is left."""

    call: str


class LegJoined(Fact, frozen=True, kw_only=True, tag="leg_joined"):
    """A call joined a human queue. `came_from` is the leg that led here (overflow, transfer), empty at the first."""

    leg: str
    call: str
    queue: str
    number: str = ""
    came_from: str = ""


class LegBlocked(Fact, frozen=True, kw_only=True, tag="leg_blocked"):
    """A request for a person was refused before it could wait; a leg of its own that never waits."""

    leg: str
    call: str
    queue: str
    reason: BlockReason
    number: str = ""


class LegPrioritised(Fact, frozen=True, kw_only=True, tag="leg_prioritised"):
    """A waiting leg's priority is known to be this; higher ones are taken first."""

    leg: str
    priority: int


class AttemptStarted(Fact, frozen=True, kw_only=True, tag="attempt_started"):
    """An agent's phone begins to ring for a leg."""

    leg: str
    agent: str


class AttemptEnded(Fact, frozen=True, kw_only=True, tag="attempt_ended"):
    """The ringing is over; `no_answer` and `rejected` are ring-no-answer, `caller_gone` is not."""

    leg: str
    agent: str
    result: AttemptResult


class LegAnswered(Fact, frozen=True, kw_only=True, tag="leg_answered"):
    """Caller and agent are bridged. `wait_ms` is given when the source's own count must win over its clock."""

    leg: str
    agent: str
    wait_ms: int | None = None


class LegAbandoned(Fact, frozen=True, kw_only=True, tag="leg_abandoned"):
    """The caller released before the bridge."""

    leg: str
    wait_ms: int | None = None


class LegFlowedOut(Fact, frozen=True, kw_only=True, tag="leg_flowed_out"):
    """The leg left its queue without an answer and without the caller's hanging up."""

    leg: str
    kind: FlowKind
    wait_ms: int | None = None


class HoldStarted(Fact, frozen=True, kw_only=True, tag="hold_started"):
    """The customer is put on hold (consult included)."""

    leg: str


class HoldEnded(Fact, frozen=True, kw_only=True, tag="hold_ended"):
    """The customer is back in conversation."""

    leg: str


class LegTransferred(Fact, frozen=True, kw_only=True, tag="leg_transferred"):
    """The agent passed the answered leg on; transfers to a survey are not told as this fact."""

    leg: str
    kind: Literal["blind", "attended"]


class TalkEnded(Fact, frozen=True, kw_only=True, tag="talk_ended"):
    """The conversation is over. With `work_follows` the leg is booked when :class:`WorkEnded` comes.

    `talk_ms` excludes hold; it and `hold_ms` are given when the source's own count must win.
    """

    leg: str
    by: EndedBy = "unknown"
    work_follows: bool = False
    talk_ms: int | None = None
    hold_ms: int | None = None


class WorkEnded(Fact, frozen=True, kw_only=True, tag="work_ended"):
    """After-call work on a leg is over."""

    leg: str


class SeatChanged(Fact, frozen=True, kw_only=True, tag="seat_changed"):
    """A seat is in another state, or another agent sits there. Sources without seats use the agent's number as seat.

    `agent` is who sits there (empty only for `offline` and `fault`), `by` who forced it, `leg` what it is busy with.
    """

    seat: str
    state: SeatState
    agent: str = ""
    reason: str = ""
    by: str = ""
    leg: str = ""
    doubt: list[str] = []
    """What contradicts what, where the state is `unknown` for that (feeds.states.DOUBTS)."""
    doubted_at: int = 0
    """When the contradiction was first seen; 0 without one."""


class SwitchRead(Fact, frozen=True, kw_only=True, tag="switch_read"):
    """A switch of the source was read back: `switch` is a queue or `all`, `value` what is written there.

    `asked` is what the source's own dialplan says would happen to a call now, empty where it does not say; `proved`
    tells that this is what the written switches lead to. `by` is who turned it, where that is known.
    """

    switch: str
    value: str
    asked: str = ""
    proved: bool = False
    by: str = ""


class AlarmAcknowledged(Fact, frozen=True, kw_only=True, tag="alarm_acknowledged"):
    """Somebody has seen an alarm. `by` is the credential, `name` who said so where several people share it.

    `also` are those that were only its consequences then, and in sight of whoever saw it.
    """

    alarm: str
    by: str
    name: str = ""
    also: list[str] = []


class AlarmShelved(Fact, frozen=True, kw_only=True, tag="alarm_shelved"):
    """Somebody put an alarm aside up to `until`, for a reason."""

    alarm: str
    by: str
    until: int
    reason: str
    name: str = ""


class AlarmUnshelved(Fact, frozen=True, kw_only=True, tag="alarm_unshelved"):
    """Somebody took an alarm off the shelf before its time was over."""

    alarm: str
    by: str
    name: str = ""


class AlarmOutOfService(Fact, frozen=True, kw_only=True, tag="alarm_out_of_service"):
    """Somebody had an alarm tell nothing more until it is returned to service, for a reason."""

    alarm: str
    by: str
    reason: str
    name: str = ""


class AlarmInService(Fact, frozen=True, kw_only=True, tag="alarm_in_service"):
    """Somebody had an alarm tell again."""

    alarm: str
    by: str
    name: str = ""


class OrderChanged(Fact, frozen=True, kw_only=True, tag="order_changed"):
    """A command came a step further. `by` is the credential that gave it, `text` says why or how far.

    `about` is the key of what it was given for, `code` and `values` are those of the text (feeds/said.py), up to
    `undo_until` it can be undone.
    """

    order: str
    name: str
    state: OrderState
    by: str
    text: str = ""
    about: str = ""
    code: str = ""
    values: dict[str, Value] = {}
    undo_until: int | None = None


class ListeningChanged(Fact, frozen=True, kw_only=True, tag="listening_changed"):
    """A listening session begins, is joined to the call, is heard, changes its mode or has ended (`reason` says why).

    `by` is the credential that listens, `order` the command that began it, `phone` where it is heard instead of the
    console; `leg` is known where a queue's call is heard.
    """

    session: int
    state: ListeningState
    mode: ListeningMode
    by: str
    seat: str = ""
    leg: str = ""
    phone: str = ""
    order: str = ""
    reason: str = ""


class NoticeSent(Fact, frozen=True, kw_only=True, tag="notice_sent"):
    """Somebody has something to say to a seat, a team or the floor (`to`: `floor`, `team:<id>`, `seat:<id>`).

    It holds up to `until`. `team` and `seat_type` are those of `to` when it was sent, empty for the floor.
    """

    notice: str
    to: str
    text: str
    by: str
    until: int
    team: str = ""
    seat_type: str = ""


class NoteWritten(Fact, frozen=True, kw_only=True, tag="note_written"):
    """Somebody has written something down for whoever comes after them."""

    note: str
    text: str
    by: str


class NoteSettled(Fact, frozen=True, kw_only=True, tag="note_settled"):
    """What a note was about is dealt with."""

    note: str
    by: str


class SeatServes(Fact, frozen=True, kw_only=True, tag="seat_serves"):
    """Whoever sits there serves other queues than was known, from now on and until they sign out.

    Before the first such fact they serve those of the site's list. `queues` are all that they serve, each with its
    penalty: those with the lowest come first, and for those they count. `by` is the credential whose order it was,
    empty where the source found it.
    """

    seat: str
    agent: str
    queues: dict[str, int]
    by: str = ""


class LayoutDrawn(Fact, frozen=True, kw_only=True, tag="layout_drawn"):
    """The floor's map is drawn so from now on; `by` is the credential that saved it, empty for the site folder."""

    rooms: list[Room]
    by: str = ""


AnyFact = (
    Tick | SourceChanged | SourceChecked | GapSeen | QueueFound | AgentFound | CallArrived | CallEnded | LegJoined
    | LegBlocked | LegPrioritised | SwitchRead | AttemptStarted | AttemptEnded | LegAnswered | LegAbandoned
    | LegFlowedOut | HoldStarted | HoldEnded | LegTransferred | TalkEnded | WorkEnded | SeatChanged
    | AlarmAcknowledged | AlarmShelved | AlarmUnshelved | AlarmOutOfService | AlarmInService | OrderChanged
    | ListeningChanged | NoticeSent | NoteWritten | NoteSettled | LayoutDrawn
    | SeatServes | TrunkChanged
)  # fmt: skip

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[AnyFact] = msgspec.msgpack.Decoder(AnyFact)


def pack(fact: AnyFact) -> bytes:
    """A fact as MessagePack, the form in which the log keeps it."""
    return _encoder.encode(fact)


def unpack(body: bytes) -> AnyFact:
    """The fact in a log row. Raises msgspec.ValidationError or DecodeError for anything else."""
    return _decoder.decode(body)
