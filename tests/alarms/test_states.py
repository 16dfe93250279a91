"""The states of an alarm (after ISA-18.2): every sequence of what happens and what people do is a legal one."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import facts
from feeds.entities import Alarm
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.rules.alarm_orders import REFUSALS, wish_of
from tests.alarms.sites import Told, at_, rule, site
from tests.examples import examples

KEY: Final = "alarm:queue:qa:r"
ACTS: Final = ("acknowledge", "shelve", "unshelve", "out_of_service", "return_to_service")
LEGAL: Final[dict[str, dict[str, set[str]]]] = {
    # From each state, where each act of a person may lead; time and values lead elsewhere by themselves.
    "none": {},
    "unacknowledged": {
        "acknowledge": {"acknowledged"}, "shelve": {"shelved"}, "out_of_service": {"out_of_service"},
    },
    "acknowledged": {"shelve": {"shelved"}, "out_of_service": {"out_of_service"}},
    "returned": {"acknowledge": {"over"}, "shelve": {"shelved"}, "out_of_service": {"out_of_service"}},
    "over": {"shelve": {"shelved"}, "out_of_service": {"out_of_service"}},
    "shelved": {"unshelve": {"unacknowledged", "over"}, "out_of_service": {"out_of_service"}},
    "out_of_service": {"return_to_service": {"unacknowledged", "over"}},
}  # fmt: skip
PASSING: Final[dict[str, set[str]]] = {
    # Where time and values may lead.
    "none": {"none", "unacknowledged"},
    "unacknowledged": {"unacknowledged", "returned"},
    "acknowledged": {"acknowledged", "over"},
    "returned": {"returned", "unacknowledged"},
    "over": {"over", "none", "unacknowledged"},
    "shelved": {"shelved", "unacknowledged", "over"},
    "out_of_service": {"out_of_service"},
}


def state(floor: Floor) -> str:
    found = floor.entity(KEY)
    return found.state if isinstance(found, Alarm) else "none"


def fact_of(act: str, at: int) -> AnyFact:
    if act == "acknowledge":
        return facts.AlarmAcknowledged(at=at, alarm=KEY, by="w")
    if act == "shelve":
        return facts.AlarmShelved(at=at, alarm=KEY, by="w", until=at + 300_000, reason="known")
    if act == "unshelve":
        return facts.AlarmUnshelved(at=at, alarm=KEY, by="w")
    if act == "out_of_service":
        return facts.AlarmOutOfService(at=at, alarm=KEY, by="w", reason="works")
    return facts.AlarmInService(at=at, alarm=KEY, by="w")


step = st.one_of(st.sampled_from(ACTS), st.sampled_from(["rise", "fall"]), st.integers(1, 3000))


@pytest.mark.slow
@given(steps=st.lists(step, max_size=25), cuts=st.sets(st.integers(0, 24), max_size=3))
@settings(max_examples=examples(60), deadline=None)
def test_no_sequence_leads_to_an_illegal_state_and_folded_twice_it_gives_the_same_bytes(
    steps: list[str | int], cuts: set[int]
) -> None:
    made = site(rule(above=0.0, off_delay_s=10.0))
    told = Told(made)
    second, waiting = 1, 0
    for each in steps:
        before = state(told.floor)
        if isinstance(each, int):
            second += each
            told.tell(facts.Tick(at=at_(second)))
            # A long stretch may hold several steps of time and values: over, forgotten, come again.
            assert state(told.floor) in PASSING[before] | {at for one in PASSING[before] for at in PASSING[one]}
        elif each in ACTS:
            refused = REFUSALS[f"alarm.{each}"](told.floor.entity(KEY)) is not None
            told.tell(fact_of(each, at_(second)))
            allowed = LEGAL[before].get(each)
            assert refused == (allowed is None), (before, each)
            assert state(told.floor) in (allowed or {before}), (before, each)
        elif each == "rise" and not waiting:
            waiting += 1
            told.join("qa", [f"c{second}-{len(told.rows)}"], second)
        elif each == "fall" and waiting:
            waiting = 0
            told.leave(list(told.floor.queues["qa"].waiting), second)
    again, cut = Floor(made), Floor(made)
    for rev, fact in enumerate(told.rows, 1):
        again.apply(fact, rev)
        cut.apply(fact, rev)
        if rev in cuts:
            cut = Floor.thaw(made, cut.freeze())
    assert again.freeze() == told.floor.freeze() == cut.freeze()


def raised() -> Told:
    told = Told(site(rule()))
    told.join("qa", "abc", 1)
    told.to(10)
    return told


def test_a_shelf_ends_by_floor_time_and_what_still_stands_must_be_seen_again() -> None:
    told = raised()
    told.tell(facts.AlarmAcknowledged(at=at_(10), alarm=KEY, by="w"))
    told.tell(facts.AlarmShelved(at=at_(11), alarm=KEY, by="w", until=at_(60), reason="known", name="Wang"))
    told.to(59)
    shelved = told.floor.entity(KEY)
    assert isinstance(shelved, Alarm)
    assert (shelved.state, shelved.suppressed_name, shelved.suppressed_reason) == ("shelved", "Wang", "known")
    told.to(60)
    assert state(told.floor) == "unacknowledged"
    told.tell(facts.AlarmShelved(at=at_(61), alarm=KEY, by="w", until=at_(120), reason="known"))
    told.leave("abc", 62)
    told.to(119)
    assert state(told.floor) == "shelved"
    told.to(120)
    assert state(told.floor) == "over"


def test_an_alarm_that_is_put_aside_stays_so_however_often_it_comes_and_goes() -> None:
    told = raised()
    told.tell(facts.AlarmOutOfService(at=at_(11), alarm=KEY, by="w", reason="works"))
    for turn in range(3):
        told.leave(list(told.floor.queues["qa"].waiting), 20 + 20 * turn)
        told.to(29 + 20 * turn)
        told.join("qa", [f"{turn}{leg}" for leg in "abc"], 30 + 20 * turn)
        told.to(39 + 20 * turn)
        assert state(told.floor) == "out_of_service"
    told.tell(facts.AlarmInService(at=at_(200), alarm=KEY, by="w"))
    assert state(told.floor) == "unacknowledged"
    acts = [mark.act for mark in told.marks]
    assert acts == ["raised", "out_of_service", "in_service"]


@pytest.mark.parametrize(
    ("order", "args", "shared", "says"),
    [
        ("alarm.acknowledge", {"alarm": "alarm:x"}, True, "give your name"),
        ("alarm.acknowledge", {"alarm": "alarm:x", "name": "W" * 41}, False, "40 characters"),
        ("alarm.acknowledge", {"alarm": 7}, False, "texts"),
        ("alarm.shelve", {"alarm": "alarm:x", "minutes": 30}, False, "give a reason"),
        ("alarm.shelve", {"alarm": "alarm:x", "minutes": 241, "reason": "r"}, False, "1 to 240 minutes"),
        ("alarm.shelve", {"alarm": "alarm:x", "minutes": True, "reason": "r"}, False, "1 to 240 minutes"),
        ("alarm.shelve", {"alarm": "alarm:x", "reason": "r"}, False, "1 to 240 minutes"),
        ("alarm.out_of_service", {"alarm": "alarm:x", "reason": " "}, False, "give a reason"),
        ("alarm.out_of_service", {"alarm": "alarm:x", "reason": "a\nb"}, False, "one line"),
    ],
)
def test_a_wish_that_lacks_something_says_what(order: str, args: dict[str, object], shared: bool, says: str) -> None:
    wish = wish_of(order, args, shared=shared, longest=240)
    assert isinstance(wish, str)
    assert says in wish
