"""Opening and creating logs and recordings."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from types import TracebackType

from config.replacing import put_in_place
from config.schema import Site
from feeds.log.base import LogError
from feeds.log.boots import this_boot
from feeds.log.checked import Word, read_facts, write_facts, write_positions, write_words
from feeds.log.embedded import EmbeddedLog, new_epoch
from feeds.log.files import (
    UNREADABLE,
    Lock,
    check_kind,
    check_readable,
    connect,
    connect_damaged,
    explained,
    explaining,
    is_closed,
    is_damage,
)
from feeds.log.rows import APPLICATION, COPIES, FRAMES, JOURNAL, SCHEMA, STEPS, SUMMED, TABLES, WITH_SUMS
from feeds.log.sites import packed_site
from feeds.log.sums import BlockDamagedError

_GO_ON = "restore a copy, or begin a new log with --fresh; what lies before the damage can be played"


def open_log(path: Path, site: Site, *, created_by: str = "") -> EmbeddedLog:
    """The gateway's log: continued under its epoch if the file exists, begun with a site otherwise. Raises LogError.

    Where the site was edited since, the log still has the one that its facts were folded with:
    :meth:`EmbeddedLog.adopt` takes the new one in. Where the machine went down under the log there is a new epoch too.
    """
    with explaining(path, "open it"):
        lock = Lock(path)
        try:
            fresh = not path.exists() or path.stat().st_size == 0
            if not fresh:
                _check_alone(path)
            connection = connect(path, writable=True)
            try:
                log = EmbeddedLog(path, connection, "log", lock)
                if fresh:
                    _furnish(connection, site, created_by)
                check_kind(path, connection)
                log.load()
                _upgrade(connection, log.rev)
                log.forget_secrets()
                log.begin_boot(this_boot())
            except BlockDamagedError as error:
                connection.close()
                raise LogError(f"{path}: damaged ({error}): {_GO_ON}") from error
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
    try:
        connection = connect(path, writable=False)
        try:
            check_kind(path, connection)
            log = EmbeddedLog(path, connection, "read")
            log.load()
        except BaseException:
            connection.close()
            raise
    except UNREADABLE as error:
        log = _open_damaged(path, error)
    try:
        return log.site, log
    except BaseException:
        log.close()
        raise


def _open_damaged(path: Path, error: Exception) -> EmbeddedLog:
    if not is_damage(error):
        raise explained(path, "open it", error) from error
    connection = connect_damaged(path)
    try:
        with explaining(path, "open it"):
            check_kind(path, connection)
            log = EmbeddedLog(path, connection, "read")
            _ = log.site, log.epoch  # without them nothing can be played, and nobody should be told that it can
            log.load_readable()
    except BaseException:
        connection.close()
        raise
    return log


def _check_alone(path: Path) -> None:
    """Raises LogError where SQLite would write into a closed file what lies beside it, which is of another."""
    beside = path.with_name(path.name + "-wal")
    if is_closed(check_readable(path)) and beside.exists() and beside.stat().st_size:
        raise LogError(f"{beside}: does not belong to {path.name}: move it away")


class NewRecording:
    """A recording in the making: has its name only when all of it is written; nothing is left when making it fails."""

    def __init__(self, path: Path, site: Site, *, created_by: str = "") -> None:
        self.path = path
        self._place = path.resolve()  # a link stays one
        self._part = self._place.with_name(self._place.name + ".part")
        with explaining(path, "create it"):
            self._part.unlink(missing_ok=True)
            connection = connect(self._part, writable=True)
            try:
                self.log = EmbeddedLog(path, connection, "bulk")  # messages name what was asked for
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
            with self._part.open("r+b") as written:  # Windows refuses to flush what is open for reading only
                os.fsync(written.fileno())
            put_in_place(self._part, self._place)
        except OSError as problem:
            with contextlib.suppress(OSError):
                self._part.unlink()
            raise LogError(f"{self.path}: cannot be written ({problem.strerror}): choose another place") from problem


def _furnish(connection: sqlite3.Connection, site: Site, created_by: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={SCHEMA}")
    for table in TABLES:
        connection.execute(table)
    words: dict[str, Word] = {
        "epoch": new_epoch(),
        "site": packed_site(site),
        "zone": site.zone,
        "created_by": created_by,
    }
    write_words(connection.cursor(), words)
    write_positions(connection.cursor(), {}, {}, 0)
    connection.execute("COMMIT")


def _upgrade(connection: sqlite3.Connection, rev: int) -> None:
    """Bring an older file that ends at a revision up to date.

    Without key frames that are of so old a fold that nobody could use them. Raises BlockDamagedError.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    cursor = connection.cursor()
    if version < SCHEMA:
        cursor.execute("BEGIN IMMEDIATE")
        for table in (*COPIES, *STEPS):
            cursor.execute(table)
        for name in ("frames", "copies", "chunks") if version < FRAMES else ():
            cursor.execute(f"DELETE FROM {name}")
        for name in ("steps", "parts"):
            cursor.execute(f"DELETE FROM {name}")
        if version < SUMMED:
            _add_sums(connection, cursor, rev)
        cursor.execute(f"PRAGMA user_version={SCHEMA}")
        cursor.execute("COMMIT")
    if cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone() is None:
        cursor.execute("BEGIN IMMEDIATE")
        for table in JOURNAL:
            cursor.execute(table)
        newest = "SELECT max(at) FROM (SELECT latest AS at FROM blocks UNION ALL SELECT at FROM facts)"
        write_words(cursor, {"journal_from": cursor.execute(newest).fetchone()[0]})
        cursor.execute("COMMIT")


def _add_sums(connection: sqlite3.Connection, cursor: sqlite3.Cursor, rev: int) -> None:
    facts = list(read_facts(connection, rev - cursor.execute("SELECT count(*) FROM facts").fetchone()[0]))
    words = dict(cursor.execute("SELECT name, value FROM meta"))
    positions = dict(cursor.execute("SELECT source, position FROM positions WHERE source <> ''"))
    for table in WITH_SUMS:
        columns = [name for _, name, *_ in cursor.execute(f"PRAGMA table_info({table})")]
        if columns and "sum" not in columns:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN sum INTEGER")
    cursor.execute("DELETE FROM facts")
    write_facts(cursor, facts, rev - len(facts) + 1)
    write_words(cursor, words)
    write_positions(cursor, {}, positions, rev)
