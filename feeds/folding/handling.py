"""What facts do while agents work on a leg: ringing, hold, transfer, end of talk, end of after-call work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feeds import facts
from feeds.counters import (
    C_ACW,
    C_HELD,
    C_HOLD,
    C_TALK,
    E_ACW,
    E_ATTEMPTS,
    E_BOOKED,
    E_COMPLETED,
    E_HELD,
    E_HOLD,
    E_NO_ANSWER,
    E_TALK,
    E_TRANSFERRED,
)  # fmt: skip
from feeds.folding.booking import (
    backdate,
    cohort_row,
    cohort_rows,
    count_since,
    odd,
    release,
    remove,
    restate,
    shift,
    touch,
)
from feeds.folding.core import Core
from feeds.folding.early import keep, tell_again
from feeds.folding.ledger import record
from feeds.folding.state import CREW_SLOT, Leaf, LegState, QueueState


def on_attempt_started(floor: Core, fact: facts.AttemptStarted) -> None:
    """A phone rings for a waiting leg."""
    leg = floor.state.legs.get(fact.leg)
    if leg is None:
        keep(floor, fact, "rang_without_waiting")
        return
    if 0 <= leg.answered < fact.at:
        odd(floor, "rang_without_waiting")
        return
    queue = floor.queues[leg.queue]
    _attempt(floor, queue, fact.agent, fact.at, E_ATTEMPTS)
    leg.rang.append(fact.at)
    if leg.answered < 0 and not _is_over(leg, fact.at):
        leg.rings += 1
        if leg.rings == 1:
            leg.state, leg.since = "ringing", fact.at
            queue.ringing += 1
    floor.bundled[floor.wires.queues[queue.id].demand] = floor.pending["call:" + leg.id] = floor.rev


def _is_over(leg: LegState, begun: int) -> bool:
    """Whether the end of a ring was told before its beginning: as many were missed as began, and one since then."""
    return len(leg.missed) >= len(leg.rang) and max(leg.missed, default=-1) >= begun


def on_attempt_ended(floor: Core, fact: facts.AttemptEnded) -> None:
    """The ringing is over. Comes before or after the answer, as the source likes."""
    leg = floor.state.legs.get(fact.leg)
    if leg is None:
        if fact.result != "caller_gone":
            keep(floor, fact, "attempt_without_leg")
        return
    queue = floor.queues[leg.queue]
    leg.last_attempt = fact.result
    if leg.rings:
        leg.rings -= 1
        if not leg.rings:
            queue.ringing -= 1
            leg.state, leg.since = "waiting", leg.joined
    if fact.result in ("no_answer", "rejected"):
        leg.missed.append(fact.at)
        _attempt(floor, queue, fact.agent, fact.at, E_NO_ANSWER)
    floor.bundled[floor.wires.queues[queue.id].demand] = floor.pending["call:" + leg.id] = floor.rev


def _attempt(floor: Core, queue: QueueState, name: str, at: int, place: int) -> None:
    _count_one(floor, queue.leaf, at, place, floor.slot_begin)
    restate(floor, queue, at)
    agent = floor.agents.get(name)
    if agent is None:
        return
    if at >= floor.state.day:
        agent.attempts += place == E_ATTEMPTS
        agent.no_answers += place == E_NO_ANSWER
    crew_begin = floor.slot_begin - floor.slot_begin % CREW_SLOT
    crew = floor.crews[agent.crew]
    _count_one(floor, crew.leaf, at, place, crew_begin)
    restate(floor, crew, at)
    floor.pending["agent:" + name] = floor.bundled[floor.wires.crews[agent.crew].figures] = floor.rev


def _talking(floor: Core, fact: facts.HoldStarted | facts.HoldEnded | facts.TalkEnded) -> LegState | None:
    leg = floor.state.legs.get(fact.leg)
    if leg is None or leg.answered < 0:
        keep(floor, fact, "not_in_conversation")
        return None
    if leg.talk >= 0:
        odd(floor, "not_in_conversation")
        return None
    return leg


def on_hold_started(floor: Core, fact: facts.HoldStarted) -> None:
    """The customer waits on hold."""
    leg = _talking(floor, fact)
    if leg is not None and leg.hold_since < 0:
        leg.hold_since, leg.state, leg.since = fact.at, "hold", fact.at
        touch(floor, f"call:{leg.id}")
        if floor.state.early:
            tell_again(floor, leg)


def on_hold_ended(floor: Core, fact: facts.HoldEnded) -> None:
    """The conversation goes on."""
    leg = _talking(floor, fact)
    if leg is None:
        return
    if leg.hold_since < 0:
        keep(floor, fact)
    else:
        leg.hold += max(0, fact.at - leg.hold_since)
        leg.hold_since, leg.state, leg.since = -1, "talking", fact.at
        touch(floor, f"call:{leg.id}")


def on_transferred(floor: Core, fact: facts.LegTransferred) -> None:
    """The agent passed the leg on."""
    leg = floor.state.legs.get(fact.leg)
    if leg is None or leg.answered < 0:
        keep(floor, fact, "transferred_without_conversation")
        return
    if leg.transferred:
        odd(floor, "transferred_without_conversation")
        return
    leg.transferred, leg.transferred_at = fact.kind, fact.at
    _count_both(floor, leg, fact.at, ((E_TRANSFERRED, 1),))
    agent = floor.agents.get(leg.agent)
    if agent is not None and fact.at >= floor.state.day:
        agent.transfers += 1


Amounts = tuple[tuple[int, int], ...]


def _count_both(floor: Core, leg: LegState, at: int, amounts: Amounts) -> None:
    """Add to the totals of the leg's queue and of its agent's crew."""
    queue, agent, begin = floor.queues[leg.queue], floor.agents.get(leg.agent), floor.slot_begin
    crew = None if agent is None else floor.crews[agent.crew]
    if at < begin:
        _count(floor, queue.leaf, at, amounts, begin)
        restate(floor, queue, at)
        if crew is not None:
            _count(floor, crew.leaf, at, amounts, begin - begin % CREW_SLOT)
            restate(floor, crew, at)
    elif crew is None:
        _count(floor, queue.leaf, at, amounts, begin)
    else:
        total, people = queue.leaf.total, crew.leaf.total
        for place, amount in amounts:
            total[place] += amount
            people[place] += amount
    bundled, rev = floor.bundled, floor.rev
    bundled[floor.wires.queues[queue.id].demand] = rev
    if agent is not None:
        floor.pending["agent:" + agent.id] = bundled[floor.wires.crews[agent.crew].figures] = rev


def _count(floor: Core, leaf: Leaf, at: int, amounts: Amounts, slot_begin: int) -> None:
    total = leaf.total
    before = tuple(total) if at < slot_begin else None
    for place, amount in amounts:
        total[place] += amount
    if before is not None:
        backdate(floor, leaf, at, before)


def _count_one(floor: Core, leaf: Leaf, at: int, place: int, slot_begin: int) -> None:
    total = leaf.total
    before = tuple(total) if at < slot_begin else None
    total[place] += 1
    if before is not None:
        backdate(floor, leaf, at, before)


def on_talk_ended(floor: Core, fact: facts.TalkEnded) -> None:
    """The conversation is over; without after-call work the leg is booked at once."""
    leg = _talking(floor, fact)
    if leg is None:
        return
    at = fact.at
    if leg.hold_since >= 0:
        leg.hold += max(0, at - leg.hold_since)
        leg.hold_since = -1
    if fact.hold_ms is not None:
        leg.hold = fact.hold_ms
    leg.talk = max(0, at - leg.answered - leg.hold) if fact.talk_ms is None else fact.talk_ms
    leg.talk_ended, leg.state, leg.since = at, "acw", at
    queue = floor.queues[leg.queue]
    for row in cohort_rows(floor, queue, leg.joined):
        row[C_TALK] += leg.talk
        if leg.hold:
            row[C_HOLD] += leg.hold
            row[C_HELD] += 1
    queue.in_service -= 1
    services = floor.wires.queues[queue.id].services
    shift(services, floor.now, -1)
    if at < floor.now:
        count_since(floor, services, max(at, leg.answered), -1)
    if fact.work_follows:
        _count_both(floor, leg, at, ((E_COMPLETED, 1),))
        touch(floor, f"call:{leg.id}")
        if floor.state.early:
            tell_again(floor, leg)
    else:
        _book(floor, leg, at, 0, ((E_COMPLETED, 1),))


def on_work_ended(floor: Core, fact: facts.WorkEnded) -> None:
    """After-call work is over: the leg is booked, call-based, now."""
    leg = floor.state.legs.get(fact.leg)
    if leg is None or leg.talk < 0:
        keep(floor, fact, "work_without_conversation")
        return
    acw = max(0, fact.at - leg.talk_ended)
    queue = floor.queues[leg.queue]
    cohort_row(queue, leg.joined)[C_ACW] += acw
    if leg.joined >= floor.state.day:
        queue.today[C_ACW] += acw
    _book(floor, leg, fact.at, acw, ())


def _book(floor: Core, leg: LegState, at: int, acw: int, more: Amounts) -> None:
    amounts: Amounts = ((E_BOOKED, 1), (E_TALK, leg.talk), (E_ACW, acw), *more)
    if leg.hold:
        amounts += ((E_HOLD, leg.hold), (E_HELD, 1))
    agent = floor.agents.get(leg.agent)
    if agent is not None and at >= floor.state.day:
        agent.handled += 1
        agent.talk += leg.talk
        agent.hold += leg.hold
        agent.acw += acw
    _count_both(floor, leg, at, amounts)
    if floor.ledger is not None:
        floor.ledger(record(floor, leg, "answered", leg.answered, acw_ms=acw, booked_at=at))
    del floor.state.legs[leg.id]
    remove(floor, f"call:{leg.id}")
    call = floor.state.calls.get(leg.call)
    if call is not None:
        release(floor, call, 1)


HANDLERS: dict[type, Callable[[Any, Any], None]] = {
    facts.AttemptStarted: on_attempt_started,
    facts.AttemptEnded: on_attempt_ended,
    facts.HoldStarted: on_hold_started,
    facts.HoldEnded: on_hold_ended,
    facts.LegTransferred: on_transferred,
    facts.TalkEnded: on_talk_ended,
    facts.WorkEnded: on_work_ended,
}
