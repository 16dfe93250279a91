"""Nobody leaves a wall without its PIN, by key, by finger or by closing it, and one that was put away comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from config.tokens import verify_pin
from console.wall.pin import Gate
from console.wall.window import AWAY_S, BACK_S, WallWindow
from tests.displays import a_display
from tests.wall import floors
from tests.wall.conftest import HandClock
from widgets.wall.pin_pad import PinPad

pytestmark = pytest.mark.slow


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
