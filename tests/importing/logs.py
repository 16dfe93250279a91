"""A queue_log by hand: its lines, the facts that they become, and the command that imports it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from config.schema import Agent, Name, Queue, Site, SkillGroup
from feeds import facts as f
from feeds.importing.command import main
from feeds.importing.importer import Importer
from feeds.importing.problems import Report

BEGIN = 1_716_000_000
NAME = Name(zh="甲", en="A")
SITE = Site(
    id="s",
    short="S",
    name=NAME,
    zone="Asia/Shanghai",
    groups=(SkillGroup(id="g", name=NAME),),
    queues=(Queue(id="claim", name=NAME, group="g", seat_type="", number="600"),),
    agents=(Agent(id="1001", name=NAME, team="", seat_type=""),),
)
Kind = TypeVar("Kind")
ANSWERED = (
    "0|c1|claim|NONE|ENTERQUEUE||13800000001|1",
    "12|c1|claim|1001|CONNECT|12|c1.a|5",
    "72|c1|claim|1001|COMPLETECALLER|12|60|1",
)


def log(*rows: str) -> str:
    """Lines with times in seconds after BEGIN: `12|c1|claim|1001|CONNECT|…`."""
    lines = []
    for row in rows:
        stamp, rest = row.split("|", 1)
        lines.append(f"{BEGIN + int(stamp)}|{rest}")
    return "\n".join(lines)


def translated(*rows: str) -> tuple[list[f.AnyFact], Report]:
    """Facts and report of such lines."""
    return facts_of(SITE, numbered(log(*rows)))


def only(found: list[f.AnyFact], kind: type[Kind]) -> list[Kind]:
    """The facts of one kind."""
    return [fact for fact in found if isinstance(fact, kind)]


def at(seconds: float) -> int:
    """Milliseconds of a moment in seconds after BEGIN."""
    return round((BEGIN + seconds) * 1000)


def states(found: list[f.AnyFact], seat: str) -> list[tuple[int, str, str]]:
    """(seconds after BEGIN, state, reason) of a seat."""
    changes = only(found, f.SeatChanged)
    return [(change.at // 1000 - BEGIN, change.state, change.reason) for change in changes if change.seat == seat]


def facts_of(site: Site, lines: Iterable[tuple[int, str]]) -> tuple[list[f.AnyFact], Report]:
    """All facts of some lines at once."""
    found: list[f.AnyFact] = []
    lines = list(lines)
    report = Importer(site, found.extend, lambda: lines).run(lines)
    return found, report


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Lines of a text as an importer takes them."""
    return enumerate(text.splitlines(), 1)


def made_up(calls: int, seed: int = 1) -> list[str]:
    """Lines of some calls in time order."""
    dice = random.Random(seed)
    rows = []
    for number in range(calls):
        joined, wait, talk = number * 20, dice.randrange(60), dice.randrange(300)
        queue, agent = dice.choice(("claim", "rescue")), dice.choice(("1001", "A2", "A3", "NONE"))
        rows.append((joined, f"c{number}|{queue}|NONE|ENTERQUEUE||1|1"))
        if dice.random() < 0.2:
            rows.append((joined + wait, f"c{number}|{queue}|NONE|ABANDON|1|1|{wait}"))
        else:
            rows.append((joined + wait, f"c{number}|{queue}|{agent}|CONNECT|{wait}|x|{min(wait, 3)}"))
            rows.append((joined + wait + talk, f"c{number}|{queue}|{agent}|COMPLETEAGENT|{wait}|{talk}|1"))
    return [f"{BEGIN + second}|{rest}" for second, rest in sorted(rows, key=lambda row: row[0])]


def run(source: Path, target: Path, *more: str) -> int:
    """The command, with the shipped demo site."""
    return main(["queue_log", str(source), "--site", "demo", "-o", str(target), *more])
