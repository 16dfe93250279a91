"""One desk for each data folder: who is first, what a second start hands over, and what a crash leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.machine.instance import LOCK, MARK, Instance, Place, Word

Start = Callable[[Path], Instance]
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from console.machine.instance import Instance, Place, Word
application = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
found = instance.take(Word(tuple(sys.argv[3:])), int(sys.argv[2]))
print(found.name, flush=True)
if found is Place.FIRST:
    sys.stdin.read()
"""


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Start]:
    made: list[Instance] = []

    def make(folder: Path) -> Instance:
        made.append(Instance(folder))
        return made[-1]

    yield make
    for one in made:
        one.end()
        one.deleteLater()


def another(repository: Path, folder: Path, *links: str, wait_ms: int = 5000) -> subprocess.Popen[str]:
    """A start in a process of its own, which says what it found."""
    command = [sys.executable, "-c", SECOND, str(folder), str(wait_ms), *links]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=repository, stdin=pipe, stdout=pipe, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    """What it said, once it has ended."""
    said = process.communicate(timeout=30)[0]
    return said.strip()


def test_a_second_start_hands_over_its_links_and_ends(
    start: Start, qtbot: QtBot, repository: Path, tmp_path: Path
) -> None:
    first = start(tmp_path)
    assert first.take(Word()) is Place.FIRST
    second = another(repository, tmp_path, "floor://seat/108", "floor://queue/rescue")
    with qtbot.waitSignal(first.called) as called:
        pass
    assert called.args[0].links == ("floor://seat/108", "floor://queue/rescue")
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert ended(second) == "HANDED_OVER"


def test_another_data_folder_is_another_desk(start: Start, tmp_path: Path) -> None:
    one, other = start(tmp_path / "one"), start(tmp_path / "other")
    assert one.take(Word()) is Place.FIRST
    assert other.take(Word()) is Place.FIRST
    assert one.name != other.name


def test_the_same_folder_by_another_way_is_the_same_desk(start: Start, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data", target_is_directory=True)
    assert start(tmp_path / "data").name == start(tmp_path / "link").name


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL elsewhere")
def test_what_a_killed_desk_left_behind_keeps_nobody_out(
    start: Start, qtbot: QtBot, repository: Path, tmp_path: Path
) -> None:
    killed = another(repository, tmp_path)
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == "FIRST"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert (tmp_path / LOCK).exists(), "its lock and its socket are still there"
    healed = start(tmp_path)
    assert healed.take(Word()) is Place.FIRST
    second = another(repository, tmp_path, "floor://seat/1")
    with qtbot.waitSignal(healed.called):
        pass
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert ended(second) == "HANDED_OVER"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="there is no SIGSTOP elsewhere")
def test_a_desk_that_is_frozen_is_told_apart_from_one_that_took_over(
    start: Start, repository: Path, tmp_path: Path
) -> None:
    frozen = another(repository, tmp_path)
    assert frozen.stdout is not None
    assert frozen.stdout.readline().strip() == "FIRST"
    frozen.send_signal(signal.SIGSTOP)
    try:
        assert start(tmp_path).take(Word(), 300) is Place.SILENT
    finally:
        frozen.send_signal(signal.SIGCONT)
        ended(frozen)


def test_when_the_first_has_ended_the_next_one_is_first(start: Start, tmp_path: Path) -> None:
    first = start(tmp_path)
    assert first.take(Word()) is Place.FIRST
    first.end()
    assert start(tmp_path).take(Word()) is Place.FIRST


@pytest.mark.logs("there can be no lock")
def test_where_nothing_can_be_written_the_desk_opens_all_the_same(start: Start, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    assert start(tmp_path / "data").take(Word()) is Place.FIRST


@pytest.mark.parametrize(
    "said", [b"GET / HTTP/1.1\r\n\r\n", MARK + b"{\n", MARK + b"[" * 3000 + b"\n", b"x" * 40_000, MARK + b"x" * 40_000]
)
@pytest.mark.logs("does not understand")
def test_whoever_says_nonsense_is_cut_off_and_the_desk_listens_on(
    start: Start, qtbot: QtBot, tmp_path: Path, said: bytes
) -> None:
    first = start(tmp_path)
    assert first.take(Word()) is Place.FIRST
    stranger = QLocalSocket()
    stranger.connectToServer(first.name)
    assert stranger.waitForConnected(30_000)
    stranger.write(said)
    qtbot.waitUntil(lambda: stranger.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    friend = QLocalSocket()
    friend.connectToServer(first.name)
    assert friend.waitForConnected(30_000)
    with qtbot.waitSignal(first.called) as called:
        friend.write(MARK + b'{"links":["floor://seat/2"]}\n')
    assert called.args[0] == Word(("floor://seat/2",))
    friend.abort()
