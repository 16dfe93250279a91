"""`main.py figures`: what it refuses, what it says beside the table, pipes that end early."""

from __future__ import annotations

import contextlib
import csv
import errno
import itertools
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TextIO

import pytest

from feeds.facts import GapSeen, LegAbandoned, LegBlocked, LegJoined
from feeds.importing.importer import Importer
from feeds.log.opening import NewRecording, open_recording
from feeds.reporting import command
from feeds.reporting.command import main
from tests.importing.logs import facts_of
from tests.reporting.test_made_up_months import SITE, recorded
from tests.reporting.test_tables import BEGIN, call, lines_of

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says when it takes its arguments for wrong."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("NV", "has a queue 'NV'; did you mean 'NW'?"),
        ("nw", "has a queue 'nw'; did you mean 'NW'?"),
        ("rescue", "has a queue 'rescue'; they have IN, NW, PS"),
        ("", "has a queue ''; they have IN, NW, PS"),
    ],
)
def test_a_queue_that_nobody_knows_is_refused_with_the_one_that_was_meant(
    asked: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_queues(tmp_path)
    for by in ("hour", "day", "queue-day", "agent-day", "snapshot"):
        assert says in refused(capsys, str(path), "--by", by, "--queue", asked)


def with_queues(folder: Path) -> Path:
    """A recording that knows a queue of the site, one of a call and one of a member."""
    found = f"{BEGIN}|NONE|IN|A01|ADDMEMBER|"
    return recorded(folder / "q.floor", [found, *lines_of(call("a", 100, 5, 60, queue="NW"))])


def test_queues_of_the_site_of_calls_and_of_members_are_known(tmp_path: Path) -> None:
    path = with_queues(tmp_path)
    for known in ("PS", "NW", "IN"):
        assert main([str(path), "--by", "day", "--queue", known]) == 0


def test_of_two_queues_none_is_passed_over_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(with_queues(tmp_path)), "--by", "day", "--queue", "PS", "--queue", "NW"])
    assert "a table is of one queue or of all" in capsys.readouterr().err


def test_a_directory_is_called_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--by", "day"]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: this is a directory: name the recording in it\n"


