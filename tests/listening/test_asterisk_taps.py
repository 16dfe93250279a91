"""Taps on Asterisk without one: a media peer on loopback and a manager interface that answers as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from config.asterisk import Asterisk, Media
from feeds.sources.asterisk.ami.link import LinkLostError
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.listening import AsteriskTapper
from feeds.sources.tapping import TapError

AGENT = "PJSIP/8001-00000012"
FRAME = b"\1\0" * 160


class FakePbx:
    """Keeps the actions it was given, and answers yes unless told otherwise."""

    def __init__(self) -> None:
        self.settings = Asterisk(media=Media("127.0.0.1:0"))
        self.connected = True
        self.given: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, str] = {}
        self.watchers: list[Callable[[Message], None]] = []
        self.before_answer: Callable[[], None] = lambda: None

    async def action(self, action: str, fields: Mapping[str, str | int], timeout_s: float = 5) -> Message:
        if not self.connected:
            raise LinkLostError("Asterisk is not connected")
        self.given.append((action, {name: str(value) for name, value in fields.items()}))
        self.before_answer()
        answer = self.answers.get(action, "Response: Success")
        return Message(f"{answer}\r\nActionID: id-{len(self.given)}")

    def watch(self, watcher: Callable[[Message], None]) -> Callable[[], None]:
        self.watchers.append(watcher)
        return lambda: self.watchers.remove(watcher)

    def tell(self, text: str) -> None:
        for watcher in self.watchers:
            watcher(Message(text.replace(", ", "\r\n")))

    @property
    def originated(self) -> dict[str, str]:
        return next(fields for action, fields in reversed(self.given) if action == "Originate")


class Heard:
    """A hearer that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.sound = b""
        self._news = asyncio.Event()

    def joined(self) -> None:
        self._note("joined")

    def heard(self, pcm: bytes) -> None:
        self.sound += pcm
        self._news.set()

    def ended(self, why: str) -> None:
        self._note(why)

    def _note(self, word: str) -> None:
        self.told.append(word)
        self._news.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self._news.clear()
                await self._news.wait()


@contextlib.asynccontextmanager
async def a_tapper() -> AsyncIterator[tuple[AsteriskTapper, FakePbx]]:
    pbx = FakePbx()
    tapper = AsteriskTapper(pbx, {"s0": AGENT}.get, {}.get)  # type: ignore[arg-type]
    await tapper.start()
    try:
        yield tapper, pbx
    finally:
        await tapper.stop()


@contextlib.asynccontextmanager
async def asterisk_comes(tapper: AsteriskTapper, pbx: FakePbx) -> AsyncIterator[ClientConnection]:
    """What Asterisk does with the dial string of an Originate."""
    words = pbx.originated["Channel"].partition("v(")[2].rstrip(")")
    path = f"/media?{words.replace(',', '&')}"
    async with connect(
        f"ws://127.0.0.1:{tapper.media.port}{path}", subprotocols=[Subprotocol("media")]
    ) as peer:  # fmt: skip
        yield peer


async def next_text(peer: ClientConnection) -> str:
    while True:
        data = await peer.recv()
        if isinstance(data, str):
            return data


def test_a_tap_is_joined_by_its_own_channel_heard_and_over_with_it() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            heard = Heard()
            tap = await tapper.open(AGENT, "listen", heard)
            asked = pbx.originated
            assert asked["Data"] == f"{AGENT},qdESu" and asked["ChannelId"] == tap.identity
            assert asked["Channel"].startswith("WebSocket/gateway-media/c(slin)v(listen=")
            async with asterisk_comes(tapper, pbx) as peer:
                pbx.tell("Event: ChanSpyStart, SpyerUniqueid: somebody-else")
                pbx.tell(f"Event: ChanSpyStart, SpyerUniqueid: {tap.identity}")
                await peer.send(json.dumps({"event": "MEDIA_START", "channel": "WebSocket/x"}))
                await peer.send(FRAME)
                await heard.until(lambda: heard.sound)
                assert heard.told == ["joined"] and heard.sound == FRAME
                tap.say(FRAME)
                assert await peer.recv() == FRAME
            await heard.until(lambda: len(heard.told) == 2)
            pbx.tell(f"Event: Hangup, Uniqueid: {tap.identity}")
            assert heard.told == ["joined", "the agent is not on this call any more"]

    asyncio.run(story())


