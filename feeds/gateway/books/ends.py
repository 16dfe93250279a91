"""How orders ended, in the books: what the disk does not take is tried again, in order, until it does.

Their number is bounded by that of the orders on their way: while an end is owed no further order is begun.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct, field

from feeds.gateway.books.store import AuditRow, Store, StoreError

log = logging.getLogger("feeds.gateway.books.ends")

RETRY_S: Final = 1.0


class _End(Struct, eq=False):
    """A row that is owed; `answer` is what the order's key answers with, None for a row that has no key."""

    row: AuditRow
    answer: bytes | None
    words: Mapping[str, bytes]
    tried: asyncio.Event = field(default_factory=asyncio.Event)


class Ends:
    """Writes ends one after the other. `told` is given why they cannot be written, and nothing when they can again."""

    def __init__(self, store: Store, told: Callable[[str], None]) -> None:
        self._store = store
        self._told = told
        self._owed: deque[_End] = deque()
        self._trouble: StoreError | None = None
        self._writing: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    @property
    def owed(self) -> int:
        """How many ends are not written yet."""
        return len(self._owed)

    def check(self) -> None:
        """Raises StoreError while an end cannot be written: what came later must not stand before it."""
        if self._trouble is not None:
            raise self._trouble

    def answer(self, order: str) -> bytes | None:
        """What an order's key answers with whose end is owed, None where none is."""
        return next((one.answer for one in reversed(self._owed) if one.row.order == order and one.answer), None)

    async def keep(self, row: AuditRow, answer: bytes | None = None, words: Mapping[str, bytes] | None = None) -> None:
        """Write an end down; returns when it is written, or owed. A row says when it ended, however late it comes."""
        end = _End(row, answer, words or {})
        self._owed.append(end)
        if self._trouble is not None:
            return
        if self._writing is None or self._writing.done():
            # A task of its own: whoever waits may be cancelled, and what is half written would be written twice.
            self._writing = asyncio.create_task(self._write(), name="ends of orders")
        await end.tried.wait()

    async def _write(self) -> None:
        while self._owed:
            end = self._owed[0]
            try:
                if end.answer is None:
                    await self._store.note(end.row)
                else:
                    await self._store.conclude(end.row, end.answer, end.words)
            except StoreError as error:
                self._fail(error)
                if self._closing.is_set():
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(RETRY_S):
                        await self._closing.wait()
                continue
            except Exception:  # no fault of the disk's: tried again it would stand before all others for ever
                log.exception("the end of the order %s (%s) cannot be written", end.row.order, end.row.stage)
            self._owed.popleft()
            end.tried.set()
            if self._trouble is not None and not self._owed:
                log.info("all ends of orders are kept")
                self._trouble = None
                self._told("")

    def _fail(self, error: StoreError) -> None:
        if self._trouble is None:
            row = self._owed[0].row
            log.error("the end of the order %s (%s) cannot be kept yet: %s", row.order, row.stage, error)
        self._trouble = error
        self._told(str(error).replace(str(self._store.path), self._store.path.name))  # consoles need no folders of ours
        for one in self._owed:
            one.tried.set()

    async def close(self) -> None:
        """Try for the last time. What is not kept then is told by the floor's log, as far as that could be written."""
        self._closing.set()
        if self._writing is not None:
            await self._writing
        if self._owed:
            log.error(
                "the gateway stops with %d ends of orders that cannot be kept: %s", len(self._owed), self._trouble
            )
