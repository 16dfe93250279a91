"""A call on a real Asterisk, with phones: queued, ringing, answered, held, transferred, given up, ended."""

from __future__ import annotations

import asyncio

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import AsteriskFloor, manager_of, phones_of, small_floor

CALLER = "13800000001"


def logged(floor: AsteriskFloor) -> list[tuple[str, str]]:
    """Queue and event of every line of the queue log."""
    rows = (line.split("|") for line in floor.queue_log.read_text("utf-8").splitlines())
    return [(row[2], row[4]) for row in rows]


def test_a_call_is_queued_rings_is_answered_and_ends(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            call = await phones.call("95501", CALLER, hz=600)
            joined = await manager.until(Event="QueueCallerJoin", Queue="claims")
            assert joined["CallerIDNum"] == CALLER
            ringing = await phones["8001"].next_call()
            assert ringing.caller == CALLER
            talk = await ringing.answer(hz=440)
            assert await call.until_connected() == "8001"
            connected = await manager.until(Event="AgentConnect", Queue="claims")
            assert connected["Interface"] == "PJSIP/8001"
            assert connected["Uniqueid"] == joined["Uniqueid"]
            await call.sound.hears(440)
            await talk.sound.hears(600)
            await talk.hang_up()
            assert await call.until_ended() == "they hung up"
            complete = await manager.until(Event="AgentComplete")
            assert complete["Reason"] == "agent"

    asyncio.run(story())
    assert logged(floor) == [
        ("NONE", "QUEUESTART"), ("claims", "ENTERQUEUE"), ("claims", "CONNECT"), ("claims", "COMPLETEAGENT"),
    ]  # fmt: skip
