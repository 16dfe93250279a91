"""Goes through all of a desk: every control of every window, and every text that it shows, says or paints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from msgspec.structs import fields, replace
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLabel,
    QLineEdit,
    QWidget,
)  # fmt: skip

from console.desk import Desk, picture
from console.sight import Entities, Sight
from feeds.entities import Call, Label, Seat
from feeds.requests import HelloResult, Scope
from tests.wall import floors
from widgets import faces

DATA = "§"
"""Stands in front of every name that is the site's and not ours."""
QTS_OWN = "qt_"
ALL = HelloResult("e", 1, "admin", ["*"], Scope(), True, 1000, floors.NOW)


def marked_sight(**changes: object) -> Sight:
    """The floor of the mock-up with people and callers, all names of the site's marked as data."""
    entities = Entities([_marked(one) for one in floors.floor().values()])
    for number in (16, 17, 24):
        seat = entities[f"seat:{number:03d}"]
        assert isinstance(seat, Seat)
        named = {"agent_zh": f"{DATA}张敏", "agent_en": f"{DATA}Min", "team": "team-7", "vendor": "qingchuan"}
        entities.put(replace(seat, **named))
    for number, state in enumerate(("waiting", "ringing")):
        entities.put(
            Call(
                key=f"call:{number}",
                rev=3,
                call=str(number),
                queue="rescue",
                state=state,  # type: ignore[arg-type]
                joined_at=floors.NOW - 9000,
                since=floors.NOW - 9000,
                number="13812345621",
            )
        )
    return floors.sight(entities, **{"welcome": ALL, **changes})


def _marked(entity: object) -> object:
    """An entity whose names in both languages are marked, and those of the labels in it."""
    changed: dict[str, object] = {}
    for field in fields(entity):
        value = getattr(entity, field.name)
        if field.name in ("zh", "en") and value:
            changed[field.name] = DATA + value
        elif isinstance(value, list) and value and isinstance(value[0], Label):
            changed[field.name] = [replace(one, zh=DATA + one.zh, en=DATA + one.en) for one in value]
    return replace(entity, **changed) if changed else entity


class Shown(NamedTuple):
    """A text and where it is."""

    where: str
    text: str


def states(desk: Desk) -> Iterator[str]:
    """Takes a desk through what it can show; after each step everything in sight can be looked at."""
    desk.window.look_at(marked_sight())
    desk.floor.locate("seat:016")
    yield "a floor"
    desk.queues.cards.choose("queue:rescue")
    desk.alarms.table.selectRow(0)
    yield "with a queue and an alarm chosen"
    desk.hands.actions.run("finder.open")
    yield "with the finder"
    desk.hands.finder.field.setText("min")
    yield "with what the finder found"
    desk.hands.finder._list_deeds("seat:016", f"{DATA}Min")
    yield "with what can be done with it"
    desk.hands.finder.close_again()
    desk.hands.actions.run("shortcuts.open")
    desk.hands.page.table.choose("finder.open")
    yield "with the page of shortcuts"
    desk.hands.page.close()
    desk.hands.actions.run("handover.open")
    yield "with the handover sheet"
    desk.duty.handover.close()
    desk.window.look_at(marked_sight(stale=True, age=42.0))
    yield "with old data"
    desk.window.look_at(floors.sight(Entities([_marked(floors.site())])))
    yield "with an empty floor"


def windows(desk: Desk) -> list[QWidget]:
    """The desk's window and all that belongs to it and is in sight."""
    others = [
        one for one in QApplication.topLevelWidgets() if one is not desk.window and one.isVisible() and _of(one, desk)
    ]
    return [desk.window, *others]


def _of(window: QWidget, desk: Desk) -> bool:
    owner: QWidget | None = window
    while owner is not None and owner is not desk.window:
        owner = owner.parentWidget()
    return owner is desk.window


def controls(window: QWidget) -> Iterator[tuple[QAccessibleInterface, str]]:
    """Everything that a screen reader finds in a window and that is in sight, with the way to it."""

    def below(one: QAccessibleInterface, path: str) -> Iterator[tuple[QAccessibleInterface, str]]:
        if not one.isValid() or one.state().invisible:
            return
        yield one, path
        for number in range(one.childCount()):
            child = one.child(number)
            if child is not None:
                made = child.object()
                name = type(made).__name__ if made is not None else child.role().name
                yield from below(child, f"{path} > {name}")

    first = QAccessible.queryAccessibleInterface(window)
    assert first is not None
    yield from below(first, type(window).__name__)


def texts(desk: Desk) -> Iterator[Shown]:
    """Every text on ordinary controls, in tables and menus, tooltips and what is said of them included."""
    for window in windows(desk):
        for widget in (window, *window.findChildren(QWidget)):
            if not widget.objectName().startswith(QTS_OWN) and _in_sight(widget):
                yield from _of_widget(widget)


def _in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and not isinstance(widget.parent(), QLineEdit)


def _of_widget(widget: QWidget) -> Iterator[Shown]:
    where = f"{type(widget.parent()).__name__}.{type(widget).__name__}"
    said = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    if widget.isWindow() or isinstance(widget, QDockWidget):
        said.append(widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        said.append(widget.text())
    if isinstance(widget, QLineEdit):
        said.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        said += [widget.itemText(place) for place in range(widget.count())]
    yield from (Shown(where, text) for text in said if text)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from (Shown(where, text) for text in _of_model(widget.model()))
    for action in widget.actions():
        yield from (Shown(f"{where} menu", text) for text in _of_action(action) if not action.isSeparator())


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(30, model.rowCount())):
            yield from (str(model.data(model.index(row, column), role) or "") for role in roles)


def _of_action(action: QAction) -> Iterator[str]:
    yield action.text()
    yield action.toolTip()


class Painted:
    """Remembers every line of text that the widgets paint themselves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines: set[str] = set()
        draw: Callable[..., object] = faces._drawn

        def remembered(text: str, *rest: object) -> object:
            self.lines.add(text)
            return draw(text, *rest)

        monkeypatch.setattr(faces, "_line", remembered)

    def of(self, desk: Desk) -> set[str]:
        """What is painted in the windows now."""
        self.lines.clear()
        for window in windows(desk):
            if isinstance(window, QDialog):
                window.grab()
            else:
                picture(desk.window)
        return set(self.lines)
