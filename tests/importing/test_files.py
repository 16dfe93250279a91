"""The files that an import reads: packed, cut off, damaged, written otherwise, with lines without end."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.facts import LegJoined, pack
from feeds.importing.lines import Lines
from feeds.log.opening import open_recording
from tests.importing.logs import (
    ANSWERED,
    BEGIN,
    log,
    made_up,
    run,
)

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


def test_the_same_log_plain_or_packed_gives_the_same_bytes_of_facts(tmp_path: Path) -> None:
    text = "\n".join(made_up(800)).encode()
    (tmp_path / "queue_log").write_bytes(text)
    (tmp_path / "queue_log.1").write_bytes(gzip.compress(text))
    bodies = []
    for name in ("queue_log", "queue_log.1", "queue_log"):
        target = tmp_path / "day.floor"
        assert run(tmp_path / name, target, "--key-frames", "never") == 0
        with open_recording(target)[1] as read:
            bodies.append([pack(entry.fact) for entry in read.entries()])
    assert bodies[0] == bodies[1] == bodies[2]
    assert len(bodies[0]) > 4_000


def test_a_truncated_archive_is_used_up_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = gzip.compress("\n".join(made_up(5_000)).encode())
    source = tmp_path / "queue_log.gz"
    source.write_bytes(packed[: len(packed) // 2])
    assert run(source, tmp_path / "day.floor", "--key-frames", "never") == 0
    said = capsys.readouterr().out
    assert "the file ends in the middle" in said
    with open_recording(tmp_path / "day.floor")[1] as read:
        assert 1_000 < sum(isinstance(entry.fact, LegJoined) for entry in read.entries()) < 5_000


def read_back(path: Path, content: bytes) -> tuple[list[str], Lines]:
    """The lines of a file of these bytes, and what was read with."""
    path.write_bytes(content)
    lines = Lines(path)
    try:
        return [text for _, text in lines], lines
    finally:
        lines.close()


@pytest.mark.parametrize("calls", [2, 300, 5_000])
def test_every_line_before_the_damage_of_an_archive_is_read(tmp_path: Path, calls: int) -> None:
    rows = made_up(calls)
    packed = gzip.compress("".join(f"{row}\n" for row in rows).encode())
    for keep in (len(packed) // 2, len(packed) - 9, len(packed) - 4):
        text = zlib.decompressobj(31).decompress(packed[:keep])
        found, lines = read_back(tmp_path / "cut.gz", packed[:keep])
        assert found == rows[: text.count(b"\n")], keep
        assert lines.cut_short
    broken = bytearray(packed)
    broken[-6] ^= 1
    found, lines = read_back(tmp_path / "sum.gz", bytes(broken))
    assert (found, "data check" in (lines.cut_short or "")) == (rows, True)


def test_a_byte_that_is_wrong_in_the_middle_costs_what_follows_it_and_nothing_before(tmp_path: Path) -> None:
    rows = made_up(3_000)
    packed = bytearray(gzip.compress("".join(f"{row}\n" for row in rows).encode()))
    place = len(packed) // 2
    packed[place : place + 200] = b"\xff" * 200
    whole = zlib.decompressobj(31).decompress(bytes(packed[:place]))
    found, lines = read_back(tmp_path / "wrong.gz", bytes(packed))
    assert lines.cut_short
    assert found[: whole.count(b"\n")] == rows[: whole.count(b"\n")]


def test_archives_one_after_the_other_are_one_log_and_what_follows_them_is_ignored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = made_up(40)
    halves = (gzip.compress(("\n".join(part) + "\n").encode()) for part in (rows[:50], rows[50:]))
    packed = (b"\0" * 512).join(halves)
    found, lines = read_back(tmp_path / "two.gz", packed + b"\0" * 100_000)
    assert (found, lines.cut_short, lines.ignored) == (rows, None, False)
    found, lines = read_back(tmp_path / "more.gz", packed + b"not packed\n" * 9)
    assert (found, lines.cut_short, lines.ignored) == (rows, None, True)
    assert run(tmp_path / "more.gz", tmp_path / "day.floor") == 0
    said = capsys.readouterr().out
    assert "40 calls" in said
    assert "what follows the packed lines is not packed by gzip; it was ignored" in said


def test_an_archive_unpacks_in_flat_memory_however_well_it_is_packed(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * (1 << 27), compresslevel=1))
    lines = Lines(path)
    tracemalloc.start()
    try:
        assert [len(text) for _, text in lines] == [16_384]
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
        lines.close()


@pytest.mark.parametrize(
    ("content", "says"),
    [(gzip.compress(b"x" * 90)[:12], "no line of it can be read"), (b"", "it is empty"), (b"\x1f\x8bxx", "damaged")],
    ids=("torn", "empty", "damaged"),
)
def test_a_file_of_which_no_line_can_be_read_is_a_failure_and_writes_nothing(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "queue_log.gz").write_bytes(content)
    assert run(tmp_path / "queue_log.gz", tmp_path / "day.floor") == 1
    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["queue_log.gz"]


@pytest.mark.parametrize("nuls", [1, 3_000, 400_000])
@pytest.mark.parametrize("torn", ["", f"{BEGIN + 9}|d|claim|NONE|ENTERQ"])
def test_the_start_behind_what_never_reached_the_disk_of_a_machine_that_went_down_ends_the_calls_before(
    torn: str, nuls: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    before = f"{BEGIN}|a|claim|NONE|ENTERQUEUE||1|1\n{BEGIN + 8}|b|claim|NONE|ENTERQUEUE||1|1\n"
    start = f"{BEGIN + 600}|NONE|NONE|NONE|QUEUESTART|\n"
    source.write_text(before + torn + "\0" * nuls + start, encoding="utf-8")
    assert run(source, target) == 0
    said = capsys.readouterr().out
    assert "2 calls have no last line; the times they touch are marked incomplete" in said
    assert "skipped" not in said and "still open" not in said


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (bz2.compress, "is packed by bzip2: unpack it first"),
        (lzma.compress, "is packed by xz: unpack it first"),
        (lambda plain: plain.decode().encode("utf-16"), "is text in UTF-16: save it as UTF-8"),
    ],
)
def test_a_log_that_is_packed_or_written_otherwise_is_told_with_what_to_do(
    packed: Callable[[bytes], bytes], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    source.write_bytes(packed("\n".join(made_up(50)).encode()))
    assert run(source, tmp_path / "day.floor") == 1
    assert capsys.readouterr().err.startswith(f"{source}: {says}")
    assert list(tmp_path.iterdir()) == [source]


def test_a_byte_order_mark_does_not_cost_the_first_line(tmp_path: Path) -> None:
    rows = log(*ANSWERED).splitlines()
    text = "\r\n".join(rows).encode("utf-8-sig")
    for name, content in (("plain", text), ("packed", gzip.compress(text))):
        assert read_back(tmp_path / name, content)[0] == rows


def test_a_file_without_a_single_good_line_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("one\ntwo\n", encoding="utf-8")
    assert run(source, tmp_path / "day.floor") == 1
    assert "no line of it is a queue_log line" in capsys.readouterr().err
    assert not (tmp_path / "day.floor").exists()


def test_a_line_of_gigabytes_is_cut_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "long"
    with path.open("wb") as out:
        for _ in range(64):
            out.write(b"x" * (1 << 20))
        out.write(b"\nlast|line\n")
    lines = Lines(path)
    tracemalloc.start()
    try:
        found = [(number, len(text)) for number, text in lines]
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
        assert lines.share == 1.0
    finally:
        tracemalloc.stop()
        lines.close()
    assert found == [(1, 16_384), (2, 9)]
