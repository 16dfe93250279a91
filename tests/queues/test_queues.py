"""Queues as cards, and their callers one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.habits import Habits
from console.queues.panel import QueuesPanel
from console.queues.present import queues
from console.queues.table import COLUMNS, Order, lines
from console.sight import Sight, SourceSight
from console.words import Words
from feeds.entities import Alarm, Call, Figures, Queue, Trunk
from tests.desk.conftest import make_desk as make_desk
from tests.wall import floors
from widgets.desk_texts import CardText
from widgets.tones import Tone

EN = Words("en")


def a_call(number: int, queue: str, waited: int, **changes: object) -> Call:
    values: dict[str, object] = {
        "key": f"call:c{number}.1", "rev": number, "call": f"c{number}", "queue": queue, "state": "waiting",
        "joined_at": floors.NOW - waited * 1000, "since": floors.NOW - waited * 1000, "number": f"1381234{number:04d}",
    }  # fmt: skip
    return Call(**{**values, **changes})  # type: ignore[arg-type]


def with_callers() -> Sight:
    entities = floors.floor()
    for call in (
        a_call(1, "rescue", 30), a_call(2, "rescue", 192), a_call(3, "rescue", 90, priority=5),
        a_call(4, "claim", 10, state="ringing"), a_call(5, "claim", 60, state="talking", agent="7"),
    ):  # fmt: skip
        entities.put(call)
    return floors.sight(entities)


def card(sight: Sight, number: str) -> CardText:
    return next(one for one in queues(sight, "", EN).cards if one.key == f"queue:{number}")


def test_the_cards_stand_in_the_sites_order_and_unknown_queues_follow() -> None:
    entities = floors.floor()
    entities.put(Queue(key="queue:900", rev=1, waiting=0, ringing=0, in_service=0, en="Night line"))
    cards = queues(floors.sight(entities), "", EN).cards
    assert [one.title for one in cards] == [*(row[2] for row in floors.QUEUES), "Night line"]


def test_a_card_tells_who_waits_how_long_how_well_and_who_is_free() -> None:
    found = card(floors.sight(), "rescue")
    assert (found.value, found.tone) == ("5", Tone.CRITICAL)
    assert [value for _, value, _ in found.facts] == ["03:12", "88.6%", "0/8"]
    assert [tone for _, _, tone in found.facts] == [Tone.CRITICAL, Tone.CRITICAL, Tone.CRITICAL]
    assert found.spoken == "Rescue, 5 waiting, longest 03:12, answer rate 88.6%, ready 0/8"


def test_the_longest_wait_counts_on_by_the_desks_clock_and_stands_still_on_old_data() -> None:
    sight = floors.sight()
    later = replace(sight, now=floors.NOW + 5000)
    assert card(later, "rescue").facts[0][1] == "03:17"
    assert card(replace(later, stale=True), "rescue").facts[0][1] == "03:12"


def test_the_queue_of_a_silent_source_is_old_while_the_others_live() -> None:
    entities = floors.floor()
    queue = entities["queue:vip"]
    assert isinstance(queue, Queue)
    entities.put(replace(queue, source="pbx"))
    both = {"main": SourceSight("main", False, 0.4, floors.NOW), "pbx": SourceSight("pbx", True, 9.0, floors.NOW)}
    sight = floors.sight(entities, sources=both)
    assert card(sight, "vip").stale
    assert not card(sight, "claim").stale


def test_callers_stand_one_by_one_longest_wait_first_and_masked() -> None:
    lines = queues(with_callers(), "queue:rescue", EN).callers
    assert [(line.cells[0], line.cells[4], line.cells[2]) for line in lines] == [
        ("03:12", "—", "138****0002"),
        ("01:30", "5", "138****0003"),
        ("00:30", "—", "138****0001"),
    ]
    assert [line.tone for line in lines] == [Tone.CRITICAL, Tone.WARN, Tone.CALM]


def test_without_a_chosen_queue_everybody_who_waits_is_listed_and_nobody_who_talks() -> None:
    lines = queues(with_callers(), "", EN).callers
    assert [(line.cells[3], line.cells[1]) for line in lines] == [
        ("Rescue", "—"),
        ("Rescue", "—"),
        ("Rescue", "—"),
        ("Claims", "ringing"),
    ]


def test_choosing_a_card_lists_its_callers_and_all_brings_the_others_back(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").queues
    panel.look_at(with_callers())
    assert len(panel.callers.lines.rows) == 4
    panel.locate("queue:claim")
    assert [line.key for line in panel.callers.lines.rows] == ["call:c4.1"]
    assert panel.title.text() == "Waiting: Claims"
    panel.all.click()
    assert len(panel.callers.lines.rows) == 4


def test_a_caller_who_is_chosen_stays_under_the_hand_for_the_second_press(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    panel = make_desk("--lang", "en").queues
    panel.look_at(with_callers())
    callers = panel.callers
    for press in (lambda: None, lambda: panel.locate("queue:rescue")):
        press()
        QApplication.processEvents()
        assert not panel.order.isVisible()
        top = callers.viewport().mapToGlobal(QPoint(0, 0))
        place = callers.visualRect(callers.lines.index(1, 0)).topLeft() + QPoint(20, 2)
        qtbot.mouseClick(callers.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()
        assert panel.order.isVisible() and callers.viewport().mapToGlobal(QPoint(0, 0)) == top
        callers.clearSelection()


def test_callers_of_a_queue_stand_by_their_turn_with_what_the_gateway_predicts() -> None:
    sight = with_callers()
    queue = sight.entities["queue:rescue"]
    assert isinstance(queue, Queue)
    sight.entities.put(replace(queue, turns={"c3.1": 40.0, "c2.1": 80.0, "c1.1": None}))
    lines = queues(sight, "queue:rescue", EN).callers
    assert [(line.key, line.cells[1]) for line in lines] == [
        ("call:c3.1", "~00:40"),
        ("call:c2.1", "~01:20"),
        ("call:c1.1", "—"),
    ]


def test_a_caller_speaks_what_the_queue_says_else_what_the_floor_speaks_and_an_unknown_code_stays() -> None:
    sight = with_callers()
    assert sight.site is not None
    sight.entities.put(replace(sight.site, spoken="zh"))
    for number, language in ((2, "fr"), (3, "tlh")):
        call = sight.entities[f"call:c{number}.1"]
        assert isinstance(call, Call)
        sight.entities.put(replace(call, language=language))
    assert [line.cells[5] for line in queues(sight, "queue:rescue", EN).callers] == ["French", "tlh", "Mandarin"]


def day_with(sight: Sight, **values: float) -> Sight:
    sight.entities.put(
        Figures(key="figures:site:today", rev=1, scope="site", window="today", values={**values}, rest_basis="profile")
    )
    return sight


@pytest.mark.parametrize(
    ("needed", "short", "sentence"),
    [
        (97.21, "Rest: 97.3%", "To close the day at 95% the remaining calls must reach 97.3%"),
        (100.4, "95% out of reach", "95% for the day cannot be reached any more"),
        (-3.0, "95% is safe", "95% for the day is safe"),
    ],
)
def test_what_the_rest_of_the_day_must_reach_is_said_in_words(needed: float, short: str, sentence: str) -> None:
    text = queues(day_with(floors.sight(), rest_answer_rate=needed), "", EN)
    assert text.rest == short
    assert text.rest_tip.startswith(sentence) and "hourly shares" in text.rest_tip


def test_nothing_is_said_of_the_rest_where_nothing_is_known() -> None:
    text = queues(floors.sight(), "", EN)
    assert (text.rest, text.rest_tip) == ("", "")


def test_the_table_sorts_by_any_column_and_what_is_unknown_stands_below() -> None:
    sight = floors.sight()
    place = next(number for number, column in enumerate(COLUMNS) if column.key == "longest")
    for downwards in (True, False):
        found = [line.cells[place] for line in lines(sight, Order(place, downwards), EN)]
        known = [cell for cell in found if cell != "—"]
        assert known == sorted(known, reverse=downwards) and found == known + ["—"] * (len(found) - len(known))
    names = [line.cells[0] for line in lines(sight, Order(0, False), EN)]
    assert names == sorted(names)


def test_pressing_a_title_sorts_turns_and_ends() -> None:
    order = Order().pressed(1)
    assert order == Order(1, True)
    order = order.pressed(1)
    assert order == Order(1, False)
    assert order.pressed(1) == Order()
    assert Order().pressed(0) == Order(0, False)


def test_only_the_cell_beyond_its_limit_is_loud() -> None:
    line = next(one for one in lines(floors.sight(), Order(), EN) if one.key == "queue:rescue")
    loud = {COLUMNS[place].key for place, tone in enumerate(line.tones) if tone is not Tone.CALM}
    assert line.tone is Tone.CRITICAL and {"longest", "rate"} <= loud and "offered" not in loud


def eased(figure: str, window: str, values: dict[str, float], muted: list[str]) -> Sight:
    """The rescue queue in alarm for a figure whose value lies within its limit again, or is of too few calls."""
    entities = floors.floor()
    for key in [one.key for one in entities.of(Alarm)]:
        entities.drop(key)
    of = f"queue:rescue:{figure}:{window}"
    entities.put(Alarm(
        key=f"alarm:{of}", rev=1, scope="queue:rescue", figure=figure, window=window, level="warn",
        since=floors.NOW - 60_000, limit=95.0,
    ))  # fmt: skip
    found = entities["figures:queue:rescue:30m"]
    assert isinstance(found, Figures)
    entities.put(replace(found, values={**found.values, **values}, muted=muted, tones={}))
    return floors.sight(entities)


def test_a_number_that_is_within_its_limit_again_is_not_loud_while_its_alarm_lasts() -> None:
    sight = eased("answer_rate_a2", "30m", {"answer_rate_a2": 99.0}, [])
    assert (card(sight, "rescue").tone, card(sight, "rescue").facts[1][1:]) == (Tone.WARN, ("99.0%", Tone.CALM))
    line = next(one for one in lines(sight, Order(), EN) if one.key == "queue:rescue")
    assert (line.tone, line.signed, set(line.tones)) == (Tone.WARN, True, {Tone.CALM})
    worse = eased("answer_rate_a2", "30m", {"answer_rate_a2": 80.0}, [])
    assert card(worse, "rescue").facts[1][1:] == ("80.0%", Tone.WARN)


def test_a_rate_of_too_few_calls_is_muted_and_judges_nothing_on_card_and_in_line() -> None:
    sight = eased("answer_rate_a2", "30m", {"answer_rate_a2": 80.0}, ["answer_rate_a2"])
    found = card(sight, "rescue")
    assert (found.tone, found.muted, found.facts[1][2]) == (Tone.CALM, frozenset({1}), Tone.CALM)
    line = next(one for one in lines(sight, Order(), EN) if one.key == "queue:rescue")
    assert line.muted == {next(number for number, column in enumerate(COLUMNS) if column.key == "rate")}
    assert (line.tone, line.signed) == (Tone.CALM, False)


def test_card_and_line_of_a_queue_have_the_same_tone() -> None:
    sight = floors.sight()
    by_line = {line.key: line.tone for line in lines(sight, Order(), EN)}
    assert {one.key: one.tone for one in queues(sight, "", EN).cards} == by_line


def test_cards_or_table_and_how_it_is_sorted_are_kept_for_the_user(
    make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    panel = make_desk("--lang", "en").queues
    panel.look_at(with_callers())
    panel.habits = Habits(tmp_path / "habits.json")
    QAbstractItemModelTester(panel.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    panel.locate("queue:claim")
    panel.as_table.click()
    assert panel.chosen_scope == "queue:claim" and panel.as_table.isChecked() and not panel.as_cards.isChecked()
    panel.table.horizontalHeader().sectionClicked.emit(1)
    assert panel.table.lines.headerData(1, Qt.Orientation.Horizontal) == "Wait ↓"
    waiting = [int(line.cells[1]) for line in panel.table.lines.rows]
    assert waiting == sorted(waiting, reverse=True)
    again = QueuesPanel(panel.words, panel.colours, Habits(tmp_path / "habits.json"))
    assert again.stack.currentWidget() is again.table and again.sorted_by == Order(1, True)
    again.deleteLater()


@pytest.mark.parametrize("kept", ["", "x", "-5", "9" * 40])
def test_where_somebody_drew_the_line_above_the_callers_it_is_at_the_next_start(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: QtBot, kept: str
) -> None:
    path = tmp_path / "habits.json"
    Habits(path).put("queues/callers", kept)
    panel = QueuesPanel(EN, make_desk().window.colours, Habits(path))
    qtbot.addWidget(panel)
    panel.resize(320, 700)
    panel.show()
    handle = panel.parts.handle(1)
    assert panel.parts.sizes()[1] < 200, "what cannot have been kept is not"
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(100, 2))
    qtbot.mouseMove(handle, QPoint(100, -150))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(100, 2))
    drawn = panel.parts.sizes()[1]
    assert drawn > 200
    panel.stop()
    again = QueuesPanel(EN, make_desk().window.colours, Habits(path))
    qtbot.addWidget(again)
    again.resize(320, 700)
    again.show()
    assert again.parts.sizes()[1] == drawn
    again.resize(320, 200)
    again.resize(320, 700)
    assert again.parts.sizes()[1] == drawn


def test_habits_that_cannot_be_read_are_said_once_and_the_usual_ones_hold(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "habits.json").write_text("[1, 2")
    assert Habits(tmp_path / "habits.json").get("queues/form", "cards") == "cards"
    assert "habits.json cannot be used" in caplog.text


def test_in_a_narrow_dock_the_names_of_queues_stay_beside_their_figures(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = make_desk("--lang", "en")
    panel = desk.queues
    panel.as_table.click()
    desk.window.look_at(floors.sight())
    table = panel.table
    bar = table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    row = table.rowViewportPosition(0) + 5
    assert table.indexAt(QPoint(10, row)).data() == "Claims"
    assert table.indexAt(QPoint(table.viewport().width() - 5, row)).column() == len(COLUMNS) - 1
    desk.window.look_at(floors.sight())
    assert bar.value() == bar.maximum(), "news scroll nothing back"


def test_a_double_click_enter_and_the_menu_open_the_figure_that_is_meant(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    panel = make_desk("--lang", "en").queues
    panel.look_at(with_callers())
    asked: list[tuple[str, str, str]] = []
    panel.figure_asked.connect(lambda *one: asked.append(one))
    box = panel.cards.visualRect(panel.cards.cards.index_of("queue:rescue"))
    view = panel.cards.viewport()
    for x, figure in ((box.left() + 30, "waiting"), (box.right() - 60, "staffed")):
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, box.center().y()))
        assert asked[-1][:2] == ("queue:rescue", figure)
    panel.cards.choose("queue:claim")
    qtbot.keyClick(panel.cards, Qt.Key.Key_Return)
    assert asked[-1] == ("queue:claim", "answer_rate_a2", "30m")
    panel.as_table.click()
    panel.table.setCurrentIndex(panel.table.lines.index(0, 7))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked[-1][1:] == ("offered", "today")
    panel.as_cards.click()
    menu = panel.menu_of("queue:claim", with_callers())
    entry = next(one for one in menu.actions() if one.text() == "Open: Service level · 30 min")
    entry.trigger()
    menu.deleteLater()
    assert asked[-1] == ("queue:claim", "service_level_f8", "30m")
    whole = panel.menu_of("site", with_callers())
    assert whole.actions()[0].text() == "All queues"
    whole.actions()[3].trigger()
    whole.deleteLater()
    assert asked[-1] == ("site", "answer_rate_a2", "30m")


def test_the_table_is_sorted_without_a_mouse_too(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(with_callers())
    panel = desk.queues
    panel.as_table.click()
    menu = panel.menu_of("queue:claim", with_callers())
    (sorting,) = (one.menu() for one in menu.actions() if one.text() == "Sort by")
    assert isinstance(sorting, QMenu)
    sorting.aboutToShow.emit()
    titles = [one.text() for one in sorting.actions()]
    assert titles == [panel.table.lines.title(column) for column in range(len(titles))] and len(titles) > 5
    sorting.actions()[7].trigger()
    assert panel.sorted_by == Order(7, True)
    sorting.aboutToShow.emit()
    assert [one.isChecked() for one in sorting.actions()].index(True) == 7
    assert [one.text() for one in sorting.actions()] == titles, "without the mark"
    menu.deleteLater()
    panel.as_cards.click()
    cards = panel.menu_of("queue:claim", with_callers())
    assert "Sort by" not in [one.text() for one in cards.actions()]
    cards.deleteLater()


def test_seven_cards_fit_on_a_small_screen_without_scrolling(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en", size=(1280, 800))
    desk.window.look_at(with_callers())
    qtbot.waitUntil(lambda: desk.queues.cards.verticalScrollBar().maximum() == 0)
    assert desk.queues.cards.height_of_a_card >= 38


def test_every_card_reads_its_figures_to_a_screen_reader(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").queues
    panel.look_at(with_callers())
    index = panel.cards.cards.index_of("queue:rescue")
    assert "5 waiting" in panel.cards.cards.data(index, Qt.ItemDataRole.AccessibleTextRole)
    for button in (panel.as_cards, panel.as_table, panel.curves, panel.all, panel.order):
        assert button.text() and button.toolTip()


def a_trunk(number: str, state: str, ago: int, text: str = "") -> Trunk:
    values = {"key": f"trunk:{number}", "rev": 1, "state": state, "since": floors.NOW - ago * 1000, "text": text}
    return Trunk(**values, zh=f"{number}中继", en=f"Trunk {number}")  # type: ignore[arg-type]


def test_trunks_take_no_room_while_all_are_up_and_stand_above_the_queues_when_one_is_not(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk("--lang", "en")
    panel = desk.queues
    entities = floors.floor()
    for entity in (a_trunk("a", "up", 500), a_trunk("b", "up", 500)):
        entities.put(entity)
    desk.window.look_at(floors.sight(entities))
    assert (panel.trunks.isVisible(), panel.trunks.text()) == (False, "")
    names = desk.window.bar.names.toolTip()
    assert names.endswith("\nTrunk a up since 14:23:48\nTrunk b up since 14:23:48"), names
    entities.put(a_trunk("b", "unknown", 20))
    desk.window.look_at(floors.sight(entities))
    assert (panel.trunks.text(), panel.trunks.property("tone")) == ("Trunk b not known 00:20", "warn")
    entities.put(a_trunk("a", "down", 200, "UNAVAILABLE"))
    desk.window.look_at(floors.sight(entities))
    assert panel.trunks.isVisible()
    assert (panel.trunks.text(), panel.trunks.property("tone")) == (
        "1 of 2 trunks down: Trunk a", "critical",
    )  # fmt: skip
    assert panel.trunks.toolTip().splitlines() == [
        "Trunk a down since 14:28:48", "  the telephone system says UNAVAILABLE", "Trunk b not known since 14:31:48",
    ]  # fmt: skip


def test_a_long_name_of_a_trunk_loses_its_middle_and_never_its_state(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("--lang", "en")
    entities = floors.floor()
    name = "Second trunk of the other carrier in Langfang, beyond the river"
    entities.put(replace(a_trunk("a", "down", 200), en=name))
    desk.window.look_at(floors.sight(entities))
    QApplication.processEvents()
    trunks = desk.queues.trunks
    assert trunks.width() <= desk.queues.width()
    assert trunks.text().startswith("Second trunk") and trunks.text().endswith("down 03:20"), trunks.text()
    assert "…" in trunks.text()
    assert trunks.accessibleName() == f"{name} down 03:20"


def test_several_trunks_are_named() -> None:
    entities = floors.floor()
    for one in (a_trunk("a", "unknown", 200), a_trunk("b", "unknown", 20), a_trunk("c", "up", 20)):
        entities.put(one)
    assert queues(floors.sight(entities), "", EN).trunks == "2 of 3 trunks not known: Trunk a, Trunk b"
    entities.put(a_trunk("c", "down", 20))
    assert queues(floors.sight(entities), "", EN).trunks == "1 of 3 trunks down: Trunk c"


def test_locating_a_trunks_alarm_brings_the_trunks_into_sight(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("--lang", "en")
    entities = floors.floor()
    entities.put(a_trunk("a", "down", 200))
    desk.window.look_at(floors.sight(entities))
    desk.window.docks["queues"].close()
    assert not desk.queues.trunks.isVisible()
    desk.alarms.located.emit("trunk:a")
    assert desk.queues.trunks.isVisible()


def test_on_old_data_a_trunk_is_not_counted_on() -> None:
    entities = floors.floor()
    entities.put(a_trunk("a", "down", 200))
    later = floors.sight(entities, now=floors.NOW + 9000)
    assert queues(later, "", EN).trunks == "Trunk a down 03:29"
    assert queues(replace(later, stale=True), "", EN).trunks == "Trunk a down 03:20"
