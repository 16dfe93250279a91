"""Letting somebody listen to a call on Asterisk: ChanSpy on the agent's very channel, heard by websocket or by phone.

ChanSpy with option `d` changes its mode by the digits 4, 5 and 6, which PlayDTMF presses for it, without a gap. Taking
over is the action Bridge: the caller and the listener's channel are joined and the agent's channel hangs up by itself;
the queue counts the agent's talk on until the caller hangs up, so times are better taken from BridgeLeave. From then on
it is a customer's call like any other, which no lost connection of the gateway may end.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from feeds.said import said
from feeds.sources.asterisk.ami.messages import AmiError, Message
from feeds.sources.asterisk.media import MediaLink, MediaServer
from feeds.sources.asterisk.names import whole
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.tapping import ChannelOf, Hearer, TapError
from feeds.states import ListeningMode

log = logging.getLogger("feeds.sources.asterisk.listening")

WANTED: Final = frozenset({"Newchannel", "ChanSpyStart", "OriginateResponse", "HangupRequest", "Hangup"})
"""Events without which taps are not told of."""
OPTIONS: Final[dict[ListeningMode, str]] = {"listen": "qdESu", "whisper": "qwdESu", "barge": "qBdESu"}
"""q: no tone; d: digits change the mode; E and S: leave with the call; u: the channel by its full name."""
DIGITS: Final[dict[ListeningMode, str]] = {"listen": "4", "whisper": "5", "barge": "6"}
RINGING_MS: Final = 25_000
CONNECT_MS: Final = 4_000
LOOK_S: Final = 0.25
KEYS_OFF: Final = "PJSIP_DTMF_MODE()=none"
"""A listening phone's own keys would change who hears it, of which nobody would be told: they are not agreed on."""
LOCALS: Final = 4
"""Local channels that may lie between an agent and a caller; each has two ends, `;1` and `;2`."""
CALL_ENDED: Final = said("listen.call_ended", "the call has ended")
AGENT_LEFT: Final = said("listen.agent_left", "the agent is not on this call any more")
"""The customer may be: with a colleague, or in another queue."""
SOUND_BROKE: Final = said("listen.sound_broke", "the sound's connection to Asterisk broke")
ASTERISK_LOST: Final = said("listen.asterisk_lost", "the connection to Asterisk was lost")
ENDED_UNSEEN: Final = said("listen.ended_unseen", "it ended while Asterisk could not be reached")
IDENTITY: Final = "listen-"
"""How the channels of listeners begin, so that a later gateway knows them for its own."""
BUSY, REJECTED = 17, 21
NO_ANSWER: Final = frozenset((18, 19))
"""Causes of a hang-up (Q.850) by a phone that was to listen."""
REMEMBERED: Final = 256


