"""Every control has a name that can be heard, seats included, and can be reached without a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from console.desk import Desk
from console.words import LANGUAGES
from tests.desk.everywhere import QTS_OWN, controls, marked_sight, states, windows

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
NAME, ABOUT = QAccessible.Text.Name, QAccessible.Text.Description
ROLES = QAccessible.Role
PRESSED = {ROLES.Button, ROLES.CheckBox, ROLES.RadioButton, ROLES.ButtonMenu, ROLES.ButtonDropDown, ROLES.ComboBox}
ITEMS = {ROLES.ListItem, ROLES.Cell, ROLES.RowHeader, ROLES.ColumnHeader, ROLES.TreeItem, ROLES.PageTab}


def wants_name(one: QAccessibleInterface) -> bool:
    """Whether a control takes the keyboard, can be pressed, or is a thing in a list."""
    made = one.object()
    if made is not None and made.objectName().startswith(QTS_OWN):
        return False
    return bool(one.state().focusable) or one.role() in PRESSED | ITEMS


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_pressed_or_focused_has_a_name(make_desk: MakeDesk, language: str) -> None:
    desk = make_desk("--lang", language)
    desk.window.activateWindow()
    silent: set[str] = set()
    count = 0
    for step in states(desk):
        QApplication.processEvents()
        for window in windows(desk):
            for one, path in controls(window):
                if wants_name(one):
                    count += 1
                    if not one.text(NAME).strip():
                        silent.add(f"{step}: {path} ({one.role().name})")
    assert count > 1000
    assert sorted(silent) == []


def test_a_seat_tells_who_sits_there_in_which_state_and_for_how_long(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(marked_sight())
    desk.floor.locate("seat:016")
    field = QAccessible.queryAccessibleInterface(desk.floor.field)
    assert field is not None
    assert (field.role(), field.childCount()) == (ROLES.List, 110)
    seat = field.child(15)
    assert seat is not None
    for word in ("Seat 016", "Min", "Talking", "00:45", "Qingchuan Services"):
        assert word in seat.text(NAME)
    assert seat.state().selected
    assert seat.state().selectable
    assert not seat.rect().isEmpty()
    assert desk.floor.field.visualRect(desk.floor.field.cards.index(15, 0)).size() == seat.rect().size()


def test_what_a_seat_tells_goes_on_with_its_clock(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(marked_sight())
    sight = marked_sight()
    later = marked_sight(now=sight.now + 5000)
    desk.window.look_at(later)
    field = QAccessible.queryAccessibleInterface(desk.floor.field)
    assert field is not None
    seat = field.child(15)
    assert seat is not None
    assert "00:50" in seat.text(NAME)


def test_a_row_of_a_table_is_told_as_a_sentence(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(marked_sight())
    table = QAccessible.queryAccessibleInterface(desk.alarms.table)
    assert table is not None
    rows = [table.child(number) for number in range(table.childCount())]
    told = [row.text(NAME) for row in rows if row is not None and row.role() is ROLES.RowHeader]
    assert told
    assert "Critical" in told[0]
    assert "Not acknowledged" in told[0]


def test_a_disabled_button_tells_why(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(marked_sight())
    button = QAccessible.queryAccessibleInterface(desk.alarms.acknowledge)
    assert button is not None
    assert button.state().disabled
    assert button.text(ABOUT) == desk.window.words("why.choose_alarm")


def test_panels_are_regions_with_a_name(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(marked_sight())
    for panel in desk.window.panels:
        assert panel.accessibleName() == desk.window.words(f"{panel.name}.title")


def focusable(window: QWidget) -> list[QWidget]:
    """The controls that Tab reaches."""
    reached: list[QWidget] = []
    first = now = window.nextInFocusChain()
    while now is not None:
        tabbed = now.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if tabbed and now.isVisible() and now.isEnabled() and now.focusProxy() is None and now is not window:
            reached.append(now)
        now = now.nextInFocusChain()
        if now is first:
            break
    return reached


@pytest.mark.parametrize("mode", ["map", "table"])
def test_tab_goes_round_through_every_control_beside_the_seats_too(make_desk: MakeDesk, mode: str) -> None:
    desk = make_desk("--lang", "en")
    desk.window.activateWindow()
    desk.window.look_at(marked_sight())
    if mode == "table":
        desk.floor.turn()
    desk.floor.take_keyboard()
    begin = desk.window.focusWidget()
    assert begin is (desk.floor.table if mode == "table" else desk.floor.field)
    reached: set[QWidget | None] = set()
    while begin not in reached:
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        reached.add(desk.window.focusWidget())
        assert len(reached) < 200
    grouped = {one for one in focusable(desk.window) if isinstance(one, QAbstractButton) and one.group() is not None}
    missed = {one.accessibleName() or type(one).__name__ for one in {*focusable(desk.window)} - grouped - reached}
    assert not missed
    assert {desk.floor.search, desk.floor.toggle, desk.floor.overdue} <= reached


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [True, False])
def test_whatever_has_the_keyboard_shows_it_in_the_colour_of_focus(make_desk: MakeDesk, chosen: bool) -> None:
    desk = make_desk("--lang", "en", "--theme", "light")
    desk.window.look_at(marked_sight())
    if chosen:
        desk.floor.locate("seat:016")
        desk.queues.cards.choose("queue:rescue")
        desk.alarms.table.selectRow(0)
    desk.window.activateWindow()
    QApplication.processEvents()
    assert unseen_focus(desk, focusable(desk.window)) == []


def test_what_only_scrolls_shows_the_keyboard_too(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en", "--theme", "light")
    desk.window.look_at(marked_sight())
    desk.window.activateWindow()
    desk.hands.opener.go_to(desk.agent)
    assert desk.window.focusWidget() is desk.agent
    assert unseen_focus(desk, [desk.agent]) == []
    desk.floor.locate("seat:016")
    assert unseen_focus(desk, [desk.agent.area]) == []
    assert desk.agent.area.accessibleName() == "Agent"


def unseen_focus(desk: Desk, controls_: list[QWidget]) -> list[str]:
    """Which of those look the same whether they have the keyboard or not."""
    unseen = []
    for widget in controls_:
        other = desk.hands.search if widget is not desk.hands.search else desk.floor.search
        other.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        after = widget.grab().toImage()
        if before == after:
            unseen.append(f"{type(widget.parent()).__name__}.{type(widget).__name__} {widget.accessibleName()}")
    return unseen
