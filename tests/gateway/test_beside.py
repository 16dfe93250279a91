"""What is made of many things lets the loop run in between."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

import pytest

from feeds.gateway.asking import beside


def test_what_is_made_in_slices_lets_others_run_in_between_and_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "SLICE_S", 0.0)
    turns = 0

    def made() -> Iterator[tuple[int, int]]:
        for number in range(50):
            yield number, turns

    async def scenario() -> list[tuple[int, int]]:
        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        running = asyncio.create_task(other())
        found = await beside.in_slices(made())
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        return found

    found = asyncio.run(scenario())
    assert [number for number, _ in found] == list(range(50))
    assert found[-1][1] >= 40, "the other had its turn nearly every time"


def test_what_fails_in_a_thread_fails_for_whoever_waits() -> None:
    def fails() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        asyncio.run(beside.beside(fails))
