"""A field for a number in a form that scrolls: the wheel is the form's until somebody writes in the field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.number_field import NumberField


def is_for(widget: QWidget) -> bool:
    """Whether a widget keeps a turn of the wheel over it; what lies around it gets the others."""
    middle = QPointF(widget.rect().center())
    turn = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, turn)
    return turn.isAccepted()


def test_the_wheel_scrolls_past_a_number_and_changes_it_only_where_the_keyboard_is(qtbot: QtBot) -> None:
    form, other, field = QWidget(), QLineEdit(), NumberField()
    qtbot.addWidget(form)
    column = QVBoxLayout(form)
    for part in (other, field):
        column.addWidget(part)
    field.setValue(5)
    form.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert not is_for(field)
    assert (field.value(), other.hasFocus()) == (5, True)
    field.setFocus()
    assert is_for(field)
    assert field.value() == 4
