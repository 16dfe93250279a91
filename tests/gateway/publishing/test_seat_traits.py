"""What seats tell of whoever sits there: skills and languages by the site's list, no more of it than is in sight."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from config.schema import Language, Skill
from feeds.commands import Ended
from feeds.entities import Figures, Seat, Staff
from feeds.facts import SeatChanged, SeatServes, Tick
from feeds.floor import Floor
from feeds.gateway.publishing.hub import Hub
from feeds.rules.access import audience
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.giving import give
from tests.gateway.harness import ToldSource, console, running_gateway

pytestmark = pytest.mark.usefixtures("orders_have_time")

SITE = small_site()


def floor_with_traits() -> Floor:
    first = SITE.agents[0]
    queues = [queue.id for queue in SITE.queues]
    agent = replace(
        first, skills=(Skill(queues[1], 2), Skill(queues[0], 1)),
        languages=(Language("en", "basic"), Language("ja", "native")),
    )  # fmt: skip
    floor = Floor(replace(SITE, agents=(agent, *SITE.agents[1:])))
    floor.apply(SeatChanged(at=START, seat=SITE.seats[0].id, state="ready", agent=agent.id), 1)
    return floor


def seat_of(floor: Floor) -> Seat:
    found = floor.entity(f"seat:{SITE.seats[0].id}")
    assert isinstance(found, Seat)
    return found


def test_skills_and_languages_come_best_first_and_go_with_the_person() -> None:
    floor = floor_with_traits()
    assert seat_of(floor).skills == [queue.id for queue in SITE.queues[:2]]
    assert seat_of(floor).languages == ["ja", "en"]
    floor.apply(SeatChanged(at=START + 1, seat=SITE.seats[0].id, state="offline"), 2)
    assert (seat_of(floor).skills, seat_of(floor).languages) == ([], [])


def test_who_was_moved_serves_what_the_order_said_until_they_sign_out() -> None:
    floor, name = floor_with_traits(), SITE.seats[0].id
    agent, (first, second, third, *_) = seat_of(floor).agent, [queue.id for queue in SITE.queues]
    floor.apply(SeatServes(at=START + 1, seat=name, agent="somebody else", queues={third: 0}), 2)
    assert seat_of(floor).skills == [first, second], "a move of whoever has gone is nobody's"
    floor.apply(SeatServes(at=START + 2, seat=name, agent=agent, queues={first: 5, third: 0}), 3)
    assert (seat_of(floor).skills, seat_of(floor).rev) == ([third, first], 3)
    thawed = Floor.thaw(floor.site, floor.freeze())
    assert seat_of(thawed).skills == [third, first]
    floor.apply(SeatChanged(at=START + 3, seat=name, state="break", agent=agent), 4)
    assert seat_of(floor).skills == [third, first]
    floor.apply(SeatChanged(at=START + 4, seat=name, state="offline"), 5)
    floor.apply(SeatChanged(at=START + 5, seat=name, state="ready", agent=agent), 6)
    assert seat_of(floor).skills == [first, second]


def staffed(floor: Floor) -> dict[str, tuple[int, dict[str, int]]]:
    """How many count for each queue that somebody counts for, and in which states."""
    found = {queue.id: floor.entity(f"staff:queue:{queue.id}") for queue in SITE.queues}
    return {name: (one.staffed, one.states) for name, one in found.items() if isinstance(one, Staff) and one.staffed}


def test_who_was_moved_counts_for_the_queue_that_is_served_first_and_at_home_again_after_signing_out() -> None:
    floor, name = floor_with_traits(), SITE.seats[0].id
    agent, (first, second, third, *_) = seat_of(floor).agent, [queue.id for queue in SITE.queues]
    ready = (1, {"ready": 1})
    assert staffed(floor) == {first: ready}
    steps = [({first: 5, third: 0}, {third: ready}), ({first: 1, second: 1}, {first: ready, second: ready}), ({}, {})]
    for number, (queues, expected) in enumerate(steps, 2):
        floor.apply(SeatServes(at=START + number, seat=name, agent=agent, queues=queues), number)
        assert staffed(floor) == expected
        assert staffed(Floor.thaw(floor.site, floor.freeze())) == expected
        site = floor.entity("staff:site")
        assert isinstance(site, Staff)
        assert (site.staffed, site.states) == ready, "nobody goes when they serve no queue"
    floor.apply(SeatChanged(at=START + 10, seat=name, state="offline"), 10)
    assert staffed(floor) == {}
    for number, seat in enumerate((SITE.seats[0].id, SITE.seats[1].id), 11):
        floor.apply(SeatChanged(at=START + number, seat=seat, state="ready", agent=agent), number)
        assert staffed(floor) == {first: ready}, "of another seat the last one's move is no matter"
        floor.apply(SeatServes(at=START + number, seat=seat, agent=agent, queues={third: 0}), number + 10)
        assert staffed(floor) == {third: ready}


def test_somebody_without_skills_in_the_site_file_counts_for_the_queues_that_the_source_tells() -> None:
    floor, (first, second, *_) = Floor(SITE), [queue.id for queue in SITE.queues]
    floor.apply(SeatChanged(at=START, seat="elsewhere", state="ready", agent="4711"), 1)
    assert staffed(floor) == {}
    floor.apply(SeatServes(at=START + 1, seat="elsewhere", agent="4711", queues={first: 0, second: 3}), 2)
    assert staffed(floor) == {first: (1, {"ready": 1})}
    assert staffed(Floor.thaw(SITE, floor.freeze())) == {first: (1, {"ready": 1})}


def test_floors_that_are_thawed_one_after_another_do_not_count_for_each_other() -> None:
    """What their crews touch is worked out once for all that have the same ones; each floor may get more of them."""
    before, name = floor_with_traits(), SITE.seats[0].id
    agent, (first, second, third, *_) = seat_of(before).agent, [queue.id for queue in SITE.queues]
    frozen, ready = before.freeze(), (1, {"ready": 1})
    one, other = Floor.thaw(before.site, frozen), Floor.thaw(before.site, frozen)
    one.apply(SeatServes(at=START + 1, seat=name, agent=agent, queues={third: 0}), 2)
    assert (staffed(one), staffed(other)) == ({third: ready}, {first: ready})
    later = Floor.thaw(before.site, one.freeze())
    other.apply(SeatServes(at=START + 1, seat=name, agent=agent, queues={second: 0}), 2)
    again = Floor.thaw(before.site, frozen)
    assert [staffed(floor) for floor in (one, other, later, again)] == [
        {third: ready}, {second: ready}, {third: ready}, {first: ready},
    ]  # fmt: skip
    for floor in (one, other, later, again):
        assert floor.freeze() == Floor.thaw(before.site, floor.freeze()).freeze()


@pytest.mark.parametrize("late_ms", [0, 90_000])
def test_a_move_shares_somebodys_time_out_among_queues_and_changes_no_sum(late_ms: int) -> None:
    moved, stays, minute = floor_with_traits(), floor_with_traits(), 60_000
    agent, name, third = seat_of(moved).agent, SITE.seats[0].id, SITE.queues[2].id
    hour = [
        SeatChanged(at=START + 10 * minute, seat=name, state="talking", agent=agent),
        SeatServes(at=START + 20 * minute - late_ms, seat=name, agent=agent, queues={third: 0}),
        SeatChanged(at=START + 30 * minute, seat=name, state="acw", agent=agent),
        SeatChanged(at=START + 40 * minute, seat=name, state="ready", agent=agent),
    ]
    for number, fact in enumerate(hour, 2):
        for floor in (moved, stays):
            floor.apply(Tick(at=START + 10 * (number - 1) * minute), number)
            if floor is moved or not isinstance(fact, SeatServes):
                floor.apply(fact, number)
    for floor in (moved, stays):
        floor.apply(Tick(at=START + 60 * minute), 10)
    for scope in ("site", f"team:{seat_of(moved).team}"):
        ours, theirs = (floor.entity(f"figures:{scope}:60m") for floor in (moved, stays))
        assert isinstance(ours, Figures)
        assert isinstance(theirs, Figures)
        assert ours.values == theirs.values
    # Talking from minute 10 to 30 and at work to 40: of the queue that was served from minute 20 on, 20 of 40 minutes.
    found = moved.entity(f"figures:queue:{third}:60m")
    assert isinstance(found, Figures)
    busy, there = 20 * minute + late_ms, 40 * minute + late_ms
    assert found.values["occupancy"] == pytest.approx(100 * busy / there)


def test_who_sees_one_queue_is_not_told_of_skills_for_others_and_nobody_else_loses_them() -> None:
    floor = floor_with_traits()
    hub = Hub(SITE, floor, "epoch")
    tokens = {token.id: token for token in SITE.tokens}
    roles = {role.id: role for role in SITE.roles}
    limited, whole = (
        audience(SITE, roles[tokens[name].role], tokens[name]) for name in ("only-claim", "all-manager")
    )
    key = seat_of(floor).key
    for viewer in (limited, whole, limited, whole):
        body = hub.encoded(key, seat_of(floor).rev, viewer)
        assert body is not None
        skills = msgspec.json.decode(body)["skills"]
        assert skills == (["claim"] if viewer is limited else [queue.id for queue in SITE.queues[:2]])


# Whose word it is


class Mover:
    """Moves people at once, and may tell of it by a fact as well as when it is asked."""

    def __init__(self, source: ToldSource | None) -> None:
        self._source = source
        self._serves: dict[str, int] = {}

    def serves(self, seat: str) -> dict[str, int] | None:
        """What the last move made of it."""
        return self._serves

    async def serve(self, command: object, by: str) -> Ended:
        """Everybody serves two queues from now on."""
        self._serves = {"vip": 0, "claim": 1}
        if self._source is not None:
            fact = SeatServes(at=self._source.begins_at, seat="s1", agent="a1", queues=self._serves, by="the source")
            await self._source.tell(fact)
        return Ended("done")


@pytest.mark.parametrize("tells", [True, False])
def test_the_gateway_tells_of_a_move_where_its_source_does_not(tells: bool, tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        source.servant = Mover(source if tells else None)
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as (link, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: "seat:s1" in memory.entities)
            args = {"seat": "s1", "join": [{"queue": "vip"}]}
            assert (await give(link, "seat.move", "move", args=args)).state == "done"
            await memory.until(lambda: memory.entities["seat:s1"].skills == ["vip", "claim"])
            facts = [entry.fact for entry in gateway.services.engine.session.log.entries()]
            told = [fact.by for fact in facts if isinstance(fact, SeatServes)]
            assert told == ["the source" if tells else "all-supervisor"]

    asyncio.run(story())
