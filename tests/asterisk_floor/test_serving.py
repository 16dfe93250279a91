"""Which queues are served at a seat, told from the memberships, whoever changed them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from feeds.commands import Ended, Join, MoveSeat
from feeds.entities import Seat
from feeds.facts import AnyFact, SeatServes
from feeds.floor import Floor
from feeds.gateway.running.clock import PacedClock
from feeds.sources.asterisk.capture import CaptureSource
from feeds.sources.asterisk.serving import REST_MS
from feeds.sources.asterisk.snapshot import stand_in
from tests.asterisk_floor.paper import Member
from tests.asterisk_floor.test_acting import floor_of
from tests.asterisk_floor.test_capture import Tape
from tests.asterisk_floor.watched import Watched, site_of

pytestmark = pytest.mark.logs("queue .* is not in the site folder.*")

SKILLS = {"8001": ("claims", "inquiry"), "8002": ("claims",)}


def served(watched: Watched) -> list[tuple[str, dict[str, int]]]:
    """Every fact about queues that are served: whose, and which with what penalties."""
    return [(fact.agent, fact.queues) for fact in watched.facts if isinstance(fact, SeatServes)]


def joins(watched: Watched, queue: str, agent: str = "8001", **more: object) -> Member:
    """Somebody is made a member by something that is not us."""
    member = watched.asterisk.member(queue, agent, dynamic=True, **more)
    watched.asterisk.tell_member(member, "QueueMemberAdded")
    return member


def as_by_site(**more: object) -> Watched:
    """A floor where 8001 is a member of what the site's list says."""
    watched = Watched(skills=SKILLS, **more)  # type: ignore[arg-type]
    for queue in SKILLS["8001"]:
        watched.asterisk.member(queue, "8001", dynamic=True)
    watched.meet()
    return watched


def test_who_is_a_member_of_what_the_site_says_is_not_told_of() -> None:
    watched = as_by_site()
    watched.later()
    assert served(watched) == []
    assert watched.skills("8001") == ["claims", "inquiry"]
    watched.asterisk.pause("8001", True, "小休")
    watched.later()
    assert served(watched) == []
    watched.prove()


def test_a_queue_that_somebody_gives_at_the_asterisk_is_shown_and_so_is_its_end() -> None:
    watched = as_by_site()
    member = joins(watched, "vip")
    watched.later()
    assert watched.skills("8001") == ["claims", "inquiry", "vip"]
    watched.asterisk.remove(member)
    watched.later()
    assert watched.skills("8001") == ["claims", "inquiry"]
    assert served(watched) == [
        ("8001", {"claims": 0, "inquiry": 0, "vip": 0}), ("8001", {"claims": 0, "inquiry": 0}),
    ]  # fmt: skip
    watched.later()
    watched.prove()


def test_who_signs_in_to_five_queues_is_told_of_once_when_it_has_come_to_rest() -> None:
    watched = Watched(skills=SKILLS)
    watched.meet()
    for queue in ("claims", "inquiry", "vip", "night", "mail"):
        joins(watched, queue)
        watched.asterisk.wait(4)
        watched.see()
    last = watched.asterisk.now - 4
    watched.later()
    (fact,) = watched.told(SeatServes)
    assert (fact.at, watched.skills("8001")) == (last + REST_MS, ["claims", "inquiry", "mail", "night", "vip"])
    watched.prove()


def test_a_change_that_is_taken_back_at_once_is_no_change() -> None:
    watched = as_by_site()
    member = joins(watched, "vip")
    watched.asterisk.wait(REST_MS - 1)
    watched.asterisk.remove(member)
    watched.later()
    assert served(watched) == []


def test_who_signs_out_is_expected_as_the_site_says_when_they_come_again() -> None:
    watched = as_by_site()
    joins(watched, "vip")
    watched.later()
    for member in list(watched.asterisk.members):
        watched.asterisk.remove(member)
        watched.asterisk.wait(3)
    watched.later()
    assert (watched.seat("8001"), watched.skills("8001"), len(served(watched))) == ("offline", [], 1)
    for queue in SKILLS["8001"]:
        joins(watched, queue)
    watched.later()
    assert (watched.skills("8001"), len(served(watched))) == (["claims", "inquiry"], 1)
    joins(watched, "vip")
    watched.later()
    assert watched.skills("8001") == ["claims", "inquiry", "vip"]
    watched.prove()


