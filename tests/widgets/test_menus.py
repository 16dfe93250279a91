"""Menus below menus leave nothing behind when they are made anew."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout
from pytestqt.qtbot import QtBot

from console.theme import palette
from widgets.choice_button import ChoiceButton
from widgets.desk_texts import Choice
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


def test_a_name_with_an_ampersand_is_shown_whole_and_marks_no_key(qtbot: QtBot) -> None:
    button = ChoiceButton(room=200)
    qtbot.addWidget(button)
    button.set_look(palette("light"), "Team")
    button.set_choices([Choice("", "All teams"), Choice("a", "Smith & Sons"), Choice("b", "R&D")])
    button.set_key("a")
    assert [drawn(action) for action in button.menu().actions()] == ["All teams", "Smith & Sons", "R&D"]
    assert button.text() == "Smith && Sons" and button.shortcut().isEmpty()
    assert (button.accessibleName(), button.toolTip()) == ("Team: Smith & Sons", "Team: Smith & Sons")


def drawn(action: QAction) -> str:
    """What is to be read of an entry."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def test_enter_opens_the_list_of_a_button_and_never_that_of_another(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, button = QLineEdit(), ChoiceButton()
    column = QVBoxLayout(dialog)
    column.addWidget(button)
    column.addWidget(field)
    button.set_choices([Choice("", "All"), Choice("a", "One")])
    opened: list[str] = []
    button.menu().aboutToShow.connect(lambda: opened.append("list"))
    dialog.show()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert opened == []
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert opened == ["list"]
    button.menu().close()
