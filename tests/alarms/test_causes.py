"""One alarm for one cause: what is only a consequence is folded away, and nothing else is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.schema import Threshold
from feeds import facts
from feeds.entities import Alarm, AlarmDay
from feeds.rules.causes import Standing, causes
from tests.alarms.sites import Told, at_, rule, site

WIDER = {
    "queue:qa": frozenset({"site", "group:g"}), "queue:qb": frozenset({"site", "group:g"}),
    "group:g": frozenset({"site"}), "team:own": frozenset({"site"}),
}  # fmt: skip


def standing(scope: str, since: int = 0, level: int = 1, number: int = 1, subject: str = "waiting:now") -> Standing:
    return Standing(f"alarm:{scope}:{subject}", scope, subject, level, since, number)


def found(*alarms: Standing) -> dict[str, str]:
    told = causes(alarms, lambda scope: WIDER.get(scope, frozenset()))
    scopes = {one.key: one.scope for one in alarms}
    return {scopes[key]: scopes[cause] for key, cause in told.items()}


def test_group_and_site_are_consequences_of_the_queue_that_says_the_same() -> None:
    assert found(standing("site"), standing("group:g"), standing("queue:qa")) == {
        "site": "queue:qa", "group:g": "queue:qa",
    }  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        standing("queue:qa", level=1),
        standing("queue:qa", level=2, since=60_001),
        standing("queue:qa", level=2, subject="longest_wait_now:now"),
        standing("queue:elsewhere", level=2),
        standing("team:other", level=2),
    ],
    ids=["less grave", "came later", "says something else", "of another part", "of other people"],
)
def test_an_alarm_is_nobodys_consequence_when_the_other(other: Standing) -> None:
    assert found(standing("site", level=2), other) == {}


def test_two_queues_are_two_causes_and_the_site_is_folded_under_the_first() -> None:
    told = found(standing("site"), standing("queue:qb", number=2), standing("queue:qa", number=7))
    assert told == {"site": "queue:qb"}


def test_a_cause_is_never_a_consequence_itself() -> None:
    alarms = (standing("site", 0), standing("group:g", 50_000), standing("queue:qa", 100_000))
    assert found(*alarms) == {"site": "queue:qa", "group:g": "queue:qa"}


def test_everything_that_follows_a_lost_source_is_its_consequence_as_far_as_it_depends_on_it() -> None:
    source = standing("source:main", 100_000, 2, subject="")
    mine = Standing("alarm:queue:qa:x", "queue:qa", "x", 2, 130_000, 3, frozenset({"main"}))
    others = Standing("alarm:queue:qb:x", "queue:qb", "x", 2, 130_000, 4, frozenset({"other"}))
    before = standing("site", 39_000)
    seats = [Standing(f"alarm:seat:s{n}:r", f"seat:s{n}", "", 1, 200_000, 5 + n) for n in range(40)]
    told = found(source, mine, others, before, *seats)
    assert told == {"queue:qa": "source:main"} | {f"seat:s{n}": "source:main" for n in range(40)}


def in_sight(told: Told) -> dict[str, Alarm]:
    entities = told.floor.entities()
    return {one.key: one for one in entities if isinstance(one, Alarm)}


def test_a_dead_source_is_one_alarm_although_every_queue_and_seat_stands_still() -> None:
    made = site(
        rule("lost", lost="source", priority="critical"),
        rule("wait", figure="longest_wait_now", scopes=("site", "group", "queue"), above=60.0, priority="critical"),
        rule("long", state="acw", longer_s=60.0),
    )
    told = Told(made)
    for seat in range(4):
        told.tell(facts.SeatChanged(at=at_(1), seat=f"s{seat}", state="acw", agent=f"a{seat}"))
    for queue in ("qa", "qb", "qc"):
        told.join(queue, [queue + "1"], 1)
    told.to(20)
    told.tell(facts.SourceChanged(at=at_(21), state="down"))
    told.to(300)
    alarms = in_sight(told)
    assert len(alarms) == 1 + 6 + 4
    assert {key for key, one in alarms.items() if not one.cause} == {"alarm:source:main:lost"}
    day = told.floor.entity("alarm_day:site")
    assert isinstance(day, AlarmDay)
    assert day.raised == 1


def test_a_consequence_whose_cause_is_over_stands_for_itself_and_must_be_seen() -> None:
    told = Told(site(rule(scopes=("site", "queue"))))
    told.join("qa", "abc", 1)
    told.to(10)
    assert in_sight(told)[WHOLE].cause == QA
    told.join("qb", "defg", 13)
    told.leave("abc", 14)
    told.to(30)
    left = in_sight(told)
    assert (left[QA].state, left[WHOLE].cause) == ("returned", "alarm:queue:qb:r")


# A cause that is put aside


def of_teams(scope: str, **more: bool) -> Standing:
    return replace(standing(scope, subject="state:break:now"), **more)


def test_a_shelved_alarm_hides_what_follows_from_it_and_is_nobodys_consequence() -> None:
    queue = replace(standing("queue:qa"), shelved=True)
    group = replace(standing("group:g"), shelved=True)
    assert found(queue, standing("group:g"), standing("site")) == {"group:g": "queue:qa", "site": "queue:qa"}
    assert found(queue, group, standing("site")) == {"site": "queue:qa"}


def test_a_cause_that_can_be_seen_goes_before_one_that_is_shelved() -> None:
    shelved, seen = replace(standing("queue:qa"), shelved=True), standing("queue:qb", number=7)
    assert found(shelved, seen, standing("site")) == {"site": "queue:qb"}
    source = replace(standing("source:main", level=2, subject=""), shelved=True)
    elsewhere = replace(seen, sources=frozenset({"other"}))
    assert found(source, elsewhere, standing("site")) == {"site": "queue:qb"}


def test_a_shelved_alarm_of_a_team_keeps_nothing_quiet_that_is_every_teams() -> None:
    """Who may shelve an alarm of a single team may not shelve that of the whole floor: nor by way of a vendor's."""
    wider = {"team:own": frozenset({"vendor:v", "site"}), "vendor:v": frozenset({"site"})}
    team, vendor, whole = of_teams("team:own", shelved=True), of_teams("vendor:v"), of_teams("site")
    told = causes((team, vendor, whole), lambda scope: wider.get(scope, frozenset()))
    assert told == {vendor.key: team.key}
    told = causes((replace(team, shelved=False), vendor, whole), lambda scope: wider.get(scope, frozenset()))
    assert told == {vendor.key: team.key, whole.key: team.key}


