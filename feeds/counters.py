"""The counters that figures are made of: places in three kinds of rows, and how rows are added up.

A *cohort* row books a leg under the moment it joined, an *event* row under the moment a thing happened, a *time* row
holds agents' milliseconds by seat state, split at boundaries (HANDBOOK 1.9). Rows are plain lists of whole numbers:
the fold adds to them in place, everything else reads. Sums are milliseconds, `*_LONGEST` and `*_PEAK` are maxima.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

COHORT: Final[tuple[str, ...]] = (
    "joined", "blocked", "answered", "answered_in_time", "answered_below_time", "answered_at_once",
    "abandoned", "abandoned_in_time", "short", "abandoned_ringing", "flowed", "flowed_in_time",
    "flow_no_agent", "flow_timeout", "flow_full", "flow_queue", "flow_callback", "flow_ivr", "flowed_answered",
    "wait_answered", "wait_abandoned", "wait_short", "wait_flowed", "talk", "hold", "held", "acw",
    "calls", "calls_answered", "longest",
)  # fmt: skip
(
    C_JOINED, C_BLOCKED, C_ANSWERED, C_ANSWERED_IN_TIME, C_ANSWERED_BELOW_TIME, C_ANSWERED_AT_ONCE,
    C_ABANDONED, C_ABANDONED_IN_TIME, C_SHORT, C_ABANDONED_RINGING, C_FLOWED, C_FLOWED_IN_TIME,
    C_FLOW_NO_AGENT, C_FLOW_TIMEOUT, C_FLOW_FULL, C_FLOW_QUEUE, C_FLOW_CALLBACK, C_FLOW_IVR, C_FLOWED_ANSWERED,
    C_WAIT_ANSWERED, C_WAIT_ABANDONED, C_WAIT_SHORT, C_WAIT_FLOWED, C_TALK, C_HOLD, C_HELD, C_ACW,
    C_CALLS, C_CALLS_ANSWERED, C_LONGEST,
) = range(30)  # fmt: skip
"""`in_time`: wait ≤ T; `below_time`: wait < T; `at_once`: wait under one second; `calls`: first requests of a call."""

EVENT: Final[tuple[str, ...]] = (
    "joined", "blocked", "answered", "answered_in_time", "wait_answered", "abandoned", "abandoned_in_time", "short",
    "wait_abandoned", "flowed", "flowed_in_time", "flowed_answered", "expired", "completed", "booked", "talk", "hold",
    "held", "acw", "transferred", "attempts", "no_answer", "inbound", "wait_area", "service_area",
    "longest", "wait_peak", "service_peak",
)  # fmt: skip
(
    E_JOINED, E_BLOCKED, E_ANSWERED, E_ANSWERED_IN_TIME, E_WAIT_ANSWERED, E_ABANDONED, E_ABANDONED_IN_TIME, E_SHORT,
    E_WAIT_ABANDONED, E_FLOWED, E_FLOWED_IN_TIME, E_FLOWED_ANSWERED, E_EXPIRED, E_COMPLETED, E_BOOKED, E_TALK, E_HOLD,
    E_HELD, E_ACW, E_TRANSFERRED, E_ATTEMPTS, E_NO_ANSWER, E_INBOUND, E_WAIT_AREA, E_SERVICE_AREA,
    E_LONGEST, E_WAIT_PEAK, E_SERVICE_PEAK,
) = range(28)  # fmt: skip
"""`expired`: T ran out unanswered; `completed`: talk over; `booked`: talk and after-call work over (call-based).

The place `inbound` stays empty: calls that seized a trunk have a row of their own, and :class:`Tally` says how many."""

COHORT_SIZE: Final = len(COHORT)
EVENT_SIZE: Final = len(EVENT)
COHORT_SUMS: Final = C_LONGEST
EVENT_SUMS: Final = E_LONGEST
"""Places from here on are maxima, places before are sums."""

Row = list[int]


class Tally(Struct):
    """Everything counted for a scope in a period: the input of every formula in feeds.figures."""

    cohort: Row
    event: Row
    time: Row
    """Agent milliseconds by seat state, in the order of feeds.facts.SEAT_STATES."""
    incomplete: bool = False
    restated_at: int | None = None
    carried_in: int = 0
    """How many were waiting when the period began."""
    inbound: int | None = None
    """Calls that seized a trunk; None below the site, as no trunk belongs to a queue or a team."""


def add(total: Row, rows: Iterable[Row], sums: int) -> Row:
    """Add rows to `total` in place: places before `sums` are summed, the rest are maxima."""
    size = len(total)
    for row in rows:
        for place in range(sums):
            total[place] += row[place]
        for place in range(sums, size):
            if row[place] > total[place]:
                total[place] = row[place]
    return total