@pytest.mark.parametrize("more", [("--csv", "-"), (), ("--explain",)])
def test_a_reader_that_has_seen_enough_is_no_failure(
    more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded(tmp_path / "p.floor", lines_of(call("a", 100, 5, 60)))
    read, write = os.pipe()
    os.close(read)
    with pytest.raises(BrokenPipeError), open(write, "w", encoding="utf-8") as out:  # noqa: PTH123 - a pipe has no path
        monkeypatch.setattr(sys, "stdout", out)
        main([str(path), "--by", "hour", *more])
    assert capsys.readouterr().err == ""


def test_names_reach_whoever_reads_the_table_in_utf_8_whatever_else_is_spoken_there(tmp_path: Path) -> None:
    path = recorded(tmp_path / "q.floor", lines_of(call("a", 100, 5, 60, queue="理赔")))
    told = subprocess.run(
        [sys.executable, "main.py", "figures", str(path), "--by", "queue-day", "--csv", "-"],
        cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONIOENCODING": "latin-1"}, capture_output=True,
        check=True,
    )  # fmt: skip
    assert "\n理赔,".encode() in told.stdout


def test_figures_show_no_progress_where_there_is_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded(tmp_path / "n.floor", lines_of(*(call(f"c{at}", at, 5, 60) for at in range(1_000))))
    clock = itertools.count(0, 100)
    monkeypatch.setattr("feeds.importing.progress.time.monotonic", lambda: next(clock))
    assert main([str(path), "--by", "day"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main([str(path), "--by", "day"]) == 0
    assert "n.floor" in capsys.readouterr().err


def test_explain_names_the_reading_of_each_rate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path / "x.floor", lines_of(call("a", 100, 5, 60), call("b", 200, 5)))
    assert main([str(path), "--by", "day", "--zone", "UTC", "--explain"]) == 0
    said = capsys.readouterr().out
    assert "answer_rate: cohort; [A1/1] answered legs ÷ concluded legs" in said
    assert "abandon_rate: cohort; [B1/1] abandoned ÷ concluded requests" in said
    assert "aht: cohort; [H5/1]" in said
    assert "here of the calls that joined in the period, ÷ answered" in said
    assert "offered in" not in said


def test_explain_says_where_the_offered_are_that_were_neither_answered_nor_abandoned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flown = [*call("a", 100, 5)[:1], f"{BEGIN + 130}|a|PS|NONE|EXITWITHTIMEOUT|1|1|30"]
    path = tmp_path / "r.floor"
    with NewRecording(path, SITE) as log:
        lines = lines_of(flown, call("b", 90_000, 5)[:1], call("c", 90_010, 5))
        Importer(SITE, lambda facts: log.append([(fact, None) for fact in facts]) and None).run(enumerate(lines, 1))
        log.append([(LegBlocked(at=(BEGIN + 90_100) * 1000, leg="d", call="d", queue="PS", reason="full"), None)])
    assert main([str(path), "--by", "day", "--zone", "UTC", "--explain"]) == 0
    said = capsys.readouterr().out
    assert "offered in 1999-02-01 00:00:00: answered + abandoned + 1 flowed out\n" in said
    assert "offered in 1999-02-02 00:00:00: answered + abandoned + 1 blocked + 1 pending\n" in said
    assert "offered in all of these: answered + abandoned + 1 flowed out + 1 blocked + 1 pending\n" in said
    assert main([str(path), "--by", "queue-day", "--zone", "UTC", "--explain"]) == 0
    assert "offered in PS 1999-02-01: answered + abandoned + 1 flowed out\n" in capsys.readouterr().out


def flawed(path: Path) -> Path:
    """Two days: on the first a gap at three and an answer that came late, on the second nothing of the kind."""
    with NewRecording(path, SITE) as log:
        lines = lines_of(call("a", 10_900, 5, 60), call("b", 20_000, 5, 60), call("c", 90_000, 5, 60, queue="NW"))
        found, _ = facts_of(SITE, enumerate(lines, 1))
        gap = GapSeen(at=(BEGIN + 11_400) * 1000, begin=(BEGIN + 11_000) * 1000, end=(BEGIN + 11_400) * 1000)
        late = LegJoined(at=(BEGIN + 20_100) * 1000, leg="d", call="d", queue="PS")
        gone = LegAbandoned(at=(BEGIN + 20_105) * 1000, leg="d")
        log.append([(fact, None) for fact in (*found, late, gone, gap)])
    return path


def test_rows_say_whether_they_are_incomplete_or_restated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = flawed(tmp_path / "f.floor")
    marks = tmp_path / "marks.csv"
    expected = {
        "day": [
            "start,basis,incomplete,restated_at",
            "1999-02-01 00:00:00,cohort+event+split,1,1999-02-02 01:01:05",
            "1999-02-02 00:00:00,cohort+event+split,0,",
        ],
        "queue-day": [
            "queue,day,basis,incomplete,restated_at",
            "NW,1999-02-02,cohort,0,",
            "PS,1999-02-01,cohort,1,1999-02-02 01:01:05",
        ],
        "agent-day": [
            "agent,day,basis,incomplete,restated_at",
            "A01,1999-02-01,cohort,1,1999-02-02 01:01:05",
            "A01,1999-02-02,cohort,0,",
        ],
    }
    for by, rows in expected.items():
        assert main([str(path), "--by", by, "--zone", "UTC", "--marks", str(marks)]) == 0
        assert marks.read_text(encoding="utf-8").splitlines() == rows
        said = capsys.readouterr().out.splitlines()
        affected = "PS 1999-02-01" if by == "queue-day" else rows[1][: rows[1].index(",cohort")]
        assert f"incomplete, because the source was silent or lost calls: {affected.replace(',', ' ')}" in said
        assert f"restated, by what came late: {affected.replace(',', ' ')}" in said


def test_hours_and_snapshots_are_marked_each_by_its_own_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = flawed(tmp_path / "f.floor")
    marks = tmp_path / "marks.csv"
    assert main([str(path), "--by", "hour", "--zone", "UTC", "--marks", str(marks), "--csv", "-"]) == 0
    out = capsys.readouterr().out
    assert "incomplete" not in out
    rows = [row.split(",") for row in marks.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) == out.count("\n") - 1 == 48
    assert [row[0] for row in rows if row[2] == "1"] == ["1999-02-01 03:00:00"]
    assert [row[0] for row in rows if row[3]] == ["1999-02-01 05:00:00"]
    assert main([str(path), "--by", "snapshot", "--step", "1h", "--zone", "UTC", "--marks", str(marks)]) == 0
    rows = [row.split(",") for row in marks.read_text(encoding="utf-8").splitlines()[1:]]
    assert {row[1] for row in rows} == {"now+event"}
    assert {row[0][8:13] for row in rows if row[2] == "1"} == {f"01 {hour:02}" for hour in range(4, 24)}
    assert {row[0][8:13] for row in rows if row[3]} == {f"01 {hour:02}" for hour in range(6, 24)}
    assert "01 08:00:00 and 15 more\n" in capsys.readouterr().out


def damaged(path: Path) -> int:
    """A day with a call each minute, of which the block with noon is lost; the time of the last fact before that.

    One call lasts since half past one.
    """
    lines = lines_of(call("long", 5_400, 5, 60_000), *(call(f"c{at}", 60 * at, 5, 40) for at in range(1_400)))
    recorded(path, lines)
    noon = (BEGIN + 43_200) * 1000
    query = "SELECT body FROM blocks WHERE latest >= ? ORDER BY first LIMIT 1"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (body,) = connection.execute(query, (noon,)).fetchone()
    path.write_bytes(path.read_bytes().replace(body[-40:], b"\xa5" * 40))
    with open_recording(path)[1] as log:
        return max(entry.fact.at for entry in log.entries())


@pytest.mark.logs("damaged behind revision")
def test_what_lies_behind_the_damage_of_a_recording_is_incomplete_and_the_time_of_the_damage_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, marks = tmp_path / "d.floor", tmp_path / "marks.csv"
    end = datetime.fromtimestamp(damaged(path) / 1000, UTC)
    hour = end.hour
    assert 6 < hour <= 12
    asked = [str(path), "--zone", "UTC", "--marks", str(marks), "--to", "1999-02-02", "--from", "1999-02-01", "--by"]
    assert main([*asked, "hour"]) == 0
    rows = [row.split(",") for row in marks.read_text(encoding="utf-8").splitlines()[1:]]
    assert [row[2] for row in rows] == ["0", "1", *["0"] * (hour - 2), *["1"] * (48 - hour)]
    said = capsys.readouterr()
    assert "incomplete, because the recording is damaged: " in said.out
    assert "because the source was silent" not in said.out
    assert f"the figures end where the recording does, at {end:%Y-%m-%d %H:%M:%S} (UTC): {path}: damaged" in said.err
    assert main([*asked, "day"]) == 0
    assert [row.split(",")[-2] for row in marks.read_text(encoding="utf-8").splitlines()[1:]] == ["1", "1"]
    for by in ("queue-day", "agent-day"):
        assert main([*asked, by]) == 0
        rows = [row.split(",") for row in marks.read_text(encoding="utf-8").splitlines()[1:]]
        assert {row[-2] for row in rows} == {"1"}
    assert main([*asked, "snapshot", "--step", "1h"]) == 0
    rows = [row.split(",") for row in marks.read_text(encoding="utf-8").splitlines()[1:]]
    assert max(int(row[0][11:13]) for row in rows) == hour, "nobody knows how the floor looked behind the damage"


def test_hours_behind_the_last_fact_of_a_log_that_ends_while_calls_are_open_claim_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such is the log of a floor that is in the middle of its day."""
    path, marks = tmp_path / "o.floor", tmp_path / "marks.csv"
    noon = 43_200
    recorded(path, lines_of(call("a", 100, 5, 60), call("b", noon, 5, 60)[:2], call("c", noon + 1_810, 5)[:1]))
    assert main([str(path), "--by", "hour", "--zone", "UTC", "--marks", str(marks), "--csv", "-"]) == 0
    table = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [row["avg_in_service"] for row in table[11:14]] == ["0.0", str(round(1_805 / 3600, 6)), "0.0"]
    assert [row["max_queue"] for row in table[11:14]] == ["0", "1", "0"]
    flags = [row["incomplete"] for row in csv.DictReader(marks.read_text(encoding="utf-8").splitlines())]
    assert flags == [*["0"] * 12, *["1"] * 12]
    assert main([str(path), "--by", "day", "--zone", "UTC"]) == 0
    said = "incomplete, because the recording ends while calls are open: 1999-02-01 00:00:00"
    assert said in capsys.readouterr().out
    assert main([str(path), "--by", "snapshot", "--zone", "UTC", "--csv", "-"]) == 0
    assert list(csv.DictReader(StringIO(capsys.readouterr().out)))[-1]["at"] == "1999-02-01 12:30:00"
    ended = recorded(tmp_path / "e.floor", lines_of(call("a", 100, 5, 60), call("b", noon, 5, 60)))
    assert main([str(ended), "--by", "hour", "--zone", "UTC", "--marks", str(marks)]) == 0
    flags = [row["incomplete"] for row in csv.DictReader(marks.read_text(encoding="utf-8").splitlines())]
    assert flags == ["0"] * 24


def test_marks_do_not_share_a_file_with_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path / "s.floor", lines_of(call("a", 100, 5, 60)))
    for more in (("--marks", "-"), ("--marks", "x.csv", "--csv", "x.csv")):
        assert "--marks needs a file of its own" in refused(capsys, str(path), "--by", "day", *more)
    assert main([str(path), "--by", "day", "--marks", str(tmp_path)]) == 1
    assert f"{tmp_path}: cannot be written (Is a directory)" in capsys.readouterr().err


def test_days_that_are_added_at_the_edges_of_a_month_are_mentioned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded(tmp_path / "m.floor", lines_of(call("a", 2 * 86_400, 5, 60), call("b", 25 * 86_400, 5, 60)))
    said = "the days are rounded out to whole months, 1999-02-01 to 1999-02-28; --from and --to choose others\n"
    for by in ("hour", "day", "queue-day", "snapshot"):
        assert main([str(path), "--by", by, "--zone", "UTC"]) == 0
        assert capsys.readouterr().err == said
    assert main([str(path), "--by", "day", "--zone", "UTC", "--from", "1999-02-03", "--to", "1999-02-26"]) == 0
    assert capsys.readouterr().err == ""


def test_names_in_chinese_leave_the_columns_aligned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path / "m.floor", lines_of(call("a", 100, 5, 60, queue="投诉"), call("b", 200, 5, 60)))
    assert main([str(path), "--by", "queue-day", "--zone", "UTC"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    place = head.index("day")
    assert [row.split()[0] for row in rows] == ["PS", "投诉"]
    # A Chinese character takes two cells of a terminal.
    assert [place - row.index("1999-02-01") for row in rows] == [0, 2]


@pytest.mark.parametrize("days", [["--from", "1998-02-01", "--to", "1998-02-28"], ["--from", "1999-02-03"]])
def test_days_of_which_the_recording_has_none_are_mentioned_and_not_only_empty(
    days: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded(tmp_path / "m.floor", lines_of(call("a", 100, 5, 60), call("b", 86_400, 5, 60)))
    said = "the recording has calls from 1999-02-01 to 1999-02-02, and none in the days that were asked for\n"
    for by in ("hour", "day", "queue-day", "snapshot"):
        assert main([str(path), "--by", by, "--zone", "UTC", "--csv", str(tmp_path / "out.csv"), *days]) == 0
        assert capsys.readouterr().err == said
    assert main([str(path), "--by", "day", "--zone", "UTC", "--from", "1999-02-02", "--to", "1999-03-31"]) == 0
    assert capsys.readouterr().err == ""


def test_a_table_never_overwrites_its_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path / "k.floor", lines_of(call("a", 100, 5, 60)))
    before = path.read_bytes()
    (tmp_path / "link").symlink_to(path)
    for option in ("--csv", "--marks"):
        for name in ("k.floor", "link"):
            said = refused(capsys, str(path), "--by", "day", option, str(tmp_path / name))
            assert "is the recording itself, which would be lost" in said
    assert path.read_bytes() == before
    assert main([str(tmp_path / "no.floor"), "--by", "day", "--csv", str(path)]) == 1


@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_table_that_could_not_be_written_leaves_the_one_before(
    trouble: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = recorded(tmp_path / "w.floor", lines_of(call("a", 100, 5, 60)))
    target = tmp_path / "hours.csv"
    target.write_text("before\n", encoding="utf-8")

    def half(table: object, out: TextIO) -> None:
        out.write("start,offe")
        out.flush()
        raise trouble

    monkeypatch.setattr(command, "write_csv", half)
    with contextlib.suppress(KeyboardInterrupt):
        assert main([str(path), "--by", "hour", "--csv", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "before\n"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["hours.csv", "w.floor"]


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes and modes are of Linux")
def test_a_table_goes_into_a_pipe_through_a_link_and_keeps_its_files_mode(tmp_path: Path) -> None:
    path = recorded(tmp_path / "p.floor", lines_of(call("a", 100, 5, 60)))
    pipe, kept, link = tmp_path / "pipe", tmp_path / "kept.csv", tmp_path / "link.csv"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text, encoding="utf-8")
        assert main([str(path), "--by", "day", "--csv", str(pipe)]) == 0
        through = read.result(timeout=10)
    kept.touch(0o640)
    link.symlink_to(kept)
    assert main([str(path), "--by", "day", "--csv", str(link)]) == 0
    assert kept.read_text(encoding="utf-8") == through != ""
    assert link.is_symlink() and kept.stat().st_mode & 0o777 == 0o640
