"""Pictures that a command makes: there whole or not at all, and nobody has to wait for one."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.machine import pictures

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")


@pytest.fixture
def image() -> QImage:
    made = QImage(8, 4, QImage.Format.Format_RGB32)
    made.fill(0)
    return made


def test_a_picture_takes_the_place_of_an_older_one(image: QImage, tmp_path: Path) -> None:
    file = tmp_path / "wall.PNG"
    file.write_bytes(b"of yesterday")
    assert pictures.write(image, file) == ""
    assert QImage(str(file)).size() == image.size()
    assert list(tmp_path.iterdir()) == [file]


def test_a_picture_that_finds_no_room_leaves_the_older_one(
    image: QImage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "wall.png"
    file.write_bytes(b"of yesterday")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        assert pictures.write(image, file) == f"{file} cannot be written: No space left on device"
    assert file.read_bytes() == b"of yesterday"
    assert list(tmp_path.iterdir()) == [file]


def test_why_there_is_no_picture_is_said(image: QImage, tmp_path: Path) -> None:
    assert pictures.write(image, Path("wall")).endswith("its name ends like no picture's; write it like wall.png")
    assert pictures.write(image, tmp_path / "none/wall.png").endswith("cannot be written: No such file or directory")
    with closing(sqlite3.connect(tmp_path / "day.png")) as connection:
        connection.execute("CREATE TABLE facts (fact)")
    assert "a recording, a log or an audit" in pictures.write(image, tmp_path / "day.png")


@POSIX
def test_an_interrupt_leaves_the_loop_whatever_slot_is_running(qtbot: QtBot) -> None:
    loop = QEventLoop()
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGINT))
    limit = QTimer(loop)  # what ends a test that takes too long would be lost in a slot as well
    limit.timeout.connect(loop.quit)
    limit.start(30_000)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        pictures.run(loop)
    limit.stop()
    assert signal.getsignal(signal.SIGINT) is before


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("command", ["wall", "console"])
def test_a_picture_that_waits_for_its_floor_can_be_interrupted(command: str, repository: Path, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        silent.settimeout(60)
        address = f"ws://127.0.0.1:{silent.getsockname()[1]}"
        waits = subprocess.Popen(
            [sys.executable, "main.py", command, "--gateway", address, "--token", "x", "--timeout", "50", "--shot",
             str(tmp_path / "none.png")],
            cwd=repository, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        for _ in range(3):  # by the time at which it tries again, it waits
            silent.accept()[0].close()
        waits.send_signal(signal.SIGINT)
        said = waits.communicate(timeout=30)[1]
    assert (waits.returncode, said) == (130, "")
