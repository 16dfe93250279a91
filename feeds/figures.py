"""The KPI formulas of HANDBOOK section 1, each under a definition id; the only place where a ratio is computed."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from config.schema import FigureSettings
from feeds.counters import (
    C_ABANDONED,
    C_ABANDONED_IN_TIME,
    C_ANSWERED,
    C_ANSWERED_IN_TIME,
    C_BLOCKED,
    C_CALLS,
    C_CALLS_ANSWERED,
    C_FLOWED,
    C_FLOWED_ANSWERED,
    C_FLOWED_IN_TIME,
    C_JOINED,
    C_SHORT,
    C_WAIT_ABANDONED,
    C_WAIT_ANSWERED,
    C_WAIT_FLOWED,
    C_WAIT_SHORT,
    E_ABANDONED,
    E_ABANDONED_IN_TIME,
    E_ACW,
    E_ANSWERED,
    E_ANSWERED_IN_TIME,
    E_ATTEMPTS,
    E_BLOCKED,
    E_BOOKED,
    E_EXPIRED,
    E_FLOWED,
    E_FLOWED_ANSWERED,
    E_FLOWED_IN_TIME,
    E_HELD,
    E_HOLD,
    E_JOINED,
    E_LONGEST,
    E_NO_ANSWER,
    E_SHORT,
    E_TALK,
    E_TRANSFERRED,
    E_WAIT_ABANDONED,
    E_WAIT_ANSWERED,
    E_WAIT_AREA,
    Tally,
)  # fmt: skip
from feeds.definitions import DEFINITIONS, Definition
from feeds.facts import SEAT_BUCKETS, SEAT_STATES
from feeds.queueing import agents_needed

__all__ = [
    "DEFINITIONS", "Basis", "Definition", "Live", "Rest", "Value", "course", "handle_seconds", "need", "people_values",
    "rest_values", "values",
]  # fmt: skip

Value = float | int | None
Basis = Literal["cohort", "event"]

_HANDLING = tuple(place for place, state in enumerate(SEAT_STATES) if SEAT_BUCKETS[state] == "handling")
_IDLE = tuple(place for place, state in enumerate(SEAT_STATES) if SEAT_BUCKETS[state] == "idle")
_SIGNED_IN = tuple(place for place, state in enumerate(SEAT_STATES) if state != "offline")


class Live(Struct, frozen=True):
    """What is true now at a scope: the part of the figures that no period holds."""

    waiting: int = 0
    ringing: int = 0
    overdue: int = 0
    staffed: int = 0
    on_queue: int = 0
    """Agents idle or handling."""
    oldest: int | None = None
    mean_join: int | None = None


class Rest(Struct, frozen=True):
    """What the rest of the day is expected to bring at a scope.

    `basis` says from what `expected` was reckoned: `week` (the same weekday a week ago), `yesterday`, `profile` (the
    site's hourly shares) or `linear` (the pace of the last hour). Of those who wait, `late` cannot be answered within T
    any more.
    """

    expected: float
    basis: str
    waiting: int = 0
    late: int = 0


USUAL_SHARE = 80.0
"""Per cent answered within T that a staffing is reckoned for where the site sets no limit (HANDBOOK 7.3: 80/20)."""
SHORTEST_NEED_S = 300.0
"""Of a shorter stretch no staffing is reckoned: a call more or less would decide it."""


class _Counts(Struct):
    """Cohort or event counters under common names; `in_time` is wait ≤ T, waits are milliseconds."""

    requested: int
    blocked: int
    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int
    short: int
    flowed: int
    flowed_in_time: int
    flowed_answered: int
    wait_answered: int
    wait_abandoned: int
    wait_short: int | None
    wait_flowed: int | None
    calls: int
    calls_answered: int


def _cohort(tally: Tally) -> _Counts:
    row = tally.cohort
    return _Counts(
        row[C_JOINED], row[C_BLOCKED], row[C_ANSWERED], row[C_ANSWERED_IN_TIME], row[C_ABANDONED],
        row[C_ABANDONED_IN_TIME], row[C_SHORT], row[C_FLOWED], row[C_FLOWED_IN_TIME], row[C_FLOWED_ANSWERED],
        row[C_WAIT_ANSWERED], row[C_WAIT_ABANDONED], row[C_WAIT_SHORT], row[C_WAIT_FLOWED],
        row[C_CALLS], row[C_CALLS_ANSWERED],
    )  # fmt: skip


def _event(tally: Tally) -> _Counts:
    row = tally.event
    return _Counts(
        row[E_JOINED], row[E_BLOCKED], row[E_ANSWERED], row[E_ANSWERED_IN_TIME], row[E_ABANDONED],
        row[E_ABANDONED_IN_TIME], row[E_SHORT], row[E_FLOWED], row[E_FLOWED_IN_TIME], row[E_FLOWED_ANSWERED],
        row[E_WAIT_ANSWERED], row[E_WAIT_ABANDONED], None, None, 0, 0,
    )  # fmt: skip


def ratio(over: float, under: float, scale: float = 1.0) -> float | None:
    """over ÷ under × scale; None for an empty denominator."""
    return over / under * scale if under else None


def percent(over: float, under: float) -> float | None:
    """over ÷ under in per cent; None for an empty denominator."""
    # Divided last: 7 of 100 are 7, where 7 / 100 * 100 is a little more and would be over a limit of 7.
    return over * 100.0 / under if under else None


def seconds(total: int | None, count: int) -> float | None:
    """A sum of milliseconds ÷ count, in seconds; None for an empty denominator or an unknown sum."""
    return None if total is None or not count else total / count / 1000.0


def values(
    tally: Tally, settings: FigureSettings, *, basis: Basis, live: Live | None = None, by_call: bool = False
) -> tuple[dict[str, Value], list[str]]:
    """Every figure of a site, group, seat type or queue, and the ratios whose sample is too small to colour.

    `basis` says which counters book offered … blocked: by join (`cohort`) or by occurrence (`event`). `by_call` uses
    the per-call reading of A2, for a period that is over, once none of its calls waits any more. Per cent are 0–100,
    times seconds.
    """
    counts = _cohort(tally) if basis == "cohort" else _event(tally)
    now = live or Live()
    found: dict[str, Value] = {}
    samples: dict[str, float] = {}
    _volume(counts, tally, now, basis, live is not None, found)
    _answer_rates(counts, now, by_call and basis == "cohort", found, samples)
    _service_levels(counts, tally, settings, found, samples)
    _waits(counts, now, tally, found, samples)
    _handling(tally, found, samples)
    _people(tally, now, found)
    muted = [name for name, sample in samples.items() if sample < settings.minimum_sample]
    return found, muted


def people_values(tally: Tally, settings: FigureSettings, live: Live) -> tuple[dict[str, Value], list[str]]:
    """The figures that a team or vendor can have: what its agents answered and how they spent their time."""
    found: dict[str, Value] = {}
    samples: dict[str, float] = {}
    row = tally.event
    found["answered"] = row[E_ANSWERED]
    found["asa"] = seconds(row[E_WAIT_ANSWERED], row[E_ANSWERED])
    samples["asa"] = row[E_ANSWERED]
    _handling(tally, found, samples)
    _people(tally, live, found)
    return found, [name for name, sample in samples.items() if sample < settings.minimum_sample]


def _volume(counts: _Counts, tally: Tally, now: Live, basis: Basis, is_live: bool, found: dict[str, Value]) -> None:
    concluded = counts.answered + counts.abandoned + counts.flowed + counts.blocked
    offered = counts.requested + counts.blocked
    found["inbound"] = tally.inbound
    found["offered"] = offered
    found["answered"] = counts.answered
    found["abandoned"] = counts.abandoned
    found["short_abandons"] = counts.short
    found["flowed_out"] = counts.flowed
    found["blocked"] = counts.blocked
    found["carried_in"] = tally.carried_in
    if basis == "cohort":
        found["pending"] = offered - concluded
    elif is_live:
        found["pending"] = now.waiting
    found["abandon_rate"] = percent(counts.abandoned, concluded)
    found["abandon_rate_no_shorts"] = percent(counts.abandoned - counts.short, concluded - counts.short)
    found["flow_out_rate"] = percent(counts.flowed, concluded)


def _answer_rates(
    counts: _Counts, now: Live, by_call: bool, found: dict[str, Value], samples: dict[str, float]
) -> None:
    legs = counts.answered + counts.abandoned + counts.flowed + counts.blocked
    if legs < counts.requested + counts.blocked:  # a call that still waits is no call that was not answered
        by_call = False
    asked = counts.calls if by_call else legs - counts.flowed_answered
    answered = counts.calls_answered if by_call else counts.answered
    found["answer_rate_a1"] = percent(counts.answered, legs)
    found["answer_rate_a2"] = percent(answered, asked)
    found["answer_rate_a2_pessimistic"] = percent(answered, asked + now.overdue)
    found["answer_rate_a4"] = percent(counts.answered_in_time, legs)
    found["answer_rate_no_flow"] = percent(counts.answered, counts.answered + counts.abandoned)
    kept = counts.answered + counts.abandoned - counts.short
    found["answer_rate_no_flow_no_shorts"] = percent(counts.answered, kept)
    samples["answer_rate_no_flow"], samples["answer_rate_no_flow_no_shorts"] = legs - counts.flowed, kept
    samples["answer_rate_a1"] = samples["answer_rate_a4"] = legs
    samples["answer_rate_a2"], samples["answer_rate_a2_pessimistic"] = asked, asked + now.overdue
    samples["abandon_rate"] = samples["flow_out_rate"] = legs
    samples["abandon_rate_no_shorts"] = legs - counts.short


def _service_levels(
    counts: _Counts, tally: Tally, settings: FigureSettings, found: dict[str, Value], samples: dict[str, float]
) -> None:
    in_time, lost_in_time = counts.answered_in_time, counts.abandoned_in_time
    offered = counts.answered + counts.abandoned + counts.flowed + counts.blocked
    left = counts.answered + counts.abandoned + counts.flowed
    row = tally.event
    run_out = row[E_ANSWERED_IN_TIME] + row[E_ABANDONED_IN_TIME] + row[E_EXPIRED]
    f6 = counts.answered + (0 if settings.f6_leave_out_abandons else counts.abandoned)
    if settings.f6_leave_out_shorts and not settings.f6_leave_out_abandons:
        f6 -= counts.short
    f6 += counts.flowed if settings.f6_count_flow_outs else 0
    parts: dict[str, tuple[int, int]] = {
        "service_level_f1": (in_time, offered),
        "service_level_f2": (in_time, offered - lost_in_time),
        "service_level_f3": (in_time + lost_in_time, offered),
        "service_level_f4": (in_time, counts.answered),
        "service_level_f5": (in_time, offered - counts.short),
        "service_level_f6": (in_time, f6),
        "service_level_f7": (in_time + lost_in_time + counts.flowed_in_time, left),
        "service_level_f8": (row[E_ANSWERED_IN_TIME], run_out),
        "service_level_f1_dequeued": (in_time, offered - counts.flowed),
        "service_level_f2_dequeued": (in_time, offered - counts.flowed - lost_in_time),
        "service_level_f3_dequeued": (in_time + lost_in_time, offered - counts.flowed),
        "service_level_f8_ignore": (row[E_ANSWERED_IN_TIME], run_out - row[E_ABANDONED_IN_TIME]),
        "service_level_f8_positive": (row[E_ANSWERED_IN_TIME] + row[E_ABANDONED_IN_TIME], run_out),
    }
    for name, (over, under) in parts.items():
        found[name] = percent(over, under)
        samples[name] = under


def _waits(counts: _Counts, now: Live, tally: Tally, found: dict[str, Value], samples: dict[str, float]) -> None:
    concluded = counts.answered + counts.abandoned + counts.flowed
    found["asa"] = seconds(counts.wait_answered, counts.answered)
    found["average_wait_abandoned"] = seconds(counts.wait_abandoned, counts.abandoned)
    samples["asa"], samples["average_wait_abandoned"] = counts.answered, counts.abandoned
    if counts.wait_short is not None and counts.wait_flowed is not None:
        kept = counts.abandoned - counts.short
        found["average_wait_abandoned_no_shorts"] = seconds(counts.wait_abandoned - counts.wait_short, kept)
        found["average_wait"] = seconds(counts.wait_answered + counts.wait_abandoned + counts.wait_flowed, concluded)
        samples["average_wait_abandoned_no_shorts"], samples["average_wait"] = kept, concluded
    row = tally.event
    ended = row[E_ANSWERED] + row[E_ABANDONED] + row[E_FLOWED]
    found["longest_wait"] = row[E_LONGEST] / 1000.0 if ended else None
    found["waiting"] = now.waiting
    found["ringing"] = now.ringing
    found["expected_wait"] = _expected(tally, now)


def _expected(tally: Tally, now: Live) -> float | None:
    """Position of the next caller × AHT ÷ serving agents: a hint, undefined with nobody on the queue."""
    handle = seconds(tally.event[E_TALK] + tally.event[E_HOLD] + tally.event[E_ACW], tally.event[E_BOOKED])
    if handle is None or not now.on_queue:
        return None
    return now.waiting * handle / now.on_queue


def _handling(tally: Tally, found: dict[str, Value], samples: dict[str, float]) -> None:
    row = tally.event
    booked = row[E_BOOKED]
    found["handled"] = booked
    found["talk_time"] = seconds(row[E_TALK], booked)
    found["hold_time"] = seconds(row[E_HOLD], booked)
    found["hold_time_held"] = seconds(row[E_HOLD], row[E_HELD])
    found["acw_time"] = seconds(row[E_ACW], booked)
    found["aht"] = seconds(row[E_TALK] + row[E_HOLD] + row[E_ACW], booked)
    found["transfers"] = row[E_TRANSFERRED]
    found["transfer_rate"] = percent(row[E_TRANSFERRED], row[E_ANSWERED])
    found["attempts"] = row[E_ATTEMPTS]
    found["ring_no_answer"] = row[E_NO_ANSWER]
    found["ring_no_answer_rate"] = percent(row[E_NO_ANSWER], row[E_ATTEMPTS])
    samples.update(dict.fromkeys(("talk_time", "hold_time", "acw_time", "aht"), booked), hold_time_held=row[E_HELD])
    samples["transfer_rate"] = row[E_ANSWERED]
    samples["ring_no_answer_rate"] = row[E_ATTEMPTS]


def _people(tally: Tally, now: Live, found: dict[str, Value]) -> None:
    handling = sum(tally.time[place] for place in _HANDLING)
    on_queue = handling + sum(tally.time[place] for place in _IDLE)
    signed_in = sum(tally.time[place] for place in _SIGNED_IN)
    found["staffed"] = now.staffed
    found["occupancy"] = percent(handling, on_queue)
    found["utilisation"] = percent(on_queue, signed_in)
    found["calls_per_hour"] = ratio(tally.event[E_ANSWERED], on_queue, 3_600_000.0)


# The course of a day


def course(tally: Tally, calls_s: float, people_s: float) -> dict[str, Value]:
    """Means over a period of which so many seconds have passed for calls, and so many were counted for agents."""
    handling = sum(tally.time[place] for place in _HANDLING)
    on_queue = handling + sum(tally.time[place] for place in _IDLE)
    signed_in = sum(tally.time[place] for place in _SIGNED_IN)
    return {
        "waiting_mean": ratio(tally.event[E_WAIT_AREA], calls_s * 1000.0),
        "staffed_mean": ratio(signed_in, people_s * 1000.0),
        "on_queue_mean": ratio(on_queue, people_s * 1000.0),
    }


def handle_seconds(tally: Tally, least: int) -> float | None:
    """The AHT of a period in seconds; None where fewer than `least` calls were booked in it."""
    row = tally.event
    if row[E_BOOKED] < max(1, least):
        return None
    return seconds(row[E_TALK] + row[E_HOLD] + row[E_ACW], row[E_BOOKED])


def need(tally: Tally, period_s: float, handle_s: float | None, within_s: float, target: float | None) -> Value:
    """Agents needed for the requests of a period; `target` in per cent, None: the usual share."""
    requests = _cohort(tally).requested + _cohort(tally).blocked
    if period_s < SHORTEST_NEED_S or (requests and not handle_s):
        return None
    share = min(USUAL_SHARE if target is None else target, 99.9) / 100.0
    return agents_needed(requests / period_s * (handle_s or 1.0), handle_s or 1.0, within_s, share)


def rest_values(
    tally: Tally, rest: Rest, answer_target: float | None, service_target: float | None
) -> dict[str, Value]:
    """What the rest of the day must reach so that the day, counted in `tally` so far, closes at its targets.

    Above 100 it cannot be reached any more, at 0 and below it is reached whatever comes. Per cent.
    """
    counts = _cohort(tally)
    concluded = counts.answered + counts.abandoned + counts.flowed + counts.blocked
    to_come, in_time_to_come = rest.waiting + rest.expected, rest.waiting - rest.late + rest.expected
    asked = concluded - counts.flowed_answered
    return {
        "expected_rest": rest.expected,
        "rest_answer_rate": _required(answer_target, counts.answered, asked, to_come),
        "rest_service_level": _required(
            service_target, counts.answered_in_time, concluded + rest.late, in_time_to_come
        ),
    }


def _required(target: float | None, over: int, under: int, to_come: float) -> Value:
    """The share that what is to come must reach, per cent; None without a target or where nothing is to come."""
    if target is None or to_come <= 0:
        return None
    return (target / 100.0 * (under + to_come) - over) / to_come * 100.0
