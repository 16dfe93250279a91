"""Opening a floor to serve: a source, and the log in which it goes on where it stopped."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from config.mistakes import did_you_mean
from config.schema import Site
from feeds.gateway.books.store import Store
from feeds.gateway.moments import moment
from feeds.gateway.running.attached import open_asterisk, open_capture
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.given import GivenOrders
from feeds.gateway.running.recording import open_recorded
from feeds.gateway.running.session import Progress
from feeds.gateway.running.shelf import Kept, Shelf, Wish, open_session, wish_name
from feeds.sources.base import WishError
from feeds.sources.simulator.engine import NORMAL
from feeds.sources.simulator.source import SimulatorSource
from feeds.sources.simulator.story import story

log = logging.getLogger("feeds.gateway.running.playing")

SOURCES: Final = {
    "simulator": "simulator", "recorded": "recorded:FILE", "asterisk": "asterisk", "ami-capture": "ami-capture:FILE",
}  # fmt: skip
"""Every kind of source, as it is written."""
HOUR_MS: Final = 3600 * 1000
TOO_OLD_MS: Final = 12 * HOUR_MS
"""A simulated floor in real time that is further from the clock begins a new day instead of catching up or standing."""


def open_engine(
    site: Site, wish: Wish, folder: Path, store: Store, secret: Callable[[], str] = str, capture: Path | None = None,
    progress: Progress = lambda share: None,
) -> Engine:  # fmt: skip
    """An engine that goes on where the last one with the same wish stopped.

    `secret` is asked for the PBX's; `capture` is where what a PBX says is written besides. `progress` is told, 0 to 1,
    how much of a long log is read.

    Raises SourceError, LogError, or ValueError for a moment that cannot be understood.
    """
    shelf = Shelf(folder, store, progress)
    kind, _, file = wish.source.partition(":")
    if capture is not None and kind in SOURCES and kind != "asterisk":
        raise WishError(
            f"--capture writes down what Asterisk says, and {SOURCES[kind]} asks none: leave it out, or use "
            "--source asterisk"
        )
    if kind == "simulator" and not file:
        return _simulated(site, wish, shelf, store)
    if kind == "recorded" and file:
        return open_recorded(site, wish, Path(file), shelf)
    if kind == "asterisk" and not file:
        return open_asterisk(site, wish, shelf, secret(), capture)
    if kind == "ami-capture" and file:
        return open_capture(site, wish, Path(file), shelf)
    hint = "" if kind in SOURCES else did_you_mean(kind, SOURCES)
    raise WishError(f"{wish.source!r} is not a source{hint}; write one of {', '.join(SOURCES.values())}")


def _simulated(site: Site, wish: Wish, shelf: Shelf, store: Store) -> Engine:
    name, now = wish_name(wish, site.id), int(time.time() * 1000)
    in_real_time = wish.at is None and wish.speed == 1
    kept = None if wish.fresh else shelf.recall(name)
    told = story(site)
    if kept is not None and kept.story != told:
        log.info("%s tells of another floor than the site has now, so a new one begins in its place", kept.file)
        kept = None
    session = open_session(site, shelf.folder / kept.file, progress=shelf.progress) if kept else None
    if session is not None and in_real_time and abs(now - session.floor.now) > TOO_OLD_MS:
        session.close(keep_frame=False)
        how = "stood still for" if session.floor.now < now else "is ahead of the clock by"
        log.info("%s %s over %d hours: a new day begins", kept.file if kept else "", how, TOO_OLD_MS // HOUR_MS)
        kept = session = None
    live_from = now if wish.at is None else moment(wish.at, site.zone, now)
    if kept is not None and session is not None:
        # A clock that was put back would leave the floor standing, and nothing that it shows would say so.
        live_from = max(now if in_real_time else kept.live_from, session.floor.now)
    if kept is None or session is None:
        begins_at = None
        kept = Kept(shelf.fresh_file("simulated"), 0, live_from, told)
    else:
        begins_at = kept.begins_at
    given = GivenOrders(store, kept.file)
    source = SimulatorSource(
        site, live_from=live_from, seed=wish.seed, scenario=wish.scenario, begins_at=begins_at, given=given.before,
        keep=given.keep,
    )  # fmt: skip
    if session is None:
        kept = Kept(kept.file, source.begins_at, live_from, told)
        session = open_session(site, shelf.folder / kept.file)
        shelf.remember(name, kept)
        shelf.tell(kept.file, None, fresh=wish.fresh)
    else:
        shelf.tell(kept.file, session.floor.rev)
    # At full speed the clock goes where the facts are, so it begins with them.
    start = max(source.begins_at, session.floor.now) if math.isinf(wish.speed) else live_from
    return Engine(
        session, source, PacedClock(start, wish.speed), title="" if wish.scenario == NORMAL else wish.scenario
    )
