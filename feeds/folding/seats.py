"""What facts about seats do: who sits where in which state, and how agents' time is counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from feeds import facts
from feeds.counters import EVENT_SIZE
from feeds.folding.arriving import on_agent_found
from feeds.folding.booking import LATEST, odd, restate, touch
from feeds.folding.core import Core
from feeds.folding.state import (
    BUCKET,
    OFFLINE,
    STATE_PLACE,
    AgentState,
    CrewState,
    SeatRecord,
    ServingRecord,
)  # fmt: skip
from feeds.folding.wiring import crew_of
from feeds.skills import best_first, served_first

_EMPTY: Final = (OFFLINE, STATE_PLACE["fault"])
"""States of a seat where nobody sits."""


def _move(floor: Core, crew: CrewState, old: int, new: int, at: int) -> None:
    """One agent of a crew goes from one state to another; the moment may lie before the floor's clock.

    The totals of time hold the moments of leaving minus the moments of entering; whoever is still in a state is added
    when the totals are copied. So a change costs two additions, however long anybody stays.
    """
    now, total, counts = floor.now, crew.leaf.total, crew.counts
    if old != OFFLINE:
        total[EVENT_SIZE + old] += now
        counts[old] -= 1
    else:
        _staff(floor, crew, 1)
    if new != OFFLINE:
        total[EVENT_SIZE + new] -= now
        counts[new] += 1
    else:
        _staff(floor, crew, -1)
    counted = floor.wires.counted
    if old in counted or new in counted:
        _count(floor, crew, old, new)
    if at < now:
        _correct(floor, crew, old, new, at)


def _staff(floor: Core, crew: CrewState, by: int) -> None:
    crew.staffed += by
    staffed = floor.wires.staffed
    for scope in floor.wires.crews[crew.leaf.place].scopes:
        if scope in staffed:
            staffed[scope] += by


def _count(floor: Core, crew: CrewState, old: int, new: int) -> None:
    """For rules about how many people are in a state."""
    lookups = floor.wires
    for place, by in ((old, -1), (new, 1)):
        rules = lookups.counted.get(place, {})
        for scope in lookups.crews[crew.leaf.place].scopes:
            for rule in rules.get(scope, ()):
                rule.count += by
                if rule.count > rule.above:
                    lookups.crowded.add(rule.number)


def _correct(floor: Core, crew: CrewState, old: int, new: int, at: int) -> None:
    """A late change: the time since it happened was counted in the old state; move it to the new."""
    leaf, now = crew.leaf, floor.now
    begin = max(at, now - LATEST)
    _restate(floor, crew, begin)
    rate = [0] * len(leaf.total)
    if old != OFFLINE:
        rate[EVENT_SIZE + old] = -1
        leaf.total[EVENT_SIZE + old] -= now - begin
    if new != OFFLINE:
        rate[EVENT_SIZE + new] = 1
        leaf.total[EVENT_SIZE + new] += now - begin
    newest = floor.slot_begin // leaf.slot
    if begin < newest * leaf.slot:
        leaf.changed = newest
        ends = range(begin - begin % BUCKET + BUCKET, floor.bucket + 1, BUCKET)
        floor.crew_copies.add_passing(leaf.place, begin, rate, newest, ends)
        # Shares of time are read from the copies, and those have just become others.
        wire = floor.wires.crews[leaf.place]
        touch(floor, wire.figures)
        touch(floor, wire.people)


def _restate(floor: Core, crew: CrewState, begin: int) -> None:
    """Say of the closed quarter-hours since then, where the crew's time counts, that they were told anew."""
    closed = range(begin - begin % BUCKET, floor.bucket, BUCKET)
    for bucket in closed:
        restate(floor, crew, bucket)
    for name in crew.queues if closed else ():
        queue = floor.queues.get(name)
        if queue is None:
            continue
        for bucket in closed:
            restate(floor, queue, bucket)
        touch(floor, floor.wires.queues[name].demand)


def _leave(floor: Core, seat: SeatRecord, at: int) -> None:
    """The agent at a seat is no longer there."""
    agent = floor.agents.get(seat.agent)
    if agent is not None:
        _move(floor, floor.crews[seat.crew], seat.place, OFFLINE, at)
        touch(floor, floor.wires.crews[seat.crew].staff)
        agent.seat = ""
        touch(floor, f"agent:{agent.id}")
        _go_home(floor, seat, agent)
    seat.agent, seat.crew, seat.place = "", -1, OFFLINE


def _go_home(floor: Core, seat: SeatRecord, agent: AgentState) -> None:
    """Whoever signs out serves what the site's list says, when they come again."""
    record = floor.state.serving.pop(seat.id, None)
    if record is not None and record.home >= 0:
        agent.crew = record.home


