"""Which screen a window stands on, asked so that nobody's screen goes with the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

FRAME: Final = QSize(40, 60)
"""What a window's frame and a little of what lies behind it take, in all."""


def screen_of(widget: QWidget) -> QScreen | None:
    """The screen on which the middle of a widget's window is, else the first one; None where there is no screen.

    Not `widget.screen()`: PySide6 takes what that returns for the window's child, and whoever else holds the screen
    loses it with the window ("Internal C++ object already deleted").
    """
    return QGuiApplication.screenAt(widget.window().frameGeometry().center()) or QGuiApplication.primaryScreen()


def room_of(widget: QWidget) -> QRect:
    """What windows may cover of the screen that a widget's window is on; empty where there is no screen."""
    screen = screen_of(widget)
    return QRect() if screen is None else screen.availableGeometry()


def fitting(wanted: QSize, near: QWidget) -> QSize:
    """A size for a window on the same screen as another one: what is wanted, as far as there is room for it."""
    room = room_of(near)
    return wanted if room.isEmpty() else wanted.boundedTo(room.size() - FRAME)
