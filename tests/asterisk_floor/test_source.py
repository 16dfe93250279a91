"""The source lives on: nights without a PBX, faults of its own, facts that cannot be kept, clocks that are changed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from config.asterisk import Asterisk
from feeds.facts import AnyFact, GapSeen
from feeds.gateway.running.attached import WallClock
from feeds.sources.asterisk import source as room
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.source import AsteriskSource
from tests.asterisk_floor.paper_pbx import PaperPbx
from tests.asterisk_floor.watched import site_of

PATIENCE_S = 10.0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts follow each other at once."""
    monkeypatch.setattr(room, "RETRY_MOST_S", 0.0)


@contextlib.asynccontextmanager
async def running(
    pbx: PaperPbx, emit: Callable[[Sequence[tuple[AnyFact, int | None]]], Awaitable[None]] | None = None
) -> AsyncIterator[tuple[AsteriskSource, asyncio.Task[None]]]:
    async def take(facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        """Facts are kept at once."""

    source = AsteriskSource(site_of(Asterisk()), pbx)
    task = asyncio.create_task(source.run(WallClock(), emit or take, 0))
    try:
        yield source, task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], bool], task: asyncio.Task[None]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            assert not task.done(), "the source has ended"
            await asyncio.sleep(0)


@pytest.mark.usefixtures("quick")
@pytest.mark.logs("no word from Asterisk.*")
def test_a_pbx_that_is_away_for_two_thousand_attempts_is_followed_when_it_comes_back() -> None:
    async def story() -> None:
        pbx = PaperPbx()
        pbx.refuses = True
        async with running(pbx) as (source, task):
            await until(lambda: pbx.opened > 2000, task)
            assert source.trouble == "nobody there"
            pbx.refuses = False
            await until(lambda: not source.trouble, task)

    asyncio.run(story())


@pytest.mark.usefixtures("quick")
@pytest.mark.logs("what Asterisk said could not be used.*")
def test_a_fault_of_its_own_ends_a_connection_and_not_the_source() -> None:
    async def story() -> None:
        pbx = PaperPbx()
        async with running(pbx) as (source, task):
            await until(lambda: not source.trouble, task)

            def fault(due: int) -> None:
                raise KeyError("a fault")

            source.model.agenda.at(source.model.now, fault)
            await until(lambda: pbx.opened == 2 and not source.trouble, task)

    asyncio.run(story())


@pytest.mark.usefixtures("quick")
@pytest.mark.logs("no word from Asterisk.*")
def test_events_that_cannot_be_kept_are_dropped_with_their_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BACKLOG", 50)

    async def story() -> None:
        pbx, stuck, free = PaperPbx(), asyncio.Event(), asyncio.Event()

        async def emit(facts: Sequence[tuple[AnyFact, int | None]]) -> None:
            if facts and stuck.is_set():
                await free.wait()

        async with running(pbx, emit) as (source, task):
            await until(lambda: not source.trouble, task)
            stuck.set()
            arrival = "Event: QueueCallerJoin\r\nChannel: PJSIP/trunk-1\r\nUniqueid: {}\r\nQueue: claims"
            for number in range(500):
                pbx.hear([Message(arrival.format(number))])
                await asyncio.sleep(0)
            assert source._waiting <= 51
            await until(lambda: "wait to be kept" in source.trouble, task)
            free.set()
            await until(lambda: not source.trouble, task)

    asyncio.run(story())


@pytest.mark.usefixtures("quick")
@pytest.mark.logs("no word from Asterisk: a clock was changed.*", "Asterisk's clock is .*")
def test_a_clock_that_is_changed_begins_a_connection_with_the_new_difference() -> None:
    async def story() -> None:
        pbx = PaperPbx()
        async with running(pbx) as (source, task):
            await until(lambda: not source.trouble, task)
            pbx.offset_ms = 5000
            await until(lambda: pbx.opened == 2 and not source.trouble, task)
            assert source.model.offset_ms == 5000

    asyncio.run(story())


def test_wrap_up_times_that_a_reload_changes_are_those_that_count_from_then_on() -> None:
    async def story() -> None:
        pbx = PaperPbx()
        lines = "Response: Success\r\nCategory-000000: claims\r\nLine-000000-000000: wrapuptime={}"
        pbx.configured = lines.format(4)
        async with running(pbx) as (source, task):
            wraps = source.model.people
            await until(lambda: wraps.queue_wraps == {"claims": 4}, task)
            for configured, expected in ((lines.format(9), {"claims": 9}), ("Response: Error", {"claims": 9})):
                pbx.configured = configured
                pbx.hear([Message("Event: Reload\r\nModule: app_queue")])
                await until(lambda: not source._resync_wanted.is_set(), task)
                await until(lambda: wraps.queue_wraps == expected, task)  # noqa: B023

    asyncio.run(story())


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
@pytest.mark.logs("no word from Asterisk: (does not answer|nobody there)")
def test_a_gap_begins_where_asterisk_fell_silent_and_not_where_that_was_noticed() -> None:
    gaps: list[GapSeen] = []

    async def take(facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        gaps.extend(fact for fact, _ in facts if isinstance(fact, GapSeen))

    async def story() -> None:
        pbx = PaperPbx()
        async with running(pbx, take) as (source, task):
            await until(lambda: not source.trouble, task)
            pbx.hear([Message("Event: FullyBooted")])
            silent = source._heard_at
            await until(lambda: source.model.now > silent + 500, task)
            pbx.refuses = True
            pbx.give_up("does not answer")
            await until(lambda: pbx.opened == 3, task)
            pbx.hear([Message("Event: FullyBooted")])  # a connection that comes to nothing proves nothing
            pbx.refuses = False
            await until(lambda: len(gaps) == 2, task)
            assert gaps[1].begin == silent
            assert gaps[1].end > silent + 500

    asyncio.run(story())
