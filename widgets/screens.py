"""Which screen a window stands on, asked so that nobody's screen goes with the window."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


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
