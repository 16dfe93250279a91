"""Sums over the queues or crews of a scope, each kept for as long as what it was made of stays.

Figures are built for every frame in which a call moved, and on a large floor nearly all that they add up is of slots
and minutes that are over. What a sum was made of is told by numbers that never come again, so nothing need be thrown
away; queues and crews that came to be later had counted nothing by then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import sub
from typing import Final

from feeds.counters import E_ABANDONED, E_ANSWERED, E_FLOWED, EVENT_SIZE, EVENT_SUMS, Row
from feeds.facts import SEAT_STATES
from feeds.folding.copies import Copy
from feeds.folding.core import Core, Part
from feeds.folding.state import CREW_SIZE, CrewState, Leaf, QueueState

_EVENTS: Final = slice(EVENT_SUMS)
_TIME: Final = slice(EVENT_SIZE, CREW_SIZE)
_NOBODY: Final = (0,) * len(SEAT_STATES)
DAY: Final = 0
"""Stands for the day among the lengths of windows."""
NEWEST: Final = -1
"""Stands for what all windows end with."""


def events(
    floor: Core, scope: str, leaves: Sequence[Leaf], begin: Copy, length: int | None, end: Copy | None = None
) -> tuple[Row, Row]:
    """What the things of a scope counted from one copy to another, or until now, and what they had counted before.

    `length` says of which rolling window that is; None for what is asked for once. Maxima stay nought.
    """
    if not leaves:
        return [0] * EVENT_SIZE, [0] * EVENT_SIZE
    before = _kept(floor, scope, "events", length, (begin.number,), lambda: _rows(leaves, begin, _EVENTS))
    if end is not None:
        until = _rows(leaves, end, _EVENTS)
    elif len(leaves) == 1:
        until = leaves[0].total
    else:
        until = list(map(sum, zip(*[leaf.total for leaf in leaves], strict=True)))
    found = list(map(sub, until, before))
    return found + [0] * (EVENT_SIZE - len(found)), before


def times(floor: Core, scope: str, crews: Sequence[CrewState], late: Copy, early: Copy, length: int | None) -> Row:
    """Agents' milliseconds by state between two copies; `length` as above."""
    if late is early or not crews:
        return [0] * len(SEAT_STATES)
    newest = None if length is None else NEWEST

    def spent(copy: Copy) -> Row:
        return _rows([crew.leaf for crew in crews], copy, _TIME)

    ends = _kept(floor, scope, "time", newest, (late.number,), lambda: spent(late))
    begins = _kept(floor, scope, "time", length, (early.number,), lambda: spent(early))
    return list(map(sub, ends, begins))


def settled(floor: Core, scope: str) -> Row:
    """How many agents of a scope are in each state, as of the last full minute."""
    crews = floor.wires.crews_of.get(scope, ())
    made_of = (floor.state.minute_end,)
    return _kept(floor, scope, "settled", NEWEST, made_of, lambda: added([crew.settled for crew in crews]))


def added(rows: Sequence[Row]) -> Row:
    """How many there are in each state; nobody without any rows."""
    return list(map(sum, zip(_NOBODY, *rows, strict=True)))


def longest(floor: Core, queue: QueueState, length: int) -> int:
    """The longest wait that ended in a rolling window, milliseconds."""
    leaf = queue.leaf
    if not leaf.longest:
        return 0
    total = leaf.total
    # Each wait that ends is counted as one of these, and only then can another one be the longest.
    ended = total[E_ANSWERED] + total[E_ABANDONED] + total[E_FLOWED]
    made_of = floor.slot_begin, ended

    def look() -> Row:
        first = floor.slot_begin // leaf.slot - length // leaf.slot + 1
        return [max((wait for slot, wait in leaf.longest.items() if slot >= first), default=0)]

    return _kept(floor, f"queue:{queue.id}", "longest", length, made_of, look)[0]


def _rows(leaves: Sequence[Leaf], copy: Copy, part: slice) -> Row:
    return list(map(sum, zip(*[copy.row(leaf.place)[part] for leaf in leaves], strict=True)))


def _kept(
    floor: Core, scope: str, what: str, length: int | None, made_of: tuple[int, ...], make: Callable[[], Row]
) -> Row:
    """The sums that were made of the same, else new ones; whoever gets them leaves them as they are."""
    if length is None:
        return make()
    part: Part = what, length
    kept = floor.wires.sums.setdefault(scope, {})
    known = kept.get(part)
    if known is None or known[0] != made_of:
        known = kept[part] = made_of, make()
    return known[1]
