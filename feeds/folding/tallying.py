"""Reading the counters: windows, quarter-hours and days as differences of running totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

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
from feeds.folding.copies import Copy, CopyRow
from feeds.folding.core import Core
from feeds.folding.scopes import is_people
from feeds.folding.state import BUCKET, MINUTE, WINDOWS, CrewState, Leaf, Level, QueueState

_TIMES: Final = len(SEAT_STATES)
_TIME: Final = slice(EVENT_SIZE, EVENT_SIZE + _TIMES)


def window_copy(floor: Core, length: int) -> Copy:
    """The totals of queues where a rolling window of `length` milliseconds begins, the open slot being its last."""
    copies = floor.queue_copies
    return copies.at_slot((floor.slot_begin - length) // copies.slot + 1)


def minute_copy(floor: Core, length: int) -> Copy:
    """The totals of crews where a window of `length` whole minutes before the open one begins."""
    copies = floor.crew_copies
    return copies.at_slot((floor.state.minute_end - MINUTE - length) // copies.slot)


def longest(leaf: Leaf, slot_begin: int, length: int) -> int:
    """The longest wait that ended in a rolling window, milliseconds."""
    first = slot_begin // leaf.slot - length // leaf.slot + 1
    return max((wait for slot, wait in leaf.longest.items() if slot >= first), default=0)


def _subtract(total: Row, late: Row | tuple[int, ...], early: tuple[int, ...], places: int) -> None:
    for place in range(places):
        total[place] += late[place] - early[place]


def rolling(floor: Core, scope: str, window: str) -> Tally:
    """What happened in a rolling window, event basis; the cohort row stays empty."""
    length = WINDOWS[window]
    event, carried_in = [0] * EVENT_SIZE, 0
    early = window_copy(floor, length)
    for queue in floor.wires.queues_of.get(scope, ()):
        leaf = queue.leaf
        row = early.row(leaf.place)
        _subtract(event, leaf.total, row, EVENT_SUMS)
        carried_in += _waiting(row)
        if leaf.longest:
            event[E_LONGEST] = max(event[E_LONGEST], longest(leaf, floor.slot_begin, length))
    inbound = floor.state.inbound.total[0] - early.row(0)[0] if scope == "site" else None
    time = _crew_rolling(floor, scope, length, event)
    incomplete = gap(floor, floor.state.minute_end - MINUTE - length)
    return Tally(
        cohort=[0] * COHORT_SIZE, event=event, time=time, incomplete=incomplete, carried_in=carried_in, inbound=inbound
    )  # fmt: skip


def _waiting(totals: CopyRow) -> int:
    """How many were waiting in a queue at a boundary: of all who had joined, those who had not left."""
    return totals[E_JOINED] - totals[E_ANSWERED] - totals[E_ABANDONED] - totals[E_FLOWED]


def _crew_rolling(floor: Core, scope: str, length: int, event: Row) -> Row:
    newest, early = floor.crew_copies.newest, minute_copy(floor, length)
    crews = floor.wires.crews_of.get(scope, ())
    if is_people(scope):
        begin = floor.crew_copies.at_slot((floor.state.minute_end - MINUTE - length) // MINUTE + 1)
        for crew in crews:
            _subtract(event, crew.leaf.total, begin.row(crew.leaf.place), EVENT_SUMS)
    return _times(crews, newest, early)


def _times(crews: Sequence[CrewState], late: Copy, early: Copy) -> Row:
    """Agents' milliseconds by state between two copies."""
    if late is early:
        return [0] * _TIMES
    places = [crew.leaf.place for crew in crews]
    ends, begins = [late.row(place)[_TIME] for place in places], [early.row(place)[_TIME] for place in places]
    return list(map(int.__sub__, _sums(ends), _sums(begins)))


def _sums(rows: Sequence[CopyRow]) -> list[int]:
    return list(map(sum, zip(*rows, strict=True))) if rows else [0] * _TIMES


def today(floor: Core, scope: str) -> Tally:
    """What was counted since local midnight: cohort rows of the day's joins, events and times of the day."""
    return _period(floor, scope, floor.state.day, floor.bucket + BUCKET, whole_day=True)


def period(floor: Core, scope: str, begin: int, end: int) -> Tally:
    """What was counted in [begin, end). Raises ValueError unless both are multiples of a quarter of an hour."""
    if begin % BUCKET or end % BUCKET or end < begin:
        raise ValueError(f"a period must begin and end on a quarter of an hour, not {begin}–{end}")
    return _period(floor, scope, begin, end, whole_day=False)


def _period(floor: Core, scope: str, begin: int, end: int, *, whole_day: bool) -> Tally:
    cohort, event, carried_in = [0] * COHORT_SIZE, [0] * EVENT_SIZE, 0
    inbound = 0 if scope == "site" else None
    if begin > floor.bucket:
        # Nothing has happened there yet; the totals only know what lies before.
        return Tally(cohort=cohort, event=event, time=[0] * _TIMES, inbound=inbound)
    open_end = end > floor.bucket
    begins, ends = floor.queue_copies.at_mark(begin), floor.queue_copies.at_mark(end)
    for queue in floor.wires.queues_of.get(scope, ()):
        rows = [queue.today] if whole_day else _rows(queue.cohort, begin, end)
        add(cohort, rows, COHORT_SUMS)
        leaf = queue.leaf
        early, late = begins.row(leaf.place), leaf.total if open_end else ends.row(leaf.place)
        _subtract(event, late, early, EVENT_SUMS)
        carried_in += _waiting(early)
        for bucket, wait in leaf.longest_in.items():
            if begin <= bucket < end and wait > event[E_LONGEST]:
                event[E_LONGEST] = wait
    _waits(floor, scope, begin, end, event)
    _levels(floor.state.services.get(scope), begin, end, event, E_SERVICE_AREA, E_SERVICE_PEAK, floor)
    if inbound is not None:
        late = floor.state.inbound.total if open_end else ends.row(0)
        inbound = late[0] - begins.row(0)[0]
    crews = floor.wires.crews_of.get(scope, ())
    begins = floor.crew_copies.at_mark(begin)
    ends = floor.crew_copies.newest if open_end else floor.crew_copies.at_mark(end)
    time = _times(crews, ends, begins)
    if is_people(scope):
        for crew in crews:
            place = crew.leaf.place
            _subtract(event, crew.leaf.total if open_end else ends.row(place), begins.row(place), EVENT_SUMS)
    owners: Iterable[QueueState | CrewState] = crews if is_people(scope) else floor.wires.queues_of.get(scope, ())
    restated = (at for one in owners for bucket, at in one.restated.items() if begin <= bucket < end)
    return Tally(
        cohort=cohort, event=event, time=time, incomplete=gap(floor, begin, end),
        restated_at=max(restated, default=None), carried_in=carried_in, inbound=inbound,
    )  # fmt: skip


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
