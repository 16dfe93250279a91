"""How the desk can look: contrast, classic colours, sizes and motion, chosen by anybody and kept for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from console import looks
from console.command import main, parsed
from console.desk import Desk, picture
from console.duty import OFFERED
from console.looks import Look, System
from console.panels import Panel
from console.window import scaling
from tests.desk.conftest import options
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread
from tests.wall import floors
from tests.wall.floors import welcome
from widgets.faces import width_of
from widgets.tables.lines_table import TEXT, LinesTable

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
SHORT, ENOUGH = 12, 700
"""A time or a number has no more characters; in a table that is so wide nothing need be cut."""


@pytest.mark.parametrize(
    ("look", "system", "name"),
    [
        (Look(), System(), "light"),
        (Look(), System(dark=True), "dark"),
        (Look(), System(dark=True, contrast=True), "contrast-dark"),
        (Look(theme="light"), System(dark=True), "light"),
        (Look(theme="dark", contrast="high"), System(), "contrast-dark"),
        (Look(contrast="usual"), System(contrast=True), "light"),
    ],
)
def test_what_nobody_chose_follows_the_system(look: Look, system: System, name: str) -> None:
    assert looks.palette_name(look, system) == name


def test_motion_follows_the_system_unless_somebody_chose() -> None:
    assert looks.is_still(Look(), System(still=True))
    assert not looks.is_still(Look(motion="usual"), System(still=True))
    assert looks.is_still(Look(motion="still"), System())


def test_with_reduced_motion_panels_know_it_and_docks_do_not_slide(make_desk: MakeDesk) -> None:
    desk = make_desk("--motion", "still")
    assert all(panel.still for panel in desk.window.panels)
    assert not desk.window.board.main.isAnimated()
    desk.window.choose_look(replace(desk.window.look, motion="usual"))
    assert not any(panel.still for panel in desk.window.panels)
    assert desk.window.board.main.isAnimated()


def grounds(desk: Desk) -> set[str]:
    """The colours at the left edge of every agent's tile, in the middle of its height."""
    field, image = desk.floor.field, picture(desk.window)
    found = set()
    for row, cell in enumerate(field.cards.rows):
        rect = field.visualRect(field.cards.index(row, 0))
        point = field.viewport().mapTo(desk.window, rect.topLeft())
        if not cell.vacant and cell.tone == "calm" and field.viewport().rect().contains(rect):
            found.add(image.pixelColor(point.x() + 4, point.y() + rect.height() // 2).name())
    return found


def test_classic_colours_come_from_the_site_and_from_whoever_insists(make_desk: MakeDesk) -> None:
    desk = make_desk("--theme", "light", "--motion", "still")
    desk.window.look_at(floors.sight())
    house = grounds(desk)
    assert house == {desk.window.colours.raised.name()}, "grey is normal"
    desk.window.look_at(floors.sight(floors.floor(classic_colours=True)))
    classic = {getattr(desk.window.colours, name).name() for name in ("free", "busy", "away")}
    assert grounds(desk) == classic
    desk.window.choose_look(replace(desk.window.look, colours="house"))
    assert grounds(desk) == house, "this user has another wish than the site"
    desk.window.look_at(floors.sight())
    desk.window.choose_look(replace(desk.window.look, colours="classic"))
    assert grounds(desk) == classic
    shapes = {cell.shape for cell in desk.floor.field.cards.rows}
    assert len(shapes) >= 5, "shapes stay"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (853, 533), (1422, 889), (1920, 1080)])
def test_high_contrast_paints_at_every_size(make_desk: MakeDesk, theme: str, size: tuple[int, int]) -> None:
    desk = make_desk("--theme", theme, "--contrast", "high", size=size)
    assert desk.window.colours.is_firm
    assert desk.window.colours.is_dark == (theme == "dark")
    desk.window.look_at(floors.sight())
    assert picture(desk.window, 2.0).width() == 2 * size[0]


# Text size


@pytest.fixture
def factor() -> Iterator[None]:
    before = os.environ.get(scaling.FACTOR)
    yield
    os.environ.pop(scaling.FACTOR, None)
    if before is not None:
        os.environ[scaling.FACTOR] = before


