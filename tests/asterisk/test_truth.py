"""What a real Asterisk does is what the floor shows: calls, seats, wrap-up, transfers, and its own books agree."""

from __future__ import annotations

import asyncio
import dataclasses
import math
from pathlib import Path
from typing import TypeVar

from config.load import load
from feeds.facts import GapSeen, SourceChecked
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.attached import open_capture
from feeds.gateway.running.shelf import Shelf, Wish
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import PracticePeople, manager_of, phones_of, small_floor, whole_floor
from tests.asterisk.gateways import Books, calls_of, durations, figure, logged_counts, seat_state, watched
from tests.asterisk.stories import CALLER, OTHER_CALLER, a_talk


def test_a_call_waits_rings_is_talked_held_ended_and_worked_on(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor(wrapup=2))

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, watched(floor, tmp_path) as (_, _, memory):
            await memory.until(lambda: seat_state(memory, "8001") == "ready")
            assert seat_state(memory, "8002") in ("", "offline"), "its phone is not there"
            call = await phones.call("95501", CALLER)
            ringing = await phones["8001"].next_call()
            await memory.until(lambda: [one.state for one in calls_of(memory, "claims")] == ["ringing"])
            assert calls_of(memory)[0].number == CALLER
            assert seat_state(memory, "8001") == "ringing"
            talk = await ringing.answer()
            await memory.until(lambda: [one.state for one in calls_of(memory, "claims")] == ["talking"])
            assert seat_state(memory, "8001") == "talking"
            await call.until_connected()
            await talk.hold()
            await memory.until(lambda: seat_state(memory, "8001") == "hold")
            await talk.resume()
            await memory.until(lambda: seat_state(memory, "8001") == "talking")
            await talk.hang_up()
            await memory.until(lambda: seat_state(memory, "8001") == "acw")
            assert [one.state for one in calls_of(memory)] == ["acw"]
            await memory.until(lambda: seat_state(memory, "8001") == "ready" and not calls_of(memory))

    asyncio.run(story())


