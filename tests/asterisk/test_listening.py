"""Listening to a talk: with a supervisor's phone by the dialplan, and by the websocket that Asterisk opens to us."""

from __future__ import annotations

import array
import asyncio
import json
from collections.abc import Callable

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import Manager, Phones, Talk, loudness, manager_of, phones_of, small_floor, within
from tests.asterisk.stories import AGENT_HZ, CALLER, CALLER_HZ, SUPERVISOR_HZ, a_talk

LOUD, SILENT = 2000.0, 200.0


async def listen(phones: Phones, manager: Manager, options: str = "", target: str = "", agent: str = "8001") -> Talk:
    """Have supervisor 7001 listen to an agent; the talk at his phone."""
    phones["7001"].answer_by_itself(hz=SUPERVISOR_HZ)
    variables = [f"SPY_OPTIONS={options}"] if options else []
    variables += [f"SPY_TARGET={target}"] if target else []
    to = {"Channel": "PJSIP/7001", "Context": "spy", "Exten": agent, "Priority": "1", "Async": "true"}
    if variables:
        to["Variable"] = ",".join(variables)
    assert (await manager.action("Originate", **to))["Response"] == "Success"
    talk = await phones["7001"].next_talk()
    await manager.until(Event="ChanSpyStart")
    return talk


async def hears(talk: Talk) -> set[str]:
    """Who is heard at a phone for the next half second, when what was on the way before has passed."""
    await talk.sound.next_heard(0.2)
    samples = await talk.sound.next_heard(0.5)
    tones = {"agent": AGENT_HZ, "caller": CALLER_HZ, "supervisor": SUPERVISOR_HZ}
    return {who for who, hz in tones.items() if loudness(samples, hz) > LOUD}


@pytest.mark.parametrize(
    ("options", "caller_hears", "agent_hears"),
    [
        ("", {"agent"}, {"caller"}),
        ("qwdES", {"agent"}, {"caller", "supervisor"}),
        ("qBdES", {"agent", "supervisor"}, {"caller", "supervisor"}),
    ],
    ids=["listen", "whisper", "barge"],
)
def test_a_supervisor_hears_both_and_is_heard_by_whom_he_means(
    make_floor: MakeFloor, options: str, caller_hears: set[str], agent_hears: set[str]
) -> None:
    async def story() -> None:
        floor = make_floor(small_floor(1))
        async with phones_of(floor, "8001", "7001") as phones, manager_of(floor, "gateway") as manager:
            call, talk = await a_talk(phones)
            supervisor = await listen(phones, manager, options)
            assert await hears(supervisor) == {"agent", "caller"}
            assert await hears(call) == caller_hears
            assert await hears(talk) == agent_hears
            for side, others in ((call, caller_hears), (talk, agent_hears)):
                if "supervisor" not in others:
                    assert loudness(await side.sound.next_heard(0.5), SUPERVISOR_HZ) < SILENT
            await supervisor.hang_up()
            await manager.until(Event="ChanSpyStop")
            assert await hears(call) == {"agent"}, "the end of the listening is not the end of the talk"

    asyncio.run(story())


def test_the_keys_of_the_supervisors_phone_or_of_the_gateway_change_who_hears_him(make_floor: MakeFloor) -> None:
    async def story() -> None:
        floor = make_floor(small_floor(1))
        async with phones_of(floor, "8001", "7001") as phones, manager_of(floor, "gateway") as manager:
            call, talk = await a_talk(phones)
            supervisor = await listen(phones, manager)
            supervisor.sound.press("5")
            await talk.sound.hears(SUPERVISOR_HZ)
            assert loudness(await call.sound.next_heard(0.5), SUPERVISOR_HZ) < SILENT
            spyer = manager.all(Event="ChanSpyStart")[0]["SpyerChannel"]
            key = {"Channel": spyer, "Digit": "6", "Receive": "true"}
            assert (await manager.action("PlayDTMF", **key))["Response"] == "Success"
            await call.sound.hears(SUPERVISOR_HZ)

    asyncio.run(story())


def test_the_end_of_the_talk_ends_the_listening(make_floor: MakeFloor) -> None:
    async def story() -> None:
        floor = make_floor(small_floor(1))
        async with phones_of(floor, "8001", "7001") as phones, manager_of(floor, "gateway") as manager:
            call, _ = await a_talk(phones)
            supervisor = await listen(phones, manager)
            await call.hang_up()
            await supervisor.until_ended()
            told = await manager.until(Event="UserEvent", UserEvent="FloorSpyEnd")
            assert told["Agent"] == "8001"

    asyncio.run(story())


