"""Whether this desk's system asks for reduced motion: then nothing blinks."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

VARIABLE: Final = "WATCHFLOOR_REDUCED_MOTION"
"""Says it where the system has no such setting: 1 or 0."""
_ANIMATED: Final = 0x1042
"""SPI_GETCLIENTAREAANIMATION of SystemParametersInfo."""


@lru_cache(maxsize=1)
def reduced() -> bool:
    """Whether motion is to be reduced; asked of the system once."""
    said = os.environ.get(VARIABLE)
    if said is not None:
        return said not in ("", "0")
    if sys.platform == "win32":
        return _on_windows()
    return _on_gnome() or _on_kde()


def _on_windows() -> bool:
    import ctypes

    animated = ctypes.c_int(1)
    asked = ctypes.windll.user32.SystemParametersInfoW(_ANIMATED, 0, ctypes.byref(animated), 0)  # type: ignore[attr-defined,unused-ignore]
    return bool(asked) and not animated.value


def _on_gnome() -> bool:
    if "GNOME" not in os.environ.get("XDG_CURRENT_DESKTOP", "").upper() or not shutil.which("gsettings"):
        return False
    command = ["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=1, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return found.stdout.strip() == "false"


def _on_kde() -> bool:
    """Plasma's slider of animation speed, at its end."""
    if "KDE" not in os.environ.get("XDG_CURRENT_DESKTOP", "").upper():
        return False
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        parser.read(folder / "kdeglobals", encoding="utf-8")
    except (configparser.Error, OSError, UnicodeDecodeError):
        return False
    return parser.get("KDE", "AnimationDurationFactor", fallback="1") in ("0", "0.0")
