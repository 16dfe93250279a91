"""The fold of facts with all figures and windows, against a bare dict update loop over the same facts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from config.load import site_from_name_or_path
from config.schema import Agent, Name, Seat, Site, Skill, Team
from config.simulation import Simulation as Profile
from feeds.facts import AnyFact, Tick, pack, unpack
from feeds.floor import Floor
from feeds.sources.simulator.engine import Simulation
from tests.bench.harness import Row, say

HOUR = 3_600_000
SIZES = (110, 1_000, 10_000)
QUEUE_COPIES = {110: 1, 1_000: 2, 10_000: 10}
"""A larger floor has more queues, but not in proportion to its seats."""
WORTH = 1 / 6
TURN = 1000
GROWTH = 1.5
FRAME_MS = 50
BUILT_MS = 180_000
BUSY = 0.5
"""The share of a core that what is told once, however many look, may take of a floor at its own pace."""


def grown(site: Site, seats: int) -> Site:
    """The demo floor with so many seats: people and calls in proportion, queues somewhat more."""
    copies, spread = max(1, round(seats / len(site.seats))), QUEUE_COPIES[seats]
    assert site.simulation is not None

    def part(number: int, name: str) -> str:
        return f"{name}-{number % spread}" if number % spread else name

    def named(name: Name, number: int) -> Name:
        return Name(f"{name.zh}{number}", f"{name.en} {number}")

    profile = site.simulation
    demands = tuple(
        msgspec.structs.replace(
            demand, queue=part(number, demand.queue), offered=demand.offered * copies / spread,
            secondary=tuple(part(number, each) for each in demand.secondary),
        )
        for number in range(spread) for demand in profile.demands
    )  # fmt: skip
    simulation: Profile = msgspec.structs.replace(
        profile, demands=demands, present=profile.present * copies,
        shifts=tuple(msgspec.structs.replace(shift, count=shift.count * copies) for shift in profile.shifts),
    )  # fmt: skip
    return msgspec.structs.replace(
        site, simulation=simulation,
        queues=tuple(
            msgspec.structs.replace(queue, id=part(number, queue.id), name=named(queue.name, number), number="")
            for number in range(spread) for queue in site.queues
        ),
        teams=tuple(
            Team(f"{team.id}-{number}", named(team.name, number), team.vendor)
            for number in range(copies) for team in site.teams
        ),
        agents=tuple(_copied(agent, number, part) for number in range(copies) for agent in site.agents),
        seats=tuple(
            Seat(f"{seat.id}-{number}", seat.area) for number in range(copies) for seat in site.seats
        ),
    )  # fmt: skip


def _copied(agent: Agent, number: int, part: Any) -> Agent:
    skills = tuple(Skill(part(number, skill.queue), skill.level) for skill in agent.skills)
    return msgspec.structs.replace(
        agent, id=f"{agent.id}-{number}", team=f"{agent.team}-{number}", skills=skills
    )  # fmt: skip


def day(site: Site, begin_hour: float, end_hour: float) -> tuple[list[AnyFact], list[AnyFact]]:
    """A weekday's facts with a Tick a second: those before `begin_hour`, and those up to `end_hour`."""
    midnight = int(datetime(2026, 3, 3, tzinfo=ZoneInfo(site.zone)).timestamp() * 1000)
    before: list[AnyFact] = []
    after: list[AnyFact] = []
    tick, begin, end = midnight, midnight + int(begin_hour * HOUR), midnight + int(end_hour * HOUR)
    for _, fact in Simulation(site, 1, midnight, "normal").facts():
        if fact.at >= end:
            break
        rows = after if fact.at >= begin else before
        while tick <= fact.at:
            rows.append(Tick(at=tick))
            tick += 1000
        rows.append(fact)
    return before, after


def _folded(site: Site, before: Sequence[AnyFact]) -> Floor:
    floor = Floor(site)
    for rev, fact in enumerate(before, 1):
        floor.apply(fact, rev)
    return floor


def fold_rate(site: Site, before: Sequence[AnyFact], rows: Sequence[AnyFact]) -> float:
    """Facts per second of processor time, the part before being folded but not timed."""
    floor = _folded(site, before)
    begun = time.process_time()
    _fold(floor, rows)
    spent = time.process_time() - begun
    assert floor.rev == len(before) + len(rows)
    assert sum(queue.leaf.total[0] for queue in floor.queues.values()) > 0
    return len(rows) / spent


def _fold(floor: Floor, rows: Iterable[AnyFact]) -> None:
    rev = floor.rev
    for fact in rows:
        rev += 1
        floor.apply(fact, rev)


