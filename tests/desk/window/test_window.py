"""The desk's window: its look when data is old, its words in two languages, its panels where there is little room."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from console.desk import Desk, kept, picture
from console.looks import Look
from console.queues.panel import LEAST
from console.window import layouts
from console.window.layouts import Saved
from feeds.entities import Seat, Trunk
from tests.desk.conftest import options
from tests.screens.test_wall_screens import saturated
from tests.wall import floors
from tests.wall.floors import welcome
from widgets.card_list import GAP
from widgets.tables.lines_table import ROW

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
MakeDesk = Callable[..., Desk]


# The look


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_old_data_has_no_hue_and_is_hatched_while_the_banner_has(make_desk: MakeDesk, theme: str) -> None:
    desk = make_desk("--theme", theme)
    desk.window.look_at(floors.sight())
    fresh = picture(desk.window)
    desk.window.look_at(floors.stale_sight())
    old = picture(desk.window)
    below = desk.window.banner.geometry().bottom() + 6
    assert saturated(fresh) > 20
    assert saturated(old, below) == 0
    assert saturated(old) > 20, "the banner is what can be seen from afar"
    desk.window.look_at(floors.sight())
    assert difference(picture(desk.window), fresh) < 0.001, "fresh again, everything is as before"


def difference(one: QImage, other: QImage) -> float:
    """The share of a grid of pixels in which two pictures differ."""
    points = [(x, y) for x in range(3, one.width(), 5) for y in range(3, one.height(), 5)]
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in points) / len(points)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1180, 680)])
def test_every_size_paints_in_both_themes(make_desk: MakeDesk, size: tuple[int, int]) -> None:
    for theme, dpr in (("light", 1.0), ("dark", 2.0)):
        desk = make_desk("--theme", theme, size=size)
        desk.window.look_at(floors.sight())
        image = picture(desk.window, dpr)
        assert (image.width(), image.height()) == (round(size[0] * dpr), round(size[1] * dpr))


def test_the_theme_can_be_chosen_and_follows_the_system_when_it_should(make_desk: MakeDesk) -> None:
    desk = make_desk("--theme", "dark")
    assert desk.window.colours.is_dark
    desk.window.choose_theme("light")
    assert not desk.window.colours.is_dark
    desk.window.choose_theme("system")
    assert desk.window.colours.name in ("light", "dark")


# Words


def texts_of(window: QWidget) -> list[str]:
    """Everything that is written or heard on a window's ordinary widgets."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):  # Qt's own buttons of a dock, which ours stand in for
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        found += [widget.toolTip(), widget.accessibleName(), widget.windowTitle()]
    return [text for text in found if text]


def test_in_english_nothing_is_chinese_and_in_chinese_nothing_is_english(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight(welcome=welcome()))
    assert [text for text in texts_of(desk.window) if CHINESE.search(text)] == []
    desk.window.choose_language("zh_CN")
    known = re.compile(r"Watchfloor|VIP|Ctrl")
    latin = [text for text in texts_of(desk.window) if LATIN.search(known.sub("", text))]
    assert latin == []


