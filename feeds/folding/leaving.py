"""What facts do that end a wait: legs answered, abandoned, flowed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from msgspec.structs import replace

from feeds import facts
from feeds.counters import (
    C_ABANDONED,
    C_ABANDONED_IN_TIME,
    C_ABANDONED_RINGING,
    C_ANSWERED,
    C_ANSWERED_AT_ONCE,
    C_ANSWERED_BELOW_TIME,
    C_ANSWERED_IN_TIME,
    C_CALLS_ANSWERED,
    C_FLOW_CALLBACK,
    C_FLOW_FULL,
    C_FLOW_IVR,
    C_FLOW_NO_AGENT,
    C_FLOW_QUEUE,
    C_FLOW_TIMEOUT,
    C_FLOWED,
    C_FLOWED_ANSWERED,
    C_FLOWED_IN_TIME,
    C_LONGEST,
    C_SHORT,
    C_WAIT_ABANDONED,
    C_WAIT_ANSWERED,
    C_WAIT_FLOWED,
    C_WAIT_SHORT,
    E_ABANDONED,
    E_ABANDONED_IN_TIME,
    E_ANSWERED,
    E_ANSWERED_IN_TIME,
    E_EXPIRED,
    E_FLOWED,
    E_FLOWED_ANSWERED,
    E_FLOWED_IN_TIME,
    E_SHORT,
    E_WAIT_ABANDONED,
    E_WAIT_ANSWERED,
)  # fmt: skip
from feeds.folding.booking import (
    backdate,
    cohort_row,
    cohort_rows,
    count_since,
    odd,
    people_before,
    release,
    remove,
    restate,
    shift,
    touch,
)
from feeds.folding.core import Core
from feeds.folding.early import keep, tell_again
from feeds.folding.ledger import record
from feeds.folding.state import BUCKET, Leaf, LegState, QueueState
from feeds.records import LegRecord

FLOW_PLACES: Final[dict[str, int]] = {
    "no_agent": C_FLOW_NO_AGENT, "timeout": C_FLOW_TIMEOUT, "full": C_FLOW_FULL, "queue": C_FLOW_QUEUE,
    "callback": C_FLOW_CALLBACK, "ivr": C_FLOW_IVR,
}  # fmt: skip


Ending = facts.LegAnswered | facts.LegAbandoned | facts.LegFlowedOut


def _leave(floor: Core, fact: Ending) -> tuple[LegState, QueueState] | None:
    """Take a leg out of the waiting ones; None when it was not waiting."""
    leg = floor.state.legs.get(fact.leg)
    if leg is None:
        keep(floor, fact, "left_without_waiting")
        return None
    if leg.answered >= 0:
        odd(floor, "left_without_waiting")
        return None
    queue = floor.queues[leg.queue]
    del queue.waiting[leg.id]
    queue.joined_sum -= leg.joined
    if leg.rings:
        queue.ringing -= 1
    if leg.overdue:
        queue.overdue -= 1
    wait = fact.wait_ms
    leg.wait = max(0, fact.at - leg.joined) if wait is None else wait
    waits = floor.wires.queues[leg.queue].waits
    shift(waits, floor.now, -1)
    if fact.at < floor.now:
        count_since(floor, waits, max(fact.at, leg.joined), -1)
    late = leg.wait > queue.service_ms
    if late != leg.expired:
        _correct_expiry(floor, leg, queue, fact.at, late)
    _note_longest(queue.leaf, fact.at, leg.wait)
    return leg, queue


def _note_longest(leaf: Leaf, at: int, wait: int) -> None:
    slot, bucket = at // leaf.slot, at - at % BUCKET
    if wait > leaf.longest.get(slot, 0):
        leaf.longest[slot] = wait
    if wait > leaf.longest_in.get(bucket, 0):
        leaf.longest_in[bucket] = wait


def _correct_expiry(floor: Core, leg: LegState, queue: QueueState, at: int, late: bool) -> None:
    """Whether T ran out is decided by the wait as it is known now; what the clock had booked meanwhile is put right."""
    when = at if late else leg.joined + queue.service_ms + 1
    before = tuple(queue.leaf.total) if when < floor.slot_begin else None
    queue.leaf.total[E_EXPIRED] += 1 if late else -1
    if before is not None:
        backdate(floor, queue.leaf, when, before)
        restate(floor, queue, when)
    leg.expired = late


def on_answered(floor: Core, fact: facts.LegAnswered) -> None:
    """Caller and agent are bridged."""
    left = _leave(floor, fact)
    if left is None:
        return
    leg, queue = left
    at, wait = fact.at, leg.wait
    in_time = wait <= queue.service_ms
    for row in cohort_rows(floor, queue, leg.joined):
        row[C_ANSWERED] += 1
        row[C_WAIT_ANSWERED] += wait
        if in_time:
            row[C_ANSWERED_IN_TIME] += 1
            if wait < queue.service_ms:
                row[C_ANSWERED_BELOW_TIME] += 1
                if wait < 1000:
                    row[C_ANSWERED_AT_ONCE] += 1
        if wait > row[C_LONGEST]:
            row[C_LONGEST] = wait
    total = queue.leaf.total
    before = tuple(total) if at < floor.slot_begin else None
    total[E_ANSWERED] += 1
    total[E_WAIT_ANSWERED] += wait
    if in_time:
        total[E_ANSWERED_IN_TIME] += 1
    if before is not None:
        backdate(floor, queue.leaf, at, before)
        restate(floor, queue, at)
    leg.state, leg.since, leg.answered, leg.agent, leg.rings = "talking", at, at, fact.agent, 0
    queue.in_service += 1
    wire = floor.wires.queues[queue.id]
    shift(wire.services, floor.now, 1)
    if at < floor.now:
        count_since(floor, wire.services, at, 1)
    floor.bundled[wire.demand] = floor.pending["call:" + leg.id] = floor.rev
    _answered_by(floor, leg, at, in_time)
    _answered_call(floor, leg, at)
    if floor.ledger is not None:
        floor.ledger(record(floor, leg, "answered", at))
    if floor.state.early:
        tell_again(floor, leg)


def _answered_by(floor: Core, leg: LegState, at: int, in_time: bool) -> None:
    agent = floor.agents.get(leg.agent)
    if agent is None:
        return
    if at >= floor.state.day:
        agent.answered += 1
    crew = floor.crews[agent.crew]
    leaf = crew.leaf
    total = leaf.total
    before = people_before(floor, leaf, at) if at < floor.slot_begin else None
    total[E_ANSWERED] += 1
    total[E_WAIT_ANSWERED] += leg.wait
    if in_time:
        total[E_ANSWERED_IN_TIME] += 1
    if before is not None:
        backdate(floor, leaf, at, before)
        restate(floor, crew, at)
    floor.pending["agent:" + agent.id] = floor.bundled[floor.wires.crews[agent.crew].figures] = floor.rev


def _answered_call(floor: Core, leg: LegState, at: int) -> None:
    """The call as a whole is answered; legs of it that had flowed out by then count as answered elsewhere."""
    call = floor.state.calls.get(leg.call)
    if call is None:
        return
    call.last = floor.now
    if not call.answered:
        call.answered = True
        first = floor.queues[call.queue]
        cohort_row(first, call.joined)[C_CALLS_ANSWERED] += 1
        if call.joined >= floor.state.day:
            first.today[C_CALLS_ANSWERED] += 1
    call.answered_at = max(call.answered_at, at)
    flowed, call.flowed = call.flowed, []
    for leg_out in flowed:
        if cast(int, leg_out.concluded_at) <= at:
            _count_elsewhere(floor, leg_out)
        else:
            call.flowed.append(leg_out)


def _count_elsewhere(floor: Core, flowed: LegRecord) -> None:
    queue = floor.queues[flowed.queue]
    cohort_row(queue, flowed.joined_at)[C_FLOWED_ANSWERED] += 1
    if flowed.joined_at >= floor.state.day:
        queue.today[C_FLOWED_ANSWERED] += 1
    at = cast(int, flowed.concluded_at)
    # Booked where the flow-out was booked, so that no window can hold more answered flow-outs than flow-outs.
    before = tuple(queue.leaf.total) if at < floor.slot_begin else None
    queue.leaf.total[E_FLOWED_ANSWERED] += 1
    if before is not None:
        backdate(floor, queue.leaf, at, before)
    touch(floor, floor.wires.queues[queue.id].demand)
    if floor.ledger is not None:
        floor.ledger(replace(flowed, answered_elsewhere=True))


def _close_unanswered(floor: Core, leg: LegState, queue: QueueState) -> None:
    """What abandoned and flowed-out legs share: the leg is over, the call may be."""
    del floor.state.legs[leg.id]
    touch(floor, floor.wires.queues[queue.id].demand)
    remove(floor, f"call:{leg.id}")
    call = floor.state.calls.get(leg.call)
    if call is not None:
        release(floor, call, 1)


def on_abandoned(floor: Core, fact: facts.LegAbandoned) -> None:
    """The caller gave up."""
    left = _leave(floor, fact)
    if left is None:
        return
    leg, queue = left
    at, wait, ringing = fact.at, leg.wait, leg.rings > 0 or leg.last_attempt == "caller_gone"
    in_time = wait <= queue.service_ms
    short = wait <= floor.site.figures.short_seconds * 1000
    for row in cohort_rows(floor, queue, leg.joined):
        row[C_ABANDONED] += 1
        row[C_WAIT_ABANDONED] += wait
        row[C_ABANDONED_IN_TIME] += in_time
        row[C_ABANDONED_RINGING] += ringing
        if short:
            row[C_SHORT] += 1
            row[C_WAIT_SHORT] += wait
        if wait > row[C_LONGEST]:
            row[C_LONGEST] = wait
    total = queue.leaf.total
    before = tuple(total) if at < floor.slot_begin else None
    total[E_ABANDONED] += 1
    total[E_WAIT_ABANDONED] += wait
    total[E_ABANDONED_IN_TIME] += in_time
    total[E_SHORT] += short
    if before is not None:
        backdate(floor, queue.leaf, at, before)
        restate(floor, queue, at)
    if floor.ledger is not None:
        floor.ledger(record(floor, leg, "abandoned", at, short=short, while_ringing=ringing))
    _close_unanswered(floor, leg, queue)


def on_flowed_out(floor: Core, fact: facts.LegFlowedOut) -> None:
    """The leg left its queue for somewhere else."""
    left = _leave(floor, fact)
    if left is None:
        return
    leg, queue = left
    at, wait = fact.at, leg.wait
    in_time = wait <= queue.service_ms
    for row in cohort_rows(floor, queue, leg.joined):
        row[C_FLOWED] += 1
        row[C_FLOWED_IN_TIME] += in_time
        row[C_WAIT_FLOWED] += wait
        row[FLOW_PLACES[fact.kind]] += 1
        if wait > row[C_LONGEST]:
            row[C_LONGEST] = wait
    total = queue.leaf.total
    before = tuple(total) if at < floor.slot_begin else None
    total[E_FLOWED] += 1
    total[E_FLOWED_IN_TIME] += in_time
    if before is not None:
        backdate(floor, queue.leaf, at, before)
        restate(floor, queue, at)
    flowed = record(floor, leg, "flow_out", at, flow_kind=fact.kind)
    if floor.ledger is not None:
        floor.ledger(flowed)
    call = floor.state.calls.get(leg.call)
    if call is not None and call.answered_at >= at:
        _count_elsewhere(floor, flowed)
    elif call is not None:
        call.flowed.append(flowed)
    _close_unanswered(floor, leg, queue)


HANDLERS: dict[type, Callable[[Any, Any], None]] = {
    facts.LegAnswered: on_answered,
    facts.LegAbandoned: on_abandoned,
    facts.LegFlowedOut: on_flowed_out,
}
