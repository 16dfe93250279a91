"""Orders of one console side by side: those for different things wait for nothing, those for the same one do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

ABREAST: Final = 32
"""Orders of a console that may wait for their ends at once; further ones are read when one of them is answered."""


class Abreast:
    """Orders of a console for different seats and calls, side by side; all others one after the other."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks
        self._room = asyncio.Semaphore(ABREAST)
        self._latest: dict[str, asyncio.Task[None]] = {}

    async def begin(self, subject: str, order: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin an order; returns when the next one may be read."""
        if subject in self._latest:  # what comes second is decided by what the first has done
            await asyncio.wait([self._latest[subject]])
        await self._room.acquire()
        task = self._latest[subject] = self._tasks.create_task(order(), name=f"order for {subject}")
        task.add_done_callback(lambda task: self._ended(subject, task))

    def _ended(self, subject: str, task: asyncio.Task[None]) -> None:
        self._room.release()
        if self._latest.get(subject) is task:
            del self._latest[subject]