def test_who_leaves_every_queue_during_a_call_serves_none_until_it_is_over() -> None:
    watched = as_by_site()
    line = watched.asterisk.line("PJSIP/8001")
    watched.asterisk.up(line)
    other = watched.asterisk.line("PJSIP/trunk", line)
    for one in (line, other):
        watched.asterisk.enter(one, "outside")
    watched.see()
    for member in list(watched.asterisk.members):
        watched.asterisk.remove(member)
    watched.later()
    assert (watched.seat("8001") == "offline", watched.skills("8001")) == (False, [])
    watched.prove()
    for one in (line, other):
        watched.asterisk.hang_up(one)
    watched.later()
    assert watched.seat("8001") == "offline"
    watched.prove()


def test_what_is_found_at_a_connection_is_told_at_once_and_only_where_it_differs() -> None:
    watched = Watched(skills=SKILLS)
    watched.asterisk.member("inquiry", "8001")
    watched.asterisk.member("claims", "8002", penalty=5)
    watched.meet()
    assert served(watched) == [("8001", {"inquiry": 0})]
    assert (watched.skills("8001"), watched.skills("8002")) == (["inquiry"], ["claims"])
    watched.meet()
    watched.later()
    assert len(served(watched)) == 1


def test_what_was_changed_in_an_outage_is_told_when_it_is_over() -> None:
    watched = as_by_site()
    watched.asterisk.remove(watched.asterisk.members[1])
    watched.asterisk.take_said()
    watched.asterisk.wait(60_000)
    watched.meet()
    assert served(watched) == [("8001", {"claims": 0})]
    watched.later()
    assert len(served(watched)) == 1


def test_a_member_by_configuration_is_told_of_when_the_phone_is_there() -> None:
    watched = Watched(skills=SKILLS)
    watched.asterisk.member("inquiry", "8001")
    watched.asterisk.devices["PJSIP/8001"] = "UNAVAILABLE"
    watched.meet()
    watched.later()
    assert (watched.seat("8001"), served(watched)) == ("offline", [])
    watched.asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later()
    assert (watched.seat("8001"), served(watched)) == ("ready", [("8001", {"inquiry": 0})])
    watched.prove()


def test_a_penalty_is_told_when_another_queue_comes_first_by_it() -> None:
    watched = as_by_site()
    claims, inquiry = watched.asterisk.members

    def penalty(member: Member, value: int) -> list[str]:
        member.penalty = value
        watched.asterisk.tell_member(member, "QueueMemberPenalty")
        watched.later()
        return watched.skills("8001")

    assert penalty(inquiry, 3) == ["claims", "inquiry"]
    assert served(watched) == []
    assert penalty(claims, 4) == ["inquiry", "claims"]
    assert served(watched) == [("8001", {"inquiry": 3, "claims": 4})]
    assert penalty(claims, 7) == ["inquiry", "claims"]
    assert len(served(watched)) == 1
    watched.prove()


def test_two_phones_of_one_agent_serve_what_either_is_a_member_of() -> None:
    watched = as_by_site()
    other = joins(watched, "claims", way="Local/{}@agents/n", device="hint:8001@from-internal", penalty=2)
    joins(watched, "vip", way="Local/{}@agents/n", device="hint:8001@from-internal", penalty=2)
    watched.later()
    assert served(watched) == [("8001", {"claims": 0, "inquiry": 0, "vip": 2})]
    watched.asterisk.remove(other)
    watched.later()
    assert (len(served(watched)), watched.skills("8001")) == (1, ["claims", "inquiry", "vip"])
    watched.prove()


def test_who_signs_in_at_anothers_phone_serves_there_what_they_are_a_member_of() -> None:
    watched = as_by_site()
    for member in list(watched.asterisk.members):
        watched.asterisk.remove(member)
    guest = Member("inquiry", "PJSIP/8001", "8002 林梅华", "PJSIP/8001", True)
    watched.asterisk.members.append(guest)
    watched.asterisk.tell_member(guest, "QueueMemberAdded")
    watched.later()
    seat = watched.entity("seat:s8001")
    assert isinstance(seat, Seat)
    assert (seat.agent, seat.skills, served(watched)) == ("8002", ["inquiry"], [("8002", {"inquiry": 0})])
    watched.prove()


def test_a_queue_that_the_site_does_not_know_is_made_known_and_shown() -> None:
    watched = Watched(skills=SKILLS)
    watched.asterisk.member("vip", "8002", dynamic=True)
    watched.meet()
    assert watched.entity("queue:vip") is not None
    assert watched.skills("8002") == ["vip"]
    watched.prove()