def test_modes_are_digits_and_what_was_said_before_is_dropped_first() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            tap = await tapper.open(AGENT, "whisper", Heard())
            assert pbx.originated["Data"].endswith(",qwdESu")
            async with asterisk_comes(tapper, pbx) as peer:
                await peer.send("MEDIA_START connection_id:x channel:WebSocket/x")
                for mode, digit in (("barge", "6"), ("listen", "4"), ("whisper", "5")):
                    await tap.switch(mode)  # type: ignore[arg-type]
                    assert await next_text(peer) in ("FLUSH_MEDIA", '{"command":"FLUSH_MEDIA"}')
                    assert pbx.given[-1] == (
                        "PlayDTMF", {"Channel": tap.identity, "Digit": digit, "Receive": "true"},
                    )  # fmt: skip
                pbx.answers["PlayDTMF"] = "Response: Error\r\nMessage: Channel not found"
                with pytest.raises(TapError, match="Channel not found"):
                    await tap.switch("barge")

    asyncio.run(story())


def test_taking_over_joins_the_one_caller_and_a_lost_supervisor_gives_him_back_to_the_queue() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            tap = await tapper.open(AGENT, "listen", Heard())
            for nobody in ("", "\r\nValue: ", "\r\nValue: PJSIP/a-1,PJSIP/b-2"):
                pbx.answers["Getvar"] = f"Response: Success{nobody}"
                with pytest.raises(TapError, match="not one caller"):
                    await tap.switch("take_over")
            pbx.answers["Getvar"] = "Response: Success\r\nValue: PJSIP/trunk-00000011"
            await tap.switch("take_over")
            joined = {"Channel1": "PJSIP/trunk-00000011", "Channel2": tap.identity, "Tone": "no"}
            assert pbx.given[-1] == ("Bridge", joined)
            await tap.close("claims")
            actions = [(action, fields.get("Exten", "")) for action, fields in pbx.given[-2:]]
            assert actions == [("Redirect", "claims"), ("Hangup", "")]

    asyncio.run(story())


@pytest.mark.logs("without a token")
def test_a_tap_that_is_closed_before_asterisk_comes_lets_nobody_in() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            heard = Heard()
            tap = await tapper.open(AGENT, "listen", heard)
            await tap.close()
            assert heard.told == ["the tap was closed"] and pbx.given[-1][0] == "Hangup"
            with pytest.raises(InvalidStatus, match="403"):
                async with asterisk_comes(tapper, pbx):
                    pass

    asyncio.run(story())


@pytest.mark.logs("without a token")
def test_a_token_opens_the_door_once_and_only_for_the_media_protocol() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            await tapper.open(AGENT, "listen", Heard())
            async with asterisk_comes(tapper, pbx):
                with pytest.raises(InvalidStatus, match="403"):
                    async with asterisk_comes(tapper, pbx):
                        pass

    asyncio.run(story())


@pytest.mark.parametrize("early", [False, True])
def test_a_phone_that_does_not_answer_is_told_even_when_the_word_overtakes_the_response(early: bool) -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            heard, word = Heard(), "Event: OriginateResponse, Response: Failure, ActionID: id-1, Reason: 3"
            pbx.before_answer = (lambda: pbx.tell(word)) if early else lambda: None
            await tapper.open(AGENT, "barge", heard, "7001")
            assert pbx.originated["Channel"] == "PJSIP/7001"
            assert pbx.originated["Variable"] == "PJSIP_DTMF_MODE()=none"
            if not early:
                pbx.tell(word)
            assert heard.told == ["the phone 7001 was not answered"]

    asyncio.run(story())


