"""A floor frozen in columns: the same state comes back, in the same order, with nothing shared that changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from feeds.facts import AgentFound, Tick
from feeds.floor import Floor
from feeds.folding.state import FloorState, LegState
from feeds.folding.tables import add_newest, gather, pack_state, spread, unpack_state
from tests.feeds.floors import BEGIN, made_up, small_site

TABLES = ("agents", "seats", "legs", "calls", "order", "gone")


def folded(count: int | None = None) -> Floor:
    """A floor in the middle of made-up calls, its order settled."""
    floor = Floor(small_site())
    for rev, fact in enumerate(made_up(4)[:count], 1):
        floor.apply(fact, rev)
    floor.frame()
    return floor


def thawed(state: FloorState) -> FloorState:
    """The state, packed and unpacked."""
    packed, parts = pack_state(state)
    found, order = unpack_state(packed, lambda name: parts[name].packed)
    add_newest(found, (), ())
    found.order = order()
    return found


def two_legs() -> FloorState:
    """A floor with nothing but two legs."""
    state = FloorState()
    for name in ("l1", "l2"):
        state.legs[name] = LegState(id=name, call="c1", queue="qa", joined=BEGIN, number="")
    return state


@pytest.mark.parametrize("count", [0, 1, 60, 200, None])
def test_what_was_packed_comes_back_with_everything_in_its_order(count: int | None) -> None:
    state = folded(count).state
    found = thawed(state)
    assert found == state
    assert {name: list(getattr(found, name)) for name in TABLES} == {
        name: list(getattr(state, name)) for name in TABLES
    }


def test_things_of_a_thawed_floor_share_nothing_that_changes() -> None:
    first, second = thawed(two_legs()).legs.values()
    first.missed.append(1)
    assert second.missed == []


def test_a_name_that_comes_to_be_is_in_the_next_frame_and_not_in_the_one_before() -> None:
    floor = folded(60)
    packed, parts = pack_state(floor.state)
    floor.apply(AgentFound(at=floor.now, agent="somebody new"), floor.rev + 1)
    floor.frame()
    assert "somebody new" in thawed(floor.state).agents
    assert "somebody new" not in unpack_state(packed, lambda name: parts[name].packed)[0].agents


def test_parts_are_the_same_as_long_as_people_and_places_are() -> None:
    floor = folded(60)
    before = pack_state(floor.state)[1]
    floor.apply(Tick(at=BEGIN + 3_600_000), floor.rev + 1)
    floor.frame()
    assert pack_state(floor.state)[1] == before


@pytest.mark.slow
def test_floors_are_thawed_in_several_threads_at_once() -> None:
    floors = [Floor(small_site(agents=agents)) for agents in range(3, 40)]
    frames = [(floor.site, *floor.frame()) for floor in floors]

    def thaw_all() -> list[bytes]:
        for _ in range(15):
            thawed = [
                Floor.of_frame(site, state, lambda name, copies=copies: copies[name].packed)  # type: ignore[misc]
                for site, state, copies in frames
            ]
        return [floor.freeze() for floor in thawed]

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as threads:
            frozen = [done.result() for done in [threads.submit(thaw_all) for _ in range(3)]]
    finally:
        sys.setswitchinterval(before)
    assert frozen == [[floor.freeze() for floor in floors]] * 3


def _short(parts: list[list[object]]) -> None:
    parts[1]["legs"] += 1  # type: ignore[call-overload]


def _gone(parts: list[list[object]]) -> None:
    del parts[4]["order.rev"]  # type: ignore[call-overload]


def _another(parts: list[list[object]]) -> None:
    parts[4]["legs.joined"][1] = b"noon"  # type: ignore[call-overload]


@pytest.mark.parametrize("harm", [_short, _gone, _another])
def test_a_state_that_does_not_fit_together_is_refused(harm: Callable[[list[list[object]]], None]) -> None:
    packed, kept = pack_state(two_legs())
    parts = msgspec.msgpack.decode(packed)
    harm(parts)
    with pytest.raises((ValueError, KeyError)):
        unpack_state(msgspec.msgpack.encode(parts), lambda name: kept[name].packed)


def test_a_part_that_is_another_is_refused() -> None:
    state = folded(60).state
    state.agents["a0"].zh = "只在这里"  # so that no floor of before has this part
    packed, parts = pack_state(state)
    with pytest.raises(msgspec.ValidationError, match="not what was kept"):
        unpack_state(packed, lambda name: parts[name].packed + b"\xc0")


def test_a_floor_kept_before_it_was_known_when_a_call_was_answered_can_be_read() -> None:
    floor = folded(250)
    state, parts = pack_state(floor.state, floor.queue_copies.newest.rows, floor.crew_copies.newest.rows)
    kept, columns = spread(state, lambda name: parts[name].packed)
    del columns["calls.answered_at"]
    gather(kept, columns)
    assert len(kept.calls) == len(floor.state.calls) > 0
    assert all(call.answered_at == -1 for call in kept.calls.values())
