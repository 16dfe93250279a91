"""Opening log files: what kind of file it is, who else has it, and what to do when it cannot be used."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote_from_bytes

from feeds.log.base import LogError
from feeds.log.rows import APPLICATION, SCHEMA
from feeds.log.sums import BlockDamagedError

LOCKED: Final = "-lock"
"""What the name of the file has behind a log's whose lock says that somebody writes that log."""
UNREADABLE: Final = (sqlite3.DatabaseError, UnicodeDecodeError, BlockDamagedError)
"""What reading a damaged file may raise: SQLite names tables in its messages as it finds them, in whatever bytes."""
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG})
"""SQLITE_ERROR, too: our tables are gone, or are called something else."""
_HEAD: Final = 100
"""Bytes of a file's head."""
_WRITTEN_BY: Final = 18
"""The byte of the head that is 2 where a -wal file may belong to it."""
_STRANGE: Final = "this is no recording or log of ours, or its beginning is damaged: restore a copy"
_ADVICE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space and start again",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only: make both writable or choose another place",
    sqlite3.SQLITE_BUSY: "another program is writing to it: stop that one first or choose another file",
    sqlite3.SQLITE_LOCKED: "another program is writing to it: stop that one first or choose another file",
    sqlite3.SQLITE_CORRUPT: "the file is damaged: restore a copy",
    sqlite3.SQLITE_ERROR: _STRANGE,
    sqlite3.SQLITE_TOOBIG: "the file is damaged: restore a copy",
    sqlite3.SQLITE_NOTADB: "this is not a Watchfloor log or recording: choose a .floor file",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check that the folder exists and may be written to",
    sqlite3.SQLITE_IOERR: "reading or writing the disk failed: check the disk, then start again",
    sqlite3.SQLITE_PERM: "access is refused: check the file's owner and rights",
}


def explained(path: Path, doing: str, error: Exception) -> LogError:
    """An error of the database or in what it gave as a LogError that says which file and what to do."""
    if isinstance(error, UnicodeDecodeError):
        return LogError(f"{path}: cannot {doing}: {_STRANGE}")
    if isinstance(error, BlockDamagedError):
        return LogError(f"{path}: cannot {doing}: {error}: check the clock of its source")
    code = getattr(error, "sqlite_errorcode", None)
    advice = _ADVICE.get(code & 0xFF, str(error)) if isinstance(code, int) else str(error)
    return LogError(f"{path}: cannot {doing}: {advice}")


def is_damage(error: BaseException | None) -> bool:
    """Whether an error says that a file does not hold what was written; the rest of it may still be read."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE
    return isinstance(error, BlockDamagedError | UnicodeDecodeError)


@contextlib.contextmanager
def explaining(path: Path, doing: str) -> Iterator[None]:
    """Turns database errors inside into LogErrors."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explained(path, doing, error) from error


def _opened(name: str | Path, *, timeout: float = 5.0) -> sqlite3.Connection:
    """A connection in autocommit mode; `name` is a path, or an address with `?`."""
    connection = sqlite3.connect(
        name, uri=isinstance(name, str), isolation_level=None, check_same_thread=False, timeout=timeout
    )
    # Text that is none must not be an error where it is read, but be told from what was written there.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def address_of(path: PurePath) -> str:
    """An absolute path as SQLite's addresses have it.

    Not `as_uri`, which makes a server of the network folder `//server/share`: SQLite knows none. A drive letter that
    stands for such a folder is resolved to it.
    """
    name = quote_from_bytes(os.fsencode(path.as_posix()), safe="/:")
    return f"file://{'' if name.startswith('/') else '/'}{name}"


def check_readable(path: Path) -> bytes:
    """The head of a file. Raises LogError for what is none, or may not be read."""
    try:
        if path.is_dir():
            raise LogError(f"{path}: this is a folder, not a recording: name a file in it")
        if not path.is_file():
            raise LogError(f"{path}: there is no such recording: check the name and the folder")
        with path.open("rb") as file:
            return file.read(_HEAD)
    except PermissionError as error:
        raise LogError(f"{path}: may not be read: check the owner and the rights of the file and its folder") from error
    except OSError as error:
        raise LogError(f"{path}: cannot be read ({error.strerror}): check the disk, then start again") from error


def is_closed(head: bytes) -> bool:
    """Whether a file's head says that it was written in one go and has nothing beside it, whatever lies there."""
    return head[_WRITTEN_BY : _WRITTEN_BY + 1] == b"\1"


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection in autocommit mode. Raises sqlite3.Error, LogError; never creates a file unless `writable`."""
    if writable:
        return _opened(path, timeout=0.5)
    address = address_of(path.resolve())
    if is_closed(check_readable(path)):
        return _opened(f"{address}?mode=ro&immutable=1")
    connection = _opened(f"{address}?mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # A log in WAL mode in a folder that cannot be written: nobody else can be writing there, so it stands still.
        return _opened(f"{address}?mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_damaged(path: Path) -> sqlite3.Connection:
    """A reading connection to a file shorter than its header says; SQLite opens those only with this setting."""
    connection = _opened(f"{address_of(path.resolve())}?mode=ro&immutable=1")
    try:
        connection.execute("PRAGMA writable_schema=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def check_kind(path: Path, connection: sqlite3.Connection) -> None:
    """Raises LogError for another kind of file or one of a newer version."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise LogError(f"{path}: this is not a Watchfloor log or recording: choose a .floor file")
    if version > SCHEMA:
        raise LogError(
            f"{path}: written by a newer version of Watchfloor (format {version}, this one reads up to {SCHEMA}): "
            "update this installation"
        )


class Lock:
    """The right to write a log, held by one program at a time and let go by the system when that program dies."""

    def __init__(self, path: Path, refusal: str = "") -> None:
        """Raises sqlite3.Error, and LogError where another program holds it, with `refusal` if that is given."""
        self.path = path.with_name(path.name + LOCKED)
        self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=0)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            self._connection.close()
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            usual = f"{path}: another gateway is writing this log: stop that one first or choose another file"
            raise LogError(refusal or usual) from error

    def release(self) -> None:
        """Let others write. The empty lock file stays: taking it away could give two programs the same right."""
        self._connection.close()
