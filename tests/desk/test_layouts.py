"""How the desk is left: kept while it runs, under names, in a second window; and nothing that is broken breaks it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.asking import NameDialog
from console.desk import Desk
from console.hands.walking import panel_of
from console.looks import Look
from console.panels import Panel
from console.window import layouts
from console.window.keeping import Keeper
from console.window.layouts import Arrangement, Saved, Second
from tests.desk.conftest import options
from tests.desk.test_attention import spontaneous_close
from tests.desk.test_window import welcome
from tests.wall import floors

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
BYTES = layouts.to_text(b"no layout of Qt's")
OF_A_WALL = "AdnQywADAAAAAAAAAAAAAAAAG1gAAA+gAAAAAAAAAAAAABtYAAAPoAAAAAAAAAAAHgAAAAAAAAAAAAAAG1gAAA+g"
RANDOM = random.Random(7).randbytes(600)


def kept_by(desk: Desk, path: Path, saved: Saved | None = None) -> Keeper:
    return Keeper(desk.window, path, saved or Saved(), parent=desk)


def names_in(desk: Desk) -> list[str]:
    """The named layouts that the menu offers."""
    menu = desk.window.menu
    below = next(action.menu() for action in menu.actions() if action.text() == desk.window.words("layout.menu"))
    texts = [action.text() for action in below.actions()]  # type: ignore[attr-defined]
    return texts[: texts.index("")] if "" in texts else []


# The file


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe", b"[" * 5000, b"null", b"[]", b'"desk"', b'{"version": "x"}', RANDOM, b"\0" * 300,
        b'{"version": 2, "geometry": "%%%"}',
        b'{"version": 2, "arrangement": {"docks": "A"}}',
        b'{"version": 2, "arrangement": {"second": {"panels": 7}}}',
        b'{"version": 2, "layouts": {"a": {"docks": "!!"}}}',
        b'{"version": 2, "layouts": {" \\n": {}}}',
        b'{"version": 2, "look": {"text": "huge"}}',
        b'{"version": 2, "layouts": {"a": null}}',
        b" " * (layouts.MOST_BYTES + 1),
    ],
)  # fmt: skip
@pytest.mark.logs("the usual one is shown")
def test_a_corrupt_layout_file_is_put_aside_and_the_usual_desk_opens(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / layouts.FILE
    path.write_bytes(content)
    assert layouts.load(path) == (Saved(), False)
    assert path.with_name("desk.json.broken").read_bytes() == content
    assert not path.exists()


@pytest.mark.logs("the usual one is shown")
def test_a_layout_file_cut_anywhere_is_read_or_put_aside_but_never_breaks_the_desk(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk, path = make_desk(), tmp_path / layouts.FILE
    saved = replace(desk.window.saved(), layouts={"夜班": desk.window.board.arrangement()}, layout="夜班")
    layouts.save(path, saved)
    whole = path.read_bytes()
    assert layouts.load(path) == (saved, True)
    for end in range(0, len(whole) - 1, max(1, len(whole) // 60)):
        path.write_bytes(whole[:end])
        assert layouts.load(path) == (Saved(), False)


def test_a_file_of_the_first_version_gives_its_looks_and_no_docks(tmp_path: Path) -> None:
    path = tmp_path / layouts.FILE
    path.write_text(json.dumps({"geometry": "AAAA", "docks": "AAAA", "theme": "dark", "language": "en"}))
    assert layouts.load(path) == (Saved(look=Look(theme="dark", language="en")), True)


@pytest.mark.logs("this desk knows")
def test_a_file_of_a_later_version_gives_what_is_understood_of_it_and_is_kept_with_its_layouts(tmp_path: Path) -> None:
    path = tmp_path / layouts.FILE
    content = json.dumps({
        "version": 9, "look": {"theme": "dark", "text": 999, "motion": "wild"}, "layouts": {"夜班": {"docks": "AAAA"}},
    })  # fmt: skip
    path.write_text(content, "utf-8")
    saved, whole = layouts.load(path)
    assert (saved, whole) == (Saved(look=Look(theme="dark", text=150)), False)
    layouts.save(path, saved)
    assert path.with_name("desk.json.broken").read_text("utf-8") == content
    assert layouts.load(path) == (saved, True), "it is said once"


def test_the_file_is_whole_at_every_moment_of_its_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = tmp_path / layouts.FILE, []
    layouts.save(path, Saved(layout=""))
    with monkeypatch.context() as watched:
        watched.setattr(os, "fsync", lambda _: seen.append(layouts.load(path)))
        layouts.save(path, Saved(tray=True))
    assert seen == [(Saved(), True)], "while the new one is written the old one is there"
    assert layouts.load(path) == (Saved(tray=True), True)


@pytest.mark.logs("could not be kept")
def test_a_folder_that_cannot_be_written_is_said_once_in_the_log_and_the_desk_goes_on(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    desk = make_desk()
    keeper = kept_by(desk, blocked / layouts.FILE)
    keeper.keep()
    desk.window.look_at(floors.sight())
    keeper.stop()


# While it runs


@pytest.mark.slow
def test_a_change_is_kept_while_the_desk_runs_so_that_a_crash_loses_nothing(
    make_desk: MakeDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk, path = make_desk(), tmp_path / layouts.FILE
    keeper = kept_by(desk, path)
    desk.window.docks["alarms"].close()
    qtbot.waitUntil(path.exists)
    after_the_crash = make_desk()
    assert after_the_crash.window.restore(layouts.load(path)[0])
    assert after_the_crash.window.docks["alarms"].isHidden()
    keeper.stop()


def test_what_has_not_changed_is_not_written_again(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk, path = make_desk(), tmp_path / layouts.FILE
    keeper = kept_by(desk, path)
    keeper.keep()
    first = path.stat().st_mtime_ns
    keeper.keep()
    assert path.stat().st_mtime_ns == first
    desk.window.choose_theme("dark")
    keeper.stop()
    assert layouts.load(path)[0].look.theme == "dark"


def test_bytes_that_qt_cannot_use_reset_the_layout(make_desk: MakeDesk) -> None:
    desk = make_desk()
    assert not desk.window.restore(Saved(arrangement=Arrangement(docks=BYTES)))
    assert not desk.window.restore(Saved(geometry=BYTES))
    assert desk.window.restore(Saved(geometry=OF_A_WALL)), "one of another screen size is sound, and not used"
    assert desk.window.width() <= QApplication.primaryScreen().availableGeometry().width()
    second = Second(panels=("alarms", "nothing"), screen=QApplication.primaryScreen().name(), docks=BYTES)
    assert not desk.window.restore(Saved(arrangement=Arrangement(second=second)))
    assert not any(dock.isHidden() for dock in desk.window.docks.values())
    assert not desk.window.board.is_in_second("alarms")


# Named layouts


@pytest.mark.slow
def test_layouts_are_kept_chosen_renamed_and_deleted_by_name(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk, path = make_desk("--lang", "en"), tmp_path / layouts.FILE
    keeper, window = kept_by(desk, path), desk.window
    window.docks["alarms"].close()
    assert keeper.save_as("  Morning \n rush ") == ""
    window.docks["alarms"].show()
    window.docks["queues"].setFloating(True)
    assert keeper.save_as("夜班") == ""
    assert (names_in(desk), keeper.current) == (["Morning rush", "夜班"], "夜班")
    window.layout_asked.emit("choose", "Morning rush")
    assert window.docks["alarms"].isHidden()
    assert not window.docks["queues"].isFloating()
    window.layout_asked.emit("choose", "夜班")
    assert not window.docks["alarms"].isHidden()
    assert window.docks["queues"].isFloating()
    assert keeper.rename("夜班", "Morning rush") == "layout.name_taken"
    assert keeper.rename("夜班", "Night") == ""
    window.layout_asked.emit("delete", "Morning rush")
    assert (names_in(desk), keeper.current) == (["Night"], "Night")
    keeper.stop()
    saved, sound = layouts.load(path)
    assert (sound, list(saved.layouts), saved.layout) == (True, ["Night"], "Night")
    other = make_desk("--lang", "en")
    again = kept_by(other, path, saved)
    assert names_in(other) == ["Night"]
    again.choose("Night")
    assert other.window.docks["queues"].isFloating()
    other.window.reset_layout()
    assert again.current == ""
    assert not other.window.docks["queues"].isFloating()
    again.stop()


def test_a_deleted_layout_can_be_had_back_until_its_name_is_given_away(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk, path = make_desk("--lang", "en"), tmp_path / layouts.FILE
    keeper, window = kept_by(desk, path), desk.window

    def offered() -> list[QAction]:
        menu = next(one.menu() for one in window.menu.actions() if one.text() == window.words("layout.menu"))
        return [one for one in menu.actions() if one.text().startswith("Have ")]  # type: ignore[attr-defined]

    for name in ("Day", "R&D", "Night"):
        assert keeper.save_as(name) == ""
        if name == "Day":
            window.docks["alarms"].close()
    assert not offered()
    window.layout_asked.emit("delete", "R&D")
    (entry,) = offered()
    assert entry.text() == 'Have "R&&D" back'
    window.docks["alarms"].show()
    entry.trigger()
    assert keeper.names == ("Day", "R&D", "Night")
    assert not offered() and not window.docks["alarms"].isHidden(), "nothing moves"
    keeper.choose("R&D")
    assert window.docks["alarms"].isHidden()
    window.layout_asked.emit("delete", "Day")
    assert keeper.rename("Night", "Day") == ""
    assert not offered()
    window.layout_asked.emit("delete", "Day")
    for number in range(layouts.MOST_LAYOUTS - 1):
        assert keeper.save_as(f"L{number}") == ""
    assert not offered(), "there is no room for it"
    keeper.stop()


def test_there_is_a_way_back_from_another_layout_and_from_a_reset(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk("--lang", "en")
    keeper, window = kept_by(desk, tmp_path / layouts.FILE), desk.window

    def back() -> QAction:
        menu = next(one.menu() for one in window.menu.actions() if one.text() == window.words("layout.menu"))
        return next(one for one in menu.actions() if one.text() == "Back to how it stood before")  # type: ignore[attr-defined]

    def places() -> list[str]:
        return [window.board.place_of(name) for name in ("queues", "agent", "alarms")]

    assert not back().isEnabled(), "nothing was changed yet"
    assert keeper.save_as("Plain") == ""
    window.board.put_at("queues", "own")
    window.board.put_at("alarms", "second")
    window.board.close("agent")
    mine = places()
    window.layout_asked.emit("choose", "Plain")
    assert (places(), keeper.current) == (["first"] * 3, "Plain")
    back().trigger()
    assert places() == mine == ["own", "closed", "second"]
    back().trigger()
    assert (places(), keeper.current) == (["first"] * 3, "Plain"), "once more leads there again"
    back().trigger()
    window.reset_layout()
    assert places() == ["first"] * 3
    back().trigger()
    assert places() == mine
    keeper.stop()


def test_a_name_that_will_not_do_is_said_in_place_and_can_be_mended(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk("--lang", "en")
    keeper = kept_by(desk, tmp_path / layouts.FILE)
    desk.window.layout_asked.emit("save", "")
    dialog = desk.window.findChild(NameDialog)
    assert dialog is not None
    dialog.good.click()
    assert "name" in dialog.why.text()
    assert dialog.why.isVisible()
    dialog.field.setText("Storm")
    dialog.good.click()
    assert keeper.names == ("Storm",)
    assert not dialog.isVisible()
    keeper.stop()


def test_another_layout_is_replaced_only_when_its_name_was_given_twice(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk("--lang", "en")
    keeper = kept_by(desk, tmp_path / layouts.FILE)
    keeper.save_as("Night")
    night = keeper._saved.layouts["Night"]
    desk.window.board.close("queues")
    keeper.save_as("Storm")
    desk.window.board.close("alarms")
    desk.window.layout_asked.emit("save", "Storm")
    dialog = desk.window.findChild(NameDialog)
    assert dialog is not None
    dialog.field.setText("Night")
    dialog.good.click()
    assert "once more to replace" in dialog.why.text() and dialog.isVisible()
    assert keeper._saved.layouts["Night"] == night
    dialog.good.click()
    assert not dialog.isVisible() and keeper._saved.layouts["Night"] != night
    desk.window.layout_asked.emit("save", "Night")
    again = next(one for one in desk.window.findChildren(NameDialog) if one.isVisible())
    again.good.click()
    assert not again.isVisible(), "the one that is chosen is brought up to date"


def test_there_are_only_so_many_layouts(make_desk: MakeDesk, tmp_path: Path) -> None:
    keeper = kept_by(make_desk(), tmp_path / layouts.FILE)
    for number in range(layouts.MOST_LAYOUTS):
        assert keeper.save_as(f"layout {number}") == ""
    assert keeper.save_as("one more") == "layout.too_many"
    assert keeper.save_as("layout 3") == "", "one that is there may be kept anew"
    keeper.stop()


@pytest.mark.parametrize(
    ("given", "kept"), [("", ""), (" \t\n ", ""), ("a\x00b\u200b", "a b"), ("x" * 99, "x" * 40), ("早班", "早班")]
)
def test_a_name_is_one_line_of_printable_signs(given: str, kept: str) -> None:
    assert layouts.tidy_name(given) == kept


# The second window


def test_a_panel_can_stand_in_the_second_window_and_comes_back_there(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk, path = make_desk("--lang", "en"), tmp_path / layouts.FILE
    keeper = kept_by(desk, path)
    desk.window.look_at(floors.sight())
    desk.window.put("alarms", True)
    second = desk.window.board.second
    assert second.isVisible()
    assert desk.alarms.window() is second
    assert len(desk.alarms.table.lines.rows) == 2, "it presents there too"
    keeper.stop()
    other = make_desk("--lang", "en")
    assert other.window.restore(layouts.load(path)[0])
    assert other.window.board.is_in_second("alarms")
    assert other.window.board.second.isVisible()


def test_the_floor_itself_can_stand_on_the_second_screen(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight())
    desk.window.put("floor", True)
    board = desk.window.board
    assert desk.floor.window() is board.second
    assert desk.floor.isVisible()
    assert not desk.queues.isHidden(), "the others have the first window for themselves"
    left = board.arrangement()
    other = make_desk("--lang", "en")
    assert other.window.board.arrange(left)
    assert other.floor.window() is other.window.board.second
    other.window.board.second.close()
    assert other.floor.window() is other.window
    assert other.floor.isVisible()
    desk.window.reset_layout()
    assert desk.floor.window() is desk.window


def test_the_second_window_says_the_same_of_old_data(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    desk.window.put("queues", True)
    desk.window.look_at(floors.stale_sight())
    banner = desk.window.board.second.banner
    assert banner.isVisible()
    assert "No data for 00:42" in banner.accessibleName()
    desk.window.look_at(floors.sight())
    assert not banner.isVisible()


def test_closing_the_second_window_loses_no_panel(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.put("queues", True)
    desk.window.put("alarms", True)
    desk.window.board.second.close()
    assert not any(desk.window.board.is_in_second(name) for name in desk.window.docks)
    assert desk.alarms.window() is desk.window


def test_the_second_window_is_there_only_while_a_panel_is_open_in_it(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.window.put("queues", True)
    desk.window.docks["queues"].close()
    assert not desk.window.board.second.isVisible()
    desk.window.open_panel("queues")
    assert desk.window.board.second.isVisible()


def test_what_stood_on_a_screen_that_is_gone_comes_to_the_first_and_goes_back_with_the_screen(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk, path = make_desk(), tmp_path / layouts.FILE
    desk.window.put("alarms", True)
    arrangement = desk.window.board.arrangement()
    away = replace(arrangement, second=replace(arrangement.second, screen="HDMI-9"))
    layouts.save(path, Saved(arrangement=away))
    other = make_desk()
    keeper = kept_by(other, path)
    assert other.window.restore(layouts.load(path)[0])
    assert other.alarms.window() is other.window, "the screen is not there"
    keeper.stop()
    assert layouts.load(path)[0].arrangement.second.screen == "HDMI-9", "and is not forgotten"
    back = replace(away, second=replace(away.second, screen=QApplication.primaryScreen().name()))
    other.window.board.arrange(away)
    other.window.board._parked = back.second
    other.window.board.look_at_screens()
    assert other.window.board.is_in_second("alarms"), "the screen came back"


SCREENS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from console.window import layouts
from console.desk import Desk
from console.theme import load_faces
from tests.desk.conftest import options
from tests.desk.test_attention import spontaneous_close
application = QApplication([])
load_faces()
path, move = Path(sys.argv[1]), sys.argv[2:]
desk = Desk(options())
desk.window.show()
saved, sound = layouts.load(path)
restored = desk.window.restore(saved)
for name in move:
    desk.window.put(name, True)
application.processEvents()
second = desk.window.board.second
where = second.screen().name() if second.isVisible() else "-"
print(sound, restored, where, desk.alarms.isVisible(), desk.alarms.window() is second, flush=True)
layouts.save(path, desk.window.saved())
desk.stop()
"""


