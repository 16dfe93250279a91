"""Channels and bridges as the events tell of them: who is up, who is joined with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.names import interface_of_channel, whole

DOWN, RING, RINGING, UP = 0, 4, 5, 6
LOCALS: Final = 4
"""Local channels that may lie one behind the other."""


class Channel:
    """One end of a call. `unique` names it for ever; `application` and `talk_since` are what a snapshot shows."""

    __slots__ = (
        "application", "bridge", "context", "created", "dialled", "hung_up", "interface", "name", "number",
        "originated", "routed", "state", "talk_since", "unique",
    )  # fmt: skip

    def __init__(self, message: Message, at: int) -> None:
        get = message.get
        self.name = message["Channel"]
        self.unique = get("Uniqueid", "")
        self.state = whole(get("ChannelState", ""))
        self.context = get("Context", "")
        self.number = get("CallerIDNum", "")
        self.interface = interface_of_channel(self.name)
        self.created = at
        self.bridge = ""
        self.application = ""
        self.talk_since = 0
        self.dialled = ""
        self.hung_up = False
        """The far end has hung up; the channel may go on for as long as the dialplan's last words take."""
        self.routed = False
        """The dialplan has told how it sends this call to its queue, and so will tell what became of it there."""
        self.originated = self.state == RING and not self.is_local
        """Whether this end began the call; seen at its birth only."""

    @property
    def calls(self) -> bool:
        """Whether this end calls somebody: by its own dialling, or after it was called to do so (click to dial)."""
        return self.originated or (bool(self.dialled) and not self.is_local)

    @property
    def is_local(self) -> bool:
        """Whether it is half of a Local channel: no phone, but a way to one."""
        return self.name.startswith("Local/")


class Channels:
    """All channels by name, and the bridges that they are in."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._bridges: dict[str, set[str]] = {}
        self._of_interface: dict[str, dict[str, Channel]] = {}

    def __len__(self) -> int:
        return len(self._channels)

    def __iter__(self) -> Iterator[Channel]:
        return iter(list(self._channels.values()))

    def get(self, name: str) -> Channel | None:
        """The channel of that name, if it lives."""
        return self._channels.get(name)

    def add(self, channel: Channel) -> Channel:
        """A new channel."""
        self._channels[channel.name] = channel
        self._of_interface.setdefault(channel.interface, {})[channel.name] = channel
        return channel

    def remove(self, name: str) -> Channel | None:
        """A channel is gone; what it was."""
        channel = self._channels.pop(name, None)
        if channel is None:
            return None
        self.leave(channel)
        of_interface = self._of_interface[channel.interface]
        of_interface.pop(name, None)
        if not of_interface:
            del self._of_interface[channel.interface]
        return channel

    def of_interface(self, interface: str) -> list[Channel]:
        """The living channels of a phone, in a settled order."""
        found = self._of_interface.get(interface)
        if not found:
            return []
        return [found[name] for name in sorted(found)] if len(found) > 1 else list(found.values())

    def rename(self, name: str, fresh: str) -> None:
        """A channel goes on under another name (a masquerade)."""
        channel = self._channels.get(name)
        if channel is None:
            return
        bridge = channel.bridge
        self.remove(name)
        channel.name, channel.interface = fresh, interface_of_channel(fresh)
        self.add(channel)
        if bridge:
            self.enter(channel, bridge)

    def enter(self, channel: Channel, bridge: str) -> None:
        """A channel is in a bridge now."""
        if channel.bridge != bridge:
            self.leave(channel)
            channel.bridge = bridge
            self._bridges.setdefault(bridge, set()).add(channel.name)

    def leave(self, channel: Channel) -> None:
        """A channel is in no bridge now."""
        members = self._bridges.get(channel.bridge)
        if members is not None:
            members.discard(channel.name)
            if not members:
                del self._bridges[channel.bridge]
        channel.bridge = ""

    def joined_with(self, channel: Channel) -> list[Channel]:
        """The other ends in the same bridge, in a settled order."""
        names = self._bridges.get(channel.bridge, ()) if channel.bridge else ()
        return [self._channels[name] for name in sorted(names) if name != channel.name]

    def behind(self, name: str) -> str | None:
        """The channel of the phone itself; of `Local/…;1` what is joined to its other end."""
        channel = self.get(name)
        for _ in range(LOCALS):
            if channel is None or not channel.is_local:
                break
            other = self.get(other_half(channel.name))
            joined = self.joined_with(other) if other is not None else []
            channel = joined[0] if len(joined) == 1 else None
        return None if channel is None else channel.name


def other_half(name: str) -> str:
    """The other end of a Local channel (`…;1` of `…;2`), empty for any other channel."""
    return f"{name[:-1]}{'2' if name.endswith('1') else '1'}" if name.startswith("Local/") else ""
