"""The stream of events into facts: pure, so that a live PBX and a recorded stream give the same floor.

Times are the PBX's own (`Timestamp`) plus a constant offset between the clocks; they never go backwards, because the
order of the stream is the truth and its stamps step back by some milliseconds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from config.asterisk import Asterisk
from config.schema import Site
from feeds.facts import AnyFact
from feeds.sources.asterisk.agenda import Agenda
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.calls import Calls
from feeds.sources.asterisk.channels import Channel, Channels
from feeds.sources.asterisk.names import Names
from feeds.sources.asterisk.people import People
from feeds.sources.asterisk.serving import Serving
from feeds.sources.asterisk.trunks import Trunks

log = logging.getLogger("feeds.sources.asterisk")

Handler = Callable[[Message, int], None]
AHEAD_MS: Final = 1000
STRAY_MS: Final = 3_600_000
"""What a stamp may be off, even where clocks are put right meanwhile; more, and it is no time."""


class Translation:
    """Give it events in order; facts come out in `out`, which the reader empties."""

    def __init__(self, site: Site, settings: Asterisk) -> None:
        self.out: list[AnyFact] = []
        self.now = 0
        """The time of the newest event or of the last :meth:`advance`, UTC milliseconds."""
        self.offset_ms = 0
        """What is added to the PBX's times."""
        self.agenda = Agenda()
        self.names = Names(site, settings, self.tell)
        self.channels = Channels()
        serving = Serving(site, self.agenda, self.tell)
        self.people = People(self.names, self.channels, self.agenda, self.tell, serving)
        self.calls = Calls(
            self.names, self.channels, self.people, self.agenda, self.tell, frozenset(settings.dialplan.trunks)
        )
        self.trunks = Trunks(site, self.tell)
        self._told_wraps = {one.queue: one.seconds for one in settings.wrap_ups}
        self.people.queue_wraps |= self._told_wraps
        self.on_user_event: dict[str, Handler] = {}
        """What else wants to hear of the dialplan's own events, by their name."""
        self.reloaded: Handler = lambda message, at: None
        self._handlers = self._all_handlers()

    def tell(self, fact: AnyFact) -> None:
        """A fact comes to be."""
        self.out.append(fact)

    def _all_handlers(self) -> dict[str, Handler]:
        calls, people = self.calls, self.people
        return {
            "Newchannel": self._on_new_channel, "Newstate": self._on_new_state, "Hangup": self._on_hangup,
            "HangupRequest": self._on_hangup_request, "SoftHangupRequest": self._on_soft_request,
            "Rename": self._on_rename, "DialBegin": self._on_dial,
            "BridgeEnter": self._on_enter, "BridgeLeave": self._on_bridge_leave,
            "Hold": lambda message, at: self._on_hold(message, True, at),
            "Unhold": lambda message, at: self._on_hold(message, False, at),
            "QueueCallerJoin": calls.on_join, "QueueCallerLeave": calls.on_leave,
            "QueueCallerAbandon": calls.on_abandon,
            "AgentCalled": calls.on_called, "AgentConnect": calls.on_connect, "AgentComplete": calls.talks.on_complete,
            "AgentRingNoAnswer": calls.on_no_answer, "AgentDump": calls.on_no_answer,
            "BlindTransfer": self._on_blind, "AttendedTransfer": self._on_attended,
            "QueueMemberStatus": people.on_status, "QueueMemberPause": self._on_member,
            "QueueMemberAdded": self._on_member, "QueueMemberPenalty": self._on_member,
            "QueueMemberRinginuse": self._on_member, "QueueMemberRemoved": people.on_removed,
            "DeviceStateChange": self._on_device, "UserEvent": self._on_user_event,
            "Reload": lambda message, at: self.reloaded(message, at),
        }  # fmt: skip

    def take(self, message: Message, arrived: int) -> None:
        """Use one event that came in at `arrived` (UTC milliseconds). Events that are malformed are passed over."""
        if message.event in self._handlers:
            self.use(message, self._time_of(message, arrived))

    def use(self, message: Message, at: int) -> None:
        """Use one event of a known time, UTC milliseconds."""
        handler = self._handlers.get(message.event)
        if handler is None:
            return
        self.calls.late = at < self.now
        if at > self.now:
            self.advance(at)
        try:
            handler(message, self.now)
        except (KeyError, ValueError) as error:
            self.malformed(message, error)

    def use_wraps(self, config: Message) -> None:
        """Take wrap-up times from the answer to GetConfig for queues.conf; those of the site folder win."""
        if config.get("Response") != "Success":
            return
        found = {self.names.asked(name): seconds for name, seconds in wrap_ups(config).items()}
        wraps = {queue: seconds for queue, seconds in found.items() if queue is not None}
        self.people.queue_wraps = {**wraps, **self._told_wraps}

    def malformed(self, message: Message, error: Exception) -> None:
        """An event lacks what it always has; the next look at everything puts right what it would have said."""
        log.warning("an event %s cannot be used: %s %s", message.event, type(error).__name__, error)

    def _time_of(self, message: Message, arrived: int) -> int:
        at = message.at_ms + self.offset_ms
        if at > arrived + AHEAD_MS or at < arrived - STRAY_MS:
            return arrived  # a clock that jumps must not take the floor with it, whose own clock never goes back
        return at

    def advance(self, at: int) -> None:
        """Time has passed: do what is due."""
        if at > self.now:
            self.agenda.run(at)
            self.now = at

    # Channels

    def _on_new_channel(self, message: Message, at: int) -> None:
        known = self.channels.get(message["Channel"])
        if known is not None and known.unique == message.get("Uniqueid"):
            return  # known by a snapshot already
        channel = self.channels.add(Channel(message, at))
        self.calls.on_new_channel(channel, at)
        self._look_at(channel, at)

    def _on_new_state(self, message: Message, at: int) -> None:
        channel = self.channels.get(message["Channel"])
        if channel is not None:
            channel.state = int(message["ChannelState"])
            self._look_at(channel, at)

    def _on_hangup_request(self, message: Message, at: int) -> None:
        channel = self.channels.get(message["Channel"])
        if channel is not None:
            channel.hung_up = self.calls.hears_requests = True

    def _on_soft_request(self, message: Message, at: int) -> None:
        channel = self.channels.get(message["Channel"])
        if channel is not None and not self.calls.has_left(channel):  # else the dialplan ends it, which is told so, too
            channel.hung_up = True

    def _on_rename(self, message: Message, at: int) -> None:
        old, fresh = message["Channel"], message["Newname"]
        self.channels.rename(old, fresh)
        self.calls.on_rename(old, fresh)

    def _on_dial(self, message: Message, at: int) -> None:
        channel = self.channels.get(message.get("Channel", ""))
        if channel is not None:
            channel.dialled = message.get("DestChannel", "")
            self._look_at(channel, at)

    def _on_enter(self, message: Message, at: int) -> None:
        channel = self.channels.get(message["Channel"])
        if channel is not None:
            self.channels.enter(channel, message["BridgeUniqueid"])
            self._look_at(channel, at)
            for other in self.channels.joined_with(channel):
                self._look_at(other, at)

    def _on_bridge_leave(self, message: Message, at: int) -> None:
        channel = self.channels.get(message["Channel"])
        if channel is not None:
            others = self.channels.joined_with(channel)
            self.channels.leave(channel)
            self.calls.talks.on_apart(channel, at)
            for one in (channel, *others):
                self._look_at(one, at)

    def _on_hangup(self, message: Message, at: int) -> None:
        channel = self.channels.remove(message["Channel"])
        if channel is not None:
            self.calls.on_hangup(channel, at)
            self._look_at(channel, at)

    def _on_hold(self, message: Message, held: bool, at: int) -> None:
        channel = self.channels.get(message["Channel"])
        if channel is not None:
            self.calls.talks.on_hold(channel, held, at)

    def _look_at(self, channel: Channel, at: int) -> None:
        person = self.people.of_channel(channel)
        if person is not None:
            self.people.refresh(person, at)

    # The rest

    def _on_blind(self, message: Message, at: int) -> None:
        if message.get("Result") == "Success":
            self.calls.talks.on_transfer((message.get("TransfererChannel", ""),), "blind", at)

    def _on_attended(self, message: Message, at: int) -> None:
        if message.get("Result") == "Success":
            names = (message.get("OrigTransfererChannel", ""), message.get("SecondTransfererChannel", ""))
            self.calls.talks.on_transfer(names, "attended", at)
            if message.get("DestType") == "App":
                ends = (message.get("OrigTransfererUniqueid", ""), message.get("SecondTransfererUniqueid", ""))
                passed = message.get("TransfereeUniqueid", ""), message.get("TransfereeChannel", "")
                self.calls.on_place_taken(ends, *passed, at)

    def _on_member(self, message: Message, at: int) -> None:
        self.people.on_member(message, at)

    def _on_device(self, message: Message, at: int) -> None:
        device, word = message["Device"], message.get("State", "")
        self.people.on_device(device, word, at)
        self.trunks.on_device(device, word, at)

    def _on_user_event(self, message: Message, at: int) -> None:
        name = message.get("UserEvent", "")
        if name == "FloorEnd":
            self.calls.on_floor_end(message, at)
        elif name == "FloorRoute" and (channel := self.channels.get(message.get("Channel", ""))) is not None:
            channel.routed = True
        handler = self.on_user_event.get(name)
        if handler is not None:
            handler(message, at)


