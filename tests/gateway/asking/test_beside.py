"""However many ask, the loop runs in between, other work finds a thread, and what is given up is read to its end."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from feeds.gateway.asking import agents, beside
from feeds.gateway.asking.archive import Archive
from feeds.gateway.asking.beside import Beside
from feeds.gateway.running.engine import Engine
from feeds.requests import AgentParams
from feeds.rules.access import audience
from tests.gateway.floors import START, a_morning, small_site, token
from tests.gateway.harness import PATIENCE_S, ToldSource, running_gateway

CROWD = 40
"""More than a loop has threads of its own."""


async def _begun() -> None:
    """Return when every task that was made has come as far as it does by itself."""
    for _ in range(100):
        await asyncio.sleep(0)


def test_what_many_make_in_slices_lets_others_run_between_any_two_of_them_and_keeps_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "SLICE_S", 0.0)
    turns = 0

    def made() -> Iterator[tuple[int, int]]:
        for number in range(50):
            yield number, turns

    async def scenario() -> list[list[tuple[int, int]]]:
        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        running, room = asyncio.create_task(other()), Beside()
        found = await asyncio.gather(*(room.in_slices(made()) for _ in range(10)))
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        return found

    found = asyncio.run(scenario())
    assert [[number for number, _ in one] for one in found] == [list(range(50))] * 10
    assert len({turn for one in found for _, turn in one}) >= 450, "the other had its turn nearly every time"


def test_what_fails_in_a_thread_fails_for_whoever_waits() -> None:
    def fails() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        asyncio.run(Beside().run(fails))


def test_a_crowd_that_asks_leaves_threads_to_what_else_needs_one_such_as_a_revoked_token() -> None:
    go = threading.Event()

    async def scenario() -> None:
        room = Beside()
        asking = [asyncio.create_task(room.run(go.wait)) for _ in range(CROWD)]
        await _begun()
        try:
            async with asyncio.timeout(PATIENCE_S):
                assert await asyncio.to_thread(lambda: "read") == "read"
        finally:
            go.set()
            await asyncio.gather(*asking)

    asyncio.run(scenario())


def test_who_waits_for_the_folding_of_a_recordings_past_keeps_no_thread_from_other_questions() -> None:
    go = threading.Event()

    class Folded:
        guard = threading.Lock()

        def legs(self, begin: int, end: int) -> Iterator[object]:
            with self.guard:
                go.wait()
            return iter(())

    async def scenario() -> None:
        before = Folded()
        engine = SimpleNamespace(session=SimpleNamespace(before=before))
        room = Beside()
        archive = Archive(cast(Engine, engine), room)
        asking = [asyncio.create_task(archive._kept(before, 0, 1)) for _ in range(CROWD)]  # type: ignore[arg-type]
        await _begun()
        try:
            async with asyncio.timeout(PATIENCE_S):
                assert await room.run(lambda: "read") == "read"
        finally:
            go.set()
            await asyncio.gather(*asking)

    asyncio.run(scenario())


def test_a_console_that_leaves_while_an_agents_day_is_read_for_it_has_nothing_of_it_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agents, "AT_A_TIME", 1 << 30)
    go, reading, take = threading.Event(), threading.Event(), agents.Diary._read

    def held_up(diary: agents.Diary, *what: object) -> int:
        reading.set()
        assert go.wait(PATIENCE_S)
        return take(diary, *what)  # type: ignore[arg-type]

    monkeypatch.setattr(agents.Diary, "_read", held_up)
    site = small_site()
    viewer = audience(site, next(one for one in site.roles if one.rights), token("all", "manager"))

    async def life() -> None:
        source = ToldSource()
        async with running_gateway(site, source, tmp_path) as gateway:
            await source.tell(*a_morning())
            told, floor = gateway.services.agents, gateway.services.engine.session.floor
            agent = next(key for key in floor.keys() if key.startswith("agent:")).partition(":")[2]  # noqa: SIM118
            asked = AgentParams(agent=agent, begin=START)
            first = asyncio.create_task(told.agent(viewer, asked))
            await asyncio.to_thread(reading.wait, PATIENCE_S)
            first.cancel()
            second = asyncio.create_task(told.agent(viewer, asked))
            await _begun()
            go.set()
            found = await second
            assert first.cancelled()
            moments = [(span.begin, span.state, span.reason) for span in found.spans]  # type: ignore[union-attr]
            assert len(moments) > 1 and moments == sorted(set(moments))

    asyncio.run(life())
