"""Nobody is lost or counted twice, whatever happens in whatever order; after outages the floor is true again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.entities import Seat
from tests.asterisk_floor.days import LONG, STEPS, Day, Step
from tests.asterisk_floor.watched import AGENTS, QUEUES, Watched


def shows(watched: Watched, day: Day) -> None:
    """The floor shows what is true now."""
    assert watched.waiting() == day.waiting()
    assert watched.talking() == day.talking()
    talking = {talk.member.name.partition(" ")[0] for talk in day.talks}
    assert {agent for agent in AGENTS if watched.seat(agent) in ("talking", "hold")} == talking
    ringing = {member.name.partition(" ")[0] for _, member, _ in day.ringing}
    assert {agent for agent in AGENTS if watched.seat(agent) == "ringing"} == ringing
    seats = [(agent, watched.entity(f"seat:s{agent}")) for agent in AGENTS]
    paused = {agent for agent, seat in seats if isinstance(seat, Seat) and seat.state == "break"}
    assert paused == day.paused() - talking - ringing
    assert watched.differences() == set()


@pytest.mark.slow
@settings(max_examples=25)
@given(LONG, st.sampled_from(({}, {"claims": 5.0})))
def test_what_is_offered_is_answered_abandoned_flowed_out_refused_or_waits(
    steps: list[Step], wraps: dict[str, float]
) -> None:
    day = Day()
    watched = Watched(day.asterisk, wraps=wraps)
    watched.meet()
    for step in steps:
        day.take(step)
        watched.see()
    watched.later(10_000)
    for queue in QUEUES:
        assert watched.books(queue) == day.books(queue)
    shows(watched, day)
    watched.prove()


@pytest.mark.slow
@settings(max_examples=25)
@given(LONG, STEPS, STEPS, st.integers(0, 4))
def test_after_an_outage_the_floor_is_true_at_once_and_stays_so(
    before: list[Step], unseen: list[Step], after: list[Step], late: int
) -> None:
    day = Day()
    watched = Watched(day.asterisk)
    watched.meet()
    for step in before:
        day.take(step)
        watched.see()
    for step in unseen:
        day.take(step)
    said = day.asterisk.take_said()
    watched.meet()
    shows(watched, day)
    on_their_way = said[len(said) - min(late, len(said)) :]
    if on_their_way:
        watched.see(*on_their_way)
    shows(watched, day)
    for step in after:
        day.take(step)
        watched.see()
    watched.later(10_000)
    shows(watched, day)
    watched.prove()


@settings(max_examples=25)
@given(LONG, STEPS)
def test_a_gateway_that_comes_later_shows_the_same_as_one_that_was_there(
    before: list[Step], after: list[Step]
) -> None:
    day = Day()
    for step in before:
        day.take(step)
    day.asterisk.take_said()
    watched = Watched(day.asterisk)
    watched.meet()
    shows(watched, day)
    for step in after:
        day.take(step)
        watched.see()
    watched.later(10_000)
    shows(watched, day)
    watched.prove()