def test_an_exact_channel_is_heard_and_no_other_call_of_that_phone(make_floor: MakeFloor) -> None:
    async def story() -> None:
        floor = make_floor(small_floor(1))
        async with phones_of(floor, "8001", "7001", "7002") as phones, manager_of(floor, "gateway") as manager:
            phones["7002"].answer_by_itself(hz=1300)
            await phones["8001"].dial("7002", hz=1500)  # the first channel whose name begins with PJSIP/8001-
            begun = await manager.until(lambda event: "PJSIP/8001-" in event["Channel"], Event="Newchannel")
            first = begun["Channel"]
            second_talk = await phones["8001"].dial("7002", hz=AGENT_HZ)
            await second_talk.sound.hears(1300)
            rows = await manager.rows("CoreShowChannels")
            second = next(one["Channel"] for one in rows if "PJSIP/8001-" in one["Channel"] and one["Channel"] != first)
            supervisor = await listen(phones, manager, target=second)
            samples = await supervisor.sound.next_heard(0.5)
            assert loudness(samples, AGENT_HZ) > LOUD
            assert loudness(samples, 1500) < SILENT
            assert manager.all(Event="ChanSpyStart")[0]["SpyeeChannel"] == second

    asyncio.run(story())


class Ear:
    """A gateway's end of the media websocket: what Asterisk said, and the sound that it sent."""

    def __init__(self) -> None:
        self.said: list[dict[str, object]] = []
        self.samples: array.array[int] = array.array("h")
        self.frames: set[int] = set()
        self.came, self.went = asyncio.Event(), asyncio.Event()
        self.connection: ServerConnection | None = None
        self._news = asyncio.Event()

    async def take(self, connection: ServerConnection) -> None:
        """Be connected to."""
        self.connection = connection
        self.came.set()
        async for message in connection:
            if isinstance(message, str):
                self.said.append(json.loads(message))
            else:
                self.frames.add(len(message))
                self.samples.frombytes(message)
            self._news.set()
        self.went.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Return when what came fulfils the condition."""
        while not condition():
            self._news.clear()
            await within(10, "the websocket brings what is awaited", self._news.wait())


def test_asterisk_brings_a_talks_sound_to_our_websocket_and_ends_when_we_close_it(make_floor: MakeFloor) -> None:
    floor = make_floor(small_floor(1))

    async def story() -> None:
        ear = Ear()
        async with (
            serve(ear.take, floor.host, floor.ports.media, subprotocols=["media"]),  # type: ignore[list-item]
            phones_of(floor, "8001") as phones,
            manager_of(floor, "gateway") as manager,
        ):
            call, _ = await a_talk(phones)
            agent = (await manager.until(Event="AgentConnect"))["DestChannel"]
            to = {"Channel": "WebSocket/gateway-media/c(slin)v(listen=8001)", "ChannelId": "listen-8001"}
            to |= {"Application": "ChanSpy", "Data": f"{agent},qdES", "Async": "true"}
            assert (await manager.action("Originate", **to))["Response"] == "Success"
            await within(10, "Asterisk connects", ear.came.wait())
            assert ear.connection is not None
            assert ear.connection.request is not None
            assert ear.connection.request.path == "/media?listen=8001"
            assert ear.connection.subprotocol == "media"
            await ear.until(lambda: len(ear.samples) > 8000)
            heard = ear.samples[-4000:]
            assert loudness(heard, AGENT_HZ) > LOUD
            assert loudness(heard, CALLER_HZ) > LOUD
            assert ear.said[0]["event"] == "MEDIA_START"
            assert ear.frames == {320}
            await ear.connection.close()
            await manager.until(Event="ChanSpyStop")
            await call.sound.hears(AGENT_HZ)

    asyncio.run(story())


def test_an_agent_who_does_not_talk_cannot_be_listened_to(make_floor: MakeFloor) -> None:
    async def story() -> None:
        floor = make_floor(small_floor(1))
        async with phones_of(floor, "7001") as phones, manager_of(floor, "gateway") as manager:
            phones["7001"].answer_by_itself()
            to = {"Channel": "PJSIP/7001", "Context": "spy", "Exten": "8001", "Priority": "1", "Async": "true"}
            await manager.action("Originate", **to)
            talk = await phones["7001"].next_talk()
            await talk.until_ended()
            assert manager.all(Event="ChanSpyStart") == []
            assert CALLER not in str(manager.events)

    asyncio.run(story())
