"""The menu at the user's chip: how the desk looks and speaks, and where its panels stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu


def offer(
    menu: QMenu, title: str, choices: Sequence[tuple[str, str]], now: str, choose: Callable[[str], None]
) -> QMenu:
    """A submenu of choices of which one holds; each is a key and what is read."""
    below = menu.addMenu(title)
    group = QActionGroup(below)
    for key, label in choices:
        action = below.addAction(label)
        action.setCheckable(True)
        action.setChecked(key == now)
        group.addAction(action)
        action.triggered.connect(lambda _=False, key=key: choose(key))
    return below
