"""A button that shows what is chosen: in little room its words lose their end, and come back with the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.choice_button import ChoiceButton
from widgets.desk_style import style_sheet
from widgets.desk_texts import Choice
from widgets.palette import Palette


def test_where_there_is_little_room_the_end_goes_and_never_the_number_in_front(qtbot: QtBot, palette: Palette) -> None:
    row, button = QWidget(), ChoiceButton(room=150)
    qtbot.addWidget(row)
    row.setStyleSheet(style_sheet(palette))
    layout = QHBoxLayout(row)
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    layout.addWidget(QPushButton("All orders"))
    layout.addWidget(button)
    button.set_look(palette, "for whom")
    button.set_choices([Choice("", "3 seats selected"), Choice("team", "Smith & Sons · 12")])
    row.resize(400, 50)
    row.show()
    QApplication.processEvents()
    assert button.text() == "3 seats selected"
    row.resize(190, 50)
    QApplication.processEvents()
    assert button.text().startswith("3 s") and button.text().endswith("…")
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert words + 20 <= button.width(), "with room for the mark of a list"
    button.set_key("team")
    QApplication.processEvents()
    assert button.text().startswith("Smi") and button.text().endswith("…")
    row.resize(400, 50)
    QApplication.processEvents()
    assert button.text() == "Smith && Sons · 12"
    assert button.accessibleName() == "for whom: Smith & Sons · 12"


@pytest.mark.parametrize("label", ["All vendors", "All skills", "All languages", "全部班组", "AVAVAV", "iiii"])
def test_with_as_much_room_as_it_wants_nothing_is_cut(qtbot: QtBot, palette: Palette, label: str) -> None:
    button = ChoiceButton()
    qtbot.addWidget(button)
    button.setStyleSheet(style_sheet(palette))
    button.set_look(palette, "")
    button.set_choices([Choice("", label)])
    button.show()
    button.resize(button.minimumSizeHint())
    button.resize(button.sizeHint())
    QApplication.processEvents()
    assert button.text() == label


def test_a_list_that_is_open_keeps_its_place_when_a_number_in_it_changes(qtbot: QtBot, palette: Palette) -> None:
    button = ChoiceButton()
    qtbot.addWidget(button)
    button.set_look(palette, "")
    button.set_choices([Choice("", "This seat"), Choice("team", "Claims · 4"), Choice("all", "Everybody")])
    button.show()
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    menu.setActiveAction(menu.actions()[1])
    button.set_choices([Choice("", "This seat"), Choice("team", "Claims · 5"), Choice("all", "Everybody")])
    assert menu.activeAction() is menu.actions()[1] and menu.activeAction().text() == "Claims · 5"
    with qtbot.waitSignal(button.picked) as picked:
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert picked.args == ["team"] and button.accessibleName() == "Claims · 5"
