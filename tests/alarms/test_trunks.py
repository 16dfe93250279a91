"""Trunks: what a source tells of them, who sees it, and the one alarm that stands for everything that follows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.load import site_from_name_or_path
from config.schema import AlarmRule, Site, Trunk
from feeds import facts
from feeds.entities import Alarm, AlarmDay
from feeds.entities import Trunk as TrunkEntity
from feeds.floor import Floor
from feeds.rules.access import audience, place_of_key
from feeds.states import TrunkState
from tests.alarms.sites import Told, at_, name, rule, site

LOST = rule("dead", lost="trunk", priority="critical", on_delay_s=5.0)
BLOCKED = rule("refused", figure="blocked", window="15m", scopes=("site", "queue"), above=2.0, priority="critical")


def with_trunks(*rules: AlarmRule) -> Site:
    """The small site with two trunks."""
    return replace(site(*rules), trunks=(Trunk("carrier", name("Carrier")), Trunk("spare", name("Spare"))))


def trunk(told: Told, id_: str = "carrier") -> TrunkEntity | None:
    found = told.floor.entity(f"trunk:{id_}")
    assert found is None or isinstance(found, TrunkEntity)
    return found


def alarms(told: Told) -> dict[str, Alarm]:
    return {one.key: one for one in told.floor.entities() if isinstance(one, Alarm)}


def turn(told: Told, second: float, state: TrunkState, id_: str = "carrier", text: str = "") -> None:
    told.tell(facts.TrunkChanged(at=at_(second), trunk=id_, state=state, text=text))


def refuse(told: Told, count: int, second: float) -> None:
    told.tell(*(
        facts.LegBlocked(at=at_(second), leg=f"b{n}", call=f"b{n}", queue="qa", reason="no_trunk") for n in range(count)
    ))  # fmt: skip


def test_a_trunk_is_shown_as_it_was_told_last_and_since_when_it_is_so() -> None:
    told = Told(with_trunks())
    assert trunk(told) is None, "nobody has told anything yet"
    turn(told, 1, "up")
    turn(told, 5, "down", text="UNAVAILABLE")
    turn(told, 9, "down", text="INVALID")
    found = trunk(told)
    assert found is not None
    assert (found.state, found.since, found.text, found.zh) == ("down", at_(5), "INVALID", "Carrier")
    rev = found.rev
    turn(told, 12, "down", text="INVALID")
    again = trunk(told)
    assert again is not None
    assert again.rev == rev, "nothing has changed"


def test_a_trunk_that_is_down_is_one_alarm_and_refused_calls_are_its_consequences() -> None:
    told = Told(with_trunks(LOST, BLOCKED))
    turn(told, 1, "up")
    turn(told, 1, "up", "spare")
    turn(told, 10, "down")
    refuse(told, 5, 40)
    told.to(90)
    found = alarms(told)
    assert set(found) == {"alarm:trunk:carrier:dead", "alarm:queue:qa:refused", "alarm:site:refused"}
    assert {key for key, one in found.items() if not one.cause} == {"alarm:trunk:carrier:dead"}
    assert (found["alarm:trunk:carrier:dead"].value_since, found["alarm:trunk:carrier:dead"].level) == (
        at_(10), "critical",
    )  # fmt: skip
    day = told.floor.entity("alarm_day:site")
    assert isinstance(day, AlarmDay)
    assert day.raised == 1
    turn(told, 100, "up")
    told.to(110)
    assert alarms(told)["alarm:trunk:carrier:dead"].state == "returned"


def test_what_else_is_wrong_is_no_consequence_of_a_trunk() -> None:
    told = Told(with_trunks(LOST, rule("wait", scopes=("queue",), above=2.0)))
    turn(told, 1, "down")
    told.join("qa", "abc", 2)
    told.to(30)
    assert [one.cause for key, one in alarms(told).items() if key.startswith("alarm:queue")] == [""]


def test_while_the_source_is_lost_nobody_knows_its_trunks_and_their_alarms_neither_come_nor_go() -> None:
    told = Told(with_trunks(LOST, rule("lost", lost="source", priority="critical")))
    turn(told, 1, "down")
    turn(told, 1, "up", "spare")
    told.to(20)
    told.tell(facts.SourceChanged(at=at_(21), state="silent"))
    assert [one.state for one in (trunk(told), trunk(told, "spare")) if one] == ["down", "up"]
    told.tell(facts.SourceChanged(at=at_(25), state="down"))
    told.to(60)
    assert [(one.state, one.since) for one in (trunk(told), trunk(told, "spare")) if one] == [("unknown", at_(25))] * 2
    found = alarms(told)
    assert set(found) == {"alarm:source:main:lost", "alarm:trunk:carrier:dead"}
    assert found["alarm:trunk:carrier:dead"].ended_at is None
    told.tell(facts.SourceChanged(at=at_(61), state="up"))
    turn(told, 61, "up")
    turn(told, 61, "down", "spare")
    told.to(80)
    found = alarms(told)
    assert found["alarm:trunk:carrier:dead"].ended_at is not None
    assert found["alarm:trunk:spare:dead"].ended_at is None


def down_before_and_after_an_outage(told: Told) -> None:
    """A trunk goes down in the first second; twenty seconds later nobody knows it for ten minutes, then it is down."""
    turn(told, 1, "down")
    told.to(20)
    told.tell(facts.SourceChanged(at=at_(21), state="down"))
    told.to(600)
    told.tell(facts.SourceChanged(at=at_(601), state="up"))
    turn(told, 601, "down")


def test_an_alarm_that_stood_while_nobody_knew_counts_on_from_when_the_trunk_went_down() -> None:
    told = Told(with_trunks(LOST))
    down_before_and_after_an_outage(told)
    told.to(640)
    found = alarms(told)["alarm:trunk:carrier:dead"]
    assert (found.value_since, found.since, found.ended_at) == (at_(1), at_(10), None)


def test_what_was_about_to_come_while_nobody_knew_must_last_anew() -> None:
    told = Told(with_trunks(replace(LOST, on_delay_s=30.0)))
    down_before_and_after_an_outage(told)
    told.to(625)
    assert alarms(told) == {}
    told.to(640)
    assert set(alarms(told)) == {"alarm:trunk:carrier:dead"}


def test_a_trunk_of_one_source_is_no_cause_of_what_another_source_refuses() -> None:
    told = Told(with_trunks(LOST, BLOCKED))
    told.tell(facts.TrunkChanged(at=at_(1), trunk="carrier", state="down", source="pbx"))
    refuse(told, 5, 30)
    told.to(60)
    assert alarms(told)["alarm:queue:qa:refused"].cause == ""


def test_a_trunk_that_the_site_names_no_longer_goes_and_so_does_its_alarm() -> None:
    told = Told(with_trunks(LOST))
    turn(told, 1, "down")
    told.to(20)
    frozen, now = told.floor.freeze(), told.floor.now
    without = Floor.thaw(site(LOST), frozen)
    without.apply(facts.SourceChanged(at=now + 1, state="up"), without.rev + 1)
    for seconds in range(1, 30):
        without.apply(facts.Tick(at=now + seconds * 1000), without.rev + 1)
    assert without.entity("trunk:carrier") is None
    dead = without.entity("alarm:trunk:carrier:dead")
    assert isinstance(dead, Alarm)
    assert dead.ended_at is not None


def test_a_night_that_is_slept_over_does_not_miss_a_trunk() -> None:
    made = with_trunks(LOST)
    rows = [
        facts.SourceChanged(at=at_(0), state="up"), facts.TrunkChanged(at=at_(2_000), trunk="carrier", state="down"),
    ]  # fmt: skip
    seldom, often = Floor(made), Floor(made)
    for rev, fact in enumerate(rows, 1):
        while often.now and fact.at - often.now > 1000:
            often.apply(facts.Tick(at=often.now + 1000), rev - 1)
        often.apply(fact, rev)
        seldom.apply(fact, rev)
    for floor in (seldom, often):
        floor.apply(facts.Tick(at=at_(3_000)), len(rows) + 1)
    raised = [floor.entity("alarm:trunk:carrier:dead") for floor in (seldom, often)]
    assert [one.since for one in raised if isinstance(one, Alarm)] == [at_(2_010)] * 2


@pytest.mark.parametrize("key", ["trunk:carrier", "alarm:trunk:carrier:dead"])
def test_everybody_sees_whether_calls_can_come_in(key: str) -> None:
    demo = site_from_name_or_path("demo")
    roles = {role.id: role for role in demo.roles}
    place = place_of_key(key)
    assert place is not None
    assert all(audience(demo, roles[token.role], token).sees(place) for token in demo.tokens)
