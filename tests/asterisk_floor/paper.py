"""An Asterisk on paper: it knows its own state, says what a real one says, and can be asked for everything.

The shapes of the events are those of Asterisk 22 (shared samples). Each method says one thing, so that a test decides
the order; those at the end of the class say several in the usual order.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.snapshot import Snapshot

START = 1_795_317_643_000
"""2026-11-22 10:00:43 in Shanghai, a whole second."""
CALLER, OTHER_CALLER, THIRD_CALLER = "13800000001", "13900000002", "13700000003"
NAMES = {"8001": "8001 徐芳芳", "8002": "8002 林梅华", "8003": "8003 Ann", "8004": "8004 Bob"}
STATES = {4: "Ring", 5: "Ringing", 6: "Up", 0: "Down"}


@dataclass(eq=False)
class Line:
    """A channel."""

    name: str
    unique: str
    linked: str
    context: str
    number: str
    born: int
    state: int = 0
    exten: str = "claims"
    bridge: str = ""
    application: str = ""
    data: str = ""
    talk_since: int = 0
    alive: bool = True


@dataclass
class Member:
    """A member of a queue."""

    queue: str
    interface: str
    name: str
    device: str
    dynamic: bool = False
    penalty: int = 0
    paused: bool = False
    reason: str = ""
    wrapup: int = 0
    last_call: int = 0
    paused_at: int = 0


@dataclass(eq=False)
class Stay:
    """A caller's stay in a queue."""

    caller: Line
    queue: str
    joined: int
    priority: int = 0


@dataclass(eq=False)
class Talk:
    """A caller and the agent whom the queue gave them."""

    caller: Line
    phone: Line
    queue: str
    member: Member
    began: int
    held: bool = False


