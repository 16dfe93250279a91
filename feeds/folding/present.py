"""What is true now at a scope: who waits, who works, and single figures for limits and trends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter, sub
from typing import Final

from feeds.counters import (
    E_ABANDONED,
    E_ABANDONED_IN_TIME,
    E_ANSWERED,
    E_ANSWERED_IN_TIME,
    E_ATTEMPTS,
    E_BLOCKED,
    E_BOOKED,
    E_EXPIRED,
    E_FLOWED,
    E_FLOWED_ANSWERED,
    E_NO_ANSWER,
    E_SHORT,
    E_TRANSFERRED,
    EVENT_SIZE,
)  # fmt: skip
from feeds.facts import SEAT_BUCKETS, SEAT_STATES
from feeds.figures import Basis, Live, Value, people_values, percent, values
from feeds.folding.copies import Copy
from feeds.folding.core import Core, Moment, Reader, Spent, Work
from feeds.folding.scopes import is_people
from feeds.folding.state import CREW_SIZE, OFFLINE, WINDOWS
from feeds.folding.summing import added
from feeds.folding.summing import settled as settled_of
from feeds.folding.tallying import minute_copy, rolling, today, window_copy

_IN: Final[dict[str, tuple[int, ...]]] = {
    bucket: tuple(place for place, state in enumerate(SEAT_STATES) if SEAT_BUCKETS[state] == bucket)
    for bucket in ("idle", "handling", "aux")
}
_ON_QUEUE: Final = _IN["idle"] + _IN["handling"]
_PLACES: Final = (
    E_ANSWERED, E_ABANDONED, E_FLOWED, E_BLOCKED, E_FLOWED_ANSWERED, E_ANSWERED_IN_TIME, E_ABANDONED_IN_TIME, E_EXPIRED,
)  # fmt: skip
_at_places: Final = itemgetter(*_PLACES)
_NO_COUNTS: Final = (0,) * (len(_PLACES) + 1)
RATIOS: Final = frozenset((
    "answer_rate_a1", "answer_rate_a2", "answer_rate_a2_pessimistic", "service_level_f1", "service_level_f8",
    "abandon_rate",
))  # fmt: skip
"""Ratios that limits and trends ask for often, read straight from the totals; a test holds them against figures."""
COUNTS: Final[dict[str, int]] = {
    "answered": E_ANSWERED, "abandoned": E_ABANDONED, "short_abandons": E_SHORT, "flowed_out": E_FLOWED,
    "blocked": E_BLOCKED, "handled": E_BOOKED, "transfers": E_TRANSFERRED, "attempts": E_ATTEMPTS,
    "ring_no_answer": E_NO_ANSWER,
}  # fmt: skip
"""The same of what is only counted, by its place in the totals."""
_SHARES: Final = frozenset(("occupancy", "utilisation"))
"""Shares of agents' time: they move once a minute, so they are worked out as often."""
_idle: Final = itemgetter(*(EVENT_SIZE + place for place in _IN["idle"]))
"""There is one such state."""
_handling: Final = itemgetter(*(EVENT_SIZE + place for place in _IN["handling"]))
_logged_in: Final = itemgetter(slice(EVENT_SIZE + OFFLINE + 1, CREW_SIZE))
"""Every state but the first, in which nobody is there."""


def moment(floor: Core) -> Moment:
    """The floor's present moment, for several questions."""
    callers: dict[str, tuple[int, int]] = {}
    wires = floor.wires.queues
    for name, queue in floor.queues.items():
        waiting = queue.waiting
        if waiting:
            own = count, first = len(waiting), min(waiting.values())
            for scope in wires[name].scopes:
                if scope in callers:
                    others, earliest = callers[scope]
                    callers[scope] = others + count, first if first < earliest else earliest
                else:
                    callers[scope] = own
    return Moment(callers)


def states(floor: Core, scope: str) -> list[int]:
    """How many agents of a scope are in each state, in the order of SEAT_STATES; nobody counts as offline."""
    total = added([crew.counts for crew in floor.wires.crews_of.get(scope, ())])
    total[OFFLINE] = 0
    return total


