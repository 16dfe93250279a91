"""Days as chance has them, and their twins: the same but for what a credential may not see."""

from __future__ import annotations

import itertools
import random
from functools import partial
from typing import Any, cast

import pytest
from msgspec.structs import replace

from config.schema import AlarmRule, Name, Role, SeatLimit, Site, Skill, Threshold, Token
from feeds.facts import (
    AlarmAcknowledged,
    AlarmShelved,
    AnyFact,
    AttemptEnded,
    AttemptStarted,
    CallArrived,
    CallEnded,
    LegAbandoned,
    LegAnswered,
    LegFlowedOut,
    LegJoined,
    LegPrioritised,
    LegTransferred,
    ListeningChanged,
    NoteWritten,
    NoticeSent,
    OrderChanged,
    SeatChanged,
    SeatServes,
    SeatState,
    SwitchRead,
    TalkEnded,
    Tick,
    WorkEnded,
)  # fmt: skip
from tests.gateway.floors import QUEUES, START, TEAMS, small_site, token

AWAY: tuple[SeatState, ...] = ("break", "training", "meeting", "coaching", "busy")
REASONS = ("小休", "用餐", "培训", "")
KINDS = list(QUEUES)


def _name(text: str) -> Name:
    return Name(text, text)


RIGHTS = ("alarm.*", "seat.*", "call.*", "notice.*", "listening.*", "switch.*")
ROLES = (
    Role("manager", _name("manager"), ("*",), masked=False),
    Role("supervisor", _name("supervisor"), RIGHTS, masked=True),
    Role("wall", _name("wall"), (), masked=True),
)  # fmt: skip