def wrap_ups(config: Message) -> dict[str, float]:
    """Wrap-up seconds by queue from GetConfig's answer for queues.conf (`Category-000001: claims`, `Line-000001-…`)."""
    names: dict[str, str] = {}
    found: dict[str, float] = {}
    for key, value in config.items():
        kind, _, number = key.partition("-")
        if kind == "Category":
            names[number] = value
        elif kind == "Line" and value.startswith("wrapuptime="):
            seconds = value.partition("=")[2].strip()
            if seconds.isdigit():
                found[names.get(number.partition("-")[0], "")] = float(seconds)
    return found


WANTED: Final = frozenset({
    "FullyBooted", "Shutdown", "Reload", "QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon",
    "QueueMemberAdded", "QueueMemberRemoved", "QueueMemberPause", "QueueMemberPenalty", "QueueMemberRinginuse",
    "QueueMemberStatus", "AgentCalled", "AgentConnect", "AgentComplete", "AgentRingNoAnswer", "AgentDump", "Newchannel",
    "Newstate", "Rename", "HangupRequest", "SoftHangupRequest", "Hangup", "DialBegin", "BridgeEnter", "BridgeLeave",
    "Hold", "Unhold", "BlindTransfer", "AttendedTransfer", "ChanSpyStart", "ChanSpyStop", "OriginateResponse",
    "UserEvent", "DeviceStateChange",
})  # fmt: skip
"""The events that the gateway asks for; the last ones are for orders and listening."""
