"""Who counts for whom: which published things and which levels a queue, a crew and an agent touch."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from msgspec import Struct, field

from config.schema import Agent, AlarmRule, Site, Threshold
from feeds.counters import EVENT_SIZE
from feeds.folding.core import Core, CrewWire, Look, PeopleRule, QueueWire, Reader, RuleLook, Traits, Wires
from feeds.folding.present import reader
from feeds.folding.scopes import is_people
from feeds.folding.state import (
    CREW_SIZE,
    CREW_SLOT,
    OFFLINE,
    QUEUE_SLOT,
    STATE_PLACE,
    AgentState,
    CrewState,
    Leaf,
    Level,
    QueueState,
    SeatRecord,
    new_leaf,
)  # fmt: skip
from feeds.rules.alarm_rules import RuleWatch, rule_watches
from feeds.rules.alarms import CALM, Watch, judge, watches, worst_calm
from feeds.rules.causes import wider_scopes
from feeds.skills import by_site


class CrewPlan(Struct, frozen=True):
    """What a crew touches, and what its bundles hold."""

    wire: CrewWire
    bundles: dict[str, tuple[str, ...]]


class Crews(Struct, frozen=True):
    """What all crews of a floor touch: the next floor thawed has most often the very same."""

    alike: list[list[Any]]
    """By which they are known to be the same: what :func:`_alike` gives."""
    wires: list[CrewWire]
    bundles: dict[str, tuple[str, ...]]
    places_of: dict[str, list[int]]
    """Scope -> the places of its crews."""


class Limits(Struct, frozen=True):
    """Which limits hold at which scope, for some queues: the same for all floors that have them."""

    looks: list[Look]
    looks_now: list[Look]
    watches: list[Watch]
    watches_of: dict[str, list[Watch]]
    rules: list[RuleLook]
    rules_on_people: list[RuleWatch]
    rules_on_loss: list[RuleWatch]
    longest: dict[int, float]
    told: dict[str, AlarmRule | Threshold]
    wider: dict[str, frozenset[str]]


class Plan(Struct):
    """What follows from the site alone: worked out once, however many floors of it are folded or thawed."""

    trends: list[tuple[str, Reader]]
    acw_means: dict[str, float]
    seats_of: dict[str, int]
    traits: dict[str, Traits]
    crews: dict[tuple[str, ...], CrewPlan] = field(default_factory=dict)
    """By the crew's key, group, vendor and queues: a thawed floor may remember another site's."""
    all_crews: Crews | None = None
    """Those of the floor that was thawed last."""
    limits: dict[tuple[tuple[str, ...], ...], Limits] = field(default_factory=dict)
    """By queues, each with its scopes."""


class _Same:
    """A site as a key: the very same, not an equal one, which would cost a look at all its agents."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __hash__(self) -> int:
        return id(self.site)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.site is self.site


@lru_cache(maxsize=4)
def _plan(same: _Same) -> Plan:
    site = same.site
    seats_of: dict[str, int] = {}
    group_of = {seat_type.id: seat_type.group for seat_type in site.seat_types}
    for seat in site.seats:
        for scope in ("site", f"seat_type:{seat.area}", f"group:{group_of.get(seat.area, '')}"):
            seats_of[scope] = seats_of.get(scope, 0) + 1
    scopes = ("site", *(f"group:{group.id}" for group in site.groups))
    return Plan(
        seats_of=seats_of, acw_means={kind.id: kind.acw_mean_s for kind in site.seat_types},
        trends=[
            (f"trend:{scope}:{each.figure}", reader(scope, each.figure, each.window))
            for scope in scopes for each in site.wall.headlines
        ],
        traits={agent.id: _traits(agent) for agent in site.agents if agent.skills or agent.languages},
    )  # fmt: skip


_FLUENCY: Final = ("native", "fluent", "basic")


def _traits(agent: Agent) -> Traits:
    languages = sorted(agent.languages, key=lambda language: _FLUENCY.index(language.level))
    return by_site(agent), [language.code for language in languages]


def connect(floor: Core) -> None:
    """Make all lookups of a floor, new or thawed."""
    plan = _plan(_Same(floor.site))
    floor.wires = Wires(
        trends=plan.trends, acw_means=plan.acw_means, seats_of=plan.seats_of, traits=plan.traits,
        languages={queue.id: queue.language for queue in floor.site.queues if queue.language},
    )  # fmt: skip
    for queue in floor.queues.values():
        _connect_queue(floor, queue)
    _connect_crews(floor, plan)


def watch(floor: Core) -> None:
    """Work out which limits hold at which scope: at the beginning, and again when a queue is found."""
    lookups, known = floor.wires, _plan(_Same(floor.site)).limits
    queues = {queue: wire.scopes for queue, wire in lookups.queues.items()}
    key = tuple((queue, *scopes) for queue, scopes in queues.items())
    limits = known.get(key)
    if limits is None:
        limits = _limits(floor.site, queues)
        known.clear()  # a floor of other queues may be thawed at this moment in another thread: never read it back
        known[key] = limits
    lookups.looks, lookups.looks_now = limits.looks, limits.looks_now
    lookups.watches, lookups.watches_of = limits.watches, limits.watches_of
    lookups.rules, lookups.rules_on_loss, lookups.longest = limits.rules, limits.rules_on_loss, limits.longest
    lookups.told, lookups.wider = limits.told, limits.wider
    _count_people(floor, limits.rules_on_people)
    lookups.standing_until = 0


