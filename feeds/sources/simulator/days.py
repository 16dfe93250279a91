"""Days of the site's zone: wall-clock minutes to UTC milliseconds and back, spans `HH:MM-HH:MM`."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from feeds.sources.base import SourceError

MINUTES_A_DAY = 24 * 60


class Span(Struct, frozen=True):
    """A stretch of the day in minutes after local midnight; `end` exceeds 24 h where it crosses midnight."""

    begin: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.begin


def span(text: str) -> Span:
    """`HH:MM-HH:MM` as minutes; an end that is not after the begin lies on the next day. Raises SourceError."""
    try:
        begin, end = (_minutes(part) for part in text.split("-"))
    except ValueError:
        message = f"“{text}” is not a span of the day: write it as HH:MM-HH:MM, for example 08:30-17:00"
        raise SourceError(message) from None
    return Span(begin, end if end > begin else end + MINUTES_A_DAY)


def _minutes(text: str) -> int:
    hours, minutes = (int(part) for part in text.split(":"))
    if not (0 <= minutes < 60 and 0 <= hours * 60 + minutes <= MINUTES_A_DAY):
        raise ValueError(text)
    return hours * 60 + minutes


class Day(Struct, frozen=True):
    """One local day."""

    date: datetime.date
    zone: ZoneInfo

    @classmethod
    def of(cls, at: int, zone: ZoneInfo) -> Day:
        """The local day that a moment (UTC milliseconds) belongs to."""
        return cls(datetime.datetime.fromtimestamp(at / 1000, zone).date(), zone)

    def plus(self, days: int) -> Day:
        return Day(self.date + datetime.timedelta(days=days), self.zone)

    def at(self, minute: int) -> int:
        """The moment, UTC milliseconds, at which local clocks show `minute` minutes after this day's midnight."""
        days, rest = divmod(minute, MINUTES_A_DAY)
        date = self.date + datetime.timedelta(days=days)
        moment = datetime.datetime.combine(date, datetime.time(rest // 60, rest % 60), self.zone)
        return round(moment.timestamp() * 1000)