class AsteriskTap:
    """One ChanSpy and who hears it. Its channel's unique id is chosen by us, and works wherever a name does."""

    def __init__(self, tapper: AsteriskTapper, channel: str, hearer: Hearer, phone: str) -> None:
        self.identity = f"{IDENTITY}{secrets.token_hex(8)}"
        self.token = "" if phone else secrets.token_hex(16)
        self.action_id = ""
        self.over = False
        self.exists = self.is_on = False
        """Whether Asterisk has told of its channel, and that it is on the call."""
        self.channel = channel
        self._tapper, self._hearer, self._phone = tapper, hearer, phone
        self._media: MediaLink | None = None
        self._caller = ""
        self._agent_left = False
        self._hung_up: int | None = None
        """The cause that the far end, a supervisor's phone, gave for hanging up."""

    @property
    def taken_over(self) -> bool:
        """Whether the caller talks with the listener."""
        return bool(self._caller)

    # what the door and the manager interface tell

    def connected(self, media: MediaLink) -> None:
        self._media = media

    def heard(self, pcm: bytes) -> None:
        if not self.over:
            self._hearer.heard(pcm)

    def disconnected(self, whole: bool) -> None:
        self.end(self._gone() if whole else SOUND_BROKE)

    def told(self, event: Message) -> None:
        """An event about this tap's own channel."""
        if event.event == "Newchannel":
            self.exists = True
        elif event.event == "ChanSpyStart":
            self.exists = self.is_on = True
            self._hearer.joined()
        elif event.event == "HangupRequest":
            self._hung_up = whole(event.get("Cause", ""))
        elif event.event == "Hangup":
            self.end(self._gone())
        elif event.event == "OriginateResponse" and event.get("Response") != "Success":
            self.end(self._not_taken(event.get("Reason", "")))

    def _gone(self) -> str:
        """Why its channel is gone."""
        if self._phone and not self.is_on:
            return self._not_taken("")
        if self._phone and self._hung_up is not None:
            return said("listen.hung_up", "the phone {phone} hung up", phone=self._phone)
        if self.taken_over:
            return CALL_ENDED
        if self._phone and not self._agent_left and not self._tapper.hears_requests:
            text = "the phone {phone} hung up, or the agent left the call"
            return said("listen.either_left", text, phone=self._phone)
        return AGENT_LEFT

    def _not_taken(self, reason: str) -> str:
        """Why nobody listens; of the reasons of OriginateResponse only 3 and 5 say something in every version."""
        phone = self._phone
        if not phone:
            return said("listen.not_brought", "Asterisk could not bring the sound (reason {reason})", reason=reason)
        if self._hung_up == BUSY or reason == "5":
            return said("listen.busy", "the phone {phone} is busy", phone=phone)
        if self._hung_up == REJECTED:
            return said("listen.declined", "the phone {phone} declined the call", phone=phone)
        if self._hung_up in NO_ANSWER or reason == "3":
            return said("listen.unanswered", "the phone {phone} was not answered", phone=phone)
        if self.exists:
            return said("listen.not_taken", "the phone {phone} did not take the call", phone=phone)
        text = "Asterisk cannot reach the phone {phone}: it is unknown there, or not registered"
        return said("listen.unreachable", text, phone=phone)

    def agent_gone(self) -> None:
        """The agent's channel is gone: whoever is on it leaves with it, and no phone may go on ringing for that."""
        self._agent_left = True
        if not self.is_on:
            self.end(AGENT_LEFT)
            self._tapper.hang_up_soon(self.identity)

    def lose(self) -> None:
        """Asterisk cannot be reached: nobody knows what becomes of it, and a caller must not be cut off for that."""
        if not self.taken_over:
            self.end(ASTERISK_LOST)

    def end(self, why: str) -> None:
        """It is over, whoever did it."""
        if not self.over:
            self.over = True
            self._tapper.forget(self)
            self._hearer.ended(why)

    # what the gateway does (feeds.sources.tapping.Tap)

    async def switch(self, mode: ListeningMode) -> None:
        if mode == "take_over":
            await self._take_over()
            return
        if self._media is not None:
            await self._media.forget()
        press = {"Channel": self.identity, "Digit": DIGITS[mode], "Receive": "true"}
        await self._tapper.act("PlayDTMF", press)

    async def _take_over(self) -> None:
        caller = await self._peer(self.channel)
        for _ in range(LOCALS):
            if not caller.startswith("Local/") or caller[-2:] not in (";1", ";2"):
                break
            caller = await self._peer(caller[:-1] + ("2" if caller.endswith("1") else "1"))
        if self._media is not None:
            await self._media.forget()
        await self._tapper.act("Bridge", {"Channel1": caller, "Channel2": self.identity, "Tone": "no"})
        self._caller = caller

    async def _peer(self, channel: str) -> str:
        """Who is joined to a channel. Raises TapError where it is not one."""
        found = await self._tapper.act("Getvar", {"Channel": channel, "Variable": "BRIDGEPEER"})
        peer = found.get("Value", "")
        if not peer or "," in peer:
            raise TapError(said("listen.not_one", "there is not one caller joined to the agent now"))
        return peer

    def say(self, pcm: bytes) -> None:
        if self._media is not None and not self.over:
            self._media.say(pcm)

    async def close(self, keep_caller: str | None = None) -> None:
        try:
            if self._caller and keep_caller and not self.over:
                await self._tapper.requeue(self._caller, keep_caller)
        finally:
            ours = not self.over
            self.end("the tap was closed")
            if self._media is not None:
                await self._media.close()
            elif ours:
                await self._tapper.hang_up(self.identity)


