"""One desk for each data folder: a second start brings the first one to the front and hands over what it was given.

A lock file decides who is first, because it frees itself when its process has died; the socket only carries the word.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from enum import Enum, auto
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from PySide6.QtCore import QElapsedTimer, QLockFile, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "desk.lock"
WAIT_MS = 3000
"""How long a second start tries to reach the first one, which may be starting itself."""
MOST_BYTES = 16_384
"""Whoever sends more than this is no desk of ours."""
MARK: Final = b"watchfloor-desk-1\n"
ACTIVATION = "XDG_ACTIVATION_TOKEN"
"""With it Wayland lets a window come to the front because of somebody's start of another program."""

log = logging.getLogger("console.machine.instance")


class Place(Enum):
    """What a start found: nobody, a desk that has taken over what was given, or one that does not answer."""

    FIRST = auto()
    HANDED_OVER = auto()
    SILENT = auto()


class Word(Struct, frozen=True):
    """What a second start hands over; never a credential."""

    links: tuple[str, ...] = ()
    activation: str = ""
    gateway: str = ""
    """The address of the floor that was asked for, where one was."""


class Instance(QObject):
    """This start's place among those of one data folder.

    Signals: `called(Word)` when somebody started the desk once more.
    """

    called = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock: QLockFile | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._reading: dict[QLocalSocket, bytes] = {}

    def take(self, word: Word, wait_ms: int = WAIT_MS) -> Place:
        """Become the first, or hand the word over to whoever is."""
        lock = QLockFile(str(self._folder / LOCK))
        lock.setStaleLockTime(0)  # a lock is stale when its process is gone, however old it is otherwise
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        if lock.tryLock(0):
            self._lock = lock
            self._listen()
            return Place.FIRST
        if lock.error() is not QLockFile.LockError.LockFailedError:
            log.warning("there can be no lock in %s; a second desk would not be noticed", self._folder)
            return Place.FIRST
        return Place.HANDED_OVER if self._hand_over(word, wait_ms) else Place.SILENT

    def end(self) -> None:
        """Make room for the next one."""
        for socket in tuple(self._reading):
            socket.abort()
        self._reading.clear()
        self._server.close()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    @property
    def name(self) -> str:
        """The socket's name: one for each user and data folder, and short enough for every system."""
        user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
        whole = f"{user}\n{os.path.realpath(self._folder)}"
        return f"watchfloor-{hashlib.sha256(whole.encode(errors='surrogateescape')).hexdigest()[:24]}"

    # The first

    def _listen(self) -> None:
        if self._server.listen(self.name):
            return
        QLocalServer.removeServer(self.name)  # what a crash left behind; the lock proves that nobody listens there
        if not self._server.listen(self.name):
            log.warning("a second start will not reach this desk: %s", self._server.errorString())

    def _on_connected(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._reading[socket] = b""
            socket.readyRead.connect(lambda socket=socket: self._on_heard(socket))
            socket.disconnected.connect(lambda socket=socket: self._on_left(socket))
            self._on_heard(socket)

    def _on_heard(self, socket: QLocalSocket) -> None:
        if socket not in self._reading:
            return
        heard = self._reading[socket] + bytes(socket.readAll().data())
        self._reading[socket] = heard
        if len(heard) > MOST_BYTES or not MARK.startswith(heard[: len(MARK)]):
            socket.abort()
            return
        if heard.endswith(b"\n") and len(heard) > len(MARK):
            self._take_word(socket, heard[len(MARK) :])

    def _take_word(self, socket: QLocalSocket, text: bytes) -> None:
        try:
            word = msgspec.json.decode(text, type=Word)
        except (msgspec.DecodeError, ValueError, RecursionError) as trouble:
            log.warning("somebody spoke to this desk in a way it does not understand: %s", trouble)
            socket.abort()
            return
        self._reading.pop(socket, None)
        socket.write(MARK)
        socket.flush()
        if word.activation:
            os.environ[ACTIVATION] = word.activation
        self.called.emit(word)

    def _on_left(self, socket: QLocalSocket) -> None:
        self._reading.pop(socket, None)
        socket.deleteLater()

    # The second

    def _hand_over(self, word: Word, wait_ms: int) -> bool:
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < wait_ms:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(max(1, wait_ms - clock.elapsed())):
                return self._speak(socket, word, max(1, wait_ms - clock.elapsed()))
            QThread.msleep(50)  # the first one holds the lock already and listens in a moment
        return False

    def _speak(self, socket: QLocalSocket, word: Word, wait_ms: int) -> bool:
        socket.write(MARK + msgspec.json.encode(word) + b"\n")
        heard = b""
        while len(heard) < len(MARK) and (socket.bytesAvailable() or socket.waitForReadyRead(wait_ms)):
            heard += bytes(socket.readAll().data())
        socket.abort()
        return heard == MARK
