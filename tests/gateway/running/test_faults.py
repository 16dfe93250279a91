"""Faults made to happen behind a gateway: late and silent sources, full disks, restarts."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from feeds.entities import Source
from feeds.facts import AnyFact, Tick
from feeds.floor import Floor
from feeds.log.base import LogError
from tests.gateway.floors import START, a_morning, everybody_signs_in, small_site
from tests.gateway.harness import ListSource, Remembering, ToldSource, console, free_port, running_gateway, stopwatch


@pytest.mark.slow
def test_how_late_the_newest_fact_came_is_told_and_a_late_one_about_the_past_changes_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()

            def lag() -> int:
                return memory.beats[-1].sources[0].lag_ms

            async def told(ago_ms: int) -> None:
                count = len(memory.beats)
                await source.tell(Tick(at=memory.beats[-1].now - ago_ms))
                await memory.until(lambda: len(memory.beats) > count + 1)

            await source.tell()
            assert lag() == 0, "a proof of life without facts is no late fact"
            await told(600_000)
            assert 600_000 <= lag() < 640_000
            await told(0)
            assert lag() < 5_000
            await told(90_000)
            assert lag() < 5_000, "the present was told before"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_source_that_has_told_all_that_is_due_is_not_late_however_long_nothing_happens(tmp_path: Path) -> None:
    async def scenario() -> None:
        facts: list[AnyFact] = [Tick(at=START), Tick(at=START + 1000), Tick(at=START + 3_600_000)]
        async with (
            running_gateway(small_site(), ListSource(facts), tmp_path, at=START + 600_000) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            await memory.until(lambda: len(memory.beats) > 2)
            assert memory.beats[-1].sources[0].lag_ms == 0

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("source main is silent")
def test_a_source_that_falls_silent_is_told_of_within_its_five_seconds(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            assert memory.beats[-1].sources[0].state == "up"
            source.alive = False
            begun = time.monotonic()
            async with stopwatch() as passed:
                await memory.until(lambda: memory.beats[-1].sources[0].state == "silent")
                assert time.monotonic() - begun > 4.4 and passed() < 7.5
            assert memory.beats[-1].sources[0].age_ms > 5000
            await memory.until(lambda: memory.entities["source:main"].state == "silent")  # type: ignore[union-attr]
            assert memory.state == "live", "the link lives, the source does not"
            source.alive = True
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_source_that_says_why_nothing_comes_is_down_at_once_and_the_reason_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            await memory.until(lambda: source_of(memory) == ("up", ""))
            async with stopwatch() as passed:
                source.trouble = "the line is cut"
                await memory.until(lambda: source_of(memory) == ("down", "the line is cut"))
                await memory.until(lambda: memory.beats[-1].sources[0].text == "the line is cut")
                assert passed() < 4, "sooner than its silence would be noticed"
            assert memory.beats[-1].sources[0].state == "down"
            assert memory.beats[-1].pace == 0
            source.trouble = ""
            await memory.until(lambda: source_of(memory) == ("up", "") and memory.beats[-1].pace == 1)

    asyncio.run(scenario())


def source_of(memory: Remembering) -> tuple[str, str]:
    found = memory.entities.get("source:main")
    return (found.state, found.text) if isinstance(found, Source) else ("", "")


@pytest.mark.slow
@pytest.mark.logs("facts cannot be kept")
def test_a_full_disk_stops_the_floor_and_says_so_until_there_is_room(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            session = gateway.services.engine.session
            append = session.log.append

            def full(facts: object) -> int:
                raise LogError(f"{session.log.path}: no space left")

            session.log.append = full  # type: ignore[method-assign, assignment]
            telling = asyncio.create_task(source.tell(*everybody_signs_in()))
            await memory.until(lambda: memory.beats[-1].sources[0].state == "down")
            assert memory.beats[-1].pace == 0 and not telling.done()
            assert memory.beats[-1].sources[0].text == "log.floor: no space left"
            session.log.append = append  # type: ignore[method-assign]
            await telling
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")
            assert session.log.position("main") == 8
            assert memory.beats[-1].sources[0].text == ""

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("facts cannot be kept", "cannot write to its (ledger|journal)")
def test_a_file_that_sqlite_itself_finds_no_room_for_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        source, facts = ToldSource(), a_morning()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (_, memory),
        ):
            await memory.live()
            session = gateway.services.engine.session
            limited = session.log._connection  # type: ignore[attr-defined]
            limited.execute("PRAGMA max_page_count = 1")  # SQLite reads it as: no page more than there are
            telling = asyncio.create_task(source.tell(*facts))
            await memory.until(lambda: memory.beats[-1].sources[0].state == "down")
            assert "the disk is full" in memory.beats[-1].sources[0].text
            assert not telling.done() and memory.beats[-1].pace == 0
            limited.execute("PRAGMA max_page_count = 1000000")
            await telling
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")
            kept = [entry.fact for entry in session.log.entries() if entry.position is not None]
            assert kept == facts
            again = Floor(session.site)
            for entry in session.log.entries():
                again.apply(entry.fact, entry.rev)
            assert {one.key: one for one in again.entities()} == {one.key: one for one in session.floor.entities()}

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_disk_on_which_single_facts_still_find_room_counts_as_full(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            engine = gateway.services.engine
            log, append = engine.session.log, engine.session.log.append

            def nearly_full(facts: Sequence[tuple[AnyFact, int | None]]) -> int:
                if len(facts) > 1:
                    raise LogError("no space left")
                return append(facts)

            log.append = nearly_full  # type: ignore[method-assign, assignment]
            telling = asyncio.create_task(source.tell(*everybody_signs_in()))
            for number in range(4):
                await memory.until(lambda: memory.beats[-1].sources[0].state == "down")
                await engine.emit_own(Tick(at=START + number))
                rev, count = log.rev, len(memory.beats) + 1
                await memory.until(lambda r=rev, c=count: memory.beats[-1].rev >= r and len(memory.beats) >= c)
                assert memory.beats[-1].sources[0].text == "no space left"
            assert not telling.done()
            log.append = append  # type: ignore[method-assign]
            await telling
            await memory.until(lambda: memory.beats[-1].sources[0].state == "up")

    with caplog.at_level("INFO", "feeds.gateway.running.engine"):
        asyncio.run(scenario())
    said = [record.getMessage() for record in caplog.records if "be kept" in record.getMessage()]
    assert [one.partition(",")[0].partition(":")[0] for one in said] == [
        "facts cannot be kept", "facts can be kept again",
    ]  # fmt: skip


@pytest.mark.slow
def test_consoles_of_a_gateway_that_stops_are_told_to_come_back_and_do(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, facts = small_site(), a_morning()
        source = ToldSource()
        async with contextlib.AsyncExitStack() as stack:
            port = free_port()
            async with running_gateway(site, source, tmp_path, port=port) as gateway:
                memories: list[Remembering] = []
                for token in [one.id for one in site.tokens] * 3:
                    memories.append((await stack.enter_async_context(console(gateway, token)))[1])
                await asyncio.gather(*(memory.live() for memory in memories))
                await source.tell(*facts[:30])
                rev = gateway.services.engine.session.log.rev
                await asyncio.gather(*(m.until(lambda m=m: m.beats[-1].rev >= rev) for m in memories))
            assert all("restarts" in memory.states[-1][1] or memory.state != "live" for memory in memories)
            source = ToldSource()
            async with running_gateway(site, source, tmp_path, port=port) as gateway:
                await asyncio.gather(*(memory.live() for memory in memories))
                await source.tell(*facts[30:60])
                rev = gateway.services.engine.session.log.rev
                await asyncio.gather(*(m.until(lambda m=m: m.beats[-1].rev >= rev) for m in memories))
                assert {memory.snapshots for memory in memories} == {1}

    asyncio.run(scenario())
