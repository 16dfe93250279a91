"""Themes and type: turns the token files into palettes and makes the bundled faces known to Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from msgspec.json import decode
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from console.looks import System
from widgets.faces import FAMILIES, forget
from widgets.palette import Palette

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
THEMES = ("dark", "light", "contrast-dark", "contrast-light")

log = logging.getLogger("console.theme")


@lru_cache(maxsize=8)
def palette(name: str, *, classic: bool = False) -> Palette:
    """The palette of a theme of the house (:data:`THEMES`), with agents in classic colours or without.

    Raises `ValueError` for any other name.
    """
    if name not in THEMES:
        raise ValueError(f"unknown theme {name!r}: choose one of {', '.join(THEMES)}")
    tokens = decode((RESOURCES / "themes" / f"{name}.json").read_bytes(), type=dict[str, str])
    return Palette.from_tokens(tokens, classic=classic)


def system() -> System:
    """What the system asks of every program now, as far as Qt knows."""
    from console.machine import motion  # a wall shows its first figure before it could need any of that

    hints = QGuiApplication.styleHints()
    contrast = False
    if hasattr(hints, "accessibility"):  # Qt 6.10
        contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    return System(dark=hints.colorScheme() is Qt.ColorScheme.Dark, contrast=contrast, still=motion.reduced())


def on_system_change(slot: Callable[[], None]) -> None:
    """Have a method of a QObject called when the system asks for other colours or another contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(slot)
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(slot)


@lru_cache(maxsize=1)
def load_faces() -> tuple[str, ...]:
    """Register the bundled faces once an application exists and make them its default; returns the families found."""
    families: list[str] = []
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            log.warning("the face %s could not be loaded, text falls back to the system's faces", path.name)
            continue
        families += QFontDatabase.applicationFontFamilies(number)
    QGuiApplication.setFont(QFont(list(FAMILIES), 10))
    forget()
    return tuple(dict.fromkeys(families))
