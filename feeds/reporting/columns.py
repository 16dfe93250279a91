"""The columns of the tables: their names, where each number is counted, by which definition (HANDBOOK section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from feeds.counters import (
    C_ABANDONED,
    C_ABANDONED_IN_TIME,
    C_ACW,
    C_ANSWERED,
    C_ANSWERED_AT_ONCE,
    C_ANSWERED_BELOW_TIME,
    C_ANSWERED_IN_TIME,
    C_BLOCKED,
    C_FLOWED,
    C_HOLD,
    C_JOINED,
    C_LONGEST,
    C_SHORT,
    C_TALK,
    C_WAIT_ABANDONED,
    C_WAIT_ANSWERED,
    C_WAIT_FLOWED,
    E_ABANDONED,
    E_ANSWERED,
    E_ANSWERED_IN_TIME,
    E_COMPLETED,
    E_SERVICE_AREA,
    E_SERVICE_PEAK,
    E_WAIT_AREA,
    E_WAIT_PEAK,
    Tally,
)

Cell = str | int | float | None


class Column(NamedTuple):
    """A column: its name, its basis (cohort, event, split, now), the figure it belongs to and what else to say.

    `figure` is an id of feeds.figures.DEFINITIONS, empty where no published figure is meant.
    """

    name: str
    basis: str
    figure: str = ""
    note: str = ""


def cohort_columns(service: int, short: int) -> list[Column]:
    """Columns that count calls by the moment they joined; `service` and `short` are the thresholds in seconds."""
    top = "the numerator, in seconds"
    pending = "here ÷ offered: legs still pending are in the denominator too"
    excluding = "legs still pending are in the denominator too"
    columns = (
        ("offered", "offered"), ("answered", "answered"), ("abandoned", "abandoned"),
        (f"answered_le_{service}", "service_level_f1", "the numerator: wait ≤ T"),
        (f"answered_lt_{service}", "", "answered with wait < T"),
        ("answered_wait0", "", "answered with wait under 1 s"),
        (f"abandoned_le_{short}", "short_abandons"), (f"abandoned_le_{service}", "", "abandoned with wait ≤ T"),
        ("wait_sum_answered", "asa", top), ("wait_sum_abandoned", "average_wait_abandoned", top),
        ("talk_sum", "talk_time", top),
        ("longest_wait", "", "longest wait of calls that joined in the period, seconds"),
        ("answer_rate", "answer_rate_a1", f"the reading by leg; {pending}"), ("abandon_rate", "abandon_rate", pending),
        (f"sl{service}_of_offered", "service_level_f1", pending), (f"sl{service}_of_answered", "service_level_f4"),
        (f"sl{service}_excl_aband_le{service}", "service_level_f2", excluding),
        (f"sl{service}_excl_aband_le{short}", "service_level_f5", excluding), ("asa", "asa"),
        ("avg_wait_abandoned", "average_wait_abandoned"), ("avg_wait_all", "average_wait"),
        ("aht", "aht", "here of the calls that joined in the period, ÷ answered"),
    )  # fmt: skip
    return [Column(name, "cohort", *meaning) for name, *meaning in columns]


def event_columns(service: int) -> list[Column]:
    """Columns that count by the moment at which a thing happened, and levels over the period."""
    return [
        Column("ev_answers", "event", "answered"),
        Column(f"ev_answers_le_{service}", "event", "service_level_f8", "the numerator: wait ≤ T"),
        Column("ev_abandons", "event", "abandoned"),
        Column("ev_completed", "event", note="conversations ended"),
        Column("max_queue", "split", note="most callers waiting at a time"),
        Column("avg_queue", "split", note="callers waiting, mean over the period"),
        Column("max_in_service", "split", note="most conversations at a time"),
        Column("avg_in_service", "split", note="conversations, mean over the period"),
    ]


AGENT_COLUMNS: Final = (
    Column("agent", "", note="agent number, UNKNOWN where the source names nobody"),
    Column("day", "", note="day on which the caller joined the queue"),
    Column("answered", "cohort", "answered"),
    Column("talk_sum", "cohort", "talk_time", "the numerator, in seconds"),
    Column("short_lt_10", "cohort", note="conversations under 10 s"),
    Column("first_answer", "cohort", note="time of the first answer, which may lie behind midnight"),
    Column("last_end", "cohort", note="time at which the last conversation ended, which may lie behind midnight"),
)


def snapshot_columns(service: int, queues: Sequence[str]) -> list[Column]:
    """Columns of a look at the floor at one moment; everything up to that moment has happened."""
    so_far = "since midnight"
    return [
        Column("at", "", note="the moment"),
        Column("waiting", "now", "waiting"),
        Column("longest_current_wait", "now", "longest_wait_now"),
        Column("in_service", "now", note="conversations going on"),
        Column("agents_in_service", "now", note="agents in conversation, those without a name left out"),
        Column("day_entered", "event", note="calls that joined since midnight"),
        Column("day_answered", "event", "answered", so_far),
        Column(f"day_answered_le_{service}", "event", "service_level_f8", f"the numerator, {so_far}"),
        Column("day_abandoned", "event", "abandoned", so_far),
        Column("day_wait_sum_answered", "event", "asa", f"the numerator, in seconds, {so_far}"),
        *(Column(f"waiting_{queue}", "now", "waiting") for queue in queues),
    ]


class Remainder(NamedTuple):
    """The offered that are neither answered nor abandoned."""

    flowed: int
    blocked: int
    pending: int


def remainder(tally: Tally) -> Remainder:
    """Where the rest of a period's offered is."""
    row = tally.cohort
    pending = row[C_JOINED] - row[C_ANSWERED] - row[C_ABANDONED] - row[C_FLOWED]
    return Remainder(row[C_FLOWED], row[C_BLOCKED], pending)


