"""Which shift the floor works now, as the site calls it."""

from __future__ import annotations

from msgspec import Struct

from config.spans import minutes_of
from console.phrases.times import local
from console.words import Words
from feeds.entities import ShiftInfo, SiteInfo

DAY = 24 * 60


class Running(Struct, frozen=True):
    """A shift that runs, and how many minutes ago it began."""

    shift: ShiftInfo
    minutes: float


def running(site: SiteInfo | None, at: int) -> Running | None:
    """The shift at a moment in UTC milliseconds; where two overlap the one that began last, None outside all."""
    if site is None:
        return None
    now = local(site, at)
    minute = now.hour * 60 + now.minute + now.second / 60
    found = []
    for shift in site.shifts:
        span = minutes_of(shift.hours)
        if span is None:
            continue
        since = (minute - span[0]) % DAY
        if since < span[1] - span[0]:
            found.append(Running(shift, since))
    return min(found, key=lambda one: one.minutes, default=None)


def hours_text(shift: ShiftInfo) -> str:
    """`08:00–20:00`."""
    return shift.hours.replace("-", "\u2013")


def shift_texts(site: SiteInfo | None, at: int, words: Words) -> tuple[str, str] | None:
    """The running shift's name and hours; None where the site has no shifts or none runs."""
    found = running(site, at)
    return (words.name(found.shift), hours_text(found.shift)) if found is not None else None
