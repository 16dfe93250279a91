"""Key frames kept as steps: each gives the very floor of a straight fold, and what cannot be told so is kept whole."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.schema import Site
from feeds.facts import AgentFound, AnyFact, LegAbandoned, LegJoined, QueueFound, Tick
from feeds.floor import Floor
from feeds.folding import stepping
from feeds.folding.comparing import Stepper
from feeds.folding.copies import Copy
from feeds.folding.numbers import column_told, pack_numbers, told_column
from feeds.folding.sheets import NoSheetError
from feeds.folding.tables import Part
from tests.examples import examples
from tests.feeds.floors import BEGIN, delayed, made_up, small_site

DAY = 24 * 3_600_000


class Kept:
    """Frames of a fold, as a recording keeps them, and beside each what the floor was frozen to."""

    def __init__(self, site: Site, facts: Sequence[AnyFact], moments: set[int], together: int = 8) -> None:
        """A frame behind each of `moments`, counted in facts."""
        self.site = site
        self.copies: dict[bytes, Copy | Part] = {}
        self.frozen: list[tuple[int, bytes, list[tuple[bytes, int]], bytes]] = []
        """(revision, whole state, steps from there, what the floor froze to)."""
        self.whole = self.steps = 0
        self.reasons: set[str] = set()
        floor, stepper, state = Floor(site), None, b""
        parts: list[tuple[bytes, int]] = []
        waiting: list[tuple[int, bytes, int]] = []

        def flush() -> None:
            if waiting and stepper is not None:
                packed = stepper.pack()
                self.frozen += [(rev, state, [*parts, (packed, place)], frozen) for rev, frozen, place in waiting]
                parts.append((packed, len(waiting)))
                waiting.clear()

        for rev, fact in enumerate(facts, 1):
            floor.apply(fact, rev)
            if rev not in moments:
                continue
            frame, copies = floor.frame()
            self.copies.update(copies)
            sheet = None
            try:
                sheet = floor.sheet()
                if stepper is None:
                    raise NoSheetError("the first one")
                stepper.step(sheet)
            except NoSheetError as reason:
                self.reasons.add(str(reason))
                flush()
                state, parts, self.whole = frame, [], self.whole + 1
                self.frozen.append((rev, state, [], floor.freeze()))
                stepper = None if sheet is None else Stepper(sheet)
            else:
                self.steps += 1
                waiting.append((rev, floor.freeze(), len(waiting) + 1))
                if len(waiting) == together:
                    flush()
        flush()

    def thawed(self) -> Iterator[tuple[int, Floor, bytes]]:
        """Each frame's revision, its floor, and what that should freeze to."""
        for rev, state, steps, frozen in self.frozen:
            yield rev, Floor.of_frame(self.site, state, lambda name: self.copies[name].packed, steps), frozen


def some(count: int, seed: int, of: int) -> set[int]:
    """Some of the numbers from 1."""
    return set(random.Random(seed).sample(range(1, of + 1), min(count, of)))


SLOW = pytest.mark.slow


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=SLOW), pytest.param(3, marks=SLOW)])
def test_every_frame_is_the_floor_of_a_straight_fold(seed: int) -> None:
    facts = made_up(seed)
    kept = Kept(small_site(), facts, some(40, seed, len(facts)))
    assert kept.steps > 20
    for _, floor, frozen in kept.thawed():
        assert floor.freeze() == frozen


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), late=st.sampled_from((0, 3_000, 90_000, 2_000_000)), together=st.integers(1, 9))
@settings(max_examples=examples(8), deadline=None)
def test_so_it_is_whatever_happens_and_however_late(seed: int, late: int, together: int) -> None:
    facts = delayed(made_up(seed), seed, late) if late else made_up(seed)
    kept = Kept(small_site(), facts, some(20, seed, len(facts)), together)
    for _, floor, frozen in kept.thawed():
        assert floor.freeze() == frozen


@pytest.mark.slow
def test_folding_on_from_any_frame_ends_where_the_straight_fold_ends() -> None:
    facts = made_up(5)
    kept = Kept(small_site(), facts, some(25, 5, len(facts)))
    straight = Floor(small_site())
    for rev, fact in enumerate(facts, 1):
        straight.apply(fact, rev)
    for first, floor, _ in kept.thawed():
        for rev, fact in enumerate(facts[first:], first + 1):
            floor.apply(fact, rev)
        assert floor.freeze() == straight.freeze()


@pytest.mark.slow
def test_days_that_follow_one_another_are_told_too() -> None:
    facts: list[AnyFact] = []
    for day in range(4):
        facts += [_moved(fact, day * DAY, day) for fact in made_up(day, calls=25)]
    kept = Kept(small_site(), facts, some(80, 9, len(facts)))
    assert kept.steps > 40
    for _, floor, frozen in kept.thawed():
        assert floor.freeze() == frozen


def _moved(fact: AnyFact, by: int, day: int) -> AnyFact:
    fields = {"at": fact.at + by}
    for name in ("call", "leg", "came_from"):
        if getattr(fact, name, ""):
            fields[name] = f"{day}-{getattr(fact, name)}"
    return msgspec.structs.replace(fact, **fields)


