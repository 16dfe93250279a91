"""The kiosk: left only with the PIN, back on its screen, moved against burn-in, restarted when it stops painting."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from config.tokens import verify_pin
from console.feeding import Address, Feed
from console.machine import motion
from console.machine.screen_saver import hold_off
from console.machine.steady import steady
from console.wall.awake import (
    Awake,
    ScreenSaverInhibitor,
    SystemdInhibitor,
    WindowsInhibitor,
    XServerInhibitor,
)
from console.wall.command import parsed
from console.wall.guardian import guarded, wants_restart
from console.wall.kiosk import Kiosk
from console.wall.panel import WallPanel
from console.wall.pin import Gate
from console.wall.pulse import RESTART, HangWatch, Pulse
from console.wall.window import AWAY_S, BACK_S, SHIFTS, WallWindow, find_screen
from tests.displays import a_display
from tests.wall import floors
from tests.wall.conftest import HandClock, whole_floor
from widgets.wall.pin_pad import PinPad

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


@pytest.fixture
def window(qtbot: QtBot, faces: None) -> Iterator[WallWindow]:
    made = WallWindow(WallPanel(), lambda: floors.PIN_95518)
    made.open()
    qtbot.waitUntil(lambda: made.shown)
    yield made
    made.stop()
    made.deleteLater()


def pad_of(window: WallWindow) -> PinPad:
    found = window.findChild(PinPad)
    assert isinstance(found, PinPad)
    return found


def type_pin(qtbot: QtBot, window: WallWindow, pin: str) -> None:
    field = pad_of(window).findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, pin)
    qtbot.keyClick(field, Qt.Key.Key_Return)


TAKEN_OFF = """
import ctypes
import time
from console import app
from console.wall.panel import WallPanel
from console.wall.window import AWAY_S, WallWindow
application = app.application()
window = WallWindow(WallPanel(), lambda: "")

def wait_until(shown):
    end = time.monotonic() + 5
    while window.shown is not shown:
        assert time.monotonic() < end
        application.processEvents()

window.open()
wait_until(True)
xcb = ctypes.CDLL("libxcb.so.1")
xcb.xcb_connect.restype = ctypes.c_void_p
xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
xcb.xcb_unmap_window.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
xcb.xcb_flush.argtypes = [ctypes.c_void_p]
manager = xcb.xcb_connect(None, None)
xcb.xcb_unmap_window(manager, int(window.winId()))  # as one does that shows its desktop, or another one
xcb.xcb_flush(manager)
wait_until(False)
for _ in range(AWAY_S):
    window.stay()
