"""Faults of a real Asterisk, and of the gateway beside it: each ends in a true floor and a clear word."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from pathlib import Path

import pytest

from feeds.entities import Source
from feeds.facts import GapSeen
from feeds.sources.asterisk.source import AsteriskSource
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import FloorPlan, Member, QueuePlan, many_queues, phones_of, small_floor
from tests.asterisk.floor.configuration import write_plan
from tests.asterisk.gateways import (
    SUPERVISOR,
    Books,
    attached,
    calls_of,
    ended,
    order,
    seat_state,
    source_of,
    watched,
)  # fmt: skip
from tests.asterisk.stories import CALLER, OTHER_CALLER, a_talk
from tests.gateway.harness import Remembering, console, stopwatch

LOST = r"no word from Asterisk.*"
GONE = (LOST, r"Asterisk was started again.*")


def linear(**changes: object) -> FloorPlan:
    return small_floor(strategy="linear", **changes)


def trouble(memory: Remembering) -> str:
    found = memory.entities.get("source:main")
    return found.text if isinstance(found, Source) else ""


def states_of(memory: Remembering) -> list[str]:
    return sorted(call.state for call in calls_of(memory))


@pytest.mark.logs(*GONE)
def test_after_a_restart_its_calls_are_lost_and_the_floor_is_true_again(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(linear())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (_, link, memory):
            await a_talk(phones)
            await memory.until(lambda: [call.state for call in calls_of(memory)] == ["talking"])
            await asyncio.to_thread(floor.kill)
            await memory.until(lambda: source_of(memory) == "down")
            assert "Asterisk" in trouble(memory)
            result = await order(link, "seat.pause", seat="8001", reason="会议")
            assert (result.state, result.text) == ("failed", "Asterisk is not connected: nothing was done")
            await asyncio.to_thread(floor.start)
            await memory.until(lambda: source_of(memory) == "up")
            await memory.until(lambda: not calls_of(memory))
            assert trouble(memory) == ""

    asyncio.run(story())
    books = Books(tmp_path)
    (leg,) = books.legs.values()
    assert (leg.outcome, leg.talk_ms is not None) == ("answered", True)
    assert len([fact for fact in books.facts if isinstance(fact, GapSeen)]) == 2, "before the gateway, and the outage"
    assert not books.floor.state.oddities


@pytest.mark.logs(LOST)
def test_a_frozen_asterisk_is_found_within_seconds_and_what_it_did_not_tell_is_looked_up(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(linear())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (_, link, memory):
            await a_talk(phones)
            await memory.until(lambda: seat_state(memory, "8001") == "talking")
            async with stopwatch() as passed:
                floor.freeze()
                asked = asyncio.create_task(ended(link, memory, "seat.pause", seat="8001", reason="会议"))
                await memory.until(lambda: source_of(memory) == "down")
                assert passed() < 8
            assert (await asked)[0] == "unknown", "it may have happened"
            floor.thaw()
            await memory.until(lambda: source_of(memory) == "up")
            assert [call.state for call in calls_of(memory)] == ["talking"]
            await memory.until(lambda: seat_state(memory, "8001") == "talking")

    asyncio.run(story())
    assert not Books(tmp_path).floor.state.oddities


@pytest.mark.logs(LOST)
def test_a_cut_connection_loses_no_call_that_goes_on(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(linear())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (gateway, _, memory):
            call, talk = await a_talk(phones)
            await talk.hold()
            await memory.until(lambda: seat_state(memory, "8001") == "hold")
            waiting = await phones.call("95502", OTHER_CALLER)
            await memory.until(lambda: len(calls_of(memory, "inquiry")) == 1)
            source = gateway.services.engine.source
            assert isinstance(source, AsteriskSource)
            first = source.pbx._events
            assert first is not None
            first._writer.transport.abort()
            await memory.until(lambda: source.pbx._events not in (None, first) and not source.trouble)
            assert seat_state(memory, "8001") == "hold"
            assert len(calls_of(memory, "inquiry")) == 1
            await waiting.hang_up()
            await call.hang_up()
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    books = Books(tmp_path)
    assert sorted(leg.outcome for leg in books.legs.values()) == ["abandoned", "answered"]
    assert not books.floor.state.oddities


def test_a_gateway_that_starts_again_goes_on_with_the_calls_that_still_are(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(linear(agents=2))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones:
            async with watched(floor, tmp_path) as (gateway, _, memory):
                kept, talk = await a_talk(phones)
                lost = await phones.call("95501", OTHER_CALLER)
                await (await phones["8002"].next_call()).answer()
                waiting = await phones.call("95501", "13700000003")
                await memory.until(lambda: states_of(memory) == ["talking", "talking", "waiting"])
                epoch = gateway.services.engine.session.epoch
            await talk.hold()  # nobody is there to hear of it
            await lost.hang_up()
            await waiting.hang_up()
            async with watched(floor, tmp_path) as (gateway, _, memory):
                assert gateway.services.engine.session.epoch == epoch
                await memory.until(lambda: [call.number for call in calls_of(memory)] == [CALLER])
                await memory.until(lambda: seat_state(memory, "8001") == "hold")
                await talk.resume()
                await memory.until(lambda: seat_state(memory, "8001") == "talking")
                await talk.hang_up()
                await memory.until(lambda: not calls_of(memory))
            assert kept.ended.is_set()

    asyncio.run(story())
    books = Books(tmp_path)
    assert sorted((leg.number, leg.outcome) for leg in books.legs.values()) == [
        ("13700000003", "abandoned"), (CALLER, "answered"), (OTHER_CALLER, "answered")
    ]  # fmt: skip
    assert not books.floor.state.oddities


def test_a_gateway_that_comes_into_a_busy_floor_shows_it_and_marks_what_it_did_not_see(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(linear())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones:
            _, talk = await a_talk(phones)
            await phones.call("95502", OTHER_CALLER)
            async with watched(floor, tmp_path) as (_, _, memory):
                await memory.until(lambda: seat_state(memory, "8001") == "talking")
                await memory.until(lambda: states_of(memory) == ["talking", "waiting"])
                await talk.hang_up()
                await memory.until(lambda: not calls_of(memory, "claims"))

    asyncio.run(story())
    books = Books(tmp_path)
    assert any(isinstance(fact, GapSeen) for fact in books.facts)
    assert not books.floor.state.oddities


def test_a_reload_that_drops_reasons_and_members_is_seen(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(linear())

    async def story() -> None:
        async with phones_of(floor, "8001", "8002"), watched(floor, tmp_path) as (_, _, memory):
            await memory.until(lambda: seat_state(memory, "8002") == "ready")
            plan = floor.plan.with_queue("claims", members=(Member("8001"),))
            await asyncio.to_thread(floor.change, plan)
            await memory.until(lambda: seat_state(memory, "8002") == "offline")
            assert seat_state(memory, "8001") == "ready"

    asyncio.run(story())


@pytest.mark.parametrize("command", ["module reload app_queue.so", "queue reload all"])
def test_a_wrap_up_time_that_was_edited_and_reloaded_is_shown(
    make_floor: MakeFloor, tmp_path: Path, command: str
) -> None:
    floor = make_floor(linear(wrapup=1))

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path, resync_s=5) as (gateway, _, memory):
            source = gateway.services.engine.source
            assert isinstance(source, AsteriskSource)
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            write_plan(floor.workspace, floor.plan.with_queue("claims", wrapup=5))
            await asyncio.to_thread(floor.cli, command)
            await memory.until(lambda: source.model.people.queue_wraps["claims"] == 5)
            _, talk = await a_talk(phones)
            begun = time.monotonic()
            await talk.hang_up()
            await memory.until(lambda: seat_state(memory, "8001") == "acw")
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            assert time.monotonic() - begun > 3

    asyncio.run(story())


@pytest.mark.logs(r"queue extra is not in the site folder.*", r"agent 8003.*is not in the site folder.*")
def test_a_queue_that_the_site_does_not_know_is_shown_under_its_own_name(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(linear())
    known = floor.plan

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (_, _, memory):
            extra = QueuePlan("extra", "95509", (Member("8001"),))
            await asyncio.to_thread(floor.change, dataclasses.replace(known, queues=(*known.queues, extra)))
            await phones.call("95509", CALLER)
            await memory.until(lambda: len(calls_of(memory, "extra")) == 1)
            assert "queue:extra" in memory.entities

    asyncio.run(story())


def test_an_agent_with_two_phones_is_one_seat(make_floor: MakeFloor, tmp_path: Path) -> None:
    two = small_floor(members=(Member("8001"), Member("8001", way="local")))
    floor = make_floor(two)

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (_, _, memory):
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            call, talk = await a_talk(phones)
            await memory.until(lambda: seat_state(memory, "8001") == "talking")
            assert [(one.queue, one.agent) for one in calls_of(memory)] == [("claims", "8001")]
            await talk.hang_up()
            await call.until_ended()
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())


def test_a_thousand_queues_are_shown_within_seconds(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(many_queues(1000))

    async def story() -> None:
        async with (
            phones_of(floor, "8001", "8002") as phones,
            attached(floor, tmp_path) as gateway,
            console(gateway, SUPERVISOR) as (_, memory),
        ):
            await memory.until(lambda: source_of(memory) == "up")
            assert len([key for key in memory.entities if key.startswith("queue:")]) == 1000
            await phones.call("960001", CALLER)
            await (await phones["8002"].next_call()).answer()
            await memory.until(lambda: seat_state(memory, "8002") == "talking")

    asyncio.run(story())
