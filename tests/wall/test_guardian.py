"""The guardian: starts a wall again that crashed or fell silent, and never one that ended for good."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from console.wall import guardian
from console.wall.guardian import beat
from console.wall.pulse import Pulse
from tests.wall.conftest import HandClock

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="not checked: there is no fork here")

STAND_IN = """
import os, signal, sys, time
sys.path.insert(0, {repository!r})
from console.wall import guardian
guardian.ROUND_S, guardian.SILENT_ROUNDS, guardian.FIRST_ROUNDS = {round_s}, 10, 40
count = {count!r}
def child():
    times = len(open(count).read()) if os.path.exists(count) else 0
    open(count, "a").write("x")
    {does}
    return 3
sys.exit(guardian.guarded(child, [], pause=lambda _: None))
"""


UNHURRIED_S = 0.25
"""A round of a wall that is to be left alone: on a busy machine it may have no turn for a second."""


def guard(
    tmp_path: Path, repository: Path, does: str, round_s: float = 0.05
) -> tuple[subprocess.CompletedProcess[str], int]:
    """Run a stand-in for the wall under the guardian: how that ended, and how often the stand-in was started."""
    count = tmp_path / "count"
    script = STAND_IN.format(repository=str(repository), count=str(count), does=does, round_s=round_s)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    return done, len(count.read_text())


def test_a_stopped_wall_that_had_painted_is_killed_and_started_again(tmp_path: Path, repository: Path) -> None:
    does = "guardian.beat(); times or os.kill(os.getpid(), signal.SIGSTOP); guardian.tell_endings()"
    done, starts = guard(tmp_path, repository, does)
    assert (done.returncode, starts) == (3, 2), done.stderr
    assert "painted nothing for too long" in done.stderr
    assert "the wall before this one ended with code -9" in done.stderr, "its log would begin again and not say why"


def test_a_wall_that_failed_unforeseen_is_started_again(tmp_path: Path, repository: Path) -> None:
    done, starts = guard(tmp_path, repository, "times or [][0]")
    assert (done.returncode, starts) == (3, 2), done.stderr
    assert "IndexError" in done.stderr


@pytest.mark.slow
def test_a_wall_that_beats_is_left_alone(tmp_path: Path, repository: Path) -> None:
    does = "[(guardian.beat(), time.sleep(0.05)) for _ in range(80)]"
    done, starts = guard(tmp_path, repository, does, UNHURRIED_S)
    assert (done.returncode, starts) == (3, 1), done.stderr


@pytest.mark.slow
def test_a_wall_that_has_not_painted_yet_has_more_time(tmp_path: Path, repository: Path) -> None:
    done, starts = guard(tmp_path, repository, "time.sleep(3.5)", UNHURRIED_S)
    assert (done.returncode, starts) == (3, 1), done.stderr


@pytest.mark.slow
def test_a_wall_that_never_paints_is_started_again_too(tmp_path: Path, repository: Path) -> None:
    done, starts = guard(tmp_path, repository, "times or os.kill(os.getpid(), signal.SIGSTOP)")
    assert (done.returncode, starts) == (3, 2), done.stderr


@pytest.mark.slow
def test_a_hung_wall_that_was_asked_to_end_is_not_started_again(tmp_path: Path, repository: Path) -> None:
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(0.3); guardian.beat()"
    does = f"{deaf}; os.kill(os.getppid(), signal.SIGTERM); os.kill(os.getpid(), signal.SIGSTOP)"
    done, starts = guard(tmp_path, repository, does)
    assert starts == 1, done.stderr
    assert done.returncode == 256 - signal.SIGTERM


def test_a_wall_without_a_guardian_beats_for_nobody() -> None:
    beat()


def test_a_wall_that_slept_is_not_taken_for_one_that_does_not_paint(qtbot: QtBot, clock: HandClock) -> None:
    pulse = Pulse(lambda: 7, lambda: True, clock)
    pulse.check()
    with qtbot.assertNotEmitted(pulse.stalled):
        clock.pass_(3600)
        pulse.check()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="not checked: finds the child in /proc")
def test_the_real_wall_is_killed_and_started_again_when_its_process_is_stopped(
    tmp_path: Path, repository: Path
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WATCHFLOOR_DATA": str(tmp_path)}
    arguments = ["--gateway", "ws://127.0.0.1:9", "--token", "nobody", "--verbose"]
    code = f"import sys; from console.wall.command import main; sys.exit(main({arguments!r}))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=repository, env=environment, stderr=subprocess.PIPE, text=True
    ) as wall:
        assert wall.stderr is not None
        assert any("paints" in line for line in wall.stderr), "it never painted"
        children = Path(f"/proc/{wall.pid}/task/{wall.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGSTOP)
        assert any("killing it" in line for line in wall.stderr)
        assert any(re.search("the wall paints$", line.strip()) for line in wall.stderr), "it did not come back"
        wall.terminate()
        assert wall.wait(20) == 0


def test_where_there_is_no_fork_a_wall_that_crashes_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    kernel = SimpleNamespace(SetErrorMode=done.append)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(subprocess, "call", lambda command, env: done.append(env[guardian.GUARDED]) or 3)
    monkeypatch.delattr(os, "fork")
    monkeypatch.delenv(guardian.GUARDED, raising=False)
    assert guardian.guarded(lambda: 0, []) == 3
    assert done == [0x8003, "1"]
