"""The kiosk: back on its screen, moved against burn-in, and started again when it has failed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.feeding import Address, Feed
from console.machine import motion
from console.machine.steady import steady
from console.wall.command import parsed
from console.wall.guardian import guarded, wants_restart
from console.wall.kiosk import Kiosk
from console.wall.panel import WallPanel
from console.wall.pulse import RESTART
from console.wall.window import SHIFTS, WallWindow, find_screen
from tests.wall import floors
from tests.wall.conftest import whole_floor

pytestmark = pytest.mark.slow


class FakeScreen:
    """A screen by name and model."""

    def __init__(self, name: str, model: str = "") -> None:
        self._name, self._model = name, model

    def name(self) -> str:
        return self._name

    def model(self) -> str:
        return self._model


@pytest.fixture
def kiosk(
    qtbot: QtBot, faces: None, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Kiosk]:
    """A kiosk that is shown, without a gateway."""
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path))
    made = Kiosk(parsed(["--gateway", "ws://127.0.0.1:9", "--token", "x"]), qapp, Feed(Address("ws://127.0.0.1:9")))
    made.window.open()
    made.display.start()
    qtbot.waitUntil(lambda: made.window.shown)
    yield made
    made.display.stop()
    made.session.live.stop()
    made.window.stop()
    made.window.deleteLater()
    made.deleteLater()


# Screen


def test_the_page_is_never_more_than_eight_pixels_from_its_place(window: WallWindow) -> None:
    panel = window.findChild(WallPanel)
    assert isinstance(panel, WallPanel)
    places = set()
    for _ in SHIFTS:
        window.shift()
        places.add(panel.pos().toTuple())
        assert panel.size() == window.size()
    assert len(places) == len(SHIFTS)
    assert all(abs(x) <= 8 and abs(y) <= 8 for x, y in SHIFTS)
    assert panel.pos() == QPoint(0, 0)


def test_a_screen_is_found_by_name_number_or_model() -> None:
    screens = [FakeScreen("HDMI-1", "LG 55UH"), FakeScreen("DP-2", "Sony FW-75")]
    find = lambda wanted: find_screen(wanted, screens)  # type: ignore[arg-type]  # noqa: E731
    assert find("hdmi-1") is screens[0]
    assert find("2") is screens[1]
    assert find("sony") is screens[1]
    assert find("VGA-1") is None


@pytest.mark.logs("feed's thread failed", "starting again")
def test_a_wall_whose_feed_has_failed_starts_again(
    kiosk: Kiosk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(kiosk._application, "exit", ended.append)
    monkeypatch.setattr(Feed, "_client", lambda _: [][0])
    kiosk._on_tick()
    assert ended == [], "one that was never started has not failed"
    kiosk.session.start()
    qtbot.waitUntil(lambda: kiosk.session.link.failed)
    kiosk._on_tick()
    assert ended == [RESTART]
    kiosk.session.stop()
    assert not kiosk.session.link.failed


@pytest.mark.logs("there is no page 'sites'; this site has: .*; all of them are shown")
def test_a_page_that_the_site_does_not_have_is_told_once_and_all_are_shown(
    kiosk: Kiosk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    kiosk.panel._only_page = "sites"
    kiosk._on_tick()
    assert "no page" not in caplog.text, "nothing is known of a site yet"
    kiosk.session.live.take(whole_floor(steady()))
    qtbot.waitUntil(lambda: kiosk.panel.missing_page != "")
    kiosk._on_tick()
    kiosk._on_tick()
    assert caplog.text.count("there is no page 'sites'") == 1
    kiosk.display.present()
    assert [badge.label for badge in kiosk.panel.masthead.text.badges] == ["没有页面 sites"]
    assert len(kiosk.panel.pages) > 1


@pytest.mark.logs("could not be kept")
def test_a_pin_that_cannot_be_kept_leaves_the_one_that_was(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.session.live.take(whole_floor(steady()))
    kiosk._remember_pin()
    kept = tmp_path / "wall-pin"
    assert kept.read_text() == floors.PIN_95518
    assert kept.stat().st_mode & 0o077 == 0 or sys.platform == "win32"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    kiosk._remembered = ""
    kiosk._remember_pin()
    assert kept.read_text() == floors.PIN_95518, "an empty one would let everybody leave"


@pytest.mark.logs("there is no screen 'HDMI-9'")
def test_a_screen_that_is_not_there_is_told_on_the_wall_until_it_is(qtbot: QtBot, faces: None) -> None:
    panel = WallPanel()
    made = WallWindow(panel, lambda: "", "HDMI-9")
    made.open()
    panel.look_at(floors.sight(), 0.0)
    assert [badge.label for badge in panel.masthead.text.badges] == ["没有屏幕 HDMI-9"]
    made._wanted = "1"
    made._on_screens_changed(QGuiApplication.primaryScreen())
    panel.look_at(floors.sight(), 1.0)
    assert panel.masthead.text.badges == ()
    made.stop()
    made.deleteLater()


@pytest.mark.logs("the screen .* is gone")
def test_the_wall_hides_while_its_screen_is_away_and_returns_with_it(qtbot: QtBot, faces: None) -> None:
    real = QGuiApplication.primaryScreen()
    made = WallWindow(WallPanel(), lambda: "", "1")
    made.open()
    qtbot.waitUntil(lambda: made.shown)
    made._on_screen_removed(real)
    assert not made.isVisible(), "another screen is somebody's desk"
    made._on_screens_changed(real)
    qtbot.waitUntil(lambda: made.shown)
    made.stop()
    made.deleteLater()


def test_the_wall_follows_its_screen_to_another_size_or_place(qtbot: QtBot, window: WallWindow) -> None:
    screen = QGuiApplication.primaryScreen()
    window.hide()
    window.setGeometry(100, 50, 400, 300)  # where the screen was, before it was moved and grew
    window.showNormal()
    assert window.geometry() != screen.geometry()
    screen.geometryChanged.emit(screen.geometry())
    qtbot.waitUntil(lambda: window.shown and window.geometry() == screen.geometry())
    panel = window.findChild(WallPanel)
    assert isinstance(panel, WallPanel)
    assert panel.size() == screen.size()


def test_a_screen_that_was_never_there_is_told_once_and_the_first_one_has_to_do(
    qtbot: QtBot, faces: None, caplog: pytest.LogCaptureFixture
) -> None:
    real = QGuiApplication.primaryScreen()
    made = WallWindow(WallPanel(), lambda: "", "NOPE")
    made.open()
    qtbot.waitUntil(lambda: made.shown)
    made._on_screens_changed(real)
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "'NOPE'" in told
    assert f"there are: {real.name() or 1}" in told
    with caplog.at_level("INFO"):
        made._wanted = "1"  # it appears
        made._on_screens_changed(real)
    assert "is there now" in caplog.text
    assert made.geometry() == real.geometry()
    made.stop()
    made.deleteLater()


# Painting


@pytest.mark.parametrize("asks", [False, True])
def test_nothing_blinks_where_the_system_asks_for_less_motion(
    qtbot: QtBot, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, asks: bool
) -> None:
    monkeypatch.setattr(motion, "reduced", lambda: asks)
    monkeypatch.setattr(kiosk.awake, "begin", lambda: True)
    kiosk.session.live.take(whole_floor(steady()))
    qtbot.waitUntil(lambda: kiosk.display._blinker.isActive())
    try:
        kiosk._on_settled()
    finally:
        gc.unfreeze()
    assert kiosk.display._blinker.isActive() is not asks
    assert kiosk.panel.blinks(), "the sign is there, and still"


def test_a_wall_whose_every_look_at_the_floor_fails_does_not_pass_for_one_that_paints(
    qtbot: QtBot, kiosk: Kiosk
) -> None:
    def proves_itself(looks: bool) -> bool:
        before = kiosk._proofs
        for _ in range(4):
            paints = kiosk.panel.clock.paints
            if looks:
                kiosk.display.present()
            kiosk.panel.clock.update()
            qtbot.waitUntil(lambda seen=paints: kiosk.panel.clock.paints > seen)
            kiosk._tell_guardian()
        return kiosk._proofs > before

    kiosk._tell_guardian()
    assert proves_itself(looks=True)
    kiosk.display._refresh.stop()  # from now on none succeeds, as if each raised
    kiosk._tell_guardian()
    assert not proves_itself(looks=False), "the same picture painted over and over would look live for ever"


# Starting again


@pytest.mark.parametrize(
    ("code", "again"), [(0, False), (1, False), (2, False), (RESTART, True), (-11, True), (-6, True), (-15, False)]
)
def test_only_crashes_and_requests_start_the_wall_again(code: int, again: bool) -> None:
    assert wants_restart(code) is again


@pytest.mark.skipif(not hasattr(os, "fork"), reason="not checked: there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_guardian_starts_a_crashed_wall_again_until_it_ends_for_good(tmp_path: Path, repository: Path) -> None:
    script = f"""
