"""Which stretches of time a sheet can be about: the running shift, those before it, or any other."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from config.spans import minutes_of
from console.phrases.shifts import began_at, running
from console.phrases.times import date_text, local
from console.words import Words
from feeds.entities import ShiftInfo, SiteInfo

BACK = 5
"""How many shifts that are over are offered."""
MINUTE_MS = 60_000
EIGHT_HOURS_MS = 8 * 3600 * 1000


class Span(Struct, frozen=True):
    """A stretch of floor time, UTC milliseconds; `name` is what people call it, `label` says which one it is."""

    begin: int
    end: int
    name: str
    label: str


def spans(site: SiteInfo, now: int, words: Words, *, year: bool = False) -> tuple[Span, ...]:
    """The running shift first, then those before it; at a site without shifts the day and the last eight hours."""
    found: list[Span] = []
    at = now
    for _ in range(BACK + 1):
        begin, one = began_at(site, at), running(site, at)
        if begin is None or one is None:
            break
        end = _end(site, one.shift, begin)
        name = words.name(one.shift)
        found.append(Span(begin, end, name, _label(site, begin, end, name, words, year)))
        at = begin - 1
    if found:
        return tuple(found)
    midnight = local(site, now).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    day, last = words("handover.today"), words("handover.last_hours", hours=8)
    begin, end = _ms(midnight.timestamp()), _ms((midnight + timedelta(days=1)).timestamp())
    return (Span(begin, end, day, day), Span(now - EIGHT_HOURS_MS, now, last, last))


def chosen(site: SiteInfo, begin: int, end: int, words: Words, *, year: bool = False) -> Span:
    """A span that somebody chose by its ends."""
    name = words("handover.chosen")
    return Span(begin, end, name, _label(site, begin, end, name, words, year))


def _end(site: SiteInfo, shift: ShiftInfo, begin: int) -> int:
    span = minutes_of(shift.hours)
    assert span is not None  # or it would not run
    # By the wall clock: a night in which the clock is moved has no other end for that.
    end = local(site, begin).replace(tzinfo=None) + timedelta(minutes=span[1] - span[0])
    return _ms(end.replace(tzinfo=local(site, begin).tzinfo).timestamp())


def _label(site: SiteInfo, begin: int, end: int, name: str, words: Words, year: bool) -> str:
    return words(
        "handover.span", name=name, day=date_text(site, begin, words, year=year),
        begin=f"{local(site, begin):%H:%M}", end=f"{local(site, end):%H:%M}",
    )  # fmt: skip


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
