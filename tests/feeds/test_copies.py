"""Copies of totals: shared while nothing changes, replaced by late facts, fetched only when somebody looks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.folding.copies import Copies, Copy
from tests.examples import examples
from tests.feeds.brute import MINUTE, QUARTER

SLOT = 10_000
SIZE = 6


def filled() -> Copies:
    """Slots 1 to 6: two things, the first counts one a slot, the second comes to be in slot 3; marked at slot 3."""
    copies = Copies(SLOT, SIZE)
    for number in range(1, 7):
        rows = ((number, 0),) if number < 3 else ((number, 0), (number * 10, 0))
        copies.keep(Copy(rows), number * SLOT)
        if number == 3:
            copies.mark(number * SLOT)
    return copies


def first(copies: Copies, place: int) -> list[int]:
    """The first total of a thing at slots 1 to 6."""
    return [copies.at_slot(number).row(place)[0] for number in range(1, 7)]


def test_a_thing_that_was_not_known_at_a_boundary_had_counted_nothing() -> None:
    assert first(filled(), 1) == [0, 0, 30, 40, 50, 60]
    assert Copies(SLOT, SIZE).at_mark(5 * SLOT).row(0)[:2] == (0, 0)


def test_what_is_counted_late_stands_in_every_copy_since_and_in_no_other() -> None:
    copies = filled()
    copies.add(0, 3 * SLOT + 1, (100, 0), newest_slot=6, bucket_end=None)
    assert first(copies, 0) == [1, 2, 3, 104, 105, 106]
    assert copies.newest.row(0) == (106, 0)
    assert copies.at_mark(3 * SLOT).row(0) == (3, 0), "a quarter-hour that had passed before is as it was"


def test_what_is_counted_late_before_a_mark_is_in_the_mark() -> None:
    copies = filled()
    copies.add(1, 1 * SLOT + 1, (7, 0), newest_slot=6, bucket_end=3 * SLOT)
    assert copies.at_mark(3 * SLOT).row(1) == (37, 0)
    assert first(copies, 1) == [0, 7, 37, 47, 57, 67]


def test_copies_without_a_difference_stay_one_even_when_something_late_changes_them() -> None:
    copies = Copies(SLOT, SIZE)
    copies.keep(Copy(((1,),)), 1 * SLOT)
    for number in range(2, 6):
        copies.keep(copies.newest, number * SLOT)
    copies.add(0, 0, (1,), newest_slot=5, bucket_end=None)
    assert len({id(copies.at_slot(number)) for number in range(1, 6)}) == 1
    assert copies.newest.row(0) == (2,)


def test_equal_copies_have_one_name_and_thawed_ones_are_fetched_only_when_looked_into() -> None:
    copies = filled()
    kept = {copy.name: copy.packed for copy in copies}
    assert Copy(((6, 0), (60, 0))).name == copies.newest.name
    fetched: list[bytes] = []

    def fetch(name: bytes) -> bytes:
        fetched.append(name)
        return kept[name]

    thawed = Copies.of(copies.state(), SLOT, SIZE, 6, fetch)
    assert not fetched
    assert thawed.state() == copies.state()
    assert thawed.newest.row(1) == (60, 0)
    assert fetched == [copies.newest.name]
    assert first(thawed, 0) == first(copies, 0)


def test_marks_are_dropped_but_for_the_last_before_the_horizon() -> None:
    copies = Copies(SLOT, SIZE)
    for number in range(1, 6):
        copies.keep(Copy(((number,),)), number * SLOT)
        copies.mark(number * SLOT)
    copies.forget(3 * SLOT)
    assert [begin for begin, _ in copies.marks] == [3 * SLOT, 4 * SLOT, 5 * SLOT]
    assert copies.at_mark(3 * SLOT).row(0) == (3,)


@given(
    at=st.integers(0, 70 * MINUTE), quarters=st.integers(0, 5),
    steps=st.lists(st.integers(0, 3), min_size=71, max_size=71), marked=st.sets(st.integers(1, 4)),
)  # fmt: skip
@settings(max_examples=examples(100), deadline=None)
def test_time_that_is_put_right_at_once_is_as_time_put_right_minute_by_minute(
    at: int, quarters: int, steps: list[int], marked: set[int]
) -> None:
    newest, rate, bucket = 70, (-1, 1), min(quarters, 4) * QUARTER
    at_once, by_minute = (Copies(MINUTE, 62) for _ in range(2))
    for copies in (at_once, by_minute):
        total = 0
        for number, step in enumerate(steps):
            total += step
            copies.keep(Copy(((total, 7), (1, total))) if step else copies.newest, number * MINUTE)
            if number * MINUTE <= bucket and number // 15 in marked and number % 15 == 0:
                copies.mark(number * MINUTE)
    at = max(at, (newest - 61) * MINUTE)
    at_once.add_passing(1, at, rate, newest, range(at - at % QUARTER + QUARTER, bucket + 1, QUARTER))
    begin = at
    while begin < newest * MINUTE:
        until, end = begin - begin % MINUTE + MINUTE, begin - begin % QUARTER + QUARTER
        delta = [each * (until - begin) for each in rate]
        by_minute.add(1, begin, delta, newest, end if end <= bucket else None)
        begin = until
    assert [copy.name for copy in at_once] == [copy.name for copy in by_minute]
    assert at_once.state() == by_minute.state() and at_once.newest.rows == by_minute.newest.rows
