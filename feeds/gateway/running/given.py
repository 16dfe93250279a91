"""The orders that a simulated floor was given, kept so that it comes to the same floor when it is taken up again."""

from __future__ import annotations

import msgspec

from feeds.gateway.books.store import Store, StoreError
from feeds.sources.base import SourceError
from feeds.sources.simulator.acting import Given


class GivenOrders:
    """Those of one log file, in the order in which they were carried out."""

    def __init__(self, store: Store, file: str) -> None:
        self._store, self._file = store, file
        self.before = [msgspec.json.decode(body, type=Given) for body in store.recall_all(_name(file))]
        """What was given before this start."""
        self._count = len(self.before)

    async def keep(self, given: Given) -> None:
        """Keep an order before it is carried out. Raises SourceError."""
        try:
            await self._store.keep(f"{_name(self._file)}{self._count:08d}", msgspec.json.encode(given))
        except StoreError as error:
            raise SourceError(f"the order cannot be kept, so nothing was done: {error}") from error
        self._count += 1


def forget_given(store: Store, file: str) -> None:
    """Forget the orders of a log file that is no more."""
    store.forget_all(_name(file))


def _name(file: str) -> str:
    return f"given {file} "