def test_a_queue_that_is_found_makes_the_next_frame_a_whole_one() -> None:
    facts = [fact for fact in made_up(4) if fact.at < BEGIN + 3_600_000]
    middle = len(facts) // 2
    facts.insert(middle, QueueFound(at=facts[middle].at, queue="found"))
    kept = Kept(small_site(), facts, set(range(middle - 20, middle + 20)))
    assert "other queues, crews or levels" in kept.reasons
    assert kept.steps > 20
    for _, floor, frozen in kept.thawed():
        assert floor.freeze() == frozen


def test_somebody_who_is_found_joins_those_who_are_known() -> None:
    facts = [fact for fact in made_up(4) if fact.at < BEGIN + 3_600_000]
    middle = len(facts) // 2
    for number, name in enumerate(("new", "newer")):  # the first one brings a crew with them
        facts.insert(middle + 5 * number, AgentFound(at=facts[middle].at, agent=name))
    kept = Kept(small_site(), facts, {middle - 2, middle + 3, middle + 4, middle + 8, middle + 9})
    assert (kept.whole, kept.steps) == (2, 3)
    for _, floor, frozen in kept.thawed():
        assert floor.freeze() == frozen
    assert "newer" in floor.agents and floor.agents["newer"].id == "newer"


def test_a_frame_kept_whole_after_all_numbers_its_timers_as_they_are_kept_in_it() -> None:
    midnight = BEGIN + 160 * 60_000
    facts: list[AnyFact] = [
        Tick(at=midnight - 200_000), Tick(at=midnight - 100_000),
        LegJoined(at=midnight - 10_000, leg="slow", call="c", queue="qb"),
        LegJoined(at=midnight - 5_000, leg="quick", call="d", queue="qa"),  # runs out before the other one
        *(Tick(at=midnight + seconds * 1000) for seconds in (1, 16, 19)),
    ]  # fmt: skip
    kept = Kept(small_site(), facts, {3, 5, 6, 7})
    assert "the day's cohorts" in kept.reasons
    assert (kept.whole, kept.steps) == (2, 2)
    for _, floor, frozen in kept.thawed():
        assert floor.freeze() == frozen


def test_a_leg_that_comes_back_runs_out_as_often_as_in_a_straight_fold() -> None:
    joined = LegJoined(at=BEGIN + 2_000, leg="l", call="c", queue="qb")
    facts: list[AnyFact] = [
        LegJoined(at=BEGIN, leg="other", call="d", queue="qb"), joined, LegAbandoned(at=BEGIN + 4_000, leg="l"),
        LegJoined(at=BEGIN + 5_000, leg="quick", call="e", queue="qa"), joined,
        *(Tick(at=BEGIN + seconds * 1000) for seconds in (26, 31, 60)),
    ]  # fmt: skip
    for moments in ({2, 5, 6, 7, 8}, {2, 3, 4, 5, 6, 7, 8}, {5, 6, 7}, {4, 6}):
        for _, floor, frozen in Kept(small_site(), facts, moments).thawed():
            assert floor.freeze() == frozen


def test_steps_name_little_of_a_floor_on_which_little_happens() -> None:
    site = small_site(agents=400)
    facts = made_up(1, calls=40)
    kept = Kept(site, [*facts, *(Tick(at=facts[-1].at + 20_000 * number) for number in range(1, 9))],
                set(range(len(facts), len(facts) + 9)))  # fmt: skip
    assert kept.steps == 8
    (packed, _) = kept.frozen[-1][2][-1]
    assert len(packed) < len(kept.frozen[-1][1]) / 2


def test_steps_from_another_frame_are_no_floor() -> None:
    facts = made_up(7)
    kept = Kept(small_site(), facts, some(30, 7, len(facts)))
    _, state, steps, _ = kept.frozen[-1]
    empty, copies = Floor(small_site()).frame()
    with pytest.raises((ValueError, LookupError)):
        Floor.of_frame(small_site(), empty, lambda name: copies[name].packed, steps)
    with pytest.raises(msgspec.ValidationError, match="there are not 99 steps"):
        Floor.of_frame(small_site(), state, lambda name: kept.copies[name].packed, [(steps[0][0], 99)])


def test_a_seat_that_says_nothing_of_who_waits_is_no_sheet() -> None:
    floor = Floor(small_site())
    floor.apply(LegJoined(at=BEGIN, leg="l", call="c", queue="qa"), 1)
    floor.frame()
    floor.queues["qa"].waiting.clear()
    with pytest.raises(NoSheetError, match="who waits in qa"):
        floor.sheet()


numbers = st.lists(st.integers(-(1 << 62), 1 << 62) | st.integers(-200, 200), max_size=60)


@given(values=numbers)
@settings(max_examples=examples(200))
def test_numbers_come_back_from_their_bytes(values: list[int]) -> None:
    assert stepping.unpack_numbers(pack_numbers(values)).tolist() == values


@given(values=st.lists(st.integers(0, 1 << 50)), now=st.integers(0, 1 << 50), rising=st.booleans())
@settings(max_examples=examples(200))
def test_a_column_comes_back_however_it_is_told(values: list[int], now: int, rising: bool) -> None:
    if rising:
        values.sort()
    assert told_column(column_told(values, now), now) == values


@pytest.mark.parametrize("packed", [b"", b"\x03abc", b"\x02abc", b"\x08" + bytes(7)])
def test_bytes_that_are_no_numbers_are_refused(packed: bytes) -> None:
    with pytest.raises(msgspec.ValidationError, match="no numbers"):
        stepping.unpack_numbers(packed)
    with pytest.raises(msgspec.ValidationError, match="no numbers"):
        told_column((0, packed), 0)

