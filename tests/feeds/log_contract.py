"""What every log must do; an implementation's test module inherits LogContract and gives the fixtures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.facts import AnyFact, LegAbandoned, LegJoined, Tick
from feeds.log.base import Entry, Log, LogError
from feeds.records import LegRecord
from tests.examples import examples

BEGIN = 1_700_000_000_000
SECOND = 1_000

Appended = Sequence[tuple[AnyFact, int | None]]


def some_facts(count: int, first: int = 0, source: str = "") -> list[tuple[AnyFact, int | None]]:
    """A made-up stretch: joins and abandons a second apart, positions counted from one."""
    found: list[tuple[AnyFact, int | None]] = []
    for number in range(first, first + count):
        at = BEGIN + number * SECOND
        if number % 2 == 0:
            found.append(
                (LegJoined(at=at, leg=f"l{number}", call=f"c{number}", queue="claim", source=source), number + 1)
            )
        else:
            found.append((LegAbandoned(at=at, leg=f"l{number - 1}", source=source), number + 1))
    return found


def leg(
    name: str, joined: int, *, concluded: int | None = None, booked: int | None = None, queue: str = "claim"
) -> LegRecord:
    """A ledger record with times in seconds after BEGIN."""
    return LegRecord(
        leg=name,
        call=name,
        queue=queue,
        joined_at=BEGIN + joined * SECOND,
        outcome="waiting" if concluded is None else "answered",
        concluded_at=None if concluded is None else BEGIN + concluded * SECOND,
        booked_at=None if booked is None else BEGIN + booked * SECOND,
    )


class Shared:
    """A part of key frames that counts how often it is asked for its bytes."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.times = 0

    @property
    def packed(self) -> bytes:
        self.times += 1
        return self.body

    @property
    def lies_in(self) -> None:
        """It comes from no file."""


def framed(log: Log, rev: int | None = None, at: int | None = None) -> tuple[int, bytes]:
    """The newest key frame's revision and state."""
    frame = log.newest_key_frame(rev, at)
    assert frame is not None
    return frame.rev, frame.state


class LogContract:
    """Inherit and provide the fixture `reopened`: close what is open, open the same log again (first call: open it)."""

    def test_an_empty_log_has_an_epoch_and_revision_zero(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        assert log.epoch
        assert log.rev == 0
        assert list(log.entries()) == []
        assert log.newest_key_frame() is None
        assert log.append([]) == 0

    def test_facts_are_numbered_from_one_without_a_hole(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        facts = some_facts(5)
        assert log.append(facts[:2]) == 2
        assert log.append(facts[2:]) == 5
        assert list(log.entries()) == [Entry(rev, fact, position) for rev, (fact, position) in enumerate(facts, 1)]
        assert log.rev == 5

    def test_entries_can_begin_and_end_anywhere(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.append(some_facts(2_345))
        for after, until in ((0, 1), (0, 1_000), (999, 1_001), (1_000, 2_000), (2_344, None), (2_345, None), (17, 17)):
            expected = list(range(after + 1, (2_345 if until is None else until) + 1))
            assert [entry.rev for entry in log.entries(after, until)] == expected

    def test_a_reopened_log_has_the_same_epoch_facts_and_positions(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        for start in range(0, 2_500, 50):
            log.append(some_facts(50, start))
        epoch, before = log.epoch, list(log.entries())
        again = reopened()
        assert again.epoch == epoch
        assert again.rev == 2_500
        assert list(again.entries()) == before
        assert again.position("main") == 2_500
        assert again.append(some_facts(1, 2_500)) == 2_501

    def test_positions_are_kept_for_each_source_and_never_go_back(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.append([(Tick(at=BEGIN, source="a"), 7), (Tick(at=BEGIN, source="b"), 3), (Tick(at=BEGIN), None)])
        log.append([(Tick(at=BEGIN, source="a"), 5)])
        assert (log.position("a"), log.position("b"), log.position("main"), log.position("c")) == (7, 3, 0, 0)
        again = reopened()
        assert (again.position("a"), again.position("b")) == (7, 3)

    def test_facts_appended_while_reading_are_found(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.append(some_facts(10))
        reading = log.entries()
        assert next(reading).rev == 1
        log.append(some_facts(5, 10))
        assert [entry.rev for entry in reading] == list(range(2, 16))

    def test_the_newest_key_frame_before_a_revision_or_a_time_is_found(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.append(some_facts(300))
        for rev in (100, 200, 300):
            log.key_frame(rev, BEGIN + rev * SECOND, b"state of %d" % rev, {})
        log = reopened()
        assert framed(log) == (300, b"state of 300")
        assert framed(log, rev=299) == (200, b"state of 200")
        assert framed(log, at=BEGIN + 100 * SECOND) == (100, b"state of 100")
        assert log.newest_key_frame(at=BEGIN + 99 * SECOND) is None
        log.key_frame(300, BEGIN + 300 * SECOND, b"again", {})
        assert framed(log) == (300, b"again")

    def test_what_key_frames_share_is_packed_and_kept_once(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.append(some_facts(300))
        shared, own, more = Shared(b"both have this"), Shared(b"the first's"), Shared(b"the second's")
        log.key_frame(100, BEGIN, b"1", {b"shared": shared, b"own": own})
        log.key_frame(200, BEGIN, b"2", {b"shared": shared, b"more": more})
        log = reopened()
        log.key_frame(300, BEGIN, b"3", {b"shared": shared, b"own": own, b"more": more})
        assert [part.times for part in (shared, own, more)] == [1, 1, 1]
        for rev, names in ((100, ["shared", "own"]), (200, ["shared", "more"])):
            frame = log.newest_key_frame(rev=rev)
            assert frame is not None
            parts = {"shared": shared, "own": own, "more": more}
            assert [frame.copy(name.encode()) for name in names] == [parts[name].body for name in names]
        with pytest.raises(LogError, match="part of a key frame is missing"):
            frame.copy(b"nobody's")

    def test_a_ledger_record_of_the_same_leg_is_replaced(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.write_legs([leg("a", 10), leg("b", 20)])
        log.write_legs([leg("a", 10, concluded=15, booked=90)])
        found = list(reopened().legs(BEGIN, BEGIN + 60 * SECOND))
        assert found == [leg("a", 10, concluded=15, booked=90), leg("b", 20)]

    def test_ledger_records_are_found_by_join_conclusion_and_booking(self, reopened: Callable[[], Log]) -> None:
        log = reopened()
        log.write_legs([leg("a", 10, concluded=30, booked=50), leg("b", 30, queue="enquiry"), leg("c", 60)])

        def names(begin: int, end: int, queues: Sequence[str] | None = None) -> list[str]:
            return [found.leg for found in log.legs(BEGIN + begin * SECOND, BEGIN + end * SECOND, queues)]

        assert names(10, 11) == ["a"]
        assert names(30, 31) == ["a", "b"]
        assert names(50, 51) == ["a"]
        assert names(51, 60) == []
        assert names(0, 100, ["enquiry"]) == ["b"]

    @settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(sizes=st.lists(st.integers(0, 1_500), min_size=1, max_size=6))
    def test_however_facts_are_cut_into_transactions_the_log_is_the_same(
        self, reopened: Callable[[], Log], sizes: list[int]
    ) -> None:
        log = reopened()
        before = log.rev
        facts = some_facts(sum(sizes), before)
        start = 0
        for size in sizes:
            log.append(facts[start : start + size])
            start += size
        found = [(entry.fact, entry.position) for entry in reopened().entries(before)]
        assert found == facts
