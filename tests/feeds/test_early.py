"""Facts of a leg that come in another order than they happened in: the floor is as if they had come in theirs."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from feeds import facts
from feeds.entities import AnyEntity, Call, Figures, Queue
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.folding import early
from tests.feeds.floors import BEGIN, made_up, small_site
from tests.feeds.test_steps import Kept, some

MINUTE = 60_000

ANSWERED: list[AnyFact] = [
    facts.LegJoined(at=BEGIN, leg="a", call="a", queue="qa"),
    facts.AttemptStarted(at=BEGIN + 1_000, leg="a", agent="a1"),
    facts.AttemptEnded(at=BEGIN + 9_000, leg="a", agent="a1", result="no_answer"),
    facts.LegAnswered(at=BEGIN + 12_000, leg="a", agent="a2"),
    facts.HoldStarted(at=BEGIN + 20_000, leg="a"),
    facts.HoldEnded(at=BEGIN + 29_000, leg="a"),
    facts.LegTransferred(at=BEGIN + 80_000, leg="a", kind="blind"),
    facts.TalkEnded(at=BEGIN + 80_000, leg="a", work_follows=True),
    facts.WorkEnded(at=BEGIN + 95_000, leg="a"),
]


def folded(told: Sequence[AnyFact]) -> Floor:
    """A floor of these facts, a while later."""
    floor = Floor(small_site(), alarms=False)
    floor.apply(facts.Tick(at=BEGIN), 1)
    for rev, fact in enumerate(told, 2):
        floor.apply(fact, rev)
    floor.advance(BEGIN + 100_000)
    return floor


def seen(floor: Floor) -> dict[str, object]:
    """Figures, queues and calls; when they were told, and whether a closed quarter-hour was told anew, apart."""

    def told(one: AnyEntity) -> object:
        return one.values if isinstance(one, Figures) else (one.waiting, one.ringing, one.in_service)  # type: ignore[union-attr]

    return {one.key: told(one) for one in floor.entities() if isinstance(one, Figures | Queue)} | {
        one.key: one.state for one in floor.entities() if isinstance(one, Call)
    }


@pytest.mark.parametrize("seed", range(8))
def test_a_call_told_in_any_order_up_to_its_end_is_the_same_call(seed: int) -> None:
    told = ANSWERED
    *before, ended, worked = told
    random.Random(seed).shuffle(before)
    # What comes behind the end of a conversation finds it closed.
    assert seen(folded([worked, *before, ended])) == seen(folded(told))


@pytest.mark.parametrize(
    "end",
    [
        facts.LegAbandoned(at=BEGIN + 40_000, leg="a"),
        facts.LegFlowedOut(at=BEGIN + 40_000, leg="a", kind="timeout"),
    ],
)
def test_a_caller_whose_end_is_told_before_the_beginning_does_not_wait_for_ever(end: AnyFact) -> None:
    floor = folded([end, ANSWERED[0]])
    assert seen(floor) == seen(folded([ANSWERED[0], end]))
    found = floor.entity("queue:qa")
    assert isinstance(found, Queue) and found.waiting == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_day_whose_legs_are_told_backwards_is_the_same_day_and_freezes_to_the_same_floor(seed: int) -> None:
    rows = made_up(seed)
    places: dict[str, list[int]] = {}
    for place, fact in enumerate(rows):
        if leg := getattr(fact, "leg", ""):
            places.setdefault(leg, []).append(place)
    told = list(rows)
    for own in places.values():
        for place, fact in zip(own, reversed([rows[place] for place in own]), strict=True):
            told[place] = fact
    over = {leg: own[-1] for leg, own in places.items()}
    # Each leg at once when it is over, so that no time has to pass before it was there.
    order = sorted(range(len(told)), key=lambda place: (over.get(getattr(told[place], "leg", ""), place), place))
    told = [told[place] for place in order]
    floor, straight = Floor(small_site(), alarms=False), Floor(small_site(), alarms=False)
    for rev, (late, punctual) in enumerate(zip(told, rows, strict=True), 1):
        floor.apply(late, rev)
        straight.apply(punctual, rev)
    assert floor.now == straight.now
    assert seen(floor) == seen(straight)
    for _, thawed, frozen in Kept(small_site(), told, some(40, seed, len(told))).thawed():
        assert thawed.freeze() == frozen


def test_a_word_of_an_earlier_leg_that_was_called_the_same_does_not_end_the_new_one() -> None:
    floor = folded([
        ANSWERED[0], facts.LegAbandoned(at=BEGIN + 5_000, leg="a"), facts.LegAbandoned(at=BEGIN + 5_000, leg="a"),
        facts.LegJoined(at=BEGIN + 60_000, leg="a", call="b", queue="qa"),
    ])  # fmt: skip
    found = floor.entity("queue:qa")
    assert isinstance(found, Queue) and found.waiting == 1


def test_what_follows_from_nothing_is_kept_for_an_hour_and_of_so_many_legs_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(early, "MOST", 3)
    floor = Floor(small_site(), alarms=False)
    for rev in range(1, 6):
        floor.apply(facts.WorkEnded(at=BEGIN + rev, leg=f"l{rev}"), rev)
    assert list(floor.state.early) == ["l3", "l4", "l5"]
    assert floor.state.oddities == {"work_without_conversation": 5}
    floor.advance(BEGIN + 59 * MINUTE)
    assert len(floor.state.early) == 3
    floor.advance(BEGIN + 76 * MINUTE)
    assert not floor.state.early