def staffed(floor: Core, scope: str) -> int:
    """Agents of a scope in any state but offline."""
    known = floor.wires.staffed.get(scope)
    if known is None:
        known = floor.wires.staffed[scope] = sum([crew.staffed for crew in floor.wires.crews_of.get(scope, ())])
    return known


def live(floor: Core, scope: str, *, settled: bool = False) -> Live:
    """Everything about a scope that holds at this moment; `settled` takes staffing as of the last full minute."""
    waiting = ringing = overdue = joined = 0
    oldest: int | None = None
    for queue in floor.wires.queues_of.get(scope, ()):
        ringing += queue.ringing
        overdue += queue.overdue
        if queue.waiting:
            waiting += len(queue.waiting)
            joined += queue.joined_sum
            first = min(queue.waiting.values())
            oldest = first if oldest is None or first < oldest else oldest
    people = settled_of(floor, scope) if settled else states(floor, scope)
    return Live(
        waiting=waiting, ringing=ringing, overdue=overdue, staffed=sum(people),
        on_queue=sum(people[place] for place in _ON_QUEUE), oldest=oldest,
        mean_join=joined // waiting if waiting else None,
    )  # fmt: skip


def figure(floor: Core, scope: str, name: str, window: str, now: Moment | None = None) -> tuple[Value, int | None]:
    """One figure at a scope; `now` is shared by the questions of one instant."""
    return reader(scope, name, window)(floor, moment(floor) if now is None else now)


def reader(scope: str, name: str, window: str) -> Reader:
    """How to read a figure at a scope, worked out once for what is read every few seconds.

    A ratio below the site's minimum sample is None: it may not colour anything.
    """
    if window == "now":
        return partial(_READ_NOW.get(name, _read_nothing), scope)
    if name in RATIOS and window in WINDOWS and not is_people(scope):
        return partial(_read_ratio, (scope, WINDOWS[window]), name)
    if name in COUNTS and window in WINDOWS and not is_people(scope):
        return partial(_read_count, scope, COUNTS[name], WINDOWS[window])
    if name in _SHARES and window in WINDOWS:
        return partial(_read_share, (scope, name), window)
    return partial(_read_tally, (scope, window), name)


def _read_tally(of: tuple[str, str], name: str, floor: Core, now: Moment) -> tuple[Value, None]:
    known = now.figures.get(of)
    if known is None:
        known = now.figures[of] = _all_figures(floor, *of)
    found, muted = known
    return (None if name in muted else found.get(name)), None


def _all_figures(floor: Core, scope: str, window: str) -> tuple[dict[str, Value], list[str]]:
    tally = today(floor, scope) if window == "today" else rolling(floor, scope, window)
    basis: Basis = "cohort" if window == "today" else "event"
    if is_people(scope):
        return people_values(tally, floor.site.figures, live(floor, scope))
    return values(tally, floor.site.figures, basis=basis, live=live(floor, scope))


def _read_share(share: tuple[str, str], window: str, floor: Core, _now: Moment) -> tuple[Value, None]:
    work = _work(floor, window)
    if share not in work.shares:
        scope, name = share
        places = floor.wires.places_of.get(scope, [])
        idle, handling, logged_in = map(sub, _sums(work.end, places), _sums(work.begin, places))
        over, under = (handling, handling + idle) if name == "occupancy" else (handling + idle, logged_in)
        work.shares[share] = percent(over, under)
    return work.shares[share], None


def _work(floor: Core, window: str) -> Work:
    """What every crew did with its time in a window, worked out once a minute."""
    newest = floor.crew_copies.newest
    known = floor.wires.work.get(window)
    if known is not None and known.newest is newest and known.minute_end == floor.state.minute_end:
        return known
    begin = _spent(minute_copy(floor, WINDOWS[window]))
    work = floor.wires.work[window] = Work(newest, floor.state.minute_end, begin, _spent(newest))
    return work


def _spent(copy: Copy) -> Spent:
    """Added up once for all windows that begin or end there."""
    if copy.spent is None:
        idle, handling, logged_in = (map(part, copy.rows) for part in (_idle, _handling, _logged_in))
        copy.spent = list(idle), list(map(sum, handling)), list(map(sum, logged_in))
    return copy.spent


