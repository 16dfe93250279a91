"""Blocks in columns: whatever facts there are come back, older blocks still do, and nothing false comes back."""

from __future__ import annotations

import sqlite3
import zlib
from functools import partial
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from feeds.facts import AnyFact, CallArrived, SeatChanged, SourceChecked, Tick
from feeds.floor import Floor
from feeds.layout import Room
from feeds.log.base import Entry
from feeds.log.opening import open_log, open_recording
from feeds.log.rows import Row, expand, pack_block, squeeze, unpack_block, unpack_row
from feeds.log.sums import BlockDamagedError
from feeds.said import Value
from feeds.sources.recorded import state_at
from tests.examples import examples
from tests.feeds.log_contract import BEGIN, SECOND, some_facts
from tests.feeds.test_log_embedded import SITE

POSITIONS = st.one_of(st.none(), st.integers(0, 1 << 60))
NUMBERS = st.integers(-(1 << 62), 1 << 62)
TEXTS = st.text(max_size=5)
FLOATS = st.floats(allow_nan=False)
VALUES: dict[object, st.SearchStrategy[object]] = {
    int: NUMBERS, int | None: st.none() | NUMBERS, float: FLOATS, str: TEXTS,
    dict[str, int]: st.dictionaries(TEXTS, NUMBERS, max_size=2),
    dict[str, Value]: st.dictionaries(TEXTS, NUMBERS | FLOATS | TEXTS, max_size=2),
    list[Room]: st.lists(
        st.builds(Room, id=TEXTS, zh=TEXTS, en=TEXTS, column=NUMBERS, line=NUMBERS, rows=st.just([])), max_size=2
    ),
}  # fmt: skip


def any_facts() -> st.SearchStrategy[AnyFact]:
    """Facts of every kind, members with a default left out or not."""
    kinds = []
    for kind in get_args(AnyFact):
        types = get_type_hints(kind)
        values = {name: VALUES[each] if each in VALUES else st.from_type(each) for name, each in types.items()}
        needed = {each.name: values[each.name] for each in fields(kind) if each.required}
        more = {each.name: values[each.name] for each in fields(kind) if not each.required}
        kinds.append(st.fixed_dictionaries(needed, optional=more).map(partial(_made, kind)))
    return st.one_of(kinds)


def _made(kind: type[AnyFact], members: dict[str, object]) -> AnyFact:
    return msgspec.convert(members | {"fact": kind.__struct_config__.tag}, kind)


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(any_facts(), POSITIONS), min_size=1, max_size=40))
def test_facts_of_every_kind_come_back_in_their_order(entries: list[tuple[AnyFact, int | None]]) -> None:
    expected = [Entry(rev, fact, position) for rev, (fact, position) in enumerate(entries, 7)]
    found = unpack_block(7, pack_block(entries))
    assert found == expected
    assert [type(entry.fact) for entry in found] == [type(entry.fact) for entry in expected]


def test_a_block_is_half_of_what_rows_take() -> None:
    states = ("ready", "talking", "acw")
    facts: list[AnyFact] = []
    for number in range(1_000):
        seat, at = f"{number * 37 % 110:03}", BEGIN + number * number % 997 * 50
        facts.append(SeatChanged(at=at, seat=seat, agent=f"a{seat}", state=states[number % 3], leg=f"l{number // 3}"))
    rows = zlib.compress(msgspec.msgpack.encode((None, facts)), 1)
    assert len(pack_block([(fact, None) for fact in facts])) < len(rows) / 2


def of_before(path: Path, count: int) -> None:
    """Turn the first sealed blocks of a log into those of the version before."""
    connection = sqlite3.connect(path)
    query = "SELECT first, last, earliest, latest, body FROM blocks ORDER BY first LIMIT ?"
    for row in map(Row._make, connection.execute(query, (count,)).fetchall()):
        found = unpack_row(row)
        body = squeeze(msgspec.msgpack.encode(([entry.position for entry in found], [entry.fact for entry in found])))
        connection.execute("UPDATE blocks SET body = ? WHERE first = ?", (body, row.first))
    connection.execute("PRAGMA user_version=2")
    connection.commit()
    connection.close()


def test_a_log_of_the_version_before_is_read_and_goes_on_in_columns(tmp_path: Path) -> None:
    path = tmp_path / "day.floor"
    with open_log(path, SITE) as log:
        log.append(some_facts(2_500))
    of_before(path, 2)
    with open_log(path, SITE) as log:
        log.append(some_facts(1_000, 2_500))
        assert [(entry.fact, entry.position) for entry in log.entries()] == some_facts(3_500)


def test_key_frames_of_the_version_before_are_no_longer_looked_at(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, at = tmp_path / "day.floor", BEGIN + 1_500 * SECOND
    with open_log(path, SITE) as log:
        log.append(some_facts(2_500))
        log.key_frame(1_000, BEGIN + 999 * SECOND, b"as it was folded then", {})
    of_before(path, 2)
    straight = Floor(SITE)
    for rev, (fact, _) in enumerate(some_facts(1_501), 1):
        straight.apply(fact, rev)
    site, read = open_recording(path)
    with read:
        assert state_at(site, read, at).freeze() == straight.freeze()
    assert not caplog.messages


def changed(value: object, place: int, to: object) -> bytes:
    """A block's bytes with another thing at a place."""
    assert isinstance(value, list)
    value[place] = to
    return squeeze(msgspec.msgpack.encode(value))


@pytest.mark.parametrize(
    ("place", "to"),
    [
        (0, bytes(2)),
        (0, b"\x00\x01\x07"),
        (1, [1, 2]),
        (2, [1, 2]),
        (3, [["tick", {}]]),
        (3, [["tick", {}], ["nobody_knows", {}]]),
        (3, [["tick", {}], ["call_arrived", {"number": ["1"]}]]),
        (3, [["tick", {}], ["call_arrived", {"call": ["a", "b", "c"]}]]),
        (3, [["tick", {}], ["call_arrived", {"call": [1, 2]}]]),
        (3, [["tick", {}], ["call_arrived", {"call": []}]]),
    ],
)
def test_a_block_that_does_not_fit_together_is_damaged(place: int, to: object) -> None:
    facts = (Tick(at=BEGIN), CallArrived(at=BEGIN, call="a"), CallArrived(at=BEGIN, call="b"))
    parts = msgspec.msgpack.decode(expand(pack_block([(fact, None) for fact in facts])))
    with pytest.raises(BlockDamagedError):
        unpack_block(1, changed(parts, place, to))


def test_a_member_that_a_newer_version_wrote_is_passed_over() -> None:
    facts = (Tick(at=BEGIN), CallArrived(at=BEGIN, call="a"))
    parts = msgspec.msgpack.decode(expand(pack_block([(fact, None) for fact in facts])))
    parts[3][1][1]["colour"] = ["red"]
    found = unpack_block(1, squeeze(msgspec.msgpack.encode(parts)))
    assert [entry.fact for entry in found] == list(facts)


def test_facts_that_were_read_share_no_lists() -> None:
    facts = [SourceChecked(at=BEGIN, drift=0, found=["x"]), SourceChecked(at=BEGIN, drift=0, found=["x"])]
    first, second = [entry.fact for entry in unpack_block(1, pack_block([(fact, None) for fact in facts]))]
    assert [first, second] == facts
    assert isinstance(first, SourceChecked)
    assert isinstance(second, SourceChecked)
    assert first.found is not second.found
