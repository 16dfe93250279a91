"""Which log file belongs to which floor, remembered over restarts."""

from __future__ import annotations

import hashlib
import logging
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from config.schema import Site
from feeds.floor import Floor
from feeds.gateway.books.chain import FILE
from feeds.gateway.books.store import Store
from feeds.gateway.running.given import forget_given
from feeds.gateway.running.session import Before, Progress, Session
from feeds.log.base import LogError
from feeds.log.files import Lock, explained
from feeds.log.opening import open_log
from feeds.sources.simulator.engine import NORMAL

log = logging.getLogger("feeds.gateway.running.shelf")

MAKER = "watchfloor gateway"
LAST: Final = "last floor"
"""The word under which the file of the floor that was last served is kept."""
BESIDE: Final = ("", "-wal", "-shm", "-lock", "-lock-journal")


class Wish(Struct, frozen=True):
    """What to play, as the command line says it."""

    source: str
    at: str | None = None
    speed: float = 1.0
    seed: int = 1
    scenario: str = NORMAL
    fresh: bool = False


class Kept(Struct, frozen=True):
    """Which log file belongs to a wish, where its source began and where it was to be live from (UTC ms).

    `story` is what a simulated floor was made from: of another one the log cannot be gone on with.
    """

    file: str
    begins_at: int
    live_from: int
    story: str = ""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The right to use a data folder, which one gateway has at a time: `--fresh` takes away what another one writes.

    Raises LogError. The system lets go of it when the gateway dies.
    """
    refusal = f"{folder}: another gateway uses this folder: stop that one first or choose another folder with --data"
    try:
        lock = Lock(folder / FILE, refusal)
    except sqlite3.Error as error:
        raise explained(folder, "keep others out of it", error) from error
    try:
        yield
    finally:
        lock.release()


class Shelf:
    """Log files in a data folder, and the memory of which is whose.

    `progress` is told, 0 to 1, how much of one is read where there is much.
    """

    def __init__(self, folder: Path, store: Store, progress: Progress = lambda share: None) -> None:
        self.folder = folder
        self.progress = progress
        self._store = store

    def recall(self, name: str) -> Kept | None:
        """What was kept under a name, if its file is still there."""
        body = self._store.recall(name)
        kept = None if body is None else msgspec.json.decode(body, type=Kept)
        return kept if kept is not None and (self.folder / kept.file).is_file() else None

    def remember(self, name: str, kept: Kept) -> None:
        """Keep it for the next start, instead of what was there, which nobody has open any more."""
        before = self.put_first(name, kept)
        if before is not None:
            self.forget(before)

    def put_first(self, name: str, kept: Kept) -> str | None:
        """Keep it for the next start; the file that was there, which is of no use any more once it is closed."""
        before = self.recall(name)
        self._store.remember(name, msgspec.json.encode(kept))
        return before.file if before is not None and before.file != kept.file else None

    def forget(self, file: str) -> None:
        """Remove a log that nobody needs any more, with what was kept for it."""
        discard(self.folder / file)
        forget_given(self._store, file)

    def tell(self, file: str, rev: int | None, *, fresh: bool = False) -> None:
        """Log which floor is served now: at revision `rev`, None for a new one, and what became of the last one.

        Other arguments are another floor. Whoever forgot one would else look for the morning's figures in vain.
        """
        last = (self._store.recall(LAST) or b"").decode()
        other = last != file and (self.folder / last).is_file() if last else False
        does = f"{file} is new" if rev is None else f"going on with {file} at revision {rev}"
        if other and not fresh:
            log.warning("these arguments name another floor than the last start did: %s; %s is kept", does, last)
        else:
            log.info("%s%s", does, f"; {last} is kept" if other else "")
        self._store.remember(LAST, file.encode())

    def fresh_file(self, kind: str) -> str:
        """A name for a new log."""
        return f"{kind}-{secrets.token_hex(4)}.floor"


def discard(path: Path) -> None:
    """Remove a log file that nobody needs any more, with what SQLite and the lock put beside it."""
    for file in (path.with_name(path.name + ending) for ending in BESIDE):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s stays behind: %s", file, error)


def wish_name(wish: Wish, *more: str) -> str:
    """A name that is equal for wishes that mean the same floor; speed may differ."""
    words = [wish.source.partition(":")[0], wish.at, wish.seed, wish.scenario, *more]
    return "floor " + hashlib.sha256(msgspec.json.encode(words)).hexdigest()[:16]


def open_session(
    site: Site, path: Path, begin: Floor | None = None, before: Before | None = None,
    progress: Progress = lambda share: None,
) -> Session:  # fmt: skip
    """The session of a log file; see :class:`Session`. Raises LogError, BeginningLostError."""
    try:
        opened = open_log(path, site, created_by=MAKER)
        try:
            return Session(site, opened, begin, before, progress)
        except BaseException:
            opened.close()
            raise
    except OSError as error:
        raise LogError(f"{path}: {error.strerror}; choose another folder with --data") from error
