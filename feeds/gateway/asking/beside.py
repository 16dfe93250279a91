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


async def beside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function gives that runs in another thread, and without the collector.

    A thread lets the loop run every few milliseconds; the collector, which finds nothing among records, does not, and
    looks through all of them: a quarter of a second at 60,000.
    """

    def in_peace() -> T:
        with in_bulk():
            return work(*args, **kwargs)

    return await asyncio.to_thread(in_peace)


async def in_slices(made: Iterable[T]) -> list[T]:
    """What is made one by one of a floor that goes on meanwhile: the loop runs in between."""
    found, until = list[T](), time.monotonic() + SLICE_S
    for one in made:
        found.append(one)
        if time.monotonic() > until:
            await asyncio.sleep(0)
            until = time.monotonic() + SLICE_S
    return found
