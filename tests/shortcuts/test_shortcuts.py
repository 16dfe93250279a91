"""Shortcuts: every action has words, none shares its keys; a change is told, kept and undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.shortcuts import store
from console.shortcuts.actions import Action, Actions, named
from console.shortcuts.present import GROUPS
from console.words import Words
from tests.wall import floors

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
EN, ZH = Words("en"), Words("zh_CN")


@pytest.fixture(autouse=True)
def kept_file() -> Iterator[Path]:
    path = store.shortcuts_file()
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def desk(make_desk: MakeDesk, qtbot: QtBot) -> Desk:
    made: Desk = make_desk("--lang", "en")
    made.window.look_at(floors.sight())
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def test_every_action_has_words_in_both_languages_and_a_group_of_the_page(desk: Desk) -> None:
    for action in desk.hands.actions:
        assert action.title(EN)
        assert action.title(ZH)
        assert action.group in GROUPS


def test_curves_lists_and_callers_are_reached_by_their_names_and_say_what_is_missing(desk: Desk) -> None:
    actions = desk.hands.actions
    assert {"queues.cards", "queues.table", "queues.curves", "orders.list"} <= {one.id for one in actions}
    assert actions.run("queues.table") and desk.queues.as_table.isChecked()
    assert not actions.run("queues.order")
    assert actions["queues.order"].why_not() == "choose a waiting caller first"


def test_alarm_pages_muting_and_undo_can_be_given_keys_and_say_what_is_missing(desk: Desk) -> None:
    actions, alarms = desk.hands.actions, desk.alarms
    assert actions.run("alarm.journal") and alarms.page == "journal"
    assert actions.run("alarm.open") and alarms.page == "open"
    assert actions.run("alarm.mute") and 0 < alarms.sounding.muted_s <= 600
    assert actions.run("alarm.mute") and alarms.sounding.muted_s == 0
    for name, why in (("orders.undo", "nothing to undo"), ("queues.all", "all queues are shown")):
        assert not actions.run(name)
        assert why in actions[name].why_not()
    desk.queues.cards.choose("queue:rescue")
    desk.queues.present_now()
    assert actions.run("queues.all") and desk.queues.cards.chosen_key == ""


def test_no_two_actions_have_the_same_keys_at_first(desk: Desk) -> None:
    actions = desk.hands.actions
    keys = [QKeySequence(one).toString() for action in actions for one in action.keys.split()]
    assert "" not in keys
    assert sorted(set(keys)) == sorted(keys)


def test_an_action_that_cannot_be_done_says_why_and_is_not_done(qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    actions = Actions(window, EN)
    actions.add(Action("a", named("desk.who"), lambda: done.append("a"), "Ctrl+J", why_not=lambda: "it is night"))
    with qtbot.waitSignal(actions.refused) as told:
        assert not actions.run("a")
    assert told.args == [f"{EN('desk.who')}: it is night"]
    assert done == []


def test_keys_of_another_action_are_taken_from_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, EN)
    actions.add(Action("a", named("desk.who"), list, "Ctrl+J F4"))
    actions.add(Action("b", named("desk.theme"), list, "Ctrl+L"))
    assert actions.holder("F4", "b") == "a"
    actions.set_keys("b", "F4")
    assert (actions.keys("a"), actions.keys("b")) == ("Ctrl+J", "F4")
    assert actions.own_keys() == {"a": "Ctrl+J", "b": "F4"}
    actions.reset_keys("a")
    assert actions.keys("a") == "Ctrl+J", "F4 is taken: it does not come back twice"
    actions.reset_all()
    assert actions.own_keys() == {}
    assert actions.keys("a") == "Ctrl+J F4"


def test_a_kept_key_that_is_usual_for_another_action_belongs_to_whoever_was_given_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, EN)
    actions.add(Action("a", named("desk.who"), list, "Ctrl+J F4"))
    actions.take_keys({"b": "F4", "c": "F4 F5"})
    for name in ("b", "c"):
        actions.add(Action(name, named("desk.theme"), list, ""))
    assert [actions.keys(name) for name in "abc"] == ["Ctrl+J", "F4", "F5"]
    bound = {name: [one.toString() for one in actions.qaction(name).shortcuts()] for name in "abc"}
    assert bound == {"a": ["Ctrl+J"], "b": ["F4"], "c": ["F5"]}, "two with one shortcut would do nothing"


def test_keys_that_lists_and_fields_need_are_no_shortcuts(desk: Desk, qtbot: QtBot) -> None:
    page(desk, qtbot, "floor.overdue")
    shown = desk.hands.page
    for keys in ("Space", "Ctrl+Z", "Down"):
        shown.keys.setKeySequence(QKeySequence(keys))
        shown.keys.keySequenceChanged.emit(shown.keys.keySequence())
        assert "is needed in lists and fields" in shown.said.text()
        assert not shown.give.isEnabled()
    shown.keys.setKeySequence(QKeySequence("Ctrl+J"))
    assert shown.give.isEnabled()


def page(desk: Desk, qtbot: QtBot, chosen: str) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    qtbot.waitUntil(desk.hands.page.isVisible)
    desk.hands.page.table.choose(chosen)


def test_the_page_lists_every_action_and_finds_by_name_and_key(desk: Desk, qtbot: QtBot) -> None:
    page(desk, qtbot, "finder.open")
    table = desk.hands.page.table
    assert {row.key for row in table.lines.rows} == {action.id for action in desk.hands.actions}
    desk.hands.page.search.setText("F6")
    assert {"panel.next", "panel.previous"} <= {row.key for row in table.lines.rows}
    desk.hands.page.search.setText("gravest")
    assert [row.key for row in table.lines.rows] == ["alarm.first"]
    desk.hands.page.accept()


def test_a_shortcut_that_was_changed_works_at_once_is_shown_and_is_kept_readably(
    desk: Desk, qtbot: QtBot, kept_file: Path
) -> None:
    page(desk, qtbot, "finder.open")
    shown = desk.hands.page
    shown.keys.setKeySequence(QKeySequence("Ctrl+J"))
    qtbot.mouseClick(shown.give, Qt.MouseButton.LeftButton)
    assert json.loads(kept_file.read_text("utf-8"))["shortcuts"] == {"finder.open": "Ctrl+J"}
    shown.accept()
    assert "Ctrl+J" in desk.hands.search.toolTip()
    qtbot.waitUntil(desk.window.isActiveWindow)
    qtbot.keyClick(desk.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert desk.hands.finder.isVisible()


def test_a_conflict_is_told_and_asked_about_before_it_is_made(desk: Desk, qtbot: QtBot) -> None:
    page(desk, qtbot, "finder.open")
    shown = desk.hands.page
    shown.keys.setKeySequence(QKeySequence("Ctrl+F"))
    assert "Find on the floor" in shown.said.text()
    qtbot.mouseClick(shown.give, Qt.MouseButton.LeftButton)
    assert desk.hands.actions.keys("floor.search") == "Ctrl+F"
    qtbot.mouseClick(shown.give, Qt.MouseButton.LeftButton)
    assert desk.hands.actions.keys("floor.search") == ""
    assert desk.hands.actions.keys("finder.open") == "Ctrl+F"
    qtbot.mouseClick(shown.all_usual, Qt.MouseButton.LeftButton)
    assert desk.hands.actions.keys("floor.search") == "Ctrl+F"
    shown.accept()


def test_what_was_kept_is_there_again_at_the_next_start(make_desk: MakeDesk, kept_file: Path) -> None:
    store.save(kept_file, {"finder.open": "Ctrl+J", "of.another.release": "F9"})
    desk = make_desk("--lang", "en")
    assert desk.hands.actions.keys("finder.open") == "Ctrl+J"
    assert desk.hands.actions.own_keys()["of.another.release"] == "F9"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"shortcuts": 3}', b"[" * 5000])
@pytest.mark.logs("cannot be used")
def test_a_corrupt_file_is_put_aside_and_the_usual_keys_are_used_with_a_word(
    make_desk: MakeDesk, kept_file: Path, content: bytes
) -> None:
    kept_file.parent.mkdir(parents=True, exist_ok=True)
    kept_file.write_bytes(content)
    desk = make_desk("--lang", "en")
    assert desk.hands.actions.keys("finder.open") == "Ctrl+K"
    assert "usual shortcuts" in desk.window.notice.accessibleName()
    broken = kept_file.with_name("shortcuts.json.broken")
    assert broken.read_bytes() == content
    broken.unlink()


@pytest.mark.logs("is none, the usual one is used")
def test_a_key_that_is_none_leaves_the_usual_one(make_desk: MakeDesk, kept_file: Path) -> None:
    store.save(kept_file, {"finder.open": "Hyperspace+Q", "panel.next": "F7"})
    desk = make_desk("--lang", "en")
    assert desk.hands.actions.keys("finder.open") == "Ctrl+K"
    assert desk.hands.actions.keys("panel.next") == "F7"


def test_tooltips_of_the_floor_tell_the_shortcuts_that_there_are(desk: Desk) -> None:
    floor, actions = desk.floor, desk.hands.actions
    assert floor.toggle.toolTip() == "Seats as map or table (Ctrl+T)"
    actions.set_keys("floor.turn", "Ctrl+J")
    actions.set_keys("floor.zoom_usual", "")
    for _ in range(2):
        assert floor.toggle.toolTip() == "Seats as map or table (Ctrl+J)"
        assert (floor.usual.toolTip(), floor.usual.accessibleName()) == ("Usual size", "Usual size")
        floor.turn()
    desk.window.choose_language("zh_CN")
    assert floor.toggle.toolTip() == "座位图与表格切换 (Ctrl+J)"
    actions.reset_all()
    assert floor.usual.toolTip() == "默认大小 (Ctrl+0)"


def test_f6_walks_through_the_panels_and_back_to_where_one_was(desk: Desk, qtbot: QtBot) -> None:
    desk.floor.search.setFocus()
    seen = []
    for _ in desk.window.panels:
        qtbot.keyClick(desk.window, Qt.Key.Key_F6)
        seen.append(desk.hands.opener.walker.panel.name)
    assert sorted(seen) == sorted(panel.name for panel in desk.window.panels)
    assert seen[-1] == "floor"
    assert desk.floor.search.hasFocus()
    qtbot.keyClick(desk.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert desk.hands.opener.walker.panel.name == seen[-2]


def test_a_key_that_leads_to_a_panel_leads_to_what_is_in_sight_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.window.resize(1280, 700)
    desk.floor.locate("seat:016")
    QApplication.processEvents()
    agent = desk.agent
    assert agent.calls.visibleRegion().isEmpty(), "its list is further down"
    qtbot.keyClick(desk.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    reached = desk.window.focusWidget()
    assert desk.hands.opener.walker.panel is agent
    assert reached is not agent.calls and not reached.visibleRegion().isEmpty()
    agent.calls.setFocus()
    agent.area.verticalScrollBar().setValue(0)
    desk.floor.take_keyboard()
    qtbot.keyClick(desk.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert agent.calls.hasFocus()
    assert not agent.calls.visibleRegion().isEmpty(), "it was there last, and is scrolled to"


def test_enter_presses_the_button_that_has_the_keyboard_once_however_long_it_is_held(desk: Desk, qtbot: QtBot) -> None:
    overdue, rail = desk.floor.overdue, desk.window.rail["alarms"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        overdue.setFocus()
        was = overdue.isChecked()
        for held in (False, True, True):
            pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", held)
            QApplication.sendEvent(overdue, pressed)
        assert overdue.isChecked() is not was
        rail.setFocus()
        closed = desk.window.docks["alarms"].isHidden()
        qtbot.keyClick(rail, key)
        assert desk.window.docks["alarms"].isHidden() is not closed
    asked: list[bool] = []
    desk.window.bar.alarms_asked.connect(lambda: asked.append(True))
    desk.window.bar.alarms.setFocus()
    qtbot.keyClick(desk.window.bar.alarms, Qt.Key.Key_Return)
    assert asked == [True]
    desk.window.board.put_at("agent", "own")
    close = desk.agent.head.close_button
    assert close is not None
    qtbot.waitUntil(close.window().isActiveWindow)
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Return)
    assert desk.window.docks["agent"].isHidden(), "in a window of its own too"
    desk.floor.search.setFocus()
    was = overdue.isChecked()
    qtbot.keyClick(desk.floor.search, Qt.Key.Key_Return)
    assert overdue.isChecked() is was


def seen(widget: QWidget) -> QRect:
    return widget.visibleRegion().boundingRect()


def test_tab_into_a_scrolled_panel_shows_what_has_the_keyboard_and_a_press_moves_nothing(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.window.resize(1280, 700)
    desk.floor.locate("seat:016")
    agent, bar = desk.agent, desk.agent.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert seen(agent.reach) != agent.reach.rect(), "it is further up"
    close = agent.head.close_button
    assert close is not None
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Tab)
    assert agent.reach.hasFocus()
    assert seen(agent.reach) == agent.reach.rect()
    bar.setValue(bar.value() + agent.reach.mapTo(agent.area, QPoint(0, agent.reach.height() // 2)).y())
    half = bar.value()
    assert seen(agent.reach) != agent.reach.rect()
    desk.floor.take_keyboard()
    place = agent.reach.mapTo(desk.window, QPoint(5, agent.reach.height() - 2))
    QTest.mouseClick(desk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)  # as the system tells it
    assert agent.reach.hasFocus()
    assert bar.value() == half, "it stays under the hand"


def test_a_panel_too_low_for_any_control_is_scrolled_by_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    desk.window.resize(853, 513)
    desk.floor.locate("seat:016")
    desk.hands.opener.go_to(desk.agent)
    desk.agent.parentWidget().setMaximumHeight(180)
    qtbot.waitUntil(lambda: desk.agent.height() < 200)
    desk.floor.take_keyboard()
    qtbot.keyClick(desk.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    bar = desk.agent.area.verticalScrollBar()
    assert desk.agent.area.hasFocus() and bar.value() == 0, "whose seat it is stays in sight"
    qtbot.keyClick(desk.agent.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_shortcuts_work_in_the_second_window_as_well(desk: Desk, qtbot: QtBot) -> None:
    second = desk.window.board.second
    second.show()
    second.activateWindow()
    qtbot.waitUntil(second.isActiveWindow)
    qtbot.keyClick(second, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.hands.finder.isVisible()
    second.hide()


def test_a_panel_that_was_closed_comes_with_its_key(desk: Desk, qtbot: QtBot) -> None:
    desk.window.docks["alarms"].close()
    number = [panel.name for panel in desk.window.panels].index("alarms") + 1
    qtbot.keyClick(desk.window, str(number), Qt.KeyboardModifier.ControlModifier)
    assert desk.alarms.isVisible()
    assert desk.alarms.table.hasFocus()


def test_a_question_mark_opens_the_page_but_not_while_somebody_writes(desk: Desk, qtbot: QtBot) -> None:
    desk.floor.search.setFocus()
    qtbot.keyClick(desk.floor.search, "?")
    assert desk.floor.search.text() == "?"
    assert not desk.hands.page.isVisible()
    desk.alarms.table.setFocus()
    qtbot.keyClick(desk.alarms.table, "?")
    assert desk.hands.page.isVisible()
    desk.hands.page.close()
