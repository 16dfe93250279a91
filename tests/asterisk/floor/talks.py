"""A call as the person at the phone knows it: it rings, it is answered, it is held and transferred, it ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from tests.asterisk.floor.sip.dialog import Dialog
from tests.asterisk.floor.sip.invitation import Invitation
from tests.asterisk.floor.sip.message import user_of
from tests.asterisk.floor.sip.outgoing import Outgoing
from tests.asterisk.floor.sound import Sound
from tests.asterisk.floor.waiting import DEADLINE_S, within

if TYPE_CHECKING:
    from tests.asterisk.floor.phones import Phone, Phones


class Talk:
    """A call that was answered, at one phone."""

    def __init__(self, phones: Phones, dialog: Dialog) -> None:
        self.phones, self.dialog = phones, dialog

    @property
    def number(self) -> str:
        """Whose phone it is."""
        return user_of(self.dialog.local)

    @property
    def other(self) -> str:
        """Whom the phone shows at the other end."""
        return user_of(self.dialog.remote)

    @property
    def sound(self) -> Sound:
        """What is said and heard here."""
        assert self.dialog.sound is not None, "this phone has no sound"
        return self.dialog.sound

    @property
    def ended(self) -> asyncio.Event:
        """Set when the call is over at this phone."""
        return self.dialog.ended

    @property
    def reason(self) -> str:
        """Who hung up: `we hung up` or `they hung up`."""
        return self.dialog.reason

    async def until_ended(self, deadline: float = DEADLINE_S) -> str:
        """Wait for the end; returns who hung up."""
        await within(deadline, f"the call of {self.number} ends", self.ended.wait())
        return self.reason

    async def hang_up(self) -> None:
        """End the call."""
        await self.dialog.bye()

    async def hold(self) -> None:
        """Put the other side on hold."""
        assert await self.dialog.point("sendonly"), f"{self.number} could not hold"

    async def resume(self) -> None:
        """Talk again."""
        assert await self.dialog.point("sendrecv"), f"{self.number} could not resume"

    async def blind_transfer(self, number: str) -> None:
        """Send the other side to a number and be rid of it."""
        assert await self.dialog.refer(number), f"the transfer of {self.number} to {number} was refused"
        await self.until_transferred()
        await self.hang_up()

    async def attended_transfer(self, number: str, colleague_hz: float) -> None:
        """Hold, ask a colleague, and put the two together once he is heard; he must answer meanwhile, with that tone.

        An answer alone is not enough: a transfer that comes before Asterisk has bridged the two connects nobody.
        """
        await self.hold()
        consultation = await self.phones.call(number, self.number)
        await consultation.sound.hears(colleague_hz)
        await self.join(consultation)

    async def join(self, consultation: Talk) -> None:
        """Put the other sides of two talks of this phone together."""
        assert await self.dialog.refer(consultation.other, consultation.dialog), "the attended transfer was refused"
        await self.until_transferred()
        await self.hang_up()
        await consultation.hang_up()

    async def until_transferred(self, deadline: float = DEADLINE_S) -> None:
        """Wait until a transfer is done: Asterisk says so, or ends our call."""
        loop = asyncio.get_running_loop()
        waits = [loop.create_task(self.ended.wait()), loop.create_task(self.dialog.referred.wait())]
        try:
            done, _ = await asyncio.wait(waits, timeout=deadline, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
        assert done, f"nobody tells {self.number} what became of the transfer"
        assert self.dialog.transfer < 300, f"the transfer of {self.number} failed with {self.dialog.transfer}"


class Ringing:
    """A call that makes a phone ring."""

    def __init__(self, phone: Phone, invitation: Invitation) -> None:
        self.phone, self.invitation = phone, invitation

    @property
    def caller(self) -> str:
        """The number that the phone shows."""
        return self.invitation.caller

    @property
    def stopped(self) -> asyncio.Event:
        """Set when it stops ringing unanswered."""
        return self.invitation.cancelled

    def ring(self) -> None:
        """Tell Asterisk that it rings."""
        self.invitation.ring()

    def refuse(self, code: int = 486) -> None:
        """Do not take the call, because of being busy unless another code is given."""
        self.invitation.refuse(code)

    async def until_stopped(self, deadline: float = DEADLINE_S) -> None:
        """Let it ring until Asterisk gives up."""
        await within(deadline, f"{self.phone.number} stops ringing", self.stopped.wait())

    async def answer(self, hz: float = 0.0) -> Talk:
        """Take the call, and say a tone; 0 is silence."""
        phones = self.phone.phones
        sound = None if phones.silent and not hz else await Sound.open(hz)
        dialog = await self.invitation.accept(sound)
        assert dialog is not None, f"nobody acknowledged the answer of {self.phone.number}"
        phones.tell_connected(self.caller, self.phone.number)
        return Talk(phones, dialog)


class Call(Talk):
    """A call that somebody places; a talk from the moment when it is answered."""

    def __init__(self, phones: Phones, outgoing: Outgoing) -> None:
        super().__init__(phones, outgoing.dialog)
        self.connected = asyncio.Event()
        """Set when an agent's phone has answered this caller."""
        self.agents: list[str] = []
        """Who has answered so far, in order."""
        self._outgoing = outgoing

    @classmethod
    async def begin(cls, phones: Phones, number: str, caller: str, hz: float, name: str) -> Self:
        """Dial."""
        sound = None if phones.silent and not hz else await Sound.open(hz)
        call = cls(phones, Outgoing(phones.line, caller, number, sound, name))
        phones.line.spawn(call._outgoing.run())
        return call

    @property
    def settled(self) -> asyncio.Event:
        """Set when it was answered (by the queue, for a caller), refused or taken back."""
        return self._outgoing.settled

    @property
    def refusal(self) -> int:
        """The code with which it was refused, else 0."""
        return self._outgoing.refusal

    async def until_connected(self, deadline: float = DEADLINE_S) -> str:
        """Wait until an agent has answered; returns who."""
        await within(deadline, f"an agent answers {self.number}", self.connected.wait())
        return self.agents[-1]

    async def hang_up(self) -> None:
        """Give up, or end the talk."""
        if self.settled.is_set():
            await super().hang_up()
        else:
            await self._outgoing.cancel()