def seconds(milliseconds: int) -> Cell:
    """Whole seconds where they are whole."""
    return milliseconds // 1000 if milliseconds % 1000 == 0 else milliseconds / 1000


def ratio(part: float, whole: float) -> Cell:
    """A ratio to six decimals; empty for an empty denominator."""
    return round(part / whole, 6) if whole else None


def cohort_cells(tally: Tally) -> list[Cell]:
    """The cells of `cohort_columns`."""
    row = tally.cohort
    offered = row[C_JOINED] + row[C_BLOCKED]
    answered, abandoned, in_time = row[C_ANSWERED], row[C_ABANDONED], row[C_ANSWERED_IN_TIME]
    waits = row[C_WAIT_ANSWERED] + row[C_WAIT_ABANDONED] + row[C_WAIT_FLOWED]
    return [
        offered, answered, abandoned, in_time, row[C_ANSWERED_BELOW_TIME], row[C_ANSWERED_AT_ONCE], row[C_SHORT],
        row[C_ABANDONED_IN_TIME], seconds(row[C_WAIT_ANSWERED]), seconds(row[C_WAIT_ABANDONED]), seconds(row[C_TALK]),
        seconds(row[C_LONGEST]), ratio(answered, offered), ratio(abandoned, offered), ratio(in_time, offered),
        ratio(in_time, answered), ratio(in_time, offered - row[C_ABANDONED_IN_TIME]),
        ratio(in_time, offered - row[C_SHORT]), ratio(row[C_WAIT_ANSWERED] / 1000, answered),
        ratio(row[C_WAIT_ABANDONED] / 1000, abandoned), ratio(waits / 1000, answered + abandoned + row[C_FLOWED]),
        ratio((row[C_TALK] + row[C_HOLD] + row[C_ACW]) / 1000, answered),
    ]  # fmt: skip


def event_cells(tally: Tally, length_ms: int) -> list[Cell]:
    """The cells of `event_columns` for a period of that length."""
    row = tally.event
    return [
        row[E_ANSWERED], row[E_ANSWERED_IN_TIME], row[E_ABANDONED], row[E_COMPLETED],
        row[E_WAIT_PEAK], ratio(row[E_WAIT_AREA], length_ms),
        row[E_SERVICE_PEAK], ratio(row[E_SERVICE_AREA], length_ms),
    ]  # fmt: skip
