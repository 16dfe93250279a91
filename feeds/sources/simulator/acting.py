"""Commands on the simulated floor: what the simulation does next is changed, and told by facts like any others.

A command happens at a moment of the floor, behind everything else of that moment; the same seed and the same commands
at the same moments give the same facts. So those that were given are kept, and given again when a floor is taken up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from config.schema import Site
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
from feeds.rules.pauses import PauseWords
from feeds.said import said
from feeds.sources.simulator.agenda import Agenda
from feeds.sources.simulator.calls import Calls
from feeds.sources.simulator.demand import TALKING, Leg
from feeds.sources.simulator.people import Held, People, Person
from feeds.sources.simulator.routing import Router
from feeds.sources.simulator.switches import Switches

OVER: Final = Ended("refused", said("call.over", "this call is over"))
ANSWERED: Final = Ended("refused", said("call.answered", "an agent has this call already"))


AFTER_CALL: Final[dict[type, str]] = {
    MakeReady: said("after_call.ready", "takes calls again when the call is over"),
    Pause: said("after_call.pause", "the pause begins when the call is over"),
    LogOut: said("after_call.logout", "logs out when the call is over"),
}
AFTER_WORK: Final[dict[type, str]] = {
    MakeReady: said("after_work.ready", "takes calls again when the present work is over"),
    Pause: said("after_work.pause", "the pause begins when the present work is over"),
    LogOut: said("after_work.logout", "logs out when the present work is over"),
}


class Given(Struct, frozen=True):
    """A command that was given: at which moment of the floor (UTC milliseconds), and with which credential."""

    at: int
    command: Command
    by: str


class Acting:
    """Carries commands out on one run of a simulation."""

    def __init__(
        self, site: Site, agenda: Agenda, people: People, router: Router, calls: Calls, switches: Switches
    ) -> None:
        self._agenda, self._people, self._router, self._calls = agenda, people, router, calls
        self._switches = switches
        self._queues = {queue.id: place for place, queue in enumerate(site.queues)}
        self._levels = max((skill.level for agent in site.agents for skill in agent.skills), default=1)
        self._words = PauseWords.of(site)
        self._acts: dict[type, Callable[[Any, str], Ended]] = {
            MakeReady: self._ready, Pause: self._pause, LogOut: self._log_out, MoveSeat: self._move,
            Requeue: self._requeue, Redirect: self._redirect, Prioritise: self._prioritise, HangUp: self._hang_up,
            SetSwitch: self._switch,
        }  # fmt: skip

    def act(self, command: Command, by: str) -> Ended:
        """Carry a command out now; what it changes is told when this returns, or said to come later."""
        return self._acts[type(command)](command, by)

    def serves(self, seat: str) -> dict[str, int] | None:
        """The queues of whoever sits at a seat, with a penalty of one less than the level."""
        person, names = self._people.at_seat(seat), list(self._queues)
        return None if person is None else {names[queue]: level - 1 for queue, level in person.skills}

    # Seats

    def _ready(self, command: MakeReady, by: str) -> Ended:
        person = self._people.at_seat(command.seat)
        if person is None:
            return _nobody(command.seat)
        return Ended("done", "" if self._people.let_work(person) else _when_free(person, MakeReady))

    def _pause(self, command: Pause, by: str) -> Ended:
        person = self._people.at_seat(command.seat)
        if person is None:
            return _nobody(command.seat)
        held = Held(self._words.state(command.reason), command.reason, by)
        return Ended("done", "" if self._people.hold_back(person, held) else _when_free(person, Pause))

    def _log_out(self, command: LogOut, by: str) -> Ended:
        person = self._people.at_seat(command.seat)
        if person is None:
            return _nobody(command.seat)
        return Ended("done", "" if self._people.send_off(person, by) else _when_free(person, LogOut))

    def _move(self, command: MoveSeat, by: str) -> Ended:
        person = self._people.at_seat(command.seat)
        if person is None:
            return _nobody(command.seat)
        unknown = [name for name in (*(one.queue for one in command.join), *command.leave) if name not in self._queues]
        if unknown:
            return _no_queue(unknown[0])
        before = dict(person.skills)
        levels = dict(before)
        for join in command.join:
            levels[self._queues[join.queue]] = min(join.penalty + 1, self._levels)
        for queue in command.leave:
            levels.pop(self._queues[queue], None)
        person.serve(levels)
        self._router.relearn(person)
        names = list(self._queues)
        serves = ", ".join(f"{names[queue]} ({level})" for queue, level in person.skills) or "no queue"
        queues = [names[queue] for queue, _ in person.skills]
        text = said("sim.serves", "serves {serves} until the end of the duty", serves=serves, queues=queues)
        return Ended("done", text, self._way_back(command.seat, before, dict(person.skills)))

    def _way_back(self, seat: str, before: dict[int, int], now: dict[int, int]) -> MoveSeat | None:
        names = list(self._queues)
        joined = tuple(Join(names[q], level - 1) for q, level in before.items() if now.get(q) != level)
        left = tuple(names[queue] for queue in now if queue not in before)
        return MoveSeat(seat, joined, left) if joined or left else None

    # Calls

    def _leg(self, name: str, *, waiting: bool = False) -> Leg | Ended:
        leg = self._calls.open.get(name)
        if leg is None:
            return OVER
        return ANSWERED if waiting and leg.stage == TALKING else leg

    def _requeue(self, command: Requeue, by: str) -> Ended:
        leg = self._leg(command.leg, waiting=True)
        if isinstance(leg, Ended):
            return leg
        if command.queue not in self._queues:
            return _no_queue(command.queue)
        again = self._calls.requeue(leg, command.queue)
        if isinstance(again, str):
            return Ended("refused", again)
        if again is None:
            text = "the call left its queue and did not come to {queue}: a switch turned it away"
            return Ended("failed", said("call.turned_away", text, queue=command.queue))
        now = list(self._queues)[again.queue]
        if now != command.queue:
            text = "a switch sends calls for {queue} elsewhere: it waits in {there}"
            return Ended("done", said("call.sent_elsewhere", text, queue=command.queue, there=now))
        return Ended("done")

    def _redirect(self, command: Redirect, by: str) -> Ended:
        leg = self._leg(command.leg)
        if isinstance(leg, Ended):
            return leg
        self._calls.redirect(leg)
        return Ended("done")

    def _prioritise(self, command: Prioritise, by: str) -> Ended:
        leg = self._leg(command.leg, waiting=True)
        if isinstance(leg, Ended):
            return leg
        self._calls.prioritise(leg, command.priority)
        return Ended("done")

    def _hang_up(self, command: HangUp, by: str) -> Ended:
        leg = self._leg(command.leg)
        if isinstance(leg, Ended):
            return leg
        self._calls.hang_up(leg)
        return Ended("done")

    # Switches

    def _switch(self, command: SetSwitch, by: str) -> Ended:
        other = command.value.partition(":")[2]
        known = command.switch == "all" or command.switch in self._queues
        if not known or (other and other not in self._queues):
            return _no_queue(other if known else command.switch)
        self._switches.put(command.switch, command.value, by, self._agenda.now)
        leads_to = self._switches.leads_to(command.switch)
        if leads_to == command.value:
            return Ended("done")
        return Ended("done", said("switch.all_wins", "`all` wins: calls go by {value}", value=leads_to))


def _nobody(seat: str) -> Ended:
    return Ended("refused", said("seat.nobody", "nobody is signed in at seat {seat}", seat=seat))


def _no_queue(queue: str) -> Ended:
    return Ended("refused", said("sim.no_queue", "the simulated floor has no queue {queue}", queue=queue))


def _when_free(person: Person, what: type) -> str:
    calls = ("ringing", "talking", "hold", "outbound")
    return AFTER_CALL[what] if person.state in calls else AFTER_WORK[what]
