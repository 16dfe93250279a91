"""What is true now at a scope: who waits, who works, and single figures for limits and trends."""

from __future__ import annotations

from operator import add, itemgetter, sub
from typing import Final

from msgspec import Struct, field

from feeds.counters import (
    E_ABANDONED,
    E_ABANDONED_IN_TIME,
    E_ANSWERED,
    E_ANSWERED_IN_TIME,
    E_BLOCKED,
    E_EXPIRED,
    E_FLOWED,
    E_FLOWED_ANSWERED,
    EVENT_SIZE,
)  # fmt: skip
from feeds.facts import SEAT_BUCKETS, SEAT_STATES
from feeds.figures import Basis, Live, Value, people_values, percent, values
from feeds.folding.copies import Copy
from feeds.folding.core import Core, Work
from feeds.folding.scopes import is_people
from feeds.folding.state import CREW_SIZE, OFFLINE, WINDOWS
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
RATIOS: Final = frozenset((
    "answer_rate_a1", "answer_rate_a2", "answer_rate_a2_pessimistic", "service_level_f1", "service_level_f8",
    "abandon_rate",
))  # fmt: skip
"""Ratios that limits and trends ask for often, read straight from the totals; a test holds them against figures."""
_SHARES: Final = frozenset(("occupancy", "utilisation"))
"""Shares of agents' time: they move once a minute, so they are worked out as often."""
(_READY,) = (EVENT_SIZE + place for place in _IN["idle"])
_handling: Final = itemgetter(*(EVENT_SIZE + place for place in _IN["handling"]))
_logged_in: Final = itemgetter(*(place for place in range(EVENT_SIZE, CREW_SIZE) if place != EVENT_SIZE + OFFLINE))
_NOTHING_SPENT: Final = (0, 0, 0)


class Moment(Struct):
    """What the questions of one instant share."""

    callers: dict[str, tuple[int, int]]
    """Scope -> (how many wait, since when the first); scopes where nobody waits are left out."""
    counts: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """Counts by scope and window length."""
    parts: dict[tuple[str, int], dict[str, tuple[int, int]]] = field(default_factory=dict)
    """What every one of RATIOS is made of, by scope and window length."""


def moment(floor: Core) -> Moment:
    """The floor's present moment, for several questions."""
    callers: dict[str, tuple[int, int]] = {}
    for name, queue in floor.queues.items():
        if queue.waiting:
            count, first = len(queue.waiting), min(queue.waiting.values())
            for scope in floor.wires.queues[name].scopes:
                known = callers.get(scope)
                callers[scope] = (count, first) if known is None else (known[0] + count, min(known[1], first))
    return Moment(callers)


def states(floor: Core, scope: str) -> list[int]:
    """How many agents of a scope are in each state, in the order of SEAT_STATES; nobody counts as offline."""
    total = [0] * len(SEAT_STATES)
    for crew in floor.wires.crews_of.get(scope, ()):
        for place, count in enumerate(crew.counts):
            total[place] += count
    total[OFFLINE] = 0
    return total


def _settled(floor: Core, scope: str) -> list[int]:
    total = [0] * len(SEAT_STATES)
    for crew in floor.wires.crews_of.get(scope, ()):
        for place, count in enumerate(crew.settled):
            total[place] += count
    return total


def staffed(floor: Core, scope: str) -> int:
    """Agents of a scope in any state but offline."""
    known = floor.wires.staffed.get(scope)
    if known is None:
        known = floor.wires.staffed[scope] = sum([crew.staffed for crew in floor.wires.crews_of.get(scope, ())])
    return known


def live(floor: Core, scope: str, *, settled: bool = False) -> Live:
    """Everything about a scope that holds at this moment; `settled` takes staffing as of the last full minute."""
    waiting = ringing = overdue = carried = joined = 0
    oldest: int | None = None
    for queue in floor.wires.queues_of.get(scope, ()):
        carried += queue.carried_in
        ringing += queue.ringing
        overdue += queue.overdue
        if queue.waiting:
            waiting += len(queue.waiting)
            joined += queue.joined_sum
            first = min(queue.waiting.values())
            oldest = first if oldest is None or first < oldest else oldest
    people = _settled(floor, scope) if settled else states(floor, scope)
    return Live(
        waiting=waiting, ringing=ringing, overdue=overdue, staffed=sum(people),
        on_queue=sum(people[place] for place in _ON_QUEUE), oldest=oldest,
        mean_join=joined // waiting if waiting else None, carried_in=carried,
    )  # fmt: skip


