"""Listening on a real Asterisk, proved by spectrum: who hears whom in which mode, without a gap, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from feeds.gateway.consoles.serve import Gateway
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import AsteriskFloor, Call, Member, Phones, QueuePlan, Talk, phones_of, small_floor
from tests.asterisk.floor.plan import Way
from tests.asterisk.listeners import (
    Channels,
    Speaker,
    console_hears,
    listening_gateway,
    phone_hears,
    samples,
    spectrum,
    who_is_heard,
)  # fmt: skip
from tests.asterisk.stories import AGENT_HZ, CALLER_HZ, SUPERVISOR_HZ, a_talk
from tests.gateway.harness import stopwatch
from tests.listening.taps import give, hearing

BOTH = {"agent", "caller"}


@contextlib.asynccontextmanager
async def a_talk_to_hear(
    floor: AsteriskFloor, folder: Path
) -> AsyncIterator[tuple[Gateway, Channels, Phones, Call, Talk]]:
    """A caller and an agent who talk in tones, and a gateway that may be asked to listen."""
    async with phones_of(floor, "8001", "7001") as phones, listening_gateway(floor, folder) as (gateway, channels):
        call, talk = await a_talk(phones)
        await channels.look()
        yield gateway, channels, phones, call, talk


@contextlib.asynccontextmanager
async def saying(speaker: Speaker) -> AsyncIterator[None]:
    task = asyncio.create_task(speaker.say(), name="test supervisor")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def settle(talk: Talk, hears: set[str], deadline: float = 20.0) -> None:
    """Return once exactly those are heard at a phone: a switch takes as long as sound is on its way."""
    async with asyncio.timeout(deadline):
        while True:
            loud = spectrum(await talk.sound.next_heard(0.2))
            if {who for who, level in loud.items() if level > 1000} == hears:
                return


def test_who_hears_the_supervisor_is_what_the_mode_says_and_the_supervisor_hears_both(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, _, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            result = await give(link, "listening.start", seat="s0")
            number = (await memory.session("on")).session
            await memory.order(result, "done")
            async with saying(Speaker(link, number)):
                # Listen twice: what was said to somebody before must not go on to be heard.
                for mode in ("listen", "whisper", "barge", "whisper", "listen"):
                    if mode != memory.sessions()[-1].mode:
                        done = await give(link, "listening.mode", session=number, mode=mode)
                        assert done.state == "done", done.text
                    agent_hears = {"caller"} | ({"supervisor"} if mode != "listen" else set())
                    caller_hears = {"agent"} | ({"supervisor"} if mode == "barge" else set())
                    await settle(talk, agent_hears)
                    await settle(call, caller_hears)
                    heard = await asyncio.gather(phone_hears(talk), phone_hears(call), console_hears(memory))
                    assert [who_is_heard(one) for one in heard] == [agent_hears, caller_hears, BOTH], mode

    asyncio.run(story())


def test_modes_are_switched_without_a_gap_in_what_the_supervisor_hears(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, _, _, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0")
            number = (await memory.session("on")).session
            await console_hears(memory)
            begun = len(memory.sounds)
            for mode in ("whisper", "barge", "listen", "barge", "whisper", "listen"):
                assert (await give(link, "listening.mode", session=number, mode=mode)).state == "done"
                await console_hears(memory, 0.2)
            sounds = memory.sounds[begun:]
            times = [one.at_ms for one in sounds]
            assert times == list(range(times[0], times[0] + 20 * len(times), 20))
            for first in range(len(sounds) - 5):
                window = spectrum(samples(sounds[first : first + 5]))
                assert min(window["agent"], window["caller"]) > 4000, f"a gap at {20 * first} ms"
            assert not talk.ended.is_set()

    asyncio.run(story())


def test_the_end_of_the_call_ends_the_session_and_a_stop_leaves_the_call_alone(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, channels, _, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", call="l1")
            number = (await memory.session("on")).session
            await give(link, "listening.stop", session=number)
            await memory.session("ended")
            assert not [name for name in await channels.look() if name.startswith("WebSocket/")]
            await call.sound.hears(AGENT_HZ)
            await talk.sound.hears(CALLER_HZ)
            await give(link, "listening.start", call="l1")
            await memory.until(lambda: memory.sessions()[-1].session != number)
            await memory.session("on")
            async with stopwatch() as passed:
                await call.hang_up()
                assert (await memory.session("ended")).reason == "the agent is not on this call any more"
                assert passed() < 2

    asyncio.run(story())


def test_a_lost_console_ends_the_spying_on_the_pbx_and_the_call_goes_on(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, channels, _, call, _),
            hearing(gateway, "all-manager") as (_, watcher),
        ):
            async with hearing(gateway, "all-manager") as (link, memory):
                await give(link, "listening.start", seat="s0")
                await memory.session("on")
                assert [name for name in await channels.look() if name.startswith("WebSocket/")]
            async with stopwatch() as passed:
                await watcher.session("ended")
                assert not [name for name in await channels.look() if name.startswith("WebSocket/")]
                assert passed() < 2
            await call.sound.hears(AGENT_HZ)

    asyncio.run(story())


def test_a_lost_pbx_ends_the_session(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, *_),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0")
            await memory.session("on")
            async with stopwatch() as passed:
                floor.kill()
                assert "broke" in (await memory.session("ended")).reason or "lost" in memory.sessions()[-1].reason
                assert passed() < 2
            await memory.until(lambda: gateway.services.orders.listening.tapper.trouble() is not None)  # type: ignore[union-attr]
            refused = await give(link, "listening.start", seat="s0")
            assert (refused.state, refused.text) == ("refused", "Asterisk is not connected now")

    asyncio.run(story())


def test_a_call_that_is_taken_over_leaves_the_supervisor_and_the_caller_alone(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, _, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0", mode="barge")
            number = (await memory.session("on")).session
            async with saying(Speaker(link, number)):
                await settle(call, {"agent", "supervisor"})
                done = await give(link, "listening.mode", session=number, mode="take over")
                assert done.state == "done" and "the agent's phone was hung up" in done.text
                assert await talk.until_ended() == "they hung up"
                await settle(call, {"supervisor"})
                assert who_is_heard(await console_hears(memory)) == {"caller"}
                assert memory.sessions()[-1].state == "on"
                await give(link, "listening.stop", session=number)
                assert await call.until_ended() == "they hung up"
                await memory.session("ended")

    asyncio.run(story())


def test_an_agent_behind_a_local_channel_is_heard_whispered_to_and_relieved_all_the_same(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    queue = QueuePlan("claims", "95501", (Member("8001", 0, "local"),))
    floor = make_floor(dataclasses.replace(small_floor(1), queues=(queue,)))

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, _, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0", mode="whisper")
            number = (await memory.session("on")).session
            async with saying(Speaker(link, number)):
                await settle(talk, {"caller", "supervisor"})
                heard = await asyncio.gather(phone_hears(talk), phone_hears(call), console_hears(memory))
                assert [who_is_heard(one) for one in heard] == [{"caller", "supervisor"}, {"agent"}, BOTH]
                await give(link, "listening.mode", session=number, mode="take over")
                await talk.until_ended()
                await settle(call, {"supervisor"})
                assert who_is_heard(await console_hears(memory)) == {"caller"}

    asyncio.run(story())


def test_a_silent_line_is_waited_for_and_heard_when_somebody_speaks(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, _, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
            hearing(gateway, "all-manager") as (other, another),
        ):
            call.sound.hz = talk.sound.hz = 0.0
            result = await give(link, "listening.start", seat="s0")
            await give(other, "listening.start", seat="s0")
            await memory.session("waiting")
            await another.until(lambda: [one.state for one in another.sessions()] == ["waiting", "waiting"])
            assert memory.sounds == [] and memory.entities[f"order:{result.order}"].state == "running"  # type: ignore[union-attr]
            call.sound.hz = CALLER_HZ
            await memory.order(result, "done")
            await another.until(lambda: [one.state for one in another.sessions()] == ["on", "on"])
            assert who_is_heard(await console_hears(memory)) == who_is_heard(await console_hears(another)) == {"caller"}
            # The line falls silent: what comes to the console goes on evenly, as silence.
            call.sound.hz = 0.0
            begun = len(memory.sounds)
            await memory.until(lambda: len(memory.sounds) > begun + 50 and not any(memory.sounds[-1].pcm))
            times = [one.at_ms for one in memory.sounds[begun:]]
            assert times == list(range(times[0], times[0] + 20 * len(times), 20))
            talk.sound.hz = AGENT_HZ
            await memory.until(lambda: any(memory.sounds[-1].pcm))

    asyncio.run(story())


@pytest.mark.parametrize("way", ["pjsip", "local"])
def test_a_caller_who_was_taken_over_waits_in_the_queue_again_when_the_console_is_lost(
    make_floor: MakeFloor, tmp_path: Path, way: Way
) -> None:
    queue = QueuePlan("claims", "95501", (Member("8001", 0, way),), wrapup=0)
    floor = make_floor(dataclasses.replace(small_floor(1), queues=(queue,)))

    async def story() -> None:
        async with a_talk_to_hear(floor, tmp_path) as (gateway, _, phones, call, talk):
            async with hearing(gateway, "all-manager") as (link, memory):
                await give(link, "listening.start", seat="s0", mode="take_over")
                await memory.session("on")
                await talk.until_ended()
            second = await (await phones["8001"].next_call()).answer(hz=520)
            await call.sound.hears(520)
            await second.sound.hears(CALLER_HZ)

    asyncio.run(story())


def test_a_supervisors_own_phone_listens_and_speaks_as_the_mode_says(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, phones, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            phones["7001"].answer_by_itself(hz=SUPERVISOR_HZ)
            result = await give(link, "listening.start", seat="s0", phone="7001")
            own = await phones["7001"].next_talk()
            number = (await memory.session("on")).session
            assert "your phone is joined" in await memory.order(result, "done")
            for mode in ("listen", "whisper", "barge", "listen"):
                if mode != memory.sessions()[-1].mode:
                    assert (await give(link, "listening.mode", session=number, mode=mode)).state == "done"
                agent_hears = {"caller"} | ({"supervisor"} if mode != "listen" else set())
                caller_hears = {"agent"} | ({"supervisor"} if mode == "barge" else set())
                await settle(talk, agent_hears)
                await settle(call, caller_hears)
                heard = await asyncio.gather(phone_hears(talk), phone_hears(call), phone_hears(own))
                assert [who_is_heard(one) for one in heard] == [agent_hears, caller_hears, BOTH], mode
            assert memory.sounds == []
            await give(link, "listening.mode", session=number, mode="take over")
            await talk.until_ended()
            await settle(call, {"supervisor"})
            await own.hang_up()
            await memory.session("ended")
            await call.until_ended()

    asyncio.run(story())


def test_the_keys_of_a_supervisors_own_phone_do_not_change_behind_the_gateways_back_who_hears_it(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    """The floor and the books say that nobody hears the supervisor, so nobody may."""
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, phones, call, talk),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            phones["7001"].answer_by_itself(hz=SUPERVISOR_HZ)
            await give(link, "listening.start", seat="s0", phone="7001")
            own = await phones["7001"].next_talk()
            await memory.session("on")
            await settle(own, BOTH)
            for key in "56*#":
                own.sound.press(key)
                heard = await asyncio.gather(phone_hears(talk, 0.8), phone_hears(call, 0.8))
                assert [who_is_heard(one) for one in heard] == [{"caller"}, {"agent"}], key
            assert not own.ended.is_set() and memory.sessions()[-1].mode == "listen"

    asyncio.run(story())


def test_a_phone_that_is_not_there_fails_the_order_in_clear_words(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, phones, *_),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            result = await give(link, "listening.start", seat="s0", phone="7002")
            assert "cannot reach the phone 7002" in await memory.order(result, "failed")
            assert memory.entities[f"order:{result.order}"].code == "listen.unreachable"  # type: ignore[union-attr]
            phones["7001"].refuse_by_itself(486)
            result = await give(link, "listening.start", seat="s0", phone="7001")
            assert await memory.order(result, "failed") == "the phone 7001 is busy"

    asyncio.run(story())


def test_a_phone_does_not_ring_on_for_a_call_that_is_over_and_its_hang_up_is_no_end_of_the_call(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, _, phones, call, _),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0", phone="7001")
            own = await (await phones["7001"].next_call()).answer()
            await memory.session("on")
            await own.hang_up()
            assert (await memory.session("ended")).reason == "the phone 7001 hung up"
            result = await give(link, "listening.start", seat="s0", phone="7001")
            ringing = await phones["7001"].next_call()
            await call.hang_up()
            assert await memory.order(result, "failed") == "the agent is not on this call any more"
            await ringing.until_stopped(3)

    asyncio.run(story())


@pytest.mark.logs("without a token that is expected")
def test_nobody_else_comes_through_the_media_door(make_floor: MakeFloor, tmp_path: Path) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with (
            a_talk_to_hear(floor, tmp_path) as (gateway, *_),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0")
            await memory.session("on")
            for path in ("/media", "/media?token=", "/media?listen=x&token=guess", "/media?token=a&token=b"):
                with pytest.raises(InvalidStatus, match="403"):
                    async with connect(f"ws://127.0.0.1:{floor.ports.media}{path}", subprotocols=["media"]):  # type: ignore[list-item]
                        pass

    asyncio.run(story())