wait_until(True)
window.stop()
"""


# Leaving


@pytest.mark.logs("put the wall away")
def test_a_wall_that_was_minimised_comes_back_by_itself(
    qtbot: QtBot, window: WallWindow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    def comes_back_after(seconds: int) -> None:
        window.showMinimized()
        for _ in range(seconds):
            assert window.isMinimized(), "one that is only slow to be shown is left alone"
            window.stay()
        qtbot.waitUntil(lambda: window.isFullScreen() and not window.isMinimized() and window.shown)

    comes_back_after(AWAY_S)
    comes_back_after(2 * AWAY_S)
    assert caplog.text.count("put the wall away") == 1
    for _ in range(BACK_S):
        assert "on its screen again" not in caplog.text
        window.stay()
    assert caplog.text.count("on its screen again") == 1
    comes_back_after(AWAY_S)


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not checked: there is no Xvfb here")
def test_a_wall_that_a_window_manager_takes_off_its_screen_comes_back(repository: Path) -> None:
    with a_display(640, 360) as display:
        environment = {**os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-c", TAKEN_OFF]
        done = subprocess.run(command, cwd=repository, env=environment, timeout=60, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(("pin", "opens"), [("95518", True), ("95519", False), ("", False), ("955180", False)])
def test_only_the_right_pin_matches_its_hash(pin: str, opens: bool) -> None:
    assert verify_pin(pin, floors.PIN_95518) is opens


@pytest.mark.parametrize("hashed", ["", "95518", "scrypt$", "scrypt$zz$00", "md5$00$00"])
def test_an_unreadable_hash_matches_nothing(hashed: str) -> None:
    assert not verify_pin("95518", hashed)


def test_after_five_wrong_pins_even_the_right_one_must_wait(clock: HandClock) -> None:
    gate = Gate(clock)
    for _ in range(5):
        assert not gate.opens("0", floors.PIN_95518)
    assert not gate.opens("95518", floors.PIN_95518)
    clock.pass_(30.1)
    assert gate.opens("95518", floors.PIN_95518)


def test_escape_asks_for_the_pin_and_the_right_one_leaves(qtbot: QtBot, window: WallWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.left):
        type_pin(qtbot, window, "95518")


def test_a_wrong_pin_keeps_the_wall(qtbot: QtBot, window: WallWindow) -> None:
    window.ask()
    with qtbot.assertNotEmitted(window.left):
        type_pin(qtbot, window, "1234")
    assert window.isVisible()
    assert pad_of(window).isVisible()


def test_closing_the_window_asks_instead(window: WallWindow) -> None:
    event = QCloseEvent()
    QGuiApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert pad_of(window).isVisible()


def test_a_finger_that_rests_on_the_wall_asks_for_the_pin(
    qtbot: QtBot, window: WallWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched = window.childAt(window.rect().center())
    qtbot.mouseClick(touched, Qt.MouseButton.LeftButton)
    assert not window._held.isActive(), "who only taps is asked nothing"
    qtbot.mousePress(touched, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(touched, touched.rect().center() + QPoint(100, 0))
    qtbot.waitUntil(lambda: not window._held.isActive())
    assert window.findChild(PinPad) is None, "who wipes is asked nothing"
    qtbot.mouseRelease(touched, Qt.MouseButton.LeftButton)
    monkeypatch.setattr("console.wall.window.HOLD_MS", 1)
    qtbot.mousePress(touched, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(PinPad) is not None)
    qtbot.mouseRelease(touched, Qt.MouseButton.LeftButton)
    assert pad_of(window).isVisible()


def test_escape_in_the_pad_returns_to_the_wall(qtbot: QtBot, window: WallWindow) -> None:
    window.ask()
    pad = pad_of(window)
    qtbot.keyClick(pad.focusProxy(), Qt.Key.Key_Escape)
    assert not pad.isVisible()
    assert window.isVisible()


def test_a_pad_that_nobody_uses_goes_away_by_itself(qtbot: QtBot, window: WallWindow) -> None:
    window.ask()
    assert pad_of(window).isVisible()
    assert window._forgotten.isActive()
    window._forgotten.start(1)
    qtbot.waitUntil(lambda: window.findChild(PinPad) is None)
    assert window.isVisible()


def test_a_pad_in_use_does_not_go_away(qtbot: QtBot, window: WallWindow) -> None:
    window.ask()
    window._forgotten.start(10_000)
    field = pad_of(window).findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "9")
    assert window._forgotten.remainingTime() > 50_000, "it went away from under somebody's fingers"


def test_the_cursor_is_hidden_but_not_over_the_pad(window: WallWindow) -> None:
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    window.ask()
    assert pad_of(window).cursor().shape() is Qt.CursorShape.ArrowCursor


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


def test_the_figures_come_first_and_the_rest_with_the_next_picture(qtbot: QtBot, faces: None) -> None:
    panel = WallPanel(gradual=True)
    panel.look_at(floors.sight(floors.floor()), 0.0)
    painted: list[bool] = []
    figure = panel.figures[0]
    paint = figure.paint_parts

    def note(painter: QPainter, region: QRegion) -> None:
        painted.append(panel.table.isVisible() or panel.tally.isVisible() or panel.alarms.isVisible())
        paint(painter, region)

    figure.paint_parts = note  # type: ignore[method-assign]
    made = WallWindow(panel, lambda: "")
    made.open()
    qtbot.waitUntil(lambda: panel.table.isVisible() and panel.tally.isVisible() and panel.alarms.isVisible())
    assert painted[0] is False
    made.stop()
    made.deleteLater()


def test_a_wall_without_a_floor_shows_all_of_itself_too(qtbot: QtBot, faces: None) -> None:
    panel = WallPanel(gradual=True)
    made = WallWindow(panel, lambda: "")
    made.open()
    qtbot.waitUntil(lambda: panel.table.isVisible() and panel.alarms.isVisible())
    made.stop()
    made.deleteLater()


def test_a_wall_that_paints_is_left_alone(qtbot: QtBot, clock: HandClock) -> None:
    paints = iter(range(1000))
    pulse = Pulse(lambda: next(paints), lambda: True, clock)
    with qtbot.assertNotEmitted(pulse.stalled):
        for _ in range(30):
            clock.pass_(2)
            pulse.check()


@pytest.mark.logs("has not painted", "starting again")
def test_a_wall_that_stops_painting_gets_a_new_window_and_then_a_new_start(qtbot: QtBot, clock: HandClock) -> None:
    pulse = Pulse(lambda: 7, lambda: True, clock)
    told: list[str] = []
    pulse.stalled.connect(lambda: told.append("stalled"))
    pulse.lost.connect(lambda: told.append("lost"))
    for _ in range(6):
        pulse.check()
        clock.pass_(2)
    assert told == ["stalled", "lost"]


def test_a_hidden_wall_need_not_paint(qtbot: QtBot, clock: HandClock) -> None:
    pulse = Pulse(lambda: 7, lambda: False, clock)
    with qtbot.assertNotEmitted(pulse.stalled):
        for _ in range(30):
            clock.pass_(2)
            pulse.check()


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


def test_the_clock_counts_what_was_really_painted(qtbot: QtBot, window: WallWindow) -> None:
    panel = window.findChild(WallPanel)
    assert isinstance(panel, WallPanel)
    before = panel.clock.paints
    panel.clock.set_text("09:41:00")
    qtbot.waitUntil(lambda: panel.clock.paints > before)
    before = panel.clock.paints
    panel.setUpdatesEnabled(False)  # the fault: the picture is frozen while the program runs
    panel.clock.set_text("09:41:01")
    QGuiApplication.processEvents()
    assert panel.clock.paints == before
    panel.setUpdatesEnabled(True)


def test_a_new_window_paints_again(qtbot: QtBot, window: WallWindow) -> None:
    panel = window.findChild(WallPanel)
    assert isinstance(panel, WallPanel)
    before, handle = panel.clock.paints, window.windowHandle()
    window.recreate()
    qtbot.waitUntil(lambda: panel.clock.paints > before)
    assert window.windowHandle() is not handle


def test_a_program_that_no_longer_answers_is_given_up() -> None:
    given_up = threading.Event()
    watch = HangWatch(given_up.set, rounds=3, round_s=0.01)
    watch.start()
    assert given_up.wait(5)
    watch.stop()


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


# Sleep


class Way:
    def __init__(self, works: bool) -> None:
        self.works, self.said = works, list[str]()

    def begin(self) -> bool:
        self.said.append("begin")
        return self.works

    def holds(self) -> bool:
        return self.works

    def end(self) -> None:
        self.said.append("end")


def test_the_first_way_that_works_keeps_the_machine_awake() -> None:
    ways = Way(False), Way(True), Way(True)
    awake = Awake(ways)
    assert awake.begin()
    assert awake.begin()
    awake.end()
    assert [way.said for way in ways] == [["begin"], ["begin", "end"], []]


def test_a_way_that_ends_by_itself_is_followed_by_the_next_or_by_a_word(caplog: pytest.LogCaptureFixture) -> None:
    ways = Way(True), Way(False), Way(True)
    awake = Awake(ways)
    assert awake.begin()
    awake.look_again()
    assert [way.said for way in ways] == [["begin"], [], []]
    ways[0].works = False
    awake.look_again()
    assert [way.said for way in ways] == [["begin", "end"], ["begin"], ["begin"]]
    ways[2].works = False
    with caplog.at_level("INFO"):
        awake.look_again()
    assert not awake.active
    assert "no way to keep its screen on" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="not checked: a POSIX command")
def test_a_child_that_takes_its_time_to_say_no_does_not_hold() -> None:
    way = SystemdInhibitor(("sh", "-c", "read _; exit 1"))
    assert way.begin()
    assert way.holds()
    child = way._child
    assert child is not None and child.stdin is not None
    child.stdin.write(b"\n")
    child.stdin.flush()
    child.wait(20)
    assert not way.holds()
    way.end()


def test_a_machine_without_any_way_is_no_error() -> None:
    awake = Awake((Way(False),))
    assert not awake.begin()
    awake.end()


@pytest.mark.skipif(sys.platform == "win32", reason="not checked: a POSIX command")
def test_the_inhibiting_child_ends_with_us() -> None:
    way = SystemdInhibitor(("cat",))
    assert way.begin()
    child = way._child
    assert child is not None
    way.end()
    assert child.poll() is not None


def test_ways_of_other_systems_say_no_quietly() -> None:
    assert not SystemdInhibitor(("no-such-command-here",)).begin()
    if sys.platform != "win32":
        assert not WindowsInhibitor().begin()


def test_without_a_session_bus_the_screen_saver_cannot_be_asked(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(ScreenSaverInhibitor, "_call", lambda *_: [])
    assert not ScreenSaverInhibitor().begin()


def test_the_x_server_is_told_every_twenty_looks_that_somebody_is_there() -> None:
    answers, asked = [True, True, False], list[bool]()

    def hold_off() -> bool:
        asked.append(answers.pop(0))
        return asked[-1]

    way = XServerInhibitor(hold_off)
    assert way.begin()
    assert all(way.holds() for _ in range(39))
    assert asked == [True, True]
    assert not way.holds()
    assert [way.holds() for _ in range(100)] == [False] * 100, "a server that is gone is not asked for ever"


@pytest.mark.parametrize(("lit", "told"), [(True, "the screen stays on"), (False, "no way to keep its screen on")])
def test_a_screen_that_stays_on_beside_a_machine_that_may_sleep_is_told(
    lit: bool, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    screen = Way(lit)
    awake = Awake((Way(False),), screen)
    with caplog.at_level("INFO"):
        assert not awake.begin()
    assert told in caplog.text
    awake.end()
    assert screen.said == ["begin", "end"]


def test_the_x_server_is_told_also_where_a_desktop_or_systemd_keeps_the_machine_awake() -> None:
    told: list[bool] = []
    awake = Awake((Way(True),), XServerInhibitor(lambda: told.append(True) or True))
    assert awake.begin()
    for _ in range(40):
        awake.look_again()
    awake.end()
    assert len(told) == 3


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not checked: there is no Xvfb here")
def test_an_x_server_takes_the_word_and_one_that_is_gone_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_display(64, 48) as display:
        monkeypatch.setenv("DISPLAY", display.name)
        assert hold_off()
    assert not hold_off()


FROZEN_SERVICE = """
import os, signal
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection
application = QCoreApplication([])
assert QDBusConnection.sessionBus().registerService("org.freedesktop.ScreenSaver")
print("there", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""
ASKING = """
import time
from PySide6.QtCore import QCoreApplication
from console.wall.awake import ScreenSaverInhibitor
application = QCoreApplication([])
began = time.monotonic()
print(ScreenSaverInhibitor().begin(), time.monotonic() - began)
"""


SERVICE_THAT_LISTENS = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection
application = QCoreApplication([])

@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})
class Saver(QObject):
    @Slot(str, str, result="uint")
    def Inhibit(self, who, why):
        print(who, flush=True)
        return 7