def _limits(site: Site, queues: dict[str, tuple[str, ...]]) -> Limits:
    looks = [_look(each) for each in watches(site, tuple(queues))]
    every = [look.watch for look in looks]
    watches_of: dict[str, list[Watch]] = {}
    for each in every:
        watches_of.setdefault(each.scope, []).append(each)
    rules = rule_watches(site, queues)
    people = [one for one in rules if one.rule.above is not None and not one.rule.figure]
    others = [one for one in rules if one.rule.above is None or one.rule.figure]
    longest: dict[int, float] = {}
    for rule in (one.rule for one in others):
        if rule.longer_s is not None:
            place = STATE_PLACE[rule.state]
            longest[place] = min(rule.longer_s * 1000, longest.get(place, rule.longer_s * 1000))
    told: dict[str, AlarmRule | Threshold] = {
        f"alarm:{each.key}": each.threshold for each in every if each.threshold.advice
    }
    return Limits(
        looks=looks, looks_now=[look for look in looks if look.watch.threshold.window == "now"],
        watches=every, watches_of=watches_of,
        rules=[
            RuleLook(one, reader(one.scope, one.rule.figure, one.rule.window) if one.rule.figure else None)
            for one in others
        ],
        rules_on_people=people, rules_on_loss=[one for one in others if one.rule.lost], longest=longest,
        told={**told, **{rule.id: rule for rule in site.alarms}}, wider=wider_scopes(site, queues),
    )  # fmt: skip


def _look(watch: Watch) -> Look:
    threshold = watch.threshold
    relative = threshold.relative_to
    return Look(
        watch, watch.scope, watch.key, reader(watch.scope, threshold.figure, threshold.window),
        None if relative is None else reader(watch.scope, relative, "now"),
        is_high=threshold.better == "high", calm=worst_calm(threshold),
        only_waiting=threshold.window == "now" and threshold.figure in _OF_WAITING and judge(threshold, 0, 0.0) == CALM,
    )  # fmt: skip


def _count_people(floor: Core, rules: Iterable[RuleWatch]) -> None:
    lookups = floor.wires
    lookups.rules_on_people, lookups.counted = [], {}
    lookups.crowded.clear()
    for each in rules:
        rule = each.rule
        assert rule.above is not None
        place = STATE_PLACE[rule.state]
        count = sum(crew.counts[place] for crew in lookups.crews_of.get(each.scope, ()))
        people = PeopleRule(each, len(lookups.rules_on_people), rule.above, count)
        lookups.rules_on_people.append(people)
        if count > rule.above or each.key in floor.state.conditions:
            lookups.crowded.add(people.number)
        lookups.counted.setdefault(place, {}).setdefault(each.scope, []).append(people)
    lookups.counted.pop(OFFLINE, None)  # who is not there is counted nowhere


_OF_WAITING: Final = frozenset(("waiting", "ringing", "longest_wait_now", "average_wait_now"))
"""Figures of the moment that are nought or nothing while nobody waits."""


def _connect_queue(floor: Core, queue: QueueState) -> None:
    scopes = [f"queue:{queue.id}", "site"]
    scopes += [f"group:{queue.group}"] if queue.group else []
    scopes += [f"seat_type:{queue.seat_type}"] if queue.seat_type else []
    for scope in scopes:
        floor.wires.queues_of.setdefault(scope, []).append(queue)
    demand = f"=demand:{queue.id}"
    floor.wires.bundles[demand] = (f"queue:{queue.id}", *(f"figures:{scope}" for scope in scopes))
    floor.wires.queues[queue.id] = QueueWire(
        demand=demand,
        scopes=tuple(scopes),
        waits=[floor.state.waits.setdefault(scope, Level()) for scope in scopes[:2]],
        services=[floor.state.services.setdefault(scope, Level()) for scope in scopes[:2]],
    )


def _connect_crews(floor: Core, plan: Plan) -> None:
    wires, crews = floor.wires, list(floor.state.crews.values())
    alike = _alike(floor.state.crews)
    known = plan.all_crews
    if known is None or known.alike != alike:
        bundles = len(wires.bundles)
        for key, crew in floor.state.crews.items():
            _connect_crew(floor, key, crew, plan)
        plan.all_crews = Crews(
            alike, list(wires.crews), dict(islice(wires.bundles.items(), bundles, None)),
            {scope: list(places) for scope, places in wires.places_of.items()},
        )  # fmt: skip
        return
    floor.crews += crews
    wires.crews += known.wires
    wires.bundles.update(known.bundles)
    wires.places_of = {scope: list(places) for scope, places in known.places_of.items()}
    wires.crews_of = {scope: [crews[place] for place in places] for scope, places in known.places_of.items()}


