"""Many breaks at once: who finds no place in the quota, in the order in which they are given, and its numbers."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from console.ordering.deeds import Deed, Target
from console.ordering.present import review
from console.ordering.quotas import in_turn, sentence
from console.sight import Sight
from console.words import Words
from feeds.entities import Label
from feeds.requests import OrderResult, Quota
from tests.ordering.test_said import a_sight as seen

EN = Words("en")
TEAM = Quota("team-1", most=3, people=12, away=2)


def a_sight() -> Sight:
    """The floor of the tests of words, with a second team."""
    sight = seen()
    site = sight.site
    assert site is not None
    teams = [Label("team-1", "报案一组", "Team 1"), Label("team-2", "报案二组", "Team 2")]
    sight.entities.put(replace(site, teams=teams))
    return sight


def a_deed(count: int) -> Deed:
    targets = (Target(f"seat:s{n}", f"Agent {n}", {"seat": f"s{n}", "reason": "lunch"}) for n in range(count))
    return Deed("seat.pause", tuple(targets))


def said_of(*quotas: Quota | None) -> dict[str, OrderResult]:
    return {
        f"seat:s{n}": OrderResult("", "accepted", "stays away", "effect.pause", quota=quota)
        for n, quota in enumerate(quotas)
    }


def states(answers: dict[str, OrderResult]) -> list[str]:
    return [answers[f"seat:s{n}"].state for n in range(len(answers))]


def test_as_many_as_there_are_places_go_in_their_order_and_the_others_are_refused_with_numbers() -> None:
    deed, sight = a_deed(5), a_sight()
    found = in_turn(deed, said_of(*[TEAM] * 5))
    assert states(found) == ["accepted", *["refused"] * 4]
    last = found["seat:s4"]
    assert (last.code, last.values) == ("break.after", {"away": 2, "quota": 3, "team": "team-1", "before": 1})
    assert sentence(deed, found, sight, EN) == (
        "Quota of Team 1: 3 of 12 may be on break, 1 free now, so 4 of these 5 would be refused"
    )
    text = review(deed, sight, found, given=False, why="", words=EN)
    assert (text.give, text.can_give) == ("Pause: 1", True)
    assert text.quota.endswith("so 4 of these 5 would be refused")
    assert review(deed, sight, found, given=True, why="", words=EN).quota == ""


def test_whoever_takes_no_place_and_each_team_by_itself_are_left_alone() -> None:
    other = Quota("team-2", most=2, people=4)
    deed = a_deed(6)
    found = in_turn(deed, said_of(TEAM, other, None, TEAM, other, None))
    assert states(found) == ["accepted", "accepted", "accepted", "refused", "accepted", "accepted"]
    assert sentence(deed, found, a_sight(), EN) == (
        "Quota of Team 1: 3 of 12 may be on break, 1 free now, so 1 of these 2 would be refused"
    )


def test_two_teams_that_lack_places_are_said_one_below_the_other() -> None:
    other = Quota("team-2", most=1, people=4)
    deed = a_deed(4)
    lines = sentence(deed, in_turn(deed, said_of(TEAM, other, TEAM, other)), a_sight(), EN).split("\n")
    assert [line.partition(":")[0] for line in lines] == ["Quota of Team 1", "Quota of Team 2"]


def test_who_is_refused_for_another_reason_takes_no_place() -> None:
    deed, answers = a_deed(3), said_of(TEAM, TEAM, TEAM)
    answers["seat:s0"] = OrderResult("", "refused", code="seat.other", values={"seat": "s0"})
    assert states(in_turn(deed, answers)) == ["refused", "accepted", "refused"]


def test_those_whom_the_gateway_refuses_by_itself_are_counted_in_the_sentence() -> None:
    full = OrderResult("", "refused", code="break.full", quota=Quota("team-1", most=2, people=9, away=2))
    deed = a_deed(3)
    answers = {target.place: full for target in deed.targets}
    assert sentence(deed, in_turn(deed, answers), a_sight(), EN) == (
        "Quota of Team 1: 2 of 9 may be on break, 0 free now, so 3 of these 3 would be refused"
    )
    one = a_deed(1)
    assert sentence(one, {"seat:s0": full}, a_sight(), EN) == "", "its own refusal says it already"


def test_nothing_is_concluded_while_answers_are_missing() -> None:
    answers = said_of(TEAM, TEAM)
    assert in_turn(a_deed(3), answers) == answers


@pytest.mark.parametrize("count", [1, 5])
def test_at_a_gateway_that_tells_no_quota_everything_is_as_it_was(count: int) -> None:
    deed, answers = a_deed(count), said_of(*[None] * count)
    assert in_turn(deed, answers) == answers
    assert sentence(deed, answers, a_sight(), EN) == ""


def test_an_older_desk_reads_an_answer_with_a_quota_and_a_newer_one_an_answer_without() -> None:
    class Older(msgspec.Struct):
        order: str
        state: str

    body = msgspec.json.encode(OrderResult("o", "accepted", quota=TEAM))
    assert msgspec.json.decode(body, type=Older).state == "accepted"
    assert msgspec.json.decode(body, type=OrderResult).quota == TEAM
    assert msgspec.json.decode(b'{"order":"o","state":"accepted"}', type=OrderResult).quota is None
