"""The words that a site may use are those that the rest of the house defines; spans of the day are read exactly."""

from __future__ import annotations

import pytest

from config.figure_names import FIGURES, NOW_FIGURES, is_percent
from config.spans import minutes_of
from config.vocabulary import ORDERS, RIGHTS, SEAT_STATES
from feeds import facts
from feeds.figures import DEFINITIONS


def test_the_figures_are_those_that_are_defined() -> None:
    assert sorted(FIGURES) == sorted(DEFINITIONS)
    assert {id for id, one in DEFINITIONS.items() if one.basis == "now"} == NOW_FIGURES
    assert {id for id, one in DEFINITIONS.items() if one.unit == "percent"} == set(filter(is_percent, FIGURES))


def test_the_seat_states_are_those_of_the_facts() -> None:
    assert SEAT_STATES == facts.SEAT_STATES


def test_every_order_has_a_feature_and_every_feature_a_right_of_its_own() -> None:
    assert all(order.count(".") == 1 for order in ORDERS)
    assert {right for right in RIGHTS if right.endswith(".*")} == {order.split(".")[0] + ".*" for order in ORDERS}
    assert len(set(RIGHTS)) == len(RIGHTS)


@pytest.mark.parametrize(
    ("span", "minutes"),
    [
        ("09:00-17:30", (540, 1050)),
        ("22:00-07:30", (1320, 1890)),
        ("15:30-24:00", (930, 1440)),
        ("00:00-24:00", (0, 1440)),
        ("15:30-00:00", (930, 1440)),
        ("09:00-09:00", None),
        ("24:00-09:00", None),
        ("9:00-17:00", None),
        ("09:00-24:30", None),
        ("09:60-10:00", None),
        ("09:00–17:00", None),
        ("09:00-17:00\n", None),
        ("", None),
    ],
)
def test_a_span_is_read_or_refused(span: str, minutes: tuple[int, int] | None) -> None:
    assert minutes_of(span) == minutes
