"""How many alarms came on a recording with a site's limits: by rule, by hour of the day, by shift."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from config.schema import Site
from config.spans import minutes_of
from feeds.enduring import Enduring
from feeds.floor import Floor
from feeds.folding.state import AlarmMark
from feeds.log.base import Log
from feeds.reporting.calendar import local
from feeds.rules.alarms import CRITICAL

HOUR_MS: Final = 3_600_000
BACK_MS: Final = 5 * 60_000
"""An alarm that comes again within this time after it was over has flapped."""
WHOLE_DAY: Final = "00:00-24:00"

Cell = str | int | float


class Rise(NamedTuple):
    """An alarm that came, at floor time `at`; `level` is the gravest that it came to.

    `followed` says that it was only a consequence of another.
    """

    at: int
    alarm: str
    level: int
    followed: bool
    calm_ms: int | None = None
    """How long it had been over; None for the first time."""

    @property
    def again(self) -> bool:
        """Whether it came again within five minutes after it was over: it flaps."""
        return self.calm_ms is not None and self.calm_ms <= BACK_MS


class Shift(NamedTuple):
    """A shift of one day: its hours, when it begins and ends, UTC milliseconds."""

    hours: str
    day: date
    begin: int
    end: int


class Counts(NamedTuple):
    """What came of a recording: everything that was raised, and every shift that it reaches into."""

    rises: list[Rise]
    shifts: list[Shift]
    zone: ZoneInfo
    days: Mapping[int, int]
    """Hour of the day -> on how many days something was recorded in it."""

    @property
    def own(self) -> list[Rise]:
        """Those that stood for themselves: what people had to look at."""
        return [one for one in self.rises if not one.followed]

    def a_shift(self, rises: Iterable[Rise]) -> float:
        """How many of these came in a shift on average; what came outside of all shifts is in none."""
        times = [one.at for one in rises]
        return sum(len(_inside(times, shift)) for shift in self.shifts) / max(1, len(self.shifts))

    def outside(self) -> int:
        """How many stood for themselves and came outside of all shifts."""
        return sum(not any(shift.begin <= one.at < shift.end for shift in self.shifts) for one in self.own)


class _Ear:
    """Collects what the fold tells of alarms."""

    def __init__(self) -> None:
        self.rises: list[Rise] = []
        self._over: dict[str, int] = {}
        self._last: dict[str, int] = {}
        """Alarm -> the place of its last rise."""

    def __call__(self, mark: AlarmMark) -> None:
        if mark.act == "returned":
            self._over[mark.alarm] = mark.at
        elif mark.act == "raised":
            calm = mark.at - self._over[mark.alarm] if mark.alarm in self._over else None
            self._last[mark.alarm] = len(self.rises)
            self.rises.append(Rise(mark.at, mark.alarm, mark.level, bool(mark.cause), calm))
        elif mark.act == "worse" and mark.alarm in self._last:
            place = self._last[mark.alarm]
            self.rises[place] = self.rises[place]._replace(level=mark.level)


def count(
    site: Site, log: Log, zone: ZoneInfo, hours: Sequence[str], watch: Callable[[int], None] = lambda rev: None
) -> Counts:
    """Fold a recording with a site's limits. `hours` are spans such as 08:00-20:00; `watch` is told the revision."""
    ear = _Ear()
    floor = Floor(site, journal=ear)
    folding = Enduring(floor, "the recording")
    first = 0
    for entry in log.entries():
        first = first or entry.fact.at
        folding.apply(entry.fact, entry.rev)
        if not entry.rev & 1023:
            watch(entry.rev)
    if not first:
        return Counts(ear.rises, [], zone, {})
    return Counts(ear.rises, shifts_between(first, floor.now, hours, zone), zone, _days(first, floor.now, zone))


def _days(first: int, last: int, zone: ZoneInfo) -> Counter[int]:
    step = 15 * 60_000  # zones are whole quarters of an hour from each other
    moments = (local(at, zone) for at in range(first - first % step, max(last, first + 1), step))
    return Counter(hour for hour, _ in {(moment.hour, moment.date()) for moment in moments})


