"""Which floor a start shows: the one of the command line, the one of last time, or the one that somebody chooses."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.command import parsed
from console.entry import store
from console.entry.forms import GatewayForm
from console.entry.store import Connection
from console.machine.instance import Instance, Place, Word
from console.running import OTHER_FLOOR, Running, show
from console.theme import load_faces
from console.window.scaling import AGAIN
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread

WAIT_MS = 60_000
Start = Callable[..., Running]


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's alone."""
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path / "own"))
    monkeypatch.delenv("WATCHFLOOR_TOKEN", raising=False)
    return tmp_path / "own"


@pytest.fixture
def start(qapp: QApplication, own_folder: Path) -> Iterator[Start]:
    load_faces()
    made: list[tuple[Running, Instance]] = []

    def make(*arguments: str) -> Running:
        instance = Instance(own_folder)
        instance.take(Word())
        made.append((Running(qapp, parsed(["--lang", "en", *arguments]), instance), instance))
        return made[-1][0]

    yield make
    for running, instance in made:
        running.end()
        running.deleteLater()
        instance.end()
        instance.deleteLater()


class Steps:
    """What somebody does, one thing after the other, as soon as it can be done; runs inside `exec`."""

    def __init__(self, *steps: Callable[[], bool]) -> None:
        self.left = list(steps)
        self.timer = QTimer()
        self.timer.timeout.connect(self._on_tick)
        self.timer.start(10)

    def _on_tick(self) -> None:
        if self.left and self.left[0]():
            del self.left[0]
        if not self.left:
            self.timer.stop()


def run(running: Running, *steps: Callable[[], bool]) -> int:
    """Run to the end while somebody does all that; ends it anyway after a while."""
    hands = Steps(*steps)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(lambda: running._application.exit(99))
    limit.start(40_000)
    try:
        code = running.run()
    finally:
        hands.timer.stop()
        limit.stop()
    begun: list[bool] = []
    loop = QEventLoop()
    QTimer.singleShot(0, lambda: (begun.append(True), loop.quit()))
    loop.exec()
    assert begun, "an exit that came too late would end every loop from now on before it begins"
    assert hands.left == [], f"{len(hands.left)} steps could not be done"
    return code


def do(act: Callable[[], object]) -> bool:
    act()
    return True


def desk_is_live(running: Running) -> bool:
    return running.desk is not None and not running.desk.session.live.stale


def close_the_desk(running: Running) -> bool:
    assert running.desk is not None
    return do(running.desk.window.close)


