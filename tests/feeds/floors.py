"""A small site and made-up days for tests of the fold."""

from __future__ import annotations

import random
from collections.abc import Iterator

from config.schema import (
    Agent,
    Headline,
    Name,
    Queue,
    Seat,
    SeatLimit,
    SeatType,
    Site,
    Skill,
    SkillGroup,
    Team,
    Threshold,
    Vendor,
    WallSettings,
)  # fmt: skip
from feeds import facts
from feeds.facts import AnyFact

BEGIN = 1_785_590_400_000  # 2026-08-01T13:20:00Z = 21:20 in Shanghai: runs go over local midnight


def name(text: str) -> Name:
    """The same word in both languages."""
    return Name(text, text)


def small_site(agents: int = 6, zone: str = "Asia/Shanghai") -> Site:
    """Two queues in two groups, two teams of which one is a vendor's, limits on the usual figures."""
    return Site(
        id="small", short="1", name=name("small"), zone=zone,
        groups=(SkillGroup("ga", name("ga")), SkillGroup("gb", name("gb"))),
        seat_types=(SeatType("ta", name("ta"), "ga", 40.0), SeatType("tb", name("tb"), "gb")),
        queues=(Queue("qa", name("qa"), "ga", "ta"), Queue("qb", name("qb"), "gb", "tb", service_seconds=30)),
        vendors=(Vendor("v", name("v")),), teams=(Team("own", name("own")), Team("theirs", name("theirs"), "v")),
        agents=tuple(
            Agent(
                f"a{number}", name(f"a{number}"), "own" if number % 2 else "theirs", "ta" if number % 3 else "tb",
                (Skill("qa"), Skill("qb", 2)) if number % 3 else (Skill("qb"),),
            )
            for number in range(agents)
        ),
        seats=tuple(Seat(f"s{number}", "ta") for number in range(agents)),
        thresholds=(
            Threshold("answer_rate_a2", ("site", "group", "queue"), "30m", "high", 95.0, 90.0),
            Threshold("service_level_f8", ("queue",), "5m", "high", 80.0, 65.0),
            Threshold("longest_wait_now", ("site", "queue"), "now", "low", 20.0, 40.0),
            Threshold("longest_wait_now", ("queue:qb",), "now", "low", 10.0, 15.0),
            Threshold("waiting", ("site",), "now", "low", 20.0, 50.0, relative_to="staffed"),
            Threshold("occupancy", ("site", "team"), "30m", "low", 85.0, 90.0),
        ),
        seat_limits=(
            SeatLimit("acw", warn_factor=2.0, critical_factor=3.0),
            SeatLimit("break", warn_s=900.0, critical_s=1200.0),
        ),
        wall=WallSettings(headlines=(Headline("answer_rate_a2", "30m"), Headline("waiting", "now"))),
    )  # fmt: skip


def made_up(seed: int, calls: int = 60, minutes: int = 200, agents: int = 6) -> list[AnyFact]:
    """A day that no queue would make: any outcome after any wait. In order of time, legs' facts in order."""
    dice = random.Random(seed)
    rows: list[AnyFact] = []
    for number in range(calls):
        rows.extend(_call(dice, number, BEGIN + dice.randrange(minutes * 60) * 1000 + dice.choice((0, 0, 137)), agents))
    for number in range(agents):
        rows.extend(_seat(dice, number, minutes))
    rows.extend(facts.Tick(at=BEGIN + second * 1000) for second in sorted(dice.sample(range(minutes * 60), minutes)))
    return sorted(rows, key=lambda fact: fact.at)


def _wait(dice: random.Random) -> int:
    return dice.choice((0, 300, 5_000, 5_001, 19_999, 20_000, 20_001, 30_000, dice.randrange(120_000)))


def _call(dice: random.Random, number: int, at: int, agents: int) -> Iterator[AnyFact]:
    call = f"c{number}"
    yield facts.CallArrived(at=at, call=call, number=f"1380000{number:04}")
    for part in range(3):
        leg, queue = f"{call}.{part}", dice.choice(("qa", "qb"))
        if dice.random() < 0.05:
            yield facts.LegBlocked(at=at, leg=leg, call=call, queue=queue, reason="full")
            return
        yield facts.LegJoined(at=at, leg=leg, call=call, queue=queue, came_from=f"{call}.{part - 1}" if part else "")
        agent = f"a{dice.randrange(agents)}"
        rang = at
        if dice.random() < 0.3:
            rang = at + dice.randrange(0, 4000)
            yield facts.AttemptStarted(at=rang, leg=leg, agent=agent)
            yield facts.AttemptEnded(at=rang, leg=leg, agent=agent, result=dice.choice(("no_answer", "rejected")))
        end = rang + _wait(dice)
        outcome = dice.random()
        if outcome < 0.25:
            yield facts.LegAbandoned(at=end, leg=leg)
            return
        if outcome < 0.45 and part < 2:
            yield facts.LegFlowedOut(at=end, leg=leg, kind=dice.choice(("timeout", "queue", "no_agent")))
            at = end
            continue
        if outcome < 0.5:
            return  # still waiting at the end of the story
        yield facts.LegAnswered(at=end, leg=leg, agent=agent)
        yield from _talk(dice, leg, end)
        return


def _talk(dice: random.Random, leg: str, at: int) -> Iterator[AnyFact]:
    if dice.random() < 0.3:
        yield facts.HoldStarted(at=at + 1000, leg=leg)
        at += 1000 + dice.randrange(20_000)
        yield facts.HoldEnded(at=at, leg=leg)
    at += dice.randrange(300_000)
    if dice.random() < 0.1:
        yield facts.LegTransferred(at=at, leg=leg, kind="blind")
    work = dice.random() < 0.7
    yield facts.TalkEnded(at=at, leg=leg, work_follows=work)
    if work:
        yield facts.WorkEnded(at=at + dice.randrange(60_000), leg=leg)


def _seat(dice: random.Random, number: int, minutes: int) -> Iterator[AnyFact]:
    at = BEGIN + dice.randrange(minutes * 20) * 1000
    while at < BEGIN + minutes * 60_000:
        state = dice.choice(("ready", "ringing", "talking", "acw", "break", "offline", "hold", "training"))
        agent = f"a{number}"
        yield facts.SeatChanged(at=at, seat=f"s{number}", agent="" if state == "offline" else agent, state=state)
        if number % 2:
            yield facts.SeatServes(at=at, seat=f"s{number}", agent=agent, queues={"qa": at % 3, "qb": 1})
        at += dice.choice((1, 999, 10_000, 60_000, dice.randrange(1, 2_400_000)))


def delayed(rows: list[AnyFact], seed: int, worst_ms: int) -> list[AnyFact]:
    """The same facts as a log might number them: some come late, but each leg's and seat's keep their order."""
    dice = random.Random(seed)
    latest: dict[str, int] = {}
    keyed: list[tuple[int, int, AnyFact]] = []
    for place, fact in enumerate(rows):
        owner = (getattr(fact, "leg", "") or getattr(fact, "call", "")).split(".")[0] or getattr(fact, "seat", "")
        comes = fact.at + (dice.randrange(worst_ms) if owner and dice.random() < 0.2 else 0)
        comes = max(comes, latest.get(owner, 0)) if owner else comes
        latest[owner] = comes
        keyed.append((comes, place, fact))
    return [fact for _, _, fact in sorted(keyed, key=lambda item: item[:2])]
