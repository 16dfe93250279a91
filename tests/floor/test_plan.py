"""The floor being drawn: what each step does to the plan, what it refuses, and that every step can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.drawing import flaws
from console.floor import plan as planning
from console.floor.plan import Plan, Refusal, Steps, plan_of, rooms_of
from feeds.layout import Room

SEATS = {"1", "2", "3", "4", "5", "9"}
ROOMS = [Room("a", "甲", "A", 0, 0, ["1 2 .", "3 . 4"]), Room("b", "乙", "B", 5, 0, ["5"])]


def start() -> Plan:
    return plan_of(ROOMS, SEATS)


def rows(plan: Plan, id_: str = "a") -> list[str]:
    return next(room.rows for room in rooms_of(plan) if room.id == id_)


def test_a_plan_is_the_rooms_that_it_was_made_of_without_seats_that_have_left() -> None:
    assert rows(start()) == ["1 2 .", "3 . 4"]
    assert rows(plan_of([Room("a", "甲", "A", 0, 0, ["1 77 2"])], SEATS)) == ["1 . 2"]


def test_a_seat_goes_to_a_free_place_and_changes_places_with_one_that_stands_there() -> None:
    moved = planning.move_seats(start(), ["1"], "1", (2, 1))
    assert rows(moved) == [". 2 1", "3 . 4"]
    assert rows(planning.move_seats(moved, ["3"], "3", (2, 1))) == [". 2 3", "1 . 4"]


def test_several_seats_keep_their_distance_and_never_push_another_one_away() -> None:
    with pytest.raises(Refusal, match=r"floor\.edit\.taken"):
        planning.move_seats(start(), ["1", "2"], "1", (0, 2))
    across = planning.move_seats(start(), ["1", "2"], "1", (0, 3))
    assert rows(across) == [". . .", "3 . 4", "1 2 ."]


def test_a_room_grows_by_the_place_beside_it_but_not_into_another_one() -> None:
    assert rows(planning.move_seats(start(), ["1"], "1", (3, 1))) == [". 2 . 1", "3 . 4 ."]
    with pytest.raises(Refusal, match="no_room"):
        planning.move_seats(start(), ["1"], "1", (9, 9))
    tight = plan_of([ROOMS[0], Room("b", "乙", "B", 3, 0, ["5"])], SEATS)
    wide = planning.move_seats(tight, ["1"], "1", (3, 2))
    assert rows(wide, "b") == ["5", "1"], "the place below the neighbour is the neighbour's"


def test_seats_from_outside_are_placed_in_a_row() -> None:
    assert rows(planning.move_seats(start(), ["9"], "9", (1, 2))) == ["1 2 .", "3 9 4"]
    with pytest.raises(Refusal, match="taken"):
        planning.move_seats(start(), ["9"], "9", (0, 1))


def test_a_seat_that_is_taken_out_leaves_its_place_empty() -> None:
    assert rows(planning.take_out(start(), ["2", "3"])) == ["1 . .", ". . 4"]


def test_a_row_moves_within_its_room_and_into_another_one() -> None:
    assert rows(planning.move_row(start(), (0, 1), (0, 2))) == ["3 . 4", "1 2 ."]
    other = planning.move_row(start(), (0, 2), (5, 1))
    assert (rows(other), rows(other, "b")) == (["1 2"], ["3 . 4", "5 . ."])


def test_a_room_moves_and_never_onto_another_one_or_off_the_floor() -> None:
    moved = planning.move_room(start(), "b", (1, 4))
    assert (moved.halls[1].column, moved.halls[1].line) == (6, 4)
    with pytest.raises(Refusal, match="overlap"):
        planning.move_room(start(), "b", (-4, 0))
    with pytest.raises(Refusal, match="edge"):
        planning.move_room(start(), "a", (-1, 0))


def test_rooms_are_added_renamed_and_removed_and_their_seats_stay_on_the_floor() -> None:
    added = planning.add_room(start(), "新", "New")
    assert (added.halls[-1].id, added.halls[-1].line) == ("room-1", 4)
    assert planning.add_room(added, "新", "New").halls[-1].id == "room-2"
    assert planning.rename_room(start(), "a", "东厅", "East").halls[0].en == "East"
    assert set(planning.remove_room(start(), "a").where()) == {"5"}


def test_the_first_plan_of_a_floor_that_was_never_drawn_has_everybody_and_no_flaw() -> None:
    areas = [
        (f"area-{number}", "区", "Area", [f"{number}{seat:02d}" for seat in range(count)])
        for number, count in enumerate((40, 24, 0, 6))
    ]
    plan = planning.first_plan(areas)
    assert len(plan.where()) == 70
    assert list(flaws(rooms_of(plan))) == []


def test_every_step_can_be_undone_and_done_again() -> None:
    steps = Steps(start())
    steps.take(planning.move_seats(steps.now, ["1"], "1", (2, 1)))
    steps.take(planning.move_room(steps.now, "b", (1, 0)))
    last = steps.now
    steps.undo()
    steps.undo()
    assert (steps.now, steps.changed, steps.can_undo) == (start(), False, False)
    steps.redo()
    steps.redo()
    assert (steps.now, steps.can_redo) == (last, False)
    steps.undo()
    steps.take(planning.take_out(steps.now, ["5"]))
    assert not steps.can_redo


STEPS: list[Callable[[Plan, int, int, int], Plan]] = [
    lambda plan, a, b, c: planning.move_seats(plan, [str(a % 5 + 1)], str(a % 5 + 1), (b % 9, c % 6)),
    lambda plan, a, b, c: planning.move_seats(plan, ["1", "4", "9"], "4", (b % 9, c % 6)),
    lambda plan, a, b, c: planning.move_row(plan, (a % 9, b % 6), (c % 9, (a + b) % 6)),
    lambda plan, a, b, c: planning.move_room(plan, "ab"[a % 2], (b % 7 - 3, c % 7 - 3)),
    lambda plan, a, b, c: planning.take_out(plan, [str(a % 5 + 1)]),
    lambda plan, a, b, c: planning.add_room(plan, "新", "New"),
]


@given(st.lists(st.tuples(st.integers(0, 5), *[st.integers(0, 60)] * 3), max_size=12))
def test_whatever_is_done_no_seat_is_lost_or_doubled_and_rooms_never_overlap(
    todo: list[tuple[int, int, int, int]],
) -> None:
    plan = start()
    out: set[str] = {"9"}
    for kind, a, b, c in todo:
        try:
            after = STEPS[kind](plan, a, b, c)
        except Refusal:
            continue
        out = SEATS - set(after.where())
        if kind != 4:
            assert set(plan.where()) <= set(after.where())
        plan = after
        assert list(flaws(rooms_of(plan))) == []
        assert len(plan.where()) == sum(len(hall.seats) for hall in plan.halls)
    assert out <= SEATS
