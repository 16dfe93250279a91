"""The screen of a window: the right one of several, and still there for everybody when the window is gone."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QScrollArea, QWidget

from console.desk import Desk
from console.entry.panel import EntryPage
from console.looks import Look
from console.ordering.deeds import Deed
from console.ordering.move import target_of
from console.reports.panel import ReportsDialog
from console.window.layouts import Saved
from tests.desk.conftest import make_desk as make_desk
from tests.wall import floors
from tests.wall.floors import welcome
from widgets import screens
from widgets.screens import room_of, screen_of

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute


def gone(widget: QWidget) -> None:
    shiboken6.delete(widget)


def has_owner(screen: QScreen) -> bool:
    """Whether PySide6 takes a screen for the child of something, with which it will go."""
    return "parent." in shiboken6.dump(screen)


def test_the_first_screen_is_still_there_when_a_window_that_was_asked_for_it_is_gone(qapp: QApplication) -> None:
    held = QGuiApplication.primaryScreen()
    window = QWidget()
    assert screen_of(window) is held
    assert room_of(window) == held.availableGeometry()
    gone(window)
    assert shiboken6.isValid(held)
    assert held.name() == QGuiApplication.primaryScreen().name()


def test_the_page_of_floors_leaves_the_screen_to_the_others(qapp: QApplication) -> None:
    held = QGuiApplication.primaryScreen()
    page = EntryPage(Look(language="en"))
    assert page.width() <= held.availableGeometry().width()
    gone(page)
    assert shiboken6.isValid(held)


def test_the_desks_windows_take_no_screen_for_their_own(make_desk: Callable[..., Desk]) -> None:
    held = QGuiApplication.primaryScreen()
    window = make_desk().window
    window.restore(Saved())
    window.put("alarms", True)
    window.board.second.place(window)
    assert window.kept_parts()["arrangement"].second.screen == held.name()
    assert not has_owner(held)


def test_a_screen_that_a_window_takes_for_its_own_is_found_out(qapp: QApplication) -> None:
    window = QWidget()
    held = window.screen()
    assert has_owner(held), "or PySide6 has mended it, and widgets.screens is not needed any more"
    gone(window)
    assert not shiboken6.isValid(held)


@pytest.mark.slow
def test_no_window_of_ours_is_asked_for_its_screen_itself(repository: Path) -> None:
    found = []
    for path in sorted([*repository.glob("console/**/*.py"), *repository.glob("widgets/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "screen":
                found.append(f"{path.relative_to(repository)}:{node.lineno}")
    assert found == [], "ask widgets.screens"


WHERE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from widgets.screens import room_of, screen_of
application = QApplication([])
window = QWidget()
part = QWidget(window)
window.setGeometry(*(int(one) for one in sys.argv[1:]))
part.setGeometry(5, 5, 20, 20)
window.show()
print(screen_of(part).name(), room_of(part).left(), screen_of(window).name())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (("100", "100", "400", "300"), ["DP-0", "0", "DP-0"]),
        (("1500", "100", "400", "300"), ["DP-1", "1600", "DP-1"]),
        (("9000", "9000", "400", "300"), ["DP-0", "0", "DP-0"]),
    ],
)
def test_a_part_is_where_the_middle_of_its_window_is(
    repository: Path, tmp_path: Path, geometry: tuple[str, ...], said: list[str]
) -> None:
    screens = [
        {"name": f"DP-{number}", "x": 1600 * number, "y": 0, "width": 1600, "height": 1000, "dpr": 1.0}
        for number in range(2)
    ]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"}
    command = [sys.executable, "-c", WHERE, *geometry]
    ran = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == said


SMALL = QRect(0, 0, 853, 533)
"""What 1280 by 800 are at 150 %."""


def dialogs_of(desk: Desk) -> list[QDialog]:
    """Every larger dialog of a desk, opened."""
    seats = tuple(floors.sight(floors.floor()).seats())
    targets = tuple(target_of(None, seat, {}, desk.window.words) for seat in seats[:3])
    room, near = desk.room, desk.agent
    opened = (room.page(near), room.move(seats[:1], near), room.ask(Deed("seat.logout", targets), near))
    desk.asides.open_figure("site", "answer_rate_a2", "30m")
    desk.asides.open_curves("site")
    desk.hands.page.open()
    desk.duty.away.open_list()
    desk.duty.open_handover()
    reports = ReportsDialog(desk.window, desk.window.words)
    reports.open()
    others = (desk.asides.figure, desk.asides.curves, desk.hands.page, desk.duty.away.dialog, desk.duty.handover)
    return [one for one in (*opened, *others, reports) if one is not None]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_dialog_is_larger_than_a_small_screen_with_large_letters_has_room_for(
    language: str, make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "room_of", lambda _: SMALL)
    desk = make_desk("--lang", language)
    for part in (desk.window, desk.asides):
        part.look_at(floors.sight(floors.floor(), welcome=welcome("admin", "*")))
    opened = dialogs_of(desk)
    assert len(opened) == 9
    QApplication.processEvents()
    for dialog in opened:
        assert dialog.width() < SMALL.width() and dialog.height() < SMALL.height() - 30, dialog.windowTitle()
        for button in dialog.findChildren(QAbstractButton):
            if button.isVisible() and button.window() is dialog and not scrolls(button):
                seen = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
                assert dialog.rect().contains(seen), f"{dialog.windowTitle()}: {button.text()} {seen}"
        dialog.close()


def test_enter_in_a_field_of_a_dialog_presses_no_button_that_is_not_its_default(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("--lang", "en")
    for part in (desk.window, desk.asides):
        part.look_at(floors.sight(floors.floor(), welcome=welcome("admin", "*")))
    for dialog in dialogs_of(desk):
        buttons = [one for one in dialog.findChildren(QPushButton) if one.window() is dialog]
        chance = [one.text() for one in buttons if one.autoDefault()]
        assert chance == [] or isinstance(dialog, ReportsDialog), dialog.windowTitle()
        dialog.close()


def scrolls(widget: QWidget) -> bool:
    """Whether what lies in sight of a widget is scrolled."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above is not None
