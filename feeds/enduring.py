"""Folding that goes on: a fact that cannot be folded is passed over, and its minute becomes a gap."""

from __future__ import annotations

import logging
from typing import Final

from feeds.facts import AnyFact, GapSeen
from feeds.floor import Floor
from feeds.log.base import LogError

log = logging.getLogger("feeds.enduring")

MINUTE_MS: Final = 60_000
"""What could not be folded leaves a gap of the minute in which it happened, told once."""


class Enduring:
    """Folds facts into a floor, the live one and that of a recording alike: both then lack the same.

    `lost` holds the minutes that lack a fact and whose gap is not told yet. A gateway tells it as a fact of its log;
    where a log says nothing, such as that of an import, `mark` makes it up at the end.
    """

    def __init__(self, floor: Floor, where: str) -> None:
        """`where` says in log lines whose facts these are."""
        self.floor = floor
        self.lost: set[int] = set()
        self._where = where
        self._told = {begin for begin, end in floor.state.gaps if end - begin == MINUTE_MS}
        self._warned: set[tuple[type, type]] = set()

    def apply(self, fact: AnyFact, rev: int) -> None:
        """As :meth:`feeds.floor.Floor.apply`, whatever the fact is; folding it again passes over it again.

        Raises LogError where the floor's past cannot be read.
        """
        try:
            self.floor.apply(fact, rev)
        except LogError:  # the past that the floor reads on in is damaged: that is no fault of the fact
            raise
        except Exception as error:  # whatever a source tells, the floor goes on
            self._pass_over(fact, rev, error)
        else:
            if type(fact) is GapSeen and fact.end - fact.begin == MINUTE_MS:
                self._told.add(fact.begin)
                self.lost.discard(fact.begin)

    def _pass_over(self, fact: AnyFact, rev: int, error: Exception) -> None:
        minute = fact.at - fact.at % MINUTE_MS
        if minute not in self._told:
            self.lost.add(minute)
        kind = (type(fact), type(error))
        if kind in self._warned:
            return
        self._warned.add(kind)
        log.warning(
            "%s: revision %d (%s) could not be folded and is left out, as is whatever else fails alike: %s: %s; "
            "figures of its time say incomplete",
            self._where, rev, type(fact).__name__, type(error).__name__, error,
        )  # fmt: skip
        log.info("how %r failed, for whoever mends it", fact, exc_info=error)

    def gaps(self) -> list[GapSeen]:
        """The gaps that are not told yet, oldest first."""
        now = self.floor.now
        return [GapSeen(at=now or minute, begin=minute, end=minute + MINUTE_MS) for minute in sorted(self.lost)]

    def mark(self) -> None:
        """Make the gaps that are not told yet known to the floor alone, at the revision where it stands."""
        gaps = self.gaps()
        for gap in gaps:
            self.apply(gap, self.floor.rev)
        if gaps:
            # The revision stands still, so it cannot tell that what was built before is out of date.
            self.floor.cache.clear()
