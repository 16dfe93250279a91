"""Whether there is a screen that Qt could open, asked before Qt: where it finds none it aborts without a clear word."""

from __future__ import annotations

import contextlib
import ctypes
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

NONE_HERE = "no display here: set DISPLAY or WAYLAND_DISPLAY, or take a picture with --shot"
WAYLAND_S = 3.0
_KINDS = ("xcb", "wayland", "wayland-egl")
"""The platforms of Qt that need a display server; any other was chosen by somebody who knows why."""


def refusal(environment: Mapping[str, str]) -> str:
    """Why no window can be opened here, in one line; empty when one can be, or when that cannot be told."""
    if sys.platform in ("win32", "darwin"):
        return ""
    named = environment.get("QT_QPA_PLATFORM", "")
    kinds = [one.partition(":")[0] for one in named.split(";")] if named else list(_KINDS)
    if any(kind not in _KINDS for kind in kinds):
        return ""
    asked: list[str] = []
    if "xcb" in kinds and (name := environment.get("DISPLAY", "")):
        if _opens_x11(name):
            return ""
        asked.append(name)
    if any(kind.startswith("wayland") for kind in kinds):
        if environment.get("WAYLAND_SOCKET"):
            return ""
        if name := environment.get("WAYLAND_DISPLAY", ""):
            if _opens_wayland(name, environment):
                return ""
            asked.append(name)
    return f"cannot open display {' or '.join(asked)}" if asked else NONE_HERE


def _opens_x11(name: str) -> bool:
    """Ask with the library that Qt asks with: it knows every form of a name, and what the server wants to be shown."""
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # what Qt lacks is told elsewhere: console/machine/system_libraries.py
    library.xcb_connect.restype = ctypes.c_void_p
    library.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.xcb_connection_has_error.argtypes = library.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = library.xcb_connect(name.encode(), None)
    works = library.xcb_connection_has_error(connection) == 0
    library.xcb_disconnect(connection)
    return works


def _opens_wayland(name: str, environment: Mapping[str, str]) -> bool:
    path = Path(environment.get("XDG_RUNTIME_DIR", ""), name)
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(WAYLAND_S)
        line.connect(str(path))
        return True
    return False
