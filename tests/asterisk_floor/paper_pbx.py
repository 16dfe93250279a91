"""A connection to an Asterisk that is not there: a test says what it answers and when it is cut."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from config.asterisk import Asterisk
from feeds.sources.asterisk.ami.link import LinkLostError
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.asterisk.translation import WANTED


class PaperPbx(Pbx):
    """A PBX that answers nothing but empty lists; a test may refuse to open it, or cut it."""

    def __init__(self) -> None:
        super().__init__(Asterisk(), "", WANTED)
        self.opened = 0
        self.refuses = False
        self.hear: Callable[[list[Message]], None] = lambda messages: None
        self.cut = asyncio.Event()
        self.why = ""
        self.configured = "Response: Success"

    async def open(self, on_messages: Callable[[list[Message]], None]) -> float:
        """Connect, or not."""
        self.opened += 1
        self.cut.clear()
        if self.refuses:
            raise LinkLostError("nobody there")
        self.hear = on_messages
        return 0.0

    async def state_rows(self, action: str) -> list[Message]:
        """Nothing is there."""
        return []

    async def state_action(self, action: str, fields: object) -> Message:
        """What a test has configured."""
        return Message(self.configured)

    async def action(self, action: str, fields: object = None, timeout_s: float = 0) -> Message:
        """Everything may be asked and nothing comes of it."""
        return Message("Response: Success")

    async def rows(self, action: str, fields: object = None, timeout_s: float = 0) -> list[Message]:
        """No switch is written."""
        return []

    async def stay(self, proved: Callable[[], Awaitable[None]]) -> None:
        """Until it is cut."""
        await self.cut.wait()
        raise LinkLostError(self.why or "cut")

    def give_up(self, reason: str) -> None:
        """Cut it."""
        self.why = reason
        self.cut.set()

    async def close(self) -> None:
        """Nothing is open."""
