"""Which log file belongs to which floor, remembered over restarts."""

from __future__ import annotations

import hashlib
import logging
import secrets
from pathlib import Path

import msgspec
from msgspec import Struct

from config.schema import Site
from feeds.gateway.session import Past, Session
from feeds.gateway.store import Store
from feeds.log.base import LogError
from feeds.log.opening import open_log
from feeds.sources.simulator.engine import NORMAL

log = logging.getLogger("feeds.gateway.shelf")

MAKER = "watchfloor gateway"


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


def wish_name(wish: Wish, *more: str) -> str:
    """A name that is equal for wishes that mean the same floor; speed may differ."""
    words = [wish.source.partition(":")[0], wish.at, wish.seed, wish.scenario, *more]
    return "floor " + hashlib.sha256(msgspec.json.encode(words)).hexdigest()[:16]


def open_session(site: Site, path: Path, state: bytes | None = None, before: Past | None = None) -> Session:
    """The session of a log file; see :class:`Session`. Raises LogError."""
    try:
        return Session(site, open_log(path, site, created_by=MAKER), state, before)
    except OSError as error:
        raise LogError(f"{path}: {error.strerror}; choose another folder with --data") from error
