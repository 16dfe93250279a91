"""The log's file: what is told when its disk takes no more."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

import pytest

from console.crash import _bounded


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not checked: there is no /dev/full here")
def test_a_log_whose_disk_is_full_says_so_in_one_line_and_once(capfd: pytest.CaptureFixture[str]) -> None:
    handler = _bounded(Path("/dev/full"))
    for number in range(20):
        handler.handle(logging.LogRecord("console", logging.INFO, __file__, number, "word", (), None))
    with contextlib.suppress(OSError):  # what could not be written cannot be written at the end either
        handler.close()
    (line,) = capfd.readouterr().err.splitlines()
    assert line == "watchfloor: the log in /dev/full is not written on (No space left on device)"