def test_a_broken_connection_a_lost_pbx_and_the_gateways_end_end_taps_with_their_reasons() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            broken, lost = Heard(), Heard()
            await tapper.open(AGENT, "listen", broken)
            async with asterisk_comes(tapper, pbx) as peer:
                peer.transport.abort()
                await broken.until(lambda: broken.told)
            assert broken.told == ["the sound's connection to Asterisk broke"]
            await tapper.open(AGENT, "listen", lost)
            pbx.connected = False
            await lost.until(lambda: lost.told)
            assert lost.told == ["the connection to Asterisk was lost"]
            assert tapper.trouble() == "Asterisk is not connected now"
            with pytest.raises(TapError, match="not connected"):
                await tapper.open(AGENT, "listen", Heard())
            pbx.connected, last = True, Heard()
            await tapper.open(AGENT, "listen", last)
        assert last.told == ["the connection to Asterisk was lost"]
        assert tapper.trouble() == "the gateway stops" and pbx.watchers == []

    asyncio.run(story())


def test_sound_that_asterisk_cannot_take_is_dropped() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            heard = Heard()
            tap = await tapper.open(AGENT, "barge", heard)
            async with asterisk_comes(tapper, pbx) as peer:
                await peer.send(json.dumps({"event": "MEDIA_XOFF"}))
                await peer.send(FRAME)
                await heard.until(lambda: heard.sound)
                tap.say(b"\2\0" * 160)
                await peer.send(json.dumps({"event": "MEDIA_XON"}))
                await peer.send("{nonsense")
                await peer.send(FRAME)
                await heard.until(lambda: len(heard.sound) > len(FRAME))
                tap.say(FRAME)
                assert await peer.recv() == FRAME
                await tap.close()
                with pytest.raises(ConnectionClosed):
                    await peer.recv()

    asyncio.run(story())


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, _):
            pbx = FakePbx()
            pbx.settings = Asterisk(media=Media(f"127.0.0.1:{tapper.media.port}"))
            other = AsteriskTapper(pbx, {}.get, {}.get)  # type: ignore[arg-type]
            with pytest.raises(TapError, match="see `media:` in the site folder"):
                await other.start()
            assert "cannot wait for sound" in (other.trouble() or "")
            await other.stop()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("HangupRequest, Cause: 17|OriginateResponse, Reason: 0", "the phone 7001 is busy"),
        ("HangupRequest, Cause: 21|OriginateResponse, Reason: 0", "the phone 7001 declined the call"),
        ("HangupRequest, Cause: 19|OriginateResponse, Reason: 0", "the phone 7001 was not answered"),
        ("HangupRequest, Cause: 1|Hangup", "the phone 7001 did not take the call"),
        ("ChanSpyStart|HangupRequest|Hangup", "the phone 7001 hung up"),
        ("ChanSpyStart|Hangup", "the phone 7001 hung up, or the agent left the call"),
        ("ChanSpyStart|agent|Hangup", "the agent is not on this call any more"),
        ("ChanSpyStart|caller|Hangup|agent", "the agent is not on this call any more"),
    ],
)
def test_a_phone_that_listens_no_more_says_why_in_true_words(told: str, why: str) -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            heard = Heard()
            tap = await tapper.open(AGENT, "listen", heard, "7001")
            pbx.tell(f"Event: Newchannel, Uniqueid: {tap.identity}")
            for one in told.split("|"):
                if one in ("agent", "caller"):
                    other = f"Hangup, Channel: {AGENT}" if one == "agent" else "HangupRequest, Channel: PJSIP/trunk-1"
                    pbx.tell(f"Event: {other}, Uniqueid: floor-1.4")
                    continue
                named = f"Uniqueid: {tap.identity}, SpyerUniqueid: {tap.identity}, ActionID: {tap.action_id}"
                pbx.tell(f"Event: {one}, {named}, Response: Failure")
            assert heard.told[-1] == why

    asyncio.run(story())


