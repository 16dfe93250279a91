"""Puts the parts together: an application in the house's type, and a session that joins the feed to the windows."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.feeding import Address, Feed
from console.link import Link
from console.live import Live
from console.machine import system_libraries
from console.machine.endings import ending_signals


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application of this process, with the bundled faces; offscreen where there is no display."""
    from console.theme import load_faces

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if not system_libraries.has_display(os.environ) and not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt would share out every fill that is a hundred lines high among threads, and a painting wait for each of them:
    # where the machine has other work, curves took twice as long by the clock.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    # Windows' own styles heed no dark palette, and all is measured for this one.
    os.environ.setdefault("QT_STYLE_OVERRIDE", "fusion")
    made = QApplication([sys.argv[0], *arguments])
    made.setApplicationName("watchfloor")
    made.setApplicationDisplayName("Watchfloor")
    made.setQuitOnLastWindowClosed(False)
    load_faces()
    return made


def quit_on_signals(app: QApplication) -> None:
    """End cleanly when the system asks, whatever is shown.

    `exit` and not `quit`, because `quit` asks every window first, and the wall's would ask for its PIN. From a timer,
    because a loop that does not run yet would begin all the same.
    """
    _WakeUp(app)
    for name in ending_signals():
        signal.signal(name, lambda *_: QTimer.singleShot(0, lambda: app.exit(0)))


class _WakeUp(QObject):
    """Has Qt's loop call into Python when a signal comes: Python runs the handlers only there, and without a timer of
    ours, as on the page of floors, it might never get there again.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heard, self._said = socket.socketpair()  # and no pipe, which Qt cannot watch on Windows
        self._heard.setblocking(False)
        self._said.setblocking(False)
        signal.set_wakeup_fd(self._said.fileno(), warn_on_full_buffer=False)
        notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_woken)

    def _on_woken(self, *_: object) -> None:
        with contextlib.suppress(BlockingIOError):
            self._heard.recv(4096)


class Session(QObject):
    """The feed of one gateway as the windows see it: the link's batches become the live floor."""

    def __init__(self, feed: Feed | Address, parent: QObject | None = None) -> None:
        """`feed` may run already, see :mod:`console.feeding`; an address gets a feed of its own."""
        super().__init__(parent)
        self.live = Live(parent=self)
        self.link = Link(Feed(feed) if isinstance(feed, Address) else feed, self)
        self.link.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to follow the feed, with what a feed that runs already has collected."""
        self.link.start()
        self._on_arrived()

    def settle(self) -> None:
        """The first picture is on the screen: there is time now for the connection that lasts."""
        self.link.settle()

    def stop(self) -> None:
        """End the feed's thread and the live floor's timer."""
        self.link.stop()
        self.live.stop()

    def wake(self) -> None:
        """The machine has slept: nothing on the screen is live, and the connection may be dead without knowing."""
        self.live.distrust()
        self.link.reconnect()

    def _on_arrived(self) -> None:
        self.live.take(self.link.take())
