"""Calls on a real Asterisk, with phones: queued, ringing, answered, held, transferred, given up, ended."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import Member, QueuePlan, manager_of, phones_of, small_floor
from tests.asterisk.floor.plan import Way, members
from tests.asterisk.stories import AGENT_HZ, CALLER, CALLER_HZ, OTHER_CALLER, a_talk, logged


def test_a_call_is_queued_rings_is_answered_and_ends(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            call = await phones.call("95501", CALLER, hz=CALLER_HZ)
            joined = await manager.until(Event="QueueCallerJoin", Queue="claims")
            assert joined["CallerIDNum"] == CALLER
            ringing = await phones["8001"].next_call()
            assert ringing.caller == CALLER
            talk = await ringing.answer(hz=AGENT_HZ)
            assert await call.until_connected() == "8001"
            connected = await manager.until(Event="AgentConnect", Queue="claims")
            assert (connected["Interface"], connected["Uniqueid"]) == ("PJSIP/8001", joined["Uniqueid"])
            await call.sound.hears(AGENT_HZ)
            await talk.sound.hears(CALLER_HZ)
            await talk.hang_up()
            assert await call.until_ended() == "they hung up"
            assert (await manager.until(Event="AgentComplete"))["Reason"] == "agent"

    asyncio.run(story())
    assert logged(floor) == [("claims", "ENTERQUEUE"), ("claims", "CONNECT"), ("claims", "COMPLETEAGENT")]


def test_what_began_a_talk_is_told_to_a_gateway_that_connects_later(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones:
            await a_talk(phones)
            async with manager_of(floor, "gateway") as late:
                rows = await late.rows("CoreShowChannels")
        since = {row["Channel"].split("-")[0]: row["ChanVariable"].removeprefix("TALK_SINCE=") for row in rows}
        assert since["PJSIP/8001"].isdigit()
        assert since["PJSIP/trunk"] == ""

    asyncio.run(story())


def test_a_busy_phone_is_told_as_no_answer_after_no_time_and_the_next_agent_rings(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(strategy="linear"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, manager_of(floor, "gateway") as manager:
            phones["8001"].refuse_by_itself(486)
            await phones.call("95501", CALLER)
            missed = await manager.until(Event="AgentRingNoAnswer")
            assert (missed["Interface"], missed["RingTime"]) == ("PJSIP/8001", "0")
            assert (await phones["8002"].next_call()).caller == CALLER

    asyncio.run(story())


def test_a_phone_that_nobody_answers_stops_ringing_after_the_queues_timeout(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(timeout=1, autopause="yes"))

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            await phones.call("95501", CALLER)
            await (await phones["8001"].next_call()).until_stopped()
            missed = await manager.until(Event="AgentRingNoAnswer")
            assert 900 < int(missed["RingTime"]) < 3000, "milliseconds"
            paused = await manager.until(Event="QueueMemberPause", Queue="claims")
            assert (paused["Interface"], paused["PausedReason"]) == ("PJSIP/8001", "Auto-Pause")

    asyncio.run(story())


def test_a_caller_who_gives_up_is_told_as_abandon_before_he_leaves(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor) as phones, manager_of(floor, "gateway") as manager:
            call = await phones.call("95501", CALLER)
            await manager.until(Event="QueueCallerJoin")
            await call.hang_up()
            abandoned = await manager.until(Event="QueueCallerAbandon")
            left = await manager.until(Event="QueueCallerLeave")
            assert manager.events.index(abandoned) < manager.events.index(left)

    asyncio.run(story())
    assert logged(floor) == [("claims", "ENTERQUEUE"), ("claims", "ABANDON")]


def test_a_caller_who_is_held_hears_music_until_the_agent_is_back(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            call, talk = await a_talk(phones)
            await talk.hold()
            held = await manager.until(Event="Hold")
            assert held["Channel"].startswith("PJSIP/8001-")
            await call.sound.hears(330)  # the floor's music
            state = await manager.action("Getvar", Channel=held["Channel"], Variable="CHANNEL(rtp,hold)")
            assert state["Value"] == "1", "what a gateway that connects during the hold must ask for"
            await talk.resume()
            await manager.until(Event="Unhold")
            await call.sound.hears(AGENT_HZ)
            await call.hang_up()
            assert await talk.until_ended() == "they hung up"
            assert (await manager.until(Event="AgentComplete"))["Reason"] == "caller"

    asyncio.run(story())


def test_a_blind_transfer_to_another_queue_makes_an_agent_of_that_queue_ring(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(agents=2, strategy="linear"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, manager_of(floor, "gateway") as manager:
            call, talk = await a_talk(phones)
            await talk.blind_transfer("95502")
            told = await manager.until(Event="BlindTransfer")
            assert (told["Result"], told["Extension"]) == ("Success", "95502")
            second = await (await phones["8002"].next_call()).answer(hz=520)
            await call.sound.hears(520)
            assert call.agents == ["8001", "8002"]
            assert (await manager.until(Event="AgentConnect", Queue="inquiry"))["Interface"] == "PJSIP/8002"
            await second.hang_up()
            await call.until_ended()

    asyncio.run(story())
    lines = logged(floor)
    assert ("claims", "BLINDTRANSFER") in lines
    assert lines.count(("inquiry", "ENTERQUEUE")) == 1


def test_an_attended_transfer_connects_the_caller_without_an_agent_connect(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(agents=2, strategy="linear"))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones, manager_of(floor, "gateway") as manager:
            call, talk = await a_talk(phones)

            async def colleague() -> None:
                answered = await (await phones["8002"].next_call()).answer(hz=520)
                await answered.sound.hears(CALLER_HZ)

            await asyncio.gather(talk.attended_transfer("8002", 520), colleague())
            assert (await manager.until(Event="AttendedTransfer"))["Result"] == "Success"
            await call.sound.hears(520)
            assert [one["Interface"] for one in manager.all(Event="AgentConnect")] == ["PJSIP/8001"]

    asyncio.run(story())


def test_two_callers_wait_in_line_and_the_first_is_answered_first(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(agents=1, wrapup=0))

    async def story() -> None:
        async with phones_of(floor) as phones, manager_of(floor, "gateway") as manager:
            for caller in (CALLER, OTHER_CALLER):
                await phones.call("95501", caller)
                await manager.until(Event="QueueCallerJoin", CallerIDNum=caller)
            assert [one["Position"] for one in manager.all(Event="QueueCallerJoin")] == ["1", "2"]
            (agent,) = await phones.plug("8001")
            first = await agent.next_call()
            assert first.caller == CALLER
            await (await first.answer()).hang_up()
            assert (await agent.next_call()).caller == OTHER_CALLER

    asyncio.run(story())


@pytest.mark.parametrize("way", ["local", "hint"])
def test_a_member_behind_a_local_channel_rings_and_shows_his_phones_state(make_floor: MakeFloor, way: Way) -> None:
    plan = dataclasses.replace(small_floor(1), queues=(QueuePlan("claims", "95501", (Member("8001", 0, way),)),))
    floor = make_floor(plan)

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            _, talk = await a_talk(phones)
            connected = await manager.until(Event="AgentConnect")
            assert connected["Interface"] == "Local/8001@from-queue/n"
            assert connected["MemberName"].startswith("8001 ")
            await manager.until(Event="QueueMemberStatus", Status="2")  # in use
            await talk.hang_up()
            await manager.until(Event="AgentComplete")

    asyncio.run(story())


def test_a_phone_that_is_unplugged_makes_its_seat_unreachable(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))

    async def story() -> None:
        async with phones_of(floor) as phones, manager_of(floor, "gateway") as manager:
            (agent,) = await phones.plug("8001")
            await manager.until(Event="QueueMemberStatus", Queue="claims", Status="1")  # not in use
            since = len(manager.events)
            await agent.unregister()
            await manager.until(since=since, Event="QueueMemberStatus", Queue="claims", Status="5")  # unavailable

    asyncio.run(story())


def test_a_phone_may_call_another_without_any_queue(make_floor: MakeFloor) -> None:
    floor = make_floor(dataclasses.replace(small_floor(2), queues=(QueuePlan("claims", "95501", members()),)))

    async def story() -> None:
        async with phones_of(floor, "8001", "8002") as phones:
            phones["8002"].answer_by_itself(hz=520)
            talk = await phones["8001"].dial("8002", hz=AGENT_HZ)
            await (await phones["8002"].next_talk()).sound.hears(AGENT_HZ)
            await talk.sound.hears(520)

    asyncio.run(story())
    assert logged(floor) == []