def test_the_windows_title_names_the_floor_in_the_desks_language(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    assert desk.window.windowTitle() == "Watchfloor"
    desk.window.look_at(floors.sight())
    assert desk.window.windowTitle() == "95518 Beijing Service Centre \u00b7 Watchfloor"


def test_on_the_smallest_screen_with_the_largest_letters_no_panel_covers_another(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = floors.floor()
    floor.put(Trunk(key="trunk:a", rev=1, state="down", since=floors.NOW - 60_000, zh="甲线", en="First carrier"))
    desk.window.resize(853, 533)  # what 1280 by 800 are at 150 %
    desk.window.look_at(floors.sight(floor))
    QApplication.processEvents()
    assert desk.queues.trunks.isVisible()
    queues, below = (desk.window.docks[name] for name in ("queues", "alarms"))
    assert queues.geometry().bottom() < below.geometry().top()
    assert queues.height() >= queues.minimumSizeHint().height()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_on_the_smallest_screen_with_the_largest_letters_a_whole_queue_and_a_whole_caller_are_seen(
    make_desk: MakeDesk, language: str
) -> None:
    desk = make_desk("--lang", language, size=(1600, 1000))
    desk.window.look_at(floors.sight())
    titles = desk.queues.callers.horizontalHeader()
    assert titles.isVisible()
    desk.window.resize(853, 521)  # what 1280 by 800 are at 150 % below the title of a window
    desk.window.look_at(floors.sight())
    QApplication.processEvents()
    cards, callers = desk.queues.cards, desk.queues.callers
    assert cards.viewport().height() >= cards.height_of_a_card + GAP
    assert callers.viewport().height() >= ROW - 2
    desk.window.resize(1600, 1000)
    QApplication.processEvents()
    assert titles.isVisible() and callers.height() >= LEAST


def test_without_a_choice_the_desk_speaks_the_sites_language(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.look_at(floors.sight(floors.floor(language="en")))
    assert desk.window.words.language == "en"


def test_every_control_that_takes_the_keyboard_has_a_name_to_be_heard(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.look_at(floors.sight(welcome=welcome()))
    silent = [
        type(widget).__name__
        for widget in desk.window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not isinstance(widget.parent(), QLineEdit | QTableView)  # Qt's own: a field's mark, a table's corner
    ]
    assert silent == []


def test_theme_and_language_come_back_as_they_were_left(make_desk: MakeDesk) -> None:
    desk = make_desk("--theme", "dark", "--lang", "en")
    saved = desk.window.saved()
    assert (saved.look.theme, saved.look.language) == ("dark", "en")
    path = layouts.layout_file()
    layouts.save(path, saved)
    try:
        assert layouts.load(path) == (saved, True)
        assert make_desk().window.restore(saved)
    finally:
        path.unlink()


def test_panels_that_were_closed_stay_closed_and_a_reset_brings_them_back(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.docks["alarms"].close()
    assert not desk.window.rail["alarms"].isChecked()
    saved = desk.window.saved()
    other = make_desk()
    assert other.window.restore(saved)
    assert [name for name, dock in other.window.docks.items() if dock.isHidden()] == ["alarms"]
    other.window.reset_layout()
    assert not any(dock.isHidden() for dock in other.window.docks.values())


def test_the_rail_opens_and_closes_panels(make_desk: MakeDesk) -> None:
    window = make_desk().window
    assert list(window.rail) == ["floor", "queues", "agent", "alarms"]
    window.rail["agent"].click()
    assert window.docks["agent"].isHidden()
    window.rail["agent"].click()
    assert not window.docks["agent"].isHidden()
    window.rail["floor"].click()
    assert window.rail["floor"].isChecked(), "the floor is always there"


def test_a_panel_that_is_closed_by_key_gives_the_keyboard_to_the_floor_and_not_to_the_next_button(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk()
    desk.window.look_at(floors.sight())
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)  # the keyboard that comes with the window would be led on
    close = desk.window.docks["agent"].titleBarWidget().close_button  # type: ignore[attr-defined]
    close.setFocus()
    qtbot.waitUntil(close.hasFocus)
    for _ in range(3):
        held = QApplication.focusWidget()
        assert held is not None
        QTest.keyClick(held, Qt.Key.Key_Space)
    assert [name for name, dock in desk.window.docks.items() if dock.isHidden()] == ["agent"]
    held = QApplication.focusWidget()
    assert held is not None and desk.floor.isAncestorOf(held)


def test_a_reset_is_said_and_can_be_clicked_away(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    desk.window.say("layout.reset")
    assert desk.window.notice.isVisible()
    assert "desk.json.broken" in desk.window.notice.accessibleName()
    desk.window.notice.clicked.emit()
    assert not desk.window.notice.isVisible()


def test_what_is_said_in_passing_moves_nothing_under_a_hand_as_it_comes_and_goes(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    window = desk.window
    window.look_at(floors.sight())

    def places() -> list[QPoint]:
        QApplication.processEvents()
        return [panel.mapTo(window, QPoint(0, 0)) for panel in window.panels]

    before = places()
    desk.hands.say("table.copied", {"count": 3, "name": "Floor"})
    assert window.notice.isVisible() and places() == before
    middle = window.notice.geometry().center()
    assert window.childAt(middle) is window.notice
    desk.hands.finder.open()
    assert window.childAt(middle) is not window.notice, "what lies over the whole desk lies over that as well"
    desk.hands.finder.close_again()
    window.resize(window.width() - 200, window.height())
    QApplication.processEvents()
    assert window.notice.width() == window.board.main.width()
    window.hush("table.copied")
    window.resize(window.width() + 200, window.height())
    assert not window.notice.isVisible() and places() == before
    window.say("layout.reset")
    below = places()
    assert below != before, "what stays until it is pressed away covers nothing"
    desk.hands.say("table.copied", {"count": 3, "name": "Floor"})
    assert "desk.json" not in window.notice.accessibleName() and places() == below
    window.hush("table.copied")
    assert "desk.json.broken" in window.notice.accessibleName() and places() == below


def test_what_the_command_line_chose_for_once_is_not_kept() -> None:
    before = Saved(look=Look(theme="system", language="zh_CN"))
    once = options("--theme", "dark", "--lang", "en")
    left = Saved(look=Look(theme="dark", language="en"), geometry="AAAA")
    assert kept(left, once, before) == replace(before, geometry="AAAA")
    assert kept(replace(left, look=Look(theme="light")), options(), before).look == Look(theme="light")


@pytest.mark.logs("the panel queues failed")
def test_a_panel_that_fails_says_so_in_place_while_the_others_live_on(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    with monkeypatch.context() as broken:
        broken.setattr("console.queues.panel.queues", lambda *_: 1 / 0)
        desk.window.look_at(floors.sight())
        assert "failed" in desk.queues.trouble.text()
        assert desk.queues.trouble.isVisible()
        assert len(desk.floor.field.cards.rows) == 110
        assert len(desk.alarms.table.lines.rows) == 2
    desk.window.look_at(floors.sight())
    assert not desk.queues.trouble.isVisible()
    assert len(desk.queues.cards.cards.rows) == 7


@pytest.mark.logs("the panel alarms failed")
def test_a_sound_that_fails_takes_neither_the_alarms_nor_the_other_panels_with_it(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    with monkeypatch.context() as broken:
        broken.setattr(desk.alarms.sounding, "look_at", lambda _: 1 / 0)
        desk.window.look_at(floors.sight())
        assert desk.alarms.trouble.isVisible()
        assert len(desk.alarms.table.lines.rows) == 2, "what is seen is shown all the same"
        desk.alarms.present_now()
        assert desk.alarms.trouble.isVisible(), "a look at the same again mends nothing"
        assert len(desk.queues.cards.cards.rows) == 7
    desk.window.look_at(floors.sight())
    assert not desk.alarms.trouble.isVisible()


def test_a_long_name_leaves_the_agent_panel_as_wide_as_it_is(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en", size=(1280, 800))
    floor = floors.floor()
    seat = floor["seat:016"]
    assert isinstance(seat, Seat)
    floor.put(replace(seat, agent_en="Maximiliano-Bartholomew Featherstonehaugh van der Westhuizen"))
    desk.window.look_at(floors.sight(floor))
    desk.floor.locate("seat:016")
    QApplication.processEvents()
    agent = desk.agent
    assert agent.whole.width() <= agent.area.viewport().width(), "or the time in the state is out of sight"
    assert agent.who.text().startswith("Max") and "…" in agent.who.text()
    assert agent.who.toolTip().endswith("Westhuizen") and agent.who.accessibleName().endswith("Westhuizen")


def test_the_narrowest_agent_panel_says_for_how_many_its_buttons_are(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight(welcome=welcome("manager", "*")))
    docks = desk.window.docks
    desk.window.board.main.resizeDocks([docks["agent"]], [270], Qt.Orientation.Horizontal)
    desk.floor.locate("seat:016")
    desk.agent.show_selected(("seat:016", "seat:017", "seat:018"))
    QApplication.processEvents()
    scope = desk.agent.scope
    assert scope.text() == "3 seats selected"
    assert scope.width() >= scope.sizeHint().width() and scope.geometry().right() < desk.agent.foot.width()


def test_the_keyboard_of_an_undo_that_is_over_goes_where_a_press_does_nothing(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    sight = floors.sight(welcome=welcome("manager", "*"))
    desk.window.look_at(sight)
    desk.window.activateWindow()
    desk.floor.locate("seat:016")
    agent = desk.agent
    agent.undo.show()  # as while an order can be taken back
    agent.undo.setFocus()
    assert desk.window.focusWidget() is agent.undo
    desk.window.look_at(sight)
    assert agent.undo.isHidden() and desk.window.focusWidget() is agent.area, "not the reason, where Enter pauses"
