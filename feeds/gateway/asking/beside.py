"""Work on the many records of a day or the many things of a floor, which must hold up nobody's feed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Final, ParamSpec, TypeVar

from config.bulk import in_bulk

P = ParamSpec("P")
T = TypeVar("T")

SLICE_S: Final = 0.01
"""How long the loop is held up at a time."""
THREADS: Final = 2
"""Questions that are worked on in other threads at a time. The loop has its turn behind each of them, and what else
needs a thread, as reading the site's tokens does, finds one however many ask."""


class Beside:
    """What all consoles of a gateway ask, as much of it at a time as the feed can bear: a few hundred ask at once."""

    def __init__(self) -> None:
        self._threads = asyncio.Semaphore(THREADS)
        self._turn = asyncio.Lock()

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function gives that runs in another thread, and without the collector.

        A thread lets the loop run every few milliseconds; the collector, which finds nothing among records, does not,
        and looks through all of them: a quarter of a second at 60,000.

        A thread cannot be stopped. Whoever is cancelled waits for its end, so that what it reads and the locks around
        it are free only then: else the next one would read the same beside it, into the same lists.
        """

        def in_peace() -> T:
            with in_bulk():
                return work(*args, **kwargs)

        async with self._threads:
            running = asyncio.ensure_future(asyncio.to_thread(in_peace))
            try:
                return await asyncio.shield(running)
            except asyncio.CancelledError:
                await asyncio.wait([running])
                if not running.cancelled():
                    running.exception()  # nobody is there any more to be told
                raise

    async def in_slices(self, made: Iterable[T]) -> list[T]:
        """What is made one by one of a floor that goes on meanwhile: the loop runs in between."""
        found, rest, is_more = list[T](), iter(made), True
        while is_more:
            async with self._turn:
                until, is_more = time.monotonic() + SLICE_S, False
                for one in rest:
                    found.append(one)
                    if time.monotonic() > until:
                        is_more = True
                        break
                await asyncio.sleep(0)  # with the turn: nobody's slice is to follow before the loop has looked around
        return found

    async def at_one_go(self, made: Iterable[T]) -> list[T]:
        """What is made of a floor that must not go on meanwhile, in one slice."""
        async with self._turn:
            found = list(made)
            await asyncio.sleep(0)
        return found