saver, bus = Saver(), QDBusConnection.sessionBus()
assert bus.registerObject("/org/freedesktop/ScreenSaver", saver, QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService("org.freedesktop.ScreenSaver")
print("there", flush=True)
application.exec()
"""
HOLDING = """
import sys
from PySide6.QtCore import QCoreApplication
from console.wall.awake import LOOKS_A_TELLING, ScreenSaverInhibitor
application = QCoreApplication([])
way = ScreenSaverInhibitor()
print(way.begin(), flush=True)
for _ in sys.stdin:
    print(all(way.holds() for _ in range(LOOKS_A_TELLING)), flush=True)
"""


def line_of(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    assert select.select([program.stdout], [], [], 10)[0], "it says nothing"
    return program.stdout.readline().strip()


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="not checked: there is no dbus-daemon here")
def test_a_screen_saver_service_that_begins_anew_is_told_again_that_there_is_a_wall(repository: Path) -> None:
    with contextlib.ExitStack() as running:

        def begin(*command: str, **more: Any) -> subprocess.Popen[str]:
            pipe = subprocess.PIPE
            made = running.enter_context(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, **more))
            running.callback(made.kill)
            return made

        bus = begin("dbus-daemon", "--session", "--nofork", "--print-address=1")
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": line_of(bus)}
        service = begin(sys.executable, "-c", SERVICE_THAT_LISTENS, env=environment)
        assert line_of(service) == "there"
        wall = begin(sys.executable, "-c", HOLDING, env=environment, cwd=repository)
        assert (line_of(wall), line_of(service)) == ("True", "Watchfloor")

        def look() -> str:
            assert wall.stdin is not None
            wall.stdin.write("\n")
            wall.stdin.flush()
            return line_of(wall)

        assert look() == "True"
        service.kill()
        service.wait()
        assert look() == "True", "while it is away nothing darkens the screen"
        service = begin(sys.executable, "-c", SERVICE_THAT_LISTENS, env=environment)
        assert line_of(service) == "there"
        assert look() == "True"
        assert line_of(service) == "Watchfloor"


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="not checked: there is no dbus-daemon here")
def test_a_frozen_screen_saver_service_does_not_hold_the_picture(repository: Path) -> None:
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    with bus:
        assert bus.stdout is not None
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        command = [sys.executable, "-c", FROZEN_SERVICE]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as service:
            try:
                assert service.stdout is not None
                assert service.stdout.readline() == "there\n"
                command = [sys.executable, "-c", ASKING]
                done = subprocess.run(
                    command, cwd=repository, env=environment, capture_output=True, text=True, timeout=60, check=True
                )
            finally:
                service.kill()
                bus.terminate()
    works, took = done.stdout.split()
    assert works == "False"
    assert float(took) < 2


def test_the_screen_saver_s_cookie_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[object, ...]] = []

    def call(_: object, *arguments: object) -> list[object]:
        said.append(arguments)
        return [42]

    monkeypatch.setattr(ScreenSaverInhibitor, "_call", call)
    way = ScreenSaverInhibitor()
    assert way.begin()
    way.end()
    assert [each[0] for each in said] == ["Inhibit", "UnInhibit"]
    assert said[1][1] == 42
