"""Reading the counters: windows, quarter-hours and days as differences of running totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feeds.counters import (
    COHORT_SIZE,
    COHORT_SUMS,
    E_ABANDONED,
    E_ANSWERED,
    E_FLOWED,
    E_JOINED,
    E_LONGEST,
    E_SERVICE_AREA,
    E_SERVICE_PEAK,
    E_WAIT_AREA,
    E_WAIT_PEAK,
    EVENT_SIZE,
    EVENT_SUMS,
    Row,
    Tally,
    add,
)  # fmt: skip
from feeds.facts import SEAT_STATES
from feeds.folding.copies import Copy
from feeds.folding.core import Core
from feeds.folding.scopes import is_people
from feeds.folding.state import BUCKET, MINUTE, WINDOWS, CrewState, Leaf, Level, QueueState
from feeds.folding.summing import DAY, events, longest, times


def window_copy(floor: Core, length: int) -> Copy:
    """The totals of queues where a rolling window of `length` milliseconds begins, the open slot being its last."""
    copies = floor.queue_copies
    return copies.at_slot((floor.slot_begin - length) // copies.slot + 1)


def minute_copy(floor: Core, length: int) -> Copy:
    """The totals of crews where a window of `length` whole minutes before the open one begins."""
    copies = floor.crew_copies
    return copies.at_slot((floor.state.minute_end - MINUTE - length) // copies.slot)


def rolling(floor: Core, scope: str, window: str) -> Tally:
    """What happened in a rolling window, event basis; the cohort row stays empty."""
    length = WINDOWS[window]
    early = window_copy(floor, length)
    queues = floor.wires.queues_of.get(scope, ())
    event, before = events(floor, scope, [queue.leaf for queue in queues], early, length)
    event[E_LONGEST] = max([longest(floor, queue, length) for queue in queues], default=0)
    inbound = floor.state.inbound.total[0] - early.row(0)[0] if scope == "site" else None
    crews = floor.wires.crews_of.get(scope, ())
    if is_people(scope):
        begin = floor.crew_copies.at_slot((floor.state.minute_end - MINUTE - length) // MINUTE + 1)
        event, _ = events(floor, scope, [crew.leaf for crew in crews], begin, length)
    time = times(floor, scope, crews, floor.crew_copies.newest, minute_copy(floor, length), length)
    incomplete = gap(floor, floor.state.minute_end - MINUTE - length)
    return Tally(
        cohort=[0] * COHORT_SIZE, event=event, time=time, incomplete=incomplete, carried_in=_waiting(before),
        inbound=inbound,
    )  # fmt: skip


def _waiting(totals: Sequence[int]) -> int:
    """How many were waiting at a boundary: of all who had joined, those who had not left."""
    return totals[E_JOINED] - totals[E_ANSWERED] - totals[E_ABANDONED] - totals[E_FLOWED]


def today(floor: Core, scope: str) -> Tally:
    """What was counted since local midnight: cohort rows of the day's joins, events and times of the day."""
    return _period(floor, scope, floor.state.day, floor.bucket + BUCKET, whole_day=True)


def period(floor: Core, scope: str, begin: int, end: int) -> Tally:
    """What was counted in [begin, end). Raises ValueError unless both are multiples of a quarter of an hour."""
    if begin % BUCKET or end % BUCKET or end < begin:
        raise ValueError(f"a period must begin and end on a quarter of an hour, not {begin}–{end}")
    return _period(floor, scope, begin, end, whole_day=False)


def _period(floor: Core, scope: str, begin: int, end: int, *, whole_day: bool) -> Tally:
    cohort = [0] * COHORT_SIZE
    inbound = 0 if scope == "site" else None
    if begin > floor.bucket:
        # Nothing has happened there yet; the totals only know what lies before.
        return Tally(cohort=cohort, event=[0] * EVENT_SIZE, time=[0] * len(SEAT_STATES), inbound=inbound)
    open_end = end > floor.bucket
    begins, ends = floor.queue_copies.at_mark(begin), floor.queue_copies.at_mark(end)
    queues, crews = floor.wires.queues_of.get(scope, ()), floor.wires.crews_of.get(scope, ())
    length, late = DAY if whole_day else None, None if open_end else ends
    event, before = events(floor, scope, [queue.leaf for queue in queues], begins, length, late)
    carried_in = _waiting(before)
    for queue in queues:
        add(cohort, [queue.today] if whole_day else _rows(queue.cohort, begin, end), COHORT_SUMS)
        event[E_LONGEST] = max(event[E_LONGEST], _longest_in(queue.leaf, begin, end))
    _waits(floor, scope, begin, end, event)
    _levels(floor.state.services.get(scope), begin, end, event, E_SERVICE_AREA, E_SERVICE_PEAK, floor)
    if inbound is not None:
        inbound = (floor.state.inbound.total if open_end else ends.row(0))[0] - begins.row(0)[0]
    begins = floor.crew_copies.at_mark(begin)
    ends = floor.crew_copies.newest if open_end else floor.crew_copies.at_mark(end)
    if is_people(scope):
        counted, _ = events(floor, scope, [crew.leaf for crew in crews], begins, length, None if open_end else ends)
        event[:EVENT_SUMS] = counted[:EVENT_SUMS]
    time = times(floor, scope, crews, ends, begins, length)
    owners: Iterable[QueueState | CrewState] = crews if is_people(scope) else queues
    restated = (at for one in owners for bucket, at in one.restated.items() if begin <= bucket < end)
    return Tally(
        cohort=cohort, event=event, time=time, incomplete=gap(floor, begin, end),
        restated_at=max(restated, default=None), carried_in=carried_in, inbound=inbound,
    )  # fmt: skip


def _longest_in(leaf: Leaf, begin: int, end: int) -> int:
    """The longest wait that ended in the quarter-hours of a period, milliseconds."""
    return max([wait for bucket, wait in leaf.longest_in.items() if begin <= bucket < end], default=0)


def _rows(cohort: dict[int, Row], begin: int, end: int) -> list[Row]:
    if (end - begin) // BUCKET < len(cohort):
        return [cohort[bucket] for bucket in range(begin, end, BUCKET) if bucket in cohort]
    return [row for bucket, row in cohort.items() if begin <= bucket < end]


def _waits(floor: Core, scope: str, begin: int, end: int, event: Row) -> None:
    """Callers waiting × time. Where a scope is not counted itself it is the sum of its queues, and has no peak."""
    own = floor.state.waits.get(scope)
    if own is not None:
        _levels(own, begin, end, event, E_WAIT_AREA, E_WAIT_PEAK, floor)
        return
    for queue in floor.wires.queues_of.get(scope, ()):
        _levels(floor.state.waits.get(f"queue:{queue.id}"), begin, end, event, E_WAIT_AREA, E_WAIT_PEAK, floor)
    event[E_WAIT_PEAK] = 0


def _levels(level: Level | None, begin: int, end: int, event: Row, area: int, peak: int, floor: Core) -> None:
    if level is None:
        return
    buckets = range(begin, end, BUCKET)
    for bucket in buckets if len(buckets) < len(level.closed) else list(level.closed):
        found = level.closed.get(bucket)
        if found is not None and begin <= bucket < end:
            event[area] += found[0]
            event[peak] = max(event[peak], found[1])
    if begin <= floor.bucket < end:
        event[area] += level.area + level.count * (floor.now - level.last)
        event[peak] = max(event[peak], level.peak, level.count)


def gap(floor: Core, begin: int, end: int = 1 << 62) -> bool:
    """Whether facts are missing in [begin, end)."""
    return any(first < end and last > begin for first, last in floor.state.gaps)
