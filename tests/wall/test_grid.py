"""The arithmetic of the page: the mock-up's places at 1080p, nothing off the screen or on top of another anywhere."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from console.wall.grid import Density, Places, density_for, places, reading_distance
from widgets.wall.masthead import CORNER


def test_at_1080p_everything_stands_where_the_design_has_it() -> None:
    where = places(1920, 1080, Density.S)
    assert where.unit == 1.0
    assert [(tile.top(), tile.bottom() + 1) for tile in where.tiles] == [(140, 462)] * 4
    assert (where.table.top(), where.table.bottom() + 1) == (482, 988)
    assert (where.alarms.top(), where.alarms.bottom() + 1) == (1006, 1058)
    assert (where.table.left(), where.tally.right() + 1) == (40, 1880)


def overview(where: Places) -> list[QRect]:
    return [where.masthead, where.clock, *where.tiles, where.table, where.tally, where.alarms]


@given(st.integers(640, 7680), st.integers(480, 4320), st.sampled_from(list(Density)))
def test_nothing_overlaps_or_leaves_the_screen(width: int, height: int, density: Density) -> None:
    where = places(width, height, density)
    room = QRect(0, 0, width, height)
    for rect in overview(where):
        assert rect.width() > 0
        assert rect.height() > 0
        assert room.contains(rect)
    for one, other in itertools.combinations(overview(where), 2):
        if (one, other) != (where.masthead, where.clock) or height <= width * 1.2:
            assert not one.intersects(other)
    if height > width * 1.2:  # there the head has a second line, and its clock stands at the end of the first
        corner = QRect(where.masthead)
        corner.setLeft(round(corner.right() - CORNER * where.unit))
        corner.setBottom(round(corner.top() + 104 * where.unit))
        assert corner.contains(where.clock)
    assert room.contains(where.field)
    assert not where.field.intersects(where.alarms)


@pytest.mark.parametrize(
    ("inches", "metres", "density"),
    [
        (55, 4, Density.S), (75, 5, Density.S), (55, 6, Density.M), (43, 6, Density.L), (65, 8, Density.L),
        (75, 6, Density.M), (55, 10, Density.L), (0, 5, Density.S),
    ],
)  # fmt: skip
def test_the_density_follows_from_the_screen_and_the_farthest_reader(
    inches: float, metres: float, density: Density
) -> None:
    assert density_for(inches, metres) is density


def test_a_wide_screen_of_the_same_diagonal_is_lower_and_is_read_from_less_far() -> None:
    """Its rows are as high as its height allows: of 34 inches those of a 21:9 screen are a fifth smaller."""
    assert density_for(43, 3.3) is Density.S
    assert density_for(43, 3.3, 3440, 1440) is Density.M
    assert density_for(55, 4, 1080, 1920) is Density.S, "upright the page has as many units in all"


def test_the_same_screen_needs_the_same_density_at_any_resolution() -> None:
    assert density_for(55, 6, 3840, 2160) is density_for(55, 6, 1280, 720)


def test_a_larger_density_can_be_read_from_farther_away() -> None:
    distances = [reading_distance(density, 55) for density in Density]
    assert distances == sorted(distances)
    assert distances[0] == pytest.approx(4.0, abs=0.2)
