"""Facts of a leg that are told before what they follow from: kept until that comes, for an hour."""

from __future__ import annotations

from typing import Final

from feeds import facts
from feeds.folding.booking import odd
from feeds.folding.core import Core
from feeds.folding.state import HOUR, EarlyRecord, LegState

Early = (
    facts.AttemptStarted | facts.AttemptEnded | facts.LegAnswered | facts.LegAbandoned | facts.LegFlowedOut
    | facts.HoldStarted | facts.HoldEnded | facts.LegTransferred | facts.TalkEnded | facts.WorkEnded
)  # fmt: skip
_IN_TURN: Final[tuple[type, ...]] = Early.__args__
"""As they follow from each other where they are of the same moment."""
MOST: Final = 1000
"""Of so many legs at once: what follows from nothing at all may come for ever."""


def keep(floor: Core, fact: Early, kind: str = "") -> None:
    """Keep a fact for what it follows from; one that has a `kind` is counted among those that did not fit."""
    if kind:
        odd(floor, kind)
    early = floor.state.early
    record = early.get(fact.leg)
    if record is None:
        if len(early) >= MOST:
            del early[next(iter(early))]
        record = early[fact.leg] = EarlyRecord(floor.now)
    record.facts.append(facts.pack(fact))


def tell_again(floor: Core, leg: LegState) -> None:
    """Tell what was kept for a leg, of which more is known now; what does not fit yet is kept anew.

    What lies before the leg was there is of another one that was called the same, and before the hold of another hold.
    """
    record = floor.state.early.pop(leg.id, None)
    if record is None:
        return
    kept = [facts.unpack(body) for body in record.facts]
    for fact in sorted(kept, key=lambda one: (one.at, _IN_TURN.index(type(one)))):
        if fact.at >= max(leg.joined, leg.hold_since):
            floor.apply(fact, floor.rev)


def forget(floor: Core, now: int) -> None:
    """Drop what has waited in vain."""
    early = floor.state.early
    for leg in [leg for leg, record in early.items() if record.since < now - HOUR]:
        del early[leg]