def _sums(spent: Spent, places: Sequence[int]) -> Iterator[int]:
    """What crews spent together; those that came to be later, whose places are higher, had spent nothing."""
    there = places[: bisect_left(places, len(spent[0]))]
    return (sum(map(column.__getitem__, there)) for column in spent)


def _counts(floor: Core, scope: str, length: int, memo: dict[tuple[str, int], list[int]]) -> list[int]:
    """The counts at `_PLACES` and the overdue ones of a scope in a rolling window."""
    known = memo.get((scope, length))
    if known is not None:
        return known
    begin = window_copy(floor, length)
    rows: list[list[int]] = []
    for queue in floor.wires.queues_of.get(scope, ()):
        place = f"queue:{queue.id}", length
        own = memo.get(place)
        if own is None:
            counts = map(sub, _at_places(queue.leaf.total), _at_places(begin.row(queue.leaf.place)))
            own = memo[place] = [*counts, queue.overdue]
        rows.append(own)
    total = memo[scope, length] = list(map(sum, zip(_NO_COUNTS, *rows, strict=True)))
    return total


def _read_ratio(of: tuple[str, int], name: str, floor: Core, now: Moment) -> tuple[Value, None]:
    """One of RATIOS; `of` is a scope with queues and the length of a rolling window, milliseconds."""
    parts = now.parts.get(of)
    if parts is None:
        parts = now.parts[of] = _parts(_counts(floor, *of, now.counts))
    over, under = parts[name]
    return (None if under < floor.site.figures.minimum_sample else percent(over, under)), None


def _parts(counts: list[int]) -> dict[str, tuple[int, int]]:
    answered, abandoned, flowed, blocked, elsewhere, in_time, lost_in_time, expired, overdue = counts
    concluded = answered + abandoned + flowed + blocked
    return {
        "answer_rate_a1": (answered, concluded), "answer_rate_a2": (answered, concluded - elsewhere),
        "answer_rate_a2_pessimistic": (answered, concluded - elsewhere + overdue),
        "service_level_f1": (in_time, concluded), "service_level_f8": (in_time, in_time + lost_in_time + expired),
        "abandon_rate": (abandoned, concluded),
    }  # fmt: skip


def _read_count(scope: str, place: int, length: int, floor: Core, _now: Moment) -> tuple[Value, None]:
    begin = window_copy(floor, length)
    leaves = [queue.leaf for queue in floor.wires.queues_of.get(scope, ())]
    return sum([leaf.total[place] - begin.row(leaf.place)[place] for leaf in leaves]), None


def _read_staffed(scope: str, floor: Core, _now: Moment) -> tuple[Value, None]:
    return staffed(floor, scope), None


def _read_waiting(scope: str, _floor: Core, now: Moment) -> tuple[Value, None]:
    callers = now.callers.get(scope)
    return (0 if callers is None else callers[0]), None


def _read_longest_wait(scope: str, floor: Core, now: Moment) -> tuple[Value, int | None]:
    callers = now.callers.get(scope)
    return (None, None) if callers is None else ((floor.now - callers[1]) / 1000.0, callers[1])


def _read_average_wait(scope: str, floor: Core, _now: Moment) -> tuple[Value, int | None]:
    joined = live(floor, scope).mean_join
    return (None, None) if joined is None else ((floor.now - joined) / 1000.0, joined)


def _read_ringing(scope: str, floor: Core, _now: Moment) -> tuple[Value, None]:
    return sum(queue.ringing for queue in floor.wires.queues_of.get(scope, ())), None


def _read_nothing(_scope: str, _floor: Core, _now: Moment) -> tuple[None, None]:
    return None, None


_READ_NOW: Final[dict[str, Callable[[str, Core, Moment], tuple[Value, int | None]]]] = {
    "staffed": _read_staffed, "waiting": _read_waiting, "longest_wait_now": _read_longest_wait,
    "average_wait_now": _read_average_wait, "ringing": _read_ringing,
}  # fmt: skip
