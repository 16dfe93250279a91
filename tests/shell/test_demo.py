"""The demonstration as a stranger runs it: one command, a floor, its wall, and nothing left behind."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QImage

from config.load import SiteError, load, shipped_sites
from console import demo, gallery
from console.machine import endings
from console.machine.endings import ending_signals
from tests.config.sites import SOUND, write
from tests.displays import a_display


def run(repository: Path, *arguments: str, temporary: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The demo in a process of its own, with its temporary files where the test can see them."""
    return subprocess.run(
        [sys.executable, str(repository / "main.py"), "demo", *arguments],
        env={**os.environ, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip


def _hues(image: QImage, top: int) -> int:
    """How many of the sampled points below `top` are anything but grey."""
    points = ((x, y) for x in range(0, image.width(), 7) for y in range(top, image.height(), 7))
    return sum(image.pixelColor(x, y).hsvSaturation() > 100 for x, y in points)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_without_a_display_the_demo_writes_pictures_says_where_and_ends(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_TOKEN", "of a real gateway")  # which the demo's does not know
    folder, temporary = tmp_path / "pictures", tmp_path / "temporary"
    temporary.mkdir()
    ended = run(repository, "--pictures", str(folder), "--at", "10:30", temporary=temporary)
    assert ended.returncode == 0, ended.stderr
    assert str(folder) in ended.stdout
    for name in (*(name for name, _ in demo.PICTURES), demo.STALE_PICTURE):
        image = QImage(str(folder / name))
        assert (image.width(), image.height()) == (1920, 1080)
        assert len({image.pixel(x, y) for x in range(0, 1920, 7) for y in range(0, 1080, 7)}) > 50
    for pose in (*gallery.POSES, gallery.STALE):
        image = QImage(str(folder / pose.name))
        assert image.format() == QImage.Format.Format_Indexed8, pose.name
        assert len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 20
        if pose.name.startswith("desk"):
            assert image.size() == pose.size
    assert _hues(QImage(str(folder / gallery.STALE.name)), 200) == 0 < _hues(QImage(str(folder / "desk.png")), 200)
    stale = QImage(str(folder / demo.STALE_PICTURE))
    assert _hues(stale, 200) == 0 < _hues(QImage(str(folder / "wall.png")), 200)
    assert list(temporary.glob("watchfloor-demo-*")) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not checked: there is no Xvfb here")
@pytest.mark.parametrize(("show", "windows"), [("both", {"wall", "desk"}), ("desk", {"desk"})])
def test_with_a_display_the_demo_opens_the_wall_and_the_desk_and_ends_with_them(
    repository: Path, tmp_path: Path, show: str, windows: set[str]
) -> None:
    data = tmp_path / "data"
    own = {"TMPDIR": str(tmp_path), "WATCHFLOOR_DATA": str(data), "QT_QPA_PLATFORM": "xcb"}
    live: set[str] = set()
    with a_display() as display:
        process = subprocess.Popen(
            [sys.executable, str(repository / "main.py"), "demo", "--show", show, "--lang", "en"],
            env={**os.environ, **own, "DISPLAY": display.name}, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        said = []
        for line in process.stdout:  # the windows' logs come here as well
            said.append(line)
            if "the floor is live" in line:
                live |= {one for one, log in (("wall", data / "logs"), ("desk", data / "demo/logs")) if log.exists()}
            if sum("the floor is live" in one for one in said) == len(windows):
                break
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl+C in a terminal
        rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0, "".join([*said, rest])
    assert live == windows
    assert any("ends when its windows are closed" in line for line in said)
    assert list(tmp_path.glob("watchfloor-demo-*")) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not checked: there is no Xvfb here")
def test_a_second_demo_beside_the_first_has_a_desk_of_its_own_and_leaves_nothing_behind(
    repository: Path, tmp_path: Path
) -> None:
    own = {"TMPDIR": str(tmp_path), "WATCHFLOOR_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "xcb"}
    with a_display() as display, contextlib.ExitStack() as running:
        for _ in range(2):
            demonstration = running.enter_context(
                subprocess.Popen(
                    [sys.executable, str(repository / "main.py"), "demo", "--show", "desk"],
                    env={**os.environ, **own, "DISPLAY": display.name}, start_new_session=True,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                )
            )  # fmt: skip
            running.callback(demonstration.terminate)
            assert demonstration.stdout is not None
            assert any("the floor is live" in line for line in demonstration.stdout), "it handed its desk over"
        demonstration.terminate()
        demonstration.communicate(timeout=60)  # ends only when the desk has ended too, which writes there as well
    assert list(tmp_path.glob("watchfloor-demo-*")) == []
    assert (tmp_path / "data/demo-2/logs/desk.log").exists()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not checked: there is no Xvfb here")
@pytest.mark.parametrize("number", ending_signals())
def test_a_demo_that_alone_is_asked_to_end_takes_its_wall_its_desk_and_its_gateway_with_it(
    repository: Path, tmp_path: Path, number: signal.Signals
) -> None:
    own = {"TMPDIR": str(tmp_path), "WATCHFLOOR_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "xcb"}
    with a_display() as display:
        process = subprocess.Popen(
            [sys.executable, str(repository / "main.py"), "demo"],
            env={**os.environ, **own, "DISPLAY": display.name}, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        live = (line for line in process.stdout if "the floor is live" in line)
        assert [next(live), next(live)]
        process.send_signal(number)
        try:
            said, _ = process.communicate(timeout=60)  # ends only when all have ended, who write there as well
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert "was killed" not in said
    assert list(tmp_path.glob("watchfloor-demo-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="not checked: a lock cannot be handed to a child on Windows")
def test_the_folder_of_a_desk_that_outlived_its_demo_is_not_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path))
    stand_in = tmp_path / "main.py"
    stand_in.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(demo, "MAIN", stand_in)
    with demo._own_folder() as (folder, lock):
        desk = demo._desk([], folder, lock)
    try:
        with demo._own_folder() as (other, _):
            assert (folder.name, other.name) == ("demo", "demo-2")
    finally:
        desk.kill()
        desk.wait()


@pytest.mark.slow
def test_a_demo_that_cannot_start_its_gateway_says_why_in_one_line(repository: Path, tmp_path: Path) -> None:
    ended = run(repository, "--pictures", str(tmp_path), "--scenario", "no-such-day", temporary=tmp_path)
    assert ended.returncode == 2
    assert re.fullmatch(r"watchfloor demo: the gateway did not start: .*no-such-day.*\n", ended.stderr)


def test_a_demo_of_a_broken_site_tells_every_mistake_as_the_gateway_does(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = SOUND.replace("dark", "drak").replace("Asia/", "Asai/").replace("vendor: north", "vendor: nroth")
    folder = write(tmp_path / "site", {"site.yaml": text})
    assert demo.main(["--site", str(folder), "--pictures", str(tmp_path)]) == 1
    first, *told = capfd.readouterr().err.splitlines()
    assert first == "watchfloor demo: the gateway did not start: its site cannot be used"
    with pytest.raises(SiteError) as caught:
        load(folder)
    assert told == str(caught.value).splitlines()
    assert len(told) == 3


def test_a_demo_tells_of_a_folder_with_a_chinese_name_whatever_the_systems_language_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "早班", {"site.yaml": SOUND.replace("dark", "drak")})
    monkeypatch.setenv("PYTHONIOENCODING", "cp936")  # as a Chinese Windows has a program speak to a pipe
    assert demo.main(["--site", str(folder), "--pictures", str(tmp_path)]) == 1
    assert "早班" in capfd.readouterr().err


def test_what_the_gateway_logged_before_is_no_reason_why_it_does_not_start() -> None:
    logged = "2024-02-29 10:30:00,123 INFO feeds: a new day begins"
    assert demo._why([logged, "gateway: no scenario"]) == "no scenario"
    assert demo._why(["usage: main.py gateway", "  [--at]", "gateway: error: no"]) == "error: no"
    assert demo._why([logged, "a.yaml: one", "b.yaml: two"]).splitlines()[1:] == ["a.yaml: one", "b.yaml: two"]
    assert demo._why([]) == "no word within 60 s"


def test_ctrl_break_of_windows_asks_a_program_to_end_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"SIGTERM": 15, "SIGINT": 2, "SIGBREAK": 21}
    as_there = SimpleNamespace(**names, Signals=names, SIG_IGN=signal.SIG_IGN, getsignal=lambda _: signal.SIG_DFL)
    monkeypatch.setattr(endings, "signal", as_there)
    assert ending_signals() == [15, 2, 21]


def test_a_site_that_does_not_know_its_windows_is_refused_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(*_: object) -> None:
        raise AssertionError("a gateway was started")

    monkeypatch.setattr(demo, "gateway", started)
    folder = write(tmp_path, {"site.yaml": SOUND})
    assert demo.main(["--site", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "does not know the practice tokens demo-wall and demo-supervisor" in said
    assert f"main.py gateway --site {folder} --source simulator" in said
    copied = shutil.copytree(shipped_sites()["demo"], tmp_path / "copied")
    with pytest.raises(AssertionError, match="a gateway was started"):
        demo.main(["--site", str(copied)])
