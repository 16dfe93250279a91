"""Commands on a real Asterisk: given by actions, and done only when the events, or asking, show what they did."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from feeds.commands import (
    Command,
    Ended,
    HangUp,
    Join,
    LogOut,
    MakeReady,
    MoveSeat,
    Pause,
    Prioritise,
    Redirect,
    Requeue,
    SetSwitch,
)  # fmt: skip
from feeds.said import said
from feeds.sources.asterisk.ami.link import DeniedError, LinkLostError
from feeds.sources.asterisk.ami.messages import AmiError, Fields, number
from feeds.sources.asterisk.legs import Caller, Leg
from feeds.sources.asterisk.names import whole
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.asterisk.persons import Membership, Person
from feeds.sources.asterisk.pulse import Pulse
from feeds.sources.asterisk.refusing import meaning
from feeds.sources.asterisk.switches import NORMAL, Switches
from feeds.sources.asterisk.translation import Translation
from feeds.states import WITH_A_CALL

log = logging.getLogger("feeds.sources.asterisk")

ARRIVED_S: Final = 1.0
PACKAGE_REDIRECT: Final = "floor-redirect"
"""The context of the package under resources/asterisk that passes any number on."""


class _Refusal(Exception):
    """Asterisk says no."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Acting:
    """Carries commands out on one PBX; `pulse` beats when events were used."""

    def __init__(self, pbx: Pbx, model: Translation, switches: Switches, pulse: Pulse) -> None:
        self._pbx, self._model, self._switches, self._pulse = pbx, model, switches, pulse
        self._acts: dict[type, Callable[[Any, str], Awaitable[Ended]]] = {
            MakeReady: self._ready, Pause: self._pause, LogOut: self._log_out, MoveSeat: self._move,
            Requeue: self._requeue, Redirect: self._redirect, Prioritise: self._prioritise, HangUp: self._hang_up,
            SetSwitch: self._switch,
        }  # fmt: skip

    async def serve(self, command: Command, by: str) -> Ended:
        """Carry a command out for the credential `by`; see :class:`feeds.sources.servant.Servant`."""
        if not self._pbx.connected:
            return Ended("failed", said("asterisk.away", "Asterisk is not connected: nothing was done"))
        try:
            return await self._acts[type(command)](command, by)
        except _Refusal as error:
            return Ended("failed", error.text)
        except LinkLostError as error:
            text = "{error}: it may have happened; trust the screen"
            return Ended("unknown", said("asterisk.lost", text, error=str(error)))
        except (DeniedError, AmiError, ValueError) as error:
            return Ended("failed", said("asterisk.error", "{error}", error=str(error)))

    def serves(self, seat: str) -> dict[str, int] | None:
        """The queues that whoever sits at a seat is a member of, with their penalties."""
        person = self._model.people.at_seat(seat)
        return None if person is None else person.serves

    async def _do(self, action: str, fields: Fields) -> None:
        """Give an action that must succeed."""
        answer = await self._pbx.action(action, fields)
        if answer.get("Response") != "Success":
            raise _Refusal(meaning(answer.get("Message", action)))

    async def _all(self, steps: Sequence[tuple[str, Fields]]) -> None:
        """Give actions that belong together; of those that come to a stop half way it is said so."""
        for place, (action, fields) in enumerate(steps):
            try:
                await self._do(action, fields)
            except (_Refusal, DeniedError) as error:
                if not place:
                    raise
                text = "{error}; done by half: look at the queues of the seat"
                raise _Refusal(said("asterisk.half", text, error=str(error))) from error

    async def _when(self, holds: Callable[[], bool], text: str = "") -> Ended:
        return Ended("done", text) if await self._pulse.seen(holds) else self._unseen()

    def _unseen(self) -> Ended:
        text = "asked, not seen after {seconds:g} s: it may still come; trust the screen"
        return Ended("unknown", said("order.unseen", text, seconds=self._pulse.within_s))

    # Seats

    def _person(self, seat: str) -> Person:
        person = self._model.people.at_seat(seat)
        if person is None:
            raise _Refusal(said("asterisk.nobody", "Asterisk knows nobody at seat {seat}", seat=seat))
        return person

    async def _pausing(self, person: Person, paused: bool, reason: str) -> None:
        fields = {"Paused": "true" if paused else "false", **({"Reason": reason} if reason else {})}
        interfaces = sorted({interface for _, interface in person.memberships})
        await self._all([("QueuePause", {"Interface": interface, **fields}) for interface in interfaces])

    async def _ready(self, command: MakeReady, by: str) -> Ended:
        person = self._person(command.seat)
        if not person.memberships:
            text = "seat {seat} is signed in to no queue"
            return Ended("refused", said("asterisk.no_membership", text, seat=command.seat))
        await self._pausing(person, False, "")
        return await self._when(lambda: not any(one.paused for one in person.memberships.values()))

    async def _pause(self, command: Pause, by: str) -> Ended:
        person = self._person(command.seat)
        before = person.forced_by
        self._model.people.force(person, by)
        try:
            await self._pausing(person, True, command.reason)
        except (_Refusal, DeniedError, ValueError):
            self._model.people.force(person, before)  # the next pause is the person's own
            raise

        def paused() -> bool:
            memberships = person.memberships.values()
            return bool(memberships) and all(one.paused and one.reason == command.reason for one in memberships)

        busy = ""
        if person.talks or person.attempts or person.shown.state in WITH_A_CALL:
            busy = said("after_call.pause", "the pause begins when the call is over")
        return await self._when(paused, busy)

    async def _log_out(self, command: LogOut, by: str) -> Ended:
        person = self._person(command.seat)
        fixed = [queue for (queue, _), one in person.memberships.items() if not one.dynamic]
        if fixed:
            return Ended("refused", _fixed(fixed))
        await self._all(self._leaving(person, [queue for queue, _ in person.memberships]))
        return await self._when(lambda: not person.memberships)

    def _leaving(self, person: Person, queues: Sequence[str]) -> list[tuple[str, Fields]]:
        return [
            ("QueueRemove", {"Queue": self._queue(queue), "Interface": interface})
            for queue, interface in person.memberships
            if queue in queues
        ]

    def _queue(self, queue: str) -> str:
        name = self._model.names.in_asterisk(queue)
        if name is None:
            raise _Refusal(said("asterisk.no_queue", "Asterisk has no queue {queue}", queue=queue))
        return name

    async def _move(self, command: MoveSeat, by: str) -> Ended:
        person = self._person(command.seat)
        fixed = [q for (q, _), one in person.memberships.items() if q in command.leave and not one.dynamic]
        if fixed:
            return Ended("refused", _fixed(fixed))
        home = person.home
        if home is None:
            text = "Asterisk knows no phone of seat {seat}"
            raise _Refusal(said("asterisk.no_phone", text, seat=command.seat))
        for queue in (*(one.queue for one in command.join), *command.leave):
            self._queue(queue)  # nothing is done by half because of a name
        before = {queue: int(one.penalty) for (queue, _), one in person.memberships.items()}
        steps = [step for one in command.join for step in self._joining(person, home, one.queue, one.penalty)]
        await self._all([*steps, *self._leaving(person, command.leave)])

        def moved() -> bool:
            now = {queue: one.penalty for (queue, _), one in person.memberships.items()}
            return all(now.get(one.queue) == one.penalty for one in command.join) and not now.keys() & {*command.leave}

        ended = await self._when(moved)
        if ended.state != "done":
            return ended
        if self._model.people.serving.prove(person, self._model.now, by):  # an order is done when its floor shows it
            await self._pulse.next()
        now = {queue: one.penalty for (queue, _), one in person.memberships.items()}
        joined = tuple(Join(queue, penalty) for queue, penalty in before.items() if now.get(queue) != penalty)
        left = tuple(queue for queue in now if queue not in before)
        return Ended("done", ended.text, MoveSeat(command.seat, joined, left) if joined or left else None)

    def _joining(self, person: Person, home: Membership, queue: str, penalty: int) -> list[tuple[str, Fields]]:
        fields = {"Queue": self._queue(queue), "Interface": home.interface, "Penalty": str(penalty)}
        there = [interface for name, interface in person.memberships if name == queue]
        if there:
            return [("QueuePenalty", {**fields, "Interface": interface}) for interface in there]
        paused, reason = person.pause
        more = {"Paused": "true" if paused else "false", "MemberName": home.name, "StateInterface": home.device}
        steps: list[tuple[str, Fields]] = [("QueueAdd", {**fields, **more})]
        if reason:  # QueueAdd takes none
            why = {"Queue": fields["Queue"], "Interface": home.interface, "Paused": "true", "Reason": reason}
            steps.append(("QueuePause", why))
        return steps

    # Calls

    def _call(self, leg: str) -> tuple[Caller, Leg]:
        found = self._model.calls.leg(leg)
        if found is None:
            raise _Refusal(said("call.over", "this call is over"))
        return found

    async def _must_lead(self, context: str, exten: str) -> None:
        """Refuse a way that the dialplan does not have: who is sent there is cut off, and Asterisk says yes."""
        wheres = [context]
        try:
            if context == PACKAGE_REDIRECT:  # it takes anything, and passes it on into the site's own numbers
                inside = await self._pbx.action("Getvar", {"Variable": "FLOOR_INSIDE"})
                wheres.append(inside.get("Value", "") or "from-internal")
            for where in wheres:
                found = await self._pbx.action("Getvar", {"Variable": f"DIALPLAN_EXISTS({where},{exten},1)"})
                if found.get("Value", "") == "0":
                    text = "there is no {number} in [{context}] of the dialplan: nothing was done"
                    raise _Refusal(said("asterisk.no_way", text, number=exten, context=where))
        except DeniedError as error:
            log.debug("the way to %s in [%s] cannot be looked up: %s", exten, context, error)

    async def _must_have_room(self, queue: str) -> None:
        """Refuse a queue that is full: it would not take the caller, who has left the other one by then."""
        if self._switches.leads_to(queue) != NORMAL:
            return  # the caller is sent elsewhere, and how it is there no single number says
        name = self._queue(queue)
        try:
            rows = await self._pbx.rows("QueueStatus", {"Queue": name})
        except DeniedError as error:
            log.debug("whether %s has room cannot be looked up: %s", name, error)
            return
        for row in rows:
            most = whole(row.get("Max", "")) if row.event == "QueueParams" and row.get("Queue") == name else 0
            if most and whole(row.get("Calls", "")) >= most:
                text = "{queue} is full (at most {most} may wait): nothing was done"
                raise _Refusal(said("call.queue_full", text, queue=queue, most=most))

    async def _send_away(self, caller: Caller, context: str, exten: str) -> None:
        """Take a waiting caller out of the queue: Asterisk counts an abandonment, the floor does not."""
        caller.moved_by_us = True
        try:
            await self._do("Redirect", {"Channel": caller.channel, "Context": context, "Exten": exten, "Priority": "1"})
        except (_Refusal, DeniedError, ValueError):
            caller.moved_by_us = False
            raise

    async def _tell_the_way_back(self, caller: Caller, leg: Leg) -> None:
        """Say where the caller waits, for a queue that takes nobody: only the join tells (joinempty, a last place)."""
        place = 1 + self._model.calls.ahead_of(leg)
        fields = {"Channel": caller.channel, "Variable": "FLOOR_BACK", "Value": f"{self._queue(leg.queue)}:{place}"}
        try:
            await self._do("Setvar", fields)
        except (_Refusal, DeniedError) as error:
            log.debug("the way back of %s cannot be told: %s", caller.channel, error)

    async def _requeue(self, command: Requeue, by: str) -> Ended:
        caller, leg = self._call(command.leg)
        if not leg.waits:
            return Ended("refused", said("call.answered", "an agent has this call already"))
        await self._must_lead(self._pbx.settings.dialplan.requeue, self._queue(command.queue))
        await self._must_have_room(command.queue)
        moved = command.queue != leg.queue
        if moved:
            await self._tell_the_way_back(caller, leg)
        await self._send_away(caller, self._pbx.settings.dialplan.requeue, self._queue(command.queue))
        arrived = await self._pulse.seen(lambda: caller.leg is not None and caller.leg is not leg)
        as_usual = self._switches.leads_to(command.queue) == NORMAL
        if arrived and moved and as_usual and caller.leg is not None and caller.leg.queue == leg.queue:
            text = "{queue} does not take calls now: it waits in {there} again, at its place"
            return Ended("failed", said("call.put_back", text, queue=command.queue, there=leg.queue))
        if arrived and caller.leg is not None and caller.leg.queue != command.queue:
            text = "a switch sends calls for {queue} elsewhere: it waits in {there}"
            return Ended("done", said("call.sent_elsewhere", text, queue=command.queue, there=caller.leg.queue))
        if not arrived and caller.leg is None:
            text = "the call left its queue and did not come to {queue}"
            return Ended("failed", said("call.not_arrived", text, queue=command.queue))
        return Ended("done") if arrived else self._unseen()

    async def _redirect(self, command: Redirect, by: str) -> Ended:
        caller, leg = self._call(command.leg)
        context = self._pbx.settings.dialplan.redirect
        await self._must_lead(context, command.to)
        if leg.waits:
            await self._send_away(caller, context, command.to)
        else:
            fields = {"Channel": leg.agent_channel, "Context": context, "Exten": command.to}
            await self._do("BlindTransfer", fields)
        ended = await self._when(lambda: caller.leg is not leg)
        if ended.state != "done":
            return ended
        # Who is cut off leaves the queue as well as who arrives somewhere.
        cut = await self._pulse.seen(lambda: self._is_over(caller), min(ARRIVED_S, self._pulse.within_s))
        text = "the call has ended: its caller hung up, or nobody took it at {to}"
        return Ended("failed", said("call.cut", text, to=command.to)) if cut else ended

    def _is_over(self, caller: Caller) -> bool:
        return self._model.calls.get(caller.unique) is None

    async def _prioritise(self, command: Prioritise, by: str) -> Ended:
        caller, leg = self._call(command.leg)
        queue = self._queue(leg.queue)
        fields = {"Queue": queue, "Caller": caller.channel, "Priority": str(command.priority), "Immediate": "yes"}
        await self._do("QueueChangePriorityCaller", fields)
        try:  # no event tells of it
            rows = await self._pbx.rows("QueueStatus", {"Queue": queue})
        except DeniedError as error:
            text = "asked, but it cannot be looked up: {error}"
            return Ended("unknown", said("asterisk.hidden", text, error=str(error)))
        for row in rows:
            if row.event == "QueueEntry" and row.get("Uniqueid") == caller.unique:
                self._model.calls.prioritised(leg, int(number(row.get("Priority", ""))), self._model.now)
                await self._pulse.next()
                kept = leg.priority == command.priority
                if kept:
                    return Ended("done")
                text = "Asterisk kept the priority {priority}"
                return Ended("failed", said("asterisk.priority_kept", text, priority=leg.priority))
        return Ended("failed", said("call.left", "the call has left its queue meanwhile"))

    async def _hang_up(self, command: HangUp, by: str) -> Ended:
        caller, _ = self._call(command.leg)
        channel = self._model.channels.get(caller.channel)
        before = channel is not None and channel.hung_up
        if channel is not None:
            channel.hung_up = True  # no event says so before the queue takes it for one whose time is up
        try:
            await self._do("Hangup", {"Channel": caller.channel, "Cause": "16"})
        except (_Refusal, DeniedError, ValueError):
            if channel is not None:
                channel.hung_up = before  # who is sent elsewhere from here on has not given up
            raise
        return await self._when(lambda: self._is_over(caller))

    # Switches

    async def _switch(self, command: SetSwitch, by: str) -> Ended:
        trouble = await self._switches.put(command.switch, command.value, by)
        await self._pulse.next()
        if trouble:
            return Ended("unknown", trouble)
        value, asked, proved = self._switches.state(command.switch)
        if value != command.value:
            text = "written, but {value} is read back: somebody else turned it"
            return Ended("failed", said("switch.other", text, value=value or "nothing"))
        if not proved and not asked:
            text = "written and read back, but the dialplan does not say what it does with calls"
            return Ended("unknown", said("switch.unsaid", text))
        if not proved:
            text = "written and read back, but the dialplan still says {value}"
            return Ended("failed", said("switch.unproved", text, value=asked))
        if asked == value:
            return Ended("done")
        return Ended("done", said("switch.all_wins", "`all` wins: calls go by {value}", value=asked))


def _fixed(queues: list[str]) -> str:
    text = "member of {queues} by Asterisk's configuration, which no order can undo; a pause keeps calls away as well"
    return said("asterisk.fixed", text, queues=sorted(set(queues)))