def test_a_phone_that_asterisk_cannot_reach_is_not_said_to_be_unanswered() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            heard = Heard()
            await tapper.open(AGENT, "listen", heard, "7009")
            pbx.tell("Event: OriginateResponse, Response: Failure, ActionID: id-1, Reason: 0")
            assert "cannot reach the phone 7009" in heard.told[0]

    asyncio.run(story())


def test_a_phone_stops_ringing_for_a_call_that_is_over() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            rings, listens = Heard(), Heard()
            ringing = await tapper.open(AGENT, "listen", rings, "7001")
            joined = await tapper.open(AGENT, "listen", listens, "7002")
            pbx.tell(f"Event: ChanSpyStart, SpyerUniqueid: {joined.identity}")
            pbx.tell(f"Event: Hangup, Uniqueid: floor-1.4, Channel: {AGENT}")
            assert rings.told == ["the agent is not on this call any more"]
            assert listens.told == ["joined"], "ChanSpy ends that by itself"
            await asyncio.sleep(0)
            assert [fields for action, fields in pbx.given if action == "Hangup"] == [{"Channel": ringing.identity}]

    asyncio.run(story())


@pytest.mark.logs("a listener comes whom nobody waits for any more.*")
def test_a_listener_who_comes_after_the_order_has_failed_is_hung_up() -> None:
    """An Asterisk that answers late does what it was asked for all the same."""

    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            pbx.answers["Originate"] = "Response: Error\r\nMessage: too late"
            with pytest.raises(TapError, match="too late"):
                await tapper.open(AGENT, "listen", Heard(), "7001")
            identity = pbx.originated["ChannelId"]
            pbx.tell("Event: Newchannel, Uniqueid: listen-of-somebody-else")
            pbx.tell(f"Event: Newchannel, Uniqueid: {identity}")
            await asyncio.sleep(0)
            assert [fields for action, fields in pbx.given if action == "Hangup"] == [{"Channel": identity}]

    asyncio.run(story())


@pytest.mark.logs("a call that was taken over goes on.*")
def test_a_caller_who_was_taken_over_is_not_cut_off_because_a_connection_was() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            talks, listens, gone = Heard(), Heard(), Heard()
            taken = await tapper.open(AGENT, "listen", talks, "7001")
            pbx.answers["Getvar"] = "Response: Success\r\nValue: PJSIP/trunk-00000011"
            await taken.switch("take_over")
            other = await tapper.open(AGENT, "listen", gone, "7002")
            await other.switch("take_over")
            for one in (taken, other):
                pbx.tell(f"Event: ChanSpyStart, SpyerUniqueid: {one.identity}")
            await tapper.open(AGENT, "listen", listens, "7003")
            pbx.connected = False
            await listens.until(lambda: listens.told)
            assert (listens.told, talks.told) == (["the connection to Asterisk was lost"], ["joined"])
            pbx.connected = True
            await tapper.meet({taken.identity: "bridge-1", "listen-of-before": "bridge-2", "floor-1.2": ""})
            assert talks.told == ["joined"]
            assert gone.told == ["joined", "it ended while Asterisk could not be reached"]
            assert "Hangup" not in [action for action, _ in pbx.given]

    asyncio.run(story())


@pytest.mark.logs("a listener of an earlier connection is hung up.*")
def test_a_listener_whom_nobody_minds_any_more_is_hung_up() -> None:
    async def story() -> None:
        async with a_tapper() as (tapper, pbx):
            mine = await tapper.open(AGENT, "listen", Heard(), "7001")
            await tapper.meet(dict.fromkeys(["floor-1.2", mine.identity, "listen-of-before", ""], ""))
            assert [fields for action, fields in pbx.given if action == "Hangup"] == [{"Channel": "listen-of-before"}]

    asyncio.run(story())
