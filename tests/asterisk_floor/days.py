"""Made-up days on an Asterisk on paper: consistent, however random, with the local disorder of the real one."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.asterisk_floor.paper import Line, Member, PaperAsterisk, Stay, Talk
from tests.asterisk_floor.watched import AGENTS, QUEUES

Step = tuple[str, int, int, int]
ACTS = (
    "call", "call", "call", "ring", "ring", "ring", "answer", "answer", "miss", "busy", "end", "end", "give_up",
    "time_up", "hold", "pass_on", "refused", "pause", "sent_on",
)  # fmt: skip
GAPS = (0, 5, 400, 2000, 30_000)
_STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 30), st.integers(0, 119), st.sampled_from(GAPS))
STEPS = st.lists(_STEP, max_size=60)
LONG = st.lists(_STEP, min_size=30, max_size=80)
ENDINGS = [
    order
    for order in itertools.permutations(range(5))
    if order.index(1) < order.index(3) and order.index(2) < order.index(4)
]


@dataclass
class Day:
    """A day as it goes on; `counts` is what truly happened, by queue."""

    asterisk: PaperAsterisk = field(default_factory=PaperAsterisk)
    ringing: list[tuple[Stay, Member, Line]] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: {queue: Counter() for queue in QUEUES})

    def __post_init__(self) -> None:
        for place, agent in enumerate(AGENTS):
            for queue in QUEUES[: 1 + place % 2]:
                self.asterisk.member(queue, agent)

    def take(self, step: Step) -> None:
        """Have something happen, if it can."""
        act, one, other, gap = step
        getattr(self, f"_{act}")(one, other)
        self.asterisk.wait(gap)

    # What is true now

    def waiting(self) -> set[tuple[str, str]]:
        """Who waits where."""
        return {(stay.caller.unique, stay.queue) for stay in self.asterisk.stays}

    def talking(self) -> set[tuple[str, str]]:
        """Who talks with whom."""
        return {(talk.caller.unique, agent_of(talk.member)) for talk in self.talks}

    def paused(self) -> set[str]:
        """Who takes no calls at all."""
        return {
            agent
            for agent in AGENTS
            if all(member.paused for member in self.asterisk.members if agent_of(member) == agent)
        }

    def books(self, queue: str) -> dict[str, float]:
        """The counts of a queue that are not zero."""
        return dict(+self.counts[queue])

    # What may happen

    def _call(self, one: int, other: int) -> None:
        queue = QUEUES[one % 2]
        self.asterisk.join(self.asterisk.caller(f"138{other:08}"), queue)
        self.counts[queue]["offered"] += 1

    def _free(self, queue: str) -> list[Member]:
        busy = {agent_of(member) for _, member, _ in self.ringing} | {agent_of(talk.member) for talk in self.talks}
        found = [one for one in self.asterisk.members if one.queue == queue and not one.paused]
        return [one for one in found if agent_of(one) not in busy]

    def _ring(self, one: int, other: int) -> None:
        stays = self.asterisk.stays
        stay = stays[one % len(stays)] if stays else None
        free = self._free(stay.queue) if stay is not None else []
        if stay is None or not free:
            return
        member, asterisk = free[other % len(free)], self.asterisk
        phone = asterisk.phone_of(stay, member)
        words = [lambda: asterisk.called(stay, member, phone), lambda: asterisk.rings(phone)]
        for say in words[:: 1 if other % 2 else -1]:
            say()
        asterisk.device(member.device, "RINGING")
        self.ringing.append((stay, member, phone))

    def _stop(self, place: int, rang: int | None, other: int) -> None:
        """A phone stops ringing: missed after so many milliseconds, or with None because nobody wants it any more."""
        stay, member, phone = self.ringing.pop(place)
        asterisk = self.asterisk
        asterisk.dial_end(stay, phone, "CANCEL" if rang is None else "NOANSWER")
        words = [lambda: asterisk.hang_up(phone)]
        if rang is not None:
            words.insert(other % 2, lambda: asterisk.no_answer(stay, member, phone, rang))
        for say in words:
            say()
            asterisk.wait(other % 7)
        asterisk.device(member.device, "NOT_INUSE")

    def _miss(self, one: int, other: int) -> None:
        if self.ringing:
            self._stop(one % len(self.ringing), 15_000, other)

    def _busy(self, one: int, other: int) -> None:
        if self.ringing:
            self._stop(one % len(self.ringing), 0, other)

    def _answer(self, one: int, other: int) -> None:
        if not self.ringing:
            return
        stay, member, phone = self.ringing.pop(one % len(self.ringing))
        self.talks.append(self.asterisk.answer(stay, member, phone))
        self._nobody_rings(stay, other)
        self.counts[stay.queue]["answered"] += 1

    def _nobody_rings(self, stay: Stay, other: int) -> None:
        for place in range(len(self.ringing) - 1, -1, -1):
            if self.ringing[place][0] is stay:
                self._stop(place, None, other)

    def _end(self, one: int, other: int) -> None:
        if not self.talks:
            return
        talk, asterisk = self.talks.pop(one % len(self.talks)), self.asterisk
        reason, without = ("agent", "caller")[other % 2], ("", "Dest", "all")[other % 3]
        words = [
            lambda: asterisk.complete(talk, reason, without=without), lambda: asterisk.leave_bridge(talk.phone),
            lambda: asterisk.leave_bridge(talk.caller), lambda: asterisk.hang_up(talk.phone),
            lambda: asterisk.hang_up(talk.caller),
        ]  # fmt: skip
        for place in ENDINGS[other % len(ENDINGS)]:
            words[place]()
            asterisk.wait(-3 if other % 5 == 0 else 1)
        asterisk.wait(20)
        asterisk.device(talk.member.device, "NOT_INUSE")

    def _hold(self, one: int, other: int) -> None:
        if self.talks:
            talk = self.talks[one % len(self.talks)]
            talk.held = not talk.held
            self.asterisk.hold(talk.phone, talk.held)

    def _pass_on(self, one: int, other: int) -> None:
        """A blind transfer into the other queue, in any order of its words."""
        if not self.talks:
            return
        talk, asterisk = self.talks.pop(one % len(self.talks)), self.asterisk
        queue = QUEUES[1 - QUEUES.index(talk.queue)]

        def apart() -> None:
            asterisk.leave_bridge(talk.phone)
            asterisk.leave_bridge(talk.caller)
            asterisk.hang_up(talk.phone)

        words = [
            lambda: asterisk.blind(talk, queue), lambda: asterisk.complete(talk, "transfer"), apart,
            lambda: asterisk.join(talk.caller, queue),
        ]  # fmt: skip
        for place in list(itertools.permutations(range(4)))[other % 24]:
            words[place]()
            asterisk.wait(2)
        asterisk.device(talk.member.device, "NOT_INUSE")
        self.counts[queue]["offered"] += 1

    def _leaving(self, one: int, other: int) -> Stay | None:
        stays = self.asterisk.stays
        stay = stays[one % len(stays)] if stays else None
        if stay is not None:
            self.asterisk.abandon(stay)
            self.asterisk.leave(stay)
            self._nobody_rings(stay, other)
        return stay

    def _give_up(self, one: int, other: int) -> None:
        stay = self._leaving(one, other)
        if stay is not None:
            self.asterisk.hang_up(stay.caller)
            self.counts[stay.queue]["abandoned"] += 1

    def _time_up(self, one: int, other: int) -> None:
        stay = self._leaving(one, other)
        if stay is not None:
            self.asterisk.floor_end(stay.caller, stay.queue, ("TIMEOUT", "LEAVEEMPTY")[other % 2])
            self.asterisk.hang_up(stay.caller)
            self.counts[stay.queue]["flowed_out"] += 1

    def _sent_on(self, one: int, other: int) -> None:
        """Somebody takes a caller out of one queue and into the other."""
        stay = self._leaving(one, other)
        if stay is not None:
            queue = QUEUES[1 - QUEUES.index(stay.queue)]
            self.asterisk.join(stay.caller, queue)
            self.counts[stay.queue]["flowed_out"] += 1
            self.counts[queue]["offered"] += 1

    def _refused(self, one: int, other: int) -> None:
        caller, queue = self.asterisk.caller(), QUEUES[one % 2]
        self.asterisk.floor_end(caller, queue, ("FULL", "JOINEMPTY")[other % 2])
        self.asterisk.hang_up(caller)
        self.counts[queue].update(("offered", "blocked"))

    def _pause(self, one: int, other: int) -> None:
        agent = AGENTS[one % len(AGENTS)]
        self.asterisk.pause(agent, agent not in self.paused(), "小休")


def agent_of(member: Member) -> str:
    """Whose membership it is."""
    return member.name.partition(" ")[0]
