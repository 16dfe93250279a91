"""A right that is taken away while somebody is about to use it: the desk says so at the button, and orders nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.load import load, shipped_sites
from console.asking import NameDialog
from console.desk import Desk
from tests.desk.conftest import options
from tests.gateway.harness import ToldSource, gateway_in_a_thread

WAIT_MS = 60_000
pytestmark = pytest.mark.slow


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """A copy of the demo site that may be edited."""
    return Path(shutil.copytree(shipped_sites()["demo"], tmp_path / "site"))


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, site_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """A team supervisor's desk on a real gateway, with the handover sheet and a dialog of the window open."""
    with gateway_in_a_thread(load(site_folder), ToldSource(), tmp_path, site_folder=site_folder) as url:
        made = Desk(options("--lang", "en", url=url, token="demo-supervisor"))
        made.start()
        try:
            qtbot.waitUntil(lambda: not made.session.live.stale, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: made.window.who.text().startswith("Duty desk"), timeout=WAIT_MS)
            made.duty.open_handover()
            made.duty.handover.notes.editor.setPlainText("Line two crackles")
            made.window.ask_name("Night", lambda _: "", 40)
            qtbot.waitUntil(made.duty.handover.notes.keep.isEnabled, timeout=WAIT_MS)
            yield made
        finally:
            made.stop()


def edit(folder: Path, old: str, new: str) -> None:
    access = folder / "access.yaml"
    text = access.read_text("utf-8")
    assert old in text
    access.write_text(text.replace(old, new, 1), "utf-8")


def test_a_right_that_is_taken_from_the_role_greys_the_open_dialogs_button_and_says_why(
    desk: Desk, qtbot: QtBot, site_folder: Path
) -> None:
    notes = desk.duty.handover.notes
    edit(site_folder, "notice.send, handover.*, replay.*]", "notice.send, replay.*]")
    qtbot.waitUntil(lambda: not notes.keep.isEnabled(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "no right" in notes.keep.accessibleDescription(), timeout=WAIT_MS)
    assert notes.editor.toPlainText() == "Line two crackles", "what was written is not lost"
    notes.editor.finished.emit()
    assert desk.orders.latest("handover") is None, "the keyboard orders nothing either"
    edit(site_folder, "notice.send, replay.*]", "notice.send, handover.*, replay.*]")
    qtbot.waitUntil(notes.keep.isEnabled, timeout=WAIT_MS)


def test_a_token_that_is_revoked_ends_every_order_and_leaves_the_windows_own_dialogs_alone(
    desk: Desk, qtbot: QtBot, site_folder: Path
) -> None:
    notes, dialog = desk.duty.handover.notes, desk.window.findChild(NameDialog)
    assert dialog is not None
    edit(site_folder, "    role: supervisor\n", "    role: supervisor\n    revoked: true\n")
    qtbot.waitUntil(lambda: "does not accept this token" in desk.window.banner.accessibleName(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not notes.keep.isEnabled(), timeout=WAIT_MS)
    assert notes.keep.accessibleDescription() != ""
    assert dialog.isVisible()
    dialog.good.click()
    assert not dialog.isVisible()