def with_screens(repository: Path, folder: Path, count: int, *move: str) -> list[str]:
    """What a desk says of itself on a machine with that many screens; panels named are moved to the second window."""
    screens = [
        {"name": f"DP-{number}", "x": 1600 * number, "y": 0, "width": 1600, "height": 1000, "dpr": 1.0}
        for number in range(count)
    ]
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screens.json'}"}
    command = [sys.executable, "-c", SCREENS, str(folder / layouts.FILE), *move]
    ran = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.split()


@pytest.mark.slow
def test_a_panel_goes_to_the_second_screen_comes_back_without_it_and_goes_there_again(
    repository: Path, tmp_path: Path
) -> None:
    assert with_screens(repository, tmp_path, 2, "alarms") == ["True", "True", "DP-1", "True", "True"]
    assert with_screens(repository, tmp_path, 2) == ["True", "True", "DP-1", "True", "True"], "after a restart"
    assert with_screens(repository, tmp_path, 1) == ["True", "True", "-", "True", "False"], "unplugged"
    assert with_screens(repository, tmp_path, 2) == ["True", "True", "DP-1", "True", "True"], "plugged in again"


def test_a_floating_panel_beyond_every_screen_is_brought_into_sight(make_desk: MakeDesk) -> None:
    desk = make_desk()
    dock = desk.window.docks["agent"]
    dock.setFloating(True)
    dock.move(9000, 9000)
    desk.window.board.look_at_screens()
    assert QApplication.primaryScreen().geometry().contains(dock.frameGeometry().topLeft())