def test_a_transferred_caller_waits_again_and_the_first_leg_says_that_it_was_passed_on(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor(agents=2, strategy="linear"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, watched(floor, tmp_path) as (_, _, memory):
            call, talk = await a_talk(phones)
            await talk.blind_transfer("95502")
            await memory.until(lambda: bool(calls_of(memory, "inquiry")))
            await (await phones["8002"].next_call()).answer()
            await memory.until(lambda: seat_state(memory, "8002") == "talking")
            await call.hang_up()
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    first, second = sorted(Books(tmp_path).legs.values(), key=lambda leg: leg.joined_at)
    assert (first.queue, first.transferred, first.agent) == ("claims", "blind", "8001")
    assert (second.queue, second.came_from, second.agent) == ("inquiry", first.leg, "8002")


def test_who_takes_over_by_an_attended_transfer_talks_and_the_first_agent_is_in_wrap_up(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor(agents=2, strategy="linear"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, watched(floor, tmp_path) as (_, _, memory):
            _, talk = await a_talk(phones)
            handing_over = asyncio.create_task(talk.attended_transfer("8002", 520))
            ringing = await phones["8002"].next_call()
            await memory.until(lambda: seat_state(memory, "8001") == "hold")
            await ringing.answer(hz=520)
            await handing_over
            await memory.until(lambda: (seat_state(memory, "8001"), seat_state(memory, "8002")) == ("acw", "talking"))
            await memory.until(lambda: seat_state(memory, "8001") == "ready")

    asyncio.run(story())
    (leg,) = Books(tmp_path).legs.values()
    assert (leg.transferred, leg.agent) == ("attended", "8001")


def test_a_caller_who_takes_the_place_of_the_agents_own_waiting_call_waits_there_and_nobody_has_given_up(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor(agents=2, strategy="linear", wrapup=2))

    async def story() -> None:
        async with (
            phones_of(floor, "8001") as phones,
            watched(floor, tmp_path) as (_, _, memory),
            manager_of(floor, "everything") as manager,
        ):
            call, talk = await a_talk(phones)
            await talk.hold()
            click = {"Channel": "PJSIP/8001", "Context": "numbers", "Exten": "95502", "Priority": "1", "Async": "true"}
            await manager.action("Originate", **click)
            own = await (await phones["8001"].next_call()).answer()
            await memory.until(lambda: bool(calls_of(memory, "inquiry")))
            await talk.join(own)
            await memory.until(lambda: seat_state(memory, "8001") == "acw")
            assert [one.state for one in calls_of(memory, "inquiry")] == ["waiting"]
            await phones.plug("8002")
            await (await phones["8002"].next_call()).answer()
            await memory.until(lambda: seat_state(memory, "8002") == "talking")
            await call.hang_up()
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    books = Books(tmp_path)
    assert books.counts() == logged_counts(floor)
    assert [leg.outcome for leg in books.legs.values()] == ["answered", "answered"]


def test_pauses_show_their_reason_and_a_phone_that_nobody_answers_is_paused(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor(timeout=1, autopause="yes"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, watched(floor, tmp_path) as (_, _, memory):
            floor.cli("queue pause member PJSIP/8002 queue claims reason 小休")
            await memory.until(lambda: seat_state(memory, "8002") == "break")
            await phones.call("95501", CALLER)
            await (await phones["8001"].next_call()).until_stopped()
            await memory.until(lambda: seat_state(memory, "8001") == "not_responding")

    asyncio.run(story())


def test_a_caller_who_gives_up_a_queue_that_is_full_and_one_whose_time_is_over(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(dataclasses.replace(small_floor(capacity=1), max_wait=3))

    async def story() -> None:
        async with phones_of(floor) as phones, watched(floor, tmp_path) as (_, _, memory):
            first = await phones.call("95501", CALLER)
            await memory.until(lambda: len(calls_of(memory, "claims")) == 1)
            await phones.call("95501", OTHER_CALLER)
            await memory.until(lambda: figure(memory, "queue:claims", "blocked") == 1)
            await first.hang_up()
            await memory.until(lambda: not calls_of(memory))
            await phones.call("95502", CALLER)
            await memory.until(lambda: len(calls_of(memory, "inquiry")) == 1)
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    legs = sorted(Books(tmp_path).legs.values(), key=lambda leg: leg.joined_at)
    assert [(leg.outcome, leg.flow_kind) for leg in legs] == [
        ("abandoned", None), ("blocked", None), ("flow_out", "timeout")
    ]  # fmt: skip


Far = TypeVar("Far")


def most(ascending: list[Far]) -> Far:
    """What nineteen of twenty do not go beyond."""
    return ascending[len(ascending) * 19 // 20]


def test_asterisks_own_books_agree_after_minutes_of_everything(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(whole_floor())

    async def story() -> None:
        with PracticePeople(floor) as people:
            async with watched(floor, tmp_path, resync_s=10, capture=tmp_path / "said.ami") as (_, _, memory):
                await asyncio.to_thread(people.calls, 6, 20, 17, 15, 3, 5)
                await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    books = Books(tmp_path)
    assert books.counts() == logged_counts(floor)
    assert sum(counted["joined"] for counted in books.counts().values()) > 200
    assert not books.floor.state.oddities
    # Asterisk counts whole seconds, one more or less, and on a busy machine writes a line later than it tells of it.
    apart = sorted((abs(ours - theirs), leg, ours, theirs) for leg, ours, theirs in durations(floor, books))
    assert most(apart)[0] <= 1.0, most(apart)
    assert apart[-1][0] <= 3.0, apart[-1]
    checks = [fact for fact in books.facts if isinstance(fact, SourceChecked)]
    assert len(checks) >= 3
    assert checks[-1].drift == 0, checks[-1].found
    assert len([fact for fact in books.facts if isinstance(fact, GapSeen)]) == 1, "before the gateway came"
    _told_again(tmp_path, books)


def _told_again(folder: Path, books: Books) -> None:
    """What Asterisk said, played as a capture, gives the same calls."""
    store = Store(folder / "capture.db")
    site = load(folder / "site")

    async def play() -> None:
        engine = open_capture(site, Wish("ami-capture", speed=math.inf), folder / "said.ami", Shelf(folder, store))
        gateway = Gateway(site, engine, store)
        await gateway.start("127.0.0.1", 0)
        await asyncio.wait_for(engine.ended.wait(), 60)
        await gateway.stop()

    try:
        asyncio.run(play())
    finally:
        store.close()
    again = Books(folder, "capture")
    assert again.counts() == books.counts()
    assert again.legs.keys() == books.legs.keys()
    apart: list[tuple[int, str]] = []
    for name, leg in again.legs.items():
        live = books.legs[name]
        assert (leg.outcome, leg.agent) == (live.outcome, live.agent)
        if leg.booked_at is None and leg.outcome == "answered":
            continue  # no word behind the last one says that its wrap-up is over
        apart.append((abs((leg.talk_ms or 0) - (live.talk_ms or 0)), name))
    apart.sort()
    # A live floor's clock may have passed an event that came late, on a busy machine by a second.
    assert most(apart)[0] < 250, most(apart)
    assert apart[-1][0] < 1500, apart[-1]
