"""What all facts about calls share: counting now or in the past, touching what is published, levels, tombstones."""

from __future__ import annotations

from typing import Final

from feeds.counters import (
    COHORT_SIZE,
    Row,
)  # fmt: skip
from feeds.folding.core import Core
from feeds.folding.state import BUCKET, HOUR, QUEUE_SLOT, CallState, CrewState, Leaf, Level, QueueState

GONE: Final = -1
"""Stands for the revision of what was taken away."""
LATEST: Final = 24 * HOUR
"""How far back waits, conversations and people's time are told anew."""


def odd(floor: Core, kind: str) -> None:
    """Count a fact that does not fit what is known; it changes nothing else."""
    floor.state.oddities[kind] = floor.state.oddities.get(kind, 0) + 1


def touch(floor: Core, name: str) -> None:
    """Mark a published thing, or a bundle of them (`=…`), as changed by the present revision."""
    (floor.bundled if name[0] == "=" else floor.pending)[name] = floor.rev


def touch_figures(floor: Core) -> None:
    """Mark all figures as changed."""
    for wire in floor.wires.queues.values():
        touch(floor, wire.demand)
    for crew in floor.wires.crews:
        touch(floor, crew.figures)
        touch(floor, crew.people)


def settle_order(floor: Core) -> None:
    """Bring what was touched since the last reading into the order of change.

    Facts only note what they touched: a thing that changes a hundred times between two frames is moved once. Sorting
    by revision and name makes the outcome independent of how often somebody reads.
    """
    order, bundles = floor.order, floor.wires.bundles
    if floor.late_order is not None:
        order.update(floor.late_order())
        floor.late_order = None
    for name, rev in sorted((*floor.pending.items(), *floor.bundled.items()), key=_by_rev):
        for key in bundles.get(name, (name,)):
            order.pop(key, None)
            if rev != GONE:
                order[key] = rev
    floor.pending.clear()
    floor.bundled.clear()


def _by_rev(item: tuple[str, int]) -> tuple[int, str]:
    return item[1], item[0]


def remove(floor: Core, key: str) -> None:
    """Take a published thing away, leaving a tombstone."""
    floor.pending[key] = GONE
    gone = floor.state.gone
    gone.pop(key, None)
    gone[key] = (floor.rev, floor.now)


def shift(levels: list[Level], now: int, by: int) -> None:
    for level in levels:
        count, passed = level.count, now - level.last
        if passed > 0:
            level.last = now
            if count:
                level.area += count * passed
                if count > level.peak:
                    level.peak = count
        level.count = count + by


def count_since(floor: Core, levels: list[Level], at: int, by: int) -> None:
    """Count somebody, or no longer, for the time between a moment and now when it was told late; a day at most.

    Of a peak only the least is known, for who else was there at which moment is not: as many as on average.
    """
    begin, now = max(at, floor.now - LATEST), floor.now
    while begin < now:
        bucket = begin - begin % BUCKET
        end = min(now, bucket + BUCKET)
        for level in levels:
            if bucket == floor.bucket:
                level.area += by * (end - begin)
                continue
            area, peak = level.closed.get(bucket, (0, 0))
            area += by * (end - begin)
            if area:
                level.closed[bucket] = area, max(peak, -(-area // BUCKET))
            else:
                level.closed.pop(bucket, None)
        begin = end


def cohort_row(queue: QueueState, at: int) -> Row:
    """The cohort row of the quarter-hour in which a leg joined."""
    bucket = at - at % BUCKET
    row = queue.cohort.get(bucket)
    if row is None:
        row = queue.cohort[bucket] = [0] * COHORT_SIZE
    return row


def cohort_rows(floor: Core, queue: QueueState, joined: int) -> tuple[Row, ...]:
    """All rows that book a leg under the moment it joined: its quarter-hour, and the day if it is today's."""
    row = cohort_row(queue, joined)
    return (row, queue.today) if joined >= floor.state.day else (row,)


Timer = tuple[int, int, str]
"""(due, kind, leg): kind 0 the service threshold, 1 the longest acceptable wait."""


def first_timer(floor: Core, queue: QueueState, leg: str, joined: int) -> Timer:
    """When a waiting leg next reaches a limit; most are answered by then, so the second limit is set when it comes."""
    longest = floor.site.figures.longest_acceptable_wait * 1000
    if longest < queue.service_ms:
        return joined + longest + 1, 1, leg
    return joined + queue.service_ms + 1, 0, leg


def next_timer(floor: Core, queue: QueueState, timer: Timer, joined: int) -> Timer | None:
    """The other limit, if it still lies ahead of the one that was reached."""
    longest = floor.site.figures.longest_acceptable_wait * 1000
    _, kind, leg = timer
    if kind == 0:
        return (joined + longest + 1, 1, leg) if longest >= queue.service_ms else None
    return (joined + queue.service_ms + 1, 0, leg) if longest < queue.service_ms else None


def backdate(floor: Core, leaf: Leaf, at: int, before: tuple[int, ...]) -> None:
    """Move what was just added to the totals back to the time `at`: into every copy taken since."""
    delta = [now - then for now, then in zip(leaf.total, before, strict=True)]
    leaf.changed = newest = floor.slot_begin // leaf.slot
    end = at - at % BUCKET + BUCKET
    copies = floor.queue_copies if leaf.slot == QUEUE_SLOT else floor.crew_copies
    copies.add(leaf.place, at, delta, newest, end if end <= floor.bucket else None)


def restate(floor: Core, owner: QueueState | CrewState, at: int) -> None:
    """Say of the closed quarter-hour of a moment that it was told anew."""
    bucket = at - at % BUCKET
    if bucket < floor.bucket:
        owner.restated[bucket] = floor.now
        floor.wires.retold += 1


def release(floor: Core, call: CallState, legs: int) -> None:
    """A leg of the call is over, or the call is; forget the call when nothing of it is left."""
    call.open -= legs
    call.last = floor.now
    if call.ended and not call.open:
        del floor.state.calls[call.id]


def people_before(floor: Core, leaf: Leaf, at: int) -> tuple[int, ...] | None:
    return tuple(leaf.total) if at < floor.slot_begin - floor.slot_begin % leaf.slot else None
