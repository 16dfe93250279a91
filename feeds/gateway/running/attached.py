"""Opening a floor whose source is a real PBX: one log for each site, and a clock that is the machine's own."""

from __future__ import annotations

import contextlib
import logging
import time
from pathlib import Path
from typing import BinaryIO

from config.schema import Site
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.shelf import Kept, Shelf, Wish, open_session, wish_name
from feeds.sources.asterisk.capture import CaptureSource
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.asterisk.source import AsteriskSource
from feeds.sources.asterisk.translation import WANTED
from feeds.sources.base import SourceError, WishError

log = logging.getLogger("feeds.gateway.running.attached")


class WallClock(PacedClock):
    """The machine's clock, corrections of it included; it cannot be paused or moved."""

    is_machines = True

    def __init__(self) -> None:
        super().__init__(int(time.time() * 1000))

    def now(self) -> int:
        """Now, in UTC milliseconds."""
        return int(time.time() * 1000)


class Capture:
    """Writes what Asterisk says into a file as it is; a disk that is full ends the capture and nothing else."""

    def __init__(self, file: Path) -> None:
        try:
            self._out: BinaryIO | None = file.open("ab", buffering=1 << 16)
        except OSError as error:
            raise SourceError(f"the capture {file} cannot be written: {error.strerror or error}") from error
        self._file = file

    def write(self, data: bytes) -> None:
        """Add what came in."""
        if self._out is None:
            return
        try:
            self._out.write(data)
        except OSError as error:
            log.error("the capture %s ends here: %s", self._file, error.strerror or error)
            self.close()

    def close(self) -> None:
        """Write what is left."""
        if self._out is not None:
            out, self._out = self._out, None
            with contextlib.suppress(OSError):
                out.close()


def open_capture(site: Site, wish: Wish, file: Path, shelf: Shelf) -> Engine:
    """An engine that plays a recorded stream of a manager interface. Raises SourceError, LogError."""
    if wish.at is not None:
        raise WishError("a capture is told from its beginning: leave out --at")
    source = CaptureSource(site, file)
    name = wish_name(wish, site.id, str(file.resolve()))
    kept = None if wish.fresh else shelf.recall(name)
    going_on = kept is not None
    kept = kept or Kept(shelf.fresh_file("capture"), source.begins_at, source.begins_at)
    session = open_session(site, shelf.folder / kept.file, progress=shelf.progress)
    if not going_on:
        shelf.remember(name, kept)
    shelf.tell(kept.file, session.floor.rev if going_on else None, fresh=wish.fresh)
    clock = PacedClock(max(session.floor.now, source.begins_at), wish.speed)
    return Engine(session, source, clock, title=file.name)


def open_asterisk(site: Site, wish: Wish, shelf: Shelf, secret: str, capture: Path | None = None) -> Engine:
    """An engine that follows the site's Asterisk. Raises SourceError, LogError."""
    if site.asterisk is None:
        raise SourceError("the site folder says nothing of an Asterisk: add a section `asterisk:` (see the README)")
    if wish.at is not None or wish.speed != 1:
        raise WishError("a real floor is always now, at real speed: leave out --at and --speed")
    name = wish_name(wish, site.id)
    kept = None if wish.fresh else shelf.recall(name)
    going_on = kept is not None
    if kept is None:
        now = int(time.time() * 1000)
        kept = Kept(shelf.fresh_file("asterisk"), now, now)
    session = open_session(site, shelf.folder / kept.file, progress=shelf.progress)
    if not going_on:
        shelf.remember(name, kept)
    shelf.tell(kept.file, session.floor.rev if going_on else None, fresh=wish.fresh)
    pbx = Pbx(site.asterisk, secret, WANTED)
    written = Capture(capture) if capture is not None else None
    if written is not None:
        pbx.capture = written.write
    source = AsteriskSource(site, pbx, lambda: list(session.floor.entities()), session.floor.now)
    return Engine(session, source, WallClock(), closing=written.close if written is not None else lambda: None)
