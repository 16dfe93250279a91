"""Which libraries of the operating system Qt needs and this machine lacks, and the exact line that installs them."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path

# library -> Debian and Ubuntu package, Fedora and RHEL package
PACKAGES = {
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libGLX.so.0": ("libglx0", "libglvnd-glx"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-glx.so.0": ("libxcb-glx0", "libxcb"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
WINDOWS_HINT = "install the Microsoft Visual C++ Redistributable 2015-2022 (x64)"
_DRAWING = ("lib/libQt6Core.so.6", "lib/libQt6Gui.so.6", "lib/libQt6Widgets.so.6", "plugins/platforms/libqoffscreen.so")
_CUTS = frozenset('",;\\')
"""What Qt takes for the end of a folder's name: PySide6 tells it in the form of its own settings where it lies."""
_put: list[str] = []
"""What `before_qt` chose because nobody had."""
_ON_SCREEN = ("plugins/platforms/libqxcb.so", "plugins/xcbglintegrations/libqxcb-glx-integration.so")


def has_display(environment: MutableMapping[str, str]) -> bool:
    """Whether there is a screen to draw on; Windows and macOS desks always have one."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def before_qt(environment: MutableMapping[str, str]) -> str:
    """Draw into memory where there is no screen, and return what to install first; empty when nothing lacks."""
    if not has_display(environment) and not environment.get("QT_QPA_PLATFORM"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
        _put.append("offscreen")
    unknown = unknown_platform(environment)
    if unknown:
        return unknown
    lead_to_plugins(environment)
    libraries = missing(on_screen=needs_xcb(environment))
    if not libraries:
        return ""
    return f"Qt needs {', '.join(libraries)}, which this machine lacks. Run: {install_line(libraries)}"


def unknown_platform(environment: Mapping[str, str]) -> str:
    """Why Qt would abort at the platform that somebody named; empty when it has one, or when that cannot be told."""
    named, folder = environment.get("QT_QPA_PLATFORM", ""), part_of_qt("plugins/platforms")
    elsewhere = environment.get("QT_PLUGIN_PATH") or environment.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    if not named or folder is None or elsewhere or sys.platform != "linux":
        return ""
    known = {file.stem.removeprefix("libq") for file in folder.glob("libq*.so")}
    # Options stand behind a colon, and `wayland-egl` is of the same file as `wayland`.
    wanted = {re.split("[:-]", one.lower())[0] for one in named.split(";")}
    if not known or known & wanted:
        return ""
    return f"Qt has no platform {named!r} (QT_QPA_PLATFORM); it has {', '.join(sorted(known))}"


def lead_to_plugins(environment: MutableMapping[str, str]) -> None:
    """Tell Qt where its plugins are when it would not find them, for the name of a folder that they lie in."""
    folder = qt_folder()
    if folder is None or _CUTS.isdisjoint(folder.as_posix()) or environment.get("QT_PLUGIN_PATH"):
        return
    found = part_of_qt("plugins")
    if found is not None:
        environment["QT_PLUGIN_PATH"] = str(found)


def part_of_qt(name: str) -> Path | None:
    """A folder that comes with PySide6, such as `plugins`; on Windows it lies a step higher."""
    folder = qt_folder()
    places = () if folder is None else (folder / "Qt" / name, folder / name)
    return next((place for place in places if place.is_dir()), None)


def as_given(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without the platform that `before_qt` put there: somebody else's `offscreen` is a wish."""
    given = dict(environment)
    if given.get("QT_QPA_PLATFORM") in _put:
        del given["QT_QPA_PLATFORM"]
    return given


def needs_xcb(environment: MutableMapping[str, str]) -> bool:
    """Whether Qt will draw through X11 here."""
    named = environment.get("QT_QPA_PLATFORM", "")
    return named.startswith("xcb") if named else bool(environment.get("DISPLAY"))


def missing(on_screen: bool, folder: Path | None = None) -> list[str]:
    """The libraries that Qt's own files name and the loader does not find, sorted; empty where that cannot be asked.

    `on_screen` adds those of the X11 window system; `folder` is PySide6's, by default the installed one.
    """
    folder = folder or qt_folder()
    if sys.platform != "linux" or folder is None or shutil.which("ldd") is None:
        return []
    names = _DRAWING + (_ON_SCREEN if on_screen else ())
    files = [str(folder / "Qt" / name) for name in names if (folder / "Qt" / name).exists()]
    import subprocess

    told = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False) if files else None
    return not_found(told.stdout) if told else []


def qt_folder() -> Path | None:
    """Where PySide6 is installed, found without importing it; None when it is not."""
    specification = importlib.util.find_spec("PySide6")
    places = list(specification.submodule_search_locations or ()) if specification else []
    return Path(places[0]) if places else None


def not_found(told_by_ldd: str) -> list[str]:
    """The libraries that `ldd` says it did not find, without Qt's own."""
    names = set(re.findall(r"^\s*(\S+) => not found", told_by_ldd, re.MULTILINE))
    return sorted(name for name in names if not name.startswith(("libQt6", "libicu", "libpyside", "libshiboken")))


def install_line(libraries: Iterable[str]) -> str:
    """The command that installs them on this machine: apt, else dnf, else a hint at what to look for."""
    libraries = list(libraries)
    if sys.platform == "win32":
        return WINDOWS_HINT
    unknown = [name for name in libraries if name not in PACKAGES]
    column = 1 if shutil.which("dnf") and not shutil.which("apt") else 0
    packages = sorted({PACKAGES[name][column] for name in libraries if name in PACKAGES})
    line = f"sudo {'dnf' if column else 'apt'} install {' '.join(packages)}" if packages else ""
    hint = f"and the packages that hold {', '.join(unknown)}" if unknown else ""
    return " ".join(part for part in (line, hint) if part)
