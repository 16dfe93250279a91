"""A call that a phone places, from dialling to the answer or the refusal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.asterisk.floor.sip.dialog import Dialog
from tests.asterisk.floor.sip.message import HOST, Message, description, sound_address, token, uri_of
from tests.asterisk.floor.sound import Sound

if TYPE_CHECKING:
    from tests.asterisk.floor.sip.line import Line


class Outgoing:
    """An INVITE of ours; `settled` once it was answered, refused or taken back."""

    def __init__(self, line: Line, caller: str, number: str, sound: Sound | None, name: str = "") -> None:
        shown = f'"{name}" ' if name else ""
        local = f"{shown}<sip:{caller}@{HOST}:{line.port}>;tag={token()}"
        port = sound.port if sound else line.sink_port
        place = f"sip:{number}@{HOST}:{line.server}"
        self.dialog = Dialog(line, token(16), local, f"<{place}>", place, sound, port)
        self.settled = asyncio.Event()
        self.refusal = 0
        """The code of a refusal; 408 when nothing answered at all."""
        self._request = self.dialog.request("INVITE", body=description(port))

    async def run(self) -> None:
        """Dial, and return when it is settled."""
        dialog = self.dialog
        answer = await dialog.line.send(self._request)
        if answer is None or answer.status >= 300:
            self.refusal = answer.status if answer else 408
            dialog.close("refused")
        else:
            dialog.remote, dialog.target = answer.get("To"), uri_of(answer.get("Contact"))
            dialog.acknowledge(self._request.number)
            address = sound_address(answer.body)
            if dialog.sound and address:
                dialog.sound.start(address)
        self.settled.set()

    async def cancel(self) -> None:
        """Take it back before it is answered."""
        kept = ("Via", "Max-Forwards", "From", "To", "Call-ID")
        headers = [(key, value) for key, value in self._request.headers if key in kept]
        headers.append(("CSeq", f"{self._request.number} CANCEL"))
        await self.dialog.line.send(Message(self._request.start.replace("INVITE", "CANCEL", 1), headers))
        await self.settled.wait()
