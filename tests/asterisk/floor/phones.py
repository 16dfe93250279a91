"""Phones and callers for tests, in the test's own loop: they do exactly what they are told, when they are told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from tests.asterisk.floor.reach import Reachable
from tests.asterisk.floor.sip.invitation import Invitation
from tests.asterisk.floor.sip.line import Line
from tests.asterisk.floor.sip.message import user_of
from tests.asterisk.floor.talks import Call, Ringing, Talk
from tests.asterisk.floor.waiting import DEADLINE_S, within

_AT_ONCE = 16
"""So many phones register side by side; more may overrun Asterisk's queue of tasks."""


class Refused(Exception):
    """The call was not taken; `code` is SIP's."""

    def __init__(self, number: str, code: int) -> None:
        super().__init__(f"{number} refused the call with {code}")
        self.code = code


class Phone:
    """One phone: it rings until somebody takes a call from `next_call`, unless it was told what to do by itself."""

    def __init__(self, phones: Phones, number: str) -> None:
        self.phones, self.number = phones, number
        self.on_call: Callable[[Ringing], Awaitable[None]] | None = None
        self._ringing: asyncio.Queue[Ringing] = asyncio.Queue()
        self._talks: asyncio.Queue[Talk] = asyncio.Queue()

    async def register(self) -> None:
        """Let Asterisk know the phone: its seat becomes reachable."""
        assert await self.phones.line.register(self.number), f"Asterisk does not accept the phone {self.number}"

    async def unregister(self) -> None:
        """Unplug it: its seat becomes unreachable."""
        await self.phones.line.register(self.number, 0)

    async def next_call(self, deadline: float = DEADLINE_S) -> Ringing:
        """The next call that makes it ring."""
        return await within(deadline, f"{self.number} rings", self._ringing.get())

    async def next_talk(self, deadline: float = DEADLINE_S) -> Talk:
        """The next talk of a phone that answers by itself."""
        return await within(deadline, f"{self.number} answers by itself", self._talks.get())

    async def dial(self, number: str, hz: float = 0.0) -> Talk:
        """Call somebody and return when he answers. Raises Refused."""
        return await self.phones.call(number, self.number, hz)

    def answer_by_itself(self, hz: float = 0.0) -> None:
        """Take every call at once, as a supervisor's phone does."""

        async def take(ringing: Ringing) -> None:
            self._talks.put_nowait(await ringing.answer(hz))

        self.on_call = take

    def refuse_by_itself(self, code: int = 486) -> None:
        """Refuse every call at once, busy unless another code is given."""

        async def refuse(ringing: Ringing) -> None:
            ringing.refuse(code)

        self.on_call = refuse

    def take(self, invitation: Invitation) -> None:
        """A call arrives."""
        ringing = Ringing(self, invitation)
        if self.on_call:
            self.phones.line.spawn(self._do(self.on_call, ringing))
            return
        ringing.ring()
        self._ringing.put_nowait(ringing)

    @staticmethod
    async def _do(what: Callable[[Ringing], Awaitable[None]], ringing: Ringing) -> None:
        await what(ringing)


class Phones:
    """All phones and callers of one program; `silent` spares the ports of those who say nothing (for load)."""

    def __init__(self, floor: Reachable, silent: bool = False) -> None:
        self.floor, self.silent = floor, silent
        self.line = Line(floor.ports.sip, self._take)
        self.callers: dict[str, Call] = {}
        self._phones: dict[str, Phone] = {}

    def __getitem__(self, number: str) -> Phone:
        """A phone by its number; it must be registered before it can ring."""
        return self._phones.setdefault(number, Phone(self, number))

    async def plug(self, *numbers: str) -> tuple[Phone, ...]:
        """Register phones."""
        await self.plug_all(numbers)
        return tuple(self[number] for number in numbers)

    async def plug_all(self, numbers: Iterable[str] | None = None) -> None:
        """Register all phones of the plan, or those named, some side by side."""
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(number: str) -> None:
            async with room:
                await self[number].register()

        wanted = self.floor.plan.phones if numbers is None else numbers
        await asyncio.gather(*(one(number) for number in wanted))

    async def dial(self, number: str, caller: str, hz: float = 0.0, name: str = "") -> Call:
        """Begin a call from outside (or of the phone `caller`) and return at once."""
        call = await Call.begin(self, number, caller, hz, name)
        self.callers[caller] = call
        return call

    async def call(self, number: str, caller: str = "13800000001", hz: float = 0.0, name: str = "") -> Call:
        """The same, and return when it is answered; a queue does so before an agent does. Raises Refused."""
        call = await self.dial(number, caller, hz, name)
        await within(DEADLINE_S, f"the call to {number} is settled", call.settled.wait())
        if call.refusal:
            raise Refused(number, call.refusal)
        return call

    def tell_connected(self, caller: str, agent: str) -> None:
        """A phone has answered this caller, which in SIP a caller who waits in a queue cannot see."""
        call = self.callers.get(caller)
        if call:
            call.agents.append(agent)
            call.connected.set()

    async def hang_up_all(self) -> None:
        """End every call that goes on."""
        await asyncio.gather(*(dialog.bye() for dialog in list(self.line.dialogs.values())), return_exceptions=True)

    async def close(self) -> None:
        """Leave nothing behind: no call, no phone, no port."""
        if self.floor.runs:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(3):  # it may be frozen, or just be going
                    await self.hang_up_all()
                    await asyncio.gather(*(self[number].unregister() for number in self._phones))
        await self.line.close()

    def _take(self, invitation: Invitation) -> None:
        self[user_of(invitation.request.start)].take(invitation)


@contextlib.asynccontextmanager
async def phones_of(floor: Reachable, *numbers: str, silent: bool = False) -> AsyncIterator[Phones]:
    """Phones for a floor, those named registered; at the end they hang up and go."""
    phones = Phones(floor, silent)
    await phones.line.open()
    try:
        await phones.plug(*numbers)
        yield phones
    finally:
        await phones.close()
