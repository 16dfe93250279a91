"""Opening and creating logs and recordings."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from types import TracebackType

import msgspec

from config.schema import Site
from feeds.log.base import LogError
from feeds.log.embedded import EmbeddedLog, new_epoch
from feeds.log.files import Lock, check_kind, connect, connect_damaged, explained, explaining, is_damage
from feeds.log.rows import APPLICATION, COPIES, FRAMES, JOURNAL, SCHEMA, STEPS, TABLES


def open_log(path: Path, site: Site, *, created_by: str = "") -> EmbeddedLog:
    """The gateway's log: continued under its epoch if the file exists, begun with a site otherwise. Raises LogError.

    Where the site was edited since, the log still has the one that its facts were folded with:
    :meth:`EmbeddedLog.adopt` takes the new one in.
    """
    with explaining(path, "open it"):
        lock = Lock(path)
        try:
            fresh = not path.exists() or path.stat().st_size == 0
            connection = connect(path, writable=True)
            try:
                log = EmbeddedLog(path, connection, "log", lock)
                if fresh:
                    _furnish(connection, site, created_by)
                check_kind(path, connection)
                _upgrade(connection)
                log.load()
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
    return log


def open_recording(path: Path) -> tuple[Site, EmbeddedLog]:
    """A recording or a gateway's log, for reading, and the site inside. Raises LogError.

    A truncated or damaged file opens up to the damage: its log's `damage` says so, and so does a warning.
    """
    if path.is_dir():
        raise LogError(f"{path}: this is a folder, not a recording: name a file in it")
    if not path.is_file():
        raise LogError(f"{path}: there is no such recording: check the name and the folder")
    try:
        connection = connect(path, writable=False)
        try:
            check_kind(path, connection)
            log = EmbeddedLog(path, connection, "read")
            log.load()
        except BaseException:
            connection.close()
            raise
    except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
        log = _open_damaged(path, error)
    try:
        return log.site, log
    except BaseException:
        log.close()
        raise


def _open_damaged(path: Path, error: Exception) -> EmbeddedLog:
    if isinstance(error, sqlite3.Error) and not is_damage(error):
        raise explained(path, "open it", error) from error
    connection = connect_damaged(path)
    try:
        with explaining(path, "open it"):
            check_kind(path, connection)
            log = EmbeddedLog(path, connection, "read")
            log.load_readable()
    except BaseException:
        connection.close()
        raise
    return log


class NewRecording:
    """A recording in the making: has its name only when all of it is written; nothing is left when making it fails."""

    def __init__(self, path: Path, site: Site, *, created_by: str = "") -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        with explaining(path, "create it"):
            self._part.unlink(missing_ok=True)
            connection = connect(self._part, writable=True)
            try:
                self.log = EmbeddedLog(self._part, connection, "bulk")
                _furnish(connection, site, created_by)
            except BaseException:
                connection.close()
                self._part.unlink(missing_ok=True)
                raise

    def __enter__(self) -> EmbeddedLog:
        return self.log

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.log.close()
        except LogError:
            self._part.unlink(missing_ok=True)
            if kind is None:
                raise
        if kind is not None:
            self._part.unlink(missing_ok=True)
            return
        try:
            with self._part.open("rb") as written:
                os.fsync(written.fileno())
            self._part.replace(self.path)
        except OSError as problem:
            raise LogError(f"{self.path}: cannot be written ({problem.strerror}): choose another place") from problem


def _furnish(connection: sqlite3.Connection, site: Site, created_by: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={SCHEMA}")
    for table in TABLES:
        connection.execute(table)
    words = {
        "epoch": new_epoch(),
        "site": msgspec.msgpack.encode(site),
        "zone": site.zone,
        "created_by": created_by,
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", words.items())
    connection.execute("COMMIT")


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring an older file up to date, without key frames that are of so old a fold that nobody could use them."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < SCHEMA:
        connection.execute("BEGIN IMMEDIATE")
        for table in (*COPIES, *STEPS):
            connection.execute(table)
        for name in ("frames", "copies", "chunks") if version < FRAMES else ():
            connection.execute(f"DELETE FROM {name}")
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        connection.execute("COMMIT")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone() is None:
        connection.execute("BEGIN IMMEDIATE")
        for table in JOURNAL:
            connection.execute(table)
        newest = "SELECT max(at) FROM (SELECT latest AS at FROM blocks UNION ALL SELECT at FROM facts)"
        words = ("journal_from", connection.execute(newest).fetchone()[0])
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", words)
        connection.execute("COMMIT")
