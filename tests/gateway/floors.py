"""A small site with a role and a token of every kind, and facts that make things happen on it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from config.schema import (
    Agent,
    GatewaySettings,
    Name,
    Queue,
    Role,
    Seat,
    SeatType,
    Site,
    SkillGroup,
    Team,
    Threshold,
    Token,
    Vendor,
)  # fmt: skip
from feeds.facts import (
    AnyFact,
    AttemptStarted,
    CallArrived,
    CallEnded,
    LegAbandoned,
    LegAnswered,
    LegJoined,
    SeatChanged,
    TalkEnded,
    Tick,
)  # fmt: skip

START = 1_709_168_400_000
"""2024-02-29 09:00 in Shanghai."""

QUEUES = {"claim": "claims", "dual": "claims", "enquiry": "service", "vip": "special"}
TEAMS = {"team-1": None, "team-2": None, "team-3": "north", "team-4": "south"}
NUMBER = "13812345678"


def _name(text: str) -> Name:
    return Name(text, text)


def token(name: str, role: str, **limits: object) -> Token:
    """A token whose text is its name."""
    salt = b"0123456789abcdef"
    hashed = f"sha256${salt.hex()}${sha256(salt + name.encode()).hexdigest()}"
    return msgspec.convert({"id": name, "role": role, "hash": hashed, **limits}, Token)


ROLES = (
    Role("manager", _name("manager"), ("*",), masked=False),
    Role("supervisor", _name("supervisor"), ("alarm.acknowledge", "seat.*", "replay.*"), masked=True),
    Role("wall", _name("wall"), (), masked=True),
)
TOKENS = (
    token("all-manager", "manager"),
    token("all-supervisor", "supervisor"),
    token("all-wall", "wall"),
    token("only-claim", "supervisor", queues=["claim"]),
    token("only-claims", "manager", queues=["claim", "dual"]),
    token("only-team-1", "supervisor", teams=["team-1"]),
    token("only-north", "supervisor", vendors=["north"]),
    token("claim-of-team-1", "manager", queues=["claim"], teams=["team-1"]),
)


def small_site(
    *,
    tokens: tuple[Token, ...] = TOKENS,
    frame_ms: int = 10,
    queues: Mapping[str, str] = QUEUES,
    vendors: Mapping[str, str | None] = TEAMS,
) -> Site:
    """Four queues, four teams of two, eight seats, one threshold that is soon broken; fewer where others are named.

    Queues by their groups, teams by their vendors; each team has two seats.
    """
    teams = tuple(Team(team, _name(team), vendor) for team, vendor in vendors.items())
    kinds = list(queues)
    agents = tuple(
        Agent(f"a{n}", _name(f"Agent {n}"), teams[n % len(teams)].id, kinds[(n + n // len(kinds)) % len(kinds)])
        for n in range(2 * len(teams))
    )
    return Site(
        id="small", short="S", name=_name("Small"), zone="Asia/Shanghai",
        groups=tuple(SkillGroup(group, _name(group)) for group in dict.fromkeys(queues.values())),
        seat_types=tuple(SeatType(kind, _name(kind), group) for kind, group in queues.items()),
        queues=tuple(Queue(queue, _name(queue), group, queue) for queue, group in queues.items()),
        vendors=tuple(Vendor(vendor, _name(vendor)) for vendor in vendors.values() if vendor),
        teams=teams, agents=agents,
        seats=tuple(Seat(f"s{n}", agent.seat_type) for n, agent in enumerate(agents)),
        thresholds=(
            Threshold("waiting", ("queue", "site"), "now", "low", 0.5, 2.5, raise_after=1, clear_after=1),
        ),
        roles=ROLES, tokens=tokens, gateway=GatewaySettings(frame_ms=frame_ms),
    )  # fmt: skip


def a_call(number: int, queue: str, at: int, agent: int | None = None, ends: bool = True) -> list[AnyFact]:
    """A call that waits 4 s, and, with an agent, is answered and talks for 30 s, else is given up."""
    call, leg = f"c{number}", f"l{number}"
    facts: list[AnyFact] = [
        CallArrived(at=at, call=call, number=NUMBER),
        LegJoined(at=at, leg=leg, call=call, queue=queue, number=NUMBER),
    ]
    if agent is None:
        if ends:
            facts += [LegAbandoned(at=at + 4000, leg=leg), CallEnded(at=at + 4000, call=call)]
        return facts
    seat, who = f"s{agent}", f"a{agent}"
    facts += [
        AttemptStarted(at=at + 2000, leg=leg, agent=who),
        SeatChanged(at=at + 2000, seat=seat, state="ringing", agent=who, leg=leg),
        LegAnswered(at=at + 4000, leg=leg, agent=who),
        SeatChanged(at=at + 4000, seat=seat, state="talking", agent=who, leg=leg),
    ]
    if ends:
        facts += [
            TalkEnded(at=at + 34_000, leg=leg, by="caller"),
            SeatChanged(at=at + 34_000, seat=seat, state="ready", agent=who),
            CallEnded(at=at + 34_000, call=call),
        ]
    return facts


def everybody_signs_in(at: int = START, agents: int = 8) -> list[AnyFact]:
    """All agents become ready."""
    return [SeatChanged(at=at, seat=f"s{n}", state="ready", agent=f"a{n}") for n in range(agents)]


def a_morning(begin: int = START) -> list[AnyFact]:
    """Sign-in, then calls in all queues, some of them open at the end, in order of time."""
    facts = everybody_signs_in(begin)
    kinds = list(QUEUES)
    for n in range(24):
        agent = n % 8 if n % 3 else None
        facts += a_call(n, kinds[n % 4], begin + 40_000 * n, agent, ends=n < 18)
    facts.sort(key=lambda fact: fact.at)
    facts.append(Tick(at=facts[-1].at + 60_000))
    return facts
