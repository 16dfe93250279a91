"""Keeps the screen from going dark and the machine from going to sleep while the wall is shown."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import subprocess

log = logging.getLogger("console.wall.awake")

WHO, WHY = "Watchfloor", "wall display"
SERVICE_MS = 800
"""How long the desktop's service may take to answer: meanwhile nothing is painted, and nothing turns grey."""
LOOKS_A_TELLING = 20
"""The X server is told each so many seconds: it can be set to darken its screen after one minute, or after less. So is
the desktop's service where it has begun anew."""
ES_CONTINUOUS, ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED = 0x80000000, 0x00000001, 0x00000002


class Inhibitor(Protocol):
    """One way to keep a machine awake."""

    def begin(self) -> bool:
        """Ask for it; False where this way does not exist."""
        ...

    def holds(self) -> bool:
        """Whether it still keeps the machine awake."""
        ...

    def end(self) -> None:
        """Let the machine sleep again."""
        ...


class ScreenSaverInhibitor:
    """Through the desktop's screen saver service on the session bus; asked again where that has begun anew."""

    SERVICE, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"

    def __init__(self) -> None:
        self._cookie: int | None = None
        self._owner, self._looks = "", 0

    def begin(self) -> bool:
        reply = self._call("Inhibit", WHO, WHY)
        self._cookie = reply[0] if reply and isinstance(reply[0], int) else None
        self._owner = self._owner_now() if self._cookie is not None else ""
        return self._cookie is not None

    def holds(self) -> bool:
        self._looks += 1
        if self._cookie is not None and self._looks % LOOKS_A_TELLING == 0:
            owner = self._owner_now()
            if owner and owner != self._owner:  # one that is away darkens nothing, and the next knows of no wall
                log.info("the desktop's screen saver has begun anew: telling it again that there is a wall")
                return self.begin()
        return self._cookie is not None

    def end(self) -> None:
        if self._cookie is not None:
            self._call("UnInhibit", self._cookie)
            self._cookie = None

    def _call(self, method: str, *arguments: object) -> list[object]:
        return _answer(self.SERVICE, self.PATH, self.SERVICE, method, arguments)

    def _owner_now(self) -> str:
        """The connection behind the service, another one after each start of it; empty while there is none."""
        bus = "org.freedesktop.DBus"
        reply = _answer(bus, "/org/freedesktop/DBus", bus, "GetNameOwner", (self.SERVICE,))
        return str(reply[0]) if reply else ""


def _answer(service: str, path: str, interface: str, method: str, arguments: Sequence[object]) -> list[object]:
    """What the session bus has to say to a call; nothing where there is no bus, and where it is refused or too slow."""
    try:
        from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage
    except ImportError:
        return []
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return []
    asked = QDBusMessage.createMethodCall(service, path, interface, method)
    asked.setArguments(arguments)
    # No QDBusInterface, which asks the service about itself first and waits 25 s for a frozen one, as calls do: the
    # picture would stand still, and as this thread keeps Python to itself meanwhile, no watchdog would notice.
    reply = bus.call(asked, QDBus.CallMode.Block, SERVICE_MS)
    return list(reply.arguments()) if reply.type() == QDBusMessage.MessageType.ReplyMessage else []


class SystemdInhibitor:
    """Through a child of systemd-inhibit that lives exactly as long as its standard input is open."""

    COMMAND = ("systemd-inhibit", "--what=idle:sleep", f"--who={WHO}", f"--why={WHY}", "--mode=block", "cat")

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None

    def begin(self) -> bool:
        import shutil
        import subprocess

        if shutil.which(self._command[0]) is None:
            return False
        nowhere = subprocess.DEVNULL
        self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere)
        try:
            self._child.wait(0.05)
        except subprocess.TimeoutExpired:
            return True  # so far: one that finds nobody to ask may take longer to say so
        self.end()
        return False

    def holds(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def end(self) -> None:
        if self._child is None:
            return
        assert self._child.stdin is not None
        self._child.stdin.close()
        import subprocess

        try:
            self._child.wait(2)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None


class XServerInhibitor:
    """Through the X server itself, which darkens its screen after ten minutes whatever a desktop or systemd says."""

    def __init__(self, hold_off: Callable[[], bool] | None = None) -> None:
        self._hold_off = hold_off or _hold_off_x_server
        self._works, self._looks = False, 0

    def begin(self) -> bool:
        self._works, self._looks = self._hold_off(), 0
        return self._works

    def holds(self) -> bool:
        self._looks += 1
        if self._works and self._looks % LOOKS_A_TELLING == 0:
            self._works = self._hold_off()
        return self._works

    def end(self) -> None:
        self._works = False


def _hold_off_x_server() -> bool:
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() != "xcb":
        return False
    from console.machine.screen_saver import hold_off

    return hold_off()


class WindowsInhibitor:
    """Through the execution state of the GUI thread; it must be asked and released in the same thread."""

    def begin(self) -> bool:
        return self._set(ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED)

    def holds(self) -> bool:
        return True

    def end(self) -> None:
        self._set(ES_CONTINUOUS)

    @staticmethod
    def _set(state: int) -> bool:
        if sys.platform != "win32":
            return False
        import ctypes

        return bool(ctypes.windll.kernel32.SetThreadExecutionState(state))


class Awake:
    """Tries the ways that a platform has, one after the other, and keeps the first that works.

    `screen` is kept besides: it keeps the screen on and knows nothing of the machine's sleep.
    """

    def __init__(self, ways: tuple[Inhibitor, ...] | None = None, screen: Inhibitor | None = None) -> None:
        usual: tuple[Inhibitor, ...] = (
            (WindowsInhibitor(),) if sys.platform == "win32" else (ScreenSaverInhibitor(), SystemdInhibitor())
        )
        self._ways = usual if ways is None else ways
        self._screen = XServerInhibitor() if screen is None and ways is None else screen
        self._lit = False
        self._chosen: Inhibitor | None = None

    @property
    def active(self) -> bool:
        return self._chosen is not None

    def begin(self) -> bool:
        """Keep the machine awake; False, with one line in the log, where no way works."""
        self._lit = self._screen is not None and self._screen.begin()
        if self._chosen is None:
            self._choose(self._ways)
        return self.active

    def look_again(self) -> None:
        """Take the next way where the chosen one has ended by itself; asking each second costs next to nothing."""
        if self._screen is not None and self._lit:
            self._lit = self._screen.holds()
        lost = self._chosen
        if lost is not None and not lost.holds():
            lost.end()
            self._choose(self._ways[self._ways.index(lost) + 1 :])

    def _choose(self, ways: tuple[Inhibitor, ...]) -> None:
        self._chosen = next((way for way in ways if way.begin()), None)
        if self._chosen is not None:
            return
        if self._lit:
            log.info("the screen stays on, but nothing keeps this machine from sleep; set its power settings instead")
        else:
            log.info("this machine offers no way to keep its screen on; set its power settings instead")

    def end(self) -> None:
        """Let the machine sleep again."""
        if self._screen is not None:
            self._screen.end()
            self._lit = False
        if self._chosen is not None:
            self._chosen.end()
            self._chosen = None
