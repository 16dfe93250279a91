"""The X server's own screen saver: it darkens a screen whatever a desktop's service or systemd was asked for."""

from __future__ import annotations

import ctypes
import os

RESET = 0
"""What ForceScreenSaver calls it when the server shall count its minutes anew, as if somebody had touched a key."""


def hold_off() -> bool:
    """Have the X server of this environment count anew; False where there is none.

    A connection of its own each time, because one that is kept and never read would fill with what the server tells
    everybody. With the library that Qt has loaded for the same server, see :mod:`console.machine.display_server`.
    """
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    library.xcb_connect.restype = library.xcb_request_check.restype = ctypes.c_void_p
    library.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.xcb_force_screen_saver_checked.restype = ctypes.c_uint
    library.xcb_force_screen_saver_checked.argtypes = [ctypes.c_void_p, ctypes.c_uint8]
    library.xcb_request_check.argtypes = [ctypes.c_void_p, ctypes.c_uint]
    library.xcb_connection_has_error.argtypes = library.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = library.xcb_connect(os.environ.get("DISPLAY", "").encode() or None, None)
    try:
        if library.xcb_connection_has_error(connection):
            return False
        asked = library.xcb_force_screen_saver_checked(connection, RESET)
        return library.xcb_request_check(connection, asked) is None
    finally:
        library.xcb_disconnect(connection)