def _built(site: Site, before: Sequence[AnyFact], rows: Sequence[AnyFact]) -> tuple[float, int]:
    """Processor seconds to build what frames of 50 ms tell somebody who sees all, and how many frames there are.

    As many facts as come in a few minutes, the first frame, which builds everything, left out.
    """
    floor = _folded(site, before)
    seen, spent, frames, rev = floor.rev, 0.0, 0, floor.rev
    for _ in floor.entities():
        pass
    due = rows[0].at + FRAME_MS
    for fact in rows:
        if fact.at >= rows[0].at + BUILT_MS:
            break
        if fact.at >= due and floor.rev > seen:
            begun = time.process_time()
            built = [floor.entity(key) for key, _ in floor.touched_since(seen)]
            spent += time.process_time() - begun
            assert all(built)
            seen, frames = floor.rev, frames + bool(built)
        if fact.at >= due:
            due = fact.at - fact.at % FRAME_MS + FRAME_MS
        rev += 1
        floor.apply(fact, rev)
    return spent, frames


def _keep(things: dict[str, dict[str, Any]], rows: Iterable[dict[str, Any]]) -> None:
    """The least that could be called keeping state: a dict per thing, updated with the fact's fields."""
    for rev, fields in enumerate(rows, 1):
        key = fields.get("seat") or fields.get("leg") or fields.get("call") or "tick"
        thing = things.get(key)
        if thing is None:
            thing = things[key] = {}
        thing.update(fields)
        thing["rev"] = rev


def _side_by_side(
    site: Site, before: Sequence[AnyFact], rows: Sequence[AnyFact], *, from_log: bool
) -> tuple[float, float]:
    """Processor seconds of the fold and of the bare dict loop, taking turns every thousand facts."""
    bodies = [pack(fact) for fact in rows]
    decode = msgspec.msgpack.Decoder().decode
    told = [decode(body) for body in bodies]
    floor, things = _folded(site, before), dict[str, dict[str, Any]]()
    mine = bare = 0.0
    for start in range(0, len(rows), TURN):
        turn = slice(start, start + TURN)
        begun = time.process_time()
        _fold(floor, map(unpack, bodies[turn]) if from_log else rows[turn])
        between = time.process_time()
        _keep(things, map(decode, bodies[turn]) if from_log else told[turn])
        mine, bare = mine + between - begun, bare + time.process_time() - between
    assert floor.rev == len(before) + len(rows) and len(things) > 100
    return mine, bare


def _against_bare(site: Site, before: Sequence[AnyFact], rows: Sequence[AnyFact], *, from_log: bool) -> Row:
    runs = [_side_by_side(site, before, rows, from_log=from_log) for _ in range(5)]
    ratios = [mine / bare for mine, bare in runs]
    ratio, (mine, bare) = statistics.median(ratios), min(runs)
    spread = f"{min(ratios):.1f}–{max(ratios):.1f}"
    best = f"{len(rows) / mine:,.0f}/s against {len(rows) / bare:,.0f}/s at best"
    work = "from the log, decoding included" if from_log else "facts in memory"
    name, goal = f"fold with all figures, 1,000 seats, {work}", "≥ 1/6 of a bare dict loop"
    return Row(name, goal, f"1/{ratio:.1f} ({spread}; {best})", ratio * WORTH <= 1)


def run(quick: bool) -> Iterable[Row]:
    """The rows of the table."""
    rates: dict[int, float] = {}
    shares: dict[int, float] = {}
    demo = site_from_name_or_path("demo")
    for seats in SIZES[:2] if quick else SIZES:
        site = grown(demo, seats)
        say(f"  {seats} seats: facts …")
        before, rows = day(site, 10.0, 10.5 if seats > 1_000 else 11.0)
        rates[seats] = max(fold_rate(site, before, rows) for _ in range(1 if seats > 1_000 else 3))
        spent, frames = _built(site, before, rows)
        say(f"  {seats} seats: {frames:,} frames built in {spent:.2f} s")
        shares[seats] = spent * 1000 / BUILT_MS
        if seats == 1_000:
            yield _against_bare(site, before, rows, from_log=True)
            yield _against_bare(site, before, rows, from_log=False)
    largest = max(rates)
    growth = rates[110] / rates[largest]
    measured = ", ".join(f"{seats:,}: {1e6 / rate:.1f} µs" for seats, rate in rates.items())
    yield Row(
        f"cost per fact, 110 → {largest:,} seats", "≤ 1.5×", f"{growth:.2f}× ({measured})", growth <= GROWTH
    )  # fmt: skip
    measured = ", ".join(f"{seats:,} seats: {100 * share:.1f} %" for seats, share in shares.items())
    yield Row(
        f"what frames of {FRAME_MS} ms tell, built, at the floor's own pace", f"≤ {BUSY:.0%} of a core", measured,
        max(shares.values()) <= BUSY,
    )  # fmt: skip
