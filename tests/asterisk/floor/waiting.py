"""Waiting for what must happen, with a deadline and a word for what did not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

DEADLINE_S = 20.0
"""Long enough for a busy machine; whatever waits so long fails."""

Value = TypeVar("Value")


async def within(seconds: float, what: str, awaited: Awaitable[Value]) -> Value:
    """The value that is awaited; an AssertionError that says what did not happen when it takes too long."""
    try:
        return await asyncio.wait_for(awaited, seconds)
    except TimeoutError:
        raise AssertionError(f"not within {seconds:g} s: {what}") from None
