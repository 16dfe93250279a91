"""Reading the counters: windows, quarter-hours and days as differences of running totals."""

from __future__ import annotations

from bisect import bisect_right

from feeds.counters import (
    COHORT_SIZE,
    COHORT_SUMS,
    E_INBOUND,
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
from feeds.folding.core import Core
from feeds.folding.scopes import is_people
from feeds.folding.state import BUCKET, WINDOWS, ZEROES, Leaf, Level

_TIMES = len(SEAT_STATES)


def at_mark(leaf: Leaf, at: int) -> tuple[int, ...]:
    """The totals at a bucket boundary that has passed."""
    place = bisect_right(leaf.marks, at, key=_begin)
    return leaf.marks[place - 1][1] if place else ZEROES[: len(leaf.total)]


def _begin(mark: tuple[int, tuple[int, ...]]) -> int:
    return mark[0]


def window_copy(leaf: Leaf, slot_begin: int, length: int) -> tuple[int, ...]:
    """The totals where a rolling window of `length` milliseconds begins, counting the open slot as its last."""
    first = slot_begin // leaf.slot - length // leaf.slot + 1
    return leaf.ring[first % len(leaf.ring)]


def minute_copy(leaf: Leaf, minute_begin: int, length: int) -> tuple[int, ...]:
    """The totals of a crew where a window of `length` whole minutes before the open one begins."""
    return leaf.ring[(minute_begin // leaf.slot - length // leaf.slot) % len(leaf.ring)]


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
    event = [0] * EVENT_SIZE
    for queue in floor.wires.queues_of.get(scope, ()):
        leaf = queue.leaf
        _subtract(event, leaf.total, window_copy(leaf, floor.slot_begin, length), EVENT_SUMS)
        if leaf.longest:
            event[E_LONGEST] = max(event[E_LONGEST], longest(leaf, floor.slot_begin, length))
    if scope == "site":
        leaf = floor.state.inbound
        event[E_INBOUND] = leaf.total[0] - window_copy(leaf, floor.slot_begin, length)[0]
    time = _crew_rolling(floor, scope, length, event)
    incomplete = _gap(floor, floor.state.minute_end - 60_000 - length)
    return Tally(cohort=[0] * COHORT_SIZE, event=event, time=time, incomplete=incomplete)


def _crew_rolling(floor: Core, scope: str, length: int, event: Row) -> Row:
    time = [0] * _TIMES
    minute_begin = floor.state.minute_end - 60_000
    by_people = is_people(scope)
    for crew in floor.wires.crews_of.get(scope, ()):
        leaf = crew.leaf
        early = minute_copy(leaf, minute_begin, length)
        newest = leaf.copy
        if newest is not early:
            for place in range(_TIMES):
                time[place] += newest[EVENT_SIZE + place] - early[EVENT_SIZE + place]
        if by_people:
            _subtract(event, leaf.total, window_copy(leaf, minute_begin, length), EVENT_SUMS)
    return time


def today(floor: Core, scope: str) -> Tally:
    """What was counted since local midnight: cohort rows of the day's joins, events and times of the day."""
    tally = _period(floor, scope, floor.state.day, floor.bucket + BUCKET, whole_day=True)
    return tally


def period(floor: Core, scope: str, begin: int, end: int) -> Tally:
    """What was counted in [begin, end). Raises ValueError unless both are multiples of a quarter of an hour."""
    if begin % BUCKET or end % BUCKET or end < begin:
        raise ValueError(f"a period must begin and end on a quarter of an hour, not {begin}–{end}")
    return _period(floor, scope, begin, end, whole_day=False)


def _period(floor: Core, scope: str, begin: int, end: int, *, whole_day: bool) -> Tally:
    cohort, event = [0] * COHORT_SIZE, [0] * EVENT_SIZE
    if begin > floor.bucket:
        # Nothing has happened there yet; the totals only know what lies before.
        return Tally(cohort=cohort, event=event, time=[0] * _TIMES)
    restated: int | None = None
    open_end = end > floor.bucket
    for queue in floor.wires.queues_of.get(scope, ()):
        rows = [queue.today] if whole_day else _rows(queue.cohort, begin, end)
        add(cohort, rows, COHORT_SUMS)
        leaf = queue.leaf
        _subtract(event, leaf.total if open_end else at_mark(leaf, end), at_mark(leaf, begin), EVENT_SUMS)
        for bucket, wait in leaf.longest_in.items():
            if begin <= bucket < end and wait > event[E_LONGEST]:
                event[E_LONGEST] = wait
        for bucket, at in queue.restated.items():
            if begin <= bucket < end:
                restated = at if restated is None else max(restated, at)
    _levels(floor.state.waits.get(scope), begin, end, event, E_WAIT_AREA, E_WAIT_PEAK, floor)
    _levels(floor.state.services.get(scope), begin, end, event, E_SERVICE_AREA, E_SERVICE_PEAK, floor)
    if scope == "site":
        leaf = floor.state.inbound
        event[E_INBOUND] = (leaf.total if open_end else at_mark(leaf, end))[0] - at_mark(leaf, begin)[0]
    time = [0] * _TIMES
    by_people = is_people(scope)
    for crew in floor.wires.crews_of.get(scope, ()):
        leaf = crew.leaf
        early = at_mark(leaf, begin)
        settled = leaf.copy if open_end else at_mark(leaf, end)
        for place in range(_TIMES):
            time[place] += settled[EVENT_SIZE + place] - early[EVENT_SIZE + place]
        if by_people:
            _subtract(event, leaf.total if open_end else settled, early, EVENT_SUMS)
    return Tally(
        cohort=cohort, event=event, time=time, incomplete=_gap(floor, begin, end), restated_at=restated
    )


def _rows(cohort: dict[int, Row], begin: int, end: int) -> list[Row]:
    if (end - begin) // BUCKET < len(cohort):
        return [cohort[bucket] for bucket in range(begin, end, BUCKET) if bucket in cohort]
    return [row for bucket, row in cohort.items() if begin <= bucket < end]


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


def _gap(floor: Core, begin: int, end: int = 1 << 62) -> bool:
    return any(first < end and last > begin for first, last in floor.state.gaps)
