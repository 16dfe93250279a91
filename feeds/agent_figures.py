"""The figures of one agent's day and what the team's agents come to on average; computed once, in the gateway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from feeds.entities import AgentDay
from feeds.requests import AgentSpan
from feeds.states import SEAT_BUCKETS

COUNTS: Final = ("answered", "ring_no_answer", "transfers")
"""Figures that are counts: the team's is the mean of those who have worked."""
Figure = float | int | None


def own(day: AgentDay, spans: Sequence[AgentSpan], begin: int, now: int) -> dict[str, Figure]:
    """An agent's figures from `begin` (the day's beginning) to `now`, UTC milliseconds.

    Occupancy is handling ÷ (handling + idle) time as for teams (HANDBOOK 1.7), from the states in `spans`.
    """
    spent = day.talk_s + day.hold_s + day.acw_s
    times = {"handling": 0, "idle": 0}
    for number, span in enumerate(spans):
        end = spans[number + 1].begin if number + 1 < len(spans) else now
        bucket = SEAT_BUCKETS[span.state]
        if bucket in times:
            times[bucket] += max(0, min(end, now) - max(span.begin, begin))
    on_queue = times["handling"] + times["idle"]
    return {
        "answered": day.answered,
        "aht": spent / day.handled if day.handled else None,
        "occupancy": 100 * times["handling"] / on_queue if on_queue else None,
        "ring_no_answer": day.no_answers,
        "transfers": day.transfers,
    }


def mean(days: Iterable[AgentDay]) -> dict[str, Figure]:
    """The mean counts of those whose phone has rung or who have answered today; empty where there is nobody."""
    worked = [day for day in days if day.attempts or day.answered]
    if not worked:
        return {}
    sums = (sum(day.answered for day in worked), sum(day.no_answers for day in worked))
    return {
        "answered": sums[0] / len(worked),
        "ring_no_answer": sums[1] / len(worked),
        "transfers": sum(day.transfers for day in worked) / len(worked),
    }