def on_seat_changed(floor: Core, fact: facts.SeatChanged) -> None:
    """A seat's state or occupant changed."""
    name, at = fact.seat, fact.at
    seat = floor.state.seats.get(name)
    if seat is None:
        seat = floor.state.seats[name] = SeatRecord(id=name)
    new, reason, leg_id = STATE_PLACE[fact.state], fact.reason, fact.leg
    sitting = fact.agent if new != OFFLINE else ""
    if at < floor.now:
        floor.wires.standing_until = 0
        at = _not_before(floor, seat, sitting, at)
    changed = new != seat.place
    if sitting != seat.agent:
        changed = True
        if seat.agent:
            _leave(floor, seat, at)
        if sitting:
            _arrive(floor, seat, sitting, at)
    if not seat.agent:
        if new not in _EMPTY:
            odd(floor, "busy_seat_without_agent")
    elif new != seat.place:
        _move(floor, floor.crews[seat.crew], seat.place, new, at)
        floor.bundled[floor.wires.crews[seat.crew].staff] = floor.rev
    if changed or seat.since == 0 or reason != seat.reason:
        seat.since, seat.place, seat.reason = at, new, reason
    seat.by, seat.source = fact.by, fact.source
    seat.doubted = fact.doubted_at
    if fact.doubt or seat.doubt:
        seat.doubt = fact.doubt
    leg = floor.state.legs.get(leg_id) if leg_id else None
    if leg is not None:
        seat.queue, seat.call = leg.queue, leg.call
    else:
        seat.queue = seat.call = ""
    floor.pending["seat:" + name] = floor.rev


def _not_before(floor: Core, seat: SeatRecord, sitting: str, at: int) -> int:
    """When something told late began: not before what is known of the seat and of who sits there, or where they sat.

    Else time would be taken from a state that had not yet begun.
    """
    agent = floor.agents.get(sitting)
    other = floor.state.seats[agent.seat] if agent is not None and agent.seat else seat
    return max(at, min(floor.now, max(seat.since, other.since)))


def _arrive(floor: Core, seat: SeatRecord, name: str, at: int) -> None:
    agent = floor.agents.get(name)
    if agent is None:
        on_agent_found(floor, facts.AgentFound(at=at, agent=name))
        agent = floor.agents[name]
    if agent.seat and agent.seat != seat.id:
        # One person cannot sit at two desks: the newer word wins.
        odd(floor, "agent_at_two_seats")
        other = floor.state.seats[agent.seat]
        _leave(floor, other, at)
        other.since, other.queue, other.call, other.doubt, other.doubted = at, "", "", [], 0
        touch(floor, f"seat:{other.id}")
    agent.seat = seat.id
    seat.agent, seat.crew, seat.place = name, agent.crew, OFFLINE
    touch(floor, f"agent:{name}")


def on_seat_serves(floor: Core, fact: facts.SeatServes) -> None:
    """Somebody serves other queues now, and counts for those; whoever has left the seat meanwhile serves none."""
    seat = floor.state.seats.get(fact.seat)
    if seat is None or not seat.agent or seat.agent != fact.agent:
        odd(floor, "move_of_nobody")
        return
    agent, record = floor.agents[fact.agent], floor.state.serving.get(fact.seat)
    home = record.home if record is not None and record.home >= 0 else agent.crew
    floor.state.serving[fact.seat] = ServingRecord(fact.agent, best_first(fact.queues), home)
    own = floor.crews[home]
    _join(floor, seat, agent, crew_of(floor, own.team, own.seat_type, served_first(fact.queues)), fact.at)
    floor.pending["seat:" + fact.seat] = floor.rev


def _join(floor: Core, seat: SeatRecord, agent: AgentState, crew: CrewState, at: int) -> None:
    """Somebody who sits there counts for another crew from now on, with their time and with what they do."""
    before = floor.crews[seat.crew]
    if crew is before:
        return
    if seat.place != OFFLINE:
        _move(floor, before, seat.place, OFFLINE, at)
    agent.crew = seat.crew = crew.leaf.place
    if seat.place != OFFLINE:
        _move(floor, crew, OFFLINE, seat.place, at)
    for one in (before, crew):
        wire = floor.wires.crews[one.leaf.place]
        for name in (wire.staff, wire.figures, wire.people):
            touch(floor, name)
    touch(floor, f"agent:{agent.id}")


HANDLERS: dict[type, Callable[[Any, Any], None]] = {
    facts.SeatChanged: on_seat_changed, facts.SeatServes: on_seat_serves,
}  # fmt: skip