QA, WHOLE = "alarm:queue:qa:r", "alarm:site:r"


def shelved_cause(minutes: float = 10) -> Told:
    """Callers wait in one queue; its alarm is shelved, and the whole floor's is only its consequence."""
    told = Told(site(rule(scopes=("site", "queue"))))
    told.join("qa", "abc", 1)
    told.to(10)
    told.tell(
        facts.AlarmShelved(at=at_(11), alarm=QA, by="w", until=at_(11 + minutes * 60), reason="known", name="Wang")
    )
    return told


def test_what_follows_from_a_shelved_alarm_stays_quiet_while_that_holds() -> None:
    told = shelved_cause()
    told.to(300)
    alarms = in_sight(told)
    assert (alarms[QA].state, alarms[WHOLE].state, alarms[WHOLE].cause) == ("shelved", "unacknowledged", QA)


def test_what_comes_later_and_follows_from_a_shelved_alarm_is_quiet_as_well() -> None:
    made = site(rule("lost", lost="source", priority="critical"), rule("long", state="acw", longer_s=60.0))
    told = Told(made)
    told.tell(facts.SourceChanged(at=at_(1), state="down"))
    told.to(5)
    told.tell(facts.AlarmShelved(at=at_(6), alarm="alarm:source:main:lost", by="w", until=at_(3600), reason="known"))
    for seat in range(4):
        told.tell(facts.SeatChanged(at=at_(7), seat=f"s{seat}", state="acw", agent=f"a{seat}"))
    told.to(200)
    alarms = in_sight(told)
    assert len(alarms) == 5
    assert {one.cause for key, one in alarms.items() if key.startswith("alarm:seat")} == {"alarm:source:main:lost"}
    day = told.floor.entity("alarm_day:site")
    assert isinstance(day, AlarmDay)
    assert day.raised == 1
    told.tell(facts.SourceChanged(at=at_(201), state="up"))
    told.to(230)
    alarms = in_sight(told)
    assert alarms["alarm:source:main:lost"].ended_at is not None
    seats = [one for key, one in alarms.items() if key.startswith("alarm:seat")]
    assert [(one.cause, one.state) for one in seats] == [("", "unacknowledged")] * 4, "they hold still, and tell now"


