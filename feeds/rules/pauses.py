"""What a pause's reason says about the seat: which reasons are a break, which training, which merely busy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from config.asterisk import PAUSES, PauseWord
from config.schema import PauseReason, Site
from feeds.states import SEAT_STATES, SeatState

_STATES: Final[dict[str, SeatState]] = {state: state for state in SEAT_STATES}
OTHER: Final[SeatState] = "busy"
"""The state of a pause whose reason no line names."""


def same_reason(one: str, other: str) -> bool:
    """Whether two people mean the same, however they write its letters."""
    return one == other or one.casefold() == other.casefold()


class PauseWords:
    """The reasons of a site; its own lines (`pauses`, `asterisk.pauses`) win over those that hold everywhere."""

    def __init__(self, own: Iterable[PauseReason | PauseWord] = ()) -> None:
        told = [one for one in own if one.state]
        self._states = {one.reason.casefold(): _STATES[one.state] for one in (*PAUSES, *told)}
        self._written = {one.reason: self._states[one.reason.casefold()] for one in (*told, *PAUSES)}

    @classmethod
    def of(cls, site: Site) -> PauseWords:
        """Those of a site, whatever its source is."""
        return cls((*site.pauses, *(site.asterisk.pauses if site.asterisk is not None else ())))

    @property
    def states(self) -> dict[str, SeatState]:
        """Every reason that has a word, as it is written, and its state."""
        return dict(self._written)

    def state(self, reason: str) -> SeatState:
        """The seat state that a pause with this reason is."""
        return self._states.get(reason.casefold(), OTHER)
