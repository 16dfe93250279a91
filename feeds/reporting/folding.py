"""A recording folded once: the floor at its end, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from config.schema import Site
from feeds.enduring import Enduring
from feeds.facts import AnyFact, LegBlocked, LegJoined
from feeds.floor import Floor
from feeds.folding.state import BUCKET, LegState
from feeds.log.base import Log
from feeds.records import LegRecord
from feeds.reporting.calendar import day_end


class Survey(NamedTuple):
    """What a recording holds: when the first and the last leg joined, which queues they asked for."""

    first: int
    last: int
    queues: list[str]


def plain_site(site: Site) -> Site:
    """The site with one threshold for all queues, because a report's columns are named after theirs."""
    queues = tuple(msgspec.structs.replace(queue, service_seconds=None) for queue in site.queues)
    return msgspec.structs.replace(site, queues=queues)


def survey(log: Log) -> Survey | None:
    """A first quick pass; None when nobody ever asked for a person."""
    first, last, queues = 1 << 62, -1, set()
    for entry in log.entries():
        fact = entry.fact
        if isinstance(fact, LegJoined | LegBlocked):
            queues.add(fact.queue)
            first, last = min(first, fact.at), max(last, fact.at)
    return Survey(first, last, sorted(queues)) if queues else None


def fold(
    site: Site,
    log: Log,
    zone: ZoneInfo,
    *,
    ledger: Callable[[LegRecord], None] | None = None,
    stops: Iterator[int] | None = None,
    stopped: Callable[[Floor, int], None] | None = None,
    watch: Callable[[int], None] = lambda rev: None,
) -> Floor:
    """Fold all facts. At each of `stops` (ascending UTC milliseconds) everything up to and including it has happened.

    A recording whose calls have all ended is over at the end of that day in `zone`. One that ends while calls are open
    (see :func:`in_progress`) ends with its last fact: nobody knows how long they went on. There are no stops after it.
    `watch` is told the revision now and then, for progress.
    """
    floor = Floor(site, alarms=False, retain_days=None, ledger=ledger)
    stop = next(stops, None) if stops is not None else None
    folding = Enduring(floor, "the recording")
    apply = folding.apply
    for entry in log.entries():
        fact: AnyFact = entry.fact
        while stop is not None and fact.at > stop:
            floor.advance(stop)
            if stopped is not None:
                stopped(floor, stop)
            stop = next(stops, None) if stops is not None else None
        apply(fact, entry.rev)
        if not entry.rev & 4095:
            watch(entry.rev)
    folding.mark()
    if next(in_progress(floor), None) is not None:
        end = floor.now + 1
    else:  # every quarter of an hour in which something happened is over, so that all of them are counted alike
        end = max(day_end(floor.now, zone), floor.now - floor.now % BUCKET + BUCKET)
    while stop is not None and stops is not None and stop < end:
        floor.advance(stop)
        if stopped is not None:
            stopped(floor, stop)
        stop = next(stops, None)
    if end > floor.now + 1:
        floor.advance(end)
    return floor


def in_progress(floor: Floor) -> Iterator[LegState]:
    """The legs that wait or are in conversation."""
    return (leg for leg in floor.state.legs.values() if leg.talk_ended < 0)
