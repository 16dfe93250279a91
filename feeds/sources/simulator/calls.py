"""The life of a call on the floor: queue, ring, talk, hold, transfer, after-call work, or somebody gives up."""

from __future__ import annotations

from random import Random
from typing import Final

from config.schema import Site
from config.simulation import Simulation
from feeds.facts import (
    AttemptEnded,
    AttemptResult,
    AttemptStarted,
    BlockReason,
    CallArrived,
    CallEnded,
    EndedBy,
    FlowKind,
    HoldEnded,
    HoldStarted,
    LegAbandoned,
    LegAnswered,
    LegBlocked,
    LegFlowedOut,
    LegJoined,
    LegPrioritised,
    LegTransferred,
    TalkEnded,
    WorkEnded,
)
from feeds.sources.simulator.agenda import Agenda
from feeds.sources.simulator.demand import GONE, NEVER, RINGING, TALKING, WAITING, Callers, Leg
from feeds.sources.simulator.outbound import OutboundWork
from feeds.sources.simulator.people import People, Person
from feeds.sources.simulator.routing import Router
from feeds.sources.simulator.streams import stream
from feeds.sources.simulator.switches import Switches

TURNED_AWAY_MS: Final = 8000
"""How long a caller hears the announcement instead of waiting."""


class Calls:
    """Brings calls in and leads each to its end, telling a fact at every step."""

    def __init__(
        self, site: Site, profile: Simulation, seed: int, agenda: Agenda, people: People, router: Router,
        outbound: OutboundWork, callers: Callers, switches: Switches,
    ) -> None:  # fmt: skip
        self.open: dict[str, Leg] = {}
        """Legs that wait, ring or are in conversation, by id."""
        self._switches = switches
        self._agenda = agenda
        self._tell = agenda.facts.append
        self._people = people
        self._router = router
        self._outbound = outbound
        self._callers = callers
        self._handling = profile.handling
        self._rings: Random = stream(seed, "rings")
        self._transfers: Random = stream(seed, "transfers")
        ringing = profile.ringing
        self._ring_ms = ringing.ring_min_s * 1000, (ringing.ring_max_s - ringing.ring_min_s) * 1000
        self._no_answer = ringing.no_answer_probability
        self._no_answer_ms = round(ringing.no_answer_timeout_s * 1000), round(ringing.no_answer_penalty_s * 1000)
        self._queues = [queue.id for queue in site.queues]
        self._capacity = [queue.capacity for queue in site.queues]
        numbers = {queue: number for number, queue in enumerate(self._queues)}
        demands = {demand.queue: demand for demand in profile.demands}
        self._timeouts: list[int | None] = [None] * len(self._queues)
        self._overflow = [NEVER] * len(self._queues)
        self._onward: list[list[tuple[int, float]]] = [[] for _ in self._queues]
        for queue, demand in demands.items():
            place = numbers[queue]
            self._timeouts[place] = None if demand.timeout_s is None else round(demand.timeout_s * 1000)
            self._overflow[place] = numbers[demand.overflow] if demand.overflow else NEVER
            others = [demands[other] for other in demand.secondary if other in demands]
            self._onward[place] = [(numbers[one.queue], one.offered) for one in others if one.offered > 0]

    def arrive(self, leg: Leg) -> None:
        """A caller comes in on a trunk, or finds none."""
        if leg.trunk:
            self._block(leg, "no_trunk")
            return
        self._tell(CallArrived(at=leg.at, call=leg.call, number=leg.number))
        self._enter(leg)

    def _enter(self, leg: Leg) -> None:
        """The way of every new call: what the switches say of its queue decides."""
        mode, other = self._switches.route(self._queues[leg.queue])
        if other:
            self._go_to(leg, self._queues.index(other))
        if mode in ("normal", "overflow"):
            self._join(leg)
        else:
            leg.stage = GONE
            self._agenda.add(leg.at + TURNED_AWAY_MS, self._hung_up, leg)

    def _go_to(self, leg: Leg, queue: int) -> None:
        leg.queue = queue
        if not self._onward[queue]:
            leg.transfer = 0.0

    def _hung_up(self, leg: Leg) -> None:
        self._tell(CallEnded(at=self._agenda.now, call=leg.call))

    def ring(self, leg: Leg, person: Person) -> None:
        """An agent's phone begins to ring for a call."""
        now = self._agenda.now
        leg.stage = RINGING
        leg.stamp += 1
        leg.agent = person.id
        leg.person = person
        self._tell(AttemptStarted(at=now, leg=leg.id, agent=person.id))
        self._people.turn(person, "ringing", leg.id)
        missed = self._rings.random() < self._no_answer
        ring = round(self._ring_ms[0] + self._ring_ms[1] * self._rings.random())
        if missed:
            self._agenda.add_while(now + self._no_answer_ms[0], self._miss, leg)
        elif ring:
            self._agenda.add_while(now + ring, self._answer, leg)
        else:
            self._answer(leg)

    def _is_full_for(self, leg: Leg) -> bool:
        capacity = self._capacity[leg.queue]
        waiting = len(self._router.waiting[leg.queue])
        return capacity is not None and waiting >= capacity and not self._router.could(leg)

    def _join(self, leg: Leg) -> None:
        if self._is_full_for(leg):
            self._block(leg, "full")
            return
        self.open[leg.id] = leg
        self._tell(
            LegJoined(
                at=leg.at,
                leg=leg.id,
                call=leg.call,
                queue=self._queues[leg.queue],
                number=leg.number,
                came_from=leg.came_from,
            )
        )
        if leg.patience != NEVER:
            self._agenda.add(leg.at + leg.patience, self._give_up, leg)
        timeout = self._timeouts[leg.queue]
        if timeout is not None:
            self._agenda.add(leg.at + timeout, self._flow_out, leg)
        self._router.offer(leg)

    def _block(self, leg: Leg, reason: BlockReason) -> None:
        leg.stage = GONE
        queue = self._queues[leg.queue]
        self._tell(LegBlocked(at=leg.at, leg=leg.id, call=leg.call, queue=queue, reason=reason, number=leg.number))
        self._tell(CallEnded(at=leg.at, call=leg.call))

    def _attempt_ended(self, leg: Leg, result: AttemptResult) -> Person:
        person = leg.person
        assert person is not None
        leg.stamp += 1
        self._tell(AttemptEnded(at=self._agenda.now, leg=leg.id, agent=person.id, result=result))
        return person

    def _miss(self, leg: Leg) -> None:
        person = self._attempt_ended(leg, "no_answer")
        leg.stage = WAITING
        self._people.turn(person, "not_responding", leg.id)
        self._people.free_after(person, self._no_answer_ms[1])
        self._router.offer(leg)

    def _give_up(self, leg: Leg) -> None:
        if leg.stage == WAITING:
            self._router.leave(leg)
        elif leg.stage != RINGING:
            return
        person = self._attempt_ended(leg, "caller_gone") if leg.stage == RINGING else None
        self._close(leg)
        self._tell(LegAbandoned(at=self._agenda.now, leg=leg.id))
        self._tell(CallEnded(at=self._agenda.now, call=leg.call))
        if person is not None:
            self._people.free(person)

    def _close(self, leg: Leg) -> None:
        leg.stage = GONE
        leg.stamp += 1
        del self.open[leg.id]

    def _flow_out(self, leg: Leg) -> None:
        if leg.stage != WAITING:
            return
        self._router.leave(leg)
        self._close(leg)
        now, onward = self._agenda.now, self._overflow[leg.queue]
        kind: FlowKind = "timeout" if onward == NEVER else "queue"
        self._tell(LegFlowedOut(at=now, leg=leg.id, kind=kind))
        if onward == NEVER:
            self._tell(CallEnded(at=now, call=leg.call))
        else:
            again = self._callers.again(onward, now, self._transfers)
            if leg.patience != NEVER:
                # Patience is the caller's, not the queue's: what is left of it goes along.
                again.patience = max(0, leg.at + leg.patience - now)
            self._go_on(leg, again)

    def _answer(self, leg: Leg) -> None:
        now = self._agenda.now
        person = self._attempt_ended(leg, "answered")
        leg.stage = TALKING
        self._tell(LegAnswered(at=now, leg=leg.id, agent=person.id))
        self._people.turn(person, "talking", leg.id)
        if leg.transfer:
            self._agenda.add_while(now + round(leg.talk * leg.transfer), self._pass_on, leg)
        elif leg.hold:
            self._agenda.add_while(now + round(leg.talk * leg.hold_share), self._hold, leg)
        else:
            self._agenda.add_while(now + leg.talk, self._finish, leg)

    def _hold(self, leg: Leg) -> None:
        self._put_on_hold(leg)
        self._agenda.add_while(self._agenda.now + leg.hold, self._resume, leg)

    def _put_on_hold(self, leg: Leg) -> None:
        assert leg.person is not None
        self._tell(HoldStarted(at=self._agenda.now, leg=leg.id))
        self._people.turn(leg.person, "hold", leg.id)

    def _resume(self, leg: Leg) -> None:
        assert leg.person is not None
        self._tell(HoldEnded(at=self._agenda.now, leg=leg.id))
        self._people.turn(leg.person, "talking", leg.id)
        self._agenda.add_while(self._agenda.now + leg.talk - round(leg.talk * leg.hold_share), self._finish, leg)

    def _pass_on(self, leg: Leg) -> None:
        if leg.attended and self._handling.consult_s > 0:
            self._put_on_hold(leg)
            consult = round(self._handling.consult_s * 1000 * (0.5 + self._transfers.random()))
            self._agenda.add_while(self._agenda.now + consult, self._hand_over, leg)
        else:
            self._tell(LegTransferred(at=self._agenda.now, leg=leg.id, kind="blind"))
            self._transferred(leg)

    def _hand_over(self, leg: Leg) -> None:
        self._tell(HoldEnded(at=self._agenda.now, leg=leg.id))
        self._tell(LegTransferred(at=self._agenda.now, leg=leg.id, kind="attended"))
        self._transferred(leg)

    def _transferred(self, leg: Leg) -> None:
        now = self._agenda.now
        self._tell(TalkEnded(at=now, leg=leg.id, by="transfer", work_follows=leg.acw > 0))
        targets, weights = zip(*self._onward[leg.queue], strict=True)
        queue = self._transfers.choices(targets, weights)[0]
        self._go_on(leg, self._callers.again(queue, now, self._transfers))
        self._wrap_up(leg)

    def _go_on(self, leg: Leg, again: Leg) -> None:
        """The same caller asks for a person a second time."""
        self._call_on(leg, again)
        self._join(again)

    @staticmethod
    def _call_on(leg: Leg, again: Leg) -> None:
        again.call, again.number, again.came_from = leg.call, leg.number, leg.id
        again.id = f"{leg.call}.{int(leg.id.rpartition('.')[2]) + 1}"

    def _finish(self, leg: Leg) -> None:
        now = self._agenda.now
        by: EndedBy = "agent" if leg.by_agent else "caller"
        self._tell(TalkEnded(at=now, leg=leg.id, by=by, work_follows=leg.acw > 0))
        self._tell(CallEnded(at=now, call=leg.call))
        self._wrap_up(leg)

    def _wrap_up(self, leg: Leg) -> None:
        assert leg.person is not None
        self._close(leg)
        if leg.acw:
            self._people.turn(leg.person, "acw", leg.id)
            self._agenda.add_while(self._agenda.now + leg.acw, self._worked, leg)
        else:
            self._done(leg)

    def _worked(self, leg: Leg) -> None:
        self._tell(WorkEnded(at=self._agenda.now, leg=leg.id))
        self._done(leg)

    def _done(self, leg: Leg) -> None:
        person = leg.person
        assert person is not None
        leg.person = None
        if leg.dispatches:
            self._outbound.dispatch(self._agenda.now)
        self._people.free(person)

    # What a supervisor orders

    def requeue(self, leg: Leg, queue: str) -> str | Leg | None:
        """Have a waiting call wait in another queue, by the way of every call.

        Gives the leg that it is now, None where a switch turned it away, or why nothing was done.
        """
        again = self._callers.elsewhere(leg, leg.queue, self._agenda.now)
        self._go_to(again, self._queues.index(self._switches.route(queue)[1] or queue))
        if self._switches.route(queue)[0] in ("normal", "overflow") and self._is_full_for(again):
            return f"{self._queues[again.queue]} is full: the call waits where it was"
        person = self._take_out(leg)
        self._go_to(again, self._queues.index(queue))
        self._call_on(leg, again)
        self._enter(again)
        if person is not None:
            self._people.free(person)
        return again if again.id in self.open else None

    def redirect(self, leg: Leg) -> None:
        """Send a call elsewhere: it is no more of this floor, and lasts as long as it would have lasted here."""
        if leg.stage == TALKING:
            self._take_back(leg)
            self._tell(LegTransferred(at=self._agenda.now, leg=leg.id, kind="blind"))
            self._tell(TalkEnded(at=self._agenda.now, leg=leg.id, by="transfer", work_follows=leg.acw > 0))
            self._wrap_up(leg)
        else:
            person = self._take_out(leg)
            if person is not None:
                self._people.free(person)
        self._agenda.add(self._agenda.now + leg.talk, self._hung_up, leg)

    def prioritise(self, leg: Leg, priority: int) -> None:
        """Have a waiting call be taken before those of a lower priority."""
        self._tell(LegPrioritised(at=self._agenda.now, leg=leg.id, priority=priority))
        self._router.prioritise(leg, priority)

    def hang_up(self, leg: Leg) -> None:
        """End a call: whoever waited has abandoned, a conversation ended by nobody who was in it."""
        if leg.stage != TALKING:
            self._give_up(leg)
            return
        self._take_back(leg)
        self._tell(TalkEnded(at=self._agenda.now, leg=leg.id, work_follows=leg.acw > 0))
        self._tell(CallEnded(at=self._agenda.now, call=leg.call))
        self._wrap_up(leg)

    def _take_out(self, leg: Leg) -> Person | None:
        """Out of the queue; whose phone rang for it is to be freed when all is told."""
        person = None
        if leg.stage == WAITING:
            self._router.leave(leg)
        else:
            person = self._attempt_ended(leg, "caller_gone")
        self._close(leg)
        self._tell(LegFlowedOut(at=self._agenda.now, leg=leg.id, kind="queue"))
        return person

    def _take_back(self, leg: Leg) -> None:
        if leg.person is not None and leg.person.state == "hold":
            self._tell(HoldEnded(at=self._agenda.now, leg=leg.id))
