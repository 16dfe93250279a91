"""Menus below menus, made so that nothing of them is left when they go, and names in menus as they are written."""

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


def unmarked(name: str) -> str:
    """A name as the text of an entry or a button that shows it whole: Qt takes `&` for the mark of a key."""
    return name.replace("&", "&&")


def marked_off(text: str) -> str:
    """The name again that :func:`unmarked` made that text of."""
    return text.replace("&&", "&")
