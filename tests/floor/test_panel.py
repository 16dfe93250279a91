"""The floor's panel: filters by hand, a thousand seats, and as little work as can be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.floor.panel import FloorPanel
from console.sight import Sight
from console.theme import load_faces, palette
from console.words import Words
from feeds.entities import Seat
from tests.desk.conftest import make_desk as make_desk
from tests.wall import floors
from widgets.faces import width_of
from widgets.seats.seat_card import SMALL

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute

MakeDesk = Callable[..., Desk]


def a_great_floor(count: int = 1000) -> Sight:
    entities = floors.floor()
    for key in [key for key in entities if key.startswith("seat:")]:
        entities.drop(key)
    for number in range(count):
        area, group = floors.QUEUES[number * 7 // count][0], floors.QUEUES[number * 7 // count][3]
        entities.put(
            Seat(
                key=f"seat:{number:04d}", rev=1, state="talking", since=floors.NOW - number * 1000, agent=str(number),
                area=area, seat_type=area, group=group,
            )
        )  # fmt: skip
    return floors.sight(entities)


def is_at_rest(floor: FloorPanel) -> bool:
    """Whether the map was painted, and nothing is left to be arranged and painted anew."""
    painted = floor.field.painted
    QCoreApplication.processEvents()
    return 0 < painted == floor.field.painted


def test_of_a_thousand_seats_only_those_in_sight_are_painted_and_counted_on(make_desk: MakeDesk, qtbot: QtBot) -> None:
    floor = make_desk().floor
    sight = a_great_floor()
    floor.look_at(sight)
    qtbot.waitUntil(lambda: floor.field.painted > 0)
    assert floor.field.painted < 400
    made = floor.cards.made
    floor.look_at(replace(sight, now=floors.NOW + 1000))
    assert 0 < floor.cards.made - made < 200
    floor.look_at(replace(sight, now=floors.NOW + 9000))
    bar = floor.field.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = floor.field.cards.cell(floor.field.cards.keys[-1])
    assert (last.key, last.time) == ("seat:0999", "16:48"), "right before it is seen"


def test_one_seat_that_changes_among_a_thousand_costs_a_card_or_a_few(make_desk: MakeDesk, qtbot: QtBot) -> None:
    floor = make_desk().floor
    sight = a_great_floor()
    floor.look_at(sight)
    qtbot.waitUntil(lambda: is_at_rest(floor))
    painted, made = floor.field.painted, floor.cards.made
    seat = sight.entities["seat:0003"]
    assert isinstance(seat, Seat)
    sight.entities.put(replace(seat, rev=2, state="hold"))
    floor.look_at(sight)
    qtbot.waitUntil(lambda: floor.field.painted > painted)
    assert floor.cards.made - made == 1
    assert floor.field.painted - painted <= 9


def test_cards_are_as_wide_as_the_numbers_of_their_floor_want(make_desk: MakeDesk, qtbot: QtBot) -> None:
    floor = make_desk("--lang", "zh_CN").floor
    floor.look_at(a_great_floor(110))
    qtbot.waitUntil(lambda: is_at_rest(floor))
    for key in floor.field.cards.keys:
        card, rect = floor.field.cards.cell(key), floor.field.visualRect(floor.field.cards.index_of(key))
        scale = floor.field.geometry_now.scale
        texts = width_of(card.number, SMALL * scale) + width_of(card.time, SMALL * scale, True)
        assert texts + 20 * scale <= rect.width(), (card.number, card.time)


def test_a_hidden_panel_presents_nothing_until_it_is_shown(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.docks["queues"].close()
    desk.window.look_at(floors.sight())
    assert len(desk.queues.cards.cards.rows) == 0
    desk.window.docks["queues"].show()
    assert len(desk.queues.cards.cards.rows) == 7


def test_filters_by_hand_narrow_the_floor_and_one_button_takes_them_all_away(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    floor = desk.floor
    desk.window.look_at(floors.sight())
    assert not floor.clear.isVisible()
    for button, label in ((floor.group, "Special services"), (floor.vendor, "Qingchuan Services")):
        next(action for action in button.menu().actions() if action.text() == label).trigger()
    expected = {seat.key for seat in floors.sight().seats() if (seat.group, seat.vendor) == ("special", "qingchuan")}
    assert {cell.key for cell in floor.field.cards.rows} == expected
    assert floor.clear.toolTip() == f"{len(floor.field.cards.rows)} of 110 seats shown"
    qtbot.keyClicks(floor.search, "nobody")
    assert len(floor.field.cards.rows) == 0
    qtbot.mouseClick(floor.clear, Qt.MouseButton.LeftButton)
    assert len(floor.field.cards.rows) == 110
    assert floor.search.text() == ""


def test_a_filter_by_what_the_site_has_no_more_is_taken_away_and_not_hidden(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor, before = desk.floor, floors.sight()
    desk.window.look_at(before)
    floor.filters.choose(team="team-1", vendor="yunling", skill="vip")
    for kind in ("team", "vendor", "skill"):
        floor.filters.choices[kind].set_key(getattr(floor.chosen, kind))
    assert before.site is not None
    entities = floors.floor()
    kept = [one for one in before.site.teams if one.id != "team-1"]
    entities.put(replace(before.site, rev=2, teams=kept, queues=[one for one in before.site.queues if one.id != "vip"]))
    desk.window.look_at(floors.sight(entities))
    assert (floor.chosen.team, floor.chosen.skill) == ("", ""), "the team is gone, and so is the queue"
    assert floor.chosen.vendor == "yunling", "what there is stays chosen"
    assert all(button.key == getattr(floor.chosen, kind) for kind, button in floor.filters.choices.items())
    entities.put(replace(before.site, rev=3, vendors=[], teams=[]))
    desk.window.look_at(floors.sight(entities))
    assert floor.chosen.everything
    assert not floor.clear.isVisible()
    assert len(floor.field.cards.rows) == 110


def test_the_agent_panel_keeps_its_seat_when_a_filter_hides_it(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight())
    desk.floor.locate("seat:050")
    qtbot.keyClicks(desk.floor.search, "8001")
    assert [cell.key for cell in desk.floor.field.cards.rows] == ["seat:001"]
    assert desk.agent.seat == "seat:050"
    desk.floor.show_all()
    assert desk.floor.field.chosen_key == "seat:050"


def test_no_filter_is_cut_where_the_floor_is_as_low_as_on_a_small_screen_with_large_text(
    qtbot: QtBot, qapp: QApplication
) -> None:
    load_faces()
    floor = FloorPanel(Words("en"), palette("light"))
    window = QWidget()
    qtbot.addWidget(window)
    floor.setParent(window)
    window.show()
    floor.show()
    floor.setGeometry(0, 0, 330, 238)
    floor.set_look(Words("en"), palette("light"), stale=False)
    floor.look_at(floors.sight())
    filters = floor.filters
    qtbot.waitUntil(lambda: floor.field.isVisible())
    qapp.processEvents()
    assert filters.heightForWidth(filters.width()) > 110, "they need four rows"
    qtbot.waitUntil(lambda: floor.row.height() >= filters.heightForWidth(filters.width()))


@pytest.mark.parametrize("mode", ["map", "table"])
def test_the_keyboard_comes_from_the_text_to_the_seats_that_fit_it(
    make_desk: MakeDesk, qtbot: QtBot, mode: str
) -> None:
    desk = make_desk("--lang", "en")
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.look_at(floors.sight())
    floor = desk.floor
    if mode == "table":
        floor.turn()
    seats = floor.table if mode == "table" else floor.field
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        floor.find_seats()
        qtbot.keyClicks(floor.search, "talking")
        qtbot.keyClick(floor.search, key)
        assert desk.window.focusWidget() is seats
        assert floor.chosen.text == "talking", "and they stay filtered"
    floor.find_seats()
    qtbot.keyClicks(floor.search, "nobody is called so")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(floor.search, key)
        assert desk.window.focusWidget() is floor.search, "there is nobody to go to"
    without = seats.grab().toImage()
    seats.setFocus()
    assert seats.grab().toImage() != without, "whoever comes there by Tab sees it"
    floor.find_seats()
    qtbot.keyClick(floor.search, Qt.Key.Key_Escape)
    assert (floor.chosen.text, desk.window.focusWidget()) == ("", floor.search)
    qtbot.keyClick(floor.search, Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is seats