# Windows of their own


class Shows(QObject):
    """Remembers in which order windows came."""

    def __init__(self, *windows: QWidget) -> None:
        super().__init__()
        self.came: list[QObject] = []
        for window in windows:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.came.append(watched)
        return False


def test_a_panel_in_a_window_of_its_own_comes_behind_the_desk_in_time_and_lies_before_it(make_desk: MakeDesk) -> None:
    left = make_desk()
    left.window.docks["agent"].setFloating(True)
    desk = make_desk()
    desk.window.hide()
    assert desk.window.board.arrange(left.window.board.arrangement())
    dock = desk.window.docks["agent"]
    shows = Shows(desk.window, dock)
    desk.window.show()
    QApplication.processEvents()
    assert shows.came == [desk.window, dock] and dock.isVisible() and dock.isFloating()
    assert desk.window.rail["agent"].isChecked()


def test_a_desk_that_goes_to_the_tray_takes_its_other_windows_along_and_brings_them_back(
    make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk, path = make_desk(), tmp_path / layouts.FILE
    keeper, board = kept_by(desk, path), desk.window.board
    desk.window.docks["agent"].setFloating(True)
    desk.window.put("alarms", True)
    desk.window.stays = True
    desk.window.closeEvent(spontaneous_close())
    QApplication.processEvents()
    assert not desk.window.isVisible() and not board.second.isVisible() and not board.by_name["agent"].isVisible()
    keeper.keep()
    desk.window.show()
    QApplication.processEvents()
    assert board.second.isVisible() and board.by_name["agent"].isVisible()
    assert [board.place_of(name) for name in ("agent", "alarms")] == ["own", "second"]
    other = make_desk()
    assert other.window.restore(layouts.load(path)[0])
    places = [other.window.board.place_of(name) for name in ("agent", "alarms")]
    assert places == ["own", "second"], "nothing counts as closed because it was away"
    keeper.stop()


@pytest.mark.parametrize("place", ["own", "second"])
def test_a_window_of_panels_that_comes_to_the_front_has_the_keyboard_in_a_panel_and_not_on_its_button(
    make_desk: MakeDesk, qtbot: QtBot, place: str
) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight())
    desk.window.board.put_at("alarms", place)
    window = desk.alarms.window()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    close = desk.alarms.head.close_button
    assert close is not None
    close.setFocus()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: window.focusWidget() is desk.alarms.table)


