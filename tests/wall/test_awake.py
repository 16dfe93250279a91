"""What keeps a wall's machine and screen awake: each system's way, the next one when that fails, a word when all do."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.machine.screen_saver import hold_off
from console.wall.awake import (
    Awake,
    ScreenSaverInhibitor,
    SystemdInhibitor,
    WindowsInhibitor,
    XServerInhibitor,
)
from tests.displays import a_display

pytestmark = pytest.mark.slow


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
