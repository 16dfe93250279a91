"""What facts do that begin something: calls that arrive, legs that join or are refused, queues and agents found."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush
from typing import Any

from config.schema import Agent, Name
from feeds import facts
from feeds.counters import (
    C_BLOCKED,
    C_CALLS,
    C_CALLS_ANSWERED,
    C_JOINED,
    E_BLOCKED,
    E_JOINED,
)  # fmt: skip
from feeds.folding.booking import (
    backdate,
    cohort_row,
    cohort_rows,
    count_since,
    first_timer,
    odd,
    release,
    restate,
    shift,
    touch,
)
from feeds.folding.core import Core
from feeds.folding.early import tell_again
from feeds.folding.passing import advance
from feeds.folding.state import CallState, LegState, QueueState
from feeds.folding.wiring import add_agent, add_queue, queue_leaf
from feeds.records import LegRecord


def _new_queue(floor: Core, name: str) -> QueueState:
    settings = floor.site.figures
    queue = QueueState(
        id=name, group="", seat_type="", zh=name, en=name, service_ms=settings.service_seconds * 1000,
        leaf=queue_leaf(floor),
    )  # fmt: skip
    add_queue(floor, queue)
    touch(floor, f"site:{floor.site.id}")
    return queue


def on_queue_found(floor: Core, fact: facts.QueueFound) -> None:
    """A queue that the site does not know comes to be."""
    if fact.queue not in floor.queues:
        _new_queue(floor, fact.queue)


def on_agent_found(floor: Core, fact: facts.AgentFound) -> None:
    """An agent whom the site does not know comes to be: without team, seat type or skills."""
    if fact.agent not in floor.agents:
        add_agent(floor, Agent(id=fact.agent, name=Name(zh=fact.agent, en=fact.agent), team="", seat_type=""))


def on_call_arrived(floor: Core, fact: facts.CallArrived) -> None:
    """A trunk was seized."""
    call = floor.state.calls.get(fact.call)
    if call is None:
        call = floor.state.calls[fact.call] = CallState(id=fact.call, number=fact.number, last=floor.now)
    if call.arrived:
        return
    call.arrived = True
    leaf = floor.state.inbound
    before = tuple(leaf.total) if fact.at < floor.slot_begin else None
    leaf.total[0] += 1
    if before is not None:
        backdate(floor, leaf, fact.at, before)
    touch(floor, "figures:site")


def on_call_ended(floor: Core, fact: facts.CallEnded) -> None:
    """The caller is gone; a leg still open keeps the call until it is booked."""
    call = floor.state.calls.get(fact.call)
    if call is not None:
        call.ended = True
        release(floor, call, 0)


def _count_call(floor: Core, call: CallState, by: int) -> None:
    """Count a call, or no longer, where it asked for a person first."""
    queue = floor.queues[call.queue]
    for row in cohort_rows(floor, queue, call.joined):
        row[C_CALLS] += by
        if call.answered:
            row[C_CALLS_ANSWERED] += by
    if by < 0:
        restate(floor, queue, call.joined)
        touch(floor, floor.wires.queues[queue.id].demand)


def _first_request(floor: Core, name: str, number: str, queue: QueueState, at: int) -> CallState:
    call = floor.state.calls.get(name)
    if call is None:
        call = floor.state.calls[name] = CallState(id=name, number=number)
    elif number and not call.number:
        call.number = number
    if call.joined < 0 or at < call.joined:
        if call.joined >= 0:
            _count_call(floor, call, -1)
        call.joined, call.queue = at, queue.id
        _count_call(floor, call, 1)
    call.last = floor.now
    return call


def on_joined(floor: Core, fact: facts.LegJoined) -> None:
    """A leg begins to wait."""
    state = floor.state
    name, at = fact.leg, fact.at
    if name in state.legs:
        odd(floor, "joined_twice")
        return
    queue = floor.queues.get(fact.queue) or _new_queue(floor, fact.queue)
    row = cohort_row(queue, at)
    call = _first_request(floor, fact.call, fact.number, queue, at)
    call.open += 1
    row[C_JOINED] += 1
    if at >= state.day:
        queue.today[C_JOINED] += 1
    total = queue.leaf.total
    before = tuple(total) if at < floor.slot_begin else None
    total[E_JOINED] += 1
    if before is not None:
        backdate(floor, queue.leaf, at, before)
        restate(floor, queue, at)
    key = "call:" + name
    state.gone.pop(key, None)
    queue.waiting[name] = at
    queue.joined_sum += at
    queue.source = fact.source
    state.legs[name] = LegState(
        id=name, call=fact.call, queue=queue.id, joined=at, number=fact.number or call.number, since=at,
        came_from=fact.came_from, source=fact.source,
    )  # fmt: skip
    wire = floor.wires.queues[queue.id]
    shift(wire.waits, floor.now, 1)
    if at < floor.now:
        count_since(floor, wire.waits, at, 1)
    heappush(state.timers, first_timer(floor, queue, name, at))
    floor.bundled[wire.demand] = floor.pending[key] = floor.rev
    first = state.timers[0][0]
    if first < floor.next_due:
        floor.next_due = first
        if first <= floor.now:  # it joined so long ago that its time is over
            advance(floor, floor.now)
    if state.early:
        tell_again(floor, state.legs[name])


def on_prioritised(floor: Core, fact: facts.LegPrioritised) -> None:
    """A waiting leg's priority is known."""
    leg = floor.state.legs.get(fact.leg)
    if leg is not None and leg.priority != fact.priority:
        leg.priority = fact.priority
        touch(floor, "call:" + leg.id)
        touch(floor, "queue:" + leg.queue)


def on_blocked(floor: Core, fact: facts.LegBlocked) -> None:
    """A request was refused: a leg that never waits."""
    at = fact.at
    queue = floor.queues.get(fact.queue) or _new_queue(floor, fact.queue)
    row = cohort_row(queue, at)
    call = _first_request(floor, fact.call, fact.number, queue, at)
    row[C_BLOCKED] += 1
    if at >= floor.state.day:
        queue.today[C_BLOCKED] += 1
    total = queue.leaf.total
    before = tuple(total) if at < floor.slot_begin else None
    total[E_BLOCKED] += 1
    if before is not None:
        backdate(floor, queue.leaf, at, before)
        restate(floor, queue, at)
    touch(floor, floor.wires.queues[queue.id].demand)
    if floor.ledger is not None:
        floor.ledger(LegRecord(
            leg=fact.leg, call=call.id, queue=queue.id, joined_at=at, outcome="blocked", concluded_at=at,
            number=fact.number or call.number, service_ms=queue.service_ms, source=fact.source,
        ))  # fmt: skip


HANDLERS: dict[type, Callable[[Any, Any], None]] = {
    facts.QueueFound: on_queue_found,
    facts.AgentFound: on_agent_found,
    facts.CallArrived: on_call_arrived,
    facts.CallEnded: on_call_ended,
    facts.LegJoined: on_joined,
    facts.LegBlocked: on_blocked,
    facts.LegPrioritised: on_prioritised,
}