def test_a_gateway_that_starts_again_tells_nothing_that_the_floor_shows_already() -> None:
    before = as_by_site()
    joins(before, "vip")
    before.later()
    after = Watched(before.asterisk, floor=Floor.thaw(before.site, before.floor.freeze()), skills=SKILLS)
    seats = [one for one in map(after.entity, list(after.floor.keys())) if isinstance(one, Seat)]
    stand_in(after.model, [], seats, after.floor.now)
    after.meet()
    after.later()
    assert (served(after), after.skills("8001")) == ([], ["claims", "inquiry", "vip"])
    after.asterisk.remove(after.asterisk.members[-1])
    after.later()
    assert served(after) == [("8001", {"claims": 0, "inquiry": 0})]
    after.prove()


def test_a_move_of_our_own_is_on_the_floor_when_it_is_done_and_told_once() -> None:
    floor = floor_of("8001", dynamic=True)
    watched = floor.watched
    watched.model.names.queue("inquiry", 0)
    watched.later()
    told = len(served(watched))
    assert floor.order(MoveSeat("s8001", (Join("inquiry", 3),), ("claims",))).state == "done"
    *_, fact = watched.told(SeatServes)
    assert isinstance(fact, SeatServes)
    assert (fact.queues, fact.by, watched.skills("8001")) == ({"inquiry": 3}, "supervisor", ["inquiry"])
    watched.later()
    assert len(served(watched)) == told + 1


def test_a_move_that_nobody_sees_is_told_when_it_shows() -> None:
    floor = floor_of("8001", dynamic=True)
    watched = floor.watched
    watched.model.names.queue("inquiry", 0)
    watched.later()
    floor.pbx.effects["QueueAdd"] = lambda fields: None
    assert floor.order(MoveSeat("s8001", (Join("inquiry", 3),))) == Ended(
        "unknown", "asked, not seen after 0.15 s: it may still come; trust the screen"
    )
    joins(watched, "inquiry", penalty=3)
    watched.later()
    assert watched.skills("8001") == ["claims", "inquiry"]


def test_a_capture_tells_the_same_as_the_floor_that_it_was_taken_from(tmp_path: Path) -> None:
    tape, site = Tape(), site_of(skills=SKILLS)
    tape.connect()
    asterisk = tape.asterisk
    for queue in ("claims", "vip", "night"):
        asterisk.wait(30)
        asterisk.tell_member(asterisk.member(queue, "8003", dynamic=True), "QueueMemberAdded")
    last = asterisk.now
    asterisk.wait(5000)
    asterisk.device("PJSIP/8002", "INUSE")
    tape.run()
    file = tmp_path / "said.ami"
    file.write_bytes(tape.bytes)
    told: list[AnyFact] = []

    async def emit(facts: object) -> None:
        told.extend(fact for fact, _ in facts)  # type: ignore[attr-defined]

    source = CaptureSource(site, file)
    asyncio.run(source.run(PacedClock(source.begins_at, float("inf")), emit, 0))
    found = [(fact.at, fact.agent, list(fact.queues)) for fact in told if isinstance(fact, SeatServes)]
    first = tape.asterisk.now - 5000 - 90
    assert found == [
        (first, "8001", ["claims"]), (first, "8002", ["inquiry"]), (last + REST_MS, "8003", ["claims", "night", "vip"]),
    ]  # fmt: skip


def test_who_is_paused_in_one_queue_does_not_serve_it_until_that_is_over() -> None:
    watched = as_by_site()
    asterisk = watched.asterisk
    asterisk.pause("8001", True, "小休", ("claims",))
    watched.later()
    assert (watched.seat("8001"), watched.skills("8001")) == ("ready", ["inquiry"])
    person = watched.model.people.get("8001")
    assert person is not None
    assert person.serves.keys() == {"claims", "inquiry"}, "whoever moves them sees every membership"
    asterisk.pause("8001", True, "小休", ("inquiry",))
    watched.later()
    assert (watched.seat("8001"), watched.skills("8001")) == ("break", ["claims", "inquiry"])
    asterisk.pause("8001", False)
    watched.later()
    assert (watched.seat("8001"), watched.skills("8001")) == ("ready", ["claims", "inquiry"])
    watched.prove()


def test_a_pause_in_one_queue_is_found_by_a_look() -> None:
    watched = as_by_site()
    watched.asterisk.pause("8001", True, "", ("claims",))
    watched.asterisk.take_said()
    watched.meet()
    assert watched.skills("8001") == ["inquiry"]
    watched.prove()
