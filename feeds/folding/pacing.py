"""What is to be expected at a scope: when who waits will be served, and what the rest of the day will bring and asks.

Everything here follows from the fold's state and from boundaries of minutes and quarter-hours, never from how far the
open quarter has come, so that an entity says the same whenever it is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from feeds.counters import C_BLOCKED, C_JOINED, E_ACW, E_BOOKED, E_HOLD, E_TALK
from feeds.facts import SEAT_BUCKETS
from feeds.figures import Rest
from feeds.folding.core import Core, Expected
from feeds.folding.state import BUCKET, HOUR, STATE_PLACE, QueueState
from feeds.folding.tallying import gap, window_copy
from feeds.queueing import predicted_wait

_ON_QUEUE = tuple(STATE_PLACE[state] for state, bucket in SEAT_BUCKETS.items() if bucket in ("idle", "handling"))
_HANDLE = (E_TALK, E_HOLD, E_ACW)


# Who waits


def line_of(floor: Core, queue: QueueState) -> list[str]:
    """The legs that wait in a queue as they will be served: those for whom a phone rings, then by priority and join."""
    legs = [floor.state.legs[name] for name in queue.waiting if name in floor.state.legs]
    legs.sort(key=lambda leg: (leg.state != "ringing", -leg.priority, leg.joined, leg.id))
    return [leg.id for leg in legs]


def turns(floor: Core, queue: QueueState) -> dict[str, float | None]:
    """Who waits, next first: leg -> predicted wait from now on in seconds, None where it is not known.

    For whom a phone rings the wait is over, unless nobody answers; the others' places are counted behind them.
    """
    if not queue.waiting:
        return {}
    handle, agents = handle_time(floor, queue), serving(floor, queue)
    found: dict[str, float | None] = {}
    place = 0
    for name in line_of(floor, queue):
        if floor.state.legs[name].state == "ringing":
            found[name] = 0.0
        else:
            place += 1
            found[name] = predicted_wait(place, handle, agents)
    return found


def handle_time(floor: Core, queue: QueueState) -> float | None:
    """A queue's AHT in seconds over the last hour, over the day where that is too small a sample, else None."""
    total, least = queue.leaf.total, max(1, floor.site.figures.minimum_sample)
    for early in (window_copy(floor, HOUR), floor.queue_copies.at_mark(floor.state.day)):
        row = early.row(queue.leaf.place)
        booked = total[E_BOOKED] - row[E_BOOKED]
        if booked >= least:
            return sum(total[place] - row[place] for place in _HANDLE) / booked / 1000.0
    return None


def serving(floor: Core, queue: QueueState) -> int:
    """Agents whose first skill the queue is and who are idle or handle a call, as of the last full minute."""
    crews = floor.wires.crews_of.get(f"queue:{queue.id}", ())
    return sum(crew.settled[place] for crew in crews for place in _ON_QUEUE)


# The rest of the day


def rest_of_day(floor: Core, scope: str) -> Rest | None:
    """What the rest of the day is expected to bring; None where nothing is known to reckon from, or at team scopes."""
    queues = floor.wires.queues_of.get(scope, ())
    if not queues or not floor.state.begun:
        return None
    expected = _kept(floor, scope, queues)
    if expected is None:
        return None
    open_now = sum(_requests(queue, floor.bucket, floor.bucket + BUCKET) for queue in queues)
    waiting = lost = 0
    for queue in queues:
        # Who joined before midnight is of the day before, whatever becomes of them.
        of_today = [name for name, joined in queue.waiting.items() if joined >= floor.state.day]
        waiting += len(of_today)
        lost += sum(1 for name in of_today if name in floor.state.legs and floor.state.legs[name].expired)
    return Rest(max(0.0, expected.count - open_now), expected.basis, waiting, lost)


def _kept(floor: Core, scope: str, queues: list[QueueState]) -> Expected | None:
    """What :func:`_expected` gives, worked out anew when a quarter-hour is over or told anew."""
    made_of = floor.bucket, floor.state.day, floor.wires.retold
    known = floor.wires.expected.get(scope)
    if known is None or known[0] != made_of:
        known = floor.wires.expected[scope] = made_of, _expected(floor, queues)
    return known[1]


def _expected(floor: Core, queues: list[QueueState]) -> Expected | None:
    """Requests from the open quarter-hour on until midnight."""
    first = min((min(queue.cohort) for queue in floor.queues.values() if queue.cohort), default=None)
    if first is None:
        return None
    state, begin = floor.state, max(floor.state.day, first)
    before = sum(_requests(queue, begin, floor.bucket) for queue in queues)
    least = floor.site.figures.minimum_sample
    for days, basis in ((7, "week"), (1, "yesterday")):
        there, until = _midnight(floor, days), _midnight(floor, days - 1)
        if first >= there or gap(floor, there, until):
            continue
        known = there if begin == state.day else _moved(floor, begin, days)
        mark = _moved(floor, floor.bucket, days)
        like = sum(_requests(queue, known, mark) for queue in queues)
        rest = float(sum(_requests(queue, mark, until) for queue in queues))
        if min(before, like) >= least and like:
            return Expected(rest * before / like, basis)
        if before <= like + rest:  # else it was closed, or nearly, and is not like one that has had more already
            return Expected(rest, basis)
    if before < max(1, least):
        return None
    shares = floor.site.figures.day_profile
    if shares:
        past = sum(shares[hour] for hour in _hours(floor, begin, floor.bucket))
        if past > 0:
            return Expected(before * sum(shares[hour] for hour in _hours(floor, floor.bucket, state.next_day)) / past,
                            "profile")  # fmt: skip
    quarters = min(4, (floor.bucket - begin) // BUCKET)
    late = sum(_requests(queue, floor.bucket - quarters * BUCKET, floor.bucket) for queue in queues)
    return Expected(late / quarters * (state.next_day - floor.bucket) / BUCKET, "linear")


def _requests(queue: QueueState, begin: int, end: int) -> int:
    """Legs joined and blocked in whole quarter-hours."""
    cohort = queue.cohort
    if (end - begin) // BUCKET < len(cohort):
        rows = [cohort[bucket] for bucket in range(begin, end, BUCKET) if bucket in cohort]
    else:
        rows = [row for bucket, row in cohort.items() if begin <= bucket < end]
    return sum([row[C_JOINED] + row[C_BLOCKED] for row in rows])


def _midnight(floor: Core, days: int) -> int:
    """Where the day began that was so many days ago; where clocks skip midnight, that is later than 00:00."""
    day = datetime.fromtimestamp(floor.state.day / 1000, floor.zone).date() - timedelta(days=days)
    return int(datetime.combine(day, time(), floor.zone).timestamp() * 1000)


def _moved(floor: Core, at: int, days: int) -> int:
    """The same local time so many days before, which is not always so many times 24 hours."""
    local = datetime.fromtimestamp(at / 1000, floor.zone)
    earlier = datetime.combine(local.date() - timedelta(days=days), local.time(), floor.zone)
    return int(earlier.timestamp() * 1000)


def _hours(floor: Core, begin: int, end: int) -> Iterator[int]:
    """The local hour of every quarter-hour."""
    for at in range(begin, end, BUCKET):
        yield datetime.fromtimestamp(at / 1000, floor.zone).hour


def target_of(floor: Core, scope: str, figures: tuple[str, ...]) -> float | None:
    """What the site wants a figure to be at a scope (where amber begins); the first of several that has a limit."""
    for figure in figures:
        for watch in floor.wires.watches_of.get(scope, ()):
            if watch.threshold.figure == figure and watch.threshold.relative_to is None:
                return watch.threshold.warn
    return None
