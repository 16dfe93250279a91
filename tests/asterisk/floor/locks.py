"""Locks between processes, and slots: a number of ports that belongs to one floor of this machine at a time."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, where these tests skip
    fcntl = None  # type: ignore[assignment]

_FIRST_PORT, _PORTS, _SLOTS = 20_000, 10, 300
RTP_PORTS = (24_000, 32_700)
"""For the sound of all floors together: Asterisk passes over a port that is taken."""


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of a file, waiting for it."""
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Ports:
    """The ports of one floor, all on loopback."""

    ami: int
    sip: int
    media: int
    """Where Asterisk calls the gateway for listening; the gateway under test opens it."""

    @property
    def are_free(self) -> bool:
        """Whether nobody uses them: Asterisk itself would start all the same, deaf."""
        return _is_free(self.ami, socket.SOCK_STREAM) and _is_free(self.sip, socket.SOCK_DGRAM) and _is_free(
            self.media, socket.SOCK_STREAM
        )  # fmt: skip


class Slot:
    """A number and its ports, ours until `release` or the end of this process."""

    def __init__(self, number: int, handle: IO[str]) -> None:
        self.number = number
        self._handle = handle
        first = _FIRST_PORT + _PORTS * number
        self.ports = Ports(first, first + 1, first + 2)

    def release(self) -> None:
        """Let another floor have it."""
        self._handle.close()


def take_slot(reclaim: Callable[[int], None] = lambda number: None) -> Slot:
    """A slot that no floor of this machine holds; `reclaim` ends what a floor that was killed left in it."""
    folder = Path(tempfile.gettempdir()) / "watchfloor-asterisk-slots"
    folder.mkdir(exist_ok=True)
    with contextlib.suppress(PermissionError):
        folder.chmod(0o1777)  # shared by all users, as the ports are
    for number in range(_SLOTS):
        try:
            # not opened for appending only: another user's file may be read, which is enough to lock it
            descriptor = os.open(folder / str(number), os.O_RDONLY | os.O_CREAT, 0o644)
        except PermissionError:
            continue
        handle = os.fdopen(descriptor)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            continue
        slot = Slot(number, handle)
        reclaim(number)
        if slot.ports.are_free:
            return slot
        slot.release()
    raise RuntimeError(f"all {_SLOTS} slots for floors are taken; do old Asterisks still run?")


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, kind == socket.SOCK_STREAM)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
