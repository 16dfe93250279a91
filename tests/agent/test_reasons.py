"""Reasons of pauses: shown by their names in the desk's language, kept and ordered by the one word of the site."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from console.agent.past import HOURS_2, timeline
from console.agent.present import PAUSE
from console.finder.index import SEAT
from console.finder.matching import entry
from console.finder.present import hits
from console.floor.choosing import Chosen, wanted_of
from console.floor.columns import COLUMNS, Look, TableView, ordered
from console.floor.present import spoken, tip
from console.given import Given
from console.ordering.deeds import Deed
from console.ordering.move import target_of
from console.ordering.present import list_lines, what_of
from console.phrases.reasons import reason_meant, reason_name
from console.phrases.states import seconds_of
from console.sight import Sight
from console.words import Words
from feeds.entities import Label, Seat, SiteInfo
from tests.agent.test_day import MINUTE, span, told
from tests.agent.test_present import KEY, a_sight, shown, why
from tests.wall import floors

EN, ZH = Words("en"), Words("zh_CN")
NAMES = [Label("小休", "小休", "Break"), Label("用餐", "用餐", "Meal"), Label("TRG", "业务培训", "Product training")]
STATES = {"小休": "break", "用餐": "break", "TRG": "training", "喝水": "break", "meal": "break"}


def named(**changes: object) -> Sight:
    """A floor whose site names its reasons, with one seat away for one of them."""
    sight = a_sight(**{"state": "break", "reason": "用餐", "call": "", "queue": "", **changes})  # type: ignore[arg-type]
    sight.entities.put(replace(site_of(sight), reasons=NAMES, pauses=STATES))
    return sight


def site_of(sight: Sight) -> SiteInfo:
    assert sight.site is not None
    return sight.site


def seat_of(sight: Sight) -> Seat:
    seat = sight.entities[KEY]
    assert isinstance(seat, Seat)
    return seat


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [("用餐", "Meal", "用餐"), ("trg", "Product training", "业务培训"), ("tea", "tea", "tea"), ("", "", "")],
)
def test_a_reason_is_called_by_its_name_and_an_unknown_one_as_it_came(reason: str, english: str, chinese: str) -> None:
    site = site_of(named())
    assert (reason_name(site, reason, EN), reason_name(site, reason, ZH)) == (english, chinese)
    assert reason_name(None, reason, EN) == reason, "before the floor is known"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" meal ", "用餐"), ("用餐", "用餐"), ("Trg", "TRG"), ("product training", "TRG"), ("业务培训", "TRG"),
        ("tea", "tea"), ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_whoever_writes_a_name_means_the_reason(text: str, meant: str) -> None:
    for words in (EN, ZH):
        assert reason_meant(site_of(named()), text, words) == meant


def test_a_reason_itself_is_never_taken_for_the_name_of_another() -> None:
    site = replace(floors.site(), reasons=[Label("小休", "小休", "Break"), Label("break", "午休", "Lunch")])
    assert (reason_meant(site, "Break", EN), reason_meant(site, "lunch", EN)) == ("break", "break")


def test_a_seat_says_its_reason_in_the_language_of_the_desk_wherever_it_is_told() -> None:
    sight = named()
    seat, site = seat_of(sight), sight.site
    for words, name in ((EN, "Meal"), (ZH, "用餐")):
        assert shown(sight, words=words).band.title.endswith(f" · {name}")
        assert name in spoken(sight, seat, 60.0, words)
        assert name in tip(sight, seat, None, 60.0, words)
        assert name in target_of(site, seat, {}, words).detail
        assert name in hits(sight, [entry(KEY, SEAT, "x", (), 0)], {}, words)[0].detail
        look = Look(sight, words, lambda seat: seconds_of(sight, seat), lambda seat: None)
        assert COLUMNS["reason"].text(look, seat) == name
        spans = told(span(MINUTE, "break", reason="用餐"))
        assert name in timeline(sight, seat, spans, HOURS_2, words).spans[-1].tip


def test_a_reason_that_is_called_like_its_state_is_said_once() -> None:
    assert shown(named(reason="小休")).band.title == "Break"
    assert shown(named(reason="小休"), words=ZH).band.title == "小休"


def test_the_table_is_sorted_by_what_it_shows() -> None:
    sight = named()
    seats = [seat_of(sight), replace(seat_of(sight), key="seat:002", reason="小休")]
    for words, first in ((EN, "seat:002"), (ZH, "seat:002")):
        look = Look(sight, words, lambda seat: 0.0, lambda seat: None)
        assert seats[ordered(look, seats, TableView(sort="reason"))[0]].key == first
    seats[1] = replace(seats[1], reason="TRG")
    for words, first in ((EN, KEY), (ZH, "seat:002")):
        look = Look(sight, words, lambda seat: 0.0, lambda seat: None)
        topmost = seats[ordered(look, seats, TableView(sort="reason"))[0]]
        assert topmost.key == first, "业务培训 before 用餐, Meal before Product"


def test_seats_are_found_by_the_name_of_their_reason_and_by_the_reason() -> None:
    sight = named()
    for text, words in (("meal", EN), ("用餐", EN), ("用餐", ZH)):
        assert wanted_of([seat_of(sight)], sight, Chosen(text=text), words) == [seat_of(sight)]
    assert wanted_of([seat_of(sight)], sight, Chosen(text="product"), EN) == []


def test_the_reasons_that_are_offered_are_those_of_the_site_by_name_and_once() -> None:
    sight = named()
    assert shown(sight).reasons == ("Meal", "Break", "Product training")
    assert shown(sight, words=ZH).reasons == ("用餐", "小休", "业务培训")
    sight.entities.put(replace(site_of(sight), reasons=[]))
    assert shown(sight).reasons == ("用餐", "小休", "TRG", "喝水", "meal"), (
        "a site without names offers all that it knows"
    )


def test_a_name_that_is_written_is_judged_as_the_reason_that_will_be_given() -> None:
    sight = named(state="talking", reason="")
    sight.entities.put(replace(site_of(sight), pauses={"用餐": "break", "TRG": "training"}, break_quotas={"team-7": 0}))
    assert why(shown(sight, reason="Meal"))[PAUSE] == ("nobody of Qingchuan 1 may be sent on a break: its quota is 0")
    assert why(shown(sight, reason="Product training"))[PAUSE] == ""


def test_a_review_and_the_list_of_orders_name_the_reason_that_was_given() -> None:
    sight = named()
    deed = Deed(PAUSE, (target_of(sight.site, seat_of(sight), {"reason": "用餐"}, EN),))
    assert deed.targets[0].args["reason"] == "用餐"
    assert (what_of(deed, sight, EN), what_of(deed, sight, ZH)) == ("Reason: Meal", "原因：用餐")
    given = Given("k", KEY, PAUSE, {"reason": "用餐"}, "done")
    assert [list_lines([given], "", sight, words)[0].cells[-1] for words in (EN, ZH)] == ["Meal", "用餐"]
