"""What a log file says of itself: its epoch, its site, by whom it was written."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from config.bulk import in_bulk
from config.schema import Site
from feeds.log.base import LogError
from feeds.log.checked import Word, read_word
from feeds.log.files import explaining
from feeds.log.sums import BlockDamagedError

_unpack_site = msgspec.msgpack.Decoder(Site).decode


class Words:
    """A log's table `meta`, for reading; any thread may ask."""

    def __init__(self, path: Path, connection: sqlite3.Connection, guard: threading.RLock) -> None:
        self._path = path
        self._connection = connection
        self._guard = guard
        self._site: Site | None = None
        self._body: object = None
        self._site_of = -1
        """The state of the file, as :meth:`_commits` tells it, in which the site was read."""

    def read(self, name: str) -> Word:
        """A word; None if the file does not say. Raises LogError."""
        try:
            with self._guard, explaining(self._path, "read it"):
                return read_word(self._connection, name)
        except BlockDamagedError as error:
            raise LogError(f"{self._path}: what it says of its {name} is damaged: restore a copy") from error

    @property
    def epoch(self) -> str:
        """The log's identity. Raises LogError."""
        found = self.read("epoch")
        if not isinstance(found, str) or not found:
            raise LogError(f"{self._path}: what it says of its epoch cannot be read: restore a copy")
        return found

    @property
    def site(self) -> Site:
        """The site that the facts speak of. Raises LogError."""
        commits = self._commits()
        if self._site is not None and self._site_of == commits:
            return self._site  # a large one's check sum alone takes longer than entering a recording should
        body = self.read("site")
        try:
            if body != self._body or self._site is None:
                with in_bulk():
                    self._site = _unpack_site(body if isinstance(body, bytes) else b"")
                    ZoneInfo(self._site.zone)
                self._body = body
        except (msgspec.MsgspecError, ValueError, LookupError, TypeError, OSError) as error:
            self._site = None
            raise LogError(f"{self._path}: the site inside cannot be read ({error}): restore a copy") from error
        self._site_of = commits
        return self._site

    def forget_site(self) -> None:
        """Read the site again when somebody asks next."""
        self._site = None

    def _commits(self) -> int:
        """Another number whenever somebody else has written to the file. Raises LogError."""
        with self._guard, explaining(self._path, "read it"):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