def test_what_follows_from_a_shelved_alarm_tells_once_that_is_over_and_it_still_holds() -> None:
    told = shelved_cause()
    told.join("qb", "de", 12)
    told.leave("a", 13)
    told.to(40)
    alarms = in_sight(told)
    assert (alarms[QA].state, alarms[QA].ended_at is not None) == ("shelved", True)
    assert (alarms[WHOLE].state, alarms[WHOLE].cause) == ("unacknowledged", "")


def test_a_consequence_that_becomes_graver_than_its_shelved_cause_tells() -> None:
    limits = Threshold("waiting", ("site", "queue"), "now", "low", warn=2, critical=5, raise_after=1)
    told = Told(site(thresholds=(limits,)))
    told.join("qa", "abc", 1)
    told.to(10)
    cause, whole = "alarm:queue:qa:waiting:now", "alarm:site:waiting:now"
    assert in_sight(told)[whole].cause == cause
    told.tell(facts.AlarmShelved(at=at_(11), alarm=cause, by="w", until=at_(600), reason="known"))
    told.join("qb", "de", 12)
    told.join("qc", "f", 12)
    told.to(30)
    alarms = in_sight(told)
    assert (alarms[cause].level, alarms[whole].level, alarms[whole].cause) == ("warn", "critical", "")


def test_a_cause_comes_back_from_the_shelf_with_what_follows_from_it_still_folded() -> None:
    told = shelved_cause(minutes=1)
    told.to(120)
    alarms = in_sight(told)
    assert (alarms[QA].state, alarms[WHOLE].cause) == ("unacknowledged", QA), "its time was over"
    told = shelved_cause()
    told.tell(facts.AlarmUnshelved(at=at_(12), alarm=QA, by="w"))
    alarms = in_sight(told)
    assert (alarms[QA].state, alarms[WHOLE].cause) == ("unacknowledged", QA), "somebody brought it back"


def test_a_cause_that_is_out_of_service_hides_nothing_and_hides_again_once_it_is_in_service() -> None:
    told = shelved_cause()
    told.tell(facts.AlarmOutOfService(at=at_(12), alarm=QA, by="w", reason="wrong limit"))
    alarms = in_sight(told)
    assert (alarms[QA].state, alarms[WHOLE].state, alarms[WHOLE].cause) == ("out_of_service", "unacknowledged", "")
    told.tell(facts.AlarmInService(at=at_(13), alarm=QA, by="w"))
    assert in_sight(told)[WHOLE].cause == QA


def test_what_came_and_went_under_a_shelved_alarm_does_not_turn_up_when_that_is_forgotten() -> None:
    told = shelved_cause(minutes=1)
    told.leave("abc", 12)
    told.to(100)
    alarms = in_sight(told)
    assert {key: (one.state, one.acknowledged_name) for key, one in alarms.items()} == {
        QA: ("over", "Wang"), WHOLE: ("over", "Wang"),
    }  # fmt: skip
    told.to(100 + 31 * 60)
    assert in_sight(told) == {}


def test_whoever_acknowledges_a_cause_has_seen_the_consequences_that_the_fact_names() -> None:
    told = Told(site(rule(scopes=("site", "group", "queue"))))
    told.join("qa", "abc", 1)
    told.to(10)
    fact = facts.AlarmAcknowledged(at=at_(11), alarm="alarm:queue:qa:r", by="w", name="Wang", also=["alarm:group:g:r"])
    told.tell(fact)
    alarms = in_sight(told)
    assert {key: one.acknowledged_name for key, one in alarms.items()} == {
        "alarm:queue:qa:r": "Wang", "alarm:group:g:r": "Wang", "alarm:site:r": "",
    }  # fmt: skip


def test_of_alarms_that_come_one_upon_the_other_the_first_is_known() -> None:
    told = Told(site(rule(scopes=("site", "queue"))))
    told.join("qa", "abc", 1)
    told.join("qb", "def", 20)
    told.join("qc", "ghi", 200)
    told.to(210)
    alarms = in_sight(told)
    first = alarms["alarm:queue:qa:r"]
    assert (first.number, first.group) == (1, 1)
    assert alarms["alarm:site:r"].number == 2  # at the same instant, but wider
    assert (alarms["alarm:queue:qb:r"].number, alarms["alarm:queue:qb:r"].group) == (3, 1)
    assert (alarms["alarm:queue:qc:r"].number, alarms["alarm:queue:qc:r"].group) == (4, 4)
