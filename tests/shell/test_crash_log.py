"""The log's file: what is told when its disk takes no more."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

import pytest

from console import crash
from console.crash import _bounded
from tests import windows_files


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not checked: there is no /dev/full here")
def test_a_log_whose_disk_is_full_says_so_in_one_line_and_once(capfd: pytest.CaptureFixture[str]) -> None:
    handler = _bounded(Path("/dev/full"))
    for number in range(20):
        handler.handle(logging.LogRecord("console", logging.INFO, __file__, number, "word", (), None))
    with contextlib.suppress(OSError):  # what could not be written cannot be written at the end either
        handler.close()
    (line,) = capfd.readouterr().err.splitlines()
    assert line == "watchfloor: the log in /dev/full is not written on (No space left on device)"


@windows_files.here
def test_a_log_that_two_write_into_loses_nothing_where_what_is_open_cannot_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    windows_files.hold_what_is_open(monkeypatch)
    monkeypatch.setattr(crash, "LOG_BYTES", 400)
    both = [_bounded(tmp_path / "wall.log") for _ in range(2)]
    for number in range(40):
        both[number % 2].handle(logging.LogRecord("wall", logging.INFO, __file__, 1, f"word {number:06}", (), None))
    for handler in both:
        handler.close()
    kept = "".join((tmp_path / f"wall.log{ending}").read_text(encoding="utf-8") for ending in (".1", "")).splitlines()
    assert kept == [f"word {number:06}" for number in range(40 - len(kept), 40)] and len(kept) > 30
    assert (tmp_path / "wall.log").stat().st_size <= 400
    assert capfd.readouterr().err == ""