@pytest.mark.parametrize(("given", "text", "expected"), [(None, 150, "1.5"), ("2", 90, "1.8"), ("odd", 110, "1.1")])
def test_the_size_multiplies_what_the_user_asks_of_every_program(
    factor: None, given: str | None, text: int, expected: str
) -> None:
    os.environ.pop(scaling.FACTOR, None)
    if given is not None:
        os.environ[scaling.FACTOR] = given
    with scaling.scaled(Look(text=text)):
        assert os.environ[scaling.FACTOR] == expected
    assert os.environ.get(scaling.FACTOR) == given, "and is not multiplied again when the desk starts again"


def test_a_desk_that_starts_again_leaves_out_the_size_that_was_given_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(scaling.sys, "orig_argv", ["python", "main.py", "console", "--text", "150", "--lang", "en"])
    monkeypatch.setattr(scaling.os, "execv", lambda _, command: started.append(command))
    monkeypatch.setattr(scaling.subprocess, "call", lambda command: started.append(command))
    scaling.start_again()
    assert next(one[1:] for one in started) == ["main.py", "console", "--lang", "en"]


def test_another_size_is_kept_and_asks_for_a_new_start(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    with qtbot.waitSignal(desk.window.size_chosen) as chosen:
        desk.window.choose_look(replace(desk.window.look, text=150))
    assert chosen.args == [150]
    assert desk.window.saved().look.text == 150


@pytest.mark.parametrize("text", ["90", "150"])
def test_a_picture_in_another_text_size_has_the_size_that_was_asked_for(
    qapp: QApplication, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "desk.png"
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        arguments = ["--gateway", url, "--token", "all-wall", "--shot", str(file), "--size", "1280x800", "--text", text]
        assert main(arguments) == 0
    image = QImage(str(file))
    assert abs(image.width() - 1280) <= 2
    assert abs(image.height() - 800) <= 2


@pytest.mark.parametrize("text", ["89", "151", "0"])
def test_a_size_beyond_the_range_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(ValueError, match="90 to 150"):
        parsed(["--token", "t", "--text", text])


# The menu


def actions(menu: QMenu) -> list[QAction]:
    """Every action of a menu and of all below it that can be chosen."""
    found = []
    for action in menu.actions():
        below = action.menu()
        if below is not None:
            found += actions(below)  # type: ignore[arg-type]
        elif not action.isSeparator():
            found.append(action)
    return found


def test_every_look_is_in_the_menu_at_the_users_chip_and_can_be_chosen(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en", "--theme", "light")
    window = desk.window

    def choose(title: str, text: str) -> None:
        below = next(action.menu() for action in window.menu.actions() if action.text() == title)
        next(action for action in below.actions() if action.text() == text).trigger()  # type: ignore[attr-defined]

    choose("Contrast", "High")
    assert window.colours.name == "contrast-light"
    choose("Theme", "Dark")
    assert window.colours.name == "contrast-dark"
    choose("Colours of agents", "Classic: green, amber, red")
    assert window.colours.classic
    choose("Motion", "Reduced")
    choose("Text size", "125 %")
    choose("Language", "Chinese")
    assert window.words.language == "zh_CN"
    assert window.look == Look("dark", "high", "classic", "still", 125, "zh_CN")
    assert next(action.text() for action in window.menu.actions()) == "主题"


def test_the_menu_can_be_opened_and_chosen_from_by_keyboard(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    who = desk.window.who
    assert who.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert who.menu() is desk.window.menu
    desk.window.menu.popup(who.mapToGlobal(who.rect().bottomLeft()))
    qtbot.waitUntil(desk.window.menu.isVisible)
    first = desk.window.menu.actions()[0]
    qtbot.keyClick(desk.window.menu, Qt.Key.Key_Down)
    assert desk.window.menu.activeAction() is first
    qtbot.keyClick(desk.window.menu, Qt.Key.Key_Right)
    below = first.menu()
    assert below.isVisible()  # type: ignore[attr-defined]
    qtbot.keyClick(below, Qt.Key.Key_Down)
    qtbot.keyClick(below, Qt.Key.Key_Down)
    qtbot.keyClick(below, Qt.Key.Key_Return)
    assert desk.window.look.theme == "dark"
    desk.window.menu.close()


def test_no_word_of_the_menu_is_left_untranslated(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "zh_CN")
    texts = [action.text() for action in actions(desk.window.menu)]
    assert len(texts) > 20
    assert [text for text in texts if text.isascii() and not text.rstrip("%").isdigit()] == []


def test_a_look_that_does_not_exist_falls_back_to_the_usual_one() -> None:
    odd = Look(theme="pink", contrast="x", colours="y", motion="z", text=7, language="fr")
    assert looks.sound(odd) == Look(text=90)
    assert looks.sound(Look("dark", "high", "classic", "still", 113, "en")).text == 113


def test_the_command_line_gives_a_look_for_once() -> None:
    assert options("--contrast", "high", "--text", "120").look == {"contrast": "high", "text": 120}


def test_what_other_parts_offer_in_the_menu_survives_its_changes_and_stands_there_once(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    offered = [desk.hands.actions.qaction(name) for name in OFFERED]
    for change in (
        lambda: desk.window.offer_layouts(("Night",), "Night"),
        lambda: desk.window.put("alarms", True),
        lambda: desk.window.choose_language("zh_CN"),
        lambda: desk.window.choose_theme("dark"),
    ):
        change()
        menu = desk.window.menu.actions()
        assert [menu.count(action) for action in offered] == [1] * len(offered)
        doubled = [one for one, two in pairwise(menu) if one.isSeparator() and two.isSeparator()]
        assert doubled == []


def cut_off(window: QWidget) -> list[str]:
    """What is in sight of a window and has less room than its words need."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_") or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QAbstractButton) and widget.text():
            needed = widget.minimumSizeHint()
            if widget.width() < needed.width() or widget.height() < needed.height():
                found.append(f"button {widget.text()}: {widget.size().toTuple()} < {needed.toTuple()}")
        if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            needed = widget.minimumSizeHint()
            if widget.width() < needed.width() or widget.height() < needed.height():
                found.append(f"label {widget.text()}: {widget.size().toTuple()} < {needed.toTuple()}")
        if isinstance(widget, Panel) and widget.width() < widget.minimumSizeHint().width():
            found.append(f"panel {widget.name}: {widget.size().toTuple()} < {widget.minimumSizeHint().toTuple()}")
        if isinstance(widget, LinesTable):
            found += [f"cell of {widget.accessibleName()}: {words}" for words in cut_words(widget)]
    return found


def cut_words(table: LinesTable) -> list[str]:
    """What the cells of a table have no room for: of a long text, where nothing else can give way, what is not told."""
    found = []
    for row, line in enumerate(table.lines.rows):
        for column, words in enumerate(line.cells):
            before, after, bold = table.about(line, column)
            width = table.columnWidth(column)
            cut = before + width_of(words, TEXT, bold) + after > width and not table.isColumnHidden(column)
            told = words in table.told_of(table.lines.index(row, column), width)
            if cut and not (len(words) > SHORT and told and table.viewport().width() < ENOUGH):
                found.append(words)
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("text", "size"), [(150, (853, 533)), (125, (1024, 640)), (100, (1280, 800)), (90, (1422, 889))]
)
def test_at_every_text_size_nothing_is_cut_off_on_a_small_screen(
    make_desk: MakeDesk, qtbot: QtBot, language: str, text: int, size: tuple[int, int]
) -> None:
    """On a screen of 1280 by 800: the larger the text, the fewer logical pixels there are."""
    desk = make_desk("--lang", language, "--text", str(text), size=size)
    desk.window.look_at(floors.sight(floors.floor(), welcome=welcome()))
    desk.floor.locate("seat:067")
    QApplication.processEvents()
    for name in ("alarms", "queues", "agent"):  # which may share a place
        desk.window.open_panel(name)
        QApplication.processEvents()
        assert cut_off(desk.window) == []
    bar = desk.window.bar
    assert bar.minimumSizeHint().width() <= bar.width()
    assert bar.names.width() >= bar.names.minimumSizeHint().width()


@pytest.mark.slow
def test_the_desk_takes_on_what_the_system_asks_for_while_it_runs(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    assert desk.window.colours.name == "light"
    monkeypatch.setattr("console.theme.system", lambda: System(dark=True, contrast=True, still=True))
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert desk.window.colours.name == "contrast-dark"
    assert all(panel.still for panel in desk.window.panels)
    desk.window.choose_look(Look(theme="light", contrast="usual"))
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert desk.window.colours.name == "light", "unless somebody chose"
