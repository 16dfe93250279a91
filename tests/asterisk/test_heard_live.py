"""Listening at a gateway that follows the PBX by itself: it finds the agent's phone, and the floor stays true."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest

from feeds.sources.asterisk.source import AsteriskSource
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import Member, QueuePlan, phones_of, small_floor
from tests.asterisk.floor.plan import Way
from tests.asterisk.floor.sites import TOKENS
from tests.asterisk.gateways import Books, attached, calls_of, seat_state, source_of
from tests.asterisk.listeners import Speaker, console_hears, phone_hears, who_is_heard
from tests.asterisk.stories import SUPERVISOR_HZ, a_talk
from tests.asterisk.test_heard import saying, settle
from tests.listening.taps import give, hearing


@pytest.mark.parametrize("way", ["pjsip", "local"])
def test_a_seat_or_its_call_is_heard_and_taken_over_and_the_floor_tells_the_agents_end(
    make_floor: MakeFloor, tmp_path: Path, way: Way
) -> None:
    queue = QueuePlan("claims", "95501", (Member("8001", 0, way),), kind="claims", wrapup=4)
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
            await memory.until(lambda: seat_state(memory, "8001") == "acw")
            await give(link, "listening.stop", session=shown.session)
            await call.until_ended()
            await memory.until(lambda: not calls_of(memory))

    asyncio.run(story())
    (booked,) = Books(tmp_path).legs.values()
    assert booked.outcome == "answered" and booked.talk_ms is not None


@pytest.mark.logs("no word from Asterisk.*")
def test_a_customer_whom_a_supervisor_has_taken_over_is_not_cut_off_with_the_gateways_connection(
    make_floor: MakeFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = SimpleNamespace(uniform=lambda least, most: 1.0)
    monkeypatch.setattr("feeds.sources.asterisk.source.random", away)  # long enough to be noticed
    queue = QueuePlan("claims", "95501", (Member("8001"), Member("8002")), kind="claims", wrapup=0, strategy="linear")
    floor = make_floor(dataclasses.replace(small_floor(2), queues=(queue,)))

    async def story() -> None:
        async with (
            phones_of(floor, "8001", "8002", "7001") as phones, attached(floor, tmp_path) as gateway,
            hearing(gateway, TOKENS["supervisor"]) as (link, memory),
        ):  # fmt: skip
            phones["7001"].answer_by_itself(hz=SUPERVISOR_HZ)
            source = gateway.services.engine.source
            assert isinstance(source, AsteriskSource)
            await memory.until(lambda: source_of(memory) == "up")
            calls = []
            for agent, phone in (("8001", "7001"), ("8002", "")):
                call, talk = await a_talk(phones, agent, caller=f"1380000{agent}")
                await memory.until(lambda agent=agent: seat_state(memory, agent) == "talking")
                await give(link, "listening.start", seat=agent, phone=phone, mode="take_over")
                await talk.until_ended()
                calls.append(call)
            await memory.until(lambda: [one.state for one in memory.sessions()] == ["on", "on"])
            first = source.pbx._events
            assert first is not None
            first._writer.transport.abort()
            await memory.until(lambda: source.pbx._events not in (None, first) and not source.trouble)
            await calls[0].sound.hears(SUPERVISOR_HZ)
            async with saying(Speaker(link, memory.sessions()[1].session)):
                await calls[1].sound.hears(SUPERVISOR_HZ)
            assert [one.state for one in memory.sessions()] == ["on", "on"]
            for call in calls:
                await call.hang_up()
            await memory.until(lambda: [one.state for one in memory.sessions()] == ["ended", "ended"])

    asyncio.run(story())