def _inside(times: Sequence[int], shift: Shift) -> Sequence[int]:
    return times[bisect_right(times, shift.begin - 1) : bisect_right(times, shift.end - 1)]


def shifts_between(first: int, last: int, hours: Sequence[str], zone: ZoneInfo) -> list[Shift]:
    """Every shift that has begun by `last` and was not over at `first`, in order of their beginning."""
    day, end = local(first, zone).date() - timedelta(days=1), local(last, zone).date()
    found = []
    while day <= end:
        for span in hours:
            minutes = minutes_of(span)
            assert minutes is not None, span
            begin, over = (_at(day, minute, zone) for minute in minutes)
            if over > first and begin <= last:
                found.append(Shift(span, day, begin, over))
        day += timedelta(days=1)
    return sorted(found, key=lambda shift: shift.begin)


def _at(day: date, minute: int, zone: ZoneInfo) -> int:
    """A minute of a day's clock; minutes of the next day are beyond 1440."""
    day += timedelta(days=minute // 1440)
    minute %= 1440
    return int(datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone).timestamp() * 1000)


def by_shift(counts: Counts) -> list[dict[str, Cell]]:
    """A row a shift: how many alarms, how many of them critical, how many came again, the most in ten minutes."""
    rows: list[dict[str, Cell]] = []
    own = counts.own
    times = [one.at for one in own]
    for shift in counts.shifts:
        inside = own[bisect_right(times, shift.begin - 1) : bisect_right(times, shift.end - 1)]
        followed = sum(one.followed and shift.begin <= one.at < shift.end for one in counts.rises)
        rows.append({
            "day": shift.day.isoformat(), "shift": shift.hours, "alarms": len(inside),
            "critical": sum(one.level == CRITICAL for one in inside), "again": sum(one.again for one in inside),
            "most_in_10_min": most_in([one.at for one in inside], 10 * 60_000), "followed": followed,
        })  # fmt: skip
    return rows


def by_hour(counts: Counts) -> list[dict[str, Cell]]:
    """A row an hour of the day: how many alarms in all, on average a day, and the most on one day."""
    found: Counter[tuple[int, date]] = Counter()
    for one in counts.own:
        moment = local(one.at, counts.zone)
        found[moment.hour, moment.date()] += 1
    rows: list[dict[str, Cell]] = []
    for hour in range(24):
        each = [number for (at, _), number in found.items() if at == hour]
        mean = round(sum(each) / max(1, counts.days.get(hour, 0)), 2)
        rows.append({"hour": f"{hour:02d}:00", "alarms": sum(each), "a_day": mean, "most": max(each, default=0)})
    return rows


def by_rule(counts: Counts) -> list[dict[str, Cell]]:
    """A row a rule at a scope, those that come most first; what follows from other alarms is counted apart."""
    rows: list[dict[str, Cell]] = []
    grouped: dict[tuple[str, str], list[Rise]] = {}
    for one in counts.rises:
        grouped.setdefault(named(one.alarm), []).append(one)
    for (scope, rule), all_of_it in grouped.items():
        own = [one for one in all_of_it if not one.followed]
        rows.append({
            "rule": rule, "scope": scope, "alarms": len(own),
            "critical": sum(one.level == CRITICAL for one in own), "a_shift": round(counts.a_shift(own), 2),
            "most_in_an_hour": most_in([one.at for one in own], HOUR_MS), "again": sum(one.again for one in own),
            "followed": len(all_of_it) - len(own),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (-int(row["alarms"]), row["scope"], row["rule"]))


def named(alarm: str) -> tuple[str, str]:
    """Scope and rule (or figure and window) of an alarm's key; single seats of a rule count together."""
    parts = alarm.split(":")[1:]
    if parts[0] == "site":
        return "site", ":".join(parts[1:])
    return ("seat" if parts[0] == "seat" else ":".join(parts[:2])), ":".join(parts[2:])


def most_in(times: Iterable[int], length: int) -> int:
    """The most moments within any stretch of `length` milliseconds."""
    found, ordered, begin = 0, sorted(times), 0
    for place, at in enumerate(ordered):
        while ordered[begin] <= at - length:
            begin += 1
        found = max(found, place - begin + 1)
    return found
