"""The second window: panels that stand on another screen, come back there, and are not lost with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from console.desk import Desk
from console.window import layouts
from console.window.layouts import Saved
from tests.desk.window.keeping import kept_by
from tests.wall import floors

pytestmark = pytest.mark.slow
MakeDesk = Callable[..., Desk]


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
