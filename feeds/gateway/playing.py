"""Opening a floor to serve: which log goes with which source, and where both go on."""

from __future__ import annotations

import hashlib
import logging
import math
import secrets
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from config.schema import Site
from feeds.gateway.clock import PacedClock
from feeds.gateway.engine import Engine
from feeds.gateway.moments import moment
from feeds.gateway.session import Session
from feeds.gateway.store import Store
from feeds.log.base import LogError
from feeds.log.opening import open_log
from feeds.sources.base import SourceError
from feeds.sources.simulator.engine import NORMAL
from feeds.sources.simulator.source import SimulatorSource

log = logging.getLogger("feeds.gateway.playing")

MAKER = "watchfloor gateway"
TOO_OLD_MS = 12 * 3600 * 1000
"""A simulated floor in real time that stood still for longer begins a new day instead of catching up."""


class Wish(Struct, frozen=True):
    """What to play, as the command line says it."""

    source: str
    at: str | None = None
    speed: float = 1.0
    seed: int = 1
    scenario: str = NORMAL
    fresh: bool = False


class Kept(Struct, frozen=True):
    """Which log file belongs to a wish, where its source began and where it was to be live from (UTC ms)."""

    file: str
    begins_at: int
    live_from: int


class Shelf:
    """Log files in a data folder, and the memory of which is whose."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self._store = store

    def recall(self, name: str) -> Kept | None:
        """What was kept under a name, if its file is still there."""
        body = self._store.recall(name)
        kept = None if body is None else msgspec.json.decode(body, type=Kept)
        return kept if kept is not None and (self.folder / kept.file).is_file() else None

    def remember(self, name: str, kept: Kept) -> None:
        """Keep it for the next start, instead of what was there."""
        before = self.recall(name)
        self._store.remember(name, msgspec.json.encode(kept))
        if before is not None and before.file != kept.file:
            discard(self.folder / before.file)

    def fresh_file(self, kind: str) -> str:
        """A name for a new log."""
        return f"{kind}-{secrets.token_hex(4)}.floor"


def discard(path: Path) -> None:
    """Remove a log file that nobody needs any more, with what SQLite put beside it."""
    for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s stays behind: %s", file, error)


def open_engine(site: Site, wish: Wish, folder: Path, store: Store) -> Engine:
    """An engine that goes on where the last one with the same wish stopped.

    Raises SourceError, LogError, or ValueError for a moment that cannot be understood.
    """
    shelf = Shelf(folder, store)
    kind, _, file = wish.source.partition(":")
    if kind == "simulator" and not file:
        return _simulated(site, wish, shelf)
    raise SourceError(f"{wish.source!r} is not a source; write simulator or recorded:FILE")


def wish_name(wish: Wish, *more: str) -> str:
    """A name that is equal for wishes that mean the same floor; speed may differ."""
    words = [wish.source.partition(":")[0], wish.at, wish.seed, wish.scenario, *more]
    return "floor " + hashlib.sha256(msgspec.json.encode(words)).hexdigest()[:16]


def open_session(site: Site, path: Path, state: bytes | None = None) -> Session:
    """The session of a log file. Raises LogError."""
    try:
        return Session(site, open_log(path, site, created_by=MAKER), state)
    except OSError as error:
        raise LogError(f"{path}: {error.strerror}; choose another folder with --data") from error


def _simulated(site: Site, wish: Wish, shelf: Shelf) -> Engine:
    name, now = wish_name(wish, site.id), int(time.time() * 1000)
    in_real_time = wish.at is None and wish.speed == 1
    kept = None if wish.fresh else shelf.recall(name)
    session = open_session(site, shelf.folder / kept.file) if kept else None
    if session is not None and in_real_time and now - session.floor.now > TOO_OLD_MS:
        session.close(keep_frame=False)
        kept = session = None
    live_from = now if wish.at is None else moment(wish.at, site.zone, now)
    if kept is not None and session is not None:
        live_from = now if in_real_time else max(kept.live_from, session.floor.now)
    source = SimulatorSource(
        site, live_from=live_from, seed=wish.seed, scenario=wish.scenario, begins_at=kept.begins_at if kept else None
    )
    if session is None:
        kept = Kept(shelf.fresh_file("simulated"), source.begins_at, live_from)
        session = open_session(site, shelf.folder / kept.file)
        shelf.remember(name, kept)
    # At full speed the clock goes where the facts are, so it begins with them.
    start = max(source.begins_at, session.floor.now) if math.isinf(wish.speed) else live_from
    return Engine(
        session, source, PacedClock(start, wish.speed), title="" if wish.scenario == NORMAL else wish.scenario
    )
