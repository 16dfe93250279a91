"""Menus below menus leave nothing behind when they are made anew."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMenu

from widgets.menus import below


def menus() -> int:
    gc.collect()
    return sum(type(one) is QMenu for one in gc.get_objects())


def test_a_menu_that_is_made_anew_fifty_times_leaves_no_shells(qapp: QApplication) -> None:
    menu = QMenu()
    before = menus()
    for _ in range(50):
        for old in menu.findChildren(QMenu):
            old.deleteLater()
        menu.clear()
        below(menu, "Theme").addAction("Dark")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert menus() - before <= 2
    assert [action.text() for action in menu.actions()] == ["Theme"]
    menu.deleteLater()
