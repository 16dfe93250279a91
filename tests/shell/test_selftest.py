"""`main.py test` itself: everything is run every time, and one failure among it is enough."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from console import selftest
from console.selftest import Counts, Result, Step
from tests.examples import examples


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The exit code of each step, by its name; `ran` counts how often pytest was started."""
    codes = {"ruff": 0, "mypy": 0, "tests": 0, "measurements": 0}
    monkeypatch.setattr(selftest, "STEPS", (Step("ruff", ()), Step("mypy", ())))
    monkeypatch.setattr(selftest, "check", lambda step: Result(step.name, codes[step.name], 0.1, "what it said"))
    counts = Counts(passed=3, skipped=1)
    monkeypatch.setattr(selftest, "run_tests", lambda name, _arguments, quick: (Result(name, codes[name], 0.1), counts))
    return codes


def test_all_well_ends_with_the_sum_of_both_runs(steps: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:
    assert selftest.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "6 passed, 0 failed, 2 skipped"


@pytest.mark.parametrize("name", ["ruff", "mypy", "tests", "measurements"])
def test_one_failure_anywhere_fails_the_whole_and_everything_else_still_runs(
    steps: dict[str, int], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    steps[name] = 1
    assert selftest.main([]) == 1
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.endswith(" s")]
    assert {row[0]: row[1] for row in rows} == {one: "failed" if one == name else "well" for one in steps}


def test_what_a_failed_step_said_is_shown(steps: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:
    steps["ruff"] = 1
    selftest.main(["--quick"])
    assert "── ruff ──\nwhat it said\n" in capsys.readouterr().out


def test_a_run_without_any_test_is_no_success(
    steps: dict[str, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(selftest, "run_tests", lambda name, _, quick: (Result(name, 0, 0.1), Counts()))
    assert selftest.main([]) == 1
    assert capsys.readouterr().out.endswith("\n0 passed, 0 failed, 0 skipped\n")


def test_quick_leaves_out_what_is_slow_and_what_measures() -> None:
    assert selftest.passes(True, []) == [("tests", ["-n", "3", "--dist", "loadfile", "-m", "not slow and not bench"])]


def test_what_measures_runs_alone_and_after_the_rest() -> None:
    assert selftest.passes(False, ["-k", "wall"]) == [
        ("tests", ["-n", "4", "-m", "not bench"]),
        ("measurements", ["-m", "bench"]),
    ]


def test_a_selection_of_ones_own_is_kept() -> None:
    assert selftest.passes(False, ["-m", "slow"]) == [("tests", [])]
    assert selftest.passes(True, ["-n0"]) == [("tests", ["-m", "not slow and not bench"])]


def test_the_counts_are_those_of_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="1"/></testsuites>')
    assert selftest.read_counts(report) == Counts(passed=5, failed=3, skipped=1)
    assert selftest.read_counts(tmp_path / "none.xml") == Counts()


def test_only_the_quick_run_tries_properties_with_fewer_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    for quick, expected in ((True, 40), (False, 120)):
        monkeypatch.delenv(selftest.QUICK, raising=False)
        for name, value in selftest.environment(quick).items():
            monkeypatch.setenv(name, value)
        assert (examples(120), examples(3)) == (expected, 2 if quick else 3)


def test_tests_keep_compiled_modules_even_where_that_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in selftest.environment(quick=False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a disk")
@pytest.mark.parametrize(
    ("flags", "room", "memory", "taken"),
    [
        (0, 8 << 30, 8 << 30, True), (os.ST_NOEXEC, 8 << 30, 8 << 30, False), (0, 64 << 20, 8 << 30, False),
        (0, 8 << 30, 1 << 30, False),
    ],
)  # fmt: skip
def test_files_of_tests_stay_in_memory_where_there_is_room_and_programs_may_be_started(
    flags: int, room: int, memory: int, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = SimpleNamespace(f_flag=flags, f_bavail=room // 4096, f_frsize=4096)
    monkeypatch.setattr(selftest, "RAM_DISK", tmp_path)
    monkeypatch.setattr(selftest.os, "statvfs", lambda path: about)
    monkeypatch.setattr(selftest, "_memory_left", lambda: memory)
    assert selftest.ram_disk() == (tmp_path if taken else None)


def test_without_a_ram_disk_files_of_tests_lie_where_they_always_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "RAM_DISK", tmp_path / "none")
    assert selftest.ram_disk() is None
    assert sys.platform != "linux" or selftest._memory_left() > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tests", "measurements"])
def test_tests_write_into_memory_and_leave_nothing_there_and_what_measures_writes_to_the_disk(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, project = tmp_path / "memory", tmp_path / "project"
    memory.mkdir()
    project.mkdir()
    (project / "pytest.ini").write_text("[pytest]\n")
    (project / "test_one.py").write_text(
        f"def test_where(tmp_path):\n    (tmp_path / 'x').touch()\n    assert {str(memory)!r} in str(tmp_path)\n"
    )
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT", raising=False)
    monkeypatch.setattr(selftest, "ROOT", project)
    monkeypatch.setattr(selftest, "ram_disk", lambda: memory)
    result, _ = selftest.run_tests(name, ["-p", "no:cacheprovider"])
    assert result.code == int(name == "measurements")
    assert list(memory.iterdir()) == []


@pytest.mark.slow
def test_pytest_is_really_run_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_one.py").write_text("def test_good():\n    assert 1\ndef test_bad():\n    assert 0\n")
    monkeypatch.setattr(selftest, "ROOT", tmp_path)
    result, counts = selftest.run_tests("tests", ["-p", "no:cacheprovider"])
    assert counts == Counts(passed=1, failed=1)
    assert result.code == 1
    result, counts = selftest.run_tests("tests", ["-p", "no:cacheprovider", "-k", "nothing_like_it"])
    assert (result.code, counts.passed) == (0, 0)
