"""Who counts for whom: which published things and which levels a queue, a crew and an agent touch."""

from __future__ import annotations

from msgspec.structs import replace

from config.schema import Agent
from feeds.counters import EVENT_SIZE
from feeds.folding.core import Core, CrewWire, QueueWire, Wires
from feeds.folding.present import RATIOS
from feeds.folding.scopes import is_people
from feeds.folding.state import (
    CREW_SIZE,
    CREW_SLOT,
    QUEUE_SLOT,
    WINDOWS,
    AgentState,
    CrewState,
    Level,
    QueueState,
    SeatRecord,
    new_leaf,
)  # fmt: skip
from feeds.rules.alarms import Watch, watches


def wires(floor: Core) -> Wires:
    """All lookups of a floor, new or thawed."""
    site = floor.site
    seats_of: dict[str, int] = {}
    group_of = {seat_type.id: seat_type.group for seat_type in site.seat_types}
    for seat in site.seats:
        for scope in ("site", f"seat_type:{seat.area}", f"group:{group_of.get(seat.area, '')}"):
            seats_of[scope] = seats_of.get(scope, 0) + 1
    scopes = ("site", *(f"group:{group.id}" for group in site.groups))
    return Wires(
        seats_of=seats_of, acw_means={kind.id: kind.acw_mean_s for kind in site.seat_types},
        trends=[(scope, each.figure, each.window) for scope in scopes for each in site.wall.headlines],
    )  # fmt: skip


def watch(floor: Core) -> None:
    """Work out which limits hold at which scope: at the beginning, and again when a queue is found."""
    lookups = floor.wires
    lookups.watches = [_prepared(each) for each in watches(floor.site, floor.queues)]
    lookups.watches_now = [each for each in lookups.watches if each.threshold.window == "now"]
    lookups.watches_of = {}
    for each in lookups.watches:
        lookups.watches_of.setdefault(each.scope, []).append(each)


def _prepared(each: Watch) -> Watch:
    threshold = each.threshold
    straight = threshold.figure in RATIOS and threshold.window in WINDOWS and not is_people(each.scope)
    return replace(each, is_ratio=True, length=WINDOWS[threshold.window]) if straight else each


def connect_queue(floor: Core, queue: QueueState) -> None:
    """Connect a queue to its scopes."""
    scopes = [f"queue:{queue.id}", "site"]
    scopes += [f"group:{queue.group}"] if queue.group else []
    scopes += [f"seat_type:{queue.seat_type}"] if queue.seat_type else []
    for scope in scopes:
        floor.wires.queues_of.setdefault(scope, []).append(queue)
    demand = f"=demand:{queue.id}"
    floor.wires.bundles[demand] = (f"queue:{queue.id}", *(f"figures:{scope}" for scope in scopes))
    floor.wires.queues[queue.id] = QueueWire(
        demand=demand,
        waits=[floor.state.waits.setdefault(scope, Level()) for scope in scopes[:2]],
        services=[floor.state.services.setdefault(scope, Level()) for scope in scopes[:2]],
    )


def connect_crew(floor: Core, key: str, crew: CrewState) -> None:
    """Connect a crew to its scopes."""
    scopes = ["site"]
    for kind, name in (
        ("group", crew.group), ("seat_type", crew.seat_type), ("team", crew.team), ("vendor", crew.vendor),
    ):  # fmt: skip
        scopes += [f"{kind}:{name}"] if name else []
    scopes += [f"queue:{queue}" for queue in crew.queues]
    for scope in scopes:
        floor.wires.crews_of.setdefault(scope, []).append(crew)
    figures = [f"figures:{scope}" for scope in scopes]
    wire = CrewWire(staff=f"=staff:{key}", figures=f"=figures:{key}", people=f"=people:{key}")
    floor.wires.crews[key] = wire
    floor.wires.bundles[wire.staff] = tuple(f"staff:{scope}" for scope in scopes)
    floor.wires.bundles[wire.figures] = tuple(name for name in figures if is_people(name.partition(":")[2]))
    floor.wires.bundles[wire.people] = tuple(name for name in figures if not is_people(name.partition(":")[2]))


def furnish(floor: Core) -> None:
    """Set up queues, crews, agents and seats as the site configures them."""
    state = floor.state
    settings = floor.site.figures
    for queue in floor.site.queues:
        seconds = settings.service_seconds if queue.service_seconds is None else queue.service_seconds
        add_queue(floor, QueueState(
            id=queue.id, group=queue.group, seat_type=queue.seat_type, zh=queue.name.zh, en=queue.name.en,
            service_ms=seconds * 1000, leaf=new_leaf(EVENT_SIZE, QUEUE_SLOT),
        ))  # fmt: skip
    for agent in floor.site.agents:
        add_agent(floor, agent)
    for seat in floor.site.seats:
        state.seats[seat.id] = SeatRecord(id=seat.id, area=seat.area, extension=seat.extension)
        floor.pending[f"seat:{seat.id}"] = 0
    floor.pending[f"site:{floor.site.id}"] = 0


def add_queue(floor: Core, queue: QueueState) -> None:
    """Take a queue into the floor; its figures are published from now on."""
    floor.queues[queue.id] = queue
    connect_queue(floor, queue)
    floor.pending[floor.wires.queues[queue.id].demand] = floor.rev
    watch(floor)


def add_agent(floor: Core, agent: Agent) -> AgentState:
    """Take an agent into the floor and into the crew of people alike."""
    site = floor.site
    # A queue's own people are those whose first skill it is: with everyone who might help, queues would add up to
    # several floors.
    first = min((skill.level for skill in agent.skills), default=1)
    skills = [skill.queue for skill in agent.skills if skill.level == first]
    key = f"{agent.team}/{agent.seat_type}/{'+'.join(sorted(skills))}"
    if key not in floor.state.crews:
        team = next((team for team in site.teams if team.id == agent.team), None)
        seat_type = next((kind for kind in site.seat_types if kind.id == agent.seat_type), None)
        crew = CrewState(
            team=agent.team, vendor=(team.vendor or "") if team else "", seat_type=agent.seat_type,
            group=seat_type.group if seat_type else "", queues=sorted(skills), leaf=new_leaf(CREW_SIZE, CREW_SLOT),
        )  # fmt: skip
        floor.state.crews[key] = crew
        connect_crew(floor, key, crew)
        wire = floor.wires.crews[key]
        floor.pending[wire.staff] = floor.pending[wire.figures] = floor.rev
    person = AgentState(id=agent.id, zh=agent.name.zh, en=agent.name.en, crew=key)
    floor.agents[agent.id] = person
    floor.pending[f"agent:{agent.id}"] = floor.rev
    return person
