"""Menus below menus, made so that nothing of them is left when they go."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu


def below(menu: QMenu, title: str) -> QMenu:
    """A menu below another one.

    Not `menu.addMenu(title)`: of what Qt makes itself Python keeps an empty shell for ever, and a menu that is made
    anew with every change of the look leaves hundreds in an hour.
    """
    made = QMenu(title, menu)
    menu.addMenu(made)
    return made
