"""Copies packed together: each comes back as it was, whatever it is, and damage is told."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.log.chunks import CHUNK_BYTES, LEAST, Chunk, pack_copies
from feeds.log.rows import expand, squeeze
from feeds.log.sums import BlockDamagedError
from tests.examples import examples

encode = msgspec.msgpack.encode
Table = list[list[int]]


def unpacked(copies: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The copies, packed and unpacked, each chunk asked for its own."""
    found = {}
    for names, body in pack_copies(copies):
        chunk = Chunk(body)
        for name in names:
            copy = chunk.get(name)
            found[name] = copy if isinstance(copy, bytes) else encode(copy)
    return found


def minutes(count: int, things: int = 300) -> list[Table]:
    """Totals of some things in minutes that follow one another, the first row shorter than the others."""
    return [
        [[minute], *([thing * 1_000 + minute * (thing % 7), 0, -minute] for thing in range(things))]
        for minute in range(count)
    ]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def small_ones_too() -> Iterator[None]:
    """Tables of few numbers are packed like large ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("feeds.log.chunks.SMALL", 0)
        yield


def test_tables_of_neighbours_take_little_and_come_back() -> None:
    tables = {b"%d" % number: encode(table) for number, table in enumerate(minutes(23))}
    chunks = list(pack_copies(tables.items()))
    assert unpacked(list(tables.items())) == tables
    assert sum(len(body) for _, body in chunks) < sum(len(zlib.compress(body, 6)) for body in tables.values()) / 2
    assert all(len(names) >= LEAST for names, _ in chunks)


def test_whatever_else_a_frame_shares_is_packed_as_it_is() -> None:
    copies = {
        b"text": encode(["a", "b"]), b"empty": encode([]), b"none": b"", b"odd": b"\x92\x90", b"wide": b"\xcd\x00\x01",
        b"numbers": encode([1, 2, 3]), b"negative": encode([[-5, 1 << 60], [0, 0]]), b"bare": encode([[], []]),
        b"long": bytes(CHUNK_BYTES + 1), b"array": b"\xdc\x00\x01\x91\x01",
    }  # fmt: skip
    assert unpacked(list(copies.items())) == copies


@given(st.lists(st.lists(st.lists(st.integers(-(1 << 62), 1 << 62), max_size=3), max_size=5), max_size=20))
@settings(max_examples=examples(200))
def test_tables_of_any_shape_come_back(tables: list[Table]) -> None:
    copies = {b"%d" % number: encode(table) for number, table in enumerate(tables)}
    assert unpacked(list(copies.items())) == copies


def test_chunks_from_before_there_were_tables_are_read() -> None:
    copies = {b"name": encode([[1, 2], [3, 4]]), b"other": b"anything"}
    chunk = Chunk(squeeze(encode(copies)))
    assert {name: chunk.get(name) for name in copies} == copies
    assert list(chunk.names) == list(copies)
    with pytest.raises(KeyError):
        chunk.get(b"nobody's")


def _shorter(parts: list[list[dict[int, list[int]]]]) -> None:
    parts[3][0][0].pop()


def _elsewhere(parts: list[object]) -> None:
    parts[2] = 99


@pytest.mark.parametrize("harm", [_shorter, _elsewhere])
def test_tables_that_do_not_fit_together_are_damage(harm: object) -> None:
    ((names, body),) = pack_copies((b"%d" % number, encode(table)) for number, table in enumerate(minutes(3, 20)))
    parts = msgspec.msgpack.decode(expand(body), strict=False)
    harm(parts)  # type: ignore[operator]
    chunk = Chunk(squeeze(encode(parts)))
    with pytest.raises(BlockDamagedError):
        chunk.get(names[0])


@pytest.mark.parametrize("body", [b"", b"\x00", squeeze(b""), squeeze(b"\xc0"), squeeze(encode([[b"name"], 5]))])
def test_bytes_that_are_no_chunk_are_damage(body: bytes) -> None:
    with pytest.raises(BlockDamagedError):
        Chunk(body)
