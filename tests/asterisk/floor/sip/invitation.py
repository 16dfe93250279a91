"""A call that arrives at a phone and is not answered yet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.asterisk.floor.sip.dialog import Dialog
from tests.asterisk.floor.sip.message import Message, description, sound_address, token, uri_of, user_of
from tests.asterisk.floor.sound import Sound

if TYPE_CHECKING:
    from tests.asterisk.floor.sip.line import Line

_REPEATS, _FIRST_S, _LONGEST_S = 7, 0.5, 4.0


class Invitation:
    """An INVITE: rings, and is then refused, accepted, or taken back by the caller."""

    def __init__(self, line: Line, request: Message) -> None:
        self.line, self.request = line, request
        self.number = user_of(request.start)
        self.caller = user_of(request.get("From"))
        self.cancelled = asyncio.Event()
        self.acknowledged = asyncio.Event()
        self._tag = token()
        self._settled = False
        line.answer(request, 100, "Trying")

    def ring(self) -> None:
        """Tell that the phone rings."""
        self.line.answer(self.request, 180, "Ringing", self._tag)

    def refuse(self, code: int = 486, phrase: str = "Busy Here") -> None:
        """Do not take the call."""
        self._settle()
        self.line.answer(self.request, code, phrase, self._tag)

    def cancel(self) -> None:
        """The caller's side took it back; too late where it is accepted already, because a BYE will follow."""
        if not self._settled:
            self._settle()
            self.line.answer(self.request, 487, "Request Terminated", self._tag)
            self.cancelled.set()

    async def accept(self, sound: Sound | None) -> Dialog | None:
        """Take the call; None when the other side no longer knows of it."""
        self._settled = True
        request, port = self.request, sound.port if sound else self.line.sink_port
        local, target = f"{request.get('To')};tag={self._tag}", uri_of(request.get("Contact"))
        dialog = Dialog(self.line, request.get("Call-ID"), local, request.get("From"), target, sound, port)
        reply = self.line.answer(request, 200, "OK", self._tag, body=description(port))
        address = sound_address(request.body)
        if sound and address:
            sound.start(address)
        delay = _FIRST_S
        for _ in range(_REPEATS):
            try:
                await asyncio.wait_for(self.acknowledged.wait(), delay)
            except TimeoutError:
                self.line.write(reply)
                delay = min(delay * 2, _LONGEST_S)
                continue
            self._settle()
            return dialog
        self._settle()
        dialog.close("nobody acknowledged the answer")
        return None

    def _settle(self) -> None:
        self._settled = True
        self.line.invitations.pop(self.request.get("Call-ID"), None)
