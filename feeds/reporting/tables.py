"""The tables of `main.py figures`: by hour, day, queue and day, agent and day, and looks at the floor step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.schema import Site
from feeds.counters import (
    COHORT_SIZE,
    E_ABANDONED,
    E_ANSWERED,
    E_ANSWERED_IN_TIME,
    E_JOINED,
    E_WAIT_ANSWERED,
    EVENT_SIZE,
    Tally,
)
from feeds.floor import Floor
from feeds.folding.ledger import open_records
from feeds.folding.state import BUCKET
from feeds.log.embedded import EmbeddedLog
from feeds.records import LegRecord
from feeds.reporting.calendar import Stretch, days, days_of, hours, label, local, midnight, steps
from feeds.reporting.columns import (
    AGENT_COLUMNS,
    Cell,
    Column,
    Remainder,
    cohort_cells,
    cohort_columns,
    event_cells,
    event_columns,
    remainder,
    seconds,
    snapshot_columns,
)
from feeds.reporting.folding import Survey, fold, plain_site, survey
from feeds.reporting.marks import Doubts, Mark

NOBODY = "UNKNOWN"
DAYS_MOST = 3_660
SHORT_TALK_MS = 10_000
_NOTHING = Tally(cohort=[0] * COHORT_SIZE, event=[0] * EVENT_SIZE, time=[])
Watch = Callable[[int], None]


class Table(NamedTuple):
    """Column names with their meaning, and rows of cells; None is an empty cell.

    `marks` go with the rows, one each; `note` says what nobody expects of the days, empty where there is nothing;
    `remainders` are those of rows whose offered are not all answered or abandoned, by the rows' labels.
    """

    columns: list[Column]
    rows: list[list[Cell]]
    marks: Sequence[Mark] = ()
    note: str = ""
    remainders: Sequence[tuple[str, Remainder]] = ()


class RangeError(ValueError):
    """So many days that their table would be of no use to anybody; the message says what to choose."""


class Request(NamedTuple):
    """What is wanted: of which recording, in which zone, over which days, of which queue."""

    site: Site
    log: EmbeddedLog
    zone: ZoneInfo
    begin: date | None = None
    end: date | None = None
    queue: str | None = None
    step: int = BUCKET
    watch: Watch = lambda rev: None


def by_hour(request: Request) -> Table:
    """One row an hour, empty hours included."""
    return _by_time(request, hours)


def by_day(request: Request) -> Table:
    """One row a day, empty days included."""
    return _by_time(request, days)


def by_queue_and_day(request: Request) -> Table:
    """One row for each queue and day on which it was asked for; cohort columns only."""
    columns = [
        Column("queue", "", note="the queue"),
        Column("day", "", note="day of joining"),
        *_cohort_columns(request.site),
    ]
    found = survey(request.log)
    if found is None:
        return Table(columns, [])
    dates = _dates(request, found)
    floor = fold(plain_site(request.site), request.log, request.zone, watch=request.watch)
    rows: list[list[Cell]] = []
    rests: list[tuple[str, Remainder]] = []
    marks: list[Mark] = []
    for queue in found.queues if request.queue is None else [request.queue]:
        doubts = Doubts(floor, f"queue:{queue}", request.log)
        for day in days(dates, request.zone):
            tally = floor.tally(f"queue:{queue}", day.begin, day.end)
            cells = cohort_cells(tally)
            if cells[0]:
                rows.append([queue, day.label[:10], *cells])
                marks.append(doubts.mark(day.begin, day.end))
                rests.append((f"{queue} {day.label[:10]}", remainder(tally)))
    return Table(columns, rows, marks, _note(request, found, dates), [rest for rest in rests if any(rest[1])])


def _by_time(request: Request, cut: Callable[[list[date], ZoneInfo], Iterator[Stretch]]) -> Table:
    service = request.site.figures.service_seconds
    columns = [Column("start", "", note="begin of the period"), *_cohort_columns(request.site), *event_columns(service)]
    found = survey(request.log)
    if found is None:
        return Table(columns, [])
    dates = _dates(request, found)
    floor = fold(plain_site(request.site), request.log, request.zone, watch=request.watch)
    scope = _scope(request.queue)
    doubts = Doubts(floor, scope, request.log)
    rows: list[list[Cell]] = []
    rests: list[tuple[str, Remainder]] = []
    marks: list[Mark] = []
    for stretch in cut(dates, request.zone):
        # The recording has ended there; the floor itself would begin a quarter with the calls that are open.
        over = stretch.begin > floor.now
        tally = _NOTHING if over else floor.tally(scope, stretch.begin, stretch.end)
        rows.append([stretch.label, *cohort_cells(tally), *event_cells(tally, stretch.end - stretch.begin)])
        marks.append(doubts.mark(stretch.begin, stretch.end))
        rests.append((stretch.label, remainder(tally)))
    return Table(columns, rows, marks, _note(request, found, dates), [rest for rest in rests if any(rest[1])])


def _cohort_columns(site: Site) -> list[Column]:
    return cohort_columns(site.figures.service_seconds, site.figures.short_seconds)


def _scope(queue: str | None) -> str:
    return "site" if queue is None else f"queue:{queue}"


def _dates(request: Request, found: Survey) -> list[date]:
    if request.begin is None and request.end is None:
        _check_range(local(found.first, request.zone).date(), local(found.last, request.zone).date())
    dates = days_of(found.first, found.last, request.zone)
    if request.begin is not None or request.end is not None:
        first, last = request.begin or dates[0], request.end or dates[-1]
        _check_range(first, last)
        return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    return dates


def _check_range(first: date, last: date) -> None:
    if (last - first).days > DAYS_MOST:
        raise RangeError(f"{first} to {last} are more than ten years: choose fewer days with --from and --to")


def _note(request: Request, found: Survey, dates: list[date]) -> str:
    """What nobody expects of the days: that there are no calls in them, or that some were added at an edge."""
    first, last = local(found.first, request.zone).date(), local(found.last, request.zone).date()
    if not dates or dates[0] > last or dates[-1] < first:
        return f"the recording has calls from {first} to {last}, and none in the days that were asked for"
    if (request.begin is None and dates[0] < first) or (request.end is None and dates[-1] > last):
        return f"the days are rounded out to whole months, {dates[0]} to {dates[-1]}; --from and --to choose others"
    return ""


class _AgentDay:
    __slots__ = ("answered", "first", "last", "short", "talk")

    def __init__(self) -> None:
        self.answered = self.talk = self.short = 0
        self.first, self.last = 1 << 62, -1


def by_agent_and_day(request: Request) -> Table:
    """One row for each agent and day; a call that waits across midnight is counted where the other tables count it."""
    found: dict[tuple[str, date], _AgentDay] = {}

    def note(leg: LegRecord) -> None:
        if leg.outcome != "answered" or leg.concluded_at is None:
            return
        if request.queue is not None and leg.queue != request.queue:
            return
        day = local(leg.joined_at, request.zone).date()
        sums = found.setdefault((leg.agent or NOBODY, day), _AgentDay())
        sums.answered += 1
        sums.first = min(sums.first, leg.concluded_at)
        if leg.talk_ms is not None and leg.talk_ended_at is not None:
            sums.talk += leg.talk_ms
            sums.short += leg.talk_ms < SHORT_TALK_MS
            sums.last = max(sums.last, leg.talk_ended_at)

    # A leg comes to the ledger more than once; booked it comes once.
    floor = fold(
        plain_site(request.site),
        request.log,
        request.zone,
        ledger=lambda leg: note(leg) if leg.booked_at is not None else None,
        watch=request.watch,
    )
    for leg in open_records(floor):
        note(leg)
    doubts = Doubts(floor, _scope(request.queue), request.log)
    rows: list[list[Cell]] = []
    marks: list[Mark] = []
    for (agent, day), sums in sorted(found.items()):
        if (request.begin is None or day >= request.begin) and (request.end is None or day <= request.end):
            ends = [label(at, request.zone)[11:] if at >= 0 else None for at in (sums.first, sums.last)]
            rows.append([agent, day.isoformat(), sums.answered, seconds(sums.talk), sums.short, *ends])
            marks.append(doubts.mark(midnight(day, request.zone), midnight(day + timedelta(days=1), request.zone)))
    return Table(list(AGENT_COLUMNS), rows, marks)


def snapshots(request: Request) -> Table:
    """The floor every `step` milliseconds from midnight on; idle moments of days without calls so far are left out."""
    found = survey(request.log)
    queues = [] if found is None else found.queues if request.queue is None else [request.queue]
    columns = snapshot_columns(request.site.figures.service_seconds, queues)
    if found is None:
        return Table(columns, [])
    dates = _dates(request, found)
    midnights = [day.begin for day in days(dates, request.zone)]
    rows: list[list[Cell]] = []
    times: list[tuple[int, int]] = []
    begins = iter([*midnights, 1 << 62, 1 << 62])  # two also where there is no midnight at all
    today, following = next(begins), next(begins)

    def look(floor: Floor, at: int) -> None:
        nonlocal today, following
        while at >= following:
            today, following = following, next(begins)
        row = _look(request, floor, today, at, queues)
        if row is not None:
            rows.append(row)
            times.append((today, at + 1))

    stops = (stretch.begin for stretch in steps(dates, request.zone, request.step))
    floor = fold(plain_site(request.site), request.log, request.zone, stops=stops, stopped=look, watch=request.watch)
    doubts = Doubts(floor, _scope(request.queue), request.log, outcomes=False)
    return Table(columns, rows, [doubts.mark(*time) for time in times], _note(request, found, dates))


def _look(request: Request, floor: Floor, today: int, at: int, queues: list[str]) -> list[Cell] | None:
    legs = [leg for leg in open_records(floor) if request.queue is None or leg.queue == request.queue]
    waiting = [leg for leg in legs if leg.outcome == "waiting"]
    talking = [leg for leg in legs if leg.outcome == "answered" and leg.talk_ended_at is None]
    scope = _scope(request.queue)
    # What happened at this very moment lies in the quarter of an hour that begins with it.
    day = floor.tally(scope, today, at - at % BUCKET + BUCKET).event
    if not (waiting or talking or day[E_JOINED]):
        return None
    in_queue = dict.fromkeys(queues, 0)
    for leg in waiting:
        in_queue[leg.queue] += 1
    return [
        label(at, request.zone),
        len(waiting),
        seconds(max((at - leg.joined_at for leg in waiting), default=0)),
        len(talking),
        len({leg.agent for leg in talking if leg.agent}),
        day[E_JOINED],
        day[E_ANSWERED],
        day[E_ANSWERED_IN_TIME],
        day[E_ABANDONED],
        seconds(day[E_WAIT_ANSWERED]),
        *in_queue.values(),
    ]
