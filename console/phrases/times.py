"""Moments as people at the floor read them: in the floor's own zone, whatever the machine's is."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.words import Words
from feeds.entities import SiteInfo


@lru_cache(maxsize=8)
def zone_named(name: str) -> tzinfo | None:
    """The zone of that name; None, which means the machine's own, when there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def local(site: SiteInfo | None, at: int) -> datetime:
    """A moment in UTC milliseconds as local time of the floor."""
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return moment.astimezone(zone_named(site.zone if site is not None else ""))


def clock_text(site: SiteInfo | None, at: int) -> str:
    """`14:30:06`."""
    return f"{local(site, at):%H:%M:%S}"


def since_text(site: SiteInfo | None, at: int, now: int) -> str:
    """`14:30:06` of today, `11-24 14:30` of another day."""
    then = local(site, at)
    return f"{then:%H:%M:%S}" if then.date() == local(site, now).date() else f"{then:%m-%d %H:%M}"


def minute_text(site: SiteInfo | None, at: int, now: int) -> str:
    """`14:30` of today, `11-24 14:30` of another day."""
    then = local(site, at)
    return f"{then:%H:%M}" if then.date() == local(site, now).date() else f"{then:%m-%d %H:%M}"


def date_text(site: SiteInfo | None, at: int, words: Words, *, year: bool = False) -> str:
    """The day with its weekday, in the order of the language; with the year where it need not be this one."""
    day = local(site, at)
    return words(
        "date.day_with_year" if year else "date.day",
        year=day.year,
        month=words(f"date.month.{day.month}"),
        day=day.day,
        weekday=words(f"date.weekday.{day.isoweekday()}"),
    )


def day_text(site: SiteInfo | None, at: int, words: Words) -> str:
    """The day in the order of the language: `2026年11月22日`, `22 Nov 2026`."""
    day = local(site, at)
    return words("date.full", year=day.year, month=words(f"date.month.{day.month}"), day=day.day)


def moment_text(site: SiteInfo | None, at: int, words: Words) -> str:
    """The day and the time."""
    return f"{day_text(site, at, words)} {clock_text(site, at)}"


def file_stamp(site: SiteInfo | None, at: int) -> str:
    """`20261122-143006`, for names of files: it sorts."""
    return f"{local(site, at):%Y%m%d-%H%M%S}"
