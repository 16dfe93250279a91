"""Where an import writes: what it replaces, what it leaves alone, and what is left when a disk is full."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest

from feeds.log.embedded import EmbeddedLog
from feeds.log.opening import NewRecording, open_log, open_recording
from tests.importing.logs import (
    SITE,
    made_up,
    run,
)

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


@pytest.mark.parametrize("more", [(), ("--force",)])
def test_a_folder_is_no_name_for_a_recording(
    more: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "queue_log"
    source.write_text("\n".join(made_up(5)), encoding="utf-8")
    assert run(source, tmp_path, *more) == 1
    assert capsys.readouterr().err == f"{tmp_path}: is a folder; name the recording in it\n"


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
