"""Days, hours and steps of a zone's clock as stretches of UTC milliseconds, days of 23 and 25 hours among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

_MONTHLY_DAYS: Final = 21
_EDGE_DAYS: Final = 5


class Stretch(NamedTuple):
    """A stretch of time [begin, end) in UTC milliseconds, and its name on the zone's clock."""

    begin: int
    end: int
    label: str


def local(at: int, zone: ZoneInfo) -> datetime:
    """A moment on the zone's clock."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)


def midnight(day: date, zone: ZoneInfo) -> int:
    """When a day begins in a zone, UTC milliseconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def day_end(at: int, zone: ZoneInfo) -> int:
    """When the day of a moment ends in a zone, UTC milliseconds."""
    return midnight(local(at, zone).date() + timedelta(days=1), zone)


def label(at: int, zone: ZoneInfo) -> str:
    """`1999-02-01 13:00:00`; with the offset behind it where the clock shows that time twice."""
    moment = local(at, zone)
    plain = f"{moment:%Y-%m-%d %H:%M:%S}"
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    return f"{plain}{moment:%z}" if twice else plain


def days_of(first: int, last: int, zone: ZoneInfo) -> list[date]:
    """The days from one moment to another; about a month becomes the whole month, closed days at its edges included."""
    begin, end = local(first, zone).date(), local(last, zone).date()
    if (end - begin).days + 1 >= _MONTHLY_DAYS:
        month_begin = begin.replace(day=1)
        month_end = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if (begin - month_begin).days <= _EDGE_DAYS:
            begin = month_begin
        if (month_end - end).days <= _EDGE_DAYS:
            end = month_end
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def days(dates: list[date], zone: ZoneInfo) -> Iterator[Stretch]:
    """Whole days, from midnight to midnight."""
    for day in dates:
        begin = midnight(day, zone)
        yield Stretch(begin, midnight(day + timedelta(days=1), zone), f"{day:%Y-%m-%d} 00:00:00")


def hours(dates: list[date], zone: ZoneInfo) -> Iterator[Stretch]:
    """The hours of whole days; when clocks are put forward one is missing, when they are put back one comes twice."""
    for day in days(dates, zone):
        at = day.begin
        while at < day.end:
            minutes = 60 - local(at, zone).minute
            until = min(at + minutes * 60_000, day.end)
            yield Stretch(at, until, label(at, zone))
            at = until


def steps(dates: list[date], zone: ZoneInfo, step: int) -> Iterator[Stretch]:
    """Moments `step` milliseconds apart from each midnight on, as stretches up to the next."""
    for day in days(dates, zone):
        for at in range(day.begin, day.end, step):
            yield Stretch(at, min(at + step, day.end), label(at, zone))