def figure(floor: Core, scope: str, name: str, window: str, now: Moment | None = None) -> tuple[Value, int | None]:
    """One figure at a scope: (value, None), or (seconds so far, since when) for a running duration.

    A ratio below the site's minimum sample is None: it may not colour anything. `now` is shared by the questions of
    one instant.
    """
    now = moment(floor) if now is None else now
    if window == "now":
        return _now(floor, scope, name, now)
    people = is_people(scope)
    if name in RATIOS and window in WINDOWS and not people:
        return ratio(floor, scope, name, WINDOWS[window], now), None
    if name in _SHARES and window in WINDOWS:
        return _share(floor, scope, name, window), None
    tally = today(floor, scope) if window == "today" else rolling(floor, scope, window)
    basis: Basis = "cohort" if window == "today" else "event"
    if people:
        found, muted = people_values(tally, floor.site.figures, live(floor, scope))
    else:
        found, muted = values(tally, floor.site.figures, basis=basis, live=live(floor, scope))
    return (None if name in muted else found.get(name)), None


def _share(floor: Core, scope: str, name: str, window: str) -> float | None:
    work = _work(floor, window)
    if (scope, name) not in work.shares:
        rows = [work.rows[crew.leaf.place] for crew in floor.wires.crews_of.get(scope, ())]
        idle, handling, logged_in = map(sum, zip((0, 0, 0), *rows, strict=True))
        over, under = (handling, handling + idle) if name == "occupancy" else (handling + idle, logged_in)
        work.shares[scope, name] = percent(over, under)
    return work.shares[scope, name]


def _work(floor: Core, window: str) -> Work:
    """What every crew did with its time in a window, worked out once a minute."""
    newest = floor.crew_copies.newest
    known = floor.wires.work.get(window)
    if known is not None and known.newest is newest and known.minute_end == floor.state.minute_end:
        return known
    late, early = _spent(newest), _spent(minute_copy(floor, WINDOWS[window]))
    early = early + [_NOTHING_SPENT] * (len(late) - len(early))
    rows = [(end[0] - begin[0], end[1] - begin[1], end[2] - begin[2]) for end, begin in zip(late, early, strict=False)]
    rows += [_NOTHING_SPENT] * (len(floor.crews) - len(rows))
    work = floor.wires.work[window] = Work(newest, floor.state.minute_end, rows)
    return work


def _spent(copy: Copy) -> list[tuple[int, int, int]]:
    """Running totals of each crew, idle, handling and logged in; added up once for all windows that begin there."""
    if copy.spent is None:
        copy.spent = [(row[_READY], sum(_handling(row)), sum(_logged_in(row))) for row in copy.rows]
    return copy.spent


def _counts(floor: Core, scope: str, length: int, memo: dict[tuple[str, int], list[int]]) -> list[int]:
    """The counts at `_PLACES` and the overdue ones of a scope in a rolling window."""
    known = memo.get((scope, length))
    if known is not None:
        return known
    total = [0] * (len(_PLACES) + 1)
    begin = window_copy(floor, length)
    for queue in floor.wires.queues_of.get(scope, ()):
        own = memo.get((f"queue:{queue.id}", length))
        if own is None:
            own = [*map(sub, _at_places(queue.leaf.total), _at_places(begin.row(queue.leaf.place))), queue.overdue]
            memo[f"queue:{queue.id}", length] = own
        total = list(map(add, total, own))
    memo[scope, length] = total
    return total


def ratio(floor: Core, scope: str, name: str, length: int, now: Moment) -> float | None:
    """One of RATIOS at a scope with queues, over a rolling window of `length` milliseconds; None below the sample."""
    parts = now.parts.get((scope, length))
    if parts is None:
        parts = now.parts[scope, length] = _parts(_counts(floor, scope, length, now.counts))
    over, under = parts[name]
    return None if under < floor.site.figures.minimum_sample else percent(over, under)


def _parts(counts: list[int]) -> dict[str, tuple[int, int]]:
    answered, abandoned, flowed, blocked, elsewhere, in_time, lost_in_time, expired, overdue = counts
    concluded = answered + abandoned + flowed + blocked
    return {
        "answer_rate_a1": (answered, concluded), "answer_rate_a2": (answered, concluded - elsewhere),
        "answer_rate_a2_pessimistic": (answered, concluded - elsewhere + overdue),
        "service_level_f1": (in_time, concluded), "service_level_f8": (in_time, in_time + lost_in_time + expired),
        "abandon_rate": (abandoned, concluded),
    }  # fmt: skip


def _now(floor: Core, scope: str, name: str, now: Moment) -> tuple[Value, int | None]:
    if name == "staffed":
        return staffed(floor, scope), None
    callers = now.callers.get(scope)
    if name == "waiting":
        return 0 if callers is None else callers[0], None
    if name == "longest_wait_now":
        return (None, None) if callers is None else ((floor.now - callers[1]) / 1000.0, callers[1])
    if name == "ringing":
        return sum(queue.ringing for queue in floor.wires.queues_of.get(scope, ())), None
    joined = live(floor, scope).mean_join
    if name == "average_wait_now" and joined is not None:
        return (floor.now - joined) / 1000.0, joined
    return None, None
