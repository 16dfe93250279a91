"""Which stretches of time a sheet can be about: the running shift, those before it, or any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from config.spans import minutes_of
from console.phrases.times import date_text, local, zone_named
from console.words import Words
from feeds.entities import ShiftInfo, SiteInfo

BACK = 5
"""How many shifts that are over are offered."""
QUARTER_MS = 15 * 60_000
EIGHT_HOURS_MS = 8 * 3600 * 1000


class Span(Struct, frozen=True):
    """A stretch of floor time, UTC milliseconds; `name` is what people call it, `label` says which one it is."""

    begin: int
    end: int
    name: str
    label: str
    moves: bool = False
    """Whether it always ends now."""

    @property
    def key(self) -> str:
        """By what it is chosen: two shifts may begin at the same time, and one that moves stays the same one."""
        return "last" if self.moves else f"{self.begin}-{self.end}"


def spans(site: SiteInfo, now: int, words: Words, *, year: bool = False) -> tuple[Span, ...]:
    """The running shift first, then those before it; at a site without shifts the day and the last eight hours."""
    found = [
        Span(begin, end, name := words.name(shift), _label(site, begin, end, name, words, year))
        for shift, begin, end in _begun(site, now)
    ]
    found.sort(key=lambda one: (one.end <= now, -one.begin))
    if found:
        return tuple(found[: BACK + 1])
    midnight = local(site, now).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    day, last = words("handover.today"), words("handover.last_hours", hours=8)
    begin, end = _ms(midnight.timestamp()), _ms((midnight + timedelta(days=1)).timestamp())
    return (Span(begin, end, day, day), Span(now - EIGHT_HOURS_MS, now, last, last, moves=True))


def chosen(site: SiteInfo, begin: int, end: int, words: Words, *, year: bool = False) -> Span:
    """A span that somebody chose by its ends; it begins with a quarter of an hour, as its figures do."""
    name, begin = words("handover.chosen"), begin - begin % QUARTER_MS
    return Span(begin, end, name, _label(site, begin, end, name, words, year))


def _begun(site: SiteInfo, now: int) -> Iterator[tuple[ShiftInfo, int, int]]:
    """The shifts of the last days that have begun, with begin and end; between two of them nobody may work."""
    today = local(site, now).date()
    for back in range(BACK + 2):
        for shift in site.shifts:
            minutes = minutes_of(shift.hours)
            if minutes is None:
                continue
            begin, end = (_at(site, today - timedelta(days=back), minute) for minute in minutes)
            if begin <= now:
                yield shift, begin, end


def _at(site: SiteInfo, day: date, minute: int) -> int:
    """A minute of a day by the wall clock: a night in which the clock is moved has no other end for that."""
    there = datetime.combine(day, time()) + timedelta(minutes=minute)
    return _ms(there.replace(tzinfo=zone_named(site.zone)).timestamp())


def _label(site: SiteInfo, begin: int, end: int, name: str, words: Words, year: bool) -> str:
    return words(
        "handover.span", name=name, day=date_text(site, begin, words, year=year),
        begin=f"{local(site, begin):%H:%M}", end=f"{local(site, end):%H:%M}",
    )  # fmt: skip


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
