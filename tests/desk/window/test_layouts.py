"""How the desk is left: kept while it runs, and under names; nothing that is broken breaks it."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.asking import NameDialog
from console.desk import Desk
from console.looks import Look
from console.window import layouts
from console.window.layouts import Arrangement, Saved, Second
from tests.desk.conftest import options
from tests.desk.window.keeping import kept_by
from tests.wall import floors

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
BYTES = layouts.to_text(b"no layout of Qt's")
OF_A_WALL = "AdnQywADAAAAAAAAAAAAAAAAG1gAAA+gAAAAAAAAAAAAABtYAAAPoAAAAAAAAAAAHgAAAAAAAAAAAAAAG1gAAA+g"
RANDOM = random.Random(7).randbytes(600)


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


def test_a_folder_that_cannot_be_written_is_said_once_in_the_log_and_the_desk_goes_on(
    make_desk: MakeDesk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    desk = make_desk()
    keeper = kept_by(desk, blocked / layouts.FILE)
    for size in (1500, 1400):
        desk.window.resize(size, 900)
        keeper.keep()
    desk.window.look_at(floors.sight())
    assert caplog.text.count("could not be kept") == 1
    blocked.unlink()
    desk.window.resize(1300, 900)
    with caplog.at_level("INFO"):
        keeper.stop()
    assert "is kept again" in caplog.text
    assert layouts.load(blocked / layouts.FILE)[0] == desk.window.saved()


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


def test_the_command_line_chooses_no_layout(tmp_path: Path) -> None:
    assert options("--theme", "dark").look == {"theme": "dark"}
