"""One call of one phone, from its answer to its end: hold, transfer, keys, the end."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from tests.asterisk.floor.sip.message import (
    ALLOW,
    HOST,
    Headers,
    Message,
    description,
    sound_address,
    tag_of,
    uri_of,
    user_of,
)  # fmt: skip
from tests.asterisk.floor.sound import Sound

if TYPE_CHECKING:
    from tests.asterisk.floor.sip.line import Line

_ANSWER_S = 4.0


class Dialog:
    """A phone's side of a call; `local` and `remote` are From and To with their tags."""

    def __init__(
        self, line: Line, call_id: str, local: str, remote: str, target: str, sound: Sound | None, sound_port: int
    ) -> None:
        self.line, self.call_id, self.local, self.remote, self.target = line, call_id, local, remote, target
        self.sound, self.sound_port = sound, sound_port
        self.direction = "sendrecv"
        self.ended = asyncio.Event()
        self.referred = asyncio.Event()
        self.transfer = 0
        """The last word on a transfer of ours, as a code of SIP; 0 before there is one."""
        self.reason = ""
        self._number = random.randrange(1, 1000)
        self._version = 1
        line.dialogs[(call_id, tag_of(local))] = self

    def request(self, method: str, extra: Headers = (), body: str = "", number: int = 0) -> Message:
        """A request within this call; `number` is that of the request which an ACK or a CANCEL belongs to."""
        if not number:
            self._number += 1
        headers = [("Via", self.line.via()), ("Max-Forwards", "70"), ("From", self.local), ("To", self.remote)]
        headers += [("Call-ID", self.call_id), ("CSeq", f"{number or self._number} {method}")]
        headers += [("Contact", f"<sip:{user_of(self.local)}@{HOST}:{self.line.port}>"), ALLOW, *extra]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        return Message(f"{method} {self.target} SIP/2.0", headers, body)

    def acknowledge(self, number: int) -> None:
        """Acknowledge the answer to an INVITE."""
        self.line.write(self.request("ACK", number=number))

    async def bye(self) -> None:
        """Hang up."""
        if not self.ended.is_set():
            request = self.request("BYE")
            self.close("we hung up")
            await self.line.send(request)

    async def point(self, direction: str) -> bool:
        """Hold with `sendonly`, resume with `sendrecv`; whether it was agreed to."""
        self._version += 1
        self.direction = direction
        request = self.request("INVITE", body=description(self.sound_port, direction, self._version))
        try:
            answer = await asyncio.wait_for(self.line.send(request), _ANSWER_S)
        except TimeoutError:  # the call ended while we asked
            return False
        if answer is None or answer.status // 100 != 2:
            return False
        self.acknowledge(request.number)
        return True

    async def refer(self, number: str, replaces: Dialog | None = None) -> bool:
        """Have the other side call a number, or take the place of another call of ours; whether it was agreed to."""
        place = f"sip:{number}@{HOST}:{self.line.server}"
        if replaces:
            value = f"{replaces.call_id};to-tag={tag_of(replaces.remote)};from-tag={tag_of(replaces.local)}"
            place += "?Replaces=" + value.replace(";", "%3B").replace("=", "%3D").replace("@", "%40")
        extra = [("Refer-To", f"<{place}>"), ("Referred-By", f"<{uri_of(self.local)}>")]
        answer = await self.line.send(self.request("REFER", extra))
        return answer is not None and answer.status // 100 == 2

    def take(self, request: Message) -> None:
        """Answer a request of the other side."""
        if request.method in ("INVITE", "UPDATE") and request.body:
            address = sound_address(request.body)
            if self.sound and address:
                self.sound.peer = address
            back = "recvonly" if "a=sendonly" in request.body else self.direction
            self.line.answer(request, 200, "OK", body=description(self.sound_port, back, self._version))
            return
        self.line.answer(request, 200, "OK")
        if request.method == "BYE":
            self.close("they hung up")
        elif request.method == "NOTIFY" and request.body.startswith("SIP/2.0 "):
            code = int(request.body.split(" ", 2)[1])
            if code >= 200:
                self.transfer = code
                self.referred.set()

    def close(self, reason: str) -> None:
        """Nothing of it goes on."""
        if self.ended.is_set():
            return
        self.reason = reason
        self.ended.set()
        self.line.dialogs.pop((self.call_id, tag_of(self.local)), None)
        if self.sound:
            self.sound.close()