@pytest.mark.parametrize("over", [200, 700])
def test_a_panel_that_is_dropped_at_the_end_of_the_screen_is_as_high_as_the_room_there(
    make_desk: MakeDesk, over: int
) -> None:
    desk = make_desk()
    desk.window.look_at(floors.sight(welcome=welcome("manager", "*")))
    dock, room = desk.window.docks["agent"], QApplication.primaryScreen().availableGeometry()
    dock.setFloating(True)
    dock.setGeometry(100, room.bottom() - 800 + over, 330, 800)
    QApplication.processEvents()
    QTest.mouseRelease(dock, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert dock.geometry().bottom() <= room.bottom() and dock.height() >= dock.minimumSizeHint().height()
    if over == 200:
        assert dock.geometry().top() == room.bottom() - 600, "it stays where it was dropped"


def test_a_panel_that_floats_has_an_edge_and_one_that_is_docked_has_none(make_desk: MakeDesk) -> None:
    desk = make_desk("--theme", "light")
    dock = desk.window.docks["agent"]
    for floats in (True, False):
        dock.setFloating(floats)
        QApplication.processEvents()
        edge = {dock.grab().toImage().pixelColor(x, 60).name() for x in (0, dock.width() - 1)}
        assert (edge == {desk.window.colours.mid.name()}) is floats


# A narrow window


def test_where_the_window_is_narrow_docks_share_a_place_until_it_is_wide_again(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "zh_CN", size=(1600, 1000))
    desk.window.look_at(floors.sight())
    board, before = desk.window.board, desk.window.board.state()
    assert not board.is_sharing
    desk.window.resize(853, 533)
    QApplication.processEvents()
    assert board.is_sharing
    assert board.main.tabifiedDockWidgets(desk.window.docks["queues"]) == [desk.window.docks["agent"]]
    assert board.main.minimumSizeHint().width() <= board.main.width(), "nothing is cut off"
    narrow = board.arrangement()
    desk.window.resize(1600, 1000)
    QApplication.processEvents()
    assert not board.is_sharing
    assert board.main.tabifiedDockWidgets(desk.window.docks["queues"]) == []
    other = make_desk("--lang", "zh_CN", size=(853, 533))
    assert other.window.board.arrange(narrow)
    other.window.resize(1600, 1000)
    QApplication.processEvents()
    assert other.window.board.main.tabifiedDockWidgets(other.window.docks["queues"]) == []
    assert other.window.board.main.restoreState(QByteArray(before), 1)


def test_docks_that_shared_a_place_are_as_large_again_as_they_were_made(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en", size=(1600, 1000))
    desk.window.look_at(floors.sight())
    board, docks = desk.window.board, desk.window.docks
    board.main.resizeDocks([docks["queues"], docks["agent"]], [380, 400], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    before = {name: dock.size() for name, dock in docks.items()}
    for width in (1200, 1000, 940, 900, 880, 853):  # as a hand draws the edge
        desk.window.resize(width, 533)
        QApplication.processEvents()
    assert board.is_sharing
    left = board.arrangement()
    desk.window.resize(1600, 1000)
    QApplication.processEvents()
    assert {name: dock.size() for name, dock in docks.items()} == before
    other = make_desk("--lang", "en", size=(853, 533))
    assert other.window.board.arrange(left)
    other.window.resize(1600, 1000)
    QApplication.processEvents()
    assert other.window.docks["agent"].width() == before["agent"].width()
    board.close("queues")
    for width in (853, 1600):
        desk.window.resize(width, 1000)
        QApplication.processEvents()
    assert board.place_of("queues") == "closed", "what was closed meanwhile stays so"


def narrow_desk(make_desk: MakeDesk) -> Desk:
    """One on which queues and agent share a place, the agent behind."""
    desk = make_desk("--lang", "en", size=(853, 533))
    desk.window.look_at(floors.sight(welcome=welcome("manager", "*")))
    desk.window.activateWindow()
    QApplication.processEvents()
    desk.floor.locate("seat:016")
    QApplication.processEvents()
    assert not desk.queues.visibleRegion().isEmpty() and desk.agent.visibleRegion().isEmpty()
    return desk


def panel_with_the_keyboard(desk: Desk) -> Panel | None:
    """It must be seen."""
    QApplication.processEvents()
    panel = panel_of(desk.window.focusWidget())
    assert panel is None or not panel.visibleRegion().isEmpty(), panel.name
    return panel


def test_where_docks_share_a_place_the_keyboard_is_never_in_one_that_is_not_seen(make_desk: MakeDesk) -> None:
    desk = narrow_desk(make_desk)
    desk.queues.cards.setFocus()
    reached, panels = set[QWidget](), set[Panel | None]()
    while (now := desk.window.focusWidget()) not in reached:
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        panels.add(panel_with_the_keyboard(desk))
    assert {desk.floor, desk.agent, desk.queues, desk.alarms} <= panels


def test_where_docks_share_a_place_going_from_panel_to_panel_shows_each_with_its_list(make_desk: MakeDesk) -> None:
    desk = narrow_desk(make_desk)
    desk.alarms.table.setFocus()
    panels = []
    for _ in range(4):
        QTest.keyClick(desk.window, Qt.Key.Key_F6)
        panels.append(panel_with_the_keyboard(desk))
        assert not isinstance(desk.window.focusWidget(), QAbstractButton), "to its list, and not to its first button"
    assert panels == [desk.floor, desk.queues, desk.agent, desk.alarms]


def test_the_rail_brings_a_panel_to_the_front_that_stands_behind_another(make_desk: MakeDesk) -> None:
    desk = narrow_desk(make_desk)
    rail = desk.window.rail["agent"]
    rail.click()
    QApplication.processEvents()
    assert (rail.isChecked(), desk.agent.visibleRegion().isEmpty()) == (True, False)
    rail.click()
    assert (rail.isChecked(), desk.window.board.place_of("agent")) == (False, "closed")


def test_the_command_line_chooses_no_layout(tmp_path: Path) -> None:
    assert options("--theme", "dark").look == {"theme": "dark"}


def test_a_panel_is_moved_by_the_menu_alone_to_every_place(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    board = desk.window.board

    def choose(panel: str, place: str) -> None:
        panels = next(one.menu() for one in desk.window.menu.actions() if one.text() == "Panels")
        below = next(one.menu() for one in panels.actions() if one.text() == panel)  # type: ignore[attr-defined]
        next(one for one in below.actions() if one.text() == place).trigger()

    for place, where in (
        ("A window of its own", "own"), ("Second window", "second"), ("Closed", "closed"), ("This window", "first"),
        ("Second window", "second"), ("A window of its own", "own"), ("This window", "first"), ("Closed", "closed"),
    ):  # fmt: skip
        choose("Alarms", place)
        assert board.place_of("alarms") == where, place
        assert desk.window.rail["alarms"].isChecked() == (where != "closed")
    choose("Floor", "Second window")
    assert board.place_of("floor") == "second"
    choose("Floor", "This window")
    assert desk.floor.window() is desk.window