@dataclass
class PaperAsterisk:
    """Says events into `said`; `now` is its clock in UTC milliseconds."""

    now: int = START
    said: list[Message] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    devices: dict[str, str] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def wait(self, ms: int) -> None:
        """Time passes."""
        self.now += ms

    def say(self, event: str, *headers: dict[str, object], **more: object) -> Message:
        """Say an event with these headers."""
        stamp = f"{self.now // 1000}.{self.now % 1000:03}000"
        message = message_of({"Event": event, "Privilege": "call,all", "Timestamp": stamp}, *headers, more)
        self.said.append(message)
        return message

    def take_said(self) -> list[Message]:
        """What was said since the last time."""
        said, self.said = self.said, []
        return said

    # Members and devices

    def member(self, queue: str, number: str, way: str = "PJSIP/{}", device: str = "", **more: object) -> Member:
        """A member, known but not told."""
        interface = way.format(number)
        name = NAMES.get(number, number)
        one = Member(queue, interface, name, device or interface, **more)  # type: ignore[arg-type]
        self.members.append(one)
        self.devices.setdefault(one.device, "NOT_INUSE")
        return one

    def tell_member(self, member: Member, event: str = "QueueMemberStatus") -> None:
        """An event that describes a member whole."""
        row = self._member(member)
        self.say(event, {"Queue": member.queue, "MemberName": member.name, "Interface": member.interface}, row)

    def pause(self, number: str, paused: bool, reason: str = "", queues: tuple[str, ...] = ()) -> None:
        """Somebody pauses in some queues, or in all."""
        for one in self.members:
            if one.name.startswith(number) and (not queues or one.queue in queues):
                one.paused, one.reason = paused, reason if paused else ""
                one.paused_at = self.now // 1000 if paused else one.paused_at
                self.tell_member(one, "QueueMemberPause")

    def remove(self, member: Member) -> None:
        """A member leaves a queue."""
        self.members.remove(member)
        self.tell_member(member, "QueueMemberRemoved")

    def device(self, name: str, state: str) -> None:
        """A device changes its state, and so do its members."""
        self.devices[name] = state
        self.say("DeviceStateChange", Device=name, State=state)
        for one in self.members:
            if one.device == name:
                self.tell_member(one)

    def _member(self, member: Member) -> dict[str, object]:
        words = ("UNKNOWN", "NOT_INUSE", "INUSE", "BUSY", "INVALID", "UNAVAILABLE", "RINGING", "RINGINUSE", "ONHOLD")
        return {
            "StateInterface": member.device, "Membership": "dynamic" if member.dynamic else "static",
            "Penalty": member.penalty, "CallsTaken": 0, "LastCall": member.last_call, "LastPause": member.paused_at,
            "LoginTime": START // 1000 - 60, "InCall": 0, "Status": words.index(self.devices[member.device]),
            "Paused": int(member.paused), "PausedReason": member.reason, "Ringinuse": 0, "Wrapuptime": member.wrapup,
        }  # fmt: skip

    # Channels

    def line(self, interface: str, linked: Line | None = None, *, state: int = 0, context: str = "from-agent",
             number: str = "", end: str = "") -> Line:  # fmt: skip
        """A new channel of a phone or trunk."""
        count = next(self._numbers)
        unique = f"floor-{self.now // 1000}.{count}"
        name = f"{interface}-{count:08x}{end}"
        made = Line(name, unique, linked.linked if linked else unique, context, number, self.now, state)
        self.lines.append(made)
        self.say("Newchannel", channel_of(made))
        return made

    def caller(self, number: str = CALLER, context: str = "from-trunk") -> Line:
        """A call comes in."""
        made = self.line("PJSIP/trunk", state=4, context=context, number=number)
        self.up(made)
        return made

    def state(self, line: Line, state: int) -> None:
        """A channel rings or is answered."""
        line.state = state
        self.say("Newstate", channel_of(line))

    def rename(self, line: Line, name: str) -> None:
        """A channel goes on under another name (a masquerade)."""
        old, line.name = line.name, name
        self.say("Rename", Channel=old, Newname=name, Uniqueid=line.unique)

    def up(self, line: Line) -> None:
        """A channel is answered."""
        self.state(line, 6)

    def enter(self, line: Line, bridge: str) -> None:
        """A channel enters a bridge."""
        line.bridge = bridge
        self.say("BridgeEnter", {"BridgeUniqueid": bridge, "BridgeType": "basic"}, channel_of(line))

    def leave_bridge(self, line: Line) -> None:
        """A channel leaves its bridge."""
        bridge, line.bridge = line.bridge, ""
        self.say("BridgeLeave", {"BridgeUniqueid": bridge, "BridgeType": "basic"}, channel_of(line))

    def hang_up(self, line: Line, cause: int = 16) -> None:
        """A channel is gone."""
        line.alive = False
        self.lines.remove(line)
        self.say("Hangup", channel_of(line), {"Cause": cause, "Cause-txt": "Normal Clearing"})

    def far_end_gone(self, line: Line, *, soft: bool = False) -> None:
        """The far end hangs up, or (`soft`) somebody or the dialplan here; the channel's own end follows."""
        self.say("SoftHangupRequest" if soft else "HangupRequest", channel_of(line))

    def hold(self, line: Line, held: bool = True) -> None:
        """A phone holds its call, or takes it back."""
        self.say("Hold" if held else "Unhold", channel_of(line))

    # The queue

    def join(self, caller: Line, queue: str) -> Stay:
        """A caller begins to wait."""
        caller.context, caller.exten, caller.application, caller.data = "acd", queue, "Queue", f"{queue},t,,,120"
        stay = Stay(caller, queue, self.now)
        self.stays.append(stay)
        count = len([one for one in self.stays if one.queue == queue])
        self.say("QueueCallerJoin", channel_of(caller), Queue=queue, Position=count, Count=count)
        return stay

    def leave(self, stay: Stay) -> None:
        """A caller does not wait any more."""
        self.stays.remove(stay)
        count = len([one for one in self.stays if one.queue == stay.queue])
        self.say("QueueCallerLeave", channel_of(stay.caller), Queue=stay.queue, Position=1, Count=count)

    def abandon(self, stay: Stay) -> None:
        """What Asterisk says of a caller who gave up, and of more."""
        waited = (self.now - stay.joined) // 1000
        self.say("QueueCallerAbandon", channel_of(stay.caller), Queue=stay.queue, Position=1, HoldTime=waited)

    def floor_route(self, caller: Line, queue: str, mode: str = "normal") -> None:
        """The dialplan says how it sends a call to its queue."""
        self.say("UserEvent", channel_of(caller), UserEvent="FloorRoute", Queue=queue, Mode=mode)

    def floor_end(self, caller: Line, queue: str, status: str, mode: str = "normal") -> None:
        """The dialplan's last word on a call that found no agent."""
        self.say("UserEvent", channel_of(caller), UserEvent="FloorEnd", Queue=queue, Mode=mode, Queuestatus=status)

    def phone_of(self, stay: Stay, member: Member) -> Line:
        """The channel to a member's phone comes to be."""
        tech, _, rest = member.interface.partition("/")
        end = ";1" if tech == "Local" else ""
        interface = f"{tech}/{rest.partition('/')[0]}"
        return self.line(interface, stay.caller, number=member.name.partition(" ")[0], end=end)

    def called(self, stay: Stay, member: Member, phone: Line, *, dial: bool = True) -> None:
        """The queue calls a member."""
        self._of_both("AgentCalled", stay.caller, phone, member)
        if dial:
            self.say("DialBegin", channel_of(stay.caller), channel_of(phone, "Dest"), DialString=member.interface)

    def rings(self, phone: Line) -> None:
        """The phone says that it rings."""
        self.state(phone, 5)

    def dial_end(self, stay: Stay, phone: Line, status: str) -> None:
        """How a dialling ended."""
        self.say("DialEnd", channel_of(stay.caller), channel_of(phone, "Dest"), DialStatus=status)

    def no_answer(self, stay: Stay, member: Member, phone: Line, rang_ms: int) -> None:
        """The queue gives a member up."""
        self._of_both("AgentRingNoAnswer", stay.caller, phone, member, RingTime=rang_ms)

    def connect(self, stay: Stay, member: Member, phone: Line, rang_s: int = 1) -> Talk:
        """Caller and member are put together."""
        held = (self.now - stay.joined) // 1000
        phone.talk_since = self.now // 1000
        self._of_both("AgentConnect", stay.caller, phone, member, HoldTime=held, RingTime=rang_s)
        return Talk(stay.caller, phone, stay.queue, member, self.now)

    def complete(self, talk: Talk, reason: str = "agent", *, without: str = "") -> None:
        """The queue has done; some lack the agent's channel, some all channels."""
        times = {"HoldTime": 1, "TalkTime": (self.now - talk.began) // 1000, "Reason": reason}
        names = {"Queue": talk.queue, "Interface": talk.member.interface, "MemberName": talk.member.name}
        lines = {"": [channel_of(talk.caller), channel_of(talk.phone, "Dest")], "Dest": [channel_of(talk.caller)]}
        self.say("AgentComplete", *lines.get(without, []), names, times)

    def _of_both(self, event: str, caller: Line, phone: Line, member: Member, **more: object) -> None:
        names = {"Queue": member.queue, "Interface": member.interface, "MemberName": member.name}
        self.say(event, channel_of(caller), channel_of(phone, "Dest"), names, more)

    def blind(self, talk: Talk, to: str, result: str = "Success") -> None:
        """The agent has passed the caller on."""
        lines = (channel_of(talk.phone, "Transferer"), channel_of(talk.caller, "Transferee"))
        self.say("BlindTransfer", {"Result": result}, *lines, {"IsExternal": "Yes", "Extension": to})

    def attended(self, first: Line, second: Line, result: str = "Success") -> None:
        """The agent puts both ends together."""
        lines = (channel_of(first, "OrigTransferer"), channel_of(second, "SecondTransferer"))
        self.say("AttendedTransfer", {"Result": result}, *lines, {"DestType": "Bridge"})

    def place_taken(self, talk: Talk, stay: Stay) -> None:
        """The agent passes the caller on to where a call of the agent's own still waits: it takes that place."""
        left = stay.caller
        lines = (channel_of(talk.phone, "OrigTransferer"), channel_of(left, "SecondTransferer"))
        self.say("AttendedTransfer", {"Result": "Success"}, *lines, channel_of(talk.caller, "Transferee"),
                 {"DestType": "App", "DestApp": "Queue"})  # fmt: skip
        self.complete(talk, "transfer")
        self.leave_bridge(talk.caller)
        self.leave_bridge(talk.phone)
        self.hang_up(talk.phone)
        self.hang_up(left)
        stay.caller = talk.caller
        talk.caller.exten, talk.caller.data = stay.queue, left.data

    # In the usual order

    def ring(self, stay: Stay, member: Member) -> Line:
        """A phone is called and rings."""
        phone = self.phone_of(stay, member)
        self.called(stay, member, phone)
        self.rings(phone)
        self.device(member.device, "RINGING")
        return phone

    def answer(self, stay: Stay, member: Member, phone: Line) -> Talk:
        """The agent picks up."""
        self.up(phone)
        self.device(member.device, "INUSE")
        self.dial_end(stay, phone, "ANSWER")
        self.leave(stay)
        talk = self.connect(stay, member, phone)
        bridge = f"bridge-{next(self._numbers)}"
        self.enter(phone, bridge)
        self.enter(stay.caller, bridge)
        return talk

    def give_up(self, stay: Stay) -> None:
        """The caller hangs up while waiting."""
        self.abandon(stay)
        self.leave(stay)
        self.hang_up(stay.caller)

    def end(self, talk: Talk, reason: str = "agent") -> None:
        """Somebody hangs up."""
        self.complete(talk, reason)
        self.leave_bridge(talk.phone)
        self.leave_bridge(talk.caller)
        self.hang_up(talk.phone)
        self.hang_up(talk.caller)
        self.device(talk.member.device, "NOT_INUSE")

    # Asked for everything

    def snapshot(self) -> Snapshot:
        """All lists at this moment."""
        queues = sorted({one.queue for one in self.members} | {one.queue for one in self.stays} | {"claims", "inquiry"})
        return Snapshot(
            [message_of({"Event": "DeviceStateChange", "Device": d, "State": s}) for d, s in self.devices.items()],
            [message_of({"Event": "QueueParams", "Queue": queue}) for queue in queues],
            [self._row_of(one) for one in self.members], [self._entry(one) for one in self.stays],
            [self._shown(line) for line in self.lines],
        )  # fmt: skip

    def _row_of(self, one: Member) -> Message:
        names = {"Event": "QueueMember", "Queue": one.queue, "Name": one.name, "Location": one.interface}
        return message_of(names, self._member(one))

    def _entry(self, stay: Stay) -> Message:
        of = {"Channel": stay.caller.name, "Uniqueid": stay.caller.unique, "CallerIDNum": stay.caller.number}
        waited = (self.now - stay.joined) // 1000
        return message_of(
            {"Event": "QueueEntry", "Queue": stay.queue, "Position": 1}, of, {"Wait": waited, "Priority": stay.priority}
        )

    def _shown(self, line: Line) -> Message:
        seconds = (self.now - line.born) // 1000
        lived = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        doing = {"Application": line.application or "AppQueue", "ApplicationData": line.data, "Duration": lived}
        return message_of({"Event": "CoreShowChannel"}, channel_of(line), doing, {"BridgeId": line.bridge})


def channel_of(line: Line, prefix: str = "") -> dict[str, object]:
    """The headers that every event about a channel has."""
    headers = {
        "Channel": line.name, "ChannelState": line.state, "ChannelStateDesc": STATES[line.state],
        "CallerIDNum": line.number, "CallerIDName": "<unknown>", "ConnectedLineNum": "<unknown>", "Language": "en",
        "AccountCode": "", "Context": line.context, "Exten": line.exten, "Priority": 1, "Uniqueid": line.unique,
        "Linkedid": line.linked, "ChanVariable": f"TALK_SINCE={line.talk_since or ''}",
    }  # fmt: skip
    return {prefix + name: value for name, value in headers.items()}


def message_of(*headers: dict[str, object]) -> Message:
    """A message with these headers, in order."""
    return Message("\r\n".join(f"{name}: {value}" for part in headers for name, value in part.items()))