class AsteriskTapper:
    """Opens taps on a PBX (feeds.sources.tapping.Tapper).

    `channel_of` and `channel_of_leg` find the agent's channel. `queue_name` gives Asterisk's name of a site's queue.
    """

    rate = 8000

    def __init__(
        self, pbx: Pbx, channel_of: ChannelOf, channel_of_leg: ChannelOf, queue_name: Callable[[str], str] = str
    ) -> None:
        self.channel_of = channel_of
        self.channel_of_leg = channel_of_leg
        self.media = MediaServer(pbx.settings.media.listen)
        self._pbx = pbx
        self._queue_name = queue_name
        self._taps: dict[str, AsteriskTap] = {}
        self._early: deque[Message] = deque(maxlen=32)
        self._over: deque[str] = deque(maxlen=REMEMBERED)
        """Taps that are over: an Asterisk that was slow may only then carry out what they asked for."""
        self._hanging_up: set[asyncio.Task[None]] = set()
        self._unwatch: Callable[[], None] = lambda: None
        self._watching: asyncio.Task[None] | None = None
        self.hears_requests = False
        """Whether it is told when a far end hangs up, for which a user of the interface may lack the event."""
        self._trouble: str | None = "the gateway does not wait for sound yet"

    def trouble(self) -> str | None:
        """As :meth:`feeds.sources.tapping.Tapper.trouble`."""
        return self._trouble or (None if self._pbx.connected else "Asterisk is not connected now")

    async def start(self) -> None:
        """Wait for Asterisk's sound. Raises TapError."""
        try:
            await self.media.start()
        except (OSError, ValueError) as error:
            self._trouble = (
                f"the gateway cannot wait for sound at {self.media.address} ({error}); see `media:` in the site folder"
            )
            raise TapError(self._trouble) from error
        self._trouble = None
        self._unwatch = self._pbx.watch(self._on_event)
        self._watching = asyncio.create_task(self._watch_pbx(), name="listening pbx")

    async def stop(self) -> None:
        """Close every tap and the door."""
        self._trouble = "the gateway stops"
        self._unwatch()
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        for tap in list(self._taps.values()):
            tap.end(ASTERISK_LOST)
        await asyncio.gather(*self._hanging_up, return_exceptions=True)
        await self.media.stop()

    async def open(self, channel: str, mode: ListeningMode, hearer: Hearer, phone: str = "") -> AsteriskTap:
        """As :meth:`feeds.sources.tapping.Tapper.open`. Raises TapError."""
        tap = AsteriskTap(self, channel, hearer, phone)
        if tap.token:
            self.media.expect(tap.token, tap)
        self._taps[tap.identity] = tap
        try:
            answer = await self.act(
                "Originate",
                {
                    "Channel": f"PJSIP/{phone}" if phone else self._dial_string(tap),
                    "Application": "ChanSpy", "Data": f"{channel},{OPTIONS[mode]}", "ChannelId": tap.identity,
                    "CallerID": f"listening <{channel.partition('/')[2].rpartition('-')[0]}>",
                    "Timeout": RINGING_MS if phone else CONNECT_MS, "Async": "true",
                    **({"Variable": KEYS_OFF} if phone else {}),
                },
            )  # fmt: skip
        except BaseException:
            tap.over = True
            self.forget(tap)
            raise
        tap.action_id = answer.get("ActionID", "")
        for event in self._early:
            if event.get("ActionID") == tap.action_id:
                tap.told(event)
        return tap

    def _dial_string(self, tap: AsteriskTap) -> str:
        connection = self._pbx.settings.media.connection
        return f"WebSocket/{connection}/c(slin)v(listen={tap.identity},token={tap.token})"

    def forget(self, tap: AsteriskTap) -> None:
        """A tap is over."""
        if self._taps.pop(tap.identity, None) is not None:
            self._over.append(tap.identity)
        self.media.expect_no_more(tap.token)

    def _on_event(self, event: Message) -> None:
        kind = event.event
        if kind in ("Newchannel", "ChanSpyStart"):
            identity = event.get("Uniqueid" if kind == "Newchannel" else "SpyerUniqueid", "")
            tap = self._taps.get(identity)
            if tap is None and identity in self._over:
                log.warning("a listener comes whom nobody waits for any more, and is hung up: %s", identity)
                self.hang_up_soon(identity)
        elif kind in ("HangupRequest", "Hangup"):
            tap = self._taps.get(event.get("Uniqueid", ""))
            self.hears_requests |= kind == "HangupRequest"
            for one in list(self._taps.values()) if kind == "Hangup" else ():
                if one.channel == event.get("Channel"):
                    one.agent_gone()
        elif kind == "OriginateResponse":
            action = event.get("ActionID", "")
            tap = next((one for one in self._taps.values() if action and one.action_id == action), None)
            if tap is None:  # it may overtake the response to the action, which comes by another connection
                self._early.append(event)
        else:
            return
        if tap is not None:
            tap.told(event)

    async def _watch_pbx(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if self._taps and not self._pbx.connected:
                for tap in list(self._taps.values()):
                    tap.lose()

    # what taps have done

    async def act(self, action: str, fields: Mapping[str, str | int]) -> Message:
        """Give an action that must succeed. Raises TapError."""
        try:
            answer = await self._pbx.action(action, fields)
        except AmiError as error:
            raise TapError(str(error)) from error
        if answer.get("Response") != "Success":
            raise TapError(f"Asterisk refuses {action}: {answer.get('Message', 'no reason given')}")
        return answer

    async def hang_up(self, channel: str) -> None:
        """End a channel of ours; that it is gone already is no trouble."""
        try:
            await self._pbx.action("Hangup", {"Channel": channel})
        except AmiError as error:
            log.info("the listener's channel %s could not be hung up: %s", channel, error)

    def hang_up_soon(self, channel: str) -> None:
        """The same, for whoever cannot wait."""
        task = asyncio.create_task(self.hang_up(channel), name="listener that is hung up")
        self._hanging_up.add(task)
        task.add_done_callback(self._hanging_up.discard)

    async def meet(self, channels: Mapping[str, str]) -> None:
        """A connection begins; `channels` are the `Uniqueid`s of all that there are, with the bridge of each.

        Hang up listeners of ours that nobody minds any more: told as ended while Asterisk could not be reached. One in
        a bridge has taken a caller over, and goes on talking with them.
        """
        for tap in list(self._taps.values()):
            if tap.exists and tap.identity not in channels:
                tap.end(ENDED_UNSEEN)
        for channel, bridge in channels.items():
            if not channel.startswith(IDENTITY) or channel in self._taps:
                continue
            if bridge:
                log.warning("a call that was taken over goes on, and no session knows of it any more: %s", channel)
                continue
            log.warning("a listener of an earlier connection is hung up: %s", channel)
            await self.hang_up(channel)

    async def requeue(self, caller: str, queue: str) -> None:
        """Have a caller wait in a queue again. Raises TapError."""
        context = self._pbx.settings.dialplan.requeue
        await self.act(
            "Redirect", {"Channel": caller, "Context": context, "Exten": self._queue_name(queue), "Priority": 1}
        )