def _alike(crews: dict[str, CrewState]) -> list[list[Any]]:
    """All that the wires of crews follow from."""
    every = crews.values()
    return [
        list(crews), [one.team for one in every], [one.vendor for one in every], [one.seat_type for one in every],
        [one.group for one in every], [one.queues for one in every], [one.leaf.place for one in every],
    ]  # fmt: skip


def _connect_crew(floor: Core, key: str, crew: CrewState, plan: Plan) -> None:
    alike = (key, crew.team, crew.vendor, crew.seat_type, crew.group, *crew.queues)
    own = plan.crews.get(alike)
    if own is None:
        own = plan.crews[alike] = _crew_plan(key, crew)
    for scope in own.wire.scopes:
        floor.wires.crews_of.setdefault(scope, []).append(crew)
        floor.wires.places_of.setdefault(scope, []).append(crew.leaf.place)
    floor.wires.bundles.update(own.bundles)
    floor.crews.append(crew)
    floor.wires.crews.append(own.wire)


def _crew_plan(key: str, crew: CrewState) -> CrewPlan:
    scopes = ["site"]
    for kind, name in (
        ("group", crew.group), ("seat_type", crew.seat_type), ("team", crew.team), ("vendor", crew.vendor),
    ):  # fmt: skip
        scopes += [f"{kind}:{name}"] if name else []
    scopes += [f"queue:{queue}" for queue in crew.queues]
    figures = [f"figures:{scope}" for scope in scopes]
    wire = CrewWire(staff=f"=staff:{key}", figures=f"=figures:{key}", people=f"=people:{key}", scopes=tuple(scopes))
    bundles = {
        wire.staff: tuple(f"staff:{scope}" for scope in scopes),
        wire.figures: tuple(name for name in figures if is_people(name.partition(":")[2])),
        wire.people: tuple(name for name in figures if not is_people(name.partition(":")[2])),
    }
    return CrewPlan(wire, bundles)


def furnish(floor: Core) -> None:
    """Set up queues, crews, agents and seats as the site configures them."""
    state = floor.state
    settings = floor.site.figures
    for queue in floor.site.queues:
        seconds = settings.service_seconds if queue.service_seconds is None else queue.service_seconds
        add_queue(floor, QueueState(
            id=queue.id, group=queue.group, seat_type=queue.seat_type, zh=queue.name.zh, en=queue.name.en,
            service_ms=seconds * 1000, leaf=queue_leaf(floor),
        ), settled=False)  # fmt: skip
    for agent in floor.site.agents:
        add_agent(floor, agent)
    for seat in floor.site.seats:
        state.seats[seat.id] = SeatRecord(id=seat.id, area=seat.area, extension=seat.extension)
        floor.pending[f"seat:{seat.id}"] = 0
    floor.pending[f"site:{floor.site.id}"] = 0
    watch(floor)


def queue_leaf(floor: Core) -> Leaf:
    """A leaf for the next queue; the first row of the copies is that of the trunks."""
    return new_leaf(EVENT_SIZE, QUEUE_SLOT, len(floor.queues) + 1, floor.now)


def add_queue(floor: Core, queue: QueueState, *, settled: bool = True) -> None:
    """Take a queue into the floor; its figures are published from now on. Unless `settled`, limits follow later."""
    floor.queues[queue.id] = queue
    _connect_queue(floor, queue)
    floor.bundled[floor.wires.queues[queue.id].demand] = floor.rev
    if settled:
        watch(floor)


def add_agent(floor: Core, agent: Agent) -> AgentState:
    """Take an agent into the floor and into the crew of people alike."""
    first = min((skill.level for skill in agent.skills), default=1)
    crew = crew_of(floor, agent.team, agent.seat_type, [one.queue for one in agent.skills if one.level == first])
    person = AgentState(id=agent.id, zh=agent.name.zh, en=agent.name.en, crew=crew.leaf.place)
    floor.agents[agent.id] = person
    floor.pending[f"agent:{agent.id}"] = floor.rev
    return person


def crew_of(floor: Core, team: str, seat_type: str, queues: Iterable[str]) -> CrewState:
    """The crew of those alike in team, seat type and first skills; made where there was nobody like that.

    A queue's own people are those whose first skill it is: with everyone who might help, queues would add up to several
    floors.
    """
    site, skills = floor.site, sorted(queues)
    key = f"{team}/{seat_type}/{'+'.join(skills)}"
    crew = floor.state.crews.get(key)
    if crew is None:
        theirs = next((one for one in site.teams if one.id == team), None)
        kind = next((one for one in site.seat_types if one.id == seat_type), None)
        crew = CrewState(
            team=team, vendor=(theirs.vendor or "") if theirs else "", seat_type=seat_type,
            group=kind.group if kind else "", queues=skills,
            leaf=new_leaf(CREW_SIZE, CREW_SLOT, len(floor.crews), floor.now),
        )  # fmt: skip
        floor.state.crews[key] = crew
        _connect_crew(floor, key, crew, _plan(_Same(site)))
        wire = floor.wires.crews[crew.leaf.place]
        floor.bundled[wire.staff] = floor.bundled[wire.figures] = floor.rev
    return crew