def a_site() -> Site:
    """The small site with twelve agents of several skills, limits and rules of every kind."""
    site = small_site()
    agents = tuple(
        replace(
            site.agents[n % 8], id=f"a{n}", name=_name(f"Agent {n}"), team=f"team-{n % 4 + 1}",
            skills=(Skill(KINDS[n // 4]), Skill(KINDS[(n // 4 + 1) % 4], 2)), seat_type=KINDS[n // 4],
        )
        for n in range(16)
    )  # fmt: skip
    seats = tuple(replace(site.seats[0], id=f"s{n}", area=KINDS[n // 4], extension=f"80{n:02}") for n in range(16))
    low = partial(Threshold, better="low", raise_after=1, clear_after=1)
    return replace(
        site, agents=agents, seats=seats, roles=ROLES,
        figures=replace(site.figures, minimum_sample=1),
        seat_limits=(SeatLimit("break", warn_s=60, critical_s=120), SeatLimit("talking", warn_s=20)),
        thresholds=(
            low("waiting", ("queue", "site", "group"), "now", warn=0.5, critical=2.5),
            low("longest_wait_now", ("queue",), "now", warn=10, critical=30),
            low("occupancy", ("queue", "site", "team"), "5m", warn=5, critical=50),
            low("expected_wait", ("queue",), "60m", warn=1, critical=10),
            low("aht", ("team", "queue", "vendor"), "30m", warn=10, critical=40),
            Threshold("answer_rate_a2", ("site", "queue", "group"), "30m", "high", 90, 50, raise_after=1),
        ),
        alarms=(
            AlarmRule("long-break", _name("long break"), state="break", longer_s=30),
            AlarmRule("breaks", _name("breaks"), state="break", scopes=("site", "queue", "team"), above=0),
            AlarmRule("rna", _name("rna"), figure="ring_no_answer", window="today", scopes=("team", "queue"), above=0),
        ),
        tokens=(token("other", "manager"), token("mine", "manager")),
    )  # fmt: skip


SITE = a_site()


class Day:
    """A morning as chance has it: calls, breaks, words and orders."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.facts: list[AnyFact] = []
        self.at = START
        self.calls = itertools.count(1)
        self.free = {f"a{n}" for n in range(16)}
        self.ends: list[tuple[int, list[AnyFact], str]] = []

    def lived(self, steps: int) -> list[AnyFact]:
        self.facts = [Tick(at=START), *(self.seat(f"a{n}", "ready") for n in range(16))]
        for _ in range(steps):
            self.at += self.random.choice((500, 3000, 9000, 20_000))
            for end in [one for one in self.ends if one[0] <= self.at]:
                self.ends.remove(end)
                self.facts += end[1]
                self.free.add(end[2])
            self.random.choice((self.call, self.call, self.call, self.rest, self.rest, self.word, self.tick))()
        self.at += 61_000
        self.tick()
        self.facts.sort(key=lambda fact: fact.at)
        return self.facts

    def seat(self, agent: str, state: SeatState, reason: str = "", leg: str = "") -> SeatChanged:
        return SeatChanged(at=self.at, seat=agent.replace("a", "s"), state=state, agent=agent, reason=reason, leg=leg)

    def tick(self) -> None:
        self.facts.append(Tick(at=self.at))

    def call(self) -> None:
        name, queue = next(self.calls), self.random.choice(KINDS)
        call, leg, number = f"c{name}", f"l{name}", f"138{self.random.randrange(10**8):08}"
        here = [
            CallArrived(at=self.at, call=call, number=number),
            LegJoined(at=self.at, leg=leg, call=call, queue=queue, number=number),
        ]
        self.facts += here  # type: ignore[arg-type]
        able = [a for a in sorted(self.free) if queue in [skill.queue for skill in SITE.agents[int(a[1:])].skills]]
        chance = self.random.random()
        if chance < 0.2 or not able:
            if chance < 0.15:
                self.facts += [LegAbandoned(at=self.at + 4000, leg=leg), CallEnded(at=self.at + 4000, call=call)]
            elif chance < 0.18:
                self.flow(call, leg, queue, number)
            return
        agent = self.random.choice(able)
        self.free.discard(agent)
        begin, at = self.at, self.at
        self.facts += [
            AttemptStarted(at=at + 1000, leg=leg, agent=agent),
            replace(self.seat(agent, "ringing", leg=leg), at=at + 1000),
        ]
        if chance < 0.35:
            self.facts += [
                AttemptEnded(at=at + 2000, leg=leg, agent=agent, result="no_answer"),
                replace(self.seat(agent, "not_responding"), at=at + 2000),
            ]
            self.ends.append((begin + 30_000, [replace(self.seat(agent, "ready"), at=begin + 30_000)], agent))
            return
        talk = self.random.choice((5000, 20_000, 60_000, 10**9))
        self.facts += [
            LegAnswered(at=at + 2000, leg=leg, agent=agent),
            replace(self.seat(agent, "talking", leg=leg), at=at + 2000),
        ]
        end = begin + 2000 + talk
        over: list[AnyFact] = [
            TalkEnded(at=end, leg=leg, by="caller", work_follows=True),
            replace(self.seat(agent, "acw", leg=leg), at=end),
            CallEnded(at=end, call=call),
            WorkEnded(at=end + 3000, leg=leg),
            replace(self.seat(agent, "ready"), at=end + 3000),
        ]
        if self.random.random() < 0.3 and talk < 10**8:
            again = self.random.choice(KINDS)
            over[0:0] = [LegTransferred(at=end, leg=leg, kind="blind")]
            over.insert(3, LegJoined(at=end, leg=f"{leg}t", call=call, queue=again, number=number, came_from=leg))
            over.remove(next(one for one in over if isinstance(one, CallEnded)))
        self.ends.append((end + 3000, over, agent))

    def flow(self, call: str, leg: str, queue: str, number: str) -> None:
        other = self.random.choice([one for one in KINDS if one != queue])
        self.facts += [
            LegFlowedOut(at=self.at + 3000, leg=leg, kind="queue"),
            LegJoined(at=self.at + 3000, leg=f"{leg}f", call=call, queue=other, number=number, came_from=leg),
        ]

    def rest(self) -> None:
        if self.free:
            agent = self.random.choice(sorted(self.free))
            state = self.random.choice((*AWAY, "ready"))
            self.facts.append(
                self.seat(agent, cast(SeatState, state), "" if state == "ready" else self.random.choice(REASONS))
            )

    def word(self) -> None:
        number, chance = len(self.facts), self.random.randrange(9)
        agent = self.random.randrange(16)
        team = f"team-{agent % 4 + 1}"
        by = self.random.choice(("other", "mine"))
        if chance == 0:
            to = self.random.choice((f"seat:s{agent}", f"team:{team}", "floor"))
            kind = KINDS[agent // 4] if to.startswith("seat") else ""
            whose, until = "" if to == "floor" else team, self.at + 60_000
            self.facts.append(
                NoticeSent(
                    at=self.at, notice=f"n{number}", to=to, text="come", by=by, until=until, team=whose, seat_type=kind
                )
            )  # fmt: skip
        elif chance == 1:
            self.facts.append(NoteWritten(at=self.at, note=f"o{number}", text="look", by=by))
        elif chance == 2:
            self.facts.append(OrderChanged(at=self.at, order=f"r{number}", name="seat.pause", state="done", by=by,
                                           text="gone", about=f"seat:s{agent}"))  # fmt: skip
        elif chance == 3:
            self.facts.append(ListeningChanged(at=self.at, session=number, state="on", mode="listen", by=by,
                                               seat=f"s{agent}", phone="9000"))  # fmt: skip
        elif chance == 4:
            key = self.random.choice(
                (f"alarm:seat:s{agent}:long-break", f"alarm:team:{team}:breaks", "alarm:site:breaks")
            )
            self.facts.append(AlarmAcknowledged(at=self.at, alarm=key, by=by, name="Li"))
        elif chance == 5:
            self.facts.append(
                SwitchRead(at=self.at, switch=self.random.choice(KINDS), value="announce", proved=True, by=by)
            )
        elif chance == 6:
            self.facts.append(
                SeatServes(
                    at=self.at, seat=f"s{agent}", agent=f"a{agent}", queues={self.random.choice(KINDS): 0}, by=by
                )
            )
        elif chance == 7:
            self.facts.append(LegPrioritised(at=self.at, leg=f"l{self.random.randrange(1, 30)}", priority=3))
        else:
            key = self.random.choice((f"alarm:seat:s{agent}:long-break", f"alarm:queue:{KINDS[agent // 4]}:breaks"))
            self.facts.append(
                AlarmShelved(at=self.at, alarm=key, by=by, until=self.at + 60_000, reason="known", name="Li")
            )


class Twin:
    """What of a day somebody may not see, said otherwise."""

    def __init__(self, mine: Token, role: Role, seed: int) -> None:
        self.random = random.Random(seed)
        self.mine, self.masked, self.wall = mine, role.masked, not role.rights
        self.teams = {t for t, v in TEAMS.items() if t in mine.teams or v in mine.vendors} or set(TEAMS)
        self.queues = set(mine.queues) or set(KINDS)
        self.agents: dict[str, str] = {}
        closed = [queue for queue in KINDS if queue not in self.queues]
        moved = closed[:]
        self.random.shuffle(moved)
        self.moved = dict(zip(closed, moved, strict=True))
        self.legs: dict[str, str] = {}

    def of(self, day: list[AnyFact]) -> list[AnyFact]:
        queues = {fact.leg: fact.queue for fact in day if isinstance(fact, LegJoined)}
        busy = {fact.agent for fact in day if isinstance(fact, LegAnswered) and queues[fact.leg] in self.queues}
        busy |= {fact.agent for fact in day if isinstance(fact, SeatServes) and not self.queues.isdisjoint(fact.queues)}
        hidden = [one.id for one in SITE.agents if one.team not in self.teams]
        if not self.mine.teams and not self.mine.vendors:  # else a team in scope is told of as a whole
            hidden = [one.id for one in SITE.agents if one.seat_type not in self.queues and one.id not in busy]
        at_work = {getattr(fact, "agent", "") for fact in day if not isinstance(fact, SeatChanged)}
        self.absent = {one for one in hidden if one not in at_work and self.random.random() < 0.5}
        shuffled = hidden[:]
        self.random.shuffle(shuffled)
        self.closed = {fact.leg for fact in day if isinstance(fact, LegJoined) and fact.queue not in self.queues}
        self.agents = dict(zip(hidden, shuffled, strict=True))
        for fact in day:
            if isinstance(fact, LegJoined) and fact.queue not in self.queues:
                self.legs[fact.leg] = f"x{fact.leg}"
        seen = {fact.call for fact in day if isinstance(fact, LegJoined) and fact.queue in self.queues}
        self.numbers = {
            fact.call: self.number(fact.number, fact.call in seen) for fact in day if isinstance(fact, CallArrived)
        }
        return [self.said(fact) for fact in day]

    def number(self, number: str, seen: bool) -> str:
        if not seen or self.wall:
            return f"139{self.random.randrange(10**8):08}"
        return f"{number[:3]}{self.random.randrange(10**4):04}{number[7:]}" if self.masked else number

    def said(self, fact: AnyFact) -> AnyFact:
        changes: dict[str, Any] = {}
        if hasattr(fact, "number") and hasattr(fact, "call"):
            changes["number"] = self.numbers[fact.call]
        if hasattr(fact, "leg"):
            changes["leg"] = self.legs.get(fact.leg, fact.leg)
        if isinstance(fact, LegJoined):
            changes["queue"] = self.moved.get(fact.queue, fact.queue)
            changes["came_from"] = self.legs.get(fact.came_from, fact.came_from)
        agent = getattr(fact, "agent", "")
        if agent in self.agents:
            changes["agent"] = self.agents[agent]
            if isinstance(fact, SeatChanged):
                changes["seat"] = self.agents[agent].replace("a", "s")
                if fact.state in AWAY:
                    changes |= {"state": self.random.choice(AWAY), "reason": self.random.choice(("x", "y")), "by": "z"}
        if (isinstance(fact, NoticeSent) and self.unseen_notice(fact)) or (
            isinstance(fact, NoteWritten) and (self.limited or self.wall)
        ):
            changes |= {"text": "secret", "by": "z"}
        elif isinstance(fact, OrderChanged) and self.limited and fact.by != "mine":
            changes |= {"text": "secret", "name": "seat.logout", "about": "seat:s3", "state": "failed"}
        elif isinstance(fact, ListeningChanged) and (self.wall or (self.limited and fact.by != "mine")):
            changes |= {"seat": "s3", "phone": "1", "mode": "barge"}
        elif isinstance(fact, (AlarmAcknowledged, AlarmShelved)) and self.unseen_alarm(fact.alarm):
            changes |= {"by": "z", "name": "z"}
        if isinstance(fact, SeatChanged) and self.wall:
            changes |= {"reason": f"x{fact.reason}", "by": "z"}  # another reason for the same would begin it anew
        if isinstance(fact, SeatChanged) and fact.agent in self.absent:
            changes |= {"state": "offline", "agent": "", "reason": "", "by": ""}
        if isinstance(fact, SwitchRead) and fact.switch not in self.queues and self.limited:
            changes |= {"value": "callback", "by": "z"}
        if isinstance(fact, SeatServes) and fact.agent in self.agents:
            others = KINDS if self.teams != set(TEAMS) else sorted(self.moved)
            changes |= {
                "queues": {self.random.choice(others): 0},
                "by": "z",
                "seat": self.agents[fact.agent].replace("a", "s"),
            }
        if isinstance(fact, LegPrioritised) and fact.leg in self.closed:
            changes["priority"] = self.random.randrange(9)
        changed = replace(fact, **changes)
        if isinstance(changed, LegAbandoned) and fact.leg in self.closed:
            return LegFlowedOut(at=fact.at, leg=changed.leg, kind="timeout")
        return changed

    @property
    def limited(self) -> bool:
        return self.mine.limited

    def unseen_notice(self, notice: NoticeSent) -> bool:
        kind = notice.to.partition(":")[0]
        if kind == "floor":
            return False
        if kind == "seat" and (self.wall or (self.mine.queues and notice.seat_type not in self.queues)):
            return True
        return notice.team not in self.teams

    def unseen_alarm(self, key: str) -> bool:
        if not self.limited:
            return False
        _, kind, name, *_ = key.split(":")
        if kind == "seat":
            return name.replace("s", "a") in self.agents
        if kind == "team":
            return self.teams == set(TEAMS) or name not in self.teams
        return True if self.teams != set(TEAMS) else kind == "site" or name not in self.queues


LIMITS: tuple[dict[str, list[str]], ...] = (
    {"teams": ["team-1"]}, {"teams": ["team-1", "team-3"]}, {"vendors": ["north"]}, {"queues": ["claim"]},
    {"queues": ["claim", "dual"]}, {"queues": ["claim"], "teams": ["team-1"]},
    {"queues": ["enquiry", "vip"], "vendors": ["south"]}, {},
)  # fmt: skip
CASES = [
    pytest.param(role, limits, id=f"{role.id} {limits}")
    for role in ROLES
    for limits in LIMITS
    if (role.id == "supervisor" or limits in LIMITS[2:4] or (role.id == "wall" and not limits))
]
