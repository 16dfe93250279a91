"""Which pages there are, which of them holds an alarm, and when the next one's turn comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.wall.pages import Carousel, page_of, page_of_alarm, pages_of
from feeds.entities import PageInfo
from tests.wall import floors

SITE = floors.site()
PAGES = pages_of(SITE, 7, (("seat:014",),))


def test_a_site_s_pages_come_in_its_order() -> None:
    assert [page.id for page in PAGES] == ["overview", "claims", "service", "special", "seats", "vendors"]


def test_a_site_without_pages_gets_the_usual_ones() -> None:
    found = pages_of(floors.site(pages=[]), 7)
    assert [page.kind for page in found] == ["overview", "group", "group", "group", "seats", "vendors"]


def test_a_page_of_vendors_is_left_out_where_there_are_none() -> None:
    site = floors.site(vendors=[], pages=[PageInfo("all", "overview"), PageInfo("theirs", "vendors")])
    assert [page.id for page in pages_of(site, 7)] == ["all"]
    alone = floors.site(vendors=[], pages=[PageInfo("theirs", "vendors")])
    assert [page.kind for page in pages_of(alone, 7)] == ["overview"], "something is always shown"


def test_before_the_site_is_known_there_is_an_overview() -> None:
    assert [page.kind for page in pages_of(None, 7)] == ["overview"]


@given(st.integers(1, 12))
def test_every_queue_stands_on_exactly_one_overview_page(rows: int) -> None:
    overview = [page for page in pages_of(SITE, rows) if page.kind == "overview"]
    shown = [queue for page in overview for queue in page.items]
    assert shown == [queue.id for queue in SITE.queues]
    assert all(len(page.items) <= rows for page in overview)
    assert max(len(page.items) for page in overview) - min(len(page.items) for page in overview) <= 1
    assert [(page.part, page.parts) for page in overview] == [(n + 1, len(overview)) for n in range(len(overview))]


@pytest.mark.parametrize(
    ("scope", "kind"),
    [
        ("site", "overview"),
        ("queue:rescue", "overview"),
        ("group:service", "group"),
        ("seat_type:vip", "group"),
        ("vendor:yunling", "vendors"),
        ("team:team-7", "vendors"),
        ("seat:014", "seats"),
        ("planet:mars", "overview"),
    ],
)
def test_every_scope_has_its_page(scope: str, kind: str) -> None:
    number = page_of(scope, PAGES, SITE)
    assert number is not None and PAGES[number].kind == kind


def test_an_alarm_of_a_seat_holds_that_part_of_the_seats_on_which_it_is() -> None:
    pages = pages_of(SITE, 7, (("seat:001", "seat:002"), ("seat:003", "seat:004")))
    held = page_of_alarm("seat:004", "", pages, SITE)
    assert held is not None and (pages[held].kind, pages[held].part) == ("seats", 2)


def test_a_wall_of_the_seats_alone_goes_on_turning_while_something_else_is_critical() -> None:
    seats = [page for page in pages_of(SITE, 7, (("seat:001",), ("seat:002",))) if page.kind == "seats"]
    assert len(seats) == 2
    assert page_of_alarm("group:service", "service_level_f8", seats, SITE) is None
    assert page_of_alarm("site", "service_level_f8", seats, SITE) is None
    assert page_of_alarm("seat:002", "", seats, SITE) == 1


def test_an_alarm_of_a_figure_that_no_page_shows_holds_none() -> None:
    assert page_of_alarm("group:service", "occupancy", PAGES, SITE) is None
    assert page_of_alarm("group:service", "service_level_f8", PAGES, SITE) == 2
    assert page_of_alarm("vendor:yunling", "occupancy", PAGES, SITE) == 5


def carousel(pages: int = 4) -> Carousel:
    made = Carousel(pages=pages)
    made.set_seconds(20)
    return made


def test_pages_turn_when_their_time_is_over() -> None:
    turning = carousel(3)
    seen = []
    for second in range(0, 80, 5):
        turning.turn(second)
        seen.append(turning.current)
    assert seen == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0]


def test_the_first_page_has_its_whole_turn_however_long_the_machine_has_run() -> None:
    turning = carousel(3)
    assert not turning.turn(1_000_000)
    assert not turning.turn(1_000_019)
    assert turning.turn(1_000_020)


@pytest.mark.parametrize(("asked", "given_"), [(1, 15), (20, 20), (600, 30)])
def test_the_time_of_a_page_stays_readable(asked: float, given_: float) -> None:
    turning = Carousel()
    turning.set_seconds(asked)
    assert turning.seconds == given_


def test_a_new_critical_takes_the_floor_and_keeps_it_until_it_is_over() -> None:
    turning = carousel()
    assert turning.see({"alarm:a": 2}, 3)
    assert turning.current == 2
    assert turning.held
    turning.turn(500)
    assert turning.current == 2
    turning.see({}, 501)
    assert not turning.held
    turning.turn(510)
    assert turning.current == 2, "its page gets its full time once the alarm is over"
    turning.turn(521)
    assert turning.current == 3


def test_a_critical_that_is_known_already_does_not_jump_again() -> None:
    turning = carousel()
    turning.see({"alarm:a": 2}, 0)
    assert not turning.see({"alarm:a": 2}, 5)


def test_the_newest_of_two_criticals_is_shown_and_then_the_one_that_is_left() -> None:
    turning = carousel()
    turning.see({"alarm:a": 2}, 0)
    turning.see({"alarm:a": 2, "alarm:b": 1}, 5)
    assert turning.current == 1
    turning.see({"alarm:a": 2}, 9)
    assert turning.current == 2


def test_of_several_new_criticals_the_gravest_takes_the_floor() -> None:
    turning = carousel()
    turning.see({"alarm:gravest": 2, "alarm:other": 1}, 0)
    assert turning.current == 2


def test_fewer_pages_than_before_leave_the_carousel_on_one_that_exists() -> None:
    turning = carousel(6)
    turning.go(5, 0)
    turning.set_pages(2)
    assert turning.current == 1


def test_a_page_of_seats_is_left_out_where_there_are_none() -> None:
    bare = floors.site(pages=[], seats=0, vendors=[])
    assert [page.kind for page in pages_of(bare, 7, ((),))] == ["overview", "group", "group", "group"]
    assert [page.kind for page in pages_of(bare, 7, (("seat:1",),))][-1] == "seats"
