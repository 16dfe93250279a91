"""What a gateway needs of a source that can let somebody listen: taps on calls that are opened, switched, closed.

The gateway knows nothing of how a PBX does it. A source that can has a member `tapper`; see :func:`tapper_of`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from feeds.states import ListeningMode

ChannelOf = Callable[[str], str | None]
"""The channel of an agent's phone on the call of a seat or of a leg, by its id; None where there is none now."""


class TapError(Exception):
    """A tap cannot be opened or switched; `text` says why, for whoever asked to listen (feeds.said)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Hearer(Protocol):
    """Who is told of a tap. Called from the loop in which it was opened; must return quickly and not raise."""

    def joined(self) -> None:
        """The tap is on the call; sound may come from now on."""

    def heard(self, pcm: bytes) -> None:
        """Sound as it comes: mono, signed 16 bit, little endian, at the tapper's rate; a silent line sends none."""

    def ended(self, why: str) -> None:
        """The tap is off, whoever did it; said once, also of a tap that was closed. `why` is as in feeds.said."""


class Tap(Protocol):
    """One listener on one call."""

    async def switch(self, mode: ListeningMode) -> None:
        """Change who hears the supervisor, without a gap in what he hears. Raises TapError; all is as before then."""

    def say(self, pcm: bytes) -> None:
        """Have the supervisor heard, as the mode says; sound that the PBX does not take is dropped."""

    async def close(self, keep_caller: str | None = None) -> None:
        """Take the tap off; the call goes on, but for one that was taken over.

        With the id of a queue as `keep_caller`, a caller who was taken over waits there again instead of being cut off.
        """


class Tapper(Protocol):
    """Opens taps."""

    @property
    def rate(self) -> int:
        """Samples of sound a second, in both directions."""

    def channel_of(self, seat: str) -> str | None:
        """As :data:`ChannelOf`, for a seat."""

    def channel_of_leg(self, leg: str) -> str | None:
        """As :data:`ChannelOf`, for a leg."""

    def trouble(self) -> str | None:
        """Why nobody can listen now, None if they can."""

    async def start(self) -> None:
        """Be ready for the first tap. Raises TapError with what to do."""

    async def stop(self) -> None:
        """Close all taps and let go of everything."""

    async def open(self, channel: str, mode: ListeningMode, hearer: Hearer, phone: str = "") -> Tap:
        """Begin to tap a channel; returns before it is joined. With `phone`, that phone rings and hears instead.

        Raises TapError.
        """


def tapper_of(source: object) -> Tapper | None:
    """The source's tapper, None for one at which nobody can listen."""
    found: Tapper | None = getattr(source, "tapper", None)
    return found