@pytest.mark.slow
def test_a_first_start_asks_and_later_ones_go_straight_on(start: Start, tmp_path: Path, own_folder: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        first = start()

        def fill() -> bool:
            page = first.page
            if page is None or not page.isVisible():
                return False
            form = page.forms["gateway"]
            assert isinstance(form, GatewayForm)
            page.choose("gateway")
            form.url.setText(url)
            form.token.setText("all-supervisor")
            form.keep.setChecked(True)
            return do(page.go)

        assert run(first, fill, lambda: desk_is_live(first), lambda: close_the_desk(first)) == 0
        assert store.load(own_folder / store.FILE) == Connection("gateway", url=url, token="all-supervisor")
        later = start()
        assert run(later, lambda: desk_is_live(later), lambda: close_the_desk(later)) == 0
        assert later.page is None


@pytest.mark.slow
def test_another_floor_can_be_chosen_from_the_menu(start: Start, tmp_path: Path, own_folder: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        store.save(own_folder / store.FILE, Connection("gateway", url=url, token="all-supervisor"), with_token=True)
        running = start()

        def leave() -> bool:
            assert running.desk is not None
            return do(running.desk.window.menu.floor_asked.emit)

        def page_is_there() -> bool:
            return running.page is not None and running.page.isVisible() and running.desk is None

        def close_the_page() -> bool:
            assert running.page is not None
            assert running.page.taken().url == url, "what was chosen last stands there"
            assert running.page._reaching is None, "nothing is tried before somebody says so"
            return do(running.page.close)

        assert run(running, lambda: desk_is_live(running), leave, page_is_there, close_the_page) == 0


@pytest.mark.slow
def test_what_the_command_line_says_is_shown_and_not_kept(start: Start, own_folder: Path) -> None:
    running = start("--gateway", "ws://127.0.0.1:9", "--token", "secret")
    assert run(running, lambda: running.desk is not None, lambda: close_the_desk(running)) == 0
    assert not (own_folder / store.FILE).exists()


def test_a_floor_without_its_token_is_asked_for_with_the_rest_filled_in(start: Start, own_folder: Path) -> None:
    store.save(own_folder / store.FILE, Connection("gateway", url="ws://floor:1", token="x"), with_token=False)
    running = start()

    def look() -> bool:
        page = running.page
        if page is None or not page.isVisible():
            return False
        assert page.taken() == Connection("gateway", url="ws://floor:1")
        return do(page.close)

    assert run(running, look) == 0


def test_another_text_size_ends_the_desk_so_that_it_starts_again(start: Start, own_folder: Path) -> None:
    running = start("--gateway", "ws://127.0.0.1:9", "--token", "secret")

    def choose() -> bool:
        if running.desk is None:
            return False
        window = running.desk.window
        below = next(one.menu() for one in window.menu.actions() if one.text() == "Text size")
        return do(below.actions()[-1].trigger)  # type: ignore[attr-defined]

    assert run(running, choose) == AGAIN
    assert OTHER_FLOOR != AGAIN
    assert b'"text": 150' in (own_folder / "desk.json").read_bytes()


@pytest.mark.slow
def test_a_second_start_brings_a_minimised_desk_to_the_front_and_opens_its_link(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        running = start("--gateway", url, "--token", "all-supervisor", "floor://seat/s2")

        def shows(seat: str) -> Callable[[], bool]:
            return lambda: running.desk is not None and running.desk.floor.seat == seat

        def call() -> bool:
            assert running.desk is not None
            running.desk.window.showMinimized()
            running._on_called(Word(("floor://seat/s1",)))
            assert not running.desk.window.isMinimized()
            return True

        assert run(running, shows("seat:s2"), call, shows("seat:s1"), lambda: close_the_desk(running)) == 0


@pytest.mark.slow
def test_a_second_start_that_asks_for_another_floor_is_told_which_one_stays(start: Start, own_folder: Path) -> None:
    running = start("--gateway", "ws://127.0.0.1:9", "--token", "secret", "--lang", "en")

    def call() -> bool:
        if running.desk is None:
            return False
        running._on_called(Word())
        assert not running.desk.window.notice.isVisible(), "it was only to come to the front"
        running._on_called(Word(gateway="wss://elsewhere:8765"))
        said = running.desk.window.notice.accessibleName()
        assert "stays on its floor and in its role" in said and "wss://elsewhere:8765" in said
        return close_the_desk(running)

    assert run(running, call) == 0


def test_the_second_start_says_that_the_first_desk_goes_on(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_folder: Path
) -> None:
    heard: list[Word] = []

    def take(instance: Instance, word: Word) -> Place:
        heard.append(word)
        return Place.HANDED_OVER

    monkeypatch.setattr(Instance, "take", take)
    assert show(parsed(["--gateway", "ws://127.0.0.1:9", "--token", "secret"])) == 0
    assert [word.gateway for word in heard] == ["ws://127.0.0.1:9"] and "secret" not in repr(heard)
    assert "goes on with its own floor" in capsys.readouterr().err
    assert show(parsed(["floor://seat/108"])) == 0
    assert heard[-1].gateway == "" and not capsys.readouterr().err


@pytest.mark.logs("there can be no lock", "could not be kept", "could be kept", "cannot be")
def test_a_data_folder_that_cannot_be_written_is_said_and_the_desk_opens(start: Start, own_folder: Path) -> None:
    own_folder.write_text("a file where the folder should be")
    running = start("--gateway", "ws://127.0.0.1:9", "--token", "secret")

    def look() -> bool:
        if running.desk is None or not running.desk.window.notice.isVisible():
            return False
        assert "cannot be written" in running.desk.window.notice.accessibleName()
        assert str(own_folder) in running.desk.window.notice.accessibleName()
        return close_the_desk(running)

    assert run(running, look) == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals end a desk elsewhere in another way")
def test_two_starts_of_the_real_command_are_one_desk(repository: Path, own_folder: Path) -> None:
    """In processes of their own, drawn into memory: what the command itself does, from the lock to the exit code."""
    code = "import sys\nfrom console import command, running\nsys.exit(running.show(command.parsed(sys.argv[1:])))"
    command = [sys.executable, "-c", code, "--gateway", "ws://127.0.0.1:9", "--token", "t"]
    first = subprocess.Popen(command, cwd=repository, stderr=subprocess.PIPE, text=True)
    lock = own_folder / "desk.lock"
    try:
        for _ in range(300):
            if lock.exists() or first.poll() is not None:
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                first.wait(0.2)
        assert first.poll() is None, first.communicate()[1]
        second = subprocess.run([*command, "floor://seat/1"], cwd=repository, timeout=60, check=False)
        assert second.returncode == 0
        assert first.poll() is None, "the first one is still there"
    finally:
        first.send_signal(signal.SIGTERM)
        said = first.communicate(timeout=60)[1]
    assert first.returncode == 0, said
    assert not lock.exists(), "and makes room when it ends"


ON_THE_PAGE_OF_FLOORS = """
import sys
from PySide6.QtCore import QTimer
from console import command, running

class Page(running.EntryPage):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, lambda: print("its loop runs", flush=True))

running.EntryPage = Page
sys.exit(running.show(command.parsed([])))
"""


def await_sleep(pid: int) -> None:
    """Until every thread of a process has had nothing to do for a while."""
    used, since = "", time.monotonic()
    deadline = since + 30
    while time.monotonic() - since < 0.3:
        assert time.monotonic() < deadline, "it is never idle"
        times = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[11:13]
        if str(times) != used:
            used, since = str(times), time.monotonic()
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="not checked: whether a process sleeps is asked as on Linux")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_page_of_floors_ends_when_the_system_asks_although_no_timer_of_ours_runs_there(
    repository: Path, own_folder: Path, number: signal.Signals
) -> None:
    pipe = subprocess.PIPE
    page = subprocess.Popen(
        [sys.executable, "-c", ON_THE_PAGE_OF_FLOORS], cwd=repository, stdout=pipe, stderr=pipe, text=True
    )
    try:
        assert page.stdout is not None
        assert page.stdout.readline() == "its loop runs\n"
        await_sleep(page.pid)  # else Python may yet be on its way out of what it said, and look at signals there
        page.send_signal(number)
        said = page.communicate(timeout=60)[1]
    finally:
        page.kill()
        page.communicate()
    assert page.returncode == 0, said
    assert not (own_folder / "desk.lock").exists()
