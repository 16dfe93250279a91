"""Whether a recording knows the queue that somebody asks for, and which one may have been meant."""

from __future__ import annotations

import difflib

from config.schema import Site
from feeds.facts import LegBlocked, LegJoined, QueueFound
from feeds.log.base import Log

_SHOWN = 10


def queue_refusal(site: Site, log: Log, asked: str) -> str:
    """Why there are no figures of a queue, with the name that was probably meant; empty if site or recording has it."""
    names = {queue.id for queue in site.queues}
    if asked in names:
        return ""
    for entry in log.entries():
        if isinstance(entry.fact, LegJoined | LegBlocked | QueueFound):
            names.add(entry.fact.queue)
            if entry.fact.queue == asked:
                return ""
    by_number = [queue.id for queue in site.queues if queue.number and queue.number == asked]
    folded = {name.casefold(): name for name in sorted(names)}
    near = by_number or [folded[name] for name in difflib.get_close_matches(asked.casefold(), folded, n=1, cutoff=0.5)]
    if near:
        return f"neither the site nor the recording has a queue {asked!r}; did you mean {near[0]!r}?"
    known = ", ".join(sorted(names)[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return f"neither the site nor the recording has a queue {asked!r}; they have {known or 'none at all'}"
