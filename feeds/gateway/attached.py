"""Opening a floor whose source is a real PBX: one log for each site, and a clock that is the machine's own."""

from __future__ import annotations

import logging
import time

from config.schema import Site
from feeds.gateway.clock import PacedClock
from feeds.gateway.engine import Engine
from feeds.gateway.shelf import Kept, Shelf, Wish, open_session, wish_name
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.asterisk.source import AsteriskSource
from feeds.sources.asterisk.translation import WANTED
from feeds.sources.base import SourceError

log = logging.getLogger("feeds.gateway.attached")


class WallClock(PacedClock):
    """The machine's clock, corrections of it included; it cannot be paused or moved."""

    def __init__(self) -> None:
        super().__init__(int(time.time() * 1000))

    def now(self) -> int:
        """Now, in UTC milliseconds."""
        return int(time.time() * 1000)


def open_asterisk(site: Site, wish: Wish, shelf: Shelf, secret: str) -> Engine:
    """An engine that follows the site's Asterisk. Raises SourceError, LogError."""
    if site.asterisk is None:
        raise SourceError("the site folder says nothing of an Asterisk: add a section `asterisk:` (see the README)")
    if wish.at is not None or wish.speed != 1:
        raise SourceError("a real floor is always now, at real speed: leave out --at and --speed")
    name = wish_name(wish, site.id)
    kept = None if wish.fresh else shelf.recall(name)
    going_on = kept is not None
    if kept is None:
        now = int(time.time() * 1000)
        kept = Kept(shelf.fresh_file("asterisk"), now, now)
    session = open_session(site, shelf.folder / kept.file)
    if not going_on:
        shelf.remember(name, kept)
    shelf.tell(kept.file, session.floor.rev if going_on else None, fresh=wish.fresh)
    pbx = Pbx(site.asterisk, secret, WANTED)
    source = AsteriskSource(site, pbx, lambda: list(session.floor.entities()), session.floor.now)
    return Engine(session, source, WallClock())
