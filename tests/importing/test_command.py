"""`main.py import queue_log`: garbage, gzip, truncated files, memory, what it says, that it repeats itself exactly."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import itertools
import lzma
import os
import random
import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.facts import LegJoined, pack
from feeds.importing.command import main
from feeds.importing.importer import Importer, facts_of
from feeds.importing.lines import Lines
from feeds.importing.progress import Progress
from feeds.importing.queue_log import WORDS
from feeds.log.embedded import EmbeddedLog
from feeds.log.opening import NewRecording, open_log, open_recording
from tests.examples import examples
from tests.importing.test_translation import ANSWERED, BEGIN, SITE, at, log

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


def made_up(calls: int, seed: int = 1) -> list[str]:
    """Lines of some calls in time order."""
    dice = random.Random(seed)
    rows = []
    for number in range(calls):
        joined, wait, talk = number * 20, dice.randrange(60), dice.randrange(300)
        queue, agent = dice.choice(("claim", "rescue")), dice.choice(("1001", "A2", "A3", "NONE"))
        rows.append((joined, f"c{number}|{queue}|NONE|ENTERQUEUE||1|1"))
        if dice.random() < 0.2:
            rows.append((joined + wait, f"c{number}|{queue}|NONE|ABANDON|1|1|{wait}"))
        else:
            rows.append((joined + wait, f"c{number}|{queue}|{agent}|CONNECT|{wait}|x|{min(wait, 3)}"))
            rows.append((joined + wait + talk, f"c{number}|{queue}|{agent}|COMPLETEAGENT|{wait}|{talk}|1"))
    return [f"{BEGIN + second}|{rest}" for second, rest in sorted(rows, key=lambda row: row[0])]


def run(source: Path, target: Path, *more: str) -> int:
    """The command, with the shipped demo site."""
    return main(["queue_log", str(source), "--site", "demo", "-o", str(target), *more])


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_a_folder_is_no_name_for_a_recording(
    more: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    assert run(source, tmp_path, *more) == 1
    assert capsys.readouterr().err == f"{tmp_path}: is a folder; name the recording in it\n"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here fails at its first byte")
def test_a_log_that_a_broken_disk_does_not_give_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(Path("/proc/self/mem"), tmp_path / "day.floor") == 1
    said = capsys.readouterr().err
    assert said.startswith("/proc/self/mem: cannot be read (") and said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_log_behind_a_later_one_is_told_with_what_to_do_and_begins_the_recording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    begin = BEGIN - 2 * 86_400
    earlier = [f"{begin}|early|claim|NONE|ENTERQUEUE||1|1", f"{begin + 5}|early|claim|NONE|ABANDON|1|1|5"]
    source.write_text("\n".join([*made_up(4_000), *earlier]), encoding="utf-8")
    assert run(source, tmp_path / "day.floor", "--key-frames", "never") == 0
    said = capsys.readouterr().out
    assert "\nfrom 2024-05-16 10:40:00+08:00 to 2024-05-19 " in said
    assert "\n2 lines were out of order by more than three minutes;" in said
    assert "of logs put together the earlier one goes first\n" in said


def test_a_recording_for_standard_output_is_no_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(source, Path("-")) == 1
    assert capsys.readouterr().err.startswith("-: a recording cannot go to standard output; name a file")
    assert list(tmp_path.iterdir()) == [source]


class OnAFullDisk(NewRecording):
    """A recording for which the disk has some pages more."""

    def __enter__(self) -> EmbeddedLog:
        pages = self.log._connection.execute("PRAGMA page_count").fetchone()[0]
        self.log._connection.execute(f"PRAGMA max_page_count={pages + 4}")
        return super().__enter__()


def test_a_full_disk_is_told_of_the_recording_that_was_wanted_and_keeps_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    assert run(source, target) == 0
    before = target.read_bytes()
    source.write_text("\n".join(made_up(4_000)), encoding="utf-8")
    capsys.readouterr()
    monkeypatch.setattr("feeds.importing.command.NewRecording", OnAFullDisk)
    assert run(source, target) == 1
    full = "cannot write facts to it: the disk is full: free some space and start again; nothing was written\n"
    assert capsys.readouterr() == ("", f"{target}: {full}")
    assert target.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [target, source]


@pytest.mark.parametrize("packed", [False, True])
def test_a_log_is_read_once_more_where_a_call_seems_lost(
    packed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longest = (
        f"{BEGIN}|long|claim|NONE|ENTERQUEUE||1|1",
        f"{BEGIN + 50_000}|long|claim|1001|CONNECT|50000|x|0",
        f"{BEGIN + 50_060}|long|claim|1001|COMPLETECALLER|50000|60|1",
    )
    text = "\n".join(sorted([*made_up(4_000), *longest])) + "\n"
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert run(source, target, "--key-frames", "never") == 0
    said = capsys.readouterr().out
    assert "4,001 calls" in said
    assert "no last line" not in said and "skipped" not in said


def test_a_log_becomes_a_recording_with_the_site_inside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_text("\n".join(made_up(50)) + "\n", encoding="utf-8")
    assert run(source, target) == 0
    said = capsys.readouterr().out
    assert "50 calls" in said
    site, read = open_recording(target)
    with read:
        assert site.id
        assert sum(isinstance(entry.fact, LegJoined) for entry in read.entries()) == 50


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


def test_garbage_is_counted_by_kind_with_line_numbers_and_never_fatal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = log(*ANSWERED).splitlines()
    source = tmp_path / "queue_log"
    rows = [b"\x00\xff\xfe rubbish", good[0].encode(), b"x|c1|claim|NONE|ABANDON|1|1|1", b"", good[1].encode(),
            b"9" * 200_000, b"||||", good[2].encode() + b"\r", b"\x80|" * 20]  # fmt: skip
    source.write_bytes(b"\n".join(rows))
    assert run(source, tmp_path / "day.floor") == 0
    said = capsys.readouterr().out
    assert "1 calls" in said
    assert "2 × not a queue_log line (line 1, 6)" in said
    assert "3 × no time (line 3, 7, 9)" in said


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


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"foo\n\nbar\n", "no line of it is a queue_log line;"),
        (b"\n\n\n", "all its lines are empty"),
        (random.Random(3).randbytes(100_000), "no line of it"),
        (
            b"x|c1|claim|NONE|ABANDON|1|1|1\n\nfoo\n",
            "no line of it can be used: 1 × no time (line 1); 1 × not a queue_log line (line 3);",
        ),
        (b"500000000|c1|claim|NONE|ENTERQUEUE||1\n", "no line of it can be used: 1 × time before 1986 (line 1)"),
        (f"{BEGIN}|NONE|NONE|NONE|QUEUESTART|\n\n".encode(), "none of its lines tells of a call or an agent"),
    ],
    ids=("foreign", "empty", "noise", "timeless", "old", "idle"),
)
def test_what_gives_no_fact_is_refused_for_its_true_reason_and_keeps_the_recording_that_is_there(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    assert run(source, target) == 0
    before = target.read_bytes()
    source.write_bytes(content)
    assert run(source, target) == 1
    said = capsys.readouterr().err
    assert f"{source}: {says}" in said
    assert said.endswith("; nothing was written\n")
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["day.floor", "queue_log"]


def test_a_log_of_the_years_with_another_clock_becomes_a_recording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    summer = 585_111_600  # noon of 17 July 1988 in Shanghai, which was nine hours ahead of UTC then
    source.write_text(f"{summer}|c1|claim|NONE|ENTERQUEUE||1\n{summer + 9}|c1|claim|NONE|ABANDON|1|1|9\n", "utf-8")
    assert run(source, tmp_path / "day.floor") == 0
    assert "from 1988-07-17 12:00:00+09:00 to 1988-07-17 12:00:09+09:00" in capsys.readouterr().out


def test_a_missing_file_and_a_missing_site_are_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "no", tmp_path / "day.floor") == 1
    assert "no: cannot be read" in capsys.readouterr().err
    assert main(["queue_log", str(tmp_path / "no"), "--site", "nowhere", "-o", str(tmp_path / "x")]) == 1
    assert "there is no such site folder" in capsys.readouterr().err


def test_an_import_may_be_repeated_but_a_gateways_log_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    assert run(source, target) == 0
    assert run(source, target) == 0
    live = tmp_path / "live.floor"
    open_log(live, SITE).close()
    assert run(source, live) == 1
    assert "not made by an import" in capsys.readouterr().err
    assert run(source, live, "--force") == 0


def test_an_import_never_overwrites_the_log_that_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "odd.log"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    before = source.read_bytes()
    (tmp_path / "soft").symlink_to(source)
    (tmp_path / "hard").hardlink_to(source)
    (tmp_path / "day.floor.part").hardlink_to(source)
    for name in ("odd.log", "soft", "hard", "day.floor"):
        for more in ((), ("--force",)):
            assert run(source, tmp_path / name, *more) == 1
            assert "is the log itself" in capsys.readouterr().err
    assert run(tmp_path / "soft", source, "--force") == 1
    assert source.read_bytes() == before
    assert (tmp_path / "soft").is_symlink()
    assert (tmp_path / "day.floor.part").read_bytes() == before


def test_force_replaces_recordings_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "queue_log"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    other = tmp_path / "letter.txt"
    other.write_text("Dear all,", encoding="utf-8")
    foreign = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (a)")
    for path in (other, foreign):
        assert run(source, path, "--force") == 1
        assert "is no recording, which --force does not replace either" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "Dear all,"
    damaged = tmp_path / "damaged.floor"
    open_log(damaged, SITE).close()
    damaged.write_bytes(damaged.read_bytes()[:1500])
    assert run(source, damaged, "--force") == 0


@pytest.mark.slow
def test_facts_come_out_in_order_of_time_and_in_flat_memory(tmp_path: Path) -> None:
    one = made_up(1_000)
    shift = 1_000 * 20

    def rows(times: int) -> itertools.chain[tuple[int, str]]:
        return itertools.chain.from_iterable(
            (
                (number, f"{int(row[:10]) + turn * shift}|t{turn}{row[11:]}")
                for number, row in enumerate(one, 1 + turn * len(one))
            )
            for turn in range(times)
        )

    def peak(times: int) -> int:
        last, count = 0, 0

        def put(facts: list[object]) -> None:
            nonlocal last, count
            for fact in facts:
                assert fact.at >= last  # type: ignore[attr-defined]
                last = fact.at  # type: ignore[attr-defined]
            count += len(facts)

        tracemalloc.start()
        try:
            report = Importer(SITE, put).run(rows(times))  # type: ignore[arg-type]
            assert report.facts == count > 5_000 * times
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(12) < peak(3) * 1.2


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


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.tuples(
                st.one_of(st.integers(BEGIN, BEGIN + 5_000).map(str), st.text(max_size=12)),
                st.sampled_from(("c1", "c2", "", "NONE")),
                st.sampled_from(("claim", "rescue", "NONE", "")),
                st.sampled_from(("1001", "A2", "NONE", "", "SIP/7")),
                st.sampled_from((*sorted(WORDS), "FOO")),
                st.lists(st.one_of(st.integers(-5, 10**12).map(str), st.text(max_size=5)), max_size=5).map("|".join),
            ).map("|".join),
        ),
        max_size=40,
    )
)
def test_whatever_the_lines_say_every_leg_that_begins_ends_at_most_once(rows: list[str]) -> None:
    found, report = facts_of(SITE, enumerate(rows, 1))
    joined: dict[str, int] = {}
    concluded: set[str] = set()
    for fact in found:
        kind = type(fact).__name__
        if kind == "LegJoined":
            assert fact.leg not in joined  # type: ignore[union-attr]
            joined[fact.leg] = fact.at  # type: ignore[union-attr]
        elif kind in ("LegAnswered", "LegAbandoned", "LegFlowedOut"):
            assert fact.leg in joined and fact.leg not in concluded  # type: ignore[union-attr]
            assert fact.at >= joined[fact.leg]  # type: ignore[union-attr]
            concluded.add(fact.leg)  # type: ignore[union-attr]
    assert report.used + report.skipped + report.empty == report.lines == len(rows)
    assert [pack(fact) for fact in facts_of(SITE, enumerate(rows, 1))[0]] == [pack(fact) for fact in found]


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("feeds.importing.progress.time.monotonic", lambda: now[0])

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for out, bar in ((Terminal(), True), (io.StringIO(), False)):
        with Progress(out, "queue_log", lambda: 0.5, lambda: "12 lines") as progress:
            progress()
            assert out.getvalue() == ""
            now[0] += 2
            progress()
            progress()
        said = out.getvalue()
        assert said.count("queue_log  50% 12 lines, 2 s left") == 1
        assert ("\r" in said) == bar


def test_a_recording_of_an_import_says_what_made_it(tmp_path: Path) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_text(log(*ANSWERED), encoding="utf-8")
    assert run(source, target) == 0
    with open_recording(target)[1] as read:
        assert read.meta("created_by") == "import queue_log"
        assert read.span() == (at(0), at(72))
    with NewRecording(tmp_path / "empty.floor", SITE):
        pass
    with open_recording(tmp_path / "empty.floor")[1] as read:
        assert read.span() is None


@pytest.mark.slow
def test_a_month_is_made_ready_for_jumps_when_it_is_asked_for_and_says_so_when_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    days = [
        f"{int(row[:10]) + day * 86_400}|d{day}{row[11:]}" for day in range(0, 12, 2) for row in made_up(40)
    ]  # fmt: skip
    source.write_text("\n".join(days) + "\n", encoding="utf-8")
    frames = {}
    for name, more in (("plain", ()), ("ready", ("--key-frames", "always"))):
        target = tmp_path / f"{name}.floor"
        assert run(source, target, *more) == 0
        hinted = "--key-frames always" in capsys.readouterr().out
        assert hinted == (name == "plain")
        with open_recording(target)[1] as log:
            frames[name] = log.newest_key_frame()
    assert frames["plain"] is None
    assert frames["ready"] is not None


def test_a_progress_that_nobody_reads_any_more_ends_no_work() -> None:
    class Gone(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            raise BrokenPipeError

    with Progress(Gone(), "log", lambda: 0.5) as progress:
        progress._next = 0
        progress()
        progress()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes, and links take rights of their own")
def test_a_pipe_is_no_log_because_a_log_is_looked_at_ahead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(tmp_path / "pipe", tmp_path / "day.floor") == 1
    told = "cannot be read (it is a pipe, not an ordinary file): name a file that you may read"
    assert capsys.readouterr().err == f"{tmp_path / 'pipe'}: {told}\n"
    assert not (tmp_path / "day.floor").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes, and links take rights of their own")
def test_a_link_to_a_recording_stays_one(tmp_path: Path) -> None:
    source = tmp_path / "queue_log"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    (tmp_path / "today.floor").symlink_to("day.floor")
    for _ in range(2):
        assert run(source, tmp_path / "today.floor") == 0
        assert (tmp_path / "today.floor").is_symlink()
    open_recording(tmp_path / "day.floor")[1].close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["day.floor", "queue_log", "today.floor"]


def test_the_log_of_a_running_gateway_is_not_replaced_by_force_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "queue_log", tmp_path / "day.floor"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    with open_log(target, SITE):
        assert run(source, target, "--force") == 1
    told = "is the log of a gateway that runs; stop that one first, or choose another name"
    assert capsys.readouterr().err == f"{target}: {told}\n"
    assert run(source, target, "--force") == 0
