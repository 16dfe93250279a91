"""What of the operating system Qt needs: found before Qt aborts, named by the package that brings it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.machine import system_libraries

TOLD = """/somewhere/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibxcb-cursor.so.0 => not found
\tlibQt6Gui.so.6 => not found
\tlibxkbcommon-x11.so.0 => not found
\tlibc.so.6 => /lib/libc.so.6 (0x00007f)
/somewhere/libqoffscreen.so:
\tlibxcb-cursor.so.0 => not found
"""


def test_each_library_that_the_loader_misses_is_named_once_and_qts_own_are_not() -> None:
    assert system_libraries.not_found(TOLD) == ["libxcb-cursor.so.0", "libxkbcommon-x11.so.0"]


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ("apt", "sudo apt install libgl1 libxcb-cursor0"),
        ("dnf", "sudo dnf install mesa-libGL xcb-util-cursor"),
    ],
)
def test_the_line_to_install_them_is_the_one_of_this_distribution(
    monkeypatch: pytest.MonkeyPatch, there: str, line: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == there else None)
    assert system_libraries.install_line(["libxcb-cursor.so.0", "libGL.so.1"]) == line


def test_a_library_of_no_known_package_is_still_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name)
    line = system_libraries.install_line(["libGL.so.1", "libodd.so.3"])
    assert line == "sudo apt install libgl1 and the packages that hold libodd.so.3"


def test_on_windows_the_hint_is_the_runtime_that_qt_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert "Visual C++" in system_libraries.install_line(["libGL.so.1"])
    assert system_libraries.missing(on_screen=True) == []


def test_without_a_display_qt_draws_into_memory_and_needs_no_x11(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "missing", lambda on_screen: asked.append(on_screen) or [])
    environment: dict[str, str] = {}
    assert system_libraries.before_qt(environment) == ""
    assert environment == {"QT_QPA_PLATFORM": "offscreen"}
    assert system_libraries.before_qt({"DISPLAY": ":0"}) == ""
    assert asked == [False, True]


def test_a_platform_that_somebody_chose_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing", lambda on_screen: [])
    environment = {"QT_QPA_PLATFORM": "vnc"}
    system_libraries.before_qt(environment)
    assert environment == {"QT_QPA_PLATFORM": "vnc"}


@pytest.mark.skipif(sys.platform != "linux", reason="the names are those of Linux's files")
def test_a_platform_that_qt_does_not_have_is_told_before_qt_aborts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing", lambda on_screen: [])
    told = system_libraries.before_qt({"QT_QPA_PLATFORM": "nonsense"})
    assert told.startswith("Qt has no platform 'nonsense' (QT_QPA_PLATFORM); it has eglfs, linuxfb, ")
    for known in ("Offscreen", "xcb", "wayland-egl", "nonsense;xcb", "vnc:size=800x600"):
        assert system_libraries.before_qt({"QT_QPA_PLATFORM": known}) == "", known


@pytest.mark.skipif(sys.platform != "linux", reason="ldd is Linux's")
def test_on_this_machine_qt_can_draw_at_least_into_memory() -> None:
    assert system_libraries.missing(on_screen=False) == []


@pytest.mark.skipif(sys.platform != "linux", reason="names of folders like these are Linux's")
@pytest.mark.parametrize("name", ["Wang, Li", "a;b", 'the "new" one', "back\\slash", "班 1"])
def test_qt_starts_in_a_folder_of_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / name
    place.mkdir()
    for package in ("PySide6", "shiboken6"):
        found = importlib.util.find_spec(package)
        assert found is not None and found.submodule_search_locations
        (place / package).symlink_to(found.submodule_search_locations[0])
    monkeypatch.setattr(system_libraries, "qt_folder", lambda: place / "PySide6")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(place)}
    assert system_libraries.before_qt(environment) == ""
    code = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
