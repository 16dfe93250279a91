"""`main.py import queue_log`: what it says, what it refuses, its memory, and that it repeats itself exactly."""

from __future__ import annotations

import gzip
import io
import itertools
import os
import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.facts import LegJoined, pack
from feeds.importing.command import main
from feeds.importing.importer import Importer
from feeds.importing.progress import Progress
from feeds.importing.queue_log import WORDS
from feeds.log.opening import NewRecording, open_recording
from tests.examples import examples
from tests.importing.logs import (
    ANSWERED,
    BEGIN,
    SITE,
    at,
    facts_of,
    log,
    made_up,
    run,
)

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


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