import os, signal, sys
sys.path.insert(0, {str(repository)!r})
from console.wall.guardian import guarded
count = {str(tmp_path / "count")!r}
def child():
    times = len(open(count).read()) if os.path.exists(count) else 0
    open(count, "a").write("x")
    if times == 0:
        return 75
    if times == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return 3
sys.exit(guarded(child, [], pause=lambda _: None))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    assert (tmp_path / "count").read_text() == "xxx"


def test_a_wall_that_is_guarded_already_runs_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_GUARDED", "1")
    assert guarded(lambda: 75, []) == 75


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="not checked: POSIX signals")
def test_a_wall_ends_when_the_system_asks_without_asking_for_its_pin(tmp_path: Path, repository: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WATCHFLOOR_DATA": str(tmp_path)}
    (tmp_path / "wall-pin").write_text(floors.PIN_95518)
    arguments = ["--gateway", "ws://127.0.0.1:9", "--token", "x", "--verbose"]
    code = f"import sys; from console.wall.command import main; sys.exit(main({arguments!r}))"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=repository, env=environment, stderr=subprocess.PIPE, text=True
    ) as wall:
        assert wall.stderr is not None
        try:
            assert any("the wall paints" in line for line in wall.stderr)
            wall.terminate()
            assert wall.wait(20) == 0
        finally:
            wall.kill()  # one that did not end would keep this test, and all behind it, waiting for ever
