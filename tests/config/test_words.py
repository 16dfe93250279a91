"""The words that a site may use are those that the rest of the house defines; spans of the day are read exactly."""

from __future__ import annotations

import pytest

from config.checking.vocabulary import ORDERS, RIGHTS, SEAT_STATES
from config.figure_names import (
    FIGURES,
    NOW_FIGURES,
    OF_THE_REST,
    WATCHED_NOW,
    flaw_of_headline,
    flaw_of_scope,
    flaw_of_watching,
    is_percent,
)
from config.schema import FigureSettings
from config.spans import minutes_of
from feeds import facts
from feeds.counters import COHORT_SIZE, EVENT_SIZE
from feeds.figures import DEFINITIONS, Live, Tally, people_values, values
from feeds.folding.present import _READ_NOW


def test_the_figures_are_those_that_are_defined() -> None:
    assert sorted(FIGURES) == sorted(DEFINITIONS)
    assert {id for id, one in DEFINITIONS.items() if one.basis == "now"} == NOW_FIGURES
    assert {id for id, one in DEFINITIONS.items() if one.unit == "percent"} == set(filter(is_percent, FIGURES))


def test_limits_and_headlines_may_name_what_the_fold_holds_limits_against_and_publishes() -> None:
    settings = FigureSettings()
    nothing = Tally(cohort=[0] * COHORT_SIZE, event=[0] * EVENT_SIZE, time=[0] * len(SEAT_STATES))
    rolling = values(nothing, settings, basis="event", live=Live())[0].keys()
    today = values(nothing, settings, basis="cohort", live=Live())[0].keys()
    people = people_values(nothing, settings, Live())[0].keys()
    for figure in FIGURES:
        held = {"now": _READ_NOW.keys()} if figure in NOW_FIGURES else {"30m": rolling, "today": today}
        shown = {"now": rolling | WATCHED_NOW, "30m": rolling, "today": today | OF_THE_REST}
        for window, known in held.items():
            assert (flaw_of_watching(figure, window) == "") == (figure in known), (figure, window)
            assert (flaw_of_headline(figure, window) == "") == (figure in shown[window]), (figure, window)
    assert {figure for figure in FIGURES if not flaw_of_scope(figure, "team")} == people
    assert {figure for figure in FIGURES if flaw_of_scope(figure, "queue")} == {"inbound"}


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
