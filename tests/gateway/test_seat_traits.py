"""What seats tell of whoever sits there: skills and languages by the site's list, no more of it than is in sight."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from config.schema import Language, Skill
from feeds.entities import Seat
from feeds.facts import SeatChanged, SeatServes
from feeds.floor import Floor
from feeds.gateway.hub import Hub
from feeds.rules.access import audience
from tests.gateway.floors import START, small_site

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
