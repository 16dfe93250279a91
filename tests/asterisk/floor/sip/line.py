"""One UDP socket with any number of phones behind it: repeats, answers and hands on what arrives."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine
from typing import Any

from tests.asterisk.floor.sip.dialog import Dialog
from tests.asterisk.floor.sip.invitation import Invitation
from tests.asterisk.floor.sip.message import ALLOW, HOST, Headers, Message, tag_of, token, user_of

T1 = 0.5
"""SIP's first interval before a request is repeated, in seconds."""
_GIVE_UP_S, _KEEP_ANSWERS_S, _RINGING_S = 32.0, 34.0, 600.0


class Line(asyncio.DatagramProtocol):
    """Requests and answers of many phones on one port."""

    def __init__(self, server: int, on_invitation: Callable[[Invitation], None]) -> None:
        self.server = server
        self.port = 0
        self.sink_port = 0
        self.dialogs: dict[tuple[str, str], Dialog] = {}
        self.invitations: dict[str, Invitation] = {}
        self.texts: list[Message] = []
        self._on_invitation = on_invitation
        self._waiting: dict[tuple[str, str], asyncio.Queue[Message]] = {}
        self._answers: dict[tuple[str, str], tuple[float, Message]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._transport: asyncio.DatagramTransport | None = None
        self._sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    async def open(self) -> None:
        """Take a free port; and another that nobody reads, for phones that are silent."""
        link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        link.bind((HOST, 0))
        self.port = link.getsockname()[1]
        self._sink.bind((HOST, 0))
        self.sink_port = self._sink.getsockname()[1]
        self._transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, sock=link)

    async def close(self) -> None:
        """Let go of the port and of everything that waits."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for dialog in list(self.dialogs.values()):
            dialog.close("the line was closed")
        if self._transport:
            self._transport.close()
        self._sink.close()

    def cut(self) -> None:
        """Asterisk has died: no call goes on, no phone rings, and nobody will tell."""
        for dialog in list(self.dialogs.values()):
            dialog.close("the line went dead")
        for invitation in list(self.invitations.values()):
            invitation.cancel()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something beside; it ends with the line at the latest."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def write(self, message: Message) -> None:
        """Send a message to Asterisk, once."""
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(message.encode(), (HOST, self.server))

    async def send(self, request: Message) -> Message | None:
        """Send a request, repeat it as SIP over UDP must, and return the final answer; None when there is none."""
        answers = self._waiting[request.transaction] = asyncio.Queue()
        delay, until, patience = T1, time.monotonic() + _GIVE_UP_S, 0.0
        self.write(request)
        try:
            while time.monotonic() < until:
                try:
                    answer = await asyncio.wait_for(answers.get(), patience or delay)
                except TimeoutError:
                    if patience:
                        return None
                    self.write(request)
                    delay = min(delay * 2, 4)
                    continue
                if answer.status >= 200:
                    self._acknowledge_refusal(request, answer)
                    return answer
                if request.method == "INVITE":
                    patience, until = _RINGING_S, time.monotonic() + _RINGING_S
            return None
        finally:
            self._waiting.pop(request.transaction, None)

    def answer(
        self, request: Message, code: int, phrase: str, tag: str = "", extra: Headers = (), body: str = ""
    ) -> Message:
        """Answer a request, and keep the answer for a request that is repeated."""
        to = request.get("To")
        to = to if tag_of(to) or not tag else f"{to};tag={tag}"
        contact = f"<sip:{user_of(request.start) or 'phone'}@{HOST}:{self.port}>"
        headers = [("Via", value) for value in request.all("Via")]
        headers += [("From", request.get("From")), ("To", to), ("Call-ID", request.get("Call-ID"))]
        headers += [("CSeq", request.get("CSeq")), ("Contact", contact), ALLOW, *extra]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        reply = Message(f"SIP/2.0 {code} {phrase}", headers, body)
        self._keep(request.transaction, reply)
        self.write(reply)
        return reply

    def error_received(self, error: Exception) -> None:
        """Nobody listens at Asterisk's port: it is down, and the repeated request will tell when it is not."""

    def datagram_received(self, data: bytes, address: tuple[str | Any, int]) -> None:
        """Hand on what arrives."""
        if len(data) < 20:
            return
        message = Message.parse(data)
        if message.status:
            self._take_answer(message)
        elif message.method == "ACK":
            invitation = self.invitations.get(message.get("Call-ID"))
            if invitation:
                invitation.acknowledged.set()
        elif message.transaction in self._answers:
            self.write(self._answers[message.transaction][1])
        elif message.method == "CANCEL":
            self.answer(message, 200, "OK")
            invitation = self.invitations.get(message.get("Call-ID"))
            if invitation:
                invitation.cancel()
        else:
            self._take_request(message)

    def _take_answer(self, answer: Message) -> None:
        waiting = self._waiting.get(answer.transaction)
        if waiting:
            waiting.put_nowait(answer)
        elif answer.status // 100 == 2 and answer.method == "INVITE":
            dialog = self.dialogs.get((answer.get("Call-ID"), tag_of(answer.get("From"))))
            if dialog:  # our ACK was lost
                dialog.acknowledge(answer.number)

    def _take_request(self, request: Message) -> None:
        dialog = self.dialogs.get((request.get("Call-ID"), tag_of(request.get("To"))))
        if dialog:
            dialog.take(request)
        elif request.method == "INVITE":
            invitation = self.invitations[request.get("Call-ID")] = Invitation(self, request)
            self._on_invitation(invitation)
        elif request.method in ("OPTIONS", "NOTIFY", "MESSAGE"):
            self.answer(request, 200, "OK")
            if request.method == "MESSAGE":
                self.texts.append(request)
        else:
            self.answer(request, 481, "No Such Call", token())

    def _acknowledge_refusal(self, request: Message, answer: Message) -> None:
        if request.method != "INVITE" or answer.status < 300:
            return
        kept = ("Via", "Max-Forwards", "From", "Call-ID")
        headers = [(key, value) for key, value in request.headers if key in kept]
        headers += [("To", answer.get("To")), ("CSeq", f"{request.number} ACK")]
        self.write(Message(request.start.replace("INVITE", "ACK", 1), headers))

    def _keep(self, transaction: tuple[str, str], reply: Message) -> None:
        now = time.monotonic()
        self._answers.pop(transaction, None)  # the newest answer stands last
        self._answers[transaction] = (now, reply)
        while self._answers:
            oldest = next(iter(self._answers))
            if self._answers[oldest][0] > now - _KEEP_ANSWERS_S:
                break
            del self._answers[oldest]

    async def register(self, user: str, expires: int = 3600) -> bool:
        """Tell Asterisk where a phone is; `expires` 0 takes it back."""
        address = f"sip:{user}@{HOST}"
        headers = [("Via", self.via()), ("Max-Forwards", "70"), ("From", f"<{address}>;tag={token()}")]
        headers += [("To", f"<{address}>"), ("Call-ID", token(16)), ("CSeq", "1 REGISTER")]
        headers += [("Contact", f"<sip:{user}@{HOST}:{self.port}>"), ("Expires", str(expires))]
        answer = await self.send(Message(f"REGISTER sip:{HOST}:{self.server} SIP/2.0", headers))
        return answer is not None and answer.status == 200

    def via(self) -> str:
        """A Via of a new transaction."""
        return f"SIP/2.0/UDP {HOST}:{self.port};branch=z9hG4bK{token(12)}"
