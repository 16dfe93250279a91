"""What a gateway must never forget: the audit of orders, idempotency keys, and a few words about itself.

A small SQLite file of its own beside the log, through SQLAlchemy. `synchronous=FULL`: a row that was answered for is
on the disk. Rows of the audit are a chain (:mod:`feeds.gateway.books.chain`). All work is done in one thread, because
the disk takes milliseconds that the feed does not have.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)  # fmt: skip
from sqlalchemy.exc import SQLAlchemyError

from feeds.gateway.books.chain import BEGUN, COLUMNS, GENESIS, beginning, link_hash, older_hash

T = TypeVar("T")

_tables: Final = MetaData()
_audit: Final = Table(
    "audit", _tables,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("at", Integer, nullable=False),
    Column("order", String, nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("token", String, nullable=False),
    Column("role", String, nullable=False),
    Column("name", String, nullable=False),
    Column("args", LargeBinary, nullable=False),
    Column("reason", String, nullable=False),
    Column("text", String, nullable=False),
    Column("before", String),
    Column("hash", String),
)  # fmt: skip
_keys: Final = Table(
    "keys", _tables,
    Column("token", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("content", String, nullable=False),
    Column("order", String, nullable=False),
    Column("answer", LargeBinary),
    Column("at", Integer, nullable=False, index=True),
)  # fmt: skip
_words: Final = Table("words", _tables, Column("name", String, primary_key=True), Column("value", LargeBinary))


class StoreError(Exception):
    """The store cannot be opened or written; the message says which file and what to do."""


class AuditRow(Struct, frozen=True):
    """One line of the audit: who wanted what (`asked`), and what became of it. `at` is real time, UTC ms."""

    at: int
    order: str
    stage: str
    token: str
    role: str
    name: str
    args: bytes
    reason: str = ""
    text: str = ""


KEPT_MS: Final = 24 * 3600 * 1000
"""How long an idempotency key is remembered (PROTOCOL rule 7)."""
NEVER: Final = ""
"""The order of a key that stands for none: what came with it was too late, and is not begun if it comes again."""


class KeyRow(Struct, frozen=True):
    """An idempotency key: the content it stands for and the answer, None while or if nobody knows how it ended."""

    content: str
    order: str
    answer: bytes | None


class Store:
    """The file; every method may be awaited from the gateway's loop. Raises StoreError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gateway store")
        self._engine = create_engine(URL.create("sqlite", database=str(path)), isolation_level=None)
        event.listen(self._engine, "connect", _durable)
        try:
            self._thread.submit(_tables.create_all, self._engine).result()
            self._thread.submit(self._transaction, _chain_what_was_before).result()
        except StoreError:
            self.close()
            raise
        except SQLAlchemyError as error:
            self.close()
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError:
        reason = getattr(error, "orig", None) or error
        return StoreError(f"{self.path}: {reason}; check space and rights there, or choose another folder with --data")

    async def _work(self, task: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transaction, task)

    def _transaction(self, task: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return task(connection)
        except SQLAlchemyError as error:
            raise self._explained(error) from error

    async def intend(self, row: AuditRow, key: str, content: str) -> None:
        """Write down, in one, that an order was asked and which key stands for it."""

        def task(connection: Connection) -> None:
            _append(connection, row)
            _put_key(connection, row, {"key": key, "content": content, "order": row.order})

        await self._work(task)

    async def conclude(self, row: AuditRow, answer: bytes, words: Mapping[str, bytes]) -> None:
        """Write down, in one, how an order ended, what its key answers from now on, and words to be kept with it."""

        def task(connection: Connection) -> None:
            _append(connection, row)
            connection.execute(update(_keys).where(_keys.c.order == row.order).values(answer=answer))
            for name, value in words.items():
                _put_word(connection, name, value)

        await self._work(task)

    async def fence(self, row: AuditRow, key: str, content: str, answer: bytes) -> None:
        """Have a key stand for an order that was not begun and never will be; no line of the audit goes with it."""

        def task(connection: Connection) -> None:
            _put_key(connection, row, {"key": key, "content": content, "order": NEVER, "answer": answer})

        await self._work(task)

    async def answer(self, order: str) -> bytes | None:
        """What the key of an order answers with, None where nobody knows how it ended."""

        def task(connection: Connection) -> bytes | None:
            found: bytes | None = connection.execute(select(_keys.c.answer).where(_keys.c.order == order)).scalar()
            return found

        return await self._work(task)

    async def unended(self) -> list[AuditRow]:
        """What was asked and has no answer yet, oldest first."""

        def task(connection: Connection) -> list[AuditRow]:
            unanswered = select(_keys.c.order).where(_keys.c.answer.is_(None))
            query = select(*(_audit.c[name] for name in AuditRow.__struct_fields__)).order_by(_audit.c.row)
            query = query.where(_audit.c.order.in_(unanswered) & (_audit.c.stage == "asked"))
            return [AuditRow(*row) for row in connection.execute(query)]

        return await self._work(task)

    async def note(self, row: AuditRow) -> None:
        """Write down something that has no key: a refusal, a rehearsal."""
        await self._work(lambda connection: _append(connection, row))

    async def key(self, token: str, key: str, at: int) -> KeyRow | None:
        """What a key stands for at a moment (real time, UTC ms). Nothing is written: a full disk forgets no answer."""

        def task(connection: Connection) -> KeyRow | None:
            mine = (_keys.c.token == token) & (_keys.c.key == key) & (_keys.c.at >= at - KEPT_MS)
            row = connection.execute(select(_keys.c.content, _keys.c.order, _keys.c.answer).where(mine)).first()
            return None if row is None else KeyRow(row[0], row[1], row[2])

        return await self._work(task)

    async def audit(self, order: str | None = None) -> list[AuditRow]:
        """The audit, oldest first, or the lines of one order."""

        def task(connection: Connection) -> list[AuditRow]:
            query = select(*(_audit.c[name] for name in AuditRow.__struct_fields__)).order_by(_audit.c.row)
            if order is not None:
                query = query.where(_audit.c.order == order)
            return [AuditRow(*row) for row in connection.execute(query)]

        return await self._work(task)

    def recall(self, name: str) -> bytes | None:
        """A word that was kept; for use before the loop runs."""

        def task(connection: Connection) -> bytes | None:
            found: bytes | None = connection.execute(select(_words.c.value).where(_words.c.name == name)).scalar()
            return found

        return self._thread.submit(self._transaction, task).result()

    def remember(self, name: str, value: bytes) -> None:
        """Keep a word."""

        self._thread.submit(self._transaction, lambda connection: _put_word(connection, name, value)).result()

    async def keep(self, name: str, value: bytes) -> None:
        """Keep a word, while the loop runs."""

        await self._work(lambda connection: _put_word(connection, name, value))

    def recall_all(self, begin: str) -> list[bytes]:
        """The words whose names begin so, in the order of their names; for use before the loop runs."""
        return self._thread.submit(self._transaction, lambda connection: _words_of(connection, begin)).result()

    async def kept(self, begin: str) -> list[bytes]:
        """The same while the loop runs."""
        return await self._work(lambda connection: _words_of(connection, begin))

    def forget_all(self, begin: str) -> None:
        """Forget the words whose names begin so."""

        def task(connection: Connection) -> None:
            connection.execute(delete(_words).where(_words.c.name.startswith(begin, autoescape=True)))

        self._thread.submit(self._transaction, task).result()

    def close(self) -> None:
        """Finish what was begun and let go of the file."""
        self._thread.submit(self._engine.dispose).result()
        self._thread.shutdown()


def _put_key(connection: Connection, row: AuditRow, values: dict[str, Any]) -> None:
    """Have a key stand for what a row tells of, and forget those that are too old."""
    connection.execute(delete(_keys).where(_keys.c.at < row.at - KEPT_MS))
    connection.execute(insert(_keys).values(token=row.token, at=row.at, **values))


def _put_word(connection: Connection, name: str, value: bytes) -> None:
    connection.execute(delete(_words).where(_words.c.name == name))
    connection.execute(insert(_words).values(name=name, value=value))


def _words_of(connection: Connection, begin: str) -> list[bytes]:
    query = select(_words.c.value).where(_words.c.name.startswith(begin, autoescape=True))
    return list(connection.execute(query.order_by(_words.c.name)).scalars())


def _append(connection: Connection, row: AuditRow) -> None:
    """Write a row behind the last one; its number is given here, so that two who wrote at once could not both."""
    newest = select(_audit.c.row, _audit.c.hash).order_by(_audit.c.row.desc()).limit(1)
    number, before = connection.execute(newest).first() or (0, GENESIS)
    if before is None:  # written by something that does not keep the chain: the walk shows it, and goes on behind it
        kept = select(_audit.c.hash).where(_audit.c.hash.is_not(None)).order_by(_audit.c.row.desc()).limit(1)
        before = connection.execute(kept).scalar() or GENESIS
    values = {name: getattr(row, name) for name in COLUMNS}
    own = link_hash(number + 1, tuple(values.values()), before)
    connection.execute(insert(_audit).values(row=number + 1, before=before, hash=own, **values))


def _chain_what_was_before(connection: Connection) -> None:
    """Give an audit that had no chain the columns for it, and bind the rows that stand there by a first link."""
    columns = {column[1] for column in connection.exec_driver_sql("PRAGMA table_info(audit)")}
    for name in ("before", "hash"):
        if name not in columns:
            connection.exec_driver_sql(f"ALTER TABLE audit ADD COLUMN {name} VARCHAR")
    if connection.execute(select(_audit.c.row).where(_audit.c.hash.is_not(None)).limit(1)).first() is not None:
        return
    query = select(_audit.c.row, *(_audit.c[name] for name in COLUMNS)).order_by(_audit.c.row)
    count, digest = older_hash((row[0], row[1:]) for row in connection.execute(query))
    if count:
        text = f"the {count} rows before this one had no chain; from here on they are bound by their hash"
        at = int(time.time() * 1000)
        _append(connection, AuditRow(at, "", BEGUN, "", "", "audit", beginning(count, digest), "", text))


def _durable(connection: Any, _: Any) -> None:
    # One connection writes and checkpoints, in one thread; FULL, because answered rows must survive a power cut.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
