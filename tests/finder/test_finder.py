"""The finder over the desk: it comes with a key, does what Enter says, and gives the keyboard back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.desk import Desk, picture
from feeds.requests import HelloResult, Scope
from tests.screens.test_wall_screens import saturated
from tests.wall import floors
from widgets.finding.finder_list import FinderList
from widgets.finding.finder_texts import HitText

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
ALL = HelloResult("e", 1, "admin", ["*"], Scope(), True, 1000, floors.NOW)


@pytest.fixture
def desk(make_desk: MakeDesk, qtbot: QtBot) -> Desk:
    made: Desk = make_desk("--lang", "en", "--theme", "light")
    made.window.look_at(floors.sight(welcome=ALL))
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def opened(desk: Desk, qtbot: QtBot, typed: str = "") -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(desk.hands.finder.field.hasFocus)
    qtbot.keyClicks(desk.hands.finder.field, typed)


def press(desk: Desk, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(desk.hands.finder.field, key)


def test_the_key_opens_it_and_escape_gives_the_keyboard_back(desk: Desk, qtbot: QtBot) -> None:
    desk.alarms.table.setFocus()
    opened(desk, qtbot)
    assert desk.hands.finder.isVisible()
    press(desk, qtbot, Qt.Key.Key_Escape)
    assert not desk.hands.finder.isVisible()
    assert desk.alarms.table.hasFocus()


def test_its_key_pressed_once_more_does_not_forget_where_the_keyboard_was(desk: Desk, qtbot: QtBot) -> None:
    desk.alarms.table.setFocus()
    opened(desk, qtbot, "wang")
    qtbot.keyClick(desk.hands.finder.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.hands.finder.field.text() == ""
    press(desk, qtbot, Qt.Key.Key_Escape)
    assert desk.alarms.table.hasFocus()


def test_the_keyboard_goes_back_into_the_window_from_which_it_came(desk: Desk, qtbot: QtBot) -> None:
    desk.window.put("alarms", True)
    second = desk.window.board.second
    second.activateWindow()
    qtbot.waitUntil(second.isActiveWindow)
    desk.alarms.table.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(desk.hands.finder.field.hasFocus)
    press(desk, qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(desk.alarms.table.hasFocus)


def test_the_field_in_the_head_opens_it_too(desk: Desk, qtbot: QtBot) -> None:
    assert "Ctrl+K" in desk.hands.search.toolTip()
    qtbot.mouseClick(desk.hands.search, Qt.MouseButton.LeftButton)
    assert desk.hands.finder.isVisible()


def test_enter_opens_the_seat_that_was_found(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert desk.agent.seat == "seat:016"
    assert desk.floor.field.chosen_key == "seat:016"
    assert not desk.hands.finder.isVisible()


def test_enter_opens_queues_and_alarms_where_they_belong(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "dispatch")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert desk.queues.cards.chosen_key == "queue:disp"
    opened(desk, qtbot, "longest wait rescue")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert desk.alarms.table.chosen_key == "alarm:queue:rescue:longest_wait_now:now"


def test_what_was_chosen_last_stands_first_the_next_time(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    press(desk, qtbot, Qt.Key.Key_Return)
    opened(desk, qtbot)
    press(desk, qtbot, Qt.Key.Key_Backspace)
    assert desk.hands.finder.list.chosen_key == "seat:016"


def test_tab_lists_what_else_can_be_done_and_leads_to_the_button(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    press(desk, qtbot, Qt.Key.Key_Tab)
    finder = desk.hands.finder
    assert [one.key for one in finder.list.hits.rows] == ["open", "locate", *desk.agent.buttons, "link"]
    qtbot.keyClicks(finder.field, "pause")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert desk.agent.seat == "seat:016"
    assert desk.agent.reason.hasFocus(), "a pause needs its reason first"


def test_escape_among_the_deeds_leads_back_to_the_things(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    press(desk, qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
    assert desk.hands.finder.isVisible()
    assert desk.hands.finder.thing == ""


def test_the_link_of_a_thing_is_copied(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    press(desk, qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(desk.hands.finder.field, "link")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "floor://seat/016"
    assert "floor://seat/016" in desk.window.notice.accessibleName()


def test_a_command_is_done_and_one_that_cannot_be_done_says_why_and_stays(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "theme dark")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert desk.window.colours.is_dark
    opened(desk, qtbot, "copy as text")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert desk.hands.finder.isVisible()
    assert desk.hands.finder.note.text() == desk.window.words("why.no_table")


def test_what_only_the_menu_of_the_desk_offers_is_found_as_well(desk: Desk, qtbot: QtBot) -> None:
    desk.window.docks["alarms"].close()
    opened(desk, qtbot, "reset layout")
    press(desk, qtbot, Qt.Key.Key_Return)
    assert not desk.window.docks["alarms"].isHidden()


@pytest.mark.parametrize(("language", "typed"), [
    ("en", "恢复默认布局"), ("en", "huifumoren"), ("en", "文字 110"), ("en", "面板 报警 第二窗口"),
    ("zh_CN", "reset layout"), ("zh_CN", "text size 110"), ("zh_CN", "panels alarms second window"), ("zh_CN", "文字"),
])  # fmt: skip
def test_the_menu_is_found_in_either_language_whichever_the_desk_speaks(
    desk: Desk, qtbot: QtBot, language: str, typed: str
) -> None:
    desk.window.choose_language(language)
    opened(desk, qtbot)
    finder = desk.hands.finder
    finder.field.setText(typed)
    (first, *_) = [one for one in finder.list.hits.rows if one.key.startswith("command:menu")]
    assert finder.list.hits.rows[0].key == first.key
    in_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in first.title)
    assert in_chinese == (language == "zh_CN"), "what is shown is in the desk's language"


def test_a_layout_is_found_by_its_name_as_somebody_wrote_it(desk: Desk, qtbot: QtBot) -> None:
    desk.window.offer_layouts(("R&D", "usual"), "")
    opened(desk, qtbot, "R&D")
    titles = [row.title for row in desk.hands.finder.list.hits.rows]
    assert titles and all(title.endswith("→ R&D") for title in titles), titles


def test_it_goes_when_the_keyboard_goes_elsewhere(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot)
    desk.floor.search.setFocus()
    qtbot.waitUntil(lambda: not desk.hands.finder.isVisible())
    assert desk.floor.search.hasFocus()


def test_the_lines_go_on_living_while_it_is_open(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    before = desk.hands.finder.list.hits.rows[0].detail
    desk.window.look_at(floors.sight(welcome=ALL, now=floors.NOW + 5000))
    assert desk.hands.finder.list.hits.rows[0].detail != before
    assert desk.hands.finder.list.chosen_key == "seat:016"


def test_enter_opens_no_neighbour_of_what_has_gone(desk: Desk, qtbot: QtBot) -> None:
    went: list[str] = []
    desk.hands.finder.chosen.connect(lambda key, _: went.append(key))
    opened(desk, qtbot, "rescue")
    found = desk.hands.finder.list
    alarm = "alarm:queue:rescue:longest_wait_now:now"
    while found.chosen_key != alarm:
        before = found.chosen_key
        press(desk, qtbot, Qt.Key.Key_Down)
        assert found.chosen_key != before, "there is no such line"
    entities = floors.floor()
    entities.drop(alarm)
    desk.window.look_at(floors.sight(entities, welcome=ALL))
    assert found.hits.place_of(alarm) < 0
    press(desk, qtbot, Qt.Key.Key_Return)
    assert (found.chosen_key, went, desk.hands.finder.isVisible()) == ("", [], True)
    press(desk, qtbot, Qt.Key.Key_Down)
    assert found.chosen_key == found.hits.rows[0].key


def test_the_chosen_line_is_told_to_those_who_hear_the_desk(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot, "2316")
    assert "2316" in desk.hands.finder.field.accessibleDescription()
    press(desk, qtbot, Qt.Key.Key_Down)
    assert desk.hands.finder.field.accessibleDescription() == desk.hands.finder.list.chosen_hit.spoken


def test_old_data_has_no_hue_in_the_finder_either(desk: Desk, qtbot: QtBot) -> None:
    opened(desk, qtbot)
    desk.window.look_at(floors.stale_sight())
    below = desk.window.banner.geometry().bottom() + 6
    assert saturated(picture(desk.window), below) == 0


def test_the_list_is_a_sound_model_and_says_that_nothing_was_found(qtbot: QtBot, desk: Desk) -> None:
    lists = FinderList(desk.window.colours)
    qtbot.addWidget(lists)
    QAbstractItemModelTester(lists.hits, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [HitText(str(number), f"Seat {number}") for number in range(5)]
    lists.set_hits(rows, "nothing", first=True)
    lists.step(10)
    assert lists.chosen_key == "4"
    lists.set_hits(rows[3:], "nothing", first=False)
    assert lists.chosen_key == "4"
    lists.set_hits([], "nothing", first=True)
    assert lists.chosen_key == ""
    assert isinstance(lists.model(), QAbstractItemModel)
    lists.show()
    QApplication.processEvents()


def test_to_list_the_commands_each_panel_looks_at_the_floor_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    for panel in desk.window.panels:
        monkeypatch.setattr(panel, "present_now", lambda name=panel.name: looked.append(name))
    desk.hands.commands()
    assert sorted(looked) == sorted(set(looked)) and looked
    looked.clear()
    action = next(one for one in desk.hands.actions if one.id == "alarm.acknowledge")
    for _ in range(2):
        action.why_not()
    assert looked == ["alarms", "alarms"], "whoever presses is told of this moment"
