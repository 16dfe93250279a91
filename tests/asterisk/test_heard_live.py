"""Listening at a gateway that follows the PBX by itself: it finds the agent's phone, and the floor stays true."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import pytest

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import Member, QueuePlan, phones_of, small_floor
from tests.asterisk.floor.plan import Way
from tests.asterisk.floor.sites import TOKENS
from tests.asterisk.gateways import Books, attached, calls_of, seat_state, source_of
from tests.asterisk.listeners import Speaker, console_hears, phone_hears, who_is_heard
from tests.asterisk.stories import a_talk
from tests.asterisk.test_heard import saying, settle
from tests.listening.taps import give, hearing


@pytest.mark.parametrize("way", ["pjsip", "local"])
def test_a_seat_or_its_call_is_heard_and_taken_over_and_the_floor_tells_the_agents_end(
    make_floor: MakeFloor, tmp_path: Path, way: Way
) -> None:
    queue = QueuePlan("claims", "95501", (Member("8001", 0, way),), kind="claims", wrapup=0)
    floor = make_floor(dataclasses.replace(small_floor(1), queues=(queue,)))

    async def story() -> None:
        async with (
            phones_of(floor, "8001") as phones, attached(floor, tmp_path) as gateway,
            hearing(gateway, TOKENS["supervisor"]) as (link, memory),
        ):  # fmt: skip
            await memory.until(lambda: source_of(memory) == "up")
            call, talk = await a_talk(phones)
            await memory.until(lambda: seat_state(memory, "8001") == "talking" and calls_of(memory, "claims"))
            await give(link, "listening.start", seat="8001")
            by_seat = await memory.session("on")
            await give(link, "listening.stop", session=by_seat.session)
            await memory.session("ended")
            (leg,) = calls_of(memory, "claims")
            assert by_seat.leg == leg.key.partition(":")[2]
            await give(link, "listening.start", call=leg.key, mode="whisper")
            await memory.until(lambda: memory.sessions()[-1].session != by_seat.session)
            shown = await memory.session("on")
            assert (shown.seat, shown.leg) == ("8001", by_seat.leg)
            async with saying(Speaker(link, shown.session)):
                await settle(talk, {"caller", "supervisor"})
                heard = await asyncio.gather(phone_hears(talk), phone_hears(call), console_hears(memory))
                assert [who_is_heard(one) for one in heard] == [
                    {"caller", "supervisor"}, {"agent"}, {"agent", "caller"},
                ]  # fmt: skip
                await give(link, "listening.mode", session=shown.session, mode="take_over")
                await talk.until_ended()
                await settle(call, {"supervisor"})
            await memory.until(lambda: seat_state(memory, "8001") != "talking")
            await give(link, "listening.stop", session=shown.session)
            await call.until_ended()
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    (booked,) = Books(tmp_path).legs.values()
    assert booked.outcome == "answered" and booked.talk_ms is not None
