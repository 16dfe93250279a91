"""The floor that is made of what an Asterisk on paper says: translated, folded, and looked at."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

from config.asterisk import Asterisk, WrapUp
from config.schema import Agent, Name, Queue, Seat, SeatType, Site, Skill, SkillGroup, Team, Trunk
from feeds import entities
from feeds.entities import Call
from feeds.facts import AnyFact, LegAbandoned, LegAnswered, LegBlocked, LegFlowedOut, LegJoined, SeatChanged, Tick
from feeds.floor import Floor
from feeds.records import LegRecord
from feeds.skills import shows
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.comparison import differences
from feeds.sources.asterisk.snapshot import Meeting, Snapshot
from feeds.sources.asterisk.translation import Translation
from tests.asterisk_floor.paper import PaperAsterisk

QUEUES = ("claims", "inquiry")
AGENTS = ("8001", "8002", "8003", "8004")
FIGURES = ("offered", "answered", "abandoned", "flowed_out", "blocked")
DUE_MS = 3000
"""By then every word that waits for another one is spoken, but for wrap-up."""


def _name(text: str) -> Name:
    return Name(text, text)


def site_of(
    settings: Asterisk | None = None, skills: Mapping[str, Sequence[str]] | None = None, trunks: Sequence[str] = ()
) -> Site:
    """Two queues, four agents, each at a seat of their own; `skills` are queues by agent, best first.

    `trunks` are called as their devices are, without the technology.
    """
    known = {
        agent: tuple(Skill(queue, level) for level, queue in enumerate(queues, 1))
        for agent, queues in (skills or {}).items()
    }
    return Site(
        id="paper", short="P", name=_name("Paper"), zone="Asia/Shanghai", groups=(SkillGroup("all", _name("all")),),
        seat_types=(SeatType("usual", _name("usual"), "all"),),
        queues=tuple(Queue(queue, _name(queue), "all", "usual") for queue in QUEUES), vendors=(),
        teams=(Team("own", _name("own")),),
        agents=tuple(Agent(agent, _name(agent), "own", "usual", skills=known.get(agent, ())) for agent in AGENTS),
        seats=tuple(Seat(f"s{agent}", "usual", extension=agent) for agent in AGENTS),
        asterisk=settings or Asterisk(), trunks=tuple(Trunk(one, _name(one), f"PJSIP/{one}") for one in trunks),
    )  # fmt: skip


class Watched:
    """A translation and the floor that its facts make; `asterisk` says what happens."""

    def __init__(
        self, asterisk: PaperAsterisk | None = None, *, wraps: dict[str, float] | None = None,
        floor: Floor | None = None, skills: Mapping[str, Sequence[str]] | None = None, trunks: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.asterisk = asterisk or PaperAsterisk()
        wrap_ups = tuple(WrapUp(queue, seconds) for queue, seconds in (wraps or {}).items())
        settings = Asterisk(wrap_ups=wrap_ups)
        self.site = site_of(settings, skills, trunks)
        self.model = Translation(self.site, settings)
        self.facts: list[AnyFact] = []
        self.legs: dict[str, LegRecord] = {}
        self.floor = floor or Floor(self.site)
        self.floor.ledger = self._note

    def _note(self, leg: LegRecord) -> None:
        self.legs[leg.leg] = leg

    def see(self, *messages: Message) -> list[AnyFact]:
        """Use what Asterisk said, or these messages instead; the facts that it makes."""
        for message in messages or self.asterisk.take_said():
            self.model.take(message, self.asterisk.now + self.model.offset_ms)
        return self.fold()

    def fold(self) -> list[AnyFact]:
        """Fold the facts that have come to be."""
        fresh = list(self.model.out)
        self.model.out.clear()
        for fact in fresh:
            self.floor.apply(fact, self.floor.rev + 1)
        self.facts += fresh
        return fresh

    def later(self, ms: int = DUE_MS) -> None:
        """See what was said, then nothing more is said for a while."""
        self.see()
        self.asterisk.wait(ms)
        self.model.advance(self.asterisk.now)
        self.model.tell(Tick(at=self.asterisk.now))
        self.fold()

    def meet(self, snapshot: Snapshot | None = None, before: int | None = None) -> list[AnyFact]:
        """Look at everything at this moment."""
        at = max(self.asterisk.now, self.model.now)
        Meeting(self.model, snapshot or self.asterisk.snapshot(), at, before or self.model.now or at).meet()
        self.model.advance(at)
        return self.fold()

    def differences(self) -> set[str]:
        """Where the model and Asterisk differ."""
        return differences(self.model, self.asterisk.snapshot(), self.model.now)

    # What the floor shows

    def entity(self, key: str) -> entities.AnyEntity | None:
        """An entity of the floor."""
        return self.floor.entity(key)

    def seat(self, agent: str) -> str:
        """The state of an agent's seat; `offline` for one of which nothing was told."""
        found = self.floor.entity(f"seat:s{agent}")
        return found.state if isinstance(found, entities.Seat) else "offline"

    def skills(self, agent: str) -> list[str]:
        """The queues that the floor shows at an agent's seat."""
        found = self.floor.entity(f"seat:s{agent}")
        return found.skills if isinstance(found, entities.Seat) else []

    def seats_told(self, agent: str) -> list[str]:
        """The states that a seat went through."""
        told = [one.state for one in self.facts if isinstance(one, SeatChanged) and one.seat == f"s{agent}"]
        return [state for state, _ in itertools.groupby(told)]

    def calls(self, queue: str = "") -> list[Call]:
        """The open calls, of a queue or of all."""
        found = [self.floor.entity(key) for key in list(self.floor.keys()) if key.startswith("call:")]
        return [one for one in found if isinstance(one, Call) and queue in ("", one.queue)]

    def states(self, queue: str = "") -> list[str]:
        """The states of the open calls."""
        return sorted(call.state for call in self.calls(queue))

    def figure(self, queue: str, name: str) -> float | None:
        """A figure of a queue today."""
        found = self.floor.entity(f"figures:queue:{queue}:today")
        assert isinstance(found, entities.Figures)
        return found.values[name]

    def books(self, queue: str = "claims") -> dict[str, float]:
        """The counts of a queue that are not zero."""
        counts = {name: self.figure(queue, name) for name in FIGURES}
        return {name: count for name, count in counts.items() if count}

    def waiting(self) -> set[tuple[str, str]]:
        """Who waits where: call and queue."""
        return {(call.call, call.queue) for call in self.calls() if call.state in ("waiting", "ringing")}

    def talking(self) -> set[tuple[str, str]]:
        """Who talks with whom: call and agent."""
        return {(call.call, call.agent) for call in self.calls() if call.state in ("talking", "hold")}

    def outcomes(self) -> list[tuple[str, str, str | None]]:
        """Queue, outcome and kind of flow-out of every leg, in order of joining."""
        legs = sorted(self.legs.values(), key=lambda leg: (leg.joined_at, leg.leg))
        return [(leg.queue, leg.outcome, leg.flow_kind) for leg in legs]

    def kinds(self) -> list[str]:
        """The facts that were told, by name."""
        return [type(fact).__name__ for fact in self.facts if not isinstance(fact, Tick)]

    def told(self, kind: type) -> list[AnyFact]:
        """All facts of a kind."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def prove(self) -> None:
        """What holds whatever was said: nothing odd, every leg ends once, nobody is lost."""
        assert not self.floor.state.oddities, self.floor.state.oddities
        joined = Counter(fact.leg for fact in self.facts if isinstance(fact, LegJoined))
        ended = Counter(fact.leg for fact in self.facts if isinstance(fact, LegAnswered | LegAbandoned | LegFlowedOut))
        blocked = Counter(fact.leg for fact in self.facts if isinstance(fact, LegBlocked))
        assert not [leg for leg, times in (joined + blocked).items() if times > 1], "joined twice"
        assert not [leg for leg, times in ended.items() if times > 1], "ended twice"
        open_legs = {call.key.partition(":")[2] for call in self.calls() if call.state in ("waiting", "ringing")}
        assert set(joined) - set(ended) == open_legs
        for queue in QUEUES:
            counts = self.books(queue)
            waiting = len([one for one in self.waiting() if one[1] == queue])
            assert counts.pop("offered", 0) == sum(counts.values()) + waiting, (queue, counts, waiting)
        self._prove_skills()

    def _prove_skills(self) -> None:
        """Whoever sits somewhere is shown with the queues of which they are a member, but for a change just now."""
        for person in self.model.people:
            seat = self.floor.entity(f"seat:{person.seat}")
            if isinstance(seat, entities.Seat) and seat.agent == person.agent and person.home and not person.rests_at:
                assert shows(seat.skills, person.takes), (seat, person.takes)


def signed_in(*agents: str, queues: Sequence[str] = ("claims",), **more: object) -> Watched:
    """A floor where these agents are ready."""
    watched = Watched(**more)  # type: ignore[arg-type]
    for agent in agents:
        for queue in queues:
            watched.asterisk.member(queue, agent)
    watched.meet()
    return watched
